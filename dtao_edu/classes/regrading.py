"""Marking again from `marks.csv` alone, after a correction; nothing is asked of a student."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import NamedTuple

from dtao_edu.classes.marking import Marking, mark
from dtao_edu.classes.marks import MARKS, Mark, by_seat, grades, read_marks, week_folder
from dtao_edu.classes.roster import Student
from dtao_edu.classes.settings import Settings, Week


class Change(NamedTuple):
    """A mark that changes."""

    seat: str
    before: float  # points of the week
    after: float  # points of the week
    exercises: tuple[str, ...]  # whose outcome or points changed

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
    students: Sequence[Student],
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
    students, settings
        Of the class.
    week : int
    executor, workers
        As for :func:`~dtao_edu.classes.marking.mark`.
    """
    one = settings.week(week)
    before = read_marks(week_folder(folder, week) / MARKS)
    marking = mark(
        (), students, settings, week=week, folder=folder, executor=executor, workers=workers
    )
    return Regraded(marking, tuple(_changes(before, marking.marks, settings, one)))


def _changes(
    before: Sequence[Mark], after: Sequence[Mark], settings: Settings, week: Week
) -> list[Change]:
    old, new = grades(before, settings, week), grades(after, settings, week)
    changed: dict[str, dict[str, None]] = defaultdict(dict)
    was, now = by_seat(before), by_seat(after)
    for seat, marks in now.items():  # a seat no longer in the class has none after
        for one, other in zip(was[seat], marks, strict=True):
            if (one.outcome, one.points, one.counts) != (other.outcome, other.points, other.counts):
                changed[seat][other.exercise] = None
    return [
        Change(seat, old[seat].points, new[seat].points, tuple(changed[seat]))
        for seat in changed
        if seat in new
    ]
