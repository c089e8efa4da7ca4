"""Attacks on a rule by price, and what fee, limit price, smoothing, cap and depth make of them.

The attacker's TAO is its own. What it loses depends on what others do before it leaves.
"""

from __future__ import annotations

from collections.abc import Mapping

from dtao_edu.engine.errors import LimitPriceError, between, positive, refuse, whole
from dtao_edu.engine.fees import NO_FEE, Fee
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.units import BLOCKS_PER_DAY
from dtao_edu.ledger import PoolRecord
from dtao_edu.studies.attacks.value import Attack
from dtao_edu.studies.market_move import Rule, market_cost_to_move
from dtao_edu.studies.pump import CalmMarket, pump


def deeper(pool: Pool, times: float) -> Pool:
    """T' = n T, A' = n A: a pool with n times the depth at the same price.

    Examples
    --------
    >>> deeper(Pool(100, 1000, 50), 10)
    Pool(tao_in=1000, alpha_in=10000, alpha_out=50)
    """
    n = positive("times", times)
    return type(pool)(n * pool.tao_in, n * pool.alpha_in, pool.alpha_out)


def sandwich(
    pool: Pool, order: float, purse: float, *, fee: Fee | float = NO_FEE, limit: float | None = None
) -> Attack:
    """gain = what the alpha brings after the order - what it cost before it, in one block.

    Parameters
    ----------
    pool : Pool
    order : float
        TAO that somebody is known to stake next.
    purse : float
        The most TAO that the attacker stakes before it.
    fee : Fee or float
        Paid by both.
    limit : float, optional
        How far above the price of now the order's limit price is: 0.05 is 5 %. It bounds the spot
        price after the order, which is refused where it would be passed. The attacker knows it,
        and stakes no more than leaves the order through.

    Returns
    -------
    Attack
        At worst the order does not come, and what is lost is the fees. Of emission nothing is
        moved: the price is where the order alone would have brought it, or near.

    Raises
    ------
    InputError
        Amounts that are not above 0, or an order that its own limit refuses.

    Examples
    --------
    >>> pool = Pool(100.0, 1000.0)
    >>> [round(sandwich(pool, 10, 50, limit=limit).lost, 2) for limit in (None, 0.25)]
    [-5.65, -0.37]
    """
    terms, most = Fee.of(fee), positive("purse", purse)
    if limit is not None:
        price = pool.price * (1 + positive("limit", limit))
        try:
            pool.stake(order, fee=terms, limit_price=price)
        except LimitPriceError:
            refuse("limit", limit, "high enough for the order alone")
        most = min(most, _room(pool, order, price, terms))
    if most <= 0:
        return _on_price("sandwich", 0.0, 0.0, 0.0)
    first = pool.stake(most, fee=terms)
    then = first.after.stake(order, fee=terms)
    gain = then.after.unstake(first.received, fee=terms).received - most
    alone = first.after.unstake(first.received, fee=terms).received - most
    # Without a fee all comes back (lesson 04): what differs then is a float's last digit.
    at_worst = 0.0 if terms == NO_FEE else -float(alone)
    return _on_price("sandwich", float(most), -float(gain), at_worst)


def _room(pool: Pool, order: float, price: float, fee: Fee) -> float:
    """Return what the limit leaves for the attacker: all that may be staked, less the order."""
    return float(fee.gross_of(pool.max_stake(price)) - order)


def wash(pool: Pool, tao: float, rounds: int, *, fee: Fee | float = NO_FEE) -> Attack:
    """tao -> alpha -> tao, again and again with the same TAO: what is left of it.

    Parameters
    ----------
    pool : Pool
    tao : float
        TAO that goes round.
    rounds : int
        How often, 1 or more; nobody trades in between.
    fee : Fee or float

    Returns
    -------
    Attack
        `moved` is 0 but for the fees that stay in the pool.

    Examples
    --------
    >>> wash(Pool(100.0, 1000.0), 25, 10)
    <wash staking, market: 25 TAO committed, 0 lost, 0 blocks held, 0.0 % moved>
    >>> wash(Pool(100.0, 1000.0), 25, 10, fee=0.01).lost_between
    '3.78'
    """
    terms, left = Fee.of(fee), positive("tao", tao)
    for _ in range(whole("rounds", rounds, low=1)):
        there = pool.stake(left, fee=terms)
        back = there.after.unstake(there.received, fee=terms)
        pool, left = back.after, back.received
    lost = 0.0 if terms == NO_FEE else float(tao - left)
    return _on_price("wash staking", tao, lost, lost)


