"""The interchangeable parts of a block: share rules, injection, the pool's curve, epochs.

Each part is a function under the name that the rules give it. Share rules see all subnets
at once, as columns; the others are read by columns and by single numbers alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from dtao_edu.engine import formulas
from dtao_edu.engine.generic import maximum, minimum, where

if TYPE_CHECKING:
    from dtao_edu.simulation.block import Chain, Facts, Subnets


class Curve(NamedTuple):
    """How a pool trades: price, alpha for TAO, TAO for alpha, and the weight after injection."""

    price: Callable[..., Any]
    buy: Callable[..., Any]
    sell: Callable[..., Any]
    reweighted: Callable[..., Any]


# The pool. T, A: reserves; w: weight of the TAO side.


def constant_price(T: Any, A: Any, w: Any) -> Any:
    """Spot price at equal weights."""
    return formulas.price(T, A)


def constant_buy(T: Any, A: Any, w: Any, tao: Any) -> Any:
    """Alpha for TAO at equal weights."""
    return formulas.amount_out(T, A, tao)


def constant_sell(T: Any, A: Any, w: Any, alpha: Any) -> Any:
    """TAO for alpha at equal weights."""
    return formulas.amount_out(A, T, alpha)


def constant_reweighted(T: Any, A: Any, w: Any, price: Any, tao: Any, alpha: Any) -> Any:
    """Equal weights stay equal, whatever is injected."""
    return w


def weighted_buy(T: Any, A: Any, w: Any, tao: Any) -> Any:
    """Alpha for TAO in a weighted pool."""
    return formulas.weighted_amount_out(T, A, tao, w)


def weighted_sell(T: Any, A: Any, w: Any, alpha: Any) -> Any:
    """TAO for alpha in a weighted pool."""
    return formulas.weighted_amount_out(A, T, alpha, 1 - w)


def weighted_reweighted(T: Any, A: Any, w: Any, price: Any, tao: Any, alpha: Any) -> Any:
    """The weight that keeps the price when `tao` and `alpha` are injected."""
    return formulas.opening_weight(T + tao, A + alpha, price)


CURVES = {
    "constant_product": Curve(constant_price, constant_buy, constant_sell, constant_reweighted),
    "weighted": Curve(formulas.weighted_price, weighted_buy, weighted_sell, weighted_reweighted),
}


# Injection: (TAO, alpha) into the pool. What is left of `tao` buys alpha.


def inject_launch(s: Subnets, chain: Chain, share: Any, tao: Any, alpha: Any, price: Any) -> Any:
    """TAO is not cut where alpha is capped."""
    return tao, formulas.alpha_injection(tao, price, alpha)


def inject_subsidy(s: Subnets, chain: Chain, share: Any, tao: Any, alpha: Any, price: Any) -> Any:
    """Where the price is below the share, TAO at the price."""
    below = price < share
    at_price = formulas.tao_injection(chain.emission, price)
    uncapped = formulas.ideal_amount_out(price, 1, tao)
    return where(below, at_price, tao), where(below, alpha, uncapped)


def _capped(tao: Any, price: Any, cap: Any) -> Any:
    alpha_in = formulas.alpha_injection(tao, price, cap)
    return minimum(formulas.value(alpha_in, price), tao), alpha_in


def inject_cap_alpha(s: Subnets, chain: Chain, share: Any, tao: Any, alpha: Any, price: Any) -> Any:
    """Alpha at most the alpha emission."""
    return _capped(tao, price, alpha)


def inject_cap_smaller(
    s: Subnets, chain: Chain, share: Any, tao: Any, alpha: Any, price: Any
) -> Any:
    """Alpha at most the smaller of alpha emission and TAO block emission."""
    return _capped(tao, price, minimum(alpha, chain.emission))


def inject_cap_root(s: Subnets, chain: Chain, share: Any, tao: Any, alpha: Any, price: Any) -> Any:
    """Alpha at most root proportion (before this block's minting) times alpha emission."""
    weight = chain.constants.tao_weight
    r = formulas.root_proportion(chain.root_tao, s.alpha_in + s.alpha_out, weight)
    return _capped(tao, price, r * alpha)


INJECTIONS = {
    "launch": inject_launch,
    "subsidy": inject_subsidy,
    "cap_alpha": inject_cap_alpha,
    "cap_smaller": inject_cap_smaller,
    "cap_root": inject_cap_root,
}


# Epochs: how many blocks from `block` until the next one, 0 if it is due in it.


def wait_by_number(netuid: Any, last_epoch: Any, tempo: Any, block: Any) -> Any:
    """By block number and netuid, every tempo + 1 blocks."""
    return formulas.blocks_until_epoch(netuid, tempo, block)


def wait_by_last(netuid: Any, last_epoch: Any, tempo: Any, block: Any) -> Any:
    """When tempo blocks have passed since the last one."""
    return formulas.blocks_until_next_epoch(last_epoch, tempo, block)


EPOCHS = {"tempo_plus_one": wait_by_number, "tempo": wait_by_last}


# Shares. All subnets at once; a subnet that is switched off gives its part to the others.


def normalised(weights: Any) -> Any:
    """weight_i / sum_k weight_k; all 0 when every weight is 0."""
    total = weights.sum()
    return formulas.share(weights, total) if total > 0 else weights


def root_receives(moving_prices: Any) -> Any:
    """Whether moving prices sum to more than 1: root's alpha is recycled while they do not."""
    return moving_prices.sum() > 1


def share_by_vote(s: Subnets, facts: Facts, chain: Chain) -> Any:
    """The Root Network's vote; weight given to netuid 0 is in no column, and is not issued."""
    return facts.vote * facts.enabled


def share_by_spot_price(s: Subnets, facts: Facts, chain: Chain) -> Any:
    """Spot prices over their sum."""
    return normalised(formulas.price(s.tao_in, s.alpha_in) * facts.enabled)


def share_by_moving_price(s: Subnets, facts: Facts, chain: Chain) -> Any:
    """Moving prices over their sum."""
    return normalised(s.moving_price * facts.enabled)


def _by_flow(flow: Any, facts: Facts, chain: Chain) -> Any:
    limit = formulas.flow_limit(flow.min(), chain.constants.flow_cutoff)
    weights = formulas.flow_weight(flow, limit, chain.constants.flow_exponent)
    return normalised(weights * facts.enabled)


def _user_flow(s: Subnets, chain: Chain) -> Any:
    return formulas.flow_average(s.flow, s.user_flow, chain.constants.flow_smoothing)


def share_by_flow(s: Subnets, facts: Facts, chain: Chain) -> Any:
    """Smoothed flow of users' TAO, the last block's included."""
    return _by_flow(_user_flow(s, chain), facts, chain)


def share_by_net_flow(s: Subnets, facts: Facts, chain: Chain) -> Any:
    """The same, less the scaled flow that the chain itself paid in."""
    users, protocol = _user_flow(s, chain), s.protocol_flow
    scale = formulas.flow_scale(maximum(users, 0).sum(), maximum(protocol, 0).sum())
    return _by_flow(formulas.net_flow(users, protocol, scale), facts, chain)


def by_burn(s: Subnets, facts: Facts, factor: Any) -> Any:
    """Moving prices less what miners burn, times a factor; plain prices if nothing is left.

    Over all subnets, the switched-off ones too: they are set to nothing at the very end.
    """
    prices = normalised(s.moving_price)
    weights = formulas.burn_weight(prices, facts.miner_burned) * factor
    return normalised(weights) if weights.sum() > 0 else prices


def switched(shares: Any, facts: Facts) -> Any:
    """Shares with the switched-off subnets set to nothing, and the rest divided anew."""
    return normalised(shares * facts.enabled)


def share_by_price_burn(s: Subnets, facts: Facts, chain: Chain) -> Any:
    """Moving price, less what miners burn; plain prices when that leaves nothing."""
    return switched(by_burn(s, facts, 1), facts)


def share_by_price_burn_rootprop(s: Subnets, facts: Facts, chain: Chain) -> Any:
    """The same, times root proportion."""
    weight = chain.constants.tao_weight
    r = formulas.root_proportion(chain.root_tao, s.alpha_in + s.alpha_out, weight)
    return switched(by_burn(s, facts, r), facts)


def share_by_gate(s: Subnets, facts: Facts, chain: Chain) -> Any:
    """The same as price_burn, cut below the bar; not cut while there is no bar.

    A subnet that is switched off still takes its rank and its mass before the bar.
    """
    shares = by_burn(s, facts, 1)
    if chain.bar > 0:
        shares = formulas.gate_weight(shares, chain.bar, chain.constants.steepness)
    return switched(shares, facts)


SHARES = {
    "root_vote": share_by_vote,
    "spot_price": share_by_spot_price,
    "moving_price": share_by_moving_price,
    "flow": share_by_flow,
    "net_flow": share_by_net_flow,
    "price_burn": share_by_price_burn,
    "price_burn_rootprop": share_by_price_burn_rootprop,
    "gate_mass": share_by_gate,
    "gate_rank": share_by_gate,
}

BARS = {"gate_mass": formulas.bar_by_mass, "gate_rank": formulas.bar_by_rank}
"""The gate's bar, from shares in falling order."""
