"""The same block, compiled with Numba: stages, mechanisms and behaviours as they stand.

Nothing of the mechanism is written here: two loops do what `block.block_of` and
`turns.take_turn` do on columns. A property test holds one to the other.

The loops are patterns. The names in capitals below are filled in with the functions of one
program (:func:`bound`), and Numba compiles what comes out. Compiled code is kept on disk, in a
folder named after everything that went into it (:mod:`compile_cache`), so it is never stale.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import cast

from numba.core.errors import TypingError

from dtao_edu.engine import formulas
from dtao_edu.simulation import loops
from dtao_edu.simulation.block import Program, unpaid
from dtao_edu.simulation.columns import constants_of
from dtao_edu.simulation.compile_cache import kept_on_disk
from dtao_edu.simulation.loops import SLOTS
from dtao_edu.simulation.rules import rules
from dtao_edu.simulation.run_state import RunState
from dtao_edu.simulation.stages import Stage
from dtao_edu.simulation.state import Chain, Column, Epochs, Facts, Flows, Pools, Subnets, Totals
from dtao_edu.simulation.taught import HOW, compilable, teach
from dtao_edu.simulation.team import turn_in
from dtao_edu.simulation.traders import Behaviour

Loop = Callable[..., tuple[int, Column, Column, Column, Column, Column]]
Hand = Callable[[Callable[..., object]], Callable[..., object]]


def bound(pattern: Callable[..., object], **names: object) -> Callable[..., object]:
    """Return a function of the same code, in which the names in capitals are these."""
    code = cast("FunctionType", pattern).__code__
    space = {**cast("FunctionType", pattern).__globals__, **names}
    return FunctionType(code, space, pattern.__name__)


def _written(stages: tuple[Stage, ...]) -> dict[str, bool]:
    """Return what a list of stages changes, by trying it: an unchanged number is the same one."""
    half, a, b, c, d, e = (cast("Column", 0.5 + i) for i in range(6))
    one = Subnets(Pools(a, b, c, half), half, Epochs(d, e), Flows(a, b, c, d), Totals(a, b, c))
    constants = constants_of(rules("dtao_launch"), False, 360, 0.18)
    chain, facts = Chain(10**7, 1, a, b, c, d, half, constants), Facts(a, b, c, half, half)
    after, paid = one, unpaid(half)
    for stage in stages:
        after, paid = stage(after, paid, facts, chain)
    return {
        "WRITES_EPOCH": after.epochs.last_epoch is not one.epochs.last_epoch,
        "WRITES_RECYCLED": after.totals.alpha_recycled is not one.totals.alpha_recycled,
        "WRITES_FLOW": after.flows.flow is not one.flows.flow,
        "WRITES_PROTOCOL": after.flows.protocol_flow is not one.flows.protocol_flow,
    }


def _loop(
    program: Program, behaviours: tuple[Behaviour, ...], earning: bool, hand: Hand
) -> Loop:  # fmt: skip
    """Fill the patterns with a program and its traders, each function handed over by `hand`."""
    for function in (turn_in, loops.entry, loops.put, loops.idle, loops.no_order):
        hand(function)
    slots = {f"S{i + 1}": hand(each) for i, each in enumerate(program.stages)}
    idle = {f"S{i}": loops.idle for i in range(1, SLOTS + 1)}
    stages = hand(bound(loops.in_order, **idle | slots))
    order: Callable[..., object] = loops.no_order
    for behaviour in reversed(behaviours):
        order = hand(bound(loops.choice, FIRST=behaviour, OTHERS=order))
    quoting = any("quote" in each.__code__.co_names for each in behaviours)
    flags = {"EARNING": earning, "QUOTING": quoting, "WAGES": program.wages}
    take = hand(bound(loops.act_once, ORDER=order, TRADE=program.trade))
    written = _written(program.stages)
    pay = hand(bound(loops.pay, STAGES=stages, ISSUED=program.issued, **flags, **written))
    pattern = bound(
        loops.stretch, SHARES=program.shares, ROOT_FLAG=program.root_flag, PAY=pay,
        ACT=hand(bound(loops.act, TAKE=take, **flags)), GATED=program.bar is not None,
        BAR=program.bar or formulas.bar_by_mass, **flags,
    )  # fmt: skip
    parts: list[Callable[..., object]] = [
        program.shares, program.root_flag, program.issued, program.trade, *program.stages,
        *([program.bar] if program.bar else []), *behaviours,
    ]  # fmt: skip
    return cast("Loop", kept_on_disk(pattern, parts, f"{flags}", **HOW))


@cache
def loop_of(program: Program, behaviours: tuple[Behaviour, ...], earning: bool) -> Loop:
    """Return a stretch of blocks as compiled code, from the disk if it is there.

    Parameters
    ----------
    program : Program
    behaviours : of the traders that act, each once.
    earning : whether a trader receives miners' alpha.
    """
    loop = _loop(program, behaviours, earning, lambda function: function)

    def run(*arguments: object) -> tuple[int, Column, Column, Column, Column, Column]:
        nonlocal loop
        try:
            return loop(*arguments)
        except TypingError:  # not on the disk: Numba has to compile it, and learns the words
            teach()
            loop = _loop(program, behaviours, earning, compilable)
            return loop(*arguments)

    return run


def by_loops(run: RunState, stop: int) -> None:
    """Advance a run to before the block `stop`, compiled; the columns change in place."""
    team, program, c = run.team, run.program, run.chain
    loop = loop_of(program, team.behaviours, bool(team.tables.earner.any()))
    # NumPy's own floats would be another type to compile for.
    issued, staked, bar = (cast("Column", float(x)) for x in (c.issuance, c.root_tao, c.bar))
    nothing, receives = cast("Column", 0.0), cast("Column", True)
    chain = Chain(c.block, run.step, issued, nothing, staked, receives, bar, c.constants)
    tables, run.ahead = team.drawn_tables(), None
    block, issuance, root_tao, bar, fees, wages = loop(
        run.subnets, run.facts, chain, tables, run.at, stop
    )
    run.chain = chain._replace(block=block, issuance=issuance, root_tao=root_tao, bar=bar)
    run.author, run.wages = run.author + fees, run.wages + wages
    run.at = stop
