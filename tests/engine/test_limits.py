"""A limit price bounds the average price (launch) or the final spot price (since July 2025)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dtao_edu.engine.errors import InputError, LimitPriceError
from dtao_edu.engine.fees import SWAP_FEE, Fee
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.rounding import largest
from tests.helpers.strategies import RAO, exact_pools, float_pools, whole

BURNT = Fee(rate=Fraction(1, 100), to_pool=False)
factors = st.floats(1.001, 50)


@given(float_pools(), factors, st.sampled_from([0, BURNT]))
def test_a_partial_stake_ends_at_the_limit(pool: Pool, factor: float, fee: Any) -> None:
    limit = pool.price * factor
    spot = pool.stake(1e12, limit_price=limit, allow_partial=True, fee=fee)
    assert spot.asked == 1e12
    assert spot.after.price == pytest.approx(limit, rel=1e-6)
    mean = pool.stake(1e12, limit_price=limit, limit_on="average", allow_partial=True, fee=fee)
    assert (mean.paid - mean.fee) / mean.received == pytest.approx(limit, rel=1e-6)
    # An average of L is passed later than a spot price of L.
    assert mean.paid > spot.paid


@given(float_pools(), factors, st.sampled_from([0, BURNT]))
def test_a_partial_unstake_ends_at_the_limit(pool: Pool, factor: float, fee: Any) -> None:
    limit = pool.price / factor
    held = Pool(pool.tao_in, pool.alpha_in, 1e12)
    spot = held.unstake(1e12, limit_price=limit, allow_partial=True, fee=fee)
    assert spot.after.price == pytest.approx(limit, rel=1e-6)
    mean = held.unstake(1e12, limit_price=limit, limit_on="average", allow_partial=True, fee=fee)
    assert mean.received / (mean.paid - mean.fee) == pytest.approx(limit, rel=1e-6)
    assert mean.paid > spot.paid


@given(float_pools(), factors, st.floats(0.01, 0.99))
def test_a_limit_that_is_not_reached_changes_nothing(
    pool: Pool, factor: float, part: float
) -> None:
    for on in ("spot", "average"):
        limit = pool.price * factor
        tao = part * pool.max_stake(limit, on)  # type: ignore[arg-type]
        assume(tao > 0)
        bounded = pool.stake(tao, limit_price=limit, limit_on=on)  # type: ignore[arg-type]
        assert bounded == pool.stake(tao)


@pytest.mark.parametrize("fee", [0, SWAP_FEE, BURNT])
@given(pool=exact_pools(), factor=st.integers(2, 50), up=st.booleans())
def test_the_average_limit_is_met_exactly_and_not_passed_by_a_rao(
    pool: Pool, factor: int, up: bool, fee: Any
) -> None:
    pool = Pool.exact(pool.tao_in, pool.alpha_in, 10**9)
    side = "stake" if up else "unstake"
    limit = pool.price * factor if up else pool.price / factor
    terms: dict[str, Any] = {"limit_price": limit, "limit_on": "average", "fee": fee}
    trade = getattr(pool, side)
    try:
        filled = trade(10**8, allow_partial=True, **terms)
    except InputError:
        assume(False)
    assume(filled.paid < 10**8)
    assert trade(filled.paid, **terms) == filled._replace(asked=filled.paid)
    with pytest.raises(LimitPriceError) as refused:
        trade(filled.paid + RAO, **terms)
    assert refused.value.argument == "limit_price"
    assert refused.value.value == limit


@pytest.mark.parametrize("fee", [0, BURNT, Fee(rate=SWAP_FEE.rate, to_pool=False)])
@given(pool=exact_pools(), factor=whole(10**9 + 1, 4 * 10**9), up=st.booleans())
def test_exact_books_never_pass_the_spot_limit_and_stop_within_a_rao(
    pool: Pool, factor: Fraction, up: bool, fee: Any
) -> None:
    pool = Pool.exact(pool.tao_in, pool.alpha_in, 10**9)
    limit = pool.price * factor if up else pool.price / factor
    try:
        filled = getattr(pool, "stake" if up else "unstake")(
            10**9, limit_price=limit, allow_partial=True, fee=fee
        )
    except InputError:
        assume(False)
    after, net = filled.after, filled.paid - filled.fee
    assert after.price <= limit if up else after.price >= limit
    assume(filled.paid < 10**9)
    # What goes in squared is k times the price: one rao more would be one too many.
    more = net + RAO + (RAO if filled.fee else 0)
    if up:
        assert (pool.tao_in + more) ** 2 > pool.k * limit
    else:
        assert (pool.alpha_in + more) ** 2 * limit > pool.k


def test_a_limit_one_rao_above_the_price_lets_49_rao_in() -> None:
    """The chain's own case. The 50th passes the limit by a part in 10^19: no float sees it."""
    pool = Pool.exact(150, 100)
    limit = Fraction(1_500_000_001, 10**9)
    assert pool.stake(1, limit_price=limit, allow_partial=True).paid == 49 * RAO
    assert (pool.tao_in + 50 * RAO) ** 2 > pool.k * limit


