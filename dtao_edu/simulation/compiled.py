# mypy: disallow-untyped-defs=False, check-untyped-defs=False
"""The same block, compiled with Numba: stages, mechanisms and behaviours as they stand.

Nothing of the mechanism is written here: two loops do what `block.block_of` and
`turns.take_turn` do on columns. A property test holds one to the other.

The loops are patterns. The names in capitals below are filled in with the functions of one
program (:func:`_bound`), and Numba reads the types off what comes in. Compiled code is kept on
disk, in a folder named after everything that went into it (:mod:`compile_cache`), so it is never
stale.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import cast

import numpy as np
from numba.core.errors import TypingError

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import Split
from dtao_edu.simulation.block import BAR_BLOCKS, Program, unpaid
from dtao_edu.simulation.columns import constants_of
from dtao_edu.simulation.compile_cache import Function, kept_on_disk
from dtao_edu.simulation.mechanisms import by_burn, spot_price
from dtao_edu.simulation.rules import rules
from dtao_edu.simulation.run_state import RunState
from dtao_edu.simulation.stages import Stage
from dtao_edu.simulation.state import (
    Chain,
    Column,
    Epochs,
    Facts,
    Flows,
    Injected,
    Paid,
    Pools,
    Subnets,
    Totals,
)  # fmt: skip
from dtao_edu.simulation.taught import HOW, compilable, teach
from dtao_edu.simulation.team import turn_in
from dtao_edu.simulation.trader import Behaviour, Purse, Sight

Loop = Callable[..., tuple[int, Column, Column, Column, Column, Column]]
Hand = Callable[[Function], Function]


# What a pattern is filled in with: the functions of a program, and what they write.
FIRST = OTHERS = STAGES = SHARES = BAR = ROOT_RECEIVES = ISSUED = TRADE = ORDER = TAKE = PAY = (
    ACT
) = spot_price
GATED = EARNING = QUOTING = WAGES = True
WRITES_EPOCH = WRITES_RECYCLED = WRITES_FLOW = WRITES_PROTOCOL = True


def _entry(column, i):
    """Return an entry of a column that may not be there."""
    return None if column is None else column[i]


def _put(column, i, value):
    """Set an entry of a column that may not be there."""
    if column is not None:
        column[i] = value


def _no_stage(s, paid, facts, chain):
    """Stand behind a program's last stage."""
    return s, paid


def _staged(s, paid, facts, chain):
    """Run the first of a program's stages, and the others after it."""
    after, more = FIRST(s, paid, facts, chain)
    return OTHERS(after, more, facts, chain)


def _no_order(kind, sight, purse, numbers):
    """Order nothing."""
    return 0.0


def _choice(kind, sight, purse, numbers):
    """Ask the behaviour that a trader has, by its place in the team's list."""
    if kind == 0:
        return FIRST(sight, purse, numbers)
    return OTHERS(kind - 1, sight, purse, numbers)


def _act_once(s, facts, chain, team, k, turn, quote, order):
    """Let trader k act in every subnet: `turns.take_turn` as a loop."""
    (T, A, held, weight), m, flow = s.pools, s.moving_price, s.flows.user_flow
    n, member, kind = len(T), turn % team.members[k], team.kind[k]
    purse_row, row = team.purse_row[k] + member, team.numbers_row[k] + member
    draws = team.draws_row[k] + (turn - team.drawn[k]) % team.draws_rows[k]
    tao = wealth = team.tao[purse_row]
    alpha, mask, numbers = team.alpha[purse_row], team.mask[k], team.numbers
    for i in range(n):
        wealth += formulas.value(alpha[i], spot_price(T[i], A[i], _entry(weight, i)))
    asked = 0.0
    for i in range(n):
        order[i] = 0.0
        if mask[i] > 0:
            sight = Sight(
                facts.netuid[i], turn, chain.block, spot_price(T[i], A[i], _entry(weight, i)),
                m[i], T[i], A[i], quote[i], team.draws[draws, i],
            )  # fmt: skip
            purse = Purse(tao, alpha[i], wealth)
            three = numbers[0, row, i], numbers[1, row, i], numbers[2, row, i]
            order[i] = ORDER(kind, sight, purse, three)
            asked += max(order[i], 0.0)
    part = formulas.share(tao, asked) if asked > tao else 1.0
    gained = fees = 0.0
    for i in range(n):
        pays, sells = max(order[i], 0.0) * part, min(max(-order[i], 0.0), alpha[i])
        pool = Pools(T[i], A[i], held[i], _entry(weight, i))
        after, filled = TRADE(pool, pays, sells, chain.constants)
        T[i], A[i], held[i] = after.tao_in, after.alpha_in, after.alpha_out
        flow[i] += filled.paid_tao - filled.got_tao
        gained += filled.got_tao - filled.paid_tao
        alpha[i] = alpha[i] + filled.got_alpha - filled.paid_alpha
        fees += filled.author_tao
    team.tao[purse_row] = max(tao + gained, 0.0)
    return fees


