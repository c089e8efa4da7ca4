"""Exercises of lesson 07, the moving price."""

from __future__ import annotations

from functools import cache
from typing import Any

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import MOVING_ALPHA, MOVING_HALVING, moving_prices, price_shares
from dtao_edu.practice.bank.lesson_07_why import AFTER, FAST
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion
from dtao_edu.practice.text import show


def _part_of_the_way(g: Given, answer: float) -> str:
    """Tell how much of the way from m to the price that counts an answer goes."""
    counts = min(g.p, 1)
    part = (answer - g.m) / (counts - g.m)
    return (
        f"From {g.m} the moving price would go {show(100 * part, 3)} percent of the way to what "
        f"counts; a is {g.a}, one block."
    )


STEP = Exercise(
    id="07.1",
    title="One block",
    question=NumberQuestion("TAO per alpha", digits=4),
    objective="move a moving price by one block",
    needs=("moving price", "smoothing constant", "price"),
    draw=lambda draw: {
        "m": draw.whole(20, 60) / 100,
        "p": draw.whole(15, 60) / 10,
        "a": draw.pick((0.1, 0.15, 0.2, 0.25, 0.3)),
    },
    text="To have numbers one can reckon with, let the smoothing constant be {a}. The moving price "
    "is {m} TAO, the spot price {p} TAO. What is the moving price after this block?",
    right=lambda g: formulas.moving_price(g.m, g.p, g.a),
    misconceptions=(
        Misconception(
            "the cap at 1 forgotten",
            lambda g: (1 - g.a) * g.m + g.a * g.p,
            lambda g, answer: (
                f"You let all of {g.p} TAO count. With your rule a price of 1,000 would lift the "
                f"moving price to {show((1 - g.a) * g.m + g.a * 1000, 4)} in one block."
            ),
        ),
        Misconception(
            "a and its rest exchanged",
            lambda g: g.a * g.m + (1 - g.a) * min(g.p, 1),
            lambda g, answer: (
                "You kept a of the old and took the rest of the new. " + _part_of_the_way(g, answer)
            ),
        ),
        Misconception(
            "added, not averaged",
            lambda g: g.m + g.a * min(g.p, 1),
            lambda g, answer: (
                "You added to the old price and took nothing of it away. Hold the spot price for "
                f"100 blocks with your rule: the moving price would be "
                f"{show(g.m + 100 * g.a * min(g.p, 1), 4)} TAO."
            ),
        ),
    ),
    consequence=_part_of_the_way,
    hints=(
        "How much of the spot price counts at most?",
        "Keep (1 - a) of the old moving price, and add a of what counts.",
    ),
    solution="The spot price counts with 1 TAO. (1 - {a}) times {m} plus {a} times 1 = {answer}.",
    code="answer = dtao_edu.engine.formulas.moving_price(g.m, g.p, g.a)",
    further="The chain's constant is far smaller, so it needs thousands of blocks for this.",
)


def _draw_held(draw: Draw) -> dict[str, Any]:
    return {
        "m": draw.whole(5, 20) / 100,
        "p": draw.whole(40, 90) / 100,
        "a": draw.pick((0.1, 0.15, 0.2)),
        "blocks": draw.whole(3, 6),
    }


def _held(g: Given) -> float:
    path = moving_prices([g.p] * g.blocks, start=g.m, alpha=g.a, halving=0)
    return float(list(path)[-1])


def _room(g: Given, answer: float) -> str:
    return (
        f"Between {g.m} and {g.p} TAO lie {show(g.p - g.m)}. Your answer has covered "
        f"{show(100 * (answer - g.m) / (g.p - g.m), 3)} percent of it in {g.blocks} blocks."
    )


