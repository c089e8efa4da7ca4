"""Errors that a learner can act on: one sentence with argument, value and what is allowed."""

from __future__ import annotations

from fractions import Fraction
from sys import float_info
from typing import Any, NoReturn


class InputError(ValueError):
    """An argument that the mechanism does not allow. Nothing was changed.

    A notebook shows the sentence alone, without forty lines of traceback.

    Attributes
    ----------
    argument : str
        The name of the argument.
    value : object
        What it was.
    allowed : str
        What it may be.
    """

    def __init__(self, argument: str, value: object, allowed: str) -> None:
        self.argument, self.value, self.allowed = argument, value, allowed
        super().__init__(f"{argument} is {value!r}; allowed: {allowed}.")

    def __reduce__(self) -> tuple[type[InputError], tuple[str, object, str]]:
        # Runs in other processes send their errors back, rebuilt from these arguments.
        return type(self), (self.argument, self.value, self.allowed)

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


class LimitPriceError(InputError):
    """The limit price would be passed, and a partial fill was not allowed (or would be nothing)."""


class LiquidityError(InputError):
    """The pool is empty, or the trade would drain it below the chain's minimum of 0.01."""


def refuse(argument: str, value: object, allowed: str) -> NoReturn:
    """Raise the :class:`InputError` of an argument."""
    raise InputError(argument, value, allowed)


_EXACT = (int, float, Fraction)
_MOST = float_info.max
"""Larger whole numbers exist in Python, but no float holds them."""


def number(argument: str, value: Any) -> Any:
    """Return a finite int, float or Fraction; a NumPy scalar becomes the Python number it holds.

    Raises
    ------
    InputError
        For anything else: text, True, NaN, infinity, complex numbers, arrays.
    """
    if type(value) not in _EXACT:
        if type(value).__module__ == "numpy" and getattr(value, "shape", None) == ():
            value = value.item()
        if type(value) not in _EXACT:
            refuse(argument, value, "a finite number")
    if not -_MOST <= value <= _MOST:
        refuse(argument, value, "a finite number")
    return value


def positive(argument: str, value: Any) -> Any:
    """Return a finite number above 0.

    The comparison comes first: a good argument costs one look.
    """
    if not (type(value) in _EXACT and 0 < value <= _MOST):
        value = number(argument, value)
        if value <= 0:
            refuse(argument, value, "a finite number above 0")
    return value


def not_negative(argument: str, value: Any) -> Any:
    """Return a finite number, 0 or more."""
    if not (type(value) in _EXACT and 0 <= value <= _MOST):
        value = number(argument, value)
        if value < 0:
            refuse(argument, value, "a finite number, 0 or more")
    return value


def between(argument: str, value: Any, low: float, high: float) -> Any:
    """Return a finite number from `low` to `high`, both included."""
    value = number(argument, value)
    if not low <= value <= high:
        refuse(argument, value, f"a number from {low} to {high}")
    return value


def whole(argument: str, value: Any, low: int = 0) -> int:
    """Return a whole number, `low` or more."""
    if isinstance(value, bool) or not hasattr(value, "__index__") or value.__index__() < low:
        refuse(argument, value, f"a whole number, {low} or more")
    return int(value.__index__())
