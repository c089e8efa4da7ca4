"""Exercises of lesson 13, what the chain really paid: the numbers of the report.

The day is drawn from the name alone, so that it is the same in every exercise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import MOVING_ALPHA, MOVING_ALPHA_DEFAULT
from dtao_edu.practice.bank.lesson_13_ideas import DECIDED, EXPLAINED
from dtao_edu.practice.bank.lesson_13_why import FURTHEST, OPENED
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion
from dtao_edu.practice.misconceptions import days, shares
from dtao_edu.practice.misconceptions.days import DAYS_TO_EXPLAIN, PROJECT_DAYS, by_default, day
from dtao_edu.practice.text import show
from dtao_edu.studies.paid_days.errors import day_clues
from dtao_edu.studies.paid_days.predict import predict_day

_A_DAY = 7200
_SMALL = 0.004  # subnets with a smaller paid share are not asked about


def _draw_subnet(draw: Draw) -> dict[str, Any]:
    date = draw.once(PROJECT_DAYS, "lesson 13")
    moving = day(date).moving
    large = [row.netuid for row in moving.values() if row.paid > _SMALL and row.predicted]
    return {"date": date, "netuid": draw.pick(sorted(large))}


def _sum_of_prices(g: Given) -> float:
    return sum(day(g.date).prices.values())


def _with_more(g: Given, more: int) -> float:
    """Divide by all moving prices and so many more of 1 TAO."""
    return float(formulas.share(day(g.date).prices[g.netuid], _sum_of_prices(g) + more))


def _around(g: Given) -> tuple[float, float]:
    """Give the daily prices before and after the payment."""
    (clue,) = day_clues(g.date, [g.netuid])
    return float(clue.before or 0), float(clue.after or 0)


def _paid_then(g: Given, answer: float) -> str:
    paid = day(g.date).moving[g.netuid].paid
    return (
        f"With your share subnet {g.netuid} would have been {show(100 * (answer / paid - 1), 3)} "
        "percent off what it was paid."
    )


_KEPT = Misconception(
    "the price kept where the morning's sample left it",
    lambda g: day(g.date).late[g.netuid],
    lambda g, answer: (
        f"You let every price stand still from 00:00 UTC on {g.date} until the payment. "
        f"Subnet {g.netuid} was at {show(_around(g)[0], 4)} TAO then and at "
        f"{show(_around(g)[1], 4)} a day later: where is a straight line after sixteen of "
        "those hours?"
    ),
)


SHARE = Exercise(
    id="13.1",
    title="A share of your day",
    question=NumberQuestion("share", digits=4),
    objective="predict a subnet's share of a day from prices alone",
    needs=("moving price", "price share", "smoothing constant", "warm-up"),
    real=True,
    draw=_draw_subnet,
    text="Your day is {date}. Rebuild the moving price of every subnet that was open for trading, "
    "from the daily prices, with 0.0003 and 201,600 blocks and a straight line from one sample to "
    "the next, up to the block of that day's payment. What share of emission does it give subnet "
    "{netuid}?",
    right=lambda g: day(g.date).moving[g.netuid].predicted,
    misconceptions=(
        days.SPOT_FOR_MOVING,
        Misconception(
            "the smoothing constant of the chain's code",
            lambda g: by_default(g.date)[g.netuid].predicted,
            lambda g, answer: (
                "With three millionths an old subnet forgets half of a price in "
                f"{show(float(formulas.half_life(float(MOVING_ALPHA_DEFAULT))) / _A_DAY, 3)} days. "
                f"The L1 distance of all of {g.date} is {show(by_default(g.date).l1, 3)} then."
            ),
        ),
        Misconception(
            "the moving price of the morning's sample",
            lambda g: day(g.date).midnight[g.netuid],
            lambda g, answer: (
                f"That is the share of 00:00 UTC on {g.date}. The payment was read some sixteen "
                "hours later, and a difference loses half of itself in "
                f"{show(float(formulas.half_life(float(MOVING_ALPHA))) / 300, 2)} hours."
            ),
        ),
        _KEPT,
        shares.PRICE_AS_SHARE.but(
            lambda g: day(g.date).prices[g.netuid],
            lambda g, answer: (
                f"{show(answer, 4)} is a price, in TAO per alpha. Taken as shares, the prices of "
                f"{g.date} would hand out more than there is: they sum to more than 1."
            ),
        ),
        Misconception(
            "subnets that are not open counted",
            lambda g: _with_more(g, day(g.date).closed),
            lambda g, answer: (
                f"{day(g.date).closed} subnets of {g.date} had a price but were not open for "
                "trading. You let each count with 1 TAO, so that together they get "
                f"{show(100 * day(g.date).closed / (_sum_of_prices(g) + day(g.date).closed), 3)} "
                "percent; the ledger paid them nothing."
            ),
        ),
        Misconception(
            "root counted among the subnets",
            lambda g: _with_more(g, 1),
            lambda g, answer: (
                "You let netuid 0 count, with its price of 1 TAO: of all emission of "
                f"{g.date} it would get {show(100 / (_sum_of_prices(g) + 1), 3)} percent. The "
                "table of what was paid has no netuid 0."
            ),
        ),
    ),
    consequence=_paid_then,
    hints=(
        "`studies.predict_day` does all of it for one day; look at what it returns.",
        'Its first argument is the date: `given("13.1").date`. Then `.shares()`, and the netuid in '
        "square brackets.",
    ),
    solution="Every open subnet's moving price at the block of the payment, divided by their sum; "
    "subnet {netuid} has {answer}.",
    code="answer = studies.predict_day(g.date).shares()[g.netuid]",
    further="No number of this came from what was paid: it is prices alone.",
)


def _draw_wrong(draw: Draw) -> dict[str, Any]:
    return _wrong_on(draw, draw.once(PROJECT_DAYS, "lesson 13"))


def _wrong_on(draw: Draw, date: str) -> dict[str, Any]:
    return {"date": date, "netuid": draw.pick(day(date).moving.top(14))}


def _then_paid(g: Given, answer: float) -> str:
    row = day(g.date).moving[g.netuid]
    return (
        f"If {show(answer, 4)} TAO a day are more than was predicted for subnet {g.netuid}, which "
        f"was paid {show(100 * row.paid, 3)} percent of all, then predicted were "
        f"{show(100 * (row.paid - answer / _A_DAY), 3)} percent. Is that what the moving prices "
        "give?"
    )


ERROR = Exercise(
    id="13.2",
    title="Paid more, or less",
    question=NumberQuestion("TAO per day", digits=3),
    objective="say by how much a prediction was off, in TAO",
    needs=("emission share", "moving price", "emission"),
    real=True,
    draw=_draw_wrong,
    text="Hold the prediction of {date} by moving price, that of 13.1, against the ledger, both as "
    "shares. Suppose that the whole day is paid like that block, 7,200 TAO in all. How many TAO "
    "more (with a minus: less) than predicted does subnet {netuid} get?",
    right=lambda g: day(g.date).moving[g.netuid].tao_a_day,
    misconceptions=(
        days.SPOT_FOR_MOVING.but(
            lambda g: day(g.date).spot[g.netuid].tao_a_day,
            lambda g, answer: (
                f"You held the payment of {g.date} against the spot share, which is "
                f"{show(100 * day(g.date).spot[g.netuid].predicted, 4)} percent for subnet "
                f"{g.netuid}. What does the moving price predict?"
            ),
        ),
        Misconception(
            "the payment, with nothing taken off",
            lambda g: _A_DAY * day(g.date).moving[g.netuid].paid,
            lambda g, answer: (
                f"{show(answer, 4)} TAO is all that subnet {g.netuid} gets. If that were more than "
                "predicted, the prediction would have been nothing at all."
            ),
        ),
        Misconception(
            "percent of what was paid",
            lambda g: 100 * day(g.date).moving[g.netuid].error / day(g.date).moving[g.netuid].paid,
            lambda g, answer: (
                f"You give a part of subnet {g.netuid}'s own payment. In TAO a small subnet's "
                "error of ten percent is less than a large one's of one percent. "
                + _then_paid(g, answer)
            ),
        ),
        Misconception(
            "percentage points taken for TAO",
            lambda g: 100 * day(g.date).moving[g.netuid].error,
            lambda g, answer: (
                "You subtracted shares in percent and stopped there. One point of a day's 7,200 "
                f"TAO is 72 TAO. {_then_paid(g, answer)}"
            ),
        ),
    ),
    consequence=_then_paid,
    hints=(
        "Paid share less predicted share, with its sign; then times 7,200.",
        "`studies.day_errors(date, prediction)` holds any prediction against the ledger; under a "
        "netuid it has `.tao_a_day`.",
    ),
    solution="Paid share minus predicted share of subnet {netuid}, times 7,200: {answer}.",
    code="""
