"""What a coalition of validators could have moved, had it put all its weight on one subnet.

The others vote as they did. What was moved is half the L1 distance between the shares of
emission before and after. A coalition does not say which subnet it would have chosen: so the
least, the median and the greatest over all subnets as targets are told, and beside them what
it moves to a subnet that nobody else supports: there the consensus curve holds it back most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from statistics import median
from typing import Literal, NamedTuple, cast

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import refuse, whole
from dtao_edu.engine.root import RootNetwork
from dtao_edu.engine.units import Amount
from dtao_edu.measures.concentration import shares
from dtao_edu.measures.distance import moved

Over = Literal["least", "median", "greatest", "unsupported"]


class Coalition(NamedTuple):
    """What a coalition could have moved.

    Attributes
    ----------
    members : tuple of int
        Places of the validators in the network.
    stake_share : float
        Their part of all stake.
    by_target : dict
        netuid -> part of all emission that changes hands.
    unsupported : float
        The same for a subnet without weight from anybody else.
    """

    members: tuple[int, ...]
    stake_share: Amount
    by_target: dict[int, Amount]
    unsupported: Amount

    @property
    def least(self) -> Amount:
        """The least over the targets."""
        return min(self.by_target.values())

    @property
    def median(self) -> Amount:
        """The median over the targets."""
        return median(cast("list[float]", list(self.by_target.values())))

    @property
    def greatest(self) -> Amount:
        """The greatest over the targets."""
        return max(self.by_target.values())

    def __repr__(self) -> str:
        return (
            f"<Coalition of {len(self.members)} with {self.stake_share:.1%} of stake moves "
            f"{self.least:.1%} to {self.greatest:.1%}, median {self.median:.1%}, "
            f"unsupported {self.unsupported:.1%}>"
        )


def coalition_moves(
    network: RootNetwork, members: int | Sequence[int], *, issued_only: bool = False
) -> Coalition:
    """moved_j = 1/2 sum_k |E_k' - E_k|: all weight of a coalition on subnet j, others unchanged.

    Parameters
    ----------
    network : RootNetwork
        The vote as it was. Targets are all its netuids but 0.
    members : int or sequence of int
        A number k: the k validators with the most stake. Or places of validators, as in
        `network.stakes`; for uids ask :meth:`dtao_edu.ledger.RootVote.place`.
    issued_only : bool
        False: shares of all block emission, netuid 0 (not issued) included, as the chain
        reckons. True: shares of what is issued.

    Returns
    -------
    Coalition

    Raises
    ------
    InputError
        More members than validators, a member twice, or a place that is not there.

    Examples
    --------
    >>> vote = RootNetwork([60, 40], [[1, 0], [0, 1]], netuids=[1, 2])
    >>> coalition_moves(vote, [0]).by_target[1]
    0.0
    >>> coalition_moves(vote, 1).greatest == vote.shares_by_netuid()[1]
    True
    """
    places = places_of(network, members)
    stake = sum(network.stake_shares[place] for place in places)
    wider, fresh = with_unsupported(network)
    before = wider.emission_shares(issued_only=issued_only)
    # The others' ranks and trusts stay whatever the target. On it the coalition, with weight 1,
    # adds its stake to both: ranks and trusts are sums over the validators.
    others = wider.with_weights(dict.fromkeys(places, (0,) * len(wider.netuids)))
    ranks, trusts = others.ranks(), others.trusts()
    curve = partial(formulas.consensus, rho=network.rho, kappa=network.kappa)
    votes = [
        0 if issued_only and netuid == 0 else formulas.weight_of_vote(curve(t), r)
        for netuid, t, r in zip(wider.netuids, trusts, ranks, strict=True)
    ]
    by_target = {}
    for column, netuid in enumerate(wider.netuids):
        if netuid != 0:
            after = list(votes)
            consensus = curve(trusts[column] + stake)
            after[column] = formulas.weight_of_vote(consensus, ranks[column] + stake)
            by_target[netuid] = moved(before, shares(after))
    unsupported = by_target.pop(fresh)
    return Coalition(places, stake, by_target, unsupported)


def smallest_coalition(
    network: RootNetwork,
    part: float = 0.5,
    over: Over = "median",
    *,
    issued_only: bool = False,
) -> Coalition:
    """k = least k whose k largest validators move at least a part: how few are enough.

    Parameters
    ----------
    network : RootNetwork
    part : float
        Part of all emission to be moved; a half if left out.
    over : "least", "median", "greatest" or "unsupported"
        Which figure of the coalition has to reach the part: `least` is enough for any target.
    issued_only : bool
        As in :func:`coalition_moves`.

    Returns
    -------
    Coalition
        The first that is large enough.

    Raises
    ------
    InputError
        Not even all validators together move so much.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> network = ledger.root_vote("2024-11-24").network()
    >>> smallest_coalition(network)
    <Coalition of 3 with 44.0% of stake moves 46.1% to 69.6%, median 68.0%, unsupported 46.1%>
    >>> len(smallest_coalition(network, 0.5, "least").members)
    4
    """
    if over not in ("least", "median", "greatest", "unsupported"):
        refuse("over", over, "'least', 'median', 'greatest' or 'unsupported'")
    everybody = len(network.stakes)
    for number in range(1, everybody + 1):
        coalition = coalition_moves(network, number, issued_only=issued_only)
        if getattr(coalition, over) >= part or number == everybody:
            break
    if getattr(coalition, over) < part:
        refuse("part", part, f"at most {getattr(coalition, over):.4f}, what all of them move")
    return coalition


@lru_cache(maxsize=8)
def with_unsupported(network: RootNetwork) -> tuple[RootNetwork, int]:
    """Return the vote with one more subnet, to which nobody gives weight, and its netuid.

    It changes no share.

    Examples
    --------
    >>> wider, fresh = with_unsupported(RootNetwork([1], [[1, 1]], netuids=[1, 4]))
    >>> fresh, wider.emission_shares()
    (5, (0.5, 0.5, 0.0))
    """
    fresh = max(network.netuids) + 1
    return widened(network, fresh), fresh


def widened(network: RootNetwork, netuid: int) -> RootNetwork:
    """Return the vote with one more subnet of this number, to which nobody gives weight."""
    weights = tuple((*row, 0) for row in network.weights)
    return replace(network, weights=weights, netuids=(*network.netuids, netuid))


def places_of(network: RootNetwork, members: int | Sequence[int]) -> tuple[int, ...]:
    """Return the places of a coalition: of the k largest, largest first, or those that are named.

    Raises
    ------
    InputError
        As :func:`coalition_moves`.

    Examples
    --------
    >>> places_of(RootNetwork([10, 30, 20], [[1], [1], [1]]), 2)
    (1, 2)
    """
    seats = range(len(network.stakes))
    if isinstance(members, Sequence):
        if len(set(members)) != len(members) or not set(members) <= set(seats):
            refuse("members", members, f"different places from 0 to {seats[-1]}")
        return tuple(members)
    if whole("members", members, low=1) > len(seats):
        refuse("members", members, f"at most {len(seats)}, the validators there are")
    ranking = sorted(seats, key=lambda place: (-network.stakes[place], place))
    return tuple(ranking[:members])
