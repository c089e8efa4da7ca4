"""Exercises of lesson 13 that hold two rules against each other, as first given out."""

from __future__ import annotations

from typing import Any

from dtao_edu.engine.emission import MOVING_HALVING
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion
from dtao_edu.practice.misconceptions import days, shares
from dtao_edu.practice.misconceptions.days import PROJECT_DAYS, by_rival, day
from dtao_edu.practice.text import show

_ALPHAS = (1e-4, 1.2e-4, 1.5e-4, 2e-4, 4.5e-4, 6e-4, 8e-4, 1e-3)
_HALVINGS = (100_800, 201_600, 403_200)


def _draw_rival(draw: Draw) -> dict[str, Any]:
    return {
        "date": draw.once(PROJECT_DAYS, "lesson 13"),
        "alpha": draw.pick(_ALPHAS),
        "halving": draw.pick(_HALVINGS),
    }


def _rival(g: Given) -> Any:
    return by_rival(g.date, g.alpha, g.halving)


def _squares(g: Given) -> float:
    return float(sum(row.error**2 for row in _rival(g).values()) ** 0.5)


def _at_most(g: Given, answer: float) -> str:
    if not 0 <= answer <= 2:
        return "An L1 distance lies between 0 and 2."
    return (
        f"Two lists of {len(_rival(g))} shares that are {show(answer, 3)} apart differ by "
        f"{show(100 * answer / len(_rival(g)), 3)} percentage points a subnet in the mean. Is that "
        "so here?"
    )


RIVAL = Exercise(
    id="13.3",
    title="A rival pair of constants",
    question=NumberQuestion("", digits=3),
    objective="measure how far a rival rule is from what was paid",
    needs=("L1 distance", "smoothing constant", "warm-up"),
    real=True,
    draw=_draw_rival,
    text="Somebody proposes another moving price: a smoothing constant of {alpha} and a warm-up "
    "with H = {halving} blocks. Predict {date} with it, with a straight line between the daily "
    "prices. What is the L1 distance of its shares from the shares that were paid?",
    right=lambda g: _rival(g).l1,
    misconceptions=(
        Misconception(
            "half of it: what moved",
            lambda g: _rival(g).l1 / 2,
            lambda g, answer: (
                f"{show(answer, 3)} is half of the L1 distance: what would have to change hands. "
                "Asked is the sum of all differences, without signs."
            ),
        ),
        shares.LARGEST_CHANGE.but(
            lambda g: abs(_rival(g)[_rival(g).top(1)[0]].error),
            lambda g, answer: (
                f"{show(answer, 3)} is the error of one subnet alone, the largest. On {g.date} "
                f"there are {len(_rival(g))} subnets."
            ),
        ),
        shares.EUCLID.but(
            _squares,
            lambda g, answer: (
                f"You squared the errors of {g.date} before you added them. A hundred errors of "
                "0.0001 then count like one of 0.001; in the L1 distance like one of 0.01."
            ),
        ),
        Misconception(
            "the constants of lesson 07 left in place",
            lambda g: day(g.date).moving.l1,
            lambda g, answer: (
                f"{show(answer, 3)} belongs to 0.0003 and {MOVING_HALVING:,} blocks; the rival has "
                f"{g.alpha} and {g.halving:,}."
            ),
        ),
        days.SPOT_FOR_MOVING.but(
            lambda g: day(g.date).spot.l1,
            lambda g, answer: (
                f"{show(answer, 3)} belongs to the spot price of {g.date}, which no constant "
                f"smooths. The rival smooths with {g.alpha}."
            ),
        ),
    ),
    consequence=_at_most,
    hints=(
        "`studies.predict_day` takes the constants as `alpha=` and `halving=`.",
        "`studies.day_errors(date, prediction).l1`",
    ),
    solution="Predict with `alpha={alpha}` and `halving={halving}`, make shares, and add up the "
    "differences from the paid shares without their signs: {answer}.",
    code="""
rival = studies.predict_day(g.date, alpha=g.alpha, halving=g.halving)
answer = studies.day_errors(g.date, rival).l1""",
    further="One day cannot choose between two pairs that are close; that is what the other days "
    "are for.",
)


