"""Distances: a metric, a part that changed hands, an order compared."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtao_edu import ledger, measures
from dtao_edu.engine.errors import InputError

steady = settings(deadline=None, derandomize=True, database=None)
triples = st.lists(st.tuples(*[st.integers(0, 100)] * 3), min_size=1, max_size=12)


def exact(values: Any) -> list[Fraction]:
    return [Fraction(value) for value in values]


@steady
@given(triples)
def test_l1_is_a_metric(rows: list[tuple[int, int, int]]) -> None:
    a, b, c = (exact(column) for column in zip(*rows, strict=True))
    assert measures.l1(a, b) == measures.l1(b, a) >= 0
    assert (measures.l1(a, b) == 0) == (a == b)
    assert measures.l1(a, c) <= measures.l1(a, b) + measures.l1(b, c)
    assert measures.largest_error(a, b) <= measures.l1(a, b)
    assert measures.l1(a, b) <= len(a) * measures.largest_error(a, b)


@steady
@given(triples.filter(lambda rows: all(any(column) for column in zip(*rows, strict=True))))
def test_what_moved_is_what_the_gainers_gained(rows: list[tuple[int, int, int]]) -> None:
    a, b, _ = (measures.shares(exact(column)) for column in zip(*rows, strict=True))
    gained = sum(max(y - x, 0) for x, y in zip(a, b, strict=True))
    assert measures.moved(a, b) == gained == measures.l1(a, b) / 2 <= 1


def test_a_name_that_one_side_lacks_counts_as_nothing() -> None:
    assert measures.l1({1: 0.5, 2: 0.5}, {1: 1.0}) == 1
    assert measures.l1({1: 1.0}, {1: 0.5, 2: 0.5}) == 1
    assert measures.largest_error({1: 1.0}, {2: 0.5}) == 1


def test_two_kinds_or_two_lengths_are_refused() -> None:
    with pytest.raises(InputError, match="b is 'dict'; allowed: list"):
        measures.l1([1], {1: 1})
    with pytest.raises(InputError, match="b is '2 entries'; allowed: 1"):
        measures.moved([1], [0.5, 0.5])
    with pytest.raises(InputError, match="a is nan"):
        measures.l1([float("nan")], [1])


@steady
@given(st.lists(st.integers(-50, 50), min_size=2, max_size=15).filter(lambda x: len(set(x)) > 1))
def test_only_the_order_counts(values: list[int]) -> None:
    assert measures.rank_correlation(values, values) == pytest.approx(1)
    assert measures.rank_correlation(values, [2**v for v in values]) == pytest.approx(1)
    assert measures.rank_correlation(values, [-v for v in values]) == pytest.approx(-1)


def test_equal_values_share_the_mean_of_their_ranks() -> None:
    # Ranks 1.5, 1.5, 3 against 1, 2, 3: covariance 1.5, variances 1.5 and 2.
    assert measures.rank_correlation([5, 5, 9], [1, 2, 3]) == pytest.approx(1.5 / 3**0.5)
    # Four values without ties: 1 - 6 sum d^2 / (n (n^2 - 1)) with d^2 = 1 + 1 + 0 + 0.
    assert measures.rank_correlation([1, 2, 3, 4], [2, 1, 3, 4]) == pytest.approx(0.8)


def test_only_common_names_are_compared() -> None:
    assert measures.rank_correlation({1: 1, 2: 2, 9: 0}, {2: 5, 1: 4, 7: 9}) == 1


def test_no_order_is_refused() -> None:
    for a, b in (([1], [2]), ([1, 1], [1, 2]), ({1: 1}, {2: 2})):
        with pytest.raises(InputError, match="two pairs or more"):
            measures.rank_correlation(a, b)


def test_the_vote_of_november_ranks_against_prices_of_april_at_about_a_half() -> None:
    vote = ledger.root_vote("2024-11-24").network().shares_by_netuid(issued_only=True)
    voted = {netuid: share for netuid, share in vote.items() if share}
    morning, evening = ledger.prices("2025-04-17"), ledger.pools("2025-04-17").prices()
    assert len(set(voted) & set(evening)) == 54
    assert measures.rank_correlation(voted, morning) == pytest.approx(0.520, abs=5e-4)
    assert measures.rank_correlation(voted, evening) == pytest.approx(0.529, abs=5e-4)
    # It depends on the day: over that month it went from 0.38 to 0.54.
    month = [
        measures.rank_correlation(voted, ledger.prices(f"2025-04-{day:02d}"))
        for day in range(1, 31)
    ]
    assert (round(min(month), 2), round(max(month), 2)) == (0.38, 0.54)


def test_two_validators_may_vote_almost_opposite() -> None:
    vote = ledger.root_vote("2024-11-24")
    first, second = (vote.weights_of(vote.uids[place]) for place in vote.largest(2))
    assert 0 < measures.moved(first, second) < 1
    assert measures.moved(first, first) == 0
