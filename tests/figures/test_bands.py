"""Bands, ranges and shares beside what they should be: what is drawn is what was given."""

from __future__ import annotations

import pytest

from dtao_edu.engine.errors import InputError
from dtao_edu.figures.charts.bands import LOOKS, against, bands, spreads

SELL = ([9.0, 2.0], [9.0, 3.0], [9.0, 5.0])
KEEP = ([9.0, 4.0], [9.0, 6.0], [9.0, 8.0])


def test_a_band_is_drawn_from_edge_to_edge_with_its_median():
    ax = bands([0, 30], {"sell": SELL, "keep": KEEP}, x="days", y="TAO").figure.axes[0]
    assert [list(line.get_ydata()) for line in ax.lines] == [SELL[1], KEEP[1]]
    reach = [
        (area.get_paths()[0].vertices[:, 1].min(), area.get_paths()[0].vertices[:, 1].max())
        for area in ax.collections
    ]
    assert reach == [(2, 9), (4, 9)]
    assert len({area.get_hatch() for area in ax.collections}) == 2  # told apart in grey


def test_names_of_bands_that_end_together_do_not_meet():
    picture = bands([0, 1], {"a": SELL, "b": SELL, "c": SELL}, x="days", y="TAO")
    places = sorted(text.get_position()[1] for text in picture.figure.axes[0].texts)
    low, high = picture.figure.axes[0].get_ylim()
    assert min(places[1] - places[0], places[2] - places[1]) > (high - low) * 0.05


def test_the_sentence_of_bands_says_where_they_end():
    said = str(bands([0, 30], {"sell": SELL}, x="days", y="TAO"))
    assert said == "At the end: sell, 3 in the median, most runs from 2 to 5."


def test_a_row_is_drawn_from_its_low_to_its_high_with_a_dot_at_its_median():
    rows = {"vote": (1.0, 2.0, 4.0), "price": (2.0, 3.0, 9.0)}
    ax = spreads(rows, x="%").figure.axes[0]
    ranges = [line for line in ax.lines if len(line.get_xdata()) == 2]
    assert [tuple(line.get_xdata()) for line in ranges] == [(1, 4), (2, 9)]
    assert [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"] == [2, 3]
    assert [text.get_text() for text in ax.get_yticklabels()] == ["vote", "price"]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]  # the first row on top


def test_names_of_rows_stay_within_the_picture():
    rows = {f"a rather long name of a row, {n}": (1.0, 2.0, 3.0) for n in range(12)}
    figure = spreads(rows, x="%").figure
    figure.draw_without_rendering()
    ax, width = figure.axes[0], figure.get_size_inches()[0] * 72
    for text in ax.get_yticklabels():
        box = text.get_window_extent()
        assert 0 <= box.x0 < box.x1 < width


def test_what_was_got_stands_beside_what_should_be():
    series = {"vote": ([60, 20], [65, 35], [80, 40]), "price": ([50, 40], [55, 45], [60, 50])}
    picture = against([70, 30], series, names=["1", "2"], what="worth", x="subnet", y="%")
    ax = picture.figure.axes[0]
    flat = [list(line.get_ydata()) for line in ax.lines if list(line.get_ydata())]
    assert flat[:2] == [[70, 70], [30, 30]]
    assert [60, 80] in flat
    assert [65, 35] in flat
    assert {line.get_marker() for line in ax.lines} >= {LOOKS[0]["marker"], LOOKS[1]["marker"]}
    assert "by price 55 in the median (50 to 60)" in str(picture)


@pytest.mark.parametrize(
    "call",
    [
        lambda: bands([0, 1], {}, x="", y=""),
        lambda: bands([0], {"a": ([1], [1], [1])}, x="", y=""),
        lambda: bands([0, 1, 2], {"a": SELL}, x="", y=""),
        lambda: bands([0, 1], dict.fromkeys("abcd", SELL), x="", y=""),
        lambda: spreads({}, x=""),
        lambda: against([1], {}, names="1", what="", x="", y=""),
        lambda: against([1], {"a": SELL}, names="1", what="", x="", y=""),
    ],
)
def test_what_cannot_be_drawn_is_refused(call):
    with pytest.raises(InputError):
        call()
