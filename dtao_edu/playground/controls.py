"""Controls declared as data: what a learner can set, in which range, in which unit.

Nothing here draws. Limits and units may be functions of the values, so that a slider reaches as
far as the pool that was chosen.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import SupportsFloat, TypeVar, overload

from dtao_edu.engine.errors import refuse
from dtao_edu.wording import amount

Value = Hashable
"""A number, a word, yes or no, several of them in a tuple, or a frozen thing such as a pool: it
never changes, so that a state is a value."""

Values = Mapping[str, Value]
"""What is set: one value for each control, and one for everything a preset or an action sets."""

Kind = TypeVar("Kind")
"""What a value is known to be."""

Depends = float | Callable[[Values], float]
"""A number, or a function of the values that gives one."""


def _always(_values: Values) -> bool:
    return True


def value_of(values: Values, name: str, kind: type[Kind]) -> Kind:
    """Return one of the values as what it is known to be.

    Parameters
    ----------
    values : mapping
    name : str
    kind : type
        ``Pool``, ``str``; for a number that is computed with, see :func:`number_of`.

    Returns
    -------
    value

    Raises
    ------
    InputError
        If it is something else.

    Examples
    --------
    >>> value_of({"side": "stake", "tao": 5}, "side", str)
    'stake'
    """
    value = values[name]
    if not isinstance(value, kind):
        refuse(name, value, f"something of the type {kind.__name__}")
    return value


def number_of(values: Values, name: str) -> float:
    """Return one of the values as a number to compute with; a whole one stays whole."""
    value = values[name]
    if isinstance(value, int | float):
        return value
    if not isinstance(value, SupportsFloat):
        refuse(name, value, "a number")
    return float(value)


@overload
def settle(depends: Callable[[Values], Kind], values: Values) -> Kind: ...
@overload
def settle(depends: Kind, values: Values) -> Kind: ...
def settle(depends: Kind | Callable[[Values], Kind], values: Values) -> Kind:
    """Read a limit or a unit that may depend on the values.

    Examples
    --------
    >>> settle(5, {}), settle(lambda values: values["pool"] / 2, {"pool": 10})
    (5, 5.0)
    """
    return depends(values) if callable(depends) else depends


@dataclass(frozen=True, kw_only=True)
class Control:
    """What every control has.

    Parameters
    ----------
    name : str
        The name of the model's argument that it sets.
    label : str
        What the learner reads beside it.
    start : value
        The first value.
    help : str
        One sentence on demand.
    active : callable
        ``active(values)`` is False while the control has no effect: it is then hidden.
    """

    name: str
    label: str
    start: Value = None
    help: str = ""
    active: Callable[[Values], bool] = field(default=_always, repr=False)

    def in_words(self, values: Values) -> str:
        """Say what is set, for the history."""
        return f"{self.label}: {values[self.name]}"


@dataclass(frozen=True, kw_only=True)
class Number(Control):
    """A number: a slider, and beside it an entry with the label and the unit.

    The entry takes numbers beyond the slider's range: whether they are allowed is the engine's
    word, and its sentence is shown.

    Parameters
    ----------
    minimum, maximum, step : float, or a function of the values
    unit : str, or a function of the values
    whole : bool
        Whether it counts things, such as validators: what is typed between two is rounded.

    Examples
    --------
    >>> Number(name="tao", label="Stake", start=5, maximum=10, step=0.1).read(0.30000000004)
    0.3
    """

    minimum: Depends = 0.0
    maximum: Depends = 100.0
    step: Depends = 1.0
    unit: str | Callable[[Values], str] = ""
    whole: bool = False

    def read(self, value: float) -> float:
        """Cut the last digits of a binary fraction; a whole number stays whole."""
        if self.whole and math.isfinite(value):
            return round(float(value))
        value = float(f"{float(value):.10g}")
        return int(value) if isinstance(self.start, int) and value.is_integer() else value

    def in_words(self, values: Values) -> str:
        """Say the number with its unit."""
        return f"{self.label}: {self.amount(values)}"

    def amount(self, values: Values) -> str:
        """Return the number that is set with its unit, as text."""
        return amount(number_of(values, self.name), settle(self.unit, values))


@dataclass(frozen=True, kw_only=True)
class Choice(Control):
    """One of several: buttons side by side, or a list when there are many.

    Parameters
    ----------
    options : mapping of str to value
        What is read, and what it stands for.
    """

    options: Mapping[str, Value]

    def option(self, value: str) -> Value:
        """Return the option that is read so; a word that is a value itself stays."""
        return value if value in self.options.values() else self.options.get(value, value)

    def in_words(self, values: Values) -> str:
        """Say the option as it is read."""
        return f"{self.label}: {_named(self.options, [values[self.name]])}"


@dataclass(frozen=True, kw_only=True)
class Switch(Control):
    """Yes or no: a box to tick."""

    start: bool = False

    def in_words(self, values: Values) -> str:
        """Say yes or no."""
        return f"{self.label}: {'yes' if values[self.name] else 'no'}"


@dataclass(frozen=True, kw_only=True)
class Several(Control):
    """Any number of several: a list in which more than one row can be chosen.

    Parameters
    ----------
    options : mapping of str to value
        What is read, and what it stands for.
    """

    options: Mapping[str, Value]
    start: tuple[Value, ...] = ()

    def in_words(self, values: Values) -> str:
        """Say the options as they are read."""
        return f"{self.label}: {_named(self.options, value_of(values, self.name, tuple)) or 'none'}"


def _named(options: Mapping[str, Value], chosen: Sequence[Value]) -> str:
    return ", ".join(name for name, value in options.items() if value in chosen)


def starts(controls: Sequence[Control]) -> dict[str, Value]:
    """Collect the first value of every control; the first option where none is named."""
    values = {}
    for control in controls:
        start = control.start
        if isinstance(control, Choice) and start is None:
            start = next(iter(control.options.values()))
        values[control.name] = start
    return values


def limits(control: Number, values: Values) -> tuple[float, float, float]:
    """Return the least number of a slider, the greatest and the step, as they are now."""
    return (
        settle(control.minimum, values),
        settle(control.maximum, values),
        settle(control.step, values),
    )


def within_limits(controls: Sequence[Control], values: Values) -> dict[str, Value]:
    """Return the numbers that lie outside their sliders, moved to the nearer end's step.

    Examples
    --------
    >>> stake = Number(name="tao", label="Stake", start=5, maximum=10)
    >>> within_limits([stake], {"tao": 20}), within_limits([stake], {"tao": 7})
    ({'tao': 10}, {})
    """
    moved: dict[str, Value] = {}
    for control in controls:
        if isinstance(control, Number):
            low, high, step = limits(control, values)
            if number_of(values, control.name) < low:
                moved[control.name] = control.read(low)
            elif number_of(values, control.name) > high:
                moved[control.name] = control.read(low + math.floor((high - low) / step) * step)
    return moved
