"""What the chain paid in the autumn of 2025, and twelve real swaps."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from statistics import median

import pytest

from dtao_edu import ledger
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.fees import SWAP_FEE

DAYS = ledger.emission_days()


def test_22_days_of_about_one_tao_a_block() -> None:
    assert len(DAYS) == 22
    assert (next(iter(DAYS)), list(DAYS)[-1]) == ("2025-09-14", "2025-10-05")
    assert sum(len(day) for day in DAYS.values()) == 2671
    assert {len(day) for day in DAYS.values()} <= set(range(118, 125))
    totals = [day.total for day in DAYS.values()]
    assert min(totals) == pytest.approx(0.9974, abs=1e-4)
    assert max(totals) == pytest.approx(1, abs=1e-6)


def test_root_is_not_among_the_paid() -> None:
    assert all(0 not in day for day in DAYS.values())


def test_the_block_is_estimated_from_the_time() -> None:
    for day, paid in DAYS.items():
        assert paid.date == day
        assert paid.block == ledger.prices().block_at(DAYS.times[day])
        assert DAYS.times[day].startswith(day)
    blocks = [paid.block for paid in DAYS.values()]
    assert blocks == sorted(blocks)


def test_a_day_by_its_date() -> None:
    assert ledger.emission("2025-09-14") is DAYS["2025-09-14"]
    assert ledger.emission(date(2025, 9, 14)) is DAYS["2025-09-14"]
    with pytest.raises(InputError, match=r"date is '2025-10-06'.*22 in all"):
        ledger.emission("2025-10-06")


def test_days_show_themselves_and_say_where_they_come_from() -> None:
    assert repr(DAYS) == "<EmissionDays: 22 days, 2025-09-14 to 2025-10-05>"
    page = DAYS._repr_html_()
    assert page.count("<tr>") == 3
    assert "<td>2025-09-14</td><td>6,442,860</td><td>118</td>" in page
    assert DAYS.provenance.name == "emission_2025-09-14_2025-10-05"
    assert DAYS["2025-09-14"].provenance == DAYS.provenance


def test_nobody_changes_the_times() -> None:
    DAYS.times.clear()
    assert len(DAYS.times) == 22


def test_twelve_swaps_paid_the_chains_fee() -> None:
    found = ledger.swaps(64)
    assert len(found) == 12
    assert [swap.side for swap in found] == ["stake"] * 2 + ["unstake"] * 10
    for swap in found:
        assert swap.fee / swap.paid * 65535 == pytest.approx(33, abs=0.005)
    assert SWAP_FEE.rate == Fraction(33, 65535)


def test_swaps_name_what_went_in_and_what_came_out() -> None:
    stake, unstake = ledger.swaps()[0], ledger.swaps()[2]
    assert (stake.paid, stake.received) == (1.0, 9.851354714)
    assert (unstake.paid, unstake.received) == (10.0, 0.791686628)
    assert unstake.average_price == 0.0791686628
    assert (unstake.date, unstake.alpha) == ("2025-11-06", 10.0)


def test_the_price_without_fee_is_that_of_another_source() -> None:
    for swap in ledger.swaps()[:2]:
        free = (swap.tao - swap.fee) / swap.alpha
        assert free == pytest.approx(0.1014586, abs=2e-6)


def test_reported_slippage_includes_the_fee_and_tells_a_deep_pool() -> None:
    reserves = []
    for swap in ledger.swaps()[2:]:
        assert swap.slippage_percent > 100 * swap.fee / swap.paid
        if swap.alpha >= 10:
            # 1 - slippage = (1 - fee) R / (R + input (1 - fee)), solved for R
            kept, rate = 1 - swap.slippage_percent / 100, swap.fee / swap.paid
            net = swap.alpha * (1 - rate)
            reserves.append(net * kept / (1 - rate - kept))
    assert 1.9e6 < min(reserves) < median(reserves) < max(reserves) < 2.4e6


def test_other_subnets_have_no_swaps() -> None:
    with pytest.raises(InputError, match="netuid is 1; allowed: 64"):
        ledger.swaps(1)
