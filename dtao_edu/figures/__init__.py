"""Pictures: one function each, and each with a sentence that says what it shows.

A name is loaded when it is first used; importing the room loads neither NumPy nor Matplotlib.

How to write a new one
----------------------
A function ``name(value, *, size="page", source="")``, decorated with ``at_any_size``, that opens a
figure with ``style.blank(size)`` and axes with ``style.axes``, makes its artists once with
Matplotlib's object interface, and returns a ``Picture`` with ``update(value)``, which moves them
(``set_data``, ``set_position``, ``set_text``), and ``sentence(value)``. Words are written with
``style.write``. Artists that move go into ``moving``; those that show the answer into ``answer``.
``parts`` names words of the sentence and the artists that they light up, ``handle`` an axis along
which a control is dragged. What stands still may depend only on what the limits of the axes depend
on, so let limits change in steps. Keep moving texts few (each takes about a millisecond), lines
under 400 points, and draw bars as one ``stairs(fill=True)``. A picture with many artists is a class
on ``base.artists.Artists``. A chart that any question may use stands in ``charts``, a question's
own picture in a module of the question's name; its name is listed below.
"""

from __future__ import annotations

from dtao_edu import lazy

_HOMES = {
    "day_shares": "any_rule",
    "attack_rows": "attacks",
    "Picture": "base.picture",
    "at_any_size": "base.picture",
    "believers_dots": "side_by_side",
    "capture_bars": "capture",
    "balances": "charts.balances",
    "against": "charts.bands",
    "bands": "charts.bands",
    "spreads": "charts.bands",
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
