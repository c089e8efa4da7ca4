"""Numbers, days and tables in words: one way to write each, in every room above the engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor, isfinite, log10
from typing import SupportsFloat

from dtao_edu.engine.units import BLOCKS_PER_HOUR, Amount

MANY = 99.0
"""A rise, as a part of one, from which on times are easier to read than percent."""


def number(value: SupportsFloat | str, digits: int = 5) -> str:
    """Round a number to so many significant digits, whole digits kept, thousands apart.

    Parameters
    ----------
    value : float
    digits : int
        Significant digits; whole digits are never rounded away below 10^15. Below 10^-9, and
        from 10^15 on where it is no whole number, it is written with an exponent.

    Examples
    --------
    >>> number(1234567.89), number(0.0648908987), number(12.0), number(0)
    ('1,234,568', '0.064891', '12', '0')
    >>> number(-0.5, 3), number(1e-9, 3), number(1e-12, 3)
    ('-0.5', '0.000000001', '1e-12')
    """
    if isinstance(value, int) or (isinstance(value, Fraction) and value.denominator == 1):
        return f"{int(value):,}"
    plain = float(value)
    if not isfinite(plain) or plain == 0:
        return str(plain) if plain else "0"
    if not 1e-9 <= abs(plain) < 1e15:
        return f"{plain:.{digits - 1}e}".replace(f".{'0' * (digits - 1)}e", "e")
    decimals = max(digits - 1 - floor(log10(abs(plain))), 0)
    text = f"{plain:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(part: Amount, decimals: int = 1, *, fine: bool = False) -> str:
    """Write a part of one as percent.

    Parameters
    ----------
    part : float
        0.5 means half.
    decimals : int
        Decimals shown; more are shown where a small part would read as 0.
    fine : bool
        For the columns of a table: one decimal more below 0.95 %, and one more below 0.05 %.

    Examples
    --------
    >>> percent(0.16667), percent(1.25), percent(0.00012), percent(0)
    ('16.7 %', '125.0 %', '0.012 %', '0.0 %')
    >>> percent(0.0059, fine=True), percent(0.00005, fine=True), percent(-1e-17, fine=True)
    ('0.59 %', '0.005 %', '0.0 %')
    >>> percent(0.460504, fine=True)
    '46.1 %'
    """
    hundred = 100 * float(part)
    if fine:
        hundred = hundred if round(hundred, 3) else 0.0  # rounded once, at the end
        decimals += (0 < abs(hundred) < 0.95) + (0 < abs(hundred) < 0.05)
    elif hundred and abs(hundred) < 10**-decimals:
        return f"{number(hundred, 2)} %"
    return f"{hundred:,.{decimals}f} %"


def impact(part: Amount) -> str:
    """Write a price impact: in percent, from a hundredfold on in times.

    Parameters
    ----------
    part : float
        The price after, divided by the one before, minus one.

    Examples
    --------
    >>> impact(0.44), impact(-0.36), impact(239740.19)
    ('44.0 %', '-36.0 %', '240,000 times')
    """
    return percent(part) if part < MANY else f"{number(float(f'{1 + part:.2g}'))} times"


def change(part: Amount) -> str:
    """Say how far a price rose or fell, for a sentence.

    Parameters
    ----------
    part : float
        The price after, divided by the one before, minus one.

    Examples
    --------
    >>> change(0.44), change(-0.36), change(239740.19)
    ('by 44.0 %', 'by 36.0 %', 'to 240,000 times what it was')
    """
    if part < MANY:
        return f"by {percent(abs(float(part)))}"
    return f"to {impact(part)} what it was"


def amount(value: Amount, unit: str, digits: int = 5) -> str:
    """Write an amount with its unit.

    Parameters
    ----------
    value : float
    unit : str
        "" for a number without one.
    digits : int
        Significant digits, as in :func:`number`.

    Examples
    --------
    >>> amount(5000, "TAO")
    '5,000 TAO'
    """
    return f"{number(value, digits)} {unit}".strip()


def in_hours(blocks: float) -> str:
    """Write blocks as hours.

    Examples
    --------
    >>> in_hours(300), in_hours(301), in_hours(2310)
    ('1 hour', '1 hour', '7.7 hours')
    """
    hours = number(blocks / BLOCKS_PER_HOUR, 3)
    return "1 hour" if hours == "1" else f"{hours} hours"


def rounded(tao: Amount) -> float:
    """Round TAO to three digits: what was found by halving is not known to the last one.

    Examples
    --------
    >>> rounded(504090.4)
    504000.0
    """
    return float(f"{float(tao):.3g}")


def held_still(part: float) -> float:
    """Return a change, or 0 where it is left over from the rounding of floats.

    Examples
    --------
    >>> held_still(-1.1e-16), held_still(-0.002)
    (0.0, -0.002)
    """
    return 0.0 if abs(part) < 1e-12 else part


def day_in_words(day: date | str) -> str:
    """Write a day as in a sentence.

    Examples
    --------
    >>> day_in_words("2026-08-07"), day_in_words(date(2025, 2, 13))
    ('7 August 2026', '13 February 2025')
    """
    there = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{there.day} {_MONTHS[there.month - 1]} {there.year}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def columns(rows: Sequence[Sequence[str]], left: int) -> str:
    """Set rows in columns as wide as their widest cell, two spaces apart.

    Parameters
    ----------
    rows : sequence of sequences of str
        As many cells in each.
    left : int
        So many columns begin at their left, the others end at their right.

    Examples
    --------
    >>> print(columns([("paid", "5"), ("received", "33.333")], 1))
    paid           5
    received  33.333
    """
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place < left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, wide, strict=True))
        ).rstrip()
        for row in rows
    )


def markdown(
    head: Sequence[str], rows: Iterable[Sequence[str | float]], left: int | None = None
) -> str:
    """Write a table as Markdown.

    Parameters
    ----------
    head : sequence of str
        Names of the columns.
    rows : iterable of sequences
        As many cells in each.
    left : int, optional
        So many columns begin at their left, the others end at their right; not said if left out.

    Examples
    --------
    >>> print(markdown(["day", "TAO"], [["Monday", 5]]))
    | day | TAO |
    |---|---|
    | Monday | 5 |
    """
    marks = [":---" if place < (left or 0) else "---:" for place in range(len(head))]
    below = "|" + "---|" * len(head) if left is None else f"| {' | '.join(marks)} |"
    first, *others = (f"| {' | '.join(map(str, row))} |" for row in (head, *rows))
    return "\n".join([first, below, *others])


@dataclass(frozen=True)
class Table:
    """A table of text: a heading, and rows of as many words; it prints itself.

    The first `left` columns begin at their left, the others end at their right.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int

    def __str__(self) -> str:
        return columns([self.head, *self.rows], self.left)

    def __repr__(self) -> str:
        return str(self)

    def _repr_markdown_(self) -> str:
        return markdown(self.head, self.rows, self.left)
