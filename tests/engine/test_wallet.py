"""What leaves a wallet arrives in a pool, and the other way round."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given

from dtao_edu.engine.errors import InputError
from dtao_edu.engine.fees import LAUNCH_FEE, Fee
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.stable import StablePool
from dtao_edu.engine.wallet import Wallet
from tests.helpers.strategies import RAO, exact_pools, fees, whole

amounts = whole(10**6, 10**13)
VERA, OTTO = ("Vera", 1), ("Otto", 1)


@given(exact_pools(), amounts, fees)
def test_the_books_balance_over_a_stake_and_an_unstake(pool: Pool, tao: Fraction, fee: Fee) -> None:
    wallet = Wallet(tao * 2)
    try:
        staked = wallet.stake(pool, tao, netuid=1, hotkey="Vera", fee=fee)
        assume(staked.trade.received > 0)
        sold = staked.wallet.unstake(
            staked.pool, staked.trade.received, netuid=1, hotkey="Vera", fee=fee
        )
    except InputError:
        assume(False)
    for entry, start in ((staked, (wallet, pool)), (sold, (staked.wallet, staked.pool))):
        # A fee that does not stay in the pool left both.
        gone = 0 if fee.to_pool else entry.trade.fee
        gone_tao = gone if entry.trade.fee_unit == "TAO" else 0
        gone_alpha = gone if entry.trade.fee_unit == "alpha" else 0
        before, after = start[0].tao + start[1].tao_in, entry.wallet.tao + entry.pool.tao_in
        assert before == after + gone_tao
        held, now = start[0].in_subnet(1), entry.wallet.in_subnet(1)
        assert held + start[1].alpha_in == now + entry.pool.alpha_in + gone_alpha
        # Alpha outside the pool is what holders hold.
        assert now - held == entry.pool.alpha_out - start[1].alpha_out
    assert sold.wallet.alpha == {}
    assert sold.wallet.tao <= wallet.tao


@given(exact_pools(), exact_pools(), amounts, fees)
def test_the_books_balance_over_a_move(one: Pool, two: Pool, alpha: Fraction, fee: Fee) -> None:
    one = Pool.exact(one.tao_in, one.alpha_in, alpha * 2)
    wallet = Wallet(5, {VERA: alpha * 2})
    try:
        moved = wallet.move(
            alpha, origin=VERA, destination=("Otto", 2), pools={1: one, 2: two}, fee=fee
        )
    except InputError:
        assume(False)
    out, back = moved.trades
    assert moved.wallet.tao == 5
    assert moved.wallet.on(*VERA) == alpha
    assert moved.wallet.on("Otto", 2) == back.received
    assert out.received == back.paid
    assert back.fee == 0
    burnt = 0 if fee.to_pool or out.fee_unit != "TAO" else out.fee
    pools = moved.pools
    assert set(pools) == {1, 2}
    assert pools[1].tao_in + pools[2].tao_in + burnt == one.tao_in + two.tao_in


def test_a_move_between_hotkeys_trades_nothing() -> None:
    wallet = Wallet(1, {VERA: 50, OTTO: 5})
    moved = wallet.move(20, origin=VERA, destination=OTTO)
    assert moved.wallet.alpha == {VERA: 30, OTTO: 25}
    assert moved.trades == ()
    assert dict(moved.pools) == {}
    assert wallet.move(50, origin=VERA, destination=("Nora", 1)).wallet.on("Nora", 1) == 50
    assert wallet.move(50, origin=VERA, destination=VERA).wallet == wallet


def test_root_is_staked_one_to_one() -> None:
    entry = Wallet(10).stake(StablePool(100, 0, 100), 4, netuid=0, hotkey="Vera")
    assert (entry.wallet.tao, entry.wallet.on("Vera", 0)) == (6, 4)


def test_a_wallet_by_hand() -> None:
    pool = Pool.exact(10, 100)
    wallet, after, trade = Wallet(7).stake(pool, 5, netuid=3, hotkey="Vera")
    assert wallet.tao == 2
    assert wallet.on("Vera", 3) == trade.received == Fraction(33333333333, 10**9)
    assert after == trade.after
    assert trade.before is pool
    more = wallet.stake(after, 2, netuid=3, hotkey="Vera").wallet
    assert more.tao == 0
    assert more.on("Vera", 3) > wallet.on("Vera", 3)
    assert more.in_subnet(3) == more.on("Vera", 3)
    assert more.on("Otto", 3) == more.on("Vera", 4) == more.in_subnet(4) == 0


def test_terms_reach_the_pool() -> None:
    wallet = Wallet(500)
    pool = Pool.exact(100, 100)
    part = wallet.stake(
        pool, 400, netuid=1, hotkey="Vera", limit_price=4, limit_on="average", allow_partial=True
    )
    assert (part.trade.paid, part.wallet.tao) == (300, 200)
    flat = wallet.stake(pool, 1, netuid=1, hotkey="Vera", fee=LAUNCH_FEE)
    assert flat.trade.fee == 50_000 * RAO
    sold = part.wallet.unstake(
        part.pool, 10, netuid=1, hotkey="Vera", limit_price=15, allow_partial=True
    )
    assert sold.trade.paid < 10
    assert sold.wallet.on("Vera", 1) == part.wallet.on("Vera", 1) - sold.trade.paid


def test_a_sale_brings_less_than_its_spot_price() -> None:
    pools = {1: Pool(10, 100, 60), 2: Pool(30, 100, 5)}
    wallet = Wallet(1, {VERA: 50, OTTO: 10, ("Vera", 2): 5})
    sold = wallet.unstake(pools[1], 50, netuid=1, hotkey="Vera")
    assert sold.trade.received < 50 * 0.1
    assert wallet.in_subnet(1) == 60


@pytest.mark.parametrize("bad", [0, -1, float("nan"), float("inf"), "5", True, None])
def test_an_amount_is_above_0(bad: Any) -> None:
    wallet, pool = Wallet(5, {VERA: 5}), Pool(10, 10, 5)
    place: dict[str, Any] = {"netuid": 1, "hotkey": "Vera"}
    with pytest.raises(InputError) as refused:
        wallet.stake(pool, bad, **place)
    assert refused.value.argument == "tao"
    for action in (
        lambda: wallet.unstake(pool, bad, **place),
        lambda: wallet.move(bad, origin=VERA, destination=OTTO),
    ):
        with pytest.raises(InputError) as refused:
            action()
        assert refused.value.argument == "alpha"
    assert wallet == Wallet(5, {VERA: 5})


def test_no_more_leaves_than_is_there() -> None:
    wallet, pool = Wallet(5, {VERA: 5}), Pool(10, 10, 500)
    with pytest.raises(InputError, match="at most the 5 TAO that are free"):
        wallet.stake(pool, 5.01, netuid=1, hotkey="Vera")
    with pytest.raises(InputError, match="at most the 5 alpha on 'Vera' in subnet 1"):
        wallet.unstake(pool, 5.01, netuid=1, hotkey="Vera")
    with pytest.raises(InputError, match="at most the 0 alpha on 'Otto' in subnet 1"):
        wallet.unstake(pool, 1, netuid=1, hotkey="Otto")
    with pytest.raises(InputError, match="at most the 0 alpha on 'Vera' in subnet 2"):
        wallet.move(1, origin=("Vera", 2), destination=VERA)
    assert wallet.stake(pool, 5, netuid=1, hotkey="Vera").wallet.tao == 0
    assert wallet.unstake(pool, 5, netuid=1, hotkey="Vera").wallet.alpha == {}


@pytest.mark.parametrize("pools", [None, {}, {1: Pool(10, 10, 5)}, {2: Pool(10, 10, 5)}])
def test_a_move_needs_both_pools(pools: Any) -> None:
    wallet = Wallet(0, {VERA: 5})
    with pytest.raises(InputError) as refused:
        wallet.move(1, origin=VERA, destination=("Vera", 2), pools=pools)
    assert refused.value.argument == "pools"


def test_a_move_that_fails_half_way_changes_nothing() -> None:
    wallet = Wallet(0, {VERA: 5})
    pools = {1: Pool(10, 10, 5), 2: Pool(0, 10)}
    with pytest.raises(InputError):
        wallet.move(1, origin=VERA, destination=("Vera", 2), pools=pools)
    assert wallet == Wallet(0, {VERA: 5})
    assert pools == {1: Pool(10, 10, 5), 2: Pool(0, 10)}


@pytest.mark.parametrize(
    ("tao", "alpha", "argument"),
    [(-1, {}, "tao"), ("1", {}, "tao"), (1, {VERA: -1}, "alpha"), (1, {VERA: "x"}, "alpha")],
)
def test_a_wallet_holds_amounts(tao: Any, alpha: Any, argument: str) -> None:
    with pytest.raises(InputError) as refused:
        Wallet(tao, alpha)
    assert refused.value.argument == argument


def test_a_wallet_is_a_value() -> None:
    held = {VERA: 5}
    wallet = Wallet(1, held)
    held[VERA] = 6
    assert wallet.on(*VERA) == 5
    with pytest.raises(TypeError):
        wallet.alpha[VERA] = 7  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        wallet.tao = 2  # type: ignore[misc]
    # A place with nothing on it is no place.
    assert Wallet(1, {VERA: 5, OTTO: 0}) == wallet
    assert hash(Wallet(1, {VERA: 5})) == hash(wallet)
    for twin in (pickle.loads(pickle.dumps(wallet)), copy.deepcopy(wallet)):
        assert twin == wallet
