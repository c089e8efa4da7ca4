"""Where numbers nearly cancel, floats keep the digits that exact books keep."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu.engine import formulas, generic
from dtao_edu.engine.errors import InputError, LiquidityError
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.weighted import MOST_INPUT, WeightedPool

F = Fraction


@given(st.integers(1, 3000), st.floats(1e3, 1e7), st.floats(1e3, 1e7), st.floats(0.45, 0.55))
def test_a_tiny_trade_of_a_weighted_pool_keeps_its_digits(
    rao: int, tao_in: float, alpha_in: float, weight: float
) -> None:
    """The second order of a tiny trade is beyond a float: what comes out is weight times price."""
    tao = rao * 1e-9
    out = WeightedPool(tao_in, alpha_in, 0.0, weight).alpha_for(tao)
    rate = F(weight) / (1 - F(weight))
    part = F(tao) / F(tao_in)
    first = rate * part
    second = rate * (rate + 1) * part**2 / 2
    assert out == pytest.approx(float(F(alpha_in) * (first - second)), rel=1e-14)


@given(st.integers(1, 10**12), st.integers(10**9, 10**16), st.integers(10**9, 10**16))
def test_at_equal_weights_floats_and_exact_books_agree(rao: int, tao: int, alpha: int) -> None:
    exact = WeightedPool(F(tao), F(alpha), F(0), F(1, 2)).alpha_for(F(rao, 10**9))
    assert exact == Pool(F(tao), F(alpha)).alpha_for(F(rao, 10**9))
    floats = WeightedPool(float(tao), float(alpha), 0.0, 0.5).alpha_for(rao * 1e-9)
    assert floats == pytest.approx(float(exact), rel=1e-14)


@given(st.integers(1, 10**6), st.integers(1, 40))
def test_smoothing_over_many_blocks_keeps_a_small_smoothing(tiny: int, blocks: int) -> None:
    smoothing = F(tiny, 10**20)
    exact = formulas.smoothing_over(smoothing, blocks)
    assert formulas.smoothing_over(float(smoothing), blocks) == pytest.approx(
        float(exact), rel=1e-13
    )


@given(st.floats(1e-3, 1e3), st.floats(1e-12, 1e-6), st.floats(0.02, 0.98))
def test_a_limit_just_above_the_price_keeps_its_digits(
    price: float, step: float, weight: float
) -> None:
    target = price * (1 + step)
    most = formulas.weighted_limit(1e6, price, target, weight)
    rise = (F(target) - F(price)) / F(price)
    first = F(weight) * rise
    second = first * (F(weight) - 1) * rise / 2
    assert most == pytest.approx(float(10**6 * (first + second)), rel=1e-9)


def test_compound_of_every_kind() -> None:
    assert generic.compound(0.5, 2) == pytest.approx(1.25)
    assert generic.compound(F(1, 2), 3) == F(19, 8)
    assert generic.compound(F(1, 2), -1) == F(-1, 3)
    assert generic.compound(F(1, 2), F(1, 2)) == F(np.expm1(0.5 * np.log1p(0.5)).item())
    assert generic.compound(-1.0, 3) == -1
    assert generic.compound(-1.0, 0) == 0
    assert generic.compound(1e-20, 0.5) == 5e-21
    assert generic.compound(1e300, 3.0) == float("inf")
    column = generic.compound(np.array([0.5, 1e-20, -1.0]), 2)
    assert column == pytest.approx([1.25, 2e-20, -1.0], rel=1e-14)
    x = sympy.Symbol("x", positive=True)
    assert generic.compound(x, 2) == (1 + x) ** 2 - 1


def test_the_balancer_takes_at_most_a_thousand_times_the_reserve() -> None:
    pool = WeightedPool(10.0, 5000.0, 1e9, 0.5)
    assert pool.stake(MOST_INPUT * 10).paid == 10_000
    with pytest.raises(InputError, match=r"at most 1,000 times the reserve of 10\.0"):
        pool.stake(10_001)
    with pytest.raises(InputError, match="at most 1,000 times the reserve"):
        pool.unstake(5_000_001)
    assert pool.max_stake(1e300) == pytest.approx(10_000)
    assert Pool(10.0, 5000.0).stake(20_000).paid == 20_000


def test_the_balancer_keeps_a_thousandth_and_other_pools_a_hundredth() -> None:
    """Of 1 alpha 0.001 stays after 999 TAO into 1 TAO, and 0.01 after 99."""
    weighted = WeightedPool(F(1), F(1), F(0), F(1, 2))
    assert weighted.stake(999).after.alpha_in == F(1, 1000)
    with pytest.raises(LiquidityError, match=r"at least 0\.001 alpha"):
        weighted.stake(1000)
    plain = Pool(F(1), F(1))
    assert plain.stake(99).after.alpha_in == F(1, 100)
    with pytest.raises(LiquidityError, match=r"at least 0\.01 alpha"):
        plain.stake(100)
    sold = WeightedPool(F(1), F(1), F(1000), F(1, 2))
    assert sold.unstake(999).after.tao_in == F(1, 1000)
    with pytest.raises(LiquidityError, match=r"at least 0\.001 TAO"):
        sold.unstake(1000)
