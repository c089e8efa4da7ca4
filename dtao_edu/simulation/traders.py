"""People who trade in a run: each is a value, and its behaviour a small function.

See :mod:`dtao_edu.simulation.trader` for what a behaviour sees and returns. What is the same in
all of them: `tao` is free TAO at the start and `alpha` what is held then, {netuid: alpha};
`netuids` is where it trades, one, several, or None for all; `every` is the blocks between two
turns; `name` is unlike that of any other trader of the run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf

import numpy as np

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import between, not_negative, positive, refuse
from dtao_edu.engine.generic import maximum, minimum, where
from dtao_edu.simulation.state import Column
from dtao_edu.simulation.trader import Behaviour, Numbers, Purse, Sight, Trader, generic

__all__ = [
    "Behaviour", "Numbers", "Purse", "Sight", "Trader", "arbitrage", "believer", "buy_and_hold",
    "crowd", "generic", "miner", "momentum", "noise", "orders", "pump", "sandwich", "saver",
    "target_share",
]  # fmt: skip


def _among(netuids: Sequence[int] | int | None) -> tuple[int, ...] | None:
    if netuids is None:
        return None
    return (netuids,) if isinstance(netuids, int) else tuple(netuids)


# Behaviours.


@generic
def _spends_a_part(sight: Sight, purse: Purse, numbers: Numbers) -> Column:
    return purse.tao * numbers[0]


@generic
def _keeps_a_share(sight: Sight, purse: Purse, numbers: Numbers) -> Column:
    gap = numbers[0] * purse.wealth - formulas.value(purse.alpha, sight.price)
    return where(gap > 0, gap, gap / sight.price)


@generic
def _follows_the_trend(sight: Sight, purse: Purse, numbers: Numbers) -> Column:
    trend = formulas.price_impact(sight.moving_price, sight.price) * numbers[0]
    rises, falls = minimum(maximum(trend, 0), 1), minimum(maximum(-trend, 0), 1)
    return where(trend > 0, rises * purse.tao, -falls * purse.alpha)


@generic
def _by_chance(sight: Sight, purse: Purse, numbers: Numbers) -> Column:
    tao = sight.draw * numbers[0]
    return where(tao > 0, tao, tao / sight.price)


@generic
def _as_listed(sight: Sight, purse: Purse, numbers: Numbers) -> Column:
    return sight.draw


@generic
def _believes(sight: Sight, purse: Purse, numbers: Numbers) -> Column:
    pace, regard = numbers[1], numbers[2]
    worth = numbers[0] + regard * (sight.price - numbers[0])
    some = where(worth > 0, worth, sight.price)  # what is worth nothing is sold at any price
    price = formulas.price(sight.tao_in, sight.alpha_in)
    below = formulas.limit_spot(sight.tao_in, price, some)
    above = formulas.limit_spot(sight.alpha_in, some, price)
    return pace * where(worth > 0, where(below > 0, below, -above), -purse.alpha)


@generic
def _sells_all(sight: Sight, purse: Purse, numbers: Numbers) -> Column:
    return -purse.alpha


@generic
def _in_and_out(sight: Sight, purse: Purse, numbers: Numbers) -> Column:
    return where(sight.turn == 0, purse.tao * numbers[0], -purse.alpha)


@generic
def _saves(sight: Sight, purse: Purse, numbers: Numbers) -> Column:
    each, tolerance, partial = numbers[0], numbers[1], numbers[2]
    limit = sight.quote * (1 + tolerance)
    price = formulas.price(sight.tao_in, sight.alpha_in)
    most = formulas.limit_spot(sight.tao_in, price, limit)
    return where(most >= each, each, partial * most)


# Traders.


def buy_and_hold(
    tao: float, netuids: Sequence[int] | int | None = None, *, block: int = 0, name: str = "holder"
) -> Trader:
    """Buy once, an equal part of the TAO in every subnet named, and keep it.

    Parameters
    ----------
    tao, netuids, name : as of all traders.
    block : of the run, in which it buys.
    """
    among = _among(netuids)
    part = 1.0 if among is None else 1 / len(among)
    return Trader(
        name, _spends_a_part, tao, numbers=(part,), netuids=among, first=block, last=block + 1
    )


def target_share(
    tao: float,
    share: float,
    netuids: Sequence[int] | int | None = None,
    *,
    every: int = 7200,
    name: str = "rebalancer",
) -> Trader:
    """Keep `share` of the wealth in each subnet named: buys after a fall, sells after a rise.

    Parameters
    ----------
    share : of the wealth, in each subnet, 0 to 1.
    tao, netuids, every, name : as of all traders.
    """
    part = between("share", share, 0, 1)
    return Trader(name, _keeps_a_share, tao, numbers=(part,), netuids=_among(netuids), every=every)


def momentum(
    tao: float,
    pace: float = 0.1,
    netuids: Sequence[int] | int | None = None,
    *,
    every: int = 300,
    name: str = "follower",
) -> Trader:
    """Buy what stands above its moving price, sell what stands below.

    `pace` times the distance is the part of the free TAO, or of the alpha, that is traded.

    Parameters
    ----------
    pace : above 0.
    tao, netuids, every, name : as of all traders.
    """
    return Trader(
        name, _follows_the_trend, tao, numbers=(positive("pace", pace),),
        netuids=_among(netuids), every=every,
    )  # fmt: skip


def noise(
    tao: float,
    size: float,
    netuids: Sequence[int] | int | None = None,
    *,
    every: int = 1,
    alpha: Mapping[int, float] | None = None,
    name: str = "noise",
) -> Trader:
    """Trade by chance: each turn an amount of mean 0 and spread `size` TAO in every subnet.

    Parameters
    ----------
    size : spread of an order, TAO, above 0.
    tao, netuids, every, alpha, name : as of all traders.
    """
    return Trader(
        name, _by_chance, tao, alpha or {}, (positive("size", size),), _among(netuids), every,
        draws=True,
    )  # fmt: skip


def believer(
    tao: float,
    worth: float | Mapping[int, float],
    pace: float = 1.0,
    *,
    every: int = 300,
    name: str = "believer",
    alpha: Mapping[int, float] | None = None,
) -> Trader:
    """Buy below the worth one believes in, sell above it, until the TAO or the alpha is gone.

    Parameters
    ----------
    worth : TAO per alpha; one number, or {netuid: worth} for the subnets traded in.
    pace : part of the way to the worth that one turn goes, 0 to 1.
    tao, every, name, alpha : as of all traders.
    """
    netuids = tuple(worth) if isinstance(worth, Mapping) else None
    return Trader(
        name, _believes, tao, alpha or {}, (worth, between("pace", pace, 0, 1)), netuids, every
    )


def arbitrage(
    tao: float, price: float | Mapping[int, float], *, every: int = 1, name: str = "arbitrage"
) -> Trader:
    """Trade to a price known from elsewhere, all the way, at every turn.

    Parameters
    ----------
    price : TAO per alpha; one number, or {netuid: price}.
    tao, every, name : as of all traders.
    """
    return believer(tao, price, 1.0, every=every, name=name)


def crowd(
    tao: float | Sequence[float] | Column,
    worth: Sequence[Sequence[float]] | Column,
    pace: float = 1.0,
    *,
    regard: float = 0.0,
    alpha: Mapping[int, float | Sequence[float] | Column] | None = None,
    every: int = 1,
    name: str = "crowd",
) -> Trader:
    """Many believers, one after another: `worth` has a row a member and a column a subnet.

    Each has TAO and alpha of its own: one number for all, or one a member. `regard`, 0 to 1, is
    the weight that each gives to the price as it stands, the rest of it to its own worth. A
    worth of NaN is refused; one equal to the price is no order.

    Parameters
    ----------
    tao, alpha : as in :class:`Trader`, one number for all or one a member.
    worth : TAO per alpha, a row a member and a column a subnet.
    pace : part of the way to the worth that one turn goes, 0 to 1.
    regard : weight given to the price, 0 to 1.
    every, name : as of all traders.
    """
    opinions = np.array(worth, dtype=float)
    if opinions.ndim != 2:
        refuse("worth", f"{opinions.ndim} dimensions", "an array of members by subnets")
    weights = (between("pace", pace, 0, 1), between("regard", regard, 0, 1))
    return Trader(name, _believes, tao, alpha or {}, (opinions, *weights), every=every,
                  members=len(opinions))  # fmt: skip


def miner(
    netuids: Sequence[int] | int, part: float = 1.0, *, every: int = 361, name: str = "miner"
) -> Trader:
    """Earn a part of the miners' alpha, and sell all of it at every turn.

    Parameters
    ----------
    part : of the miners' alpha, 0 to 1.
    netuids, every, name : as of all traders.
    """
    return Trader(name, _sells_all, netuids=_among(netuids), every=every, first=every - 1,
                  earns=part)  # fmt: skip


def pump(
    netuid: int, tao: float, *, block: int = 0, blocks: int = 300, name: str = "pump"
) -> Trader:
    """Buy with all the TAO, hold for some blocks, sell everything.

    Parameters
    ----------
    netuid : int
    tao : spent at once.
    block : of the run, in which it buys; `blocks` : until it sells.
    name : str
    """
    return Trader(name, _in_and_out, tao, numbers=(1.0,), netuids=(netuid,), every=blocks,
                  first=block, last=block + blocks + 1)  # fmt: skip


def saver(
    tao: float,
    each: float,
    netuids: Sequence[int] | int,
    *,
    tolerance: float = inf,
    partial: bool = False,
    every: int = 7200,
    name: str = "saver",
) -> Trader:
    """Stake the same amount at every turn, with a limit price `tolerance` above the quote.

    The quote is the price before anybody traded in the block. `partial` as `allow_partial`.

    Parameters
    ----------
    each : TAO a turn, above 0.
    tolerance : part of the quote, 0 or more.
    partial : whether an order is filled up to its limit.
    tao, netuids, every, name : as of all traders.
    """
    not_negative("tolerance", 0.0 if tolerance == inf else tolerance)
    return Trader(
        name, _saves, tao, numbers=(positive("each", each), tolerance, float(partial)),
        netuids=_among(netuids), every=every,
    )  # fmt: skip


def sandwich(victim: Trader, tao: float, *, name: str = "sandwich") -> tuple[Trader, ...]:
    """Buy just before a known order and sell just after it, in the same block.

    Returns three traders to put into a run: before, the victim, after.

    Parameters
    ----------
    victim : Trader
        Whose orders are known.
    tao : what is spent around each of them.
    name : str
    """
    front = Trader(name + " before", _spends_a_part, tao, numbers=(1.0,), wallet=name,
                   netuids=victim.netuids, every=victim.every, first=victim.first,
                   last=victim.last)  # fmt: skip
    return front, victim, replace(front, name=name + " after", behaviour=_sells_all, numbers=())


def orders(
    table: Sequence[Sequence[float]] | Column,
    tao: float,
    netuids: Sequence[int] | None = None,
    *,
    alpha: Mapping[int, float] | None = None,
    every: int = 1,
    name: str = "orders",
) -> Trader:
    """Trade by a table: a row a turn, a column a subnet; above 0 TAO, below 0 alpha.

    Parameters
    ----------
    table : finite numbers, a row a turn.
    tao, netuids, alpha, every, name : as of all traders.
    """
    rows = np.array(table, dtype=float)
    if rows.ndim != 2 or not np.isfinite(rows).all():
        refuse("table", f"an array of shape {rows.shape}", "finite numbers, a row a turn")
    return Trader(name, _as_listed, tao, alpha or {}, netuids=_among(netuids), every=every,
                  draws=rows)  # fmt: skip
