"""The stages of a block in the chain's order, each once for every reader.

A stage is a function of what stands and what was paid so far, of the facts and of the chain's
numbers, and gives back the first two. It writes them out by position, because Numba compiles no
`_replace`. A set of rules is the list of stages that it uses: see
:func:`dtao_edu.simulation.block.program_of`.

Sources: chain, `coinbase/block_step.rs` and `coinbase/run_coinbase.rs`, v2.0.0, 2025-02-13;
v3.2.3, 2025-07-29 (subsidy); v3.2.12, 2025-11-06 (cap, claims); 2026-06-30.
"""

from __future__ import annotations

from collections.abc import Callable

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import Split
from dtao_edu.engine.generic import where
from dtao_edu.engine.units import fixed_point, whole_rao
from dtao_edu.simulation.mechanisms import Amounts, buy, root_proportion, sell, spot_price
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

Stage = Callable[[Subnets, Paid, Facts, Chain], tuple[Subnets, Paid]]
"""Of what stands (s) and what was paid so far in the block: both after the stage.

It is handed columns of all subnets, or the numbers of one: both are typed as a `Column`. What each
argument is, :func:`reweigh` says.
"""


# Inject: what is to enter the pool, what is minted, and what TAO is left over.


def inject(amounts: Callable[..., Amounts]) -> Stage:
    """Make a stage of a rule of injection, under the same name."""

    def stage(s: Subnets, paid: Paid, facts: Facts, chain: Chain) -> tuple[Subnets, Paid]:
        T, A, held, w = s.pools
        tao = whole_rao(formulas.tao_injection(chain.emission, paid.share))
        alpha = formulas.block_emission(A + held)
        if chain.blocks > 1:
            alpha = alpha * chain.blocks
        tao_in, alpha_in = amounts(s, chain, paid.share, tao, alpha, spot_price(T, A, w))
        tao_in = whole_rao(tao_in)
        entered = Injected(tao_in, whole_rao(alpha_in), alpha, tao - tao_in, paid.injected.bought)
        return s, Paid(paid.share, entered, paid.split, paid.due, paid.root_tao, paid.proceeds)

    stage.__name__ = stage.__qualname__ = amounts.__name__
    stage.__doc__ = amounts.__doc__
    return stage


def reweigh(s: Subnets, paid: Paid, facts: Facts, chain: Chain) -> tuple[Subnets, Paid]:
    """The weight that keeps the price, whatever is injected.

    Parameters
    ----------
    s, paid : what stands, and what was paid so far in the block; of one subnet or of all.
    facts, chain : what blocks do not change of the subnets, and the numbers of the block.
    """
    T, A, held, w = s.pools
    amounts = paid.injected
    w = formulas.opening_weight(T + amounts.tao_in, A + amounts.alpha_in, spot_price(T, A, w))
    return Subnets(Pools(T, A, held, w), s.moving_price, s.epochs, s.flows, s.totals), paid


def inject_wages(s: Subnets, paid: Paid, facts: Facts, chain: Chain) -> tuple[Subnets, Paid]:
    """Before Dynamic TAO: no pool receives anything, participants are paid in TAO."""
    tao = whole_rao(formulas.tao_injection(chain.emission, paid.share))
    amounts = Injected(tao, 0 * tao, 0 * tao, 0 * tao, 0 * tao)
    return s, Paid(paid.share, amounts, paid.split, paid.due, 0 * tao, paid.proceeds)


# Chain buys: TAO that is left over buys alpha, against the reserves as they stand.


def _bought(s: Subnets, paid: Paid) -> tuple[Pools, Totals, Paid]:
    T, A, held, w = s.pools
    amounts, excess = paid.injected, paid.injected.excess_tao
    alpha = whole_rao(buy(T, A, w, excess))
    totals = s.totals
    totals = Totals(totals.tao_entered + excess, totals.alpha_minted, totals.alpha_recycled)
    amounts = Injected(amounts.tao_in, amounts.alpha_in, amounts.alpha_out, excess, alpha)
    paid = Paid(paid.share, amounts, paid.split, paid.due, paid.root_tao, paid.proceeds)
    return Pools(T + excess, A - alpha, held, w), totals, paid


def buy_recycled(s: Subnets, paid: Paid, facts: Facts, chain: Chain) -> tuple[Subnets, Paid]:
    """The alpha bought leaves the issuance."""
    pools, sums, paid = _bought(s, paid)
    recycled = sums.alpha_recycled + paid.injected.bought
    totals = Totals(sums.tao_entered, sums.alpha_minted, recycled)
    return Subnets(pools, s.moving_price, s.epochs, s.flows, totals), paid


