"""Studies: one question each, answered with the engine, the ledger and the simulation.

>>> from dtao_edu import studies
>>> from dtao_edu.engine.pool import Pool
>>> studies.round_trip(Pool(1000, 16000), 50).returned
50.0

The same name stands here, in `dtao_edu.figures`, in `dtao_edu.playground` and in the tests:

- `coalition_vote`, `coalition_moves`: what validators can move, and what it takes to stop them;
- `market_move`: what the same move costs on the market; `vote_or_market`: both side by side;
- `pump`: a price lifted and let go; `round_trip`: there and back; `pool_depth`: the same stake
  in several pools;
- `who_is_paid`: the split inside a subnet; `halvings`: when an issuance halves next;
- `your_stake`: a year of one stake in alpha and in TAO, and what a removal pays;
- `three_places`: what a stake moves; `three_prices`: what a block injects by price;
- `flow_day`: whether share followed flow on a day of 2026;
- `paid_days`: the chain's payments predicted and rebuilt from prices;
- `ballots`, `concentration_days`, `agreement_days`, `agreement_by_lag`: votes and prices compared,
  each with its baseline;
- `attacks`: attacks on both rules in the same units, and what defences change.

These need the standard library only (the moving price over months loads NumPy). In modules of
their own, with NumPy: `any_rule` (a day's shares under any rule, against what was paid),
`ledger_network`, `price_race`, `believers`.
"""

from __future__ import annotations

from dtao_edu.studies import attacks as attacks
from dtao_edu.studies.ballots import Ballots as Ballots
from dtao_edu.studies.ballots import ballots as ballots
from dtao_edu.studies.coalition_moves import Coalition as Coalition
from dtao_edu.studies.coalition_moves import coalition_moves as coalition_moves
from dtao_edu.studies.coalition_moves import smallest_coalition as smallest_coalition
from dtao_edu.studies.coalition_vote import CoalitionVote as CoalitionVote
from dtao_edu.studies.coalition_vote import coalition_vote as coalition_vote
from dtao_edu.studies.coalition_vote import smallest_for as smallest_for
from dtao_edu.studies.coalition_vote import smallest_to_gain as smallest_to_gain
from dtao_edu.studies.coalition_vote import stake_to_stop as stake_to_stop
from dtao_edu.studies.concentration import ConcentrationDays as ConcentrationDays
from dtao_edu.studies.concentration import concentration_days as concentration_days
from dtao_edu.studies.flow_day import FlowDay as FlowDay
from dtao_edu.studies.flow_day import PowerFit as PowerFit
from dtao_edu.studies.flow_day import flow_day as flow_day
from dtao_edu.studies.flow_day import power_fit as power_fit
from dtao_edu.studies.halvings import blocks_to_halving as blocks_to_halving
from dtao_edu.studies.halvings import next_halving as next_halving
from dtao_edu.studies.market_move import MarketMove as MarketMove
from dtao_edu.studies.market_move import ages_of as ages_of
from dtao_edu.studies.market_move import market_cost_to_move as market_cost_to_move
from dtao_edu.studies.paid_days.errors import Clue as Clue
from dtao_edu.studies.paid_days.errors import Clues as Clues
from dtao_edu.studies.paid_days.errors import DayError as DayError
from dtao_edu.studies.paid_days.errors import DayErrors as DayErrors
from dtao_edu.studies.paid_days.errors import day_clues as day_clues
from dtao_edu.studies.paid_days.errors import day_errors as day_errors
from dtao_edu.studies.paid_days.predict import predict_day as predict_day
from dtao_edu.studies.paid_days.rebuild import SECOND_SMOOTHING as SECOND_SMOOTHING
from dtao_edu.studies.paid_days.rebuild import Rebuilt as Rebuilt
from dtao_edu.studies.paid_days.rebuild import rebuilt_emission as rebuilt_emission
from dtao_edu.studies.pool_depth import SameStake as SameStake
from dtao_edu.studies.pool_depth import same_stake as same_stake
from dtao_edu.studies.pump import CalmMarket as CalmMarket
from dtao_edu.studies.pump import PastPrices as PastPrices
from dtao_edu.studies.pump import Pump as Pump
from dtao_edu.studies.pump import calm_market as calm_market
from dtao_edu.studies.pump import past_prices as past_prices
from dtao_edu.studies.pump import past_pump as past_pump
from dtao_edu.studies.pump import pump as pump
from dtao_edu.studies.rank_agreement import Agreement as Agreement
from dtao_edu.studies.rank_agreement import agreement_by_lag as agreement_by_lag
from dtao_edu.studies.rank_agreement import agreement_days as agreement_days
from dtao_edu.studies.round_trip import Trip as Trip
from dtao_edu.studies.round_trip import round_trip as round_trip
from dtao_edu.studies.three_places import Booked as Booked
from dtao_edu.studies.three_places import book_stake as book_stake
from dtao_edu.studies.three_prices import Injected as Injected
from dtao_edu.studies.three_prices import inject_by_price as inject_by_price
from dtao_edu.studies.vote_or_market import TwoSides as TwoSides
from dtao_edu.studies.vote_or_market import vote_or_market as vote_or_market
from dtao_edu.studies.who_is_paid import Inside as Inside
from dtao_edu.studies.who_is_paid import inside as inside
from dtao_edu.studies.your_stake import Removal as Removal
from dtao_edu.studies.your_stake import StakeYear as StakeYear
from dtao_edu.studies.your_stake import break_even as break_even
from dtao_edu.studies.your_stake import removal as removal
from dtao_edu.studies.your_stake import stake_year as stake_year
