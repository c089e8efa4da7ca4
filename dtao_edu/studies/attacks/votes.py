"""Attacks on the Root Network's vote, and what a change of the vote makes of them.

Nothing is staked or spent for a vote on the chain. What stands behind it is stake, most of it lent
by delegators. All weight of the others stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from math import inf, nextafter

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import OWNER_CUT, TAO_WEIGHT
from dtao_edu.engine.errors import between, positive, refuse
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.root import RootNetwork
from dtao_edu.engine.rounding import largest
from dtao_edu.engine.units import BLOCKS_PER_DAY, Amount
from dtao_edu.measures.concentration import shares
from dtao_edu.measures.distance import moved
from dtao_edu.studies.attacks.value import Attack
from dtao_edu.studies.coalition_moves import places_of, widened
from dtao_edu.studies.coalition_vote import coalition_vote

NO_CURVE = 1e-9
"""A slope of the consensus curve that makes it flat."""


# A changed vote.


def with_newcomer(network: RootNetwork, netuid: int, backing: float = 0) -> RootNetwork:
    """W_ij = backing, and (1 - backing) W_ik for all others: one more subnet in a vote.

    Parameters
    ----------
    network : RootNetwork
    netuid : int
        A number that the vote does not have.
    backing : float
        Part of the vote that each validator gives to it, 0 to 1; 0 if left out.

    Examples
    --------
    >>> vote = with_newcomer(RootNetwork([60, 40], [[1], [1]], netuids=[1]), 2, backing=0.25)
    >>> vote.emission_shares()
    (0.75, 0.25)
    """
    if netuid in network.netuids:
        refuse("netuid", netuid, f"none of those that there are: {list(network.netuids)}")
    wider = widened(network, netuid)
    return token_weights(wider, range(len(network.stakes)), netuid, backing) if backing else wider


def token_weights(
    network: RootNetwork, givers: Iterable[int], netuid: int, weight: float = 0.001
) -> RootNetwork:
    """W_ij = weight + (1 - weight) W_ij: some validators add a little of their vote to one subnet.

    Parameters
    ----------
    network : RootNetwork
    givers : places of validators; one who abstains goes on abstaining.
    netuid : int
    weight : float
        Part of the vote that each adds, 0 to 1; a thousandth if left out.

    Examples
    --------
    >>> camps = RootNetwork([70, 30], [[1, 0], [0, 1]], netuids=[1, 2])
    >>> round(token_weights(camps, [0], 2).emission_shares()[1], 3)
    0.327
    """
    part = between("weight", weight, 0, 1)

    def adds(row: list[Amount], column: int) -> list[Amount]:
        row = [(1 - part) * w for w in row]
        row[column] += part
        return row

    return _rewritten(network, givers, netuid, adds)


def after_exit(network: RootNetwork, members: int | Sequence[int], leaving: float) -> RootNetwork:
    """S_i' = (1 - leaving) S_i for the members: delegators take a part of their stake elsewhere.

    As in :func:`dtao_edu.studies.coalition_vote` it goes to all others in proportion to theirs.

    Parameters
    ----------
    network, members, leaving
        As there.

    Examples
    --------
    >>> after_exit(RootNetwork([60, 40], [[1], [1]], netuids=[1]), 1, 0.5).stakes
    (30.0, 70.0)
    """
    target = network.netuids[0]
    vote = coalition_vote(network, members, target, leaving=leaving)
    return replace(network, stakes=tuple(float(stake) for stake in vote.stakes))


def without_curve(network: RootNetwork) -> RootNetwork:
    """C_j = 1/2 for all: the same vote by rank alone.

    Examples
    --------
    >>> camps = RootNetwork([70, 30], [[1, 0], [0, 1]], netuids=[1, 2])
    >>> [round(share, 6) for share in without_curve(camps).emission_shares()]
    [0.7, 0.3]
    """
    return replace(network, rho=NO_CURVE)


# Attacks.


def bribe(network: RootNetwork, validator: int, target: int, part: float) -> Attack:
    """W_ij = part + (1 - part) W_ij for one validator, who is paid for it outside of the chain.

    Lost is the payment for a day. Anything above 0 suits the validator, whom it costs nothing;
    the most is what the target's owner gains in that day: 18 % of 7,200 TAO times the gain.

    Parameters
    ----------
    network : RootNetwork
    validator : int
        Its place.
    target : int
        netuid.
    part : float
        Part of its vote that is bought, 0 to 1.

    Examples
    --------
    >>> bribe(RootNetwork([60, 40], [[1, 0], [1, 1]], netuids=[1, 2]), 0, 2, 0.1)
    <bribe, vote: 6 TAO lent committed, 0 to 255 lost, 0 blocks held, 19.7 % moved>
    """
    after = token_weights(network, [validator], target, part)
    found = _told("bribe", network, after, target, part * network.stakes[validator])
    worth = formulas.owner_cut(BLOCKS_PER_DAY * max(found.arrives, 0.0), float(OWNER_CUT))
    return found._replace(lost_at_worst=float(worth))


def on_one(
    network: RootNetwork, members: int | Sequence[int], target: int, name: str = "cartel"
) -> Attack:
    """W_ij = 1 for all members: a self-vote of one validator, a cartel of several.

    Parameters
    ----------
    network : RootNetwork
    members : int or sequence of int
        The k largest, or places.
    target : int
        netuid.
    name : str
        What the attack is called.

    Examples
    --------
    >>> on_one(RootNetwork([60, 40], [[1, 0], [0, 1]], netuids=[1, 2]), 1, 2, "self-vote")
    <self-vote, vote: 60 TAO lent committed, 0 lost, 0 blocks held, 80.3 % moved>
    """
    places = places_of(network, members)
    stake = sum(network.stakes[place] for place in places)
    return _told(name, network, network.all_on(places, target), target, stake)


def neglect(
    network: RootNetwork, members: int | Sequence[int], target: int, token: float = 0
) -> Attack:
    """W_ij = token for all members: they leave a subnet out, or with no more than a token weight.

    What they gave to it goes to the rest of their vote in proportion.

    Parameters
    ----------
    network, members, target
        As in :func:`on_one`.
    token : float
        Part of their vote that stays, 0 to 1.

    Examples
    --------
    >>> vote = RootNetwork([60, 40], [[1, 1], [1, 1]], netuids=[1, 2])
    >>> round(neglect(vote, 1, 2).arrives, 3), round(neglect(vote, 1, 2, 0.001).arrives, 3)
    (-0.437, -0.299)
    """
    part, places = between("token", token, 0, 1), places_of(network, members)

    def leaves(row: list[Amount], column: int) -> list[Amount]:
        row[column] = 0
        if not any(row):
            refuse("target", target, "a subnet beside which every member votes for another")
        row = [(1 - part) * w for w in shares(row)]
        row[column] = part
        return row

    after = _rewritten(network, places, target, leaves)
    stake = sum(network.stakes[place] for place in places)
    return _told("neglect", network, after, target, stake)


def bought_votes(network: RootNetwork, target: int, part: float) -> Attack:
    """X = least own stake of a new validator, all its weight on the target, that brings it a part.

    The newcomer takes the seat with the least stake. Its TAO stays its own and comes back one for
    one, so nothing is lost.

    Parameters
    ----------
    network : RootNetwork
    target : int
        netuid.
    part : float
        Part of all emission that the target is to gain, above 0.

    Raises
    ------
    InputError
        A part that no stake brings.

    Examples
    --------
    >>> vote = RootNetwork([70, 30, 0], [[1, 0], [1, 1], [1, 1]], netuids=[1, 2])
    >>> bought_votes(vote, 2, 0.5)
    <bought votes, vote: 72.9 TAO committed, 0 lost, 0 blocks held, 50.0 % moved>
    """
    if target not in network.netuids:
        refuse("target", target, f"one of {list(network.netuids)}")
    stake = _least_stake(network, target, positive("part", part))
    return _told("bought votes", network, _joined(network, target, stake), target, stake)._replace(
        own=True
    )


def voice(pool: Pool, root_tao: float, tao: float) -> tuple[float, float]:
    """weight / all weight: what so much TAO is of a subnet's stake weight, on root and as alpha.

    Stake weight decides who is paid inside a subnet, not what the subnet is paid. All alpha outside
    the pool and all TAO on root count as active here, which they need not be.

    Parameters
    ----------
    pool : Pool
    root_tao : float
        TAO on root without the newcomer.
    tao : float
        TAO of the newcomer, above 0.

    Returns
    -------
    tuple of float
        Its part if the TAO lies on root, where it counts in every subnet and comes back one for
        one; and its part if it is staked into this subnet alone, without a fee.

    Examples
    --------
    >>> [round(part, 4) for part in voice(Pool(100, 1000, 820), 1000, 100)]
    [0.0177, 0.3333]
    """
    there = formulas.stake_weight(pool.alpha_out, root_tao, float(TAO_WEIGHT))
    on_root = formulas.stake_weight(0.0, positive("tao", tao), float(TAO_WEIGHT))
    alpha = float(pool.stake(tao).received)
    return formulas.share(on_root, there + on_root), formulas.share(alpha, there + alpha)


@lru_cache(maxsize=32)
def _least_stake(network: RootNetwork, target: int, part: float) -> float:
    """Find the stake by halving: more stake brings more."""
    before = network.shares_by_netuid()[target]

    def enough(stake: Amount) -> bool:
        after = _joined(network, target, stake).shares_by_netuid()[target]
        return bool(after - before >= part)

    high = float(sum(network.stakes))
    while not enough(high):
        if high > 1e6 * sum(network.stakes):
            refuse("part", part, f"less than {1 - before:.4f}, what the target does not have")
        high *= 2
    return nextafter(largest(lambda stake: not enough(stake), high), inf)


def _joined(network: RootNetwork, target: int, stake: Amount) -> RootNetwork:
    """Let somebody with stake of its own take the seat with the least stake."""
    seat = min(range(len(network.stakes)), key=lambda place: network.stakes[place])
    stakes = tuple(stake if place == seat else s for place, s in enumerate(network.stakes))
    return replace(network, stakes=stakes).all_on([seat], target)


Change = Callable[[list[Amount], int], list[Amount]]


def _rewritten(
    network: RootNetwork, places: Iterable[int], netuid: int, change: Change
) -> RootNetwork:
    """Write some ballots anew: each a list of parts that sum to 1."""
    if netuid not in network.netuids:
        refuse("netuid", netuid, f"one of {list(network.netuids)}")
    column = network.netuids.index(netuid)
    rows: Mapping[int, list[Amount]] = {
        place: change(shares(network.weights[place]), column)
        for place in places
        if any(network.weights[place])
    }
    return network.with_weights(rows)


def _told(
    name: str, before: RootNetwork, after: RootNetwork, target: int, committed: Amount
) -> Attack:
    then, now = before.shares_by_netuid(), after.shares_by_netuid()
    return Attack(
        name=name,
        under="vote",
        committed=float(committed),
        own=False,
        lost=0.0,
        lost_at_worst=0.0,
        blocks_held=0,
        moved=float(moved(then, now)),
        arrives=float(now[target] - then[target]),
    )
