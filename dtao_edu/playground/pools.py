"""Real pools to start from, for every playground that trades."""

from __future__ import annotations

from collections.abc import Sequence

from dtao_edu import ledger
from dtao_edu.engine.pool import Pool
from dtao_edu.playground.controls import Values, value_of
from dtao_edu.playground.spec import Preset

DATE = "2025-04-17"
NETUIDS = (64, 4, 1, 34, 41, 54, 84)
"""From the deepest pool of that day to one of the shallowest."""

HAND = Pool(100, 1000, 1000)
"""A small pool with round numbers, to follow a trade by hand."""


def pool_of(values: Values) -> Pool:
    """Return the pool that is set."""
    return value_of(values, "pool", Pool)


def pool_presets() -> Sequence[Preset]:
    """Offer real pools of 17 April 2025, and a small one to reckon by hand.

    Returns
    -------
    sequence of Preset
        Each sets ``pool``.

    Examples
    --------
    >>> first = pool_presets()[0]
    >>> first.label, round(pool_of(first.values).price, 4)
    ('subnet 64, 17 April 2025', 0.3743)
    """
    there = ledger.pools(DATE)
    real = [
        Preset(
            label=f"subnet {netuid}, 17 April 2025",
            values={"pool": there[netuid].pool()},
            code={"pool": f'ledger.pools("{DATE}")[{netuid}].pool()'},
            source=f"public ledger, pool of subnet {netuid}, block 5,373,800, 17 April 2025",
        )
        for netuid in NETUIDS
    ]
    hand = Preset(
        label="a small pool to reckon by hand",
        values={"pool": HAND},
        source="a pool made up for reckoning by hand",
    )
    return [*real, hand]


def day_code(pools: ledger.Pools) -> str:
    """Write Python that gives a day's pools: those of the package, or a file's.

    Examples
    --------
    >>> day_code(ledger.pools("2026-08-07"))
    'ledger.pools("2026-08-07")'
    """
    own = isinstance(pools, ledger.OwnPools)
    return f'ledger.read_pools("{pools.table}")' if own else f'ledger.pools("{pools.date}")'


def pools_of(pools: ledger.Pools) -> Sequence[Preset]:
    """Offer the deepest pools of any day, a middle one, and one of the shallowest.

    Returns
    -------
    sequence of Preset
        Each sets ``pool``; none where no subnet is open for trading.

    Examples
    --------
    >>> [preset.label for preset in pools_of(ledger.pools("2026-08-07"))][:2]
    ['subnet 64, 2026-08-07', 'subnet 4, 2026-08-07']
    """
    deep = sorted(pools.trading(), key=lambda netuid: -pools[netuid].tao_in)
    places = sorted({0, 1, 2, 3, len(deep) // 2, len(deep) - 1} & set(range(len(deep))))
    day = pools.date or pools.table
    return [
        Preset(
            label=f"subnet {netuid}, {day}",
            values={"pool": pools[netuid].pool()},
            code={"pool": f"{day_code(pools)}[{netuid}].pool()"},
            source=f"pool of subnet {netuid}, {day}",
        )
        for netuid in (deep[place] for place in places)
    ]
