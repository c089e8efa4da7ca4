"""The reserves of a pool: what they are worth, what they can serve, and within which limit.

:class:`~dtao_edu.engine.pool.Pool` trades with them.

Sources: chain, `staking/stake_utils.rs` and `staking/add_stake.rs` (limits), v2.0.0, 2025-02-13;
`pallets/swap` (limit on the final price), v3.1.6, 2025-06-30.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import ClassVar, Literal, NoReturn, Self

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import LiquidityError, not_negative, positive, refuse
from dtao_edu.engine.quantity import Quantity
from dtao_edu.engine.rounding import largest
from dtao_edu.engine.units import Amount, exactly, whole_rao

Side = Literal["stake", "unstake"]
LimitOn = Literal["average", "spot"]

_BOUNDS: dict[LimitOn, Callable[[Amount, Amount, Amount], Amount]] = {
    "spot": formulas.limit_spot,
    "average": formulas.limit_average,
}


@dataclass(frozen=True, slots=True)
class Reserves:
    """Three balances of a subnet: `tao_in` and `alpha_in` in its pool, `alpha_out` with holders.

    All as for :class:`~dtao_edu.engine.pool.Pool`.
    """

    tao_in: Amount
    alpha_in: Amount
    alpha_out: Amount = 0
    _PARTS: ClassVar[int] = 100
    """1 / 100 of a token is the least that stays in a pool: 10^7 rao."""
    _MOST: ClassVar[float] = inf
    """A trade puts in at most so many times the reserve of the token that goes in."""

    def __post_init__(self) -> None:
        t, a, o = self.tao_in, self.alpha_in, self.alpha_out
        if (
            type(t) is type(a) is type(o) is float
            and 0 <= t < inf
            and 0 <= a < inf
            and 0 <= o < inf
        ):
            return  # the everyday pool costs one look; all others are asked name by name
        for name in ("tao_in", "alpha_in", "alpha_out"):
            given = getattr(self, name)
            checked = not_negative(name, given)
            if checked is not given:
                object.__setattr__(self, name, checked)

    @classmethod
    def exact(cls, tao_in: Amount, alpha_in: Amount, alpha_out: Amount = 0) -> Self:
        """Return the pool in whole rao, as Fractions: every trade is then floored as on the chain.

        Parameters
        ----------
        tao_in, alpha_in, alpha_out : number
            As for the class; what is less than a rao is cut off.

        Examples
        --------
        >>> from dtao_edu import Pool
        >>> Pool.exact(10, 5).stake(Fraction(1)).received
        Fraction(227272727, 500000000)
        """
        balances = {"tao_in": tao_in, "alpha_in": alpha_in, "alpha_out": alpha_out}
        return cls(*(whole_rao(exactly(not_negative(name, x))) for name, x in balances.items()))

    @property
    def price(self) -> Amount:
        """p = tao_in / alpha_in, TAO per alpha. An empty pool has no price."""
        self._refuse_empty()
        return formulas.price(self.tao_in, self.alpha_in)

    @property
    def k(self) -> Amount:
        """k = tao_in * alpha_in, the invariant."""
        return formulas.invariant(self.tao_in, self.alpha_in)

    @property
    def alpha_issuance(self) -> Amount:
        """alpha_in + alpha_out: all alpha of the subnet, which its halving counts."""
        return self.alpha_in + self.alpha_out

    def alpha_for(self, tao: Quantity) -> Quantity:
        """alpha = A d / (T + d): what `tao` brings, without fee and limit; nothing is checked."""
        return formulas.amount_out(self.tao_in, self.alpha_in, tao)

    def tao_for(self, alpha: Quantity) -> Quantity:
        """TAO = T a / (A + a): what `alpha` brings, without fee and limit; nothing is checked."""
        return formulas.amount_out(self.alpha_in, self.tao_in, alpha)

    def max_stake(self, limit_price: Amount, limit_on: LimitOn = "spot") -> Amount:
        """Return the most TAO, without a fee, that keeps the price within a limit.

        :meth:`stake` takes it: it drains no pool, and in exact books it is whole rao.

        Parameters
        ----------
        limit_price : float or Fraction
            TAO per alpha, above 0.
        limit_on : "spot" or "average"
            As in :meth:`stake`.

        Returns
        -------
        float or Fraction
            0 where nothing can be staked: an empty pool, or a price that has passed the limit.

        Examples
        --------
        >>> from dtao_edu import Pool
        >>> Pool(100, 100).max_stake(4)
        100.0
        """
        return self._possible("stake", limit_price, limit_on)

    def max_unstake(self, limit_price: Amount, limit_on: LimitOn = "spot") -> Amount:
        """Return the most alpha, without a fee, that keeps the price within a limit.

        Never more than `alpha_out`, which is all that there is to unstake.

        Parameters
        ----------
        limit_price, limit_on
            As in :meth:`max_stake`.

        Examples
        --------
        >>> from dtao_edu import Pool
        >>> Pool(100, 100, 500).max_unstake(0.25), Pool(100, 100, 40).max_unstake(0.25)
        (100.0, 40)
        """
        return min(self._possible("unstake", limit_price, limit_on), self.alpha_out)

    def inject(self, tao: Amount = 0, alpha: Amount = 0, alpha_out: Amount = 0) -> Self:
        """T + tao, A + alpha, O + alpha_out: what a block's emission adds. No trade, no fee.

        Parameters
        ----------
        tao, alpha : float or Fraction
            Added to the reserves, 0 or more.
        alpha_out : float or Fraction
            Minted for the subnet's participants, 0 or more.

        Examples
        --------
        >>> from dtao_edu import Pool
        >>> Pool(10, 100).inject(tao=1, alpha=10, alpha_out=1)
        Pool(tao_in=11, alpha_in=110, alpha_out=1)
        """
        return self._with(
            self.tao_in + not_negative("tao", tao),
            self.alpha_in + not_negative("alpha", alpha),
            self.alpha_out + not_negative("alpha_out", alpha_out),
        )

    def _with(self, tao_in: Amount, alpha_in: Amount, alpha_out: Amount) -> Self:
        """Return the same pool with other balances."""
        return type(self)(tao_in, alpha_in, alpha_out)

    def _same_kind(self, amount: Amount) -> Amount:
        """An exact pool reads every amount as a Fraction, any other as a float."""
        return exactly(amount) if type(self.tao_in) is Fraction else float(amount)

    def _refuse_empty(self) -> None:
        for name in ("tao_in", "alpha_in"):
            held = getattr(self, name)
            if held <= 0:
                raise LiquidityError(name, held, "above 0: an empty pool has no price")

    def _possible(self, side: Side, limit: Amount, limit_on: LimitOn) -> Amount:
        """Return the most that a limit allows and the pool can serve, in whole rao if exact."""
        most = whole_rao(self._bound(side, self._price_asked(limit, limit_on), limit_on))
        return most if most <= 0 else largest(lambda amount: self._serves(side, amount), most)

    def _serves(self, side: Side, amount: Amount) -> bool:
        """Whether the pool has reserves enough for a trade without a fee."""
        if side == "stake":
            left = self._alpha_after(-whole_rao(self.alpha_for(amount)))
        else:
            left = self.tao_in - whole_rao(self.tao_for(amount))
        return not self._drained(left)

    def _price_asked(self, limit: Amount, limit_on: LimitOn) -> Amount:
        self._refuse_other_limits(limit_on)
        return self._same_kind(positive("limit_price", limit))

    def _refuse_other_limits(self, limit_on: LimitOn) -> None:
        if limit_on not in ("spot", "average"):
            refuse("limit_on", limit_on, "'spot' or 'average'")

    # What a pool of another kind answers in its own way.

    def _alpha_after(self, change: Amount) -> Amount:
        return self.alpha_in + change

    def _drained(self, left: Amount) -> bool:
        return left * self._PARTS < 1

    def _refuse_too_much(self, argument: str, amount: Amount, reserve: Amount) -> NoReturn:
        refuse(argument, amount, f"at most {self._MOST:,} times the reserve of {reserve}")

    def _bound(self, side: Side, limit: Amount, limit_on: LimitOn) -> Amount:
        """Return the most that keeps the price within the limit, without a fee."""
        if self.tao_in <= 0 or self.alpha_in <= 0:
            return 0
        if side == "stake":
            return _BOUNDS[limit_on](self.tao_in, self.price, limit)
        return _BOUNDS[limit_on](self.alpha_in, limit, self.price)
