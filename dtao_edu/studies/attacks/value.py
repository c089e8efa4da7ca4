"""One attack, in the units that both rules share."""

from __future__ import annotations

from math import isfinite
from typing import Literal, NamedTuple

from dtao_edu.wording import number

Under = Literal["vote", "market"]


class Attack(NamedTuple):
    """What an attack takes, and what it moves.

    Attributes
    ----------
    name : str
    under : "vote" or "market"
    committed : float
        TAO that must stand behind it while it lasts.
    own : bool
        True: the attacker's own TAO. False: lent, stake that delegators entrusted to validators.
    lost : float
        TAO gone afterwards if nobody answers; below 0 it is a gain.
    lost_at_worst : float
        TAO gone if others answer as well as they can, or, of a bribe, the most it can be.
    blocks_held : int
        Blocks for which it stands. 0: it counts at once.
    moved : float
        Part of all emission that changes hands: half the L1 distance of the shares.
    arrives : float
        Part of all emission that the target gains; below 0 it loses.

    Examples
    --------
    >>> Attack("pump", "market", 5000.0, True, 0.0, 4000.0, 300, 0.02, 0.02)
    <pump, market: 5,000 TAO committed, 0 to 4,000 lost, 300 blocks held, 2.0 % moved>
    """

    name: str
    under: Under
    committed: float
    own: bool
    lost: float
    lost_at_worst: float
    blocks_held: int
    moved: float
    arrives: float

    @property
    def lost_between(self) -> str:
        """The least and the most that is lost, in words.

        Examples
        --------
        >>> Attack("wash", "market", 100.0, True, 8.198, 8.198, 0, 0.0, 0.0).lost_between
        '8.2'
        """
        least, most = tao_in_words(self.lost), tao_in_words(self.lost_at_worst)
        return least if least == most else f"{least} to {most}"

    def __repr__(self) -> str:
        lent = "" if self.own else " lent"
        moved, arrives = (f"{100 * part:.1f} %" for part in (self.moved, self.arrives))
        part = f"{moved} moved" + ("" if arrives == moved else f", {arrives} arrives")
        return (
            f"<{self.name}, {self.under}: {tao_in_words(self.committed)} TAO{lent} committed, "
            f"{self.lost_between} lost, {self.blocks_held:,} blocks held, {part}>"
        )


def tao_in_words(tao: float) -> str:
    """Write an amount with three digits, whole TAO in full, nothing below a thousandth.

    Examples
    --------
    >>> [tao_in_words(tao) for tao in (5834.9, 8.198, -11.94, 0.918, 0.0)]
    ['5,835', '8.2', '-11.9', '0.918', '0']
    """
    return number(round(tao, 3), 3) if isfinite(tao) else "not to be had"
