"""The tables of the package, and where each comes from.

A table is a small CSV file in `tables/`; `tables/provenance.toml` says for each where and
when it was read, in which units, what was checked and what it cannot say.
"""

from __future__ import annotations

import csv
import datetime
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from dtao_edu.engine.errors import InputError, refuse

_FOLDER = files(__package__) / "tables"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a table comes from, what its columns are, what was checked, what it cannot say.

    Attributes
    ----------
    name, title : str
        The file's name without ending, and what it holds.
    block, date : str
        Of the figures; the block is empty where the source names none.
    repository, commit, path : str
        Where they were read.
    licence : str
        What the source says about its rights.
    rows : int
        Rows of the file, the head not counted.
    units : str
        What each column holds, and in which unit.
    checked : tuple of str
        What was compared, with the result.
    limits : str
        What the table cannot say.
    sha256 : str
        Of the file, lines ended by a line feed.
    """

    name: str
    title: str
    block: str
    date: str
    repository: str
    commit: str
    path: str
    licence: str
    rows: int
    units: str
    checked: tuple[str, ...]
    limits: str
    sha256: str = field(repr=False)

    def __str__(self) -> str:
        lines = [f"{self.title} ({self.name}.csv, {self.rows} rows)"]
        for label in ("date", "block", "repository", "commit", "path", "licence", "units"):
            if getattr(self, label):
                lines.append(f"  {label}: {getattr(self, label)}")
        lines += [f"  checked: {check}" for check in self.checked]
        return "\n".join([*lines, f"  limits: {self.limits}"])


class Tables(Mapping[str, Provenance]):
    """All tables of the package: name -> :class:`Provenance`.

    Examples
    --------
    >>> tables()["swaps_64_2025-08-29_2026-01-01"].rows
    12
    """

    def __init__(self, entries: Mapping[str, Provenance]) -> None:
        self._entries = dict(entries)

    def __getitem__(self, name: str) -> Provenance:
        if name not in self._entries:
            raise NotInLedgerError("table", name, f"one of {', '.join(self._entries)}")
        return self._entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return "\n".join(f"{name}: {entry.title}" for name, entry in self.items())

    def _repr_html_(self) -> str:
        """Return the list as a small table, for notebooks."""
        return html_table(
            ("table", "what it holds", "date", "rows"),
            [(p.name, p.title, p.date, p.rows) for p in self.values()],
        )


Day = str | datetime.date
"""A day, or a moment of it, as text or as a date."""


class NotInLedgerError(InputError, KeyError):
    """A date, netuid or table that the package does not carry; the message says what is there."""

    def __str__(self) -> str:
        return str(self.args[0])  # a KeyError alone would put the sentence into quotation marks


@cache
def tables() -> Tables:
    """All tables of the package with their provenance.

    Returns
    -------
    Tables
        Mapping of a table's name to its :class:`Provenance`; `print(tables()[name])` shows it.

    Examples
    --------
    >>> len(tables())
    15
    >>> tables()["pools_2025-04-17"].block
    '5373800'
    """
    text = (_FOLDER / "provenance.toml").read_text(encoding="utf-8")
    return Tables({name: _provenance(name, entry) for name, entry in tomllib.loads(text).items()})


def _provenance(name: str, entry: Mapping[str, Any]) -> Provenance:
    values = {"block": "", **entry, "name": name}
    values["block"] = str(values["block"])
    values["checked"] = tuple(values["checked"])
    return Provenance(**{f.name: values[f.name] for f in fields(Provenance)})


def read(name: str) -> list[dict[str, str]]:
    """Return the rows of a table as text, one dict a row.

    Examples
    --------
    >>> read("root_stake_2024-10-23")[0]
    {'uid': '2', 'stake_rao': '876353769028828'}
    """
    text = (_FOLDER / f"{tables()[name].name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def dated(kind: str, date: Day) -> str:
    """Return the one table of a kind at a date, such as 'pools' and '2025-04-17'.

    Raises
    ------
    NotInLedgerError
        No such table; the message names the dates that are there.

    Examples
    --------
    >>> dated("pools", "2025-04-17")
    'pools_2025-04-17'
    """
    name = f"{kind}_{date}"
    if name not in tables():
        there = [known.removeprefix(f"{kind}_") for known in tables() if known.startswith(kind)]
        raise NotInLedgerError("date", str(date), one_of(there))
    return name


def one_of(there: Iterable[str | int]) -> str:
    """Return a list of what is there for a message: all of a few, the ends of many.

    Examples
    --------
    >>> one_of(["a", "b"]), one_of(list("abcdefghijk"))
    ("'a' or 'b'", "'a', 'b', ... 'k' (11 in all)")
    """
    there = list(there)
    if len(there) > 8:
        return f"{there[0]!r}, {there[1]!r}, ... {there[-1]!r} ({len(there)} in all)"
    return " or ".join(map(repr, there))


def html_table(
    head: Sequence[str], rows: Sequence[Sequence[str | float | bool]], caption: str = ""
) -> str:
    """Return a small table as HTML, for the last line of a notebook's cell.

    Parameters
    ----------
    head : sequence of str
        Names of the columns.
    rows : sequence of sequences
        What stands in them; at least one row.
    caption : str
        A sentence above the table, if any.

    Examples
    --------
    >>> html_table(("a",), [(1,)])
    '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>'
    """
    if not rows:
        refuse("rows", rows, "one row or more")
    top = "".join(f"<th>{escape(name)}</th>" for name in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    note = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{note}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
