"""A trader: what it sees, what it owns, its orders, and when its turn comes.

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
from typing import Any, NamedTuple, cast

import numpy as np

from dtao_edu.engine.errors import between, not_negative, refuse, whole
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

    It may then be compiled. It sees numbers as a tuple, and calls only `formulas`, functions of
    `engine/generic.py` and arithmetic.
    """
    GENERIC.add(behaviour)
    return behaviour


Changed = (
    str | bool | Number | tuple[Number, ...] | tuple[int, ...] | Behaviour | None
    | Mapping[int, float | Sequence[float] | Column]
)  # fmt: skip
"""What another value of a trader may be."""


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
            kind = None if isinstance(owned, np.ndarray) else object
            each = np.ravel(np.asarray(owned, dtype=kind))
            if each.size not in (1, self.members):
                refuse(f"{name} of {self.name}", f"{each.size} numbers", f"1 or {self.members}")
            # Of a column of floats one look tells that all are good; else each is looked at.
            if each.dtype.kind != "f" or not (np.isfinite(each) & (each >= 0)).all():
                for number in each.tolist():
                    not_negative(f"{name} of {self.name}", number)
        between(f"earns of {self.name}", self.earns, 0, 1)
        if len(self.numbers) > 3:
            refuse(f"numbers of {self.name}", f"{len(self.numbers)} numbers", "at most 3")
        object.__setattr__(self, "wallet", self.wallet or self.name)

    @property
    def compiles(self) -> bool:
        """Whether Numba can compile its behaviour."""
        return self.behaviour in GENERIC

    def but(self, **changes: Changed) -> Trader:
        """Return the same trader with other values."""
        return replace(self, **cast("dict[str, Any]", changes))
