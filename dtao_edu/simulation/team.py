"""Traders made ready for a network: columns in its order, purses, and draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from dtao_edu.engine.errors import refuse, whole
from dtao_edu.engine.units import exactly
from dtao_edu.simulation.state import Column
from dtao_edu.simulation.trader import Number, Numbers, Trader

Places = NDArray[np.int64]
Seed = int | np.random.SeedSequence


class Tables(NamedTuple):
    """All traders of a run in the order in which they act, as arrays that the loop reads too.

    Attributes
    ----------
    kind : which of the team's behaviours each trader has; -1 for one of its own.
    every, first, last, members : of each trader; turns in blocks of the run.
    numbers_row, purse_row, draws_row, draws_rows, drawn : where a trader's rows begin in
        the tables below, how many draws it has, and the turn of the first of them.
    earner : 1 if it receives miners' alpha.
    mask, earns : by traders and subnets: 1 where it trades; part of the miners' alpha.
    numbers : three numbers, by rows, by subnets.
    tao, alpha : what each row's purse holds; changed in place as the run goes on.
    draws : rows of numbers, by chance or from a table.
    """

    kind: Places
    every: Places
    first: Places
    last: Places
    members: Places
    numbers_row: Places
    purse_row: Places
    draws_row: Places
    draws_rows: Places
    drawn: Places
    earner: Places
    mask: Column
    earns: Column
    numbers: Column
    tao: Column
    alpha: Column
    draws: Column


@dataclass(frozen=True)
class Placed:
    """A trader with its places in the tables.

    Attributes
    ----------
    trader : Trader
    kind : place of its behaviour in the team's list; -1 for one of its own.
    mask : 1 where it trades.
    numbers_row, purse_row : where its rows begin.
    checked : whether its orders are read and checked.
    """

    trader: Trader
    kind: int
    mask: Column
    numbers_row: int
    purse_row: int
    checked: bool

    def turn_at(self, block: int, blocks: int) -> int:
        """Return the number of its turn in the step at a block of the run; -1 for none."""
        return turn_in(self.trader.first, self.trader.last, self.trader.every, block, blocks)


class Drawn(NamedTuple):
    """A trader's rows of random numbers, and the turn of the first of them."""

    rows: Column
    first: int


