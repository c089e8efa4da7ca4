"""The platform's own grade file, filled in: one column changes, every other byte stays.

Moodle's grading worksheet and Canvas's gradebook export are known by what stands in them, so the
language of their headers does not matter.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dtao_edu.classes import tables
from dtao_edu.classes.platforms import time_of
from dtao_edu.classes.roster import Student
from dtao_edu.classes.spreadsheet import Spreadsheet
from dtao_edu.engine.errors import InputError

_IDENTIFIER = re.compile(r"[^\W\d][^\d]*(\d+)")
_READ_ONLY = re.compile(r"\(.*\)")  # Canvas: "(read only)", in any language


@dataclass
class GradeFile:
    """A grade file whose rows are known by student."""

    platform: str  # "moodle" or "canvas"
    sheet: Spreadsheet
    grade: int  # the column that is filled
    most: float  # the grade of who has all points
    comma: bool  # whether numbers are written with a decimal comma
    rows: dict[str, int]  # row by seat
    numbers: dict[str, str]  # seat by the platform's number of a student
    received: dict[str, dt.datetime]  # when the hand-in came, by seat
    strangers: tuple[str, ...]  # names in the file that the class does not have

    def fill(self, parts: Mapping[str, float]) -> bytes:
        """Return the file with the grades filled in.

        Parameters
        ----------
        parts : dict of str to float
            By seat, the part of all points, 0 to 1. Who is not in it keeps what the file has.
        """
        for seat, part in parts.items():
            if seat in self.rows:
                text = f"{part * self.most:.2f}".rstrip("0").rstrip(".")
                self.sheet.put(
                    self.rows[seat], self.grade, text.replace(".", "," if self.comma else ".")
                )
        return self.sheet.bytes()


def read_grade_file(
    path: Path, students: Sequence[Student], column: str | None = None
) -> GradeFile:
    """Read a grade file as Moodle or Canvas exports it.

    Parameters
    ----------
    path : Path
    students : sequence of Student
        Of the class, with seats.
    column : str, optional
        The header of the column to fill, or its beginning, where the file alone does not say.

    Raises
    ------
    InputError
        If it is neither platform's file, or the column to fill cannot be told.
    """
    if not path.is_file():
        raise InputError("grades", str(path), "the CSV file that the platform exported")
    sheet = Spreadsheet.read(path.read_bytes())
    if len(sheet.rows) < 2:
        raise InputError("grades", str(path), "a file with a line a student")
    read = _canvas if _is_canvas(sheet) else _moodle
    return read(sheet, students, column)


def _is_canvas(sheet: Spreadsheet) -> bool:
    header = sheet.header
    return (
        len(header) > 4
        and "ID" in header[:3]
        and any(
            row
            and row[0].text.startswith(" ")
            and not (row[1].text.strip() if len(row) > 1 else "")
            for row in sheet.rows[1:4]
        )
    )


def _named(sheet: Spreadsheet, column: str, allowed: Sequence[int]) -> int:
    wanted = column.strip().casefold()
    titles = [sheet.header[n].casefold() for n in allowed]
    whole = [n for n, title in zip(allowed, titles, strict=True) if title == wanted]
    begun = [n for n, title in zip(allowed, titles, strict=True) if title.startswith(wanted)]
    found = whole or begun
    if len(found) != 1:
        raise InputError("column", column, " or ".join(repr(sheet.header[n]) for n in allowed))
    return found[0]


def _canvas(sheet: Spreadsheet, students: Sequence[Student], column: str | None) -> GradeFile:
    header = sheet.header
    points = next(
        n for n, row in enumerate(sheet.rows) if n and row and row[0].text.startswith(" ")
    )
    number = header.index("ID")
    cells = [cell.text.strip() for cell in sheet.rows[points]]
    cells += [""] * (len(header) - len(cells))
    open_ones = [
        n
        for n, title in enumerate(header)
        if re.search(r"\(\d+\)$", title) and not _READ_ONLY.fullmatch(cells[n])
    ]
    if column is not None:
        grade = _named(sheet, column, open_ones)
    elif len(open_ones) == 1:
        grade = open_ones[0]
    else:
        names = " or ".join(repr(header[n]) for n in open_ones) or "a file with an assignment"
        raise InputError("column", "not named", names)
    comma = bool(re.fullmatch(r"\d+,\d+", cells[grade]))
    most = _number(cells[grade])
    if not most:
        raise InputError("points possible", cells[grade], f"a number above 0 for {header[grade]!r}")
    places = Places(students)
    rows, numbers, strangers = {}, {}, []
    for n, row in enumerate(sheet.rows):
        if n <= points or len(row) <= grade or not row[0].text.strip():
            continue
        texts = [cell.text.strip() for cell in row]
        last, _, first = texts[0].partition(",")
        found = places.find([*texts[1:5], f"{first} {last}", texts[0]])
        if found is None:
            strangers.append(texts[0])
            continue
        rows[found.seat] = n
        numbers[texts[number]] = found.seat
    strangers = [name for name in strangers if name not in ("Student, Test", "Test Student")]
    return GradeFile("canvas", sheet, grade, most, comma, rows, numbers, {}, tuple(strangers))


def _moodle(sheet: Spreadsheet, students: Sequence[Student], column: str | None) -> GradeFile:
    header = sheet.header
    columns = [sheet.column(n) for n in range(len(header))]
    identifier = next(
        (
            n
            for n, texts in enumerate(columns)
            if all(map(_IDENTIFIER.fullmatch, texts))
            and len(set(texts)) == len(texts)
            and not any("@" in text for text in texts)
        ),
        None,
    )
    same = [
        n for n, texts in enumerate(columns) if n and len(set(texts)) == 1 and _number(texts[0]) > 0
    ]
    # In a file of one student any number is the same in all rows; then the header has to help.
    hinted = [n for n in same if re.search("max|best|sur|over", header[n].casefold())]
    largest = next(iter(hinted or same), None)
    if column is not None:
        grade = _named(sheet, column, range(len(header)))
    elif largest is not None:  # Moodle writes the grade just before its maximum
        grade = largest - 1
    else:
        raise InputError("column", "not named", "the header of the column that takes the grade")
    if identifier is None and not any("@" in text for texts in columns for text in texts):
        raise InputError("grades", ", ".join(header[:4]), "the file that Moodle or Canvas exported")
    maximum = columns[largest][0] if largest is not None else "100"
    times = _times(columns, after=grade)
    places, rows, numbers, received, strangers = Places(students), {}, {}, {}, []
    for n, row in enumerate(sheet.rows[1:], 1):
        texts = [cell.text.strip() for cell in row]
        if len(texts) <= grade:
            continue
        found = places.find(text for k, text in enumerate(texts[:grade]) if k != identifier)
        number = _IDENTIFIER.fullmatch(texts[identifier]) if identifier is not None else None
        if found is None:
            strangers.append(" ".join(texts[:2]))
            continue
        rows[found.seat] = n
        if number:
            numbers[number[1]] = found.seat
        when = time_of(texts[times]) if times is not None and times < len(texts) else None
        if when:
            received[found.seat] = when
    return GradeFile(
        "moodle",
        sheet,
        grade,
        _number(maximum) or 100.0,
        "," in maximum,
        rows,
        numbers,
        received,
        tuple(strangers),
    )


def _times(columns: Sequence[Sequence[str]], after: int) -> int | None:
    """Find the column of the hand-in's time: the first one behind the grade that holds times."""
    for n in range(after + 1, len(columns)):
        written = [text for text in columns[n] if text.strip(" -")]
        if written and sum(time_of(text) is not None for text in written) * 2 > len(written):
            return n
    return None


def _number(text: str) -> float:
    """Read a number with a point or a comma; 0 if it is none."""
    try:
        return float(text.strip().replace(",", ".")) if len(text) < 20 else 0.0
    except ValueError:
        return 0.0


class Places:
    """Finds a student by any of the texts that a platform has of them."""

    def __init__(self, students: Sequence[Student]) -> None:
        self.by_key: dict[str, Student] = {}
        self.by_name: dict[str, list[Student]] = {}
        for one in students:
            for key in (one.email.casefold(), one.number.casefold(), one.seat):
                if key:
                    self.by_key[key] = one
            self.by_name.setdefault(tables.sameness(one.name), []).append(one)

    def find(self, texts: Iterable[str]) -> Student | None:
        """Return the student whom one of the texts names; None for nobody, or for more than one."""
        known = [text for text in texts if text]
        for text in known:
            if found := self.by_key.get(text.casefold()):
                return found
        names = [*known, *(f"{a} {b}" for a, b in itertools.pairwise(known))]
        for text in names:
            named = self.by_name.get(tables.sameness(text), [])
            if len(named) == 1:
                return named[0]
        return None
