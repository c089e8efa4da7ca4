"""How much of a day's error the figures themselves leave open, and what is left to explain.

A daily price does not tell at what hour it moved. Two honest ways to fill the day, a straight line
and a move after the payment, give two predictions; their distance is a scale. An error below it
explains nothing; a rule that is nearer by less than it is not known to be nearer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from statistics import median
from typing import NamedTuple

from dtao_edu.engine.errors import not_negative
from dtao_edu.ledger.provenance import Day
from dtao_edu.measures.distance import l1
from dtao_edu.studies.intervals import sign_test
from dtao_edu.studies.paid_days.errors import Clue, DayErrors, day_clues, day_errors
from dtao_edu.studies.paid_days.predict import predict_day

Prediction = Callable[[str], Mapping[int, float]]
"""From a day to what is predicted for it, such as :func:`predict_day`."""


class DayNoise(NamedTuple):
    """One day's error beside what the hour of the moves leaves open.

    Attributes
    ----------
    date : str
    l1 : float
        L1 distance of the prediction from what was paid.
    scale : float
        L1 distance of two predictions: prices on a straight line, and prices that moved late.
    """

    date: str
    l1: float
    scale: float

    @property
    def times(self) -> float:
        """l1 / scale: about 1 where the hour of the moves can be all there is."""
        return self.l1 / self.scale


def day_noise(date: Day) -> DayNoise:
    """Hold a day's error against the distance of two honest predictions of it.

    Parameters
    ----------
    date : str or datetime.date
        "2025-09-14" to "2025-10-05".

    Returns
    -------
    DayNoise

    Examples
    --------
    >>> [round(day_noise(date).times, 1) for date in ("2025-09-18", "2025-09-29")]
    [1.6, 0.7]
    """
    line, late = predict_day(date), predict_day(date, between="late")
    return DayNoise(str(date), day_errors(date, line).l1, float(l1(line.shares(), late.shares())))


def to_explain(date: Day, errors: DayErrors | None = None, least: float = 1.0) -> tuple[Clue, ...]:
    """Return the subnets whose error the hour of the moves cannot explain, the largest first.

    Parameters
    ----------
    date : str or datetime.date
        "2025-09-14" to "2025-10-05".
    errors : DayErrors, optional
        Of a prediction; of the moving price if left out.
    least : float
        TAO a day from which on an error is counted, 0 or more.

    Returns
    -------
    tuple of Clue

    Examples
    --------
    >>> [clue.netuid for clue in to_explain("2025-09-18")]
    [62, 44, 116, 64, 120, 63, 67, 125]
    >>> len(to_explain("2025-09-29"))
    2
    """
    found = day_errors(date, predict_day(date)) if errors is None else errors
    bound = not_negative("least", least)
    large = [netuid for netuid, row in found.items() if row.paid and abs(row.tao_a_day) >= bound]
    return tuple(clue for clue in day_clues(date, large) if not clue.inside)


def explained(clues: Iterable[Clue], errors: DayErrors) -> float:
    """Return sum |e_i| over the subnets that are inside / sum |e_i| over all of the clues.

    Parameters
    ----------
    clues : iterable of Clue
        Of some subnets, from :func:`~dtao_edu.studies.day_clues`.
    errors : DayErrors
        Of the same day.

    Returns
    -------
    float
        0 to 1; 0 where there is no error at all.

    Examples
    --------
    >>> errors = day_errors("2025-09-18", predict_day("2025-09-18"))
    >>> round(explained(day_clues("2025-09-18", errors), errors), 2)
    0.27
    """
    inside = {clue.netuid: clue.inside for clue in clues}
    whole = errors.l1_over(inside)
    return errors.l1_over(n for n, is_inside in inside.items() if is_inside) / (whole or 1.0)


class NearerDays(NamedTuple):
    """On how many days one prediction is nearer than another to what was paid.

    Attributes
    ----------
    nearer : int
    days : dict
        Date -> L1 of the first, L1 of the second.
    """

    nearer: int
    days: dict[str, tuple[float, float]]

    @property
    def farther_by(self) -> float:
        """The median over the days of the first's distance less the second's."""
        return median(mine - other for mine, other in self.days.values())

    @property
    def p(self) -> float:
        """How rare so uneven a count is by chance, were the days independent; they are not.

        Days in a row share their prices, so the true figure is larger.
        """
        return sign_test(self.nearer, len(self.days))

    def __repr__(self) -> str:
        return f"<NearerDays: nearer on {self.nearer} of {len(self.days)} days>"


def nearer_days(first: Prediction, second: Prediction, dates: Iterable[str]) -> NearerDays:
    """Count the days on which the first prediction's L1 distance is the smaller one.

    Parameters
    ----------
    first, second : function of a date
        Each returns a mapping as :func:`predict_day` does.
    dates : iterable of str
        Days of the table of paid emission, best those that chose neither.

    Returns
    -------
    NearerDays

    Examples
    --------
    >>> from functools import partial
    >>> from dtao_edu import ledger
    >>> dates = list(ledger.emission_days())[7:]
    >>> rivals = {"second pair": {"alpha": 0.00027, "halving": 129_600},
    ...           "code's default": {"alpha": 3e-6}, "cut": {"capped": True}}
    >>> for name, terms in rivals.items():
    ...     print(name, nearer_days(partial(predict_day, **terms), predict_day, dates))
    second pair <NearerDays: nearer on 7 of 15 days>
    code's default <NearerDays: nearer on 0 of 15 days>
    cut <NearerDays: nearer on 7 of 15 days>
    """
    days = {
        date: (day_errors(date, first(date)).l1, day_errors(date, second(date)).l1)
        for date in dates
    }
    return NearerDays(sum(mine < other for mine, other in days.values()), days)
