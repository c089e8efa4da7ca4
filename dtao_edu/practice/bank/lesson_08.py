"""Exercises of lesson 08, voting against pricing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from dtao_edu.engine import formulas
from dtao_edu.engine.pool import Pool
from dtao_edu.measures.distance import moved
from dtao_edu.practice.bank import lesson_08_why
from dtao_edu.practice.bank.real_data import draw_pools, spot_prices, trading_pools
from dtao_edu.practice.exercise.code_types import FunctionQuestion
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion, TableQuestion
from dtao_edu.practice.misconceptions import shares, trades, votes
from dtao_edu.practice.text import show

_NETUIDS = (1, 2, 3)


def _vote(draw: Draw) -> Mapping[str, Any]:
    stakes = [draw.whole(50, 900, 10) for _ in range(4)]
    weights = [[draw.pick((0, 0, 10, 20, 40, 60, 90)) for _ in _NETUIDS] for _ in stakes]
    for row in weights:
        row[int(draw.unit() * len(row))] = draw.whole(30, 90, 10)
    return {
        "stakes": stakes,
        "weights": weights,
        "netuids": list(_NETUIDS),
        "netuid": draw.pick(_NETUIDS),
    }


VOTE = Exercise(
    id="08.1",
    title="A share by vote",
    question=NumberQuestion("share", digits=4),
    objective="compute a subnet's share of emission from stakes and weights",
    needs=("rank", "trust", "consensus", "emission share", "weight"),
    draw=_vote,
    text=lambda g: (
        "Four validators of the Root Network and the weights they give:\n\n"
        f"{votes.table(g)}\n\n"
        f"With rho = 10 and kappa = 32767/65535: which share of emission does subnet {g.netuid} "
        "get?"
    ),
    right=votes.share,
    misconceptions=(
        votes.RANK_ONLY,
        votes.ONE_HEAD_ONE_VOTE,
        votes.TEST_SLOPE,
        votes.TRUST_BY_WEIGHT,
        votes.NOT_DIVIDED,
        votes.CONSENSUS_ONLY,
        votes.ROWS_NOT_SCALED,
    ),
    hints=(
        "Two sums over the validators for each subnet: rank, the stake-weighted weight, each row "
        "first divided by its sum; and trust, the stake that gives any weight.",
        "Consensus is `1 / (1 + exp(-10 * (trust - kappa)))`. A subnet's share is its consensus "
        "times rank, over the sum of the same for all three. `RootNetwork(...)` does it all.",
    ),
    solution="Stakes become shares of all stake, rows of weights are divided by their sums. For "
    "each subnet: rank, trust, consensus; then consensus times rank, divided by the sum over the "
    "three subnets. For subnet {netuid}: {answer}.",
    code="""
vote = RootNetwork(g.stakes, g.weights, netuids=g.netuids)
answer = vote.shares_by_netuid()[g.netuid]""",
    further="The public chain did just this, once a root tempo, for 53 columns in October 2024.",
)


def _price_table(g: Given) -> str:
    rows = "\n".join(
        f"| {r['netuid']} | {r['tao_in']:,} | {r['alpha_in']:,} | {r['alpha_out']:,} |"
        for r in g.pools
    )
    return (
        "Four real pools of 17 April 2025:\n\n"
        f"| subnet | tao_in | alpha_in | alpha_out |\n{rows}\n\n"
        "Suppose that these four were all there are, and that their spot prices divided the "
        "emission. Which share would each get?"
    )


PRICES = Exercise(
    id="08.2",
    title="Shares by price",
    question=TableQuestion(lambda g: [row["netuid"] for row in g.pools], unit="share", digits=4),
    objective="turn prices into shares of emission",
    needs=("price", "price share", "alpha_out"),
    real=True,
    draw=lambda draw: {"pools": draw_pools(draw, 4)},
    text=_price_table,
    right=lambda g: shares.shares(shares.each(g, lambda pool: float(pool.price))),
    misconceptions=(
        shares.PRICE_AS_SHARE,
        shares.MARKET_VALUE,
        shares.HELD_VALUE,
        shares.TAO_RESERVE,
        shares.TURNED_PRICE,
        shares.EQUAL_PARTS,
    ),
    hints=(
        "First the four prices: TAO in the pool for each alpha in the pool.",
        "A share is a part of the whole: divide each price by the sum of the four.",
    ),
    solution="Each price is `tao_in / alpha_in`; `alpha_out` is not in it. Divided by the sum of "
    "the four prices: {answer}.",
    code="""
prices = {row["netuid"]: Pool(row["tao_in"], row["alpha_in"]).price for row in g.pools}
answer = {netuid: price / sum(prices.values()) for netuid, price in prices.items()}""",
    further="The chain uses the moving price in place of the spot price, and all subnets.",
)


def _two_sets(draw: Draw) -> Mapping[str, Any]:
    size = draw.whole(3, 6)
    sets = []
    for _ in range(2):
        cuts = [0, *sorted(draw.sample(range(1, 1000), size - 1)), 1000]
        sets.append([(high - low) / 1000 for low, high in pairwise(cuts)])
    return {"before": sets[0], "after": sets[1]}


MOVED = Exercise(
    id="08.3",
    title="A function for what was moved",
    question=FunctionQuestion("moved", ("before", "after"), unit="share", count=16),
    objective="measure how far shares of emission have moved",
    needs=("moved", "emission share"),
    draw=_two_sets,
    text="Two lists hold the shares of the same subnets before and after something happened. Write "
    "a function for the part of all emission that went from one subnet to another.",
    right=lambda g: moved(g.before, g.after),
    misconceptions=(
        shares.WHOLE_DISTANCE,
        shares.LARGEST_CHANGE,
        shares.EUCLID,
        Misconception(
            "the mean of the changes",
            lambda g: (
                sum(abs(b - a) for a, b in zip(g.before, g.after, strict=True)) / len(g.before)
            ),
            lambda g, answer: (
                f"You divided by {len(g.before)}, the number of subnets. Add a subnet that gets "
                "nothing before and after: as much has moved, and your figure falls."
            ),
            later=True,
        ),
    ),
    hints=(
        "What one subnet wins, others lose. How can each change be counted once only?",
        "Take the sizes of all changes, `abs(b - a)`, add them, and think of what you counted.",
    ),
    solution="The sizes of all changes, added, count every moved part twice: where it left and "
    "where it came. So `moved` is half of the sum.",
    code="""
