"""The picture of a day's errors draws what the clues say."""

from __future__ import annotations

import pytest

from dtao_edu import studies
from dtao_edu.engine.errors import InputError
from dtao_edu.figures.paid_days import error_ranges

CLUES = studies.day_clues("2025-09-18", [62, 50, 41])


def test_each_row_has_its_range_and_its_mark() -> None:
    picture = error_ranges(CLUES)
    drawn = [line for line in picture.figure.axes[0].lines if len(line.get_ydata()) in (1, 2)]
    bars = [line for line in drawn if line.get_solid_capstyle() == "butt"][: len(CLUES)]
    for bar, clue in zip(bars, CLUES, strict=True):
        ends = [clue.tao_a_day(clue.low), clue.tao_a_day(clue.high)]
        assert list(bar.get_xdata()) == pytest.approx(ends)
    marks = [line for line in drawn if line.get_marker() in ("o", "D") and len(line.get_xdata())]
    assert [line.get_marker() for line in marks] == ["D", "o", "o"], "shape tells it without colour"
    for mark, clue in zip(marks, CLUES, strict=True):
        assert mark.get_xdata()[0] == pytest.approx(clue.tao_a_day(clue.implied))


def test_the_sentence_counts_what_is_inside() -> None:
    assert "Of 3 errors the hour of the moves can explain 2 (subnets 50, 41)" in str(
        error_ranges(CLUES)
    )


def test_without_clues_there_is_no_picture() -> None:
    with pytest.raises(InputError, match="clues"):
        error_ranges([])
