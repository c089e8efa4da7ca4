"""Reading what a learner gave: a number, a table, an order, a choice; or a sentence why not.

Nothing here raises anything but :class:`Refused`, whatever the answer is. Answers of unknown
classes are only asked for `float()`, never compared or changed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from numbers import Number, Real
from types import FunctionType, ModuleType
from typing import Any, NoReturn

from dtao_edu.practice.checking.verdict import Outcome
from dtao_edu.practice.text import brief

_WRITTEN_UNITS = {
    "tao": "TAO",
    "τ": "TAO",
    "rao": "rao",
    "alpha": "alpha",
    "α": "alpha",
    "%": "%",
    "percent": "%",
    "per cent": "%",
    "tao/alpha": "TAO per alpha",
    "tao per alpha": "TAO per alpha",
    "τ/α": "TAO per alpha",
    "alpha/tao": "alpha per TAO",
    "alpha per tao": "alpha per TAO",
    "blocks": "blocks",
    "days": "days",
    "tao per block": "TAO per block",
    "tao/block": "TAO per block",
    "alpha per block": "alpha per block",
    "alpha/block": "alpha per block",
    "tao per day": "TAO per day",
    "tao/day": "TAO per day",
}
_NUMERAL = re.compile(
    r"(?P<number>[-+−]?(?:\d{1,3}(?:,\d{3})+|\d[\d_]*)?(?:\.\d+|\.)?(?:e[-+]?\d+)?"
    r"(?:\s*/\s*\d+)?)\s*(?P<unit>[^\d\s].*)?",
    re.IGNORECASE,
)
_LONG = 200  # characters that a written number may have


class Rejected(Exception):  # noqa: N818 - not an error: an answer of another kind
    """An answer that cannot be judged, with the sentence that says why."""

    def __init__(self, sentence: str, outcome: Outcome = Outcome.UNREADABLE) -> None:
        super().__init__(sentence)
        self.outcome = outcome


def reject(sentence: str, outcome: Outcome = Outcome.UNREADABLE) -> NoReturn:
    """Raise :class:`Refused`."""
    raise Rejected(sentence, outcome)


def not_attempted(what: str = "Put your answer in place of the three dots.") -> NoReturn:
    """Refuse an answer that was not given yet."""
    raise Rejected(what, Outcome.NOT_ATTEMPTED)


def home(thing: object) -> str:
    """Name the library a value comes from, as ``"numpy"``."""
    return str(type(thing).__module__).partition(".")[0]


def read_number(answer: object, unit: str = "") -> float:
    """Read one finite number.

    Parameters
    ----------
    answer : object
        Anything: numbers of any library, or a text such as ``"12.5 TAO"``.
    unit : str
        The unit asked for; a text that names another one is refused.

    Returns
    -------
    float

    Raises
    ------
    Refused
        With the sentence for the learner.

    Examples
    --------
    >>> read_number("1,250.5 TAO", "TAO"), read_number(Fraction(1, 4))
    (1250.5, 0.25)
    """
    if answer is ...:
        not_attempted()
    if answer is None:
        reject("Your answer is None: nothing. Perhaps a function printed instead of returning.")
    if type(answer).__name__ in ("bool", "bool_"):
        reject(f"Your answer is {brief(answer)}. A number is asked for.")
    if isinstance(answer, str):
        return _finite(_written(answer, unit))
    if isinstance(answer, bytes | bytearray | memoryview):
        reject("Your answer is bytes. A number is asked for.")
    _reject_by_type(answer)
    return _finite(_float(answer))


def _reject_by_type(answer: object) -> None:
    """Refuse what has a better sentence than "cannot be read"."""
    kind = type(answer).__name__
    if home(answer) == "dtao_edu":
        reject(f"Your answer is a whole {kind}. Give the one of its values that is asked for.")
    if isinstance(answer, complex) or (isinstance(answer, Number) and _imaginary(answer)):
        reject("Your answer is a complex number. A plain number is asked for.")
    shape = _shape(answer)
    if shape not in ((), None) or isinstance(answer, list | tuple | dict | set | frozenset | range):
        reject(f"Your answer is of kind {kind} and holds several values. One number is asked for.")
    if isinstance(answer, FunctionType) or (callable(answer) and home(answer) == "builtins"):
        reject("Your answer is the function itself. Call it, and give what it returns.")
    if isinstance(answer, type | ModuleType):
        reject(f"Your answer is {brief(answer)}. A number is asked for.")
    if hasattr(type(answer), "__next__") or kind in ("map", "zip", "filter", "coroutine"):
        reject(f"Your answer is of kind {kind}: it has not been computed. Give a number.")
    if home(answer) == "sympy" and getattr(answer, "free_symbols", None):
        names = ", ".join(sorted(map(str, answer.free_symbols)))  # type: ignore[attr-defined]
        reject(f"Your answer still holds the symbols {names}. Put the numbers in.")


def _imaginary(answer: Any) -> bool:
    return not isinstance(answer, Real) and hasattr(answer, "imag") and home(answer) != "decimal"


def _shape(answer: object) -> object:
    try:
        return getattr(answer, "shape", None)
    except Exception:
        return None


def _float(answer: object) -> float:
    try:
        return float(answer)  # type: ignore[arg-type]
    except OverflowError:
        reject("Your number is too large to be an amount of anything.")
    except Exception:
        reject(
            f"Your answer is {brief(answer)}, of kind {type(answer).__name__}. "
            "It cannot be read as a number."
        )


def _finite(number: float) -> float:
    if math.isnan(number):
        reject("Your answer is NaN, not a number: somewhere a value was missing, or 0 / 0.")
    if math.isinf(number):
        reject("Your answer is infinite: somewhere was a division by zero.")
    return number


def _written(text: str, unit: str) -> float:
    text = text.strip()
    if text in ("", "..."):
        not_attempted()
    found = _NUMERAL.fullmatch(text) if len(text) <= _LONG else None
    digits = found and found["number"]
    if not found or not digits or not re.search(r"\d", digits):
        reject(
            f"Your answer is the text {brief(text)}. Give a number, with a point for the decimals."
        )
    written = found["unit"]
    if written:
        named = _WRITTEN_UNITS.get(" ".join(written.lower().split()), "")
        if written.startswith(","):
            reject(f"Write {brief(text)} with a point for the decimals.")
        if not named:
            reject(f"The unit {brief(written)} is not known here. Give the number alone.")
        if named != unit:
            reject(f"Your answer is in {named}. Asked for: {_in_words(unit)}.")
    bare = re.sub(r"[,_\s]", "", digits).replace("−", "-")
    try:
        return float(Fraction(bare)) if "/" in bare else float(bare)
    except (ValueError, ArithmeticError):
        reject(f"Your answer is the text {brief(text)}. It cannot be read as a number.")


def _in_words(unit: str) -> str:
    return {"": "a number without a unit", "share": "a share, a number from 0 to 1"}.get(unit, unit)


def _sequence(answer: object, what: str) -> list[Any] | Mapping[Any, Any]:
    """Turn tables and lists of any library into a list or a mapping."""
    if answer is ...:
        not_attempted()
    if answer is None:
        reject(f"Your answer is None: nothing. Give {what}.")
    if isinstance(answer, set | frozenset):
        reject("Your answer is a set, which has no order. Give a list or a dict.")
    if isinstance(answer, Mapping | list | tuple):
        return answer if isinstance(answer, Mapping) else list(answer)
    if isinstance(answer, range):
        return list(answer[:1000])
    try:
        if home(answer) == "pandas":
            values = answer.to_numpy().tolist()  # type: ignore[attr-defined]
            index = list(getattr(answer, "index", ()))
            if _shape(answer) == (len(index),) and index != list(range(len(index))):
                return dict(zip(index, values, strict=True))
            return list(values)
        if home(answer) in ("numpy", "sympy") and _shape(answer) not in ((), None):
            return list(answer.tolist())  # type: ignore[attr-defined]
        if isinstance(answer, Sequence) and not isinstance(answer, str | bytes | bytearray):
            return list(answer[:1000])
        if type(answer).__name__ in ("dict_values", "dict_keys"):
            return list(answer)  # type: ignore[call-overload, no-any-return]
    except Exception:
        reject(f"Your answer is of kind {type(answer).__name__}, which cannot be read. Use a list.")
    if hasattr(type(answer), "__next__"):
        reject(f"Your answer is of kind {type(answer).__name__}, read only once. Use a list.")
    reject(f"Your answer is {brief(answer)}. Asked for: {what}.")


def read_table(
    answer: object, rows: Sequence[object], columns: Sequence[str], units: Sequence[str]
) -> list[float]:
    """Read a table as a flat list of numbers, row by row.

    Parameters
    ----------
    answer : object
        A dict by row, a list in the order of the rows, an array, a pandas Series or DataFrame.
        With several columns each row holds as many numbers.
    rows : sequence
        The names of the rows.
    columns : sequence of str
        The names of the columns; one column may be without a name.
    units : sequence of str
        One for each number of the table.

    Returns
    -------
    list of float

    Raises
    ------
    Refused
        With the sentence for the learner.

    Examples
    --------
    >>> read_table({"b": 2, "a": 1}, ["a", "b"], [""], ["", ""])
    [1.0, 2.0]
    """
    names = [str(row) for row in rows]
    read = _sequence(answer, f"{len(names)} numbers, for {', '.join(names)}")
    lines = _by_name(read, names) if isinstance(read, Mapping) else read
    if len(columns) > 1 and len(lines) == len(names) * len(columns) != len(names):
        lines = [lines[n : n + len(columns)] for n in range(0, len(lines), len(columns))]
    if len(lines) != len(names):
        reject(f"Your table has {len(lines)} rows. Asked for are {len(names)}: {', '.join(names)}.")
    flat: list[object] = []
    for name, line in zip(names, lines, strict=True):
        if len(columns) == 1:
            flat.append(line)
            continue
        cells = _sequence(line, f"{len(columns)} numbers a row")
        cells = _by_name(cells, columns) if isinstance(cells, Mapping) else cells
        if len(cells) != len(columns):
            reject(f"The row {name} has {len(cells)} numbers. Asked for: {', '.join(columns)}.")
        flat.extend(cells)
    if flat and any(cell is ... for cell in flat):
        left = sum(cell is ... for cell in flat)
        not_attempted(f"{left} of {len(flat)} places of the table still hold three dots.")
    numbers = []
    for place, (cell, unit) in enumerate(zip(flat, units, strict=True)):
        try:
            numbers.append(read_number(cell, unit))
        except Rejected as refused:
            row = names[place // len(columns)]
            reject(f"In the row {row}: {refused}", refused.outcome)
    return numbers


def _by_name(table: Mapping[Any, Any], names: Iterable[str]) -> list[Any]:
    given = {str(key).strip().lower(): value for key, value in list(table.items())[:1000]}
    asked = {name.lower(): name for name in names}
    missing = [asked[name] for name in asked if name not in given]
    extra = [name for name in given if name not in asked]
    if missing:
        reject(f"Your table has no entry for {', '.join(missing)}.")
    if extra:
        reject(f"Your table has an entry too many: {', '.join(extra)}.")
    return [given[name] for name in asked]


def read_order(answer: object, names: Sequence[str]) -> tuple[str, ...]:
    """Read an order of the names: a list of them, or one text such as ``"b, a, c"``.

    Examples
    --------
    >>> read_order("b < a", ["a", "b"]), read_order([3, 1], ["1", "3"])
    (('b', 'a'), ('3', '1'))
    """
    if isinstance(answer, str):
        if answer.strip() in ("", "..."):
            not_attempted()
        parts: list[Any] = re.findall(r"[\w.]+", answer[:1000])
        if len(parts) == 1 and all(len(name) == 1 for name in names):
            parts = list(parts[0])
    else:
        read = _sequence(answer, f"the order of {', '.join(names)}")
        parts = list(read)[:1000]
    if any(part is ... for part in parts):
        not_attempted()
    given = [_label(part) for part in parts]
    asked = {name.lower(): name for name in names}
    strange = [name for name in given if name not in asked]
    if strange:
        reject(f"{brief(strange[0])} is not one of {', '.join(names)}.")
    missing = [name for name in names if name.lower() not in given]
    if missing or len(given) != len(names):
        twice = sorted({name for name in given if given.count(name) > 1})
        what = f"{', '.join(missing)} is missing" if missing else f"{', '.join(twice)} stands twice"
        reject(f"Each of {', '.join(names)} must stand once: {what}.")
    return tuple(asked[name] for name in given)


def read_choice(answer: object, letters: Mapping[str, str]) -> str:
    """Read a choice: its letter, or its whole text.

    Parameters
    ----------
    answer : object
        ``"b"``, ``"(B)"`` or the option's own words.
    letters : mapping
        Letter to text.

    Returns
    -------
    str
        The letter.

    Examples
    --------
    >>> read_choice(" B) ", {"a": "It rises.", "b": "It falls."})
    'b'
    """
    if answer is ... or (isinstance(answer, str) and answer.strip() in ("", "...")):
        not_attempted("Give the letter of your choice in place of the three dots.")
    if isinstance(answer, list | tuple) and len(answer) == 1:
        answer = answer[0]
    options = ", ".join(letters)
    if isinstance(answer, list | tuple | set | dict):
        reject(f"Your answer holds several values. One letter is asked for: {options}.")
    given = _label(answer)
    for letter, text in letters.items():
        if given.strip("().: ") == letter or given == text.lower():
            return letter
    reject(f"Your answer is {brief(answer)}. One letter is asked for: {options}.")


def _label(part: object) -> str:
    if isinstance(part, str):
        return part.strip().lower()
    if isinstance(part, bool) or not isinstance(part, Number):
        return brief(part).lower()
    try:
        return str(int(part)) if part == int(part) else str(part)  # type: ignore[call-overload]
    except Exception:
        return brief(part)
