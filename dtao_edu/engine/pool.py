"""A subnet's pool of TAO and alpha, and the receipt of a trade.

A pool is a value: `stake` and `unstake` change nothing, they return a
:class:`Trade` whose `after` is the new pool. Undo is keeping the old one.

Sources: chain, `staking/stake_utils.rs`, v2.0.0, 2025-02-13 (swap, flat fee, minimum
liquidity); `pallets/swap`, v3.1.6, 2025-06-30 (rate fee, limit on the final price).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, NoReturn

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import InputError, LimitPriceError, LiquidityError, positive, refuse
from dtao_edu.engine.fees import NO_FEE, Fee
from dtao_edu.engine.reserves import LimitOn, Reserves, Side
from dtao_edu.engine.rounding import largest, left_of
from dtao_edu.engine.units import Amount, whole_rao

FeeUnit = Literal["TAO", "alpha"]


@dataclass(frozen=True, slots=True)
class Pool(Reserves):
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

    def stake(
        self,
        tao: Amount,
        *,
        fee: Fee | Amount = NO_FEE,
        limit_price: Amount | None = None,
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
            What the limit bounds: the final spot price (since July 2025), also where a fee
            stays in the pool; or the average price of the trade without its fee (at launch).
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
            The pool is empty, or would be left with less than 0.01.

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
        if tao > self._MOST * self.tao_in:
            self._refuse_too_much("tao", tao, self.tao_in)
        received = whole_rao(self.alpha_for(net))
        left = self._alpha_after(-received)
        if self._drained(left):
            self._refuse_drained("tao", tao, "alpha")
        after = self._with(
            self.tao_in + (tao if terms.to_pool else net), left, self.alpha_out + received
        )
        return Trade("stake", tao, received, charge, "TAO", self, after, asked)

    def unstake(
        self,
        alpha: Amount,
        *,
        fee: Fee | Amount = NO_FEE,
        limit_price: Amount | None = None,
        limit_on: LimitOn = "spot",
        allow_partial: bool = False,
    ) -> Trade:
        """TAO = T a / (A + a), a = alpha - fee: turn alpha into TAO at the pool's rate.

        Parameters
        ----------
        alpha : float or Fraction
            Alpha given back, above 0 and at most `alpha_out`. What floats have rounded in the
            sums behind it is let pass: all that holders have can leave.
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
        outside = left_of(self.alpha_out, alpha, self.alpha_issuance)
        if outside < 0:
            refuse("alpha", alpha, f"at most the {self.alpha_out} alpha outside the pool")
        terms = fee if type(fee) is Fee else Fee.of(fee)
        self._refuse_empty()
        asked = alpha
        if limit_price is not None:
            alpha = self._within_limit(
                "unstake", alpha, terms, limit_price, limit_on, allow_partial
            )
            outside = left_of(self.alpha_out, alpha, self.alpha_issuance)
        charge, flat = terms.of_input(alpha), self._same_kind(terms.flat_tao)
        net = alpha - charge
        if alpha > self._MOST * self.alpha_in:
            self._refuse_too_much("alpha", alpha, self.alpha_in)
        proceeds = whole_rao(self.tao_for(net))
        received = proceeds - flat
        if received <= 0:
            refuse("alpha", alpha, f"an amount that brings more than the fee of {flat} TAO")
        left = self.tao_in - proceeds
        if self._drained(left):
            self._refuse_drained("alpha", alpha, "TAO")
        after = self._with(
            left + flat if terms.to_pool else left,
            self._alpha_after(alpha if terms.to_pool else net),
            outside,
        )
        unit: FeeUnit = "TAO" if flat else "alpha"
        return Trade("unstake", alpha, received, charge or flat, unit, self, after, asked)

    def _refuse_drained(self, argument: str, amount: Amount, token: FeeUnit) -> NoReturn:
        allowed = f"an amount that leaves at least {1 / self._PARTS:g} {token} in the pool"
        raise LiquidityError(argument, amount, allowed)

    def _within_limit(
        self,
        side: Side,
        amount: Amount,
        fee: Fee,
        limit: Amount,
        limit_on: LimitOn,
        partial: bool,
    ) -> Amount:
        # Whole rao before the fee is added: the fee, rounded down, then lets no rao too much in.
        bound = whole_rao(self._bound(side, self._price_asked(limit, limit_on), limit_on))
        most = whole_rao(fee.gross_of(bound))
        if fee.rate and fee.to_pool and limit_on == "spot" and most > 0:
            most = largest(
                lambda some: self._keeps(side, some, fee, limit, limit_on) is not False, most
            )
        if amount <= most or self._keeps(side, amount, fee, limit, limit_on):
            return amount
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

    def _keeps(
        self, side: Side, amount: Amount, fee: Fee, limit: Amount, limit_on: LimitOn
    ) -> bool | None:
        """Whether the price that a trade comes to is within the limit; None if it is refused."""
        pool = self._with(self.tao_in, self.alpha_in, amount)
        try:
            trade = (
                pool.stake(amount, fee=fee) if side == "stake" else pool.unstake(amount, fee=fee)
            )
        except InputError:
            return None
        price = trade.after.price if limit_on == "spot" else trade.average_price_before_fee
        asked = self._price_asked(limit, limit_on)
        return price <= asked if side == "stake" else price >= asked


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
    paid: Amount
    received: Amount
    fee: Amount
    fee_unit: FeeUnit
    before: Pool
    after: Pool
    asked: Amount

    @property
    def ideal(self) -> Amount:
        """What all that was paid, before any fee, would bring at the spot price."""
        price = self.before.price
        if self.side == "stake":
            return formulas.ideal_amount_out(price, 1, self.paid)
        return formulas.ideal_amount_out(1, price, self.paid)

    @property
    def slippage(self) -> Amount:
        """ideal - received, in the token received; it includes the fee."""
        return formulas.slippage(self.ideal, self.received)

    @property
    def slippage_percent(self) -> Amount:
        """100 (ideal - received) / ideal."""
        return formulas.slippage_percent(self.ideal, self.received)

    @property
    def average_price(self) -> Amount:
        """TAO per alpha over the whole trade, fee included."""
        tao, alpha = (
            (self.paid, self.received) if self.side == "stake" else (self.received, self.paid)
        )
        return formulas.average_price(tao, alpha)

    @property
    def average_price_before_fee(self) -> Amount:
        """TAO per alpha over what the pool swapped: what a limit on the average bounds."""
        if self.side == "stake":
            return formulas.average_price(self.paid - self.fee, self.received)
        if self.fee_unit == "TAO":
            return formulas.average_price(self.received + self.fee, self.paid)
        return formulas.average_price(self.received, self.paid - self.fee)

    @property
    def price_impact(self) -> Amount:
        """p_after / p_before - 1."""
        return formulas.price_impact(self.before.price, self.after.price)
