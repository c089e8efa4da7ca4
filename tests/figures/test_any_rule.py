"""A day's shares under a rule: what is drawn is what was computed."""

from __future__ import annotations

import pytest

from dtao_edu import ledger
from dtao_edu.figures.any_rule import SHOWN, day_shares
from dtao_edu.studies.any_rule import day_by_rule

GATE = ledger.pools("2026-08-07")


@pytest.mark.parametrize(
    "shown",
    [day_by_rule(GATE), day_by_rule(GATE, bar=1), day_by_rule(GATE, "price", switches=False)],
)
def test_bars_line_dots_and_distance_are_those_of_the_day(shown):
    picture = day_shares(shown)
    shares, gauge = picture.figure.axes
    order = list(shown.price.top(SHOWN))
    drawn = [list(patch.get_data().values) for patch in shares.patches]
    assert [100 * shown.shares[n] for n in order] in drawn
    assert [100 * shown.price[n] for n in order] in drawn
    dots = next(
        line for line in shares.lines if line.get_marker() == "." and len(line.get_ydata()) > 1
    )
    assert list(dots.get_ydata()) == [100 * shown.paid[n] for n in order]
    assert max(*drawn[0], *drawn[1], *dots.get_ydata()) <= shares.get_ylim()[1]
    points = {line.get_marker(): list(line.get_ydata()) for line in gauge.lines}
    assert points == {"o": [shown.price_distance], "D": [shown.distance]}
    assert f"{shown.distance:.4f}" in str(picture)


def test_the_bar_is_where_half_passes_and_is_gone_without_a_gate():
    shown = day_by_rule(GATE)
    picture = day_shares(shown)
    bar = next(line for line in picture.figure.axes[0].lines if line.get_linestyle() == "--")
    assert set(bar.get_ydata()) == {100 * shown.theta}
    picture.show(day_by_rule(GATE, "price"))
    assert not list(bar.get_ydata())


def test_a_day_without_payments_has_no_dots_and_says_so():
    picture = day_shares(day_by_rule(ledger.pools("2026-04-11")))
    assert not any(len(line.get_ydata()) for line in picture.figure.axes[1].lines)
    assert str(picture).endswith("What was paid is not known.")


def test_a_guess_stands_at_the_dearest_subnet():
    picture = day_shares(day_by_rule(GATE))
    cross = next(line for line in picture.figure.axes[0].lines if line.get_marker() == "x")
    picture.place_guess(9.0)
    assert (list(cross.get_xdata()), list(cross.get_ydata())) == ([1], [9.0])
    picture.place_guess(None)
    assert not list(cross.get_xdata())
