"""The other side of a coalition: what delegators would have to move to stop it.

A coalition's power is stake, and most of it is lent. Delegators who disagree can lend it to
others. Here the stake that leaves is taken from the members in proportion to their stake, and goes
to all other validators in proportion to theirs, who vote as they did.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import between, refuse
from dtao_edu.engine.root import RootNetwork
from dtao_edu.engine.rounding import largest
from dtao_edu.engine.units import Amount
from dtao_edu.measures.distance import moved
from dtao_edu.studies.coalition_moves import places_of

HALF = 0.5
"""Of all emission: what a coalition is asked to move."""

_FINE = 2.0**-22
# The part of the coalition's stake is found to one in four million.


class Tally(NamedTuple):
    """A counted vote: one entry a netuid in each.

    Attributes
    ----------
    ranks, trusts, consensus, shares : tuple
        As :class:`~dtao_edu.engine.root.RootNetwork` counts them; netuid 0 is among them.
    """

    ranks: tuple[Amount, ...]
    trusts: tuple[Amount, ...]
    consensus: tuple[Amount, ...]
    shares: tuple[Amount, ...]


@dataclass(frozen=True)
class CoalitionVote:
    """A vote before and after a coalition puts all its weight on one subnet.

    Attributes
    ----------
    network : RootNetwork
        The vote as it was.
    members : tuple of int
        Places of the validators in the network.
    target : int
        The netuid that gets all their weight.
    leaving : float
        The part of the members' stake that delegators have moved to the others.
    stakes : tuple
        TAO of each validator after that.
    before, after : Tally
        Both with these stakes: the members voting as they did, and all on the target.
    moved : float
        The part of all emission that changes hands between the two.
    """

    network: RootNetwork
    members: tuple[int, ...]
    target: int
    leaving: Amount
    stakes: tuple[Amount, ...]
    before: Tally
    after: Tally
    moved: Amount

    @property
    def column(self) -> int:
        """The place of the target among the netuids."""
        return self.network.netuids.index(self.target)

    @property
    def stake_share(self) -> Amount:
        """The members' part of all stake, after delegators have left."""
        return sum(self.stakes[place] for place in self.members) / sum(self.stakes)

    @property
    def arrives(self) -> Amount:
        """E_j' - E_j: what the target gains. The curve can move more, between other subnets."""
        return self.after.shares[self.column] - self.before.shares[self.column]

    def __repr__(self) -> str:
        return (
            f"<CoalitionVote of {len(self.members)} with {self.stake_share:.1%} of stake for "
            f"subnet {self.target}: {self.moved:.1%} moved>"
        )


def coalition_vote(
    network: RootNetwork, members: int | Sequence[int], target: int, *, leaving: Amount = 0
) -> CoalitionVote:
    """moved = 1/2 sum_k |E_k' - E_k|, for one target, after delegators have moved a part of stake.

    Parameters
    ----------
    network : RootNetwork
    members : int or sequence of int
        A number k: the k validators with the most stake. Or places of validators.
    target : int
        A netuid; 0 is a vote not to issue.
    leaving : float
        0 to 1: the part of the members' stake that goes to the others before the vote.

    Returns
    -------
    CoalitionVote

    Raises
    ------
    InputError
        No members, a place or a netuid that is not there, or stake that leaves a coalition
        beside which nobody has stake.

    Examples
    --------
    Two camps: the subnet of the small one is lifted by the large one's votes. When half of the
    large one's stake leaves for the small one, less is moved:

    >>> vote = RootNetwork([60, 40], [[1, 0], [0, 1]], netuids=[1, 2])
    >>> coalition_vote(vote, 1, 2).after.shares
    (0.0, 1.0)
    >>> coalition_vote(vote, 1, 2, leaving=0.5)
    <CoalitionVote of 1 with 30.0% of stake for subnet 2: 5.5% moved>
    """
    places = places_of(network, members)
    if not places:
        refuse("members", members, "at least one validator")
    if target not in network.netuids:
        refuse("target", target, f"a netuid from {network.netuids[0]} to {network.netuids[-1]}")
    return _vote(network, places, target, between("leaving", leaving, 0, 1))


def stake_to_stop(
    network: RootNetwork, members: int | Sequence[int], target: int, part: Amount = 0.5
) -> Amount:
    """y* = least y with moved(y) <= part; what must leave is y* times the coalition's stake, TAO.

    Parameters
    ----------
    network, members, target
        As in :func:`coalition_vote`.
    part : float
        The part of all emission, 0 to 1, that the coalition is kept from moving.

    Returns
    -------
    float
        TAO that delegators have to move to the other validators, 0 if nothing is needed. Found
        by halving: less stake moves less.

    Raises
    ------
    InputError
        As :func:`coalition_vote`.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> network = ledger.root_vote("2024-11-24").network()
    >>> round(stake_to_stop(network, 3, 1), -3)
    504000.0
    """
    between("part", part, 0, 1)
    places = coalition_vote(network, members, target).members
    return _to_stop(network, places, target, part) * sum(network.stakes[i] for i in places)


def smallest_for(network: RootNetwork, target: int, part: Amount = 0.5) -> int | None:
    """k = least k whose k largest validators move at least a part to one given subnet.

    Parameters
    ----------
    network, target
        As in :func:`coalition_vote`.
    part : float
        Part of all emission, 0 to 1.

    Returns
    -------
    int or None
        None where not even all of them together move so much.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> smallest_for(ledger.root_vote("2024-11-24").network(), 1)
    3
    """
    return _least(network, lambda number: coalition_vote(network, number, target).moved >= part)


