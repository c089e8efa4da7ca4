"""The same change of shares on both sides: what a vote takes, and what a market takes.

The vote is one of the Root Network; the market is that of the pools. Both are asked for the same
part of all emission and the same subnet, and answer in the same units: validators, TAO committed,
TAO lost, blocks held.

A vote spends nothing: the stake, most of it entrusted by delegators, stays where it is. To stake
into a pool takes no validator: TAO is committed, and some of it is lost if others sell first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dtao_edu.engine.errors import refuse
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.root import RootNetwork
from dtao_edu.engine.units import BLOCKS_PER_DAY
from dtao_edu.ledger import PoolRecord
from dtao_edu.studies.coalition_moves import places_of, with_unsupported
from dtao_edu.studies.coalition_vote import coalition_vote, smallest_to_gain
from dtao_edu.studies.market_move import MarketMove, market_cost_to_move


class TwoSides(NamedTuple):
    """One change of shares, priced by vote and by market.

    Attributes
    ----------
    target : int
    pool : Pool
        The subnet's pool before.
    part : float
        Part of all emission that the subnet gains: on both sides it is asked for what arrives.
    supported : bool
        Whether anybody gave the subnet weight in the vote. If not, the consensus curve holds the
        coalition back most.
    seats : int
        How many validators there are.
    validators : int or None
        The fewest, from the largest on, by whose vote it gains the part; None where not even all
        of them are enough.
    staked : float or None
        TAO of stake that they speak for.
    stake_share : float or None
        Their part of all stake.
    arrives, moved : float or None
        What the subnet gains by their vote, and all that changes hands with it: the part or more.
    market : tuple of MarketMove
        By spot price at once; by moving price held for one day and for seven days.
    """

    target: int
    pool: Pool
    part: float
    supported: bool
    seats: int
    validators: int | None
    staked: float | None
    stake_share: float | None
    arrives: float | None
    moved: float | None
    market: tuple[MarketMove, MarketMove, MarketMove]

    def __repr__(self) -> str:
        spot = self.market[0]
        return (
            f"<TwoSides of {self.part:.1%} of emission to subnet {self.target}: "
            f"validators {self.validators}, or {spot.tao:,.0f} TAO by spot price>"
        )


def vote_or_market(
    network: RootNetwork, pools: Mapping[int, Pool | PoolRecord], target: int, part: float
) -> TwoSides:
    """Ask :func:`smallest_to_gain` and :func:`market_cost_to_move` for the same part and subnet.

    Parameters
    ----------
    network : RootNetwork
        The vote. A subnet that was not in it counts as one that nobody supported.
    pools : mapping of netuid to Pool or PoolRecord
        As in :func:`market_cost_to_move`; no fee is taken, and the market is calm before.
    target : int
        netuid of the subnet to be lifted.
    part : float
        Part of all emission, above 0 and below what the subnet's share by price leaves.

    Returns
    -------
    TwoSides

    Raises
    ------
    InputError
        A subnet without a pool that trades, or more than there is to be moved.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> vote = ledger.root_vote("2024-11-24").network()
    >>> both = vote_or_market(vote, ledger.pools("2025-04-17").trading(), 62, 0.05)
    >>> both
    <TwoSides of 5.0% of emission to subnet 62: validators 2, or 4,663 TAO by spot price>
    >>> round(both.staked), [round(move.tao) for move in both.market]
    (1688937, [4663, 5357, 4663])
    """
    if target not in pools or not getattr(pools[target], "trading", True):
        refuse("target", target, "a subnet with a pool in which alpha is traded")
    spot = market_cost_to_move(pools, target, part)
    if not spot.reachable:
        refuse("part", part, f"less than {spot.most:.3f}, what subnet {target} does not have yet")
    held = [market_cost_to_move(pools, target, part, rule="moving", blocks=days * BLOCKS_PER_DAY)
            for days in (1, 7)]  # fmt: skip
    wider, fresh = with_unsupported(network)
    column = target if target in network.netuids else fresh
    validators = smallest_to_gain(wider, column, part)
    members = () if validators is None else places_of(network, validators)
    vote = coalition_vote(wider, members, column) if members else None
    supported = any(row[wider.netuids.index(column)] for row in wider.weights)
    found = pools[target]
    return TwoSides(
        target=target,
        pool=found if isinstance(found, Pool) else found.pool(),
        part=part,
        supported=supported,
        seats=len(network.stakes),
        validators=validators,
        staked=float(sum(network.stakes[place] for place in members)) if members else None,
        stake_share=float(sum(network.stake_shares[p] for p in members)) if members else None,
        arrives=float(vote.arrives) if vote else None,
        moved=float(vote.moved) if vote else None,
        market=(spot, held[0], held[1]),
    )


def validators_in_words(both: TwoSides) -> str:
    """Write how many validators are needed.

    Examples
    --------
    >>> from dtao_edu import ledger, studies
    >>> vote = ledger.root_vote("2024-11-24").network()
    >>> both = studies.vote_or_market(vote, ledger.pools("2025-04-17").trading(), 1, 0.5)
    >>> validators_in_words(both)
    'the 3 largest validators'
    """
    if both.validators is None:
        return f"not even all {both.seats} validators"
    if both.validators == 1:
        return "the largest validator"
    return f"the {both.validators} largest validators"
