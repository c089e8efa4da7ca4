"""Three prices: the shares they give, and what a block puts into each pool."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dtao_edu.engine import emission as rule
from dtao_edu.engine.emission import Injection
from dtao_edu.engine.errors import positive


class Injected(NamedTuple):
    """What a block gives to subnets by their prices.

    Attributes
    ----------
    prices : tuple of float
        TAO per alpha.
    shares : tuple of float
        Parts of 1.
    injections : tuple of Injection
        What enters each pool, TAO and alpha.
    emission : float
        The block emission, TAO.
    cap : float
        The most alpha that enters a pool in a block.
    """

    prices: tuple[float, ...]
    shares: tuple[float, ...]
    injections: tuple[Injection[float], ...]
    emission: float
    cap: float

    @property
    def capped(self) -> bool:
        """Whether the cap binds: while the prices sum to less than emission / cap."""
        return sum(self.prices) * self.cap < self.emission


def inject_by_price(
    prices: Sequence[float], *, emission: float = 1.0, cap: float = 1.0
) -> Injected:
    """share_i = p_i / sum of p; TAO in: E * share_i; alpha in: min(TAO in / p_i, cap).

    Parameters
    ----------
    prices : sequence of float
        TAO per alpha, each above 0.
    emission : float
        The block emission E, TAO; 1 until December 2025.
    cap : float
        The most alpha that enters a pool in a block; 1 until the first halving of an alpha.

    Returns
    -------
    Injected

    Raises
    ------
    InputError
        If a price is not above 0.

    Examples
    --------
    >>> block = inject_by_price([0.3, 0.2])
    >>> block.shares
    (0.6, 0.4)
    >>> block.capped
    True

    Source: chain, `coinbase/run_coinbase.rs`, v2.0.0, 13 February 2025.
    """
    for price in prices:
        positive("prices", price)
    shares = tuple(float(share) for share in rule.price_shares(list(prices)))
    given = tuple(
        rule.injection(emission, share, price, cap)
        for share, price in zip(shares, prices, strict=True)
    )
    return Injected(tuple(prices), shares, given, emission, cap)
