"""The pages of exercises, made from the bank: each lesson's notebook and its worked solutions.

Two notebooks come from one lesson: the exercises with three dots in each answer, and the same
with worked solutions.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import dtao_edu
from authoring.normal_form import differences, normal_form, write
from dtao_edu.engine.errors import InputError
from dtao_edu.lessons.course import exercises_file
from dtao_edu.lessons.lesson import read_lesson
from dtao_edu.lessons.notebook_form import Notebook, dumps
from dtao_edu.practice import bank
from dtao_edu.practice.exercise.code_types import ExpressionQuestion
from dtao_edu.practice.exercise.exercise import Exercise, task

_COMPARED = {"metadata": {"tags": ["nbval-check-output"]}}
_HOW = """\
Put your answer in place of the three dots and run the cell: `check` says whether it is right, and \
often why it is not. The given numbers are in `g`. Stuck? Run `hint("{first}")` in a cell of its \
own, once more for the next hint; after the hints comes `solution("{first}")`. `progress()` shows \
what is done and what comes next. `sit("a name")` gives you numbers of your own, and \
`define("price")` explains a word."""

_HAND_IN = """\
## Handing in

If you work for a class, run this cell last, save the notebook, and hand its file in. It repeats \
your answers and says what is missing."""


def page(lesson: str, name: str, title: str, *, solved: bool = False) -> Notebook:
    """Make a lesson's notebook of exercises, not run yet.

    Parameters
    ----------
    lesson : str
        Two digits.
    name : str
        The lesson's file name without its ending, as ``"05_staking_and_unstaking"``.
    title : str
        The lesson's title.
    solved : bool
        True makes the solutions.

    Returns
    -------
    dict
        A notebook of format 4.

    Examples
    --------
    >>> book = page("05", "05_staking_and_unstaking", "Staking and unstaking")
    >>> print(book["cells"][0]["source"].splitlines()[0])
    # Exercises 05: Staking and unstaking
    """
    exercises = bank.exercises(lesson)
    cells = [
        new_markdown_cell(_opening(exercises, lesson, name, title, solved)),
        new_code_cell(_imports(exercises)),
    ]
    for one in exercises:
        cells += _asked(one, solved)
    cells += [new_markdown_cell("## How far you are"), new_code_cell("progress()")]
    if not solved:
        cells += [new_markdown_cell(_HAND_IN), new_code_cell(f'hand_in("{lesson}")')]
    book: Notebook = new_notebook(cells=cells)
    return book


def _opening(
    exercises: tuple[Exercise, ...], lesson: str, name: str, title: str, solved: bool
) -> str:
    minutes = sum(one.minutes for one in exercises)
    count = f"{len(exercises)} exercise{'s' * (len(exercises) > 1)}"
    if solved:
        return (
            f"# Solutions {lesson}: {title}\n\n"
            f"The worked solutions of [the exercises](../{lesson}_exercises.ipynb) of lesson "
            f"[{lesson} {title}](../../notebooks/{name}.ipynb). They hold for any numbers: "
            f'`sit("a name")` and run them again.'
        )
    return (
        f"# Exercises {lesson}: {title}\n\n"
        f"{count}, about {minutes} minutes. They belong to lesson "
        f"[{lesson} {title}](../notebooks/{name}.ipynb); the worked solutions are in "
        f"[a notebook of their own](solutions/{lesson}_solutions.ipynb).\n\n"
        + _HOW.format(first=exercises[0].id)
    )


def _imports(exercises: tuple[Exercise, ...]) -> str:
    """Import what the solutions use, so that learners find it at hand."""
    used = {
        "check",
        "define",
        "exercise",
        "given",
        "hand_in",
        "hint",
        "progress",
        "sit",
        "solution",
    }
    plain = set()
    for one in exercises:
        names = {node.id for node in ast.walk(ast.parse(one.code)) if isinstance(node, ast.Name)}
        used |= names & set(dir(dtao_edu))
        plain |= names & {"dtao_edu"}
        if isinstance(one.question, ExpressionQuestion):
            plain.add("sympy")
    lines = [f"import {name}" for name in sorted(plain, reverse=True)]
    if lines:
        lines.append("")
    listed = ", ".join(sorted(used, key=lambda name: (name.islower(), name)))
    wrapped = textwrap.fill(listed, 76, initial_indent="    ", subsequent_indent="    ")
    short = len(listed) <= 70
    return "\n".join(
        [
            *lines,
            f"from dtao_edu import {listed}"
            if short
            else (f"from dtao_edu import (\n{wrapped},\n)"),
        ]
    )


def _asked(one: Exercise, solved: bool) -> list[Notebook]:
    cells = [
        new_markdown_cell(
            f"## {one.id} {one.title}\n\nAfterwards you can {one.objective}. "
            f"About {one.minutes} minutes."
        ),
        new_code_cell(f'exercise("{one.id}")', **_COMPARED),
    ]
    if not solved:
        numbers = bool(list(task(one, "practice").given))
        return [*cells, new_code_cell(one.question.stub(one.id, numbers), **_COMPARED)]
    return [
        *cells,
        new_code_cell(one.question.filled(one.id, one.code), **_COMPARED),
        new_code_cell(f'solution("{one.id}")', **_COMPARED),
    ]


def books(lessons: Sequence[str], folder: Path) -> Iterator[tuple[Path, Notebook]]:
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
        for solved in (False, True):
            book = page(lesson, about.name, about.title, solved=solved)
            yield folder / exercises_file(lesson, solved=solved), book


def store(path: Path, book: Notebook) -> bool:
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


def faults(path: Path, book: Notebook) -> list[str]:
    """Say where a stored notebook differs from what the bank makes."""
    return differences(path, book, "bank", "exercises write")
