"""A price that is lifted, held and let go: what the moving price makes of it, block by block.

The rule is linear in the price, so many blocks at one price are one step of
`engine.formulas.moving_price` with the smoothing of all of them, A = 1 - (1 - a)(1 - a')...

What is left out, as in `measures.market`: what the pool itself receives while the price is held,
and, in a calm market, any trade of others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import MOVING_ALPHA, MOVING_HALVING
from dtao_edu.engine.errors import not_negative, positive, refuse, whole
from dtao_edu.engine.fees import NO_FEE
from dtao_edu.engine.pool import Pool
from dtao_edu.ledger.reserves import Pools
from dtao_edu.ledger.spot import PriceTable
from dtao_edu.studies.market_move import ages_of, cost_to_lift

DAY = 7_200
"""Blocks of a day: one each 12 seconds."""
POINTS = 120
"""Places at which a pump in a calm market is told; a past one is told hour by hour."""


class CalmMarket(NamedTuple):
    """A subnet's pool, and the sum of all other subnets' prices, which stay as they are.

    Attributes
    ----------
    netuid : int
    pool : Pool
    others : float
        TAO per alpha.
    age : int
        Blocks since the subnet's first emission; 201,600 (28 days) if left out.
    """

    netuid: int
    pool: Pool
    others: float
    age: int = MOVING_HALVING


class PastPrices(NamedTuple):
    """Real prices of a subnet and of all others together, from the table's first sample on.

    `shown` is the place of the sample at which the story begins.
    """

    netuid: int
    day: str
    blocks: tuple[int, ...]
    spot: tuple[float, ...]
    others: tuple[float, ...]
    shown: int


class Pump(NamedTuple):
    """What a pump did. Every column is told at `blocks`, counted from where the pump begins.

    Attributes
    ----------
    netuid : int
    day : str
        The day at which past prices begin; empty in a calm market.
    blocks_held : int
        Blocks for which the price was held; 0 for past prices.
    capped : bool
    blocks, spot, moving, without : tuple
        Spot price, moving price, and the moving price if the spot price had stayed.
    shares, spot_shares, shares_without : tuple
        Parts of all emission by moving price, by spot price, and by moving price without pump.
    top : int
        The place in the columns at which the moving price is highest.
    half_gone : int or None
        Blocks after which half of what the moving price gained is gone; None if later than told.
    extra_tao : float
        TAO that enters the pool beside what would have entered without the pump.
    tao, lost, lost_if_restored : float or None
        TAO committed; TAO lost when all is sold at once; lost when others sell first. None for
        past prices, whose reserves are not known.
    """

    netuid: int
    day: str
    blocks_held: int
    capped: bool
    blocks: tuple[int, ...]
    spot: tuple[float, ...]
    moving: tuple[float, ...]
    without: tuple[float, ...]
    shares: tuple[float, ...]
    spot_shares: tuple[float, ...]
    shares_without: tuple[float, ...]
    top: int
    half_gone: int | None
    extra_tao: float
    tao: float | None = None
    lost: float | None = None
    lost_if_restored: float | None = None

    def __repr__(self) -> str:
        more = f"{abs(self.extra_tao):,.0f} TAO {'more' if self.extra_tao > 0 else 'less'}"
        return (
            f"<Pump of subnet {self.netuid}: spot price up to {max(self.spot):.4g}, moving price "
            f"up to {self.moving[self.top]:.4g}, {more} for the pool>"
        )


def calm_market(pools: Pools, netuid: int) -> CalmMarket:
    """Take one subnet of the ledger, and the sum of the others' prices.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> market = calm_market(ledger.pools("2025-04-17"), 1)
    >>> round(market.pool.price, 4), round(market.others, 4)
    (0.0649, 2.2169)
    """
    prices = pools.prices()
    if netuid not in prices:
        refuse("netuid", netuid, "a subnet that trades")
    age = MOVING_HALVING if pools.block is None else ages_of(pools)[netuid]
    return CalmMarket(netuid, pools[netuid].pool(), prices.total - prices[netuid], age)


def past_prices(table: PriceTable, netuid: int, first: str, last: str) -> PastPrices:
    """Take the real prices up to a day `last`; the story begins at the day `first`.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> past = past_prices(ledger.hourly_prices(), 28, "2025-02-24", "2025-03-03")
    >>> past.spot[past.shown], len(past.blocks) - past.shown
    (0.016383654, 169)
    """
    story = table[netuid].between(first, last).blocks
    series = table[netuid]
    until = series.blocks.index(story[-1]) + 1
    blocks, spot = series.blocks[:until], series.prices[:until]
    total = dict.fromkeys(blocks, 0.0)
    for other in table.values():
        for block, price in other:
            if block in total:
                total[block] += price
    others = tuple(total[block] - price for block, price in zip(blocks, spot, strict=True))
    return PastPrices(netuid, first, blocks, spot, others, blocks.index(story[0]))


def pump(
    market: CalmMarket,
    price: float,
    blocks_held: int,
    *,
    alpha: Any = MOVING_ALPHA,
    halving: int = MOVING_HALVING,
    age: int = 10 * MOVING_HALVING,
    capped: bool = True,
    horizon: int = 2 * DAY,
    block_emission: float = 1.0,
) -> Pump:
    """m' = (1 - A) m + A min(p, 1): lift a price, hold it for some blocks, let it go.

    Parameters
    ----------
    market : CalmMarket
    price : float
        Spot price to which the pool is lifted, TAO per alpha, above its own.
    blocks_held : int
        Blocks, 1 or more and fewer than `horizon`.
    alpha, halving
        As in :func:`dtao_edu.engine.formulas.smoothing`; `halving=0` is without warm-up.
    age : int
        Blocks since the subnet's first emission. Until now its price was what it is: the moving
        price of a young subnet begins below it.
    capped : bool
        Whether the spot price counts with at most 1 TAO.
    horizon : int
        Blocks from the beginning of the pump to the end of the story.
    block_emission : float
        TAO issued in a block.

    Returns
    -------
    Pump

    Raises
    ------
    InputError
        A price that is not above the pool's, or blocks out of range.

    Examples
    --------
    >>> market = CalmMarket(1, Pool(100.0, 1000.0, 0.0), 0.9)
    >>> pump(market, 1.0, 300)
    <Pump of subnet 1: spot price up to 1, moving price up to 0.1707, 230 TAO more for the pool>
    """
    import numpy

    start = float(market.pool.price)
    if positive("price", price) <= start:
        refuse("price", price, f"above the spot price of {start:.5g} TAO")
    if whole("blocks_held", blocks_held, low=1) >= horizon:
        refuse("blocks_held", blocks_held, f"fewer than the {horizon} blocks that are told")
    blocks = numpy.unique(
        [*numpy.linspace(0, horizon, POINTS + 1).astype(int), blocks_held, blocks_held + 1]
    )
    left = _log_left(horizon, alpha, halving, age)
    first, then = _over(left, 0, blocks), _over(left, blocks_held, blocks)
    begins = start * _warm(float(alpha), age, halving)
    at_top = _moved(begins, price, _over(left, 0, blocks_held), capped)
    moving = numpy.where(
        blocks <= blocks_held,
        _moved(begins, price, first, capped),
        _moved(at_top, start, then, capped),
    )
    without = _moved(begins, start, first, capped)
    spot = numpy.where(blocks <= blocks_held, price, start)
    gone = _over(left, blocks_held, numpy.arange(blocks_held, horizon + 1)) >= 0.5
    _, tao, _, lost, restored = cost_to_lift(market.pool, float(price), NO_FEE)
    columns = blocks, spot, moving, without, market.others, market.others
    return _told(market.netuid, "", blocks_held, capped, columns, block_emission)._replace(
        half_gone=int(gone.argmax()) if gone.any() else None,
        tao=float(tao),
        lost=float(lost),
        lost_if_restored=float(restored),
    )


def past_pump(
    past: PastPrices,
    *,
    alpha: Any = MOVING_ALPHA,
    halving: int = 0,
    age: int = 0,
    capped: bool = True,
    block_emission: float = 1.0,
) -> Pump:
    """m' = (1 - A) m + A min(p, 1), hour by hour over real prices, from 0 at the first sample.

    Between two samples their mean is taken. `age` counts the blocks before the first sample, of
    this subnet and of all others. Without the pump, the prices of the story's first block stay.

    Parameters
    ----------
    past : PastPrices
    alpha, halving, age, capped, block_emission
        As in :func:`pump`; the launch knew no warm-up.

    Returns
    -------
    Pump

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> past = past_prices(ledger.hourly_prices(), 28, "2025-02-24", "2025-03-03")
    >>> found = past_pump(past)
    >>> round(100 * max(found.spot_shares), 1), round(100 * max(found.shares), 1)
    (3.4, 2.2)
    """
    import numpy

    blocks = numpy.array(past.blocks) - past.blocks[0]
    left = _log_left(int(blocks[-1]), alpha, halving, age)
    steps = _over(left, blocks[:-1], blocks[1:])
    spot, others = numpy.array(past.spot), numpy.array(past.others)
    moving = _walk(spot, steps, capped)
    # All others together may be above 1, where no single one is.
    around = _walk(others, steps, False)
    here = past.shown
    without = _moved(moving[here], spot[here], _over(left, blocks[here], blocks[here:]), capped)
    columns = (
        blocks[here:] - blocks[here], spot[here:], moving[here:], without, others[here:],
        around[here:],
    )  # fmt: skip
    found = _told(past.netuid, past.day, 0, capped, columns, block_emission)
    half = (found.moving[0] + found.moving[found.top]) / 2
    later = zip(found.blocks[found.top :], found.moving[found.top :], strict=True)
    fallen = (block for block, price in later if price <= half)
    end = next(fallen, None)
    return found._replace(half_gone=None if end is None else end - found.blocks[found.top])


def _log_left(blocks: int, alpha: Any, halving: int, age: int) -> Any:
    """Return log(1 - A) after 0, 1, 2, ... blocks: what is left of an old moving price."""
    import numpy

    if not 0 < positive("alpha", alpha) < 1:
        refuse("alpha", alpha, "a number above 0 and below 1")
    b = numpy.arange(1, blocks + 1, dtype=float) + whole("age", age)
    smoothing = formulas.smoothing(float(alpha), b, not_negative("halving", halving))
    left = formulas.moving_price(1.0, 0.0, smoothing)
    return numpy.concatenate([[0.0], numpy.cumsum(numpy.log(numpy.asarray(left)))])


def _over(log_left: Any, first: Any, last: Any) -> Any:
    """Return A, the smoothing of all blocks from one to another."""
    import numpy

    return -numpy.expm1(log_left[last] - log_left[first])


def _warm(alpha: float, age: int, halving: int) -> Any:
    """Return how far the moving price has come if the price was always what it is."""
    return formulas.moving_price_limit(alpha, age, halving) if halving else 1.0


def _moved(moving: Any, price: Any, smoothing: Any, capped: bool) -> Any:
    """Move a moving price; without the cap by the same rule in a unit in which it cannot bind."""
    unit = 1.0 if capped else max(1.0, float(price))
    return unit * formulas.moving_price(moving / unit, price / unit, smoothing)


def _walk(prices: Any, steps: Any, capped: bool) -> Any:
    """Move a moving price from 0 along samples."""
    import numpy

    moving = [0.0]
    between = ((prices[:-1] + prices[1:]) / 2).tolist()
    for price, step in zip(between, steps.tolist(), strict=True):
        moving.append(_moved(moving[-1], price, step, capped))
    return numpy.array(moving)


def _told(
    netuid: int,
    day: str,
    blocks_held: int,
    capped: bool,
    columns: Sequence[Any],
    block_emission: float,
) -> Pump:
    """Reckon the shares and what entered the pool beside the rest."""
    import numpy

    blocks, spot, moving, without, others, around = columns
    shares = formulas.share(moving, moving + around)
    still = formulas.share(without, without + around)
    more = formulas.tao_injection(block_emission, shares - still)
    extra = float(((more[1:] + more[:-1]) / 2 * numpy.diff(blocks)).sum())
    columns = (blocks, spot, moving, without, shares, formulas.share(spot, spot + others), still)
    names = Pump._fields[Pump._fields.index("blocks") :]
    told: Any = {name: tuple(column.tolist()) for name, column in zip(names, columns, strict=False)}
    return Pump(
        netuid=netuid,
        day=day,
        blocks_held=blocks_held,
        capped=capped,
        top=int(moving.argmax()),
        half_gone=None,
        extra_tao=extra,
        **told,
    )


def since(pump: Pump) -> str:
    """Name the day at which past prices begin.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> past = past_prices(ledger.hourly_prices(), 28, "2025-02-24", "2025-02-26")
    >>> since(past_pump(past))
    '24 February 2025'
    """
    day = date.fromisoformat(pump.day)
    return f"{day.day} {day:%B} {day.year}"
