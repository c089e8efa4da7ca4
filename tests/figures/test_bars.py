"""Named bars: as long as their numbers, in the order given, all of them in the sentence."""

from __future__ import annotations

import pytest

from dtao_edu.engine.errors import InputError
from dtao_edu.figures.charts.bars import bars


def test_each_bar_is_as_long_as_its_number_and_says_it() -> None:
    picture = bars({"one": 21.0, "two\nlines": 44.0}, x="part, %", format_value="{:.0f} %".format)
    ax = picture.figure.axes[0]
    assert [bar.get_width() for bar in ax.patches] == [21, 44]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["one", "two\nlines"]
    assert [text.get_text() for text in ax.texts] == ["21 %", "44 %"]
    assert ax.get_ylim()[0] > ax.get_ylim()[1], "the first on top"
    assert str(picture) == "part, %: one 21 %, two lines 44 %."


def test_a_line_that_matters_is_on_the_picture_even_beyond_the_bars() -> None:
    ax = bars({"one": 21.0}, line=(50, "half")).figure.axes[0]
    assert ax.get_xlim() == (0, 50)
    assert ax.texts[-1].get_text() == "half"


def test_what_is_not_meant_differs_in_more_than_colour() -> None:
    first, second = bars({"a": 1.0, "b": 2.0}, highlight=["b"]).figure.axes[0].patches
    assert first.get_hatch()
    assert not second.get_hatch()


@pytest.mark.parametrize("values", [{}, {"a": -1.0}, {str(n): 1.0 for n in range(9)}])
def test_too_few_too_many_or_negative(values: dict[str, float]) -> None:
    with pytest.raises(InputError, match="one to eight names"):
        bars(values)


def test_only_nothing_still_has_an_axis() -> None:
    assert bars({"a": 0.0}).figure.axes[0].get_xlim() == (0, 1)
