"""Numbers and dates in a lesson's sentences, held against what the lesson computes or gives.

A number in the text must stand, rounded at most, in the source or the output of one of the
lesson's code cells; or it is given: named in the section Sources, or in the notebook's metadata
``dtao_edu.given`` with where it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dtao_edu.lessons.lesson import Cell, Lesson

_NAMES_OF_MONTHS = """January February March April May June July
August September October November December"""
_MONTHS = {name: number for number, name in enumerate(_NAMES_OF_MONTHS.split(), 1)}
_MONTH = "|".join(_MONTHS)
_DATE = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d\d(?:-\d\d)?)\b|(?:\b(?P<day>\d{{1,2}}) )?\b(?P<month>{_MONTH})\b"
    r"(?: (?P<year>\d{4})\b)?|\b(?P<alone>20[0-3]\d)\b(?![,.]\d)"
)
_NUMBER = re.compile(
    r"(?<![\w.^])(?<![\^_]\{)(?:(?P<factor>\d+(?:\.\d+)?)\s*(?:\\cdot|\\times|×|·)\s*)?10\^\{?(?P<power>-?\d+)\}?"
    r"|(?<![\w.^])(?<![\^_]\{)(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e-?\d+)?)"
    r"\s?(?P<scale>%|\\%|thousand|million|billion|percent)?"
)
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
# What is no figure: names of lessons and exercises, list numbers, powers.
_NAMES = re.compile(
    r"^\s*\d+\. |\[\d\d(?: [^\]]*)?\]|\blessons? \d\d(?:(?:,| and|, and| to)? \d\d)*"
    r"|\bexercises? \d\d\.\d+(?:(?:,| and|, and| to)? \d\d\.\d+)*|[\"'`]\d\d(?:\.\d+)?[\"'`]"
    r"|^#+ \d\d ",
    re.MULTILINE | re.IGNORECASE,
)
_FREE = (0.0, 1.0, 2.0)  # "one", "both": not worth a proof


@dataclass(frozen=True)
class Figure:
    """A number as it is written.

    Parameters
    ----------
    text : str
        As it stands.
    value : float
        What it says.
    unit : float
        The size of its last digit.
    percent : bool
        Whether it is a percentage.
    """

    text: str
    value: float
    unit: float
    percent: bool = False

    def is_rounded(self, other: Figure) -> bool:
        """Tell whether this is the other one, rounded; a percentage may be of a fraction."""
        reach = self.unit / 2 * (1 + 1e-9) + 1e-12 * abs(self.value)
        if abs(other.value - self.value) <= reach:
            return True
        return self.percent and not other.percent and abs(100 * other.value - self.value) <= reach


def figures(text: str) -> list[Figure]:
    """List the numbers of a text.

    Examples
    --------
    >>> [(figure.value, figure.unit) for figure in figures("about 4,700 of 5.7 million, 33.3 %")]
    [(4700.0, 100.0), (5700000.0, 100000.0), (33.3, 0.1)]
    """
    text = text.replace("{,}", ",").replace(r"\,", "").replace("\u202f", "")
    text = re.sub(r"(?<=\d)_(?=\d)", "", text)
    text = re.sub(r"\b10 ?\*\* ?(?=-?\d)", "10^", text)
    found = []
    for match in _NUMBER.finditer(text):
        if match["power"]:
            value = float(match["factor"] or 1) * 10.0 ** int(match["power"])
            found.append(Figure(match[0].strip(), value, 10.0 ** int(match["power"]) * 1e-6))
            continue
        digits, scale = match["number"].replace(",", ""), match["scale"] or ""
        factor = _SCALES.get(scale, 1.0)
        percent = "%" in scale or scale == "percent"
        found.append(
            Figure(match[0].strip(), float(digits) * factor, _unit(digits) * factor, percent)
        )
    return found


def _unit(digits: str) -> float:
    """Give the size of the last digit that says something; two digits always do."""
    mantissa, _, power = digits.partition("e")
    whole, _, decimals = mantissa.partition(".")
    if decimals:
        unit = round(10.0 ** -len(decimals), len(decimals))
    else:
        zeros = min(len(whole) - len(whole.rstrip("0")), max(len(whole) - 2, 0))
        unit = 10.0**zeros
    return unit * 10.0 ** int(power or 0)


def dates(text: str) -> tuple[set[str], str]:
    """Take the dates out of a text.

    Returns
    -------
    set of str, and str
        The dates as ``2025-04-17``, ``2025-04``, ``04-17``, ``04`` or ``2025``, as exact as they
        were written; and the text without them.

    Examples
    --------
    >>> found, rest = dates("On 17 April 2025, and in May 2025.")
    >>> sorted(found), rest
    (['2025-04-17', '2025-05'], 'On , and in .')
    """
    found = set()
    for match in _DATE.finditer(text):
        if match["iso"] or match["alone"]:
            found.add(match["iso"] or match["alone"])
        elif match["day"] or match["year"]:
            day = f"-{int(match['day']):02}" if match["day"] else ""
            year = f"{match['year']}-" if match["year"] else ""
            found.add(f"{year}{_MONTHS[match['month']]:02}{day}")
    rest = _DATE.sub(lambda match: "" if re.search(r"\d", match[0]) else match[0], text)
    return found, rest


def sentences(lesson: Lesson) -> str:
    """Give the text whose numbers are looked at: objectives and cells, Sources left out."""
    body = "\n\n".join([*lesson.objectives, *(cell.source for cell in lesson.text[1:])])
    body = body.replace(lesson.section("Sources"), "")
    body = re.sub(r"^```.*?^```[^\n]*$|<!--.*?-->", " ", body, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"<https?:[^>]*>|https?:\S+", " ", re.sub(r"\]\([^)\s]*\)", "]", body))


def ground(cells: Iterable[Cell], given: Iterable[str]) -> str:
    """Give the text in which a number may be found: sources, outputs and what is given."""
    parts = [*given]
    for cell in cells:
        parts += [cell.source, re.sub(r"<[^>]*>", " ", cell.output_text)]
    return "\n".join(parts)


def unfounded(lesson: Lesson) -> list[str]:
    """List the numbers and dates of a lesson's text that it neither computes nor gives."""
    base = ground(lesson.code, [*lesson.given, lesson.section("Sources")])
    known_dates, _ = dates(base)
    known = figures(base)
    asked_dates, text = dates(sentences(lesson))
    text = re.sub(r"\b\d\d?:\d\d\b", lambda time: "" if time[0] in base else time[0], text)
    missing = [
        date for date in sorted(asked_dates) if not any(date in _parts(one) for one in known_dates)
    ]
    for figure in figures(_NAMES.sub(" ", text)):
        if figure.value not in _FREE and not any(figure.is_rounded(one) for one in known):
            missing.append(figure.text)
    return list(dict.fromkeys(missing))


def _parts(date: str) -> set[str]:
    """Give all less exact ways to write a date."""
    year, _, rest = date.partition("-") if re.match(r"\d{4}", date) else ("", "", date)
    month = rest[:2]
    return {date, year, rest, f"{year}-{month}" if year and month else date}


def idle(lesson: Lesson) -> list[str]:
    """List the given numbers and dates that the text does not use."""
    asked_dates, text = dates(sentences(lesson))
    asked = figures(text)
    return [
        key
        for key in lesson.given
        if not any(date in _parts(one) for one in dates(key)[0] for date in asked_dates)
        and not any(one.is_rounded(figure) for figure in figures(dates(key)[1]) for one in asked)
    ]