def buy_kept(s: Subnets, paid: Paid, facts: Facts, chain: Chain) -> tuple[Subnets, Paid]:
    """The alpha bought stays outside the pool, held by the protocol."""
    pools, totals, paid = _bought(s, paid)
    held = pools.alpha_out + paid.injected.bought
    pools = Pools(pools.tao_in, pools.alpha_in, held, pools.quote_weight)
    return Subnets(pools, s.moving_price, s.epochs, s.flows, totals), paid


def enter(s: Subnets, paid: Paid, facts: Facts, chain: Chain) -> tuple[Subnets, Paid]:
    """TAO and alpha enter the pool, and participants' alpha is minted."""
    T, A, held, w = s.pools
    amounts, sums = paid.injected, s.totals
    pools = Pools(T + amounts.tao_in, A + amounts.alpha_in, held + amounts.alpha_out, w)
    minted = sums.alpha_minted + amounts.alpha_in + amounts.alpha_out
    totals = Totals(sums.tao_entered + amounts.tao_in, minted, sums.alpha_recycled)
    return Subnets(pools, s.moving_price, s.epochs, s.flows, totals), paid


# Split: who shares alpha_out.


def split(s: Subnets, paid: Paid, facts: Facts, chain: Chain) -> tuple[Subnets, Paid]:
    """Owner, miners, validators, and root by its proportion after this block's minting.

    As :func:`engine.emission.split`, but here owner and root get whole rao in exact books.
    """
    alpha = paid.injected.alpha_out
    owner = whole_rao(formulas.owner_cut(alpha, chain.constants.owner_cut))
    rest = alpha - owner
    root = whole_rao(formulas.root_alpha(rest, root_proportion(s, chain)))
    half = rest / 2
    parts = Split(owner, half, half - root, root)
    return s, Paid(paid.share, paid.injected, parts, paid.due, paid.root_tao, paid.proceeds)


# Root: what becomes of its part.


def _sold(s: Subnets, paid: Paid, alpha: Column) -> tuple[Subnets, Paid]:
    """Sell root's alpha in the pool; the TAO waits for the epoch."""
    T, A, held, w = s.pools
    tao = whole_rao(sell(T, A, w, alpha))
    epochs = Epochs(s.epochs.pending_root + tao, s.epochs.last_epoch)
    pools = Pools(T - tao, A + alpha, held - alpha, w)
    after = Subnets(pools, s.moving_price, epochs, s.flows, s.totals)
    return after, Paid(paid.share, paid.injected, paid.split, paid.due, paid.root_tao, tao)


def root_sold(s: Subnets, paid: Paid, facts: Facts, chain: Chain) -> tuple[Subnets, Paid]:
    """It is sold in the same block."""
    return _sold(s, paid, paid.split.root)


def root_sold_unless_subsidised(
    s: Subnets, paid: Paid, facts: Facts, chain: Chain
) -> tuple[Subnets, Paid]:
    """It is sold in the same block, but not where TAO was left over for a chain buy."""
    return _sold(s, paid, where(paid.injected.excess_tao > 0, 0 * paid.split.root, paid.split.root))


def _not_received(s: Subnets, root: Column, waiting: Column, pending: Column) -> Subnets:
    """Recycle the part of root's alpha that root does not receive."""
    T, A, held, w = s.pools
    sums, rest = s.totals, root - waiting
    totals = Totals(sums.tao_entered, sums.alpha_minted, sums.alpha_recycled + rest)
    epochs = Epochs(s.epochs.pending_root + pending, s.epochs.last_epoch)
    return Subnets(Pools(T, A, held - rest, w), s.moving_price, epochs, s.flows, totals)


def root_waits(s: Subnets, paid: Paid, facts: Facts, chain: Chain) -> tuple[Subnets, Paid]:
    """It waits for claims, outside the pool; it is recycled while root receives nothing."""
    root = paid.split.root
    waiting = root * chain.root_receives
    return _not_received(s, root, waiting, waiting), paid


def root_kept(s: Subnets, paid: Paid, facts: Facts, chain: Chain) -> tuple[Subnets, Paid]:
    """It stays outside the pool; it is recycled while root receives nothing."""
    root = paid.split.root
    return _not_received(s, root, root * chain.root_receives, 0 * root), paid


# The moving price takes in the block's price, for the shares of the next block.


