"""Exercises of lesson 06 that ask why, or what would change."""

from __future__ import annotations

from dtao_edu.engine import emission
from dtao_edu.practice.exercise.draw import Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion, Option, choice
from dtao_edu.practice.text import show


def _alpha(g: Given) -> float:
    """Ask the engine how much alpha the first subnet's TAO is worth."""
    share = emission.price_shares([g.first, g.second, g.third])[0]
    return float(emission.injection(1.0, share, g.first, float("inf")).alpha_in)


CAP = Exercise(
    id="06.5",
    title="Where the cap binds",
    question=choice(
        none=Option("In none of them.", lambda g: _alpha(g) <= 1),
        all=Option(
            "In all of them.",
            lambda g: False,
            "one TAO asks for more than one alpha",
            lambda g, answer: (
                f"All pools together get 1 TAO, and the prices sum to "
                f"{show(g.first + g.second + g.third, 3)}. With one alpha from each, what is that "
                "alpha worth?"
            ),
        ),
        dear=Option(
            "Only in the dearest.",
            lambda g: False,
            "the dear need most alpha",
            lambda g, answer: (
                "A dear alpha takes more TAO, and is also dearer: divide its share by its price. "
                f"For {g.first} you get {show(_alpha(g), 3)} alpha; now do another one."
            ),
        ),
        cheap=Option(
            "Only in the cheapest.",
            lambda g: False,
            "the cheap need most alpha",
            lambda g, answer: (
                "A cheap alpha gives more for a TAO, but the subnet gets less TAO. For "
                f"{g.first} you get {show(_alpha(g), 3)} alpha; now do another one."
            ),
        ),
    ),
    objective="tell from the sum of prices whether the cap binds",
    needs=("injection", "price share"),
    why=True,
    draw=lambda draw: {
        "first": draw.whole(40, 80) / 100,
        "second": draw.whole(30, 60) / 100,
        "third": draw.whole(35, 70) / 100,
    },
    text="Three subnets have prices {first}, {second} and {third} TAO, and these are also what "
    "their shares are made of. A block issues 1 TAO; into each pool at most 1 alpha may enter. In "
    "which subnets does that cap bind?",
    hints=(
        "alpha_in is share over price. What is left of the price in it?",
        "Share over price is one over the sum of all prices: the same for every subnet.",
    ),
    solution="Each pool would get 1 / (sum of prices) alpha, the same for all. The sum is above 1, "
    "so that is less than 1. {answer}",
    code="""
share = dtao_edu.engine.emission.price_shares([g.first, g.second, g.third])[0]
answer = "In none of them." if share / g.first <= 1 else "In all of them."
""",
    further="With a sum below 1 the cap would bind in all of them at once.",
)


PAID = Exercise(
    id="06.6",
    title="Where the TAO goes",
    question=choice(
        pool=Option("Into the subnet's pool.", lambda g: True),
        miners=Option(
            "To the miners, for their work.",
            lambda g: False,
            "miners are paid TAO",
            lambda g, answer: (
                f"Look at the balances after the block: tao_in has grown by all of the {g.tao} "
                "TAO. "
                "A miner's pay is in another token."
            ),
        ),
        holders=Option(
            "To all who hold alpha, by their stake.",
            lambda g: False,
            "holders are paid TAO",
            lambda g, answer: (
                f"Were {g.tao} TAO paid out to holders, tao_in would not grow. Look at the "
                "balances "
                "after a block."
            ),
        ),
        owner=Option(
            "To the owner, who shares it out.",
            lambda g: False,
            "the owner is paid TAO",
            lambda g, answer: (
                f"So it was in part before February 2025. Since then all of the {g.tao} TAO can be "
                "found in one of the three balances."
            ),
        ),
    ),
    objective="say who receives the TAO of a block",
    needs=("injection", "emission", "alpha_out"),
    why=True,
    draw=lambda draw: {"netuid": draw.whole(1, 80), "tao": draw.whole(5, 80) / 1000},
    text="By its price subnet {netuid} gets {tao} TAO of a block. Where does this TAO go?",
    hints=(
        "Which of the three balances is counted in TAO?",
        "People receive another token, and sell it if they want TAO.",
    ),
    solution="tao_in is the one balance in TAO, and it grows by the whole amount. People receive "
    "alpha_out. {answer}",
    code='answer = "Into the subnet\'s pool."',
    further="Whoever wants TAO sells alpha to that pool: the TAO reaches people by their sales.",
)


def _beside(g: Given, block_emission: float) -> float:
    """Ask the engine for the alpha of a block that issues so much TAO."""
    return float(emission.injection(block_emission, g.share, g.price, 1.0).alpha_in)


def _priced(g: Given, answer: float) -> str:
    return (
        f"Beside {show(0.5 * g.share)} TAO your {show(answer, 4)} alpha would enter at "
        f"{show(0.5 * g.share / answer, 4)} TAO an alpha; the price is {g.price}."
    )


HALVED = Exercise(
    id="06.7",
    title="After the halving of TAO",
    question=NumberQuestion("alpha", digits=4),
    objective="say what the halving of TAO does to a pool",
    needs=("block emission", "injection", "alpha_in"),
    why=True,
    draw=lambda draw: {"share": draw.whole(5, 19) / 1000, "price": draw.number(0.03, 0.2)},
    text="In December 2025 the TAO of a block fell from 1 to 0.5; no alpha had halved. A subnet's "
    "share stays {share} and its price stays {price} TAO; at most 1 alpha may enter its pool in a "
    "block. How much alpha enters with a block after the halving?",
    right=lambda g: _beside(g, 0.5),
    misconceptions=(
        Misconception(
            "the alpha does not notice",
            lambda g: _beside(g, 1.0),
            lambda g, answer: (
                "That is the alpha of a block before the halving. " + _priced(g, answer)
            ),
        ),
        Misconception(
            "both halved at once",
            lambda g: _beside(g, 0.25),
            lambda g, answer: (
                "You halved twice. Alpha has a clock of its own, and it had not struck. "
                + _priced(g, answer)
            ),
        ),
        Misconception(
            "always the cap",
            lambda g: 1.0,
            lambda g, answer: "One alpha is the most, not the rule. " + _priced(g, answer),
        ),
    ),
    consequence=_priced,
    hints=(
        "How much TAO enters the pool now?",
        "As much alpha enters as keeps the price: what is that TAO worth at the price?",
    ),
    solution="tao_in = 0.5 times the share; alpha_in = tao_in / price, below the cap: {answer}.",
    code="""
answer = dtao_edu.engine.emission.injection(0.5, g.share, g.price, 1.0).alpha_in""",
    further="So a halving of TAO slows the growth of every pool's depth, on both sides.",
)
