"""The course as a table, made from the lessons that there are."""

from __future__ import annotations

import os
from pathlib import Path

from ..practice.exercise.question import EXERCISE_RATE
from ..wording import markdown
from .course import Course, exercises_file
from .lesson import RATE, Lesson


def course_table(course: Course, start: Path | None = None) -> str:
    """Give the course as a Markdown table, one row a lesson, with links to lesson and exercises.

    What has no number, such as the talk, is no lesson: it stands in a second table, with what it
    is for. Below stands the rate by which minutes are counted.

    Parameters
    ----------
    course : Course
        The lessons.
    start : Path, optional
        The folder of the page that shows the table; the folder above the lessons' if not given.
    """
    start = start or course.folder.parent
    beside = [one for one in course.lessons if not one.is_numbered]
    head = ("lesson", "afterwards you can", "minutes alone", "lecture", "exercises")
    parts = [
        markdown(head, [_row(one, course, start) for one in course.lessons if one.is_numbered])
    ]
    if beside:
        head_beside = ("beside the lessons", "what it is for", "minutes")
        parts.append(markdown(head_beside, [_row_beside(one, course, start) for one in beside]))
    return "\n\n".join([*parts, f"{RATE} {EXERCISE_RATE}"])


def link(text: str, page: Path, start: Path) -> str:
    """Write a Markdown link to a page from the folder of another."""
    return f"[{text}]({Path(os.path.relpath(page, start)).as_posix()})"


def use(lesson: Lesson) -> str:
    """Say in a few words what a lesson, or a notebook beside the lessons, is for."""
    return (lesson.purpose or lesson.objectives[0]).rstrip(".")


def _row_beside(lesson: Lesson, course: Course, start: Path) -> tuple[str, str, str]:
    times = {"alone": lesson.minutes, "as a lecture": lesson.minutes_lecture}
    told = ", ".join(f"{minutes} {how}" for how, minutes in times.items() if minutes)
    name = link(lesson.title, course.folder / f"{lesson.name}.ipynb", start)
    return name, use(lesson), told


def _row(lesson: Lesson, course: Course, start: Path) -> tuple[str, ...]:
    file = f"{lesson.name}.ipynb"
    exercises = course.folder.parent / exercises_file(lesson.number)
    return (
        link(lesson.full_title, course.folder / file, start),
        use(lesson),
        str(lesson.minutes or ""),
        str(lesson.minutes_lecture or ""),
        link(lesson.number, exercises, start) if exercises.is_file() else "",
    )
