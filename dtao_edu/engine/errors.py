"""Errors that a learner can act on: one sentence with argument, value and what is allowed."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from numbers import Rational
from sys import float_info
from typing import Any, NoReturn, SupportsIndex

from dtao_edu.engine.quantity import Amount


class InputError(ValueError):
    """An argument that the mechanism does not allow. Nothing was changed.

    A notebook shows the sentence alone, without forty lines of traceback.

    Attributes
    ----------
    argument : str
        The name of the argument.
    value
        What it was.
    allowed : str
        What it may be.
    """

    def __init__(self, argument: str, value: object, allowed: str) -> None:
        self.argument, self.value, self.allowed = argument, value, allowed
        super().__init__(f"{argument} is {_shown(value)}; allowed: {allowed}.")

    def __reduce__(self) -> tuple[type[InputError], tuple[str, object, str]]:
        # Runs in other processes send their errors back, rebuilt from these arguments.
        return type(self), (self.argument, self.value, self.allowed)

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


class LimitPriceError(InputError):
    """The limit price would be passed, and a partial fill was not allowed (or would be nothing)."""


class LiquidityError(InputError):
    """The pool is empty, or the trade would drain it below the chain's minimum of 0.01."""


def _shown(value: object) -> str:
    """Return a value as a sentence shows it: what fills several lines by its kind alone."""
    text = repr(value)
    return f"a {type(value).__name__}" if "\n" in text else text


def refuse(argument: str, value: object, allowed: str) -> NoReturn:
    """Raise the :class:`InputError` of an argument.

    Parameters
    ----------
    argument : str
        Its name, as the caller wrote it.
    value
        What it was.
    allowed : str
        What it may be, to follow "allowed:".
    """
    raise InputError(argument, value, allowed)


_EXACT = (int, float, Fraction)
_MOST = float_info.max
"""Larger whole numbers exist in Python, but no float holds them."""


def number(argument: str, value: Amount) -> Amount:
    """Return a finite int, float or Fraction, whatever kind of number it came as.

    Scalars of NumPy and pandas, Decimals and SymPy's numbers become the Python number of the same
    value: a Fraction where no float holds it. Of a number that no fraction holds either, such as
    SymPy's sqrt(2), the nearest float is taken.

    Parameters
    ----------
    argument : str
        Name of the argument, for the sentence.
    value : number
        What was given for it.

    Raises
    ------
    InputError
        For anything else: text, True, NaN, infinity, complex numbers, columns.

    Examples
    --------
    >>> from decimal import Decimal
    >>> number("tao", Decimal("0.1"))
    Fraction(1, 10)
    """
    if type(value) not in _EXACT:
        plain = _plain(value)
        if plain is None:
            refuse(argument, value, "a finite number")
        value = plain
    if not -_MOST <= value <= _MOST:
        refuse(argument, value, "a finite number")
    return value


def _plain(value: Any) -> Amount | None:
    """Return another library's number as a Python number of the same value; None if it is none."""
    home = type(value).__module__.partition(".")[0]
    if home == "numpy":
        if getattr(value, "shape", None) != () or value.dtype.kind not in "iuf":
            return None
        value = value.item()  # of an array without axes as well
    if isinstance(value, bool):
        return None
    with suppress(ValueError, TypeError, OverflowError):  # NaN and infinity, each in its own way
        if isinstance(value, Rational):
            part = Fraction(int(value.numerator), int(value.denominator))
            return int(part) if part.denominator == 1 else part
        if isinstance(value, float):
            return float(value)
        if isinstance(value, Decimal):
            return Fraction(value)
        if home == "numpy":  # longer than Python's float
            part, near = Fraction(*value.as_integer_ratio()), float(value)
            return near if near == part else part
        if home == "sympy" and value.is_number and value.is_finite and value.is_extended_real:
            near = float(value)
            return Fraction(str(value)) if value.is_Float and value != near else near
    return None


def positive(argument: str, value: Amount) -> Amount:
    """Return a finite number above 0; otherwise as :func:`number`."""
    # The comparison comes first: a good argument costs one look.
    if not (type(value) in _EXACT and 0 < value <= _MOST):
        value = number(argument, value)
        if value <= 0:
            refuse(argument, value, "a finite number above 0")
    return value


def not_negative(argument: str, value: Amount) -> Amount:
    """Return a finite number, 0 or more; otherwise as :func:`number`."""
    if not (type(value) in _EXACT and 0 <= value <= _MOST):
        value = number(argument, value)
        if value < 0:
            refuse(argument, value, "a finite number, 0 or more")
    return value


def between(argument: str, value: Amount, low: float, high: float) -> Amount:
    """Return a finite number from `low` to `high`, both included.

    Parameters
    ----------
    argument, value
        As in :func:`number`.
    low, high : float
        The least and the greatest that is allowed.
    """
    value = number(argument, value)
    if not low <= value <= high:
        refuse(argument, value, f"a number from {low} to {high}")
    return value


def whole(argument: str, value: SupportsIndex, low: int = 0) -> int:
    """Return a whole number, `low` or more.

    Parameters
    ----------
    argument : str
        Name of the argument, for the sentence.
    value : int
        What was given for it; NumPy's and SymPy's whole numbers too.
    low : int
        The least that is allowed.
    """
    plain = None
    if not isinstance(value, bool):
        with suppress(AttributeError, TypeError):  # no whole number, or a column of them
            plain = int(value.__index__())
    if plain is None or plain < low:
        refuse(argument, value, f"a whole number, {low} or more")
    return plain
