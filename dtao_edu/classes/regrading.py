"""Marking again from `marks.csv` alone, after a correction; nothing is asked of a student."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from dtao_edu.classes.judging import Answers, judge_students
from dtao_edu.classes.marking import Marking
from dtao_edu.classes.marks import MARKS, Mark, counted, grades, read_marks
from dtao_edu.classes.platforms import origin
from dtao_edu.classes.records import Record
from dtao_edu.classes.reports import week_folder
from dtao_edu.classes.settings import Settings
from dtao_edu.classes.workers import mapped


class Change(NamedTuple):
    """A mark that changes.

    Attributes
    ----------
    seat : str
    before, after : float
        Points of the week.
    exercises : tuple of str
        Whose outcome or points changed.
    """

    seat: str
    before: float
    after: float
    exercises: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.seat}: {self.before:g} to {self.after:g} points ({', '.join(self.exercises)})"
        )


class Regraded(NamedTuple):
    """A week marked again: the marking, and whose marks change."""

    marking: Marking
    changes: tuple[Change, ...]


def regrade(
    folder: Path,
    settings: Settings,
    week: int,
    *,
    executor: Executor | None = None,
    workers: int = 1,
) -> Regraded:
    """Judge the kept values of a week again, by today's exercises and settings.

    Parameters
    ----------
    folder : Path
        The class's folder.
    settings : Settings
    week : int
    executor, workers
        As for :func:`~dtao_edu.classes.marking.mark`.

    Returns
    -------
    Regraded
    """
    one = settings.week(week)
    before = read_marks(week_folder(folder, week) / MARKS)
    by_seat: dict[str, list[Mark]] = defaultdict(list)
    for mark in before:
        by_seat[mark.seat].append(mark)
    marking = Marking(one)
    jobs = [_answers(seat, marks) for seat, marks in by_seat.items()]
    for done in mapped(judge_students, jobs, executor, workers=workers):
        judged = iter(done.judged)
        own = []
        for mark in by_seat[done.seat]:
            if mark.exercise:
                new = next(judged)
                own.append(replace(mark, outcome=new.outcome, misconception=new.misconception))
                marking.texts[done.seat, mark.exercise] = new.text
            else:
                own.append(mark)
        marking.marks += counted(own, settings, one)
        tops = (origin(mark.file).top for mark in own if mark.file)
        marking.tops[done.seat] = next(filter(None, tops), "")
    return Regraded(marking, tuple(_changes(before, marking.marks, settings, week)))


def _answers(seat: str, marks: Sequence[Mark]) -> Answers:
    records = tuple(
        Record(mark.exercise, mark.version, seat, mark.values) for mark in marks if mark.exercise
    )
    return Answers(seat, (), records)


def _changes(
    before: Sequence[Mark], after: Sequence[Mark], settings: Settings, week: int
) -> list[Change]:
    one = settings.week(week)
    old, new = grades(before, settings, one), grades(after, settings, one)
    changed: dict[str, dict[str, None]] = defaultdict(dict)
    for was, now in zip(before, after, strict=True):
        if (was.outcome, was.points, was.counts) != (now.outcome, now.points, now.counts):
            changed[now.seat][now.exercise] = None
    return [
        Change(seat, old[seat].points, new[seat].points, tuple(changed[seat]))
        for seat in changed
        if seat in new
    ]
