"""The table of the course in the README, made from the notebooks that there are.

On the command line, ``python -m dtao_edu.classroom.table README.md`` writes it anew between its
two marks.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from .lesson import Lesson
from .review import Course, read_course

BEGIN, END = "<!-- course: begin -->", "<!-- course: end -->"


def course_table(course: Course, start: Path | None = None) -> str:
    """Give the course as a Markdown table, one row a lesson, with links to lesson and exercises.

    Parameters
    ----------
    course : Course
        The lessons.
    start : Path, optional
        The folder of the page that shows the table; the folder above the lessons' if not given.

    Returns
    -------
    str
        The table, without a line's end at its end.
    """
    rows = [_row(lesson, course, start or course.folder.parent) for lesson in course.lessons]
    head = ["| lesson | afterwards you can | minutes alone | lecture | exercises |"]
    return "\n".join([*head, "|---|---|---|---|---|", *rows])


def link(text: str, page: Path, start: Path) -> str:
    """Write a Markdown link to a page from the folder of another."""
    return f"[{text}]({Path(os.path.relpath(page, start)).as_posix()})"


def named(lesson: Lesson) -> str:
    """Give a lesson's number, if it has one, and its title."""
    return f"{lesson.number} {lesson.title}" if lesson.number.isdigit() else lesson.title


def _row(lesson: Lesson, course: Course, start: Path) -> str:
    file = f"{lesson.name}.ipynb"
    exercises = course.folder.parent / "exercises" / file
    cells = (
        link(named(lesson), course.folder / file, start),
        lesson.objectives[0].rstrip("."),
        str(lesson.minutes or ""),
        str(lesson.minutes_lecture or ""),
        link(lesson.number, exercises, start) if exercises.is_file() else "",
    )
    return f"| {' | '.join(cells)} |"


def with_table(text: str, course: Course) -> str:
    """Put the table between the marks of a page.

    Raises
    ------
    ValueError
        If the page does not have the two marks, once each and in order.
    """
    if len(re.findall(f"{BEGIN}.*?{END}", text, re.DOTALL)) != 1:
        raise ValueError(f"The page must hold {BEGIN} and then {END}, once each.")
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n{course_table(course)}\n{END}{rest.partition(END)[2]}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table into the page named, README.md if none is."""
    named = sys.argv[1:] if arguments is None else list(arguments)
    page = Path(named[0] if named else "README.md")
    course = read_course(page.resolve().parent / "notebooks")
    page.write_text(with_table(page.read_text(encoding="utf-8"), course), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
