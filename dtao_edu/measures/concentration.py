"""How concentrated a division is: of stake, of votes, of emission.

Every measure takes a sequence or a mapping of amounts, 0 or more and not all 0, and scales them
to shares x_1 ... x_n that sum to 1. Who is counted (netuid 0, those with nothing) is the
caller's choice and should be said beside the figure.

Sources: A. O. Hirschman, "The Paternity of an Index", American Economic Review 54 (1964);
C. Gini, "Variabilità e mutabilità" (1912); B. S. Srinivasan and L. Lee, "Quantifying
Decentralization" (2017), for the Nakamoto coefficient.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import between, not_negative, refuse, whole
from dtao_edu.engine.units import Amount

Name = TypeVar("Name", bound=Hashable)
Figures = Sequence[Amount] | Mapping[Name, Amount]
"""Amounts in a row, or by name."""


def shares(values: Figures[Name]) -> list[Amount]:
    """x_i = v_i / sum_k v_k.

    Parameters
    ----------
    values : sequence or mapping
        Amounts, 0 or more, not all 0.

    Returns
    -------
    list
        Shares that sum to 1, in the order of `values`.

    Raises
    ------
    InputError
        No values, all of them 0, or one that is negative or not finite.

    Examples
    --------
    >>> shares([30, 10])
    [0.75, 0.25]
    """
    listed = list(values.values()) if isinstance(values, Mapping) else list(values)
    checked = [not_negative("values", value) for value in listed]
    total = sum(checked)
    if not total:
        refuse("values", "empty or all 0", "amounts of which at least one is above 0")
    return [formulas.share(value, total) for value in checked]


def hhi(values: Figures[Name]) -> Amount:
    """HHI = sum_i x_i^2: Herfindahl-Hirschman index, 1/n when all are equal, 1 for a monopoly.

    Parameters
    ----------
    values : sequence or mapping
        As in :func:`shares`.

    Examples
    --------
    >>> hhi([1, 1, 1, 1]), hhi({"all": 5, "none": 0})
    (0.25, 1.0)
    """
    return sum(share**2 for share in shares(values))


def effective_number(values: Figures[Name]) -> Amount:
    """n* = 1 / HHI: how many equal parts would be as concentrated.

    Examples
    --------
    >>> effective_number([1, 1, 1, 1, 0])
    4.0
    """
    return 1 / hhi(values)


def error_of_mean(error: float, values: Figures[Name]) -> float:
    """e = e_1 / sqrt(n*): the standard error of a weighted mean of independent opinions.

    Parameters
    ----------
    error : float
        e_1, of one opinion alone.
    values : sequence or mapping
        Their weights, as in :func:`shares`.

    Returns
    -------
    float
        In the unit of `error`.

    Examples
    --------
    >>> error_of_mean(12.0, [1, 1, 1, 1]), error_of_mean(12.0, [1, 0, 0])
    (6.0, 12.0)
    """
    return error / math.sqrt(effective_number(values))


def gini(values: Figures[Name]) -> Amount:
    """G = sum_i (2 i - n - 1) x_i / n, x rising: 0 when all are equal, (n - 1)/n for a monopoly.

    Those with nothing count in n: leaving them out lowers G.

    Examples
    --------
    >>> gini([1, 1, 1]), gini([0, 0, 0, 1])
    (0.0, 0.75)
    """
    rising = sorted(shares(values))
    n = len(rising)
    return sum((2 * i - n - 1) * share for i, share in enumerate(rising, start=1)) / n


def nakamoto(values: Figures[Name], part: Amount = 0.5) -> int:
    """k = least k with x_(1) + ... + x_(k) > part: how few together hold more than a part.

    Parameters
    ----------
    values : sequence or mapping
        As in :func:`shares`.
    part : float
        0 to below 1; a half if left out.

    Examples
    --------
    >>> nakamoto([40, 30, 20, 10]), nakamoto([50, 30, 20], part=0.5)
    (2, 2)
    """
    if between("part", part, 0, 1) == 1:
        refuse("part", part, "0 to below 1: nobody holds more than all")
    held: Amount = 0
    largest = sorted(shares(values), reverse=True)
    # The last one is never needed to be asked: all together hold more than any such part.
    for k, share in enumerate(largest[:-1], start=1):
        held += share
        if held > part:
            return k
    return len(largest)


def top_share(values: Figures[Name], number: int = 10) -> Amount:
    """x_(1) + ... + x_(k): what the k largest hold together.

    Examples
    --------
    >>> top_share([4, 3, 2, 1], 2)
    0.7
    """
    largest = sorted(shares(values), reverse=True)
    return sum(largest[: whole("number", number, low=1)])
