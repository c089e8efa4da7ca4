"""From the bytes of a notebook to the records of its answers. Nothing in it is executed.

`check` and `hand_in` leave records in their outputs. Where the outputs were cleared, a literal that
the source hands to `check` is read in their place, and said so.
"""

from __future__ import annotations

import ast
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dtao_edu.practice.checking.record import MIME, Value, from_json, source_digest

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Literal = int | float | str | list["Literal"] | dict[str, "Literal"]

MOST_RECORDS = 2_000
_MOST_VALUES = 2_000
_LONGEST = 200  # characters of a text that is read from the source
_EXERCISE = re.compile(r"\d\d\.\d{1,2}")
_MOST_CELLS = 5_000


class Record(NamedTuple):
    """An answer as a notebook has it."""

    exercise: str
    version: int  # of the exercise; 0 for a literal, which the present one judges
    seat: str  # the name it was worked under; empty where nothing tells
    values: tuple[Value, ...]  # as the check read them, flat; empty for a literal
    # Claims of the notebook, down to `seen`; empty where it makes none.
    time: str = ""
    package: str = ""
    attempts: int = 0
    hints: int = 0
    seen: bool = False  # whether the solution was looked at first
    changed: bool = False  # whether the saved cell differs from the one that was checked
    # The answer as it stands in the source, where the outputs were cleared.
    literal: Literal | None = None


class Reading(NamedTuple):
    """What was read of one notebook: its records, and sentences on what is amiss."""

    records: tuple[Record, ...]
    faults: tuple[str, ...]


def read_notebook(content: bytes) -> Reading:
    """Read the records of a notebook.

    Returns
    -------
    Reading
        It never raises; what cannot be read is a fault in one sentence.
    """
    try:
        book = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        return Reading((), ("The file is no notebook: it holds no text.",))
    except (ValueError, RecursionError):
        return Reading((), ("The notebook is cut off or damaged: it is no whole JSON.",))
    cells = book.get("cells") if isinstance(book, dict) else None
    if not isinstance(cells, list):
        return Reading((), ("The file is no notebook: it has no cells.",))
    code = [cell for cell in cells[:_MOST_CELLS] if _is_code(cell)]
    sources = [_text(cell.get("source")) for cell in code]
    digests = {source_digest(source) for source in sources}
    found = [record for cell in code for record in _records(cell, digests)][:MOST_RECORDS]
    faults = ["A record in it was changed by hand into another form."] * _is_odd(code)
    found = _newest(found)
    answered = {record.exercise for record in found}
    literals = [one for one in _literals(sources) if one.exercise not in answered]
    if literals and not found:
        faults.append(
            "Its outputs were cleared: answers were read from its source where they are plain."
        )
    elif literals:
        faults.append("Some of its cells were not run: their answers were read from the source.")
    faults += _unread(sources, answered | {one.exercise for one in literals})
    if not found and not literals:
        faults.append("It holds no answer.")
    return Reading((*found, *literals), tuple(faults))


def _no_number(text: str) -> Json:
    raise ValueError(f"{text} is no number of JSON")


def _is_code(cell: Json) -> bool:
    return isinstance(cell, dict) and cell.get("cell_type") == "code"


def _text(value: Json) -> str:
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _parts(cell: Mapping[str, Json]) -> Iterator[Json]:
    """Yield what stands in a cell's outputs under the record's type."""
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else ():
        data = output.get("data") if isinstance(output, dict) else None
        part = data.get(MIME) if isinstance(data, dict) else None
        if isinstance(part, str):
            try:
                part = json.loads(part, parse_constant=_no_number)
            except (ValueError, RecursionError):
                part = {}
        if part is not None:
            several = part.get("records") if isinstance(part, dict) else None
            yield from several if isinstance(several, list) else [part]


def _records(cell: Mapping[str, Json], digests: set[str]) -> Iterator[Record]:
    for part in _parts(cell):
        if (made := _record(part, digests)) is not None:
            yield made


def _is_odd(cells: Sequence[Mapping[str, Json]]) -> bool:
    return any(_record(part, set()) is None for cell in cells for part in _parts(cell))


