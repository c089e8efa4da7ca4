"""Spot prices: every sample there, untraded subnets left out, lines between samples."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from statistics import median

import pytest

from dtao_edu import ledger
from dtao_edu.engine.errors import InputError

DAYS, HOURS, WEEK = ledger.prices(), ledger.hourly_prices(), ledger.prices(every="4 hours")


def test_257_days_without_a_gap() -> None:
    days = [date.fromisoformat(day) for day in DAYS.dates]
    assert len(days) == 257
    assert all((later - day).days == 1 for day, later in pairwise(days))
    assert (DAYS.times[0], DAYS.times[-1]) == ("2025-02-14T16:00Z", "2025-10-28T00:00Z")
    assert (DAYS.blocks[0], DAYS.blocks[-1]) == (4_925_837, 6_754_566)


@pytest.mark.parametrize("table", [DAYS, HOURS, WEEK])
def test_blocks_rise_by_one_in_12_seconds_at_most(table: ledger.PriceTable) -> None:
    from dtao_edu.ledger.spot import seconds

    for (t1, b1), (t2, b2) in pairwise(zip(table.times, table.blocks, strict=True)):
        assert 0 < b2 - b1 <= (seconds(t2) - seconds(t1)) / 12 + 1


def test_how_many_prices_there_are_and_how_many_mean_nothing() -> None:
    every = ledger.prices(trading=False)
    assert sum(len(series) for series in every.values()) == 28_416
    waiting = [p for series in every.values() for p in series.prices if p >= ledger.NOT_TRADING]
    assert len(waiting) == 2_315
    assert sum(len(series) for series in DAYS.values()) == 28_416 - 2_315
    assert len(every) == 128
    assert len(DAYS) == 127
    assert len(every.on("2025-02-14")) == 64
    assert len(every.on("2025-10-28")) == 128
    assert not DAYS.trading or all(p < 0.9 for series in DAYS.values() for p in series.prices)


@pytest.mark.parametrize(
    ("day", "total"),
    [
        ("2025-02-14", 2.16),
        ("2025-02-16", 1.02),
        ("2025-03-01", 1.24),
        ("2025-05-01", 1.92),
        ("2025-07-01", 1.31),
        ("2025-10-01", 1.05),
    ],
)
def test_sums_of_prices_are_those_that_were_checked(day: str, total: float) -> None:
    assert ledger.prices(day).total == pytest.approx(total, abs=0.005)


def test_the_hours_of_the_launch_weeks_agree_with_the_days() -> None:
    assert len(HOURS.times) == 478
    assert len(HOURS) == 73
    assert (HOURS.times[-1], HOURS.blocks[-1]) == ("2025-03-07T23:00Z", 5_079_132)
    for day in HOURS.dates:
        assert dict(HOURS.on(day)) == dict(DAYS.on(day))


def test_the_week_of_april_agrees_with_the_days_from_elsewhere() -> None:
    assert len(WEEK.times) == 44
    every = ledger.prices(every="4 hours", trading=False)
    assert sum(len(series) for series in every.values()) == 4003
    assert len(every) == 93
    off = []
    for block in WEEK.blocks[1:-1]:
        here, there = WEEK.at(block), DAYS.at(block)
        off += [abs(here[n] / there[n] - 1) for n in here if n in there]
    assert median(off) == pytest.approx(0.013, abs=0.001)


def test_the_pump_of_subnet_28() -> None:
    pump = HOURS[28]
    before = pump.between("2025-02-24", "2025-02-24T23:00Z").prices
    assert 0.016 <= round(min(before), 3) <= round(max(before), 3) <= 0.021
    peak = HOURS.on("2025-02-25T14:00Z")
    assert peak[28] == pytest.approx(0.051, abs=5e-4)
    assert peak.shares()[28] == pytest.approx(0.034, abs=5e-4)
    assert max(pump.prices[100:]) == peak[28]
    assert HOURS.on("2025-02-25T21:00Z")[28] == pytest.approx(0.005, abs=5e-4)
    assert HOURS.on("2025-02-27")[28] == pytest.approx(0.005, abs=5e-4)


def test_one_moment_by_day_by_hour_or_by_date() -> None:
    assert HOURS.on("2025-02-25 14:00") == HOURS.on("2025-02-25T14:00Z")
    assert ledger.prices(date(2025, 3, 1)) == ledger.prices("2025-03-01")
    assert HOURS.on("2025-02-25").block == HOURS.on("2025-02-25T00:00Z").block
    assert ledger.prices("2025-02-25T14:00Z", every="hour") == HOURS.on("2025-02-25T14:00Z")
    with pytest.raises(InputError, match=r"time is '2025-10-29'.*257 in all"):
        ledger.prices("2025-10-29")
    with pytest.raises(InputError, match="'day' or 'hour' or '4 hours'"):
        ledger.prices(every="week")  # type: ignore[call-overload]


def test_a_series_is_a_line_between_samples() -> None:
    series = DAYS[64]
    b1, b2 = series.blocks[:2]
    p1, p2 = series.prices[:2]
    assert series.at(b1) == p1
    assert series.at(b2) == p2
    assert series.at((b1 + b2) / 2) == pytest.approx((p1 + p2) / 2)
    assert next(iter(series)) == (b1, p1)
    for block in (b1 - 1, series.blocks[-1] + 1):
        with pytest.raises(InputError, match="block is"):
            series.at(block)


def test_a_part_of_a_series() -> None:
    part = HOURS[28].between("2025-02-24", "2025-02-25T14:00Z")
    assert (part.times[0], part.times[-1]) == ("2025-02-24T00:00Z", "2025-02-25T14:00Z")
    assert part.prices[-1] == HOURS.on("2025-02-25T14:00Z")[28]
    assert HOURS[28].between("2025-02-24 00:00", "2025-02-25 14:00") == part
    with pytest.raises(InputError, match="first is"):
        HOURS[28].between("2025-03-08", "2025-03-09")


def test_the_price_of_all_at_a_block() -> None:
    block = DAYS.on("2025-03-01").block
    assert block is not None
    assert dict(DAYS.at(block)) == dict(DAYS.on("2025-03-01"))
    between = DAYS.at(block + 3600)
    assert between.date == "2025-03-01"
    assert between[64] == DAYS[64].at(block + 3600)
    with pytest.raises(InputError, match="block is 1"):
        DAYS.at(1)
    # A subnet that had not opened by then is not in it.
    opened = {n for n, series in DAYS.items() if series.blocks[0] <= block + 3600}
    assert set(between) == opened


def test_the_moving_price_of_all_at_some_blocks() -> None:
    blocks = [5_100_000, 5_029_033]
    found = DAYS.moving_at(blocks, alpha=1e-3, halving=50_000)
    assert list(found) == sorted(blocks)
    for block, amounts in found.items():
        assert amounts.block == block
        for netuid in (1, 64, max(amounts)):
            series = DAYS[netuid]
            assert amounts[netuid] == series.moving([block], alpha=1e-3, halving=50_000)[0]
        assert set(amounts) == {n for n, s in DAYS.items() if s.blocks[0] <= block}
    assert found[5_029_033].date == "2025-03-01"
    assert DAYS[1].moving(start=0.5, age=1000)[0] == 0.5


def test_times_become_blocks_by_the_samples_around_them() -> None:
    assert DAYS.block_at("2025-03-01") == DAYS.on("2025-03-01").block
    assert DAYS.block_at("2025-03-01T12:00Z") == 5_029_032 + 3600
    assert DAYS.block_at("2025-02-14T16:00Z") == DAYS.blocks[0]
    for time in ("2025-02-14", "2025-10-28T00:01Z"):
        with pytest.raises(InputError, match="time is"):
            DAYS.block_at(time)


def test_tables_and_series_show_themselves_shortly() -> None:
    assert repr(HOURS) == (
        "<PriceTable: 73 subnets, 478 samples, 2025-02-14T16:00Z to 2025-03-07T23:00Z>"
    )
    page = DAYS._repr_html_()
    assert "<td>2025-02-14T16:00Z</td><td>4,925,837</td><td>64</td><td>2.163</td>" in page
    assert page.count("<tr>") == 3
    assert repr(DAYS[64]).startswith("<PriceSeries of subnet 64: 257 samples, 2025-02-14T16:00Z")
    assert DAYS.provenance.name == "prices_daily_2025-02-14_2025-10-28"


def test_an_unknown_netuid_is_named() -> None:
    with pytest.raises(InputError, match="netuid is 0; allowed: 1, 2"):
        DAYS[0]
    assert 0 not in DAYS


def test_tables_are_read_once() -> None:
    assert ledger.prices() is DAYS
    assert ledger.hourly_prices() is ledger.prices(every="hour")
    assert ledger.hourly_prices(trading=False) is not HOURS
