"""Wrong ideas about a trade with a pool.

From `SPOT_PRICE` to `WRONG_RESERVES` they read a stake (`tao_in`, `alpha_in`, `tao`) and an unstake
(`tao_in`, `alpha_in`, `alpha`) alike, and answer what is received. The others read a stake alone;
what they answer stands below each. Where an exercise asks for something else about the same trade,
it takes the idea with another value: ``SPOT_PRICE.but(lambda g: ...)``.
"""

from __future__ import annotations

from typing import NamedTuple

from dtao_edu.engine.pool import Pool, Trade
from dtao_edu.practice.exercise.draw import Given
from dtao_edu.practice.exercise.exercise import Misconception
from dtao_edu.practice.text import show


class Swap(NamedTuple):
    """A stake or an unstake, written for both directions."""

    into: float  # reserve of the token that goes in
    out_of: float  # reserve of the token that comes out
    paid: float
    paid_in: str
    out_in: str


def swap(g: Given) -> Swap:
    """Read the trade from the given numbers."""
    if "tao" in g:
        return Swap(g.tao_in, g.alpha_in, g.tao, "TAO", "alpha")
    return Swap(g.alpha_in, g.tao_in, g.alpha, "alpha", "TAO")


def pool(g: Given) -> Pool:
    """Return the pool of the given numbers; all alpha to be unstaked is out of it."""
    out = g.alpha_out if "alpha_out" in g else g.alpha if "alpha" in g else 0
    return Pool(g.tao_in, g.alpha_in, out)


def trade(g: Given) -> Trade:
    """Ask the engine for the trade without a fee."""
    return pool(g).stake(g.tao) if "tao" in g else pool(g).unstake(g.alpha)


def product_if(g: Given, received: float) -> str:
    """Tell what the reserves would multiply to if so much were received; the pool can be asked."""
    s = swap(g)
    left, before = s.out_of - received, s.into * s.out_of
    if left <= 0:
        return (
            f"You would take {show(received)} {s.out_in} out of a pool that holds {show(s.out_of)}."
        )
    return (
        f"With {show(received)} {s.out_in} taken out, the pool would hold "
        f"{show(s.into + s.paid)} {s.paid_in} and {show(left)} {s.out_in}: a product of "
        f"{show((s.into + s.paid) * left)}. Before the trade it was {show(before)}, and a trade "
        "without a fee leaves it unchanged."
    )


def written(g: Given, *names: str) -> str:
    """Write some of the given numbers so that they can be copied.

    Examples
    --------
    >>> written(Given(tao_in=6590.0, tao=10), "tao_in", "tao")
    'tao_in=6590, tao=10'
    """
    return ", ".join(f"{name}={g[name]:.10g}" for name in names)


def paid_at(g: Given, price: float) -> str:
    """Tell what a trade at one price would bring, with the numbers of one try."""
    return (
        f"Try {written(g, 'tao_in', 'alpha_in', 'tao')}: at your "
        f"price of {show(price)}, {show(g.tao)} TAO buy {show(g.tao / price)} alpha. "
        + product_if(g, g.tao / price)
    )


def at_price(g: Given, price: float) -> str:
    """Tell which pool a spot price after the stake belongs to."""
    tao, alpha = g.tao_in + g.tao, (g.tao_in + g.tao) / price
    return (
        f"Try {written(g, 'tao_in', 'alpha_in', 'tao')}: your price "
        f"is {show(price)}, so beside {show(tao)} TAO the pool would hold {show(alpha)} alpha. The "
        f"two multiply to {show(tao * alpha)}; before the stake it was "
        f"{show(g.tao_in * g.alpha_in)}. "
    )


def price_then(g: Given, tao: float) -> str:
    """Tell where the spot price would end."""
    call = f"Try {written(g, 'tao_in', 'alpha_in', 'limit_price')}: "
    if tao <= 0:
        return f"{call}you allow {show(tao)} TAO, though the price is below the limit."
    price = Pool(g.tao_in, g.alpha_in).stake(tao).after.price
    side = "above" if price > g.limit_price else "below"
    return (
        f"{call}after a stake of your {show(tao)} TAO the spot price is {show(price)}, {side} the "
        "limit."
    )


