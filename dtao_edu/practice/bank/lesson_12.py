"""Exercises of lesson 12, when the rules change."""

from __future__ import annotations

from typing import Any

from dtao_edu.engine import formulas
from dtao_edu.engine.pool import Pool
from dtao_edu.practice.bank.lesson_12_days import FLOW_DAY, HHI
from dtao_edu.practice.bank.lesson_12_why import BURN, WHEN_PAID
from dtao_edu.practice.bank.real_data import draw_pool
from dtao_edu.practice.exercise.code_types import FunctionQuestion
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion, TableQuestion
from dtao_edu.practice.text import show

CAMPS = ("A", "B", "C", "D")


def _flows(g: Given) -> list[float]:
    return [float(g[name.lower()]) for name in CAMPS]


def _divided(weights: list[float]) -> list[float]:
    return [float(formulas.share(weight, sum(weights))) for weight in weights]


def _by_flow(g: Given) -> list[float]:
    limit = formulas.flow_limit(min(_flows(g)), 0)
    return _divided([formulas.flow_weight(flow, limit, 1) for flow in _flows(g)])


def _from_lowest(g: Given, more: float = 0) -> list[float]:
    """Measure from the lowest flow, after so much more has left C."""
    flows = [flow - more * (name == "C") for name, flow in zip(CAMPS, _flows(g), strict=True)]
    return _divided([flow - min(flows) for flow in flows])


def _sums(answer: Any) -> str:
    return f"Your four shares sum to {show(sum(answer.values()), 4)}."


def _leavers(g: Given, answer: Any) -> str:
    return (
        f"{_sums(answer)} And C, which {-g.c} TAO leave every day, has {show(answer['C'], 4)} from "
        "you."
    )


FLOW = Exercise(
    id="12.1",
    title="Shares by flow",
    question=TableQuestion(CAMPS, unit="share", digits=4),
    objective="compute shares by flow with a lower limit",
    needs=("TAO flow", "stake", "emission share"),
    draw=lambda draw: {
        "a": draw.whole(400, 900, 10),
        "b": draw.whole(100, 350, 10),
        "c": -draw.whole(60, 300, 10),
        "d": draw.whole(30, 90, 5),
    },
    text="Rules of December 2025, lower limit 0, exponent 1. The smoothed flows of four subnets "
    "are, in TAO a day: A {a}, B {b}, C {c}, D {d}. What is the share of each?",
    right=_by_flow,
    misconceptions=(
        Misconception(
            "an outflow as a negative share",
            lambda g: _divided(_flows(g)),
            lambda g, answer: (
                f"{_leavers(g, answer)} A block would have to take TAO out of C's pool to give it "
                "to the others."
            ),
        ),
        Misconception(
            "flow without its sign",
            lambda g: _divided([abs(flow) for flow in _flows(g)]),
            lambda g, answer: (
                f"{_leavers(g, answer)} If twice as much left, C would get more from you."
            ),
        ),
        Misconception(
            "the outflow taken off the sum",
            lambda g: [max(flow, 0) / sum(_flows(g)) for flow in _flows(g)],
            lambda g, answer: (
                f"{_sums(answer)} You pay C nothing, but let its {g.c} lower what the others are "
                "measured by."
            ),
        ),
        Misconception(
            "measured from the lowest flow",
            _from_lowest,
            lambda g, answer: (
                f"You took {g.c} for the limit. If 100 TAO a day more left C, D's share would rise "
                f"from {show(answer['D'], 4)} to {show(_from_lowest(g, 100)[3], 4)} in your books, "
                "though nobody joined D."
            ),
        ),
    ),
    consequence=lambda g, answer: _sums(answer),
    hints=(
        "What counts of a flow below the limit?",
        "First what counts of each flow, then each over the sum of what counts.",
    ),
    solution="C counts 0. The sum of what counts is {a} + {b} + {d}. {answer}",
    code="""
formulas = dtao_edu.engine.formulas
flows = {"A": g.a, "B": g.b, "C": g.c, "D": g.d}
limit = formulas.flow_limit(min(flows.values()), 0)
weights = {name: formulas.flow_weight(flow, limit, 1) for name, flow in flows.items()}
answer = {name: formulas.share(weight, sum(weights.values())) for name, weight in weights.items()}
""",
    further="With another limit in the chain's storage C might get something: we know only the "
    "code's default.",
)

PARTS = ("TAO enters", "TAO buys", "alpha bought")


def _draw_young(draw: Draw) -> dict[str, Any]:
    tao_in, alpha_in = draw.whole(12, 40) / 100, draw.whole(8, 14)
    times = draw.whole(50, 80) / 10
    return {
        "tao_in": tao_in,
        "alpha_in": alpha_in,
        "tao": float(f"{times * tao_in / alpha_in:.3g}"),
    }


def _spent(g: Given) -> list[float]:
    price = Pool(g.tao_in, g.alpha_in).price
    enters = formulas.value(formulas.alpha_injection(g.tao, price, 1), price)
    return [enters, g.tao - enters, Pool(g.tao_in, g.alpha_in).stake(g.tao - enters).received]