def _draw_most(draw: Draw) -> dict[str, Any]:
    return {"date": draw.once(PROJECT_DAYS, "lesson 13"), "count": draw.whole(6, 40)}


def _parts(g: Given, everyone: bool = False) -> tuple[float, float]:
    """Give the L1 distance by moving and by spot price, over the subnets that were paid most."""
    both = day(g.date)
    ranked = sorted(both.moving, key=lambda n: (-both.moving[n].paid, n))
    most = ranked if everyone else ranked[: g.count]
    return both.moving.l1_over(most), both.spot.l1_over(most)


def _smaller(moving: float, spot: float) -> float:
    return 100 * (1 - moving / spot)


def _left(g: Given, answer: float) -> str:
    spot = _parts(g)[1]
    return (
        f"By spot price {show(spot, 4)} lie with these {g.count} subnets. {show(answer, 4)} "
        f"percent less than that are {show(spot * (1 - answer / 100), 4)}."
    )


BETTER = Exercise(
    id="13.4",
    title="How much better than the spot price",
    question=NumberQuestion("%", digits=3),
    objective="compare two rules on the subnets that were paid most",
    needs=("L1 distance", "moving price", "price share"),
    real=True,
    draw=_draw_most,
    text="Take the {count} subnets that were paid most on {date}, and add up their errors without "
    "signs, once by moving price and once by spot price. (Shares stay shares of all subnets.) By "
    "how many percent is the sum by moving price smaller than the sum by spot price? A minus if it "
    "is larger.",
    right=lambda g: _smaller(*_parts(g)),
    misconceptions=(
        Misconception(
            "the part that is left",
            lambda g: 100 * _parts(g)[0] / _parts(g)[1],
            lambda g, answer: (
                "You divided one sum by the other and stopped. If nothing were better, your rule "
                f"would say 100 percent. {_left(g, answer)}"
            ),
        ),
        Misconception(
            "the smaller sum taken as the base",
            lambda g: 100 * (_parts(g)[1] / _parts(g)[0] - 1),
            lambda g, answer: (
                "You say by how much the spot price is worse. Nothing can get smaller by more than "
                f"100 percent; your rule has no such end. {_left(g, answer)}"
            ),
        ),
        Misconception(
            "all subnets, not those asked",
            lambda g: _smaller(*_parts(g, everyone=True)),
            lambda g, answer: (
                f"You took all {len(day(g.date).moving)} subnets; asked are the {g.count} that "
                "were paid most."
            ),
        ),
        Misconception(
            "a difference in points, not a part",
            lambda g: 100 * (_parts(g)[1] - _parts(g)[0]),
            lambda g, answer: (
                "You subtracted the sums and did not divide. On a day ten times as restless both "
                f"sums grow, and your figure with them. {_left(g, answer)}"
            ),
        ),
    ),
    consequence=_left,
    hints=(
        "`ledger.emission(date).top(count)` lists the subnets that were paid most; "
        "`studies.day_errors(...)` has `.l1_over(netuids)`.",
        "Two predictions, two sums. One less the quotient of the two, in percent.",
    ),
    solution="With both predictions held against the ledger: 1 minus the sum by moving price over "
    "the sum by spot price, times 100: {answer}.",
    code="""
most = ledger.emission(g.date).top(g.count)
moving = studies.day_errors(g.date, studies.predict_day(g.date))
spot = studies.day_errors(g.date, studies.predict_day(g.date, "spot"))
answer = 100 * (1 - moving.l1_over(most) / spot.l1_over(most))""",
    further="A rule that wins where most is paid can still lose among the small and young ones.",
)