HELD = Exercise(
    id="07.2",
    title="A price held for some blocks",
    question=NumberQuestion("TAO per alpha", digits=4),
    objective="follow a moving price over several blocks",
    needs=("moving price", "smoothing constant"),
    draw=_draw_held,
    text="The smoothing constant is {a}, without warm-up. The moving price is {m} TAO. Somebody "
    "holds the spot price at {p} TAO for {blocks} blocks. What is the moving price then?",
    right=_held,
    misconceptions=(
        Misconception(
            "each block goes the same way",
            lambda g: g.m + g.blocks * g.a * (g.p - g.m),
            lambda g, answer: (
                _room(g, answer)
                + f" After {show(1 / g.a, 3)} blocks your rule would be there, and "
                "after that beyond the price."
            ),
        ),
        Misconception(
            "one block only",
            lambda g: formulas.moving_price(g.m, g.p, g.a),
            lambda g, answer: "That is the first block alone. " + _room(g, answer),
        ),
        Misconception(
            "what is left of the old price alone",
            lambda g: g.m * (1 - g.a) ** g.blocks,
            lambda g, answer: (
                f"You let the old price fade and forgot what came in: the spot price was {g.p} "
                f"TAO, and in your books the moving price fell to {show(answer)}."
            ),
        ),
    ),
    consequence=_room,
    hints=(
        "Do it block by block: the second block starts from where the first one ended.",
        "What is left of the distance after each block? A fixed part of it.",
    ),
    solution="After each block (1 - a) of the distance is left, so after {blocks} blocks "
    "(1 - a)^{blocks} of it: p - (p - m)(1 - a)^{blocks} = {answer}.",
    code="""
path = dtao_edu.engine.emission.moving_prices([g.p] * g.blocks, start=g.m, alpha=g.a, halving=0)
answer = list(path)[-1]""",
    further="The distance shrinks by the same part each time: it halves in a fixed number of "
    "blocks.",
)


def _days(g: Given, answer: float) -> str:
    """Tell for which age an answer would be right."""
    alpha = float(MOVING_ALPHA)
    if answer >= alpha:
        return "No subnet smooths with more than the full 0.0003, however old it is."
    age = answer * MOVING_HALVING / (alpha - answer) / 7200
    return f"That is the smoothing of a subnet of {show(age, 3)} days; this one has {g.days}."


H: float = MOVING_HALVING  # as the question calls it; in blocks

WARM_UP = Exercise(
    id="07.3",
    title="A young subnet",
    question=NumberQuestion("", digits=3),
    objective="compute the smoothing of a young subnet",
    needs=("warm-up", "smoothing constant"),
    draw=lambda draw: {"days": draw.whole(2, 25) if draw.unit() < 0.5 else draw.whole(31, 90)},
    text="A subnet had its first emission {days} days ago, at 7,200 blocks a day. The full "
    "smoothing constant is 0.0003 and H is 201,600 blocks. How large is the smoothing a in this "
    "block?",
    right=lambda g: formulas.smoothing(float(MOVING_ALPHA), 7200 * g.days, H),
    misconceptions=(
        Misconception(
            "the full constant from the first day",
            lambda g: float(MOVING_ALPHA),
            lambda g, answer: (
                f"With the full constant a price of {g.days} days would count like one of years. "
                + _days(g, answer)
            ),
        ),
        Misconception(
            "in proportion to the age",
            lambda g: float(MOVING_ALPHA) * 7200 * g.days / H,
            lambda g, answer: (
                "You divided the age by H. Ask your rule for a subnet of a year: it would smooth "
                f"with {show(float(MOVING_ALPHA) * 7200 * 365 / H, 3)}. " + _days(g, answer)
            ),
        ),
        Misconception(
            "the warm-up turned round",
            lambda g: float(MOVING_ALPHA) * H / (7200 * g.days + H),
            lambda g, answer: (
                "By your rule a subnet smooths less the older it is. " + _days(g, answer)
            ),
        ),
        Misconception(
            "days taken for blocks",
            lambda g: formulas.smoothing(float(MOVING_ALPHA), g.days, H),
            lambda g, answer: (
                f"b counts blocks, and you put in {g.days}. That is an age of "
                f"{show(g.days * 12 / 60, 3)} minutes."
            ),
        ),
    ),
    hints=(
        "First the age in blocks.",
        "a = 0.0003 b / (b + H). At b = H it is half of the full constant.",
    ),
    solution="b is {days} times 7,200 blocks. a = 0.0003 b / (b + 201,600) = {answer}.",
    code="answer = dtao_edu.engine.formulas.smoothing(0.0003, 7200 * g.days, 201_600)",
    further="Only after 28 days does half of the full constant work.",
)

DAYS = tuple(f"2025-09-{day}" for day in range(14, 31))


