"""What it costs to move the same part of emission by staking, under a rule by price.

A trader stakes TAO into one subnet, so that its price and with it its share rises. As all other
shares shrink in proportion, the part of emission that changes hands (half the L1 distance, as for
a coalition of validators) is what the subnet's share gains.

By the moving price the new price has to be held for a while, and it enters with at most 1 TAO per
alpha: some moves cannot be had at any cost.

What is left out: what the pool itself receives while the price is held, and what others do while
it is held, except in `lost_if_restored`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from math import inf
from typing import Literal, NamedTuple

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import MOVING_ALPHA, MOVING_HALVING
from dtao_edu.engine.errors import number, refuse, whole
from dtao_edu.engine.fees import NO_FEE, Fee
from dtao_edu.engine.moving import moving_price
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.units import BLOCKS_PER_DAY, LAUNCH_BLOCK, Amount
from dtao_edu.ledger import PoolRecord, Pools, prices

Rule = Literal["spot", "moving"]


class MarketMove(NamedTuple):
    """What it takes to move a part of emission to one subnet by staking into it.

    Attributes
    ----------
    target : int
    rule : "spot" or "moving"
    blocks : int
        How long the price is held; 0 by spot.
    moved : float
        Part of all emission that changes hands, once the price was held so long.
    share_before : float
        The target's share without the trader, at that time.
    price : float
        Spot price that is needed, TAO per alpha.
    tao : float
        TAO committed, fee included.
    alpha : float
        Alpha received for it.
    lost : float
        TAO lost when all is sold at once and nobody else has traded: the fees.
    lost_if_restored : float
        TAO lost when others first sell until the price is back where it was (or until they have
        no alpha left), and the trader sells last.
    most : float
        The greatest part that can be moved this way, at any cost.

    `price`, `tao` and both losses are infinite where the part cannot be had.
    """

    target: int
    rule: Rule
    blocks: int
    moved: float
    share_before: float
    price: float
    tao: float
    alpha: float
    lost: float
    lost_if_restored: float
    most: float

    @property
    def reachable(self) -> bool:
        """Whether the part can be moved at all."""
        return self.tao < inf

    def __repr__(self) -> str:
        held = f" held {self.blocks:,} blocks" if self.blocks else ""
        what = f"{self.moved:.1%} of emission to subnet {self.target} by {self.rule} price{held}"
        if not self.reachable:
            return f"<MarketMove of {what}: at no cost to be had, {self.most:.1%} at most>"
        return (
            f"<MarketMove of {what}: {self.tao:,.0f} TAO lift the price to {self.price:.4g}; "
            f"{self.lost_if_restored:,.0f} TAO are lost if others sell first>"
        )


def market_cost_to_move(
    pools: Mapping[int, Pool | PoolRecord],
    target: int,
    part: float,
    *,
    rule: Rule = "spot",
    blocks: int = BLOCKS_PER_DAY,
    age: int | Mapping[int, int] | None = None,
    alpha: Amount = MOVING_ALPHA,
    halving: float = MOVING_HALVING,
    moving: Mapping[int, float] | None = None,
    fee: Fee | Amount = NO_FEE,
) -> MarketMove:
    """s' = s + part, p' = s' / (1 - s') * sum of the other prices, TAO = T (sqrt(p' / p) - 1).

    By the moving price, p' is the constant price that lifts the target's moving price to s' within
    `blocks`.

    Parameters
    ----------
    pools : mapping of netuid to Pool or PoolRecord
        All subnets that share the emission: `ledger.pools().trading()`. Records that are not
        trading are left out.
    target : int
        netuid of the subnet to be lifted.
    part : float
        Part of all emission that is to change hands, above 0 and below 1.
    rule : "spot" or "moving"
        Shares of the spot price, at once; or of the moving price, after `blocks`.
    blocks : int
        How long the price is held, 1 or more; 7,200 are a day. Only by the moving price.
    age : int, or mapping of netuid to int, optional
        Blocks since first emission: the moving price of a young subnet is slow. If left out, each
        subnet's own (:func:`ages_of`) for pools of the ledger, else 201,600 (28 days).
    alpha, halving
        Constants of the moving price, as in :func:`dtao_edu.engine.formulas.smoothing`.
    moving : mapping of netuid to float, optional
        Moving prices at the start, such as `ledger.prices().moving_at([block])[block]`; equal to
        the spot price where left out (a calm market). Each moves toward its spot price while the
        target's is held.
    fee : Fee or float
        As in :meth:`Pool.stake`.

    Returns
    -------
    MarketMove

    Raises
    ------
    InputError
        Unknown target, a part outside 0 to 1, less than two pools, blocks below 1.

    Examples
    --------
    About 4,700 TAO lifted the spot share of subnet 62 by five points:

    >>> from dtao_edu import ledger
    >>> move = market_cost_to_move(ledger.pools().trading(), 62, 0.05)
    >>> round(move.tao), round(move.price, 3), round(move.lost, 6)
    (4663, 0.121, 0.0)

    The same by the moving price, held for a day; and what is gone if the price was back before
    the trader could sell:

    >>> day = market_cost_to_move(ledger.pools().trading(), 62, 0.05, rule="moving")
    >>> round(day.tao), round(day.lost_if_restored)
    (5357, 5070)
    """
    live = _live(pools)
    if target not in live:
        refuse("target", target, f"one of the subnets that trade: {sorted(live)}")
    if len(live) < 2:
        refuse("pools", f"{len(live)} that trade", "two or more: one alone has all emission")
    if not 0 < number("part", part) < 1:
        refuse("part", part, "a number above 0 and below 1")
    spot = {netuid: float(pool.price) for netuid, pool in live.items()}
    if rule == "spot":
        held, ends, ceiling = 0, spot, inf
        low, high = 0.0, 1.0  # the share is reckoned by the price itself
    elif rule == "moving":
        held, ceiling = whole("blocks", blocks, low=1), 1.0
        start = {**spot, **(moving or {})}
        hold = partial(_held, blocks=held, alpha=alpha, halving=halving)
        old = _ages(pools, age, spot)
        ends = {n: hold(price, start[n], age=old[n]) for n, price in spot.items()}
        # What the moving price ends at is a straight line in the price held: two points tell it.
        low, high = (hold(price, start[target], age=old[target]) for price in (0.0, 1.0))
    else:
        refuse("rule", rule, "'spot' or 'moving'")
    total = sum(ends.values())
    share, others = formulas.share(ends[target], total), total - ends[target]
    most = 1 - share if rule == "spot" else formulas.share(high, high + others) - share
    price = inf
    if share + part < 1:
        price = ((share + part) / (1 - share - part) * others - low) / (high - low)
    cost = cost_to_lift(live[target], price, Fee.of(fee)) if price <= ceiling else _NEVER
    return MarketMove(target, rule, held, part, share, most=most, **cost._asdict())


class Lift(NamedTuple):
    """What it takes to lift a pool's spot price, and what is lost when all is sold again.

    Attributes
    ----------
    price : float
        TAO per alpha; infinite, as all else, where it cannot be had.
    tao, alpha : float
        Paid and received.
    lost, lost_if_restored : float
        TAO lost when all is sold at once and nobody else has traded, and when others first sell
        until the price is back.
    """

    price: float
    tao: float
    alpha: float
    lost: float
    lost_if_restored: float


_NEVER = Lift(inf, inf, inf, inf, inf)


@lru_cache(maxsize=4096)
def _held(
    price: float, start: float, *, blocks: int, alpha: Amount, halving: float, age: int
) -> float:
    """Return the moving price after a constant spot price was held for some blocks."""
    held = [min(price, 1.0)] * 2
    found = moving_price(
        [0, blocks], held, [blocks], alpha=alpha, halving=halving, start=start, age=age
    )
    return found[0]


def cost_to_lift(pool: Pool, price: float, fee: Fee) -> Lift:
    """TAO = T (sqrt(p' / p) - 1): what it takes to lift a pool's spot price to `price`.

    Parameters
    ----------
    pool : Pool
    price : TAO per alpha, above the pool's; infinite where it cannot be had.
    fee : Fee

    Returns
    -------
    Lift

    Examples
    --------
    >>> cost_to_lift(Pool(100.0, 1000.0, 0.0), 0.4, NO_FEE)
    Lift(price=0.4, tao=100.0, alpha=500.0, lost=0.0, lost_if_restored=0.0)
    """
    if price == inf:
        return _NEVER
    tao = float(formulas.gross(pool.max_stake(price), float(fee.rate)) + fee.flat_tao)
    trade = pool.stake(tao, fee=fee)
    alone = trade.after.unstake(trade.received, fee=fee).received
    restored = trade.after
    theirs = min(restored.max_unstake(pool.price), pool.alpha_out)
    if theirs > 0:
        restored = restored.unstake(theirs).after
    last = restored.unstake(min(trade.received, restored.alpha_out), fee=fee).received
    return Lift(price, tao, float(trade.received), float(tao - alone), float(tao - last))


def ages_of(pools: Pools) -> dict[int, int]:
    """Return the blocks since first emission of each subnet of the ledger that trades.

    They count from a subnet's first daily price, and for those of the launch from the launch. A
    subnet without any daily price began when the table of prices ended, or later; that its netuid
    was registered anew, the table does not say.

    Parameters
    ----------
    pools : Pools
        Of a day whose block is known.

    Returns
    -------
    dict
        netuid -> blocks.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> ages = ages_of(ledger.pools("2025-04-17"))
    >>> ages[62], ages[82]
    (453449, 150368)
    """
    table, block = prices(), pools.age + LAUNCH_BLOCK
    found = {}
    for netuid, pool in pools.items():
        if pool.trading:
            first = table[netuid].blocks[0] if netuid in table else table.blocks[-1]
            since = LAUNCH_BLOCK if first == table.blocks[0] else first
            found[netuid] = max(block - since, 1)
    return found


def _ages(
    pools: Mapping[int, Pool | PoolRecord], age: int | Mapping[int, int] | None, live: Iterable[int]
) -> Mapping[int, int]:
    if age is None and isinstance(pools, Pools) and pools.block is not None:
        return ages_of(pools)
    if isinstance(age, Mapping):
        return {netuid: age.get(netuid, MOVING_HALVING) for netuid in live}
    return dict.fromkeys(live, MOVING_HALVING if age is None else age)


def _live(pools: Mapping[int, Pool | PoolRecord]) -> dict[int, Pool]:
    """Return the engine's pools of the subnets that trade."""
    return {
        netuid: pool if isinstance(pool, Pool) else pool.pool()
        for netuid, pool in pools.items()
        if getattr(pool, "trading", True)
    }
