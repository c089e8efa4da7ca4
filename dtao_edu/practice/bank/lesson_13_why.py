"""Exercises of lesson 13 on explaining errors: which to explain, what an opening hour does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dtao_edu.engine.units import BLOCKS_PER_DAY
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import Option, OrderQuestion, choice
from dtao_edu.practice.misconceptions.days import DAYS_TO_EXPLAIN, PROJECT_DAYS, day
from dtao_edu.practice.text import show
from dtao_edu.studies.paid_days.errors import DayError
from dtao_edu.studies.paid_days.predict import predict_day, series_of

_APART = 1.08  # errors that are put in order differ by this factor at least
_YOUNG = 8  # days


def _draw_five(draw: Draw) -> dict[str, Any]:
    return _five_on(draw, draw.once(PROJECT_DAYS, "lesson 13"))


def _five_on(draw: Draw, date: str) -> dict[str, Any]:
    """Draw the largest error of the day and four others, no two of nearly the same size."""
    errors = day(date).moving
    ladder = [errors.top(1)[0]]
    for netuid in errors.top(40):
        if _APART * abs(errors[netuid].error) < abs(errors[ladder[-1]].error):
            ladder.append(netuid)
    return {"date": date, "netuids": draw.shuffle([ladder[0], *draw.sample(ladder[1:], 4)])}


def _ordered(g: Given, key: Callable[[DayError], float]) -> list[str]:
    rows = [day(g.date).moving[netuid] for netuid in g.netuids]
    return [str(row.netuid) for row in sorted(rows, key=key, reverse=True)]


FURTHEST_OF_ANY = Exercise(
    id="13.5",
    title="Which errors to explain",
    question=OrderQuestion(lambda g: g.netuids, "the largest error"),
    objective="find the subnets whose error is worth explaining",
    needs=("L1 distance", "emission share"),
    real=True,
    draw=_draw_five,
    text="A report explains the errors that make most of the L1 distance. Hold the prediction of "
    "{date} by moving price, that of 13.1, against the ledger. Put these five subnets in the order "
    "of their errors in shares, whatever the sign: {netuids}.",
    right=lambda g: _ordered(g, lambda row: abs(row.error)),
    misconceptions=(
        Misconception(
            "ordered by sign: most underestimated first",
            lambda g: _ordered(g, lambda row: row.error),
            lambda g, answer: (
                f"You put first what was paid more than predicted, and last what was paid less. On "
                f"{g.date} a TAO too little is an error as much as a TAO too much."
            ),
        ),
        Misconception(
            "ordered by size of the subnet",
            lambda g: _ordered(g, lambda row: row.paid),
            lambda g, answer: (
                f"That is the order of what they were paid. Subnet {answer[0]} is paid most of the "
                f"five: {show(100 * day(g.date).moving[int(answer[0])].paid, 3)} percent. How far "
                "off was its prediction?"
            ),
        ),
        Misconception(
            "ordered by percent of the own payment",
            lambda g: _ordered(g, lambda row: abs(row.error) / row.paid),
            lambda g, answer: (
                f"Subnet {answer[0]} has the largest error for its size, but it is paid "
                f"{show(100 * day(g.date).moving[int(answer[0])].paid, 3)} percent of all; what "
                "does it add to the L1 distance?"
            ),
        ),
    ),
    hints=(
        "`studies.day_errors(date, prediction)` lists all subnets, the largest error first.",
        "Take the size of each error, `abs(...)`: paid share minus predicted share.",
    ),
    solution="By the size of paid minus predicted share, largest first: {answer}.",
    code="""
