"""The seats of a class: names that stand for students, and that nobody can guess.

A seat is made from the class's secret and the student's key by HMAC. It ends in a check letter,
which the practice knows, so that `sit` refuses a mistyped one. Without the secret nobody can tell
whose a seat is, or which seat a fellow student has.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from pathlib import Path

from dtao_edu.classes import tables
from dtao_edu.engine.errors import InputError
from dtao_edu.practice.seats import LENGTH, LETTERS, class_seat

SECRET = "secret.txt"


def secret(folder: Path) -> bytes:
    """Read the class's secret; it is made when there is none."""
    path = folder / SECRET
    if not path.is_file():
        tables.write(path, secrets.token_hex(32) + "\n", private=True)
    text = path.read_text(encoding="ascii", errors="replace").strip()
    if len(text) < 32:
        raise InputError(SECRET, f"{len(text)} characters", "the line that `class new` wrote")
    return text.encode()


def seat(key: bytes, student: str, attempt: int = 0) -> str:
    """Return the seat of a student: HMAC-SHA256 of its key under the class's secret.

    Parameters
    ----------
    key : bytes
        The class's secret.
    student : str
        What tells the student from all others.
    attempt : int
        Counts on where two students would get one seat.

    Examples
    --------
    >>> seat(b"a secret of the class", "ada@example.org")
    'seat-gjaq-swth'
    """
    digest = hmac.new(key, f"{attempt}/{student}".encode(), hashlib.sha256).digest()
    number, letters = int.from_bytes(digest), ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return class_seat(letters)


def seats_of(key: bytes, students: Iterable[str], taken: dict[str, str]) -> dict[str, str]:
    """Give every student a seat of its own; who has one keeps it.

    Parameters
    ----------
    key : bytes
        The class's secret.
    students : iterable of str
        Their keys.
    taken : dict of str to str
        Seats given before, by key.

    Returns
    -------
    dict of str to str
        Seat by key, for all of `students`.
    """
    used = set(taken.values())
    given: dict[str, str] = {}
    for student in students:
        attempt, made = 0, taken.get(student, "")
        while not made or (made in used and student not in taken):
            made = seat(key, student, attempt)
            attempt += 1
        used.add(made)
        given[student] = made
    return given
