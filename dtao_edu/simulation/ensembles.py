"""Many runs of one question: bands and quantiles instead of one story.

Each run has a seed of its own, made from the ensemble's seed and the run's number alone, so
the results are the same in one process, in many, or on another machine, and a run that was
lost with its worker is simply made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import Any

import numpy as np

from dtao_edu.engine.errors import InputError, refuse, whole
from dtao_edu.simulation.history import SERIES, TABLES, History
from dtao_edu.simulation.network import Network
from dtao_edu.simulation.progress import Progress
from dtao_edu.simulation.run import WORTH_COMPILING, length_of, simulate

LOST = 3
"""How often a run is handed out again before it is made in this process."""
Keep = str | Callable[[History], Any]


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

    kept: Mapping[str, Any]
    netuid: Any
    seed: int

    def __getitem__(self, name: str) -> Any:
        if name not in self.kept:
            refuse("name", name, "one of " + ", ".join(self.kept))
        return self.kept[name]

    def __len__(self) -> int:
        return len(next(iter(self.kept.values())))

    def __repr__(self) -> str:
        return f"Ensemble({len(self)} runs; kept: {', '.join(self.kept)})"

    def quantiles(self, name: str, levels: Any = (0.05, 0.5, 0.95)) -> Any:
        """Return quantiles over the runs, one row a level."""
        return np.quantile(self[name], levels, axis=0)

    def band(self, name: str, part: float = 0.9) -> tuple[Any, Any, Any]:
        """Return the lower edge, the median and the upper edge of the middle `part` of runs."""
        low, middle, high = self.quantiles(name, [(1 - part) / 2, 0.5, (1 + part) / 2])
        return low, middle, high


def ensemble(
    network: Network,
    runs: int = 100,
    *,
    vary: Callable[[np.random.Generator, int], Mapping[str, Any]] | None = None,
    executor: Executor | None = None,
    keep: Keep | Mapping[str, Keep] = "share",
    seed: int = 0,
    batch: int = 1,
    progress: bool = False,
    **terms: Any,
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
    batch : int
        Runs handed out at a time.
    progress : bool
    **terms
        As in :func:`simulate`: blocks, days, rules, traders, ... If `compiled` is left out, it
        is the length of all runs together that decides, where they are made in this process.

    Returns
    -------
    Ensemble
    """
    whole("runs", runs, 1)
    whole("batch", batch, 1)
    wanted = dict(keep) if isinstance(keep, Mapping) else {_name(keep): keep}
    for name in wanted.values():
        known = not isinstance(name, str) or name.startswith("wealth of ")
        if not known and name not in (*TABLES, *SERIES):
            refuse("keep", name, ", ".join((*TABLES, *SERIES)) + ', or "wealth of NAME"')
    fast = executor is None and _are_worth_compiling(runs, terms)
    work = partial(_batch, network, seed, vary, wanted, fast, terms)
    numbers = [range(i, min(i + batch, runs)) for i in range(0, runs, batch)]
    kept: dict[str, Any] = {}
    bar = Progress(progress, "running")
    done = 0
    for batch_of, results in _made(work, numbers, executor):
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
    return Ensemble(kept, network.netuid, seed)


def _name(keep: Keep) -> str:
    return keep if isinstance(keep, str) else getattr(keep, "__name__", "kept")


def _are_worth_compiling(runs: int, terms: Mapping[str, Any]) -> bool:
    """Whether Numba is there, the length is known, and all runs together are long enough."""
    times = {name: terms[name] for name in ("blocks", "days") if terms.get(name) is not None}
    if len(times) != 1 or find_spec("numba") is None:
        return False
    return bool(runs * length_of(**times) // terms.get("step", 1) >= WORTH_COMPILING)


def _batch(
    network: Network, seed: int, vary: Any, wanted: Mapping[str, Keep], fast: bool,
    terms: Mapping[str, Any], numbers: range,
) -> list[dict[str, Any]]:  # fmt: skip
    """Make some runs, here or on a worker."""
    return [_one(network, seed, vary, wanted, fast, dict(terms), number) for number in numbers]


def _one(
    network: Network, seed: int, vary: Any, wanted: Mapping[str, Keep], fast: bool,
    terms: dict[str, Any], number: int,
) -> dict[str, Any]:  # fmt: skip
    chance, own = (np.random.SeedSequence(seed, spawn_key=(number, part)) for part in (0, 1))
    if vary is not None:
        terms |= vary(np.random.default_rng(chance), number)
    start = terms.pop("network", network)
    if terms.get("compiled") is None and fast and start.tao_in.dtype != object:
        terms["compiled"] = True
    history = simulate(start, **({"seed": own} | terms))
    return {name: _kept(history, what) for name, what in wanted.items()}


def _kept(history: History, what: Keep) -> Any:
    if not isinstance(what, str):
        return np.asarray(what(history), dtype=float)
    if what.startswith("wealth of "):
        return history.wealth(what.removeprefix("wealth of "))[-1]
    # A copy: a row of a table would keep the whole table in memory.
    return np.array(getattr(history, what)[-1], dtype=float)


def _made(
    work: Callable[[range], Any], numbers: list[range], executor: Executor | None
) -> Iterator[tuple[range, Any]]:
    """Yield what each batch of runs gave, in the order in which they are done."""
    if executor is None:
        for batch in numbers:
            yield batch, work(batch)
        return
    waiting, tries = list(reversed(numbers)), dict.fromkeys(numbers, 0)
    under_way: dict[Future[Any], range] = {}
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
