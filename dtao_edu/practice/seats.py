"""Seats: the name that a learner sits under, and which spellings of it are one.

A seat decides which numbers a learner gets. Small and capital letters, the forms in which Unicode
can write a letter, and the space, hyphen or underscore between two words make no difference:
``student-17``, ``Student-17`` and ``student 17`` are one seat.

A free name is whatever a learner likes. A class's seat is given out by a teacher; it looks like
``seat-kqzm-fhww`` and its last letter is worked out from the others, so that a mistyped one is
refused instead of giving somebody else's numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from dtao_edu.engine.errors import refuse
from dtao_edu.practice.checking.record import Answer

PRACTICE = "practice"
"""The fixed set of numbers, for those who did not sit down under a name."""

LETTERS = "abcdefghjkmnpqrstuvwxyz"
"""The letters of a class's seat: without i, l and o, which are taken for one another."""

LENGTH = 7
"""Letters of a class's seat before the check letter."""

LONGEST = 60
_CLASS = re.compile(rf"seat-?((?:[a-z]-?){{{LENGTH}}}[a-z])")


def canonical(name: str) -> str:
    """Return the one spelling of a seat.

    Returns
    -------
    str
        In small letters, words joined by hyphens.

    Examples
    --------
    >>> [canonical(name) for name in ("Student-17", "student 17", " STUDENT_17")]
    ['student-17', 'student-17', 'student-17']
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    words = re.split(r"[\s_\-\u2010-\u2015]+", unicodedata.normalize("NFKC", text))
    return "-".join(filter(None, words))


def check_letter(letters: str) -> str:
    """Return the letter that is determined by a seat's letters: sum of (i + 1) * place, mod 23.

    One wrong letter, or two exchanged, always gives another check letter, since 23 is prime.

    Examples
    --------
    >>> check_letter("kqzmfhw"), check_letter("kqzmhfw")
    ('w', 'u')
    """
    places = [LETTERS.index(letter) for letter in letters]
    return LETTERS[sum((i + 1) * place for i, place in enumerate(places)) % len(LETTERS)]


def class_seat(letters: str) -> str:
    """Return a class's seat made of seven letters and their check letter.

    Raises
    ------
    InputError
        If they are not.

    Examples
    --------
    >>> class_seat("kqzmfhw")
    'seat-kqzm-fhww'
    """
    if len(letters) != LENGTH or set(letters) - set(LETTERS):
        refuse("letters", letters, f"{LENGTH} letters of {LETTERS}")
    whole = letters + check_letter(letters)
    return f"seat-{whole[:4]}-{whole[4:]}"


def is_class_seat(name: str) -> bool:
    """Tell whether a name has the form of a class's seat, and its check letter fits.

    Examples
    --------
    >>> is_class_seat("Seat KQZM FHWW"), is_class_seat("seat-kqzm-fhwt"), is_class_seat("ada")
    (True, False, False)
    """
    found = _CLASS.fullmatch(canonical(name))
    if not found:
        return False
    letters = found[1].replace("-", "")
    return set(letters) <= set(LETTERS) and check_letter(letters[:-1]) == letters[-1]


def read_seat(name: Answer, known: Iterable[str] = ()) -> str:
    """Return the seat that a name stands for.

    Parameters
    ----------
    name : str or int
        As somebody typed it.
    known : iterable of str
        Seats that are in use, in their own spelling; a progress of version 0.1 may hold one with
        capital letters, whose numbers stay its own.

    Raises
    ------
    InputError
        If it is empty, too long, or a class's seat whose check letter does not fit.

    Examples
    --------
    >>> read_seat("Student 17"), read_seat("jo reader", ["Jo Reader"])
    ('student-17', 'Jo Reader')
    """
    text = str(name).strip() if isinstance(name, str | int) and not isinstance(name, bool) else ""
    seat = canonical(text)
    if not seat or len(text) > LONGEST or not text.isprintable():
        refuse("name", name, f"a name of 1 to {LONGEST} characters, as 'student-17'")
    found = _CLASS.fullmatch(seat)
    if found:
        if not is_class_seat(seat):
            refuse("name", name, "the seat as it was given out, letter by letter; one is mistyped")
        return class_seat(found[1].replace("-", "")[:-1])
    # Of several spellings from version 0.1, the one typed is meant; else the first.
    same = [other for other in known if canonical(other) == seat]
    return text if text in same else same[0] if same else seat
