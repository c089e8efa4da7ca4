"""What the chain paid each subnet on 22 days of 2025."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from dtao_edu.engine.units import RAO
from dtao_edu.ledger.provenance import (
    Day,
    NotInLedgerError,
    Provenance,
    html_table,
    one_of,
    read,
    tables,
)
from dtao_edu.ledger.spot import prices
from dtao_edu.ledger.values import Amounts, amounts

_TABLE = "emission_2025-09-14_2025-10-05"


class EmissionDays(Mapping[str, Amounts]):
    """What was paid: date -> :class:`Amounts` in TAO per block.

    Examples
    --------
    >>> days = emission_days()
    >>> len(days), days.times["2025-09-14"]
    (22, '2025-09-14T16:53Z')
    """

    def __init__(self, days: Mapping[str, Amounts], times: Mapping[str, str]) -> None:
        self._days = dict(days)
        self._times = dict(times)

    @property
    def times(self) -> dict[str, str]:
        """Time of each day's reading, UTC."""
        return dict(self._times)

    def __getitem__(self, date: Day) -> Amounts:
        if str(date) not in self._days:
            raise NotInLedgerError("date", str(date), one_of(self._days))
        return self._days[str(date)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._days)

    def __len__(self) -> int:
        return len(self._days)

    def __repr__(self) -> str:
        dates = list(self._days)
        return f"<EmissionDays: {len(self)} days, {dates[0]} to {dates[-1]}>"

    def _repr_html_(self) -> str:
        """Return the first and the last day as a small table, for notebooks."""
        dates = list(self._days)
        rows: list[tuple[str | float | bool, ...]] = [
            (date, f"{self[date].block:,}", len(self[date]), f"{self[date].total:.4f}")
            for date in (dates[0], dates[-1])
        ]
        return html_table(("day", "block", "subnets", "TAO per block"), rows, repr(self)[1:-1])

    @property
    def provenance(self) -> Provenance:
        """Where the figures come from."""
        return tables()[_TABLE]


@cache
def emission_days() -> EmissionDays:
    """What the chain paid each subnet, on each day from 14 September to 5 October 2025.

    Returns
    -------
    EmissionDays
        date -> :class:`Amounts`, TAO per block by netuid. The block of each is estimated from
        the time and the blocks of the daily prices.

    Examples
    --------
    >>> emission_days()
    <EmissionDays: 22 days, 2025-09-14 to 2025-10-05>
    """
    days, times, blocks = {}, {}, prices()
    for row in read(_TABLE):
        time = row.pop("time_utc")
        date = time[:10]
        found = {int(netuid): int(rao) / RAO for netuid, rao in row.items() if rao != ""}
        days[date] = amounts(found, date, blocks.block_at(time), _TABLE)
        times[date] = time
    return EmissionDays(days, times)


def emission(date: Day) -> Amounts:
    """What the chain paid each subnet on one of those days, TAO per block.

    Parameters
    ----------
    date : str or datetime.date
        "2025-09-14" to "2025-10-05".

    Returns
    -------
    Amounts
        netuid -> TAO per block; `.shares()` are shares of what was paid that day.

    Raises
    ------
    NotInLedgerError
        Another date.

    Examples
    --------
    >>> day = emission("2025-09-14")
    >>> len(day), round(day.total, 3), round(day.shares()[64], 3)
    (118, 0.999, 0.098)

    Source: public ledger; `emission(date).provenance`.
    """
    return emission_days()[date]
