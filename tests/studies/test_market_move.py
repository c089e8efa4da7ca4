"""The same move of emission by staking: TAO committed and lost, by spot and by moving price."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtao_edu import ledger, measures
from dtao_edu.engine.emission import moving_prices, price_shares
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.fees import LAUNCH_FEE, SWAP_FEE
from dtao_edu.engine.pool import Pool
from dtao_edu.studies import market_cost_to_move

EVERY = ledger.pools("2025-04-17")
TRADING = EVERY.trading()
SMALL = {1: Pool(100.0, 1000.0, 5000.0), 2: Pool(50.0, 250.0, 800.0), 3: Pool(10.0, 100.0, 9.0)}


def test_subnet_62_by_five_points() -> None:
    move = market_cost_to_move(TRADING, 62, 0.05)
    assert move.tao == pytest.approx(4_700, rel=0.01)
    assert move.share_before == TRADING.prices().shares()[62]
    assert move.lost == pytest.approx(0, abs=1e-6)
    assert move.lost_if_restored == pytest.approx(4384, abs=1)


@settings(deadline=None, derandomize=True, database=None)
@given(st.sampled_from([1, 2, 3]), st.floats(0.001, 0.6))
def test_the_stake_moves_the_part_that_was_asked(target: int, part: float) -> None:
    prices = {netuid: pool.price for netuid, pool in SMALL.items()}
    before = price_shares(list(prices.values()))
    move = market_cost_to_move(SMALL, target, part)
    if before[target - 1] + part >= 1:
        assert not move.reachable
        return
    after = SMALL[target].stake(move.tao).after
    prices[target] = after.price
    assert measures.moved(before, price_shares(list(prices.values()))) == pytest.approx(part)
    assert after.price == pytest.approx(move.price)
    assert move.alpha == SMALL[target].stake(move.tao).received


@pytest.mark.parametrize(("age", "blocks"), [(0, 3000), (200_000, 500)])
def test_the_moving_price_is_moved_when_the_price_was_held(age: int, blocks: int) -> None:
    part = 0.01
    move = market_cost_to_move(SMALL, 1, part, rule="moving", blocks=blocks, age=age)
    assert (move.blocks, move.rule, move.moved, move.target) == (blocks, "moving", part, 1)
    ends = {}
    for netuid, pool in SMALL.items():
        price = pool.stake(move.tao).after.price if netuid == 1 else pool.price
        *_, ends[netuid] = moving_prices([price] * blocks, pool.price, blocks=age)
    before = price_shares([pool.price for pool in SMALL.values()])
    assert measures.moved(before, price_shares(list(ends.values()))) == pytest.approx(part)


def test_moving_prices_of_the_start_go_their_own_way() -> None:
    start, blocks = {1: 0.3, 2: 0.1}, 4000
    terms: dict[str, Any] = {"alpha": 0.001, "halving": 1000, "age": 500}
    move = market_cost_to_move(SMALL, 2, 0.05, rule="moving", blocks=blocks, moving=start, **terms)

    def held(prices: dict[int, float]) -> list[float]:
        ends = []
        for netuid, price in prices.items():
            *_, end = moving_prices(
                [price] * blocks,
                start.get(netuid, SMALL[netuid].price),
                blocks=500,
                alpha=0.001,
                halving=1000,
            )
            ends.append(end)
        return list(price_shares(ends))

    calm = {netuid: pool.price for netuid, pool in SMALL.items()}
    before, after = held(calm), held({**calm, 2: move.price})
    assert move.share_before == pytest.approx(before[1])
    assert measures.moved(before, after) == pytest.approx(0.05)


def test_holding_longer_costs_less_and_never_less_than_by_spot() -> None:
    spot = market_cost_to_move(TRADING, 62, 0.05)
    assert spot.blocks == 0
    costs = [
        market_cost_to_move(TRADING, 62, 0.05, rule="moving", blocks=n, age=TRADING.age).tao
        for n in (1200, 7200, 50_400, 500_000)
    ]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] == pytest.approx(spot.tao)


def test_the_cap_at_one_bounds_the_part_to_about_30_per_cent() -> None:
    late = market_cost_to_move(TRADING, 62, 0.3, rule="moving", blocks=500_000, age=TRADING.age)
    assert late.most + late.share_before == pytest.approx(0.305, abs=5e-4)
    assert late.reachable
    never = market_cost_to_move(TRADING, 62, 0.31, rule="moving", blocks=500_000, age=TRADING.age)
    assert not never.reachable
    assert never.price == never.tao == never.alpha == never.lost == never.lost_if_restored == inf
    assert market_cost_to_move(TRADING, 62, 0.31).reachable
    day = market_cost_to_move(TRADING, 62, 0.3, rule="moving", age=TRADING.age)
    assert day.blocks == 7200
    assert not day.reachable


def test_a_move_shows_itself() -> None:
    spot = market_cost_to_move(TRADING, 62, 0.05)
    assert repr(spot) == (
        "<MarketMove of 5.0% of emission to subnet 62 by spot price: 4,663 TAO lift the price to "
        "0.1215; 4,384 TAO are lost if others sell first>"
    )
    moving = market_cost_to_move(TRADING, 62, 0.31, rule="moving", blocks=500_000)
    assert repr(moving) == (
        "<MarketMove of 31.0% of emission to subnet 62 by moving price held 500,000 blocks: "
        "at no cost to be had, 30.4% at most>"
    )


def test_a_thin_pool_is_cheap_and_a_deep_one_is_not() -> None:
    thin, deep = (market_cost_to_move(TRADING, netuid, 0.12) for netuid in (62, 64))
    assert thin.tao < 8000 < 36_000 < deep.tao


def test_who_sells_back_at_once_loses_the_fees() -> None:
    free = market_cost_to_move(SMALL, 1, 0.1)
    assert free.lost == pytest.approx(0, abs=1e-9)
    rate = market_cost_to_move(SMALL, 1, 0.1, fee=SWAP_FEE)
    assert rate.tao > free.tao
    assert rate.lost == pytest.approx(2 * rate.tao * float(SWAP_FEE.rate), rel=0.3)
    flat = market_cost_to_move(SMALL, 1, 0.1, fee=LAUNCH_FEE)
    assert flat.tao == pytest.approx(free.tao + 5e-5)
    assert flat.lost == pytest.approx(1e-4, rel=0.5)
    assert market_cost_to_move(SMALL, 1, 0.1, fee=0.003).lost > rate.lost


def test_who_sells_last_loses_what_others_took() -> None:
    pool, move = SMALL[1], market_cost_to_move(SMALL, 1, 0.1)
    d, t = move.tao, pool.tao_in
    # Others sell the alpha that the trader bought; the trader then sells into the old pool.
    assert move.lost_if_restored == pytest.approx(d - t * d / (t + 2 * d))


def test_others_cannot_sell_more_than_they_hold() -> None:
    scarce = {**SMALL, 3: Pool(10.0, 100.0, 9.0)}
    move = market_cost_to_move(scarce, 3, 0.3)
    trade = scarce[3].stake(move.tao)
    assert trade.received > 9
    left = trade.after.unstake(9.0).after
    assert move.lost_if_restored == pytest.approx(move.tao - left.unstake(trade.received).received)
    nobody = {**SMALL, 3: Pool(10.0, 100.0, 0.0)}
    assert market_cost_to_move(nobody, 3, 0.3).lost_if_restored == pytest.approx(0, abs=1e-9)


def test_subnets_that_do_not_trade_are_left_out() -> None:
    assert market_cost_to_move(EVERY, 62, 0.05) == market_cost_to_move(TRADING, 62, 0.05)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"target": 9}, "target is 9"),
        ({"pools": {1: SMALL[1]}}, "pools is '1 that trade'"),
        ({"part": 0}, "part is 0"),
        ({"part": 1}, "part is 1"),
        ({"part": float("nan")}, "part is nan"),
        ({"rule": "vote"}, "rule is 'vote'"),
        ({"rule": "moving", "blocks": 0}, "blocks is 0"),
    ],
)
def test_what_is_not_allowed_is_named(change: dict[str, Any], name: str) -> None:
    with pytest.raises(InputError, match=name):
        market_cost_to_move(**{"pools": SMALL, "target": 1, "part": 0.1, **change})


def test_by_spot_nobody_gets_more_than_all() -> None:
    move = market_cost_to_move(SMALL, 2, 0.5)
    assert move.share_before == pytest.approx(0.5)
    assert move.most == pytest.approx(0.5)
    assert not market_cost_to_move(SMALL, 2, 0.51).reachable
    assert not market_cost_to_move(SMALL, 2, 1 - move.share_before).reachable
    assert market_cost_to_move(SMALL, 2, 0.49).reachable
