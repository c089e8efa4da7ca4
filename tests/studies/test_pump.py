"""A pump: the block-by-block rule in closed form, the money, and the real one of February 2025."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtao_edu import ledger, studies
from dtao_edu.engine import formulas
from dtao_edu.engine.emission import MOVING_ALPHA, moving_prices
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.pool import Pool
from dtao_edu.studies import CalmMarket, market_cost_to_move, past_pump, pump

POOLS = ledger.pools("2025-04-17")
MARKET = CalmMarket(1, Pool(100.0, 1000.0, 5000.0), 0.9)
TABLE = ledger.hourly_prices()
PAST = studies.past_prices(TABLE, 28, "2025-02-24", "2025-03-03")


@settings(deadline=None, max_examples=15, derandomize=True, database=None)
@given(
    st.floats(0.11, 3),
    st.integers(1, 900),
    st.sampled_from([1e-4, 3e-4, 3e-3]),
    st.sampled_from([(0, 0), (201_600, 0), (201_600, 100_000)]),
)
def test_every_told_moving_price_is_the_engines_block_by_block(
    price: float, held: int, alpha: float, warm: tuple[int, int]
) -> None:
    halving, age = warm
    found = pump(MARKET, price, held, alpha=alpha, halving=halving, age=age, horizon=1000)
    walked = list(
        moving_prices(
            [price] * held + [0.1] * (1000 - held),
            found.moving[0],
            alpha=alpha,
            halving=halving,
            blocks=age,
        )
    )
    for block, moving in zip(found.blocks[1:], found.moving[1:], strict=True):
        assert moving == pytest.approx(walked[block - 1], rel=1e-9)
    assert found.moving[found.top] == pytest.approx(max([found.moving[0], *walked]))


def test_an_old_subnet_begins_at_its_price_and_a_young_one_below() -> None:
    begins = {days: pump(MARKET, 1.0, 300, age=7200 * days).moving[0] for days in (0, 1, 7, 1000)}
    assert begins[0] == 0
    assert begins[1] == pytest.approx(0.1 * 0.04, rel=0.1)
    assert begins[7] == pytest.approx(0.1 * 0.80, rel=0.01)
    assert begins[1000] == pytest.approx(0.1)
    assert pump(MARKET, 1.0, 300, halving=0, age=0).moving[0] == 0.1


def test_half_is_gone_when_it_is_gone() -> None:
    """An old subnet forgets a half in about log 2 / a blocks, whatever the pump."""
    for price, held in ((0.5, 300), (1.0, 3000)):
        found = pump(MARKET, price, held, halving=0)
        assert found.half_gone == 2311
        assert formulas.smoothing_over(float(MOVING_ALPHA), 2310) < 0.5
    assert pump(MARKET, 1.0, 300, alpha=3e-6).half_gone is None


def test_the_cap_makes_any_price_above_one_count_as_one() -> None:
    one, two = (pump(MARKET, price, 600) for price in (1.0, 2.0))
    assert two.moving == one.moving
    assert two.extra_tao == one.extra_tao
    assert two.tao > one.tao
    free = pump(MARKET, 2.0, 600, capped=False)
    scaled = pump(CalmMarket(1, Pool(50.0, 1000.0), 0.45), 1.0, 600)
    assert free.moving == pytest.approx([2 * moving for moving in scaled.moving])


def test_the_pump_is_paid_through_the_pool() -> None:
    found = pump(MARKET, 0.4, 300)
    trade = MARKET.pool.stake(found.tao)
    assert trade.after.price == pytest.approx(0.4)
    assert found.lost == pytest.approx(0, abs=1e-9)
    others = trade.after.unstake(trade.after.max_unstake(0.1)).after
    assert found.lost_if_restored == pytest.approx(
        found.tao - others.unstake(trade.received).received
    )


def test_it_costs_what_the_same_move_costs_by_spot_price() -> None:
    found = pump(studies.calm_market(POOLS, 62), 0.121, 300)
    gained = max(found.spot_shares) - found.shares_without[0]
    move = market_cost_to_move(POOLS.trading(), 62, gained)
    assert move.tao == pytest.approx(found.tao)


def test_the_extra_tao_is_the_sum_over_every_block() -> None:
    found = pump(MARKET, 1.0, 300, horizon=3000, block_emission=0.5)
    moving = numpy.array(
        [found.moving[0], *moving_prices([1.0] * 300 + [0.1] * 2700, found.moving[0],
                                         blocks=2_016_000)]
    )  # fmt: skip
    shares = moving / (moving + 0.9)
    assert found.extra_tao == pytest.approx(0.5 * (shares - shares[0])[1:].sum(), rel=2e-3)


def test_what_is_refused() -> None:
    with pytest.raises(InputError, match="above the spot price"):
        pump(MARKET, 0.1, 300)
    with pytest.raises(InputError, match="blocks_held"):
        pump(MARKET, 1.0, 1000, horizon=1000)
    with pytest.raises(InputError, match="alpha"):
        pump(MARKET, 1.0, 300, alpha=1)
    with pytest.raises(InputError, match="a subnet that trades"):
        studies.calm_market(POOLS, 0)


def test_the_others_are_all_that_trade() -> None:
    market = studies.calm_market(POOLS, 64)
    prices = POOLS.prices()
    assert market.others + float(market.pool.price) == pytest.approx(prices.total)


def test_subnet_28_as_lesson_07_tells_it() -> None:
    """The closed form over every subnet by itself agrees with the sum of all others."""
    found = past_pump(PAST)
    story = TABLE[28].between("2025-02-24", "2025-03-03")
    assert found.spot == story.prices
    assert found.blocks == tuple(block - story.blocks[0] for block in story.blocks)
    smooth = TABLE.moving_at(story.blocks, halving=0)
    shares = [smooth[block].shares()[28] for block in story.blocks]
    assert found.moving == pytest.approx([smooth[block][28] for block in story.blocks], rel=2e-3)
    # A subnet that opened later has its first hours alone in this sum: a few thousandths.
    assert found.shares == pytest.approx(shares, rel=0.02)
    spot = [TABLE.at(block).shares()[28] for block in story.blocks]
    assert found.spot_shares == pytest.approx(spot)
    assert found.tao is None


def test_the_fall_of_subnet_28_took_more_than_its_pump_had_brought() -> None:
    found = past_pump(PAST)
    assert found.extra_tao < 0
    assert "less for the pool" in repr(found)
    above = found.moving[found.top] - found.moving[0]
    at = found.blocks.index(found.blocks[found.top] + found.half_gone)
    assert found.moving[at] - found.moving[0] <= above / 2 < found.moving[at - 1] - found.moving[0]


def test_a_warm_up_hears_less_of_a_young_market() -> None:
    old, young = past_pump(PAST), past_pump(PAST, halving=201_600)
    assert young.moving[young.top] < old.moving[old.top]
    assert past_pump(PAST, halving=201_600, age=10**7).moving == pytest.approx(old.moving, rel=0.05)
