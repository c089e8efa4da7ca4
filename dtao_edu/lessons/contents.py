"""The table of contents that lesson 00 shows: all lessons, what else there is, and three paths.

It is read from the lessons themselves, so that it can neither lag behind nor lead nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..engine.errors import InputError
from ..wording import markdown
from .course import Course, course_data, course_folder, read_course
from .table import course_table, link, use

PATHS = {
    name: tuple((when, tuple(numbers)) for when, *numbers in parts)
    for name, parts in course_data()["paths"].items()
}
"""Each path as its parts: when, and the numbers of the lessons."""


@dataclass(frozen=True)
class Contents:
    """A table of lessons, as Markdown with links and as plain text.

    Attributes
    ----------
    table : str
        The Markdown table.
    lines : tuple of str
        The same without links, one row a line.
    title : str
        Under this title a notebook shows the table folded; without one it shows it at once.
    """

    table: str
    lines: tuple[str, ...]
    title: str = ""

    def __repr__(self) -> str:
        return "\n".join(self.lines)

    def _repr_markdown_(self) -> str:
        if not self.title:
            return self.table
        return f"<details><summary>{self.title}</summary>\n\n{self.table}\n\n</details>"


def course(path: str | None = None, *, folder: Path | None = None) -> Contents:
    """List the lessons of the course and what stands beside them, or one path through it.

    Parameters
    ----------
    path : {"an afternoon", "four weeks", "twelve weeks"}, optional
        The path; all lessons without it.
    folder : Path, optional
        The folder ``notebooks``; that of the installation if not given.

    Returns
    -------
    Contents
        A lesson that is not written yet stands there as its number alone.

    Raises
    ------
    InputError
        For another path.

    Examples
    --------
    >>> course().lines[0].startswith("00 Start here")
    True
    """
    if path is not None and path not in PATHS:
        raise InputError("path", path, "one of " + ", ".join(map(repr, PATHS)))
    found = read_course(folder or course_folder() / "notebooks")
    return _all(found) if path is None else _along(PATHS[path], found)


def _all(course: Course) -> Contents:
    lines = (f"{one.full_title}: {use(one)}." for one in course.lessons)
    table = course_table(course, course.folder)
    return Contents(table, tuple(lines), "All lessons, to look up later")


def _along(parts: tuple[tuple[str, tuple[str, ...]], ...], course: Course) -> Contents:
    lessons = {lesson.number: lesson for lesson in course.lessons}
    rows, lines, total = [], [], 0
    for when, numbers in parts:
        there = [lessons[number] for number in numbers if number in lessons]
        minutes = sum(lesson.minutes or 0 for lesson in there)
        total += minutes
        links = {
            one.number: link(one.full_title, course.folder / f"{one.name}.ipynb", course.folder)
            for one in there
        }
        linked = "<br>".join(links.get(number, number) for number in numbers)
        rows.append((when, linked, minutes or ""))
        names = ", ".join(
            lessons[number].full_title if number in lessons else number for number in numbers
        )
        lines.append(f"{when}: {names} ({minutes} minutes)")
    end = f"{total} minutes alone, exercises not counted."
    table = markdown(("when", "lessons", "minutes alone"), rows)
    return Contents(f"{table}\n\n{end}", (*lines, end))
