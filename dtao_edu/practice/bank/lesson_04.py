"""Exercises of lesson 04, deriving the price."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dtao_edu.engine import formulas
from dtao_edu.engine.pool import Pool, Trade
from dtao_edu.practice.bank.real_data import draw_pool
from dtao_edu.practice.exercise.code_types import ExpressionQuestion, FunctionQuestion
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import (
    NumberQuestion,
    Option,
    TableQuestion,
    choice,
)
from dtao_edu.practice.misconceptions import trades
from dtao_edu.practice.text import show


def _stake(draw: Draw) -> Mapping[str, Any]:
    tao_in = draw.number(200, 9000)
    alpha_in = float(f"{tao_in * draw.number(2.5, 40):.3g}")
    tao = float(f"{tao_in * draw.number(0.08, 0.6):.2g}")
    return {"tao_in": tao_in, "alpha_in": alpha_in, "tao": tao}


def _unstake(draw: Draw) -> Mapping[str, Any]:
    tao_in, alpha_in, tao = _stake(draw).values()
    alpha = float(f"{alpha_in * tao / tao_in:.2g}")
    return {"tao_in": tao_in, "alpha_in": alpha_in, "alpha": alpha}


def _after(g: Given) -> float:
    """Ask the engine for the spot price after the stake."""
    return float(Pool(g.tao_in, g.alpha_in).stake(g.tao).after.price)


def _left(g: Given, left: float) -> str:
    """Tell what the reserves would multiply to with so much alpha left."""
    return (
        f"With {show(left)} alpha left, the reserves would multiply to "
        f"{show((g.tao_in + g.tao) * left)}; before the stake it was {show(g.tao_in * g.alpha_in)}."
    )


LEFT = Exercise(
    id="04.1",
    title="What the invariant leaves",
    question=NumberQuestion("alpha", digits=5),
    objective="find a reserve after a trade from the invariant",
    needs=("invariant", "reserve", "staking"),
    draw=_stake,
    text="A pool holds {tao_in} TAO and {alpha_in} alpha. Somebody stakes {tao} TAO, without a "
    "fee. How much alpha is left in the pool?",
    right=lambda g: Pool(g.tao_in, g.alpha_in).stake(g.tao).after.alpha_in,
    misconceptions=(
        Misconception(
            "what comes out, not what stays in the pool",
            lambda g: trades.trade(g).received,
            lambda g, answer: (
                "That much comes out; the question asks what stays. " + _left(g, answer)
            ),
        ),
        trades.SUM_KEPT.but(
            lambda g: g.alpha_in - g.tao,
            lambda g, answer: "One for one keeps the sum of the reserves. " + _left(g, answer),
        ),
        trades.SPOT_PRICE.but(
            lambda g: g.alpha_in * (1 - g.tao / g.tao_in),
            lambda g, answer: "You took alpha out at the spot price. " + _left(g, answer),
        ),
        Misconception(
            "the price kept, not the product",
            lambda g: g.alpha_in * (1 + g.tao / g.tao_in),
            lambda g, answer: (
                f"Your pool has more alpha than before: {show(answer)} instead of "
                f"{show(g.alpha_in)}. Nobody put alpha in. " + _left(g, answer)
            ),
        ),
    ),
    consequence=_left,
    hints=(
        "Write down `tao_in * alpha_in` before the trade. What is it after the trade?",
        "The TAO reserve after the trade is {tao_in} + {tao}. The product is the same as before; "
        "which alpha reserve fits?",
    ),
    solution="The product of the reserves stays: `tao_in * alpha_in = (tao_in + tao) * left`. So "
    "`left = tao_in * alpha_in / (tao_in + tao)` = {answer}.",
    code="answer = Pool(g.tao_in, g.alpha_in).stake(g.tao).after.alpha_in",
    further="What was received is the old reserve minus this one: that is the whole swap formula.",
)

UNSTAKE = Exercise(
    id="04.2",
    title="What an unstake returns, with symbols",
    question=ExpressionQuestion({"tao_in": "T", "alpha_in": "A", "alpha": "a"}),
    objective="derive what an unstake returns from the invariant",
    needs=("invariant", "reserve", "unstaking"),
    draw=_unstake,
    text="Somebody unstakes `alpha` from a pool that holds `tao_in` and `alpha_in`, without a fee. "
    "Derive the TAO received. Write each product with a star: `T*a`, not `Ta`.",
    right=lambda g: Pool(g.tao_in, g.alpha_in, g.alpha).unstake(g.alpha).received,
    misconceptions=(
        trades.SPOT_PRICE,
        trades.WHAT_STAYS,
        trades.WRONG_RESERVES,
        trades.FINAL_PRICE,
        trades.SUM_KEPT,
        Misconception(
            "the alpha taken out instead of put in",
            lambda g: g.tao_in * g.alpha / (g.alpha_in - g.alpha),
            lambda g, answer: (
                "You took the alpha out of the pool. Whoever unstakes puts it in. "
                + trades.product_if(g, answer)
            ),
        ),
    ),
    hints=(
        "Call the TAO received x. After the trade the pool holds `alpha_in + alpha` and "
        "`tao_in - x`.",
        "Set the product after the trade equal to the product before, and solve for x; "
        "`sympy.solve` does it.",
    ),
    solution="""
        After the trade the pool holds `alpha_in + alpha` and `tao_in - x`, and

            (tao_in - x) * (alpha_in + alpha) = tao_in * alpha_in

        Solved for x: `tao_in * alpha / (alpha_in + alpha)`. It is the formula of a stake with the
        two reserves exchanged.""",
    code="""
