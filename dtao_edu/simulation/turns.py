"""One turn of a trader, by columns: the reference. `compiled.py` has the same turn as a loop."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import cast

import numpy as np

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import refuse
from dtao_edu.engine.generic import maximum, minimum, where
from dtao_edu.engine.units import whole_rao
from dtao_edu.simulation.block import Program
from dtao_edu.simulation.mechanisms import spot_price
from dtao_edu.simulation.state import Chain, Column, Facts, Flows, Pools, Subnets, total
from dtao_edu.simulation.team import Placed, Team, exact_of
from dtao_edu.simulation.trader import Order, Purse, Sight
from dtao_edu.simulation.trading import NONE


class Seen:
    """A :class:`Sight` of all subnets; what has to be computed is, when it is asked for."""

    def __init__(
        self, s: Subnets, before: Pools, facts: Facts, turn: int, block: int, draw: Column
    ) -> None:
        self.netuid, self.turn, self.block, self.draw = facts.netuid, turn, block, draw
        self.tao_in, self.alpha_in, self.moving_price = s.pools[0], s.pools[1], s.moving_price
        self._pools, self._before = s.pools, before

    @cached_property
    def price(self) -> Column:
        """Spot prices now."""
        return spot_price(self.tao_in, self.alpha_in, self._pools.quote_weight)

    @cached_property
    def quote(self) -> Column:
        """Spot prices before anybody traded in this block."""
        then = self._before
        return spot_price(then.tao_in, then.alpha_in, then.quote_weight)


class Owned:
    """A :class:`Purse` whose wealth is added up when it is asked for."""

    def __init__(self, tao: Column, alpha: Column, sight: Seen) -> None:
        self.tao, self.alpha, self._sight = tao, alpha, sight

    @cached_property
    def wealth(self) -> Column:
        """TAO + sum of alpha * price."""
        return self.tao + total(formulas.value(self.alpha, self._sight.price))


def take_turn(
    program: Program, team: Team, k: int, turn: int, s: Subnets, before: Pools, facts: Facts,
    chain: Chain,
) -> tuple[Subnets, Column]:  # fmt: skip
    """Let a trader act in every subnet.

    Parameters
    ----------
    program : Program
    team, k, turn : the team, the trader's place in it, and the number of its turn.
    s, before : the subnets now, and their pools before anybody traded in this block.
    facts, chain : of the block.

    Returns
    -------
    tuple
        The subnets afterwards, and the fees that the block's author got.
    """
    tables, placed, trader = team.tables, team.placed[k], team.traders[k]
    member = turn % trader.members
    row, abreast = placed.purse_row + member, tables.alpha.ndim > 2
    place = (slice(None), row) if abreast else row
    tao = tables.tao[:, row, None] if abreast else tables.tao[row]
    alpha = tables.alpha[place]
    rows, first = team.drawn[k]
    draw = rows[..., (turn - first) % rows.shape[-2], :]
    sight = Seen(s, before, facts, turn, chain.block, draw)
    order = trader.behaviour(
        cast("Sight", sight), cast("Purse", Owned(tao, alpha, sight)),
        team.numbers_of(placed.numbers_row + member),
    )  # fmt: skip
    column = _read(order, placed, sight, tao, alpha) if placed.checked else cast("Column", order)
    if trader.netuids is not None:
        column = where(placed.mask > 0, column, 0)
    pays = maximum(column, 0)
    sells = minimum(pays - column, alpha)
    if team.exact:
        pays, sells = whole_rao(pays), whole_rao(sells)
    pays = _within(pays, tao)
    if team.exact:
        pays = whole_rao(pays)
    pools, filled = program.trade(s.pools, pays, sells, chain.constants)
    spent = filled.paid_tao - filled.got_tao
    left = tao - total(spent)
    if abreast:
        tables.tao[place] = maximum(left, 0)[:, 0]
    else:
        tables.tao[place] = max(left, 0)
    tables.alpha[place] = alpha + filled.got_alpha - filled.paid_alpha
    flow, protocol_flow, user_flow, seen = s.flows
    flows = Flows(flow, protocol_flow, user_flow + spent, seen)
    after = Subnets(pools, s.moving_price, s.epochs, flows, s.totals)
    return after, NONE if filled.author_tao is NONE else total(filled.author_tao)


def _within(pays: Column, tao: Column) -> Column:
    """Cut the orders of a turn in proportion where they come to more TAO than is free."""
    asked = total(pays)
    if pays.ndim > 1:
        over = asked > tao
        return pays * where(over, formulas.share(tao, where(over, asked, 1)), 1)
    return pays * formulas.share(tao, asked) if asked > tao else pays


def _read(order: Order, placed: Placed, sight: Seen, tao: Column, alpha: Column) -> Column:
    """Read an order as a column, and check it if the behaviour is not one of our own."""
    trader = placed.trader
    said = f"order of {trader.name} in block {sight.block}"
    netuids = sight.netuid.tolist()
    if isinstance(order, Mapping):
        for netuid in order:
            if netuid not in netuids:
                refuse(said, f"for netuid {netuid}", f"amounts for netuids of {netuids}")
    listed = [order.get(n, 0.0) for n in netuids] if isinstance(order, Mapping) else order
    try:
        column = np.array(np.broadcast_to(np.asarray(listed), (len(netuids),)))
        finite = np.isfinite(column.astype(float))
    except (TypeError, ValueError):
        refuse(said, order, f"{{netuid: amount}}, one number, or {len(netuids)} numbers")
    for place in np.flatnonzero(~finite):
        refuse(f"{said} for netuid {netuids[place]}", float(column[place]), "a finite number")
    if alpha.dtype.kind == "O":
        column = np.frompyfunc(exact_of, 1, 1)(column)
    if not trader.compiles:
        _refuse_too_much(said, netuids, placed.mask, column, tao, alpha)
    return column


def _refuse_too_much(
    said: str, netuids: list[int], mask: Column, column: Column, tao: Column, alpha: Column
) -> None:
    slack = cast("float", _SLACK) if alpha.dtype.kind == "O" else float(_SLACK)
    asked = (maximum(column, 0) * mask).sum()
    if asked > tao * slack:
        refuse(said, float(asked), f"at most the {float(tao)} TAO that are free")
    wants = maximum(-column, 0) * mask
    for place in np.flatnonzero(wants > alpha * slack):
        refuse(
            f"{said} for netuid {netuids[place]}",
            -float(wants[place]),
            f"at most the {float(alpha[place])} alpha held, with a minus",
        )


_SLACK = Fraction(10**9 + 1, 10**9)
"""A sum of floats may pass what it adds up to by a hair."""
