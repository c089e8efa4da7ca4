"""What it costs to move an average of prices: the chain's own beside others of the same age.

A rule that pays by an average can be attacked by holding a price for a while. Averages differ in
what a held price counts for, and in how long it is remembered:

- exponential: m' = (1 - a) m + a p in every block, the chain's; remembered ever less, for long;
- time-weighted: the mean of the last W blocks; forgotten at once when W blocks have passed;
- median of the last W blocks: nothing until half of them are held, then everything;
- geometric: the mean of the logarithms over W blocks; a jump counts for less;
- spot: no average.

They are made alike by the mean age of what they count: W / 2 blocks, as 1 / a of the exponential.
"""

from __future__ import annotations

from math import exp, inf, log
from typing import Literal, NamedTuple

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import MOVING_ALPHA, MOVING_HALVING
from dtao_edu.engine.errors import positive, refuse, whole
from dtao_edu.engine.fees import NO_FEE
from dtao_edu.studies.market_move import cost_to_lift
from dtao_edu.studies.pump import CalmMarket

Average = Literal["spot", "exponential", "time-weighted", "geometric", "median"]
AVERAGES: tuple[Average, ...] = ("spot", "exponential", "time-weighted", "geometric", "median")


class AverageMove(NamedTuple):
    """What it takes to move one average so far.

    Attributes
    ----------
    average : str
    price : float
        Spot price that is held, TAO per alpha; infinite where the part cannot be had.
    tao : float
        TAO committed.
    lost_at_worst : float
        TAO lost if others sell until the price is back before the attacker can.
    half_gone : int
        Blocks after letting go until half of what was gained in the average is gone.
    """

    average: Average
    price: float
    tao: float
    lost_at_worst: float
    half_gone: int

    @property
    def reachable(self) -> bool:
        """Whether the part can be had at all."""
        return self.tao < inf


def window_of(age: int) -> int:
    """W = 2 / a: the window whose prices are on average as old as the exponential average's.

    Parameters
    ----------
    age : int
        Blocks since the subnet's first emission.

    Returns
    -------
    int
        Blocks.

    Examples
    --------
    >>> window_of(453_449)
    9631
    """
    return round(2 / _smoothing(age))


def averages(
    market: CalmMarket, part: float, blocks_held: int, *, capped: bool = True
) -> tuple[AverageMove, ...]:
    """p' = what must be held so that the average brings the part; TAO = T (sqrt(p' / p) - 1).

    Parameters
    ----------
    market : CalmMarket
        Whose prices have long stood where they are, the target's included.
    part : float
        Part of all emission that the target's share is to gain, above 0 and below 1.
    blocks_held : int
        Blocks for which the price is held, 1 or more.
    capped : bool
        Whether a price counts with at most 1 TAO, as on the chain.

    Returns
    -------
    tuple of AverageMove
        One for each of the averages.

    Raises
    ------
    InputError
        More than there is to be gained, or blocks below 1.

    Examples
    --------
    Subnet 62 in April 2025, a twentieth for a day, and for six hours:

    >>> from dtao_edu import ledger, studies
    >>> market = studies.calm_market(ledger.pools("2025-04-17"), 62)
    >>> for move in averages(market, 0.05, 7_200):
    ...     print(f"{move.average:13} {move.tao:6,.0f} TAO, half gone after {move.half_gone:,}")
    spot           4,663 TAO, half gone after 1
    exponential    5,360 TAO, half gone after 3,337
    time-weighted  5,469 TAO, half gone after 6,031
    geometric     10,665 TAO, half gone after 3,512
    median         4,663 TAO, half gone after 2,384
    >>> [round(move.tao) for move in averages(market, 0.05, 1_800) if move.reachable]
    [4663, 8739, 11438]
    """
    start = float(market.pool.price)
    blocks, window = whole("blocks_held", blocks_held, low=1), window_of(market.age)
    share = float(formulas.share(start, start + market.others))
    wanted = share + positive("part", part)
    if wanted >= 1:
        refuse("part", part, f"less than {1 - share:.3f}, what the target does not have")
    goal = wanted / (1 - wanted) * market.others  # the average that brings the share
    ceiling = 1.0 if capped else inf
    found = []
    for average in AVERAGES:
        price = _needed(average, start, goal, blocks, window, market.age)
        if price > ceiling:
            price = inf
        cost = cost_to_lift(market.pool, price, NO_FEE)
        half = _half_gone(average, goal / start, blocks, window, market.age)
        found.append(AverageMove(average, price, cost.tao, cost.lost_if_restored, half))
    return tuple(found)


def _smoothing(age: int) -> float:
    return float(formulas.smoothing(float(MOVING_ALPHA), whole("age", age, low=1), MOVING_HALVING))


def _needed(
    average: Average, start: float, goal: float, blocks: int, window: int, age: int
) -> float:
    """Return the price to be held; infinite if none is enough."""
    if average == "spot":
        return goal
    if average == "median":
        return goal if 2 * blocks > window else inf
    if average == "exponential":
        return start + (goal - start) / formulas.smoothing_over(_smoothing(age), blocks)
    counts = min(blocks / window, 1.0)
    if average == "time-weighted":
        return start + (goal - start) / counts
    exponent = log(goal / start) / counts
    return start * exp(exponent) if exponent < 700 else inf


def _half_gone(average: Average, times: float, blocks: int, window: int, age: int) -> int:
    """Return the blocks after which half of what was gained is gone again."""
    if average == "spot":
        return 1
    if average == "exponential":
        return round(formulas.half_life(_smoothing(age)))
    inside = min(blocks, window)
    if average == "median":
        return max(round(inside - window / 2), 0)
    # The held blocks begin to leave the window when it is full; so many of them may stay.
    stays = log((1 + times) / 2) / log(times) if average == "geometric" else 0.5
    return round(window - inside + (1 - stays) * inside)
