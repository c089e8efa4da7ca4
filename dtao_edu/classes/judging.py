"""Judging the answers of one student: values for the roster's seat, by the practice's own judge.

The outcome that a record claims is never looked at. What comes back is plain data, so that it can
be sent between processes and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dtao_edu.classes.records import Record
from dtao_edu.engine.errors import InputError
from dtao_edu.practice import Outcome, Verdict, bank, task
from dtao_edu.practice.assess import assess, judge_values
from dtao_edu.practice.checking.record import Value


class Judged(NamedTuple):
    """What came of one answer."""

    exercise: str
    version: int  # of the exercise; 0 is the present one
    values: tuple[Value, ...]  # as they were judged
    # As :class:`dtao_edu.practice.Verdict` has them.
    outcome: str
    misconception: str
    text: str
    # Whether it would be right for the seat that the record names, which is another one.
    elsewhere: bool = False


class Right(NamedTuple):
    """The right answer of an exercise for a seat, and how exactly it is asked, for comparison."""

    exercise: str
    values: tuple[float, ...]
    steps: tuple[float, ...]


class Answers(NamedTuple):
    """All answers of a student to one batch of exercises, to be judged."""

    seat: str
    exercises: tuple[str, ...]
    records: tuple[Record, ...]


class Marked(NamedTuple):
    """A student's answers, judged, and the right ones for the student's seat."""

    seat: str
    judged: tuple[Judged, ...]
    right: tuple[Right, ...]


def judge_student(answers: Answers) -> Marked:
    """Judge the answers of one student; pure, so that any process may do it.

    Returns
    -------
    Marked
        One entry a record, in the same order.
    """
    judged = tuple(_judged(record, answers.seat) for record in answers.records)
    right = tuple(
        found for name in answers.exercises if (found := right_values(name, answers.seat))
    )
    return Marked(answers.seat, judged, right)


def judge_students(batch: Sequence[Answers]) -> list[Marked]:
    """Judge several students."""
    return [judge_student(answers) for answers in batch]


def _judged(record: Record, seat: str) -> Judged:
    try:
        verdict = _verdict(record, seat)
    except InputError as error:
        name, outcome = record.exercise, Outcome.UNREADABLE
        return Judged(name, record.version, record.values, outcome.value, "", str(error))
    values = verdict.values or record.values
    is_elsewhere = (
        not verdict
        and record.literal is None
        and record.seat not in ("", seat)
        and bool(_verdict(record, record.seat))
    )
    return Judged(
        record.exercise, record.version, values, verdict.outcome.value, verdict.misconception,
        verdict.text, is_elsewhere,
    )  # fmt: skip


def _verdict(record: Record, seat: str) -> Verdict:
    if record.literal is not None:
        return assess(task(bank.find(record.exercise), seat), record.literal)
    return judge_values(record.exercise, seat, record.values, record.version or None)


def right_values(exercise: str, seat: str) -> Right | None:
    """Return the right numbers of an exercise for a seat; None where no number is asked."""
    one = task(bank.find(exercise), seat)
    if not one.candidates:
        return None
    first = one.candidates[0]
    return Right(exercise, tuple(map(float, one.values)), tuple(map(float, first.steps)))
