"""One block of the chain, written once for three readers.

:func:`coinbase` and :func:`trading` build functions that take :class:`Subnets` and give them
back. The entries are NumPy columns (the reference), columns of Fractions (exact books,
floored to rao as on the chain), or the numbers of one subnet (the loop that Numba compiles).
:func:`block_of` is the list of what the chain does before anybody trades in a block.

Sources: chain, `coinbase/block_step.rs` and `coinbase/run_coinbase.rs`, v2.0.0, 2025-02-13;
v3.2.3, 2025-07-29 (subsidy); v3.2.12, 2025-11-06 (cap, claims); 2026-06-30.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import Split
from dtao_edu.engine.generic import maximum, minimum, where
from dtao_edu.engine.units import RAO, fixed_point, whole_rao
from dtao_edu.simulation import mechanisms
from dtao_edu.simulation.rules import RuleSet

BAR_BLOCKS = 360
"""The gate's bar is set anew every so many blocks."""


class Subnets(NamedTuple):
    """What blocks and trades change, one entry a subnet.

    Attributes
    ----------
    tao_in, alpha_in, alpha_out : the pool's reserves, and the alpha outside it.
    moving_price : TAO per alpha, at the end of the block before.
    quote_weight : weight of the TAO side of a weighted pool; 1/2 in any other.
    pending_root : what the next epoch pays root: TAO, or alpha under rules with claims.
    last_epoch : block of the last epoch.
    flow, protocol_flow : smoothed net TAO a block, of users and of the chain itself.
    user_flow, flow_seen : TAO staked less TAO unstaked by users, summed over all blocks; and
        how much of it has gone into `flow`.
    tao_entered, alpha_minted, alpha_recycled : sums over all blocks, for the books.
    """

    tao_in: Any
    alpha_in: Any
    alpha_out: Any
    moving_price: Any
    quote_weight: Any
    pending_root: Any
    last_epoch: Any
    flow: Any
    protocol_flow: Any
    user_flow: Any
    flow_seen: Any
    tao_entered: Any
    alpha_minted: Any
    alpha_recycled: Any


class Facts(NamedTuple):
    """What blocks do not change, one entry a subnet.

    Attributes
    ----------
    netuid : the subnet's number.
    first_block : block of its first emission; the warm-up of the moving price counts from it.
    enabled : 1; 0 where the emission of TAO is switched off.
    miner_burned : part of the miners' emission that is burnt, 0 to 1.
    vote : share by the Root Network's vote, 0 to 1.
    """

    netuid: Any
    first_block: Any
    enabled: Any
    miner_burned: Any
    vote: Any


class Constants(NamedTuple):
    """Numbers of the chain that no block changes; `fee_rate` to `flat_fee` are the trades'."""

    owner_cut: Any
    tao_weight: Any
    moving_alpha: Any
    moving_halving: Any
    tempo: Any
    flow_smoothing: Any
    flow_exponent: Any
    flow_cutoff: Any
    steepness: Any
    gate: Any
    fee_rate: Any
    flat_fee: Any


class Chain(NamedTuple):
    """What all subnets share in a block.

    Attributes
    ----------
    block : its number.
    issuance, emission : TAO issued before it (the counter), and TAO issued in it.
    root_tao : TAO staked on root.
    root_sells : 1, or 0 while root receives nothing (moving prices sum to 1 or less).
    bar : the gate's bar; 0 without one.
    constants : Constants
    """

    block: Any
    issuance: Any
    emission: Any
    root_tao: Any
    root_sells: Any
    bar: Any
    constants: Constants


class Paid(NamedTuple):
    """What one block paid, one entry a subnet.

    Attributes
    ----------
    share : of the block's TAO.
    tao_in, alpha_in : injected into the pool; `alpha_out` : minted for participants.
    excess_tao, bought : TAO beyond the injection, and the alpha it bought.
    owner, root_alpha : the owner's part and root's part of alpha_out.
    root_tao : TAO that became root stake in this block.
    """

    share: Any
    tao_in: Any
    alpha_in: Any
    alpha_out: Any
    excess_tao: Any
    bought: Any
    owner: Any
    root_alpha: Any
    root_tao: Any

    @property
    def split(self) -> Split[Any]:
        """alpha_out among owner, miners, validators and root; the four sum to the whole."""
        half = (self.alpha_out - self.owner) / 2
        return Split(self.owner, half, half - self.root_alpha, self.root_alpha)


def _unchanged(amount: Any) -> Any:
    return amount


Coinbase = Callable[[Subnets, Facts, Any, Chain], tuple[Subnets, Paid]]


