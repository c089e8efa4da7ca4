"""The course: its files, and all its lessons in order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

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
