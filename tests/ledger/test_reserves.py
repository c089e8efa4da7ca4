"""The pools of 17 April 2025: reserves, what is out, what entered, who was trading."""

from __future__ import annotations

import pickle
from fractions import Fraction
from statistics import median

import pytest

from dtao_edu import ledger
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.stable import StablePool

POOLS = ledger.pools("2025-04-17")
STARTUP = {83, 86, 89, 90, 91, 92, 93}


def test_all_94_netuids_at_one_block() -> None:
    assert POOLS.netuids == tuple(range(94))
    assert POOLS.block == 5_373_800
    assert ledger.pools() is POOLS


def test_who_was_trading() -> None:
    assert set(POOLS) - set(POOLS.trading()) == STARTUP | {0}
    assert all(POOLS[netuid].price >= ledger.NOT_TRADING for netuid in STARTUP)
    assert all(row.price < ledger.NOT_TRADING for row in POOLS.trading().values())
    assert POOLS.trading().block == POOLS.block
    assert set(POOLS.trading().trading()) == set(POOLS.trading())


def test_the_trading_pools_held_half_a_million_tao_and_root_eleven_times_that() -> None:
    pooled = sum(row.tao_in for row in POOLS.trading().values())
    assert pooled == pytest.approx(510_221, abs=1)
    assert POOLS.root.tao_in / pooled == pytest.approx(11.19, abs=0.01)


def test_prices_are_reserve_over_reserve_and_sum_to_more_than_one() -> None:
    for netuid, price in POOLS.prices().items():
        row = POOLS[netuid]
        assert price == row.tao_in / row.alpha_in
        assert row.pool().price == price
    assert POOLS.prices().total == pytest.approx(2.28184, abs=1e-5)
    assert len(POOLS.prices()) == 86


def test_prices_agree_with_the_four_hourly_ones_of_the_same_block() -> None:
    last = ledger.prices("2025-04-17T21:13Z", every="4 hours")
    assert last.block == POOLS.block
    for netuid, price in POOLS.prices().items():
        assert last[netuid] == pytest.approx(price, abs=1e-12)


def test_root_has_no_price_to_move() -> None:
    assert POOLS.root.price == 1
    root = POOLS.root.pool()
    assert isinstance(root, StablePool)
    assert root.stake(1000).slippage == 0
    assert isinstance(POOLS.root.exact_pool(), StablePool)


def test_no_subnet_issued_more_than_two_alpha_a_block() -> None:
    assert POOLS.age == 5_373_800 - 4_920_351
    for netuid, row in POOLS.items():
        if netuid:
            assert row.alpha_in + row.alpha_out <= 2 * POOLS.age


def test_what_entered_50_pools_in_a_block() -> None:
    emitted = POOLS.emission()
    assert emitted.netuids == (1, *range(33, 82))
    assert emitted.total == pytest.approx(0.6029, abs=1e-4)
    assert [netuid for netuid, tao in emitted.items() if tao == 0] == [67, 71]
    rows = [POOLS[netuid] for netuid in emitted]
    assert {row.emission_block for row in rows} <= set(range(5_373_763, 5_373_812))
    for row in rows:
        assert row.emission is not None
        assert row.emission.tao_in == emitted[row.netuid]
        assert row.emission.alpha_out == 1
        assert 0 < row.emission.alpha_in < 1
    assert POOLS[2].emission is None
    assert POOLS[2].emission_block is None


def test_tao_and_alpha_entered_at_the_price() -> None:
    off = []
    for netuid, tao in POOLS.emission().items():
        row = POOLS[netuid]
        if tao and row.emission:
            off.append(abs(tao / row.emission.alpha_in / row.price - 1))
    assert median(off) < 1e-4
    assert max(off) < 0.013


def test_volumes_and_trades_are_counted() -> None:
    row = POOLS[1]
    assert (row.buys, row.sells) == (373, 3249)
    both = row.tao_buy_volume + row.tao_sell_volume
    assert row.tao_volume == pytest.approx(both)


def test_an_exact_pool_holds_the_rao_of_the_source() -> None:
    pool = POOLS[62].exact_pool()
    assert pool.tao_in == Fraction(535_448_415_594, 10**9)
    assert pool.stake(Fraction(1)).after.k >= pool.k


def test_pools_show_themselves_and_say_where_they_come_from() -> None:
    assert repr(POOLS) == "<Pools of 2025-04-17, block 5,373,800: 94 netuids>"
    page = POOLS._repr_html_()
    assert page.count("<tr>") == 7
    assert "88 more not shown" in page
    assert "<td>64</td><td>86,113</td>" in page
    assert "<td>0</td>" in page
    assert POOLS.provenance.name == "pools_2025-04-17"


def test_another_date_and_another_netuid_are_refused_by_name() -> None:
    with pytest.raises(InputError, match="date is '2025-04-18'; allowed: '2025-04-17'"):
        ledger.pools("2025-04-18")
    with pytest.raises(InputError, match=r"netuid is 99; allowed: 0, 1, \.\.\. 93"):
        POOLS[99]
    assert 99 not in POOLS
    assert POOLS.get(99) is None


def test_pools_are_values() -> None:
    assert pickle.loads(pickle.dumps(POOLS)) == POOLS
    with pytest.raises(AttributeError):
        POOLS.block = 1  # type: ignore[misc]
    with pytest.raises(TypeError):
        POOLS[1] = POOLS[2]  # type: ignore[index]