def _pay(s, facts, here, share, miners, quote):
    """Run the stages for one subnet after the other; return TAO issued, and TAO for root."""
    # Columns by their own names: looked up once, and not in every subnet of every block.
    (T, A, held, weight), m, (pending, last_epoch), flows, (entered, minted, recycled) = s
    flow, protocol, users, seen = flows
    netuid, first_block, enabled, burned, vote = facts
    nothing, whole = Injected(0.0, 0.0, 0.0, 0.0, 0.0), Split(0.0, 0.0, 0.0, 0.0)
    issued = paid_root = 0.0
    for i in range(len(T)):
        one = Subnets(
            Pools(T[i], A[i], held[i], _entry(weight, i)), m[i],
            Epochs(pending[i], last_epoch[i]), Flows(flow[i], protocol[i], users[i], seen[i]),
            Totals(entered[i], minted[i], recycled[i]),
        )  # fmt: skip
        fact = Facts(netuid[i], first_block[i], enabled[i], burned[i], vote[i])
        unpaid = Paid(share[i], nothing, whole, False, 0.0, 0.0)
        after, paid = STAGES(one, unpaid, fact, here)
        T[i], A[i] = after.pools.tao_in, after.pools.alpha_in
        held[i], m[i] = after.pools.alpha_out, after.moving_price
        _put(weight, i, after.pools.quote_weight)
        pending[i] = after.epochs.pending_root
        entered[i], minted[i] = after.totals.tao_entered, after.totals.alpha_minted
        if WRITES_EPOCH:
            last_epoch[i] = after.epochs.last_epoch
        if WRITES_RECYCLED:
            recycled[i] = after.totals.alpha_recycled
        if WRITES_FLOW:
            flow[i], seen[i] = after.flows.flow, after.flows.flow_seen
        if WRITES_PROTOCOL:
            protocol[i] = after.flows.protocol_flow
        issued += ISSUED(paid)
        paid_root += paid.root_tao
        if EARNING:
            miners[i] = paid.split.miners
        if QUOTING:
            quote[i] = spot_price(T[i], A[i], _entry(weight, i))
    return issued, paid_root


def _act(s, facts, here, team, at, miners, quote, order):
    """Give earners their part, and let every trader act whose turn it is; return the fees."""
    fees = 0.0
    for k in range(len(team.kind)):
        if EARNING and team.earner[k]:
            for i in range(len(miners)):
                team.alpha[team.purse_row[k], i] += team.earns[k, i] * miners[i]
    for k in range(len(team.kind)):
        turn = turn_in(team.first[k], team.last[k], team.every[k], at, here.blocks)
        if turn >= 0 and team.kind[k] >= 0:
            fees += TAKE(s, facts, here, team, k, turn, quote, order)
    return fees


def _stretch(s, facts, chain, team, at, stop):
    """Do what `block.block_of` does, then the traders' turns, block after block."""
    n, step, constants = len(s.moving_price), chain.blocks, chain.constants
    quote, order, miners = np.zeros(n), np.empty(n), np.empty(n)
    block, issuance, root_tao, bar = chain.block, chain.issuance, chain.root_tao, chain.bar
    fees = wages = 0.0
    while at < stop:
        block += step
        emission = formulas.block_emission(issuance) * step
        root = ROOT_RECEIVES(s.moving_price)
        if GATED and not (bar > 0 and block % BAR_BLOCKS >= step):
            bar = BAR(np.sort(by_burn(s, facts, 1))[::-1], constants.gate)
        here = Chain(block, step, issuance, emission, root_tao, root, bar, constants)
        issued, paid_root = PAY(s, facts, here, SHARES(s, facts, here), miners, quote)
        issuance, root_tao = issuance + issued, root_tao + paid_root
        wages += issued if WAGES else 0.0
        here = Chain(block, step, issuance, emission, root_tao, root, bar, constants)
        fees += ACT(s, facts, here, team, at, miners, quote, order)
        at += step
    return block, issuance, root_tao, bar, fees, wages


def _bound(pattern: Function, **names: Function | bool) -> Function:
    """Return a function of the same code, in which the names in capitals are these."""
    code = cast("FunctionType", pattern).__code__
    space = {**cast("FunctionType", pattern).__globals__, **names}
    return FunctionType(code, space, pattern.__qualname__)


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
    for function in (turn_in, _entry, _put, _no_stage, _no_order):
        hand(function)
    stages: Function = _no_stage
    for stage in reversed(program.stages):
        stages = hand(_bound(_staged, FIRST=hand(stage), OTHERS=stages))
    order: Function = _no_order
    for behaviour in reversed(behaviours):
        order = hand(_bound(_choice, FIRST=behaviour, OTHERS=order))
    quoting = any("quote" in each.__code__.co_names for each in behaviours)
    flags = {"EARNING": earning, "QUOTING": quoting, "WAGES": program.wages}
    take = hand(_bound(_act_once, ORDER=order, TRADE=program.trade))
    written = _written(program.stages)
    pay = hand(_bound(_pay, STAGES=stages, ISSUED=program.issued, **flags, **written))
    pattern = _bound(
        _stretch, SHARES=program.shares, ROOT_RECEIVES=program.root_receives, PAY=pay,
        ACT=hand(_bound(_act, TAKE=take, **flags)), GATED=program.bar is not None,
        BAR=program.bar or formulas.bar_by_mass, **flags,
    )  # fmt: skip
    parts: list[Function] = [
        program.shares, program.root_receives, program.issued, program.trade, *program.stages,
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
