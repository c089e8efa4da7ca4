"""Exercises of lesson 11, attacks and defences."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import Any

from dtao_edu.engine.fees import SWAP_FEE
from dtao_edu.engine.pool import Pool
from dtao_edu.practice.bank import lesson_11_votes, lesson_11_why
from dtao_edu.practice.bank.real_data import trading_pools
from dtao_edu.practice.exercise.code_types import FunctionQuestion
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion
from dtao_edu.practice.text import show
from dtao_edu.studies import attacks


def _deep_pool(draw: Draw) -> dict[str, Any]:
    rows = trading_pools()
    row = rows[draw.pick([netuid for netuid, row in rows.items() if row["tao_in"] >= 2000])]
    return {name: row[name] for name in ("netuid", "tao_in", "alpha_in")}


def _order(draw: Draw) -> Mapping[str, Any]:
    pool = _deep_pool(draw)
    order = float(f"{pool['tao_in'] * draw.number(0.01, 0.06):.2g}")
    return {**pool, "order": order, "purse": float(f"{order * draw.number(3, 8):.2g}")}


def _pool(g: Given) -> Pool:
    return Pool(g.tao_in, g.alpha_in)


def _after_order(g: Given) -> tuple[Pool, float]:
    """Return the pool after the stranger's stake and the order, and the stranger's alpha."""
    first = _pool(g).stake(g.purse)
    return first.after.stake(g.order).after, float(first.received)


def _if_gained(g: Given, answer: float) -> str:
    """Tell what the reserves would multiply to if the stranger took out so much."""
    pool, alpha = _after_order(g)
    left = pool.tao_in - g.purse - answer
    return (
        f"After the order the pool holds {show(pool.tao_in)} TAO and {show(pool.alpha_in)} alpha. "
        f"If the stranger takes out {show(g.purse + answer)} TAO for {show(alpha)} alpha, the "
        f"reserves multiply to {show(left * (pool.alpha_in + alpha))}; before it was "
        f"{show(pool.k)}."
    )


SANDWICH = Exercise(
    id="11.1",
    title="What a sandwich takes",
    question=NumberQuestion("TAO", digits=4),
    objective="price a sandwich around a known order",
    needs=("sandwich", "staking", "unstaking", "reserve"),
    real=True,
    draw=_order,
    text="On 17 April 2025 the pool of subnet {netuid} held {tao_in} TAO and {alpha_in} alpha. "
    "Hana is about to stake {order} TAO. A stranger stakes {purse} TAO just before her order and "
    "unstakes all of it just after, without a fee. How many TAO does the stranger gain?",
    right=lambda g: -attacks.sandwich(_pool(g), g.order, g.purse).lost,
    misconceptions=(
        Misconception(
            "a round trip brings nothing",
            lambda g: 0.0,
            lambda g, answer: (
                f"Alone the round trip of {show(g.purse)} TAO brings nothing; Hana's "
                f"{show(g.order)} TAO buy in between, and lift what the stranger sells at."
            ),
        ),
        Misconception(
            "all of her slippage taken for the gain",
            lambda g: g.order * _pool(g).stake(g.order).slippage_percent / 100,
            lambda g, answer: (
                f"That is what Hana's own {show(g.order)} TAO lose to slippage with nobody about; "
                "it has nothing of the stranger's stake in it. " + _if_gained(g, answer)
            ),
        ),
        Misconception(
            "the alpha sold at the price after her order",
            lambda g: _after_order(g)[1] * _after_order(g)[0].price - g.purse,
            lambda g, answer: (
                "You let the stranger sell without moving the price. " + _if_gained(g, answer)
            ),
        ),
        Misconception(
            "her price impact on an untouched pool, times the purse",
            lambda g: g.purse * _pool(g).stake(g.order).price_impact,
            lambda g, answer: (
                "Her order moves the price by "
                f"{show(100 * _pool(g).stake(g.order).price_impact, 3)} % if she comes first. She "
                "does not, and the stranger's sale moves it back. " + _if_gained(g, answer)
            ),
        ),
    ),
    consequence=_if_gained,
    hints=(
        "Three trades, one after the other, each with the pool that the one before it left.",
        "`Pool(...).stake(...)`, then `.after.stake(...)`, then `.after.unstake(...)` of what the "
        "first one received.",
    ),
    solution="Stake, order, unstake; what comes back less what went in is {answer}.",
    code="""