def pumped(
    market: CalmMarket,
    price: float,
    blocks_held: int,
    *,
    smoothed: bool = True,
    capped: bool = True,
    age: int | None = None,
) -> Attack:
    """moved = the most that the subnet's share gains by a price that is lifted, held, let go.

    Parameters
    ----------
    market : CalmMarket
    price : float
        TAO per alpha, above the pool's.
    blocks_held : int
        Blocks.
    smoothed : bool
        False: shares of the spot price, which then counts at once, and with all of it.
    capped : bool
        Whether the spot price enters the average with at most 1 TAO.
    age : int
        Blocks since first emission; the market's own if left out.

    Examples
    --------
    >>> market = CalmMarket(1, Pool(100.0, 1000.0, 0.0), 0.9)
    >>> pumped(market, 0.4, 300).moved < pumped(market, 0.4, 300, smoothed=False).moved
    True
    """
    found = pump(market, price, blocks_held, capped=capped, age=market.age if age is None else age)
    if smoothed:
        gained = max(x - y for x, y in zip(found.shares, found.shares_without, strict=True))
    else:
        gained = max(found.spot_shares) - found.spot_shares[-1]
    # Without a fee all comes back if nobody sells first: `found.lost` is a float's last digit.
    committed, at_worst = float(found.tao or 0), float(found.lost_if_restored or 0)
    return Attack("pump", "market", committed, True, 0.0, at_worst, blocks_held, gained, gained)


def captured(
    pools: Mapping[int, Pool | PoolRecord],
    target: int,
    part: float,
    *,
    blocks: int = BLOCKS_PER_DAY,
    age: int | Mapping[int, int] | None = None,
    sold: float = 0.0,
    smoothed: bool = True,
) -> Attack:
    """tao = T (sqrt(p' / p) - 1), held until the moving price has brought the part.

    Parameters
    ----------
    pools : mapping of netuid to Pool or PoolRecord
    target : int
    part : float
        Part of all emission, as in :func:`dtao_edu.studies.market_cost_to_move`.
    blocks : int
        As there.
    age : int, or mapping of netuid to int, optional
        As there: each subnet's own for pools of the ledger. A dict made of them is none of the
        ledger's: give it :func:`ages_of` of the day.
    sold : float
        Part of the holders' alpha, 0 to 1, that is sold before the attacker leaves, as long as
        the price is above what it was. 0: nobody answers.
    smoothed : bool
        False: shares of the spot price; nothing has to be held.

    Returns
    -------
    Attack
        At worst the price is back where it was before the attacker can sell.

    Raises
    ------
    InputError
        As there; a part that cannot be had.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> trading = ledger.pools("2025-04-17").trading()
    >>> captured(trading, 62, 0.05)
    <capture, market: 5,357 TAO committed, 0 to 5,070 lost, 7,200 blocks held, 5.0 % moved>
    >>> round(captured(trading, 62, 0.05, sold=0.05).lost)
    1832
    """
    rule: Rule = "moving" if smoothed else "spot"
    move = market_cost_to_move(pools, target, part, rule=rule, blocks=blocks, age=age)
    if not move.reachable:
        refuse("part", part, f"at most {move.most:.4f} in {blocks} blocks")
    found = pools[target]
    pool = found if isinstance(found, Pool) else found.pool()
    lost = _lost_if_sold(pool, move.tao, float(between("sold", sold, 0, 1)))
    held = move.blocks
    return Attack(
        "capture", "market", move.tao, True, lost, move.lost_if_restored, held, part, part
    )


def _lost_if_sold(pool: Pool, tao: float, sold: float) -> float:
    """Let holders sell a part of their alpha after a stake, and the staker after them."""
    mine = pool.stake(tao)
    theirs = min(sold * pool.alpha_out, mine.after.max_unstake(pool.price))
    if not theirs > 0:
        return 0.0
    left = mine.after.unstake(theirs).after
    return float(tao - left.unstake(mine.received).received)


def _on_price(name: str, committed: float, lost: float, at_worst: float) -> Attack:
    return Attack(name, "market", float(committed), True, lost, at_worst, 0, 0.0, 0.0)