@cache
def _day(date: str) -> tuple[dict[int, float], dict[int, float]]:
    """Read what was paid on a day, and the spot prices of the same subnets."""
    from dtao_edu import ledger

    paid, prices = ledger.emission(date), ledger.prices(date)
    both = [netuid for netuid in paid if netuid in prices]
    return {n: paid[n] for n in both}, {n: prices[n] for n in both}


def _draw_day(draw: Draw) -> dict[str, Any]:
    date = draw.pick(DAYS)
    paid, prices = _day(date)
    netuid = draw.pick([n for n in paid if paid[n] > 0.006])
    return {
        "date": date,
        "netuid": netuid,
        "paid": float(f"{paid[netuid]:.4g}"),
        "all_paid": float(f"{sum(paid.values()):.5g}"),
        "price": float(f"{prices[netuid]:.4g}"),
        "prices": float(f"{sum(prices.values()):.5g}"),
    }


def _apart(g: Given) -> float:
    paid = price_shares([g.paid, g.all_paid - g.paid])[0]
    spot = price_shares([g.price, g.prices - g.price])[0]
    return float(100 * (paid - spot))


def _shares_told(g: Given, answer: float) -> str:
    return (
        f"If the paid share were {show(answer, 3)} points from the spot share, the chain would "
        f"have paid {show(1000 * (g.price / g.prices + answer / 100) * g.all_paid, 4)} thousandths "
        f"of a TAO a block; the ledger says {show(1000 * g.paid, 4)}."
    )


PAID = Exercise(
    id="07.4",
    title="Paid share and spot share",
    question=NumberQuestion("percentage points", decimals=3),
    objective="hold a paid share against the spot price",
    needs=("price share", "moving price", "emission"),
    real=True,
    draw=_draw_day,
    text="On {date} the chain paid subnet {netuid} {paid} TAO a block, of {all_paid} to all in the "
    "table. Its spot price that morning was {price} TAO, of {prices} in all. By how many "
    "percentage points was the paid share above (or, with a minus, below) the spot share?",
    right=_apart,
    misconceptions=(
        Misconception(
            "the sign turned round",
            lambda g: -_apart(g),
            lambda g, answer: "The size is one thing, the side another. " + _shares_told(g, answer),
        ),
        Misconception(
            "an amount held against a price",
            lambda g: 100 * (g.paid - g.price),
            lambda g, answer: (
                "You compared an amount with a price; both must become shares first. "
                + _shares_told(g, answer)
            ),
        ),
        Misconception(
            "percent of the spot share, not points",
            lambda g: 100 * _apart(g) / (100 * g.price / g.prices),
            lambda g, answer: (
                "You divided by the spot share once more; asked are points, not percent of it. "
                + _shares_told(g, answer)
            ),
        ),
    ),
    consequence=_shares_told,
    hints=(
        "Two shares: what was paid over all that was paid, the price over all prices.",
        "Both in percent; then subtract the second from the first.",
    ),
    solution="Paid share: {paid} / {all_paid}. Spot share: {price} / {prices}. The difference, "
    "times 100, is {answer}.",
    code="answer = 100 * (g.paid / g.all_paid - g.price / g.prices)",
    further="Where the paid share is above, the price has been falling; the average still "
    "remembers.",
)


def _draw_moving_day(draw: Draw) -> dict[str, Any]:
    """Draw a subnet whose two shares differ by more than a rounding: its price was in motion."""
    date = draw.pick(DAYS)
    paid, prices = _day(date)
    all_paid, all_prices = sum(paid.values()), sum(prices.values())
    apart = {n: abs(paid[n] / all_paid - prices[n] / all_prices) for n in paid}
    netuid = draw.pick(sorted(apart, key=lambda n: -apart[n])[:12])
    return {
        "date": date,
        "netuid": netuid,
        "paid": float(f"{paid[netuid]:.4g}"),
        "all_paid": float(f"{all_paid:.5g}"),
        "price": float(f"{prices[netuid]:.4g}"),
        "prices": float(f"{all_prices:.5g}"),
    }


# The first version drew subnets at rest, whose difference was smaller than a rounding.
PAID_IN_MOTION = PAID.renewed(draw=_draw_moving_day)

EXERCISES = (STEP, HELD, WARM_UP, PAID_IN_MOTION, AFTER, FAST)
