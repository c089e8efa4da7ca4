"""What the chain pays every subnet on one day, predicted from prices.

The moving price is followed as in :mod:`dtao_edu.studies.paid_days.rebuild`, but for one
day alone and without NumPy, so that the practice can ask for it too. Both ways are held together
by a test.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Literal

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import MOVING_ALPHA, MOVING_HALVING, price_shares
from dtao_edu.engine.errors import between as within
from dtao_edu.engine.errors import not_negative, number, refuse
from dtao_edu.engine.moving import last_moving_price
from dtao_edu.engine.units import Amount
from dtao_edu.ledger import Amounts, PriceSeries, emission_days, prices
from dtao_edu.ledger.provenance import Day

BLOCK_EMISSION = 1.0
"""TAO that a block issued in 2025, before 15 December."""

Rule = Callable[[PriceSeries, int], float]
"""A rule of one's own: from a subnet's series of prices and a block to what it is paid by."""
Between = Literal["line", "late"]


def predict_day(
    date: Day,
    rule: Literal["moving", "spot"] | Rule = "moving",
    *,
    alpha: Amount = MOVING_ALPHA,
    halving: float = MOVING_HALVING,
    between: Between = "line",
    opened: float | Mapping[int, float] = 0.0,
    capped: bool = False,
) -> Amounts:
    """emission_i = E m_i / sum_k m_k at the block of a day's payment, m rebuilt from prices.

    All subnets that were open for trading at that block are predicted. What was paid is not
    looked at.

    Parameters
    ----------
    date : str or datetime.date
        A day with paid emission: "2025-09-14" to "2025-10-05".
    rule : "moving", "spot" or a function
        By moving price, by spot price, or by what ``rule(series, block)`` gives for each subnet's
        :class:`~dtao_edu.ledger.PriceSeries`; 0 or more.
    alpha, halving
        Constants of the moving price, see :func:`dtao_edu.engine.formulas.smoothing`.
    between : "line" or "late"
        How the spot price went from the daily sample before the payment to the one after it: on
        a straight line, or it stayed until the payment and moved later. Only "late" uses nothing
        that was unknown when the payment was made.
    opened : float, or mapping of netuid to float
        How long before its first daily sample a subnet opened for trading and its warm-up began,
        0 to 1 day; it is not known better. Its first price holds until then.
    capped : bool
        True pays at most the price: E min(share_i, p_i), the rule since July 2025. The total can
        then be less than E.

    Returns
    -------
    Amounts
        netuid -> TAO per block; `.shares()` are the shares.

    Raises
    ------
    InputError
        A day without paid emission, another rule, or a number out of its range.

    Examples
    --------
    >>> day = predict_day("2025-09-18")
    >>> len(day), round(day.total, 6), round(day[64], 4)
    (120, 1.0, 0.0967)
    >>> round(predict_day("2025-09-18", "spot").shares()[64], 4)
    0.0945

    Source: daily prices of the public ledger; the cap: chain, `coinbase/run_coinbase.rs`, v3.2.3,
    2025-07-29.
    """
    paid = emission_days()[str(date)]
    if paid.block is None:
        refuse("date", str(date), "a day whose block is known")
    if between not in ("line", "late"):
        refuse("between", between, "'line' or 'late'")
    early = _opened(opened)
    if callable(rule):
        found = {
            netuid: float(not_negative("rule", rule(series, paid.block)))
            for netuid, series in _series().items()
            if series.blocks[0] <= paid.block <= series.blocks[-1]
        }
    elif rule in ("moving", "spot"):
        if not 0 < number("alpha", alpha) < 1:
            refuse("alpha", alpha, "a number above 0 and below 1")
        constants = float(alpha), float(not_negative("halving", halving))
        found = dict(_followed(paid.block, rule, *constants, between, early))
    else:
        refuse("rule", rule, "'moving', 'spot' or a function of a series and a block")
    shares = dict(zip(found, price_shares(list(found.values())), strict=True))
    if capped:
        spot = dict(_followed(paid.block, "spot", 0.0, 0.0, between, early))
        shares = {netuid: min(share, spot[netuid]) for netuid, share in shares.items()}
    amounts = {
        n: float(formulas.tao_injection(BLOCK_EMISSION, share)) for n, share in shares.items()
    }
    ordered = sorted(amounts)
    return Amounts(
        tuple(ordered), tuple(amounts[n] for n in ordered), str(date), paid.block, prices().table
    )


def moving_prices_on(
    block: int,
    *,
    alpha: Amount = MOVING_ALPHA,
    halving: float = MOVING_HALVING,
    between: Between | Literal["low", "high"] = "line",
    opened: float | Mapping[int, float] = 0.0,
) -> dict[int, float]:
    """m at a block, of every subnet that is open for trading then; TAO per alpha.

    Parameters
    ----------
    block : int
    alpha, halving, opened
        As in :func:`predict_day`.
    between : "line", "late", "low" or "high"
        As there; or always at the lower, or at the higher, of the two samples around: no moving
        price can lie beyond as long as the spot price stays between neighbouring samples.

    Examples
    --------
    >>> round(moving_prices_on(6_471_395)[64], 4)
    0.1024
    """
    constants = float(alpha), float(halving)
    return dict(_followed(block, "moving", *constants, between, _opened(opened)))


def _opened(opened: float | Mapping[int, float]) -> tuple[tuple[int, float], ...]:
    """Return by netuid how many days before its first sample a subnet opened."""
    by_netuid = opened if isinstance(opened, Mapping) else dict.fromkeys(_series(), opened)
    for netuid, days in by_netuid.items():
        within("opened", days, 0, 1)
        if netuid not in _series():
            refuse("opened", netuid, "a netuid with prices in the ledger")
    return tuple((netuid, float(days)) for netuid, days in by_netuid.items() if days)


def series_of(netuid: int) -> PriceSeries:
    """Give the daily prices of a subnet, from its first sample as a trading subnet."""
    return _series().get(netuid) or prices()[netuid]


@cache
def _series() -> dict[int, PriceSeries]:
    return dict(prices().items())


@lru_cache(maxsize=128)
def _followed(
    block: int,
    rule: str,
    alpha: float,
    halving: float,
    between: str,
    opened: tuple[tuple[int, float], ...],
) -> tuple[tuple[int, float], ...]:
    """Return the moving or the spot price of every open subnet at a block."""
    found, early = [], dict(opened)
    for netuid, series in _series().items():
        path = _path(series, block, between, early.get(netuid, 0.0))
        if path is not None:
            price = path[1][-1] if rule == "spot" else last_moving_price(*path, alpha, halving)
            found.append((netuid, price))
    return tuple(found)


def _path(
    series: PriceSeries, block: int, between: str, opened: float
) -> tuple[list[int], list[float]] | None:
    """Return the corners of the spot price from the opening up to a block; None if not open."""
    blocks, spot = list(series.blocks), list(series.prices)
    all_blocks = prices().blocks
    place = bisect_right(all_blocks, blocks[0]) - 1
    if opened and place:
        start = blocks[0] - round(opened * (blocks[0] - all_blocks[place - 1]))
        blocks.insert(0, start)
        spot.insert(0, spot[0])
    if not blocks[0] <= block <= blocks[-1]:
        return None
    known = bisect_right(blocks, block)
    before, price = blocks[known - 1], spot[known - 1]
    if between in ("low", "high"):
        return _steps(blocks, spot, block, min if between == "low" else max)
    if before == block:
        return blocks[:known], spot[:known]
    if between == "late":
        return [*blocks[:known], block], [*spot[:known], price]
    part = (block - before) / (blocks[known] - before)
    return [*blocks[:known], block], [*spot[:known], price + part * (spot[known] - price)]


def _steps(
    blocks: list[int], spot: list[float], block: int, extreme: Callable[[float, float], float]
) -> tuple[list[int], list[float]]:
    """Return the corners of a price that stays at one end of each pair of samples."""
    corners, values = [blocks[0]], [spot[0]]
    for place, start in enumerate(blocks[:-1]):
        end = min(block, blocks[place + 1])
        value = extreme(spot[place], spot[place + 1])
        for corner in (start + 1, end):
            if corners[-1] < corner <= block:
                corners.append(corner)
                values.append(value)
    return corners, values