def moving_price(s: Subnets, paid: Paid, facts: Facts, chain: Chain) -> tuple[Subnets, Paid]:
    """m' = (1 - a) m + a min(p, 1), the more slowly the younger the subnet."""
    T, A, _, w = s.pools
    c, age = chain.constants, chain.block + 1 - facts.first_block
    strength = formulas.smoothing(c.moving_alpha, age, c.moving_halving)
    if chain.blocks > 1:
        strength = formulas.smoothing_over(strength, chain.blocks)
    moved = fixed_point(formulas.moving_price(s.moving_price, spot_price(T, A, w), strength))
    return Subnets(s.pools, moved, s.epochs, s.flows, s.totals), paid


# Epoch: whether it is due, and what root is paid in it.


def due_by_number(s: Subnets, paid: Paid, facts: Facts, chain: Chain) -> tuple[Subnets, Paid]:
    """By block number and netuid, every tempo + 1 blocks."""
    first = chain.block - chain.blocks + 1
    due = formulas.blocks_until_epoch(facts.netuid, chain.constants.tempo, first) < chain.blocks
    return s, Paid(paid.share, paid.injected, paid.split, due, paid.root_tao, paid.proceeds)


def due_by_last(s: Subnets, paid: Paid, facts: Facts, chain: Chain) -> tuple[Subnets, Paid]:
    """When tempo blocks have passed since the last one."""
    first, last = chain.block - chain.blocks + 1, s.epochs.last_epoch
    due = formulas.blocks_until_next_epoch(last, chain.constants.tempo, first) < chain.blocks
    epochs = Epochs(s.epochs.pending_root, where(due, 0 * last + chain.block, last))
    after = Subnets(s.pools, s.moving_price, epochs, s.flows, s.totals)
    return after, Paid(paid.share, paid.injected, paid.split, due, paid.root_tao, paid.proceeds)


def pay_root(s: Subnets, paid: Paid, facts: Facts, chain: Chain) -> tuple[Subnets, Paid]:
    """The TAO that waited becomes root stake."""
    pending = s.epochs.pending_root
    tao = pending * paid.due  # 0 where no epoch is due
    epochs = Epochs(pending - tao, s.epochs.last_epoch)
    after = Subnets(s.pools, s.moving_price, epochs, s.flows, s.totals)
    return after, Paid(paid.share, paid.injected, paid.split, paid.due, tao, paid.proceeds)


def claim_root(s: Subnets, paid: Paid, facts: Facts, chain: Chain) -> tuple[Subnets, Paid]:
    """The alpha that waited is sold, and the TAO becomes root stake."""
    T, A, held, w = s.pools
    alpha = s.epochs.pending_root * paid.due
    tao = whole_rao(sell(T, A, w, alpha))
    epochs = Epochs(s.epochs.pending_root - alpha, s.epochs.last_epoch)
    pools = Pools(T - tao, A + alpha, held - alpha, w)
    after = Subnets(pools, s.moving_price, epochs, s.flows, s.totals)
    return after, Paid(paid.share, paid.injected, paid.split, paid.due, tao, tao)


# Flow: smoothed once a block, with what users staked in the block before.


def flow(s: Subnets, paid: Paid, facts: Facts, chain: Chain) -> tuple[Subnets, Paid]:
    """Net TAO of users."""
    f = s.flows
    smoothing = _flow_smoothing(chain)
    users = (f.user_flow - f.flow_seen) / chain.blocks
    average = formulas.flow_average(f.flow, users, smoothing)
    flows = Flows(average, f.protocol_flow, f.user_flow, f.user_flow)
    return Subnets(s.pools, s.moving_price, s.epochs, flows, s.totals), paid


def protocol_flow(s: Subnets, paid: Paid, facts: Facts, chain: Chain) -> tuple[Subnets, Paid]:
    """Net TAO that the chain itself paid into the pool."""
    f, amounts = s.flows, paid.injected
    spent = (amounts.tao_in + amounts.excess_tao - paid.proceeds) / chain.blocks
    average = formulas.flow_average(f.protocol_flow, spent, _flow_smoothing(chain))
    flows = Flows(f.flow, average, f.user_flow, f.flow_seen)
    return Subnets(s.pools, s.moving_price, s.epochs, flows, s.totals), paid


def _flow_smoothing(chain: Chain) -> Column:
    if chain.blocks > 1:
        return formulas.smoothing_over(chain.constants.flow_smoothing, chain.blocks)
    return chain.constants.flow_smoothing


# Of what a subnet was paid, what counts as issued.


def issued_in_all(paid: Paid) -> Column:
    """TAO that was injected, and TAO that bought alpha."""
    return paid.injected.tao_in + paid.injected.excess_tao


def issued_injected(paid: Paid) -> Column:
    """TAO that was injected alone."""
    return paid.injected.tao_in
