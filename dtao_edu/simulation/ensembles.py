"""Many runs of one question: bands and quantiles instead of one story.

Each run has a seed of its own, made from the ensemble's seed and the run's number alone, so
the results are the same in one process, in many, or on another machine, and a run that was
lost with its worker is simply made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.util import find_spec
from sys import maxsize
from typing import Unpack, cast

import numpy as np

from dtao_edu.engine.errors import InputError, between, refuse, whole
from dtao_edu.simulation.history import SERIES, TABLES, History
from dtao_edu.simulation.network import Network
from dtao_edu.simulation.progress import Progress
from dtao_edu.simulation.rules import RuleSet
from dtao_edu.simulation.run import (
    WORTH_COMPILING,
    Job,
    SeededTerms,
    Terms,
    histories,
    job_of,
    length_of,
)
from dtao_edu.simulation.state import Column
from dtao_edu.simulation.trader import Trader

ABREAST = 8192
"""Numbers in a column of runs that go abreast: as many as a processor holds near."""
LOST = 3
"""How often a run is handed out again before it is made in this process."""
Keep = str | Callable[[History], float | Column]
Results = list[dict[str, Column]]
Varied = (
    Network | RuleSet | Iterable[Trader] | Mapping[str | date | int, str | RuleSet] | str | int
    | float | None
)  # fmt: skip
"""What may differ between runs: any argument of a run."""
Vary = Callable[[np.random.Generator, int], Mapping[str, Varied]]


@dataclass(frozen=True, eq=False)
class Ensemble:
    """What was kept of many runs: an array of runs by whatever was kept.

    Attributes
    ----------
    kept : {name: array}; the first axis counts the runs.
    netuid : the subnets, where what is kept has a column for each.
    seed : int

    Examples
    --------
    >>> from dtao_edu import Network, Pool, ensemble
    >>> from dtao_edu.simulation import traders
    >>> network = Network({1: Pool(1e4, 1e6), 2: Pool(3e4, 1e6)}, root_tao=1e5)
    >>> crowd = traders.noise(1000, 10, every=50)
    >>> many = ensemble(network, runs=3, traders=[crowd], blocks=300, keep="price")
    >>> many["price"].shape, many.quantiles("price", [0.5]).shape
    ((3, 2), (1, 2))
    """

    kept: Mapping[str, Column]
    netuid: Column
    seed: int

    def __getitem__(self, name: str) -> Column:
        if name not in self.kept:
            refuse("name", name, "one of " + ", ".join(self.kept))
        return self.kept[name]

    def __len__(self) -> int:
        return len(next(iter(self.kept.values())))

    def __repr__(self) -> str:
        return f"Ensemble({len(self)} runs; kept: {', '.join(self.kept)})"

    def quantiles(self, name: str, levels: Sequence[float] = (0.05, 0.5, 0.95)) -> Column:
        """Return quantiles over the runs, one row a level."""
        return np.quantile(self[name], levels, axis=0)

    def band(self, name: str, part: float = 0.9) -> tuple[Column, Column, Column]:
        """Return the lower edge, the median and the upper edge of the middle `part` of runs."""
        part = float(between("part", part, 0, 1))
        low, middle, high = self.quantiles(name, [(1 - part) / 2, 0.5, (1 + part) / 2])
        return low, middle, high


def ensemble(
    network: Network,
    runs: int = 100,
    *,
    blocks: int | None = None,
    vary: Vary | None = None,
    executor: Executor | None = None,
    keep: Keep | Mapping[str, Keep] = "share",
    seed: int = 0,
    batch: int | None = None,
    progress: bool | None = None,
    **terms: Unpack[Terms],
) -> Ensemble:
    """Run a network many times with seeds of their own, and keep what is asked for.

    Parameters
    ----------
    network : Network
    runs : int, 1 or more
    vary : function of (generator, number of the run), optional
        Returns what differs in this run: {"network": ...}, {"traders": ...} or any other
        argument of :func:`simulate`. To reach other processes it has to stand in a module
        or a notebook cell of its own; Dask also takes one written inside another function.
    executor : concurrent.futures.Executor, optional
        A process pool, Dask's `Client.get_executor()`, or any other; else this process. It
        stays open. Runs whose worker is lost are made again.
    keep : str, function of History, or {name: either}
        What to keep of each run: a quantity of the history, as of its end ("share",
        "price", ..., or "wealth of NAME"), or what a function returns: a number or an array
        of one shape. The histories themselves are let go.
    seed : int
    batch : int, optional
        Runs made at a time; if left out, as many as go well abreast, and one on a worker.
    progress : bool, optional
    blocks, **terms
        As in :func:`simulate`: days, rules, traders, ... If `compiled` is left out, it
        is the length of all runs together that decides, where they are made in this process.

    Returns
    -------
    Ensemble
    """
    whole("runs", runs, 1)
    whole("seed", seed)
    if batch is not None:
        whole("batch", batch, 1)
    wanted = dict(keep) if isinstance(keep, Mapping) else {_name(keep): keep}
    for name in wanted.values():
        known = not isinstance(name, str) or name.startswith("wealth of ")
        if not known and name not in (*TABLES, *SERIES):
            refuse("keep", name, ", ".join((*TABLES, *SERIES)) + ', or "wealth of NAME"')
    if all(isinstance(each, str) for each in wanted.values()) and not terms.get("debug"):
        # Of each run the end alone is kept: no record is made on the way.
        terms.setdefault("record_every", maxsize)
    fast = executor is None and _are_worth_compiling(runs, blocks, terms)
    work = partial(_batch, network, seed, vary, wanted, fast, blocks, terms)
    size = batch or (1 if executor else max(ABREAST // len(network), 1))
    numbers = [range(i, min(i + size, runs)) for i in range(0, runs, size)]
    kept = _gathered(_made(work, numbers, executor), runs, Progress(progress, "running"))
    return Ensemble(kept, network.netuid, seed)


def _gathered(made: Iterator[tuple[range, Results]], runs: int, bar: Progress) -> dict[str, Column]:
    """Put the results of all runs into arrays, in the order of their numbers."""
    kept: dict[str, Column] = {}
    done = 0
    for batch_of, results in made:
        for run, result in zip(batch_of, results, strict=True):
            for name, value in result.items():
                if name not in kept:
                    kept[name] = np.empty((runs, *np.shape(value)))
                if np.shape(value) != kept[name].shape[1:]:
                    refuse(f"keep {name!r} of run {run}", np.shape(value),
                           f"the shape {kept[name].shape[1:]} of the other runs")  # fmt: skip
                kept[name][run] = value
        done += len(batch_of)
        bar(done, runs)
    bar.end()
    return kept


def _name(keep: Keep) -> str:
    return keep if isinstance(keep, str) else getattr(keep, "__name__", "kept")


def _are_worth_compiling(runs: int, blocks: int | None, terms: Terms) -> bool:
    """Whether Numba is there, the length is known, and all runs together are long enough."""
    days = terms.get("days")
    if (blocks is None) == (days is None) or find_spec("numba") is None:
        return False
    return bool(runs * length_of(blocks, days) // terms.get("step", 1) >= WORTH_COMPILING)


def _batch(
    network: Network, seed: int, vary: Vary | None, wanted: Mapping[str, Keep], fast: bool,
    blocks: int | None, terms: Terms, numbers: range,
) -> Results:  # fmt: skip
    """Make some runs, here or on a worker: side by side, or one after the other."""
    jobs = [_job(network, seed, vary, fast, blocks, terms, number) for number in numbers]
    return [
        {name: _kept(history, what) for name, what in wanted.items()}
        for some in _packs(jobs)
        for history in histories(some)
    ]


def _packs(jobs: list[Job]) -> Iterator[list[Job]]:
    """Yield jobs in packs that go abreast by columns; compiled and exact runs go alone."""
    alone = any(job.plan.compiled or job.start.exact for job in jobs)
    size = 1 if alone else max(ABREAST // len(jobs[0].start), 1)
    for i in range(0, len(jobs), size):
        yield jobs[i : i + size]


def _job(
    network: Network, seed: int, vary: Vary | None, fast: bool, blocks: int | None,
    terms: Terms, number: int,
) -> Job:  # fmt: skip
    """Return one run of the ensemble; its chance is made from seed and number alone."""
    chance, own = (np.random.SeedSequence(seed, spawn_key=(number, part)) for part in (0, 1))
    given: dict[str, object] = dict(terms)
    if vary is not None:
        given |= vary(np.random.default_rng(chance), number)
    start = cast("Network", given.pop("network", network))
    blocks = cast("int | None", given.pop("blocks", blocks))
    mine = cast("SeededTerms", {"seed": own} | given)
    if mine.get("compiled") is None and not start.exact:
        mine["compiled"] = fast
    return job_of(start, blocks, mine)


def _kept(history: History, what: Keep) -> Column:
    if not isinstance(what, str):
        return np.asarray(what(history), dtype=float)
    if what.startswith("wealth of "):
        return cast("Column", history.wealth(what.removeprefix("wealth of "))[-1])
    # A copy: a row of a table would keep the whole table in memory.
    return np.array(getattr(history, what)[-1], dtype=float)


def _made(
    work: Callable[[range], Results], numbers: list[range], executor: Executor | None
) -> Iterator[tuple[range, Results]]:
    """Yield what each batch of runs gave, in the order in which they are done."""
    if executor is None:
        for batch in numbers:
            yield batch, work(batch)
        return
    waiting, tries = list(reversed(numbers)), dict.fromkeys(numbers, 0)
    under_way: dict[Future[Results], range] = {}
    # A few batches ahead of the workers, so that results never pile up.
    ahead = 2 * (getattr(executor, "_max_workers", None) or 4)
    while waiting or under_way:
        while waiting and len(under_way) < ahead:
            batch = waiting.pop()
            if tries[batch] >= LOST:
                yield batch, work(batch)
                continue
            tries[batch] += 1
            try:
                under_way[executor.submit(work, batch)] = batch
            except RuntimeError:  # the pool is broken or closed: this process goes on alone
                tries[batch] = LOST
                waiting.append(batch)
        finished, _ = wait(under_way, return_when=FIRST_COMPLETED) if under_way else ((), ())
        for future in finished:
            batch = under_way.pop(future)
            try:
                yield batch, future.result()
            except (InputError, ArithmeticError):
                raise
            except Exception as error:
                if not _is_loss(error):
                    raise
                waiting.append(batch)


def _is_loss(error: Exception) -> bool:
    """Whether the worker was lost, and not the run at fault."""
    return type(error).__name__ in {
        "BrokenProcessPool", "BrokenExecutor", "KilledWorker", "CommClosedError",
        "CancelledError", "FutureCancelledError", "LostWorkerError", "ConnectionError",
    }  # fmt: skip