def test_limits_by_hand() -> None:
    """A pool of 150 TAO and 100 alpha, price 1.5; an order of 900 TAO."""
    pool = Pool.exact(150, 100)
    launch = pool.stake(900, limit_price=6, limit_on="average", allow_partial=True)
    assert (launch.paid, launch.received, launch.after.price) == (450, 75, 24)
    later = pool.stake(900, limit_price=6, allow_partial=True)
    assert (later.paid, later.received, later.after.price) == (150, 50, 6)
    sold = Pool.exact(200, 100, 900).unstake(
        900, limit_price=Fraction(1, 2), limit_on="average", allow_partial=True
    )
    assert (sold.paid, sold.received) == (300, 150)


def test_the_most_that_fits() -> None:
    pool = Pool(100, 100, 500)
    assert pool.max_stake(4) == 100
    assert pool.max_stake(4, "average") == 300
    assert pool.max_unstake(0.25) == 100
    assert pool.max_unstake(0.25, "average") == 300
    assert pool.max_stake(1) == pool.max_stake(0.5) == pool.max_stake(1, "average") == 0
    assert pool.max_unstake(1) == pool.max_unstake(2) == pool.max_unstake(1, "average") == 0
    for empty in (Pool(0, 100), Pool(100, 0)):
        assert empty.max_stake(5) == empty.max_unstake(5) == 0


def test_all_or_nothing_is_the_default() -> None:
    pool = Pool(100, 100, 500)
    with pytest.raises(LimitPriceError, match="allow_partial=True"):
        pool.stake(101, limit_price=4)
    with pytest.raises(LimitPriceError, match="allow_partial=True"):
        pool.unstake(101, limit_price=0.25)
    assert pool.stake(100, limit_price=4).after.price == pytest.approx(4)


def test_a_partial_fill_of_nothing_is_refused_and_names_the_price() -> None:
    pool = Pool(150, 100, 500)
    with pytest.raises(LimitPriceError, match=r"above the price now, 1\.5"):
        pool.stake(10, limit_price=1.5, allow_partial=True)
    with pytest.raises(LimitPriceError, match=r"below the price now, 1\.5"):
        pool.unstake(10, limit_price=1.6, allow_partial=True)


@pytest.mark.parametrize("limit", [0, -1, float("nan"), float("inf"), True, "2", 1j, None])
@pytest.mark.parametrize("side", ["stake", "unstake"])
def test_a_limit_is_a_price(side: str, limit: Any) -> None:
    pool = Pool(100, 100, 100)
    most = getattr(pool, f"max_{side}")
    with pytest.raises(InputError) as refused:
        most(limit)
    assert refused.value.argument == "limit_price"
    if limit is not None:  # which means no limit to a trade
        with pytest.raises(InputError):
            getattr(pool, side)(1, limit_price=limit)


@pytest.mark.parametrize("on", ["mean", None, 1])
def test_a_limit_bounds_the_spot_or_the_average_price(on: Any) -> None:
    for ask in (Pool(1, 1).max_stake, Pool(1, 1).max_unstake):
        with pytest.raises(InputError) as refused:
            ask(2, on)
        assert refused.value.argument == "limit_on"


@given(whole(1, 10**12))
def test_an_exact_pool_reads_a_typed_limit_as_its_decimal(tao: Fraction) -> None:
    pool = Pool.exact(3, 10)
    typed = pool.stake(10**6, limit_price=0.7, limit_on="average", allow_partial=True)
    assert typed.paid == 4
    assert type(pool.max_stake(0.7, "average")) is Fraction


@pytest.mark.parametrize("on", ["spot", "average"])
@pytest.mark.parametrize("fee", [0, SWAP_FEE])
def test_a_partial_fill_of_exact_books_is_whole_rao(on: Any, fee: Any) -> None:
    """A square root is no Fraction, and a fee divides by what no decimal holds."""
    pool = Pool.exact(3, 10, 10**6)
    terms: dict[str, Any] = {"limit_on": on, "fee": fee, "allow_partial": True}
    for trade in (
        pool.stake(10**6, limit_price=Fraction(7, 9), **terms),
        pool.unstake(10**6, limit_price=Fraction(1, 7), **terms),
    ):
        assert type(trade.paid) is Fraction
        assert (trade.paid / RAO).denominator == 1


def test_a_limit_on_the_average_leaves_a_flat_fee_out() -> None:
    """At launch the fee came off the proceeds: it does not lower the average that is bounded."""
    pool = Pool(100.0, 100.0, 50.0)
    proceeds = pool.tao_for(25.0)
    limit = proceeds / 25.0
    trade = pool.unstake(
        25.0, fee=Fee(flat_tao=1.0), limit_price=limit * (1 - 1e-9), limit_on="average"
    )
    assert trade.received == pytest.approx(proceeds - 1)
    assert trade.average_price_before_fee == pytest.approx(limit)


def test_of_nothing_nothing_is_the_largest_that_fits() -> None:
    for nothing in (Fraction(0), 0.0):
        assert largest(lambda amount: amount < 0, nothing) == 0
