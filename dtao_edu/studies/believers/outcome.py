"""What came out of many runs, and two rules held against each other run by run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import NamedTuple

import numpy as np

from dtao_edu.engine.emission import price_shares
from dtao_edu.engine.errors import refuse
from dtao_edu.studies.believers.opinions import Floats
from dtao_edu.studies.intervals import Interval, median_interval, sign_test, wilson
from dtao_edu.wording import columns


class Comparison(NamedTuple):
    """How often, and by how much, one outcome is nearer to the worth than another, run by run.

    Attributes
    ----------
    nearer, runs : int
        Runs in which it is nearer, of how many.
    often : Interval
        Their part: :func:`~dtao_edu.studies.intervals.wilson`.
    p : float
        How rare so uneven a count is by chance alone:
        :func:`~dtao_edu.studies.intervals.sign_test`.
    by : Interval
        By how much it is nearer, parts of all emission, the median; below 0 it is farther.
    """

    nearer: int
    runs: int
    often: Interval
    p: float
    by: Interval

    @property
    def known(self) -> bool:
        """Whether which of the two is nearer more often is known: p below 0.01."""
        return self.p < 0.01

    def __repr__(self) -> str:
        return (
            f"<Comparison: nearer in {self.nearer} of {self.runs}, part {self.often}, "
            f"p {self.p:.2g}; nearer by {100 * self.by.value:.1f} points>"
        )


@dataclass(frozen=True, eq=False)
class Outcome:
    """The shares that came out of many runs, beside the worth.

    Attributes
    ----------
    shares : array of runs by subnets.
    worth : one share a subnet.
    price : prices at the end, runs by subnets; None after a vote.

    Examples
    --------
    >>> two = Outcome(np.array([[0.5, 0.5], [0.9, 0.1]]), np.array([0.6, 0.4]))
    >>> two.distances.round(3).tolist(), round(two.bias, 3), round(two.chance, 3)
    ([0.1, 0.3], 0.1, 0.2)
    """

    shares: Floats
    worth: Floats
    price: Floats | None = None

    @property
    def distances(self) -> Floats:
        """1/2 sum |worth - share| of each run: the part of emission that goes astray."""
        return _moved(self.worth, self.shares)

    @property
    def bias(self) -> float:
        """The distance of the mean of all runs: what stays when chance is averaged away."""
        return float(_moved(self.worth, self.shares.mean(axis=0)[None])[0])

    @property
    def bias_floor(self) -> float:
        """1/2 sum_j s_j sqrt(2 / (pi runs)): the bias that chance alone shows in so few runs.

        s_j is the spread of a share over the runs. A bias near its floor is not known to be one.
        """
        if len(self) < 2:
            return 0.0
        spread = self.shares.std(axis=0, ddof=1)
        return float(spread.sum() / 2 * sqrt(2 / (pi * len(self))))

    @property
    def chance(self) -> float:
        """The distance of a run from the mean of all runs, the median over the runs."""
        return float(np.median(_moved(self.shares.mean(axis=0), self.shares)))

    @property
    def spot(self) -> Outcome:
        """The same runs, as if the spot price of the last block had paid."""
        if self.price is None:
            refuse("spot", "a vote", "the outcome of a market")
        return Outcome(np.array([price_shares(row) for row in self.price.tolist()]), self.worth)

    def __len__(self) -> int:
        return len(self.shares)

    def band(self, part: float = 0.9) -> tuple[float, float, float]:
        """Return the lower edge, the median and the upper edge of the middle `part` of distances.

        Parameters
        ----------
        part : float
            0 to 1.
        """
        levels = [(1 - part) / 2, 0.5, (1 + part) / 2]
        low, middle, high = np.quantile(self.distances, levels).tolist()
        return low, middle, high

    @property
    def median(self) -> Interval:
        """The median of the distances with its interval: :func:`median_interval`."""
        return median_interval(self.distances.tolist())

    def quantiles(self, levels: Sequence[float] = (0.05, 0.5, 0.95)) -> Floats:
        """Return quantiles of the shares over the runs: a row a level, a column a subnet."""
        return np.quantile(self.shares, levels, axis=0)

    def nearer(self, other: Outcome) -> int:
        """Return in how many runs this is nearer to the worth than the same run of another.

        Of the runs that both have.
        """
        runs = min(len(self), len(other))
        return int((self.distances[:runs] < other.distances[:runs]).sum())

    def against(self, other: Outcome) -> Comparison:
        """Hold this outcome against another, run by run; ties are left out of the test.

        Parameters
        ----------
        other : Outcome
            Of the same people, or of others; the runs that both have are compared.

        Returns
        -------
        Comparison

        Examples
        --------
        >>> worth = np.array([0.6, 0.4])
        >>> near = Outcome(np.tile([0.55, 0.45], (6, 1)), worth)
        >>> far = Outcome(np.tile([0.9, 0.1], (6, 1)), worth)
        >>> near.against(far)
        <Comparison: nearer in 6 of 6, part 1.00 (0.61 to 1.00), p 0.031; nearer by 25.0 points>
        """
        runs = min(len(self), len(other))
        gain = other.distances[:runs] - self.distances[:runs]
        wins, decided = int((gain > 0).sum()), int((gain != 0).sum())
        p = sign_test(wins, decided) if decided else 1.0
        return Comparison(wins, runs, wilson(wins, runs), p, median_interval(gain.tolist()))


def table(outcomes: Mapping[str, Outcome], than: Outcome | None = None) -> str:
    """Return a table of distances, in percent of all emission.

    Parameters
    ----------
    outcomes : mapping of str to Outcome
    than : Outcome, optional
        Adds a column: in how many runs each is nearer to the worth than this one.

    Returns
    -------
    str

    Examples
    --------
    >>> from dtao_edu.studies.believers import by_vote
    >>> print(table({"one voter": by_vote(1, runs=5), "all": by_vote(64, runs=5)}))
    emission astray, %   median  90 % of runs   bias  chance
    one voter              12.8  10.4 to 20.4    6.3    12.9
    all                     2.8   1.5 to  3.5    1.3     1.8
    """
    head = ["emission astray, %", " median", "90 % of runs", " bias", "chance"]
    rows = []
    for name, one in outcomes.items():
        low, middle, high = (100 * edge for edge in one.band())
        bias, chance = 100 * one.bias, 100 * one.chance
        row = [name, f"{middle:.1f}", f"{low:4.1f} to {high:4.1f}", f"{bias:.1f}", f"{chance:.1f}"]
        if than is not None:
            runs = 0 if one is than else min(len(one), len(than))
            row.append(f"{one.nearer(than):2} of {runs} " if runs else "-  ")
        rows.append(row)
    return columns([head if than is None else [*head, "nearer in"], *rows], 1)


def comparison_table(rows: Mapping[str, tuple[Outcome, Outcome]]) -> str:
    """Return a row a trial: what price and vote send astray, how often the price is nearer, p.

    Parameters
    ----------
    rows : mapping of str to (Outcome, Outcome)
        The name of a trial, the price, and the vote it is held against.

    Returns
    -------
    str

    Examples
    --------
    >>> from dtao_edu.studies.believers import by_vote
    >>> print(comparison_table({"64 and 1": (by_vote(64, runs=9), by_vote(1, runs=9))}))
    astray in the median, %   price    vote   price nearer         p
    64 and 1                    3.0    16.4        9 of  9     0.004
    """
    table: list[tuple[str, ...]] = [
        ("astray in the median, %", " price", "  vote", " price nearer", "       p")
    ]
    for name, (one, other) in rows.items():
        found, medians = one.against(other), (100 * each.band()[1] for each in (one, other))
        count = f"{found.nearer:2} of {found.runs:2}"
        table.append((name, *(f"{middle:.1f}" for middle in medians), count, _p(found.p)))
    return columns(table, 1)


def _p(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def _moved(worth: Floats, shares: Floats) -> Floats:
    """1/2 sum_j |worth_j - share_j|: `measures.moved`, for all runs at once."""
    found: Floats = np.abs(shares - worth).sum(axis=1) / 2
    return found
