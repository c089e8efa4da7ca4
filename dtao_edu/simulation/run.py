"""Runs: block after block, with traders, under rules that may change on a date.

The reference is :func:`by_columns`: what the chain does, then every trader whose turn it
is. With Numba (`pip install "dtao-edu[fast]"`) the same block runs compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.util import find_spec
from typing import TypedDict

import numpy as np

from dtao_edu.engine.errors import positive, refuse, whole
from dtao_edu.engine.units import BLOCKS_PER_DAY
from dtao_edu.simulation.block import close_block
from dtao_edu.simulation.history import About, History
from dtao_edu.simulation.life_cycle import check_rules, register
from dtao_edu.simulation.network import Network
from dtao_edu.simulation.progress import Progress
from dtao_edu.simulation.recorder import Recorder
from dtao_edu.simulation.rules import RuleSet, all_rules, block_on
from dtao_edu.simulation.rules import rules as _rules
from dtao_edu.simulation.run_state import RunState
from dtao_edu.simulation.state import copied
from dtao_edu.simulation.team import Seed
from dtao_edu.simulation.trader import Trader
from dtao_edu.simulation.turns import take_turn

STRETCH = 3600
"""Blocks between two looks at the clock, and of random numbers drawn at once."""
WORTH_COMPILING = 30_000
"""Steps from which a run pays for the seconds that compiling takes."""
Advance = Callable[[RunState, int], None]
"""Take a run to before a block."""
Changes = str | RuleSet | Mapping[str | date | int, str | RuleSet]
"""Rules of a run: one set, sets by day or block of the run, or "by date"."""


def by_columns(run: RunState, stop: int) -> None:
    """Advance a run to before the block `stop`: the reference, on columns."""
    team, program, step = run.team, run.program, run.step
    earning, facts = any(trader.earns for trader in team.traders), run.facts
    while run.at < stop:
        run.subnets, run.chain, paid = close_block(program, run.subnets, facts, *run.open())
        run.ahead = None
        if program.wages:
            run.pay_wages(paid.tao_in)
        if earning:
            run.earn(paid.split.miners)
        before = run.subnets.pools
        for k, placed in enumerate(team.placed):
            turn = placed.turn_at(run.at, step)
            if turn >= 0:
                run.subnets, fees = take_turn(
                    program, team, k, turn, run.subnets, before, facts, run.chain
                )
                run.author = run.author + fees
        run.at += step


def simulate(
    network: Network,
    blocks: int | None = None,
    *,
    days: float | None = None,
    rules: Changes | None = None,
    traders: Iterable[Trader] = (),
    record_every: int | None = None,
    seed: Seed = 0,
    step: int = 1,
    step_error: bool = True,
    compiled: bool | None = None,
    debug: bool = False,
    progress: bool | None = None,
    life_cycle: bool = False,
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
    record_every : blocks between two records; else a hundred records or an hour, what is more.
    seed : the same seed gives the same run.
    step, step_error : blocks in one step. Above 1 a sketch: `History.step_error` then states the
        error, from a second, finer run that False leaves out.
    compiled : bool, optional
        True: with Numba; False: the reference; if left out, Numba where it is installed and
        the run is long enough to be worth it.
    debug : check at every record that TAO and alpha are all accounted for.
    progress : show a bar with the time left; if left out, in a notebook after ten seconds.
    life_cycle : True: subnets end and begin as the rules say; see :mod:`life_cycle`.

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
    terms: SeededTerms = {
        "days": days, "rules": rules, "traders": traders, "record_every": record_every,
        "seed": seed, "step": step, "step_error": step_error, "compiled": compiled, "debug": debug,
        "life_cycle": life_cycle,
    }  # fmt: skip
    return histories([job_of(network, blocks, terms)], progress)[0]


@dataclass(frozen=True)
class Plan:
    """How a run goes.

    Attributes
    ----------
    length, every, step : blocks in all, between two records, and in one step.
    changes : the rules that come into force, by block of the run.
    compiled : True, False, or None for what pays.
    debug : whether the books are checked at every record.
    life_cycle : blocks between two looks at registrations; 0 without a life cycle.
    """

    length: int
    every: int
    step: int
    changes: Mapping[int, RuleSet]
    compiled: bool | None
    debug: bool
    life_cycle: int

    @property
    def records(self) -> set[int]:
        """Blocks at which a record is taken."""
        return {*range(0, self.length, self.every), self.length}

    @property
    def looks(self) -> set[int]:
        """Blocks at which a subnet may begin."""
        every = self.life_cycle
        return set(range(every, self.length + 1, every)) if every else set()


class Terms(TypedDict, total=False):
    """Arguments of :func:`simulate` beside network and blocks."""

    days: float | None
    rules: Changes | None
    traders: Iterable[Trader]
    record_every: int | None
    step: int
    step_error: bool
    compiled: bool | None
    debug: bool
    life_cycle: bool


class SeededTerms(Terms, total=False):
    """The same with a seed."""

    seed: Seed


@dataclass(frozen=True)
class Job:
    """A run that was asked for, checked: where it begins, who trades, and how it goes."""

    start: Network
    team: tuple[Trader, ...]
    seed: Seed
    plan: Plan
    step_error: bool

    def about(self, compiled: bool) -> About:
        """Return what a history says of its run."""
        later = [f"from block {t}: {rule.name}" for t, rule in sorted(self.plan.changes.items())]
        return {
            "rules": [self.start.rules.name, *later],
            "seed": self.seed if isinstance(self.seed, int) else str(self.seed),
            "step": self.plan.step,
            "compiled": compiled,
            "tao_weight": float(self.start.tao_weight),
        }


def job_of(network: Network, blocks: int | None, terms: SeededTerms) -> Job:
    """Check the arguments of :func:`simulate`, and return the run that they ask for.

    Parameters
    ----------
    network, blocks : as in :func:`simulate`.
    terms : the other arguments of :func:`simulate`.
    """
    length, step = length_of(blocks, terms.get("days")), whole("step", terms.get("step", 1), 1)
    if length % step:
        refuse("step", step, f"a divisor of the {length} blocks of the run")
    every = whole("record_every", terms.get("record_every") or max(length // 100, 300), 1)
    every = min(-(-every // step) * step, length)
    team = _team(terms.get("traders", ()), step)
    changes = _changes(network, terms.get("rules"), length, step)
    start = network.under(changes.pop(0)) if 0 in changes else network
    debug, compiled = terms.get("debug", False), terms.get("compiled")
    every_look = -(-network.tempo // step) * step if terms.get("life_cycle") else 0
    check_rules([start.rules, *changes.values()], bool(every_look))
    plan = Plan(length, every, step, changes, compiled, debug, every_look)
    return Job(start, team, terms.get("seed", 0), plan, terms.get("step_error", True))


def histories(jobs: Sequence[Job], progress: bool | None = False) -> list[History]:
    """Run jobs to the end, abreast if they are alike, and return the history of each.

    Parameters
    ----------
    jobs : sequence of Job
    progress : bool, optional
        As in :func:`simulate`.
    """
    plan = jobs[0].plan
    states = [RunState(job.start, job.team, job.seed, plan.step) for job in jobs]
    alike = len(jobs) > 1 and all(job.plan == plan for job in jobs) and not plan.life_cycle
    run = RunState.abreast(states) if alike else states[0]
    if run is None or not (alike or len(jobs) == 1):
        return [histories([job], progress)[0] for job in jobs]
    notes, stopped, fast = run_to_end(run, plan, progress)
    errors: list[float | None] = [None if plan.step > 1 else 0.0] * len(jobs)
    if plan.step > 1 and jobs[0].step_error and not stopped:
        errors = _step_errors(jobs, notes, progress)
    rows = [None] if len(jobs) == 1 else range(len(jobs))
    return [
        notes.history(stopped, error, job.about(fast), row)
        for job, error, row in zip(jobs, errors, rows, strict=True)
    ]


def _step_errors(jobs: Sequence[Job], notes: Recorder, progress: bool | None) -> list[float | None]:
    """Return the largest relative error of a price, from runs with a smaller step."""
    plan = jobs[0].plan
    finer = max(d for d in range(1, plan.step) if plan.step % d == 0)
    smaller = replace(plan, step=finer, every=plan.length, debug=False)
    prices = notes.rows["price"][notes.taken - 1].reshape(len(jobs), -1)
    found: list[float | None] = []
    again = [replace(job, plan=smaller, step_error=False) for job in jobs]
    for price, other in zip(prices, histories(again, progress), strict=True):
        # The error is in proportion to the step, so the difference shows a part of it.
        apart = np.abs(price / other.price[-1] - 1)
        found.append(float(apart.max()) * plan.step / (plan.step - finer))
    return found


def run_to_end(
    run: RunState, plan: Plan, progress: bool | None = False
) -> tuple[Recorder, bool, bool]:
    """Run to the end or to an interruption; return the records, whether it stopped, and how.

    Parameters
    ----------
    run : RunState
        At its beginning; changed.
    plan : Plan
    progress : bool, optional
        As in :func:`simulate`.
    """
    stops = sorted(plan.records | set(plan.changes) | plan.looks)
    longest = max(STRETCH // plan.step, 1) * plan.step
    notes, stopped, bar = Recorder(run, len(plan.records)), False, Progress(progress)
    advance = _advance(plan, run)
    try:
        notes.take(plan.debug)
        while run.at < plan.length:
            stop = min(next(s for s in stops if s > run.at), run.at + longest)
            run.team.draw(run.at, stop)
            with np.errstate(all="ignore"):  # what goes wrong is refused below, by name
                advance(run, stop)
            _refuse_drained(run)
            if run.at in plan.changes:
                run.change(plan.changes[run.at])
                advance = _advance(plan, run)
            if run.at in plan.looks:
                register(run)
            if run.at in plan.records:
                notes.take(plan.debug)
            bar(run.at, plan.length)
    except KeyboardInterrupt:
        stopped = True
    finally:
        bar.end()
    return notes, stopped, advance is not by_columns


def _advance(plan: Plan, run: RunState) -> Advance:
    """Return the compiled loop where it is asked for or worth it, else the reference."""
    if plan.compiled is False or (plan.compiled is None and run.exact):
        return by_columns
    if run.exact:
        refuse("compiled", plan.compiled, "False for an exact network: Fractions are not compiled")
    if find_spec("numba") is None:
        if plan.compiled:
            refuse("compiled", plan.compiled, 'False, or: pip install "dtao-edu[fast]" for Numba')
        return by_columns
    if plan.compiled is None and plan.length // plan.step < WORTH_COMPILING:
        return by_columns
    from dtao_edu.simulation.compiled import by_loops

    return _mixed(by_loops)


def _mixed(by_loops: Advance) -> Advance:
    """Return the compiled way, with a block by columns where a trader's own function acts."""

    def advance(run: RunState, stop: int) -> None:
        slow = [each for each in run.team.placed if each.kind < 0]
        while run.at < stop:
            blocks = range(run.at, stop, run.step) if slow else ()
            here = (b for b in blocks if any(e.turn_at(b, run.step) >= 0 for e in slow))
            until = next(here, stop)
            if until > run.at:
                by_loops(run, until)
            if run.at < stop:
                by_columns(run, run.at + run.step)
                # A loop writes into columns: none of them may stand in two places.
                run.subnets = copied(run.subnets)

    return advance


def _refuse_drained(run: RunState) -> None:
    for name in ("tao_in", "alpha_in"):
        column = getattr(run.subnets.pools, name)
        for place in np.argwhere(~(column > 0)):
            netuid = int(run.facts.netuid[place[-1]])
            refuse(
                f"{name} of netuid {netuid} in block {run.chain.block}",
                float(column[tuple(place)]),
                "above 0: smaller orders, or a deeper pool",
            )


def length_of(blocks: int | None = None, days: float | None = None) -> int:
    """Return the blocks of a run that is `blocks` or `days` long."""
    if (blocks is None) == (days is None):
        refuse("blocks and days", (blocks, days), "one of the two")
    if blocks is None:
        return max(round(float(positive("days", days or 0)) * BLOCKS_PER_DAY), 1)
    return whole("blocks", blocks, 1)


def _team(traders: Iterable[Trader], step: int) -> tuple[Trader, ...]:
    if not isinstance(traders, Iterable | Trader):
        refuse("traders", traders, "a list of Trader values; see dtao_edu.simulation.traders")
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


def _changes(network: Network, given: Changes | None, length: int, step: int) -> dict[int, RuleSet]:
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
