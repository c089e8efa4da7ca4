"""Lines and coalitions: what is drawn is what was given."""

from __future__ import annotations

import pytest

from dtao_edu import ledger, studies
from dtao_edu.engine.errors import InputError
from dtao_edu.figures.charts.lines import LOOKS, lines
from dtao_edu.figures.coalition_moves import coalition_ranges

UP = ([0, 1, 2], [1.0, 2.0, 5.0])
FLAT = ([0, 2], [4.9, 4.9])


def test_lines_are_drawn_as_given_and_told_apart_without_colour():
    picture = lines({"Up": UP, "Flat": FLAT}, x="days", y="TAO per alpha")
    drawn = picture.figure.axes[0].lines
    assert [list(line.get_ydata()) for line in drawn] == [UP[1], FLAT[1]]
    assert len({line.get_linestyle() for line in drawn}) == 2
    assert "Flat: 4.9 all along." in str(picture)


def test_names_at_the_ends_of_lines_do_not_meet():
    picture = lines({"Up": UP, "Flat": FLAT}, x="days", y="TAO per alpha")
    places = sorted(text.get_position()[1] for text in picture.figure.axes[0].texts)
    low, high = picture.figure.axes[0].get_ylim()
    assert places[1] - places[0] > (high - low) * 0.05


@pytest.mark.parametrize(
    "series", [{}, {"One": ([0], [1])}, {"Uneven": ([0, 1], [1])}, dict.fromkeys("abcde", UP)]
)
def test_what_cannot_be_drawn_as_lines_is_refused(series):
    with pytest.raises(InputError, match="series"):
        lines(series, x="days", y="TAO")


def test_there_is_a_look_for_every_line_and_all_differ():
    assert len({(look["color"], str(look["ls"])) for look in LOOKS}) == len(LOOKS)


def test_a_coalition_is_drawn_from_its_least_to_its_greatest():
    vote = ledger.root_vote("2024-11-24").network()
    all_of_them = [studies.coalition_moves(vote, k) for k in (1, 2, 3)]
    picture = coalition_ranges(all_of_them)
    bars = [line for line in picture.figure.axes[0].lines if len(line.get_xdata()) == 2][1:]
    for bar, one in zip(bars, all_of_them, strict=True):
        assert list(bar.get_xdata()) == pytest.approx([100 * one.least, 100 * one.greatest])
    assert "3 validators move 46" in str(picture)
    with pytest.raises(InputError, match="coalitions"):
        coalition_ranges([])
