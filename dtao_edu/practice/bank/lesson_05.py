"""Exercises of lesson 05, staking and unstaking."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from dtao_edu.engine.fees import LAUNCH_FEE, SWAP_FEE, Fee
from dtao_edu.engine.pool import Pool
from dtao_edu.practice.bank import lesson_05_why
from dtao_edu.practice.bank.real_data import draw_pool
from dtao_edu.practice.exercise.code_types import FunctionQuestion
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion, TableQuestion
from dtao_edu.practice.misconceptions import trades
from dtao_edu.practice.text import show

STAKE = Exercise(
    id="05.1",
    title="What a stake returns",
    question=NumberQuestion("alpha", digits=5),
    objective="predict what a stake returns",
    needs=("staking", "reserve", "constant product", "alpha_out"),
    real=True,
    draw=draw_pool,
    text="On 17 April 2025 the pool of subnet {netuid} held {tao_in} TAO and {alpha_in} alpha; "
    "{alpha_out} alpha were outside, with holders. You stake {tao} TAO, without a fee. How much "
    "alpha do you receive?",
    right=lambda g: Pool(g.tao_in, g.alpha_in).stake(g.tao).received,
    misconceptions=(
        trades.SPOT_PRICE,
        trades.FINAL_PRICE,
        trades.WHAT_STAYS,
        trades.TURNED_ROUND,
        trades.HELD_ALPHA_COUNTED,
    ),
    consequence=trades.product_if,
    hints=(
        "Which two of the four numbers are in the pool? The product of those two stays the same.",
        "`Pool(g.tao_in, g.alpha_in)` is the pool. Its `stake` returns a receipt; look at what it "
        "has.",
    ),
    solution="The pool keeps `tao_in * alpha_in`. With the TAO in, the alpha left is "
    "`tao_in * alpha_in / (tao_in + tao)`; the rest of `alpha_in` is yours: "
    "`alpha_in * tao / (tao_in + tao)` = {answer}. The alpha outside the pool plays no part.",
    code="answer = Pool(g.tao_in, g.alpha_in).stake(g.tao).received",
    further=lambda g: (
        f"At the spot price it would have been {show(g.tao * g.alpha_in / g.tao_in)} alpha; the "
        "difference is the slippage."
    ),
)


def _with_fee(g: Given, fee: Fee) -> list[float]:
    trade = Pool(g.tao_in, g.alpha_in).stake(g.tao, fee=fee)
    return [float(trade.fee), float(trade.received)]


def _fee_books(g: Given, answer: Mapping[str, float]) -> str:
    return (
        f"You booked a fee of {show(answer['fee'], 7)} on {show(g.tao)} TAO: one in "
        f"{show(g.tao / answer['fee'], 5)}. "
    )


FEE = Exercise(
    id="05.2",
    title="The fee of a stake",
    question=TableQuestion(("fee", "received"), units_by_row=("TAO", "alpha"), digits=6),
    objective="take a fee into account",
    needs=("fee", "staking"),
    draw=lambda draw: {
        "tao_in": draw.number(2000, 20000),
        "alpha_in": draw.number(40000, 400000),
        "tao": draw.number(200, 1500),
    },
    text="Since 23 July 2025 the fee of a stake is 33/65535 of the TAO that goes in. A pool holds "
    "{tao_in} TAO and {alpha_in} alpha; you stake {tao} TAO, fee included. How much TAO is the "
    "fee, and how much alpha do you receive?",
    right=lambda g: _with_fee(g, SWAP_FEE),
    misconceptions=(
        Misconception(
            "0.05 % in place of 33/65535",
            lambda g: _with_fee(g, Fee(Fraction(5, 10_000))),
            lambda g, answer: (
                _fee_books(g, answer) + "65535/33 is not a round number; the chain holds fees in "
                "parts of 65535."
            ),
        ),
        Misconception(
            "196/65535, the fee of the first weeks",
            lambda g: _with_fee(g, Fee(Fraction(196, 65535))),
            lambda g, answer: (
                _fee_books(g, answer) + "That was the fee until 23 July 2025; the question is "
                "about the time since."
            ),
        ),
        Misconception(
            "the flat fee of the launch",
            lambda g: _with_fee(g, LAUNCH_FEE),
            lambda g, answer: (
                _fee_books(g, answer) + "A fee of 50,000 rao an order was taken at the launch of "
                "February 2025."
            ),
        ),
        Misconception(
            "the fee taken from what comes out",
            lambda g: [
                trades.trade(g).received * float(SWAP_FEE.rate),
                trades.trade(g).received * (1 - float(SWAP_FEE.rate)),
            ],
            lambda g, answer: (
                f"Your fee of {show(answer['fee'])} is in alpha. The fee is taken in TAO, before "
                f"the trade: of {show(g.tao)} TAO not all reach the swap."
            ),
        ),
        Misconception(
            "the spot price for what is left after the fee",
            lambda g: [
                _with_fee(g, SWAP_FEE)[0],
                (g.tao - _with_fee(g, SWAP_FEE)[0]) / Pool(g.tao_in, g.alpha_in).price,
            ],
            lambda g, answer: (
                "The fee is taken, but the rest was traded at one price. "
                + trades.product_if(g, answer["received"])
            ),
        ).added(),
        Misconception(
            "the fee named, but not taken",
            lambda g: [g.tao * float(SWAP_FEE.rate), trades.trade(g).received],
            lambda g, answer: (
                f"Your fee and the TAO that you swapped make {show(g.tao + answer['fee'], 8)} TAO; "
                f"you had {show(g.tao)}."
            ),
        ),
    ),
    hints=(
        "First the fee: a part of the TAO. What is left of the TAO goes into the swap.",
        "The engine knows the fee: `Pool(...).stake(g.tao, fee=SWAP_FEE)`. Its receipt has `.fee` "
        "and `.received`.",
    ),
    solution="The fee is `tao * 33/65535`. The rest trades as ever: "
    "`alpha_in * rest / (tao_in + rest)`. {answer}.",
    code="""
