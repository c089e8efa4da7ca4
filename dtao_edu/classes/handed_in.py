"""Whose each file of a download is: by the platform's names, and by the seat in the notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dtao_edu.classes import platforms
from dtao_edu.classes.downloads import File
from dtao_edu.classes.grade_file import Places
from dtao_edu.classes.records import Record, read_notebook
from dtao_edu.classes.roster import Student

_BOOK = ".ipynb"


@dataclass
class HandIn:
    """What one student handed in."""

    seat: str
    # Each with the file it was found in.
    records: list[tuple[Record, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # sentences on the hand-in as a whole
    late: bool = False  # Canvas's word on it
    top: str = ""  # what the platform puts in front of the student's files
    books: int = 0


@dataclass
class Collected:
    """All hand-ins by seat, and what belongs to nobody."""

    hand_ins: dict[str, HandIn] = field(default_factory=dict)
    # Files that could not be given to a student, each with a sentence.
    lost: list[tuple[str, str]] = field(default_factory=list)


def collect(
    found: Iterable[File], students: Sequence[Student], numbers: Mapping[str, str]
) -> Collected:
    """Read all files of a download and give each to its student.

    Parameters
    ----------
    found : iterable of File
    students : sequence of Student
        Of the class, with seats.
    numbers : dict of str to str
        Seat by the platform's own number, from its grade file.
    """
    places, by_seat = Places(students), {one.seat: one for one in students}
    collected = Collected()
    worked: dict[str, set[str]] = {}  # seat in a notebook: seats of those who handed it in
    for file in found:
        _take(file, places, by_seat, numbers, collected, worked)
    for used, owners in worked.items():
        if len(owners) > 1 and used in by_seat:
            for seat in owners:
                who = "its owner and others" if used in owners else "several"
                collected.hand_ins[seat].notes.append(f"The seat {used} was used by {who}.")
    for hand_in in collected.hand_ins.values():
        _compare_books(hand_in)
        if not hand_in.books and not hand_in.notes:
            hand_in.notes.append("There is no notebook in the hand-in.")
    return collected


def _take(
    file: File,
    places: Places,
    by_seat: Mapping[str, Student],
    numbers: Mapping[str, str],
    collected: Collected,
    worked: dict[str, set[str]],
) -> None:
    origin = platforms.origin(file.path)
    seat = numbers.get(origin.number, "")
    if not seat and (named := places.find([origin.name])):
        seat = named.seat
    is_book = file.path.lower().endswith(_BOOK)
    reading = read_notebook(file.content) if is_book and not file.fault else None
    used = {record.seat for record in reading.records if record.seat} if reading else set()
    if not seat:
        own = [name for name in used if name in by_seat]
        if len(own) == 1:
            seat = own[0]
        else:
            why = file.fault or (
                "Neither its name nor a seat in it belongs to a student of the class."
                if is_book
                else "It is no notebook, and its name is no student's."
            )
            collected.lost.append((file.path, why))
            return
    hand_in = collected.hand_ins.setdefault(seat, HandIn(seat))
    hand_in.late |= origin.late
    hand_in.top = hand_in.top or origin.top
    if file.fault:
        hand_in.notes.append(f"{_short(file.path)}: {file.fault}")
    if reading is None:
        return
    hand_in.books += 1
    hand_in.records += [(record, file.path) for record in reading.records]
    hand_in.notes += [f"{_short(file.path)}: {fault}" for fault in reading.faults]
    for name in used:
        worked.setdefault(name, set()).add(seat)
        if name != seat:
            whose = "another student's seat" if name in by_seat else _kind_of(name)
            note = f"It was worked under {name!r}, {whose}; the seat is {seat}."
            if note not in hand_in.notes:
                hand_in.notes.append(note)


def _kind_of(name: str) -> str:
    return (
        "the numbers that all share"
        if name == "practice"
        else "a name that is no seat of the class"
    )


def _short(path: str) -> str:
    return path.rpartition("/")[2]


def _compare_books(hand_in: HandIn) -> None:
    """Say where two notebooks of one student answer the same exercise."""
    where: dict[str, set[str]] = {}
    for record, path in hand_in.records:
        where.setdefault(record.exercise, set()).add(path)
    twice = sorted(exercise for exercise, paths in where.items() if len(paths) > 1)
    if twice:
        names = sorted({_short(path) for exercise in twice for path in where[exercise]})
        told = f"Two notebooks ({', '.join(names)}) answer {', '.join(twice)}."
        hand_in.notes.append(told)
