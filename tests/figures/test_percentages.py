"""One trade under its three names: the marks are the receipt, and the curves run through them."""

from __future__ import annotations

import numpy as np
import pytest

from dtao_edu.engine.pool import Pool
from dtao_edu.figures import trade_percentages
from dtao_edu.figures.charts.percentages import percentages

STAKES = [Pool(10, 100).stake(5), Pool(15278.0, 235441.5).stake(100), Pool(10, 100).stake(100)]
UNSTAKES = [Pool(10, 100, 500).unstake(50), Pool(10, 100, 500).unstake(300)]


def curves_and_marks(picture):
    lines = [line for line in picture.figure.axes[0].lines if len(line.get_xdata())]
    curves = [line for line in lines if len(line.get_xdata()) > 2]
    return curves, [line for line in lines if len(line.get_xdata()) == 1]


def test_a_stake_of_half_the_reserve_has_three_percentages():
    assert percentages(Pool(10, 100).stake(5)) == pytest.approx((125, 50, 100 / 3))


def test_an_unstake_pays_under_the_spot_price_as_much_as_it_slips():
    impact, average, slippage = percentages(Pool(10, 100, 500).unstake(50))
    assert average == pytest.approx(-slippage) == pytest.approx(-100 / 3)
    assert impact == pytest.approx(100 * (100 / 150) ** 2 - 100)


@pytest.mark.parametrize("trade", [*STAKES, *UNSTAKES], ids=lambda trade: f"{trade.paid}")
def test_the_marks_are_the_receipt_and_lie_on_the_curves(trade):
    curves, marks = curves_and_marks(trade_percentages(trade))
    for curve, mark, value in zip(curves, marks, percentages(trade), strict=True):
        (x,), (y,) = mark.get_data()
        assert y == value
        assert np.interp(x, *curve.get_data()) == pytest.approx(y, rel=2e-3)


@pytest.mark.parametrize("trade", [*STAKES, *UNSTAKES], ids=lambda trade: f"{trade.paid}")
def test_everything_is_inside_the_axes_and_no_name_covers_another(trade):
    ax = trade_percentages(trade).figure.axes[0]
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    for line in ax.lines[1:]:
        assert np.all((left <= line.get_xdata()) & (line.get_xdata() <= right))
        assert np.all((low <= line.get_ydata()) & (line.get_ydata() <= high))
    names = sorted(text.get_position()[1] for text in ax.texts if text.get_text().startswith("  "))
    assert min(np.diff(names)) >= 0.04 * (high - low)


def test_a_picture_moves_to_another_trade():
    picture = trade_percentages(Pool(10, 100).stake(5))
    before = picture.key()
    picture.show(Pool(10, 100, 500).unstake(50))
    assert picture.key() != before
    assert picture.figure.axes[0].get_xlabel() == "alpha paid, in percent of the pool's alpha"
    assert "33.3 % below the spot price" in str(picture)
    picture.show(Pool(10, 100).stake(7))
    texts = {text.get_text() for text in picture.figure.axes[0].texts}
    assert {"189 %", "70 %", "41.2 %"} <= texts


def test_pools_of_one_tao_reserve_give_one_picture_whatever_their_alpha():
    thin, rich = (trade_percentages(Pool(10, alpha).stake(5)) for alpha in (100, 1_000_000))
    for one, other in zip(*(curves_and_marks(picture)[0] for picture in (thin, rich)), strict=True):
        assert one.get_ydata() == pytest.approx(other.get_ydata())
