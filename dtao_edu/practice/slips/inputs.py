"""The given numbers exchanged, left out, or read in another unit."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import permutations
from typing import Any

from dtao_edu.practice.exercise.draw import Given
from dtao_edu.practice.slips.slip import LABELS, OrderSlip, Way, Work, number_of, quantities


def other_numbers(
    right: Work, given: Given, labels: Collection[str] = (), in_percent: Collection[str] = ()
) -> Iterator[Way]:
    """Yield the given numbers exchanged, left out, or read in another unit.

    Parameters
    ----------
    right : callable
        The right answer, as a function of the given numbers.
    given : Given
    labels : collection of str
        Given numbers that are no quantities.
    in_percent : collection of str
        Given numbers that the question calls percent.
    """

    def but(**changes: Callable[[Given], Any]) -> Work:
        def work(g: Given) -> Any:
            values = {name: g[name] for name in g}
            values |= {name: change(g) for name, change in changes.items()}
            return right(Given(**values))

        return work

    names = list(quantities(given, labels))
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            swap = {a: lambda g, b=b: g[b], b: lambda g, a=a: g[a]}
            yield Way(f"exchange `{a}` and `{b}`", 1, but(**swap))
        yield Way(f"leave out `{a}`", 2, but(**{a: lambda g: 0.0}))
        yield Way(f"turn the sign of `{a}`", 2, but(**{a: lambda g, a=a: -g[a]}))
        yield Way(f"take twice `{a}`", 3, but(**{a: lambda g, a=a: 2 * g[a]}))
        yield Way(f"take half of `{a}`", 3, but(**{a: lambda g, a=a: g[a] / 2}))
        yield Way(f"leave out the factor `{a}`", 2, but(**{a: lambda g: 1.0}), factor=a)
        yield Way(f"use 0.5 in place of `{a}`", 3, but(**{a: lambda g: 0.5}))
        if isinstance(given[a], int) and 0 < given[a] < 1000:
            yield Way(f"take one more in `{a}`", 2, but(**{a: lambda g, a=a: g[a] + 1}))
            yield Way(f"take one less in `{a}`", 2, but(**{a: lambda g, a=a: g[a] - 1}))
        if 0 < given[a] < 1:
            yield Way(f"use 1 - `{a}` in place of `{a}`", 1, but(**{a: lambda g, a=a: 1 - g[a]}))
            steady = but(**{a: lambda g, a=a: 1 - math.exp(-g[a])})
            yield Way(f"let `{a}` work without steps, with `exp`", 3, steady)
        if a in in_percent:
            plain = but(**{a: lambda g, a=a: 100 * g[a]})
            yield Way(f"read `{a}`, which is in percent, as a plain number", 3, plain)
        yield Way(f"read `{a}` as percent", 3, but(**{a: lambda g, a=a: g[a] / 100}))
        for b in names:
            if a != b:
                yield Way(f"use `{b}` in place of `{a}`", 3, but(**{a: lambda g, b=b: g[b]}))
                yield Way(f"add `{b}` to `{a}`", 3, but(**{a: lambda g, a=a, b=b: g[a] + g[b]}))
                yield Way(f"take `{b}` from `{a}`", 3, but(**{a: lambda g, a=a, b=b: g[a] - g[b]}))
    for a in given:
        if a.removesuffix("s") not in LABELS.union(labels):
            yield from _other_lists(a, given[a], but)


def _other_lists(name: str, value: Any, but: Callable[..., Work]) -> Iterator[Way]:
    if not isinstance(value, list | tuple) or not value:
        return
    if all(number_of(x) is not None for x in value):
        yield Way(
            f"count heads in `{name}`, each alike",
            1,
            but(**{name: lambda g: type(g[name])(1.0 for _ in g[name])}),
        )
        yield Way(
            f"take `{name}` in another order",
            2,
            but(**{name: lambda g: type(g[name])(reversed(g[name]))}),
        )
        yield Way(
            f"square `{name}` first",
            3,
            but(**{name: lambda g: type(g[name])(x * x for x in g[name])}),
        )
        yield Way(
            f"take the square roots of `{name}` first",
            3,
            but(**{name: lambda g: type(g[name])(math.sqrt(x) for x in g[name])}),
        )
    elif all(isinstance(row, dict) for row in value):
        yield from _other_fields(name, value, but)
    elif all(isinstance(x, list | tuple) for x in value):
        kind = type(value[0])
        yield Way(
            f"read columns of `{name}` for rows",
            1,
            but(**{name: lambda g: type(g[name])(kind(row) for row in zip(*g[name], strict=True))}),
        )
        yield Way(
            f"read the columns of `{name}` in another order",
            2,
            but(**{name: lambda g: type(g[name])(kind(reversed(row)) for row in g[name])}),
        )


def _other_fields(
    name: str, rows: Sequence[Mapping[str, Any]], but: Callable[..., Work]
) -> Iterator[Way]:
    """One field of each row taken for another, or joined with it."""

    def with_fields(changes: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> Work:
        return but(**{name: lambda g: type(g[name])({**row, **changes(row)} for row in g[name])})

    def taken(a: str, b: str) -> Work:
        return with_fields(lambda row: {a: row[b]})

    def exchanged(a: str, b: str) -> Work:
        return with_fields(lambda row: {a: row[b], b: row[a]})

    def joined(a: str, b: str) -> Work:
        return with_fields(lambda row: {a: row[a] * row[b]})

    fields = [
        field
        for field in rows[0]
        if field not in LABELS and all(number_of(row.get(field)) is not None for row in rows)
    ]
    for a, b in permutations(fields, 2):
        if a < b:
            yield Way(f"exchange `{a}` and `{b}`", 1, exchanged(a, b))
        yield Way(f"use `{b}` in place of `{a}`", 2, taken(a, b))
        yield Way(f"multiply `{a}` by `{b}` first", 3, joined(a, b))


def sorted_by_a_field(given: Given, names: Collection[str]) -> Iterator[OrderSlip]:
    """Yield the orders of names by their own numbers, or by one of the given ones."""
    if all(name.isdecimal() for name in names):
        yield from _from_either_end("their own numbers", {name: int(name) for name in names})
    for rows in (given[name] for name in given):
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            continue
        label = next((field for field in rows[0] if str(rows[0][field]) in names), "")
        for field in rows[0]:
            if label and field != label and all(number_of(row[field]) for row in rows):
                by = {str(row[label]): row[field] for row in rows}
                yield from _from_either_end(f"`{field}` alone", by)


def _from_either_end(what: str, numbers: Mapping[str, float]) -> Iterator[OrderSlip]:
    rising = sorted(numbers, key=lambda name: numbers[name])
    yield OrderSlip(f"sort by {what}", 0, tuple(rising))
    yield OrderSlip(f"sort by {what}, from the other end", 0, tuple(reversed(rising)))