x = sympy.Symbol("x")
kept = sympy.Eq((tao_in - x) * (alpha_in + alpha), tao_in * alpha_in)
answer = sympy.solve(kept, x)[0]""",
    further="However much alpha is unstaked, the TAO received stays below `tao_in`: no pool can be "
    "emptied.",
)

PRICE_AFTER = Exercise(
    id="04.3",
    title="The spot price after a stake, with symbols",
    question=ExpressionQuestion({"tao_in": "T", "alpha_in": "A", "tao": "t"}, unit="TAO per alpha"),
    objective="derive how far a stake moves the spot price",
    needs=("invariant", "price", "price impact"),
    draw=_stake,
    text="Somebody stakes `tao` into a pool that holds `tao_in` and `alpha_in`, without a fee. "
    "Derive the spot price after the trade.",
    right=_after,
    misconceptions=(
        trades.TAO_RESERVE_ONLY,
        Misconception(
            "alpha taken out at the old price",
            lambda g: (g.tao_in + g.tao) / (g.alpha_in - g.tao * g.alpha_in / g.tao_in),
            lambda g, answer: (
                trades.at_price(g, answer) + "The pool would have sold at its old price."
            ),
        ),
        trades.STRAIGHT_LINE,
        Misconception(
            "the alpha put in instead of taken out",
            lambda g: (g.tao_in + g.tao) / (g.alpha_in + trades.trade(g).received),
            lambda g, answer: trades.at_price(g, answer) + "A staker takes alpha out of the pool.",
        ),
    ),
    hints=(
        "The spot price is the TAO reserve divided by the alpha reserve, after the trade too.",
        "The TAO reserve after the trade is `tao_in + tao`. The invariant gives the alpha reserve.",
    ),
    solution="""
        After the trade the TAO reserve is `tao_in + tao`, and the alpha reserve is
        `tao_in * alpha_in / (tao_in + tao)`, since the product stays. Their ratio is

            (tao_in + tao)**2 / (tao_in * alpha_in)

        Put `tao = 0` in and it is the price before.""",
    code="""
