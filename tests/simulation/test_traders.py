"""What each kind of trader does, told from what it is for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dtao_edu import Network, Pool, simulate
from dtao_edu.engine.errors import InputError
from dtao_edu.simulation import traders
from tests.helpers.networks import network

DEEP = {1: Pool(1e5, 1e6, 1e6), 2: Pool(2e5, 1e6, 1e6)}
"""Two pools whose prices, 0.1 and 0.2, a block of emission hardly moves."""


def run(*people: traders.Trader, blocks: int = 30, net: Network | None = None, **terms: Any) -> Any:
    net = net or Network(DEEP, "v3_low_fee", root_tao=1e5)
    return simulate(net, blocks, traders=people, record_every=1, **terms)


def test_a_holder_buys_once_in_equal_parts_and_keeps_it() -> None:
    done = run(traders.buy_and_hold(1000, [1, 2], block=3))
    tao, alpha = done.wallets["holder"]
    assert tao[3] == 1000
    assert tao[4] == pytest.approx(0, abs=1e-9)
    assert alpha[4] == pytest.approx([500 / 0.1, 500 / 0.2], rel=0.02)
    assert (alpha[4:] == alpha[4]).all()


def test_a_rebalancer_holds_its_share() -> None:
    done = run(traders.target_share(1000, 0.25, every=5), blocks=60)
    tao, alpha = done.wallets["rebalancer"]
    parts = alpha * done.price / done.wealth("rebalancer")[:, None]
    assert parts[-1] == pytest.approx([0.25, 0.25], abs=0.01)
    assert tao[-1] / done.wealth("rebalancer")[-1] == pytest.approx(0.5, abs=0.01)


def test_a_follower_buys_what_rises_and_sells_what_falls() -> None:
    rows = {
        1: {"tao_in": 1e5, "alpha_in": 1e6, "moving_price": 0.05},
        2: {"tao_in": 1e5, "alpha_in": 1e6, "alpha_out": 1e3, "moving_price": 0.2},
    }
    net = Network(rows, "v3_low_fee")
    who = traders.momentum(100, 0.5, every=1).but(alpha={2: 1000})
    done = run(who, blocks=1, net=net)
    alpha = done.wallets["follower"][1]
    assert alpha[1, 0] > 0
    assert alpha[1, 1] < alpha[0, 1]


def test_a_believer_moves_the_price_towards_the_worth_until_the_purse_is_empty() -> None:
    done = run(traders.believer(1e9, {1: 0.4}, 0.5, every=1), blocks=15)
    assert done.of(1)[-1] == pytest.approx(0.4, rel=1e-2)
    steps = np.diff(done.of(1)[:8])
    assert (steps > 0).all()
    poor = run(traders.believer(100, {1: 0.4}, 1.0, every=1))
    assert poor.wallets["believer"][0][-1] == pytest.approx(0, abs=1e-9)
    assert poor.of(1)[-1] < 0.11


@pytest.mark.parametrize("exact", [False, True])
def test_what_is_worth_nothing_is_sold_and_what_has_no_opinion_is_left(exact: bool) -> None:
    network = Network({1: Pool(1e4, 1e5, 5e5), 2: Pool(2e4, 1e5, 5e5)}, exact=exact)
    holds = traders.believer(100, {1: 0.0}, every=1, alpha={1: 30.0, 2: 40.0})
    done = simulate(network, 2, traders=[holds], record_every=1, compiled=False)
    tao, alpha = done.wallets["believer"]
    assert list(alpha[0]) == [30, 40]
    assert list(alpha[1]) == [0, 40]
    assert tao[1] > tao[0]


def test_arbitrage_keeps_a_price_within_its_fee() -> None:
    rich = traders.arbitrage(1e9, {1: 0.15}).but(alpha={1: 5e5})
    done = run(traders.noise(1e4, 20), rich)
    assert done.of(1)[5:] == pytest.approx(0.15, rel=2e-3)


def test_each_of_a_crowd_acts_in_turn_with_a_purse_of_its_own() -> None:
    crowd = traders.crowd(100, [[0.4, 0.1], [0.01, 0.9], [0.1, 0.3]])
    done = run(crowd, blocks=3)
    tao, alpha = done.wallets["crowd"]
    assert tao[0] == 300
    assert tao[1] == pytest.approx(200)
    assert alpha[1, 0] > 0
    assert alpha[1, 1] == 0
    assert tao[2] == pytest.approx(100)
    assert alpha[2, 1] > 0


def test_members_may_own_different_amounts() -> None:
    opinions = [[0.1001, 0.1], [0.4, 0.9], [0.01, 0.01]]
    crowd = traders.crowd([5, 200, 0], opinions, alpha={1: [0, 0, 40], 2: 7})
    done = run(crowd, blocks=3)
    tao, alpha = done.wallets["crowd"]
    assert tao[0] == 205
    assert alpha[0].tolist() == [40, 21]
    assert tao[2] < tao[1] - 199
    assert alpha[3, 0] == pytest.approx(alpha[2, 0] - 40)  # the third sold what it had
    with pytest.raises(InputError, match="tao of crowd"):
        traders.crowd([5, 200], opinions)


def test_who_looks_at_the_price_goes_a_part_of_the_way_in_the_same_direction() -> None:
    ends = {}
    for regard in (0.0, 0.5, 1.0):
        crowd = traders.crowd(1e9, [[0.4, 0.05]], regard=regard, alpha={2: 1e6})
        ends[regard] = run(crowd, blocks=1).price[-1]
    start = np.array([0.1, 0.2])
    assert ends[0.0] == pytest.approx([0.4, 0.05], rel=1e-3)
    assert ends[0.5] == pytest.approx([0.25, 0.125], rel=1e-2)
    assert ends[1.0] == pytest.approx(start, rel=1e-3)


def test_a_miner_earns_41_percent_and_sells_it_at_the_epoch() -> None:
    done = run(traders.miner(1, 1.0, every=10), blocks=20)
    tao, alpha = done.wallets["miner"]
    owner = 11796 / 65535
    assert alpha[9, 0] == pytest.approx(9 * (1 - owner) / 2)
    assert alpha[10, 0] == 0
    assert tao[10] == pytest.approx(10 * (1 - owner) / 2 * 0.1, rel=0.01)
    assert tao[9] == 0


def test_a_pump_lifts_the_price_and_lets_it_fall() -> None:
    quiet = run(blocks=20)
    done = run(traders.pump(1, 2e4, block=5, blocks=8), blocks=20)
    lift = done.of(1) / quiet.of(1)
    assert lift[5] == pytest.approx(1)
    assert (lift[6:13] > 1.4).all()
    assert lift[-1] == pytest.approx(1, rel=1e-3)
    assert done.of(1, "share")[-1] > quiet.of(1, "share")[-1]
    assert done.wealth("pump")[-1] < 2e4  # the fee, twice


def test_a_sandwich_gains_what_its_victim_loses_and_a_limit_price_stops_it() -> None:
    victim = traders.saver(1e4, 1000, [1], every=10)
    alone = run(victim, blocks=5)
    done = run(*traders.sandwich(victim, 2e4), blocks=5)
    assert done.wealth("sandwich")[-1] > 2e4
    assert done.wallets["saver"][1][1, 0] < 0.9 * alone.wallets["saver"][1][1, 0]
    careful = victim.but(numbers=(1000.0, 0.03, 0.0))
    refused = run(*traders.sandwich(careful, 2e4), blocks=5)
    assert refused.wallets["saver"][0][-1] == 1e4
    assert refused.wealth("sandwich")[-1] < 2e4  # it pays the fee twice for nothing
    alone = run(careful, blocks=5)
    assert alone.wallets["saver"][1][1, 0] > 0


def test_a_saver_fills_in_part_only_if_allowed() -> None:
    limit = {"tolerance": 0.001, "every": 10}
    whole = run(traders.saver(1e4, 1000, [1], **limit), blocks=3)
    assert whole.wallets["saver"][0][-1] == 1e4
    part = run(traders.saver(1e4, 1000, [1], partial=True, **limit), blocks=3)
    assert 0 < 1e4 - part.wallets["saver"][0][1] < 1000
    assert part.of(1)[1] <= part.of(1)[0] * 1.0012


def test_orders_are_taken_row_by_row_and_begin_again() -> None:
    done = run(traders.orders([[10, 0], [0, 20]], 1000), blocks=4)
    assert np.diff(done.wallets["orders"][0]) == pytest.approx([-10, -20, -10, -20])
    assert np.diff(done.user_flow[:, 0]) == pytest.approx([10, 0, 10, 0])


def test_noise_has_the_spread_it_is_given() -> None:
    who = traders.noise(1e6, 5).but(alpha={1: 1e5, 2: 1e5})
    done = run(who, blocks=400)
    amounts = np.abs(np.diff(done.user_flow, axis=0))
    assert amounts.mean() == pytest.approx(5 * np.sqrt(2 / np.pi), rel=0.1)


def test_traders_act_in_the_order_given() -> None:
    buys = traders.orders([[1000, 0]], 1000, name="first")
    also = traders.orders([[1000, 0]], 1000, name="second")
    done = run(buys, also, blocks=1)
    assert done.wallets["first"][1][1, 0] > done.wallets["second"][1][1, 0]


def test_one_sees_what_stands_in_the_network() -> None:
    seen: list[Any] = []

    def looks(sight: Any, purse: Any, numbers: Any) -> Any:
        seen.append((sight, purse, numbers))
        return 0.0

    net = network("v3_low_fee")
    who = traders.Trader("me", looks, 50, {2: 3.0}, (7.0, {1: 8.0}), every=2, first=1, last=6)
    done = simulate(net, 10, traders=[who], record_every=1)
    assert [sight.turn for sight, *_ in seen] == [0, 1, 2]
    assert [sight.block for sight, *_ in seen] == [net.block + 2, net.block + 4, net.block + 6]
    sight, purse, numbers = seen[0]
    assert sight.netuid.tolist() == [1, 2, 3, 4, 5]
    assert sight.price == pytest.approx(done.price[2])
    assert sight.quote == pytest.approx(sight.price)
    assert purse.tao == 50
    assert purse.alpha.tolist() == [0, 3, 0, 0, 0]
    assert purse.wealth == pytest.approx(50 + 3 * sight.price[1])
    assert numbers[0].tolist() == [7.0] * 5
    assert numbers[1].tolist() == [8.0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    "make",
    [
        lambda: traders.Trader("x", "no function"),  # type: ignore[arg-type]
        lambda: traders.noise(-1, 1),
        lambda: traders.noise(1, 0),
        lambda: traders.noise(1, 1, every=0),
        lambda: traders.target_share(1, 2),
        lambda: traders.believer(1, 0.1, pace=2),
        lambda: traders.miner(1, 1.5),
        lambda: traders.crowd(1, [1, 2, 3]),
        lambda: traders.crowd([1, -1], [[1, 2], [3, 4]]),
        lambda: traders.crowd(1, [[1, 2]], regard=2),
        lambda: traders.orders([[float("nan")]], 1),
        lambda: traders.saver(1, 1, 1, tolerance=-1),
        lambda: replace(traders.pump(1, 5), alpha={1: -1}),
        lambda: replace(traders.pump(1, 5), numbers=(1, 2, 3, 4)),
    ],
)
def test_a_trader_that_cannot_be_is_refused(make: Any) -> None:
    with pytest.raises(InputError):
        make()


def test_numbers_that_are_none_are_refused() -> None:
    with pytest.raises(InputError, match="numbers of crowd"):
        run(traders.crowd(10, [[float("nan"), 1.0]]))
    with pytest.raises(InputError, match="numbers of crowd"):
        run(traders.crowd(10, [[1.0]]))