@cache
def coinbase(rules: RuleSet, blocks: int = 1, exact: bool = True) -> Coinbase:
    """Build what the chain does for each subnet, once the shares of the block are known.

    `blocks` above 1 is a sketch: so many blocks at once, at the prices before them. `exact`
    False leaves out the rounding to rao, which changes no float and takes time.
    """
    rounded, rounded_price = (whole_rao, fixed_point) if exact else (_unchanged, _unchanged)
    price_of, buy, sell, reweighted = mechanisms.CURVES[rules.pool]
    inject = mechanisms.INJECTIONS.get(rules.injection, mechanisms.inject_launch)
    chain_buys, buys_are_kept = rules.injection != "launch", rules.bought == "kept"
    claims, spares_subsidised = rules.root != "sold", rules.injection == "subsidy"
    kept = rules.root == "kept"
    wait, counts_epochs = mechanisms.EPOCHS[rules.epoch], rules.epoch == "tempo"
    by_flow, by_net_flow = rules.shares in ("flow", "net_flow"), rules.shares == "net_flow"

    def block(s: Subnets, facts: Facts, share: Any, chain: Chain) -> tuple[Subnets, Paid]:
        T, A, held, w, c = s.tao_in, s.alpha_in, s.alpha_out, s.quote_weight, chain.constants

        # The block's emission: TAO by the subnet's share, alpha by the subnet's issuance.
        tao = rounded(formulas.tao_injection(chain.emission, share))
        alpha = formulas.block_emission(A + held)
        if blocks > 1:
            alpha = alpha * blocks

        # Injection. TAO beyond it buys alpha, against the reserves as they stood.
        price = price_of(T, A, w)
        tao_in, alpha_in = inject(s, chain, share, tao, alpha, price)
        tao_in, alpha_in = rounded(tao_in), rounded(alpha_in)
        w = reweighted(T, A, w, price, tao_in, alpha_in)
        entered, excess, bought, recycled = tao_in, 0, 0, s.alpha_recycled
        if chain_buys:
            entered, excess = tao, tao - tao_in
            bought = rounded(buy(T, A, w, excess))
            A = A - bought
            if buys_are_kept:
                held = held + bought
            else:
                recycled = recycled + bought
        T, A, held = T + entered, A + alpha_in, held + alpha

        # Who shares alpha_out. Root's part is sold at once, or waits for claims.
        r = formulas.root_proportion(chain.root_tao, A + held, c.tao_weight)
        owner = rounded(formulas.owner_cut(alpha, c.owner_cut))
        root = rounded(formulas.root_alpha(alpha - owner, r))
        if claims:
            waiting, proceeds = root * chain.root_sells, 0
            held, recycled = held - (root - waiting), recycled + (root - waiting)
            if kept:  # it stays outside the pool
                waiting = 0 * waiting
        else:
            sold = where(price < share, 0, root) if spares_subsidised else root
            waiting = proceeds = rounded(sell(T, A, w, sold))
            T, A, held = T - proceeds, A + sold, held - sold
        pending = s.pending_root + waiting

        # The moving price takes in the block's price, for the shares of the next block.
        age = chain.block + 1 - facts.first_block
        strength, follows = (
            formulas.smoothing(c.moving_alpha, age, c.moving_halving),
            c.flow_smoothing,
        )
        if blocks > 1:
            strength = formulas.smoothing_over(strength, blocks)
            follows = formulas.smoothing_over(follows, blocks)
        m = rounded_price(formulas.moving_price(s.moving_price, price_of(T, A, w), strength))

        # Epochs that are due: root is paid what waited for it; claimed alpha is sold first.
        due = wait(facts.netuid, s.last_epoch, c.tempo, chain.block - blocks + 1) < blocks
        root_tao = pending * due  # 0 where no epoch is due
        pending = pending - root_tao
        if claims:
            sold, root_tao = root_tao, rounded(sell(T, A, w, root_tao))
            T, A, held, proceeds = T - root_tao, A + sold, held - sold, root_tao
        last_epoch = where(due, chain.block, s.last_epoch) if counts_epochs else s.last_epoch

        # Flows are smoothed once a block, with what users staked in the block before.
        flow, seen, protocol = s.flow, s.flow_seen, s.protocol_flow
        if by_flow:
            flow = formulas.flow_average(flow, (s.user_flow - seen) / blocks, follows)
            seen = s.user_flow
        if by_net_flow:
            spent = (entered - proceeds) / blocks
            protocol = formulas.flow_average(protocol, spent, follows)

        minted = s.alpha_minted + alpha_in + alpha
        return Subnets(
            T, A, held, m, w, pending, last_epoch, flow, protocol, s.user_flow, seen,
            s.tao_entered + entered, minted, recycled,
        ), Paid(share, tao_in, alpha_in, alpha, excess, bought, owner, root, root_tao)  # fmt: skip

    def vote_block(s: Subnets, facts: Facts, share: Any, chain: Chain) -> tuple[Subnets, Paid]:
        """Before Dynamic TAO: no pool receives anything, participants are paid in TAO."""
        tao = rounded(formulas.tao_injection(chain.emission, share))
        return s, Paid(share, tao, 0 * tao, 0 * tao, 0 * tao, 0 * tao, 0 * tao, 0 * tao, 0 * tao)

    return block if rules.injection != "none" else vote_block


