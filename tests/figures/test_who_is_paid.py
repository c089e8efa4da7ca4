"""Bars, curve and steps lie where the engine's numbers are."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from dtao_edu import ledger, studies
from dtao_edu.figures.base.style import SizeName
from dtao_edu.figures.who_is_paid import inside_bars, inside_sentence
from dtao_edu.studies.who_is_paid import parts
from tests.helpers.svg import markers, on_axes, paths

THERE = ledger.pools("2025-04-17")


def of(**given):
    pool = THERE[1].pool()
    return studies.inside(1, pool, THERE.root.tao_in, THERE.prices().total, THERE.block, **given)


FOUND = of()


def drawn(picture, place):
    axes = picture.figure.axes[place]
    return [[on_axes(axes, *point) for point in path] for path in paths(picture.front())]


def test_the_bars_are_the_four_parts_and_sum_to_the_whole():
    corners = [point for path in drawn(inside_bars(FOUND), 0) for point in path]
    for place, part in enumerate(parts(FOUND)):
        for side in (-0.35, 0.35):
            corner = pytest.approx((place + side, part), abs=0.02)
            assert any(point == corner for point in corners), place
    assert sum(parts(FOUND)) == pytest.approx(100)


def test_the_curve_is_roots_proportion_and_the_mark_is_now():
    found = of(years=2.0)
    picture = inside_bars(found)
    axes = picture.figure.axes[1]
    (here,) = [on_axes(axes, x, y) for _, x, y in markers(picture.front())]
    assert here == pytest.approx((2.0, 100 * found.now.root_proportion), rel=1e-3)
    years, roots = zip(*((m.years, 100 * m.root_proportion) for m in found.moments), strict=True)
    curve = next(
        path for path in drawn(picture, 1)
        if path[0] == pytest.approx((0, roots[0]), abs=0.1) and len(path) > 20
    )  # fmt: skip
    for x, y in curve:
        assert y == pytest.approx(np.interp(x, years, roots), abs=0.7)


def test_the_steps_fall_where_the_halvings_are():
    axes = inside_bars(FOUND).figure.axes[2]
    for line, name in zip(axes.lines[1:], ("alpha_emission", "tao_emission"), strict=True):
        for moment in FOUND.moments:
            until = [value for x, value in zip(*line.get_data(), strict=True) if x <= moment.years]
            assert until[-1] == getattr(moment, name)


def test_nothing_gives_roots_part_away_before_the_guess():
    hidden = inside_bars(FOUND).front(hidden=True)
    assert "24.0 %" not in hidden
    assert "58.6 %" not in hidden
    assert not markers(hidden)


def test_the_axes_stand_still_over_all_years():
    picture = inside_bars(FOUND)
    key = picture.key()
    for years in (0.5, 3, 9, 12):
        picture.show(of(years=years))
        assert picture.key() == key


def test_the_sentence_says_the_numbers():
    said = inside_sentence(FOUND)
    assert said.startswith("Now, a block of subnet 1 mints 1 alpha: 18.0 % for the owner")
    assert "24.0 % for root, with 58.6 % of the stake weight" in said
    assert "falls by 0.9 %" in said
    assert inside_sentence(of(years=1)).startswith("After 1 year, a block")
    assert inside_sentence(of(years=4)).startswith("After 4 years, a block of subnet 1 mints 0.5")
    assert "part of all held alpha rises by 0.0" in inside_sentence(FOUND._replace(dilution=1e-9))


def test_a_guess_is_marked_over_roots_place():
    picture = inside_bars(FOUND)
    picture.place_guess(33.0)
    front = picture.front()
    assert "your guess" in front
    axes = picture.figure.axes[0]
    ends = [on_axes(axes, *point) for path in paths(front) for point in path]
    assert any(end == pytest.approx((2.6, 33), rel=1e-3) for end in ends)
    picture.place_guess(None)
    assert "your guess" not in picture.front()


@pytest.mark.parametrize("size", ["page", "slide", "phone"])
@pytest.mark.parametrize("guess", [20.0, 23.0, 26.0])
def test_the_name_of_a_guess_never_lies_on_roots_own_part(size: SizeName, guess: float):
    picture = inside_bars(FOUND, size=size)
    picture.place_guess(guess)
    canvas = FigureCanvasAgg(picture.figure)
    boxes = {
        text.get_text(): text.get_window_extent(canvas.get_renderer())
        for text in picture.figure.axes[0].texts
    }
    assert boxes["your guess"].y0 > boxes["24.0 %"].y1
