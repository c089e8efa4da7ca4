"""Exercises of lesson 00, to try the checker on before anything is known."""

from __future__ import annotations

from dtao_edu.engine.units import BLOCKS_PER_DAY, BLOCKS_PER_HOUR, SECONDS_PER_BLOCK
from dtao_edu.practice.exercise.draw import Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion
from dtao_edu.practice.misconceptions import blocks
from dtao_edu.practice.text import show


def _so_long(g: Given, answer: float) -> str:
    """Tell how long so many blocks take."""
    return (
        f"At one every {SECONDS_PER_BLOCK} seconds, {answer:,.6g} blocks take "
        f"{answer * SECONDS_PER_BLOCK / 60:,.6g} minutes, not {g.minutes}."
    )


BLOCKS = Exercise(
    id="00.1",
    title="Blocks in a while",
    question=NumberQuestion("blocks", digits=5),
    objective="use the checker of the exercises",
    needs=("block",),
    draw=lambda draw: {"minutes": draw.whole(35, 290)},
    text=f"A new block comes every {SECONDS_PER_BLOCK} seconds. How many blocks come in "
    "{minutes} minutes?",
    right=lambda g: g.minutes * 60 / SECONDS_PER_BLOCK,
    misconceptions=(
        Misconception(
            "seconds of a block taken for blocks of a minute",
            lambda g: g.minutes * SECONDS_PER_BLOCK,
            lambda g, answer: (
                f"{SECONDS_PER_BLOCK} are the seconds of one block. " + _so_long(g, answer)
            ),
        ),
        blocks.ONE_A_SECOND.but(
            message=lambda g, answer: "These are the seconds. " + _so_long(g, answer)
        ),
        Misconception(
            "minutes divided by the seconds of a block",
            lambda g: g.minutes / SECONDS_PER_BLOCK,
            lambda g, answer: "Minutes were divided by seconds. " + _so_long(g, answer),
        ),
    ),
    consequence=_so_long,
    hints=(
        "How many seconds are {minutes} minutes?",
        f"One block takes {SECONDS_PER_BLOCK} of these seconds.",
    ),
    solution=f"{{minutes}} minutes are {{minutes}} times 60 seconds, and every {SECONDS_PER_BLOCK} "
    "of them bring a block: {answer}.",
    code="answer = g.minutes * 60 / dtao_edu.engine.units.SECONDS_PER_BLOCK",
    further=f"In a day it is {BLOCKS_PER_DAY:,} blocks: a number that many lessons use.",
)


def _so_many(g: Given, answer: float) -> str:
    """Tell how many blocks come in so many hours."""
    return (
        f"An hour has {60 * 60:,} seconds and a block every {SECONDS_PER_BLOCK} of them, so in "
        f"your {show(answer)} hours come {show(answer * BLOCKS_PER_HOUR)} blocks, not "
        f"{g.blocks:,}."
    )


HOURS = Exercise(
    id="00.2",
    title="Hours of blocks",
    question=NumberQuestion("hours", digits=4),
    objective="turn blocks into hours",
    needs=("block",),
    draw=lambda draw: {"blocks": draw.whole(1010, 6990, 10)},
    text="Yesterday evening you noted the number of the newest block. This morning it is {blocks} "
    f"higher. A block comes every {SECONDS_PER_BLOCK} seconds. How many hours have passed?",
    right=lambda g: g.blocks / BLOCKS_PER_HOUR,
    misconceptions=(
        Misconception(
            "the seconds of a block left out",
            lambda g: g.blocks / 3600,
            lambda g, answer: "You counted one second a block. " + _so_many(g, answer),
        ),
        Misconception(
            "minutes given for hours",
            lambda g: g.blocks * SECONDS_PER_BLOCK / 60,
            lambda g, answer: "These are the minutes. " + _so_many(g, answer),
        ),
        Misconception(
            "seconds divided by 60 twice and by 12 once more",
            lambda g: g.blocks / 3600 / SECONDS_PER_BLOCK,
            lambda g, answer: (
                f"A block lasts {SECONDS_PER_BLOCK} seconds, it is not a twelfth of one. "
                + _so_many(g, answer)
            ),
        ),
    ),
    consequence=_so_many,
    hints=(
        "How many seconds do {blocks} blocks take together?",
        "An hour has 60 minutes of 60 seconds.",
    ),
    solution=f"{{blocks}} blocks take {{blocks}} times {SECONDS_PER_BLOCK} seconds, and 3,600 "
    "seconds are an hour: {answer}.",
    code="answer = g.blocks / dtao_edu.engine.units.BLOCKS_PER_HOUR",
    further=f"So an hour has {BLOCKS_PER_HOUR} blocks; the chain's clock counts nothing else.",
)

EXERCISES = (BLOCKS, HOURS)
