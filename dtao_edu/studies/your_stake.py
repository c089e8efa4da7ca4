"""A stake of one's own: what a year of it brings in TAO, and what a removal pays.

A sketch: nobody but the price that is given moves the pool, everybody else keeps the alpha that
they get, and stake on root stays. What a year really brings nobody knows before.
"""

from __future__ import annotations

from math import exp, log, sqrt
from typing import Literal, NamedTuple

from dtao_edu.engine import emission, formulas
from dtao_edu.engine.emission import DELEGATE_TAKE, TAO_WEIGHT
from dtao_edu.engine.errors import between, not_negative, positive, refuse, whole
from dtao_edu.engine.fees import SWAP_FEE, Fee
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.rounding import largest
from dtao_edu.engine.units import BLOCKS_PER_DAY, Amount

Plan = Literal["keep", "sell"]
"""Keep every dividend staked, or sell what was earned every thirty days."""

MONTH = 30
STEP = 7
"""Days between two points of the paths."""


class StakeYear(NamedTuple):
    """One stake, day by day: alpha, price, and the TAO that would come back.

    Attributes
    ----------
    pool : Pool
        Before the stake.
    paid, bought : float
        TAO paid, and alpha received for it.
    listed : float
        The yield a year that the first day promises: its dividends after the take, times 365,
        over the alpha held. In alpha, not in TAO.
    days : tuple of int
        The days of the paths, 0 first.
    alpha : tuple of float
        Alpha held on each of them.
    prices : tuple of float
        Spot price on each, TAO per alpha.
    back : tuple of float
        TAO that is there if all alpha is unstaked on that day, dividends sold before included.
    sold : float
        TAO from dividends sold on the way.
    """

    pool: Pool
    paid: float
    bought: float
    listed: float
    days: tuple[int, ...]
    alpha: tuple[float, ...]
    prices: tuple[float, ...]
    back: tuple[float, ...]
    sold: float

    @property
    def alpha_yield(self) -> float:
        """alpha at the end / alpha bought - 1."""
        return self.alpha[-1] / self.bought - 1

    @property
    def tao_yield(self) -> float:
        """TAO that comes back / TAO paid - 1."""
        return self.back[-1] / self.paid - 1

    @property
    def spot_worth(self) -> float:
        """TAO that the alpha of the end is worth at the spot price, with what was sold."""
        return self.alpha[-1] * self.prices[-1] + self.sold

    def __repr__(self) -> str:
        return (
            f"<StakeYear: {self.paid:,.4g} TAO for {self.days[-1]} days, "
            f"{self.alpha_yield:+.1%} in alpha, {self.tao_yield:+.1%} in TAO>"
        )


def stake_year(
    pool: Pool,
    tao: float,
    root_tao: float,
    *,
    price: float = 1.0,
    alpha_emission: float = 1.0,
    take: float = float(DELEGATE_TAKE),
    fee: Fee = SWAP_FEE,
    days: int = 365,
    plan: Plan = "keep",
) -> StakeYear:
    """a' = a (1 + 7,200 (1 - take) v / H) day by day; then the way out of T sqrt(g), A / sqrt(g).

    Here v is the validators' part of a block's alpha that is not root's, H all alpha outside the
    pool, which grows by the block's alpha, and g the price at the end over the price at the start.

    Parameters
    ----------
    pool : Pool
        Before the stake; its `alpha_out` earns dividends.
    tao : float
        TAO paid, above 0.
    root_tao : float
        TAO staked on root, 0 or more.
    price : float
        The price of the last day as a multiple of the price after the stake, above 0; others
        trade the pool there at an even pace.
    alpha_emission : float
        Alpha for participants a block, 0 or more; 1 before a subnet's first halving.
    take : float
        The validator's part of dividends, 0 to 1; 18 percent if left out.
    fee : Fee
        Of the stake and of every unstake.
    days : int
        1 or more.
    plan : "keep" or "sell"
        Dividends stay staked; or what was earned is sold every thirty days.

    Returns
    -------
    StakeYear

    Raises
    ------
    InputError
        A number out of its range, or more alpha than the pool lets out.

    Examples
    --------
    A fifth more alpha is two fifths less TAO where the price halves:

    >>> from dtao_edu import ledger
    >>> day = ledger.pools("2026-08-07")
    >>> stake_year(day[120].pool(), 100, day.root.tao_in, price=0.5)
    <StakeYear: 100 TAO for 365 days, +22.5% in alpha, -38.8% in TAO>
    """
    positive("tao", tao)
    positive("price", price)
    not_negative("alpha_emission", alpha_emission)
    between("take", take, 0, 1)
    if plan not in ("keep", "sell"):
        refuse("plan", plan, "'keep' or 'sell'")
    end = whole("days", days, low=1)
    root = float(not_negative("root_tao", root_tao))
    entered = pool.stake(tao, fee=fee)
    opened, mine = entered.after, float(entered.received)
    bought, sold, listed = mine, 0.0, 0.0
    held, issued = float(opened.alpha_out), float(opened.alpha_issuance)
    found = [(0, mine, float(opened.price), _out(opened, mine, held, 1.0, fee))]
    for today in range(1, end + 1):
        root_part = float(formulas.root_proportion(root, issued, float(TAO_WEIGHT)))
        split = emission.split(alpha_emission, root_part)
        earned = BLOCKS_PER_DAY * float(split.validators) * mine / held
        earned -= float(formulas.validator_take(earned, take))
        listed = listed or 365 * earned / mine
        mine, held = mine + earned, held + BLOCKS_PER_DAY * alpha_emission
        issued += BLOCKS_PER_DAY * alpha_emission * (1 + root_part)
        multiple = price ** (today / end)
        if plan == "sell" and today % MONTH == 0 and mine > bought:
            sold += _out(opened, mine - bought, held, multiple, fee)
            held, mine = held - (mine - bought), bought
        if today % STEP == 0 or today == end:
            back = sold + _out(opened, mine, held, multiple, fee)
            found.append((today, mine, float(opened.price) * multiple, back))
    passed, alpha, prices, backs = zip(*found, strict=True)
    return StakeYear(pool, float(entered.paid), bought, listed, passed, alpha, prices, backs, sold)


