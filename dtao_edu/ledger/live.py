"""The pools of this moment, read from the chain through the official SDK where it is installed.

The SDK (package `bittensor`, version 11 or later) comes with the extra `live`. It is loaded when
a connection is asked for, never before; everything else of this package needs no network.
"""

from __future__ import annotations

import datetime as day
from collections.abc import Mapping, Sequence
from typing import Protocol

from dtao_edu.engine.errors import refuse
from dtao_edu.engine.units import RAO
from dtao_edu.ledger.own_day import OwnPools
from dtao_edu.ledger.reserves import record

Stored = int | bool | Mapping[str, int] | None
"""A value of the chain's storage as the SDK decodes it; a fixed-point number is {"bits": n}."""

_BALANCES = {
    "tao_in": "SubnetTAO",
    "alpha_in": "SubnetAlphaIn",
    "alpha_out": "SubnetAlphaOut",
    "tao_in_emission": "SubnetTaoInEmission",
    "alpha_in_emission": "SubnetAlphaInEmission",
    "alpha_out_emission": "SubnetAlphaOutEmission",
    "excess_tao": "SubnetExcessTao",
}
_FIXED_POINT = {"moving_price": "SubnetMovingPrice", "miner_burned": "MinerBurned"}
_BITS = 2**32  # both have 32 bits below the point


class View(Protocol):
    """What is asked of the SDK: one block's view of the chain, `Subtensor().at()`."""

    block: int

    def query_map(self, item: tuple[str, str]) -> Sequence[tuple[int, Stored]]:
        """Return a whole map of the chain's storage."""

    def read(self, name: str) -> Mapping[int, float]:
        """Return one of the SDK's typed reads."""

    def timestamp(self) -> day.datetime:
        """Return the time of the block."""


def connect(network: str = "finney", block: int | None = None) -> View:
    """Open the official SDK's view of the chain at a block, the newest if left out.

    Parameters
    ----------
    network : str
        As the SDK names it: "finney" is the main network.
    block : int, optional

    Raises
    ------
    InputError
        The SDK is not installed, or does not reach the network; one sentence.
    """
    try:
        import bittensor
    except ImportError:
        refuse("the official SDK", "not installed", "pip install 'dtao-edu[live]' in this Python")
    if not hasattr(bittensor, "SyncClient"):
        refuse("the official SDK", bittensor.__version__, "version 11 or later")
    try:
        view: View = bittensor.SyncClient(network).connect().at(block)
    except (bittensor.BittensorError, OSError) as error:
        refuse("network", network, f"one that the official SDK reaches ({error})")
    return view


def snapshot(view: View) -> OwnPools:
    """Return the pools of all subnets as one block of the chain has them.

    Parameters
    ----------
    view : View
        Of :func:`connect`; anything that answers as the SDK's view does.

    Returns
    -------
    OwnPools
        With spot and moving prices, burning, switches, and what the block paid. A subnet whose
        emission has not begun is not open for trading.
    """
    here = ("SubtensorModule",)
    maps = {
        name: dict(view.query_map((*here, item)))
        for name, item in (_BALANCES | _FIXED_POINT).items()
    }
    switched = dict(view.query_map((*here, "SubnetEmissionEnabled")))
    begun = dict(view.query_map((*here, "FirstEmissionBlockNumber")))
    spot = view.read("alpha_prices")
    rows = []
    for netuid in sorted(maps["alpha_in"]):
        row = {"netuid": str(netuid)}
        for name in _BALANCES:
            row[name] = repr(_number(maps[name].get(netuid)) / RAO)
        for name in _FIXED_POINT:
            row[name] = repr(_number(maps[name].get(netuid)) / _BITS)
        row["price"] = repr(spot[netuid]) if netuid in spot else ""
        row["enabled"] = "0" if switched.get(netuid) is False else "1"
        if begun.get(netuid) is None:
            row["moving_price"] = ""
        rows.append(record(row, view.block))
    entries = tuple(rows)
    date = view.timestamp().date().isoformat()
    return OwnPools(tuple(row.netuid for row in rows), entries, date, view.block, "the chain")


def _number(stored: Stored) -> int:
    """Return the whole number in a stored value, 0 where nothing is stored."""
    return int(stored.get("bits") or 0) if isinstance(stored, Mapping) else int(stored or 0)