class Filled(NamedTuple):
    """What a trade brought: alpha for TAO or TAO for alpha, and the fees in both tokens."""

    paid_tao: Any
    paid_alpha: Any
    got_tao: Any
    got_alpha: Any
    fee_tao: Any
    fee_alpha: Any


Trading = Callable[[Any, Any, Any, Any, Any, Any, Constants], tuple[Any, Any, Any, Filled]]


@cache
def trading(rules: RuleSet, exact: bool = True) -> Trading:
    """Build a trade in a pool of T, A, weight w, with `held` alpha outside of it.

    It stakes `tao` or unstakes `alpha`; one of the two is 0. A flat fee comes out of the TAO
    before a stake and out of the proceeds of an unstake. A stake that is not worth its flat
    fee is left; an unstake brings at least 0.
    """
    rounded = whole_rao if exact else _unchanged
    price_of, buy, sell, _ = mechanisms.CURVES[rules.pool]
    rate, flat, to_pool = rules.fee_rate > 0, rules.fee_flat > 0, rules.fee_to == "pool"
    by_yield = rules.unstake_fee == "yield_floor"

    def trade(
        T: Any, A: Any, held: Any, w: Any, tao: Any, alpha: Any, c: Constants
    ) -> tuple[Any, Any, Any, Filled]:
        fee_tao, fee_alpha, net_tao, net_alpha = 0, 0, tao, alpha
        if rate:
            fee_tao = rounded(formulas.fee(tao, c.fee_rate))
            fee_alpha = rounded(formulas.fee(alpha, c.fee_rate))
            net_tao, net_alpha = tao - fee_tao, alpha - fee_alpha
        if flat:
            tao = where(tao > c.flat_fee, tao, 0)
            net_tao = maximum(tao - c.flat_fee, 0)
        got_alpha = rounded(buy(T, A, w, net_tao))
        got_tao = rounded(sell(T, A, w, net_alpha))
        if flat:
            cost = c.flat_fee
            if by_yield:
                cost = formulas.yield_fee(formulas.value(alpha, price_of(T, A, w)), 0, cost)
            cost = rounded(minimum(cost, got_tao))
            got_tao, fee_tao = got_tao - cost, tao - net_tao + cost
        T, A, held = T + tao - got_tao, A + alpha - got_alpha, held + got_alpha - alpha
        if rate and not to_pool:
            T, A, held = T - fee_tao, A - fee_alpha, held + fee_alpha
        return T, A, held, Filled(tao, alpha, got_tao, got_alpha, fee_tao, fee_alpha)

    return trade


def bar_of(rules: RuleSet, subnets: Subnets, facts: Facts, chain: Chain, blocks: int = 1) -> Any:
    """Return the gate's bar: the one in force, or a new one every 360 blocks."""
    if rules.shares not in mechanisms.BARS or (
        chain.bar > 0 and chain.block % BAR_BLOCKS >= blocks
    ):
        return chain.bar
    ranked = sorted(mechanisms.by_burn(subnets, facts, 1), reverse=True)
    return mechanisms.BARS[rules.shares](ranked, chain.constants.gate)


OneBlock = Callable[[Subnets, Facts, Chain], tuple[Subnets, Chain, Paid]]


@cache
def block_of(rules: RuleSet, blocks: int = 1, exact: bool = True) -> OneBlock:
    """Build what the chain does in a block, before anybody trades in it.

    Returns a function of (subnets, facts, chain) that gives the subnets and the chain after
    the block, and what was paid.
    """
    shares_of, pay = mechanisms.SHARES[rules.shares], coinbase(rules, blocks, exact)
    always, counted = rules.root_flag == "always", rules.excess == "counted"
    gated = rules.shares in mechanisms.BARS

    def block(subnets: Subnets, facts: Facts, chain: Chain) -> tuple[Subnets, Chain, Paid]:
        number, issuance, _, root_tao, _, bar, constants = chain
        number = number + blocks
        rao = formulas.block_emission_rao(issuance * RAO) * blocks
        emission = Fraction(rao, RAO) if type(issuance) is Fraction else rao / RAO
        root_sells = always or mechanisms.root_receives(subnets.moving_price)
        chain = Chain(number, issuance, emission, root_tao, root_sells, bar, constants)
        if gated:
            bar = bar_of(rules, subnets, facts, chain, blocks)
            chain = chain._replace(bar=bar)
        share = shares_of(subnets, facts, chain)
        subnets, paid = pay(subnets, facts, share, chain)
        issuance = issuance + total(paid.tao_in + paid.excess_tao if counted else paid.tao_in)
        root_tao = root_tao + total(paid.root_tao)
        chain = Chain(number, issuance, emission, root_tao, root_sells, bar, constants)
        return subnets, chain, paid

    return block


def total(column: Any) -> Any:
    """Return the sum of a column, as a Fraction or as a plain float."""
    found = column.sum()
    return found if column.dtype.kind == "O" else float(found)
