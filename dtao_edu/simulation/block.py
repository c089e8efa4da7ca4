"""One block of the chain: a set of rules as the list of stages that it uses.

:func:`program_of` reads a set of rules; :func:`block_of` runs its stages on columns.
`compiled.py` runs the same stages on the numbers of one subnet after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache
from typing import NamedTuple, cast

import numpy as np

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import Split
from dtao_edu.engine.errors import refuse
from dtao_edu.engine.generic import where
from dtao_edu.engine.units import RAO
from dtao_edu.simulation import mechanisms, stages
from dtao_edu.simulation.rules import RuleSet, constants
from dtao_edu.simulation.stages import Stage
from dtao_edu.simulation.state import Chain, Column, Facts, Injected, Paid, Subnets, Switch, total
from dtao_edu.simulation.trading import TRADES, Trade

BAR_BLOCKS = int(constants()["bar_blocks"].value)
"""The gate's bar is set anew every so many blocks."""

Stages = tuple[Stage, ...]
INJECT_STAGES: dict[str, Stages] = {
    "none": (stages.inject_wages,),
    **{name: (stages.inject(amounts),) for name, amounts in mechanisms.INJECTIONS.items()},
}
WEIGHTS: dict[str, Stages] = {"constant_product": (), "weighted": (stages.reweigh,)}
BUYS: dict[str, Stages] = {
    "recycled": (stages.buy_recycled,),
    "kept": (stages.buy_kept,),
}
ROOTS: dict[str, Stages] = {
    "sold": (stages.root_sold,), "claimed": (stages.root_waits,), "kept": (stages.root_kept,),
}  # fmt: skip
# Where root's alpha is kept nothing ever waits: its stage pays 0, and says so in the receipt.
PAYS: dict[str, Stages] = {
    "sold": (stages.pay_root,), "claimed": (stages.claim_root,), "kept": (stages.claim_root,),
}  # fmt: skip
EPOCHS: dict[str, Stages] = {
    "tempo_plus_one": (stages.due_by_number,), "tempo": (stages.due_by_last,),
}  # fmt: skip
FLOWS: dict[str, Stages] = {
    "flow": (stages.flow,),
    "net_flow": (stages.flow, stages.protocol_flow),
}
ISSUED = {"counted": stages.issued_in_all, "uncounted": stages.issued_injected}


class Program(NamedTuple):
    """A set of rules as what it runs; two sets with the same stages are one program.

    Attributes
    ----------
    shares : who gets the block's TAO, over all subnets.
    bar : the gate's bar, from shares in falling order; None without a gate.
    root_receives : whether root receives in a block.
    stages : the list, in the chain's order.
    issued : the part of what a subnet was paid that counts as issued.
    trade : how somebody trades, with the fees of the time.
    wages : whether TAO goes to participants and not into pools.
    """

    shares: Callable[[Subnets, Facts, Chain], Column]
    bar: Callable[[Iterable[Column], Column], Column] | None
    root_receives: Callable[[Column], Switch]
    stages: tuple[Stage, ...]
    issued: Callable[[Paid], Column]
    trade: Trade
    wages: bool


@cache
def program_of(rules: RuleSet) -> Program:
    """Return what a set of rules runs in a block: the one place where it reads names of parts.

    What lies beside a block reads its own: a change of rules `Network.under`, a trade's fee and
    limit `RuleSet.fee` and `Network.stake`, the books `NetworkState.books`, a subnet's beginning
    and end :mod:`life_cycle`.

    Examples
    --------
    >>> from dtao_edu.simulation.rules import rules
    >>> [stage.__name__ for stage in program_of(rules("dtao_launch")).stages]
    ['inject_launch', 'enter', 'split', 'root_sold', 'moving_price', 'due_by_number', 'pay_root']
    """
    used = INJECT_STAGES[rules.injection]
    if rules.injection != "none":
        buys = () if rules.injection == "launch" else BUYS[rules.bought]
        spares = rules.injection == "subsidy" and rules.root == "sold"
        root = (stages.root_sold_unless_subsidised,) if spares else ROOTS[rules.root]
        used = (
            *used, *WEIGHTS[rules.pool], *buys, stages.enter, stages.split, *root,
            stages.moving_price, *EPOCHS[rules.epoch], *PAYS[rules.root],
            *FLOWS.get(rules.shares, ()),
        )  # fmt: skip
    return Program(
        mechanisms.SHARES[rules.shares],
        mechanisms.BARS.get(rules.shares),
        mechanisms.ROOT_RECEIVES[rules.root_receives],
        used,
        ISSUED[rules.excess],
        TRADES[rules.unstake_fee if rules.fee_flat > 0 else rules.fee_to],
        rules.injection == "none",
    )


