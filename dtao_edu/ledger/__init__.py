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

from dtao_edu.ledger.flows import FlowRecord as FlowRecord
from dtao_edu.ledger.flows import Flows as Flows
from dtao_edu.ledger.flows import flows as flows
from dtao_edu.ledger.own_day import OwnPools as OwnPools
from dtao_edu.ledger.own_day import read_pools as read_pools
from dtao_edu.ledger.own_day import write_pools as write_pools
from dtao_edu.ledger.paid import EmissionDays as EmissionDays
from dtao_edu.ledger.paid import emission as emission
from dtao_edu.ledger.paid import emission_days as emission_days
from dtao_edu.ledger.provenance import NotInLedgerError as NotInLedgerError
from dtao_edu.ledger.provenance import Provenance as Provenance
from dtao_edu.ledger.provenance import Tables as Tables
from dtao_edu.ledger.provenance import tables as tables
from dtao_edu.ledger.reserves import PoolRecord as PoolRecord
from dtao_edu.ledger.reserves import Pools as Pools
from dtao_edu.ledger.reserves import pools as pools
from dtao_edu.ledger.spot import NOT_TRADING as NOT_TRADING
from dtao_edu.ledger.spot import PriceSeries as PriceSeries
from dtao_edu.ledger.spot import PriceTable as PriceTable
from dtao_edu.ledger.spot import hourly_prices as hourly_prices
from dtao_edu.ledger.spot import prices as prices
from dtao_edu.ledger.trades import Swap as Swap
from dtao_edu.ledger.trades import swaps as swaps
from dtao_edu.ledger.values import Amounts as Amounts
from dtao_edu.ledger.values import ByNetuid as ByNetuid
from dtao_edu.ledger.votes import RootVote as RootVote
from dtao_edu.ledger.votes import registration_blocks as registration_blocks
from dtao_edu.ledger.votes import root_emission as root_emission
from dtao_edu.ledger.votes import root_vote as root_vote
