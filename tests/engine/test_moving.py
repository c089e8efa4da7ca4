"""The closed form of the moving price against the engine's own update, block by block."""

from __future__ import annotations

import tracemalloc
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtao_edu import ledger
from dtao_edu.engine import formulas
from dtao_edu.engine.emission import MOVING_HALVING, moving_prices
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.moving import last_moving_price, moving_price, response


def by_block(
    blocks: list[int], prices: list[float], start: float, age: int, **constants: Any
) -> dict[int, float]:
    """The slow way: every block's price on the line, and the engine's step for each."""
    line = []
    for (b1, p1), (b2, p2) in pairwise(zip(blocks, prices, strict=True)):
        # A mean of the two: never below 0, as p1 + (p2 - p1) would be by rounding.
        n = b2 - b1
        line += [(p1 * (n - k) + p2 * k) / n for k in range(1, n + 1)]
    steps = moving_prices(line, start, blocks=age, **constants)
    return dict(zip(range(blocks[0] + 1, blocks[-1] + 1), steps, strict=True))


series = st.lists(st.tuples(st.integers(1, 60), st.floats(0, 1)), min_size=2, max_size=8)


@settings(deadline=None, derandomize=True, database=None, max_examples=60)
@given(
    series,
    st.floats(0, 2),
    st.integers(0, 5000),
    st.sampled_from([3e-4, 0.01, 0.5, 0.999]),
    st.sampled_from([0, 100, 201_600]),
)
def test_the_closed_form_is_the_update_block_by_block(
    steps: list[tuple[int, float]], start: float, age: int, alpha: float, halving: int
) -> None:
    blocks, prices = [1000], [0.5]
    for step, price in steps:
        blocks.append(blocks[-1] + step)
        prices.append(price)
    slow = by_block(blocks, prices, start, age, alpha=alpha, halving=halving)
    fast = moving_price(
        blocks, prices, list(slow), alpha=alpha, halving=halving, start=start, age=age
    )
    assert fast == pytest.approx(list(slow.values()), abs=1e-12)


def test_two_days_of_the_ledger_block_by_block() -> None:
    days = ledger.prices()[28]
    blocks, prices = list(days.blocks[:3]), list(days.prices[:3])
    slow = by_block(blocks, prices, 0.0, 0)
    assert len(slow) == 9600
    wanted = [blocks[0] + 1, blocks[1] - 1, blocks[1], blocks[1] + 1, blocks[2]]
    assert moving_price(blocks, prices, wanted) == pytest.approx(
        [slow[block] for block in wanted], rel=1e-10
    )


@pytest.mark.parametrize("prices", [[0.1, 0.9, 0.3], [0.5, 0.5, 0.1], [0.0, 0.2, 0.8]])
@pytest.mark.parametrize(("alpha", "halving"), [(3e-4, 201_600), (1e-3, 0), (3e-5, 50_000)])
def test_without_columns_the_last_moving_price_is_the_same(
    prices: list[float], alpha: float, halving: int
) -> None:
    """Over prices that rise and fall, in pieces that are a part of the subnet's age."""
    blocks = [1000, 1000 + 3 * 7200, 1000 + 30 * 7200]
    *_, end = moving_price(blocks, prices, alpha=alpha, halving=halving)
    assert last_moving_price(blocks, prices, alpha, halving) == pytest.approx(end, rel=3e-4)


def test_a_strong_smoothing_is_followed_piece_by_piece_without_overflow() -> None:
    # The lag left after 100,000 blocks is e^-69315: no float holds its inverse.
    blocks, prices = [0, 100_000], [0.0, 1.0]
    end = moving_price(blocks, prices, [100_000], alpha=0.5, halving=0)[0]
    # Behind a slope s the lag settles at s (1 - a) / a.
    assert end == pytest.approx(1 - 1e-5, abs=1e-9)


def test_a_constant_price_is_approached_as_the_integral_says() -> None:
    for days in (1, 3, 7):
        n = 7200 * days
        part = moving_price([0, n], [1.0, 1.0], [n])[0]
        assert part == pytest.approx(formulas.moving_price_limit(3e-4, n, 201_600), rel=1e-3)


