"""Exercises of lesson 09 that ask why, or what would change."""

from __future__ import annotations

from dtao_edu.engine import emission, formulas
from dtao_edu.practice.exercise.draw import Given
from dtao_edu.practice.exercise.exercise import Exercise
from dtao_edu.practice.exercise.question_types import Option, choice
from dtao_edu.practice.text import show


def _root(g: Given, alpha: float) -> float:
    return float(formulas.root_proportion(g.root * 1_000_000, alpha, 0.18))


FADES = Exercise(
    id="09.5",
    title="Why root's part falls",
    question=choice(
        issued=Option("New alpha is issued, whoever holds it.", lambda g: True),
        leave=Option(
            "Stakers leave root.",
            lambda g: False,
            "falling parts mean leaving people",
            lambda g, answer: (
                f"Here root stays at {g.root} million TAO, and the proportion still goes from "
                f"{show(_root(g, g.before), 3)} to {show(_root(g, g.after), 3)}."
            ),
        ),
        price=Option(
            "The price of the alpha rises.",
            lambda g: False,
            "the price in the proportion",
            lambda g, answer: (
                f"Look for a price in it: {g.root} million TAO times 0.18, over the same plus "
                f"{g.after:,} alpha. It counts alpha, not what alpha costs."
            ),
        ),
        weight=Option(
            "The TAO weight falls from year to year.",
            lambda g: False,
            "the weight changes",
            lambda g, answer: (
                f"With 0.18 before and after, the proportion goes from "
                f"{show(_root(g, g.before), 3)} "
                f"to {show(_root(g, g.after), 3)}."
            ),
        ),
    ),
    objective="say why the root proportion falls",
    needs=("root proportion", "TAO weight", "alpha issuance"),
    why=True,
    draw=lambda draw: {
        "root": draw.whole(45, 65) / 10,
        "before": draw.whole(3, 9) * 100_000,
        "after": draw.whole(11, 19) * 100_000,
    },
    text="Root holds {root} million TAO, and in this exercise nobody moves it. The alpha "
    "issuance of "
    "a subnet grows from {before} to {after}. Its root proportion falls. Why?",
    hints=(
        "Which of the numbers in the proportion changed here?",
        "The whole has grown, and root's weight has not.",
    ),
    solution="w R / (w R + A + O): only the alpha has changed, and it is in the whole. {answer}",
    code='answer = "New alpha is issued, whoever holds it."',
    further="So old stake loses its say by issuance alone, without a decision.",
)


def _hands(g: Given, r: float) -> emission.Split[float]:
    return emission.split(float(g.alpha), r)


TAKER = Exercise(
    id="09.6",
    title="Who feels it",
    question=choice(
        validators=Option("Validators and their alpha stakers.", lambda g: True),
        miners=Option(
            "Miners.",
            lambda g: False,
            "root takes from miners",
            lambda g, answer: (
                f"Ask for both splits: miners have {show(_hands(g, g.low).miners, 4)} alpha with "
                f"{g.low}, and with {g.high} {show(_hands(g, g.high).miners, 4)}."
            ),
        ),
        owner=Option(
            "The owner.",
            lambda g: False,
            "root takes from the owner",
            lambda g, answer: (
                f"The owner has {show(_hands(g, g.low).owner, 4)} alpha with {g.low}, and with "
                f"{g.high} {show(_hands(g, g.high).owner, 4)}: the owner is served first."
            ),
        ),
        all=Option(
            "All three, each in proportion.",
            lambda g: False,
            "root takes from all",
            lambda g, answer: (
                f"Ask for both splits and look at the miners: {show(_hands(g, g.low).miners, 4)} "
                f"alpha with {g.low}, {show(_hands(g, g.high).miners, 4)} with {g.high}."
            ),
        ),
    ),
    objective="say whom a larger root proportion costs",
    needs=("root proportion", "dividend", "incentive", "owner cut"),
    why=True,
    draw=lambda draw: {
        "alpha": draw.whole(10, 72) * 100,
        "low": draw.whole(10, 40) / 100,
        "high": draw.whole(50, 90) / 100,
    },
    text="{alpha} alpha_out are minted. If the root proportion were {high} and not {low}, root "
    "would "
    "receive more. Who would receive less?",
    hints=(
        "The owner is served first, then the rest is halved.",
        "In which half does root share?",
    ),
    solution="Root shares in the dividends, not in the incentive and not in the owner's part. "
    "{answer}",
    code='answer = "Validators and their alpha stakers."',
    further="That is the factor one half in the engine's formula for root's alpha.",
)
