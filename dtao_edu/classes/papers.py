"""Papers in each seat's own numbers: solutions after a week, and an examination for a room."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from dtao_edu.classes import tables
from dtao_edu.classes.handing_out import week_files
from dtao_edu.classes.marks import week_folder
from dtao_edu.classes.pages import beside, page
from dtao_edu.classes.roster import Student
from dtao_edu.classes.seats import seat, secret
from dtao_edu.classes.settings import Settings
from dtao_edu.engine.errors import InputError
from dtao_edu.practice import Task, bank, task
from dtao_edu.practice.desk import worked
from dtao_edu.practice.text import html


def solutions(folder: Path, settings: Settings, students: Sequence[Student], number: int) -> Path:
    """Write the worked solutions of a week: the notebooks, and a page for each seat.

    Parameters
    ----------
    folder : Path
        The class's folder.
    settings, students
        Of the class.
    number : int
        Of the week.

    Returns
    -------
    Path
        A zip: the solution notebooks in the shared numbers, and `seats/SEAT.html` in each seat's.
    """
    week = settings.week(number)
    entries: dict[str, str | bytes] = dict(week_files(week, solutions=True))
    title = f"{settings.title}, week {number}: solutions"
    for one in students:
        parts = [f"<h1>{escape(title)}</h1><p>In the numbers of seat {escape(one.seat)}.</p>"]
        for name in week.points:
            drawn = task(bank.find(name), one.seat)
            parts.append(
                f"<h2>{name} {escape(drawn.exercise.title)}</h2>{html(drawn.text())}"
                f"<h3>Solution</h3>{html(worked(drawn))}"
            )
        entries[f"seats/{one.seat}.html"] = page(title, "\n".join(parts))
    path = week_folder(folder, number) / "solutions.zip"
    tables.write(path, tables.archive(entries))
    return path


def exam(
    folder: Path,
    settings: Settings,
    students: Sequence[Student],
    name: str,
    exercises: Sequence[str],
) -> Path:
    """Write a paper and a key for each student, in numbers that nobody has practised with.

    Parameters
    ----------
    folder : Path
        The class's folder.
    settings, students
        Of the class.
    name : str
        Of the examination; another name gives other numbers.
    exercises : sequence of str
        Their ids.

    Returns
    -------
    Path
        The folder with `papers.html` and `keys.html`, to be printed, and `keys.csv`.

    Raises
    ------
    InputError
        If there is no exercise, or the name makes no folder.
    """
    if not exercises:
        raise InputError("exercises", "none", "one or more, as 05.1,05.2")
    if not name.replace("-", "").replace("_", "").isalnum():
        raise InputError("name", name, "letters, digits and '-'")
    found = [bank.find(one) for one in exercises]
    key = secret(folder)
    papers, keys = [], []
    rows: list[dict[str, tables.Cell]] = []
    for one in students:
        sitting = seat(key, f"{name}/{one.key}")
        tasks = [task(exercise, sitting) for exercise in found]
        head = f"{escape(one.name)} <span class='soft'>({escape(sitting)})</span>"
        asked = "".join(
            _asked(n, drawn.exercise.title, drawn.text()) for n, drawn in enumerate(tasks, 1)
        )
        papers.append(
            f"<section class='sheet'><h1>{escape(name)}</h1><p>{head}</p>{asked}</section>"
        )
        lines = "".join(
            f"<h3>{n}. {drawn.exercise.id} {escape(drawn.exercise.title)}</h3>"
            f"<p><strong>{escape(drawn.answer)}</strong></p>{_mistakes(drawn)}"
            for n, drawn in enumerate(tasks, 1)
        )
        keys.append(f"<section class='sheet'><h2>{head}</h2>{lines}</section>")
        for n, drawn in enumerate(tasks, 1):
            rows.append(
                {
                    "name": one.name,
                    "seat": sitting,
                    "question": n,
                    "exercise": drawn.exercise.id,
                    "answer": drawn.answer,
                }
            )
    out = folder / f"exam-{name}"
    title = f"{settings.title}: {name}"
    tables.write(
        out / "papers.html", page(title, "\n".join(papers), style=beside("paper.css")), private=True
    )
    tables.write(out / "keys.html", page(f"{title}, keys", "\n".join(keys)), private=True)
    columns = ("name", "seat", "question", "exercise", "answer")
    tables.write(out / "keys.csv", tables.table(columns, rows), private=True)
    return out


def _asked(number: int, title: str, text: str) -> str:
    return (
        f"<h3>{number}. {escape(title)}</h3>{html(text)}"
        '<div class="lines" aria-hidden="true"></div><p>Answer:</p>'
    )


def _mistakes(drawn: Task) -> str:
    """List what the known mistakes would give, so that a paper is marked by looking."""
    given, rows = drawn.layout.cases[0], []
    for one, values in zip(drawn.exercise.misconceptions, drawn.misconceptions, strict=True):
        answer = drawn.question.shown(drawn.layout.part(values, 0), given)
        rows.append(f"<li>{escape(one.name)}: {escape(answer)}</li>")
    return f"<ul>{''.join(rows)}</ul>"
