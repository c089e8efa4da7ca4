"""Figures of the public ledger for exercises: real pools and real votes, drawn from a seed.

Reserves are rounded to whole TAO and alpha, so that a text can name them; the text says the date.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from dtao_edu.engine.root import RootNetwork
from dtao_edu.practice.exercise.draw import Draw

POOLS = "2025-04-17"


RealPool = Mapping[str, float]
"""A pool of the ledger, in whole TAO and alpha; beside it, where one is drawn, a stake in TAO."""

_DEEP = 500  # TAO; rounding to whole TAO then changes a reserve by 0.1 % at most


@cache
def trading_pools() -> Mapping[int, RealPool]:
    """Give the subnets that were trading on 17 April 2025, with at least 500 TAO in the pool.

    Returns
    -------
    mapping
        netuid to a dict of `netuid`, `tao_in`, `alpha_in`, `alpha_out`.
    """
    from dtao_edu import ledger

    found: dict[int, RealPool] = {}
    for netuid, row in ledger.pools(POOLS).trading().items():
        if row.tao_in >= _DEEP:
            found[netuid] = {
                "netuid": netuid,
                "tao_in": round(row.tao_in),
                "alpha_in": round(row.alpha_in),
                "alpha_out": round(row.alpha_out),
            }
    return found


def draw_pool(draw: Draw, part: tuple[float, float] = (0.05, 0.5)) -> RealPool:
    """Draw a real pool and a stake into it.

    Parameters
    ----------
    draw : Draw
    part : (float, float)
        The stake is between these parts of the TAO reserve.

    Returns
    -------
    dict
        `netuid`, `tao_in`, `alpha_in`, `alpha_out`, `tao`.
    """
    found = trading_pools()[draw.pick(list(trading_pools()))]
    tao = float(f"{found['tao_in'] * draw.number(*part):.2g}")
    return {**found, "tao": tao}


def draw_pools(draw: Draw, count: int) -> list[RealPool]:
    """Draw several real pools."""
    return [trading_pools()[netuid] for netuid in draw.sample(list(trading_pools()), count)]


@cache
def spot_prices() -> Mapping[int, float]:
    """Give the spot prices of all subnets open for trading on 17 April 2025."""
    from dtao_edu import ledger

    return ledger.pools(POOLS).prices()


class LargestValidators(NamedTuple):
    """The largest validators of the vote of 24 November 2024."""

    network: RootNetwork
    places: tuple[int, ...]
    stake: float  # their part of all stake


@cache
def coalition(count: int) -> LargestValidators:
    """Give the vote of November 2024 with its `count` largest validators."""
    from dtao_edu import ledger

    vote = ledger.root_vote("2024-11-24")
    places = vote.largest(count)
    network = vote.network()
    return LargestValidators(network, places, float(sum(network.stake_shares[p] for p in places)))
