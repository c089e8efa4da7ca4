"""Exercises of lesson 05 that ask why, or what would change."""

from __future__ import annotations

from itertools import pairwise

from dtao_edu.engine.pool import Pool
from dtao_edu.practice.bank.real_data import draw_pools
from dtao_edu.practice.exercise.draw import Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import (
    NumberQuestion,
    Option,
    OrderQuestion,
    choice,
)
from dtao_edu.practice.text import show


def _slip(g: Given) -> dict[int, float]:
    """Ask the engine for the slippage in percent in each of the pools."""
    return {
        row["netuid"]: float(Pool(row["tao_in"], row["alpha_in"]).stake(g.tao).slippage_percent)
        for row in g.pools
    }


def _by(g: Given, column: str, sign: int = 1) -> list[int]:
    """Order the pools by one of their numbers."""
    return [row["netuid"] for row in sorted(g.pools, key=lambda row: sign * row[column])]


def _price(g: Given) -> list[int]:
    return [r["netuid"] for r in sorted(g.pools, key=lambda r: r["tao_in"] / r["alpha_in"])]


def _two(g: Given, order: list[str]) -> str:
    """Name two neighbours of an order that stand the wrong way round, with what can be checked."""
    slip = {str(netuid): percent for netuid, percent in _slip(g).items()}
    for a, b in pairwise(order):
        if slip[a] > slip[b]:
            return (
                f"You put {a} before {b}. Ask both pools for the trade: of the ideal amount "
                f"{show(slip[a], 3)} % are lost in the pool of {a}, {show(slip[b], 3)} % in that "
                f"of {b}."
            )
    return ""


def _pool_table(g: Given) -> str:
    rows = "\n".join(f"| {r['netuid']} | {r['tao_in']:,} | {r['alpha_in']:,} |" for r in g.pools)
    return (
        f"You have {show(g.tao)} TAO to stake into one of four real pools of 17 April 2025:\n\n"
        f"| subnet | tao_in | alpha_in |\n{rows}\n\n"
        "Without a fee: order the subnets by the slippage in percent of the ideal amount."
    )


WHERE = Exercise(
    id="05.4",
    title="Where the slippage is least",
    question=OrderQuestion(lambda g: [row["netuid"] for row in g.pools], "the least slippage"),
    objective="tell from its reserves how much a pool slips",
    needs=("slippage", "reserve", "ideal amount"),
    real=True,
    why=True,
    draw=lambda draw: {"pools": draw_pools(draw, 4), "tao": draw.whole(50, 400, 50)},
    text=_pool_table,
    right=lambda g: sorted(_slip(g), key=lambda netuid: _slip(g)[netuid]),
    misconceptions=(
        Misconception(
            "by the alpha in the pool",
            lambda g: _by(g, "alpha_in", -1),
            lambda g, answer: "You ordered by `alpha_in`. " + _two(g, answer),
        ),
        Misconception(
            "by the price",
            _price,
            lambda g, answer: "You put the cheapest alpha first. " + _two(g, answer),
        ),
    ),
    hints=(
        "Slippage in percent does not ask how much alpha you get, only how far the price moves.",
        "How far the price moves depends on how much of a reserve is replaced. Which reserve does "
        "a stake add to?",
    ),
    solution="The slippage in percent of the ideal amount is `100 * tao / (tao_in + tao)`: only "
    "the TAO reserve is in it. So the pool with the most TAO comes first: {answer}.",
    code="""
percent = {
    row["netuid"]: Pool(row["tao_in"], row["alpha_in"]).stake(g.tao).slippage_percent
    for row in g.pools
}
answer = sorted(percent, key=percent.get)""",
    further="For an unstake it is the alpha reserve, measured against the alpha that comes in.",
)


def _round_trip(g: Given) -> float:
    """Ask the engine: stake, somebody else stakes, unstake everything."""
    mine = Pool(g.tao_in, g.alpha_in).stake(g.tao)
    return float(mine.after.stake(g.other).after.unstake(mine.received).received - g.tao)


def _pool_then(g: Given, gain: float) -> str:
    """Tell what the pool would hold in the end, with such a gain paid out of it."""
    mine = Pool(g.tao_in, g.alpha_in).stake(g.tao)
    last = mine.after.stake(g.other).after
    tao, alpha = last.tao_in - g.tao - gain, last.alpha_in + mine.received
    if tao <= 0:
        return f"With a gain of {show(gain, 5)} TAO you would take more than the pool ever held."
    return (
        f"With a gain of {show(gain, 5)} TAO the pool would end with {show(tao)} TAO and "
        f"{show(alpha)} alpha: a product of {show(tao * alpha)}. It began with "
        f"{show(g.tao_in * g.alpha_in)}, and no trade here changes that."
    )


def _prices(g: Given) -> tuple[float, float]:
    """Ask for the spot price after the own stake, and after the other one's."""
    mine = Pool(g.tao_in, g.alpha_in).stake(g.tao)
    return float(mine.after.price), float(mine.after.stake(g.other).after.price)


def _sold_at(g: Given) -> float:
    return float(Pool(g.tao_in, g.alpha_in).stake(g.tao).received * _prices(g)[1] - g.tao)


