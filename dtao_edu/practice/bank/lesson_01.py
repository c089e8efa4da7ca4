"""Exercises of lesson 01, who is paid, and who decides."""

from __future__ import annotations

from functools import cache

from dtao_edu.engine import formulas
from dtao_edu.engine.units import BLOCKS_PER_DAY
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion, Option, choice
from dtao_edu.practice.misconceptions import blocks
from dtao_edu.practice.text import show

VOTE = "2024-10-23"


@cache
def _paid() -> dict[int, float]:
    """Ask the ledger what each subnet was paid in a block, in TAO, after the vote."""
    from dtao_edu import ledger

    paid = ledger.root_emission(VOTE)
    return {n: float(share) for n, share in paid.items() if n and share}


def _draw_paid(draw: Draw) -> dict[str, float]:
    found = [netuid for netuid, share in _paid().items() if share > 0.002]
    netuid = draw.pick(found)
    days = draw.whole(2, 13)
    return {"netuid": netuid, "tao_per_block": round(_paid()[netuid], 6), "days": days}


def _tell(g: Given, answer: float) -> str:
    return (
        f"At {show(answer)} TAO in {g.days} days it would be "
        f"{show(answer / g.days / BLOCKS_PER_DAY)} TAO a block; the ledger says {g.tao_per_block}."
    )


A_DAY = Exercise(
    id="01.1",
    title="What a subnet was paid in some days",
    question=NumberQuestion("TAO", digits=5),
    objective="turn pay per block into pay per day",
    needs=("emission", "block", "subnet"),
    real=True,
    draw=_draw_paid,
    text="After the vote of 23 October 2024 the chain paid {tao_per_block} TAO to subnet {netuid} "
    "in every block. A block comes every 12 seconds. How many TAO is that in {days} days?",
    right=lambda g: float(formulas.pending(g.tao_per_block, g.days * BLOCKS_PER_DAY)),
    misconceptions=(
        Misconception(
            "one block a minute",
            lambda g: g.days * g.tao_per_block * 24 * 60,
            lambda g, answer: "You counted one block a minute. " + _tell(g, answer),
        ),
        blocks.ONE_A_SECOND.but(
            lambda g: g.days * g.tao_per_block * 24 * 3600,
            lambda g, answer: "You counted one block a second. " + _tell(g, answer),
        ),
        Misconception(
            "one day only",
            lambda g: g.tao_per_block * BLOCKS_PER_DAY,
            lambda g, answer: "These are the blocks of one day. " + _tell(g, answer),
        ),
        Misconception(
            "one block a day",
            lambda g: g.days * g.tao_per_block,
            lambda g, answer: "You counted one block a day. " + _tell(g, answer),
        ),
    ),
    consequence=_tell,
    hints=(
        "How many seconds has a day, and how many of them does one block take?",
        "Pay of one block, times the blocks of a day, times how many days?",
    ),
    solution="A day has 24 * 60 * 60 = 86,400 seconds, which is 7,200 blocks of 12 seconds. "
    "{tao_per_block} TAO times 7,200, times {days} days, is {answer}.",
    code="answer = g.days * g.tao_per_block * dtao_edu.engine.units.BLOCKS_PER_DAY",
    further="This is a subnet's pay; what its owner, its miners and its validators got of it is "
    "lesson 09.",
)

WHO = Exercise(
    id="01.2",
    title="Who is it?",
    question=choice(
        validator=Option("A validator.", lambda g: True),
        miner=Option(
            "A miner.",
            lambda g: False,
            "a miner measures",
            lambda g, answer: (
                f"A miner does the work. Number {g.miner} is one: it answered the questions. Who "
                "asked them?"
            ),
        ),
        owner=Option(
            "The owner.",
            lambda g: False,
            "the owner measures",
            lambda g, answer: (
                f"An owner says what the work of subnet {g.netuid} is. Judging it day by day is "
                "somebody else's task."
            ),
        ),
        delegator=Option(
            "A delegator.",
            lambda g: False,
            "a delegator measures",
            lambda g, answer: (
                f"A delegator lends stake and needs no computer in subnet {g.netuid}. Whom does a "
                "delegator lend it to?"
            ),
        ),
    ),
    objective="tell miner, validator, owner and delegator apart",
    needs=("miner", "validator", "owner", "delegator"),
    draw=lambda draw: {"netuid": draw.whole(1, 52), "miner": draw.whole(2, 250)},
    text="In subnet {netuid} somebody asked every computer the same questions, read the answers, "
    "and wrote down: number {miner} did best today. Who wrote that?",
    hints=(
        "Four people, four verbs: work, measure, set the task, lend.",
        "Which of the four verbs stands in the question, in other words?",
    ),
    solution="To ask, to read and to write down who did well is to measure: {answer}",
    code='answer = "A validator."',
    further="One person may be several of these at once, and many are.",
)


WHY = Exercise(
    id="01.3",
    title="Why somebody must decide",
    question=choice(
        unseen=Option("The chain cannot see the work it pays for.", lambda g: True),
        equal=Option(
            "It could, by giving each subnet the same; nobody has asked for it.",
            lambda g: False,
            "equal pay",
            lambda g, answer: (
                f"With equal pay each subnet would get one of {g.subnets} equal parts of the sum, "
                "whatever it does. Look at the two pictures of the lesson: pay was far "
                "from equal, under both rules."
            ),
        ),
        scarce=Option(
            "Without a decision no TAO could be issued at all.",
            lambda g: False,
            "issuing and dividing taken for one thing",
            lambda g, answer: (
                "How much is issued follows from what was issued before, with no vote and no "
                f"price. The question is only how it is divided among {g.subnets}."
            ),
        ),
    ),
    objective="say why the division among subnets has to be decided",
    needs=("emission", "subnet", "validator"),
    why=True,
    draw=lambda draw: {"subnets": draw.whole(40, 60)},
    text="{subnets} subnets do quite different work, and a block brings one sum for all of them. "
    "Why can the chain not compute by itself what each deserves?",
    hints=(
        "What does a block contain: work, or numbers about work?",
        "Who wrote those numbers?",
    ),
    solution="Blocks hold numbers that people wrote, not the work itself. What the numbers should "
    "be is a judgement, and somebody or something must make it: {answer}",
    code='answer = "The chain cannot see the work it pays for."',
    further="A vote and a market are two ways to collect judgements; neither sees the work.",
)

EXERCISES = (A_DAY, WHO, WHY)
