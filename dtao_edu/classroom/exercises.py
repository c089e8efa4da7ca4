"""The notebooks of exercises and of their solutions, written from the bank by one command.

On the command line::

    python -m dtao_edu.classroom.exercises write [LESSON...]   make, run and store
    python -m dtao_edu.classroom.exercises check [LESSON...]   compare what is stored with the bank

``check`` looks at the cells alone and starts no kernel; what the cells give is compared by nbval.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..engine.errors import InputError
from ..practice import bank
from ..practice.pages import page
from .course import course_folder
from .lesson import read_lesson
from .notebooks import dumps, normal_form, write


def books(lessons: Sequence[str], folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Make the notebooks of lessons, not run yet.

    Parameters
    ----------
    lessons : sequence of str
        Two digits each; empty for all that have exercises and a lesson.
    folder : Path
        The course's folder, which holds ``notebooks`` and ``exercises``.

    Yields
    ------
    Path, dict
        Where it belongs, and the notebook: for each lesson the exercises, then the solutions.

    Raises
    ------
    InputError
        If a lesson that is asked for has no notebook.
    """
    for lesson in lessons or bank.lessons():
        found = sorted((folder / "notebooks").glob(f"{lesson}_*.ipynb"))
        if not found:
            if lessons:
                raise InputError("lesson", lesson, "a lesson with a notebook")
            continue
        about = read_lesson(found[0])
        for solved, where in ((False, "exercises"), (True, "exercises/solutions")):
            book = page(lesson, about.name, about.title, solved=solved)
            yield folder / where / f"{about.name}.ipynb", book


def store(path: Path, book: dict[str, Any]) -> bool:
    """Write a notebook, run it and keep it in the one form; False if nothing changed."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.write_text(dumps(normal_form(book, path.name)), encoding="utf-8")
        write(path)
    except BaseException:
        if before:
            path.write_text(before, encoding="utf-8")
        raise
    return path.read_text(encoding="utf-8") != before


def faults(path: Path, book: dict[str, Any]) -> list[str]:
    """Say where a stored notebook differs from what the bank makes, outputs left aside.

    Parameters
    ----------
    path : Path
        The stored notebook.
    book : dict
        What the bank makes.

    Returns
    -------
    list of str
        One sentence a fault; empty if all is well.
    """
    mend = "write it with `python -m dtao_edu.classroom.exercises write`"
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return [f"{path.name} is missing; {mend}."]
    made, kept = (_cells(normal_form(one, path.name)) for one in (book, stored))
    if made != kept:
        pairs = zip([*made, None], [*kept, None], strict=False)
        place = next(n for n, (a, b) in enumerate(pairs, 1) if a != b)
        return [f"{path.parent.name}/{path.name}, cell {place}, is not the bank's; {mend}."]
    return []


def _cells(book: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(cell["cell_type"], cell["source"], cell["metadata"]) for cell in book["cells"]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``write`` or ``check``; 1 if anything is amiss."""
    command, *lessons = (sys.argv[1:] if arguments is None else arguments) or ["help"]
    if command not in ("write", "check") or not all(re.fullmatch(r"\d\d", x) for x in lessons):
        print("Say what to do and for which lessons: write or check, and 05 06, or none for all.")
        return 2
    amiss = False
    for path, book in books(lessons, course_folder()):
        if command == "write":
            print(f"{path}: {'written' if store(path, book) else 'unchanged'}")
            continue
        for fault in faults(path, book):
            amiss = True
            print(fault)
    return int(amiss)


if __name__ == "__main__":
    sys.exit(main())