class Team:
    """The traders of a run, made ready for the subnets of a network.

    Where runs go side by side, `alpha`, `tao`, `numbers` and draws have a row a run before
    all other axes: see :class:`TeamAbreast`.
    """

    def __init__(
        self, traders: Sequence[Trader], netuids: list[int], exact: bool, seed: Seed
    ) -> None:
        self.traders, self.netuids, self.exact = tuple(traders), netuids, exact
        self.random = [np.random.default_rng(s) for s in _seeds(seed, len(self.traders))]
        self.behaviours = tuple(dict.fromkeys(t.behaviour for t in self.traders if t.compiles))
        self.rows_of: dict[str, slice] = {}
        self._three: dict[int, Numbers] = {}
        self.drawn: list[Drawn] = []
        purses = 0
        for trader in self.traders:
            if trader.wallet not in self.rows_of:
                self.rows_of[trader.wallet] = slice(purses, purses + trader.members)
                purses += trader.members
        starts = np.cumsum([0, *(trader.members for trader in self.traders)])
        self.placed = [
            Placed(
                trader,
                self.behaviours.index(trader.behaviour) if trader.compiles else -1,
                self._mask(trader),
                int(start),
                self.rows_of[trader.wallet].start,
                exact or not trader.compiles,
            )
            for trader, start in zip(self.traders, starts, strict=False)
        ]
        self.tables = self._tables()

    def _tables(self) -> Tables:
        placed, none = self.placed, np.zeros(len(self.placed), dtype=np.int64)
        masks = [each.mask for each in placed]
        earns = [each.trader.earns * each.mask for each in placed]
        owners: dict[str, Trader] = {}
        for each in placed:  # the first trader of a wallet says what is in it
            owners.setdefault(each.trader.wallet, each.trader)
        wide, empty = (-1, len(self.netuids)), np.zeros((0, len(self.netuids)))
        tao = [self._tao(trader) for trader in owners.values()]
        alpha = [self._alpha(trader) for trader in owners.values()]
        numbers = [self._numbers(each.trader) for each in placed]
        return Tables(
            kind=_whole(each.kind for each in placed),
            every=_whole(each.trader.every for each in placed),
            first=_whole(each.trader.first for each in placed),
            last=_whole(each.trader.last for each in placed),
            members=_whole(each.trader.members for each in placed),
            numbers_row=_whole(each.numbers_row for each in placed),
            purse_row=_whole(each.purse_row for each in placed),
            draws_row=none,
            draws_rows=none,
            drawn=none,
            earner=_whole(int(each.trader.earns > 0) for each in placed),
            mask=np.array(masks, dtype=float).reshape(wide),
            earns=self._kind(np.array(earns, dtype=float).reshape(wide)),
            numbers=np.concatenate([self._kind(empty[None].repeat(3, 0)), *numbers], axis=1),
            tao=np.concatenate([self._kind(np.zeros(0)), *tao]),
            alpha=np.concatenate([self._kind(empty), *alpha]),
            draws=empty,
        )

    def _kind(self, column: Column) -> Column:
        """Return a column of floats as it is, or as Fractions."""
        return cast("Column", np.frompyfunc(exact_of, 1, 1)(column)) if self.exact else column

    def _tao(self, trader: Trader) -> Column:
        free = np.broadcast_to(np.ravel(np.array(trader.tao, dtype=float)), trader.members)
        return self._read(f"tao of {trader.name}", free, range(trader.members))

    def _alpha(self, trader: Trader) -> Column:
        held = np.zeros((trader.members, len(self.netuids)))
        for netuid, owned in trader.alpha.items():
            if netuid in self.netuids:
                held[:, self.netuids.index(netuid)] = owned
        return self._kind(held)

    def _numbers(self, trader: Trader) -> Column:
        three = self._kind(np.zeros((3, trader.members, len(self.netuids))))
        for i, number in enumerate(trader.numbers):
            three[i] = self._read(f"numbers of {trader.name}", number, self.netuids)
        return three

    def _read(self, name: str, given: Number, names: Iterable[int]) -> Column:
        """Read one number, {netuid: number} or an array as a column of floats or Fractions."""
        order = list(names)
        read = [given.get(each, 0) for each in order] if isinstance(given, Mapping) else given
        column = np.array(read, dtype=float)
        if column.ndim == 0:
            column = np.full(len(order), column)
        if column.shape[-1] != len(order) or np.isnan(column).any():
            refuse(name, given, f"numbers, {len(order)} of them, one a subnet")
        return self._kind(column)

    def _mask(self, trader: Trader) -> Column:
        for netuid in trader.netuids or ():
            if netuid not in self.netuids:
                refuse(f"netuids of {trader.name}", netuid, f"one of {self.netuids}")
        among = self.netuids if trader.netuids is None else trader.netuids
        return np.array([float(netuid in among) for netuid in self.netuids])

    def draw(self, start: int, stop: int) -> None:
        """Draw the random numbers of the blocks from `start` to before `stop`."""
        width, self.drawn = len(self.netuids), []
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
                    said = f"draws of {trader.name}"
                    refuse(said, f"{rows.shape[1]} columns", f"{width} columns, one a subnet")
            self.drawn.append(Drawn(rows, first))

    def drawn_tables(self) -> Tables:
        """Return the tables with the numbers that were drawn last."""
        counts = [len(each.rows) for each in self.drawn]
        rows = [each.rows for each in self.drawn]
        return self.tables._replace(
            draws_row=_whole(np.cumsum([0, *counts])[:-1].tolist()),
            draws_rows=_whole(counts),
            drawn=_whole(each.first for each in self.drawn),
            draws=rows[0] if len(rows) == 1 else np.concatenate([*rows, self.tables.draws]),
        )

    def numbers_of(self, row: int) -> Numbers:
        """Return a row's three numbers, each a column; with many runs, of all of them."""
        found = self._three.get(row)
        if found is None:
            numbers = self.tables.numbers[..., row, :]
            # A run's three numbers stand together: what is seen first is which of the three.
            found = self._three[row] = tuple(
                numbers.swapaxes(0, 1) if numbers.ndim > 2 else numbers
            )
        return found

    def wallets(self) -> dict[str, tuple[Column, Column]]:
        """Return free TAO and alpha by subnet of each wallet."""
        tao, alpha = self.tables.tao, self.tables.alpha
        return {
            name: (tao[..., rows].sum(axis=-1), alpha[..., rows, :].sum(axis=-2))
            for name, rows in self.rows_of.items()
        }