left = tao_in * alpha_in / (tao_in + tao)
answer = (tao_in + tao) / left""",
    further="The same as `price * (1 + tao/tao_in)**2`: the price moves by the square, the average "
    "price by the factor itself.",
)


AVERAGE = Exercise(
    id="04.4",
    title="A function for the average price",
    question=FunctionQuestion("average_price", ("tao_in", "alpha_in", "tao"), unit="TAO per alpha"),
    objective="compute the average price of a trade",
    needs=("average price", "price", "staking"),
    draw=_stake,
    text="Write a function for the average price of a stake without a fee: TAO paid for one alpha, "
    "over the whole trade.",
    right=lambda g: Pool(g.tao_in, g.alpha_in).stake(g.tao).average_price,
    misconceptions=(
        trades.SPOT_PRICE.but(lambda g: g.tao_in / g.alpha_in, trades.paid_at),
        trades.FINAL_PRICE.but(_after, trades.paid_at),
        Misconception(
            "the middle between the price before and the price after",
            lambda g: (g.tao_in / g.alpha_in + _after(g)) / 2,
            lambda g, answer: (
                "The price does not rise evenly along a trade. " + trades.paid_at(g, answer)
            ),
        ),
        Misconception(
            "the price a half of the trade has reached",
            lambda g: Pool(g.tao_in, g.alpha_in).stake(g.tao / 2).after.price,
            lambda g, answer: (
                "Half of the TAO brings more than half of the alpha. " + trades.paid_at(g, answer)
            ),
        ),
    ),
    hints=(
        "The average price is a ratio of two amounts: what was paid, and what was received.",
        "What was received is `alpha_in * tao / (tao_in + tao)`. Divide, and see what cancels.",
    ),
    solution="""
        Paid is `tao`, received `alpha_in * tao / (tao_in + tao)`. The ratio is

            (tao_in + tao) / alpha_in

        {answer}.""",
    code="""
def average_price(tao_in, alpha_in, tao):
    received = alpha_in * tao / (tao_in + tao)
    return tao / received""",
    further="It is the geometric mean of the price before and the price after: "
    "`sqrt(before * after)`.",
)

THREE_PERCENTAGES = Exercise(
    id="04.5",
    title="One trade, three percentages",
    question=TableQuestion(("of ideal", "of received", "price impact"), unit="%", digits=4),
    objective="say in which percentage a cost of trading is given",
    needs=("slippage", "ideal amount", "price impact", "price"),
    real=True,
    draw=lambda draw: draw_pool(draw, part=(0.05, 0.5)),
    text="On 17 April 2025 the pool of subnet {netuid} held {tao_in} TAO and {alpha_in} alpha. You "
    "stake {tao} TAO, without a fee. Give the slippage in percent of the ideal amount, the same "
    "slippage in percent of the amount received, and the price impact in percent.",
    right=lambda g: _percentages(Pool(g.tao_in, g.alpha_in).stake(g.tao)),
    misconceptions=(
        Misconception(
            "the two percentages exchanged",
            lambda g: [_percentages(trades.trade(g))[n] for n in (1, 0, 2)],
            lambda g, answer: (
                f"{show(answer['of ideal'], 4)} % of the ideal {show(trades.trade(g).ideal)} alpha "
                "lost would mean: "
                + trades.product_if(g, trades.trade(g).ideal * (1 - answer["of ideal"] / 100))
            ),
        ),
        Misconception(
            "the rise of the average price taken for the price impact",
            lambda g: [*_percentages(trades.trade(g))[:2], 100 * g.tao / g.tao_in],
            lambda g, answer: (
                f"Price impact compares the spot price after with the spot price before, "
                f"{show(trades.pool(g).price)}. " + _pool_after(g, 1 + answer["price impact"] / 100)
            ),
        ),
        trades.STRAIGHT_LINE.but(
            lambda g: [*_percentages(trades.trade(g))[:2], 200 * g.tao / g.tao_in],
            lambda g, answer: (
                "Twice the rise of the average price holds for small trades only. "
                + _pool_after(g, 1 + answer["price impact"] / 100)
            ),
        ),
        Misconception(
            "the change in percent of the price after",
            lambda g: [
                *_percentages(trades.trade(g))[:2],
                100 * (1 - (g.tao_in / (g.tao_in + g.tao)) ** 2),
            ],
            lambda g, answer: (
                "A rise is given in percent of the price before. "
                + _pool_after(g, 1 + answer["price impact"] / 100)
            ),
        ),
    ),
    hints=(
        "First the receipt: `trade = Pool(g.tao_in, g.alpha_in).stake(g.tao)`. It has `.ideal`, "
        "`.received`, `.slippage` and `.price_impact`.",
        "The two percentages have the same numerator, `trade.slippage`. The impact is a number "
        "such as 0.5; percent is asked.",
    ),
    solution="All three come from one receipt: the slippage once divided by the ideal amount, once "
    "by what was received, and the change of the spot price. {answer}.",
    code="""
