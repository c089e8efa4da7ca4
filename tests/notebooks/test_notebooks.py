"""Every committed notebook, without a kernel: its form, its pictures, and what a lesson owes."""

from __future__ import annotations

from pathlib import Path

import pytest

from authoring.normal_form import form_faults
from authoring.review import RULES, Rule, picture_faults
from dtao_edu.lessons.course import read_course
from dtao_edu.lessons.lesson import Lesson

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted([*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "exercises").rglob("*.ipynb")])
NOTEBOOKS = [path for path in NOTEBOOKS if ".ipynb_checkpoints" not in path.parts]
COURSE = read_course(ROOT / "notebooks")


def named(value: object) -> str:
    if isinstance(value, Path):
        return value.relative_to(ROOT).as_posix()
    return value.name if isinstance(value, Lesson) else getattr(value, "__name__", str(value))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_the_notebook_is_in_the_one_form(path: Path) -> None:
    assert form_faults(path) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_pictures_have_words_and_links_lead_somewhere(path: Path) -> None:
    assert list(picture_faults(path)) == []


@pytest.mark.parametrize("lesson", COURSE.lessons, ids=named)
@pytest.mark.parametrize("rule", RULES, ids=named)
def test_the_lesson_keeps_the_rule(lesson: Lesson, rule: Rule) -> None:
    assert list(rule(lesson, COURSE)) == []


def test_the_course_has_lessons() -> None:
    stored = {path.name[:2] for path in NOTEBOOKS if path.name[:2].isdigit()}
    assert COURSE.lessons[0].number == "00"
    assert {lesson.number for lesson in COURSE.lessons} >= stored
