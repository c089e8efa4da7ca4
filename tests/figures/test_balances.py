"""The three balances as bars: every bar is a balance, every change a piece of it."""

from __future__ import annotations

import pytest

from dtao_edu.engine.pool import Pool
from dtao_edu.figures.charts.balances import balances

POOL = Pool(10, 100, 60)


def lengths(picture):
    return [[patch.get_width() for patch in ax.patches] for ax in picture.figure.axes]


def test_bars_are_the_balances():
    assert lengths(balances(POOL)) == [[10], [100, 60]]


@pytest.mark.parametrize("trade", [POOL.stake(5), POOL.unstake(30)], ids=lambda t: t.side)
def test_what_stays_and_what_moves_adds_up(trade):
    tao, alpha = lengths(balances(trade.before, trade.after))
    assert sum(tao) == pytest.approx(max(trade.before.tao_in, trade.after.tao_in))
    assert sum(alpha) == pytest.approx(
        max(trade.before.alpha_in, trade.after.alpha_in)
        + max(trade.before.alpha_out, trade.after.alpha_out)
    )


def test_the_sentence_says_what_stays_too():
    said = str(balances(POOL, POOL.inject(tao=1, alpha=10)))
    assert said.startswith("TAO in the pool rises by 1, alpha in the pool rises by 10")
    assert "alpha with holders stays; the price stays at 0.1 TAO." in said


def test_a_subnet_without_holders_can_be_drawn():
    assert "0 alpha are with holders" in str(balances(Pool(10, 100)))
