"""Wrong ideas about shares: from prices to emission, and how far shares moved.

They read `pools`, a list of dicts with `netuid`, `tao_in`, `alpha_in`, `alpha_out`, or two lists
of shares, `before` and `after`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dtao_edu.engine.emission import price_shares
from dtao_edu.engine.pool import Pool
from dtao_edu.practice.exercise.draw import Given
from dtao_edu.practice.exercise.exercise import Misconception
from dtao_edu.practice.text import show


def each(g: Given, call: Callable[[Pool], float]) -> dict[str, float]:
    """Ask every pool for something, by netuid."""
    return {
        str(row["netuid"]): call(Pool(row["tao_in"], row["alpha_in"], row["alpha_out"]))
        for row in g.pools
    }


def shares(parts: Mapping[str, float]) -> dict[str, float]:
    """Divide one by all, by the engine's rule."""
    return dict(zip(parts, map(float, price_shares(list(parts.values()))), strict=True))


def _sum(answer: Mapping[str, float]) -> str:
    return f"Your shares sum to {show(sum(answer.values()), 4)}."


def _price(pool: Pool) -> float:
    return float(pool.price)


def _dearest(g: Given) -> str:
    prices = each(g, _price)
    return max(prices, key=lambda name: prices[name])


def _first(g: Given) -> tuple[str, Any]:
    row = g.pools[0]
    return str(row["netuid"]), row


PRICE_AS_SHARE = Misconception(
    "the price taken for the share",
    lambda g: each(g, _price),
    lambda g, answer: (
        _sum(answer) + " Shares of what is issued sum to 1. A price of 0.05 is 5 % only where all "
        "prices together happen to make 1."
    ),
)

MARKET_VALUE = Misconception(
    "the market value in place of the price",
    lambda g: shares(each(g, lambda pool: float(pool.price * pool.alpha_issuance))),
    lambda g, answer: (
        f"Your figures count how much alpha there is. With the same price and twice the alpha_out, "
        f"subnet {_first(g)[0]} would get more from you; "
        f"`Pool({_first(g)[1]['tao_in']}, {_first(g)[1]['alpha_in']}, "
        f"{2 * _first(g)[1]['alpha_out']}).price` is what it was."
    ),
)

HELD_VALUE = Misconception(
    "the value of what holders have in place of the price",
    lambda g: shares(each(g, lambda pool: float(pool.price * pool.alpha_out))),
    lambda g, answer: (
        "Price times alpha_out is a market value: it counts how much alpha is held. "
        f"`Pool({_first(g)[1]['tao_in']}, {_first(g)[1]['alpha_in']}, "
        f"{2 * _first(g)[1]['alpha_out']}).price` does not."
    ),
    later=True,
)

TAO_RESERVE = Misconception(
    "the TAO in the pool in place of the price",
    lambda g: shares(each(g, lambda pool: float(pool.tao_in))),
    lambda g, answer: (
        f"You divided by how deep the pools are. Subnet {_first(g)[0]} with twice both reserves "
        f"would get more from you, and its price would be the same "
        f"{show(Pool(_first(g)[1]['tao_in'], _first(g)[1]['alpha_in']).price)}."
    ),
)

TURNED_PRICE = Misconception(
    "the price turned round, alpha for one TAO",
    lambda g: shares(each(g, lambda pool: float(pool.alpha_in / pool.tao_in))),
    lambda g, answer: (
        f"You gave most to subnet {max(answer, key=lambda name: answer[name])}, whose alpha is the "
        "cheapest of all here."
    ),
)

EQUAL_PARTS = Misconception(
    "the same for every subnet",
    lambda g: shares(each(g, lambda pool: 1.0)),
    lambda g, answer: (
        f"You pay subnet {_dearest(g)} as much as the others, though its alpha costs "
        f"{show(max(each(g, _price).values()), 4)} TAO and the cheapest "
        f"{show(min(each(g, _price).values()), 4)} TAO. Then no stake anywhere would matter."
    ),
)

WHOLE_DISTANCE = Misconception(
    "both sides counted: what left and what came",
    lambda g: sum(abs(a - b) for a, b in zip(g.before, g.after, strict=True)),
    lambda g, answer: (
        f"Take {brief_list(g.before)} and {brief_list(g.after)}: you say that {show(answer, 4)} of "
        "all emission moved. What one subnet wins, another loses, and you counted it at both; were "
        "everything moved, you would say 2."
    ),
)

LARGEST_CHANGE = Misconception(
    "the largest single change",
    lambda g: max(abs(a - b) for a, b in zip(g.before, g.after, strict=True)),
    lambda g, answer: (
        f"From {brief_list(g.before)} to {brief_list(g.after)}: besides the largest change, "
        f"{show(answer)}, others moved too, and in your figure they cost nothing."
    ),
)

EUCLID = Misconception(
    "the root of the sum of squares",
    lambda g: sum((a - b) ** 2 for a, b in zip(g.before, g.after, strict=True)) ** 0.5,
    lambda g, answer: (
        f"Take {brief_list(g.before)} and {brief_list(g.after)}, and cut the first subnet into two "
        f"equal halves: the same emission moves, and your figure changes from {show(answer, 4)} "
        f"to {show((answer**2 - (g.before[0] - g.after[0]) ** 2 / 2) ** 0.5, 4)}."
    ),
)


def brief_list(values: Iterable[float]) -> str:
    """Write shares in a list."""
    return "[" + ", ".join(show(value, 4) for value in values) + "]"
