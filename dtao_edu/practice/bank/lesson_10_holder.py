"""The exercise of lesson 10 on the last holder: what a price says of beliefs."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import fmean, median
from typing import Any

from dtao_edu.engine import formulas
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion
from dtao_edu.practice.text import show


def _draw_holders(draw: Draw) -> Mapping[str, Any]:
    beliefs = draw.sample(range(60, 200), 7)
    return {
        "beliefs": [belief / 1000 for belief in beliefs],
        "alpha": draw.whole(60, 120) * 100,
        "purse": draw.whole(180, 420, 10),
    }


def last_belief(g: Given) -> float:
    """Return the highest price at which those who believe in more can hold all alpha.

    Parameters
    ----------
    g : Given
        With `beliefs`, TAO per alpha, the `purse` of each in TAO, and the `alpha` to be held.
    """
    tries = enumerate(sorted(g.beliefs, reverse=True), start=1)
    return float(
        max(
            min(belief, formulas.average_price(sum([g.purse] * holders), g.alpha))
            for holders, belief in tries
        )
    )


def _held(g: Given, answer: float) -> str:
    if answer <= 0:
        return "A price is above 0."
    holders = sum(belief >= answer for belief in g.beliefs)
    return (
        f"Of the {len(g.beliefs)} people {holders} hold at {show(answer, 4)} TAO, and their purses "
        f"are good for at most {show(holders * g.purse / answer, 5)} alpha; {g.alpha:,} are to be "
        "held."
    )


LAST = Exercise(
    id="10.3",
    title="The last holder",
    question=NumberQuestion("TAO per alpha", digits=4),
    objective="find the price at which all alpha is held",
    needs=("price", "bias"),
    draw=_draw_holders,
    text=lambda g: (
        f"{g.alpha:,} alpha of a subnet are to be held. Seven people believe that one alpha is "
        f"worth {', '.join(map(str, g.beliefs))} TAO. Each holds alpha for up to {g.purse} TAO, as "
        "long as the price is not above the own belief. What is the highest price at which they "
        "hold all of it?"
    ),
    right=last_belief,
    misconceptions=(
        Misconception(
            "the mean of all beliefs",
            lambda g: fmean(g.beliefs),
            lambda g, answer: (
                "The mean asks everybody. A price asks those who hold. " + _held(g, answer)
            ),
        ),
        Misconception(
            "the most hopeful one holds all",
            lambda g: max(g.beliefs),
            lambda g, answer: "That one would need all the alpha alone. " + _held(g, answer),
        ),
        Misconception(
            "the belief in the middle",
            lambda g: median(g.beliefs),
            lambda g, answer: "Half of the people have no vote in this price. " + _held(g, answer),
        ),
        Misconception(
            "all purses spent, whatever their owners believe",
            lambda g: len(g.beliefs) * g.purse / g.alpha,
            lambda g, answer: (
                f"You let all {len(g.beliefs)} pay, also those who believe in "
                f"{min(g.beliefs)} TAO. " + _held(g, answer)
            ),
        ),
    ),
    consequence=_held,
    hints=(
        "Begin with the most hopeful: how much alpha can the purse of one hold at that price?",
        "Go down from belief to belief. With each holder more, the purses hold more; the price "
        "stops where they hold all.",
    ),
    solution="With the 1, 2, 3, ... most hopeful as holders the price is at most the belief of "
    "the last of them, and at most their purses over the alpha. The highest of these: {answer}.",
    code="""
answer = 0
for holders, belief in enumerate(sorted(g.beliefs, reverse=True), start=1):
    answer = max(answer, min(belief, holders * g.purse / g.alpha))""",
    further="With twice the alpha to hold, less hopeful people would be needed, and the price "
    "would be lower, though nobody's belief has changed.",
)