def test_before_the_first_sample_it_is_the_start_and_at_the_samples_by_default() -> None:
    assert moving_price([10, 20], [0.5, 0.5], [3, 10], start=0.25) == (0.25, 0.25)
    assert moving_price([10, 20], [0.5, 0.5], start=0.5) == (0.5, 0.5)
    assert moving_price([10], [0.5]) == (0.0,)
    assert (
        moving_price([10, 20], [1, 1], [20, 15]) == moving_price([10, 20], [1, 1], [15, 20])[::-1]
    )


def test_an_older_subnet_follows_faster() -> None:
    young, old = (
        moving_price([0, 7200], [1, 1], [7200], age=age)[0] for age in (0, MOVING_HALVING)
    )
    assert young < 0.05 < 0.6 < old


def test_the_constants_are_the_chains_if_left_out() -> None:
    """After 1, 3 and 7 days of one price: 4, 28 and 80 % of it, as read from the chain."""
    days = [0, 7200, 3 * 7200, 7 * 7200]
    assert moving_price(days, [1.0] * 4) == pytest.approx((0, 0.04, 0.28, 0.80), abs=0.01)


def test_what_was_asked_before_changes_no_answer_and_nobody_writes_into_columns() -> None:
    asked = {alpha: moving_price([0, 100], [1, 1], alpha=alpha)[1] for alpha in (0.01, 0.02, 0.03)}
    assert list(asked.values()) == sorted(asked.values())
    for alpha, found in reversed(asked.items()):
        assert moving_price([0, 100], [1, 1], alpha=alpha)[1] == found
    first = response(0.01, 100, 1000)
    assert (response(0.01, 100, 5000).ramp[:1000] == first.ramp[:1000]).all()
    with pytest.raises(ValueError, match="read-only"):
        first.ramp[0] = 1
    with pytest.raises(ValueError, match="read-only"):
        first.log_left[0] = 1


def test_the_columns_of_the_whole_ledger_take_little_memory() -> None:
    tracemalloc.start()
    response(0.0123, 45_678, 1_800_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200e6


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"prices": [0.5, 1.5]}, "prices is 1.5"),
        ({"prices": [0.5, -0.1]}, "prices is -0.1"),
        ({"prices": [0.5, float("nan")]}, "prices is nan"),
        ({"prices": [0.5]}, "prices is '1 entries'"),
        ({"blocks": [], "prices": []}, "at least one"),
        ({"blocks": [20, 10]}, "blocks is 'not rising'"),
        ({"blocks": [10, 10]}, "blocks is 'not rising'"),
        ({"at": [21]}, "at is 21"),
        ({"alpha": 0}, "alpha is 0"),
        ({"alpha": 1}, "alpha is 1"),
        ({"alpha": float("nan")}, "alpha is nan"),
        ({"halving": -1}, "halving is -1"),
        ({"start": -1}, "start is -1"),
        ({"age": -1}, "age is -1"),
        ({"age": 0.5}, "age is 0.5"),
    ],
)
def test_what_is_not_allowed_is_named(change: dict[str, Any], name: str) -> None:
    given = {"blocks": [10, 20], "prices": [0.5, 0.5], **change}
    with pytest.raises(InputError, match=name):
        moving_price(**given)


@given(st.floats(0.01, 0.99), st.lists(st.floats(0, 1), min_size=2, max_size=5))
def test_of_an_even_smoothing_the_last_moving_price_is_exact(
    alpha: float, prices: list[float]
) -> None:
    """Steep lines and strong smoothing: nothing hides behind its 3 in 10,000."""
    blocks = [1000 + 10 * place for place in range(len(prices))]
    *_, end = moving_price(blocks, prices, alpha=alpha, halving=0, start=0.0)
    assert last_moving_price(blocks, prices, alpha, 0) == pytest.approx(end, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("days", [10, 15, 20, 40])
def test_an_old_high_price_is_remembered_as_long_as_it_counts(days: int) -> None:
    """A young subnet smooths slowly: what its first days cost shows for weeks."""
    blocks = [1000 + 7200 * day for day in range(days + 1)]
    prices = [1.0, 1.0, *[0.01] * (days - 1)]
    *_, end = moving_price(blocks, prices, alpha=3e-4, halving=201_600)
    assert end > 0.01
    assert last_moving_price(blocks, prices, 3e-4, 201_600) == pytest.approx(end, rel=3e-4)


def test_a_price_without_its_block_is_not_left_out_in_silence() -> None:
    columns = response(3e-4, 201_600, 10)
    with pytest.raises(ValueError, match="argument"):
        columns.follow([0, 1, 2], [0.1, 0.2], 0.0)
