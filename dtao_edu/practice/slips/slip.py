"""What a slip is, and how names and numbers are read on the way to one."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from fractions import Fraction
from typing import NamedTuple

from dtao_edu.practice.checking.record import Answer
from dtao_edu.practice.exercise.draw import Given

FORMULAS = "dtao_edu.engine.formulas"
MUTABLE = (
    FORMULAS,
    "dtao_edu.engine.emission",
    "dtao_edu.engine.pool",
    "dtao_edu.engine.reserves",
    "dtao_edu.engine.root",
    "dtao_edu.practice.bank",
    "dtao_edu.practice.misconceptions",
    "dtao_edu.measures",
    "dtao_edu.studies",
)
"""Where a mistake can be made; what only checks or converts is left alone."""

Entry = float | None
Work = Callable[[Given], Answer]


class Way(NamedTuple):
    """One way to work an answer out wrongly.

    Attributes
    ----------
    mistake : str
        Completes "Did you ...?".
    likely : int
        The smaller, the more likely.
    work : callable
        From the given numbers to what comes out, in the form the exercise asks for.
    factor : str
        A given number that was left out as a factor: it counts only where it is one.
    """

    mistake: str
    likely: int
    work: Work
    factor: str = ""


class Slip(NamedTuple):
    """One way to go wrong, and what comes out of it.

    Attributes
    ----------
    mistake : str
        Completes "Did you ...?".
    likely : int
        The smaller, the more likely.
    values : tuple
        Flat, of one case; None where only some entries are touched by it.
    """

    mistake: str
    likely: int
    values: tuple[Entry, ...]


def only(value: Entry, place: int, size: int) -> tuple[Entry, ...]:
    """Return the values of a slip that touches one entry of so many.

    Parameters
    ----------
    value : float or None
        The entry that goes wrong.
    place, size : int
        Where it stands, and how many entries there are.

    Examples
    --------
    >>> only(0.5, 1, 3)
    (None, 0.5, None)
    """
    return (None,) * place + (value,) + (None,) * (size - place - 1)


def number_of(value: Answer) -> float | None:
    """Return what can be reckoned with: a finite number other than 0."""
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction):
        return None
    number = float(value)
    return number if math.isfinite(number) and number != 0 else None


class OrderSlip(NamedTuple):
    """One way to go wrong with an order, and the order that comes out.

    Attributes
    ----------
    mistake, likely
        As of a :class:`Slip`.
    names : tuple of str
        In their order.
    """

    mistake: str
    likely: int
    names: tuple[str, ...]


LABELS = frozenset({"netuid", "uid", "seed", "count", "row", "column", "place", "index"})
"""Names of what says which one or how many of them: no quantity that anybody reckons with."""

RATES = frozenset({"rate", "fee", "take", "cut"})
"""Names of what is taken out of an amount."""


def quantities(given: Given, labels: Collection[str] = ()) -> dict[str, float]:
    """Return the given numbers that are quantities, by name.

    Parameters
    ----------
    given : Given
    labels : collection of str
        Given numbers that say which one is meant, beside those of :data:`LABELS`.

    Examples
    --------
    >>> quantities(Given(netuid=8, tao=20, other=51), labels=["other"])
    {'tao': 20.0}
    """
    found = {name: number_of(given[name]) for name in given}
    apart = LABELS.union(labels)
    return {name: n for name, n in found.items() if n is not None and name not in apart}


def in_words(name: str) -> str:
    """Return a name of the code in words.

    Examples
    --------
    >>> in_words("root_tao")
    'root TAO'
    """
    return " ".join(_WORDS.get(word, word) for word in name.split("_"))


_WORDS = {"tao": "TAO", "hhi": "HHI", "moved": "share moved"}
