"""Feedback: one page a student, in the checker's words, packed as the platform wants it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from dtao_edu.classes import tables
from dtao_edu.classes.marks import Grade, Mark
from dtao_edu.classes.pages import page
from dtao_edu.classes.settings import Settings, Week
from dtao_edu.practice import Outcome, bank
from dtao_edu.practice.text import html

_MARKS = {outcome.value: outcome.mark for outcome in Outcome}
_LABELS = {outcome.value: outcome.label for outcome in Outcome}


def feedback_page(
    settings: Settings, week: Week, grade: Grade, marks: Sequence[Mark], texts: Mapping[str, str]
) -> str:
    """Write the page of one student.

    Parameters
    ----------
    settings, week
        Of the class.
    grade : Grade
    marks : sequence of Mark
        Of this seat; those that count are shown.
    texts : dict of str to str
        What the check says, by exercise.

    Returns
    -------
    str
        HTML. It names the seat, not the student.
    """
    title = f"{settings.title}, week {week.number}"
    late = ""
    if grade.late_days:
        off = min(100.0, settings.late_percent_a_day * grade.late_days)
        late = f" Handed in {grade.late_days} day{'s' * (grade.late_days > 1)} late"
        late += f": {off:g} % taken off." if off else "."
    notes = "".join(f"<li>{escape(note)}</li>" for note in _for_the_student(grade.notes))
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p>Seat {escape(grade.seat)}: {grade.points:g} of {grade.of:g} points.{late}</p>",
        f"<ul>{notes}</ul>" if notes else "",
    ]
    counting = {mark.exercise: mark for mark in marks if mark.counts}
    for name, points in week.points.items():
        head = f"<h2>{escape(name)} {escape(bank.find(name).title)}</h2>"
        mark = counting.get(name)
        if mark is None:
            parts.append(f"{head}<p>No answer was found. 0 of {points:g} points.</p>")
            continue
        label = _LABELS.get(mark.outcome, mark.outcome)
        if mark.misconception:
            label += f": {mark.misconception}"
        sign = _MARKS.get(mark.outcome, "")
        parts.append(
            f'{head}<p><span class="mark">[{escape(sign)}]</span> '
            f"<strong>{escape(label)}</strong>. "
            f"{mark.points:g} of {points:g} points.</p>{html(texts.get(name, ''))}"
        )
    parts.append(
        '<p class="soft">Your answers were worked out again for the numbers of your seat. If '
        "something here is wrong, write to your lecturer: it can be marked again.</p>"
    )
    return page(title, "\n".join(filter(None, parts)))


def _for_the_student(notes: Sequence[str]) -> list[str]:
    """Leave out what names another seat."""
    return [
        note for note in notes if not note.startswith(("Right for the numbers of", "The seat "))
    ]


def feedback_zip(pages: Mapping[str, str], tops: Mapping[str, str]) -> bytes:
    """Pack the pages so that the platform gives each to its student.

    Parameters
    ----------
    pages : dict of str to str
        HTML by seat.
    tops : dict of str to str
        What the platform puts in front of a student's files, by seat.
    """
    return tables.archive({_name(seat, tops.get(seat, "")): text for seat, text in pages.items()})


def _name(seat: str, top: str) -> str:
    if "_assignsubmission_" in top:  # Moodle: a folder a student
        return f"{top.rstrip('/')}/feedback.html"
    if top.endswith("_"):  # Canvas: the file's name begins with student and upload
        return f"{top}feedback.html"
    return f"{seat}.html"
