"""Measures: concentration, distance, voting power, and what it takes to capture emission.

>>> from dtao_edu import measures
>>> measures.nakamoto([40, 30, 20, 10])
2

Standard library only, but for the moving price, which loads NumPy.

- concentration: `shares`, `hhi`, `effective_number`, `gini`, `nakamoto`, `top_share`;
- distance: `l1`, `moved`, `largest_error`, `rank_correlation`;
- voting power: `banzhaf`, `shapley_shubik`;
- capture: `coalition_moves`, `smallest_coalition`, `coalition_vote`, `smallest_for`,
  `smallest_to_gain`,
  `stake_to_stop` (vote), `market_cost_to_move` (price), `vote_or_market` (both);
- a price lifted and let go: `pump` in a `calm_market`, `past_pump` over `past_prices`;
- who is paid inside a subnet: `inside`;
- the chain's payments rebuilt from prices: `rebuilt_emission`; one day of them predicted and
  held against the ledger: `predict_day`, `day_errors`, `day_clues`;
- attacks on both rules in the same units, and what defences change: `attacks`.
"""

from __future__ import annotations

from dtao_edu.measures import attacks
from dtao_edu.measures.capture import Coalition, coalition_moves, smallest_coalition
from dtao_edu.measures.concentration import (
    effective_number,
    gini,
    hhi,
    nakamoto,
    shares,
    top_share,
)
from dtao_edu.measures.day_errors import Clue, Clues, DayError, DayErrors, day_clues, day_errors
from dtao_edu.measures.days import predict_day
from dtao_edu.measures.delegators import (
    CoalitionVote,
    coalition_vote,
    smallest_for,
    smallest_to_gain,
    stake_to_stop,
)
from dtao_edu.measures.distance import l1, largest_error, moved, rank_correlation
from dtao_edu.measures.market import MarketMove, market_cost_to_move
from dtao_edu.measures.payments import Inside, inside
from dtao_edu.measures.power import banzhaf, shapley_shubik
from dtao_edu.measures.pumps import (
    CalmMarket,
    PastPrices,
    Pump,
    calm_market,
    past_prices,
    past_pump,
    pump,
)
from dtao_edu.measures.rebuild import SECOND_PAIR, Rebuilt, rebuilt_emission
from dtao_edu.measures.sides import TwoSides, vote_or_market
from dtao_edu.measures.trips import SameStake, Trip, round_trip, same_stake

__all__ = [
    "SECOND_PAIR",
    "CalmMarket",
    "Clue",
    "Clues",
    "Coalition",
    "CoalitionVote",
    "DayError",
    "DayErrors",
    "Inside",
    "MarketMove",
    "PastPrices",
    "Pump",
    "Rebuilt",
    "SameStake",
    "Trip",
    "TwoSides",
    "attacks",
    "banzhaf",
    "calm_market",
    "coalition_moves",
    "coalition_vote",
    "day_clues",
    "day_errors",
    "effective_number",
    "gini",
    "hhi",
    "inside",
    "l1",
    "largest_error",
    "market_cost_to_move",
    "moved",
    "nakamoto",
    "past_prices",
    "past_pump",
    "predict_day",
    "pump",
    "rank_correlation",
    "rebuilt_emission",
    "round_trip",
    "same_stake",
    "shapley_shubik",
    "shares",
    "smallest_coalition",
    "smallest_for",
    "smallest_to_gain",
    "stake_to_stop",
    "top_share",
    "vote_or_market",
]