class TeamAbreast(Team):
    """The teams of many runs that are alike, with a row a run before all other axes.

    Every run draws its own random numbers, the same as alone.
    """

    def __init__(self, teams: Sequence[Team]) -> None:
        first = teams[0]
        self.teams, self.drawn, self._three = tuple(teams), [], {}
        self.traders, self.netuids, self.exact = first.traders, first.netuids, first.exact
        self.behaviours, self.rows_of, self.placed = first.behaviours, first.rows_of, first.placed
        self.tables = first.tables._replace(
            tao=np.stack([team.tables.tao for team in teams]),
            alpha=np.stack([team.tables.alpha for team in teams]),
            numbers=np.stack([team.tables.numbers for team in teams]),
        )

    def draw(self, start: int, stop: int) -> None:
        """Draw the random numbers of every run."""
        for team in self.teams:
            team.draw(start, stop)
        self.drawn = [
            Drawn(np.stack([each.rows for each in drawn]), drawn[0].first)
            for drawn in zip(*(team.drawn for team in self.teams), strict=True)
        ]


def are_alike(teams: Sequence[Team]) -> bool:
    """Return whether teams act at the same times and places, so that runs can go abreast.

    Behaviours of one's own are run one by one: they may look at single numbers.
    """
    first = teams[0]
    return all(trader.compiles for trader in first.traders) and all(
        len(team.traders) == len(first.traders)
        and all(map(_same_times, team.traders, first.traders))
        for team in teams[1:]
    )


def _same_times(one: Trader, other: Trader) -> bool:
    names = ("behaviour", "netuids", "every", "first", "last", "members", "earns", "wallet")
    if any(getattr(one, name) != getattr(other, name) for name in names):
        return False
    return np.shape(one.draws) == np.shape(other.draws) and (
        not isinstance(one.draws, bool) or one.draws == other.draws
    )


def _whole(numbers: Iterable[int]) -> Places:
    return np.array(list(numbers), dtype=np.int64)


def _seeds(seed: Seed, count: int) -> list[np.random.SeedSequence]:
    if isinstance(seed, np.random.SeedSequence):
        root = seed
    else:
        root = np.random.SeedSequence(whole("seed", seed))
    # Not spawn(), which would count on: the same seed gives the same run each time.
    return [
        np.random.SeedSequence(root.entropy, spawn_key=(*root.spawn_key, i)) for i in range(count)
    ]


def turn_in(first: int, last: int, every: int, block: int, blocks: int) -> int:
    """Return the number of the turn that falls in the step at `block`; -1 if none does.

    Parameters
    ----------
    first, last, every : the trader's turns, in blocks of the run.
    block, blocks : where the step begins, and how long it is.
    """
    end = min(block + blocks, last) - 1
    if end < first:
        return -1
    turn = (end - first) // every
    return turn if first + turn * every >= block else -1


def exact_of(x: float | Fraction) -> Fraction:
    """Return a number of a column as the Fraction that it is written as."""
    return exactly(float(x) if isinstance(x, float) else x)
