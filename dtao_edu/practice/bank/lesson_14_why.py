"""Exercises of lesson 14 on keys and on hidden trades."""

from __future__ import annotations

from typing import Any

from dtao_edu.engine import formulas
from dtao_edu.engine.pool import Pool
from dtao_edu.practice.exercise.draw import Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import Option, TableQuestion, choice
from dtao_edu.practice.text import show

KEYS = ("child", "parent")


def _shared(g: Given) -> list[float]:
    child = float(formulas.child_dividend(g.alpha, g.parent / 100, g.take / 100))
    return [child, g.alpha - child]


def _keeps(g: Given, answer: Any) -> str:
    return (
        f"Your child keeps {show(answer['child'], 4)} and your parent gets "
        f"{show(answer['parent'], 4)}, {show(answer['child'] + answer['parent'], 4)} together. Try "
        f"a take of 0: then each should have what its own stake earned, {100 - g.parent} and "
        f"{g.parent} percent."
    )


CHILD = Exercise(
    id="14.5",
    title="A child and its parent",
    question=TableQuestion(KEYS, unit="alpha", digits=4),
    objective="share a child hotkey's dividends with its parent",
    needs=("child hotkey", "take", "dividend", "stake weight"),
    draw=lambda draw: {
        "alpha": draw.whole(20, 90) * 10,
        "parent": draw.whole(30, 70, 5),
        "take": draw.whole(5, 18),
    },
    text="A child hotkey earns {alpha} alpha of dividends. {parent} % of its stake weight was "
    "lent by a parent that belongs to somebody else, the rest is its own. Its childkey take is "
    "{take} %. How much stays with the child, and how much goes to the parent?",
    right=_shared,
    misconceptions=(
        Misconception(
            "the take on all dividends",
            lambda g: [g.take / 100 * g.alpha, (1 - g.take / 100) * g.alpha],
            _keeps,
        ),
        Misconception(
            "no take between keys",
            lambda g: [(1 - g.parent / 100) * g.alpha, g.parent / 100 * g.alpha],
            lambda g, answer: (
                f"{show(answer['parent'], 4)} alpha for the parent leave nothing for the work of "
                f"the child: its take of {g.take} % would change nothing."
            ),
        ),
        Misconception(
            "the child's own part taken too",
            lambda g: [
                (1 - g.parent / 100) * (1 - g.take / 100) * g.alpha,
                (1 - (1 - g.parent / 100) * (1 - g.take / 100)) * g.alpha,
            ],
            lambda g, answer: (
                f"{_keeps(g, answer)} With a higher take your child would have less: with 18 "
                "percent "
                f"{show((1 - g.parent / 100) * 0.82 * g.alpha, 3)} alpha."
            ),
        ),
    ),
    consequence=_keeps,
    hints=(
        "Whose stake earned which part?",
        "The take is a part of what the parent's stake earned, and of nothing else.",
    ),
    solution="The parent's stake earned {parent} % of {alpha}; the child takes {take} % of that "
    "and has what its own stake earned. {answer}",
    code="""
earned = g.alpha * g.parent / 100
taken = earned * g.take / 100
answer = {"child": g.alpha - earned + taken, "parent": earned - taken}
""",
    further="Then the parent's own validator take is taken from what it got, and its stakers share "
    "the rest: two takes, one after the other.",
)


def _alone(g: Given) -> float:
    return float(Pool(g.tao_in, g.alpha_in).stake(g.tao).slippage_percent)


def _after(g: Given) -> float:
    pool = Pool(g.tao_in, g.alpha_in).stake(g.front).after
    return float(
        100 * (1 - pool.stake(g.tao).received / (g.tao / formulas.price(g.tao_in, g.alpha_in)))
    )


SHIELD = Exercise(
    id="14.6",
    title="A hidden trade",
    question=choice(
        order=Option(
            "Nobody can read it and trade around it before it is in order.",
            lambda g: _after(g) > _alone(g),
        ),
        slippage=Option(
            "It has no slippage.",
            lambda g: _alone(g) == 0,
            "slippage comes from others only",
            lambda g, answer: (
                f"Let nobody else trade: {g.tao} TAO into {g.tao_in:,} still lose "
                f"{show(_alone(g), 3)} % of the ideal amount. Your own trade moves the price."
            ),
        ),
        earlier=Option(
            "Trades that come before it in the block do not change its price.",
            lambda g: _after(g) == _alone(g),
            "a hidden trade comes first",
            lambda g, answer: (
                f"If by chance {g.front} TAO come before yours, you lose {show(_after(g), 3)} % of "
                f"the ideal amount in place of {show(_alone(g), 3)} %, hidden or not."
            ),
        ),
        fee=Option(
            "It pays no fee.",
            lambda g: False,
            "hiding is paid by the fee",
            lambda g, answer: (
                f"The fee is 33/65535 of what goes in: {show(g.tao * 33 / 65535, 3)} TAO of your "
                f"{g.tao}. The pool takes it, whoever has seen the trade."
            ),
        ),
    ),
    objective="say what hiding a trade does, and what it does not",
    needs=("MEV shield", "slippage", "fee"),
    why=True,
    draw=lambda draw: {
        "tao_in": draw.whole(10, 90) * 100,
        "alpha_in": draw.whole(20, 90) * 10_000,
        "tao": draw.whole(50, 90),
        "front": draw.whole(100, 400, 10),
    },
    text="You stake {tao} TAO into a pool of {tao_in} TAO and {alpha_in} alpha, and send the trade "
    "encrypted (MEV shield). Somebody who could read it would stake {front} TAO right before it "
    "and sell right after. What does hiding it do for you?",
    hints=(
        "What does somebody need to know in order to trade around you?",
        "Your own slippage, the fee and chance are there with it and without it.",
    ),
    solution="Who cannot read a trade cannot place another right before it on purpose. {answer}",
    code='answer = "Nobody can read it and trade around it before it is in order."',
    further="A limit price bounds what any trade before yours can cost you; hiding bounds nothing.",
)
