"""The weighted pool: at equal weights the pool one knows, and its own limits, weights, books."""

from __future__ import annotations

from fractions import Fraction
from math import isclose
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dtao_edu.engine.errors import InputError, LimitPriceError
from dtao_edu.engine.fees import SWAP_FEE
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.weighted import WeightedPool
from tests.helpers.strategies import RAO, float_pools

weights = st.floats(0.05, 0.95)
factors = st.floats(1.01, 20)
sides = pytest.mark.parametrize("side", ["stake", "unstake"])


def weighted(pool: Pool, weight: Any, held: float = 1e15) -> WeightedPool:
    return WeightedPool(pool.tao_in, pool.alpha_in, held, weight)


@sides
@given(pool=float_pools(), amount=st.floats(0.01, 1e6))
def test_at_equal_weights_it_is_the_pool_one_knows(side: str, pool: Pool, amount: float) -> None:
    plain = Pool(pool.tao_in, pool.alpha_in, 1e15)
    both = weighted(pool, 0.5), plain
    assert both[0].price == pytest.approx(plain.price)
    try:
        one, other = (getattr(each, side)(amount) for each in both)
    except InputError:
        assume(False)  # the pool would fall below its minimum
    # Where little comes out of much, a power loses digits that a quotient keeps.
    room = 1e-12 * (pool.alpha_in if side == "stake" else pool.tao_in)
    assert one.received == pytest.approx(other.received, rel=1e-9, abs=room)


@sides
@given(pool=float_pools(), weight=weights, factor=factors)
def test_a_partial_fill_ends_at_the_limit(
    side: str, pool: Pool, weight: float, factor: float
) -> None:
    here = weighted(pool, weight, 1e30)
    limit = here.price * factor if side == "stake" else here.price / factor
    filled = getattr(here, side)(1e29, limit_price=limit, allow_partial=True)
    assert filled.after.price == pytest.approx(limit, rel=1e-6)
    assert filled.asked == 1e29
    most = getattr(here, f"max_{side}")(limit)
    assert filled.paid == most
    with pytest.raises(LimitPriceError):
        getattr(here, side)(most * 1.001, limit_price=limit)


@sides
def test_a_limit_that_the_price_has_passed_lets_nothing_in(side: str) -> None:
    here = WeightedPool(100.0, 100.0, 100.0, 0.4)  # price 1.5
    for limit in (1.5, 1.4 if side == "stake" else 1.6):
        assert getattr(here, f"max_{side}")(limit) == pytest.approx(0, abs=1e-9)
    with pytest.raises(InputError) as refused:
        getattr(here, f"max_{side}")(3, "average")
    assert refused.value.argument == "limit_on"


def test_a_limit_by_hand() -> None:
    """y ((p'/p)^w1 - 1) and x ((p/p')^w2 - 1), with w2 = 1/4: 2^3 - 1 and 2^1 - 1."""
    here = WeightedPool(100.0, 300.0, 1e9, 0.25)  # price 1
    assert here.max_stake(16) == pytest.approx(700)
    assert here.max_unstake(1 / 16) == pytest.approx(300)


@given(float_pools(), weights, st.floats(0.01, 1e6))
def test_a_trade_keeps_the_weighted_product_and_a_round_trip_gains_nothing(
    pool: Pool, weight: float, tao: float
) -> None:
    before = weighted(pool, weight)
    try:
        there = before.stake(tao)
        back = there.after.unstake(there.received)
    except InputError:
        assume(False)
    assert back.received <= tao * (1 + 1e-6) + 1e-9 * (pool.tao_in + tao)

    def product(of: Any) -> float:
        return float(of.tao_in**weight * of.alpha_in ** (1 - weight))

    assert isclose(product(there.after), product(before), rel_tol=1e-6)
    with_fee = before.stake(tao, fee=SWAP_FEE)
    assert with_fee.received < there.received
    assert product(with_fee.after) >= product(before) * (1 - 1e-9)


@given(float_pools(), weights, st.floats(0, 1e3), st.floats(0, 1e3))
def test_an_injection_keeps_the_price_and_moves_the_weights(
    pool: Pool, weight: float, tao: float, alpha: float
) -> None:
    before = weighted(pool, weight)
    try:
        after = before.inject(tao, alpha, 1)
    except InputError:  # more of one side than the weights can carry
        assert tao > pool.tao_in or alpha > pool.alpha_in
        return
    assert after.price == pytest.approx(before.price)
    assert (after.tao_in, after.alpha_in) == (pool.tao_in + tao, pool.alpha_in + alpha)
    assert after.alpha_out == before.alpha_out + 1
    # The side that grew by the larger part weighs more.
    grown = tao / pool.tao_in - alpha / pool.alpha_in
    if abs(grown) > 1e-9:
        assert (after.quote_weight > weight) == (grown > 0)


@pytest.mark.parametrize("weight", [0.01, 0.5, 0.99])
def test_both_weights_are_at_least_a_hundredth(weight: float) -> None:
    assert WeightedPool(1, 1, 0, weight).quote_weight == weight
    for wrong in (0, 0.009, 0.991, 1, float("nan"), -0.5):
        with pytest.raises(InputError) as refused:
            WeightedPool(1, 1, 0, wrong)
        assert refused.value.argument == "quote_weight"


def test_exact_books_stay_whole_rao() -> None:
    here = WeightedPool.exact(100, 300, 50)
    for trade in (
        here.stake(7, limit_price=Fraction(1, 2), allow_partial=True),
        here.unstake(7, limit_price=0.3, allow_partial=True),
        here.stake(Fraction(1, 3) // RAO * RAO, fee=SWAP_FEE),
    ):
        after = trade.after
        for amount in (trade.paid, trade.received, after.tao_in, after.alpha_in, after.alpha_out):
            assert type(amount) is Fraction
            assert (amount / RAO).denominator == 1
        assert after.alpha_issuance == here.alpha_issuance
