"""Votes made of misconceptions, plans that come out, and the answers to the exercises."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from dtao_edu.cli import main
from dtao_edu.lecture.hour import PLANS, exercise_answers, steps
from dtao_edu.lecture.rendered import rendered_slides
from dtao_edu.lecture.slides import read_lecture
from dtao_edu.lecture.teacher import page
from dtao_edu.lecture.votes import LETTERS, MINUTES, votes
from dtao_edu.practice import bank, task

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
LECTURES = [
    path
    for path in sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))
    if read_lecture(path).slides and path.stem[:2] in bank.lessons()
]


@pytest.mark.parametrize("path", LECTURES, ids=lambda path: path.stem)
def test_each_lecture_has_two_votes_made_of_its_misconceptions(path: Path) -> None:
    asked = votes(path.stem[:2])
    assert len(asked) == 2
    for vote in asked:
        letters = [one.letter for one in vote.options]
        assert letters == list(LETTERS[: len(letters)])
        assert len({one.words for one in vote.options}) == len(letters) >= 3
        assert [one.misconception for one in vote.options].count("") == 1, "one is right"
        known = {one.name for one in bank.find(vote.exercise).misconceptions}
        for one in vote.options:
            assert bool(one.consequence) == bool(one.misconception)
            assert not one.misconception or one.misconception in known
    answer = task(bank.find(asked[0].exercise), "practice").answer
    assert asked[0].right.words in answer


@pytest.mark.parametrize("total", PLANS)
@pytest.mark.parametrize("path", LECTURES, ids=lambda path: path.stem)
def test_a_plan_comes_out_and_adds_no_slide(path: Path, total: int) -> None:
    lesson = read_lecture(path)
    slides = rendered_slides(lesson, path.parent)
    made = steps(slides, votes(lesson.number), lesson.number, total)
    assert sum(step.minutes for step in made) == pytest.approx(total)
    replaced = [int(n) for step in made for n in re.findall(r"in place of slide (\d+)", step.words)]
    shown = [
        range(int(first), int(last or first) + 1)
        for step in made
        for first, last in re.findall(r"^Slides? (\d+)(?: to (\d+))?$", step.words)
    ]
    places = sorted([*replaced, *(n for numbers in shown for n in numbers)])
    assert places == list(range(1, len(slides) + 1)), "each slide once, or a vote in its place"
    assert sum(step.minutes for step in made if "Vote on" in step.words) == MINUTES * len(replaced)


def test_the_teachers_page_holds_the_answers_to_the_exercises() -> None:
    html = unescape(exercise_answers("05"))
    for exercise in bank.exercises("05"):
        one = task(exercise, "practice")
        assert exercise.title in html
        assert all(known.name in html for known in exercise.misconceptions)
        assert one.answer.split(" ")[0] in html
    assert exercise_answers("talk") == ""
    assert "Answers to the exercises" in page(NOTEBOOKS / "05_staking_and_unstaking.ipynb")


def test_the_page_says_what_of_the_left_out_is_on_no_slide() -> None:
    path = NOTEBOOKS / "05_staking_and_unstaking.ipynb"
    lesson = read_lecture(path)
    headings = {words for cell in lesson.cells for _, words in cell.headings}
    titles = {slide.title for slide in rendered_slides(lesson, path.parent)}
    html = page(path)
    for words in ("The inverse of a trade",):
        if words in headings - titles and words in html:
            assert f"{words} (in the notebook; it is on no slide)" in html


def test_a_lesson_without_exercises_has_no_page_of_votes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["votes", "talk", "--output", str(tmp_path / "votes.html")]) == 1
    assert "exercises to vote on" in capsys.readouterr().err
    assert main(["votes", "05", "--output", str(tmp_path / "votes.html")]) == 0
    html = (tmp_path / "votes.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in html
    assert html.count("<section>") == 2
