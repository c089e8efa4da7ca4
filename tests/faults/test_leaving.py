"""Whatever a wallet, a query, a receipt or a message states as possible is accepted."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dtao_edu.engine.errors import InputError, LimitPriceError, LiquidityError
from dtao_edu.engine.fees import SWAP_FEE, Fee
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.stable import StablePool
from dtao_edu.engine.wallet import Wallet
from dtao_edu.engine.weighted import WeightedPool
from tests.helpers.strategies import RAO, exact_pools, float_pools, whole

F = Fraction
Side = Literal["stake", "unstake"]
amounts = st.floats(0.01, 1e5)
round_amounts = st.integers(1, 400).map(lambda n: n / 4)
names = ("Ann", "Ben", "Eve")


def test_two_holders_leave_whole() -> None:
    """Ann stakes 10, Ben 5; Ann unstakes all, then Ben all that his wallet says."""
    ann, pool, _ = Wallet(10).stake(Pool(1000, 500), 10, netuid=1, hotkey="Ann")
    ben, pool, _ = Wallet(5).stake(pool, 5, netuid=1, hotkey="Ben")
    ann, pool, _ = ann.unstake(pool, ann.on("Ann", 1), netuid=1, hotkey="Ann")
    ben, pool, trade = ben.unstake(pool, ben.on("Ben", 1), netuid=1, hotkey="Ben")
    assert pool.alpha_out == ann.on("Ann", 1) == ben.on("Ben", 1) == 0
    assert ann.tao + ben.tao == pytest.approx(15)
    assert ann.tao > 10 > 5 > trade.received  # Ben bought after her, and sells after her
    assert (pool.tao_in, pool.alpha_in) == pytest.approx((1000, 500))


@given(
    float_pools(),
    st.lists(st.tuples(st.sampled_from(names), amounts | round_amounts), min_size=1, max_size=12),
    st.randoms(use_true_random=False),
)
def test_all_holders_leave_whole_in_any_order(
    pool: Pool, orders: list[tuple[str, float]], chance: object
) -> None:
    pool = Pool(pool.tao_in, pool.alpha_in, 0.0)
    start = pool.alpha_issuance
    wallets = {name: Wallet(1e9) for name in names}
    for name, tao in orders:
        try:
            wallets[name], pool, _ = wallets[name].stake(pool, tao, netuid=1, hotkey=name)
        except LiquidityError:
            assume(False)
    held = sum(wallet.in_subnet(1) for wallet in wallets.values())
    assert held == pytest.approx(pool.alpha_out, rel=1e-12, abs=1e-14 * start)
    leaving = [name for name in names if wallets[name].on(name, 1)]
    chance.shuffle(leaving)  # type: ignore[attr-defined]
    for name in leaving:
        alpha = wallets[name].on(name, 1)
        wallets[name], pool, _ = wallets[name].unstake(pool, alpha, netuid=1, hotkey=name)
        assert wallets[name].on(name, 1) == 0
        # Nobody is left with more alpha than there is outside.
        left = sum(wallet.in_subnet(1) for wallet in wallets.values())
        assert left <= pool.alpha_out + 1e-13 * start
    assert pool.alpha_out <= 1e-13 * start
    assert pool.alpha_issuance == pytest.approx(start)


@given(float_pools(), st.lists(amounts, min_size=1, max_size=8))
def test_every_receipt_is_accepted_when_given_back(pool: Pool, stakes: list[float]) -> None:
    wallet, pool = Wallet(1e9), Pool(pool.tao_in, pool.alpha_in, 0.0)
    receipts = []
    for tao in stakes:
        try:
            wallet, pool, trade = wallet.stake(pool, tao, netuid=1, hotkey="Ann")
        except LiquidityError:
            assume(False)
        receipts.append(trade.received)
    for alpha in receipts:  # one by one, in the order in which they were bought
        wallet, pool, _ = wallet.unstake(pool, alpha, netuid=1, hotkey="Ann")
    assert wallet.on("Ann", 1) == 0
    moved = Wallet(0, {("Ann", 1): sum(receipts)}).move(
        receipts[0], origin=("Ann", 1), destination=("Ben", 1)
    )
    assert moved.wallet.on("Ben", 1) == receipts[0]


@given(float_pools(), st.lists(amounts, min_size=2, max_size=6))
def test_tao_that_came_back_can_be_staked_again(pool: Pool, sales: list[float]) -> None:
    pool = Pool(pool.tao_in, pool.alpha_in, 1e7)
    wallet = Wallet(0.0, {("Ann", 1): 1e7})
    receipts = []
    for alpha in sales:
        try:
            wallet, pool, trade = wallet.unstake(pool, alpha, netuid=1, hotkey="Ann")
        except LiquidityError:
            assume(False)
        receipts.append(trade.received)
    for tao in receipts:
        try:
            wallet, pool, _ = wallet.stake(pool, tao, netuid=1, hotkey="Ann")
        except LiquidityError:
            assume(False)
    assert wallet.tao == 0


def test_more_than_rounding_is_refused() -> None:
    pool = Pool(1000.0, 500.0, 15.0)
    for alpha in (15.0 + 1e-9, 15.1, 16):
        with pytest.raises(InputError, match=r"at most the 15\.0 alpha outside"):
            pool.unstake(alpha)
    exact = Pool.exact(1000, 500, 15)
    with pytest.raises(InputError, match="alpha outside"):
        exact.unstake(15 + F(1, 10**30))
    assert exact.unstake(15).after.alpha_out == 0
    wallet = Wallet(F(5), {("Ann", 1): F(15)})
    for action in (
        lambda: wallet.stake(exact, 5 + F(1, 10**30), netuid=1, hotkey="Ann"),
        lambda: wallet.unstake(exact, 15 + F(1, 10**30), netuid=1, hotkey="Ann"),
    ):
        with pytest.raises(InputError):
            action()


def test_what_a_message_allows_is_accepted() -> None:
    pool = Pool(1000, 500).stake(7.7).after
    with pytest.raises(InputError) as refused:
        pool.unstake(1e3)
    said = re.search(r"at most the ([\d.e-]+) alpha", str(refused.value))
    assert said is not None
    assert pool.unstake(float(said[1])).after.alpha_out == 0


def test_a_query_of_exact_books_is_accepted() -> None:
    exact = Pool.exact(1000, 500, 200)
    limit = F(11, 5)
    most = exact.max_stake(limit)
    assert (most / RAO).denominator == 1
    assert exact.stake(most, limit_price=limit).paid == most
    with pytest.raises(LimitPriceError):
        exact.stake(most + RAO, limit_price=limit)


@given(
    float_pools() | exact_pools(),
    st.floats(1e-3, 1e6),
    st.sampled_from(["stake", "unstake"]),
    st.sampled_from(["spot", "average"]),
    st.sampled_from(["plain", "weighted", "stable"]),
)
def test_every_query_is_accepted_when_given_back(
    pool: Pool, factor: float, side: Side, on: Literal["spot", "average"], kind: str
) -> None:
    if kind == "stable":
        pool = StablePool(pool.tao_in, 0, min(pool.alpha_out, pool.tao_in))
    elif kind == "weighted":
        pool, on = WeightedPool(pool.tao_in, pool.alpha_in, pool.alpha_out, 0.4), "spot"
    limit = factor * pool.price if isinstance(pool.price, float) else F(factor) * pool.price
    assume(limit > 0)
    most = pool.max_stake(limit, on) if side == "stake" else pool.max_unstake(limit, on)
    if side == "unstake":
        assert most <= pool.alpha_out
    if most > 0:
        trade = (pool.stake if side == "stake" else pool.unstake)(
            most, limit_price=limit, limit_on=on
        )
        assert trade.paid == most


@pytest.mark.parametrize("side", ["stake", "unstake"])
@given(pool=float_pools() | exact_pools(), amount=whole(10**6, 10**11))
def test_the_price_of_a_receipt_is_a_limit_that_lets_it_through(
    side: Side, pool: Pool, amount: Fraction
) -> None:
    pool = type(pool)(pool.tao_in, pool.alpha_in, pool.alpha_out + 10**3)
    for fee in (0, SWAP_FEE, Fee(rate=F(1, 100), to_pool=False)):
        trade = pool.stake if side == "stake" else pool.unstake
        try:
            made = trade(amount, fee=fee)
        except InputError:
            assume(False)
        again = trade(amount, fee=fee, limit_price=made.after.price)
        assert again == made
        net = made.average_price_before_fee
        assert trade(amount, fee=fee, limit_price=net, limit_on="average") == made


def test_a_limit_bounds_the_final_price_with_a_fee_that_stays_in_the_pool() -> None:
    pool = Pool(1000, 500)
    filled = pool.stake(1e6, limit_price=2.2, fee=Fee(rate=F(33, 65535)), allow_partial=True)
    assert filled.after.price == pytest.approx(2.2, rel=1e-12)
    assert filled.after.price <= 2.2


@pytest.mark.parametrize("fee", [SWAP_FEE, Fee(rate=F(1, 3)), Fee(rate=F(1, 100), to_pool=False)])
@given(pool=exact_pools(), up=st.booleans(), factor=whole(10**9 + 10**5, 4 * 10**9))
def test_with_a_fee_exact_books_end_at_the_limit_to_the_rao(
    fee: Fee, pool: Pool, up: bool, factor: Fraction
) -> None:
    pool = Pool.exact(pool.tao_in, pool.alpha_in, 10**9)
    limit = pool.price * factor if up else pool.price / factor
    trade = pool.stake if up else pool.unstake
    try:
        filled = trade(10**9, limit_price=limit, fee=fee, allow_partial=True)
    except InputError:
        assume(False)
    assume(filled.paid < 10**9)
    assert filled.after.price <= limit if up else filled.after.price >= limit
    if fee.to_pool:
        more = trade(filled.paid + RAO, fee=fee).after.price
        assert more > limit if up else more < limit
