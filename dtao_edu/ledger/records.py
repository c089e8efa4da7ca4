"""Rows of a file with the place of each entry, so that a fault can be shown where it is."""

from __future__ import annotations

import csv
import io
import json
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple, NoReturn

from dtao_edu.engine.errors import refuse

Value = str | int | float | bool | None | dict[str, "Value"] | list["Value"]
"""What JSON can hold; an entry of comma-separated values is text."""


class Cell(NamedTuple):
    """One entry of a file, and where it stands.

    Attributes
    ----------
    value : str, int, float, bool, None, dict or list
    file : str
        Name of the file.
    name : str
        Of the column.
    line, column : int
        From 1. The column counts entries in comma-separated values, and characters in JSON.
    """

    value: Value
    file: str
    name: str
    line: int
    column: int

    def refuse(self, allowed: str) -> NoReturn:
        """Raise an InputError that says where the entry stands, what it is and what is allowed."""
        shown = self.value if len(str(self.value)) < 60 else f"{str(self.value)[:57]}..."
        refuse(f"{self.file}, line {self.line}, column {self.column} ({self.name})", shown, allowed)


Row = dict[str, Cell]
"""The entries of one subnet, by column."""


def rows_of_csv(text: str, file: str) -> list[Row]:
    r"""Read values separated by commas, semicolons or tabs; the first line names the columns.

    Raises
    ------
    InputError
        A line with another number of entries than the first; it is named.

    Examples
    --------
    >>> [row["price"].value for row in rows_of_csv("netuid,price\n4,0.5\n", "mine.csv")]
    ['0.5']
    """
    head = text.split("\n", 1)[0]
    between = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    rows: list[Row] = []
    names: list[str] = []
    line = 1
    try:
        for entries in reader:
            if not names:
                names = [name.strip() for name in entries]
            elif any(entry.strip() for entry in entries):
                if len(entries) != len(names):
                    here = f"{file}, line {line}"
                    refuse(here, f"{len(entries)} entries", f"{len(names)}, as many as in line 1")
                pairs = enumerate(zip(names, entries, strict=True), start=1)
                rows.append({n: Cell(e.strip(), file, n, line, at) for at, (n, e) in pairs})
            line = reader.line_num + 1
    except csv.Error as error:
        refuse(f"{file}, line {line}", str(error), "entries separated by commas")
    return rows


class Found(NamedTuple):
    """The records of a file in JSON, and the entries beside them (block, date)."""

    rows: list[Row]
    others: Row


def rows_of_json(text: str, file: str, below: tuple[str, ...]) -> Found:
    """Read a list of records, or an object that holds such a list under one of some names.

    Parameters
    ----------
    text, file : str
    below : tuple of str
        The names, such as "pools".

    Raises
    ------
    InputError
        No JSON, or none of that form; the place is named.

    Examples
    --------
    >>> found = rows_of_json('{"pools": [{"netuid": 4}]}', "mine.json", ("pools",))
    >>> found.rows[0]["netuid"].line, found.rows[0]["netuid"].column
    (1, 23)
    """
    starts = [0]
    starts += [place + 1 for place, letter in enumerate(text) if letter == "\n"]

    def cell(value: Value, place: int, name: str) -> Cell:
        line = bisect_right(starts, place)
        return Cell(value, file, name, line, place - starts[line - 1] + 1)

    try:
        whole: Value = json.loads(text)
    except json.JSONDecodeError as error:
        here = f"{file}, line {error.lineno}, column {error.colno}"
        refuse(here, text[error.pos : error.pos + 20], f"JSON ({error.msg})")
    except (ValueError, RecursionError) as error:
        refuse(file, str(error).splitlines()[0], "JSON with pools")
    place = _after_space(text, 0)
    others: Row = {}
    if isinstance(whole, dict):
        others = {name: cell(value, at, name) for name, value, at in _members(text, place)}
        lists = [others[name] for name in below if name in others]
        if not lists:
            allowed = f"an object with a list under {' or '.join(map(repr, below))}, or a list"
            refuse(file, f"an object with {', '.join(map(repr, others)) or 'nothing'}", allowed)
        place = starts[lists[0].line - 1] + lists[0].column - 1
        whole = lists[0].value
    if not isinstance(whole, list):
        cell(whole, place, "pools").refuse("a list of records")
    rows = []
    for value, at in _elements(text, place):
        if not isinstance(value, dict):
            cell(value, at, "a record").refuse("an object with netuid and reserves")
        rows.append({name: cell(entry, spot, name) for name, entry, spot in _members(text, at)})
    return Found(rows, others)


_read: Callable[[str, int], tuple[Value, int]] = json.JSONDecoder().raw_decode


def _after_space(text: str, place: int) -> int:
    """Return the first place, from one on, that is no white space."""
    while text[place : place + 1].isspace():
        place += 1
    return place


def _elements(text: str, place: int) -> Iterator[tuple[Value, int]]:
    """Yield the elements of a JSON list that begins at a place, and where each begins."""
    place = _after_space(text, place + 1)
    while text[place] != "]":
        value, end = _read(text, place)
        yield value, place
        place = _after_space(text, end)
        if text[place] == ",":
            place = _after_space(text, place + 1)


def _members(text: str, place: int) -> Iterator[tuple[str, Value, int]]:
    """Yield name, value and place of each value of a JSON object that begins at a place."""
    place = _after_space(text, place + 1)
    while text[place] != "}":
        name, end = _read(text, place)
        place = _after_space(text, _after_space(text, end) + 1)  # beyond the colon
        value, end = _read(text, place)
        yield str(name), value, place
        place = _after_space(text, end)
        if text[place] == ",":
            place = _after_space(text, place + 1)
