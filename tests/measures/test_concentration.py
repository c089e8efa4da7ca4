"""Concentration: limits that everybody agrees on, and the figures of vote and price."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtao_edu import ledger, measures
from dtao_edu.engine.errors import InputError

ALL: list[Callable[..., Any]] = [
    measures.hhi,
    measures.gini,
    measures.nakamoto,
    measures.top_share,
    measures.effective_number,
]
amounts = st.lists(st.integers(0, 1000), min_size=1, max_size=20).filter(any)
steady = settings(deadline=None, derandomize=True, database=None)


@steady
@given(amounts, st.integers(2, 50), st.randoms())
def test_neither_order_nor_unit_counts(values: list[int], factor: int, order: Any) -> None:
    exact = [Fraction(value) for value in values]
    shuffled = [value * factor for value in exact]
    order.shuffle(shuffled)
    for measure in ALL:
        assert measure(shuffled) == measure(exact)
        assert measure(dict(enumerate(exact))) == measure(exact)


@steady
@given(amounts)
def test_limits(values: list[int]) -> None:
    exact = [Fraction(value) for value in values]
    n = len(exact)
    assert Fraction(1, n) <= measures.hhi(exact) <= 1
    assert 1 <= measures.effective_number(exact) <= n
    assert 0 <= measures.gini(exact) <= 1 - Fraction(1, n)
    assert 1 <= measures.nakamoto(exact) <= n // 2 + 1
    assert measures.top_share(exact, n) == 1
    assert sum(measures.shares(exact)) == 1


@pytest.mark.parametrize("n", [1, 2, 3, 10, 64])
def test_equal_holders_and_a_monopoly(n: int) -> None:
    equal, one = [Fraction(7)] * n, [Fraction(7)] + [Fraction(0)] * (n - 1)
    assert measures.hhi(equal) == Fraction(1, n)
    assert measures.effective_number(equal) == n
    assert measures.gini(equal) == 0
    assert measures.nakamoto(equal) == n // 2 + 1
    assert measures.hhi(one) == 1
    assert measures.gini(one) == 1 - Fraction(1, n)
    assert measures.nakamoto(one) == 1


@steady
@given(st.lists(st.integers(1, 50), min_size=2, max_size=12))
def test_gini_is_half_the_mean_difference_over_the_mean(values: list[int]) -> None:
    exact = [Fraction(value) for value in values]
    n = len(exact)
    difference = sum(abs(a - b) for a in exact for b in exact) / n**2
    assert measures.gini(exact) == difference / (2 * sum(exact) / n)


def test_taking_from_the_rich_lowers_every_measure() -> None:
    before, after = [Fraction(x) for x in (60, 30, 10)], [Fraction(x) for x in (50, 30, 20)]
    assert measures.hhi(after) < measures.hhi(before)
    assert measures.gini(after) < measures.gini(before)
    assert measures.nakamoto(after) > measures.nakamoto(before)


def test_more_than_a_part_and_not_just_as_much() -> None:
    assert measures.nakamoto([50, 30, 20]) == 2
    assert measures.nakamoto([51, 30, 19]) == 1
    assert measures.nakamoto([50, 30, 20], part=Fraction(1, 3)) == 1
    assert measures.nakamoto([1, 1, 1, 1], part=0.9) == 4
    assert measures.nakamoto([1, 0, 0], part=0) == 1
    for part in (1, -0.1, 2):
        with pytest.raises(InputError, match="part is"):
            measures.nakamoto([1, 2], part=part)


def test_the_largest_few() -> None:
    assert measures.top_share([1, 2, 3, 4], 1) == 0.4
    assert measures.top_share({"a": 1}, 10) == 1
    assert measures.top_share([1] * 20) == pytest.approx(0.5)
    with pytest.raises(InputError, match="number is 0"):
        measures.top_share([1], 0)


@pytest.mark.parametrize("values", [[], [0, 0], {}, [1, -1], [float("nan")], [float("inf"), 1]])
def test_what_has_no_shares_is_refused(values: Any) -> None:
    for measure in ALL:
        with pytest.raises(InputError, match="values is"):
            measure(values)


def test_concentration_under_the_vote_and_under_prices() -> None:
    """The outcomes were not less concentrated at first: netuid 0 and untraded subnets left out."""
    vote = ledger.root_vote("2024-11-24").network().shares_by_netuid(issued_only=True)
    voted = {netuid: share for netuid, share in vote.items() if share}
    spring, autumn = ledger.prices("2025-03-01"), ledger.prices("2025-10-01")
    assert (len(voted), len(spring), len(autumn)) == (54, 70, 122)
    for division, hhi, ten in ((voted, 0.038, 0.49), (spring, 0.064, 0.64), (autumn, 0.030, 0.46)):
        assert measures.hhi(division) == pytest.approx(hhi, abs=5e-4)
        assert measures.top_share(division, 10) == pytest.approx(ten, abs=5e-3)


def test_four_validators_held_more_than_half_the_stake() -> None:
    stakes = ledger.root_vote("2024-11-24").stakes
    assert measures.nakamoto(stakes) == 4
    assert measures.top_share(stakes, 5) == pytest.approx(0.618, abs=5e-4)
