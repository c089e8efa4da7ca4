"""Values at which a small slip in a formula would show: both sides of a border, and on it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu.engine import emission, formulas, generic, units
from dtao_edu.engine.errors import InputError, not_negative, positive

F = Fraction
parts = st.fractions(0, 1, max_denominator=1000)
sums = st.fractions(F(1, 100), 100, max_denominator=100)


@given(sums, sums)
def test_flows_of_equal_sums_are_taken_whole_and_larger_ones_scaled_to_the_users(
    users: Fraction, protocol: Fraction
) -> None:
    assert formulas.flow_scale(users, users) == 1
    scale = formulas.flow_scale(users, protocol)
    assert 0 < scale <= 1
    assert scale * protocol == min(users, protocol)
    column = formulas.flow_scale(np.array([float(users)] * 2), np.array([float(users), 1e9]))
    assert column.tolist() == [1.0, float(users) / 1e9]


@pytest.mark.parametrize("nothing", [F(0), 0.0, 0])
def test_where_nobody_buys_and_the_chain_pays_nothing_in_flows_count_whole(nothing: float) -> None:
    scale = formulas.flow_scale(nothing, nothing)
    assert scale == 1
    assert isinstance(scale, Fraction) is isinstance(nothing, Fraction)
    assert formulas.flow_scale(np.array([0.0, 0.0]), np.array([0.0, -1.0])).tolist() == [1, 1]


@given(sums, parts, parts)
def test_a_child_keeps_what_is_its_own_and_its_take_of_what_was_lent(
    dividend: Fraction, lent: Fraction, take: Fraction
) -> None:
    child = formulas.child_dividend(dividend, lent, take)
    assert dividend - child == dividend * lent * (1 - take)
    assert formulas.child_dividend(dividend, F(0), take) == dividend
    assert formulas.child_dividend(dividend, F(1), take) == take * dividend


def test_an_exact_majority_is_one_although_floats_round_it_down() -> None:
    stakes, scores = [0.7, 0.1, 0.2], [0.9, 0.8, 0.1]
    assert stakes[0] + stakes[1] < 0.8 * sum(stakes)  # by the last digit
    assert formulas.weighted_median(stakes, scores, 0.8) == 0.8
    assert formulas.weighted_median(stakes, scores, 0.8 + 1e-9) == 0.1  # by more, it is none


@given(parts, parts)
def test_miners_burn_at_most_all(share: Fraction, burned: Fraction) -> None:
    assert formulas.burn_weight(share, burned) == share - share * burned
    assert formulas.burn_weight(share, F(1)) == 0
    for more in (1 + F(1, 10**9), F(5)):
        assert formulas.burn_weight(share, more) == 0


def test_a_column_is_split_as_its_entries_are() -> None:
    amounts = [F(1), F(3, 10), F(0)]
    each = [emission.split(amount, F(1, 2)) for amount in amounts]
    column = emission.split(np.array(amounts, dtype=object), F(1, 2))
    floats = emission.split(np.array([1.0, 0.3, 0.0]), 0.5)
    for part in ("owner", "miners", "validators", "root"):
        assert getattr(column, part).tolist() == [getattr(one, part) for one in each]
        assert all(type(value) is Fraction for value in getattr(column, part))
        assert getattr(floats, part).dtype == float
        assert getattr(floats, part) == pytest.approx([float(getattr(one, part)) for one in each])
    assert sum(emission.split(F(7, 3), F(1, 3))) == F(7, 3)
    assert emission.split(F(1), owner_cut=F(1, 4)).owner == F(1, 4)


def test_the_units_of_the_chain() -> None:
    assert units.RAO == 1_000_000_000
    assert units.BLOCKS_PER_DAY * units.SECONDS_PER_BLOCK == 24 * 60 * 60
    assert (units.TEMPO, units.LAUNCH_BLOCK) == (360, 4_920_351)
    assert units.SUPPLY_CAP_RAO == 21_000_000 * 10**9
    assert units.to_rao(1) == 10**9
    assert units.from_rao(1) == F(1, 10**9)
    assert units.like(F(1, 3), F(1)) == F(1, 3)
    assert type(units.like(F(1, 3), 1.0)) is type(units.like(F(1, 3), np.array([1.0]))) is float
    assert units.like(F(1, 3), np.array([F(1)], dtype=object)) == F(1, 3)


@given(st.integers(0, 10**18), st.integers(0, 70))
def test_halving_is_the_same_for_every_reader(amount: int, times: int) -> None:
    wanted = amount // 2**times
    assert generic.halved(amount, times) == wanted
    shift = min(times, 62)  # a column counts in 64 bits
    assert generic.halved(np.array([amount]), np.array([shift])).tolist() == [amount >> shift]
    n, k = sympy.symbols("n k", integer=True, nonnegative=True)
    assert generic.halved(n, k).subs({n: amount, k: times}) == wanted


def test_a_ratio_of_whole_numbers_loses_nothing_in_a_column_either() -> None:
    assert generic.ratio(1, 3) == F(1, 3)
    column = generic.ratio(np.array([1, 2], dtype=object), 3)
    assert column.tolist() == [F(1, 3), F(2, 3)]
    assert generic.ratio(np.array([1.0, 2.0]), 4).tolist() == [0.25, 0.5]


@pytest.mark.parametrize("kind", [np.float64, np.float32, np.float16, np.longdouble])
@pytest.mark.parametrize("value", [0.5, 0.0009765625, 1.0, 1.5])
def test_numpy_numbers_on_both_sides_of_1_are_let_in(kind: type, value: float) -> None:
    assert positive("tao", kind(value)) == value
    assert not_negative("tao", kind(value)) == value
    assert not_negative("tao", kind(0)) == 0
    for bad in (kind(-value), kind("nan"), kind("inf")):
        with pytest.raises(InputError):
            positive("tao", bad)
        with pytest.raises(InputError):
            not_negative("tao", bad)
    with pytest.raises(InputError, match="above 0"):
        positive("tao", kind(0))