errors = studies.day_errors(g.date, studies.predict_day(g.date))
answer = sorted(g.netuids, key=lambda netuid: -abs(errors[netuid].error))""",
    further="The first one belongs into your report, with an explanation or with the words: I do "
    "not know.",
)


def _draw_young(draw: Draw) -> dict[str, Any]:
    return _young_on(draw, draw.once(PROJECT_DAYS, "lesson 13"))


def _young_on(draw: Draw, date: str) -> dict[str, Any]:
    errors = day(date).moving
    assert errors.block is not None
    ages = {n: (errors.block - series_of(n).blocks[0]) / BLOCKS_PER_DAY for n in errors}
    young = sorted(n for n, age in ages.items() if 0 < age < _YOUNG)
    netuid = draw.pick(young)
    return {"date": date, "netuid": netuid, "days": round(ages[netuid], 1)}


def _earlier(g: Given) -> float:
    """Predict the share if the subnet had opened a day before its first sample."""
    return predict_day(g.date, opened={g.netuid: 1}).shares()[g.netuid]


def _changed(g: Given) -> float:
    return _earlier(g) / day(g.date).moving[g.netuid].predicted


def _near_spot(g: Given) -> bool:
    spot = day(g.date).spot[g.netuid].predicted
    return abs(_earlier(g) / spot - 1) < 0.02


def _so_far(g: Given) -> str:
    both = day(g.date)
    part = both.moving[g.netuid].predicted / both.spot[g.netuid].predicted
    return (
        f"After {g.days} days subnet {g.netuid}'s predicted share is "
        f"{show(100 * part, 2)} percent of its spot share."
    )


OPENED_ON_ANY = Exercise(
    id="13.6",
    title="The hour of opening",
    question=choice(
        rises=Option(
            "It rises: the moving price has climbed from 0 for longer.",
            lambda g: _changed(g) > 1.02 and not _near_spot(g),
        ),
        same=Option(
            "It stays as it is: a share depends on the prices of that day alone.",
            lambda g: abs(_changed(g) - 1) <= 0.02,
            "only today's prices count",
            lambda g, answer: f"{_so_far(g)} If one day's prices were all, it would be all of it.",
        ),
        falls=Option(
            "It falls: the older a subnet, the less a new price counts.",
            lambda g: _changed(g) < 0.98,
            "age weakens the smoothing",
            lambda g, answer: (
                f"a = alpha b / (b + H): {show(g.days * BLOCKS_PER_DAY, 4)} blocks of age, or "
                f"7,200 more. Which of the two gives the larger a? {_so_far(g)}"
            ),
        ),
        spot=Option(
            "It becomes the share of the spot price: in a day the warm-up is over.",
            lambda g: _changed(g) > 1.02 and _near_spot(g),
            "the warm-up is over in a day",
            lambda g, answer: f"{_so_far(g)} And H is 201,600 blocks, 28 days.",
        ),
    ),
    objective="say what a subnet's hour of opening does to its share",
    needs=("warm-up", "moving price", "smoothing constant"),
    why=True,
    real=True,
    draw=_draw_young,
    text="Subnet {netuid} opened for trading at some hour that the daily prices do not tell. The "
    "prediction counts from its first daily sample, {days} days before the payment of {date}. "
    "Suppose that it opened a whole day before that sample, at the price of that sample. What "
    "happens to its predicted share?",
    hints=(
        "Where does a moving price begin, and which way does each block take it?",
        "`studies.predict_day(date, opened={{...: 1}})` tries it: a netuid, and how many days "
        "earlier it opened.",
    ),
    solution="A new subnet's moving price begins at 0 and goes up towards its price, weakly at "
    "first. A day more takes it further up. {answer}",
    code="""
netuid, share = g.netuid, studies.predict_day(g.date).shares()
earlier = studies.predict_day(g.date, opened={netuid: 1}).shares()
rises = "It rises: the moving price has climbed from 0 for longer."
falls = "It falls: the older a subnet, the less a new price counts."
answer = rises if earlier[netuid] > share[netuid] else falls""",
    further="So an hour that the table does not hold can explain a young subnet's error, and you "
    "can test it on the days that follow.",
)

# The first versions drew from all fifteen days, some of which leave nothing to explain.
FURTHEST = FURTHEST_OF_ANY.renewed(
    draw=lambda draw: _five_on(draw, draw.once(DAYS_TO_EXPLAIN, "lesson 13"))
)
OPENED = OPENED_ON_ANY.renewed(
    draw=lambda draw: _young_on(draw, draw.once(DAYS_TO_EXPLAIN, "lesson 13"))
)
