"""How much is issued in a block, and which pool it enters.

Sources: chain, `coinbase/block_emission.rs`, `coinbase/run_coinbase.rs` and
`staking/stake_utils.rs` (moving price), v2.0.0, 2025-02-13, and later as named.
"""

from __future__ import annotations

from dtao_edu.engine.generic import (
    compound,
    exp,
    floor_log2,
    halved,
    log,
    maximum,
    minimum,
    ratio,
)
from dtao_edu.engine.quantity import Amount, Quantity, WholeQuantity
from dtao_edu.engine.units import RAO, SUPPLY_CAP_RAO


def halvings(issuance_rao: WholeQuantity) -> WholeQuantity:
    """n = floor(log2(C / (C - I))): how many halvings an issuance of I rao has passed.

    C is the cap of 21 million, so a halving comes when half of what was left is issued:
    at 10.5 million, 15.75 million, 18.375 million. From the cap on, 1 rao is taken to be
    left: 54 halvings, after which nothing is emitted.

    Parameters
    ----------
    issuance_rao : I, rao, 0 or more. TAO issuance, or alpha_in + alpha_out of a subnet.

    Examples
    --------
    >>> halvings(10_500_000 * 10**9 - 1), halvings(10_500_000 * 10**9)
    (0, 1)
    """
    passed: WholeQuantity = floor_log2(SUPPLY_CAP_RAO / maximum(SUPPLY_CAP_RAO - issuance_rao, 1))
    return passed


def block_emission_rao(issuance_rao: WholeQuantity) -> WholeQuantity:
    """E = floor(10^9 / 2^n) rao, n the halvings passed; 0 from the cap on.

    TAO and every alpha follow the same rule, each with its own issuance.

    Examples
    --------
    >>> block_emission_rao(0), block_emission_rao(10_500_000 * 10**9)
    (1000000000, 500000000)
    """
    return halved(RAO, halvings(issuance_rao))


def block_emission(issuance: Quantity) -> Quantity:
    """E = floor(10^9 / 2^n) / 10^9: the block emission in TAO (or alpha), of I in TAO (or alpha).

    Examples
    --------
    >>> float(block_emission(10_500_000))
    0.5
    """
    return ratio(block_emission_rao(issuance * RAO), RAO)


def share(part: Quantity, total: Quantity | Amount) -> Quantity:
    """share_i = m_i / sum_k m_k: a subnet's part of what is issued to all subnets.

    Examples
    --------
    >>> share(0.05, 2.0)
    0.025
    """
    return part / total


def smoothing(alpha: Quantity, blocks: Quantity, halving: Quantity) -> Quantity:
    """a = alpha b / (b + H): how strongly one block's price enters the moving price.

    Parameters
    ----------
    alpha : the largest smoothing, 0 to 1. The chain's storage holds 3e-4 (third-party
        readings); the code's default is 3e-6.
    blocks : b, blocks since the subnet's first emission.
    halving : H, 201,600 blocks (28 days): at b = H half of alpha. 0 for the launch rule
        without warm-up.

    Examples
    --------
    >>> smoothing(0.5, 100, 300)
    0.125
    """
    return alpha * blocks / (blocks + halving)


def smoothing_over(smoothing: Quantity, blocks: Quantity | Amount) -> Quantity:
    """A = 1 - (1 - a)^b: what b blocks of smoothing a at one price come to.

    Parameters
    ----------
    smoothing : a, 0 to 1. A small one keeps its digits.
    blocks : b, 0 or more.

    Examples
    --------
    >>> smoothing_over(0.5, 2)
    0.75
    """
    return -compound(-smoothing, blocks)


def moving_price(moving_price: Quantity, price: Quantity, smoothing: Quantity | Amount) -> Quantity:
    """m' = (1 - a) m + a min(p, 1): one block's update of the moving price.

    The spot price enters with at most 1 TAO per alpha (from v2.0.1 on). In floats 1 - a holds
    the digits that a has left: with a within 1e-9 of 1 an old moving price keeps about seven of
    them, where Fractions keep all. On the chain a is below 3e-4.

    Parameters
    ----------
    moving_price, price : m and p, TAO per alpha, 0 or more.
    smoothing : a, 0 to 1.

    Examples
    --------
    >>> moving_price(1.0, 0.5, 0.5)
    0.75
    >>> moving_price(0.0, 7.0, 0.5)
    0.5
    """
    return (1 - smoothing) * moving_price + smoothing * minimum(price, 1)


def moving_price_limit(alpha: Quantity, blocks: Quantity, halving: Quantity) -> Quantity:
    """m/p = 1 - exp(-alpha (b - H ln(1 + b/H))): how far a moving price has come from 0.

    The price p is constant, below 1; b blocks of warm-up are summed as an integral.

    Parameters
    ----------
    alpha, blocks, halving : as in :func:`smoothing`; `halving` above 0.

    Examples
    --------
    >>> [round(moving_price_limit(3e-4, 7200 * d, 201_600), 2) for d in (1, 3, 7)]
    [0.04, 0.28, 0.8]
    """
    return 1 - exp(-alpha * (blocks - halving * log(1 + blocks / halving)))


def tao_injection(block_emission: Quantity | Amount, share: Quantity) -> Quantity:
    """tao_in = E share: TAO that enters the subnet's pool in a block.

    Examples
    --------
    >>> tao_injection(1, 0.025)
    0.025
    """
    return block_emission * share


def alpha_injection(
    tao_injection: Quantity, price: Quantity | Amount, cap: Quantity | Amount
) -> Quantity:
    """alpha_in = min(tao_in / p, cap): alpha that enters beside it, so that the price stays.

    The cap is the subnet's own block emission of alpha. When it binds, too little alpha
    enters for the TAO and the price rises.

    Parameters
    ----------
    tao_injection : TAO that enters the pool in the block.
    price : p, TAO per alpha, above 0.
    cap : alpha, 0 or more.

    Examples
    --------
    >>> alpha_injection(0.025, 0.05, 1), alpha_injection(0.1, 0.05, 1)
    (0.5, 1)
    """
    return minimum(tao_injection / price, cap)


def blocks_until_epoch(
    netuid: WholeQuantity, tempo: WholeQuantity, block: WholeQuantity
) -> WholeQuantity:
    """blocks = tempo - (block + netuid + 1) mod (tempo + 1): until the subnet's next epoch.

    So the period is tempo + 1 blocks, 361 for a tempo of 360 (until spec 423, June 2026).

    Parameters
    ----------
    netuid, tempo, block : whole numbers; the subnet, its tempo, the block's number.

    Examples
    --------
    >>> blocks_until_epoch(1, 10, 9)
    10
    """
    return tempo - (block + netuid + 1) % (tempo + 1)


def blocks_until_next_epoch(
    last_epoch: WholeQuantity, tempo: WholeQuantity, block: WholeQuantity
) -> WholeQuantity:
    """blocks = max(last + tempo - block, 0): the rule since spec 423, a period of exactly tempo.

    Parameters
    ----------
    last_epoch, tempo, block : whole numbers; the block of the last epoch, the tempo, the block now.

    Examples
    --------
    >>> blocks_until_next_epoch(0, 10, 9), blocks_until_next_epoch(0, 20, 21)
    (1, 0)
    """
    return maximum(last_epoch + tempo - block, 0)
