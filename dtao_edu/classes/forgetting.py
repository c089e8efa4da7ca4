"""Erasing one student from all files of a class."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from dtao_edu.classes import tables
from dtao_edu.classes.class_page import class_page
from dtao_edu.classes.kept import Kept
from dtao_edu.classes.marks import MARKS, grades, read_marks, week_folder, write_marks
from dtao_edu.classes.reports import (
    FEEDBACK,
    GRADES,
    NAMED_PAGE,
    PAGE,
    points_by_week,
)
from dtao_edu.classes.roster import Student, read_seats, write_seats
from dtao_edu.classes.settings import SETTINGS, read_settings, without_extensions
from dtao_edu.engine.errors import InputError


@dataclass
class Forgotten:
    """What was erased."""

    student: Student
    # Files without the student now, and files that were removed whole.
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"{self.student.name} ({self.student.seat}) is erased from the class's folder."]
        if self.changed:
            lines.append(f"Changed: {', '.join(self.changed)}.")
        if self.removed:
            told = ", ".join(self.removed)
            lines.append(
                f"Removed whole, because they held the name: {told}. They can be made again."
            )
        lines.append(
            "What you downloaded from the platform, and what you sent elsewhere, is not here: "
            "erase it yourself."
        )
        return "\n".join(lines)


def forget(folder: Path, who: str) -> Forgotten:
    """Erase a student: seat, marks, grades, feedback, extensions, and what was kept of them.

    Raises
    ------
    InputError
        If nobody or more than one is meant.
    """
    students, settings = read_seats(folder), read_settings(folder)
    wanted = {who.strip().casefold()}
    found = [
        one
        for one in students
        if {one.seat, one.email.casefold(), one.key} & wanted
        or tables.sameness(one.name) == tables.sameness(who)
    ]
    if len(found) != 1:
        what = "nobody" if not found else f"{len(found)} students"
        raise InputError("student", who, f"the seat, name or address of one student (it is {what})")
    gone = Forgotten(found[0])
    seat = gone.student.seat
    rest = [one for one in students if one is not gone.student]
    for week in settings.weeks:
        place = week_folder(folder, week.number)
        if (place / MARKS).is_file():
            marks = [mark for mark in read_marks(place / MARKS) if mark.seat != seat]
            _note(gone, write_marks(place / MARKS, week.number, marks), place / MARKS)
            _note(gone, _without_rows(place / GRADES, seat), place / GRADES)
            html = class_page(
                settings,
                week,
                marks,
                grades(marks, settings, week),
                rest,
                points_by_week(folder, settings),
            )
            _note(gone, tables.write(place / PAGE, html), place / PAGE)
        for name in (FEEDBACK, "solutions.zip"):
            _note(gone, _without_entries(place / name, gone.student), place / name)
        for path in sorted([*place.glob("*.filled.*"), place / NAMED_PAGE]):
            if path.is_file():
                path.unlink()
                gone.removed.append(_name(path))
    for path in sorted(folder.glob("exam-*")):
        shutil.rmtree(path)
        gone.removed.append(path.name)
    text = (folder / SETTINGS).read_text(encoding="utf-8-sig")
    _note(gone, tables.write(folder / SETTINGS, without_extensions(text, seat)), folder / SETTINGS)
    Kept(folder).forget(seat)
    write_seats(folder, rest)
    gone.changed.append("seats.csv and mail-merge.csv")
    return gone


def _note(gone: Forgotten, changed: bool, path: Path) -> None:
    if changed:
        gone.changed.append(_name(path))


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}" if path.parent.name.startswith("week") else path.name


def _without_rows(path: Path, seat: str) -> bool:
    if not path.is_file():
        return False
    rows = tables.read_table(path)
    columns = list(rows[0]) if rows else []
    text = tables.table(columns, [row for row in rows if row.get("seat") != seat])
    return bool(rows) and tables.write(path, text)


def _without_entries(path: Path, student: Student) -> bool:
    """Take one student's pages out of a zip, whose names hold the seat or the name."""
    if not path.is_file():
        return False
    with zipfile.ZipFile(path) as opened:
        entries = {name: opened.read(name) for name in opened.namelist()}
    seat = student.seat.encode()
    kept = {
        name: data
        for name, data in entries.items()
        if student.seat not in name and seat not in data
    }
    return len(kept) < len(entries) and tables.write(path, tables.archive(kept))
