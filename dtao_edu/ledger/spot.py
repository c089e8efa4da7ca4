"""Spot prices of 2025: daily, hourly in the launch weeks, four-hourly in one week of April.

A price of 0.9 TAO and more belongs to a subnet that was registered but not yet open for trading
(a placeholder). Such prices are left out unless they are asked for with `trading=False`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Literal, overload

from dtao_edu.engine.emission import MOVING_ALPHA, MOVING_HALVING
from dtao_edu.engine.errors import refuse
from dtao_edu.engine.moving import moving_price
from dtao_edu.engine.units import RAO, Amount
from dtao_edu.ledger.provenance import (
    Day,
    NotInLedgerError,
    Provenance,
    html_table,
    one_of,
    read,
    tables,
)
from dtao_edu.ledger.values import Amounts, amounts

NOT_TRADING = 0.9
"""TAO per alpha: from here on a price is the placeholder of a subnet that has not opened."""


def seconds(time: str) -> float:
    """Return the seconds since 1970 of a time such as "2025-02-25T14:00Z"."""
    return datetime.fromisoformat(time).astimezone(UTC).timestamp()


@dataclass(frozen=True, repr=False)
class PriceSeries:
    """The spot price of one subnet, sample by sample; between samples a straight line.

    Attributes
    ----------
    netuid : int
    times : tuple of str
        UTC, such as "2025-02-25T14:00Z".
    blocks : tuple of int
    prices : tuple of float
        TAO per alpha.

    Examples
    --------
    >>> pump = hourly_prices()[28]
    >>> pump.at(pump.blocks[0]), len(pump)
    (0.004212164, 478)
    """

    netuid: int
    times: tuple[str, ...]
    blocks: tuple[int, ...]
    prices: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.blocks)

    def __iter__(self) -> Iterator[tuple[int, float]]:
        return iter(zip(self.blocks, self.prices, strict=True))

    def __repr__(self) -> str:
        return (
            f"<PriceSeries of subnet {self.netuid}: {len(self)} samples, "
            f"{self.times[0]} to {self.times[-1]}>"
        )

    def at(self, block: float) -> float:
        """p = p1 + (p2 - p1) (block - b1) / (b2 - b1): the price, a line between samples.

        Raises
        ------
        InputError
            A block before the first or after the last sample.
        """
        if not self.blocks[0] <= block <= self.blocks[-1]:
            refuse("block", block, f"{self.blocks[0]} to {self.blocks[-1]}")
        place = bisect_left(self.blocks, block)
        if self.blocks[place] == block:
            return self.prices[place]
        b1, b2 = self.blocks[place - 1 : place + 1]
        p1, p2 = self.prices[place - 1 : place + 1]
        return p1 + (p2 - p1) * (block - b1) / (b2 - b1)

    def between(self, first: str, last: str) -> PriceSeries:
        """Return the samples from one time to another, both included: "2025-02-24" means 00:00.

        Examples
        --------
        >>> len(hourly_prices()[28].between("2025-02-24", "2025-02-25T14:00Z"))
        39
        """
        low, high = (seconds(_with_zone(time)) for time in (first, last))
        kept = [i for i, time in enumerate(self.times) if low <= seconds(time) <= high]
        if not kept:
            refuse("first", first, f"a time that leaves samples before {last}")
        some = slice(kept[0], kept[-1] + 1)
        return PriceSeries(self.netuid, self.times[some], self.blocks[some], self.prices[some])

    def moving(
        self,
        at: Iterable[int] | None = None,
        *,
        alpha: Amount = MOVING_ALPHA,
        halving: float = MOVING_HALVING,
        start: float = 0.0,
        age: int = 0,
    ) -> tuple[float, ...]:
        """m' = (1 - a) m + a p: the moving price at the samples or at some blocks.

        Parameters
        ----------
        at, alpha, halving, start, age
            As in :func:`dtao_edu.engine.moving.moving_price`.

        Examples
        --------
        >>> series = prices()[28]
        >>> round(series.moving(at=[6_446_799])[0] / series.at(6_446_799), 2)
        1.0
        """
        return moving_price(
            self.blocks, self.prices, at, alpha=alpha, halving=halving, start=start, age=age
        )


class PriceTable(Mapping[int, PriceSeries]):
    """Prices of all subnets: netuid -> :class:`PriceSeries`, and `on(date)` for one moment.

    Attributes
    ----------
    times : tuple of str
        Of the samples, UTC.
    blocks : tuple of int
        Of the samples.
    """

    def __init__(self, table: str, unit: int, trading: bool) -> None:
        rows = read(table)
        self.table = table
        self.trading = trading
        self.times = tuple(row["time_utc"] for row in rows)
        self.blocks = tuple(int(row["block"]) for row in rows)
        limit = NOT_TRADING if trading else float("inf")
        self._columns: dict[int, dict[int, float]] = {}
        for column in list(rows[0])[2:]:
            found = {
                i: float(row[column]) / unit for i, row in enumerate(rows) if row[column] != ""
            }
            kept = {i: price for i, price in found.items() if price < limit}
            if kept:
                self._columns[int(column)] = kept

    def __getitem__(self, netuid: int) -> PriceSeries:
        try:
            column = self._columns[netuid]
        except (KeyError, TypeError):  # not there, or nothing that could be: a list
            raise NotInLedgerError("netuid", netuid, one_of(self._columns)) from None
        return PriceSeries(
            netuid,
            tuple(self.times[i] for i in column),
            tuple(self.blocks[i] for i in column),
            tuple(column.values()),
        )

    def __iter__(self) -> Iterator[int]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def __repr__(self) -> str:
        return (
            f"<PriceTable: {len(self)} subnets, {len(self.times)} samples, "
            f"{self.times[0]} to {self.times[-1]}>"
        )

    def _repr_html_(self) -> str:
        """Return the first and the last sample as a small table, for notebooks."""
        rows: list[tuple[str | float | bool, ...]] = []
        for time in (self.times[0], self.times[-1]):
            day = self.on(time)
            rows.append((time, f"{day.block:,}", len(day), f"{day.total:.3f}"))
        return html_table(("sample", "block", "subnets", "sum of prices"), rows, repr(self)[1:-1])

    @property
    def provenance(self) -> Provenance:
        """Where the prices come from."""
        return tables()[self.table]

    @property
    def dates(self) -> tuple[str, ...]:
        """The days that have a sample."""
        return tuple(dict.fromkeys(time[:10] for time in self.times))

    def on(self, time: Day) -> Amounts:
        """Return the price of every subnet at one sample: `time` is a day or a day and hour.

        Parameters
        ----------
        time : str or datetime.date
            "2025-03-01" (the day's first sample) or "2025-02-25T14:00Z".

        Returns
        -------
        Amounts
            netuid -> TAO per alpha; `.shares()` are the shares of the spot price.

        Raises
        ------
        NotInLedgerError
            No such sample.
        """
        asked = str(time).replace(" ", "T")
        place = next((i for i, known in enumerate(self.times) if known.startswith(asked)), None)
        if place is None:
            raise NotInLedgerError("time", str(time), one_of(self.times))
        found = {n: column[place] for n, column in self._columns.items() if place in column}
        return amounts(found, self.times[place][:10], self.blocks[place], self.table)

    def at(self, block: int) -> Amounts:
        """Return the price of every subnet at a block, a line between samples."""
        date = self._date(block)
        found = {
            n: series.at(block)
            for n, series in self._series.items()
            if series.blocks[0] <= block <= series.blocks[-1]
        }
        return amounts(found, date, block, self.table)

    def moving_at(
        self,
        blocks: Iterable[int],
        *,
        alpha: Amount = MOVING_ALPHA,
        halving: float = MOVING_HALVING,
    ) -> dict[int, Amounts]:
        """Return the moving price of every subnet at some blocks; each starts at 0.

        b is counted from the subnet's first sample. A subnet whose prices end earlier, or
        start later, is left out at that block.

        Parameters
        ----------
        blocks : iterable of int
        alpha, halving
            As in :func:`dtao_edu.engine.formulas.smoothing`.

        Returns
        -------
        dict of int to Amounts
            By block: netuid -> TAO per alpha.
        """
        wanted = sorted(set(blocks))
        dates = {block: self._date(block) for block in wanted}
        found: dict[int, dict[int, float]] = {block: {} for block in wanted}
        # Oldest first: the columns of the longest series then serve all that are shorter.
        for netuid, series in sorted(self._series.items(), key=lambda s: s[1].blocks[0]):
            inside = [b for b in wanted if series.blocks[0] <= b <= series.blocks[-1]]
            moving = series.moving(inside, alpha=alpha, halving=halving)
            for block, price in zip(inside, moving, strict=True):
                found[block][netuid] = price
        return {b: amounts(some, dates[b], b, self.table) for b, some in found.items()}

    def block_at(self, time: str) -> int:
        """Return the block at a time, estimated by a line between the samples around it.

        Examples
        --------
        >>> prices().block_at("2025-09-14T16:53Z")
        6442860
        """
        moment = seconds(_with_zone(time))
        moments = [seconds(known) for known in self.times]
        if not moments[0] <= moment <= moments[-1]:
            refuse("time", time, f"{self.times[0]} to {self.times[-1]}")
        after = max(1, bisect_left(moments, moment))
        part = (moment - moments[after - 1]) / (moments[after] - moments[after - 1])
        before = self.blocks[after - 1]
        return round(before + part * (self.blocks[after] - before))

    @cached_property
    def _series(self) -> dict[int, PriceSeries]:
        return {netuid: self[netuid] for netuid in self}

    def _date(self, block: int) -> str:
        if not self.blocks[0] <= block <= self.blocks[-1]:
            refuse("block", block, f"{self.blocks[0]} to {self.blocks[-1]}")
        return self.times[max(0, bisect_left(self.blocks, block + 1) - 1)][:10]


def _with_zone(time: str) -> str:
    return time if time.endswith("Z") else f"{time}T00:00Z" if len(time) == 10 else f"{time}Z"


Every = Literal["day", "hour", "4 hours"]
_FILES: dict[str, tuple[str, int]] = {
    "day": ("prices_daily_2025-02-14_2025-10-28", RAO),
    "hour": ("prices_hourly_2025-02-14_2025-03-07", RAO),
    "4 hours": ("prices_4h_2025-04-10_2025-04-17", 1),
}


@cache
def _table(every: str, trading: bool) -> PriceTable:
    return PriceTable(*_FILES[every], trading)


@overload
def prices(*, every: Every = ..., trading: bool = ...) -> PriceTable: ...
@overload
def prices(date: Day, *, every: Every = ..., trading: bool = ...) -> Amounts: ...
def prices(
    date: Day | None = None, *, every: Every = "day", trading: bool = True
) -> PriceTable | Amounts:
    """Spot prices of 2025: each day, each hour of the launch weeks, or each 4 hours of a week.

    Parameters
    ----------
    date : str or datetime.date, optional
        One moment, "2025-03-01" or "2025-02-25T14:00Z"; all samples if left out.
    every : "day", "hour" or "4 hours"
        14 February to 28 October; 14 February to 7 March; 10 to 17 April 2025.
    trading : bool
        True leaves out prices of 0.9 TAO and more: subnets that had not opened for trading.

    Returns
    -------
    PriceTable or Amounts
        `prices()[64]` is the series of a subnet; `prices("2025-03-01")` are the prices of a day
        by netuid, in TAO per alpha.

    Raises
    ------
    NotInLedgerError
        No sample at that date; the message names the first and the last.

    Examples
    --------
    >>> prices()
    <PriceTable: 127 subnets, 257 samples, 2025-02-14T16:00Z to 2025-10-28T00:00Z>
    >>> day = prices("2025-03-01")
    >>> round(day.total, 2), round(day[64], 4)
    (1.24, 0.1666)
    """
    if every not in _FILES:
        refuse("every", every, one_of(_FILES))
    table = _table(every, bool(trading))
    return table if date is None else table.on(date)


def hourly_prices(*, trading: bool = True) -> PriceTable:
    """Spot prices of each hour from 14 February to 7 March 2025, the weeks after the launch.

    Examples
    --------
    The pump of subnet 28:

    >>> hour = hourly_prices().on("2025-02-25T14:00Z")
    >>> round(hour[28], 3), f"{hour.shares()[28]:.1%}"
    (0.051, '3.4%')
    """
    return prices(every="hour", trading=trading)