def moved(before, after):
    return sum(abs(b - a) for a, b in zip(before, after)) / 2""",
    further="The same measure serves for the vote and for the market, so that the two can be "
    "compared.",
)


def _target(draw: Draw) -> Mapping[str, Any]:
    rows = trading_pools()
    netuid = draw.pick([n for n, row in rows.items() if row["tao_in"] >= 2000])
    numbers = {name: rows[netuid][name] for name in ("tao_in", "alpha_in")}
    return {
        "netuid": netuid,
        **numbers,
        "others": round(sum(price for n, price in spot_prices().items() if n != netuid), 4),
        "points": draw.pick((1, 2, 3, 4, 5)),
    }


def _price(g: Given) -> float:
    return float(Pool(g.tao_in, g.alpha_in).price)


def _wanted(g: Given) -> float:
    """The share that is wanted: the present one plus some points."""
    now = shares.shares({"it": _price(g), "others": g.others})["it"]
    return float(now + g.points / 100)


def _to_price(g: Given, price: float) -> float:
    return float(Pool(g.tao_in, g.alpha_in).max_stake(price))


def _share_then(g: Given, tao: float) -> str:
    if tao <= 0:
        return "A share does not rise without a stake."
    price = Pool(g.tao_in, g.alpha_in).stake(tao).after.price
    now, then = _price(g) / (_price(g) + g.others), price / (price + g.others)
    return (
        f"Stake your {show(tao)} TAO into the pool: its price is {show(price)} then. Of all prices "
        f"that is {show(100 * then, 4)} %, from {show(100 * now, 4)} % before."
    )


LIFT = Exercise(
    id="08.6",
    title="What a few points of share cost",
    question=NumberQuestion("TAO", digits=4),
    objective="price a change of shares in TAO staked",
    needs=("price share", "price", "staking"),
    real=True,
    draw=_target,
    text="On 17 April 2025 the pool of subnet {netuid} held {tao_in} TAO and {alpha_in} alpha. The "
    "spot prices of all other subnets open for trading made {others} TAO together. How much TAO "
    "must be staked into subnet {netuid}, without a fee and all at once, so that its share by "
    "spot price is {points} percentage points higher?",
    right=lambda g: _to_price(g, float(formulas.gross(g.others, _wanted(g))) - g.others),
    misconceptions=(
        Misconception(
            "the sum of all prices held fixed",
            lambda g: _to_price(g, _wanted(g) * (_price(g) + g.others)),
            lambda g, answer: (
                "Your own price is part of the sum, and it grows too. " + _share_then(g, answer)
            ),
        ),
        Misconception(
            "the points added to the price, not to the share",
            lambda g: _to_price(g, _price(g) + g.points / 100),
            lambda g, answer: (
                f"You raised the price by {show(g.points / 100)} TAO. Points are of the share. "
                + _share_then(g, answer)
            ),
            later=True,
        ),
        Misconception(
            "a price that follows the TAO reserve alone",
            lambda g: _wanted(g) / (1 - _wanted(g)) * g.others * g.alpha_in - g.tao_in,
            lambda g, answer: (
                "While TAO goes in, alpha goes out, and the price rises by both. "
                + _share_then(g, answer)
            ),
        ),
        Misconception(
            "percent of the share in place of percentage points",
            lambda g: _to_price(g, _relative(g) / (1 - _relative(g)) * g.others),
            lambda g, answer: (
                f"You raised the share by {g.points} % of itself. " + _share_then(g, answer)
            ),
        ),
        trades.RESERVE_THEN.but(
            lambda g: g.tao_in + _to_price(g, _wanted(g) / (1 - _wanted(g)) * g.others),
            _share_then,
        ),
    ),
    consequence=_share_then,
    hints=(
        "Which price gives the share that is wanted? The share is the price over itself plus the "
        "others.",
        "For that price, `Pool(...).max_stake(price)` says how much TAO brings the spot price "
        "there.",
    ),
    solution="The share now is `price / (price + others)`; with the points added it is s. The "
    "price for it is `s / (1 - s) * others`, and the TAO to reach it is "
    "`tao_in * ((wanted / price) ** 0.5 - 1)`: {answer}.",
    code="""
pool = Pool(g.tao_in, g.alpha_in)
share = pool.price / (pool.price + g.others) + g.points / 100
answer = pool.max_stake(share / (1 - share) * g.others)""",
    further="The TAO is not spent: it can be unstaked again, less what others do in between. The "
    "moving price makes it wait there for days.",
)


def _relative(g: Given) -> float:
    """The present share raised by some percent of itself."""
    return float((_wanted(g) - g.points / 100) * (1 + g.points / 100))


EXERCISES = (VOTE, PRICES, MOVED, *lesson_08_why.EXERCISES, LIFT)