errors = studies.day_errors(g.date, studies.predict_day(g.date))
answer = errors[g.netuid].tao_a_day""",
    further="Before you explain it: is it one of the largest of the day, or one of a hundred like "
    "it?",
)


@cache
def _without_warm_up(date: str) -> Mapping[int, float]:
    """Give the shares of a day if every subnet's moving price had the full step from the start."""
    return predict_day(date, halving=0).shares()


def _draw_young_subnet(draw: Draw) -> dict[str, Any]:
    """Draw a subnet for which the warm-up matters."""
    date = draw.once(PROJECT_DAYS, "lesson 13")
    moving, without = day(date).moving, _without_warm_up(date)
    large = [row for row in moving.values() if row.paid > _SMALL and row.predicted]
    apart = {row.netuid: abs(without[row.netuid] / row.predicted - 1) for row in large}
    return {"date": date, "netuid": draw.pick(sorted(apart, key=lambda n: -apart[n])[:24])}


# The first version drew subnets so old that the warm-up changed nothing; the second still drew
# some whose share without it is the same but for a rounding, on days with little to explain.
_WARM_UP = Misconception(
    "the warm-up left out",
    lambda g: _without_warm_up(g.date)[g.netuid],
    lambda g, answer: (
        f"You gave subnet {g.netuid} the full step of 0.0003 from its first block on. A "
        f"young one moves more slowly: how old was it on {g.date}, in blocks, beside the "
        "201,600 after which it has half of that step?"
    ),
    later=True,
)
_SEEN = 1e-4  # share from which a young subnet is asked about
_APART = 0.005  # of a share: what leaving out the warm-up changes at least