def _out(pool: Pool, alpha: float, alpha_out: float, multiple: float, fee: Fee) -> float:
    """Return the TAO for alpha in the pool whose price others moved to a multiple."""
    root = sqrt(multiple)
    moved = Pool(float(pool.tao_in) * root, float(pool.alpha_in) / root, max(alpha_out, alpha))
    return float(moved.unstake(alpha, fee=fee).received) if alpha else 0.0


_LEAST_PRICE = 1e-3
"""A year is asked for prices from a thousandth to a thousand times the one after the stake."""


def break_even(
    pool: Pool, tao: float, root_tao: float, *, take: float = float(DELEGATE_TAKE), days: int = 365
) -> float:
    """g with back(g) = paid: how far the price may fall in a year before a stake loses TAO.

    Parameters
    ----------
    pool : Pool
    tao, root_tao, take, days
        As in :func:`stake_year`.

    Returns
    -------
    float
        The price at the end over the price after the stake.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> day = ledger.pools("2026-08-07")
    >>> round(break_even(day[120].pool(), 100, day.root.tao_in), 3)
    0.817
    """

    def loses(times: Amount) -> bool:
        price = _LEAST_PRICE * exp(times)
        year = stake_year(pool, tao, root_tao, price=price, take=take, days=days)
        return year.back[-1] < tao

    return _LEAST_PRICE * exp(largest(loses, log(1 / _LEAST_PRICE**2), 2.0**-40))


class Removal(NamedTuple):
    """What alpha brings when its subnet is removed, beside its price and the way out before.

    Attributes
    ----------
    alpha, alpha_out : float
        The alpha that is asked about, and all alpha with holders.
    pot : float
        TAO of the pool, which is shared out.
    paid : float
        TAO for the alpha.
    spot : float
        TAO that it was worth at the spot price before.
    unstaked : float
        TAO that it would have brought by unstaking first, without a fee.
    """

    alpha: float
    alpha_out: float
    pot: float
    paid: float
    spot: float
    unstaked: float

    @property
    def part(self) -> float:
        """paid / spot = alpha_in / alpha_out, where the price is tao_in / alpha_in."""
        return self.paid / self.spot


def removal(pool: Pool, alpha: float) -> Removal:
    """paid = T a / O: the pool's TAO shared among all alpha outside it, when a subnet is removed.

    Parameters
    ----------
    pool : Pool
        As it stands at the removal; `alpha_out` is all alpha with holders. How the alpha that the
        chain itself bought is counted we did not see; here it counts like any other.
    alpha : float
        Alpha of one holder, above 0 and at most `alpha_out`.

    Returns
    -------
    Removal

    Raises
    ------
    InputError
        More alpha than there is with holders.

    Examples
    --------
    >>> gone = removal(Pool(100, 1000, 4000), 40)
    >>> gone.paid, gone.spot, gone.part
    (1.0, 4.0, 0.25)

    Source: chain, `staking/remove_stake.rs`, v3.2.9, 2025-10-07.
    """
    if not 0 < positive("alpha", alpha) <= pool.alpha_out:
        refuse("alpha", alpha, f"above 0, at most the {float(pool.alpha_out):,.0f} with holders")
    pot, alpha_out = float(pool.tao_in), float(pool.alpha_out)
    return Removal(
        alpha=float(alpha),
        alpha_out=alpha_out,
        pot=pot,
        paid=float(formulas.payout(pot, alpha, alpha_out)),
        spot=float(formulas.value(alpha, pool.price)),
        unstaked=float(formulas.amount_out(pool.alpha_in, pool.tao_in, alpha)),
    )
