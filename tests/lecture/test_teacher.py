"""The teacher's page: made from the lesson, and honest about what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from dtao_edu.lecture.teacher import answer, page, teacher_page
from dtao_edu.lessons.lesson import read_lesson
from tests.helpers.lecture import write_lecture
from tests.helpers.lessons import OPENING, code, saved, text


def parts(html: str) -> dict[str, Tag]:
    soup = BeautifulSoup(html, "html.parser")
    return {part.find("h2").get_text(): part for part in soup.find_all("section")}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_lecture(tmp_path)


def test_all_parts_come_from_the_lesson(source: Path) -> None:
    html = page(source)
    found = parts(html)
    predictions = found["Predictions, with answers"].get_text()
    assert "What comes out?" in predictions
    assert "Answer: 200 alpha." in predictions
    assert "Let them vote" not in predictions
    assert len(found["Questions for discussion"].find_all("li")) == 3
    assert "unfair" in found["Questions for discussion"].em
    assert "after it" in found["Usual mistakes"].get_text()
    assert "The inverse of a trade." in found["When time is short, leave out"].get_text()
    assert "05.1 and 05.2" in found["Exercises"].get_text()
    assert 'class="missing"' not in html
    assert "25 minutes as a lecture (9.5 in the notes); 40 minutes alone; builds on" in html
    assert "04 deriving the price; new words: slippage, limit price." in html


def test_the_plan_says_when_each_slide_begins(source: Path) -> None:
    rows = [
        [cell.get_text() for cell in row.find_all("td")]
        for row in parts(page(source))["Plan"].find_all("tr")[1:]
    ]
    assert rows[0] == ["0", "Staking and unstaking", "1"]
    assert rows[2:4] == [
        ["3.5", "What comes out?", "3"],
        ["6.5", "As much code as a slide may hold", "3"],
    ]
    assert rows[-1] == ["9.5", "Much text", "0"]


def test_a_talk_owes_no_exercises_but_shows_what_the_hall_asks(tmp_path: Path) -> None:
    opening = text(OPENING.replace("# 05 ", "# "))
    asked = text("## Questions from the hall\n\n- **Who won?** Nobody can tell.")
    found = parts(page(saved(tmp_path, opening, asked, name="talk.ipynb")))
    assert "Nobody can tell." in found["Questions from the hall"].get_text()
    assert not {"Exercises", "Usual mistakes"} & set(found)
    assert "Questions from the hall" not in parts(page(saved(tmp_path, text(OPENING))))


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    path = saved(tmp_path, text(OPENING), code("predict()", "How much?"))
    said = {title: part.get_text() for title, part in parts(page(path)).items()}
    assert "no cell has the tag 'prediction'" in said["Predictions, with answers"]
    assert "3 of 3 questions are missing" in said["Questions for discussion"]
    assert "no section 'Usual mistakes'" in said["Usual mistakes"]
    assert "no section 'Exercises'" in said["Exercises"]
    assert "dtao_edu, leave_out" in said["When time is short, leave out"]
    assert "The lesson has no slides" in said["Plan"]


def test_too_many_questions_are_too_many(tmp_path: Path) -> None:
    path = saved(tmp_path, text(OPENING), dtao_edu={"discussion": ["A?", "B?", "C?", "D?"]})
    said = parts(page(path))["Questions for discussion"].get_text()
    assert "D?" in said
    assert "There are 4 questions; 3 are enough." in said


def test_a_project_tells_the_teacher_more_and_shows_its_rubric(tmp_path: Path) -> None:
    rubric = "## Rubric\n\n| | sound |\n|---|---|\n| Test | one |\n\n## Sources\n\nBooks."
    about = {"teacher": ["Give each *student* a name."]}
    found = parts(page(saved(tmp_path, text(OPENING), text(rubric), dtao_edu=about)))
    assert found["Before you give it out"].em.get_text() == "student"
    assert found["Rubric"].table is not None
    assert "Books" not in found["Rubric"].get_text()
    alone = text(OPENING.replace("40 alone, 25 as a lecture", "40 alone"))
    plain = parts(page(saved(tmp_path, alone)))
    assert "Plan" not in plain, "it is no lecture, so no slides are missing"
    assert not {"Before you give it out", "Rubric"} & set(plain)


def test_answers_come_from_the_notes_of_cell_or_slide(tmp_path: Path) -> None:
    ask = ("prediction",)
    path = saved(
        tmp_path,
        text(OPENING, "slide", "1 min."),
        text("A?", "slide", "2 min. Wait. Answer: *one*,\nof course.\n\nThen go on.", ask),
        text("B?", "slide", "2 min. It doubles.", ask),
        text("C?", tags=ask),
        text("D?", "skip", tags=ask),
    )
    lesson = read_lesson(path)
    assert [answer(lesson, cell) for cell in lesson.predictions] == [
        ("Answer", "*one*,\nof course."),
        ("Notes", "It doubles."),
        ("Notes", "It doubles."),
        ("", ""),
    ]
    shown = parts(page(path))["Predictions, with answers"]
    assert "cell 5 and its slide have no notes" in shown.find_all("li")[3].get_text()
    assert shown.find_all("li")[0].em
    assert len(shown.select(".missing")) == 1


def test_a_prediction_in_code_shows_its_question_not_its_answer(tmp_path: Path) -> None:
    folded = code("predict(answer=trade.received)", "How much comes out?", "slide")
    folded["metadata"] |= {"tags": ["prediction"], "jupyter": {"source_hidden": True}}
    open_ = code("guess = 5", "", "slide")
    open_["metadata"]["tags"] = ["prediction"]
    shown = parts(page(saved(tmp_path, text(OPENING), folded, open_)))["Predictions, with answers"]
    assert "How much comes out?" in shown.get_text()
    assert "trade.received" not in shown.get_text()
    assert "guess = 5" in shown.get_text()


def test_the_page_stands_alone(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(source.parent)
    made = teacher_page(source)
    assert made == Path("05_staking_and_unstaking.teacher.html")
    html = made.read_text(encoding="utf-8")
    assert "default-src 'none'" in html
    assert "@font-face" in html
    assert "<script" not in html
    assert 'src="http' not in html


def test_a_talk_has_a_page_too(tmp_path: Path) -> None:
    path = saved(tmp_path, text("# The story", "slide", "3 min. Go."), name="talk.ipynb")
    html = page(path)
    assert "<h1>The story<small>" in html
    assert "The story</td><td>3</td>" in html
