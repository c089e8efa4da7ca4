"""Answers that are right for somebody else's numbers.

Each student has numbers of their own, so an answer copied from a neighbour is the right one of the
neighbour's seat. At four digits one such match happens by chance; it is said only when two answers
of different exercises are right for the same other seat, and chance would hardly bring that about
anywhere in the class.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import prod
from typing import NamedTuple

from dtao_edu.classes.judging import Judged, Right

NEEDED = 2
"""Exercises whose answers must be right for the same other seat."""
SURE = 0.01
"""Matches that chance would bring about in the whole class, at most; else nothing is said."""


class Copy(NamedTuple):
    """Answers of one seat that are right for another's numbers."""

    seat: str
    other: str
    exercises: tuple[str, ...]


class Index:
    """The right answers of all seats, found by value.

    Examples
    --------
    >>> index = Index()
    >>> for seat, values in (("a", (1.5, 20.5)), ("b", (2.5, 30.5))):
    ...     for exercise, value in zip(("05.1", "05.2"), values):
    ...         index.add(seat, Right(exercise, (value,), (0.001,)))
    >>> wrong = [
    ...     Judged("05.1", 1, (1.5,), "wrong", "", ""), Judged("05.2", 1, (20.5,), "wrong", "", "")
    ... ]
    >>> list(index.copies([("b", wrong)]))
    [Copy(seat='b', other='a', exercises=('05.1', '05.2'))]
    """

    def __init__(self) -> None:
        self._by_exercise: dict[str, list[tuple[float, str, Right]]] = defaultdict(list)
        self._is_sorted = True

    def add(self, seat: str, right: Right) -> None:
        """Take in the right answer of one seat."""
        self._by_exercise[right.exercise].append((right.values[0], seat, right))
        self._is_sorted = False

    def copies(self, answers: Iterable[tuple[str, Sequence[Judged]]]) -> Iterator[Copy]:
        """Yield whose wrong answers are right for another seat, in two exercises or more."""
        if not self._is_sorted:
            for entries in self._by_exercise.values():
                entries.sort(key=lambda entry: entry[:2])
            self._is_sorted = True
        for seat, judged in answers:
            found: dict[str, dict[str, float]] = defaultdict(dict)
            for one in judged:
                if one.outcome not in ("right", "close"):
                    for other, chance in self._matches(one, seat):
                        found[other][one.exercise] = chance
            for other, chances in sorted(found.items()):
                by_chance = prod(chances.values()) * len(self._by_exercise[next(iter(chances))])
                if len(chances) >= NEEDED and by_chance <= SURE:
                    yield Copy(seat, other, tuple(sorted(chances)))

    def _matches(self, one: Judged, seat: str) -> list[tuple[str, float]]:
        """List the other seats for which an answer is right, and how often that is by chance."""
        entries = self._by_exercise.get(one.exercise, [])
        numbers = [value for value in one.values if not isinstance(value, str)]
        if not entries or not numbers or len(numbers) != len(one.values):
            return []
        near = _between(entries, numbers[0], abs(numbers[0]) / 10 or 1)
        matched = [entry for entry in near if entry[1] != seat and _fits(numbers, entry[2])]
        if not matched:
            return []
        # How many seats share the answer, and how densely answers lie around it.
        step = matched[0][2].steps[0]
        dense = len(near) * min(1.0, step / (abs(numbers[0]) / 10 or 1))
        chance = min(1.0, (len(matched) - 1 + dense) / len(entries))
        return [(other, chance) for _, other, _ in matched]


def _between(
    entries: Sequence[tuple[float, str, Right]], value: float, slack: float
) -> Sequence[tuple[float, str, Right]]:
    """Cut out the entries within a distance of a value."""
    first = bisect_left(entries, value - slack, key=lambda entry: entry[0])
    last = bisect_right(entries, value + slack, key=lambda entry: entry[0])
    return entries[first:last]


def _fits(numbers: Sequence[float], right: Right) -> bool:
    return len(numbers) == len(right.values) and all(
        abs(number - value) <= step * (1 + 1e-9)
        for number, value, step in zip(numbers, right.values, right.steps, strict=True)
    )
