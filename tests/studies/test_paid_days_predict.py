"""One day predicted from prices: the same as the rebuilt weeks, and what each choice changes."""

from __future__ import annotations

from statistics import median
from typing import Any

import pytest

from dtao_edu import ledger
from dtao_edu.engine.errors import InputError
from dtao_edu.practice.misconceptions.days import PROJECT_DAYS
from dtao_edu.studies import day_errors, predict_day, rebuilt_emission
from dtao_edu.studies.paid_days.predict import moving_prices_on

DAYS = ledger.emission_days()
WEEK = tuple(f"2025-09-{day}" for day in range(14, 21))  # lesson 07 shows these


def distance(date: str, **choice: Any) -> float:
    return day_errors(date, predict_day(date, **choice)).l1


@pytest.mark.parametrize(
    "constants",
    [{}, {"alpha": 3e-6}, {"alpha": 1e-3, "halving": 100_800}, {"halving": 0}],
    ids=["the chain's", "slow", "fast", "no warm-up"],
)
def test_it_is_the_moving_price_of_the_rebuilt_weeks(constants: dict[str, Any]) -> None:
    """Two ways: arrays over every block there, pieces without NumPy here."""
    rebuilt = rebuilt_emission(**constants)
    for date, shares in rebuilt.shares.items():
        mine = predict_day(date, **constants)
        assert set(mine) == set(shares)
        assert mine.total == pytest.approx(1)
        for netuid, share in shares.items():
            assert mine[netuid] == pytest.approx(share, rel=3e-4, abs=1e-9)
        assert day_errors(date, mine).l1 == pytest.approx(rebuilt.errors[date], abs=2e-5)


def test_it_is_the_spot_price_of_the_rebuilt_weeks() -> None:
    spot = rebuilt_emission("spot")
    for date in ("2025-09-18", "2025-10-05"):
        assert dict(predict_day(date, "spot")) == pytest.approx(dict(spot.shares[date]))


def test_the_reference_is_as_close_as_lessons_07_and_08_say_on_every_day_of_the_draw() -> None:
    moving = {date: distance(date) for date in PROJECT_DAYS}
    spot = {date: distance(date, rule="spot") for date in PROJECT_DAYS}
    assert max(moving.values()) < rebuilt_emission(dates=WEEK).median  # lesson 07
    assert median(moving.values()) <= 0.0060  # lesson 08
    assert all(moving[date] < spot[date] for date in PROJECT_DAYS)


def test_a_rival_that_wins_on_the_week_of_lesson_07_loses_on_the_other_days() -> None:
    """What lesson 13 shows: a rule must be tested on days that did not choose it."""
    for alpha in (4e-4, 5e-4):
        mine, rival = ([distance(d, alpha=a) for d in WEEK] for a in (3e-4, alpha))
        assert median(rival) < median(mine)
        mine, rival = ([distance(d, alpha=a) for d in PROJECT_DAYS] for a in (3e-4, alpha))
        assert median(rival) > 1.1 * median(mine)
        assert sum(a > b for a, b in zip(rival, mine, strict=True)) > 10


def test_a_forecast_that_knows_no_later_price_is_less_close_but_closer_than_the_spot_price() -> (
    None
):
    late = median(distance(date, between="late") for date in DAYS)
    assert median(distance(date) for date in DAYS) < late
    assert late < median(distance(date, rule="spot", between="late") for date in DAYS)


def test_no_price_between_neighbouring_samples_leads_beyond_low_and_high() -> None:
    """A moving price is a mean with weights above 0: it lies between those of two bounds."""
    block = DAYS["2025-09-18"].block
    assert block is not None
    low, line, late, high = (
        moving_prices_on(block, between=b) for b in ("low", "line", "late", "high")
    )
    assert set(low) == set(line) == set(late) == set(high)
    for netuid in line:
        for price in (line[netuid], late[netuid]):
            assert low[netuid] * (1 - 1e-9) <= price <= high[netuid] * (1 + 1e-9)


def test_late_reads_nothing_that_came_after_the_payment() -> None:
    """The sample before the payment is the day's own, and a spot price that stays is that one."""
    spot = predict_day("2025-09-18", "spot", between="late")
    assert dict(spot) == pytest.approx(dict(ledger.prices("2025-09-18").shares()))


def test_an_earlier_opening_lifts_the_young_and_leaves_the_old() -> None:
    block = DAYS["2025-09-21"].block
    assert block is not None
    first, earlier = moving_prices_on(block), moving_prices_on(block, opened={112: 1})
    assert earlier[112] > 2 * first[112]
    assert {n: p for n, p in earlier.items() if n != 112} == {
        n: p for n, p in first.items() if n != 112
    }
    everyone = moving_prices_on(block, opened=1)
    assert everyone[62] == first[62], "the table begins with it; nothing is known before"
    assert everyone[112] == earlier[112]


def test_a_subnet_paid_before_its_first_sample_is_predicted_if_it_opened_before() -> None:
    """Subnet 112 was paid on 20 September; its first daily price is of the next midnight."""
    assert 112 in ledger.emission("2025-09-20")
    assert 112 not in predict_day("2025-09-20")
    paid = ledger.emission("2025-09-20").shares()[112]
    opened = predict_day("2025-09-20", opened={112: 1}).shares()[112]
    assert opened == pytest.approx(paid, rel=0.2)


def test_the_cut_pays_at_most_the_price_and_leaves_the_others() -> None:
    date = "2025-09-23"
    whole, cut = predict_day(date), predict_day(date, capped=True)
    spot = predict_day(date, lambda series, block: series.at(block))
    total = sum(series.at(whole.block or 0) for series in some_series(whole))
    for netuid in whole:
        assert cut[netuid] <= whole[netuid]
        assert cut[netuid] <= spot[netuid] * total * (1 + 1e-12)
    smaller = [n for n in whole if cut[n] < whole[n]]
    assert 88 in smaller
    assert len(smaller) < 5
    assert cut.total < whole.total == pytest.approx(1)


def some_series(netuids: Any) -> list[ledger.PriceSeries]:
    return [ledger.prices()[netuid] for netuid in netuids]


def test_a_rule_of_ones_own_gets_the_series_and_the_block() -> None:
    mine = predict_day("2025-09-18", lambda series, block: series.at(block))
    assert dict(mine) == pytest.approx(dict(predict_day("2025-09-18", "spot")))
    even = predict_day("2025-09-18", lambda series, block: 1.0)
    assert set(even.values()) == {1 / len(even)}


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"rule": "flow"}, "rule is 'flow'"),
        ({"rule": lambda series, block: -1.0}, "rule is -1.0"),
        ({"alpha": 1}, "alpha is 1"),
        ({"halving": -1}, "halving is -1"),
        ({"between": "noon"}, "between is 'noon'"),
        ({"opened": 2}, "opened is 2"),
        ({"opened": {999: 1}}, "opened is 999"),
    ],
)
def test_what_cannot_be_is_refused(choice: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        predict_day("2025-09-18", **choice)


def test_a_day_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match="date is '2025-10-06'"):
        predict_day("2025-10-06")
