"""How far two divisions stand apart: two votes, paid and computed shares, votes and prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

from dtao_edu.engine.errors import number, refuse
from dtao_edu.engine.units import Amount
from dtao_edu.measures.concentration import Figures, Name


def _pairs(a: Figures[Name], b: Figures[Name], *, common: bool) -> list[tuple[Amount, Amount]]:
    """Pair two sequences by place, two mappings by name; a missing name is 0, or left out."""
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        names = [name for name in a if name in b] if common else list({**a, **b})
        found = [(a.get(name, 0), b.get(name, 0)) for name in names]
    elif isinstance(a, Sequence) and isinstance(b, Sequence):
        if len(a) != len(b):
            refuse("b", f"{len(b)} entries", f"{len(a)}, as many as a")
        found = list(zip(a, b, strict=True))
    else:
        refuse("b", type(b).__name__, f"{type(a).__name__}, as a is: two sequences or two mappings")
    return [(number("a", x), number("b", y)) for x, y in found]


def _differences(a: Figures[Name], b: Figures[Name]) -> list[Amount]:
    pairs = _pairs(a, b, common=False)
    return [x - y if x > y else y - x for x, y in pairs]


def l1(a: Figures[Name], b: Figures[Name]) -> Amount:
    """L1 = sum_i |a_i - b_i|: 0 for equal shares, 2 for shares that have nothing in common.

    Parameters
    ----------
    a, b : two sequences of equal length, or two mappings
        Shares. A name that only one mapping has counts as 0 in the other.

    Raises
    ------
    InputError
        Sequences of different length, or one of each kind.

    Examples
    --------
    >>> l1([0.5, 0.5], [0.75, 0.25]), l1({1: 1.0}, {2: 1.0})
    (0.5, 2.0)
    """
    return sum(_differences(a, b))


def moved(before: Figures[Name], after: Figures[Name]) -> Amount:
    """moved = 1/2 sum_i |after_i - before_i|: the total variation distance of two divisions.

    It is the part of all emission that changed hands: what one gains another loses, so half of the
    L1 distance counts each part once. Votes and markets are compared by this measure; of two
    validators' weights it says how far their votes stand apart.

    Examples
    --------
    >>> moved([0.5, 0.5], [0.75, 0.25])
    0.25
    """
    return l1(before, after) / 2


def largest_error(a: Figures[Name], b: Figures[Name]) -> Amount:
    """max_i |a_i - b_i|.

    Examples
    --------
    >>> largest_error({1: 0.5, 2: 0.5}, {1: 0.75, 2: 0.25})
    0.25
    """
    return max(_differences(a, b))


def rank_correlation(a: Figures[Name], b: Figures[Name]) -> float:
    """r = correlation of the ranks (Spearman): 1 for the same order, -1 for the opposite one.

    Parameters
    ----------
    a, b : two sequences of equal length, or two mappings
        Of mappings only the names that both have are compared. Equal values share the mean
        of their ranks.

    Raises
    ------
    InputError
        Fewer than two pairs, or all values equal: there is no order to compare.

    Examples
    --------
    >>> rank_correlation([1, 2, 30], [0.1, 5, 7]), rank_correlation([1, 2, 3], [9, 8, 7])
    (1.0, -1.0)

    Source: C. Spearman, "The Proof and Measurement of Association between Two Things", 1904.
    """
    pairs = _pairs(a, b, common=True)
    first, second = (_ranks([pair[side] for pair in pairs]) for side in (0, 1))
    middle = (len(pairs) + 1) / 2
    joint = sum((x - middle) * (y - middle) for x, y in zip(first, second, strict=True))
    own = [sum((x - middle) ** 2 for x in ranks) for ranks in (first, second)]
    if not all(own):
        refuse("a and b", f"{len(pairs)} pairs", "two pairs or more, with values that differ")
    return joint / sqrt(own[0] * own[1])


def _ranks(values: Sequence[Amount]) -> list[float]:
    """Return the ranks from 1, equal values with the mean of theirs."""
    rising = sorted(values)
    first: dict[Amount, int] = {}
    count: dict[Amount, int] = {}
    for rank, value in enumerate(rising, start=1):
        first.setdefault(value, rank)
        count[value] = count.get(value, 0) + 1
    return [first[value] + (count[value] - 1) / 2 for value in values]
