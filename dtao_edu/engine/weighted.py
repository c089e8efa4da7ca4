"""The weighted pool of 2026: one more kind of pool.

Source: chain, `pallets/swap/src/pallet/balancer.rs`, 2026-06-30.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import between, positive, refuse
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.quantity import Quantity
from dtao_edu.engine.reserves import LimitOn, Side
from dtao_edu.engine.units import Amount, exactly

LEAST_WEIGHT = 0.01
MOST_INPUT = 1_000
"""A trade puts in at most so many times the reserve of the token that goes in."""


@dataclass(frozen=True, slots=True)
class WeightedPool(Pool):
    """T^w2 A^w1 stays the same in a trade; p = w1 T / (w2 A), w1 = 1 - w2.

    A trade puts in at most 1,000 times the reserve of its token, and leaves at least 0.001 of the
    other (a :class:`Pool`: 0.01).

    Parameters
    ----------
    tao_in, alpha_in, alpha_out : as in :class:`Pool`.
    quote_weight : float
        w2, the weight of the TAO side, from 0.01 to 0.99. At 1/2 this is a :class:`Pool`.

    Examples
    --------
    >>> pool = WeightedPool(25.0, 9.0, quote_weight=0.4)
    >>> round(pool.price, 4), round(pool.stake(5).received, 4)
    (4.1667, 1.0301)
    """

    quote_weight: Amount = 0.5
    _PARTS: ClassVar[int] = 1_000
    _MOST: ClassVar[float] = MOST_INPUT

    def __post_init__(self) -> None:
        Pool.__post_init__(self)
        weight = between("quote_weight", self.quote_weight, LEAST_WEIGHT, 1 - LEAST_WEIGHT)
        if type(self.tao_in) is Fraction:  # exact books keep exact weights
            weight = exactly(weight)
        object.__setattr__(self, "quote_weight", weight)

    @property
    def price(self) -> Amount:
        """p = w1 T / (w2 A), TAO per alpha."""
        self._refuse_empty()
        return formulas.weighted_price(self.tao_in, self.alpha_in, self.quote_weight)

    def alpha_for(self, tao: Quantity) -> Quantity:
        """alpha = A (1 - (1 + d / T)^-(w2 / w1)); nothing is checked."""
        return formulas.weighted_amount_out(self.tao_in, self.alpha_in, tao, self.quote_weight)

    def tao_for(self, alpha: Quantity) -> Quantity:
        """TAO = T (1 - (1 + a / A)^-(w1 / w2)); nothing is checked."""
        weight = 1 - self.quote_weight
        return formulas.weighted_amount_out(self.alpha_in, self.tao_in, alpha, weight)

    def inject(self, tao: Amount = 0, alpha: Amount = 0, alpha_out: Amount = 0) -> Self:
        """Add to the balances, as :meth:`Pool.inject`; the weights move so that the price stays.

        Parameters
        ----------
        tao, alpha, alpha_out : float or Fraction
            As in :meth:`Pool.inject`.

        Examples
        --------
        >>> pool = WeightedPool(1000.0, 4000.0).inject(alpha=1000)
        >>> round(pool.quote_weight, 6), round(pool.price, 6)
        (0.444444, 0.25)
        """
        grown = Pool(self.tao_in, self.alpha_in, self.alpha_out).inject(tao, alpha, alpha_out)
        return self.opening(grown.tao_in, grown.alpha_in, self.price, grown.alpha_out)

    @classmethod
    def opening(
        cls, tao_in: Amount, alpha_in: Amount, price: Amount, alpha_out: Amount = 0
    ) -> Self:
        """w2 = T / (p A + T): the pool of these balances that has this price.

        Parameters
        ----------
        tao_in, alpha_in : float or Fraction
            Reserves, above 0.
        price : float or Fraction
            p, TAO per alpha, above 0.
        alpha_out : float or Fraction
            Alpha with holders.
        """
        reserves = positive("tao_in", tao_in), positive("alpha_in", alpha_in)
        return cls(
            *reserves, alpha_out, formulas.opening_weight(*reserves, positive("price", price))
        )

    def _with(self, tao_in: Amount, alpha_in: Amount, alpha_out: Amount) -> Self:
        return type(self)(tao_in, alpha_in, alpha_out, self.quote_weight)

    def _serves(self, side: Side, amount: Amount) -> bool:
        reserve = self.tao_in if side == "stake" else self.alpha_in
        return amount <= MOST_INPUT * reserve and Pool._serves(self, side, amount)

    def _refuse_other_limits(self, limit_on: LimitOn) -> None:
        if limit_on != "spot":
            refuse("limit_on", limit_on, "'spot': a weighted pool bounds the final spot price")

    def _bound(self, side: Side, limit: Amount, limit_on: LimitOn) -> Amount:
        if side == "stake":
            weight = 1 - self.quote_weight
            return formulas.weighted_limit(self.tao_in, self.price, limit, weight)
        return formulas.weighted_limit(self.alpha_in, limit, self.price, self.quote_weight)
