"""The tables of the README: the lessons that there are, and the rules of the chain by date."""

from __future__ import annotations

import re
from pathlib import Path

from dtao_edu.lessons.course import Course, read_course
from dtao_edu.lessons.table import course_table
from dtao_edu.simulation.rules import rules_table

BEGIN, END = "<!-- course: begin -->", "<!-- course: end -->"
RULES_BEGIN, RULES_END = "<!-- rules_table: begin -->", "<!-- rules_table: end -->"


def between(text: str, begin: str, end: str, table: str) -> str:
    """Put a table between two marks of a page, in place of what stands there.

    Parameters
    ----------
    text : str
        The page.
    begin, end : str
        The marks.
    table : str
        What is to stand between them, on lines of its own.

    Raises
    ------
    ValueError
        If the page does not have the two marks, once each and in order.
    """
    if len(re.findall(f"{re.escape(begin)}.*?{re.escape(end)}", text, re.DOTALL)) != 1:
        raise ValueError(f"The page must hold {begin} and then {end}, once each.")
    before, _, rest = text.partition(begin)
    return f"{before}{begin}\n{table}\n{end}{rest.partition(end)[2]}"


def with_table(text: str, course: Course) -> str:
    """Put the table of the lessons between its marks of a page."""
    return between(text, BEGIN, END, course_table(course))


def with_rules(text: str) -> str:
    """Put the table of the rules between its marks, on a page that has them."""
    if RULES_BEGIN not in text:
        return text
    return between(text, RULES_BEGIN, RULES_END, rules_table().markdown())


def write(page: Path) -> None:
    """Write the tables of the lessons and of the rules into a page, between their marks."""
    course = read_course(page.resolve().parent / "notebooks")
    text = with_rules(with_table(page.read_text(encoding="utf-8"), course))
    page.write_text(text, encoding="utf-8")
