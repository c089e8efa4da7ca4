"""Share rules after the launch: flow of TAO, burnt miner emission, the gate.

Sources: chain, `coinbase/subnet_emissions.rs`, v3.2.10, 2025-11-04 (flow), v3.4.0,
2026-05-27 (net flow), v3.4.6, 2026-06-22 (miner burn); RaoFoundation/subtensor, f8ff769a,
and pull request 2990, July 2026 (gate).
"""

from __future__ import annotations

from collections.abc import Iterable

from dtao_edu.engine.generic import log, maximum, minimum, power, where
from dtao_edu.engine.quantity import Amount, Quantity


def flow_average(average: Quantity, flow: Quantity, smoothing: Quantity | Amount) -> Quantity:
    """S' = (1 - a) S + a f: the smoothed flow of TAO into a subnet, after one more block.

    Parameters
    ----------
    average, flow : S and f, TAO a block; staked less unstaked by users.
    smoothing : a; 3.20901e-6 on the chain, a half-life of 30 days.

    Examples
    --------
    >>> flow_average(100.0, 0.0, 0.25)
    75.0
    """
    return (1 - smoothing) * average + smoothing * flow


def half_life(smoothing: Quantity) -> Quantity:
    """blocks = ln 2 / -ln(1 - a): after which half of an old value is left in an average.

    Examples
    --------
    >>> half_life(0.5)
    1.0
    """
    return log(2) / -log(1 - smoothing)


def flow_limit(least: Quantity, cutoff: Quantity) -> Quantity:
    """L = max(cutoff, min(least S, 0)): the flow from which a subnet begins to be paid.

    Examples
    --------
    >>> flow_limit(-400, -1000), flow_limit(1000, 2000)
    (-400, 2000)
    """
    return maximum(cutoff, minimum(least, 0))


def flow_weight(
    average: Quantity, limit: Quantity | Amount, exponent: Quantity | Amount
) -> Quantity:
    """z^p, z = max(S - L, 0): what a subnet brings to the division by flow.

    Parameters
    ----------
    average : S, the smoothed flow, TAO a block.
    limit : L, of :func:`flow_limit`.
    exponent : p, 1 on the chain.

    Examples
    --------
    >>> flow_weight(-100, -400, 1), flow_weight(-500, -400, 1)
    (300, 0)
    """
    return power(maximum(average - limit, 0), exponent)


def flow_scale(users: Quantity, protocol: Quantity) -> Quantity:
    """f = min(1, users / protocol): sums of the positive flows of users and of the chain.

    Examples
    --------
    >>> flow_scale(50, 200)
    0.25
    """
    one = 1 + 0 * users  # as exact as the flows are
    return where(protocol > users, users, one) / where(protocol > users, protocol, one)


def net_flow(user: Quantity, protocol: Quantity, scale: Quantity | Amount) -> Quantity:
    """net = user - f protocol: users' flow, less what the chain itself paid in.

    Where the chain took out more than it paid in (protocol below 0), f is 1.

    Parameters
    ----------
    user, protocol : smoothed flows of users and of the chain, TAO a block.
    scale : f, of :func:`flow_scale`.

    Examples
    --------
    >>> net_flow(100, 30, 0.5), net_flow(50, -10, 0.5)
    (85.0, 60)
    """
    return user - where(protocol > 0, scale * protocol, protocol)


def burn_weight(share: Quantity, burned: Quantity) -> Quantity:
    """weight = share (1 - min(burned, 1)): a price share, less the part of it that miners burn.

    Examples
    --------
    >>> burn_weight(0.5, 0.25)
    0.375
    """
    return share * (1 - minimum(burned, 1))


def gate_weight(share: Quantity, bar: Quantity | Amount, steepness: Quantity | Amount) -> Quantity:
    """weight = s / (1 + (theta / s)^h): a share, cut the more the further it is below the bar.

    At the bar half passes, at half the bar a ninth (h = 3). Written as s s^h / (s^h +
    theta^h), so that a share of 0 passes as 0.

    Parameters
    ----------
    share, bar : s and theta.
    steepness : h, 3 on the chain.

    Examples
    --------
    >>> gate_weight(0.5, 0.5, 3)
    0.25
    """
    passing = power(share, steepness)
    return share * passing / (passing + power(bar, steepness))


def bar_by_mass(ranked: Iterable[Quantity], mass: Quantity) -> Quantity:
    """theta = s_k, k the first with s_1 + ... + s_k >= q: the share at which the sum reaches q.

    Parameters
    ----------
    ranked : shares, the largest first.
    mass : q, 0.61 and later 0.75.

    Examples
    --------
    >>> bar_by_mass([0.5, 0.3, 0.2], 0.75)
    0.3
    """
    reached = share = 0 * mass
    for share in ranked:
        reached = reached + share
        if reached >= mass:
            break
    return share


def bar_by_rank(ranked: Iterable[Quantity], rank: Quantity) -> Quantity:
    """theta = s_N: the N-th largest share; the smallest above 0 where there are fewer.

    Parameters
    ----------
    ranked : shares, the largest first.
    rank : N, 32.

    Examples
    --------
    >>> bar_by_rank([0.5, 0.3, 0.2, 0.0], 2), bar_by_rank([0.5, 0.3, 0.2, 0.0], 4)
    (0.3, 0.2)
    """
    bar = 0 * rank
    for place, share in enumerate(ranked):
        if place < rank and share > 0:
            bar = share
    return bar
