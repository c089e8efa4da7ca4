"""A price that is lifted, held and let go: what the moving price makes of it, block by block.

Many blocks at one price are one step, see :mod:`dtao_edu.engine.moving`.

What is left out, as in :mod:`dtao_edu.studies.market_move`: what the pool itself receives while
the price is held, and, in a calm market, any trade of others.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import log
from typing import NamedTuple

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import MOVING_ALPHA, MOVING_HALVING
from dtao_edu.engine.errors import positive, refuse, whole
from dtao_edu.engine.fees import NO_FEE
from dtao_edu.engine.moving import response
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.units import BLOCKS_PER_DAY, Amount
from dtao_edu.ledger.reserves import Pools
from dtao_edu.ledger.spot import PriceTable
from dtao_edu.studies.market_move import ages_of, cost_to_lift

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
    shares: tuple[float, ...] = ()
    spot_shares: tuple[float, ...] = ()
    shares_without: tuple[float, ...] = ()
    top: int = 0
    half_gone: int | None = None
    extra_tao: float = 0.0
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

    Parameters
    ----------
    table : PriceTable
        Such as ``ledger.hourly_prices()``.
    netuid : int
    first, last : str
        Days, as "2025-02-24".

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
    alpha: Amount = MOVING_ALPHA,
    halving: int = MOVING_HALVING,
    age: int = 10 * MOVING_HALVING,
    capped: bool = True,
    horizon: int = 2 * BLOCKS_PER_DAY,
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
    start = float(market.pool.price)
    if positive("price", price) <= start:
        refuse("price", price, f"above the spot price of {start:.5g} TAO")
    if whole("blocks_held", blocks_held, low=1) >= horizon:
        refuse("blocks_held", blocks_held, f"fewer than the {horizon} blocks that are told")
    even = (point * horizon // POINTS for point in range(POINTS + 1))
    blocks = sorted({*even, blocks_held, blocks_held + 1})
    smoothing = response(alpha, halving, horizon, age)
    begins = start * _warm(float(alpha), age, halving)
    spot = [price if block <= blocks_held else start for block in blocks]
    moving = smoothing.follow(blocks, _counted(spot, capped), begins)
    still = smoothing.follow(blocks, _counted([start] * len(blocks), capped), begins)
    others = [market.others] * len(blocks)
    found = _found(
        Pump(
            netuid=market.netuid,
            day="",
            blocks_held=blocks_held,
            capped=capped,
            blocks=tuple(blocks),
            spot=tuple(spot),
            moving=tuple(moving),
            without=tuple(still),
        ),
        others,
        others,
        block_emission,
    )
    left = smoothing.log_left[blocks_held : horizon + 1] - smoothing.log_left[blocks_held]
    gone = left <= log(0.5)
    cost = cost_to_lift(market.pool, float(price), NO_FEE)
    return found._replace(
        half_gone=int(gone.argmax()) if gone.any() else None,
        tao=cost.tao,
        lost=cost.lost,
        lost_if_restored=cost.lost_if_restored,
    )


def past_pump(
    past: PastPrices,
    *,
    alpha: Amount = MOVING_ALPHA,
    halving: int = 0,
    age: int = 0,
    capped: bool = True,
    block_emission: float = 1.0,
) -> Pump:
    """m' = (1 - A) m + A min(p, 1), hour by hour over real prices, from 0 at the first sample.

    Between two samples a line is taken. `age` counts the blocks before the first sample, of
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
    here, blocks = past.shown, [block - past.blocks[0] for block in past.blocks]
    smoothing = response(alpha, halving, blocks[-1], age)
    spot = _counted(past.spot, capped)
    moving = smoothing.follow(blocks, spot, 0.0)
    # All others together may be above 1, where no single one is.
    around = smoothing.follow(blocks, past.others, 0.0)
    still = [spot[here]] * (len(blocks) - here)
    found = _found(
        Pump(
            netuid=past.netuid,
            day=past.day,
            blocks_held=0,
            capped=capped,
            blocks=tuple(block - blocks[here] for block in blocks[here:]),
            spot=past.spot[here:],
            moving=tuple(moving[here:]),
            without=tuple(smoothing.follow(blocks[here:], still, moving[here], blocks[here])),
        ),
        past.others[here:],
        around[here:],
        block_emission,
    )
    half = (found.moving[0] + found.moving[found.top]) / 2
    later = zip(found.blocks[found.top :], found.moving[found.top :], strict=True)
    end = next((block for block, price in later if price <= half), None)
    return found._replace(half_gone=None if end is None else end - found.blocks[found.top])


def _counted(prices: Sequence[float], capped: bool) -> list[float]:
    """Return what the spot prices count for."""
    return [min(price, 1.0) if capped else price for price in prices]


def _warm(alpha: float, age: int, halving: int) -> float:
    """Return how far the moving price has come if the price was always what it is."""
    return float(formulas.moving_price_limit(alpha, age, halving)) if halving else 1.0


def _found(
    told: Pump, others: Sequence[float], moving_others: Sequence[float], block_emission: float
) -> Pump:
    """Reckon the shares, and what entered the pool beside what would have without the pump."""

    def shares(prices: Sequence[float], around: Sequence[float]) -> tuple[float, ...]:
        pairs = zip(prices, around, strict=True)
        return tuple(formulas.share(price, price + rest) for price, rest in pairs)

    with_it, still = shares(told.moving, moving_others), shares(told.without, moving_others)
    more = [
        formulas.tao_injection(block_emission, one - other)
        for one, other in zip(with_it, still, strict=True)
    ]
    return told._replace(
        shares=with_it,
        spot_shares=shares(told.spot, others),
        shares_without=still,
        top=told.moving.index(max(told.moving)),
        extra_tao=sum(
            (then - now) * (first + second) / 2
            for (now, then), (first, second) in zip(
                pairwise(told.blocks), pairwise(more), strict=True
            )
        ),
    )
