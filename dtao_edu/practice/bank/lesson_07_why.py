"""Exercises of lesson 07 that ask why, or what would change."""

from __future__ import annotations

from dtao_edu.engine.emission import MOVING_ALPHA, moving_prices
from dtao_edu.practice.exercise.draw import Given
from dtao_edu.practice.exercise.exercise import Exercise
from dtao_edu.practice.exercise.question_types import Option, choice
from dtao_edu.practice.text import show

_OLD = 10_000_000  # blocks: a subnet so old that the warm-up is over


def _hours(g: Given) -> str:
    return "an hour" if g.hours == 1 else f"{g.hours} hours"


def _after(g: Given) -> tuple[float, float]:
    """Give the moving price when the pump ends, and some hours later."""
    path = [g.high] * (300 * g.hours) + [g.low] * (300 * g.later)
    moving = list(moving_prices(path, start=g.low, alpha=MOVING_ALPHA, blocks=_OLD))
    return float(moving[300 * g.hours - 1]), float(moving[-1])


def _at_the_end(g: Given) -> str:
    return (
        f"When the pump of {_hours(g)} ended, the moving price was {show(_after(g)[0], 3)} "
        "TAO; "
        "follow it from there, block by block."
    )


AFTER = Exercise(
    id="07.5",
    title="After the pump",
    question=choice(
        above=Option("Above the spot price, and falling.", lambda g: True),
        back=Option(
            "Back at the spot price.",
            lambda g: False,
            "the average forgets at once",
            lambda g, answer: (
                _at_the_end(g)
                + f" Each block takes away three ten-thousandths of what it has above "
                f"{g.low}."
            ),
        ),
        rising=Option(
            "Still rising.",
            lambda g: False,
            "the average rises after the price",
            lambda g, answer: (
                _at_the_end(g) + f" The spot price is {g.low} TAO now: which way does each block "
                "pull?"
            ),
        ),
        below=Option(
            "Below the spot price.",
            lambda g: False,
            "the fall overshoots",
            lambda g, answer: (
                _at_the_end(g) + f" An average of numbers that are {g.low} or more is never less."
            ),
        ),
    ),
    objective="say where the moving price is after a pump",
    needs=("moving price", "half-life"),
    why=True,
    draw=lambda draw: {
        "low": draw.whole(5, 15) / 100,
        "high": draw.whole(50, 95) / 100,
        "hours": draw.whole(1, 4),
        "later": draw.whole(2, 5),
    },
    text=lambda g: (
        f"In an old subnet the price has long been {g.low} TAO. Somebody lifts it to {g.high} TAO "
        f"for {_hours(g)} and lets it go; it falls back to {g.low} TAO at once. Where is the "
        f"moving price {g.later} hours later?"
    ),
    hints=(
        "Each block moves the moving price toward the spot price, by a small part of the distance.",
        "Its half-life is almost eight hours. How many hours have passed?",
    ),
    solution="After the pump each block pulls it down a little, and in these hours not even half "
    "of "
    "the extra is gone. {answer}",
    code='answer = "Above the spot price, and falling."',
    further="As long as it lasts, the subnet is paid for a price that nobody pays.",
)


def _reached(g: Given, factor: float) -> float:
    path = [g.price] * (300 * g.hours)
    return float(list(moving_prices(path, start=0.1, alpha=3e-4 * factor, blocks=_OLD))[-1])


FAST = Exercise(
    id="07.6",
    title="A faster average",
    question=choice(
        both=Option("A pump would count more, and be forgotten sooner.", lambda g: True),
        more=Option(
            "A pump would count more, and be remembered longer.",
            lambda g: False,
            "what rises higher stays longer",
            lambda g, answer: (
                f"From 0.1 TAO it would rise to {show(_reached(g, g.factor), 3)} instead of "
                f"{show(_reached(g, 1), 3)}. But the same constant works on the way down: each "
                "block "
                "takes away a larger part."
            ),
        ),
        less=Option(
            "A pump would count less, and be forgotten sooner.",
            lambda g: False,
            "a larger constant smooths more",
            lambda g, answer: (
                f"Move a price by one block with a constant of 0.0003 and of "
                f"{show(0.0003 * g.factor)}: which one goes further toward {g.price}?"
            ),
        ),
        neither=Option(
            "A pump would count less, and be remembered longer.",
            lambda g: False,
            "a larger constant is a longer memory",
            lambda g, answer: (
                f"With a constant of 1 the moving price would be the spot price itself, {g.price} "
                "TAO, at once. Is that a long memory?"
            ),
        ),
    ),
    objective="say what the smoothing constant trades off",
    needs=("smoothing constant", "moving price"),
    why=True,
    draw=lambda draw: {
        "factor": draw.pick((2, 3, 4, 5)),
        "hours": draw.whole(1, 3),
        "price": draw.whole(50, 95) / 100,
    },
    text=lambda g: (
        f"Suppose that the smoothing constant were {g.factor} times as large. What would become of "
        f"a pump to {g.price} TAO for {_hours(g)}?"
    ),
    hints=(
        "What would a constant of 1 do, and what one of 0?",
        "The same constant works on the way up and on the way down.",
    ),
    solution="A larger constant goes further in each block, up during the pump and down after it. "
    "{answer}",
    code='answer = "A pump would count more, and be forgotten sooner."',
    further="No constant gives both: to see a pump less is to remember it longer.",
)
