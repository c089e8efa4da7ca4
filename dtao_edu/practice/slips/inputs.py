"""The given numbers exchanged, left out, or read in another unit."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator
from typing import Any

from dtao_edu.practice.exercise.draw import Given
from dtao_edu.practice.slips.slip import LABELS, Work, number_of, quantities


def other_numbers(
    right: Work, given: Given, labels: Collection[str] = ()
) -> Iterator[tuple[str, int, Work]]:
    """Yield the given numbers exchanged, left out, or read in another unit.

    Parameters
    ----------
    right : callable
        The right answer, as a function of the given numbers.
    given : Given
    labels : collection of str
        Given numbers that are no quantities.

    Yields
    ------
    tuple
        The mistake, how likely it is, and the right answer with it.
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
            yield f"exchange `{a}` and `{b}`", 1, but(**swap)
        yield f"leave out `{a}`", 2, but(**{a: lambda g: 0.0})
        yield f"leave out `{a}`", 2, but(**{a: lambda g: 1.0})
        yield f"turn the sign of `{a}`", 2, but(**{a: lambda g, a=a: -g[a]})
        yield f"take `{a}` twice", 3, but(**{a: lambda g, a=a: 2 * g[a]})
        yield f"take half of `{a}`", 3, but(**{a: lambda g, a=a: g[a] / 2})
        yield f"use 0.5 in place of `{a}`", 3, but(**{a: lambda g: 0.5})
        if isinstance(given[a], int) and 0 < given[a] < 1000:
            yield f"take one more in `{a}`", 2, but(**{a: lambda g, a=a: g[a] + 1})
            yield f"take one less in `{a}`", 2, but(**{a: lambda g, a=a: g[a] - 1})
        if 0 < given[a] < 1:
            yield f"use 1 - `{a}` in place of `{a}`", 1, but(**{a: lambda g, a=a: 1 - g[a]})
        yield (
            f"read `{a}`, which is in percent, as a plain number",
            3,
            but(**{a: lambda g, a=a: 100 * g[a]}),
        )
        yield f"read `{a}` as percent", 3, but(**{a: lambda g, a=a: g[a] / 100})
        for b in names:
            if a != b:
                yield f"use `{b}` in place of `{a}`", 3, but(**{a: lambda g, b=b: g[b]})
                yield f"add `{b}` to `{a}`", 3, but(**{a: lambda g, a=a, b=b: g[a] + g[b]})
                yield f"take `{b}` from `{a}`", 3, but(**{a: lambda g, a=a, b=b: g[a] - g[b]})
    for a in given:
        if a.removesuffix("s") not in LABELS.union(labels):
            yield from _other_lists(a, given[a], but)


def _other_lists(
    name: str, value: Any, but: Callable[..., Work]
) -> Iterator[tuple[str, int, Work]]:
    if not isinstance(value, list | tuple) or not value:
        return
    if all(number_of(x) is not None for x in value):
        yield (
            f"count heads in `{name}`, each alike",
            1,
            but(**{name: lambda g: type(g[name])(1.0 for _ in g[name])}),
        )
        yield (
            f"take `{name}` in another order",
            2,
            but(**{name: lambda g: type(g[name])(reversed(g[name]))}),
        )
        yield (
            f"square `{name}` first",
            3,
            but(**{name: lambda g: type(g[name])(x * x for x in g[name])}),
        )
        yield (
            f"take the square roots of `{name}` first",
            3,
            but(**{name: lambda g: type(g[name])(math.sqrt(x) for x in g[name])}),
        )
    elif all(isinstance(x, list | tuple) for x in value):
        kind = type(value[0])
        yield (
            f"read columns of `{name}` for rows",
            1,
            but(**{name: lambda g: type(g[name])(kind(row) for row in zip(*g[name], strict=True))}),
        )
        yield (
            f"read the columns of `{name}` in another order",
            2,
            but(**{name: lambda g: type(g[name])(kind(reversed(row)) for row in g[name])}),
        )
