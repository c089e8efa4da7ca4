"""Exercises of lesson 11 that ask why, or what would change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from dtao_edu.engine import formulas
from dtao_edu.engine.pool import Pool
from dtao_edu.practice.bank.real_data import trading_pools
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import Option, PredictionQuestion, choice
from dtao_edu.practice.text import show
from dtao_edu.studies import attacks


def _two_pools(draw: Draw) -> dict[str, Any]:
    tao_in, alpha_in = draw.number(500, 20000), draw.number(50000, 400000)
    return {
        "tao_in": tao_in,
        "alpha_in": alpha_in,
        "price": float(f"{draw.number(3, 12) * tao_in / alpha_in:.3g}"),
        "times": draw.pick((4, 9, 16, 25)),
    }


def _lift(g: Given, times: float) -> float:
    """Ask the engine what it takes to lift the price."""
    return float(attacks.deeper(Pool(g.tao_in, g.alpha_in), times).max_stake(g.price))


def _ratio(g: Given) -> float:
    return _lift(g, g.times) / _lift(g, 1)


def _both(g: Given) -> str:
    shallow = Pool(g.tao_in, g.alpha_in)
    tao = _lift(g, 1)
    deep = attacks.deeper(shallow, g.times).stake(tao).after.price
    return (
        f"In the first pool {show(tao, 5)} TAO bring the price to {show(g.price, 4)}. The same TAO "
        f"bring it to {show(deep, 4)} in the other one."
    )


DEPTH = Exercise(
    id="11.6",
    title="Depth against capture",
    question=choice(
        same=Option(
            "As much as in the first.",
            lambda g: abs(_ratio(g) - 1) < 1e-6,
            "the same price rise costs the same",
            lambda g, answer: _both(g),
        ),
        root=Option(
            lambda g: f"{show(g.times**0.5)} times as much.",
            lambda g: abs(_ratio(g) - g.times**0.5) < 1e-6,
            "the root of the depth, as in the price",
            lambda g, answer: (
                _both(g) + " The root stands between price and TAO within one pool, not between "
                "two pools."
            ),
        ),
        times=Option("{times} times as much.", lambda g: abs(_ratio(g) - g.times) < 1e-6),
        square=Option(
            lambda g: f"{show(g.times**2)} times as much.",
            lambda g: abs(_ratio(g) - g.times**2) < 1e-6,
            "depth counted twice, once for each reserve",
            lambda g, answer: (
                _both(g) + " Try it with the TAO that your answer asks for: the price flies past "
                "the aim."
            ),
        ),
    ),
    objective="say what depth does against a capture",
    needs=("liquidity", "price", "cost of capture"),
    why=True,
    draw=_two_pools,
    text="A pool holds {tao_in} TAO and {alpha_in} alpha. Another one holds {times} times as much "
    "of both, so its price is the same. Somebody wants to lift the price to {price} TAO. How much "
    "TAO does it take in the other pool, against the first?",
    hints=(
        "What becomes of the price if both reserves, and the stake too, are twice as large?",
        "`Pool(...).max_stake(price)` says how much it takes; ask it for both pools.",
    ),
    solution="Everything in the other pool is larger by the same factor, so the trade has to be "
    "too. {answer}",
    code="""
one = Pool(g.tao_in, g.alpha_in).max_stake(g.price)
other = Pool(g.times * g.tao_in, g.times * g.alpha_in).max_stake(g.price)
answer = f"{other / one:.0f} times as much.\"""",
    further="So depth makes a capture dear in proportion. But a pool grows deeper by emission, and "
    "that takes time: what is new is thin.",
)


@cache
def _captured(netuid: int, points: int, sold: int) -> attacks.Attack:
    from dtao_edu import ledger

    pools = ledger.pools("2025-04-17").trading()
    return attacks.captured(pools, netuid, points / 100, sold=sold / 100, smoothed=False)


def _capture(g: Given) -> attacks.Attack:
    return _captured(g.netuid, g.points, g.sold)


def _draw_sale(draw: Draw) -> Mapping[str, Any]:
    rows = trading_pools()
    thin = [netuid for netuid, row in rows.items() if 1000 <= row["tao_in"] <= 12000]
    return {
        "netuid": draw.pick(thin),
        "points": draw.whole(2, 4),
        "sold": draw.whole(2, 8),
    }


def _price_rise(g: Given) -> str:
    from dtao_edu import ledger

    pool = ledger.pools("2025-04-17")[g.netuid].pool()
    high = pool.stake(_capture(g).committed).after
    theirs = pool.alpha_out * g.sold / 100
    return (
        f"The stake lifts the price from {show(pool.price, 3)} to {show(high.price, 3)} TAO. The "
        f"pool then holds {show(high.alpha_in, 4)} alpha, and {show(theirs, 4)} more are sold into "
        "it."
    )


ANSWERED = Exercise(
    id="11.7",
    title="Predict: when some holders answer",
    question=PredictionQuestion("%"),
    objective="judge what a capture risks when holders answer",
    needs=("cost of capture", "alpha_out", "unstaking"),
    real=True,
    why=True,
    draw=_draw_sale,
    text=lambda g: (
        f"With the pools of 17 April 2025 somebody stakes {show(_capture(g).committed, 5)} TAO "
        f"into subnet {g.netuid}: its share by spot price is {g.points} percentage points higher. "
        f"Before they leave, holders sell {g.sold} % of all alpha that they have. Without a fee: "
        "what percent of the TAO is lost?"
    ),
    right=lambda g: 100 * float(formulas.share(_capture(g).lost, _capture(g).committed)),
    misconceptions=(
        Misconception(
            "as many percent as are sold",
            lambda g: g.sold,
            lambda g, answer: (
                f"That would hold if the holders sold at the old price. {_price_rise(g)}"
            ),
        ),
        Misconception(
            "all that can be lost at worst",
            lambda g: 100 * _capture(g).lost_at_worst / _capture(g).committed,
            lambda g, answer: (
                f"So much is gone if all others sell until the price is back. {_price_rise(g)}"
            ),
        ),
    ),
    hints=(
        "Holders sell at the price that the attacker made, and it is far above the old one.",
        "How much alpha is in the pool after the stake, and how much comes back from the holders?",
    ),
    solution="A stake, the holders' sale, then the attacker's own: {answer} of the TAO is gone.",
    code="""
pools = ledger.pools("2025-04-17").trading()
how = {"sold": g.sold / 100, "smoothed": False}
one = studies.attacks.captured(pools, g.netuid, g.points / 100, **how)
answer = 100 * one.lost / one.committed""",
    further="The thinner the pool beside what holders have, the fewer of them are enough.",
)

EXERCISES = (DEPTH, ANSWERED)
