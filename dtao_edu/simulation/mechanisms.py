"""What stages are made of: a pool's curve, how TAO is shared, the gate's bar.

Each mechanism stands in a table under the name that the rules give it. Share rules see all
subnets at once, as columns; the others are read by columns and by single numbers alike.
"""

from __future__ import annotations

from dtao_edu.engine import formulas
from dtao_edu.engine.generic import maximum, minimum, where
from dtao_edu.simulation.state import Chain, Column, Facts, Subnets, Switch, least, total

# The pool. T, A: reserves; w: weight of the TAO side, None where the weights are equal for ever.


def spot_price(T: Column, A: Column, w: Column | None) -> Column:
    """Return the spot price, TAO per alpha.

    Parameters
    ----------
    T, A : reserves, TAO and alpha, above 0.
    w : weight of the TAO side, 0 to 1; None where both weigh the same.
    """
    if w is None:
        return formulas.price(T, A)
    return formulas.weighted_price(T, A, w)


def buy(T: Column, A: Column, w: Column | None, tao: Column) -> Column:
    """Return the alpha that TAO brings, without a fee.

    Parameters
    ----------
    T, A, w : as in :func:`spot_price`.
    tao : TAO that goes in, 0 or more.
    """
    if w is None:
        return formulas.amount_out(T, A, tao)
    return formulas.weighted_amount_out(T, A, tao, w)


def sell(T: Column, A: Column, w: Column | None, alpha: Column) -> Column:
    """Return the TAO that alpha brings, without a fee.

    Parameters
    ----------
    T, A, w : as in :func:`spot_price`.
    alpha : alpha that goes in, 0 or more.
    """
    if w is None:
        return formulas.amount_out(A, T, alpha)
    return formulas.weighted_amount_out(A, T, alpha, 1 - w)


# Injection: (TAO, alpha) into the pool, of the TAO and alpha allotted. What is left buys alpha.

Amounts = tuple[Column, Column]
"""TAO and alpha that enter a pool; what they are made of, :func:`inject_launch` says."""


def inject_launch(
    s: Subnets, chain: Chain, share: Column, tao: Column, alpha: Column, price: Column
) -> Amounts:
    """TAO is not cut where alpha is capped.

    Parameters
    ----------
    s, chain : what stands, and the numbers of the block.
    share : of the block's TAO.
    tao, alpha : allotted to the pool, TAO and alpha.
    price : TAO per alpha.
    """
    return tao, formulas.alpha_injection(tao, price, alpha)


def inject_subsidy(
    s: Subnets, chain: Chain, share: Column, tao: Column, alpha: Column, price: Column
) -> Amounts:
    """Where the price is below the share, TAO at the price."""
    below = price < share
    at_price = formulas.tao_injection(chain.emission, price)
    uncapped = formulas.ideal_amount_out(price, 1, tao)
    return where(below, at_price, tao), where(below, alpha, uncapped)


def _capped(tao: Column, price: Column, cap: Column) -> Amounts:
    alpha_in = formulas.alpha_injection(tao, price, cap)
    return minimum(formulas.value(alpha_in, price), tao), alpha_in


def inject_cap_alpha(
    s: Subnets, chain: Chain, share: Column, tao: Column, alpha: Column, price: Column
) -> Amounts:
    """Alpha at most the alpha emission."""
    return _capped(tao, price, alpha)


def inject_cap_smaller(
    s: Subnets, chain: Chain, share: Column, tao: Column, alpha: Column, price: Column
) -> Amounts:
    """Alpha at most the smaller of alpha emission and TAO block emission."""
    return _capped(tao, price, minimum(alpha, chain.emission))


def inject_cap_root(
    s: Subnets, chain: Chain, share: Column, tao: Column, alpha: Column, price: Column
) -> Amounts:
    """Alpha at most root proportion (before this block's minting) times alpha emission."""
    return _capped(tao, price, root_proportion(s, chain) * alpha)


INJECTIONS = {
    "launch": inject_launch,
    "subsidy": inject_subsidy,
    "cap_alpha": inject_cap_alpha,
    "cap_smaller": inject_cap_smaller,
    "cap_root": inject_cap_root,
}


def root_proportion(s: Subnets, chain: Chain) -> Column:
    """Return root's part in the stake weight of each subnet, as it stands."""
    issued = s.pools.alpha_in + s.pools.alpha_out
    return formulas.root_proportion(chain.root_tao, issued, chain.constants.tao_weight)


# Whether root receives in a block, by the moving prices before it.


def root_always(moving_prices: Column) -> Switch:
    """Root receives in every block."""
    return True


