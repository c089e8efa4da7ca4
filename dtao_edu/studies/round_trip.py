"""There and back: a stake, what somebody else does in between, and the unstake."""

from __future__ import annotations

from typing import NamedTuple

from dtao_edu.engine.errors import whole
from dtao_edu.engine.fees import NO_FEE, Fee
from dtao_edu.engine.pool import Pool, Trade
from dtao_edu.engine.units import Amount


class Trip(NamedTuple):
    """A stake, what somebody else did in between, and the unstake of all that was received.

    Attributes
    ----------
    there : Trade
        The stake; its last part where the order was split.
    other : Trade or None
        What somebody else did in between.
    back : Trade
        The unstake of everything.
    before : Pool
        The pool before the first part.
    paid, returned : float
        TAO, all parts together.
    fee_effect : float
        TAO that the fee alone costs, with nobody in between.
    other_effect : float
        TAO that the other's trade adds; below 0: takes away.
    parts : int
        Into how many equal orders the stake was split.
    """

    there: Trade
    other: Trade | None
    back: Trade
    before: Pool
    paid: float
    returned: float
    fee_effect: float
    other_effect: float
    parts: int


def round_trip(
    pool: Pool, tao: Amount, other: Amount = 0, *, fee: Fee | float = NO_FEE, parts: int = 1
) -> Trip:
    """returned = paid - fee effect + other's effect: stake, let somebody trade, unstake it all.

    Parameters
    ----------
    pool : Pool
    tao : float
        TAO staked, fee included, above 0.
    other : float
        What somebody else does in between: stakes so much TAO, or, below 0, sells alpha worth
        so much at the price of that moment, as far as holders have it.
    fee : Fee or float
        As in :meth:`Pool.stake`; the other pays none.
    parts : int
        1 or more equal orders, one after the other.

    Returns
    -------
    Trip

    Raises
    ------
    InputError
        What the pool refuses; parts below 1.

    Examples
    --------
    >>> trip = round_trip(Pool(100, 1000), 25)
    >>> round(trip.returned, 9), trip.fee_effect, trip.other_effect
    (25.0, 0.0, 0.0)
    >>> round_trip(Pool(100, 1000, 500), 25, other=10).other_effect > 0
    True
    """
    fee, parts = Fee.of(fee), whole("parts", parts, low=1)
    there, between, back = _go(pool, tao, parts, other, fee)
    alone = back if between is None else _go(pool, tao, parts, 0, fee)[2]
    # Without a fee all comes back (lesson 04): what differs then is a float's last digit.
    fee_effect = 0.0 if fee == NO_FEE else float(tao - alone.received)
    return Trip(
        there,
        between,
        back,
        pool,
        float(tao),
        float(back.received),
        fee_effect,
        float(back.received - alone.received),
        parts,
    )


def _go(
    pool: Pool, tao: Amount, parts: int, other: Amount, fee: Fee
) -> tuple[Trade, Trade | None, Trade]:
    """Stake in parts, let somebody else trade, unstake what was received."""
    held: Amount = 0
    for _ in range(parts):
        there = pool.stake(tao / parts, fee=fee)
        pool, held = there.after, held + there.received
    between = None
    if other > 0:
        between = pool.stake(other)
    elif other < 0:
        theirs = min(-other / pool.price, max(pool.alpha_out - held, 0) * 0.999)
        between = pool.unstake(theirs) if theirs > 0 else None
    pool = between.after if between else pool
    return there, between, pool.unstake(min(held, pool.alpha_out), fee=fee)
