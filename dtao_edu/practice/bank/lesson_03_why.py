"""The exercise of lesson 03 that asks why."""

from __future__ import annotations

from dtao_edu.practice.exercise.exercise import Exercise
from dtao_edu.practice.exercise.question_types import Option, choice

MOVE = Exercise(
    id="03.5",
    title="Two moves of stake",
    question=choice(
        second=Option("Only the second.", lambda g: True),
        first=Option(
            "Only the first.",
            lambda g: False,
            "the hotkey decides",
            lambda g, answer: (
                f"After the first move {g.alpha} alpha of subnet 1 are outside the pool, as many "
                "as before. Which pool would have given or taken any?"
            ),
        ),
        both=Option(
            "Both.",
            lambda g: False,
            "a move is always a trade",
            lambda g, answer: (
                f"Before and after the first move Hana has {g.alpha} alpha, of the same token. "
                "Which pool would have traded?"
            ),
        ),
        neither=Option(
            "Neither.",
            lambda g: False,
            "a move is never a trade",
            lambda g, answer: (
                f"In the end Hana holds alpha of subnet {g.netuid} and none of subnet 1. Those are "
                "two tokens; somebody must have exchanged them."
            ),
        ),
    ),
    objective="tell a move between validators from a move between subnets",
    needs=("hotkey", "staking", "unstaking"),
    why=True,
    draw=lambda draw: {"alpha": draw.whole(200, 2000, 100), "netuid": draw.whole(2, 40)},
    text="Hana has {alpha} alpha of subnet 1 on Vera's hotkey. First she moves all of it to "
    "Victor's hotkey in subnet 1. Then she moves it to Victor's hotkey in subnet {netuid}. Which "
    "of the two moves trades with a pool?",
    hints=(
        "Does Hana hold the same token before and after each move?",
        "A pool trades when one token becomes another, and not otherwise.",
    ),
    solution="Within a subnet the hotkey alone changes. Between subnets the alpha is unstaked from "
    "one pool and the TAO is staked into the other. {answer}",
    code='answer = "Only the second."',
    further="A coldkey keeps what it owns in both cases.",
)
