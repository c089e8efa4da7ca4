"""People who trade in a run: each is a value, and its behaviour a small function.

A behaviour is a function of (sight, purse, numbers): what the trader sees of a subnet, what
it owns, and its own numbers. It returns an order: above 0 TAO to stake, below 0 alpha to
unstake. It is read by columns (all subnets at once) and by the compiled loop alike, so it
uses the functions of `engine/generic.py` where it compares.

A trader never spends what it does not have. When its orders of a block come to more TAO
than is free, all of them are cut in proportion; no more alpha is sold than is held.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import Any, NamedTuple

import numpy as np

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import between, not_negative, positive, refuse, whole
from dtao_edu.engine.generic import maximum, minimum, where
from dtao_edu.engine.units import Amount
from dtao_edu.simulation.state import Column

NEVER = 2**62


class Sight(NamedTuple):
    """What a trader sees of a subnet when its turn comes.

    Attributes
    ----------
    netuid : the subnet's number.
    turn : how many turns it has had, counted from 0; `block` : the block's number.
    price, moving_price, tao_in, alpha_in : as they stand, TAO per alpha, TAO and alpha.
    quote : the price before anybody traded in this block.
    draw : a number for this turn and subnet: from a table, or by chance (mean 0, spread 1).
    """

    netuid: Column
    turn: int
    block: int
    price: Column
    moving_price: Column
    tao_in: Column
    alpha_in: Column
    quote: Column
    draw: Column


class Purse(NamedTuple):
    """What a trader owns: free TAO, alpha in the subnet, and both together at spot prices."""

    tao: Column
    alpha: Column
    wealth: Column


Number = Amount | Mapping[int, float] | Sequence[Sequence[float]] | Column
"""A behaviour's own number: one, or one a subnet; with members a row each."""
Numbers = Sequence[Column]
Order = Column | float | Mapping[int, float]
"""TAO to stake (above 0) or alpha to unstake (below 0): a column, one number, or by netuid."""
Behaviour = Callable[[Sight, Purse, Numbers], Order]
GENERIC: set[Behaviour] = set()
"""Behaviours that one number and a whole column read alike, and that Numba compiles."""


def generic(behaviour: Behaviour) -> Behaviour:
    """Mark a behaviour as written in words that single numbers and columns read alike.

    It may then be compiled. It sees numbers as a tuple, and calls only `formulas`, `words`
    and arithmetic.
    """
    GENERIC.add(behaviour)
    return behaviour


@dataclass(frozen=True)
class Trader:
    """Somebody who trades; the functions of this page make the usual ones.

    Parameters
    ----------
    name : str
    behaviour : function of (sight, purse, numbers)
        Returns TAO to stake (above 0) or alpha to unstake (below 0): a column, one number
        for every subnet, or {netuid: amount}.
    tao : float
        Free TAO at the start. With `members`, of each of them: one number, or one a member.
    alpha : mapping of netuid to float
        Alpha held at the start. With `members`, as `tao`.
    numbers : tuple
        The behaviour's own numbers: each one number, or {netuid: number}, or with
        `members` an array of one row a member and one column a subnet.
    netuids : sequence of int, optional
        Where it trades; everywhere if left out.
    every, first, last : int
        Its turns: every so many blocks, from the block `first` of the run (0 is the run's
        first block) to before `last`.
    members : int
        More than 1 for a crowd: at each turn the next member acts, with numbers and a
        purse of its own.
    draws : bool or array
        True: a random number for each turn and subnet. An array of rows: row after row,
        from the start again at its end.
    earns : float
        Part of the miners' alpha of its subnets that it receives, 0 to 1.
    wallet : str, optional
        Traders of one wallet share one purse; the first of them says what is in it.
    """

    name: str
    behaviour: Behaviour
    tao: float | Sequence[float] | Column = 0.0
    alpha: Mapping[int, float | Sequence[float] | Column] = field(default_factory=dict)
    numbers: tuple[Number, ...] = ()
    netuids: tuple[int, ...] | None = None
    every: int = 1
    first: int = 0
    last: int = NEVER
    members: int = 1
    draws: bool | Column = False
    earns: float = 0.0
    wallet: str = ""

    def __post_init__(self) -> None:
        if not callable(self.behaviour):
            refuse(f"behaviour of {self.name}", self.behaviour, "a function")
        for name, least in (("every", 1), ("first", 0), ("last", 0), ("members", 1)):
            whole(f"{name} of {self.name}", getattr(self, name), least)
        for name, owned in (("tao", self.tao), *(("alpha", held) for held in self.alpha.values())):
            each = np.ravel(np.asarray(owned, dtype=object)).tolist()
            if len(each) not in (1, self.members):
                refuse(f"{name} of {self.name}", f"{len(each)} numbers", f"1 or {self.members}")
            for number in each:
                not_negative(f"{name} of {self.name}", number)
        between(f"earns of {self.name}", self.earns, 0, 1)
        if len(self.numbers) > 3:
            refuse(f"numbers of {self.name}", f"{len(self.numbers)} numbers", "at most 3")
        object.__setattr__(self, "wallet", self.wallet or self.name)

    @property
    def compiles(self) -> bool:
        """Whether Numba can compile its behaviour."""
        return self.behaviour in GENERIC

    def but(self, **changes: Any) -> Trader:
        """Return the same trader with other values."""
        return replace(self, **changes)


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
    """Buy once, an equal part of the TAO in every subnet named, and keep it."""
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
    """Keep `share` of the wealth in each subnet named: buys after a fall, sells after a rise."""
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
    """Trade by chance: each turn an amount of mean 0 and spread `size` TAO in every subnet."""
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
    """
    netuids = tuple(worth) if isinstance(worth, Mapping) else None
    return Trader(
        name, _believes, tao, alpha or {}, (worth, between("pace", pace, 0, 1)), netuids, every
    )


def arbitrage(
    tao: float, price: float | Mapping[int, float], *, every: int = 1, name: str = "arbitrage"
) -> Trader:
    """Trade to a price known from elsewhere, all the way, at every turn."""
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
    """Earn a part of the miners' alpha, and sell all of it at every turn."""
    return Trader(name, _sells_all, netuids=_among(netuids), every=every, first=every - 1,
                  earns=part)  # fmt: skip


def pump(
    netuid: int, tao: float, *, block: int = 0, blocks: int = 300, name: str = "pump"
) -> Trader:
    """Buy with all the TAO, hold for some blocks, sell everything."""
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
    """
    not_negative("tolerance", 0.0 if tolerance == inf else tolerance)
    return Trader(
        name, _saves, tao, numbers=(positive("each", each), tolerance, float(partial)),
        netuids=_among(netuids), every=every,
    )  # fmt: skip


def sandwich(victim: Trader, tao: float, *, name: str = "sandwich") -> tuple[Trader, ...]:
    """Buy just before a known order and sell just after it, in the same block.

    Returns three traders to put into a run: before, the victim, after.
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
    """Trade by a table: a row a turn, a column a subnet; above 0 TAO, below 0 alpha."""
    rows = np.array(table, dtype=float)
    if rows.ndim != 2 or not np.isfinite(rows).all():
        refuse("table", f"an array of shape {rows.shape}", "finite numbers, a row a turn")
    return Trader(name, _as_listed, tao, alpha or {}, netuids=_among(netuids), every=every,
                  draws=rows)  # fmt: skip
