"""The drawn pump is the engine's: lines, area and marks lie where the columns say."""

from __future__ import annotations

import pytest

from dtao_edu import ledger, studies
from dtao_edu.engine import formulas
from dtao_edu.engine.pool import Pool
from dtao_edu.figures.pump import pump_lines, pump_sentence
from dtao_edu.studies import CalmMarket, past_pump, pump
from tests.helpers.svg import markers, on_axes, paths

MARKET = CalmMarket(1, Pool(100.0, 1000.0, 0.0), 0.9)
PUMP = pump(MARKET, 1.0, 1800, halving=0)
PAST = past_pump(studies.past_prices(ledger.hourly_prices(), 28, "2025-02-24", "2025-03-03"))


def drawn(picture, axes):
    return [[on_axes(axes, *point) for point in path] for path in paths(picture.front())]


def test_the_moving_line_satisfies_the_rule():
    picture = pump_lines(PUMP)
    prices = picture.figure.axes[0]
    rising = [path for path in drawn(picture, prices) if len(path) > 20]
    points = {round(300 * x): y for path in rising for x, y in path}
    for blocks in (600, 1800):
        near = min(points, key=lambda block: abs(block - blocks))
        found = min(abs(y - formulas.moving_price(0.1, 1.0, formulas.smoothing_over(3e-4, near)))
                    for path in rising for x, y in path if round(300 * x) == near)  # fmt: skip
        assert found < 2e-3


def test_the_highest_point_is_marked_with_its_number():
    picture = pump_lines(PUMP)
    seen = [on_axes(picture.figure.axes[0], x, y) for _, x, y in markers(picture.front())]
    assert any(point == pytest.approx((6, max(PUMP.moving)), rel=1e-3) for point in seen)
    assert f"{max(PUMP.moving):.3f} TAO" in picture.front()
    hidden = picture.front(hidden=True)
    assert "TAO" not in hidden
    assert not markers(hidden)


def test_the_area_is_what_the_pool_receives_beside_the_rest():
    """Shoelace formula: share in percent times hours, 300 blocks each, 1 TAO a block."""
    corners = pump_lines(PUMP).figure.axes[1].patches[0].get_xy()[:-1]
    twice = sum(
        x0 * y1 - x1 * y0
        for (x0, y0), (x1, y1) in zip(corners, [*corners[1:], corners[0]], strict=True)
    )
    assert abs(twice) / 2 * 300 / 100 == pytest.approx(PUMP.extra_tao, rel=1e-6)


def test_spot_price_and_its_share_are_known_before_the_guess():
    picture = pump_lines(PUMP)
    ends = [point for path in drawn(picture, picture.figure.axes[0]) for point in path]
    hidden = paths(picture.front(hidden=True))
    top = [on_axes(picture.figure.axes[0], *point) for path in hidden for point in path]
    assert any(point == pytest.approx((6, 1), rel=1e-3) for point in top)
    assert len(hidden) < len(paths(picture.front()))
    assert ends


def test_the_cap_is_drawn_only_when_it_is_there():
    def levels(value):
        picture = pump_lines(value)
        return [
            [y for _, y in path] for path in drawn(picture, picture.figure.axes[0])
            if len(path) == 2
        ]  # fmt: skip

    assert any(level == pytest.approx([1, 1], abs=1e-3) for level in levels(PUMP))
    free = pump(MARKET, 1.0, 1800, capped=False)
    assert not any(level == pytest.approx([1, 1], abs=1e-3) for level in levels(free))


def test_the_axes_stand_still_while_a_price_moves_a_little():
    picture = pump_lines(PUMP)
    key = picture.key()
    for price in (0.995, 0.99, 0.98):
        picture.show(pump(MARKET, price, 1800, halving=0))
        assert picture.key() == key
    picture.show(pump(MARKET, 2.0, 1800, halving=0, horizon=50_400))
    assert picture.key() != key
    assert picture.figure.axes[1].get_xlabel() == "days since the pump began"


def test_real_prices_are_told_by_their_date():
    picture = pump_lines(PAST)
    assert picture.figure.axes[1].get_xlabel() == "days since 24 February 2025"
    said = pump_sentence(PAST)
    assert said.startswith("From 24 February 2025 the spot price of subnet 28 goes from 0.0164")
    assert "TAO less in 7 days than if the price had stayed" in said


def test_the_sentence_says_the_columns():
    said = pump_sentence(PUMP)
    assert f"comes to {max(PUMP.moving):.3f} TAO" in said
    assert f"{100 * max(PUMP.shares):.1f} %" in said
    assert f"The pump took {PUMP.tao:.0f} TAO" in said
    assert "7.7 hours after its height" in said
    slow = pump(MARKET, 1.0, 1800, alpha=3e-6)
    assert "less than half of the gain is gone" in pump_sentence(slow)


def test_a_guess_is_marked_and_taken_away():
    picture = pump_lines(PUMP)
    picture.place_guess(0.8)
    levels = [[y for _, y in path] for path in drawn(picture, picture.figure.axes[0])]
    assert any(level == pytest.approx([0.8, 0.8], rel=1e-3) for level in levels)
    assert "your guess" in picture.front()
    picture.place_guess(None)
    assert "your guess" not in picture.front()