def smallest_to_gain(network: RootNetwork, target: int, part: Amount) -> int | None:
    """k = least k whose k largest validators lift one given subnet by at least a part.

    What changes hands need not arrive: :func:`smallest_for` asks for the one, this for the other.
    By price the two are the same.

    Parameters
    ----------
    network, target
        As in :func:`coalition_vote`.
    part : float
        Part of all emission that the subnet gains, 0 to 1.

    Returns
    -------
    int or None
        None where not even all of them together give it so much.

    Examples
    --------
    Nobody else supports subnet 55: the largest validator moves 11.5 % of all emission, and less
    than a hundredth of all arrives.

    >>> from dtao_edu import ledger
    >>> vote = ledger.root_vote("2024-11-24").network()
    >>> smallest_for(vote, 55, 0.05), smallest_to_gain(vote, 55, 0.05)
    (1, 2)
    """
    return _least(network, lambda number: coalition_vote(network, number, target).arrives >= part)


def _least(network: RootNetwork, enough: Callable[[int], bool]) -> int | None:
    """Return the least number of validators that is enough."""
    return next((n for n in range(1, len(network.stakes) + 1) if enough(n)), None)


class _Apart(NamedTuple):
    """The members' and the others' part of all stake, of each rank and of each trust."""

    stake: Amount
    rest: Amount
    ranks: tuple[Amount, ...]
    trusts: tuple[Amount, ...]
    other_ranks: tuple[Amount, ...]
    other_trusts: tuple[Amount, ...]


@lru_cache(maxsize=256)
def _apart(network: RootNetwork, places: tuple[int, ...]) -> _Apart:
    """Split ranks and trusts, which are sums over validators, into the members' and the others'.

    All else follows from these, so that delegators may move without a recount of every weight.
    """
    members = frozenset(places)
    stakes = list(enumerate(network.stake_shares))
    inside = [stake if place in members else 0 for place, stake in stakes]
    outside = [0 if place in members else stake for place, stake in stakes]
    return _Apart(
        stake=sum(inside),
        rest=sum(outside),
        ranks=tuple(formulas.rank(inside, column) for column in network.columns),
        trusts=tuple(formulas.trust(inside, column) for column in network.columns),
        other_ranks=tuple(formulas.rank(outside, column) for column in network.columns),
        other_trusts=tuple(formulas.trust(outside, column) for column in network.columns),
    )


def _tally(network: RootNetwork, ranks: Sequence[Amount], trusts: Sequence[Amount]) -> Tally:
    rho, kappa = network.rho, float(network.kappa)  # a fraction would be turned at every call
    consensus = tuple(formulas.consensus(trust, rho, kappa) for trust in trusts)
    votes = [formulas.weight_of_vote(c, r) for c, r in zip(consensus, ranks, strict=True)]
    total = sum(votes)
    shares = tuple(formulas.share(vote, total) if total else 0 for vote in votes)
    return Tally(tuple(ranks), tuple(trusts), consensus, shares)


def _tallies(
    network: RootNetwork, places: tuple[int, ...], target: int, leaving: Amount
) -> tuple[Amount, Amount, Tally, Tally]:
    """Count before and after; also what the members' and the others' stake is multiplied by."""
    stake, rest, ranks, trusts, other_ranks, other_trusts = _apart(network, places)
    if leaving and not rest:
        refuse("leaving", leaving, "0 where nobody else has stake to which it could go")
    less = 1 - leaving
    more = 1 + leaving * stake / rest if rest else 1
    theirs = [more * rank for rank in other_ranks]
    trusted = [more * trust for trust in other_trusts]
    before = _tally(
        network,
        [less * mine + other for mine, other in zip(ranks, theirs, strict=True)],
        [less * mine + other for mine, other in zip(trusts, trusted, strict=True)],
    )
    # With weight 1 on the target a member adds its stake to both of its sums, and to no other.
    column = network.netuids.index(target)
    theirs[column] += less * stake
    trusted[column] += less * stake
    return less, more, before, _tally(network, theirs, trusted)


def _vote(
    network: RootNetwork, places: tuple[int, ...], target: int, leaving: Amount
) -> CoalitionVote:
    less, more, before, after = _tallies(network, places, target, leaving)
    stakes = tuple(
        stake * (less if place in places else more) for place, stake in enumerate(network.stakes)
    )
    part = moved(before.shares, after.shares)
    return CoalitionVote(network, places, target, leaving, stakes, before, after, part)


@lru_cache(maxsize=256)
def _to_stop(network: RootNetwork, places: tuple[int, ...], target: int, part: Amount) -> Amount:
    """Return the least part of the members' stake that has to leave."""

    def too_much(leaving: Amount) -> bool:
        _, _, before, after = _tallies(network, places, target, leaving)
        return bool(moved(before.shares, after.shares) > part)

    if not too_much(0):
        return 0
    return min(largest(too_much, 1.0, _FINE) + _FINE, 1.0)


def coalition_name(vote: CoalitionVote) -> str:
    """Name the coalition: by how many it has, or as the largest of all.

    Examples
    --------
    >>> from dtao_edu.engine.root import RootNetwork
    >>> vote = RootNetwork([60, 40], [[1, 0], [0, 1]], netuids=[1, 2])
    >>> coalition_name(coalition_vote(vote, 1, 2))
    'The largest of 2 validators'
    >>> coalition_name(coalition_vote(vote, [1], 2))
    '1 chosen of 2 validators'
    """
    size, everybody = len(vote.members), len(vote.network.stakes)
    if vote.members != coalition_vote(vote.network, size, vote.target).members:
        return f"{size} chosen of {everybody} validators"
    largest = "largest" if size == 1 else f"{size} largest"
    return f"The {largest} of {everybody} validators"
