"""The pool: price, amount out, slippage, fee and limit price of a constant-product pool.

A pool holds T TAO and A alpha. A trade leaves the product T A unchanged. Everything
on this page follows from that one sentence; lesson 04 derives it.

At its end the weighted pool (from spec 423, June 2026): each side has a weight, and the two sum to
1. A trade leaves T^w2 A^w1 unchanged, w2 the weight of TAO and w1 = 1 - w2 that of alpha. At
w1 = w2 = 1/2 its formulas are those above.

Sources: chain, `staking/stake_utils.rs` (price, swaps) and `staking/add_stake.rs`
(limits), v2.0.0, 2025-02-13; `pallets/swap` (fee, limits), v3.1.6, 2025-06-30, and its
`pallet/balancer.rs` (weights), 2026-06-30.
Literature: Angeris and Chitra, "Improved Price Oracles: Constant Function Market
Makers", 2020. Martinelli and Mushegian, "Balancer: A non-custodial portfolio manager,
liquidity provider, and price sensor", 2019.
"""

from __future__ import annotations

from dtao_edu.engine.generic import compound, maximum, sqrt
from dtao_edu.engine.quantity import Amount, Quantity


def price(tao_in: Quantity, alpha_in: Quantity) -> Quantity:
    """p = T / A: the spot price, what the next tiny bit of alpha costs, in TAO per alpha.

    Parameters
    ----------
    tao_in, alpha_in : reserves T and A, TAO and alpha, above 0.

    Examples
    --------
    >>> price(10, 100)
    0.1
    """
    return tao_in / alpha_in


def invariant(tao_in: Quantity, alpha_in: Quantity) -> Quantity:
    """k = T A: the product of the reserves, which a trade without fee leaves unchanged.

    Examples
    --------
    >>> invariant(10, 100)
    1000
    """
    return tao_in * alpha_in


def amount_out(
    reserve_in: Quantity | Amount, reserve_out: Quantity | Amount, amount: Quantity
) -> Quantity:
    """out = Y d / (X + d): what d of one token brings of the other.

    X is the reserve of the token that goes in, Y of the token that comes out; after
    the trade (X + d)(Y - out) = X Y. One equation serves stake (X = T) and unstake (X = A).

    Parameters
    ----------
    reserve_in, reserve_out : reserves X and Y, above 0.
    amount : input d, after any fee, 0 or more.

    Returns
    -------
    Amount of the other token, always below `reserve_out`.

    Examples
    --------
    5 TAO into a pool of 10 TAO and 100 alpha:

    >>> round(amount_out(10, 100, 5), 4)
    33.3333
    """
    return reserve_out * amount / (reserve_in + amount)


def amount_in(
    reserve_in: Quantity | Amount, reserve_out: Quantity | Amount, amount: Quantity
) -> Quantity:
    """d = X out / (Y - out): what has to go in so that `out` comes out; the inverse of amount_out.

    Parameters
    ----------
    reserve_in, reserve_out : reserves X and Y, above 0.
    amount : wanted output, 0 or more and below `reserve_out`.

    Examples
    --------
    >>> amount_in(10, 100, 50)
    10.0
    """
    return reserve_in * amount / (reserve_out - amount)


def ideal_amount_out(
    reserve_in: Quantity | Amount, reserve_out: Quantity | Amount, amount: Quantity
) -> Quantity:
    """ideal = d Y / X: what d would bring if the price did not move while it trades.

    Parameters
    ----------
    reserve_in, reserve_out, amount : X, Y and d, as in :func:`amount_out`.

    Examples
    --------
    >>> ideal_amount_out(10, 100, 5)
    50.0
    """
    return amount * reserve_out / reserve_in


def value(alpha: Quantity, price: Quantity | Amount) -> Quantity:
    """value = a p: what alpha is worth at the spot price, in TAO.

    Examples
    --------
    >>> value(100, 0.5)
    50.0
    """
    return alpha * price


