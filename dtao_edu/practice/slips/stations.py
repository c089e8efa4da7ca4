"""Numbers that stood on the way to an answer, and the simplest ones beside it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from statistics import median
from typing import Any

from dtao_edu.practice.exercise.draw import Given
from dtao_edu.practice.slips.shadow import Call
from dtao_edu.practice.slips.slip import (
    FORMULAS,
    LABELS,
    MUTABLE,
    in_words,
    number_of,
    quantities,
)

_CHECKING = ("dtao_edu.engine.errors", "dtao_edu.engine.units", "dtao_edu.engine.generic")
_OBJECTS = 6  # pools, trades and votes on the way that are looked into


def stations(
    calls: Sequence[Call], given: Given, labels: Collection[str] = ()
) -> Iterator[tuple[str, int, float]]:
    """Yield numbers that stood on the way, each with how somebody might have come to give it.

    Parameters
    ----------
    calls : sequence of Call
        What the right answer called.
    given : Given
    labels : collection of str
        Given numbers that are no quantities.

    Yields
    ------
    tuple
        The mistake, how likely it is, and the number.
    """
    numbers = quantities(given, labels)
    for name, number in numbers.items():
        yield f"give `{name}` itself", 0, number
    for name in given:
        values = () if name.removesuffix("s") in LABELS.union(labels) else given[name]
        if (
            values
            and isinstance(values, list | tuple)
            and all(number_of(v) is not None for v in values)
        ):
            for what, number in _of_list(values):
                yield f"give the {what} of `{name}`", 3, number
    for mistake, number in _way(calls, set(numbers.values())):
        yield mistake, 1 if mistake.startswith("stop") else 2, number
        if 0 < number < 1:
            yield f"{mistake}, and take it from 1", 4, 1 - number
            if not any(math.isclose(100 * number, given) for given in numbers.values()):
                yield f"{mistake}, and give it in percent", 4, 100 * number
        if "price" in mistake:
            for name, amount in numbers.items():
                yield f"{mistake}, and multiply `{name}` by it", 4, amount * number
                yield f"{mistake}, and divide `{name}` by it", 4, amount / number
                if "price" in name:
                    yield f"{mistake}, and compare `{name}` with it", 4, amount / number - 1
                    more = f"{mistake}, and compare `{name}` with it, in percent"
                    yield more, 4, 100 * (amount / number - 1)
    yield from _simple(numbers)


def _of_list(values: Sequence[float]) -> Iterator[tuple[str, float]]:
    yield "sum", sum(values)
    yield "mean", sum(values) / len(values)
    yield "median", median(values)
    yield "largest", max(values)
    yield "smallest", min(values)


def _way(calls: Sequence[Call], given: Collection[float]) -> Iterator[tuple[str, float]]:
    """What the formulas returned, and what the objects on the way hold; nothing a second time."""
    objects: list[Any] = []
    returned: set[tuple[str, float]] = set()
    for call in calls:
        number = number_of(call.result)
        inner = call.function.startswith(("_", "<")) or call.module in _CHECKING
        if number is not None and not inner and call.module.startswith(MUTABLE):
            returned.add((call.function, number))
            yield f"stop at the {in_words(call.function)}, a step on the way", number
        if number is not None and call.module.startswith(FORMULAS):
            for name, value in call.arguments.items():
                argument = number_of(value)
                if argument is not None and argument not in (1.0, *given) and name not in LABELS:
                    yield f"give the {in_words(name)} itself", argument
        for thing in (call.result, *call.arguments.values()):
            if (
                len(objects) < _OBJECTS
                and type(thing).__module__.startswith("dtao_edu.engine")
                and not any(thing is other for other in objects)
            ):
                objects.append(thing)
    met: list[type] = []
    for thing in objects:
        kind = type(thing)
        later = " afterwards" if kind in met else ""
        met.append(kind)
        fields = [name for base in kind.__mro__ for name in vars(base) if not name.startswith("_")]
        for name in dict.fromkeys(fields):
            if name in LABELS or callable(getattr(kind, name, None)):
                continue
            try:
                number = number_of(getattr(thing, name))
            except Exception:  # a property that has no value here
                continue
            if number is not None and number not in given and (name, number) not in returned:
                of = kind.__name__.lower() + later
                yield f"give the {in_words(name)} of the {of} in place of what is asked", number


def _simple(numbers: Mapping[str, float]) -> Iterator[tuple[str, int, float]]:
    """The given numbers put together in one or two steps, whatever the question."""
    names = list(numbers)
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            x, y = numbers[a], numbers[b]
            yield f"only add `{a}` and `{b}`", 4, x + y
            yield f"only take `{b}` from `{a}`", 4, x - y
            yield f"only take `{a}` from `{b}`", 4, y - x
            yield f"only multiply `{a}` and `{b}`", 4, x * y
            yield f"only divide `{a}` by `{b}`", 4, x / y
            yield f"only divide `{b}` by `{a}`", 4, y / x
            if x + y:
                yield f"give the part of `{a}` in `{a}` and `{b}` together", 4, x / (x + y)
                yield f"give the part of `{b}` in `{a}` and `{b}` together", 4, y / (x + y)
            for c in names:
                if c not in (a, b):
                    yield (
                        f"only multiply `{a}` and `{b}` and divide by `{c}`",
                        5,
                        x * y / numbers[c],
                    )