first = Pool(g.tao_in, g.alpha_in).stake(g.purse)
order = first.after.stake(g.order)
answer = order.after.unstake(first.received).received - g.purse""",
    further="However much the stranger has, the gain never reaches all that Hana pays.",
)


def _limited(draw: Draw) -> dict[str, Any]:
    tao_in, limit = draw.number(1000, 60000), draw.number(0.05, 0.6)
    room = Pool(tao_in, tao_in).max_stake(1 + limit)
    return {"tao_in": tao_in, "order": float(f"{room * draw.number(0.1, 0.6):.3g}"), "limit": limit}


def _room(g: Given) -> float:
    pool = Pool(g.tao_in, g.tao_in)
    return float(pool.max_stake(1 + g.limit) - g.order)


def _passed(g: Given, answer: float) -> str:
    """Tell where the price would stand after the stranger and the order."""
    both = answer + g.order
    if both <= 0:
        return f"With tao_in={show(g.tao_in)} and limit={show(g.limit)} your answer is below zero."
    rise = Pool(g.tao_in, g.tao_in).stake(both).price_impact
    return (
        f"Try tao_in={show(g.tao_in)}, order={show(g.order)}, limit={show(g.limit)}: after your "
        f"{show(answer)} TAO and the order the price stands {show(100 * rise, 4)} % above where it "
        "was."
    )


ROOM = Exercise(
    id="11.2",
    title="A function for what a limit leaves",
    question=FunctionQuestion("room", ("tao_in", "order", "limit"), unit="TAO", digits=6),
    objective="say how much room a limit price leaves to a sandwich",
    needs=("limit price", "sandwich", "price impact"),
    draw=_limited,
    text="Hana stakes `order` TAO into a pool that holds `tao_in` TAO, with a limit price: the "
    "spot price after her order may be at most `limit` above the price of now (0.05 means 5 %). "
    "Alone she always gets through. Without a partial fill and without a fee: write a function for "
    "the most TAO that a stranger can stake before her so that her order still goes through.",
    right=_room,
    misconceptions=(
        Misconception(
            "her own order not taken off",
            lambda g: _room(g) + g.order,
            lambda g, answer: "Her order raises the price too. " + _passed(g, answer),
        ),
        Misconception(
            "the price taken as rising with the TAO alone",
            lambda g: g.tao_in * g.limit - g.order,
            lambda g, answer: (
                "While TAO goes in, alpha goes out, and both raise the price. " + _passed(g, answer)
            ),
        ),
        Misconception(
            "the square of the price taken for the reserve, not its root",
            lambda g: g.tao_in * ((1 + g.limit) ** 2 - 1) - g.order,
            lambda g, answer: (
                "The price rises with the square of the TAO reserve; so from the price back to the "
                "reserve it is a root. " + _passed(g, answer)
            ),
            later=True,
        ),
        Misconception(
            "half of the limit, for a curve taken as a line",
            lambda g: g.tao_in * g.limit / 2 - g.order,
            lambda g, answer: "Near, for a small limit. " + _passed(g, answer),
        ),
        Misconception(
            "the limit given to each of the two",
            lambda g: g.tao_in * (sqrt(1 + g.limit) - 1) ** 2,
            lambda g, answer: (
                f"The limit is on the price after both. With order={show(g.order)} it makes no "
                "difference to you how large the order is. " + _passed(g, answer)
            ),
        ),
    ),
    hints=(
        "How much TAO may go in altogether until the spot price is at the limit?",
        "The price rises with the square of what the TAO reserve becomes: (tao_in + d) / tao_in.",
    ),
    solution="Altogether `tao_in * (sqrt(1 + limit) - 1)` may go in, by the stranger and by Hana. "
    "What her order leaves of it is the room.",
    code="""
