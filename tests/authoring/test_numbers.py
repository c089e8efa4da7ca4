"""Numbers in prose: each is computed, rounded at most, or given with a source."""

from __future__ import annotations

from pathlib import Path

import pytest

from authoring.numbers import dates, figures, idle, unfounded
from dtao_edu.lessons.lesson import Cell, Lesson


def lesson(
    text: str, source: str = "", output: str = "", sources: str = "", **given: str
) -> Lesson:
    printed = ({"output_type": "stream", "name": "stdout", "text": [output]},)
    cells = (
        Cell(1, "markdown", "# 05 Title"),
        Cell(2, "markdown", text),
        Cell(3, "code", source, outputs=printed),
        Cell(4, "markdown", f"## Sources\n\n{sources}"),
    )
    return Lesson("05_x", "05", "Title", ("do it",), 5, None, (), (), cells, given)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("40,000 and 1,234.5", [40000, 1234.5]),
        ("$40{,}000$ and $7\\,200$", [40000, 7200]),
        ("7_200 rao", [7200]),
        ("3e-4 or $3 \\cdot 10^{-4}$ or 3 × 10^-4", [3e-4, 3e-4, 3e-4]),
        ("10^9 and 10**9", [1e9, 1e9]),
        ("33/65535", [33, 65535]),
        ("half a million, 5.7 million, 40 thousand", [5.7e6, 4e4]),
        ("18 % and 18% and $18\\%$", [18, 18, 18]),
        ("x^2, $x^{12}$, $a_{12}$, L1, v2.0.5, sn64", []),
        ("It ends with 47. And 3rd.", [47, 3]),
        ("$\\frac{33}{65535}$", [33, 65535]),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, values: list[float]) -> None:
    assert [figure.value for figure in figures(text)] == pytest.approx(values)


@pytest.mark.parametrize(
    ("written", "computed", "same"),
    [
        ("16.7", "16.6666", True),
        ("16.6", "16.6666", False),
        ("17", "16.6666", True),
        ("4,700", "4712.3", True),
        ("4,700", "4761", False),
        ("0.5 million", "493120", True),
        ("100", "104", True),
        ("100", "106", False),
        ("33.3 %", "0.33333", True),
        ("33.3 %", "33.33 %", True),
        ("33.3", "0.33333", False),
        ("3e-4", "0.0003", True),
        ("10^9", "1000000000", True),
        ("10^9", "1000001000", False),
    ],
)
def test_a_written_number_may_be_rounded_but_not_wrong(
    written: str, computed: str, same: bool
) -> None:
    (one,), (other,) = figures(written), figures(computed)
    assert one.is_rounded(other) is same


def test_dates_are_taken_out_however_exact() -> None:
    found, rest = dates("On 2025-04-17, 3 May 2025, in June 2025, 4 July, and 2026: May I? 64.")
    assert found == {"2025-04-17", "2025-05-03", "2025-06", "07-04", "2026"}
    assert [figure.value for figure in figures(rest)] == [64]


def test_a_number_from_source_output_or_sources_is_founded() -> None:
    text = "It takes 250 of 1,000 and gives 33.3 %, at a fee of 33/65535 since 2024."
    one = lesson(text, "Pool(1000).stake(250)", "0.33333", "Fee: 33/65535, chain, 2024-07-23.")
    assert unfounded(one) == []


def test_a_number_from_nowhere_is_named() -> None:
    one = lesson("It takes 250 and 77 on 17 April 2025.", "stake(250)", "", "Read 2025-04-18.")
    assert unfounded(one) == ["2025-04-17", "77"]


def test_a_less_exact_date_is_founded_by_an_exact_one() -> None:
    one = lesson("In April 2025, on 17 April, all through 2025.", 'pools("2025-04-17")')
    assert unfounded(one) == []


def test_numbers_of_lessons_exercises_and_lists_are_no_figures() -> None:
    text = (
        "1. See [08 Voting](08.ipynb), [06](06.ipynb), lesson 09, lessons 04 and 07.\n"
        '17. Do exercise 05.2, exercises 05.3 and 05.4 with `check("05.5")`.\n\n## 05 Again'
    )
    assert unfounded(lesson(text)) == []


def test_code_blocks_and_links_are_not_prose_but_formulas_and_names_are() -> None:
    assert unfounded(lesson("```\nx = 77\n```\n[a](b77.html) https://c/78 <!-- 79 -->")) == []
    assert unfounded(lesson("`Pool(77)` and $88$")) == ["77", "88"]


def test_objectives_count_and_times_of_day_are_taken_whole() -> None:
    assert unfounded(lesson("at 14:00", output="2025-02-25 14:00")) == []
    one = lesson("text")
    asking = Lesson(**{**vars(one), "objectives": ("name all 64 seats",)})
    assert unfounded(asking) == ["64"]


def test_numbers_in_html_output_count_and_its_tags_do_not(tmp_path: Path) -> None:
    table = {"output_type": "display_data", "data": {"text/html": "<td width=77>42</td>"}}
    one = lesson("42 but not 77")
    cells = (*one.cells[:2], Cell(3, "code", "show()", outputs=(table,)), one.cells[3])
    assert unfounded(Lesson(**{**vars(one), "cells": cells})) == ["77"]


def test_what_is_given_counts_and_must_be_used() -> None:
    one = lesson("Since July 2025 the fee is 33/65535.", **{"33/65535": "x", "2025-07-23": "x"})
    assert unfounded(one) == []
    assert idle(one) == []
    assert idle(lesson("Nothing.", **{"77": "x", "2025-07-23": "x"})) == ["77", "2025-07-23"]
