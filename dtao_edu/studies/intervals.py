"""How sure a count or a correlation is: intervals and a test, with the standard library alone.

How often one rule was nearer, and whether it is known which one is, are two questions:
:func:`wilson` answers the first with an interval, :func:`sign_test` the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import atanh, comb, sqrt, tanh
from statistics import NormalDist
from typing import NamedTuple

from dtao_edu.engine.errors import refuse, whole


class Interval(NamedTuple):
    """A figure between a lower and an upper bound.

    Attributes
    ----------
    low, value, high : float
    level : float
        How many of such intervals hold what they are to find, 0 to 1.

    Examples
    --------
    >>> print(Interval(0.73, 0.875, 0.96, 0.95))
    0.88 (0.73 to 0.96)
    """

    low: float
    value: float
    high: float
    level: float

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"


def wilson(successes: int, trials: int, level: float = 0.95) -> Interval:
    """(k + z^2/2 +- z sqrt(k (n-k)/n + z^2/4)) / (n + z^2): the interval of a part, from a count.

    Parameters
    ----------
    successes : int
        k, 0 to `trials`.
    trials : int
        n, 1 or more.
    level : float
        Above 0 and below 1; 0.95 if left out.

    Returns
    -------
    Interval

    Examples
    --------
    >>> print(wilson(35, 40))
    0.88 (0.74 to 0.95)

    Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
    Journal of the American Statistical Association 22 (1927).
    """
    k, n = _count(successes, trials)
    z = _spread(level)
    middle, width = k + z**2 / 2, z * sqrt(k * (n - k) / n + z**2 / 4)
    below, above = ((middle + side * width) / (n + z**2) for side in (-1, 1))
    # The two ends hold exactly; a float would miss them by a hair.
    return Interval(below if k else 0.0, k / n, above if k < n else 1.0, level)


def sign_test(successes: int, trials: int) -> float:
    """p = P(|X - n/2| >= |k - n/2|), X a fair coin's heads: how rare so uneven a count is.

    Parameters
    ----------
    successes : int
        k, 0 to `trials`; ties are left out of both.
    trials : int
        n, 1 or more.

    Returns
    -------
    float
        Both sides together: 1 for an even count.

    Examples
    --------
    >>> sign_test(6, 6), round(sign_test(24, 40), 2), sign_test(35, 40) < 1e-5
    (0.03125, 0.27, True)

    Source: J. Arbuthnot, Philosophical Transactions 27 (1710).
    """
    k, n = _count(successes, trials)
    tail = sum(comb(n, i) for i in range(max(k, n - k), n + 1))
    return min(1.0, float(2 * tail / 2**n))


def median_interval(values: Sequence[float], level: float = 0.95) -> Interval:
    """x_(r) to x_(n+1-r), r the greatest with 2 P(X < r) <= 1 - level: the median, by its ranks.

    Parameters
    ----------
    values : sequence of float
        One a run, independent; at least one.
    level : float
        Above 0 and below 1. With few values no interval reaches it, and the whole range is told.

    Returns
    -------
    Interval

    Examples
    --------
    >>> median_interval([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])[:3]
    (2, 5.5, 9)
    """
    rising, n = sorted(values), len(values)
    if not n:
        refuse("values", "empty", "one value or more")
    _spread(level)
    outside, rank = 0.0, 0
    while rank < (n - 1) // 2:
        outside += comb(n, rank) / 2**n
        if 2 * outside > 1 - level:
            break
        rank += 1
    rank = max(rank - 1, 0)
    middle = (rising[(n - 1) // 2] + rising[n // 2]) / 2
    return Interval(rising[rank], middle, rising[n - 1 - rank], level)


def rank_interval(correlation: float, pairs: int, level: float = 0.95) -> Interval:
    """tanh(atanh(r) +- z sqrt((1 + r^2/2) / (n - 3))): the interval of a rank correlation.

    Parameters
    ----------
    correlation : float
        r, -1 to 1.
    pairs : int
        n, 4 or more.
    level : float
        Above 0 and below 1; 0.95 if left out.

    Returns
    -------
    Interval

    Examples
    --------
    >>> print(rank_interval(0.53, 54))
    0.53 (0.29 to 0.71)

    Source: D. G. Bonett and T. A. Wright, "Sample Size Requirements for Estimating Pearson,
    Kendall and Spearman Correlations", Psychometrika 65 (2000).
    """
    if not -1 <= correlation <= 1:
        refuse("correlation", correlation, "-1 to 1")
    n, z = whole("pairs", pairs, low=4), _spread(level)
    if abs(correlation) == 1:
        return Interval(correlation, correlation, correlation, level)
    half = z * sqrt((1 + correlation**2 / 2) / (n - 3))
    middle = atanh(correlation)
    return Interval(tanh(middle - half), correlation, tanh(middle + half), level)


def _count(successes: int, trials: int) -> tuple[int, int]:
    n = whole("trials", trials, low=1)
    if not 0 <= whole("successes", successes, low=0) <= n:
        refuse("successes", successes, f"0 to {n}, the trials there are")
    return successes, n


def _spread(level: float) -> float:
    """Return z: so many spreads around the mean hold the level."""
    if not 0 < level < 1:
        refuse("level", level, "a number above 0 and below 1")
    return NormalDist().inv_cdf((1 + level) / 2)
