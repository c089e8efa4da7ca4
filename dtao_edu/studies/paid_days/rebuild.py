"""Rebuild what the chain paid from prices alone, and measure how far off each rule is.

From the daily spot prices, a straight line from one to the next, the moving price of every
subnet is followed block by block from its first trading sample (in closed form, see
:mod:`dtao_edu.engine.moving`) and read at the block of each payment. Its shares, over the
subnets that were paid, are held against the shares of what was paid.

The constants 3e-4 and 201,600 blocks are read elsewhere (third-party readings of the chain's
storage) and not proved here: :data:`SECOND_SMOOTHING` fits as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import median
from typing import Literal, NamedTuple

from dtao_edu.engine.emission import MOVING_ALPHA, MOVING_HALVING
from dtao_edu.engine.errors import refuse
from dtao_edu.engine.units import Amount
from dtao_edu.ledger import Amounts, emission_days, prices
from dtao_edu.ledger.provenance import Day
from dtao_edu.measures.distance import l1


class Constants(NamedTuple):
    """The two constants of a moving price: see :func:`dtao_edu.engine.formulas.smoothing`."""

    alpha: float
    halving: float


SECOND_SMOOTHING = Constants(alpha=27e-5, halving=129_600)
"""Alpha and halving (18 days) that reproduce the paid emission as well as the chain's pair."""


class Rebuilt(NamedTuple):
    """Shares rebuilt from prices, day by day, and how far each day is from what was paid.

    Attributes
    ----------
    rule : "moving" or "spot"
    alpha, halving : float
        The constants of the moving price.
    shares : dict of str to Amounts
        By date: netuid -> share, over the subnets that were paid that day.
    errors : dict of str to float
        By date: L1 distance from the shares of what was paid.
    """

    rule: str
    alpha: float
    halving: float
    shares: dict[str, Amounts]
    errors: dict[str, float]

    @property
    def median(self) -> float:
        """The median L1 over the days."""
        return float(median(self.errors.values()))

    @property
    def worst(self) -> str:
        """The day with the greatest L1."""
        return max(self.errors, key=lambda day: self.errors[day])

    def __repr__(self) -> str:
        how = f", alpha {self.alpha:g}, halving {self.halving:,g}" if self.rule == "moving" else ""
        return (
            f"<Rebuilt by {self.rule} price{how}: {len(self.errors)} days, "
            f"median L1 {self.median:.4f}>"
        )


def rebuilt_emission(
    rule: Literal["moving", "spot"] = "moving",
    *,
    alpha: Amount = MOVING_ALPHA,
    halving: float = MOVING_HALVING,
    dates: Iterable[Day] | None = None,
) -> Rebuilt:
    """share_i = m_i / sum_k m_k at the block of each payment, m rebuilt from daily prices.

    Parameters
    ----------
    rule : "moving" or "spot"
        Shares of the moving price, or of the spot price at the same block.
    alpha, halving
        Constants of the moving price, see :func:`dtao_edu.engine.formulas.smoothing`.
    dates : iterable of str, optional
        Days from 2025-09-14 to 2025-10-05; all 22 if left out.

    Returns
    -------
    Rebuilt

    Raises
    ------
    InputError
        Another rule, or a day without paid emission in the ledger.

    Examples
    --------
    >>> rebuilt_emission()
    <Rebuilt by moving price, alpha 0.0003, halving 201,600: 22 days, median L1 0.0060>
    >>> rebuilt_emission("spot").median > 0.01
    True

    Source: emission and prices of the public ledger, see their `provenance`.
    """
    if rule not in ("moving", "spot"):
        refuse("rule", rule, "'moving' or 'spot'")
    days = emission_days()
    chosen = {str(date): days[str(date)] for date in (days if dates is None else dates)}
    table = prices()
    blocks = {date: _block(paid) for date, paid in chosen.items()}
    found: Mapping[int, Amounts]
    if rule == "spot":
        found = {block: table.at(block) for block in blocks.values()}
    else:
        found = table.moving_at(blocks.values(), alpha=alpha, halving=halving)
    shares = {date: found[blocks[date]].only(paid).shares() for date, paid in chosen.items()}
    errors = {date: float(l1(shares[date], paid.shares())) for date, paid in chosen.items()}
    return Rebuilt(rule, float(alpha), float(halving), shares, errors)


def _block(paid: Amounts) -> int:
    if paid.block is None:
        refuse("block", None, "a block: without it no price can be read")
    return paid.block
