"""Coldkey, hotkey and pool: what a stake moves, and what stays the same."""

from __future__ import annotations

from typing import NamedTuple

from dtao_edu.engine.pool import Pool, Trade
from dtao_edu.engine.wallet import Wallet


class Booked(NamedTuple):
    """A stake as it is booked.

    Attributes
    ----------
    wallet : Wallet
        What the coldkey owned before.
    trade : Trade
        The trade with the pool.
    """

    wallet: Wallet
    trade: Trade


def book_stake(pool: Pool, tao: float, *, own: float = 20.0) -> Booked:
    """TAO leaves the coldkey, alpha arrives on the hotkey; tao_in * alpha_in stays.

    Parameters
    ----------
    pool : Pool
        The subnet's pool.
    tao : float
        What is staked, TAO, above 0 and at most what the coldkey owns.
    own : float
        TAO on the coldkey before.

    Returns
    -------
    Booked

    Raises
    ------
    InputError
        If more is staked than is owned.

    Examples
    --------
    >>> book_stake(Pool(10, 100), 10).trade.received
    50.0
    """
    wallet = Wallet(tao=own)
    return Booked(wallet, wallet.stake(pool, tao, netuid=1, hotkey="Vera").trade)
