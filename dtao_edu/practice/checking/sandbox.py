"""Running a learner's function: in time, in silence, and without letting it end the session.

The function runs in a worker thread. If it does not end in time, an exception is raised inside
that thread, again and again, until it ends or a second has passed: a loop that catches everything
may go on, and the learner is told to restart the kernel. Where no thread can be started, as in a
browser kernel, it runs here under a trace function that looks at the clock at every line. Neither
can end a single call into compiled code that never returns (`sum(itertools.count())`): no process
can do that to itself.

While it runs, what it prints is collected, and `exit`, `quit` and `input` raise instead of
ending the session or waiting for a person; in a notebook `exit` would stop the kernel.
"""

from __future__ import annotations

import builtins
import contextlib
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from typing import Any, Generic, NamedTuple, NoReturn, TypeVar, cast

from dtao_edu.practice.checking.record import Answer
from dtao_edu.practice.text import brief

_Result = TypeVar("_Result")

LIMIT = 2.0  # seconds for all cases together; they take microseconds
_BUSY = 3  # times the limit by the clock, while a busy machine gives the work no time of its own
_PATIENCE = 1.0  # seconds in which a function must end once it is told to
_PRINTED = 10_000  # characters kept of what is printed
_LOCK = threading.Lock()


class _Stop(SystemExit):
    """Raised inside the learner's function when its time is up; threads end by it in silence."""


class Run(NamedTuple, Generic[_Result]):
    """What came of a run."""

    value: _Result  # what was returned; None after an error
    error: BaseException | None  # what was raised
    late: bool  # it did not end in time
    left: bool  # it could not be ended either, and still runs
    printed: str  # what it printed


def run(
    work: Callable[[], _Result], functions: tuple[Answer, ...] = (), limit: float | None = None
) -> Run[_Result]:
    """Call `work` within a time limit.

    Parameters
    ----------
    work : callable
        Takes nothing; calls the learner's function on all cases.
    functions : tuple
        The learner's functions, whose own `exit` is taken away meanwhile.
    limit : float, optional
        Seconds of processor time; :data:`LIMIT` if left out.

    Examples
    --------
    >>> run(lambda: 2 + 2).value
    4
    >>> type(run(lambda: [].pop()).error).__name__
    'IndexError'
    """
    limit = LIMIT if limit is None else limit
    found: dict[str, Any] = {}

    def guarded() -> None:
        with contextlib.suppress(BaseException):  # the end may come while an error is kept
            try:
                found["value"] = work()
            except BaseException as error:
                found["error"] = error

    if not _LOCK.acquire(timeout=(_BUSY + 1) * limit):
        busy = RuntimeError("another function is still being tried")
        return Run(cast(_Result, None), busy, False, False, "")
    try:
        worker = threading.Thread(target=guarded, daemon=True)
        with _quiet(worker) as printed, _doors_shut(functions):
            try:
                worker.start()
            except RuntimeError:  # a browser kernel has no threads
                printed.worker = threading.current_thread()
                late, left = not _traced(guarded, limit), False
            else:
                late, left = _waited(worker, found, limit)
    finally:
        _LOCK.release()
    error = None if late else found.get("error")
    return Run(cast(_Result, found.get("value")), error, late, left, "".join(printed.parts))


def _waited(worker: threading.Thread, found: dict[str, Any], limit: float) -> tuple[bool, bool]:
    """Wait for the worker; after the limit, end it.

    On a busy machine a right answer may stand in line for longer than its limit. What counts is
    the time that this process was given, and the clock only after several times the limit.
    """
    given, until = time.process_time() + limit, time.monotonic() + _BUSY * limit
    try:
        worker.join(limit)
        while worker.is_alive() and time.process_time() < given and time.monotonic() < until:
            worker.join(0.02)
        late = worker.is_alive()
    except KeyboardInterrupt:
        _end(worker, found)
        raise
    return late, late and not _end(worker, found)


