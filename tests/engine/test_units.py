"""Units of the chain, and the few words that every reader of a formula understands."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu.engine import generic, units
from dtao_edu.engine.units import (
    exactly,
    fixed_point,
    from_rao,
    like,
    to_rao,
    whole_rao,
)
from tests.helpers.strategies import parts, positives


def test_the_sizes_of_things() -> None:
    assert units.RAO == 1_000_000_000
    assert units.SUPPLY_CAP_RAO == 21_000_000 * units.RAO
    assert units.BLOCKS_PER_DAY * units.SECONDS_PER_BLOCK == 24 * 60 * 60
    assert units.TEMPO == 360


@given(st.integers(0, 21 * 10**15))
def test_rao_and_back(rao: int) -> None:
    assert to_rao(from_rao(rao)) == rao
    assert whole_rao(from_rao(rao)) == from_rao(rao)


@given(st.integers(0, 10**6), st.integers(0, 9))
def test_a_typed_decimal_is_not_a_rao_short(digits: int, places: int) -> None:
    typed = digits / 10**places
    assert to_rao(typed) == digits * 10 ** (9 - places)


@given(positives.map(lambda amount: amount / 7))
def test_rao_are_rounded_down(amount: Fraction) -> None:
    assert to_rao(amount) <= amount * 10**9 < to_rao(amount) + 1
    assert whole_rao(amount) == from_rao(to_rao(amount))


def test_floats_are_left_as_they_are() -> None:
    assert whole_rao(1 / 3) == 1 / 3
    assert exactly(0.1) == Fraction(1, 10)
    assert exactly(3) == 3
    assert exactly(1e-9) == Fraction(1, 10**9)


def test_columns_of_fractions_are_floored_entry_by_entry() -> None:
    thirds = np.array([Fraction(1, 3), Fraction(2, 3), Fraction(5)], dtype=object)
    assert list(whole_rao(thirds)) == [whole_rao(one) for one in thirds]
    assert list(fixed_point(thirds)) == [fixed_point(one) for one in thirds]
    assert whole_rao(Fraction(2, 3)) == Fraction(666666666, 10**9)
    assert fixed_point(Fraction(2, 3)) == Fraction(2 * 2**32 // 3, 2**32)
    floats = np.array([1 / 3, 2 / 3])
    for plain in (floats, 7, 1 / 3, np.float64(1 / 3)):
        assert whole_rao(plain) is plain
        assert fixed_point(plain) is plain


def test_a_constant_is_as_exact_as_the_amount_it_meets() -> None:
    third = Fraction(1, 3)
    assert like(third, Fraction(5)) == third
    for amount in (5.0, 5, np.float64(5), np.array([5.0])):
        assert type(like(third, amount)) is float


NUMBER = [0.25, 1.5, 4.0]
ONE = {"exp": math.exp, "log": math.log, "sqrt": math.sqrt}


@pytest.mark.parametrize("name", ONE)
@pytest.mark.parametrize("x", NUMBER)
def test_words_of_one_number(name: str, x: float) -> None:
    word, expected = getattr(generic, name), ONE[name](x)
    assert word(x) == expected
    assert word(Fraction(x)) == pytest.approx(expected, rel=1e-15)
    assert word(np.array([x, x])) == pytest.approx([expected] * 2)
    assert float(word(sympy.Rational(x))) == pytest.approx(expected)


@given(st.integers(0, 10**40), st.integers(1, 10**40))
def test_the_root_of_a_fraction_is_cut_after_thirty_places(above: int, below: int) -> None:
    x = Fraction(above, below)
    root = generic.sqrt(x)
    assert type(root) is Fraction
    assert root**2 <= x < (root + Fraction(1, 10**30)) ** 2
    assert generic.sqrt(x**2) == x


def test_an_exponential_that_no_float_holds_is_infinite() -> None:
    assert generic.exp(10_000) == generic.exp(Fraction(10_000)) == math.inf
    assert generic.exp(-10_000) == 0


@given(parts, parts)
def test_the_smaller_and_the_larger(a: Fraction, b: Fraction) -> None:
    low, high = sorted([a, b])
    assert generic.minimum(a, b) == low
    assert generic.maximum(a, b) == high
    column = np.array([float(a), float(b)])
    assert list(generic.minimum(column, float(b))) == [float(low), float(b)]
    assert list(generic.maximum(column, float(b))) == [float(high), float(b)]
    exact = np.array([a, b], dtype=object)
    assert list(generic.minimum(exact, b)) == [low, b]
    symbols = sympy.symbols("x y")
    numbers = dict(zip(symbols, map(sympy.Rational, map(str, (a, b))), strict=True))
    assert generic.minimum(*symbols).subs(numbers) == sympy.Rational(str(low))
    assert generic.maximum(*symbols).subs(numbers) == sympy.Rational(str(high))


@pytest.mark.parametrize("power", range(-5, 60))
def test_the_power_of_two_below_is_exact_at_every_power(power: int) -> None:
    assert generic.floor_log2(Fraction(2) ** power) == power
    assert generic.floor_log2(2.0**power) == power
    assert generic.floor_log2(2.0**power * (1 - 2**-53)) == power - 1
    assert list(generic.floor_log2(np.array([2.0**power, 2.0**power * 1.5]))) == [power] * 2


def test_where_and_floor_division() -> None:
    x = sympy.Symbol("x")
    assert generic.where(True, 1, 2) == 1
    assert generic.where(False, 1, 2) == 2
    assert list(generic.where(np.array([True, False]), 1, 2)) == [1, 2]
    assert generic.where(x < 3, x, 2).subs(x, 5) == 2
    assert generic.where(x < 3, x, 2).subs(x, 1) == 1
    assert generic.floor_divide(7, 2) == generic.floor_divide(Fraction(15, 2), 2) == 3
    assert list(generic.floor_divide(np.array([7, 9]), 2)) == [3, 4]
    assert generic.floor_divide(x, 2).subs(x, 7) == 3


def test_a_word_is_read_by_its_first_uncommon_argument() -> None:
    x = sympy.Symbol("x", positive=True)
    assert generic.maximum(1, x) == generic.maximum(x, 1) == sympy.Max(x, 1)
    assert list(generic.maximum(1, np.array([0, 2]))) == [1, 2]


def test_every_generic_function_is_known_to_the_compiler() -> None:
    source = (Path(generic.__file__).parents[1] / "simulation" / "taught.py").read_text("utf-8")
    taught = set(re.findall(r"^    generic\.(\w+): ", source, re.MULTILINE))
    public = {
        name
        for name, value in vars(generic).items()
        if getattr(value, "__module__", "") == generic.__name__ and not name.startswith("_")
    }
    assert public - {"total"} == taught  # a sum of a generator is never compiled


def test_plain_numbers_load_neither_numpy_nor_sympy() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from dtao_edu.engine import formulas as f\n"
        "f.halvings(5); f.consensus(0.5, 10, 0.5); f.limit_spot(1, 1, 4)\n"
        "print([m for m in ('numpy', 'sympy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
