"""Pictures: one function each, and each with a sentence that says what it shows.

A name is loaded when it is first used; importing the room loads neither NumPy nor Matplotlib.
"""

from __future__ import annotations

from dtao_edu import lazy

_HOMES = {
    "day_shares": "any_rule",
    "attack_rows": "attacks",
    "Picture": "base.picture",
    "at_any_size": "base.picture",
    "against": "believers",
    "bands": "believers",
    "spreads": "believers",
    "believers_dots": "side_by_side",
    "capture_bars": "capture",
    "balances": "charts.balances",
    "bars": "charts.bars",
    "lines": "charts.lines",
    "percentages": "charts.percentages",
    "trade_percentages": "charts.percentages",
    "share_columns": "charts.shares",
    "strip": "charts.strip",
    "coalition_ranges": "coalition_moves",
    "concentration_lines": "concentration",
    "consensus_curve": "coalition_vote",
    "vote_bars": "coalition_vote",
    "inequality_curve": "inequality",
    "error_ranges": "paid_days",
    "pool_depths": "pool_depth",
    "race_lines": "price_race",
    "pump_lines": "pump",
    "trip_bars": "round_trip",
    "agreement_lines": "rank_agreement",
    "rules_timeline": "rules",
    "pool_curve": "stake_unstake",
    "place_bars": "three_places",
    "price_bars": "three_prices",
    "seats": "charts.seats",
    "two_sides": "vote_or_market",
    "inside_bars": "who_is_paid",
    "year_lines": "your_stake",
    "amount": ".wording",
    "change": ".wording",
    "impact": ".wording",
    "number": ".wording",
    "percent": ".wording",
}

__getattr__, __dir__, __all__ = lazy.attach(__name__, _HOMES)
