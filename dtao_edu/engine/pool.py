"""A subnet's pool of TAO and alpha, and the receipt of a trade.

A pool is a value: `stake` and `unstake` change nothing, they return a
:class:`Trade` whose `after` is the new pool. Undo is keeping the old one.

Sources: chain, `staking/stake_utils.rs`, v2.0.0, 2025-02-13 (swap, flat fee, minimum
liquidity); `pallets/swap`, v3.1.6, 2025-06-30 (rate fee, limit on the final price).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Any, Literal, NamedTuple, Self

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import (
    LimitPriceError,
    LiquidityError,
    not_negative,
    positive,
    refuse,
)
from dtao_edu.engine.fees import NO_FEE, Fee
from dtao_edu.engine.units import Amount, exactly, whole_rao

Side = Literal["stake", "unstake"]
LimitOn = Literal["average", "spot"]
FeeUnit = Literal["TAO", "alpha"]


@dataclass(frozen=True, slots=True)
class Pool:
    """Three balances of a subnet: `tao_in` and `alpha_in` in its pool, `alpha_out` with holders.

    p = tao_in / alpha_in; a trade without fee leaves tao_in * alpha_in unchanged.
    `alpha_out` is not in the pool and not in the price.

    Parameters
    ----------
    tao_in : float or Fraction
        TAO reserve, 0 or more.
    alpha_in : float or Fraction
        Alpha reserve, 0 or more.
    alpha_out : float or Fraction
        Alpha outside the pool, staked by its holders, 0 or more.

    Raises
    ------
    InputError
        If a balance is negative, NaN, infinite or not a number.

    Examples
    --------
    >>> pool = Pool(tao_in=10, alpha_in=100)
    >>> pool.price
    0.1
    >>> trade = pool.stake(5)
    >>> round(trade.received, 3), round(trade.after.price, 3)
    (33.333, 0.225)
    >>> round(trade.after.unstake(trade.received).received, 9)
    5.0
    """

    tao_in: Any
    alpha_in: Any
    alpha_out: Any = 0

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
        """The same pool in whole rao, as Fractions: every trade is then floored as on the chain.

        Examples
        --------
        >>> Pool.exact(10, 5).stake(Fraction(1)).received
        Fraction(227272727, 500000000)
        """
        balances = {"tao_in": tao_in, "alpha_in": alpha_in, "alpha_out": alpha_out}
        return cls(*(whole_rao(exactly(not_negative(name, x))) for name, x in balances.items()))

    @property
    def price(self) -> Any:
        """p = tao_in / alpha_in, TAO per alpha. An empty pool has no price."""
        self._refuse_empty()
        return formulas.price(self.tao_in, self.alpha_in)

    @property
    def k(self) -> Any:
        """k = tao_in * alpha_in, the invariant."""
        return formulas.invariant(self.tao_in, self.alpha_in)

    @property
    def alpha_issuance(self) -> Any:
        """alpha_in + alpha_out: all alpha of the subnet, which its halving counts."""
        return self.alpha_in + self.alpha_out

    def alpha_for(self, tao: Any) -> Any:
        """alpha = A d / (T + d): what `tao` brings, without fee and limit; nothing is checked."""
        return formulas.amount_out(self.tao_in, self.alpha_in, tao)

    def tao_for(self, alpha: Any) -> Any:
        """TAO = T a / (A + a): what `alpha` brings, without fee and limit; nothing is checked."""
        return formulas.amount_out(self.alpha_in, self.tao_in, alpha)

    def stake(
        self,
        tao: Any,
        *,
        fee: Fee | float | Fraction = NO_FEE,
        limit_price: Any = None,
        limit_on: LimitOn = "spot",
        allow_partial: bool = False,
    ) -> Trade:
        """alpha = A d / (T + d), d = tao - fee: turn TAO into alpha at the pool's rate.

        Parameters
        ----------
        tao : float or Fraction
            TAO paid, fee included, above 0.
        fee : Fee or number
            A :class:`Fee`, or a part of the input such as 0.003.
        limit_price : float or Fraction, optional
            The highest price accepted, TAO per alpha, above 0.
        limit_on : "spot" or "average"
            What the limit bounds: the final spot price (since July 2025), or the average
            price of the trade (at launch).
        allow_partial : bool
            At the limit: True fills what fits, False refuses the whole order.

        Returns
        -------
        Trade

        Raises
        ------
        InputError
            `tao` not a finite number above 0, or not above the fee.
        LimitPriceError
            The limit does not allow the trade.
        LiquidityError
            The pool is empty, or would fall below 0.01.

        Examples
        --------
        >>> Pool(100, 100).stake(300, limit_price=4, allow_partial=True).paid
        100.0
        """
        tao = self._same_kind(positive("tao", tao))
        terms = fee if type(fee) is Fee else Fee.of(fee)
        if self.tao_in <= 0 or self.alpha_in <= 0:
            self._refuse_empty()
        asked = tao
        if limit_price is not None:
            tao = self._within_limit("stake", tao, terms, limit_price, limit_on, allow_partial)
        flat = terms.flat_tao
        charge = terms.of_input(tao) if terms.rate else flat and self._same_kind(flat)
        net = tao - charge
        if net <= 0:
            refuse("tao", tao, f"more than the fee of {charge} TAO")
        received = whole_rao(self.alpha_for(net))
        left = self._alpha_left(received)
        if self._drained(left):
            raise LiquidityError(
                "tao", tao, "an amount that leaves at least 0.01 alpha in the pool"
            )
        after = self._with(
            self.tao_in + (tao if terms.to_pool else net), left, self.alpha_out + received
        )
        return Trade("stake", tao, received, charge, "TAO", self, after, asked)

    def unstake(
        self,
        alpha: Any,
        *,
        fee: Fee | float | Fraction = NO_FEE,
        limit_price: Any = None,
        limit_on: LimitOn = "spot",
        allow_partial: bool = False,
    ) -> Trade:
        """TAO = T a / (A + a), a = alpha - fee: turn alpha into TAO at the pool's rate.

        Parameters
        ----------
        alpha : float or Fraction
            Alpha given back, above 0 and at most `alpha_out`.
        fee, limit_price, limit_on, allow_partial
            As in :meth:`stake`; the limit is the lowest price accepted, and a flat fee is
            taken from the proceeds.

        Returns
        -------
        Trade

        Raises
        ------
        InputError
            `alpha` not a finite number above 0, or more than is out.
        LimitPriceError, LiquidityError
            As in :meth:`stake`.

        Examples
        --------
        >>> round(Pool(15, 66.6666666667, 100).unstake(20).received, 2)
        3.46
        """
        alpha = self._same_kind(positive("alpha", alpha))
        if alpha > self.alpha_out:
            refuse("alpha", alpha, f"at most the {self.alpha_out} alpha outside the pool")
        terms = fee if type(fee) is Fee else Fee.of(fee)
        self._refuse_empty()
        asked = alpha
        if limit_price is not None:
            alpha = self._within_limit(
                "unstake", alpha, terms, limit_price, limit_on, allow_partial
            )
        charge, flat = terms.of_input(alpha), self._same_kind(terms.flat_tao)
        net = alpha - charge
        proceeds = whole_rao(self.tao_for(net))
        received = proceeds - flat
        if received <= 0:
            refuse("alpha", alpha, f"an amount that brings more than the fee of {flat} TAO")
        left = self.tao_in - proceeds
        if self._drained(left):
            raise LiquidityError(
                "alpha", alpha, "an amount that leaves at least 0.01 TAO in the pool"
            )
        after = self._with(
            left + flat if terms.to_pool else left,
            self._alpha_back(alpha if terms.to_pool else net),
            self.alpha_out - alpha,
        )
        unit: FeeUnit = "TAO" if flat else "alpha"
        return Trade("unstake", alpha, received, charge or flat, unit, self, after, asked)

    def max_stake(self, limit_price: Any, limit_on: LimitOn = "spot") -> Any:
        """The most TAO (after fee) that keeps the price within the limit; 0 for an empty pool."""
        return self._most("stake", limit_price, limit_on)

    def max_unstake(self, limit_price: Any, limit_on: LimitOn = "spot") -> Any:
        """The most alpha (after fee) that keeps the price within the limit; 0 for an empty pool."""
        return self._most("unstake", limit_price, limit_on)

    def inject(self, tao: Any = 0, alpha: Any = 0, alpha_out: Any = 0) -> Self:
        """T + tao, A + alpha, O + alpha_out: what a block's emission adds. No trade, no fee.

        Parameters
        ----------
        tao, alpha : float or Fraction
            Added to the reserves, 0 or more.
        alpha_out : float or Fraction
            Minted for the subnet's participants, 0 or more.

        Examples
        --------
        >>> Pool(10, 100).inject(tao=1, alpha=10, alpha_out=1)
        Pool(tao_in=11, alpha_in=110, alpha_out=1)
        """
        return self._with(
            self.tao_in + not_negative("tao", tao),
            self.alpha_in + not_negative("alpha", alpha),
            self.alpha_out + not_negative("alpha_out", alpha_out),
        )

    def _with(self, tao_in: Any, alpha_in: Any, alpha_out: Any) -> Self:
        """Return the same pool with other balances."""
        return type(self)(tao_in, alpha_in, alpha_out)

    def _same_kind(self, amount: Any) -> Any:
        """An exact pool reads every amount as a Fraction, any other as a float."""
        return exactly(amount) if type(self.tao_in) is Fraction else float(amount)

    def _refuse_empty(self) -> None:
        for name in ("tao_in", "alpha_in"):
            held = getattr(self, name)
            if held <= 0:
                raise LiquidityError(name, held, "above 0: an empty pool has no price")

    def _most(self, side: Side, limit: Any, limit_on: LimitOn) -> Any:
        limit = self._same_kind(positive("limit_price", limit))
        if limit_on not in ("spot", "average"):
            refuse("limit_on", limit_on, "'spot' or 'average'")
        return self._bound(side, limit, limit_on)

    # Four questions that a pool of another kind answers in its own way.

    def _alpha_left(self, received: Any) -> Any:
        return self.alpha_in - received

    def _alpha_back(self, alpha: Any) -> Any:
        return self.alpha_in + alpha

    def _drained(self, left: Any) -> Any:
        return left * 100 < 1  # the chain's minimum liquidity, 10^7 rao

    def _bound(self, side: Side, limit: Any, limit_on: LimitOn) -> Any:
        if self.tao_in <= 0 or self.alpha_in <= 0:
            return 0
        return getattr(formulas, f"limit_{limit_on}_{side}")(self.tao_in, self.alpha_in, limit)

    def _within_limit(
        self, side: Side, amount: Any, fee: Fee, limit: Any, limit_on: LimitOn, partial: bool
    ) -> Any:
        # Whole rao before the fee is added: the fee, rounded down, then lets no rao too much in.
        most = fee.before(whole_rao(self._most(side, limit, limit_on)))
        if amount <= most:
            return amount
        most = whole_rao(most)
        if not partial:
            raise LimitPriceError(
                "limit_price", limit, f"a limit that lets {amount} through, or allow_partial=True"
            )
        if most <= 0:
            raise LimitPriceError(
                "limit_price",
                limit,
                f"{'above' if side == 'stake' else 'below'} the price now, {float(self.price)}",
            )
        return most


class Trade(NamedTuple):
    """The receipt of one stake or unstake.

    slippage = ideal - received; slippage_percent = 100 slippage / ideal;
    average_price = TAO / alpha of the whole trade; price_impact = p_after / p_before - 1.

    Attributes
    ----------
    side : "stake" or "unstake"
    paid : what went in, fee included: TAO for a stake, alpha for an unstake.
    received : what came out: alpha for a stake, TAO for an unstake.
    fee, fee_unit : a rate takes from the token that goes in; a flat fee is always TAO.
    before, after : the pool before and after.
    asked : what was ordered; more than `paid` after a partial fill.

    Examples
    --------
    >>> trade = Pool(10, 100).stake(5)
    >>> round(trade.slippage, 3), round(trade.slippage_percent, 3), round(trade.price_impact, 3)
    (16.667, 33.333, 1.25)
    >>> round(trade.average_price, 3)
    0.15
    """

    side: Side
    paid: Any
    received: Any
    fee: Any
    fee_unit: FeeUnit
    before: Pool
    after: Pool
    asked: Any

    @property
    def ideal(self) -> Any:
        """What all that was paid, before any fee, would bring at the spot price."""
        price = self.before.price
        return formulas.ideal_amount_out(
            *((price, 1, self.paid) if self.side == "stake" else (1, price, self.paid))
        )

    @property
    def slippage(self) -> Any:
        """ideal - received, in the token received; it includes the fee."""
        return formulas.slippage(self.ideal, self.received)

    @property
    def slippage_percent(self) -> Any:
        """100 (ideal - received) / ideal."""
        return formulas.slippage_percent(self.ideal, self.received)

    @property
    def average_price(self) -> Any:
        """TAO per alpha over the whole trade, fee included."""
        tao, alpha = (
            (self.paid, self.received) if self.side == "stake" else (self.received, self.paid)
        )
        return formulas.average_price(tao, alpha)

    @property
    def price_impact(self) -> Any:
        """p_after / p_before - 1."""
        return formulas.price_impact(self.before.price, self.after.price)
