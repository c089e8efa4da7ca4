"""The settings of a class: `class.toml`, which the lecturer edits."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

from dtao_edu.classes.pages import beside
from dtao_edu.engine.errors import InputError
from dtao_edu.practice import bank

SETTINGS = "class.toml"
_KNOWN = {
    "title",
    "package",
    "counts",
    "late_percent_a_day",
    "no_hand_in",
    "keep_until",  # a note of the lecturer's own, which no command reads
    "week",
    "extension",
    "points",
}
_WEEK = {"number", "lessons", "due", "points", "leave_out", "accept"}


@dataclass(frozen=True)
class Week:
    """One week of a class."""

    number: int
    lessons: tuple[str, ...]  # two digits each
    due: dt.datetime | None  # in the platform's own time; None is never late
    points: Mapping[str, float]  # by exercise; all that count
    accept: frozenset[str] = frozenset()  # exercises that count as right for everybody who answered

    @property
    def most(self) -> float:
        """The most points there are."""
        return sum(self.points.values())


@dataclass(frozen=True)
class Settings:
    """What a class agreed on."""

    title: str
    package: str
    counts: str = "last"  # which answer counts where there are several: "last" or "best"
    late_percent_a_day: float = 0.0  # taken off for each day begun after the due time
    # What the grade file gets for who handed in nothing: "empty" or "zero".
    no_hand_in: str = "empty"
    # The part of an exercise's points by outcome; what is not named gets nothing.
    parts: Mapping[str, float] = field(default_factory=lambda: {"right": 1.0})
    weeks: tuple[Week, ...] = ()
    # By seat and week.
    extensions: Mapping[tuple[str, int], dt.datetime] = field(default_factory=dict)

    def week(self, number: int) -> Week:
        """Return a week by its number."""
        for one in self.weeks:
            if one.number == number:
                return one
        there = ", ".join(str(one.number) for one in self.weeks)
        raise InputError("week", number, f"a week of {SETTINGS}: {there}")

    def due(self, week: Week, seat: str) -> dt.datetime | None:
        """Return the time until which a seat may hand in."""
        return self.extensions.get((seat, week.number), week.due)


def read_settings(folder: Path) -> Settings:
    """Read `class.toml`.

    Raises
    ------
    InputError
        If the file is missing, or something in it is not allowed; one sentence says what.
    """
    path = folder / SETTINGS
    if not path.is_file():
        raise InputError(
            "class", str(folder), f"a folder with {SETTINGS}; `dtao-edu class new` makes it"
        )
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(SETTINGS, str(error), "TOML, as `class new` wrote it") from None
    _only("a key of it", content, _KNOWN)
    weeks = tuple(_week(one) for one in _tables(content, "week"))
    numbers = [one.number for one in weeks]
    if len(set(numbers)) < len(numbers):
        raise InputError("week", numbers, "each number once")
    return Settings(
        title=str(content.get("title", folder.name)),
        package=str(content.get("package", "")),
        counts=_one_of("counts", content.get("counts", "last"), ("last", "best")),
        late_percent_a_day=_number("late_percent_a_day", content.get("late_percent_a_day", 0), 100),
        no_hand_in=_one_of("no_hand_in", content.get("no_hand_in", "empty"), ("empty", "zero")),
        parts=_parts(content.get("points", {"right": 1})),
        weeks=weeks,
        extensions=dict(_extension(one, numbers) for one in _tables(content, "extension")),
    )


def _tables(content: Mapping[str, object], name: str) -> Sequence[Mapping[str, object]]:
    found = content.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise InputError(name, found, f"tables that begin with [[{name}]]")
    return found


def _week(one: Mapping[str, object]) -> Week:
    _only("a key of a week", one, _WEEK)
    number = one.get("number")
    if not isinstance(number, int) or number < 0:
        raise InputError("number of a week", number, "a whole number")
    lessons = _texts("lessons", one.get("lessons"))
    for lesson in lessons:
        if lesson not in bank.lessons():
            raise InputError("lesson", lesson, ", ".join(bank.lessons()))
    there = [exercise.id for lesson in lessons for exercise in bank.exercises(lesson)]
    left_out = _texts("leave_out", one.get("leave_out", []))
    accept = _texts("accept", one.get("accept", []))
    given = one.get("points", {})
    if not isinstance(given, dict):
        raise InputError("points", given, 'a table as {"05.2" = 2}')
    for name in (*left_out, *accept, *given):
        if name not in there:
            raise InputError("exercise", name, f"one of week {number}: {', '.join(there)}")
    points = {
        name: _number("points", given.get(name, 1), 1000) for name in there if name not in left_out
    }
    return Week(number, lessons, _time("due", one.get("due")), points, frozenset(accept))


def _extension(
    one: Mapping[str, object], weeks: Sequence[int]
) -> tuple[tuple[str, int], dt.datetime]:
    seat, week, due = one.get("seat"), one.get("week"), _time("due", one.get("due"))
    if not isinstance(seat, str) or week not in weeks or not isinstance(week, int) or due is None:
        raise InputError("extension", dict(one), "seat, week and due of one student")
    return (seat, week), due


def _parts(given: object) -> dict[str, float]:
    allowed = ("right", "close", "factor")
    if not isinstance(given, dict) or set(given) - set(allowed):
        raise InputError("points", given, f"a table of {', '.join(allowed)}")
    return {name: _number(f"points.{name}", value, 1) for name, value in given.items()}


def _only(what: str, given: Mapping[str, object], known: set[str]) -> None:
    for name in given:
        if name not in known:
            raise InputError(what, name, ", ".join(sorted(known)))


def _texts(what: str, given: object) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
        raise InputError(what, given, 'a list of texts, as ["04", "05"]')
    return tuple(given)


def _one_of(what: str, given: object, allowed: Sequence[str]) -> str:
    if not isinstance(given, str) or given not in allowed:
        raise InputError(what, given, " or ".join(map(repr, allowed)))
    return given


def _number(what: str, given: object, most: float) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= most:
        raise InputError(what, given, f"a number from 0 to {most:g}")
    return float(given)


def _time(what: str, given: object) -> dt.datetime | None:
    if given is None or given == "":
        return None
    if isinstance(given, dt.datetime):
        return given.replace(tzinfo=None)
    if isinstance(given, dt.date):  # the day named belongs to the students
        return dt.datetime.combine(given, dt.time(23, 59, 59))
    raise InputError(what, given, "a day or a time, as 2026-12-07T23:59:00, without quotes")


def first_settings(title: str, lessons: Sequence[str], start: dt.date, package: str) -> str:
    """Write the `class.toml` of a new class: one lesson a week, due on the seventh day.

    Parameters
    ----------
    title : str
    lessons : sequence of str
        Two digits each, one a week.
    start : date
        The day of the first hand-out.
    package : str
        The version of the package.
    """
    week = Template(beside("week.toml"))
    weeks = "".join(
        week.substitute(
            number=number,
            lessons=json.dumps([lesson]),
            due=(start + dt.timedelta(days=7 * number)).isoformat(),
        )
        for number, lesson in enumerate(lessons, 1)
    )
    keep = (start + dt.timedelta(days=365)).isoformat()
    text = Template(beside("class.toml"))
    return text.substitute(title=json.dumps(title), package=json.dumps(package), keep=keep) + weeks


def without_extensions(text: str, seat: str) -> str:
    """Take the extensions of one seat out of the text of `class.toml`."""
    quoted = re.escape(json.dumps(seat))
    block = rf"(?m)^\[\[extension\]\]\n(?:(?!\[).*\n)*?seat = {quoted}.*\n(?:(?!\[).*\n?)*"
    return re.sub(block, "", text)
