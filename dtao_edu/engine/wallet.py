"""A person's books: free TAO on a coldkey, alpha staked on hotkeys, subnet by subnet.

Stake, unstake and move return a new wallet, the new pool and the receipt; what leaves
the wallet arrives in the pool, and the other way round.

Source: chain, `staking/add_stake.rs`, `remove_stake.rs`, `move_stake.rs`, v2.0.0,
2025-02-13.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, TypedDict, Unpack

from dtao_edu.engine.errors import not_negative, positive, refuse
from dtao_edu.engine.fees import Fee
from dtao_edu.engine.pool import Pool, Trade
from dtao_edu.engine.reserves import LimitOn
from dtao_edu.engine.rounding import left_of
from dtao_edu.engine.units import Amount

Place = tuple[str, int]
"""Where alpha lies: (hotkey, netuid)."""


class Terms(TypedDict, total=False):
    """The terms of a trade, as in :meth:`Pool.stake`."""

    fee: Fee | Amount
    limit_price: Amount | None
    limit_on: LimitOn
    allow_partial: bool


class Booking(NamedTuple):
    """A booking: the wallet and the pool after it, and the receipt."""

    wallet: Wallet
    pool: Pool
    trade: Trade


class Move(NamedTuple):
    """A move: the wallet after it, the pools it changed by netuid, and its one or two receipts.

    Between hotkeys of one subnet nothing is traded: no pool changes, no receipt.
    """

    wallet: Wallet
    pools: Mapping[int, Pool]
    trades: tuple[Trade, ...]


@dataclass(frozen=True, slots=True)
class Wallet:
    """Free TAO, and alpha by (hotkey, netuid).

    Parameters
    ----------
    tao : float or Fraction
        Free TAO on the coldkey, 0 or more.
    alpha : mapping of (hotkey, netuid) to float or Fraction
        Alpha staked on each hotkey in each subnet.

    Examples
    --------
    >>> wallet, pool, trade = Wallet(tao=10).stake(Pool(10, 100), 5, netuid=64, hotkey="Vera")
    >>> wallet.tao, round(wallet.in_subnet(64), 3), round(pool.price, 3)
    (5.0, 33.333, 0.225)
    >>> wallet, pool, trade = wallet.unstake(pool, 1000, netuid=64, hotkey="Vera")
    Traceback (most recent call last):
        ...
    dtao_edu.engine.errors.InputError: alpha is 1000; allowed: at most the 33.33... alpha on 'Vera'.
    """

    tao: Amount = 0
    alpha: Mapping[Place, Amount] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tao", not_negative("tao", self.tao))
        held = {place: not_negative("alpha", a) for place, a in self.alpha.items() if a != 0}
        object.__setattr__(self, "alpha", MappingProxyType(held))

    def __reduce__(self) -> tuple[type[Wallet], tuple[Amount, dict[Place, Amount]]]:
        # A read-only view cannot be sent to another process; the dict behind it can.
        return type(self), (self.tao, dict(self.alpha))

    def __hash__(self) -> int:
        return hash((self.tao, frozenset(self.alpha.items())))

    def on(self, hotkey: str, netuid: int) -> Amount:
        """Alpha on one hotkey in one subnet; 0 if there is none."""
        return self.alpha.get((hotkey, netuid), 0)

    def in_subnet(self, netuid: int) -> Amount:
        """Alpha in one subnet, over all hotkeys."""
        return sum(a for (_, subnet), a in self.alpha.items() if subnet == netuid)

    def stake(
        self, pool: Pool, tao: Amount, *, netuid: int, hotkey: str, **terms: Unpack[Terms]
    ) -> Booking:
        """TAO leaves the coldkey, alpha arrives on the hotkey.

        Parameters
        ----------
        pool : Pool
            The subnet's pool.
        tao : float or Fraction
            Above 0, at most the free TAO; what floats have rounded is let pass.
        netuid, hotkey
            Where the alpha is held.
        **terms
            `fee`, `limit_price`, `limit_on`, `allow_partial` of :meth:`Pool.stake`.

        Raises
        ------
        InputError
            More TAO than is free, and whatever the pool refuses. Nothing is changed.
        """
        scale = self.tao + pool.tao_in
        if left_of(self.tao, positive("tao", tao), scale) < 0:
            refuse("tao", tao, f"at most the {self.tao} TAO that are free")
        trade = pool.stake(tao, **terms)
        free = left_of(self.tao, trade.paid, scale)
        wallet = self._holding(free, (hotkey, netuid), self.on(hotkey, netuid) + trade.received)
        return Booking(wallet, trade.after, trade)

    def unstake(
        self, pool: Pool, alpha: Amount, *, netuid: int, hotkey: str, **terms: Unpack[Terms]
    ) -> Booking:
        """Alpha leaves the hotkey, TAO arrives on the coldkey.

        Parameters
        ----------
        pool, netuid, hotkey, **terms
            As in :meth:`stake`.
        alpha : float or Fraction
            Above 0, at most what is on the hotkey; what floats have rounded is let pass.

        Raises
        ------
        InputError
            More alpha than is held, and whatever the pool refuses. Nothing is changed.
        """
        scale = pool.alpha_issuance
        self._left(alpha, (hotkey, netuid), scale)
        trade = pool.unstake(alpha, **terms)
        left = self._left(trade.paid, (hotkey, netuid), scale)
        wallet = self._holding(self.tao + trade.received, (hotkey, netuid), left)
        return Booking(wallet, trade.after, trade)

    def move(
        self,
        alpha: Amount,
        *,
        origin: Place,
        destination: Place,
        pools: Mapping[int, Pool] | None = None,
        fee: Fee | Amount = 0,
    ) -> Move:
        """Unstake in one subnet and stake the TAO in another; or change the hotkey in one.

        Parameters
        ----------
        alpha : float or Fraction
            Alpha of the origin, above 0, at most what is held there.
        origin, destination : (hotkey, netuid)
        pools : mapping of netuid to Pool
            The pools of both subnets; not needed within one subnet.
        fee
            As in :meth:`Pool.stake`, charged once, when the origin's alpha is unstaked.

        Returns
        -------
        Move

        Examples
        --------
        >>> pools = {1: Pool(100, 100, 50), 2: Pool(100, 200)}
        >>> wallet = Wallet(alpha={("Vera", 1): 50})
        >>> moved = wallet.move(25, origin=("Vera", 1), destination=("Vera", 2), pools=pools)
        >>> round(moved.wallet.on("Vera", 2), 3), moved.wallet.on("Vera", 1)
        (33.333, 25.0)
        """
        known, within = pools or {}, origin[1] == destination[1]
        scale = known[origin[1]].alpha_issuance if origin[1] in known else self.on(*origin)
        left = self._left(alpha, origin, scale)
        if within:
            moved = self._holding(self.tao, origin, left)
            arrived = moved.on(*destination) + alpha
            return Move(moved._holding(self.tao, destination, arrived), {}, ())
        for _, netuid in (origin, destination):
            if netuid not in known:
                refuse("pools", sorted(known), f"the pools of both subnets; {netuid} is missing")
        out = known[origin[1]].unstake(alpha, fee=fee)
        back = known[destination[1]].stake(out.received)
        left = self._left(out.paid, origin, scale)
        arrived = self.on(*destination) + back.received
        wallet = self._holding(self.tao, origin, left)._holding(self.tao, destination, arrived)
        return Move(wallet, {origin[1]: out.after, destination[1]: back.after}, (out, back))

    def _left(self, alpha: Amount, place: Place, scale: Amount) -> Amount:
        """Return what stays in a place; refuse to take more than there is."""
        held, (hotkey, netuid) = self.on(*place), place
        left = left_of(held, positive("alpha", alpha), scale)
        if left < 0:
            refuse("alpha", alpha, f"at most the {held} alpha on {hotkey!r} in subnet {netuid}")
        return left

    def _holding(self, tao: Amount, place: Place, alpha: Amount) -> Wallet:
        """Return the wallet with so much TAO, and so much alpha in one place."""
        return Wallet(tao, {**self.alpha, place: alpha})