NOTHING = cast("Column", 0)
UNINJECTED = Injected(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING)
UNSPLIT = Split(NOTHING, NOTHING, NOTHING, NOTHING)


def unpaid(share: Column) -> Paid:
    """Return what was paid before the first stage: nothing, at these shares."""
    return Paid(share, UNINJECTED, UNSPLIT, NOTHING, NOTHING, NOTHING)


def bar_of(program: Program, subnets: Subnets, facts: Facts, chain: Chain) -> Column:
    """Return the gate's bar: the one in force, or a new one every 360 blocks.

    Parameters
    ----------
    program, subnets, facts : of the run.
    chain : of the block that is open.
    """
    old = chain.block % BAR_BLOCKS >= chain.blocks
    if program.bar is None or (old and bool(np.all(chain.bar > 0))):
        return chain.bar
    shares = mechanisms.by_burn(subnets, facts, 1)
    if shares.ndim == 1:
        return program.bar(sorted(shares, reverse=True), chain.constants.gate)
    bars = [[program.bar(sorted(row, reverse=True), chain.constants.gate)] for row in shares]
    return where(chain.bar > 0, chain.bar, np.array(bars)) if old else np.array(bars)


OneBlock = Callable[[Subnets, Facts, Chain], tuple[Subnets, Chain, Paid]]


def open_block(
    program: Program, subnets: Subnets, facts: Facts, chain: Chain, blocks: int = 1
) -> tuple[Chain, Column]:
    """Open the next block, half of it: the chain's numbers in it, and every subnet's share.

    Parameters
    ----------
    program, subnets, facts : of the run.
    chain : of the block before.
    blocks : in this step; above 1 a sketch.
    """
    here = chain._replace(
        block=chain.block + blocks,
        blocks=blocks,
        emission=emission_of(chain.issuance, blocks),
        root_receives=program.root_receives(subnets.moving_price),
    )
    if program.bar is not None:
        here = here._replace(bar=bar_of(program, subnets, facts, here))
    return here, program.shares(subnets, facts, here)


def close_block(
    program: Program, subnets: Subnets, facts: Facts, chain: Chain, share: Column
) -> tuple[Subnets, Chain, Paid]:
    """Run the stages of an open block, and return what stands after it and what was paid.

    Parameters
    ----------
    program, subnets, facts : of the run.
    chain, share : as :func:`open_block` gives them.
    """
    paid = unpaid(share)
    for stage in program.stages:
        subnets, paid = stage(subnets, paid, facts, chain)
    issuance = chain.issuance + total(program.issued(paid))
    root_tao = chain.root_tao + total(paid.root_tao)
    return subnets, chain._replace(issuance=issuance, root_tao=root_tao), paid


@cache
def block_of(rules: RuleSet, blocks: int = 1) -> OneBlock:
    """Build what the chain does in a block, before anybody trades in it.

    Parameters
    ----------
    rules : RuleSet
    blocks : int
        Above 1 a sketch: so many blocks at once, at the prices before them.

    Returns
    -------
    function of (subnets, facts, chain)
        Gives the subnets and the chain after the block, and what was paid.
    """
    if rules.life_changed:
        changed = ", ".join(rules.life_changed)
        refuse("rules", rules.name, f"{changed} changed in simulate(..., life_cycle=True) alone")
    program = program_of(rules)

    def block(subnets: Subnets, facts: Facts, chain: Chain) -> tuple[Subnets, Chain, Paid]:
        here, share = open_block(program, subnets, facts, chain, blocks)
        return close_block(program, subnets, facts, here, share)

    return block


def emission_of(issuance: Column | Fraction, blocks: int) -> Column:
    """Return the TAO that is issued in a block, or in so many: as exact as the issuance."""
    rao = formulas.block_emission_rao(issuance * RAO) * blocks
    if isinstance(issuance, Fraction):
        return cast("Column", Fraction(int(rao), RAO))
    return cast("Column", rao / RAO)