def _end(worker: threading.Thread, found: dict[str, Any]) -> bool:
    """Raise inside the worker until it has left the learner's code, and wait for it."""
    import ctypes  # only here: not every browser kernel has it

    until, pause = time.monotonic() + _PATIENCE, 0.01
    while worker.is_alive() and time.monotonic() < until:
        if not found:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(
                ctypes.c_ulong(worker.ident or 0), ctypes.py_object(_Stop)
            )
        worker.join(pause)
        pause *= 1.5  # a first error may still be on its way out
    return not worker.is_alive()


def _traced(work: Callable[[], None], limit: float) -> bool:
    """Run in this thread and look at the clock at every line; False if it did not end in time."""
    until, before = time.monotonic() + limit, sys.gettrace()
    stopped = False

    def look(frame: Any, event: str, argument: Any) -> Any:
        nonlocal stopped
        if time.monotonic() > until:
            stopped = True
            raise _Stop
        return look

    sys.settrace(look)
    try:
        work()
    except _Stop:
        pass
    finally:
        sys.settrace(before)
    return not stopped


class _Printed:
    """Takes what the worker writes and passes on what everybody else does."""

    def __init__(self, stream: Any, worker: threading.Thread) -> None:
        self.stream, self.worker, self.parts, self.size = stream, worker, [""], 0

    def write(self, text: str) -> int:
        if threading.current_thread() is not self.worker:
            return int(self.stream.write(text) or 0)
        if self.size < _PRINTED:
            self.parts.append(text[: _PRINTED - self.size])
            self.size += len(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(Exception):
            self.stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@contextlib.contextmanager
def _quiet(worker: threading.Thread) -> Iterator[_Printed]:
    printed, before = _Printed(sys.stdout, worker), sys.stdout
    sys.stdout = printed
    try:
        yield printed
    finally:
        sys.stdout = before


def _no_exit(*_: Any) -> NoReturn:
    raise SystemExit


def _no_input(*_: Any) -> NoReturn:
    raise EOFError("input() is not answered here")


@contextlib.contextmanager
def _doors_shut(functions: tuple[Any, ...]) -> Iterator[None]:
    """Replace what would end the session or wait for a person."""
    places: list[tuple[Any, str, Any]] = [
        (builtins.__dict__, "input", _no_input),
        (builtins.__dict__, "exit", _no_exit),
        (builtins.__dict__, "quit", _no_exit),
        (os.__dict__, "_exit", _no_exit),
    ]
    for function in functions:
        names = getattr(function, "__globals__", None)
        for name in ("exit", "quit"):
            # A notebook's own `exit` stops the kernel; a learner's variable of that name stays.
            if isinstance(names, dict) and hasattr(names.get(name), "_ip"):
                places.append((names, name, _no_exit))
    before = [(home, name, home[name]) for home, name, _ in places if name in home]
    for home, name, shut in places:
        home[name] = shut
    try:
        yield
    finally:
        for home, name, _ in places:
            home.pop(name, None)
        for home, name, value in before:
            home[name] = value


def explain(error: BaseException, function: Answer) -> str:
    """Say in one sentence what a learner's function raised, and in which line."""
    file = getattr(getattr(function, "__code__", None), "co_filename", None)
    lines = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    where = ""
    if lines:
        where = f", in line {lines[-1].lineno}"
        where += f": `{lines[-1].line}`" if lines[-1].line else ""
    try:
        text = str(error)
    except Exception:
        text = ""
    name = type(error).__name__
    said = f"{name} ({brief(text, 120)[1:-1]})" if text else name
    reason = next((r for kinds, r in _REASONS if isinstance(error, kinds)), "")
    return f"Your function raised {said}{where}. {reason}".strip()


_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (RecursionError, "It calls itself without end."),
    (SystemExit, "It asks Python to end; let it return the number instead."),
    (EOFError, "It asks a person for input; take the numbers from its arguments."),
    (ZeroDivisionError, "It divides by zero."),
    (NameError, "It uses a name that does not exist where it is called."),
    (MemoryError, "It needs more memory than there is."),
)
