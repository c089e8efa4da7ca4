"""Wrong ideas about a day's payment that was predicted from prices.

They read `date`, and `netuid` where one subnet is asked about. The days themselves are read once.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from dtao_edu.engine.emission import MOVING_ALPHA_DEFAULT
from dtao_edu.practice.exercise.exercise import Misconception
from dtao_edu.practice.text import show
from dtao_edu.studies.paid_days.errors import DayErrors, day_errors
from dtao_edu.studies.paid_days.predict import moving_prices_on, predict_day

PROJECT_DAYS = (
    *(f"2025-09-{day}" for day in range(21, 31)),
    *(f"2025-10-0{day}" for day in range(1, 6)),
)
"""The days of paid emission that no lesson shows."""
DAYS_TO_EXPLAIN = (
    *(f"2025-09-{day}" for day in range(21, 27)),
    *(f"2025-10-0{day}" for day in (1, 2, 3, 5)),
)
"""Those on which three errors or more of a TAO a day lie beyond what the hour of the moves allows
(:func:`dtao_edu.studies.paid_days.noise.to_explain`): one of them is drawn for each name."""


class Day(NamedTuple):
    """A day: both predictions held against the ledger, and what stands in the price table."""

    moving: DayErrors
    spot: DayErrors
    midnight: dict[int, float]  # shares of the moving price at the day's sample
    late: dict[int, float]  # shares at the payment if no price had moved since that sample
    prices: dict[int, float]  # moving price at the payment
    closed: int  # subnets in the price table that were not open for trading


@cache
def day(date: str) -> Day:
    """Read a day once."""
    from dtao_edu import ledger

    sample = ledger.prices(date)
    assert sample.block is not None
    morning = moving_prices_on(sample.block)
    moving = day_errors(date, predict_day(date))
    assert moving.block is not None
    return Day(
        moving=moving,
        spot=day_errors(date, predict_day(date, "spot")),
        midnight={netuid: price / sum(morning.values()) for netuid, price in morning.items()},
        late=dict(predict_day(date, between="late").shares()),
        prices=moving_prices_on(moving.block),
        closed=len(ledger.prices(date, trading=False)) - len(sample),
    )


@cache
def by_default(date: str) -> DayErrors:
    """Predict a day with the smoothing that stands in the chain's code."""
    return day_errors(date, predict_day(date, alpha=MOVING_ALPHA_DEFAULT))


@cache
def by_rival(date: str, alpha: float, halving: int) -> DayErrors:
    """Predict a day with other constants.

    Parameters
    ----------
    date : str
        As ``"2025-10-04"``.
    alpha : float
        The smoothing constant.
    halving : int
        Blocks of the warm-up.
    """
    return day_errors(date, predict_day(date, alpha=alpha, halving=halving))


SPOT_FOR_MOVING = Misconception(
    "the spot price in place of the moving price",
    lambda g: day(g.date).spot[g.netuid].predicted,
    lambda g, answer: (
        f"That is the share of the spot price. Predict all of {g.date} in this way, and the L1 "
        f"distance is {show(day(g.date).spot.l1, 3)}; by moving price it is "
        f"{show(day(g.date).moving.l1, 3)}."
    ),
)
