"""The life of a subnet: what its place costs, how its pool opens, what its end pays.

Sources: chain, `coinbase/root.rs` (lock cost, pruning), v1.2.5, 2025-02-07 and v3.2.8,
2025-09-24; `subnets/subnet.rs` (opening), v2.0.0, 2025-02-13 and spec 402, 2026-05-08;
`staking/remove_stake.rs` (payout), v3.2.9, 2025-10-07; fee by yield: v2.0.8, 2025-03-19.
"""

from __future__ import annotations

from dtao_edu.engine.generic import floor_divide, maximum
from dtao_edu.engine.quantity import Quantity, WholeQuantity


def lock_cost(
    last_lock: WholeQuantity,
    blocks: WholeQuantity,
    interval: WholeQuantity,
    least: WholeQuantity,
    multiple: WholeQuantity | int = 2,
) -> WholeQuantity:
    """cost = max(least, m last - floor(last / interval) blocks): doubles, then falls evenly.

    Parameters
    ----------
    last_lock : rao that the last registration cost.
    blocks : since that registration.
    interval : blocks in which the cost falls by `last_lock`: 14 days, 8 since September 2025.
    least : the lowest cost, rao.
    multiple : m, 2; 1 before the first registration.

    Examples
    --------
    >>> lock_cost(1000, 0, 10, 100), lock_cost(1000, 10, 10, 100), lock_cost(1000, 99, 10, 100)
    (2000, 1000, 100)
    """
    return maximum(multiple * last_lock - floor_divide(last_lock, interval) * blocks, least)


def opening_alpha(tao: Quantity, price: Quantity) -> Quantity:
    """alpha = TAO / p: what a new pool holds beside its TAO; p is 1, later the median price.

    Examples
    --------
    >>> opening_alpha(1000, 0.5)
    2000.0
    """
    return tao / price


def payout(pot: Quantity, alpha: Quantity, total: Quantity) -> Quantity:
    """tao = pot alpha / total: what a holder of a removed subnet's alpha gets from its TAO.

    Parameters
    ----------
    pot : TAO left in the subnet's pool.
    alpha : the holder's.
    total : alpha of all holders.

    Examples
    --------
    >>> payout(100, 3, 12)
    25.0
    """
    return pot * alpha / total


def yield_fee(tao: Quantity, dividend_yield: Quantity, flat: Quantity) -> Quantity:
    """fee = max(TAO y, TAO / 20000, flat): the unstaking fee of spring 2025, in TAO.

    It took what the hotkey's last epoch had earned, so that nobody would stake for one
    epoch alone.

    Parameters
    ----------
    tao : value of what is unstaked.
    dividend_yield : y, the hotkey's dividend of the last epoch for each alpha on it.
    flat : 0.00005 TAO.

    Examples
    --------
    >>> yield_fee(1000, 0.001, 0.00005), yield_fee(1000, 0, 0.00005)
    (1.0, 0.05)
    """
    return maximum(maximum(tao * dividend_yield, tao / 20_000), flat)
