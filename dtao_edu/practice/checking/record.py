"""What `check` writes into its output beside text and HTML: the answer as data.

A record holds the values as they were read, so that they can be judged again for any seat without
running a learner's code. It is invisible in JupyterLab and survives a save. What it says of the
outcome is for the learner's own use; marking works it out again.
"""

from __future__ import annotations

import hashlib
import math
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from types import EllipsisType
from typing import NamedTuple, Protocol, SupportsFloat, SupportsIndex, cast

MIME = "application/vnd.dtao-edu.answer+json"
"""The type of the output's part."""

FORMAT = 1
_MOST = 2000  # values that a record may hold
_LONG = 2000  # characters of one text in it

Value = float | str
"""One entry of an answer, as it was read."""


class Expression(Protocol):
    """An expression of SymPy, which is not imported for it."""

    @property
    def free_symbols(self) -> Collection[Expression]:
        """Its symbols."""


Answer = (
    SupportsFloat
    | SupportsIndex
    | str
    | EllipsisType
    | None
    | Iterable["Answer"]
    | Callable[..., "Answer"]
    | Expression
)
"""What an answer can be: a number of any library, a text, three dots or nothing yet, a table, a
function, an expression. Whatever else a learner gives is refused with a sentence when it is read.
"""


def floats(values: Answer) -> list[float]:
    """Return numbers of any kind, or one, as floats.

    Examples
    --------
    >>> floats([1, "2.5"]), floats(3)
    ([1.0, 2.5], [3.0])
    """
    if isinstance(values, Iterable) and not isinstance(values, str):
        return [float(cast(SupportsFloat, value)) for value in values]
    return [float(cast(SupportsFloat, values))]


Json = dict[str, "str | int | bool | list[float | str | None] | list[Json] | list[str] | None"]


class AnswerRecord(NamedTuple):
    """One answer, as it was read.

    Attributes
    ----------
    exercise : str
        Its number, as ``"05.2"``.
    version : int
        Of the exercise: 1 unless its numbers or its meaning were changed.
    seat : str
        The name the learner sat under.
    values : tuple of float or str
        Flat: one entry a number, case by case; the keys of options; the names of an order. Not a
        number where an expression has no value; empty if the answer could not be read.
    written : str
        The normal form of an expression; empty for all else.
    outcome, misconception : str
        What the learner was told.
    attempt, hints : int
        Which attempt it was, and how many hints were seen before it.
    seen : bool
        Whether the solution was seen before it.
    time : str
        In UTC, as ``"2026-11-27T12:00:00+00:00"``.
    package : str
        The version of `dtao_edu`.
    cell : str
        From :func:`source_digest` of the cell that called; empty outside a notebook.
    """

    exercise: str
    version: int
    seat: str
    values: tuple[Value, ...]
    written: str
    outcome: str
    misconception: str
    attempt: int
    hints: int
    seen: bool
    time: str
    package: str
    cell: str

    def as_json(self) -> Json:
        """Return the record as JSON can hold it: no value is null where it is not finite."""
        values = [v if isinstance(v, str) or math.isfinite(v) else None for v in self.values]
        return {"format": FORMAT, **self._asdict(), "values": values}


def from_json(content: Answer) -> AnswerRecord:
    """Read a record that somebody handed in; nothing in it is trusted.

    Raises
    ------
    ValueError
        With one sentence, if it has another form.
    """
    if not isinstance(content, Mapping):
        raise ValueError("A record of an answer is missing or has another form.")
    if content.get("format") != FORMAT:
        raise ValueError("A record of an answer was written by another version of the package.")
    values = content.get("values")
    if not isinstance(values, list) or len(values) > _MOST:
        raise ValueError("A record of an answer holds no values.")
    seen = content.get("seen")
    if not isinstance(seen, bool):
        raise ValueError("A record of an answer has no sound seen.")
    return AnswerRecord(
        exercise=_text(content, "exercise"),
        version=_count(content, "version"),
        seat=_text(content, "seat"),
        values=tuple(map(_value, values)),
        written=_text(content, "written"),
        outcome=_text(content, "outcome"),
        misconception=_text(content, "misconception"),
        attempt=_count(content, "attempt"),
        hints=_count(content, "hints"),
        seen=seen,
        time=_text(content, "time"),
        package=_text(content, "package"),
        cell=_text(content, "cell"),
    )


def _text(content: Mapping[str, object], field: str) -> str:
    value = content.get(field)
    if not isinstance(value, str) or len(value) > _LONG:
        raise ValueError(f"A record of an answer has no sound {field}.")
    return value


def _count(content: Mapping[str, object], field: str) -> int:
    value = content.get(field)
    if type(value) is not int or not 0 <= value < 10**9:
        raise ValueError(f"A record of an answer has no sound {field}.")
    return value


def _value(value: object) -> Value:
    if value is None:
        return math.nan
    if isinstance(value, str) and len(value) <= _LONG:
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError:
            pass
    raise ValueError("A record of an answer holds something that is neither number nor text.")


def hand_in_json(seat: str, records: Sequence[AnswerRecord], missing: Sequence[str]) -> Json:
    """Return what `hand_in` writes: all records of a seat, and the exercises without an answer.

    Parameters
    ----------
    seat : str
    records : sequence of AnswerRecord
    missing : sequence of str
        Numbers of exercises.
    """
    return {
        "format": FORMAT,
        "seat": seat,
        "records": [record.as_json() for record in records],
        "missing": list(missing),
    }


def source_digest(source: str) -> str:
    """Return sixteen digits that change with any change of a cell's text.

    Blank lines and spaces at the end of the cell or of its lines do not count.

    Examples
    --------
    >>> source_digest("answer = 5  ") == source_digest("answer = 5")
    True
    """
    lines = [line.rstrip() for line in source.strip().splitlines()]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()[:16]


def this_cell() -> str:
    """Return the digest of the notebook cell that is running; empty where there is none."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    history = getattr(getattr(shell, "history_manager", None), "input_hist_raw", None)
    return source_digest(str(history[-1])) if history else ""


def now() -> str:
    """Return the time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@cache
def package_version() -> str:
    """Return the installed version of `dtao_edu`; empty where it is not installed."""
    try:
        return metadata.version("dtao-edu")
    except metadata.PackageNotFoundError:
        return ""
