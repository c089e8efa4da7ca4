"""A day's prediction held against what was paid, and what could explain the largest errors."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from types import EllipsisType
from typing import NamedTuple

from dtao_edu.engine.emission import MOVING_ALPHA, MOVING_HALVING, price_shares
from dtao_edu.engine.errors import refuse
from dtao_edu.engine.units import BLOCKS_PER_DAY, Amount
from dtao_edu.ledger import NotInLedgerError, emission_days
from dtao_edu.ledger.provenance import Day
from dtao_edu.measures.distance import l1
from dtao_edu.studies.paid_days.predict import BLOCK_EMISSION, moving_prices_on, series_of
from dtao_edu.wording import columns

_SHOWN = 8
_CLUES = 10
_WAITS = "Not attempted yet: put your prediction in place of the three dots."


class DayError(NamedTuple):
    """One subnet's share as predicted and as paid.

    Attributes
    ----------
    netuid : int
    predicted, paid : float
        Shares, 0 to 1.
    """

    netuid: int
    predicted: float
    paid: float

    @property
    def error(self) -> float:
        """Paid minus predicted: above 0 it was paid more than the prediction says."""
        return self.paid - self.predicted

    @property
    def tao_a_day(self) -> float:
        """The error in TAO, if all 7,200 blocks of a day paid like this one."""
        return BLOCKS_PER_DAY * BLOCK_EMISSION * self.error


class DayErrors(Mapping[int, DayError]):
    """netuid -> :class:`DayError`, the largest error first; shown as a table of the first eight.

    Attributes
    ----------
    date : str
    block : int
        Block of the payment.
    paid_total, predicted_total : float
        TAO per block to all subnets; a total of shares is 1.
    not_paid, not_predicted : tuple of int
        Subnets that were predicted and not paid, and the reverse.
    """

    def __init__(self, date: str, predicted: Mapping[int, float]) -> None:
        paid = emission_days()[date]
        self.date, self.block = date, paid.block
        self.paid_total, self.predicted_total = paid.total, float(sum(predicted.values()))
        self.not_paid = tuple(n for n in predicted if n not in paid and predicted[n])
        self.not_predicted = tuple(n for n in paid if paid[n] and not predicted.get(n))
        shares = dict(zip(predicted, price_shares(list(predicted.values())), strict=True))
        rows = [
            DayError(netuid, float(shares.get(netuid, 0.0)), share)
            for netuid, share in {**dict.fromkeys(shares, 0.0), **paid.shares()}.items()
        ]
        if not predicted:
            rows = []
        rows.sort(key=lambda row: (-abs(row.error), row.netuid))
        self._rows = {row.netuid: row for row in rows}

    def __getitem__(self, netuid: int) -> DayError:
        if netuid not in self._rows:
            known = f"a subnet that was predicted or paid on {self.date}: {_listed(tuple(self))}"
            raise NotInLedgerError("netuid", netuid, known)
        return self._rows[netuid]

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def l1(self) -> float:
        """L1 distance of the predicted shares from the paid ones."""
        return self.l1_over(self._rows)

    def l1_over(self, netuids: Iterable[int]) -> float:
        """The part of the L1 distance that lies with some subnets; shares stay those of all."""
        some = [self._rows[netuid] for netuid in netuids]
        return float(l1([row.predicted for row in some], [row.paid for row in some]))

    def top(self, count: int = _CLUES) -> tuple[int, ...]:
        """The netuids with the largest errors, largest first."""
        return tuple(self._rows)[:count]

    def __repr__(self) -> str:
        if not self._rows:
            return _WAITS
        lines = [
            f"{self.date}: {len(emission_days()[self.date])} subnets were paid "
            f"{self.paid_total:.4f} TAO a block; predicted {self.predicted_total:.4f}",
            f"L1 distance of the shares {self.l1:.4f}; predicted but not paid: "
            f"{_listed(self.not_paid)}; paid but not predicted: {_listed(self.not_predicted)}",
        ]
        head = ("subnet", "predicted", "paid", " paid more by, TAO a day", " part of the distance")
        rows = [
            (
                str(row.netuid),
                f"{100 * row.predicted:.3f} %",
                f"{100 * row.paid:6.3f} %",
                f"{row.tao_a_day:+.2f}",
                f"{100 * abs(row.error) / (self.l1 or 1.0):.1f} %",
            )
            for row in list(self._rows.values())[:_SHOWN]
        ]
        return "\n".join([*lines, columns([head, *rows], 0)])


def _listed(netuids: tuple[int, ...]) -> str:
    return ", ".join(map(str, netuids)) or "none"


def day_errors(date: Day, predicted: Mapping[int, float] | EllipsisType = ...) -> DayErrors:
    """error_i = paid share - predicted share, for every subnet of a day.

    Parameters
    ----------
    date : str or datetime.date
        "2025-09-14" to "2025-10-05".
    predicted : mapping of int to float
        By netuid: TAO per block, shares, or anything in proportion to them, from
        :func:`~dtao_edu.studies.predict_day` or from a rule of your own. Three dots: nothing is
        compared yet.

    Returns
    -------
    DayErrors

    Raises
    ------
    InputError
        A day without paid emission, or a prediction without a number above 0.

    Examples
    --------
    >>> from dtao_edu import studies
    >>> errors = studies.day_errors("2025-09-18", studies.predict_day("2025-09-18"))
    >>> round(errors.l1, 4), errors.top(2)
    (0.0174, (62, 44))
    >>> round(errors[62].tao_a_day, 1)
    -27.5
    """
    if isinstance(predicted, EllipsisType):
        return DayErrors(str(date), {})
    if not isinstance(predicted, Mapping):
        refuse("predicted", type(predicted).__name__, "a mapping from netuid to a number")
    if not any(predicted.values()):
        refuse("predicted", dict(predicted), "numbers of which one is above 0")
    return DayErrors(str(date), predicted)


class Clue(NamedTuple):
    """What the daily samples say about one subnet on a day.

    Attributes
    ----------
    netuid : int
    days : float
        Since its first daily sample as a trading subnet; below 0 if that came after the payment.
    before, after : float or None
        Spot price at the daily sample before the payment and at the one after it, TAO per alpha.
    low, line, high : float
        Moving price at the payment if the spot price was always at the lower of the two samples
        around it, on the straight line between them, or always at the higher; 0 if the subnet
        was not open by the samples.
    implied : float
        The moving price that its payment implies: paid share times the sum of all moving prices.
    total : float
        That sum.
    """

    netuid: int
    days: float
    before: float | None
    after: float | None
    low: float
    line: float
    high: float
    implied: float
    total: float

    @property
    def inside(self) -> bool:
        """Whether a price that stayed between neighbouring samples can explain the payment."""
        return self.low <= self.implied <= self.high

    def tao_a_day(self, price: float) -> float:
        """TAO a day that a moving price would pay more than the one on the line."""
        return BLOCKS_PER_DAY * BLOCK_EMISSION * (price - self.line) / self.total


class Clues(tuple[Clue, ...]):
    """Clues to several subnets, shown as a table."""

    __slots__ = ()

    def __repr__(self) -> str:
        if not self:
            return _WAITS
        head = (
            "        open,  daily prices around    moving price at the payment     the payment\n"
            "subnet  days     before     after     lowest  on the line  highest     implies"
        )
        lines = [
            f"{c.netuid:6} {c.days:5.1f}   {_price(c.before)}  {_price(c.after)}   {c.low:8.5f}  "
            f"   {c.line:8.5f} {c.high:8.5f}    {c.implied:8.5f}  "
            f"{'inside' if c.inside else 'outside'}"
            for c in self
        ]
        return "\n".join([head, *lines])


def _price(price: float | None) -> str:
    return "       -" if price is None else f"{price:8.5f}"


def day_clues(
    date: Day,
    netuids: DayErrors | Iterable[int],
    *,
    alpha: Amount = MOVING_ALPHA,
    halving: float = MOVING_HALVING,
) -> Clues:
    """implied m_i = paid share x sum of all m, beside the spot prices around the payment.

    A daily price does not tell at what hour it moved, so the straight line between two of them
    errs. As long as the spot price stayed between neighbouring samples, its moving price lies
    between `low` and `high`. If the implied one does too, the hour of the moves can explain the
    error; outside, it cannot. (The sum of all moving prices is taken from the straight line.)

    Parameters
    ----------
    date : str or datetime.date
        "2025-09-14" to "2025-10-05".
    netuids : DayErrors or iterable of int
        The subnets; of errors the ten largest.
    alpha, halving
        Constants of the moving price.

    Returns
    -------
    Clues

    Raises
    ------
    InputError
        A day without paid emission, or a subnet that was not paid on it.

    Examples
    --------
    >>> from dtao_edu import studies
    >>> for clue in studies.day_clues("2025-09-18", [50, 44]):
    ...     print(clue.netuid, round(clue.low, 4), round(clue.high, 4), round(clue.implied, 4))
    50 0.0115 0.0152 0.0144
    44 0.02 0.0226 0.0199
    """
    paid = emission_days()[str(date)]
    block = paid.block
    if block is None:
        refuse("date", str(date), "a day whose block is known")
    at = partial(moving_prices_on, block, alpha=alpha, halving=halving)
    low, line, high = at(between="low"), at(between="line"), at(between="high")
    total, shares = sum(line.values()), paid.shares()
    found = []
    for netuid in netuids.top() if isinstance(netuids, DayErrors) else netuids:
        series = series_of(netuid)
        known = bisect_right(series.blocks, block)
        found.append(
            Clue(
                netuid=netuid,
                days=(block - series.blocks[0]) / BLOCKS_PER_DAY,
                before=series.prices[known - 1] if known else None,
                after=series.prices[known] if known < len(series) else None,
                low=low.get(netuid, 0.0),
                line=line.get(netuid, 0.0),
                high=high.get(netuid, 0.0),
                implied=shares[netuid] * total,
                total=total,
            )
        )
    return Clues(found)
