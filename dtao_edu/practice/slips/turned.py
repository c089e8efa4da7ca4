"""The answer itself, changed in a usual way."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

from dtao_edu.practice.slips.slip import Slip, only

ANOTHER_ORDER = "give the numbers in another order"
_SMALL = 10  # a share or a rise; of larger numbers nobody takes 1
_PARTS = ("take", "part", "fee", "cut", "rate", "mine")
_TIMES = [
    (f"take one measure of time for another ({what})", 2, lambda v, k=k: v * k)
    for k, what in (
        (24, "days and hours"),
        (1 / 24, "days and hours"),
        (60, "hours, minutes and seconds"),
        (1 / 60, "hours, minutes and seconds"),
        (1440, "days and minutes"),
        (3600, "hours and seconds"),
        (144, "a block has 12 seconds"),
        (12, "a block has 12 seconds"),
        (1 / 12, "a block has 12 seconds"),
        (2.4, "a minute has 5 blocks, not 12"),
        (1 / 25, "an hour has 300 blocks"),
        (1 / 24 / 60, "days and minutes"),
        (7200, "a day has 7,200 blocks"),
    )
]


def _mixed(right: tuple[float, ...]) -> Iterator[Slip]:
    """One entry of a table joined with another."""
    for i, x in enumerate(right):
        for j, y in enumerate(right):
            if i == j:
                continue
            for mistake, value in (
                ("divide one of the numbers by another", x / y if y else math.inf),
                ("multiply one of the numbers by another", x * y),
                ("take one of the numbers from another", x - y),
                ("add one of the numbers to another", x + y),
                ("give one of the numbers twice", y),
            ):
                yield Slip(mistake, 3, only(value, i, len(right)))


def turned(right: tuple[float, ...], numbers: Mapping[str, float]) -> Iterator[Slip]:
    """Yield the answer itself, changed: halved, turned, a difference, or in another order.

    Parameters
    ----------
    right : tuple of float
        The right answer of one case, flat.
    numbers : mapping
        The given quantities, by name.
    """
    changes: list[tuple[str, int, Callable[[float], float]]] = [
        ("give percent, or a hundred times too much", 1, lambda v: 100 * v),
        ("give a part of 1, or a hundredth of it", 1, lambda v: v / 100),
        ("turn it upside down", 1, lambda v: 1 / v),
        ("turn the sign round", 1, lambda v: -v),
        ("take it twice", 2, lambda v: 2 * v),
        ("take half of it", 2, lambda v: v / 2),
        ("give thousandths", 4, lambda v: 1000 * v),
        ("give what is left of 1", 2, lambda v: 1 - v if abs(v) < _SMALL else math.inf),
        ("add 1, or forget to take it off", 2, lambda v: 1 + v if abs(v) < _SMALL else math.inf),
        ("give what is left of 100", 3, lambda v: 100 - v if abs(v) < 100 else math.inf),
        ("give it in rao", 1, lambda v: 1e9 * v),
        ("take a fee of 33/65535 off", 2, lambda v: v * (1 - 33 / 65535)),
        ("take a fee of 33/65535 off twice", 3, lambda v: v * (1 - 2 * 33 / 65535)),
        ("take a fee of 33/65535 off twice", 3, lambda v: v * (1 - 33 / 65535) ** 2),
        ("take the 41 % of miners or of validators", 3, lambda v: 0.41 * v),
        ("take the 18 % of the owner", 3, lambda v: 0.18 * v),
        *_TIMES,
    ]
    for mistake, likely, change in changes:
        new = [change(v) if v else None for v in right]
        if None not in new:
            yield Slip(mistake, likely, tuple(new))
        for place, value in enumerate(new if len(right) > 1 else ()):
            yield Slip(mistake, likely + 1, only(value, place, len(right)))
    for name, number in numbers.items():
        for mistake, change in (
            (f"give what is left of `{name}`", lambda v, n=number: n - v),
            (f"add `{name}`: what is asked is only the change", lambda v, n=number: v + n),
            (f"take `{name}` off: what is asked is all of it", lambda v, n=number: v - n),
            (f"give the part of `{name}`", lambda v, n=number: v / n),
            (f"give the part of `{name}`, in percent", lambda v, n=number: 100 * v / n),
            (f"divide `{name}` by it", lambda v, n=number: n / v if v else math.inf),
            (f"multiply by `{name}` once more", lambda v, n=number: n * v),
            (f"take `{name}` off twice", lambda v, n=number: v - 2 * n),
            (f"turn the change of `{name}` round", lambda v, n=number: 2 * n - v),
        ):
            new = [change(v) for v in right]
            yield Slip(mistake, 3, tuple(new))
            for place, value in enumerate(new if len(right) > 1 else ()):
                yield Slip(mistake, 4, only(value, place, len(right)))
        if 0 < number < 100 and any(word in name for word in _PARTS):
            part = number / 100 if number >= 1 else number
            for mistake, factor in (
                (f"take `{name}` off twice", 1 - part),
                (f"divide by 1 + `{name}` in place of taking `{name}` off", 1 / (1 - part * part)),
                (f"divide by 1 - `{name}` in place of taking `{name}` off", (1 - part) ** -2),
                (f"add `{name}` in place of taking it off", (1 + part) / (1 - part)),
            ):
                yield Slip(mistake, 3, tuple(factor * v for v in right))
    for a, x in numbers.items():
        for b, y in numbers.items():
            if a != b and x != y:
                way = tuple((v - x) / (y - x) for v in right)
                yield Slip(f"give the part of the way from `{a}` to `{b}`", 4, way)
    if len(right) > 1:
        yield from _mixed(right)
        yield Slip(ANOTHER_ORDER, 1, tuple(reversed(right)))
        for i in range(len(right)):
            for j in range(i + 1, len(right)):
                entries = list(right)
                entries[i], entries[j] = entries[j], entries[i]
                yield Slip(ANOTHER_ORDER, 1, tuple(entries))
