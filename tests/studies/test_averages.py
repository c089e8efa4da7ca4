"""What a held price makes of an average is what the average of the held blocks is."""

from __future__ import annotations

from math import exp, log
from statistics import mean, median

import pytest

from dtao_edu import Pool, ledger, studies
from dtao_edu.engine import formulas
from dtao_edu.engine.emission import MOVING_ALPHA, MOVING_HALVING, moving_prices
from dtao_edu.engine.errors import InputError
from dtao_edu.studies.averages import averages, window_of

MARKET = studies.CalmMarket(1, Pool(1000.0, 10_000.0, 5_000.0), 0.9, age=453_449)
DAY = 7_200


def moves(part: float = 0.05, blocks_held: int = DAY, market: studies.CalmMarket = MARKET):
    return {move.average: move for move in averages(market, part, blocks_held)}


def test_every_average_ends_where_the_share_asks_if_its_price_is_held() -> None:
    start, window = MARKET.pool.price, window_of(MARKET.age)
    goal = (0.1 + 0.05) / (1 - 0.15) * 0.9
    for name, move in moves().items():
        path = [start] * (window - DAY) + [move.price] * DAY
        ends = {
            "spot": path[-1],
            "time-weighted": mean(path),
            "geometric": exp(mean(map(log, path))),
            "median": median(path),
            "exponential": list(moving_prices([move.price] * DAY, start, blocks=MARKET.age))[-1],
        }
        # The chain's own smoothing still rises a little from day to day.
        assert ends[name] == pytest.approx(goal, rel=3e-3), name


def test_the_window_is_as_old_as_the_exponential_average() -> None:
    a = float(formulas.smoothing(float(MOVING_ALPHA), MARKET.age, MOVING_HALVING))
    ages = sum(k * a * (1 - a) ** k for k in range(200_000))
    assert window_of(MARKET.age) / 2 == pytest.approx(ages, rel=1e-3)


def test_a_median_costs_nothing_more_when_half_is_held_and_cannot_be_moved_before() -> None:
    long, short = moves(blocks_held=DAY), moves(blocks_held=1_800)
    assert long["median"].tao == pytest.approx(long["spot"].tao)
    assert not short["median"].reachable
    assert short["exponential"].reachable


def test_a_shorter_hold_is_dearer_and_a_geometric_mean_dearest() -> None:
    long, short = moves(blocks_held=DAY), moves(blocks_held=3_600)
    for name in ("exponential", "time-weighted", "geometric"):
        assert short[name].tao > long[name].tao > long["spot"].tao
    assert long["geometric"].tao > long["time-weighted"].tao


def test_half_is_gone_when_the_average_says_so() -> None:
    """The window forgets at once; the exponential average at the same pace for ever."""
    start, window = MARKET.pool.price, window_of(MARKET.age)
    for name, reduce in (("time-weighted", mean), ("geometric", lambda x: exp(mean(map(log, x))))):
        move = moves()[name]
        path = [start] * (window - DAY) + [move.price] * DAY + [start] * move.half_gone
        gained = reduce(path[:window]) - start
        assert reduce(path[-window:]) - start == pytest.approx(gained / 2, rel=2e-3), name
    move = moves()["exponential"]
    top = list(moving_prices([move.price] * DAY, start, blocks=MARKET.age))[-1]
    left = list(moving_prices([start] * move.half_gone, top, blocks=MARKET.age + DAY))[-1]
    assert left - start == pytest.approx((top - start) / 2, rel=5e-3)


def test_on_the_ledger_no_average_makes_a_thin_pool_dear() -> None:
    pools = ledger.pools("2025-04-17")
    found = averages(studies.calm_market(pools, 62), 0.05, DAY)
    priced = sum(row.tao_in for row in pools.trading().values())
    assert all(move.tao < 0.025 * priced for move in found)


def test_what_cannot_be_had_is_refused() -> None:
    with pytest.raises(InputError, match="part"):
        moves(part=0.95)
    with pytest.raises(InputError, match="blocks_held"):
        moves(blocks_held=0)