SPOT_PRICE = Misconception(
    "the spot price for the whole trade",
    lambda g: swap(g).paid * swap(g).out_of / swap(g).into,
    lambda g, answer: (
        "The spot price is the price of the first tiny bit only; it moves while you trade. "
        + product_if(g, answer)
    ),
)

FINAL_PRICE = Misconception(
    "the price after the trade for the whole trade",
    lambda g: swap(g).paid * swap(g).into * swap(g).out_of / (swap(g).into + swap(g).paid) ** 2,
    lambda g, answer: (
        "You traded all of it at the price of the last tiny bit. "
        + product_if(g, answer)
        + " The pool would keep what is yours."
    ),
)

WHAT_STAYS = Misconception(
    "what stays in the pool, not what comes out",
    lambda g: swap(g).into * swap(g).out_of / (swap(g).into + swap(g).paid),
    lambda g, answer: (
        f"You took the other side of it. If {show(answer)} {swap(g).out_in} came out of the pool's "
        f"{show(swap(g).out_of)}, the product of the reserves would become "
        f"{show((swap(g).into + swap(g).paid) * (swap(g).out_of - answer))}; it was "
        f"{show(swap(g).into * swap(g).out_of)}."
    ),
)

SUM_KEPT = Misconception(
    "the sum of the reserves kept, not their product",
    lambda g: swap(g).paid,
    lambda g, answer: (
        f"One for one keeps the sum of the reserves, {show(swap(g).into + swap(g).out_of)}. "
        + product_if(g, answer)
    ),
)

TURNED_ROUND = Misconception(
    "the price applied the wrong way round",
    lambda g: swap(g).paid * swap(g).into / swap(g).out_of,
    lambda g, answer: (
        f"A price is TAO for one alpha; here it is {show(pool(g).price)}. At that price "
        + (
            f"{show(answer)} alpha are worth {show(answer * pool(g).price)} TAO, and you paid "
            f"{show(g.tao)}."
            if "tao" in g
            else f"{show(g.alpha)} alpha are worth {show(g.alpha * pool(g).price)} TAO, and you "
            f"would receive {show(answer)}."
        )
    ),
)

WRONG_RESERVES = Misconception(
    "the two reserves exchanged",
    lambda g: swap(g).into * swap(g).paid / (swap(g).out_of + swap(g).paid),
    lambda g, answer: (
        f"This adds the {swap(g).paid_in} that goes in to the {swap(g).out_in} reserve. "
        + product_if(g, answer)
    ),
)

HELD_ALPHA_COUNTED = Misconception(
    "alpha_out counted as if it were in the pool",
    lambda g: Pool(g.tao_in, g.alpha_in + g.alpha_out).stake(g.tao).received,
    lambda g, answer: (
        f"The {show(g.alpha_out)} alpha of `alpha_out` belong to holders and are not in the pool. "
        + product_if(g, answer)
    ),
)
"""Asked is what a stake receives."""

TAO_RESERVE_ONLY = Misconception(
    "only the TAO reserve moved",
    lambda g: (g.tao_in + g.tao) / g.alpha_in,
    lambda g, answer: at_price(g, answer) + "The staker would have received nothing for the TAO.",
)
"""Asked is the price after a stake."""

STRAIGHT_LINE = Misconception(
    "a straight line",
    lambda g: g.tao_in / g.alpha_in * (1 + 2 * g.tao / g.tao_in),
    lambda g, answer: at_price(g, answer) + "The price moves along a curve, not a line.",
)
"""Asked is the price after a stake."""

RESERVE_THEN = Misconception(
    "the TAO reserve then, not what was added",
    lambda g: g.tao_in + Pool(g.tao_in, g.alpha_in).max_stake(g.limit_price),
    price_then,
)
"""Asked is the TAO that brings the spot price to `limit_price`."""
