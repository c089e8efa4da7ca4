"""Voting power: counted against all coalitions and all orders of small votes."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtao_edu import ledger, measures
from dtao_edu.engine.errors import InputError

few = st.lists(st.integers(0, 12), min_size=1, max_size=6).filter(any)
steady = settings(deadline=None, derandomize=True, database=None, max_examples=60)


def swings(stakes: list[int], quota: int, voter: int) -> int:
    others = [i for i in range(len(stakes)) if i != voter]
    found = 0
    for size in range(len(others) + 1):
        for coalition in combinations(others, size):
            held = sum(stakes[i] for i in coalition)
            found += held < quota <= held + stakes[voter]
    return found


@steady
@given(few, st.data())
def test_banzhaf_counts_all_coalitions(stakes: list[int], data: st.DataObject) -> None:
    quota = data.draw(st.integers(1, sum(stakes)))
    counted = [swings(stakes, quota, i) for i in range(len(stakes))]
    expected = [count / sum(counted) for count in counted]
    assert measures.banzhaf(stakes, quota) == pytest.approx(expected)
    chance = [count / 2 ** (len(stakes) - 1) for count in counted]
    assert measures.banzhaf(stakes, quota, absolute=True) == pytest.approx(chance)


@steady
@given(few, st.data())
def test_shapley_and_shubik_try_all_orders(stakes: list[int], data: st.DataObject) -> None:
    quota = data.draw(st.integers(1, sum(stakes)))
    tips = [0] * len(stakes)
    orders = list(permutations(range(len(stakes))))
    for order in orders:
        held = 0
        for voter in order:
            held += stakes[voter]
            if held >= quota:
                tips[voter] += 1
                break
    expected = [count / len(orders) for count in tips]
    assert measures.shapley_shubik(stakes, quota) == pytest.approx(expected)


def test_known_games() -> None:
    # Six seats of the Nassau County board, 1964: three of them never decide anything.
    nassau = measures.banzhaf([31, 31, 28, 21, 2, 2], 58)
    assert nassau == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0, 0, 0])
    # The Security Council by weights: 7 for each of five, 1 for each of ten, quota 39.
    council = measures.shapley_shubik([7] * 5 + [1] * 10, 39)
    assert council[0] == pytest.approx(0.1963, abs=5e-5)
    assert council[-1] == pytest.approx(0.00186, abs=5e-6)


def test_a_half_is_not_enough() -> None:
    assert measures.banzhaf([2, 1, 1]) == measures.banzhaf([2, 1, 1], 3)
    assert measures.banzhaf([1, 1], 1) == measures.banzhaf([1, 1], 2) == [0.5, 0.5]


def test_who_holds_more_than_half_holds_all_power() -> None:
    for power in (measures.banzhaf, measures.shapley_shubik):
        assert power([51, 30, 19]) == [1, 0, 0]
        assert power([49, 30, 21]) == pytest.approx([1 / 3] * 3)


def test_fractions_of_stake_are_rounded_to_a_five_thousandth_of_all() -> None:
    stakes = [Fraction(1, 2), Fraction(49, 100), Fraction(1, 100)]
    assert measures.banzhaf(stakes, Fraction(51, 100)) == [0.6, 0.2, 0.2]
    assert measures.banzhaf([50.4, 48.7, 0.9], unit=1) == measures.banzhaf([50, 49, 1], 51)
    # Below half a unit nobody has power; two units are enough to have some.
    assert measures.banzhaf([4, 4, 4, 1], unit=3) == pytest.approx([1 / 3] * 3 + [0])
    assert measures.banzhaf([10_000, 9_999, 1]) == measures.banzhaf([5000, 5000, 0])


def test_the_quota_counts_in_units_too() -> None:
    assert measures.banzhaf([30, 20, 10], 35, unit=10) == measures.banzhaf([3, 2, 1], 4)
    assert measures.banzhaf([1.4, 1.4, 1.4], 4.2, unit=1) == pytest.approx([1 / 3] * 3)


@pytest.mark.parametrize("power", [measures.banzhaf, measures.shapley_shubik])
def test_what_is_not_allowed_is_named(power: Callable[..., Any]) -> None:
    for stakes, terms, name in (
        ([], {}, "stakes is 'empty or all 0'"),
        ([0, 0], {}, "stakes is 'empty or all 0'"),
        ([1, -1], {}, "stakes is -1"),
        ([1, 2], {"quota": 4}, "quota is 4"),
        ([1, 2], {"quota": 0}, "quota is 0"),
        ([1, 2], {"unit": 0}, "unit is 0"),
        ([1, 2], {"unit": 100}, "unit is 100"),
    ):
        with pytest.raises(InputError, match=name):
            power(stakes, **terms)


def test_the_64_validators_of_november() -> None:
    vote = ledger.root_vote("2024-11-24")
    total = sum(vote.stakes)
    banzhaf = measures.banzhaf(vote.stakes, unit=total / 1000)
    shapley = measures.shapley_shubik(vote.stakes, unit=total / 1000)
    assert sum(banzhaf) == pytest.approx(1)
    assert sum(shapley) == pytest.approx(1)
    largest = vote.largest(3)
    # The largest has more power than its 17.1 % of stake, by both indices.
    assert banzhaf[largest[0]] == pytest.approx(0.182, abs=2e-3)
    assert shapley[largest[0]] == pytest.approx(0.186, abs=2e-3)
    assert banzhaf[largest[0]] > vote.stakes[largest[0]] / total
    for smaller, larger in zip(vote.largest(64)[1:], vote.largest(64), strict=False):
        assert banzhaf[smaller] <= banzhaf[larger] + 1e-12
        assert shapley[smaller] <= shapley[larger] + 1e-12
