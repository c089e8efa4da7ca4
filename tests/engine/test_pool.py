"""A pool creates nothing, and its price moves as the mechanism says: exact, to the rao."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dtao_edu.engine.errors import InputError, LiquidityError
from dtao_edu.engine.fees import LAUNCH_FEE, NO_FEE, SWAP_FEE, Fee
from dtao_edu.engine.pool import Pool, Trade
from dtao_edu.engine.units import RAO as RAO_IN_ONE
from tests.helpers.strategies import (
    RAO,
    amounts,
    exact_pools,
    float_pools,
    reserves,
    stakes,
    unstakes,
    whole,
)

free = st.just(NO_FEE)


def is_whole(amount: Fraction) -> bool:
    return isinstance(amount, Fraction) and (amount * RAO_IN_ONE).denominator == 1


def to_author(trade: Trade, token: str, fee: Fee) -> Fraction:
    """The fee that left both the trader and the pool."""
    return trade.fee if trade.fee_unit == token and not fee.to_pool else Fraction(0)


@given(st.data(), st.sampled_from([NO_FEE, LAUNCH_FEE, SWAP_FEE, Fee(Fraction(1, 9), 0, False)]))
def test_a_stake_creates_no_tao_and_no_alpha(data: st.DataObject, fee: Fee) -> None:
    trade = data.draw(stakes(st.just(fee)))
    before, after = trade.before, trade.after
    assert before.tao_in + trade.paid == after.tao_in + to_author(trade, "TAO", fee)
    assert before.alpha_in == after.alpha_in + trade.received
    assert after.alpha_out == before.alpha_out + trade.received
    assert after.alpha_issuance == before.alpha_issuance


@given(
    st.data(),
    st.sampled_from(
        [
            NO_FEE,
            LAUNCH_FEE,
            SWAP_FEE,
            Fee(Fraction(1, 9), 0, False),
            Fee(0, Fraction(1, 99), False),
        ]
    ),
)
def test_an_unstake_creates_no_tao_and_no_alpha(data: st.DataObject, fee: Fee) -> None:
    trade = data.draw(unstakes(st.just(fee)))
    before, after = trade.before, trade.after
    assert before.tao_in == after.tao_in + trade.received + to_author(trade, "TAO", fee)
    assert after.alpha_out == before.alpha_out - trade.paid
    assert after.alpha_in == before.alpha_in + trade.paid - to_author(trade, "alpha", fee)
    assert before.alpha_issuance == after.alpha_issuance + to_author(trade, "alpha", fee)


@given(st.one_of(stakes(), unstakes()))
def test_the_invariant_never_falls_and_every_amount_is_whole_rao(trade: Trade) -> None:
    assert trade.after.k >= trade.before.k
    after = trade.after
    for amount in (trade.paid, trade.received, after.tao_in, after.alpha_in, after.alpha_out):
        assert is_whole(amount)


@given(st.one_of(stakes(free), unstakes(free)))
def test_without_fee_the_pool_keeps_less_than_a_rao_of_what_is_out(trade: Trade) -> None:
    reserve = trade.after.tao_in if trade.side == "stake" else trade.after.alpha_in
    assert trade.after.k - trade.before.k < reserve * RAO


@given(stakes())
def test_a_round_trip_never_gains(trade: Trade) -> None:
    assume(trade.received > 0)
    for fee in (NO_FEE, SWAP_FEE):
        try:
            back = trade.after.unstake(trade.received, fee=fee)
        except InputError:
            continue  # a few rao of alpha can be worth less than one rao of TAO
        assert back.received <= trade.paid


@given(exact_pools(), amounts)
def test_a_round_trip_without_fee_loses_the_rounding_alone(pool: Pool, tao: Fraction) -> None:
    try:
        there = pool.stake(tao)
        back = there.after.unstake(there.received)
    except InputError:
        assume(False)
    # One rao of alpha was cut off on the way there, one of TAO on the way back.
    assert tao - back.received <= RAO * (there.after.price + 2)


@given(exact_pools(), amounts, amounts)
def test_splitting_an_order_gains_nothing_and_loses_the_rounding_alone(
    pool: Pool, first: Fraction, second: Fraction
) -> None:
    try:
        together = pool.stake(first + second)
        one = pool.stake(first)
        two = one.after.stake(second)
    except InputError:
        assume(False)
    lost = together.received - one.received - two.received
    # The cut-off rao stays in the pool for the second part, so at most it is lost twice.
    assert -RAO <= lost <= 2 * RAO
    assert two.after.tao_in == together.after.tao_in


@given(exact_pools(), amounts, amounts)
def test_selling_in_two_parts_gains_nothing(pool: Pool, first: Fraction, second: Fraction) -> None:
    pool = Pool.exact(pool.tao_in, pool.alpha_in, first + second)
    try:
        together = pool.unstake(first + second)
        one = pool.unstake(first)
        two = one.after.unstake(second)
    except InputError:
        assume(False)
    assert abs(together.received - one.received - two.received) <= 2 * RAO


@given(float_pools(), st.floats(0.01, 1e6), st.floats(0.01, 1e6))
def test_more_in_is_more_out_at_a_worse_price(pool: Pool, small: float, more: float) -> None:
    large = small + more
    assume(large > small * 1.001)
    try:
        one, other = pool.stake(small), pool.stake(large)
    except LiquidityError:
        assume(False)
    assert other.received > one.received
    assert other.average_price > one.average_price > pool.price
    assert other.after.price > one.after.price > pool.price
    assert other.received < pool.alpha_in
    sold, more_sold = (
        Pool(pool.tao_in, pool.alpha_in, 1e9).unstake(a) for a in (one.received, other.received)
    )
    assert more_sold.received > sold.received
    assert more_sold.average_price < sold.average_price < pool.price
    assert more_sold.after.price < sold.after.price < pool.price


@given(exact_pools(), whole(10**7, 10**13))
def test_the_first_of_two_equal_traders_gets_the_better_price(pool: Pool, tao: Fraction) -> None:
    try:
        first = pool.stake(tao)
        second = first.after.stake(tao)
    except InputError:
        assume(False)
    assert first.received >= second.received
    back = Pool.exact(second.after.tao_in, second.after.alpha_in, second.after.alpha_out)
    assume(second.received > 0)
    try:
        sold = back.unstake(second.received)
        later = sold.after.unstake(second.received)
    except InputError:
        assume(False)
    assert sold.received >= later.received


@given(exact_pools(), amounts, amounts)
def test_the_pool_after_two_stakes_does_not_depend_on_their_order(
    pool: Pool, first: Fraction, second: Fraction
) -> None:
    try:
        one = pool.stake(first).after.stake(second).after
        other = pool.stake(second).after.stake(first).after
    except InputError:
        assume(False)
    assert one.tao_in == other.tao_in
    assert abs(one.alpha_in - other.alpha_in) <= 2 * RAO


@given(float_pools(), st.floats(1e-3, 1e3))
def test_floats_and_exact_books_agree(pool: Pool, scale: float) -> None:
    exact = Pool.exact(pool.tao_in, pool.alpha_in, pool.alpha_out)
    tao = pool.tao_in * scale
    try:
        expected = exact.stake(tao, fee=SWAP_FEE)
    except InputError:
        assume(False)
    got = pool.stake(tao, fee=SWAP_FEE)
    # The exact fee and the exact amount are each cut to whole rao.
    rounding = 2e-9 * (1 + 1 / pool.price)
    assert got.received == pytest.approx(float(expected.received), rel=1e-9, abs=rounding)
    assert got.after.price == pytest.approx(float(expected.after.price), rel=1e-6)


def test_a_trade_by_hand() -> None:
    """5 TAO into 10 TAO and 100 alpha: 33.3 alpha, at 0.15 on average, the price at 0.225."""
    trade = Pool(10, 100, 7).stake(5)
    assert trade.side == "stake"
    assert trade.paid == trade.asked == 5
    assert trade.received == pytest.approx(100 / 3)
    assert trade.ideal == pytest.approx(50)
    assert trade.slippage == pytest.approx(50 / 3)
    assert trade.slippage_percent == pytest.approx(100 / 3)
    assert trade.average_price == pytest.approx(0.15)
    assert trade.price_impact == pytest.approx(1.25)
    assert trade.fee == 0
    assert trade.before == Pool(10, 100, 7)
    assert trade.after.tao_in == 15
    assert trade.after.alpha_in == pytest.approx(200 / 3)
    assert trade.after.alpha_out == pytest.approx(7 + 100 / 3)


@given(st.one_of(stakes(), unstakes()))
def test_a_receipt_says_what_its_words_mean(trade: Trade) -> None:
    assume(trade.received > 0)
    price = trade.before.tao_in / trade.before.alpha_in
    tao, alpha = (
        (trade.paid, trade.received) if trade.side == "stake" else (trade.received, trade.paid)
    )
    ideal = trade.paid / price if trade.side == "stake" else trade.paid * price
    assert trade.ideal == ideal
    assert trade.slippage == ideal - trade.received
    assert trade.slippage_percent == 100 * trade.slippage / ideal
    assert trade.average_price == tao / alpha
    after = trade.after.tao_in / trade.after.alpha_in
    assert trade.price_impact == after / price - 1
    assert trade.asked == trade.paid


@given(exact_pools(), amounts)
def test_with_a_fee_slippage_includes_it(pool: Pool, tao: Fraction) -> None:
    try:
        free_of, charged = pool.stake(tao), pool.stake(tao, fee=SWAP_FEE)
    except InputError:
        assume(False)
    assert charged.ideal == free_of.ideal
    assert charged.slippage >= free_of.slippage


@given(exact_pools(), whole(10**6, 10**15))
def test_a_rate_is_a_trade_of_what_is_left(pool: Pool, paid: Fraction) -> None:
    fee = Fee(rate=Fraction(196, 65535))
    charge = paid * fee.rate // RAO * RAO
    pool = Pool.exact(pool.tao_in, pool.alpha_in, paid)
    for side in ("stake", "unstake"):
        try:
            charged = getattr(pool, side)(paid, fee=fee)
            rest = getattr(pool, side)(paid - charge)
        except InputError:
            continue
        assert charged.fee == charge
        assert charged.fee_unit == ("TAO" if side == "stake" else "alpha")
        assert charged.received == rest.received


@given(exact_pools(), whole(10**6, 10**15))
def test_a_flat_fee_is_taken_before_a_stake_and_after_an_unstake(
    pool: Pool, amount: Fraction
) -> None:
    flat = LAUNCH_FEE.flat_tao
    pool = Pool.exact(pool.tao_in, pool.alpha_in, amount)
    try:
        charged, rest = pool.stake(amount, fee=LAUNCH_FEE), pool.stake(amount - flat)
        sold, whole_sale = pool.unstake(amount, fee=LAUNCH_FEE), pool.unstake(amount)
    except InputError:
        assume(False)
    assert charged.received == rest.received
    assert charged.after.tao_in == rest.after.tao_in + flat
    assert sold.received == whole_sale.received - flat
    assert sold.after.tao_in == whole_sale.after.tao_in + flat
    assert charged.fee == sold.fee == flat == 50_000 * RAO
    assert charged.fee_unit == sold.fee_unit == "TAO"


def test_the_fees_of_the_time() -> None:
    assert SWAP_FEE.rate == Fraction(33, 65535)
    assert round(float(SWAP_FEE.rate) * 100, 4) == 0.0504
    assert SWAP_FEE.to_pool
    assert Pool.exact(1000, 1000).stake(1000, fee=SWAP_FEE).fee == Fraction(503547722, 10**9)


def test_a_fee_is_as_exact_as_its_pool() -> None:
    for fee in (NO_FEE, LAUNCH_FEE, SWAP_FEE):
        for side in ("stake", "unstake"):
            exact = getattr(Pool.exact(10, 100, 50), side)(5, fee=fee).fee
            rounded = getattr(Pool(10.0, 100.0, 50.0), side)(5, fee=fee).fee
            assert rounded == pytest.approx(float(exact))
            assert fee is NO_FEE or (type(exact), type(rounded)) == (Fraction, float)


def test_a_fee_is_a_value() -> None:
    assert Fee.of(SWAP_FEE) is SWAP_FEE
    assert Fee.of(0.25) == Fee(rate=0.25)
    assert hash(Fee(0.5)) == hash(Fee(0.5))
    with pytest.raises(FrozenInstanceError):
        SWAP_FEE.rate = 0  # type: ignore[misc]
    assert SWAP_FEE.of_input(65535.0) == pytest.approx(33)
    assert LAUNCH_FEE.of_input(100) == 0
    assert SWAP_FEE.gross_of(Fraction(65502)) == 65535


@given(exact_pools(), reserves, reserves)
def test_an_injection_at_the_price_deepens_the_pool_and_keeps_the_price(
    pool: Pool, tao: Fraction, alpha_out: Fraction
) -> None:
    deeper = pool.inject(tao, tao / pool.price, alpha_out)
    assert deeper.price == pool.price
    assert deeper.k > pool.k
    assert deeper.alpha_out == pool.alpha_out + alpha_out
    assert pool.inject(tao=tao).price > pool.price > pool.inject(alpha=tao).price
    assert pool.inject(alpha_out=tao).price == pool.price
    assert pool.inject() == pool


def test_a_pool_is_a_value() -> None:
    pool = Pool(10.0, 100.0, 5.0)
    trade = pool.stake(5)
    assert pool == Pool(10, 100, 5)
    assert trade.before is pool
    assert hash(pool) == hash(Pool(10.0, 100.0, 5.0))
    assert pickle.loads(pickle.dumps(trade)) == trade
    with pytest.raises(FrozenInstanceError):
        pool.tao_in = 11.0  # type: ignore[misc]


def test_the_price_is_tao_per_alpha_and_alpha_outside_has_no_part_in_it() -> None:
    assert Pool(10, 100).price == Pool(10, 100, 10**6).price == 0.1
    assert Pool(10, 100, 7).alpha_issuance == 107
    assert Pool(10, 100).k == 1000


@given(exact_pools(), amounts, st.sampled_from([0.003, 0.5, SWAP_FEE, LAUNCH_FEE]))
def test_exact_books_stay_exact_whatever_is_asked_in_floats(
    pool: Pool, tao: Fraction, fee: Fee | float
) -> None:
    try:
        trade = pool.stake(float(tao), fee=fee)
        back = trade.after.unstake(float(trade.received), fee=fee)
    except InputError:
        assume(False)
    for state in (trade.after, back.after):
        assert all(type(x) is Fraction for x in (state.tao_in, state.alpha_in, state.alpha_out))
    assert type(trade.received) is type(trade.fee) is Fraction


def test_a_float_is_read_as_the_decimal_that_was_typed() -> None:
    assert Pool.exact(0.1, 0.3).tao_in == Fraction(1, 10)
    assert Pool.exact(10, 10).stake(0.1).paid == Fraction(1, 10)
    assert Pool.exact(1, Fraction(1, 3)).alpha_in == Fraction(333333333, 10**9)
    assert Pool.exact(1, 2) == Pool(1, 2, 0)


def test_the_minimum_liquidity_is_a_hundredth() -> None:
    """10^7 rao must stay, exactly that is enough, one rao less is not: on either side."""
    least = Fraction(1, 100)
    pool = Pool.exact(1, 1, 1000)
    fits = pool.stake(99)  # leaves 1 * 1 / 100
    assert fits.after.alpha_in == least
    with pytest.raises(LiquidityError) as stopped:
        pool.stake(100)
    assert stopped.value.argument == "tao"
    assert pool.unstake(99).after.tao_in == least
    with pytest.raises(LiquidityError) as stopped:
        pool.unstake(100)
    assert stopped.value.argument == "alpha"
    assert pool == Pool.exact(1, 1, 1000)
