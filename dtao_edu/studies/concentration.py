"""How many share the pay: the vote beside the price of every day, raw and at equal number.

A sum of squared shares falls as subnets are added, whoever pays them. So each day is told three
ways: all subnets as they are (HHI), as many of the largest as had votes, scaled to 1 (HHI at equal
number), and the Gini coefficient, which does not fall when every subnet is doubled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from dtao_edu.engine.errors import refuse, whole
from dtao_edu.ledger import prices
from dtao_edu.measures.concentration import Figures, Name, gini, hhi, shares

Measure = Literal["hhi", "equal_number", "gini"]


class Concentration(NamedTuple):
    """How concentrated one list of shares is.

    Attributes
    ----------
    number : int
        Subnets with a share above 0.
    hhi : float
        Sum of the squared shares.
    equal_number : float
        The same over the largest only, as many as are compared, scaled to sum to 1.
    gini : float
        0 when all are equal.

    Examples
    --------
    >>> found = concentration([3, 1, 1, 1], 2)
    >>> found.number, round(found.hhi, 3), found.equal_number, round(found.gini, 3)
    (4, 0.333, 0.625, 0.25)
    """

    number: int
    hhi: float
    equal_number: float
    gini: float


class ConcentrationDays(NamedTuple):
    """The vote, and the price of each day.

    Attributes
    ----------
    vote : Concentration
    days : dict
        Date -> Concentration of the spot prices' shares.
    """

    vote: Concentration
    days: dict[str, Concentration]

    def above(self, measure: Measure) -> tuple[str, ...]:
        """Return the days on which the price is more concentrated than the vote.

        Parameters
        ----------
        measure : "hhi", "equal_number" or "gini"
        """
        if measure not in Concentration._fields[1:]:
            refuse("measure", measure, "'hhi', 'equal_number' or 'gini'")
        vote = getattr(self.vote, measure)
        return tuple(day for day, one in self.days.items() if getattr(one, measure) > vote)

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{name} {len(self.above(name))}" for name in ("hhi", "equal_number", "gini")
        )
        return f"<ConcentrationDays: price above the vote on {counts} of {len(self.days)} days>"


def concentration(values: Figures[Name], number: int) -> Concentration:
    """HHI = sum x_i^2, over all and over the `number` largest scaled to 1; Gini over all.

    Parameters
    ----------
    values : sequence or mapping
        Amounts, 0 or more; those with nothing are left out.
    number : int
        How many of the largest are compared, 1 or more.

    Returns
    -------
    Concentration
    """
    some = sorted((share for share in shares(values) if share), reverse=True)
    largest = some[: whole("number", number, low=1)]
    return Concentration(len(some), float(hhi(some)), float(hhi(largest)), float(gini(some)))


def concentration_days(
    vote: Mapping[int, float], dates: Iterable[str] | None = None
) -> ConcentrationDays:
    """Hold a vote's concentration beside that of the spot prices, day by day.

    Parameters
    ----------
    vote : mapping of netuid to share
        Of what is issued, netuid 0 left out.
    dates : iterable of str, optional
        All 257 days of the price table if left out, 14 February to 28 October 2025.

    Returns
    -------
    ConcentrationDays

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> vote = ledger.root_vote("2024-11-24").network().shares_by_netuid(issued_only=True)
    >>> concentration_days(vote)
    <ConcentrationDays: price above the vote on hhi 142, equal_number 247, gini 257 of 257 days>
    """
    table = prices()
    number = sum(share > 0 for share in vote.values())
    days = table.dates if dates is None else tuple(dates)
    return ConcentrationDays(
        concentration(vote, number),
        {day: concentration(table.on(day), number) for day in days},
    )
