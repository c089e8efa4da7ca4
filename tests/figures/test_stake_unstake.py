"""The drawn curve is the engine's: every point of the picture satisfies the pool's equations."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtao_edu import ledger
from dtao_edu.engine.fees import SWAP_FEE
from dtao_edu.engine.pool import Pool
from dtao_edu.figures import pool_curve
from dtao_edu.figures.stake_unstake import pool_sentence, reach
from tests.helpers.svg import markers, on_axes, paths

REAL = ledger.pools("2025-04-17")[4].pool()
HAND = Pool(100, 1000, 1000)


@pytest.mark.parametrize("pool", [HAND, REAL], ids=["by hand", "subnet 4"])
@pytest.mark.parametrize("part", [0.05, 0.4, 1.7])
@pytest.mark.parametrize("side", ["stake", "unstake"])
def test_every_drawn_point_lies_where_the_engine_puts_it(
    pool: Pool, part: float, side: str
) -> None:
    pool = Pool(pool.tao_in, pool.alpha_in, 3 * pool.alpha_in)
    reserve = pool.tao_in if side == "stake" else pool.alpha_in
    trade = getattr(pool, side)(part * reserve)
    picture = pool_curve(trade)
    curve = picture.figure.axes[0]
    back, front = picture.backdrop(), picture.front()

    hyperbola = max(paths(back), key=len)
    assert len(hyperbola) > 30
    for x, y in (on_axes(curve, *point) for point in hyperbola):
        assert x * y == pytest.approx(pool.k, rel=2e-3)

    seen = [on_axes(curve, x, y) for _, x, y in [*markers(back), *markers(front)]]
    for state in (pool, trade.after):
        wanted = pytest.approx((state.tao_in, state.alpha_in), rel=1e-4)
        assert any(point == wanted for point in seen)


def test_the_way_across_is_what_is_paid_and_the_way_down_what_comes_out() -> None:
    trade = HAND.stake(40)
    picture = pool_curve(trade)
    curve = picture.figure.axes[0]
    straight = [path for path in paths(picture.front()) if len(path) == 2]
    segments = [[on_axes(curve, *point) for point in path] for path in straight]
    across = next(s for s in segments if s[0][1] == pytest.approx(1000) == s[1][1])
    assert abs(across[1][0] - across[0][0]) == pytest.approx(trade.paid, rel=1e-4)
    down = [abs(a[1] - b[1]) for a, b in segments if a[0] == pytest.approx(140, rel=1e-4) == b[0]]
    assert any(length == pytest.approx(trade.received, rel=1e-4) for length in down)
    assert any(length == pytest.approx(trade.slippage, rel=1e-3) for length in down)


def test_the_prices_stand_on_their_axis() -> None:
    trade = HAND.stake(40)
    picture = pool_curve(trade)
    prices = picture.figure.axes[2]
    drawn = [*markers(picture.backdrop()), *markers(picture.front())]
    seen = [on_axes(prices, x, y) for _, x, y in drawn]
    for row, price in ((2, HAND.price), (1, trade.average_price), (0, trade.after.price)):
        assert any(point == pytest.approx((price, row), rel=1e-3, abs=1e-3) for point in seen)


def test_the_bar_is_the_share_of_the_ideal_amount() -> None:
    trade = HAND.stake(25)
    kept, gone = (
        patch for patch in pool_curve(trade).figure.axes[1].patches if patch.get_animated()
    )
    assert kept.get_width() == pytest.approx(80)
    assert gone.get_x() == pytest.approx(80)
    assert gone.get_width() == pytest.approx(trade.slippage_percent)


def test_the_axes_stand_still_while_the_amount_moves() -> None:
    picture = pool_curve(HAND.stake(1))
    key = picture.key()
    for amount in range(2, 50):
        picture.show(HAND.stake(amount))
        assert picture.key() == key
    picture.show(HAND.stake(51))
    assert picture.key() != key, "a larger trade needs a wider picture"


@given(part=st.floats(0.001, 30))
@settings(max_examples=15, deadline=None)
def test_the_whole_trade_always_fits_into_the_picture(part: float) -> None:
    trade = Pool(100, 1000, 50_000).unstake(1000 * part)
    curve = pool_curve(trade).figure.axes[0]
    assert reach(trade) >= part * (1 - 1e-6)
    low, high = curve.get_ylim()
    assert low < trade.after.alpha_in < high
    low, high = curve.get_xlim()
    assert low < trade.after.tao_in < high


def test_a_partial_fill_shows_what_was_not_filled() -> None:
    trade = HAND.stake(40, limit_price=0.121, allow_partial=True)
    assert trade.paid == pytest.approx(10)
    front = pool_curve(trade).front()
    curve = pool_curve(trade).figure.axes[0]
    ends = [on_axes(curve, *point) for path in paths(front) for point in path]
    assert any(end == pytest.approx((140, 1000), rel=1e-4) for end in ends)
    assert pool_sentence(trade).startswith("The limit price lets only 10 of 40 TAO through")


@pytest.mark.parametrize("fee", [0, SWAP_FEE, 0.1])
def test_the_sentence_says_the_receipt(fee: object) -> None:
    trade = REAL.unstake(20_000, fee=fee)
    said = pool_sentence(trade)
    assert "unstake 20,000 alpha" in said
    assert f"{trade.slippage_percent:.1f} % less" in said
    assert f"falls by {-100 * trade.price_impact:.1f} %" in said


def test_a_guess_is_marked_where_it_would_lie() -> None:
    picture = pool_curve(HAND.stake(25))
    curve = picture.figure.axes[0]
    picture.place_guess(250)
    assert (125, 750) in [
        pytest.approx(on_axes(curve, x, y), rel=1e-4) for _, x, y in markers(picture.front())
    ]
    assert "your guess" in picture.front()
    picture.place_guess(None)
    assert "your guess" not in picture.front()


def test_the_answer_is_left_out_while_the_learner_predicts() -> None:
    trade = HAND.stake(25)
    picture = pool_curve(trade)
    hidden = picture.front(hidden=True)
    assert "25 TAO in" in hidden
    assert "200 alpha out" not in hidden
    curve = picture.figure.axes[0]
    after = pytest.approx((trade.after.tao_in, trade.after.alpha_in), rel=1e-3)
    assert all(on_axes(curve, x, y) != after for _, x, y in markers(hidden))
