"""Numbers, days and tables in words."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu.wording import Table, columns, day_in_words, markdown, number, percent


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(0, 5, "0"), (12345.678, 3, "12,346"), (0.000123456, 3, "0.000123"), (-2.50, 5, "-2.5"),
     (float("inf"), 5, "inf"), (999.9996, 5, "1,000"), (-1e-12, 2, "-1e-12"),
     (10**21, 3, "1,000,000,000,000,000,000,000"), (Fraction(6, 3), 3, "2")],
)  # fmt: skip
def test_numbers_in_words(value: float, digits: int, text: str) -> None:
    assert number(value, digits) == text


@given(
    value=st.floats(1e-9, 1e15) | st.floats(-1e15, -1e-9) | st.integers(-(10**20), 10**20),
    digits=st.integers(1, 12),
)
def test_a_number_in_words_reads_as_the_number_to_so_many_digits(value: float, digits: int) -> None:
    read = float(number(value, digits).replace(",", ""))
    assert isclose(read, value, rel_tol=0.51 * 10 ** (1 - digits), abs_tol=0)


def test_small_parts_do_not_read_as_nothing() -> None:
    assert percent(0.000_05) == "0.005 %"
    assert percent(-0.5) == "-50.0 %"


@pytest.mark.parametrize(
    ("part", "text"),
    [(0.461, "46.1 %"), (-0.013, "-1.3 %"), (0.0059, "0.59 %"), (0.000_05, "0.005 %"), (0, "0.0 %"),
     (-1e-17, "0.0 %")],
)  # fmt: skip
def test_a_column_of_percents_tells_small_parts_apart(part: float, text: str) -> None:
    assert percent(part, fine=True) == text


@given(day=st.dates(date(1, 1, 1), date(9999, 12, 30)))
def test_a_day_in_words_is_that_day_in_any_form(day: date) -> None:
    assert day_in_words(day) == day_in_words(day.isoformat())
    assert day_in_words(day) != day_in_words(day + timedelta(days=1))
    assert day_in_words(day).split()[::2] == [str(day.day), str(day.year)]


@given(
    rows=st.integers(1, 5).flatmap(
        lambda wide: st.lists(
            st.lists(st.text("ab 1", max_size=6), min_size=wide, max_size=wide), min_size=1
        )
    ),
    left=st.integers(0, 5),
)
def test_cells_of_a_column_begin_or_end_below_each_other(rows: list[list[str]], left: int) -> None:
    lines = columns(rows, left).split("\n")
    assert len(lines) == len(rows)
    start = 0
    for place, cells in enumerate(zip(*rows, strict=True)):
        width = max(map(len, cells))
        for line, cell in zip(lines, cells, strict=True):
            shown = line.ljust(start + width)[start : start + width]
            assert shown == (cell.ljust(width) if place < left else cell.rjust(width))
        start += width + 2


def test_a_table_prints_itself_as_text_and_as_markdown() -> None:
    table = Table(("attack", "TAO"), (("pump", "5,000"), ("bribe", "6")), 1)
    assert str(table) == repr(table) == "attack    TAO\npump    5,000\nbribe       6"
    lines = table._repr_markdown_().splitlines()
    assert lines == ["| attack | TAO |", "| :--- | ---: |", "| pump | 5,000 |", "| bribe | 6 |"]


def test_a_markdown_table_without_a_side_says_none() -> None:
    assert markdown(("day", "n"), [("Monday", 1)]).splitlines()[1] == "|---|---|"
