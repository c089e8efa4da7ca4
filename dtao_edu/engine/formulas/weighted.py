"""The weighted pool (from spec 423, June 2026): each side has a weight, and the two sum to 1.

A trade leaves T^w2 A^w1 unchanged, w2 the weight of TAO and w1 = 1 - w2 that of alpha. At
w1 = w2 = 1/2 every formula here is that of the page `swap`.

Source: chain, `pallets/swap/src/pallet/balancer.rs`, 2026-06-30. Literature: Martinelli and
Mushegian, "Balancer: A non-custodial portfolio manager, liquidity provider, and price
sensor", 2019.
"""

from __future__ import annotations

from dtao_edu.engine.generic import compound, maximum
from dtao_edu.engine.quantity import Amount, Quantity


def weighted_price(tao_in: Quantity, alpha_in: Quantity, quote_weight: Quantity) -> Quantity:
    """p = w1 T / (w2 A): TAO per alpha.

    Parameters
    ----------
    tao_in, alpha_in : reserves T and A.
    quote_weight : w2, the weight of the TAO side, above 0 and below 1.

    Examples
    --------
    >>> round(weighted_price(25, 9, 0.4), 6)
    4.166667
    """
    return (1 - quote_weight) * tao_in / (quote_weight * alpha_in)


def weighted_amount_out(
    reserve_in: Quantity | Amount,
    reserve_out: Quantity | Amount,
    amount: Quantity,
    weight_in: Quantity | Amount,
) -> Quantity:
    """out = Y (1 - (1 + d / X)^-(w_in / w_out)): what d of one token brings of the other.

    Reckoned so that a trade of one rao in a deep pool keeps all digits of a float.

    Parameters
    ----------
    reserve_in, reserve_out, amount : X, Y and d, as in :func:`amount_out`.
    weight_in : weight of the side that d enters; w_out = 1 - w_in.

    Examples
    --------
    >>> weighted_amount_out(10.0, 100.0, 30.0, 0.5), weighted_amount_out(10.0, 100.0, 10.0, 0.75)
    (75.0, 87.5)
    """
    rate = weight_in / (1 - weight_in)
    return -reserve_out * compound(amount / reserve_in, -rate)


def weighted_limit(
    reserve_in: Quantity, price: Quantity, target: Quantity, weight_out: Quantity
) -> Quantity:
    """d = max(X ((p' / p)^w_out - 1), 0): the most of a token until its price p becomes p'.

    p' above p for a stake, with T and w1. For an unstake, with A and w2, the two prices
    change places.

    Parameters
    ----------
    reserve_in : X, the reserve of the token that goes in.
    price, target : p and p', TAO per alpha.
    weight_out : weight of the side that comes out.

    Examples
    --------
    >>> weighted_limit(100.0, 1.0, 4.0, 0.5)
    100.0
    """
    return maximum(reserve_in * compound((target - price) / price, weight_out), 0)


def opening_weight(tao_in: Quantity, alpha_in: Quantity, price: Quantity) -> Quantity:
    """w2 = T / (p A + T): the weight at which a pool of T and A has the price p.

    After a one-sided injection it keeps the price: T and A are then the new reserves.

    Parameters
    ----------
    tao_in, alpha_in : reserves T and A.
    price : p, TAO per alpha.

    Examples
    --------
    >>> opening_weight(100, 300, 1)
    0.25
    """
    return tao_in / (price * alpha_in + tao_in)
