"""The talk: fifteen slides in thirty minutes, whose numbers, spoken ones too, are computed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from authoring.numbers import dates, figures, ground
from dtao_edu.lecture.code_on_slides import shown_code
from dtao_edu.lecture.rendered import MINUTES
from dtao_edu.lessons.lesson import Slide, count_words, read_lesson

TALK = read_lesson(Path(__file__).resolve().parents[2] / "notebooks" / "talk.ipynb")
WORDS_A_MINUTE = 130  # of somebody who speaks slowly; guesses and looks take the rest
GUESSING = 0.5  # minutes until the hands are down


def named(slide: Slide) -> str:
    return slide.cells[0].source.splitlines()[0]


def minutes(slide: Slide) -> float:
    match = MINUTES.match(slide.notes)
    assert match, named(slide)
    return float(match[1])


def test_fifteen_slides_in_thirty_minutes() -> None:
    assert len(TALK.slides) == 15
    assert sum(map(minutes, TALK.slides)) == TALK.minutes_lecture == 30
    assert TALK.purpose


def test_the_hall_predicts_three_or_four_times_and_the_picture_waits() -> None:
    asked = [slide for slide in TALK.slides if any(cell.is_prediction for cell in slide.cells)]
    assert 3 <= len(asked) <= 4
    for slide in asked:
        assert "Answer: " in slide.notes
        assert slide.cells[-1].outputs_hidden
        assert any("image/png" in one.get("data", {}) for one in slide.cells[-1].outputs)


@pytest.mark.parametrize("slide", TALK.slides, ids=named)
def test_a_slide_has_few_words_no_code_and_one_large_picture_at_most(slide: Slide) -> None:
    assert slide.words <= 40
    assert not any(shown_code(cell) for cell in slide.cells if cell.kind == "code")
    assert all(cell.source_hidden for cell in slide.cells if cell.kind == "code")
    pictures = [
        cell
        for cell in slide.cells
        if any("image/png" in one.get("data", {}) for one in cell.outputs)
    ]
    assert len(pictures) <= 1
    assert all('size="slide"' in cell.source for cell in pictures)


@pytest.mark.parametrize("slide", TALK.slides, ids=named)
def test_what_is_said_fits_into_its_minutes(slide: Slide) -> None:
    asks = any(cell.is_prediction for cell in slide.cells)
    needed = count_words(MINUTES.sub("", slide.notes)) / WORDS_A_MINUTE + GUESSING * asks
    assert 0.5 * minutes(slide) <= needed <= minutes(slide)


@pytest.mark.parametrize("slide", TALK.slides, ids=named)
def test_every_number_that_is_said_is_computed_or_given(slide: Slide) -> None:
    base = ground(TALK.code, [*TALK.given, TALK.section("Sources")])
    said = re.sub(r"\blessons? \d\d", "", MINUTES.sub("", slide.notes), flags=re.IGNORECASE)
    asked, rest = dates(said)
    known = figures(base)
    missing = [one.text for one in figures(rest) if not any(one.is_rounded(it) for it in known)]
    assert not [text for text in missing if text not in ("0", "1", "2", "13")]
    assert all(any(day in date for date in dates(base)[0]) for day in asked)
