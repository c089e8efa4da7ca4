"""Makes the hand-ins of a whole class: right, wrong by each misconception, copied, cleared, broken.

The tests and `benchmarks/marking.py` plant what marking has to find, and nothing else.
"""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dtao_edu.classes.roster import Student
from dtao_edu.practice import Outcome, Task, bank, task
from dtao_edu.practice.assess import judge_values
from dtao_edu.practice.checking.record import (
    MIME,
    AnswerRecord,
    Json,
    package_version,
    source_digest,
)

Values = Sequence[float | str]
PACKAGE = package_version()
TIME = "2026-12-05T10:00:00+00:00"


def record(exercise: str, seat: str, values: Values, source: str = "", **claims: str | int) -> Json:
    """Write a record as `check` leaves it."""
    version = bank.find(exercise).version
    told = AnswerRecord(
        exercise, version, seat, tuple(values), "", "right", "", 1, 0, False, TIME, PACKAGE,
        source_digest(source) if source else "",
    )  # fmt: skip
    return {**told.as_json(), **claims}


def code_cell(source: str, *parts: Mapping[str, object]) -> dict[str, object]:
    outputs = [
        {
            "output_type": "execute_result",
            "execution_count": 1,
            "metadata": {},
            "data": {"text/plain": ["[ok]"], MIME: part},
        }
        for part in parts
    ]
    return {
        "cell_type": "code",
        "execution_count": 1,
        "id": source_digest(source)[:8],
        "metadata": {},
        "outputs": outputs,
        "source": source.splitlines(keepends=True),
    }


def book(*cells: Mapping[str, object]) -> bytes:
    """Write a notebook of cells."""
    content = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content, indent=1).encode()


def literal(one: Task, values: Values) -> str | None:
    """Write an answer as somebody types it; None where it has to be code."""
    question = one.question
    if question.coded:
        return None
    if hasattr(question, "order"):
        return repr("abcdefgh"[question.order.index(values[0])])
    if not question.numeric or len(values) > 1:
        columns = len(getattr(question, "columns", ("",)))
        if columns > 1:
            rows = [list(values[n : n + columns]) for n in range(0, len(values), columns)]
            return repr(rows)
        return repr(list(values))
    return repr(values[0])


def answered(
    seat: str,
    answers: Mapping[str, Values],
    *,
    claimed: str | None = None,
    cleared: bool = False,
    changed: Sequence[str] = (),
    **claims: str | int,
) -> bytes:
    """Write a notebook in which exercises were answered under a seat."""
    name = claimed or seat
    cells = [code_cell(f'from dtao_edu import check, sit\nsit("{name}")')]
    for exercise, values in answers.items():
        one = task(bank.find(exercise), name)
        told = literal(one, values) or "solve(given)"
        source = f'answer = {told}\ncheck("{exercise}", answer)'
        part = record(exercise, name, values, source, **claims)
        saved = source + "\n# later" if exercise in changed else source
        cells.append(code_cell(saved, *([] if cleared else [part])))
    return book(*cells)


def right(exercise: str, seat: str) -> Values:
    return task(bank.find(exercise), seat).values


def mistaken(exercise: str, seat: str, which: int) -> Values:
    return task(bank.find(exercise), seat).misconceptions[which]


def noise(exercise: str, seat: str, chance: random.Random) -> Values | None:
    """Make a wrong answer that is no known mistake and no slip either; None where there is none."""
    one = task(bank.find(exercise), seat)
    if not one.question.numeric:
        return None
    for _ in range(100):
        made = [float(f"{value * chance.uniform(1.21, 1.29):.6g}") for value in one.values]
        apart = all(_is_apart(made, known.values, known.steps) for known in one.candidates)
        if apart and judge_values(exercise, seat, made).outcome is Outcome.WRONG:
            return made
    return None


def _is_apart(made: Sequence[float], values: Sequence[float], steps: Sequence[float]) -> bool:
    """Tell whether at least one number is far from what is known."""
    pairs = zip(made, values, steps, strict=True)
    return any(abs(one - value) > 20 * step for one, value, step in pairs)


@dataclass
class Planted:
    """What a class was given to find.

    Attributes
    ----------
    files : dict of str to bytes
        By path, in Moodle's way.
    outcomes : dict of (seat, exercise) to (outcome, misconception)
    copies : dict of seat to seat
    faults : dict of seat to a part of the sentence that must be said
    """

    files: dict[str, bytes] = field(default_factory=dict)
    outcomes: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    def zip(self) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name, content in self.files.items():
                made.writestr(name, content)
        return out.getvalue()