def _books(g: Given, answer: Any) -> str:
    enters, buys, bought = (answer[name] for name in PARTS)
    product = (g.tao_in + buys) * (g.alpha_in - bought)
    return (
        f"In your books {show(enters + buys, 4)} TAO are used, of {g.tao}; and the purchase alone "
        f"turns a product of reserves of {show(g.tao_in * g.alpha_in, 5)} into {show(product, 5)}."
    )


CHAIN_BUY = Exercise(
    id="12.2",
    title="TAO beyond the cap",
    question=TableQuestion(PARTS, units_by_row=("TAO", "TAO", "alpha"), digits=4),
    objective="split a subnet's TAO into injection and chain buy",
    needs=("chain buy", "injection", "alpha_in", "constant product"),
    draw=_draw_young,
    text="Rules of 10 November 2025 (spec 342). A very young pool holds {tao_in} TAO and "
    "{alpha_in} alpha. Its subnet's part of a block is {tao} TAO; at most 1 alpha may enter. How "
    "much TAO enters at the price, how much TAO buys alpha, and how much alpha does it buy? The "
    "purchase meets the reserves as they stood.",
    right=_spent,
    misconceptions=(
        Misconception(
            "the launch rule: all TAO enters",
            lambda g: [g.tao, 0.0, 0.0],
            lambda g, answer: (
                f"At the price, {g.tao} TAO need {show(g.tao * g.alpha_in / g.tao_in, 4)} alpha "
                "beside them, and 1 may enter. Then the injection itself would lift the price to "
                f"{show((g.tao_in + g.tao) / (g.alpha_in + 1), 4)} TAO, as at the launch."
            ),
        ),
        Misconception(
            "the purchase at the spot price",
            lambda g: [*_spent(g)[:2], _spent(g)[1] * g.alpha_in / g.tao_in],
            lambda g, answer: "Your purchase does not move the price. " + _books(g, answer),
        ),
        Misconception(
            "the purchase after the injection",
            lambda g: [
                *_spent(g)[:2],
                Pool(g.tao_in + _spent(g)[0], g.alpha_in + 1).stake(_spent(g)[1]).received,
            ],
            lambda g, answer: (
                f"You let the injection come first and bought from {g.alpha_in + 1} alpha. "
                + _books(g, answer)
            ),
        ),
        Misconception(
            "all the TAO buys",
            lambda g: [_spent(g)[0], g.tao, Pool(g.tao_in, g.alpha_in).stake(g.tao).received],
            lambda g, answer: "You spent a part of the TAO twice. " + _books(g, answer),
        ),
    ),
    consequence=_books,
    hints=(
        "How much TAO is the alpha worth that may enter, at the price of the pool?",
        "That much TAO enters. What is left is a stake like any other, without a fee.",
    ),
    solution="The price is {tao_in} / {alpha_in}. The TAO is worth more than 1 alpha, so 1 alpha "
    "enters, with the TAO that it is worth. The rest buys: alpha_in times rest over (tao_in + "
    "rest). {answer}",
    code="""
formulas, pool = dtao_edu.engine.formulas, Pool(g.tao_in, g.alpha_in)
enters = formulas.value(formulas.alpha_injection(g.tao, pool.price, 1), pool.price)
answer = [enters, g.tao - enters, pool.stake(g.tao - enters).received]""",
    further="At first such alpha was recycled; since June 2026 the protocol keeps it.",
)


def _draw_share(draw: Draw) -> dict[str, Any]:
    return {"share": draw.number(0.001, 0.1), "bar": draw.number(0.002, 0.05)}


def _passed(g: Given, share: float) -> float:
    return float(formulas.gate_weight(share, g.bar, 3))


def _half(g: Given, at_bar: float) -> str:
    return (
        f"Try a share that is the bar itself, {g.bar}: half of it should pass, and your function "
        f"gives {show(at_bar, 4)}."
    )