trade = Pool(g.tao_in, g.alpha_in).stake(g.tao)
answer = {
    "of ideal": trade.slippage_percent,
    "of received": 100 * trade.slippage / trade.received,
    "price impact": 100 * trade.price_impact,
}""",
    further="The chain's SDK gives the first, some pages of the documentation the second: for the "
    "same trade.",
)

TWICE_AS_DEEP = Exercise(
    id="04.6",
    title="Twice as deep",
    question=choice(
        same=Option(
            "It stays as it is.",
            lambda g: _part(g) > 0.999,
            "the same price, so the same slippage",
            lambda g, a: _claim(g, 1),
        ),
        half=Option(
            "It falls to exactly a half.",
            lambda g: 0.499 < _part(g) < 0.501,
            "twice the depth, half the slippage",
            lambda g, a: _claim(g, 0.5),
        ),
        more=Option("It falls, to more than a half.", lambda g: 0.501 < _part(g) < 0.999),
        less=Option(
            "It falls, to less than a half.",
            lambda g: _part(g) < 0.499,
            "twice both reserves, a quarter of the slippage",
            lambda g, a: "A quarter would be less than a half. " + _claim(g, 0.25),
        ),
    ),
    objective="say what depth does to slippage",
    needs=("slippage", "liquidity", "price"),
    why=True,
    draw=_stake,
    text="A pool holds {tao_in} TAO and {alpha_in} alpha; you stake {tao} TAO, without a fee. "
    "Another pool holds twice as much of both, so that its price is the same. What is the "
    "slippage in percent there, compared with the first pool?",
    hints=(
        "Make both pools and ask both for the same trade: `Pool(...).stake(...).slippage_percent`.",
        "Write the slippage in percent with symbols: 100 times `tao` over a sum. What doubles?",
    ),
    solution="The slippage in percent of the ideal amount is `100 * tao / (tao_in + tao)`. If "
    "`tao_in` doubles, the sum below does not quite double, since `tao` in it stays. So: {answer}",
    code="""
first = Pool(g.tao_in, g.alpha_in).stake(g.tao).slippage_percent
second = Pool(2 * g.tao_in, 2 * g.alpha_in).stake(g.tao).slippage_percent
part = second / first
answer = "It falls, to more than a half." if 0.501 < part < 0.999 else "It stays as it is."
""",
    further="Only for tiny trades is it a half: then the sum is nearly the reserve alone.",
)


def _percentages(trade: Trade) -> list[float]:
    """Ask a receipt for slippage in percent of ideal and of received, and for the impact."""
    of_received = float(100 * formulas.share(trade.slippage, trade.received))
    return [float(trade.slippage_percent), of_received, float(100 * trade.price_impact)]


def _pool_after(g: Given, rise: float) -> str:
    """Tell what the pool would hold if its price had risen so much."""
    tao = g.tao_in + g.tao
    alpha = tao / (trades.pool(g).price * rise)
    return (
        f"If it had changed by your figure, the pool of {show(tao)} TAO would hold {show(alpha)} "
        f"alpha: a product of {show(tao * alpha)}, where it was {show(g.tao_in * g.alpha_in)}."
    )


def _deep(g: Given, times: int) -> float:
    """Ask the engine for the slippage in percent in a pool so many times as deep."""
    return float(Pool(times * g.tao_in, times * g.alpha_in).stake(g.tao).slippage_percent)


def _part(g: Given) -> float:
    """Divide the slippage in the deep pool by that in the first."""
    return _deep(g, 2) / _deep(g, 1)


def _claim(g: Given, part: float) -> str:
    """Tell what a slippage in the deep pool would mean there."""
    deep = Given(tao_in=2 * g.tao_in, alpha_in=2 * g.alpha_in, tao=g.tao)
    percent = part * _deep(g, 1)
    received = trades.trade(deep).ideal * (1 - percent / 100)
    return (
        f"In the first pool the slippage is {show(_deep(g, 1), 4)} %. Were it {show(percent, 4)} % "
        f"in the deep pool, you would receive {show(received)} alpha there. "
        + trades.product_if(deep, received)
    )


EXERCISES = (LEFT, UNSTAKE, PRICE_AFTER, AVERAGE, THREE_PERCENTAGES, TWICE_AS_DEEP)
