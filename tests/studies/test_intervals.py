"""Intervals hold what they are to find as often as they say."""

from __future__ import annotations

import random
from collections.abc import Callable
from math import comb

import pytest

from dtao_edu.engine.errors import InputError
from dtao_edu.measures import rank_correlation
from dtao_edu.studies.intervals import median_interval, rank_interval, sign_test, wilson


@pytest.mark.parametrize("part", [0.1, 0.5, 0.875])
def test_of_many_counts_wilson_holds_the_true_part_about_as_often_as_it_says(part: float) -> None:
    n = 40
    held = sum(
        comb(n, k) * part**k * (1 - part) ** (n - k)
        for k in range(n + 1)
        if wilson(k, n).low <= part <= wilson(k, n).high
    )
    assert 0.92 < held < 0.985


def test_a_fair_coin_is_rarely_called_unfair() -> None:
    n = 40
    found = sum(comb(n, k) for k in range(n + 1) if sign_test(k, n) < 0.01) / 2**n
    assert found < 0.01
    assert sign_test(20, 40) == 1
    assert sign_test(0, 7) == sign_test(7, 7) == 2 / 2**7


def test_the_median_of_many_samples_lies_in_its_interval() -> None:
    chance = random.Random(5)
    held = 0
    for _ in range(2_000):
        found = median_interval([chance.gauss(0, 1) for _ in range(20)])
        held += found.low <= 0 <= found.high
    assert 0.94 < held / 2_000 < 0.98
    assert median_interval([4.0])[:3] == (4.0, 4.0, 4.0)


def test_a_rank_correlation_of_nothing_holds_zero() -> None:
    chance = random.Random(6)
    held = 0
    for _ in range(500):
        columns = [[chance.random() for _ in range(30)] for _ in range(2)]
        found = rank_interval(rank_correlation(*columns), 30)
        held += found.low <= 0 <= found.high
    assert 0.92 < held / 500 < 0.98
    assert rank_interval(1.0, 9)[:3] == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: wilson(5, 4), "successes"),
        (lambda: wilson(0, 0), "trials"),
        (lambda: wilson(1, 2, level=1), "level"),
        (lambda: sign_test(-1, 4), "successes"),
        (lambda: median_interval([]), "values"),
        (lambda: rank_interval(2, 9), "correlation"),
        (lambda: rank_interval(0.5, 3), "pairs"),
    ],
)
def test_what_has_no_interval_is_refused(call: Callable[[], object], named: str) -> None:
    with pytest.raises(InputError) as refused:
        call()
    assert refused.value.argument == named
