"""Runs: block after block, with traders, under rules that may change on a date.

The reference is :func:`_by_columns`: what the chain does, then every trader whose turn it
is. With Numba (`pip install "dtao-edu[fast]"`) the same block runs compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np

from dtao_edu.engine.errors import positive, refuse, whole
from dtao_edu.engine.units import blocks as _blocks
from dtao_edu.engine.units import whole_rao
from dtao_edu.simulation.block import Subnets, block_of, total, trading
from dtao_edu.simulation.history import SERIES, TABLES, History
from dtao_edu.simulation.network import Network
from dtao_edu.simulation.progress import Progress
from dtao_edu.simulation.rules import RuleSet, all_rules, block_on
from dtao_edu.simulation.rules import rules as _rules
from dtao_edu.simulation.team import Team, take_turn, turn_in
from dtao_edu.simulation.traders import Trader

STRETCH = 3600
"""Blocks between two looks at the clock, and of random numbers drawn at once."""
WORTH_COMPILING = 30_000
"""Steps from which a run pays for the seconds that compiling takes."""
Advance = Callable[["Run", int, int], None]


class Run:
    """The state of a run: columns that change in place, and where it stands.

    Used by :func:`simulate`, which is what a reader calls.
    """

    def __init__(self, network: Network, traders: Sequence[Trader], seed: Any, step: int) -> None:
        self.team = Team(traders, network, seed)
        self.began, self.at, self.step = network.block, 0, step
        self.author: Any = 0
        self.wages: Any = 0
        self.outside = network.free_tao - self.team.crew.tao.sum()
        self.enter(network)

    def enter(self, network: Network) -> None:
        """Take a network's state, writable."""
        self.frame, self.rules, self.chain = network, network.rules, network.chain
        self.subnets = Subnets(*(column.copy() for column in network.subnets))
        self.facts = network.facts

    def network(self) -> Network:
        """Return the state as a network; what traders hold free is part of its free TAO."""
        free = self.outside + self.team.crew.tao.sum() + self.author + self.wages
        return self.frame._with(
            subnets=Subnets(*(column.copy() for column in self.subnets)),
            chain=self.chain,
            rules=self.rules,
            free_tao=free,
            base_tao=self.frame.base_tao + self.wages,
        )


def _by_columns(run: Run, stop: int, step: int) -> None:
    """Advance a run to before the block `stop`: the reference, on columns."""
    exact = run.subnets.tao_in.dtype == object
    block, trade = block_of(run.rules, step, exact), trading(run.rules, exact)
    team, crew, votes = run.team, run.team.crew, run.rules.injection == "none"
    earners = [k for k, trader in enumerate(team.traders) if trader.earns]
    while run.at < stop:
        run.subnets, run.chain, paid = block(run.subnets, run.facts, run.chain)
        if votes:
            run.wages = run.wages + total(paid.tao_in)
        for k in earners:
            crew.alpha[crew.purse_row[k]] += whole_rao(crew.earns[k] * paid.split.miners)
        before = run.subnets
        for k, times in enumerate(team.turns):
            turn = turn_in(*times, run.at, step)
            if turn >= 0:
                run.subnets, fees = take_turn(
                    run.rules, trade, team, k, turn, run.subnets, before, run.facts, run.chain
                )
                run.author = run.author + fees
        run.at += step


