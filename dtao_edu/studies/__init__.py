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

from dtao_edu.studies import attacks
from dtao_edu.studies.ballots import Ballots, ballots
from dtao_edu.studies.coalition_moves import Coalition, coalition_moves, smallest_coalition
from dtao_edu.studies.coalition_vote import (
    CoalitionVote,
    coalition_vote,
    smallest_for,
    smallest_to_gain,
    stake_to_stop,
)
from dtao_edu.studies.concentration import ConcentrationDays, concentration_days
from dtao_edu.studies.flow_day import FlowDay, PowerFit, flow_day, power_fit
from dtao_edu.studies.halvings import blocks_to_halving, next_halving
from dtao_edu.studies.market_move import MarketMove, ages_of, market_cost_to_move
from dtao_edu.studies.paid_days.errors import (
    Clue,
    Clues,
    DayError,
    DayErrors,
    day_clues,
    day_errors,
)
from dtao_edu.studies.paid_days.predict import predict_day
from dtao_edu.studies.paid_days.rebuild import SECOND_SMOOTHING, Rebuilt, rebuilt_emission
from dtao_edu.studies.pool_depth import SameStake, same_stake
from dtao_edu.studies.pump import (
    CalmMarket,
    PastPrices,
    Pump,
    calm_market,
    past_prices,
    past_pump,
    pump,
)
from dtao_edu.studies.rank_agreement import Agreement, agreement_by_lag, agreement_days
from dtao_edu.studies.round_trip import Trip, round_trip
from dtao_edu.studies.three_places import Booked, book_stake
from dtao_edu.studies.three_prices import Injected, inject_by_price
from dtao_edu.studies.vote_or_market import TwoSides, vote_or_market
from dtao_edu.studies.who_is_paid import Inside, inside
from dtao_edu.studies.your_stake import Removal, StakeYear, break_even, removal, stake_year

__all__ = [
    "SECOND_SMOOTHING",
    "Agreement",
    "Ballots",
    "Booked",
    "CalmMarket",
    "Clue",
    "Clues",
    "Coalition",
    "CoalitionVote",
    "ConcentrationDays",
    "DayError",
    "DayErrors",
    "FlowDay",
    "Injected",
    "Inside",
    "MarketMove",
    "PastPrices",
    "PowerFit",
    "Pump",
    "Rebuilt",
    "Removal",
    "SameStake",
    "StakeYear",
    "Trip",
    "TwoSides",
    "ages_of",
    "agreement_by_lag",
    "agreement_days",
    "attacks",
    "ballots",
    "blocks_to_halving",
    "book_stake",
    "break_even",
    "calm_market",
    "coalition_moves",
    "coalition_vote",
    "concentration_days",
    "day_clues",
    "day_errors",
    "flow_day",
    "inject_by_price",
    "inside",
    "market_cost_to_move",
    "next_halving",
    "past_prices",
    "past_pump",
    "power_fit",
    "predict_day",
    "pump",
    "rebuilt_emission",
    "removal",
    "round_trip",
    "same_stake",
    "smallest_coalition",
    "smallest_for",
    "smallest_to_gain",
    "stake_to_stop",
    "stake_year",
    "vote_or_market",
]
