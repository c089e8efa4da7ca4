"""What a network is at one moment: its columns by their names, its shares and its books."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, cast

import numpy as np

from dtao_edu.engine.errors import refuse
from dtao_edu.simulation.block import open_block, program_of
from dtao_edu.simulation.mechanisms import root_proportion, spot_price
from dtao_edu.simulation.rules import RuleSet
from dtao_edu.simulation.state import Chain, Column, Facts, Subnets, total


class Books(NamedTuple):
    """What was issued, and where it is. `balance` when every pair is equal.

    Attributes
    ----------
    tao_issued : all TAO at the start, and all that was issued since.
    tao_held : in pools, on root (what waits for an epoch included), and free.
    alpha_issued : minted less recycled, a subnet each; alpha_held : in the pool and outside.
    """

    tao_issued: Column
    tao_held: Column
    alpha_issued: Column
    alpha_held: Column

    def balance(self, relative: float = 1e-9) -> bool:
        """Return whether the books agree: exactly for Fractions, else to a relative error."""
        exact = isinstance(cast("Fraction", self.tao_held), Fraction)
        pairs = ((self.tao_issued, self.tao_held), (self.alpha_issued, self.alpha_held))
        room = 0 if exact else relative
        return all(bool(np.all(abs(a - b) <= room * np.maximum(abs(a), 1))) for a, b in pairs)


@dataclass(frozen=True, eq=False)
class NetworkState:
    """Pools of many subnets, what the chain remembers of them, and the rules in force."""

    subnets: Subnets
    facts: Facts
    chain: Chain
    rules: RuleSet
    free_tao: Column
    base_tao: Column

    def __len__(self) -> int:
        return len(self.facts.netuid)

    @property
    def tao_in(self) -> Column:
        """TAO in each pool."""
        return self.subnets.pools.tao_in

    @property
    def alpha_in(self) -> Column:
        """Alpha in each pool."""
        return self.subnets.pools.alpha_in

    @property
    def alpha_out(self) -> Column:
        """Alpha outside each pool."""
        return self.subnets.pools.alpha_out

    @property
    def quote_weight(self) -> Column:
        """Weight of the TAO side of each pool; 1/2 where the rules know no weights."""
        weight, half = self.subnets.pools.quote_weight, Fraction(1, 2)
        if weight is None:
            return self.tao_in * 0 + (cast("float", half) if self.exact else 0.5)
        return weight

    @property
    def moving_price(self) -> Column:
        """Moving prices, TAO per alpha."""
        return self.subnets.moving_price

    @property
    def pending_root(self) -> Column:
        """What the next epoch pays root: TAO, or alpha that waits for claims."""
        return self.subnets.epochs.pending_root

    @property
    def last_epoch(self) -> Column:
        """Block of each subnet's last epoch."""
        return self.subnets.epochs.last_epoch

    @property
    def flow(self) -> Column:
        """Smoothed net TAO a block that users staked."""
        return self.subnets.flows.flow

    @property
    def protocol_flow(self) -> Column:
        """Smoothed net TAO a block that the chain paid in."""
        return self.subnets.flows.protocol_flow

    @property
    def user_flow(self) -> Column:
        """TAO staked less TAO unstaked by users, since the start."""
        return self.subnets.flows.user_flow

    @property
    def alpha_recycled(self) -> Column:
        """Alpha that left the issuance, since the start."""
        return self.subnets.totals.alpha_recycled

    @property
    def alpha_minted(self) -> Column:
        """Alpha issued, what was recycled included."""
        return self.subnets.totals.alpha_minted

    @property
    def tao_entered(self) -> Column:
        """TAO that the chain paid into each pool, and what stood in it at the start."""
        return self.subnets.totals.tao_entered

    @property
    def netuid(self) -> Column:
        """Numbers of the subnets."""
        return self.facts.netuid

    @property
    def first_block(self) -> Column:
        """Block of each subnet's first emission."""
        return self.facts.first_block

    @property
    def enabled(self) -> Column:
        """1, or 0 where the emission of TAO is switched off."""
        return self.facts.enabled

    @property
    def miner_burned(self) -> Column:
        """Part of the miners' emission that is burnt."""
        return self.facts.miner_burned

    @property
    def vote(self) -> Column:
        """Shares by the Root Network's vote."""
        return self.facts.vote

    @property
    def block(self) -> int:
        """The last finished block."""
        return self.chain.block

    @property
    def issuance(self) -> Column:
        """TAO issued so far."""
        return self.chain.issuance

    @property
    def root_tao(self) -> Column:
        """TAO staked on root."""
        return self.chain.root_tao

    @property
    def bar(self) -> Column:
        """The gate's bar; 0 without one."""
        return self.chain.bar

    @property
    def tempo(self) -> int:
        """Blocks between two epochs."""
        return self.chain.constants.tempo

    @property
    def tao_weight(self) -> Column:
        """What a TAO on root counts against an alpha."""
        return self.chain.constants.tao_weight

    @property
    def exact(self) -> bool:
        """Whether the columns are Fractions."""
        return self.tao_in.dtype == np.dtype(object)

    @property
    def price(self) -> Column:
        """Spot prices, TAO per alpha."""
        return spot_price(self.tao_in, self.alpha_in, self.subnets.pools.quote_weight)

    @property
    def root_proportion(self) -> Column:
        """Root's part in the stake weight of each subnet."""
        return root_proportion(self.subnets, self.chain)

    def place(self, netuid: int) -> int:
        """Return the place of a subnet in the columns."""
        places = np.flatnonzero(self.facts.netuid == netuid)
        if not len(places):
            refuse("netuid", netuid, f"one of {self.facts.netuid.tolist()}")
        return int(places[0])

    def shares(self) -> Column:
        """Return the shares of the next block's TAO, by the rules in force."""
        return open_block(program_of(self.rules), self.subnets, self.facts, self.chain)[1]

    def books(self) -> Books:
        """Return what was issued, and where it is."""
        waits = total(self.pending_root) if self.rules.root == "sold" else 0
        sums = self.subnets.totals
        return Books(
            self.base_tao + total(sums.tao_entered),
            total(self.tao_in) + self.root_tao + waits + self.free_tao,
            sums.alpha_minted - sums.alpha_recycled,
            self.alpha_in + self.alpha_out,
        )


def halves(subnets: Subnets, weighted: bool) -> Subnets:
    """Return the subnets with equal weights where pools have weights, or without any."""
    pools = subnets.pools
    if (pools.quote_weight is not None) == weighted:
        return subnets
    exact = pools.tao_in.dtype == np.dtype(object)
    half = cast("float", Fraction(1, 2)) if exact else 0.5
    weight = pools.tao_in * 0 + half if weighted else None
    return subnets._replace(pools=pools._replace(quote_weight=weight))
