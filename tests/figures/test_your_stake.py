"""A year of a stake: what is drawn is what was computed, and the labels do not meet."""

from __future__ import annotations

import pytest

from dtao_edu import ledger, studies
from dtao_edu.figures.your_stake import year_lines

DAY = ledger.pools("2026-08-07")
POOL, ROOT = DAY[120].pool(), DAY.root.tao_in


@pytest.mark.parametrize("price", [0.1, 1.0, 3.0])
def test_lines_and_points_are_those_of_the_year(price):
    year = studies.stake_year(POOL, 100, ROOT, price=price)
    picture = year_lines(year)
    ax, gauge = picture.figure.axes
    drawn = [list(line.get_ydata()) for line in ax.lines]
    assert list(year.back) in drawn
    assert [year.paid] * 2 in drawn
    assert max(max(line) for line in drawn if line) <= ax.get_ylim()[1]
    points = {line.get_marker(): list(line.get_ydata()) for line in gauge.lines}
    assert points["o"] == [100 * year.alpha_yield]
    assert points["D"] == [100 * year.tao_yield]
    low, high = gauge.get_ylim()
    names = sorted(text.get_position()[1] for text in gauge.texts if "in" in text.get_text())
    assert names[-1] - names[-2] >= 0.05 * (high - low)


def test_the_sentence_tells_both_yields():
    year = studies.stake_year(POOL, 100, ROOT, price=0.5)
    said = str(year_lines(year))
    assert "22.5 % more" in said
    assert said.endswith("38.8 % less than you paid.")
    assert "sold on the way" in str(year_lines(studies.stake_year(POOL, 100, ROOT, plan="sell")))
