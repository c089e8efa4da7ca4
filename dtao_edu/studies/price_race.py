"""A race: a network that goes on while somebody stakes into it and out of it, as a value.

It adds no rule. Blocks pass by :meth:`Network.wait`, trades are those of
:class:`Network`, books those of :class:`Wallet`; beside them stands what was seen so far.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import refuse, whole
from dtao_edu.engine.pool import Trade
from dtao_edu.engine.units import BLOCKS_PER_DAY
from dtao_edu.engine.wallet import Wallet
from dtao_edu.simulation.network import Network

POINTS = 400
"""Records that a race keeps at most; when there are more, every second one goes."""
Floats = NDArray[np.float64]
PARTS, LONGEST = 30, 60
"""Many blocks pass in so many equal steps or more, none longer than so many blocks."""
COARSE = 240
"""Blocks of a step in the outlook."""
HOTKEY = "Vera"
"""The validator on whose hotkey the alpha lies."""
LEAST = 0.01
"""TAO: with less than that there is nothing to stake."""
MOST = 8
"""Subnets that are looked at, at most."""

Quantity = Literal["price", "moving_price", "share", "emission", "depth"]
QUANTITIES: tuple[Quantity, ...] = get_args(Quantity)


class Record(NamedTuple):
    """What was seen at a block, one entry a subnet.

    Attributes
    ----------
    block : int
    price, moving_price : TAO per alpha.
    share : of the next block's TAO.
    emission : TAO that entered the pool by emission since the race began.
    depth : TAO in the pool.
    """

    block: int
    price: Floats
    moving_price: Floats
    share: Floats
    emission: Floats
    depth: Floats


class Done(NamedTuple):
    """A trade that was made: its block, its subnet, and the receipt."""

    block: int
    netuid: int
    trade: Trade


@dataclass(frozen=True, eq=False)
class Race:
    """A network now, somebody's wallet, and what was recorded on the way; see :meth:`begin`.

    Attributes
    ----------
    network, wallet : as they are now.
    shown : netuids that are looked at, eight at most.
    now : Record
        Of the present block.
    records : what was seen before; 400 at most, then every second one goes.
    every : blocks between two records.
    trades : what was done.
    began : Network
        As it was at the beginning.

    Examples
    --------
    >>> from dtao_edu.engine.pool import Pool
    >>> pools = {1: Pool(100, 1000, 500), 2: Pool(300, 1000, 500)}
    >>> race = Race.begin(Network(pools, root_tao=0, issuance=500))
    >>> race.wallet.tao, race.now.share
    (100.0, array([0.25, 0.75]))
    >>> later = race.stake(1, 50).wait(7200)
    >>> later.of(1, "price").round(3), later.of(1, "share").round(3)
    (array([0.1  , 0.225, 0.295]), array([0.25 , 0.25 , 0.311]))
    """

    network: Network
    wallet: Wallet
    shown: tuple[int, ...]
    now: Record
    began: Network
    records: tuple[Record, ...] = ()
    every: int = 1
    trades: tuple[Done, ...] = ()

    @classmethod
    def begin(cls, network: Network, shown: Iterable[int] | None = None) -> Race:
        """Begin a race: all free TAO of the network is yours.

        Parameters
        ----------
        network : Network
            In floats, under rules with pools.
        shown : iterable of int, optional
            Netuids to look at, eight at most; the first eight if left out.
        """
        if network.rules.injection == "none":
            refuse("rules", network.rules.name, "rules under which subnets have pools")
        if network.tao_in.dtype == object:
            refuse("network", "exact", "one in floats: a race passes many blocks at a time")
        netuids = network.facts.netuid.tolist()
        seen = tuple(netuids[:MOST] if shown is None else shown)
        if not 1 <= len(seen) <= MOST:
            refuse("shown", f"{len(seen)} subnets", f"1 to {MOST} subnets")
        for netuid in seen:
            network.place(netuid)
        # To a millionth: what is free is the difference of two large floats.
        wallet = Wallet(tao=round(float(network.free_tao), 6))
        return cls(network, wallet, seen, _seen(network, network), network)

    def __repr__(self) -> str:
        return (
            f"<Race of {len(self.network)} subnets after {self.days:.4g} days, "
            f"{len(self.trades)} trades>"
        )

    @property
    def days(self) -> float:
        """Days since the race began."""
        return float(self.now.block - self.began.block) / BLOCKS_PER_DAY

    def wait(self, blocks: int, times: int = 1) -> Race:
        """Let blocks pass in which nobody trades.

        Up to 30 blocks pass one by one. More of them pass in 30 equal steps, or in more of 60
        blocks: a sketch, which errs by less than a thousandth in pools of more than 100 TAO.

        Parameters
        ----------
        blocks : int
            1 or more.
        times : int
            How often; each time is recorded.

        Returns
        -------
        Race
        """
        blocks, race = whole("blocks", blocks, 1), self
        for _ in range(whole("times", times, 1)):
            step = _step(blocks)
            race = race._at(race.network.wait(blocks, step))
        return race

    def outlook(self, blocks: int = BLOCKS_PER_DAY) -> Record:
        """Look ahead in coarser steps, good to three thousandths; nothing is kept."""
        return _seen(self.network.wait(blocks, _step(blocks, COARSE)), self.began)

    def stake(self, netuid: int, tao: float) -> Race:
        """Stake free TAO into a subnet, with the fee of the rules.

        Raises
        ------
        InputError
            More than is free, and whatever the pool refuses.
        """
        return self._dealt(netuid, self._entry("stake", netuid, tao), tao)

    def unstake(self, netuid: int, alpha: float) -> Race:
        """Unstake alpha of a subnet, as :meth:`stake`; no more than is held."""
        return self._dealt(netuid, self._entry("unstake", netuid, alpha), alpha)

    def alpha_held(self, netuid: int) -> float:
        """Alpha of a subnet in the wallet."""
        return float(self.wallet.in_subnet(netuid))

    @property
    def worth(self) -> float:
        """Free TAO, and what unstaking all alpha would bring now, TAO."""
        brings = (
            self.network.unstake(netuid, alpha).trade.received
            for (_, netuid), alpha in self.wallet.alpha.items()
        )
        return float(self.wallet.tao) + sum(map(float, brings))

    @property
    def gain(self) -> float:
        """`worth` now less what was there at the beginning, TAO."""
        return self.worth - float(self.began.free_tao)

    def emission_a_day(self, netuid: int) -> float:
        """TAO that the present share brings into a pool in a day of blocks."""
        a_day = BLOCKS_PER_DAY * formulas.block_emission(float(self.network.issuance))
        share = float(self.now.share[self.network.place(netuid)])
        return float(formulas.tao_injection(a_day, share))

    def lines(self, quantity: Quantity) -> Floats:
        """Return a quantity over time: a row for each record and for now, a column a subnet."""
        if quantity not in QUANTITIES:
            refuse("quantity", quantity, "one of " + ", ".join(QUANTITIES))
        return np.array([getattr(record, quantity) for record in (*self.records, self.now)])

    def of(self, netuid: int, quantity: Quantity) -> Floats:
        """Return one subnet's column of a quantity."""
        return self.lines(quantity)[:, self.network.place(netuid)]

    @property
    def times(self) -> Floats:
        """Days since the race began, for each row of :meth:`lines`."""
        blocks = np.array([record.block for record in (*self.records, self.now)])
        return (blocks - self.began.block) / BLOCKS_PER_DAY

    def turn(
        self,
        netuid: int,
        *,
        tao: float | None = None,
        part: float | None = None,
        blocks: int = LONGEST,
        quantity: Quantity = "price",
    ) -> Turn:
        """Say what is looked at, and what may be done next.

        Parameters
        ----------
        netuid : int
            The subnet that is looked at and traded in.
        tao : float, optional
            TAO to stake.
        part : float, optional
            Or: the part to unstake of what is held, 1 is all.
        blocks : int
            That pass in a step.
        quantity : str
            The one that is drawn large.

        Returns
        -------
        Turn
            Its trade is None where there is nothing to trade with.
        """
        self.network.place(netuid)
        entry = None
        if tao is not None and self.wallet.tao >= LEAST:
            entry = self._entry("stake", netuid, tao)
        elif part is not None and self.alpha_held(netuid) > 0:
            entry = self._entry("unstake", netuid, self.alpha_held(netuid) * part)
        side: Literal["stake", "unstake"] = "unstake" if tao is None else "stake"
        return Turn(self, netuid, side, entry.trade if entry else None, blocks, quantity)

    def _entry(self, side: str, netuid: int, amount: float) -> Any:
        by = self.network.rules
        book = getattr(self.wallet, side)
        pool = self.network.pool(netuid)
        return book(pool, amount, netuid=netuid, hotkey=HOTKEY, fee=by.fee, limit_on=by.limit_on)

    def _dealt(self, netuid: int, entry: Any, amount: float) -> Race:
        dealt = getattr(self.network, entry.trade.side)(netuid, amount)
        done = Done(self.network.block, netuid, dealt.trade)
        race = self._at(dealt.after)
        return replace(race, wallet=entry.wallet, trades=(*self.trades, done))

    def _at(self, network: Network) -> Race:
        """Go on to a network; what was seen until now becomes a record if it is due."""
        records, every = self.records, self.every
        gap = self.now.block - records[-1].block if records else 0
        if not gap or gap >= every or network.block == self.now.block:
            records = (*records, self.now)
        if len(records) >= POINTS:
            # From now on so far apart that the whole is told by half as many.
            every = max(2 * (self.now.block - self.began.block) // POINTS, 1)
            records = records[::2]
        return replace(
            self, network=network, now=_seen(network, self.began), records=records, every=every
        )


@dataclass(frozen=True, eq=False)
class Turn:
    """What is looked at, and what may be done next.

    Attributes
    ----------
    race : Race
    netuid : the subnet that is looked at.
    side : "stake" or "unstake".
    trade : Trade or None
        The receipt of what may be done; None where there is nothing to trade with.
    blocks : that pass in a step.
    quantity : the one that is drawn large.
    """

    race: Race
    netuid: int
    side: Literal["stake", "unstake"]
    trade: Trade | None
    blocks: int
    quantity: Quantity

    @property
    def shown(self) -> tuple[int, ...]:
        """The netuids of the race; with another one in the last place if that is looked at."""
        seen = self.race.shown
        return seen if self.netuid in seen else (*seen[: MOST - 1], self.netuid)

    @cached_property
    def after(self) -> Race:
        """The race after the trade; the same race where there is none."""
        if self.trade is None:
            return self.race
        deal = self.race.stake if self.side == "stake" else self.race.unstake
        return deal(self.netuid, float(self.trade.asked))

    @cached_property
    def a_day_later(self) -> Race:
        """The race after the trade and a day of blocks."""
        return self.after.wait(BLOCKS_PER_DAY)

    @cached_property
    def outlook(self) -> Record:
        """What will be seen then, in coarser steps: cheap enough for every picture."""
        return self.after.outlook()

    def carried_out(self) -> Race:
        """Return the race after the trade.

        Raises
        ------
        InputError
            There is nothing to trade with.
        """
        if self.trade is None:
            if self.side == "stake":
                refuse("free TAO", 0, f"at least {LEAST}: unstake some alpha first")
            refuse(f"alpha that you hold of subnet {self.netuid}", 0, "above 0: stake there first")
        return self.after


def _seen(network: Network, began: Network) -> Record:
    return Record(
        network.block,
        network.price,
        network.moving_price,
        network.shares(),
        network.tao_entered - began.tao_entered,
        network.tao_in,
    )


def _step(blocks: int, longest: int = LONGEST) -> int:
    """Return the most blocks of a step: a divisor, so that there are 30 equal ones or more."""
    most = max(min(blocks // PARTS, longest), 1)
    return next(step for step in range(most, 0, -1) if blocks % step == 0)
