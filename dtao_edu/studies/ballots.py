"""How many subnets a ballot names, counted by heads and by stake.

A vote counts stake. Half of the validators can hold one part in a hundred of it: a sentence about
"half of the validators" and one about "half of the stake" are two sentences.
"""

from __future__ import annotations

from typing import NamedTuple

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import whole
from dtao_edu.ledger import RootVote


class Ballots(NamedTuple):
    """The ballots of one vote, in the order of the validators.

    Attributes
    ----------
    named : tuple of int
        Netuids to which each validator gave weight; 0 for one who gave none at all.
    stakes : tuple of float
        TAO of each.
    """

    named: tuple[int, ...]
    stakes: tuple[float, ...]

    @property
    def voted(self) -> int:
        """How many gave any weight."""
        return sum(count > 0 for count in self.named)

    @property
    def median_by_heads(self) -> int:
        """The least count that at least half of the validators do not pass."""
        return self._median((1.0,) * len(self.named))

    @property
    def median_by_stake(self) -> int:
        """The least count that validators with at least half of the stake do not pass."""
        return self._median(self.stakes)

    def _median(self, stakes: tuple[float, ...]) -> int:
        # The chain's median is the greatest that enough support; of counts below 0 it is the least.
        below = [-float(count) for count in self.named]
        return round(-formulas.weighted_median(stakes, below, 0.5))

    def stake_naming(self, least: int, most: int | None = None) -> float:
        """Return the part of all stake whose ballot names `least` to `most` netuids.

        Parameters
        ----------
        least : int
            0 or more.
        most : int, optional
            No upper bound if left out.
        """
        whole("least", least, low=0)
        high = max(self.named) if most is None else most
        held = sum(
            stake
            for count, stake in zip(self.named, self.stakes, strict=True)
            if least <= count <= high
        )
        return held / sum(self.stakes)


def ballots(vote: RootVote) -> Ballots:
    """Count what each ballot of a vote names.

    Parameters
    ----------
    vote : RootVote
        Such as ``ledger.root_vote("2024-11-24")``.

    Returns
    -------
    Ballots

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> cast = ballots(ledger.root_vote("2024-11-24"))
    >>> cast.voted, cast.median_by_heads, cast.median_by_stake
    (57, 3, 42)
    >>> round(100 * cast.stake_naming(0, 3), 2), round(100 * cast.stake_naming(31))
    (1.15, 89)
    """
    named = tuple(sum(weight > 0 for weight in row) for row in vote.weights)
    return Ballots(named, tuple(float(stake) for stake in vote.stakes))
