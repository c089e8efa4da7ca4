"""Whether vote and price agree, day by day, beside how well each agrees with itself.

Months pass between a vote and a price, and months alone change a market. So the same measure is
asked of the price and of the vote with themselves: what they lose over the same time is not the
other rule's doing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import median
from typing import Literal, NamedTuple

from dtao_edu.engine.errors import refuse, whole
from dtao_edu.ledger import PriceTable, prices
from dtao_edu.measures.distance import moved, rank_correlation
from dtao_edu.studies.intervals import Interval, rank_interval

Measure = Literal["ranks", "moved"]


class Agreement(NamedTuple):
    """A measure of agreement of one list of shares with the price of each day.

    Attributes
    ----------
    measure : "ranks" or "moved"
        Rank correlation (1: the same order), or total variation distance (0: the same shares).
    days : dict
        Date -> value.
    pairs : dict
        Date -> how many subnets were compared.
    """

    measure: Measure
    days: dict[str, float]
    pairs: dict[str, int]

    @property
    def median(self) -> float:
        """The median over the days."""
        return float(median(self.days.values()))

    def place(self, date: str) -> int:
        """Return the day's place among all, 1 for the greatest value."""
        return 1 + sum(value > self.days[date] for value in self.days.values())

    def interval(self, date: str, level: float = 0.95) -> Interval:
        """Return a day's rank correlation with its interval, :func:`rank_interval`.

        Parameters
        ----------
        date : str
        level : float
            As there.
        """
        if self.measure != "ranks":
            refuse("measure", self.measure, "'ranks': an interval is known for these alone")
        return rank_interval(self.days[date], self.pairs[date], level)

    def __repr__(self) -> str:
        low, high = min(self.days.values()), max(self.days.values())
        return (
            f"<Agreement by {self.measure}: median {self.median:.2f}, {low:.2f} to {high:.2f} "
            f"on {len(self.days)} days>"
        )


class Lags(NamedTuple):
    """How well prices agree with themselves, by the days that lie between.

    Attributes
    ----------
    measure : "ranks" or "moved"
    days : dict
        Days between -> the least, the median and the greatest over all first days.
    """

    measure: Measure
    days: dict[int, tuple[float, float, float]]


def agreement_days(
    shares: Mapping[int, float],
    measure: Measure = "ranks",
    dates: Iterable[str] | None = None,
) -> Agreement:
    """r or 1/2 sum |x_i - p_i|, of a list of shares with the spot price's shares of each day.

    Parameters
    ----------
    shares : mapping of netuid to share
        A vote's, or a day's price. For ranks those with 0 are left out.
    measure : "ranks" or "moved"
    dates : iterable of str, optional
        All days of the price table if left out.

    Returns
    -------
    Agreement

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> vote = ledger.root_vote("2024-11-24").network().shares_by_netuid(issued_only=True)
    >>> agreed = agreement_days(vote)
    >>> agreed
    <Agreement by ranks: median 0.40, 0.19 to 0.54 on 257 days>
    >>> agreed.place("2025-04-17")
    5
    """
    table = prices()
    some = {netuid: float(share) for netuid, share in shares.items() if share > 0}
    found, pairs = {}, {}
    for day in table.dates if dates is None else dates:
        price = table.on(day).shares()
        found[day] = _agree(measure, some, price)
        pairs[day] = sum(netuid in price for netuid in some)
    return Agreement(measure, found, pairs)


def agreement_by_lag(lags: Iterable[int], measure: Measure = "ranks", *, every: int = 7) -> Lags:
    """r(p_t, p_{t + lag}) over all first days t: how much of itself a price keeps.

    Parameters
    ----------
    lags : iterable of int
        Days between two prices, 0 to 256.
    measure : "ranks" or "moved"
    every : int
        Days from one first day to the next.

    Returns
    -------
    Lags

    Examples
    --------
    >>> kept = agreement_by_lag([30, 150]).days
    >>> [round(kept[lag][1], 1) for lag in (30, 150)]
    [0.9, 0.6]
    """
    table: PriceTable = prices()
    dates = table.dates
    shares = {day: table.on(day).shares() for day in dates}
    found = {}
    for lag in lags:
        if whole("lags", lag, low=0) >= len(dates):
            refuse("lags", lag, f"0 to {len(dates) - 1} days")
        values = sorted(
            _agree(measure, shares[dates[first]], shares[dates[first + lag]])
            for first in range(0, len(dates) - lag, whole("every", every, low=1))
        )
        found[lag] = (values[0], float(median(values)), values[-1])
    return Lags(measure, found)


def _agree(measure: Measure, a: Mapping[int, float], b: Mapping[int, float]) -> float:
    if measure == "ranks":
        return rank_correlation(a, b)
    if measure != "moved":
        refuse("measure", measure, "'ranks' or 'moved'")
    return float(moved(a, b))