trade = Pool(g.tao_in, g.alpha_in).stake(g.tao, fee=SWAP_FEE)
answer = {"fee": trade.fee, "received": trade.received}""",
    further="For most orders the slippage costs far more than the fee.",
)


def _limit(draw: Draw) -> Mapping[str, Any]:
    tao_in = draw.number(500, 9000)
    alpha_in = float(f"{tao_in * draw.number(3, 40):.3g}")
    return {
        "tao_in": tao_in,
        "alpha_in": alpha_in,
        "limit_price": float(f"{tao_in / alpha_in * draw.number(1.05, 3):.3g}"),
    }


LIMIT = Exercise(
    id="05.3",
    title="A function for the limit price",
    question=FunctionQuestion("most_tao", ("tao_in", "alpha_in", "limit_price"), unit="TAO"),
    objective="find the largest order that a limit price allows",
    needs=("limit price", "price", "constant product"),
    draw=_limit,
    text="Since July 2025 a limit price bounds the spot price after the trade. Write a function "
    "for the most TAO that can be staked, without a fee, until the spot price stands at "
    "`limit_price`, which is above the price before.",
    right=lambda g: Pool(g.tao_in, g.alpha_in).max_stake(g.limit_price),
    misconceptions=(
        Misconception(
            "the limit put on the average price, the rule of the launch",
            lambda g: Pool(g.tao_in, g.alpha_in).max_stake(g.limit_price, "average"),
            trades.price_then,
        ),
        Misconception(
            "`x**1/2` for a root: Python takes the power first and then halves",
            lambda g: g.tao_in * g.alpha_in * g.limit_price / 2 - g.tao_in,
            lambda g, answer: (
                "In Python `x**1/2` is half of x; a root is `x**0.5` or `x**(1/2)`. "
                + trades.price_then(g, answer)
            ),
            later=True,
        ),
        Misconception(
            "half of the straight line",
            lambda g: (g.limit_price * g.alpha_in - g.tao_in) / 2,
            lambda g, answer: (
                "The price does not rise on a straight line. " + trades.price_then(g, answer)
            ),
        ),
        trades.RESERVE_THEN,
        Misconception(
            "the square in place of the root",
            lambda g: g.tao_in * ((g.limit_price * g.alpha_in / g.tao_in) ** 2 - 1),
            trades.price_then,
        ),
        Misconception(
            "the two prices exchanged under the root",
            lambda g: g.tao_in * ((g.tao_in / g.alpha_in / g.limit_price) ** 0.5 - 1),
            trades.price_then,
        ),
    ),
    hints=(
        "By how much does the spot price grow when the TAO reserve grows by a factor?",
        "The price after a stake is the price before times the square of `1 + tao/tao_in`. Set it "
        "equal to the limit and solve for `tao`.",
    ),
    solution="""
        The TAO reserve grows by a factor f, the alpha reserve shrinks by the same factor, so the
        price grows by f squared. The limit is reached when `f**2 = limit_price / price`, and what
        is added is `tao_in * (f - 1)`.""",
    code="""
def most_tao(tao_in, alpha_in, limit_price):
    price = tao_in / alpha_in
    return tao_in * ((limit_price / price) ** 0.5 - 1)""",
    further="A limit of four times the price lets you double the TAO reserve, no more.",
)

EXERCISES = (STAKE, FEE, LIMIT, *lesson_05_why.EXERCISES)
