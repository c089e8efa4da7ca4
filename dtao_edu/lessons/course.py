"""The course: its files, and all its lessons in order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..engine.errors import refuse
from ..files import place
from .lesson import Lesson, read_lesson

START = "notebooks/00_start_here.ipynb"
_ROOMS = ("notebooks", "exercises")


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


@dataclass(frozen=True)
class Course:
    """All lessons that there are, in order, and the folder they lie in.

    Parameters
    ----------
    folder : Path
        The folder of the lessons.
    lessons : tuple of Lesson
        By number; those without a number come last.
    """

    folder: Path
    lessons: tuple[Lesson, ...]

    def before(self, lesson: Lesson) -> tuple[Lesson, ...]:
        """Give the lessons before a lesson."""
        return tuple(one for one in self.lessons if one.name < lesson.name)

    def teaching(self, word: str) -> tuple[Lesson, ...]:
        """Give the lessons that name a word among their new words."""
        return tuple(one for one in self.lessons if word in one.words)


def read_course(folder: str | Path) -> Course:
    """Read all lessons of a folder.

    Parameters
    ----------
    folder : str or Path
        The folder ``notebooks``.

    Returns
    -------
    Course
    """
    folder = Path(folder)
    return Course(folder, tuple(read_lesson(path) for path in sorted(folder.glob("*.ipynb"))))


def find_notebook(lesson: str | Path, folder: str | Path | None = None) -> Path:
    """Find a lesson's notebook by number, by name, or by its file.

    Parameters
    ----------
    lesson : str or Path
        As ``"05"``, ``"talk"``, or the path of a notebook.
    folder : str or Path, optional
        Where lessons are looked for; the installed course if not given.

    Returns
    -------
    Path

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
