"""The network as it stood on a day of the ledger: pools, moving prices, ages and rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np

from dtao_edu import ledger
from dtao_edu.engine.errors import not_negative, refuse
from dtao_edu.engine.units import BLOCKS_PER_DAY
from dtao_edu.simulation.network import Network
from dtao_edu.simulation.rules import rules_on
from dtao_edu.studies.market_move import ages_of


def network_on(
    date: str = "2025-04-17",
    netuids: Iterable[int] | None = None,
    *,
    ages: Mapping[int, float] | None = None,
    free_tao: float = 0.0,
) -> Network:
    """Return the subnets that traded on a day, under the rules of that day.

    Reserves and root's TAO are the ledger's. The moving price follows the ledger's daily prices;
    it gives the shares that were paid to within two percent of their size for all but the
    smallest subnets (lesson 07). A subnet that had no price before that day is left out. The age
    counts from a subnet's first price, and for those of the launch from the launch.

    A day whose pools say their moving prices themselves, the ledger's of 2026 or one of your own
    (`ledger.read_pools`), needs none of this and makes a network as it is: see the last example.

    Parameters
    ----------
    date : str
        "2025-04-17", the one day of the ledger that lies among its daily prices: moving prices
        and ages come from those.
    netuids : iterable of int, optional
        These alone, as if there were no others; all of them if left out.
    ages : mapping of netuid to days, optional
        As if a subnet had first been paid so many days before.
    free_tao : TAO outside of pools and root, for those who want to stake.

    Returns
    -------
    Network

    Raises
    ------
    InputError
        A netuid that did not trade on that day; a day beyond the daily prices.

    Examples
    --------
    >>> network = network_on("2025-04-17")
    >>> len(network), network.rules.name
    (84, 'dtao_start_call')
    >>> place = network.place(64)  # on the chain it was paid 17.0 % that day
    >>> round(float(network.shares()[place]), 3)
    0.167
    >>> day = ledger.pools("2026-08-07")
    >>> rules = rules_on(day.date)
    >>> there = Network(day.trading(), rules, root_tao=day.root.tao_in, block=day.block)
    >>> share = there.shares()[there.place(64)]
    >>> f"{share:.4f} by the gate, {day.paid().shares()[64]:.4f} were paid"
    '0.1250 by the gate, 0.1250 were paid'
    """
    rows, block, root_tao = _rows(date)
    wanted = list(rows) if netuids is None else list(netuids)
    ages = ages or {}
    for netuid in (*wanted, *ages):
        if netuid not in rows:
            refuse("netuid", netuid, f"a subnet that traded on {date}")
    for netuid, age in ages.items():
        not_negative(f"age of netuid {netuid}", age)
    chosen = {
        n: rows[n] | ({"first_block": block - round(ages[n] * BLOCKS_PER_DAY)} if n in ages else {})
        for n in wanted
    }
    held = float(np.sum([row["tao_in"] for row in chosen.values()])) + root_tao
    issuance = held + not_negative("free_tao", free_tao)
    return Network(chosen, rules_on(date), root_tao=root_tao, issuance=issuance, block=block)


@cache
def _rows(date: str) -> tuple[Mapping[int, dict[str, Any]], int, float]:
    pools, by, prices = ledger.pools(date), rules_on(date), ledger.prices()
    block = pools.block
    if block is None or not prices.blocks[0] <= block <= prices.blocks[-1]:
        said = f"a day of the daily prices, which end on {prices.dates[-1]}: '2025-04-17'"
        refuse("date", date, said)
    moving = prices.moving_at([block], alpha=by.moving_alpha, halving=by.moving_halving)[block]
    ages = ages_of(pools)
    rows = {
        netuid: {
            "tao_in": pool.tao_in,
            "alpha_in": pool.alpha_in,
            "alpha_out": pool.alpha_out,
            "moving_price": moving[netuid],
            "first_block": block - ages[netuid],
        }
        for netuid, pool in pools.trading().items()
        if netuid in moving
    }
    return rows, block, pools.root.tao_in
