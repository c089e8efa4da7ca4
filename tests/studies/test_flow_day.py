"""Did share follow flow on 11 April 2026? In the sample, and out of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu import ledger
from dtao_edu.engine.errors import InputError
from dtao_edu.studies import flow_day, power_fit

FLOWS = ledger.flows("2026-04-11")
DAY = flow_day(FLOWS)


def test_the_exponent_is_one_and_every_subnet_is_told_within_two_thousandths() -> None:
    assert DAY.fit.exponent == pytest.approx(1, abs=0.002)
    assert set(DAY.errors) == set(FLOWS)
    assert max(abs(error) for error in DAY.errors.values()) < 0.002
    assert max(abs(error) for error in DAY.injected.values()) < 0.002


def test_six_subnets_tell_the_seventh() -> None:
    for left, fit in DAY.without.items():
        assert left not in fit.netuids
        assert fit.exponent == pytest.approx(1, abs=0.002)
        assert abs(DAY.unseen[left]) < 0.005


def test_price_does_not_tell_it() -> None:
    prices = {netuid: row.price for netuid, row in FLOWS.items()}
    by_price = power_fit(prices, FLOWS.shares())
    assert abs(by_price.exponent) < 0.5
    assert by_price.share(prices[64]) > 0.03  # it was paid nothing


@given(st.floats(0.3, 3), st.floats(1e-3, 1e3))
def test_a_power_is_found_again(exponent: float, level: float) -> None:
    x = {1: 0.5, 2: 1.0, 3: 7.0, 4: 0.0, 5: -2.0}
    shares = {n: level * value**exponent if value > 0 else 0.0 for n, value in x.items()}
    fit = power_fit(x, shares)
    assert fit.exponent == pytest.approx(exponent)
    assert fit.share(7.0) == pytest.approx(shares[3])
    assert fit.share(-2.0) == fit.share(0.0) == 0
    assert fit.netuids == (1, 2, 3)


def test_a_line_needs_two_subnets() -> None:
    with pytest.raises(InputError, match="two or more"):
        power_fit({1: 1.0, 2: -1.0}, {1: 0.5, 2: 0.5})