def room(tao_in, order, limit):
    return tao_in * ((1 + limit) ** 0.5 - 1) - order""",
    further="The alpha in the pool plays no part. And the nearer the limit is to what her order "
    "needs itself, the less is left for a stranger.",
)


def _circles(draw: Draw) -> Mapping[str, Any]:
    pool = _deep_pool(draw)
    part = draw.number(0.005, 0.08)
    return {**pool, "tao": float(f"{pool['tao_in'] * part:.2g}"), "rounds": draw.whole(80, 240, 10)}


def _left(g: Given, answer: float) -> str:
    """Tell which rate a round would have cost, so that the learner can try one."""
    if answer <= 0:
        one = attacks.wash(_pool(g), g.tao, 1, fee=SWAP_FEE).lost
        return (
            "The slippage comes back on the way out, but the fee does not. Try a single round with "
            f"{show(g.tao)} TAO: it costs {show(one, 4)} TAO."
        )
    if answer >= g.tao:
        return (
            f"In {g.rounds} rounds nobody can lose more than the {show(g.tao)} TAO that go round; "
            "you have more than that gone."
        )
    a_round = 1 - (1 - answer / g.tao) ** (1 / g.rounds)
    one = attacks.wash(_pool(g), g.tao, 1, fee=SWAP_FEE).lost
    return (
        f"Your answer means that each round costs {show(100 * a_round, 4)} % of what goes in. Try "
        f"a single round with {show(g.tao)} TAO: it costs {show(one, 4)} TAO."
    )


WASH = Exercise(
    id="11.3",
    title="Going round with a fee",
    question=NumberQuestion("TAO", digits=4),
    objective="price wash staking with a fee",
    needs=("wash staking", "fee", "round trip"),
    real=True,
    draw=_circles,
    text="The pool of subnet {netuid} holds {tao_in} TAO and {alpha_in} alpha, as on 17 April "
    "2025. The fee is that of July 2025, 33/65535 of what goes in, on a stake and on an unstake, "
    "and it stays in the pool. Omar stakes {tao} TAO and unstakes all of it, {rounds} times, each "
    "time with what came back. Nobody else trades. How many TAO has he lost?",
    right=lambda g: attacks.wash(_pool(g), g.tao, g.rounds, fee=SWAP_FEE).lost,
    misconceptions=(
        Misconception(
            "one fee a round",
            lambda g: g.tao * (1 - (1 - float(SWAP_FEE.rate)) ** g.rounds),
            lambda g, answer: (
                f"A round is a stake and an unstake, so {g.rounds} rounds are {2 * g.rounds} "
                "trades with a fee. " + _left(g, answer)
            ),
        ),
        Misconception(
            "every fee taken of all the TAO of the beginning",
            lambda g: g.tao * 2 * g.rounds * float(SWAP_FEE.rate),
            lambda g, answer: (
                f"What goes round grows smaller. With {show(2 / float(SWAP_FEE.rate), 4)} rounds "
                f"you would take more than the {show(g.tao)} TAO there are. " + _left(g, answer)
            ),
        ),
        Misconception(
            "slippage lost in every round",
            lambda g: g.tao * (1 - (1 - _pool(g).stake(g.tao).slippage_percent / 100) ** g.rounds),
            lambda g, answer: (
                "You let the slippage be lost, round after round. On the way back the same curve "
                "returns it. " + _left(g, answer)
            ),
        ),
    ),
    consequence=_left,
    hints=(
        "What does one round cost, and what goes into the next one?",
        "Let a loop do it: `stake(left, fee=SWAP_FEE)`, `unstake(received, fee=SWAP_FEE)`, with "
        "the pool that is left each time.",
    ),
    solution="Round by round, with the pool that each trade leaves: {answer} are gone.",
    code="""
pool, left = Pool(g.tao_in, g.alpha_in), g.tao
for _ in range(g.rounds):
    there = pool.stake(left, fee=SWAP_FEE)
    back = there.after.unstake(there.received, fee=SWAP_FEE)
    pool, left = back.after, back.received
answer = g.tao - left""",
    further="By the price rule all this moved nothing, and by net TAO no more than what was lost.",
)

EXERCISES = (SANDWICH, ROOM, WASH, *lesson_11_votes.EXERCISES, *lesson_11_why.EXERCISES)
