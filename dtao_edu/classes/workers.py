"""Work on many students at once: in this process, in several, or on any executor.

The batches come back in the order in which they were handed out, and only a few are under way at a
time, so that results never pile up. A batch whose worker is lost is handed out again, and in the
end made here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

from dtao_edu.engine.errors import InputError

TRIES = 3
"""How often a batch is handed out before it is made in this process."""
_AHEAD = 4  # batches under way for each worker
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def batches(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """Cut into lists of a size.

    Examples
    --------
    >>> list(batches("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def pool(workers: int) -> ProcessPoolExecutor:
    """Open a pool of processes; they start afresh, so that nothing is inherited half done."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def mapped(
    work: Callable[[Sequence[_Item]], list[_Result]],
    items: Iterable[_Item],
    executor: Executor | None = None,
    *,
    size: int = 8,
    workers: int = 2,
) -> Iterator[_Result]:
    """Yield what `work` makes of each item, in order.

    Parameters
    ----------
    work : callable
        From a list of items to the list of results, without effects; it stands in a module.
    items : iterable
    executor : concurrent.futures.Executor, optional
        A process pool, Dask's `Client.get_executor()`, or any other; without one, this process. It
        stays open.
    size : int
        Items handed out at a time.
    workers : int
        How many the executor has.
    """
    if executor is None:
        for batch in batches(items, size):
            yield from work(batch)
        return
    queue: deque[tuple[list[_Item], Future[list[_Result]] | None]] = deque()
    rest = batches(items, size)
    while True:
        for batch in islice(rest, max(0, _AHEAD * workers - len(queue))):
            queue.append((batch, _handed_out(executor, work, batch)))
        if not queue:
            return
        batch, future = queue.popleft()
        yield from _result(executor, work, batch, future)


def _handed_out(
    executor: Executor, work: Callable[[Sequence[_Item]], list[_Result]], batch: list[_Item]
) -> Future[list[_Result]] | None:
    try:
        return executor.submit(work, batch)
    except (BrokenExecutor, RuntimeError, OSError):  # broken or closed: it is made here
        return None


def _result(
    executor: Executor,
    work: Callable[[Sequence[_Item]], list[_Result]],
    batch: list[_Item],
    future: Future[list[_Result]] | None,
) -> list[_Result]:
    for _ in range(TRIES):
        if future is None:
            break
        try:
            return list(future.result())
        except (BrokenExecutor, CancelledError, OSError):
            pass
        except Exception as error:
            if type(error).__name__ not in _LOSSES:
                raise
        future = _handed_out(executor, work, batch)
    return work(batch)


# Dask's own names for a lost worker; Dask is not imported for them.
_LOSSES = {
    "KilledWorker",
    "CommClosedError",
    "FutureCancelledError",
    "LostWorkerError",
    "FuturesCancelledError",
}


@contextmanager
def executor(workers: int) -> Iterator[Executor | None]:
    """Open a pool for more than one worker, and close it; for one, this process does the work.

    Raises
    ------
    InputError
        For less than one.
    """
    if workers < 1:
        raise InputError("workers", workers, "1 or more")
    if workers == 1:
        yield None
        return
    with pool(workers) as opened:
        yield opened
