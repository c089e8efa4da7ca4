"""A trade in the pools of all subnets, or of one: the same function for columns and loops."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, cast

from dtao_edu.engine import formulas
from dtao_edu.engine.generic import maximum, minimum, where
from dtao_edu.engine.units import whole_rao
from dtao_edu.simulation.mechanisms import buy, sell, spot_price
from dtao_edu.simulation.state import Column, Constants, Pools


class Filled(NamedTuple):
    """What a trade brought: alpha for TAO or TAO for alpha, and its fees.

    `author_tao` is the part of the fees that left the pool as TAO, for the block's author.
    """

    paid_tao: Column
    paid_alpha: Column
    got_tao: Column
    got_alpha: Column
    fee_tao: Column
    fee_alpha: Column
    author_tao: Column


NONE = cast("Column", 0)
"""Nothing for the author of the block."""
Trade = Callable[[Pools, Column, Column, Constants], tuple[Pools, Filled]]
"""Stake `tao` or unstake `alpha` (one of them is 0) in pools, by constants c; return the pools
and what it brought."""


def trade_fee_in_pool(
    pools: Pools, tao: Column, alpha: Column, c: Constants
) -> tuple[Pools, Filled]:
    """A part of the input stays in the pool as a fee.

    Parameters
    ----------
    pools : of one subnet or of all.
    tao, alpha : what is staked, or unstaked; one of the two is 0.
    c : Constants
        The rate and the flat fee are read.
    """
    T, A, held, w = pools
    fee_tao = whole_rao(formulas.fee(tao, c.fee_rate))
    fee_alpha = whole_rao(formulas.fee(alpha, c.fee_rate))
    got_alpha = whole_rao(buy(T, A, w, tao - fee_tao))
    got_tao = whole_rao(sell(T, A, w, alpha - fee_alpha))
    after = Pools(T + tao - got_tao, A + alpha - got_alpha, held + got_alpha - alpha, w)
    return after, Filled(tao, alpha, got_tao, got_alpha, fee_tao, fee_alpha, NONE)


def trade_fee_to_author(
    pools: Pools, tao: Column, alpha: Column, c: Constants
) -> tuple[Pools, Filled]:
    """A part of the input leaves the pool as a fee, for the author of the block."""
    (T, A, held, w), f = trade_fee_in_pool(pools, tao, alpha, c)
    after = Pools(T - f.fee_tao, A - f.fee_alpha, held + f.fee_alpha, w)
    return after, Filled(
        tao, alpha, f.got_tao, f.got_alpha, f.fee_tao, f.fee_alpha, f.fee_tao
    )  # fmt: skip


def _flat(
    pools: Pools, tao: Column, alpha: Column, c: Constants, cost: Column
) -> tuple[Pools, Filled]:
    """Take the flat fee out of the TAO before a stake, and `cost` out of an unstake's proceeds.

    A stake that is not worth its fee is left; an unstake brings at least 0.
    """
    T, A, held, w = pools
    tao = where(tao > c.flat_fee, tao, 0)
    net = maximum(tao - c.flat_fee, 0)
    got_alpha = whole_rao(buy(T, A, w, net))
    got_tao = whole_rao(sell(T, A, w, alpha))
    cost = whole_rao(minimum(cost, got_tao))
    got_tao = got_tao - cost
    after = Pools(T + tao - got_tao, A + alpha - got_alpha, held + got_alpha - alpha, w)
    return after, Filled(tao, alpha, got_tao, got_alpha, tao - net + cost, 0 * alpha, NONE)


def trade_flat_fee(pools: Pools, tao: Column, alpha: Column, c: Constants) -> tuple[Pools, Filled]:
    """A flat fee, which enters the pool as TAO."""
    return _flat(pools, tao, alpha, c, c.flat_fee)


def trade_value_fee(pools: Pools, tao: Column, alpha: Column, c: Constants) -> tuple[Pools, Filled]:
    """The flat fee; of an unstake at least a part of its value (a yield is not known here)."""
    T, A, _, w = pools
    value = formulas.value(alpha, spot_price(T, A, w))
    return _flat(pools, tao, alpha, c, formulas.yield_fee(value, 0 * value, c.flat_fee))


TRADES: dict[str, Trade] = {
    "same": trade_flat_fee,
    "yield": trade_flat_fee,
    "yield_floor": trade_value_fee,
    "pool": trade_fee_in_pool,
    "author": trade_fee_to_author,
}
"""Where there is a flat fee, by the fee of an unstake; else by where the fee goes."""
