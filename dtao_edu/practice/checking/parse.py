"""Reading what a learner gave: a number, a table, an order, a choice; or a sentence why not.

Nothing here raises anything but :class:`Rejected`, whatever the answer is. Answers of unknown
classes are only asked for `float()`, never compared or changed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence, Sized
from numbers import Number, Real
from types import FunctionType, ModuleType
from typing import Any, SupportsFloat, SupportsInt, cast

from dtao_edu.practice.checking.numerals import read_numeral
from dtao_edu.practice.checking.record import Answer, Value
from dtao_edu.practice.checking.rejected import (
    Rejected,
    home,
    not_attempted,
    reject,
    reject_answer,
)
from dtao_edu.practice.text import brief


def read_number(answer: Answer, unit: str = "") -> float:
    """Read one finite number.

    Parameters
    ----------
    answer : object
        Anything: numbers of any library, or a text such as ``"12.5 TAO"``.
    unit : str
        The unit asked for; a text that names another one is refused.

    Raises
    ------
    Rejected
        With the sentence for the learner.

    Examples
    --------
    >>> from fractions import Fraction
    >>> read_number("1,250.5 TAO", "TAO"), read_number(Fraction(1, 4))
    (1250.5, 0.25)
    """
    if answer is ...:
        not_attempted()
    if answer is None:
        reject_answer("None: nothing. Perhaps a function printed instead of returning.")
    if type(answer).__name__ in ("bool", "bool_"):
        reject_answer(f"{brief(answer)}. A number is asked for.")
    if isinstance(answer, str):
        return _finite(read_numeral(answer, unit))
    if isinstance(answer, bytes | bytearray | memoryview):
        reject_answer("bytes. A number is asked for.")
    alone = _alone(answer)
    if alone is not None:
        return read_number(alone, unit)
    _reject_by_type(answer)
    return _finite(_float(answer))


def _alone(answer: Answer) -> Answer:
    """Take the one value out of a list, an array, a column or a frame that holds no other."""
    if isinstance(answer, list | tuple) and len(answer) == 1:
        return None if isinstance(answer[0], list | tuple) else answer[0]
    if home(answer) in ("numpy", "pandas") and _shape(answer) in ((1,), (1, 1)):
        values: Any = getattr(answer, "to_numpy", lambda: answer)()
        return cast(Answer, values.ravel().tolist()[0])
    return None


def _reject_by_type(answer: Answer) -> None:
    """Refuse what has a better sentence than "cannot be read"."""
    kind = type(answer).__name__
    if home(answer) == "dtao_edu":
        reject_answer(f"a whole {kind}. Give the one of its values that is asked for.")
    if _imaginary(answer):
        reject_answer("a complex number. A plain number is asked for.")
    shape = _shape(answer)
    if shape not in ((), None) or isinstance(answer, list | tuple | dict | set | frozenset | range):
        several = not isinstance(answer, Sized) or len(answer) > 1
        held = " and holds several values" if several else ""
        reject_answer(f"of kind {kind}{held}. One number is asked for.")
    if isinstance(answer, type | ModuleType):
        reject_answer(f"{brief(answer)}. A number is asked for.")
    if isinstance(answer, FunctionType) or (callable(answer) and home(answer) == "builtins"):
        reject_answer("the function itself. Call it, and give what it returns.")
    if hasattr(type(answer), "__next__") or kind in ("map", "zip", "filter", "coroutine"):
        reject_answer(f"of kind {kind}: it has not been computed. Give a number.")
    if home(answer) == "sympy" and getattr(answer, "free_symbols", None):
        names = ", ".join(sorted(map(str, cast(Any, answer).free_symbols)))
        reject(f"Your answer still holds the symbols {names}. Put the numbers in.")


def _imaginary(answer: Any) -> bool:
    is_real = isinstance(answer, Real) or not isinstance(answer, Number)
    return not is_real and hasattr(answer, "imag") and home(answer) != "decimal"


def _shape(answer: Answer) -> object:
    try:
        return getattr(answer, "shape", None)
    except Exception:
        return None


def _float(answer: Answer) -> float:
    try:
        return float(cast(SupportsFloat, answer))
    except OverflowError:
        raise Rejected(
            "Your number is too large to be an amount of anything.",
            of_result="It returned a number too large to be an amount of anything.",
        ) from None
    except Exception:
        reject_answer(
            f"{brief(answer)}, of kind {type(answer).__name__}. It cannot be read as a number."
        )


def _finite(number: float) -> float:
    if math.isnan(number):
        reject_answer("NaN, not a number: somewhere a value was missing, or 0 / 0.")
    if math.isinf(number):
        reject_answer("infinite: somewhere was a division by zero.")
    return number


def _column(answer: Any, names: Sequence[str]) -> list[Any] | Mapping[Any, Any]:
    """Read a column or a frame of pandas: by its labels if they are the rows' names, else in order.

    A frame of one column is that column.
    """
    values = answer.to_numpy().tolist()
    if values and isinstance(values[0], list) and len(values[0]) == 1:
        values = [line[0] for line in values]
    labels = [str(label).strip().lower() for label in getattr(answer, "index", ())]
    if len(labels) == len(values) and sorted(labels) == sorted(name.lower() for name in names):
        return dict(zip(labels, values, strict=True))
    return list(values)


def _sequence(
    answer: Answer, what: str, names: Sequence[str] = ()
) -> list[Any] | Mapping[Any, Any]:
    """Turn tables and lists of any library into a list or a mapping."""
    if answer is ...:
        not_attempted()
    if answer is None:
        reject_answer(f"None: nothing. Give {what}.")
    if isinstance(answer, set | frozenset):
        reject_answer("a set, which has no order. Give a list or a dict.")
    if isinstance(answer, Mapping | list | tuple):
        return answer if isinstance(answer, Mapping) else list(answer)
    if isinstance(answer, range):
        return list(answer[:1000])
    try:
        if home(answer) == "pandas":
            return _column(answer, names)
        if home(answer) in ("numpy", "sympy") and _shape(answer) not in ((), None):
            return list(cast(Any, answer).tolist())
        if isinstance(answer, Sequence) and not isinstance(answer, str | bytes | bytearray):
            return list(answer[:1000])
        if type(answer).__name__ in ("dict_values", "dict_keys"):
            return list(cast(Iterable[Any], answer))
    except Exception:
        reject_answer(f"of kind {type(answer).__name__}, which cannot be read. Use a list.")
    if hasattr(type(answer), "__next__"):
        reject_answer(f"of kind {type(answer).__name__}, read only once. Use a list.")
    raise Rejected(f"Your answer is {brief(answer)}. Asked for: {what}.")


def read_table(answer: Answer, rows: Sequence[Value], units: Sequence[str]) -> list[float]:
    """Read a table as a list of numbers, row by row.

    Parameters
    ----------
    answer : object
        A dict by row, a list in the order of the rows, an array, a pandas Series or DataFrame.
    rows : sequence
        The names of the rows.
    units : sequence of str
        One for each row.

    Raises
    ------
    Rejected
        With the sentence for the learner.

    Examples
    --------
    >>> read_table({"b": 2, "a": 1}, ["a", "b"], ["", ""])
    [1.0, 2.0]
    """
    names = [str(row) for row in rows]
    read = _sequence(answer, f"{len(names)} numbers, for {', '.join(names)}", names)
    cells = _by_name(read, names) if isinstance(read, Mapping) else read
    if len(cells) != len(names):
        many = f"{len(cells)} row{'s' * (len(cells) != 1)}"
        reject(f"Your table has {many}. Asked for are {len(names)}: {', '.join(names)}.")
    left = sum(cell is ... for cell in cells)
    if left:
        not_attempted(f"{left} of {len(cells)} places of the table still hold three dots.")
    numbers = []
    for name, cell, unit in zip(names, cells, units, strict=True):
        try:
            numbers.append(read_number(cell, unit))
        except Rejected as refused:
            reject(f"In the row {name}: {refused}", refused.outcome)
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


def read_order(answer: Answer, names: Sequence[str]) -> tuple[str, ...]:
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
        lacking = f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
        what = lacking if missing else f"{', '.join(twice)} stands twice"
        reject(f"Each of {', '.join(names)} must stand once: {what}.")
    return tuple(asked[name] for name in given)


def read_choice(answer: Answer, letters: Mapping[str, str]) -> str:
    """Read a choice: its letter, or its whole text.

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
    alone = _alone(answer)
    answer = answer if alone is None else alone
    options = ", ".join(letters)
    if isinstance(answer, list | tuple | set | dict):
        reject(f"Your answer holds several values. One letter is asked for: {options}.")
    given = _label(answer)
    for letter, text in letters.items():
        words = text.lower().rstrip(".")
        if given.strip("().: ") == letter or given.rstrip(".") in (words, f"{letter}) {words}"):
            return letter
    raise Rejected(f"Your answer is {brief(answer)}. One letter is asked for: {options}.")


def _label(part: Any) -> str:
    if isinstance(part, str):
        return part.strip().lower()
    if isinstance(part, bool) or not isinstance(part, Number):
        return brief(part).lower()
    try:
        whole = int(cast(SupportsInt, part))
        return str(whole) if cast(Answer, part) == whole else str(part)
    except Exception:
        return brief(cast(Answer, part))
