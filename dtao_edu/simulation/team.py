"""Traders made ready for a network: columns in its order, purses, draws; and one turn of one.

:func:`take_turn` is the reference, by columns. `compiled.py` has the same turn as a loop.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import refuse
from dtao_edu.engine.generic import maximum, minimum, where
from dtao_edu.engine.units import exactly, like, whole_rao
from dtao_edu.simulation import mechanisms
from dtao_edu.simulation.block import Chain, Facts, Subnets, Trading, total
from dtao_edu.simulation.network import Network
from dtao_edu.simulation.rules import RuleSet
from dtao_edu.simulation.traders import Trader


class Crew(NamedTuple):
    """All traders of a run in the order in which they act, as arrays that the loop reads too.

    Attributes
    ----------
    kind : which of the team's behaviours each trader has.
    every, first, last, members : of each trader; turns in blocks of the run.
    numbers_row, purse_row, draws_row, draws_rows, drawn : where a trader's rows begin in
        the tables below, how many draws it has, and the turn of the first of them.
    earner : 1 if it receives miners' alpha.
    mask, earns : by traders and subnets: 1 where it trades; part of the miners' alpha.
    numbers : three numbers, by rows, by subnets.
    tao, alpha : what each row's purse holds; changed in place as the run goes on.
    draws : rows of numbers, by chance or from a table.
    """

    kind: Any
    every: Any
    first: Any
    last: Any
    members: Any
    numbers_row: Any
    purse_row: Any
    draws_row: Any
    draws_rows: Any
    drawn: Any
    earner: Any
    mask: Any
    earns: Any
    numbers: Any
    tao: Any
    alpha: Any
    draws: Any


class Team:
    """The traders of a run, made ready for a network."""

    def __init__(self, traders: Sequence[Trader], network: Network, seed: Any) -> None:
        self.traders = tuple(traders)
        self.random = [np.random.default_rng(s) for s in _seeds(seed, len(self.traders))]
        self.behaviours = tuple(dict.fromkeys(t.behaviour for t in self.traders if t.compiles))
        self.netuids, kind = network.netuid.tolist(), network.tao_in.dtype
        self.rows_of: dict[str, slice] = {}
        numbers: list[Any] = [np.zeros((3, 0, len(network)), dtype=kind)]
        tao: list[Any] = [np.zeros(0, dtype=kind)]
        alpha: list[Any] = [np.zeros((0, len(network)), dtype=kind)]
        masks, earns, ints = [], [], []
        used = purses = 0
        for trader in self.traders:
            members, name = trader.members, trader.name
            masks.append(self._mask(trader))
            earns.append(trader.earns * masks[-1])
            three = np.zeros((3, members, len(network)), dtype=kind)
            for i, number in enumerate(trader.numbers):
                three[i] = _column(f"numbers of {name}", number, self.netuids, kind)
            numbers.append(three)
            if trader.wallet not in self.rows_of:
                self.rows_of[trader.wallet] = slice(purses, purses + members)
                purses += members
                free = np.broadcast_to(np.ravel(np.array(trader.tao, dtype=float)), members)
                tao.append(_column(f"tao of {name}", free, range(members), kind))
                held = np.zeros((members, len(network)))
                for netuid, owned in trader.alpha.items():
                    if netuid in self.netuids:
                        held[:, self.netuids.index(netuid)] = owned
                alpha.append(_as_kind(held, kind))
            known = trader.behaviour in self.behaviours
            kind_of = self.behaviours.index(trader.behaviour) if known else -1
            row = self.rows_of[trader.wallet].start
            ints.append((kind_of, trader.every, trader.first, trader.last, members, used, row))
            used += members
        whole: Any = np.array(ints, dtype=np.int64).reshape(-1, 7).T.copy()
        none = np.zeros(len(ints), dtype=np.int64)
        empty = (0, len(network))
        self.crew = Crew(
            whole[0], whole[1], whole[2], whole[3], whole[4], whole[5], whole[6],
            none, none, none, np.array([int(t.earns > 0) for t in self.traders], dtype=np.int64),
            np.array(masks, dtype=float).reshape(-1, len(network)),
            _as_kind(np.array(earns, dtype=float).reshape(-1, len(network)), kind),
            np.concatenate(numbers, axis=1), np.concatenate(tao), np.concatenate(alpha),
            np.zeros(empty),
        )  # fmt: skip

        self.exact = kind == np.dtype(object)
        self.turns = [(i[2], i[3], i[1]) for i in ints]
        self.plan: list[Any] = [
            (trader, self.exact or not trader.compiles, mask, *i[4:])
            for trader, mask, i in zip(self.traders, masks, ints, strict=True)
        ]
        self.drawn: list[tuple[Any, int]] = []

    def _mask(self, trader: Trader) -> Any:
        for netuid in trader.netuids or ():
            if netuid not in self.netuids:
                refuse(f"netuids of {trader.name}", netuid, f"one of {self.netuids}")
        among = self.netuids if trader.netuids is None else trader.netuids
        return np.array([float(netuid in among) for netuid in self.netuids])

    def draw(self, start: int, stop: int) -> None:
        """Draw the random numbers of the blocks from `start` to before `stop`."""
        tables, drawn, width = [], [], len(self.netuids)
        for trader, random in zip(self.traders, self.random, strict=True):
            first, rows = 0, np.zeros((1, width))
            if trader.draws is True:
                first = max(-((trader.first - start) // trader.every), 0)
                end = max(-((trader.first - min(stop, trader.last)) // trader.every), first)
                if end > first:
                    rows = random.standard_normal((end - first, width))
            elif trader.draws is not False:
                rows = trader.draws
                if rows.shape[1] != width:
                    refuse(
                        f"draws of {trader.name}",
                        f"{rows.shape[1]} columns",
                        f"{width} columns, one a subnet",
                    )
            tables.append(rows)
            drawn.append(first)
        self.drawn = list(zip(tables, drawn, strict=True))
        counts = [len(rows) for rows in tables]
        self.crew = self.crew._replace(
            draws_row=np.cumsum([0, *counts])[:-1].astype(np.int64),
            draws_rows=np.array(counts, dtype=np.int64),
            drawn=np.array(drawn, dtype=np.int64),
            draws=tables[0]
            if len(tables) == 1
            else np.concatenate([*tables, np.zeros((0, width))]),
        )

    def wallets(self) -> dict[str, tuple[Any, Any]]:
        """Return free TAO and alpha by subnet of each wallet."""
        tao, alpha = self.crew.tao, self.crew.alpha
        return {
            name: (tao[rows].sum(), alpha[rows].sum(axis=0)) for name, rows in self.rows_of.items()
        }


def _seeds(seed: Any, count: int) -> list[Any]:
    root = seed if isinstance(seed, np.random.SeedSequence) else np.random.SeedSequence(seed)
    # Not spawn(), which would count on: the same seed gives the same run each time.
    return [
        np.random.SeedSequence(root.entropy, spawn_key=(*root.spawn_key, i)) for i in range(count)
    ]


def _column(name: str, given: Any, names: Any, kind: Any) -> Any:
    """Read one number, {netuid: number} or an array as a column of floats or Fractions."""
    if isinstance(given, Mapping):
        given = [given.get(name, 0) for name in names]
    column = np.array(given, dtype=float)
    if column.ndim == 0:
        column = np.full(len(names), column)
    if column.shape[-1] != len(names) or np.isnan(column).any():
        refuse(name, given, f"numbers, {len(names)} of them, one a subnet")
    return _as_kind(column, kind)


def _as_kind(column: Any, kind: Any) -> Any:
    """Return a column of floats as it is, or as Fractions."""
    return np.frompyfunc(_exact, 1, 1)(column) if kind == np.dtype(object) else column


def turn_in(first: int, last: int, every: int, block: int, blocks: int) -> int:
    """Return the number of the turn that falls in the step at `block`; -1 if none does."""
    end = min(block + blocks, last) - 1
    if end < first:
        return -1
    turn = (end - first) // every
    return turn if first + turn * every >= block else -1


class Seen:
    """A :class:`Sight` of all subnets; what has to be computed is, when it is asked for."""

    def __init__(
        self, rules: RuleSet, s: Subnets, before: Subnets, facts: Facts, turn: int, block: int,
        draw: Any,
    ) -> None:  # fmt: skip
        self._price_of, self._before = mechanisms.CURVES[rules.pool].price, before
        self.netuid, self.turn, self.block, self.draw = facts.netuid, turn, block, draw
        self.tao_in, self.alpha_in, self.moving_price = s.tao_in, s.alpha_in, s.moving_price
        self._weight = s.quote_weight

    @cached_property
    def price(self) -> Any:
        """Spot prices now."""
        return self._price_of(self.tao_in, self.alpha_in, self._weight)

    @cached_property
    def quote(self) -> Any:
        """Spot prices before anybody traded in this block."""
        then = self._before
        return self._price_of(then.tao_in, then.alpha_in, then.quote_weight)


class Owned:
    """A :class:`Purse` whose wealth is added up when it is asked for."""

    def __init__(self, tao: Any, alpha: Any, sight: Seen) -> None:
        self.tao, self.alpha, self._sight = tao, alpha, sight

    @cached_property
    def wealth(self) -> Any:
        """TAO + sum of alpha * price."""
        return self.tao + total(formulas.value(self.alpha, self._sight.price))


def take_turn(
    rules: RuleSet, trade: Trading, team: Team, k: int, turn: int, s: Subnets, before: Subnets,
    facts: Facts, chain: Chain,
) -> tuple[Subnets, Any]:  # fmt: skip
    """Let trader k act in every subnet; return the subnets, and the fees the author got."""
    crew, (trader, checked, mask, members, numbers_row, purse_row) = team.crew, team.plan[k]
    member = turn % members
    purse_row += member
    tao, alpha = crew.tao[purse_row], crew.alpha[purse_row]
    draws, drawn = team.drawn[k]
    draw = draws[(turn - drawn) % len(draws)]
    sight = Seen(rules, s, before, facts, turn, chain.block, draw)
    numbers = crew.numbers[:, numbers_row + member]
    order = trader.behaviour(sight, Owned(tao, alpha, sight), numbers)
    if checked:
        order = _read(order, trader, mask, sight, tao, alpha)
    if trader.netuids is not None:
        order = where(mask > 0, order, 0)
    pays = maximum(order, 0)
    sells = minimum(pays - order, alpha)
    if team.exact:
        pays, sells = whole_rao(pays), whole_rao(sells)
    asked = total(pays)
    if asked > tao:
        pays = pays * formulas.share(tao, asked)
        if team.exact:
            pays = whole_rao(pays)
    T, A, held, filled = trade(
        s.tao_in, s.alpha_in, s.alpha_out, s.quote_weight, pays, sells, chain.constants
    )
    spent = filled.paid_tao - filled.got_tao
    crew.tao[purse_row] = max(tao - total(spent), 0)
    crew.alpha[purse_row] = alpha + filled.got_alpha - filled.paid_alpha
    after = s._replace(tao_in=T, alpha_in=A, alpha_out=held, user_flow=s.user_flow + spent)
    return after, 0 if rules.fee_to == "pool" else np.sum(filled.fee_tao)


def _read(order: Any, trader: Trader, mask: Any, sight: Seen, tao: Any, alpha: Any) -> Any:
    """Read an order as a column, and check it if the behaviour is not one of our own."""
    said = f"order of {trader.name} in block {sight.block}"
    netuids = sight.netuid.tolist()
    if isinstance(order, Mapping):
        for netuid in order:
            if netuid not in netuids:
                refuse(said, f"for netuid {netuid}", f"amounts for netuids of {netuids}")
        order = [order.get(netuid, 0.0) for netuid in netuids]
    try:
        column = np.array(np.broadcast_to(np.asarray(order), (len(netuids),)))
        finite = np.isfinite(column.astype(float))
    except (TypeError, ValueError):
        refuse(said, order, f"{{netuid: amount}}, one number, or {len(netuids)} numbers")
    for place in np.flatnonzero(~finite):
        refuse(f"{said} for netuid {netuids[place]}", float(column[place]), "a finite number")
    if alpha.dtype.kind == "O":
        column = np.frompyfunc(_exact, 1, 1)(column)
    if not trader.compiles:
        asked = (maximum(column, 0) * mask).sum()
        if asked > tao * like(_SLACK, tao):
            refuse(said, float(asked), f"at most the {float(tao)} TAO that are free")
        wants = maximum(-column, 0) * mask
        for place in np.flatnonzero(wants > alpha * like(_SLACK, tao)):
            refuse(
                f"{said} for netuid {netuids[place]}",
                -float(wants[place]),
                f"at most the {float(alpha[place])} alpha held, with a minus",
            )
    return column


_SLACK = Fraction(10**9 + 1, 10**9)
"""A sum of floats may pass what it adds up to by a hair."""


def _exact(x: Any) -> Fraction:
    return exactly(float(x) if isinstance(x, float) else x)