FAULTS: Mapping[str, str] = {
    "cleared": "outputs were cleared",
    "cut": "cut off or damaged",
    "no notebook": "no notebook in the hand-in",
    "changed": "changed after it was checked",
    "version": "Checked by version 0.0.9",
    "shared numbers": "the numbers that all share",
    "two": "Two notebooks",
    "bomb": "MB; at most",
}


def moodle_path(student: Student, number: int, name: str) -> str:
    return f"{student.name}_{number}_assignsubmission_file_/{name}"


def plant(students: Sequence[Student], lesson: str, *, seed: int = 1) -> Planted:
    """Make the hand-ins of a class, one a student.

    Every misconception of the lesson comes at least once in a class that is large enough; one in
    twenty copies from the one before; one in twenty has one of the faults.
    """
    chance, planted = random.Random(seed), Planted()
    exercises = [one.id for one in bank.exercises(lesson)]
    mistakes = _mistakes(exercises)
    before: Student | None = None
    for n, student in enumerate(students):
        answers: dict[str, Values] = {}
        for exercise in exercises:
            answers[exercise] = right(exercise, student.seat)
            outcome = (Outcome.RIGHT.value, "")
            draw = chance.random()
            if draw < 0.35:
                which = next(mistakes[exercise])
                answers[exercise] = mistaken(exercise, student.seat, which)
                name = bank.find(exercise).misconceptions[which].name
                outcome = (Outcome.MISCONCEPTION.value, name)
            elif draw < 0.45 and (made := noise(exercise, student.seat, chance)):
                answers[exercise], outcome = made, (Outcome.WRONG.value, "")
            planted.outcomes[student.seat, exercise] = outcome
        path = moodle_path(student, 1000 + n, f"{lesson}.ipynb")
        if n % 20 == 7 and before:
            _copy(planted, student, before, answers, exercises)
        content = answered(student.seat, answers)
        if n % 20 == 13:
            kind = list(FAULTS)[(n // 20) % len(FAULTS)]
            content = _fault(planted, kind, student, answers, content, path, exercises)
        if content is not None:
            planted.files[path] = content
        before = student

    return planted


def _mistakes(exercises: Sequence[str]) -> dict[str, Iterator[int]]:
    """Give for each exercise its misconceptions in turn, for ever."""

    def turn(count: int) -> Iterator[int]:
        while True:
            yield from range(count)

    return {name: turn(len(bank.find(name).misconceptions)) for name in exercises}


def _copy(
    planted: Planted,
    student: Student,
    other: Student,
    answers: dict[str, Values],
    exercises: Sequence[str],
) -> None:
    """Give a student the neighbour's right answers, where a number is asked."""
    numeric = [name for name in exercises if task(bank.find(name), student.seat).candidates]
    for exercise in numeric[:4]:
        answers[exercise] = right(exercise, other.seat)
        planted.outcomes.pop((student.seat, exercise))
    planted.copies[student.seat] = other.seat


def _fault(
    planted: Planted,
    kind: str,
    student: Student,
    answers: dict[str, Values],
    content: bytes,
    path: str,
    exercises: Sequence[str],
) -> bytes | None:
    seat = student.seat
    planted.faults[seat] = FAULTS[kind]

    def forget(*names: str) -> None:
        for name in names:
            planted.outcomes.pop((seat, name), None)

    coded = [name for name in exercises if bank.find(name).question.coded]
    if kind == "cleared":
        forget(*coded)
        return answered(seat, answers, cleared=True)
    if kind == "cut":
        forget(*exercises)
        return content[: len(content) // 2]
    if kind == "no notebook":
        forget(*exercises)
        planted.files[path.replace(".ipynb", ".pdf")] = b"%PDF-1.4"
        return None
    if kind == "changed":
        return answered(seat, answers, changed=exercises[:1])
    if kind == "version":
        return answered(seat, answers, package="0.0.9")
    if kind == "shared numbers":
        shared = {name: right(name, "practice") for name in exercises}
        forget(*exercises)
        return answered(seat, shared, claimed="practice")
    if kind == "two":
        planted.files[path.replace(".ipynb", "-2.ipynb")] = content
        return content
    forget(*exercises)
    return b"[" * (17 * 2**20)


def write_zip(planted: Planted, path: Path) -> Path:
    path.write_bytes(planted.zip())
    return path
