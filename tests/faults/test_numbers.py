"""Numbers of every kind: exact where exact, never coarser in silence."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu.engine.errors import InputError, between, not_negative, number, positive, whole
from dtao_edu.engine.fees import Fee
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.root import RootNetwork
from dtao_edu.engine.units import exactly, to_rao
from dtao_edu.engine.wallet import Wallet
from dtao_edu.engine.weighted import WeightedPool

F = Fraction


class Seat(IntEnum):
    FIRST = 1


KINDS: dict[str, tuple[Any, Any]] = {
    "NumPy float64": (np.float64(1.001), 1.001),
    "NumPy float32": (np.float32(0.5), 0.5),
    "NumPy int64": (np.int64(7), 7),
    "NumPy uint8": (np.uint8(7), 7),
    "NumPy array without axes": (np.array(1.5), 1.5),
    "NumPy longdouble that a float holds": (np.longdouble(1.5), 1.5),
    "Decimal": (Decimal("0.1"), F(1, 10)),
    "Decimal, long": (Decimal("0.12345678901234567890123"), F(12345678901234567890123, 10**23)),
    "SymPy Integer": (sympy.Integer(5), 5),
    "SymPy Rational": (sympy.Rational(1, 3), F(1, 3)),
    "SymPy Float": (sympy.Float("0.1"), 0.1),
    "SymPy Float, long": (sympy.Float("0.1234567890123456789012345", 25), None),
    "SymPy root": (sympy.sqrt(2), 2**0.5),
    "SymPy root that is whole": (sympy.sqrt(4), 2),
    "enumeration": (Seat.FIRST, 1),
}
NO_NUMBERS: dict[str, Any] = {
    "True": True,
    "NumPy True": np.True_,
    "NumPy time": np.timedelta64(5),
    "NumPy date": np.datetime64("2025-02-13"),
    "NumPy NaN": np.float32("nan"),
    "NumPy infinity": np.float64("inf"),
    "longdouble infinity": np.longdouble("inf"),
    "Decimal NaN": Decimal("nan"),
    "Decimal infinity": Decimal("-inf"),
    "Decimal beyond all floats": Decimal("1e400"),
    "SymPy symbol": sympy.Symbol("x"),
    "SymPy infinity": sympy.oo,
    "SymPy NaN": sympy.nan,
    "SymPy imaginary": sympy.I,
    "column": np.array([1.0]),
    "text": "1",
    "bytes": b"1",
    "list": [1],
    "complex": 1j,
    "NumPy complex": np.complex64(1),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_of_every_kind_is_read_as_what_it_is(kind: str) -> None:
    given, wanted = KINDS[kind]
    read = number("tao", given)
    assert type(read) in (int, float, Fraction)
    if wanted is not None:
        assert read == wanted
        assert type(read) is type(wanted)
    else:
        assert read == F("0.1234567890123456789012345")
    assert exactly(given) == exactly(read)
    assert to_rao(given) == to_rao(read)
    assert positive("tao", given) == not_negative("tao", given) == read
    assert between("tao", given, 0, 10) == read


@pytest.mark.parametrize("kind", NO_NUMBERS)
def test_what_is_no_finite_number_is_told_in_one_sentence(kind: str) -> None:
    doors: list[Callable[[Any], object]] = [
        lambda value: number("tao", value),
        lambda value: positive("tao", value),
        lambda value: not_negative("tao", value),
        lambda value: between("tao", value, 0, 1),
        exactly,
        to_rao,
        lambda value: Pool(value, 1),
        lambda value: Pool(10, 10, 10).stake(value),
        lambda value: Fee(rate=value),
    ]
    for door in doors:
        with pytest.raises(InputError) as refused:
            door(NO_NUMBERS[kind])
        assert str(refused.value).count("\n") == 0
        assert "allowed" in str(refused.value)


def test_pandas_scalars_are_numbers_and_its_missing_value_is_none() -> None:
    pandas = pytest.importorskip("pandas")
    column = pandas.Series([1.001, 2.5])
    assert to_rao(column[0]) == 1_001_000_000
    assert type(number("tao", column.iloc[1])) is float
    assert number("tao", pandas.Series([3])[0]) == 3
    for missing in (pandas.NA, pandas.NaT, column):
        with pytest.raises(InputError):
            number("tao", missing)


def test_the_inputs_of_reports() -> None:
    assert to_rao(np.float64(1.001)) == 1_001_000_000
    exact = Pool.exact(1000, 500, 100)
    for rate in (np.float64(0.003), Decimal("0.003"), sympy.Rational(3, 1000), 0.003):
        trade = exact.stake(10, fee=rate)
        assert trade.fee == F(3, 100)
        assert type(trade.received) is Fraction
        assert exact.unstake(10, fee=rate).fee == F(3, 100)
    short = Pool(1000.0, 500.0).stake(10.0, fee=Fee(rate=np.float32(0.003)))
    assert type(short.received) is type(short.after.price) is float
    # The value of the float32 itself, not less: it is not quite three thousandths.
    assert short.fee == 10.0 * float(np.float32(0.003))


@given(st.decimals(min_value="0.000000001", max_value="1000000", places=9))
def test_decimals_make_exact_books(tao: Decimal) -> None:
    pool = Pool(Decimal(10**9), Decimal(10**9), Decimal(0))
    trade = pool.stake(tao)
    assert type(trade.received) is Fraction
    assert trade == Pool.exact(10**9, 10**9).stake(F(tao))


@given(st.floats(1e-3, 1e3), st.integers(1, 10**9), st.integers(1, 10**9))
def test_kinds_of_one_value_give_one_trade(tao: float, top: int, bottom: int) -> None:
    pool = Pool(1000.0, 500.0, 100.0)
    assert pool.stake(np.float64(tao)) == pool.stake(sympy.Float(tao, 17)) == pool.stake(tao)
    part = F(top, bottom) / 10**9 + F(1, 10**9)
    exact = Pool.exact(1000, 500, 100)
    assert exact.stake(part) == exact.stake(sympy.Rational(part.numerator, part.denominator))


def test_wallets_votes_and_weights_keep_python_numbers() -> None:
    wallet = Wallet(np.float64(5), {("Ann", 1): Decimal("2.5")})
    assert type(wallet.tao) is float
    assert wallet.on("Ann", 1) == F(5, 2)
    vote = RootNetwork(
        np.array([70, 30]), np.array([[1, 0], [0, 1]]), rho=np.float32(10), kappa=Decimal("0.5")
    )
    assert vote.stakes == (70, 30)
    assert all(type(stake) is int for stake in vote.stakes)
    assert (vote.rho, vote.kappa) == (10, F(1, 2))
    assert type(vote.rho) is float
    assert type(WeightedPool(1.0, 1.0, 0.0, np.float32(0.5)).quote_weight) is float
    assert WeightedPool(F(1), F(1), F(0), 0.3).quote_weight == F(3, 10)


@pytest.mark.parametrize("good", [3, np.int8(3), sympy.Integer(3)])
def test_whole_numbers_of_every_kind(good: Any) -> None:
    assert whole("netuid", good) == 3
    assert type(whole("netuid", good)) is int


@pytest.mark.parametrize("bad", [True, 3.0, "3", None, np.array([3]), -1, sympy.Symbol("n")])
def test_what_is_no_whole_number_is_told(bad: Any) -> None:
    with pytest.raises(InputError, match="a whole number, 0 or more"):
        whole("netuid", bad)