def _record(part: Json, digests: set[str]) -> Record | None:
    """Read one record; None if it has not the form that the check gives it."""
    try:
        one = from_json(part)
    except ValueError:
        return None
    texts = (one.exercise, one.seat, one.time, one.package)
    if not _EXERCISE.fullmatch(one.exercise) or not all(map(_is_sound, texts)):
        return None
    return Record(
        one.exercise,
        one.version,
        one.seat,
        one.values,
        one.time,
        one.package,
        one.attempt,
        one.hints,
        one.seen,
        bool(one.cell) and one.cell not in digests,
    )


def _is_sound(text: str) -> bool:
    return len(text) <= _LONGEST and text.isprintable()


def _newest(records: Sequence[Record]) -> list[Record]:
    """Leave out what `hand_in` repeats: a record of the same exercise, seat and values."""
    kept: dict[str, Record] = {}
    for record in records:
        key = repr((record.exercise, record.seat, record.values))
        if key not in kept or record.time >= kept[key].time:
            kept[key] = record
    return list(kept.values())


def _literals(sources: Sequence[str]) -> Iterator[Record]:
    """Read the literals that the cells hand to `check`; names are followed within the notebook."""
    names: dict[str, Literal | None] = {}
    found: dict[str, Record] = {}
    seat = ""
    for source in sources:
        for statement in _statements(source):
            if isinstance(statement, ast.Assign):
                for target in statement.targets:
                    if isinstance(target, ast.Name):
                        names[target.id] = _literal(statement.value, {})
            for call in _calls(statement, "sit"):
                told = _literal(call.args[0], names) if call.args else None
                seat = told if isinstance(told, str) else seat
            for call in _calls(statement, "check"):
                exercise, value = (
                    _literal(arg, names) for arg in (*call.args[:2], *[None] * 2)[:2]
                )
                if (
                    isinstance(exercise, str)
                    and _EXERCISE.fullmatch(exercise)
                    and value is not None
                ):
                    found[exercise] = Record(exercise, 0, seat[:_LONGEST], (), literal=value)
    yield from found.values()


def _unread(sources: Sequence[str], read: set[str]) -> list[str]:
    """Name the exercises whose check is called with what only running would tell."""
    left: dict[str, None] = {}
    for source in sources:
        calls = [call for one in _statements(source) for call in _calls(one, "check")]
        for call in calls:
            name = _literal(call.args[0], {}) if call.args else None
            if isinstance(name, str) and _EXERCISE.fullmatch(name) and not _is_stub(source):
                left[name] = None
    names = ", ".join(name for name in left if name not in read)
    if not names:
        return []
    return [
        f"The answer to {names} is worked out by code that was not run, or whose output was "
        "cleared: run the cells, save, and hand the notebook in again."
    ]


def _is_stub(source: str) -> bool:
    """Tell whether a cell still holds the three dots of an exercise nobody has begun."""
    return any(
        isinstance(node, ast.Constant) and node.value is ...
        for statement in _statements(source)
        for node in ast.walk(statement)
    )


def _statements(source: str) -> list[ast.stmt]:
    """Parse a cell without running it; one that does not parse has no statements."""
    if len(source) > 100_000:
        return []
    lines = [
        "" if line.lstrip().startswith(("%", "!", "?")) else line for line in source.split("\n")
    ]
    try:
        return ast.parse("\n".join(lines)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _calls(statement: ast.stmt, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def _literal(node: ast.expr | None, names: Mapping[str, Literal | None]) -> Literal | None:
    """Read a number, a text, a list or a dict that stands in the source as it is."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if node is None:
        return None
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None
    return _plain(value)


def _plain(value: object) -> Literal | None:
    if isinstance(value, bool) or value is None or value is ...:
        return None
    if isinstance(value, int | float):
        return value if abs(value) < 1e300 and math.isfinite(value) else None
    if isinstance(value, str):
        return value if len(value) <= _LONGEST else None
    if isinstance(value, list | tuple) and len(value) <= _MOST_VALUES:
        entries = [_plain(entry) for entry in value]
        whole = [entry for entry in entries if entry is not None]
        return whole if len(whole) == len(entries) else None
    if isinstance(value, dict) and len(value) <= _MOST_VALUES:
        pairs = {str(key)[:_LONGEST]: _plain(entry) for key, entry in value.items()}
        known = {key: entry for key, entry in pairs.items() if entry is not None}
        return known if len(known) == len(pairs) else None
    return None
