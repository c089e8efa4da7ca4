"""Exercises of lesson 10, a living network."""

from __future__ import annotations

from functools import cache
from math import sqrt

from dtao_edu.measures.concentration import effective_number, error_of_mean, nakamoto, shares
from dtao_edu.practice.bank import lesson_10_why
from dtao_edu.practice.bank.lesson_10_astray import ASTRAY_OF_FOUR, PARTS_OF_FOUR
from dtao_edu.practice.bank.lesson_10_holder import LAST
from dtao_edu.practice.exercise.draw import Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion
from dtao_edu.practice.text import show


@cache
def _real_stakes() -> tuple[int, ...]:
    """Give the twenty largest stakes of the vote of 24 November 2024, in thousands of TAO."""
    from dtao_edu import ledger

    vote = ledger.root_vote("2024-11-24")
    return tuple(round(vote.stakes[place] / 1000) for place in vote.largest(20))


def _heads(g: Given, answer: float) -> str:
    return (
        f"By your figure {show((g.single / answer) ** 2, 3)} equal voices speak here. The largest "
        f"of the {len(g.stakes)} has {show(100 * max(shares(g.stakes)), 3)} % of the stake."
    )


CHANCE = Exercise(
    id="10.1",
    title="How much chance is left",
    question=NumberQuestion("%", digits=4),
    objective="say how much chance a vote of unequal stakes leaves",
    needs=("concentration", "HHI", "stake"),
    real=True,
    draw=lambda draw: {
        "stakes": draw.sample(_real_stakes(), 6),
        "single": draw.whole(120, 240) / 10,
    },
    text=lambda g: (
        "Six of the largest validators of 24 November 2024 held "
        f"{', '.join(f'{stake:,}' for stake in g.stakes)} thousand TAO. Suppose that they alone "
        "vote, each honestly and by stake, with opinions of the same noise. Chance sends "
        f"{show(g.single)} % of emission astray when one of them votes alone. The chance of a mean "
        "falls with the square root of the *effective number* of voices. How many percent does "
        "chance send astray when all six vote?"
    ),
    right=lambda g: error_of_mean(g.single, g.stakes),
    misconceptions=(
        Misconception(
            "six heads, six voices",
            lambda g: g.single / sqrt(len(g.stakes)),
            lambda g, answer: (
                f"{_heads(g, answer)} With all of it in that one hand a single voice would "
                "speak, and your figure would be the same."
            ),
        ),
        Misconception(
            "chance falls with the number, not with its root",
            lambda g: g.single / effective_number(g.stakes),
            lambda g, answer: (
                f"{_heads(g, answer)} By your rule a hundred equal voices would leave a hundredth "
                "of the chance. But the mean of a hundred throws of a die still varies a tenth as "
                "much as one throw."
            ),
        ),
        Misconception(
            "as many voices as it takes for a half",
            lambda g: g.single / sqrt(nakamoto(g.stakes)),
            lambda g, answer: (
                f"You counted those who have more than half together. {_heads(g, answer)} The "
                "others vote too."
            ),
        ),
        Misconception(
            "the largest one's part of the chance",
            lambda g: g.single * max(shares(g.stakes)),
            lambda g, answer: (
                f"That is the largest share of stake times {show(g.single)} %, as if the others' "
                f"opinions were without noise. {_heads(g, answer)}"
            ),
        ),
    ),
    consequence=_heads,
    hints=(
        "As concentrated as how many equal ones are they? Lesson 02 has a measure for it.",
        "Divide what one voice alone sends astray by the square root of that number.",
    ),
    solution="The effective number is one over the sum of the squared shares of stake. "
    "{single} % divided by its square root: {answer}.",
    code="""
from dtao_edu import measures
answer = measures.error_of_mean(g.single, g.stakes)""",
    further="All 64 together count like about ten, so the chance of the real vote is a third of "
    "one person's.",
)


EXERCISES = (CHANCE, ASTRAY_OF_FOUR, LAST, PARTS_OF_FOUR, *lesson_10_why.EXERCISES)
