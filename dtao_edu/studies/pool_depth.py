"""The same stake in several pools: depth decides what it slips."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dtao_edu.engine.errors import refuse
from dtao_edu.engine.fees import NO_FEE, Fee
from dtao_edu.engine.pool import Pool, Trade
from dtao_edu.engine.units import Amount


class SameStake(NamedTuple):
    """One stake, made in several pools: their names, and the trades in the same order."""

    names: tuple[str, ...]
    trades: tuple[Trade, ...]


def same_stake(pools: Mapping[str, Pool], tao: Amount, *, fee: Fee | float = NO_FEE) -> SameStake:
    """Make the same stake in each of some pools.

    Parameters
    ----------
    pools : mapping of str to Pool
        At least one.
    tao : float
        TAO, above 0.
    fee : Fee or float
        As in :meth:`Pool.stake`.

    Returns
    -------
    SameStake

    Raises
    ------
    InputError
        No pool, or what a pool refuses.

    Examples
    --------
    >>> two = same_stake({"thin": Pool(100, 1000), "deep": Pool(900, 9000)}, 25)
    >>> [round(trade.slippage_percent, 1) for trade in two.trades]
    [20.0, 2.7]
    """
    if not pools:
        refuse("pools", dict(pools), "one pool or more")
    return SameStake(tuple(pools), tuple(pool.stake(tao, fee=fee) for pool in pools.values()))