ROUND_TRIP = Exercise(
    id="05.5",
    title="A round trip with somebody in between",
    question=NumberQuestion("TAO", digits=4),
    objective="say where the gain or loss of a round trip comes from",
    needs=("round trip", "staking", "unstaking", "slippage"),
    why=True,
    draw=lambda draw: {
        "tao_in": draw.number(1000, 9000),
        "alpha_in": draw.number(20000, 200000),
        "tao": draw.number(60, 400, 2),
        "other": draw.number(100, 900, 2),
    },
    text="A pool holds {tao_in} TAO and {alpha_in} alpha. You stake {tao} TAO. Then somebody else "
    "stakes {other} TAO. Then you unstake all your alpha. There is no fee. How many TAO do you "
    "have more than at the start? (Less would be negative.)",
    right=_round_trip,
    misconceptions=(
        Misconception(
            "a round trip always returns what was paid",
            lambda g: 0,
            lambda g, answer: (
                "That holds if nobody trades in between. Here your stake ended at a price of "
                f"{show(_prices(g)[0], 4)}, and your unstake begins at {show(_prices(g)[1], 4)}."
            ),
        ),
        Misconception(
            "sold at the spot price",
            _sold_at,
            lambda g, answer: (
                f"You sold all your alpha at {show(_prices(g)[1], 4)}, the price before the "
                "unstake. " + _pool_then(g, answer)
            ),
        ),
        Misconception(
            "the other one's whole stake as your gain",
            lambda g: g.other,
            lambda g, answer: (
                "The other one still holds the alpha of that stake. " + _pool_then(g, answer)
            ),
        ),
        Misconception(
            "slippage lost on the way in and again on the way out",
            lambda g: -2 * float(Pool(g.tao_in, g.alpha_in).stake(g.tao).slippage_percent)
            / 100 * g.tao,
            lambda g, answer: (
                "Slippage is not lost twice. Try it without the other one: "
                "`trade = Pool(...).stake(...)`, then `trade.after.unstake(trade.received)` "
                f"returns exactly {show(g.tao)} TAO."
            ),
        ),
    ),
    consequence=_pool_then,
    hints=(
        "Three trades, one after the other; the pool of each is the `.after` of the one before.",
        "Keep your alpha: it is the `.received` of your stake. The other one's stake changes the "
        "pool, not your alpha.",
    ),
    solution="Your stake gives alpha at the low part of the curve; the other one pushes the pool "
    "further along it; you come back from there. The gain is {answer}: it is what the other one "
    "paid for standing behind you.",
    code="""
mine = Pool(g.tao_in, g.alpha_in).stake(g.tao)
theirs = mine.after.stake(g.other)
answer = theirs.after.unstake(mine.received).received - g.tao""",
    further="With nobody in between, and no fee, you would have had exactly what you paid: here "
    "somebody was.",
)  # fmt: skip


def _split_gain(g: Given) -> float:
    """Ask the engine how much alpha the parts bring more than the whole, in parts of the whole."""
    pool, received = Pool(g.tao_in, g.alpha_in), 0.0
    for _ in range(g.orders):
        trade = pool.stake(g.tao / g.orders)
        pool, received = trade.after, received + trade.received
    return received / float(Pool(g.tao_in, g.alpha_in).stake(g.tao).received) - 1


def _first_two(g: Given) -> str:
    one = Pool(g.tao_in, g.alpha_in).stake(g.tao / g.orders)
    two = one.after.stake(g.tao / g.orders)
    return (
        f"The friend's first order of {show(g.tao / g.orders)} TAO brings {show(one.received)} "
        f"alpha, the second {show(two.received)}: "
    )


SPLIT = Exercise(
    id="05.6",
    title="One order or many",
    question=choice(
        more=Option(
            "More alpha than you.",
            lambda g: _split_gain(g) > 1e-9,
            "small orders slip less, so splitting saves",
            lambda g, answer: (
                _first_two(g) + "each order slips little, but begins where the one before ended."
            ),
        ),
        same=Option("The same alpha as you.", lambda g: abs(_split_gain(g)) <= 1e-9),
        less=Option(
            "Less alpha than you.",
            lambda g: _split_gain(g) < -1e-9,
            "every order pays the risen price, so splitting costs",
            lambda g, answer: (
                _first_two(g) + "one large order runs through the same prices, only without "
                "stopping."
            ),
        ),
    ),
    objective="say whether splitting an order saves anything",
    needs=("slippage", "staking", "price impact"),
    why=True,
    draw=lambda draw: {
        "tao_in": draw.number(1000, 9000),
        "alpha_in": draw.number(20000, 200000),
        "tao": draw.whole(100, 800, 50),
        "orders": draw.pick((4, 5, 10, 20)),
    },
    text="A pool holds {tao_in} TAO and {alpha_in} alpha. You stake {tao} TAO in one order. In a "
    "pool just like it a friend stakes the same {tao} TAO in {orders} equal orders, one after the "
    "other; nobody trades in between, and there is no fee. What does the friend receive?",
    hints=(
        "Try it with two halves: the second half trades with the pool that the first half left.",
        "The product of the reserves is the same after every order. So where does the pool end, "
        "once all the TAO is in?",
    ),
    solution="In both cases the pool ends with the same TAO, and its product never changes, so it "
    "ends with the same alpha. What it lost, the staker has: {answer}",
    code="""
pool, parts = Pool(g.tao_in, g.alpha_in), 0
for _ in range(g.orders):
    trade = pool.stake(g.tao / g.orders)
    pool, parts = trade.after, parts + trade.received
whole = Pool(g.tao_in, g.alpha_in).stake(g.tao).received
answer = "The same alpha as you." if abs(parts / whole - 1) < 1e-9 else "Less alpha than you."
""",
    further="Splitting helps only if others trade in between and push the price back; each of "
    "them may as well push it away.",
)

EXERCISES = (WHERE, ROUND_TRIP, SPLIT)
