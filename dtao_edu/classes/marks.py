"""`marks.csv`: one line an answer, with its values, so that everything can be judged again.

It names seats only, never students. A line without an exercise is a note on a hand-in.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dtao_edu.classes import tables
from dtao_edu.classes.settings import Settings, Week
from dtao_edu.engine.errors import InputError
from dtao_edu.practice import bank
from dtao_edu.practice.checking.record import Value

MARKS = "marks.csv"
COLUMNS = (
    "week",
    "seat",
    "exercise",
    "outcome",
    "misconception",
    "counts",
    "points",
    "version",
    "values",
    "received",
    "time",
    "attempts",
    "hints",
    "seen",
    "package",
    "notes",
    "file",
)


@dataclass(frozen=True)
class Mark:
    """One answer of one seat, or, without an exercise, one note on its hand-in."""

    seat: str
    exercise: str = ""
    version: int = 0  # of the exercise; 0 is the present one
    values: tuple[Value, ...] = ()  # as they were read
    outcome: str = ""
    misconception: str = ""
    counts: bool = False  # whether this is the answer that counts for its exercise
    points: float = 0.0  # before anything is taken off for lateness
    # When the platform got it, as ISO; "late" where it says no more; empty where it is not
    # known.
    received: str = ""
    # Claims of the notebook, down to `seen`.
    time: str = ""
    package: str = ""
    attempts: int = 0
    hints: int = 0
    seen: bool = False
    notes: tuple[str, ...] = ()  # sentences
    file: str = ""  # where the answer was found


def week_folder(folder: Path, week: int) -> Path:
    """Return the folder of a week.

    Examples
    --------
    >>> week_folder(Path("class"), 3).as_posix()
    'class/week-3'
    """
    return folder / f"week-{week}"


def write_marks(path: Path, week: int, marks: Iterable[Mark]) -> bool:
    """Write the marks of a week.

    Parameters
    ----------
    path : Path
    week : int
        Its number.
    marks : iterable of Mark

    Returns
    -------
    bool
        Whether anything changed.
    """
    rows = ({**_row(mark), "week": week} for mark in marks)
    return tables.write(path, tables.table(COLUMNS, rows), private=True)


def _row(mark: Mark) -> dict[str, tables.Cell]:
    row: dict[str, tables.Cell] = {name: getattr(mark, name) for name in COLUMNS if name != "week"}
    row["values"] = _written(mark.values) if mark.exercise else ""
    row["version"] = mark.version or ""
    row["counts"], row["seen"] = ("yes" if flag else "" for flag in (mark.counts, mark.seen))
    row["points"] = f"{mark.points:g}" if mark.counts else ""
    row["notes"] = " | ".join(mark.notes)
    return row


def _written(values: Sequence[Value]) -> str:
    """Write values as JSON, null where an expression had none."""
    sound = [None if isinstance(v, float) and not math.isfinite(v) else v for v in values]
    return json.dumps(sound, ensure_ascii=False)


def read_marks(path: Path) -> list[Mark]:
    """Read the marks of a week.

    Raises
    ------
    InputError
        If there is no such file, or a line of it has another form; the sentence names the line.
    """
    if not path.is_file():
        raise InputError("marks", str(path), "a week that was marked")
    return [_mark(number, row) for number, row in enumerate(tables.read_table(path), 2)]


def _mark(line: int, row: Mapping[str, str]) -> Mark:
    try:
        values = json.loads(row["values"]) if row["values"] else []
        values = [math.nan if value is None else value for value in values]
        return Mark(
            row["seat"],
            row["exercise"],
            int(row["version"] or 0),
            tuple(values),
            row["outcome"],
            row["misconception"],
            row["counts"] == "yes",
            float(row["points"] or 0),
            row["received"],
            row["time"],
            row["package"],
            int(row["attempts"] or 0),
            int(row["hints"] or 0),
            row["seen"] == "yes",
            tuple(filter(None, row["notes"].split(" | "))),
            row["file"],
        )
    except (KeyError, ValueError, TypeError):
        raise InputError(MARKS, f"line {line}", "the form that `class mark` wrote") from None


def counted(marks: Sequence[Mark], settings: Settings, week: Week) -> list[Mark]:
    """Say which answer of each exercise counts, and what it is worth.

    Parameters
    ----------
    marks : sequence of Mark
        Of one seat.
    settings : Settings
    week : Week

    Returns
    -------
    list of Mark
        The same, in order.
    """
    chosen: dict[str, int] = {}
    for place, mark in enumerate(marks):
        if not mark.exercise:
            continue
        had = chosen.get(mark.exercise)
        if had is None or _comes_before(marks[had], mark, settings, week):
            chosen[mark.exercise] = place
    counting = set(chosen.values())
    return [
        replace(mark, counts=True, points=worth(mark, settings, week))
        if place in counting and mark.exercise in week.points
        else replace(mark, counts=False, points=0.0)
        for place, mark in enumerate(marks)
    ]


def _comes_before(had: Mark, mark: Mark, settings: Settings, week: Week) -> bool:
    """Tell whether a later mark takes the place of one had."""
    if settings.counts == "best":
        ours, other = worth(mark, settings, week), worth(had, settings, week)
        if ours != other:
            return ours > other
    return mark.time >= had.time


def worth(mark: Mark, settings: Settings, week: Week) -> float:
    """Return the points of an answer: the exercise's, times the part that its outcome has.

    Parameters
    ----------
    mark : Mark
    settings, week
        Of the class.
    """
    points = week.points.get(mark.exercise, 0.0)
    if mark.exercise in week.accept or bank.is_prediction(mark.exercise):
        return points if mark.values else 0.0
    return points * settings.parts.get(mark.outcome, 0.0)


@dataclass(frozen=True)
class Grade:
    """What a seat has in a week."""

    seat: str
    points: float  # after what is taken off for lateness
    of: float  # the most there are
    answered: int  # exercises
    right: int  # exercises
    late_days: int  # days begun after the due time; 0 in time or not known
    notes: tuple[str, ...]


def by_seat(marks: Iterable[Mark]) -> dict[str, list[Mark]]:
    """Return the marks of each seat, in their order; none of a seat that has none."""
    found: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        found[mark.seat].append(mark)
    return found


def grades(marks: Sequence[Mark], settings: Settings, week: Week) -> dict[str, Grade]:
    """Add up what each seat has.

    Parameters
    ----------
    marks : sequence of Mark
        Of a week.
    settings, week
        Of the class.

    Returns
    -------
    dict of str to Grade
        By seat.
    """
    found = by_seat(marks).items()
    return {seat: _grade(seat, own, settings, week) for seat, own in found if seat}


def _grade(seat: str, marks: Sequence[Mark], settings: Settings, week: Week) -> Grade:
    counting = [mark for mark in marks if mark.counts]
    notes = tuple(dict.fromkeys(note for mark in marks for note in mark.notes))
    late = max((late_days(mark.received, settings.due(week, seat)) for mark in marks), default=0)
    points = sum(mark.points for mark in counting)
    points *= max(0.0, 1 - settings.late_percent_a_day * late / 100)
    right = sum(mark.outcome == "right" for mark in counting)
    return Grade(seat, round(points, 4), week.most, len(counting), right, late, notes)


def late_days(received: str, due: dt.datetime | None) -> int:
    """Return the days begun after the due time; 0 where the time is not known.

    Examples
    --------
    >>> due = dt.datetime(2026, 12, 7, 23, 59)
    >>> [late_days(time, due) for time in ("2026-12-07T23:50", "2026-12-08T00:10", "late", "")]
    [0, 1, 1, 0]
    """
    if received == "late":
        return 1
    if not received or due is None:
        return 0
    try:
        after = dt.datetime.fromisoformat(received) - due
    except ValueError:
        return 0
    return max(0, -(-after // dt.timedelta(days=1)))
