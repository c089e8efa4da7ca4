"""The table of the course in the README, made from the notebooks that there are."""

from __future__ import annotations

import re
from pathlib import Path

from dtao_edu.lessons.course import Course, read_course
from dtao_edu.lessons.table import course_table

BEGIN, END = "<!-- course: begin -->", "<!-- course: end -->"


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


def write(page: Path) -> None:
    """Write the table of the lessons beside a page into it, between its two marks.

    Parameters
    ----------
    page : Path
        The page; the lessons lie in the folder ``notebooks`` beside it.
    """
    course = read_course(page.resolve().parent / "notebooks")
    page.write_text(with_table(page.read_text(encoding="utf-8"), course), encoding="utf-8")
