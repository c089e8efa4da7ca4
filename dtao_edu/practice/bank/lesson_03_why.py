"""The exercise of lesson 03 that asks why."""

from __future__ import annotations

from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import ChoiceQuestion, Option

MOVE = Exercise(
    id="03.5",
    title="Two moves of stake",
    question=ChoiceQuestion(
        {
            "second": Option("Only the second.", lambda g: True),
            "first": Option("Only the first.", lambda g: False),
            "both": Option("Both.", lambda g: False),
            "neither": Option("Neither.", lambda g: False),
        }
    ),
    objective="tell a move between validators from a move between subnets",
    needs=("hotkey", "staking", "unstaking"),
    why=True,
    draw=lambda draw: {"alpha": draw.whole(200, 2000, 100), "netuid": draw.whole(2, 40)},
    text="Hana has {alpha} alpha of subnet 1 on Vera's hotkey. First she moves all of it to "
    "Victor's hotkey in subnet 1. Then she moves it to Victor's hotkey in subnet {netuid}. Which "
    "of the two moves trades with a pool?",
    misconceptions=(
        Misconception(
            "the hotkey decides",
            lambda g: "first",
            lambda g, answer: (
                f"After the first move {g.alpha} alpha of subnet 1 are outside the pool, as many "
                "as before. Which pool would have given or taken any?"
            ),
        ),
        Misconception(
            "a move is always a trade",
            lambda g: "both",
            lambda g, answer: (
                f"Before and after the first move Hana has {g.alpha} alpha, of the same token. "
                "Which pool would have traded?"
            ),
        ),
        Misconception(
            "a move is never a trade",
            lambda g: "neither",
            lambda g, answer: (
                f"In the end Hana holds alpha of subnet {g.netuid} and none of subnet 1. Those are "
                "two tokens; somebody must have exchanged them."
            ),
        ),
    ),
    hints=(
        "Does Hana hold the same token before and after each move?",
        "A pool trades when one token becomes another, and not otherwise.",
    ),
    solution="Within a subnet the hotkey alone changes. Between subnets the alpha is unstaked from "
    "one pool and the TAO is staked into the other. {answer}",
    code='answer = "Only the second."',
    further="A coldkey keeps what it owns in both cases.",
)
