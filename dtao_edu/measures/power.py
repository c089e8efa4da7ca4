"""Voting power: how often a voter's stake decides, which is not the same as its share.

A coalition wins with stake of at least the quota. A voter is decisive for a coalition of others
that loses without it and wins with it. Both indices count these cases; they differ in how they
weigh them. All 2^64 coalitions of 64 voters are counted, exactly, by dynamic programming:
how many coalitions there are of each size and each sum of stake.

The vote of the Root Network was no majority vote, but its consensus curve turned around half of
the stake; the indices with a quota of one half say who could tip it.

Sources: L. S. Penrose, "The Elementary Statistics of Majority Voting", 1946; J. F. Banzhaf,
"Weighted Voting Doesn't Work", Rutgers Law Review 19 (1965); L. S. Shapley and M. Shubik,
"A Method for Evaluating the Distribution of Power in a Committee System", American Political
Science Review 48 (1954).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import ceil, comb

from dtao_edu.engine.errors import not_negative, positive, refuse
from dtao_edu.engine.units import Amount, exactly

_FINE = 5_000
# Stakes that are no small whole numbers are rounded to this many parts of their sum.


def banzhaf(
    stakes: Sequence[Amount],
    quota: Amount | None = None,
    *,
    unit: Amount | None = None,
    absolute: bool = False,
) -> list[float]:
    """B_i = swings_i / sum_k swings_k: the part of all decisive cases in which voter i decides.

    swings_i counts the coalitions of others that lose without i and win with i.

    Parameters
    ----------
    stakes : sequence
        Stake of each voter, 0 or more.
    quota : float, optional
        Stake that wins, above 0 and at most the sum; more than half of the sum if left out.
    unit : float, optional
        Stakes are counted in whole units of this size, rounded. If left out: 1 for whole numbers
        that sum to 5,000 or less, else a 5,000th of the sum. The count is exact for the rounded
        stakes; a voter of less than half a unit has no power in it.
    absolute : bool
        True: swings_i / 2^(n-1), the probability to decide when all others toss a coin.

    Returns
    -------
    list of float
        One a voter; sums to 1 unless `absolute`.

    Examples
    --------
    With 50, 49 and 1 of stake and a quota of 51, the voter with 1 is as strong as the one with 49:

    >>> banzhaf([50, 49, 1], 51)
    [0.6, 0.2, 0.2]
    """
    decisive = [sum(by_size) for by_size in _decisive(stakes, quota, unit)]
    if absolute:
        return [float(Fraction(count, 2 ** (len(stakes) - 1))) for count in decisive]
    return [float(Fraction(count, sum(decisive))) for count in decisive]


def shapley_shubik(
    stakes: Sequence[Amount], quota: Amount | None = None, *, unit: Amount | None = None
) -> list[float]:
    """phi_i = sum_k d_ik k! (n-k-1)! / n!: how often voter i is the one that tips, in all orders.

    d_ik counts the coalitions of k others that lose without i and win with i. Voters join one by
    one, every order alike; the one that brings the quota decides.

    Parameters
    ----------
    stakes, quota, unit
        As in :func:`banzhaf`.

    Returns
    -------
    list of float
        One a voter; sums to 1.

    Examples
    --------
    >>> [round(power, 3) for power in shapley_shubik([50, 49, 1], 51)]
    [0.667, 0.167, 0.167]
    """
    n = len(stakes)
    return [
        # k! (n-k-1)! / n! = 1 / (n C(n-1, k))
        float(sum(Fraction(count, n * comb(n - 1, k)) for k, count in enumerate(by_size)))
        for by_size in _decisive(stakes, quota, unit)
    ]


def _decisive(
    stakes: Sequence[Amount], quota: Amount | None, unit: Amount | None
) -> list[list[int]]:
    """Return for each voter, by the number k of others, the coalitions for which it decides."""
    weights, needed = _whole_units(stakes, quota, unit)
    n = len(weights)
    # A polynomial in two variables, count of coalitions by sum and size, packed into one
    # whole number: a slot of n + 1 bits holds any count up to 2^n, a row of n slots the sizes
    # 0 to n - 1, one row a sum below the quota. Adding a voter is then one shift and one sum.
    slot = n + 1
    row = slot * n
    below = (1 << row * needed) - 1

    def add(coalitions: int, weight: int) -> int:
        return (coalitions + (coalitions << row * weight + slot)) & below

    counts: list[list[int]] = [[0] * n for _ in weights]
    for voter, coalitions in _all_but_one(range(n), 1, weights, add):
        if weight := weights[voter]:
            first = max(0, needed - weight)
            total = _sum_rows(coalitions >> row * first, needed - first, row)
            counts[voter] = [total >> slot * k & (1 << slot) - 1 for k in range(n)]
    return counts


def _all_but_one(
    voters: Sequence[int], coalitions: int, weights: Sequence[int], add: Callable[[int, int], int]
) -> Iterator[tuple[int, int]]:
    """Yield for each voter the coalitions of all the others, by halving: n log n steps."""
    if len(voters) == 1:
        yield voters[0], coalitions
        return
    half = len(voters) // 2
    for inside, outside in ((voters[:half], voters[half:]), (voters[half:], voters[:half])):
        joined = coalitions
        for voter in outside:
            joined = add(joined, weights[voter])
        yield from _all_but_one(inside, joined, weights, add)


def _sum_rows(packed: int, rows: int, row: int) -> int:
    """Add all rows of a packed number slot by slot, halving it at each step."""
    while rows > 1:
        half = (rows + 1) // 2
        packed = (packed >> row * half) + (packed & (1 << row * half) - 1)
        rows = half
    return packed


def _whole_units(
    stakes: Sequence[Amount], quota: Amount | None, unit: Amount | None
) -> tuple[list[int], int]:
    checked = [exactly(not_negative("stakes", stake)) for stake in stakes]
    total = sum(checked)
    if not total:
        refuse("stakes", "empty or all 0", "stakes of which at least one is above 0")
    if unit is None:
        small = total <= _FINE and all(stake.denominator == 1 for stake in checked)
        unit = Fraction(1) if small else total / _FINE
    size = exactly(positive("unit", unit))
    weights = [round(stake / size) for stake in checked]
    everything = sum(weights)
    if not everything:
        refuse("unit", unit, "at most twice the largest stake")
    if quota is None:
        return weights, everything // 2 + 1
    wins = exactly(positive("quota", quota))
    if wins > total:
        refuse("quota", quota, f"at most the sum of the stakes, {float(total)}")
    # Rounded stakes may sum to less than the quota that all of them together just reach.
    return weights, min(ceil(wins / size), everything)
