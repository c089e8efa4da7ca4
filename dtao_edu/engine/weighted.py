"""The weighted pool of 2026: one more kind of pool.

Source: chain, `pallets/swap/src/pallet/balancer.rs`, 2026-06-30.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import between, positive, refuse
from dtao_edu.engine.pool import Pool

LEAST_WEIGHT = 0.01


@dataclass(frozen=True, slots=True)
class WeightedPool(Pool):
    """T^w2 A^w1 stays the same in a trade; p = w1 T / (w2 A), w1 = 1 - w2.

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

    quote_weight: Any = 0.5

    def __post_init__(self) -> None:
        Pool.__post_init__(self)
        between("quote_weight", self.quote_weight, LEAST_WEIGHT, 1 - LEAST_WEIGHT)

    @property
    def price(self) -> Any:
        """p = w1 T / (w2 A), TAO per alpha."""
        self._refuse_empty()
        return formulas.weighted_price(self.tao_in, self.alpha_in, self.quote_weight)

    def alpha_for(self, tao: Any) -> Any:
        """alpha = A (1 - (T / (T + d))^(w2 / w1)); nothing is checked."""
        return formulas.weighted_amount_out(self.tao_in, self.alpha_in, tao, self.quote_weight)

    def tao_for(self, alpha: Any) -> Any:
        """TAO = T (1 - (A / (A + a))^(w1 / w2)); nothing is checked."""
        weight = 1 - self.quote_weight
        return formulas.weighted_amount_out(self.alpha_in, self.tao_in, alpha, weight)

    def inject(self, tao: Any = 0, alpha: Any = 0, alpha_out: Any = 0) -> Self:
        """Add to the balances, as :meth:`Pool.inject`; the weights move so that the price stays.

        Examples
        --------
        >>> pool = WeightedPool(1000.0, 4000.0).inject(alpha=1000)
        >>> round(pool.quote_weight, 6), round(pool.price, 6)
        (0.444444, 0.25)
        """
        grown = Pool(self.tao_in, self.alpha_in, self.alpha_out).inject(tao, alpha, alpha_out)
        return self.opening(grown.tao_in, grown.alpha_in, self.price, grown.alpha_out)

    @classmethod
    def opening(cls, tao_in: Any, alpha_in: Any, price: Any, alpha_out: Any = 0) -> Self:
        """w2 = T / (p A + T): the pool of these balances that has this price."""
        reserves = positive("tao_in", tao_in), positive("alpha_in", alpha_in)
        return cls(
            *reserves, alpha_out, formulas.opening_weight(*reserves, positive("price", price))
        )

    def _with(self, tao_in: Any, alpha_in: Any, alpha_out: Any) -> Self:
        return type(self)(tao_in, alpha_in, alpha_out, self.quote_weight)

    def _most(self, side: Any, limit: Any, limit_on: Any) -> Any:
        limit = self._same_kind(positive("limit_price", limit))
        if limit_on != "spot":
            refuse("limit_on", limit_on, "'spot': a weighted pool bounds the final spot price")
        if side == "stake":
            weight = 1 - self.quote_weight
            return formulas.weighted_limit(self.tao_in, self.price, limit, weight)
        return formulas.weighted_limit(self.alpha_in, limit, self.price, self.quote_weight)
