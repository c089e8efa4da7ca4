"""How Moodle and Canvas name the files of a hand-in, and when it came."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from functools import cache
from typing import NamedTuple

from dtao_edu.classes.pages import beside

_MOODLE = re.compile(
    r"(?P<name>.*)_(?P<number>\d+)_assignsubmission_[a-z]+_?(?P<rest>.*)", re.DOTALL
)
_CANVAS = re.compile(
    r"(?P<name>[^_/]+)(?P<late>_LATE)?_(?P<number>\d+)_(?P<upload>\d+)_(?P<rest>[^/]+)"
)
_ANONYMOUS = re.compile(
    r"anon_(?P<name>[A-Za-z0-9]+)(?P<late>_LATE)?_(?P<upload>\d+)_(?P<rest>[^/]+)"
)


class Origin(NamedTuple):
    """Whose a file is, as the platform names it."""

    name: str  # of the student; empty where the platform hides it
    number: str  # the platform's own: of the participant in Moodle, of the user in Canvas
    late: bool  # Canvas's word on it
    top: str  # what all files of this hand-in have in front, for the feedback that goes back
    platform: str  # "moodle", "canvas" or ""


def origin(path: str) -> Origin:
    """Read whose a file is from its path.

    Examples
    --------
    >>> origin("Ada Lovelace_1234567_assignsubmission_file_/05.ipynb")[:2]
    ('Ada Lovelace', '1234567')
    >>> origin("lovelaceada_LATE_4711_99_05.ipynb")[:3]
    ('lovelaceada', '4711', True)
    >>> origin("Ada Lovelace/05.ipynb").name
    'Ada Lovelace'
    """
    parts = [part for part in path.split("/") if part]
    for part in parts:
        if found := _MOODLE.fullmatch(part):
            top = part if not found["rest"] else part[: -len(found["rest"])]
            hidden = not found["name"] or found["name"].endswith(found["number"])
            return Origin("" if hidden else found["name"], found["number"], False, top, "moodle")
    for part in parts:
        if found := _CANVAS.fullmatch(part):
            top = f"{part[: -len(found['rest'])]}"
            return Origin(found["name"], found["number"], bool(found["late"]), top, "canvas")
        if found := _ANONYMOUS.fullmatch(part):
            top = f"{part[: -len(found['rest'])]}"
            return Origin("", "", bool(found["late"]), top, "canvas")
    if len(parts) > 1:
        return Origin(parts[0].removesuffix(".zip"), "", False, parts[0], "")
    return Origin(parts[0].rpartition(".")[0] if parts else "", "", False, "", "")


@cache
def words() -> dict[str, dict[str, list[str]]]:
    """Return the words of platforms and calendars in other languages."""
    return tomllib.loads(beside("words.toml"))


def time_of(text: str) -> dt.datetime | None:
    """Read a time as Moodle writes it in its grade file; None if it cannot be read for certain.

    Examples
    --------
    >>> time_of("Tuesday, 3 November 2026, 11:55 PM")
    datetime.datetime(2026, 11, 3, 23, 55)
    >>> time_of("Wednesday, September 23, 2020, 9:00 PM")
    datetime.datetime(2020, 9, 23, 21, 0)
    >>> time_of("Dienstag, 2. Dezember 2025, 10:37")
    datetime.datetime(2025, 12, 2, 10, 37)
    >>> time_of("2026-11-03 23:55")
    datetime.datetime(2026, 11, 3, 23, 55)
    >>> time_of("-") is None
    True
    """
    folded = unicodedata.normalize("NFC", text).casefold()
    clock = re.search(r"(\d{1,2})[:.h](\d{2})(?::\d{2})?\s*(am|pm|a\.m\.|p\.m\.)?(?!\d)", folded)
    year = re.search(r"\b(\d{4})\b", folded)
    if clock is None or year is None:
        return None
    hour, minute = int(clock[1]), int(clock[2])
    if clock[3]:
        hour = hour % 12 + (12 if clock[3].startswith("p") else 0)
    rest = folded[: clock.start()] + " " + folded[clock.end() :]
    if iso := re.search(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", rest):
        day, month = int(iso[3]), int(iso[2])
    else:
        calendar = words()["calendar"]
        weekdays = tuple(calendar["weekdays"])
        months = [
            number
            for word in re.findall(r"[^\W\d]{3,}", rest)
            for number, names in enumerate(calendar["months"], 1)
            if word.startswith(tuple(names)) and not word.startswith(weekdays)
        ]
        days = re.findall(r"(?<!\d)(\d{1,2})(?!\d)", rest)
        if len(set(months)) != 1 or len(days) != 1:
            return None
        day, month = int(days[0]), months[0]
    try:
        return dt.datetime(int(year[1]), month, day, hour, minute)
    except ValueError:
        return None
