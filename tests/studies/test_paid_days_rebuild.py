"""What the chain paid in the autumn of 2025, rebuilt from daily prices alone."""

from __future__ import annotations

import pytest

from dtao_edu import ledger, measures
from dtao_edu.engine.emission import MOVING_ALPHA_DEFAULT, MOVING_HALVING
from dtao_edu.engine.errors import InputError
from dtao_edu.studies import SECOND_SMOOTHING, rebuilt_emission

MOVING = rebuilt_emission()


def test_shares_of_the_moving_price_are_what_was_paid() -> None:
    assert len(MOVING.errors) == 22
    assert MOVING.median < 0.007
    assert max(MOVING.errors.values()) < 0.02


def test_the_spot_price_does_less_well() -> None:
    spot = rebuilt_emission("spot")
    assert spot.median == pytest.approx(0.0145, abs=5e-4)
    assert sum(spot.errors[day] > MOVING.errors[day] for day in MOVING.errors) == 21


def test_the_default_of_the_code_does_not_do_at_all() -> None:
    default = rebuilt_emission(alpha=MOVING_ALPHA_DEFAULT)
    assert default.median == pytest.approx(0.311, abs=0.002)
    assert min(default.errors.values()) > 0.25


def test_a_second_pair_of_constants_fits_as_well() -> None:
    alpha, halving = SECOND_SMOOTHING
    assert halving != MOVING_HALVING
    second = rebuilt_emission(alpha=alpha, halving=halving)
    assert second.median < 0.007
    assert second.median == pytest.approx(MOVING.median, rel=0.02)


def test_errors_are_distances_from_the_shares_that_were_paid() -> None:
    for day, shares in MOVING.shares.items():
        paid = ledger.emission(day)
        assert set(shares) <= set(paid)
        assert shares.total == pytest.approx(1)
        assert shares.block == paid.block
        assert MOVING.errors[day] == measures.l1(shares, paid.shares())


def test_a_share_is_the_moving_price_at_the_payment() -> None:
    paid = ledger.emission("2025-09-20")
    assert paid.block is not None
    prices = ledger.prices().moving_at([paid.block])[paid.block]
    ratio = prices[64] / prices[4]
    shares = MOVING.shares["2025-09-20"]
    assert shares[64] / shares[4] == pytest.approx(ratio)


def test_some_days_alone() -> None:
    two = rebuilt_emission(dates=["2025-09-20", "2025-09-18"])
    assert list(two.errors) == ["2025-09-20", "2025-09-18"]
    assert two.errors == pytest.approx({day: MOVING.errors[day] for day in two.errors})
    assert two.worst == "2025-09-18"
    assert two.median == pytest.approx(sum(two.errors.values()) / 2)


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match="rule is 'flow'"):
        rebuilt_emission("flow")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="date is '2025-10-06'"):
        rebuilt_emission(dates=["2025-10-06"])


def test_it_shows_itself_with_its_constants() -> None:
    assert repr(rebuilt_emission(alpha=0.5, halving=10, dates=["2025-09-20"])).startswith(
        "<Rebuilt by moving price, alpha 0.5, halving 10: 1 days, median L1 0."
    )
    assert "alpha" not in repr(rebuilt_emission("spot"))
