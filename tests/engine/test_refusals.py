"""Bad input raises a sentence with the argument, its value and what is allowed."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from dtao_edu.engine import errors
from dtao_edu.engine.errors import InputError, LimitPriceError, LiquidityError
from dtao_edu.engine.fees import LAUNCH_FEE, Fee
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.stable import StablePool

NAN, INF = float("nan"), float("inf")
NO_NUMBER = ["5", None, True, False, 1j, NAN, INF, -INF, np.nan, np.True_, np.array([1.0, 2.0])]
POOL = Pool(100.0, 200.0, 50.0)


def refusal(action: Callable[[], Any]) -> InputError:
    """The error, which must be one sentence that names argument, value and what is allowed."""
    with pytest.raises(InputError) as caught:
        action()
    error = caught.value
    assert str(error) == f"{error.argument} is {error.value!r}; allowed: {error.allowed}."
    assert error.allowed
    return error


@pytest.mark.parametrize("bad", [*NO_NUMBER, -1, -1e-9, np.float64(-2)])
@pytest.mark.parametrize("name", ["tao_in", "alpha_in", "alpha_out"])
def test_a_pool_holds_finite_amounts(name: str, bad: Any) -> None:
    balances: dict[str, Any] = {"tao_in": 1.0, "alpha_in": 1.0, "alpha_out": 1.0, name: bad}
    assert refusal(lambda: Pool(**balances)).argument == name


@pytest.mark.parametrize("bad", [*NO_NUMBER, 0, 0.0, -1, Fraction(-1, 2), np.int64(0)])
def test_a_trade_needs_an_amount_above_0(bad: Any) -> None:
    assert refusal(lambda: POOL.stake(bad)).argument == "tao"
    assert refusal(lambda: POOL.unstake(bad)).argument == "alpha"
    assert Pool(100.0, 200.0, 50.0) == POOL


@pytest.mark.parametrize("bad", [*NO_NUMBER, -1, -0.5])
@pytest.mark.parametrize("name", ["tao", "alpha", "alpha_out"])
def test_an_injection_takes_nothing_out(name: str, bad: Any) -> None:
    assert refusal(lambda: POOL.inject(**{name: bad})).argument == name


@pytest.mark.parametrize("bad", [*NO_NUMBER, -0.1, 1, 1.5])
def test_a_fee_is_a_part_of_the_input(bad: Any) -> None:
    for side in (POOL.stake, POOL.unstake):
        assert refusal(lambda side=side: side(1, fee=bad)).argument == "fee"
    assert refusal(lambda: Fee(rate=bad)).argument == "rate"


@pytest.mark.parametrize("bad", [*NO_NUMBER, -1])
def test_a_flat_fee_is_an_amount(bad: Any) -> None:
    assert refusal(lambda: Fee(flat_tao=bad)).argument == "flat_tao"


def test_a_fee_is_a_rate_or_flat_and_not_both() -> None:
    assert refusal(lambda: Fee(rate=0.1, flat_tao=0.1)).argument == "flat_tao"
    assert Fee(rate=0.1).flat_tao == 0
    assert Fee(flat_tao=0.1).rate == 0


def test_a_trade_must_bring_more_than_its_fee() -> None:
    exact = Pool.exact(100, 200, 50)
    flat = LAUNCH_FEE.flat_tao
    assert refusal(lambda: exact.stake(flat, fee=LAUNCH_FEE)).argument == "tao"
    assert exact.stake(flat + Fraction(1, 10**9), fee=LAUNCH_FEE).received > 0
    error = refusal(lambda: exact.unstake(2 * flat, fee=LAUNCH_FEE))
    assert error.argument == "alpha"
    assert "fee" in error.allowed
    assert exact.unstake(2 * flat + Fraction(3, 10**9), fee=LAUNCH_FEE).received > 0


def test_a_rao_of_alpha_that_is_worth_less_than_a_rao_is_not_sold() -> None:
    error = refusal(lambda: Pool.exact(10, 100, 50).unstake(Fraction(9, 10**9)))
    assert error.argument == "alpha"
    assert Pool.exact(10, 100, 50).unstake(Fraction(11, 10**9)).received == Fraction(1, 10**9)


def test_no_more_alpha_is_sold_than_is_out() -> None:
    error = refusal(lambda: POOL.unstake(50.0000001))
    assert error.argument == "alpha"
    assert "50.0 alpha outside" in error.allowed
    assert POOL.unstake(50).after.alpha_out == 0


@pytest.mark.parametrize(
    ("empty", "name"), [(Pool(0, 5, 5), "tao_in"), (Pool(5, 0, 5), "alpha_in")]
)
def test_an_empty_pool_has_no_price_and_no_trade(empty: Pool, name: str) -> None:
    for action in (lambda: empty.price, lambda: empty.stake(1), lambda: empty.unstake(1)):
        error = refusal(action)
        assert isinstance(error, LiquidityError)
        assert error.argument == name
    assert empty.inject(1, 1).price > 0


def test_a_drained_pool_is_refused() -> None:
    shallow = Pool(0.02, 0.02, 1e6)
    for action in (lambda: shallow.stake(1), lambda: shallow.unstake(1)):
        error = refusal(action)
        assert isinstance(error, LiquidityError)
        assert "0.01" in error.allowed
    assert shallow == Pool(0.02, 0.02, 1e6)


@pytest.mark.parametrize("tao", [5, 5.0, Fraction(5), np.float64(5), np.int32(5), np.array(5.0)])
def test_numbers_of_every_home_are_welcome(tao: Any) -> None:
    trade = Pool(np.float64(10), np.int64(100)).stake(tao)
    assert type(trade.received) is type(trade.after.tao_in) is float
    assert trade.received == pytest.approx(100 / 3)
    assert Pool.exact(10, 100).stake(tao).received == Fraction(33333333333, 10**9)


@pytest.mark.parametrize("huge", [10**400, Fraction(10**400), 1e308])
def test_an_amount_beyond_all_floats_is_refused(huge: Any) -> None:
    pool = Pool(1e308, 1.0, 0)
    assert refusal(lambda: pool.stake(huge)).argument in ("tao", "tao_in")


def test_errors_are_value_errors_and_travel_between_processes() -> None:
    for kind in (InputError, LimitPriceError, LiquidityError):
        error = kind("tao", -1, "more")
        copy = pickle.loads(pickle.dumps(error))
        assert isinstance(copy, ValueError)
        assert type(copy) is kind
        assert (copy.argument, copy.value, copy.allowed) == ("tao", -1, "more")
        assert str(copy) == str(error) == "tao is -1; allowed: more."


def test_a_notebook_shows_the_sentence_alone() -> None:
    assert LimitPriceError("a", 1, "b")._render_traceback_() == [
        "LimitPriceError: a is 1; allowed: b."
    ]


CHECKS: list[tuple[Callable[..., Any], tuple[Any, ...], list[Any], list[Any]]] = [
    (errors.number, (), [0, -1, 1.5, Fraction(1, 3)], NO_NUMBER),
    (errors.positive, (), [1, 0.5, Fraction(1, 3)], [*NO_NUMBER, 0, 0.0, -1, -0.5]),
    (errors.not_negative, (), [0, 0.0, 2, Fraction(0)], [*NO_NUMBER, -1, -0.5]),
    (errors.between, (0, 1), [0, 1, 0.5], [*NO_NUMBER[:-1], -0.1, 1.1]),
    (errors.whole, (), [0, 7, np.int16(3)], ["5", None, True, 1.0, -1, NAN]),
    (errors.whole, (3,), [3, 4], [2, 0]),
]


@pytest.mark.parametrize(("check", "more", "good", "bad"), CHECKS)
def test_what_a_check_lets_through(
    check: Callable[..., Any], more: tuple[Any, ...], good: list[Any], bad: list[Any]
) -> None:
    for value in good:
        assert check("x", value, *more) == value
    for value in bad:
        assert refusal(lambda value=value: check("x", value, *more)).argument == "x"


def test_checks_give_back_pythons_own_numbers() -> None:
    assert type(errors.whole("x", np.int16(3))) is int
    for check in (errors.number, errors.positive, errors.not_negative):
        assert type(check("x", np.float32(3))) is float


def test_what_is_allowed_is_said_in_words() -> None:
    assert "above 0" in refusal(lambda: errors.positive("x", 0)).allowed
    assert "0 or more" in refusal(lambda: errors.not_negative("x", -1)).allowed
    assert "from 2 to 3" in refusal(lambda: errors.between("x", 9, 2, 3)).allowed
    assert "whole number, 4 or more" in refusal(lambda: errors.whole("x", 3, 4)).allowed
    assert re.search("finite", refusal(lambda: errors.number("x", NAN)).allowed)


def test_root_is_always_1_and_trades_without_slippage() -> None:
    root = StablePool(1000, 0, 1000)
    assert root.price == StablePool(5, 20).price == 1
    trade = root.stake(50)
    assert trade.received == 50
    assert trade.slippage == trade.price_impact == 0
    assert trade.after == StablePool(1050, 0, 1050)
    back = trade.after.unstake(50)
    assert back.received == 50
    assert back.after == root
    assert StablePool(10, 0, 10).unstake(10).after.tao_in == 0  # nothing has to stay
    assert StablePool.exact(10, 7, 10).stake(1).after.alpha_in == 7
    assert root.alpha_for(3) == root.tao_for(3) == 3
    assert refusal(lambda: root.unstake(1001)).argument == "alpha"


def test_a_limit_on_root_is_all_or_nothing() -> None:
    root = StablePool(1000, 0, 1000)
    assert root.stake(50, limit_price=1).received == 50
    assert root.unstake(50, limit_price=1).received == 50
    # All TAO that there can be, and all that is staked.
    assert (root.max_stake(1), root.max_unstake(1)) == (21_000_000, 1000)
    assert root.max_stake(0.999) == root.max_unstake(1.001) == 0
    for action in (lambda: root.stake(50, limit_price=0.9), lambda: root.unstake(5, limit_price=2)):
        assert isinstance(refusal(action), LimitPriceError)
    for bad in (*NO_NUMBER, 0, -1):
        if bad is not None:
            assert refusal(lambda bad=bad: root.stake(1, limit_price=bad)).argument == "limit_price"
        assert refusal(lambda bad=bad: root.max_unstake(bad)).argument == "limit_price"
    assert refusal(lambda: root.max_stake(1, "mean")).argument == "limit_on"  # type: ignore[arg-type]
