"""One capture, by vote and by price, as one person sees it: what it takes, risks and earns."""

from __future__ import annotations

from typing import NamedTuple

from dtao_edu.engine.errors import refuse
from dtao_edu.engine.root import RootNetwork
from dtao_edu.ledger import Pools
from dtao_edu.studies.attacks.four_ways import Attempt, Who, two_by_two

WHO: tuple[Who, Who] = ("insider", "stranger")


class Capture(NamedTuple):
    """A part of emission brought to one subnet for some days, under either rule.

    Attributes
    ----------
    part : float
        Part of all emission that is asked for.
    vote, market : Attempt
        The same person's attempt under each rule.
    """

    part: float
    vote: Attempt
    market: Attempt

    @property
    def who(self) -> Who:
        """Whose attempts they are."""
        return self.vote.who

    def __repr__(self) -> str:
        one = self.vote
        return (
            f"<Capture of {self.part:.1%} for subnet {one.target}, {one.days:g} days, {self.who}: "
            f"{one.earned:,.0f} TAO by vote, {self.market.earned:,.0f} by price>"
        )


def capture(
    vote: RootNetwork,
    pools: Pools,
    target: int,
    part: float,
    *,
    days: float = 7,
    who: Who = "insider",
) -> Capture:
    """Return one person's two attempts out of :func:`two_by_two`.

    Parameters
    ----------
    vote : RootNetwork
    pools : Pools
    target : int
        netuid.
    part : float
        Part of all emission that is to arrive, above 0.
    days : float
        For how long.
    who : "insider" or "stranger"

    Returns
    -------
    Capture

    Raises
    ------
    InputError
        A subnet that does not trade, a part that cannot be had, or somebody else.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> capture(ledger.root_vote("2024-11-24").network(), ledger.pools(), 62, 0.05)
    <Capture of 5.0% for subnet 62, 7 days, insider: 1,004 TAO by vote, 424 by price>
    """
    if who not in WHO:
        refuse("who", who, " or ".join(repr(one) for one in WHO))
    ways = {(one.who, one.under): one for one in two_by_two(vote, pools, target, part, days)}
    return Capture(part, ways[who, "vote"], ways[who, "market"])