def simulate(
    network: Network,
    blocks: int | None = None,
    *,
    days: float | None = None,
    rules: Any = None,
    traders: Iterable[Trader] = (),
    record_every: int | None = None,
    seed: Any = 0,
    step: int = 1,
    step_error: bool = True,
    compiled: bool | None = None,
    debug: bool = False,
    progress: bool = False,
) -> History:
    """Run a network for some blocks or days, and return its history.

    Parameters
    ----------
    network : Network
        Where it begins; not changed. An exact network is run in Fractions.
    blocks, days : how long; one of the two. A day has 7,200 blocks.
    rules : str, RuleSet, or mapping, optional
        Rules for the whole run, else the network's own. A mapping of day ("2025-07-29"), or
        of block of the run, to rules changes them on the way. "by date" follows the chain's
        own changes from the network's block on.
    traders : Trader, in the order in which they act in a block
    record_every : int, optional
        Blocks between two records; if left out, a hundred records or an hour, what is more.
    seed : int or numpy SeedSequence
        The same seed gives the same run.
    step : int
        Blocks in one step. Above 1 a sketch: `History.step_error` then states the error.
    step_error : bool
        False leaves out the second, finer run that the error is taken from; many runs of one
        kind need it once.
    compiled : bool, optional
        True: with Numba; False: the reference; if left out, Numba where it is installed and
        the run is long enough to be worth it.
    debug : bool
        Check at every record that TAO and alpha are all accounted for.
    progress : bool
        Show a bar with the time left.

    Returns
    -------
    History

    Raises
    ------
    InputError
        Rules, traders or times that are not allowed; a trader that overspends or orders
        what is not a number; a pool that is drained.

    Examples
    --------
    >>> from dtao_edu import Network, Pool, simulate
    >>> from dtao_edu.simulation import traders
    >>> network = Network({1: Pool(1e4, 1e6), 2: Pool(3e4, 1e6)}, root_tao=1e5)
    >>> run = simulate(network, days=1, traders=[traders.buy_and_hold(1000, 1)])
    >>> run.share[-1].round(3), round(float(run.wealth("holder")[-1]))
    (array([0.284, 0.716]), 1286)
    """
    length = length_of(blocks, days)
    step = whole("step", step, 1)
    if length % step:
        refuse("step", step, f"a divisor of the {length} blocks of the run")
    every = whole("record_every", record_every or max(length // 100, 300), 1)
    every = min(-(-every // step) * step, length)
    team, changes = _team(traders, step), _changes(network, rules, length, step)
    start = network.under(changes.pop(0)) if 0 in changes else network
    names = [start.rules.name] + [f"from block {t}: {changes[t].name}" for t in sorted(changes)]
    notes, stopped, fast = _run(
        start, changes, team, length, every, seed, step, compiled, debug, Progress(progress)
    )
    error = 0.0 if step == 1 or step_error else None
    if step > 1 and step_error and not stopped:
        finer = max(d for d in range(1, step) if step % d == 0)
        other, *_ = _run(
            start, changes, team, length, length, seed, finer, compiled, False, Progress(progress)
        )
        # The error is in proportion to the step, so the difference shows a part of it.
        apart = np.abs(notes.rows["price"][-1] / other.rows["price"][-1] - 1)
        error = float(apart.max()) * step / (step - finer)
    about = {
        "rules": names,
        "seed": seed if isinstance(seed, int) else str(seed),
        "step": step,
        "compiled": fast,
        "tao_weight": float(network.tao_weight),
    }
    return notes.history(stopped, error, about)


def _run(
    network: Network, changes: Mapping[int, RuleSet], team: Sequence[Trader], length: int,
    every: int, seed: Any, step: int, compiled: bool | None, debug: bool, bar: Progress,
) -> tuple[_Notes, bool, bool]:  # fmt: skip
    """Run to the end or to an interruption; return the notes, whether it stopped, and how."""
    run = Run(network, team, seed, step)
    records = {*range(0, length, every), length}
    stops = sorted(records | set(changes))
    longest = max(STRETCH // step, 1) * step
    notes, stopped = _Notes(run, len(records)), False
    advance = _advance(compiled, run, length)
    try:
        notes.take(debug)
        while run.at < length:
            stop = min(next(s for s in stops if s > run.at), run.at + longest)
            run.team.draw(run.at, stop)
            with np.errstate(all="ignore"):  # what goes wrong is refused below, by name
                advance(run, stop, step)
            _refuse_drained(run)
            if run.at in changes:
                run.enter(run.network().under(changes[run.at]))
                advance = _advance(compiled, run, length)
            if run.at in records:
                notes.take(debug)
            bar(run.at, length)
    except KeyboardInterrupt:
        stopped = True
    finally:
        bar.end()
    return notes, stopped, advance is not _by_columns


class _Notes:
    """Takes a record of a run, and makes a history of all that were taken."""

    def __init__(self, run: Run, count: int) -> None:
        self.run, self.taken = run, 0
        columns, kind = len(run.facts.netuid), run.subnets.tao_in.dtype
        self.rows = {name: np.empty((count, columns), dtype=kind) for name in TABLES}
        self.series = {name: np.empty(count, dtype=kind) for name in SERIES}
        self.block = np.empty(count, dtype=np.int64)
        self.wallets = {
            name: (np.empty(count, dtype=kind), np.empty((count, columns), dtype=kind))
            for name in run.team.rows_of
        }

    def take(self, debug: bool) -> None:
        """Record the state as it stands."""
        network, at = self.run.network(), self.taken
        books = network.books()
        if debug and not books.balance():
            raise ArithmeticError(
                f"The books do not balance in block {network.block}: {books}."
            )  # a fault of the engine, not of its user
        for name, column in self.rows.items():
            column[at] = network.shares() if name == "share" else getattr(network, name)
        for name, column in self.series.items():
            column[at] = getattr(network, name)
        self.block[at] = network.block
        for name, (tao, alpha) in self.run.team.wallets().items():
            self.wallets[name][0][at], self.wallets[name][1][at] = tao, alpha
        self.taken += 1

    def history(self, stopped: bool, error: float | None, about: Mapping[str, Any]) -> History:
        """Return what was recorded."""
        n = self.taken
        return History(
            netuid=self.run.facts.netuid,
            block=self.block[:n],
            **{name: column[:n] for name, column in (self.rows | self.series).items()},
            wallets={name: (tao[:n], alpha[:n]) for name, (tao, alpha) in self.wallets.items()},
            network=self.run.network(),
            stopped=stopped,
            step_error=error,
            about=about,
        )


def _advance(compiled: bool | None, run: Run, length: int) -> Advance:
    """Return the compiled loop where it is asked for or worth it, else the reference."""
    exact = run.subnets.tao_in.dtype == object
    if compiled is False or (compiled is None and exact):
        return _by_columns
    if exact:
        refuse("compiled", compiled, "False for an exact network: Fractions are not compiled")
    if find_spec("numba") is None:
        if compiled:
            refuse("compiled", compiled, 'False, or: pip install "dtao-edu[fast]" for Numba')
        return _by_columns
    if compiled is None and length // run.step < WORTH_COMPILING:
        return _by_columns
    from dtao_edu.simulation.compiled import by_loops

    return by_loops(_by_columns)


def _refuse_drained(run: Run) -> None:
    for name in ("tao_in", "alpha_in"):
        column = getattr(run.subnets, name)
        for place in np.flatnonzero(~(column > 0)):
            netuid = int(run.facts.netuid[place])
            refuse(
                f"{name} of netuid {netuid} in block {run.chain.block}",
                float(column[place]),
                "above 0: smaller orders, or a deeper pool",
            )


def length_of(blocks: int | None = None, days: float | None = None) -> int:
    """Return the blocks of a run that is `blocks` or `days` long."""
    if (blocks is None) == (days is None):
        refuse("blocks and days", (blocks, days), "one of the two")
    if blocks is None:
        return max(_blocks(float(positive("days", days or 0))), 1)
    return whole("blocks", blocks, 1)


def _team(traders: Iterable[Trader], step: int) -> tuple[Trader, ...]:
    team = tuple([traders] if isinstance(traders, Trader) else traders)
    for trader in team:
        if not isinstance(trader, Trader):
            refuse("traders", trader, "Trader values; see dtao_edu.simulation.traders")
        acts_once = trader.last - trader.first <= trader.every
        if trader.every < step and not acts_once:
            refuse(f"every of {trader.name}", trader.every, f"at least the step of {step}")
    names = [trader.name for trader in team]
    for name in names:
        if names.count(name) > 1:
            refuse("traders", name, "each name once")
    return team


def _changes(network: Network, given: Any, length: int, step: int) -> dict[int, RuleSet]:
    """Return the rules that come into force, by block of the run; 0 is its beginning."""
    if given is None:
        return {}
    if given == "by date":
        given = {max(row.start_block - network.block, 0): row for row in all_rules()}
    if not isinstance(given, Mapping):
        return {0: _rules(given)}
    changes: dict[int, RuleSet] = {}
    for when, name in given.items():
        at = when if isinstance(when, int) else block_on(when) - network.block
        at = max(-(-at // step) * step, 0)
        if at < length:
            changes[at] = _rules(name)
    return changes
