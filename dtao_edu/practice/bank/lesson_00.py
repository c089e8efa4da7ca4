"""One exercise of lesson 00, to try the checker on before anything is known."""

from __future__ import annotations

from dtao_edu.engine.units import BLOCKS_PER_DAY, SECONDS_PER_BLOCK
from dtao_edu.practice.exercise.draw import Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion
from dtao_edu.practice.misconceptions import blocks


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
    minutes=2,
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

EXERCISES = (BLOCKS,)
