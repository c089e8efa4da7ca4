"""Real figures of the public ledger: small tables with their provenance, and their loaders.

>>> from dtao_edu import ledger
>>> round(ledger.pools("2025-04-17")[64].pool().price, 4)
0.3743
>>> round(ledger.root_vote("2024-10-23").network().shares_by_netuid()[1], 4)
0.0406

Every loader returns a named value that nothing can change. A date or netuid that is not there
raises an error that says what is. `ledger.read_pools(path)` reads a day of one's own.
`ledger.tables()` lists the tables; each value's `provenance`
says where its figures come from, what was checked and what they cannot say.
"""

from __future__ import annotations

from dtao_edu.ledger.flows import FlowRecord, Flows, flows
from dtao_edu.ledger.own_day import OwnPools, read_pools, write_pools
from dtao_edu.ledger.paid import EmissionDays, emission, emission_days
from dtao_edu.ledger.provenance import NotInLedgerError, Provenance, Tables, tables
from dtao_edu.ledger.reserves import PoolRecord, Pools, pools
from dtao_edu.ledger.spot import (
    NOT_TRADING,
    PriceSeries,
    PriceTable,
    hourly_prices,
    prices,
)
from dtao_edu.ledger.trades import Swap, swaps
from dtao_edu.ledger.values import Amounts, ByNetuid
from dtao_edu.ledger.votes import RootVote, registration_blocks, root_emission, root_vote

__all__ = [
    "NOT_TRADING",
    "Amounts",
    "ByNetuid",
    "EmissionDays",
    "FlowRecord",
    "Flows",
    "NotInLedgerError",
    "OwnPools",
    "PoolRecord",
    "Pools",
    "PriceSeries",
    "PriceTable",
    "Provenance",
    "RootVote",
    "Swap",
    "Tables",
    "emission",
    "emission_days",
    "flows",
    "hourly_prices",
    "pools",
    "prices",
    "read_pools",
    "registration_blocks",
    "root_emission",
    "root_vote",
    "swaps",
    "tables",
    "write_pools",
]
