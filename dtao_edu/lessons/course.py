"""The course: its files, and all its lessons in order."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ..engine.errors import refuse
from ..files import place
from .lesson import Lesson, read_lesson

START = "notebooks/00_start_here.ipynb"
_ROOMS = ("notebooks", "exercises")


@cache
def course_data() -> dict[str, Any]:
    """Return what ``course.toml`` says: the order of the notebooks, and the paths."""
    return tomllib.loads((files("dtao_edu.lessons") / "course.toml").read_text(encoding="utf-8"))


def course_folder() -> Path:
    """Find the folder that holds ``notebooks`` and ``exercises``.

    Returns
    -------
    Path
        Inside the installed package, or the checkout from which the package was installed.

    Raises
    ------
    FileNotFoundError
        If the installation has lost them.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "course", package.parent):
        if (folder / _ROOMS[0]).is_dir():
            return folder
    raise FileNotFoundError(
        f"The lessons are missing from {package}; install the package again with pip."
    )


def course_files(source: Path) -> list[str]:
    """List the course's files, relative to its folder, with forward slashes."""
    return sorted(
        path.relative_to(source).as_posix()
        for room in _ROOMS
        for path in (source / room).rglob("*")
        if path.is_file()
        and not any(part.startswith((".", "_")) for part in path.relative_to(source).parts)
        and not path.match("*.new*.ipynb")
    )


def exercises_file(number: str, *, solved: bool = False) -> str:
    """Name the notebook of a lesson's exercises, relative to the course's folder.

    Its name differs from the lesson's, so that their tabs can be told apart.

    Examples
    --------
    >>> exercises_file("05"), exercises_file("05", solved=True)
    ('exercises/05_exercises.ipynb', 'exercises/solutions/05_solutions.ipynb')
    """
    return (
        f"exercises/solutions/{number}_solutions.ipynb"
        if solved
        else (f"exercises/{number}_exercises.ipynb")
    )


@dataclass(frozen=True)
class Course:
    """All lessons that there are, in order, and the folder they lie in.

    Parameters
    ----------
    folder : Path
        The folder of the lessons.
    lessons : tuple of Lesson
        In the order of the course.
    """

    folder: Path
    lessons: tuple[Lesson, ...]

    def before(self, lesson: Lesson) -> tuple[Lesson, ...]:
        """Return the lessons before a lesson."""
        return tuple(one for one in self.lessons if _place(one.name) < _place(lesson.name))

    def teaching(self, word: str) -> tuple[Lesson, ...]:
        """Give the lessons that name a word among their new words."""
        return tuple(one for one in self.lessons if word in one.words)


def read_course(folder: str | Path) -> Course:
    """Read all lessons of a folder, in the order of the course; unknown ones come last."""
    folder = Path(folder)
    paths = sorted(folder.glob("*.ipynb"), key=lambda path: _place(path.stem))
    return Course(folder, tuple(read_lesson(path) for path in paths))


def _place(name: str) -> tuple[bool, int, str]:
    """Return what lessons are sorted by: numbered ones first, then as the course orders them."""
    order: list[str] = course_data()["order"]
    return not name[:2].isdigit(), order.index(name) if name in order else len(order), name


def find_notebook(lesson: str | Path, folder: str | Path | None = None) -> Path:
    """Find a lesson's notebook by number, by name, or by its file.

    Parameters
    ----------
    lesson : str or Path
        As ``"05"``, ``"talk"``, or the path of a notebook.
    folder : str or Path, optional
        Where lessons are looked for; the installed course if not given.

    Raises
    ------
    InputError
        If there is none, or more than one.
    """
    name = str(lesson)
    if name.endswith(".ipynb"):
        path = place(name)
        return path if path.is_file() else refuse("lesson", name, "a notebook that is there")
    room = Path(folder) if folder else course_folder() / "notebooks"
    found = [
        path
        for path in sorted(room.glob("*.ipynb"))
        if name and name in (path.stem, path.stem.partition("_")[0])
    ]
    if len(found) != 1:
        known = ", ".join(path.stem.partition("_")[0] for path in sorted(room.glob("*.ipynb")))
        refuse("lesson", name, f"one of {known}, or the file of a notebook")
    return found[0]