def average_price(tao: Quantity, alpha: Quantity) -> Quantity:
    """average = TAO / alpha: the price of the whole trade, either direction, in TAO per alpha.

    Examples
    --------
    >>> average_price(5, 50)
    0.1
    """
    return tao / alpha


def slippage(ideal: Quantity, received: Quantity) -> Quantity:
    """slippage = ideal - received, in the token received.

    Examples
    --------
    >>> slippage(50, 40)
    10
    """
    return ideal - received


def slippage_percent(ideal: Quantity, received: Quantity) -> Quantity:
    """slippage % = 100 (ideal - received) / ideal: per cent of the ideal amount.

    The official SDK prints this figure. Some pages of the documentation divide by the
    amount received instead: the same trade then reads 50 % instead of 33.3 %.

    Examples
    --------
    >>> slippage_percent(50, 40)
    20.0
    """
    return 100 * (ideal - received) / ideal


def price_impact(before: Quantity, after: Quantity) -> Quantity:
    """impact = p_after / p_before - 1: how far the trade moved the spot price.

    Examples
    --------
    >>> round(price_impact(0.1, 0.225), 10)
    1.25
    """
    return after / before - 1


def fee(amount: Quantity, rate: Quantity | Amount) -> Quantity:
    """fee = amount * rate, taken from the input token.

    Since July 2025 the rate is 33/65535, which is 0.0504 % (196/65535 in its first weeks).

    Examples
    --------
    >>> from fractions import Fraction
    >>> fee(65535, Fraction(33, 65535))
    Fraction(33, 1)
    """
    return amount * rate


def gross(net: Quantity, rate: Quantity | Amount) -> Quantity:
    """gross = net / (1 - rate): the input whose fee leaves `net` for the swap.

    Examples
    --------
    >>> gross(75, 0.25)
    100.0
    """
    return net / (1 - rate)


def limit_average(reserve_in: Quantity, price: Quantity, target: Quantity) -> Quantity:
    """d = max(X (p' / p - 1), 0): the most of a token until its average price is p' (launch rule).

    p' above p for a stake, with X = T. For an unstake, with X = A, the two prices change places.

    Parameters
    ----------
    reserve_in : X, the reserve of the token that goes in, above 0.
    price, target : p and p', TAO per alpha, above 0.

    Examples
    --------
    >>> limit_average(150, 1.5, 3)
    150.0
    """
    return maximum(reserve_in * (target / price - 1), 0)


def limit_spot(reserve_in: Quantity, price: Quantity, target: Quantity) -> Quantity:
    """d = max(X (sqrt(p' / p) - 1), 0): the most of a token until the spot price is p'.

    The rule since July 2025.

    Parameters
    ----------
    reserve_in, price, target : X, p and p', as in :func:`limit_average`.

    Examples
    --------
    >>> limit_spot(100, 1, 4)
    100.0
    """
    return maximum(reserve_in * (sqrt(target / price) - 1), 0)


def limit_average_move(
    tao_in_from: Quantity,
    alpha_in_from: Quantity,
    tao_in_to: Quantity,
    alpha_in_to: Quantity,
    limit: Quantity,
) -> Quantity:
    """a = max(A2 T1 / (T1 + T2) / L - A1 T2 / (T1 + T2), 0): the most alpha to move from 1 to 2.

    The limit L is the price of origin in destination: alpha of 1 per alpha of 2, the
    other way round than one expects. Bounds the average, in every era.

    Parameters
    ----------
    tao_in_from, alpha_in_from : reserves T1 and A1 of the origin.
    tao_in_to, alpha_in_to : reserves T2 and A2 of the destination.
    limit : L, above 0.

    Source: chain, `staking/move_stake.rs`.

    Examples
    --------
    >>> round(limit_average_move(100, 200, 300, 400, 0.5), 6)
    50.0
    """
    both = tao_in_from + tao_in_to
    return maximum(alpha_in_to * tao_in_from / both / limit - alpha_in_from * tao_in_to / both, 0)


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
