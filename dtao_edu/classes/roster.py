"""Who is in a class: read from what Moodle or Canvas exports, or from one name a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dtao_edu.classes import seats, tables
from dtao_edu.classes.platforms import words
from dtao_edu.classes.spreadsheet import Spreadsheet
from dtao_edu.engine.errors import InputError

SEATS = "seats.csv"
MERGE = "mail-merge.csv"
_MOST = 200_000
_COLUMNS = ("seat", "name", "email", "number", "key")

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
_IDENTIFIER = re.compile(r"[^\W\d][^\d]*\d+")  # "Participant 1234567", in any language


@dataclass(frozen=True)
class Student:
    """One student of a class."""

    # What tells the student from all others: address, number, or the name where there is
    # neither.
    key: str
    # As the roster has them; they may be empty.
    name: str
    email: str = ""
    number: str = ""
    seat: str = ""  # the name under which the student's numbers are drawn


def read_roster(path: Path) -> list[Student]:
    """Read a roster: a CSV of Moodle's or Canvas's, or one name a line.

    Returns
    -------
    list of Student
        Without seats; in the order of the file.

    Raises
    ------
    InputError
        If there is nobody in it, or two students cannot be told apart.
    """
    sheet = Spreadsheet.read(path.read_bytes())
    lines = [[cell.text.strip() for cell in row] for row in sheet.rows]
    lines = [line for line in lines if any(line)]
    columns = _columns(lines)
    rows = lines[1:] if columns else lines
    if len(rows) > _MOST:
        raise InputError("roster", f"{len(rows):,} lines", f"at most {_MOST:,}")
    students = [_student(line, columns) for line in rows if _is_student(line)]
    if not any(student.name or student.email for student in students):
        raise InputError("roster", str(path), "a CSV of Moodle or Canvas, or one name a line")
    return _told_apart(students)


def _columns(lines: list[list[str]]) -> dict[str, int]:
    """Say which column holds what; nothing where the file is a plain list of names."""
    if not lines:
        return {}
    header = [cell.casefold().lstrip("\ufeff") for cell in lines[0]]
    found: dict[str, int] = {}
    for what, names in words()["headers"].items():
        place = next((n for n, title in enumerate(header) if title in names), None)
        if place is not None:
            found[what] = place
    if len(header) == 1:  # a list of names, under a title or not
        return found
    body = lines[1:]
    for n, title in enumerate(header):
        column = [line[n] for line in body if n < len(line) and line[n]]
        is_email = column and all(map(_ADDRESS.fullmatch, column))
        if is_email and "email" not in found and not _ADDRESS.fullmatch(title):
            found["email"] = n
    if not found and not any(map(_ADDRESS.fullmatch, lines[0])):
        return {}
    if "full" not in found and "first" not in found and "email" in found:
        # Another language: the name stands before the address, behind Moodle's identifier.
        before = list(range(found["email"]))
        texts = {n: [line[n] for line in body if n < len(line)] for n in before}
        before = [n for n in before if not all(map(_IDENTIFIER.fullmatch, texts[n]))]
        if len(before) >= 2 and not any(" " in text for text in texts[before[0]]):
            found["first"], found["last"] = before[:2]
        elif before:
            found["full"] = before[0]
    return found


def _is_student(line: list[str]) -> bool:
    """Leave out Canvas's row of points, and its test student."""
    first = line[0].casefold()
    return not (
        first.startswith(("points possible", "manual posting"))
        or line[0] == "Student, Test"
        or (not line[0] and any("manual posting" in cell.casefold() for cell in line))
        or any(cell.startswith("(") and cell.endswith(")") for cell in line[5:6])
    )


def _student(line: list[str], columns: Mapping[str, int]) -> Student:
    def at(what: str) -> str:
        place = columns.get(what, -1)
        return line[place] if 0 <= place < len(line) else ""

    name = _clean(" ".join(filter(None, (at("first"), at("last")))) or at("full"))
    if "," in name and at("full"):  # Canvas: "Lovelace, Ada"
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}"
    email = at("email")
    if not columns:  # a plain list: a name, and perhaps an address behind a comma
        address = [cell for cell in line if _ADDRESS.fullmatch(cell)]
        email = address[0] if address else ""
        name = _clean(" ".join(cell for cell in line if cell and cell not in address))
    number = at("number")
    key = email.casefold() or number.casefold() or tables.sameness(name) or name
    return Student(key, name or email, email, number)


def _clean(name: str) -> str:
    """Write a name in one Unicode form, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def _told_apart(students: Iterable[Student]) -> list[Student]:
    """Refuse two lines of one key; the same line twice is one student."""
    seen: dict[str, Student] = {}
    for student in students:
        if not student.key:
            continue
        other = seen.setdefault(student.key, student)
        if tables.sameness(other.name) != tables.sameness(student.name) or (
            other is not student and "@" not in student.key and not student.number
        ):
            raise InputError(
                "roster",
                f"two lines of {student.name!r}",
                "one line a student; an address behind a comma tells two of one name apart",
            )
    return list(seen.values())


def seated(folder: Path, students: Iterable[Student]) -> list[Student]:
    """Give the students their seats; those who sit already keep theirs.

    Returns
    -------
    list of Student
        All of the class.
    """
    had = {student.key: student for student in read_seats(folder)}
    everybody = {**had, **{student.key: student for student in students}}
    taken = {key: student.seat for key, student in had.items()}
    given = seats.seats_of(seats.secret(folder), everybody, taken)
    return [
        Student(one.key, one.name, one.email, one.number, given[key])
        for key, one in everybody.items()
    ]


def read_seats(folder: Path) -> list[Student]:
    """Read the class's students and seats; nobody where there is no such file yet."""
    path = folder / SEATS
    if not path.is_file():
        return []
    rows = tables.read_table(path)
    lacking = [name for name in _COLUMNS if rows and name not in rows[0]]
    if lacking:
        raise InputError(
            SEATS, f"without {', '.join(lacking)}", "the columns that `class new` wrote"
        )
    return [
        Student(row["key"], row["name"], row["email"], row["number"], row["seat"]) for row in rows
    ]


def write_seats(folder: Path, students: Iterable[Student]) -> None:
    """Write who sits where, and the file from which each student is written to."""
    everybody = list(students)
    rows = [{name: getattr(one, name) for name in _COLUMNS} for one in everybody]
    tables.write(folder / SEATS, tables.table(_COLUMNS, rows), private=True)
    letters = [
        {"name": one.name, "email": one.email, "seat": one.seat, "line": f'sit("{one.seat}")'}
        for one in everybody
    ]
    columns = ("name", "email", "seat", "line")
    tables.write(folder / MERGE, tables.table(columns, letters), private=True)