def _draw_young_alone(draw: Draw) -> dict[str, Any]:
    """Draw a subnet whose share the warm-up changes by more than any rounding."""
    date = draw.once(DAYS_TO_EXPLAIN, "lesson 13")
    moving, without = day(date).moving, _without_warm_up(date)
    seen = [row for row in moving.values() if row.paid and row.predicted > _SEEN]
    young = [netuid for netuid, share, _ in seen if abs(without[netuid] / share - 1) > _APART]
    return {"date": date, "netuid": draw.pick(sorted(young))}


SHARE_OF_A_YOUNG = SHARE.renewed(
    draw=_draw_young_subnet, misconceptions=(*SHARE.misconceptions, _WARM_UP)
).renewed(
    draw=_draw_young_alone,
    misconceptions=(
        *(one.added() if one is _KEPT else one for one in SHARE.misconceptions),
        replace(_WARM_UP, later=False),
    ),
)

# The first version drew from all fifteen days, some of which leave nothing to explain.
WRONG = ERROR.renewed(draw=lambda draw: _wrong_on(draw, draw.once(DAYS_TO_EXPLAIN, "lesson 13")))

EXERCISES = (SHARE_OF_A_YOUNG, WRONG, DECIDED, EXPLAINED, FURTHEST, OPENED)
