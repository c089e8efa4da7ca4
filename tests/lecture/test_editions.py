"""For whom slides are made: speaker, date and link; handouts whose answers come last; students."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dtao_edu.engine.errors import InputError
from dtao_edu.lecture.rendered import HALL
from dtao_edu.lecture.slides import Edition, Occasion, deck, read_lecture, slides
from tests.helpers.lecture import SENTENCE, write_lecture

TALK = Path(__file__).parents[2] / "notebooks" / "talk.ipynb"


def made(tmp_path: Path, edition: Edition, occasion: Occasion | None = None) -> list[str]:
    """Return the slides of the small lecture, each as HTML."""
    path = write_lecture(tmp_path)
    html = deck(read_lecture(path), path.parent, edition, occasion or Occasion())
    return re.findall(
        r'<div class="leaf.*?</section>.*?</div>(?=\n<div class="leaf|\n</main>)', html, re.S
    )


def test_speaker_date_and_link_stand_where_they_belong(tmp_path: Path) -> None:
    occasion = Occasion("Ada <Lovelace>", "3 December 2026", "https://talks.test/course?a=1&b=2")
    first, *between, last = made(tmp_path, Edition.SLIDES, occasion)
    assert "Ada &lt;Lovelace&gt;, 3 December 2026" in first
    assert "talks.test/course?a=1&amp;b=2</a>" in last
    assert 'aria-label="QR code of https://talks.test/course' in last
    assert not any("talks.test" in slide or "Lovelace" in slide for slide in between)


def test_the_qr_code_holds_the_link(tmp_path: Path) -> None:
    import segno

    link = "https://example.org/course"
    expected = segno.make(link, error="m", micro=False).svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True
    )
    assert expected in made(tmp_path, Edition.SLIDES, Occasion(link=link))[-1]


@pytest.mark.parametrize("link", ["example.org", "javascript:alert(1)", "https://a b", "file:///x"])
def test_another_link_is_refused(link: str) -> None:
    with pytest.raises(InputError, match="begins with https"):
        Occasion(link=link)


def test_the_licence_stands_on_the_first_and_the_last_slide(tmp_path: Path) -> None:
    licensed = ["CC BY 4.0" in slide for slide in made(tmp_path, Edition.SLIDES)]
    assert licensed == [True, False, False, False, False, True]


@pytest.mark.parametrize("edition", [Edition.HANDOUT, Edition.LARGE])
def test_a_handout_has_its_answers_on_the_last_pages(tmp_path: Path, edition: Edition) -> None:
    all_of_them = made(tmp_path, edition)
    asking, answers = all_of_them[:6], all_of_them[6:]
    assert not any(SENTENCE in slide for slide in asking)
    assert SENTENCE in "".join(answers)
    assert all("answer to slide 3 / 6" in slide for slide in answers)
    assert not any('class="notes"' in slide for slide in all_of_them)
    assert all('class="lines"' in slide for slide in asking)
    assert not any('class="lines"' in slide for slide in answers)


def test_students_get_neither_notes_nor_answers(tmp_path: Path) -> None:
    slides_of = made(tmp_path, Edition.STUDENTS)
    assert len(slides_of) == 6
    text = "".join(slides_of)
    assert 'class="notes"' not in text
    assert "Answer:" not in text
    assert SENTENCE not in text


def test_the_lecturers_slides_hold_all(tmp_path: Path) -> None:
    text = "".join(made(tmp_path, Edition.SLIDES))
    assert SENTENCE in text
    assert "Answer: 200 alpha" in text


def test_questions_from_the_hall_are_in_the_notes_of_the_last_slide() -> None:
    lesson = read_lecture(TALK)
    html = deck(lesson, TALK.parent)
    notes = re.findall(r'<aside class="notes">(.*?)</aside>', html, re.S)
    assert f"<details><summary>{HALL}</summary>" in notes[-1]
    assert not any(HALL in said for said in notes[:-1])
    for_students = deck(lesson, TALK.parent, Edition.STUDENTS)
    assert f"<summary>{HALL}</summary>" not in for_students


def test_two_editions_at_once_are_refused(tmp_path: Path) -> None:
    path = write_lecture(tmp_path)
    with pytest.raises(InputError, match="one of them at a time"):
        slides(path, tmp_path / "a.html", notes=True, students=True)
    assert not (tmp_path / "a.html").exists()


def test_a_playground_that_is_not_there_is_refused_before_anything_is_drawn(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="stake_unstake"):
        slides(write_lecture(tmp_path), tmp_path / "a.html", live="no_such", draw=False)