def root_above_one(moving_prices: Column) -> Switch:
    """Whether moving prices sum to more than 1: root's alpha is recycled while they do not."""
    return total(moving_prices) > 1


ROOT_RECEIVES = {"always": root_always, "prices_above_one": root_above_one}


# Shares. All subnets at once; a subnet that is switched off gives its part to the others.


def normalised(weights: Column) -> Column:
    """weight_i / sum_k weight_k; all 0 when every weight is 0."""
    whole = total(weights)
    return formulas.share(weights, where(whole > 0, whole, 1))


def share_by_vote(s: Subnets, facts: Facts, chain: Chain) -> Column:
    """The Root Network's vote; weight given to netuid 0 is in no column, and is not issued.

    Parameters
    ----------
    s, facts : the subnets, and what blocks do not change of them.
    chain : the numbers of the block.
    """
    return facts.vote * facts.enabled


def share_by_spot_price(s: Subnets, facts: Facts, chain: Chain) -> Column:
    """Spot prices over their sum."""
    T, A, _, w = s.pools
    return normalised(spot_price(T, A, w) * facts.enabled)


def share_by_moving_price(s: Subnets, facts: Facts, chain: Chain) -> Column:
    """Moving prices over their sum."""
    return normalised(s.moving_price * facts.enabled)


def _by_flow(flow: Column, facts: Facts, chain: Chain) -> Column:
    limit = formulas.flow_limit(least(flow), chain.constants.flow_cutoff)
    weights = formulas.flow_weight(flow, limit, chain.constants.flow_exponent)
    return normalised(weights * facts.enabled)


def _user_flow(s: Subnets, chain: Chain) -> Column:
    return formulas.flow_average(s.flows.flow, s.flows.user_flow, chain.constants.flow_smoothing)


def share_by_flow(s: Subnets, facts: Facts, chain: Chain) -> Column:
    """Smoothed flow of users' TAO, the last block's included."""
    return _by_flow(_user_flow(s, chain), facts, chain)


def share_by_net_flow(s: Subnets, facts: Facts, chain: Chain) -> Column:
    """The same, less the scaled flow that the chain itself paid in."""
    users, protocol = _user_flow(s, chain), s.flows.protocol_flow
    scale = formulas.flow_scale(total(maximum(users, 0)), total(maximum(protocol, 0)))
    return _by_flow(formulas.net_flow(users, protocol, scale), facts, chain)


def by_burn(s: Subnets, facts: Facts, factor: Column | int) -> Column:
    """Moving prices less what miners burn, times a factor; plain prices if nothing is left.

    Over all subnets, the switched-off ones too: they are set to nothing at the very end.

    Parameters
    ----------
    s, facts : the subnets, and what blocks do not change of them.
    factor : one number, or one a subnet.
    """
    prices = normalised(s.moving_price)
    weights = formulas.burn_weight(prices, facts.miner_burned) * factor
    return where(total(weights) > 0, normalised(weights), prices)


def switched(shares: Column, facts: Facts) -> Column:
    """Shares with the switched-off subnets set to nothing, and the rest divided anew."""
    return normalised(shares * facts.enabled)


def share_by_price_burn(s: Subnets, facts: Facts, chain: Chain) -> Column:
    """Moving price, less what miners burn; plain prices when that leaves nothing."""
    return switched(by_burn(s, facts, 1), facts)


def share_by_price_burn_rootprop(s: Subnets, facts: Facts, chain: Chain) -> Column:
    """The same, times root proportion."""
    return switched(by_burn(s, facts, root_proportion(s, chain)), facts)


def share_by_gate(s: Subnets, facts: Facts, chain: Chain) -> Column:
    """The same as price_burn, cut below the bar; not cut while there is no bar.

    A subnet that is switched off still takes its rank and its mass before the bar.
    """
    shares, barred = by_burn(s, facts, 1), chain.bar > 0
    bar = where(barred, chain.bar, 1)
    cut = formulas.gate_weight(shares, bar, chain.constants.steepness)
    return switched(where(barred, cut, shares), facts)


SHARES = {
    "root_vote": share_by_vote,
    "spot_price": share_by_spot_price,
    "moving_price": share_by_moving_price,
    "flow": share_by_flow,
    "net_flow": share_by_net_flow,
    "price_burn": share_by_price_burn,
    "price_burn_rootprop": share_by_price_burn_rootprop,
    "gate_mass": share_by_gate,
    "gate_rank": share_by_gate,  # by another bar: see BARS
}
"""Every subnet's share of a block's TAO, from what stands, the facts and the chain's numbers."""

BARS = {"gate_mass": formulas.bar_by_mass, "gate_rank": formulas.bar_by_rank}
"""The gate's bar, from shares in falling order."""
