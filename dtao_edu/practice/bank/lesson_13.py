"""Exercises of lesson 13, what the chain really paid: the numbers of the report.

The day is drawn from the name alone, so that it is the same in every exercise.
"""

from __future__ import annotations

from typing import Any

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import MOVING_ALPHA, MOVING_ALPHA_DEFAULT, MOVING_HALVING
from dtao_edu.practice.bank.lesson_13_why import FURTHEST, OPENED
from dtao_edu.practice.given import Draw, Given
from dtao_edu.practice.ideas import days, shares
from dtao_edu.practice.ideas.days import PROJECT_DAYS, by_default, by_rival, day
from dtao_edu.practice.kinds import Number
from dtao_edu.practice.model import Exercise, Idea
from dtao_edu.practice.words import show

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


def _paid_then(g: Given, answer: float) -> str:
    paid = day(g.date).moving[g.netuid].paid
    return (
        f"With your share subnet {g.netuid} would have been {show(100 * (answer / paid - 1), 3)} "
        "percent off what it was paid."
    )


SHARE = Exercise(
    id="13.1",
    title="A share of your day",
    kind=Number("share", digits=4),
    minutes=8,
    objective="predict a subnet's share of a day from prices alone",
    needs=("moving price", "price share", "smoothing constant", "warm-up"),
    real=True,
    draw=_draw_subnet,
    text="Your day is {date}. Rebuild the moving price of every subnet that was open for trading, "
    "from the daily prices, with 0.0003 and 201,600 blocks and a straight line from one sample to "
    "the next, up to the block of that day's payment. What share of emission does it give subnet "
    "{netuid}?",
    right=lambda g: day(g.date).moving[g.netuid].predicted,
    ideas=(
        days.SPOT_FOR_MOVING,
        Idea(
            "the smoothing constant of the chain's code",
            lambda g: by_default(g.date)[g.netuid].predicted,
            lambda g, answer: (
                "With three millionths an old subnet forgets half of a price in "
                f"{show(float(formulas.half_life(float(MOVING_ALPHA_DEFAULT))) / _A_DAY, 3)} days. "
                f"The L1 distance of all of {g.date} is {show(by_default(g.date).l1, 3)} then."
            ),
        ),
        Idea(
            "the moving price of the morning's sample",
            lambda g: day(g.date).midnight[g.netuid],
            lambda g, answer: (
                f"That is the share of 00:00 UTC on {g.date}. The payment was read some sixteen "
                "hours later, and a difference loses half of itself in "
                f"{show(float(formulas.half_life(float(MOVING_ALPHA))) / 300, 2)} hours."
            ),
        ),
        shares.PRICE_AS_SHARE.but(
            lambda g: day(g.date).prices[g.netuid],
            lambda g, answer: (
                f"{show(answer, 4)} is a price, in TAO per alpha. Taken as shares, the prices of "
                f"{g.date} would hand out more than there is: they sum to more than 1."
            ),
        ),
        Idea(
            "subnets that are not open counted",
            lambda g: _with_more(g, day(g.date).closed),
            lambda g, answer: (
                f"{day(g.date).closed} subnets of {g.date} had a price but were not open for "
                "trading. You let each count with 1 TAO, so that together they get "
                f"{show(100 * day(g.date).closed / (_sum_of_prices(g) + day(g.date).closed), 3)} "
                "percent; the ledger paid them nothing."
            ),
        ),
        Idea(
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
        "`measures.predict_day` does all of it for one day; look at what it returns.",
        'Its first argument is the date: `given("13.1").date`. Then `.shares()`, and the netuid in '
        "square brackets.",
    ),
    solution="Every open subnet's moving price at the block of the payment, divided by their sum; "
    "subnet {netuid} has {answer}.",
    code="answer = measures.predict_day(g.date).shares()[g.netuid]",
    further="No number of this came from what was paid: it is prices alone.",
)


def _draw_wrong(draw: Draw) -> dict[str, Any]:
    date = draw.once(PROJECT_DAYS, "lesson 13")
    return {"date": date, "netuid": draw.pick(day(date).moving.top(14))}


def _then_paid(g: Given, answer: float) -> str:
    row = day(g.date).moving[g.netuid]
    return (
        f"A day's 7,200 TAO by the paid share are {show(_A_DAY * row.paid, 5)} for subnet "
        f"{g.netuid}. If {show(answer, 4)} of it are more than was predicted, then predicted were "
        f"{show(100 * (row.paid - answer / _A_DAY), 4)} percent of all."
    )


ERROR = Exercise(
    id="13.2",
    title="Paid more, or less",
    kind=Number("TAO per day", digits=3),
    minutes=6,
    objective="say by how much a prediction was off, in TAO",
    needs=("emission share", "moving price", "emission"),
    real=True,
    draw=_draw_wrong,
    text="Hold the prediction of {date} by moving price against the ledger, both as shares. "
    "Suppose that the whole day is paid like that block, 7,200 TAO in all. How many TAO more (with "
    "a minus: less) than predicted does subnet {netuid} get?",
    right=lambda g: day(g.date).moving[g.netuid].tao_a_day,
    ideas=(
        days.SPOT_FOR_MOVING.but(
            lambda g: day(g.date).spot[g.netuid].tao_a_day,
            lambda g, answer: (
                f"You held the payment of {g.date} against the spot share, which is "
                f"{show(100 * day(g.date).spot[g.netuid].predicted, 4)} percent for subnet "
                f"{g.netuid}. What does the moving price predict?"
            ),
        ),
        Idea(
            "the payment, with nothing taken off",
            lambda g: _A_DAY * day(g.date).moving[g.netuid].paid,
            lambda g, answer: (
                f"{show(answer, 4)} TAO is all that subnet {g.netuid} gets. If that were more than "
                "predicted, the prediction would have been nothing at all."
            ),
        ),
        Idea(
            "percent of what was paid",
            lambda g: 100 * day(g.date).moving[g.netuid].error / day(g.date).moving[g.netuid].paid,
            lambda g, answer: (
                f"You give a part of subnet {g.netuid}'s own payment. In TAO a small subnet's "
                "error of ten percent is less than a large one's of one percent. "
                + _then_paid(g, answer)
            ),
        ),
        Idea(
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
        "`measures.day_errors(date, prediction)` holds any prediction against the ledger; under a "
        "netuid it has `.tao_a_day`.",
    ),
    solution="Paid share minus predicted share of subnet {netuid}, times 7,200: {answer}.",
    code="""
errors = measures.day_errors(g.date, measures.predict_day(g.date))
answer = errors[g.netuid].tao_a_day""",
    further="Before you explain it: is it one of the largest of the day, or one of a hundred like "
    "it?",
)

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
    kind=Number("", digits=3),
    minutes=8,
    objective="measure how far a rival rule is from what was paid",
    needs=("L1 distance", "smoothing constant", "warm-up"),
    real=True,
    draw=_draw_rival,
    text="Somebody proposes another moving price: a smoothing constant of {alpha} and a warm-up "
    "with H = {halving} blocks. Predict {date} with it, with a straight line between the daily "
    "prices. What is the L1 distance of its shares from the shares that were paid?",
    right=lambda g: _rival(g).l1,
    ideas=(
        Idea(
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
        Idea(
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
        "`measures.predict_day` takes the constants as `alpha=` and `halving=`.",
        "`measures.day_errors(date, prediction).l1`",
    ),
    solution="Predict with `alpha={alpha}` and `halving={halving}`, make shares, and add up the "
    "differences from the paid shares without their signs: {answer}.",
    code="""
rival = measures.predict_day(g.date, alpha=g.alpha, halving=g.halving)
answer = measures.day_errors(g.date, rival).l1""",
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
    kind=Number("%", digits=3),
    minutes=8,
    objective="compare two rules on the subnets that were paid most",
    needs=("L1 distance", "moving price", "price share"),
    real=True,
    draw=_draw_most,
    text="Take the {count} subnets that were paid most on {date}, and add up their errors without "
    "signs, once by moving price and once by spot price. (Shares stay shares of all subnets.) By "
    "how many percent is the sum by moving price smaller than the sum by spot price? A minus if it "
    "is larger.",
    right=lambda g: _smaller(*_parts(g)),
    ideas=(
        Idea(
            "the part that is left",
            lambda g: 100 * _parts(g)[0] / _parts(g)[1],
            lambda g, answer: (
                "You divided one sum by the other and stopped. If nothing were better, your rule "
                f"would say 100 percent. {_left(g, answer)}"
            ),
        ),
        Idea(
            "the smaller sum taken as the base",
            lambda g: 100 * (_parts(g)[1] / _parts(g)[0] - 1),
            lambda g, answer: (
                "You say by how much the spot price is worse. Nothing can get smaller by more than "
                f"100 percent; your rule has no such end. {_left(g, answer)}"
            ),
        ),
        Idea(
            "all subnets, not those asked",
            lambda g: _smaller(*_parts(g, everyone=True)),
            lambda g, answer: (
                f"You took all {len(day(g.date).moving)} subnets; asked are the {g.count} that "
                "were paid most."
            ),
        ),
        Idea(
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
        "`measures.day_errors(...)` has `.l1_over(netuids)`.",
        "Two predictions, two sums. One less the quotient of the two, in percent.",
    ),
    solution="With both predictions held against the ledger: 1 minus the sum by moving price over "
    "the sum by spot price, times 100: {answer}.",
    code="""
most = ledger.emission(g.date).top(g.count)
moving = measures.day_errors(g.date, measures.predict_day(g.date))
spot = measures.day_errors(g.date, measures.predict_day(g.date, "spot"))
answer = 100 * (1 - moving.l1_over(most) / spot.l1_over(most))""",
    further="A rule that wins where most is paid can still lose among the small and young ones.",
)

EXERCISES = (SHARE, ERROR, RIVAL, BETTER, FURTHEST, OPENED)