GATE = Exercise(
    id="12.4",
    title="Behind the gate",
    question=FunctionQuestion("behind_the_gate", ("share", "bar"), unit="share"),
    objective="write the gate as a function of share and bar",
    needs=("emission gate", "emission share"),
    draw=_draw_share,
    text="Write a function that takes a share and the bar, both from 0 to 1, and returns what of "
    "the share passes the gate of July 2026, before all are divided anew. The power is 3.",
    right=lambda g: _passed(g, g.share),
    misconceptions=(
        Misconception(
            "the part that passes, not what passes",
            lambda g: _passed(g, g.share) / g.share,
            lambda g, answer: _half(g, 0.5) + " That is more than there was.",
        ),
        Misconception(
            "only what is below the bar cut",
            lambda g: g.share if g.share >= g.bar else _passed(g, g.share),
            lambda g, answer: (
                f"Above the bar of {show(g.bar)} you let all of it pass. The gate is one smooth "
                "curve: it takes something off on both sides of the bar."
            ),
            later=True,
        ),
        Misconception(
            "below the bar only the cube of the quotient passes",
            lambda g: g.share * min(1.0, g.share / g.bar) ** 3,
            lambda g, answer: (
                f"At the bar of {show(g.bar)} your function lets all of it pass, and above it too. "
                "The gate is one smooth curve: it takes something off on both sides of the bar."
            ),
            later=True,
        ),
        Misconception(
            "a plain cut",
            lambda g: g.share if g.share >= g.bar else 0.0,
            lambda g, answer: (
                "You let all pass at the bar and nothing below it. " + _half(g, g.bar)
            ),
        ),
        Misconception(
            "bar and share changed about",
            lambda g: g.share - _passed(g, g.share),
            lambda g, answer: (
                f"Ten times the bar is {show(10 * g.bar, 4)}. Nearly all of it should pass; "
                f"your function lets {show(10 * g.bar - _passed(g, 10 * g.bar), 4)} through."
            ),
        ),
        Misconception(
            "the power left out",
            lambda g: g.share / (1 + g.bar / g.share),
            lambda g, answer: (
                f"At half the bar, {show(g.bar / 2, 4)}, your function lets "
                f"{show(g.bar / 6, 4)} through, a third of it; in the table of the lesson it is "
                "about a ninth."
            ),
        ),
    ),
    hints=(
        "How far is the bar above the share? Write that as a quotient.",
        "Raise the quotient to the third power and add 1: the share is divided by this.",
    ),
    solution="`share / (1 + (bar / share)**3)`; the engine has it as `gate_weight`.",
    code="""
def behind_the_gate(share, bar):
    return dtao_edu.engine.formulas.gate_weight(share, bar, 3)""",
    further="What is cut here goes to the others when all are divided anew: nothing is withheld.",
)


def _draw_gift(draw: Draw) -> dict[str, Any]:
    row = draw_pool(draw, (0.1, 0.9))
    return {name: row[name] for name in ("netuid", "tao_in", "alpha_in", "tao")}


def _weight(g: Given) -> float:
    price = Pool(g.tao_in, g.alpha_in).price
    return float(formulas.opening_weight(g.tao_in + g.tao, g.alpha_in, price))


def _price_with(g: Given, answer: float) -> str:
    if not 0 < answer < 1:
        return "The two weights are above 0 and sum to 1."
    price = formulas.weighted_price(g.tao_in + g.tao, g.alpha_in, answer)
    return (
        f"With {show(answer, 4)} for TAO, and the rest up to 1 for alpha, the price is now "
        f"{show(price, 5)} TAO; it was {show(g.tao_in / g.alpha_in, 5)}."
    )


WEIGHT = Exercise(
    id="12.5",
    title="A gift without a companion",
    question=NumberQuestion("share", digits=4),
    objective="find the weight that keeps a price",
    needs=("weighted pool", "reserve", "price"),
    real=True,
    draw=_draw_gift,
    text="On 17 April 2025 the pool of subnet {netuid} held {tao_in} TAO and {alpha_in} alpha. "
    "Take it as a weighted pool, both weights one half. Now {tao} TAO enter, and no alpha. What "
    "must the weight of TAO become, so that the price stays?",
    right=_weight,
    misconceptions=(
        Misconception(
            "weights that never move",
            lambda g: 0.5,
            lambda g, answer: "Then it is an ordinary pool. " + _price_with(g, answer),
        ),
        Misconception(
            "the weight of the other side",
            lambda g: 1 - _weight(g),
            lambda g, answer: (
                "There is more TAO now, and you gave it less weight. " + _price_with(g, answer)
            ),
        ),
        Misconception(
            "the weight grown like the reserve",
            lambda g: 0.5 * (g.tao_in + g.tao) / g.tao_in,
            lambda g, answer: (
                "You let one weight grow and forgot that the other must shrink: they sum to 1. "
                + _price_with(g, answer)
            ),
        ),
        Misconception(
            "both tokens counted alike",
            lambda g: (g.tao_in + g.tao) / (g.tao_in + g.tao + g.alpha_in),
            lambda g, answer: (
                "You added TAO and alpha as if one were worth one. " + _price_with(g, answer)
            ),
        ),
    ),
    consequence=_price_with,
    hints=(
        "The price is TAO over its weight, divided by alpha over its weight. It was tao_in over "
        "alpha_in.",
        "Value the alpha in TAO at the old price. What part of all is TAO then?",
    ),
    solution="The alpha is worth {tao_in} TAO at the old price. So the weight is ({tao_in} + "
    "{tao}) / ({tao_in} + {tao} + {tao_in}) = {answer}.",
    code="""
price = Pool(g.tao_in, g.alpha_in).price
answer = dtao_edu.engine.formulas.opening_weight(g.tao_in + g.tao, g.alpha_in, price)""",
    further="The chain keeps each weight between 0.01 and 0.99, and in practice near one half.",
)

EXERCISES = (FLOW, CHAIN_BUY, BURN, GATE, WEIGHT, WHEN_PAID, HHI, FLOW_DAY)
