"""All the ways in which the right answer of a task can be worked out wrongly.

Nothing here knows any exercise. From the right answer's own call come: what stood on the way, the
given numbers exchanged or left out, every function on the way with one mistake in it, one formula
in place of its neighbour, and the answer itself turned, halved, or in another unit.
"""

from __future__ import annotations

import contextlib
import math
import re
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import CodeType, FunctionType

from dtao_edu.practice.exercise.draw import Given
from dtao_edu.practice.exercise.exercise import Task
from dtao_edu.practice.slips.inputs import other_numbers, sorted_by_a_field
from dtao_edu.practice.slips.mutants import mutants
from dtao_edu.practice.slips.shadow import Shadow, trace
from dtao_edu.practice.slips.slip import (
    FORMULAS,
    MUTABLE,
    OrderSlip,
    Slip,
    Way,
    Work,
    number_of,
    only,
    quantities,
)
from dtao_edu.practice.slips.stations import stations
from dtao_edu.practice.slips.turned import turned
from dtao_edu.practice.text import exact

_DEAR = 1500  # calls of the package after which mistakes are not tried one by one


class Slips:
    """The slips of one task, worked out case by case when they are asked for."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self._cases: dict[int, list[Slip]] = {}
        right = task.exercise.right
        assert right is not None
        self._right = right
        first = task.layout.cases[0]
        self._calls, functions = trace(lambda: right(first.fresh()))
        if isinstance(right, FunctionType):
            functions[right.__code__] = right
        self._shadow = Shadow(functions)
        self._inputs: list[Way] = []
        self._ways: list[Way] = []
        if len(self._calls) <= _DEAR and isinstance(right, FunctionType):
            copied = self._shadow.copies.get(right, right)
            labels, text = task.exercise.labels, task.text()
            numbers = quantities(first, labels)
            percent = [n for n in numbers if re.search(rf"(?<![\d.,]){exact(first[n])} ?%", text)]
            self._inputs = list(other_numbers(copied, first, labels, percent))
            self._ways = [*self._inputs, *self._listed(copied, functions)]

    def of(self, case: int) -> list[Slip]:
        """Return the slips of a case."""
        if case not in self._cases:
            self._cases[case] = list(self._worked(case))
        return self._cases[case]

    def _worked(self, case: int) -> Iterator[Slip]:
        given = self.task.layout.cases[case]
        right = tuple(map(float, self.task.layout.part(self.task.values, case)))
        worked: dict[str, tuple[float, ...]] = {}
        said: dict[tuple[str, tuple[float, ...]], str] = {}
        for way in self._ways:
            values = self._flat(way.work, given)
            if values is None or (way.factor and not _is_factor(way.factor, worked, right)):
                continue
            worked[way.mistake] = values
            # "leave out `/ 2`" and "leave out `2`" are one slip.
            short = re.sub(r"the factor |/ |[()]", "", way.mistake)
            if said.setdefault((short, values), way.mistake) == way.mistake:
                yield Slip(way.mistake, way.likely, values)
        yield from self._on_the_way(given, right)
        yield from turned(right, quantities(given, self.task.exercise.labels))

    def orders(self) -> Iterator[OrderSlip]:
        """Yield the slips of a question for an order."""
        given, question = self.task.given, self.task.question
        for way in self._inputs:
            if not way.mistake.startswith(("exchange `", "use `")):
                continue  # where a term is missing, all are alike and keep the order they had
            with contextlib.suppress(Exception):  # a mistake may lead anywhere
                names = tuple(map(str, question.flat(way.work(given.fresh()), given)))
                yield OrderSlip(way.mistake, way.likely, names)
        yield from sorted_by_a_field(given, tuple(map(str, self.task.values)))

    def _flat(self, work: Work, given: Given) -> tuple[float, ...] | None:
        try:
            values = tuple(map(float, self.task.question.flat(work(given.fresh()), given)))
        except Exception:  # a mistake may lead anywhere
            return None
        return values if all(map(math.isfinite, values)) else None

    def _listed(self, right: Work, functions: Mapping[CodeType, FunctionType]) -> Iterator[Way]:
        """Yield the right answer with one mistake in one of its functions."""
        for function in functions.values():
            module = function.__module__
            if function not in self._shadow.copies or not module.startswith(MUTABLE):
                continue
            names = self._given_names(function)
            for mutant in mutants(function):
                said, code = _renamed(mutant.mistake, names), mutant.code
                yield Way(said, 2, self._with(function, code, right))
            if module.startswith(FORMULAS):
                for other in _neighbours(function):
                    said = f"use `{other.__name__}` in place of `{function.__name__}`"
                    yield Way(said, 3, self._with(function, other.__code__, right))

    def _given_names(self, function: FunctionType) -> dict[str, str]:
        """What the question calls the arguments of a formula."""
        given = self.task.layout.cases[0]
        values = {given[name]: name for name in quantities(given, self.task.exercise.labels)}
        call = next((c for c in self._calls if c.function == function.__name__), None)
        arguments = call.arguments if call and call.module == function.__module__ else {}
        return {
            name: values[value]
            for name, value in arguments.items()
            if number_of(value) is not None and value in values
        }

    def _with(self, function: FunctionType, code: CodeType, right: Work) -> Work:
        return lambda g: self._shadow.with_code(function, code, lambda: right(g))

    def _on_the_way(self, given: Given, right: tuple[float, ...]) -> Iterator[Slip]:
        """What a formula returned on the way, or an object there holds; in one place of it."""
        calls = self._calls
        if given is not self.task.layout.cases[0]:
            if len(calls) > _DEAR:
                return
            calls, _ = trace(lambda: self._right(given.fresh()))
        seen: set[str] = set()
        for mistake, likely, value in stations(calls, given, self.task.exercise.labels):
            if mistake in seen:
                continue
            seen.add(mistake)
            if not math.isfinite(value):
                continue
            for place in range(len(right)):
                yield Slip(mistake, likely, only(value, place, len(right)))
            if len(right) > 1:
                yield Slip(mistake, likely, (value,) * len(right))


def _is_factor(
    name: str, worked: Mapping[str, tuple[float, ...]], right: tuple[float, ...]
) -> bool:
    """Tell whether an answer is a power of a given number: twice and half of it say so."""
    nothing = (0.0,) * len(right)
    twice, half = (worked.get(f"take {what} `{name}`", nothing) for what in ("twice", "half of"))
    return all(
        math.isclose(a * b, v * v, rel_tol=1e-9) for a, b, v in zip(twice, half, right, strict=True)
    )


def _renamed(mistake: str, names: Mapping[str, str]) -> str:
    """Put the question's names in place of a formula's, inside backticks."""

    def code(part: re.Match[str]) -> str:
        return re.sub(r"[a-z_]\w*", lambda word: names.get(word[0], word[0]), part[0])

    return re.sub(r"`[^`]+`", code, mistake)


@lru_cache(maxsize=32)
def slips(task: Task) -> Slips:
    """Return the slips of a task; they are worked out once."""
    return Slips(task)


def _neighbours(function: FunctionType) -> list[FunctionType]:
    """The formulas of the same page that take the same number of things."""
    page, count = sys.modules[function.__module__], function.__code__.co_argcount
    return [
        other
        for name, other in vars(page).items()
        if isinstance(other, FunctionType)
        and other.__module__ == function.__module__
        and other is not function
        and other.__code__.co_argcount == count
        and not other.__code__.co_freevars
        and len(set(_names(other)) & set(_names(function))) >= count - 1
        and not name.startswith("_")
    ]


def _names(function: FunctionType) -> tuple[str, ...]:
    return function.__code__.co_varnames[: function.__code__.co_argcount]
