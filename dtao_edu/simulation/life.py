"""A subnet's beginning and end, and the dividends inside it.

Sources: chain, `subnets/subnet.rs` (opening), v2.0.0, 2025-02-13, and spec 402, 2026-05-08;
`coinbase/root.rs` (removal), v1.2.5, 2025-02-07, and v3.2.8, 2025-09-24;
`coinbase/run_coinbase.rs` (dividends), v2.0.5, 2025-03-05, and 2026-06-30.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor
from statistics import median
from typing import NamedTuple, cast

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import Injection
from dtao_edu.engine.errors import not_negative, positive, refuse, whole
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.units import Amount, whole_rao


class Registration(NamedTuple):
    """A subnet that took the place of another in a run.

    Attributes
    ----------
    block, netuid : when, and the number of both.
    lock, recycled : TAO paid for the registration, and the part of it that no pool got.
    paid_out : TAO of the old pool that holders of its alpha got.
    """

    block: int
    netuid: int
    lock: Amount
    recycled: Amount
    paid_out: Amount


class Opened(NamedTuple):
    """A new subnet's pool, and the part of the lock that is recycled."""

    pool: Pool
    recycled: Amount


class Dividends(NamedTuple):
    """What each validator of a subnet receives: alpha, and from root's pot."""

    alpha: tuple[Amount, ...]
    root: tuple[Amount, ...]


def open_pool(lock: Amount, *, least: Amount = 1, prices: Sequence[Amount] | None = None) -> Opened:
    """alpha = TAO / p: the pool of a new subnet.

    Parameters
    ----------
    lock : TAO paid for the registration, at least `least`.
    least : TAO; so much enters the pool at price 1 and the rest is recycled (until 2026).
    prices : prices of all other subnets: then the whole lock enters, at their median, or at
        price 1 when there is none (from spec 402).

    Examples
    --------
    >>> open_pool(100).pool, open_pool(100).recycled
    (Pool(tao_in=1, alpha_in=1.0, alpha_out=0), 99)
    >>> open_pool(100, prices=[0.1, 0.5, 0.2]).pool
    Pool(tao_in=100, alpha_in=500.0, alpha_out=0)
    """
    if positive("lock", lock) < least:
        refuse("lock", lock, f"at least {least} TAO")
    if prices is None:
        return Opened(Pool(least, formulas.opening_alpha(least, 1)), lock - least)
    known = [cast("float", positive("prices", price)) for price in prices]
    price = median(known) if known else cast("float", 1)
    return Opened(Pool(lock, whole_rao(formulas.opening_alpha(cast("float", lock), price))), 0)


def to_remove(
    ranks: Mapping[int, Amount],
    registered_at: Mapping[int, int],
    *,
    block: int | None = None,
    immunity: int = 0,
) -> int | None:
    """Return the netuid that makes room for a new subnet; None while all are immune.

    Parameters
    ----------
    ranks : by netuid: the moving price (since September 2025), or the emission by vote.
    registered_at : block of each registration; of equals the earlier one goes, and of
        two of one block the lower netuid.
    block, immunity : now, and blocks after its registration in which a subnet stays. Root
        (netuid 0) always stays.

    Examples
    --------
    >>> to_remove({1: 0.5, 2: 0.25, 3: 0.25}, {1: 0, 2: 9, 3: 5})
    3
    """
    open_to_it = [
        netuid
        for netuid in ranks
        if netuid != 0
        and (block is None or block - registered_at[netuid] >= whole("immunity", immunity))
    ]
    return min(open_to_it, key=lambda n: (ranks[n], registered_at[n], n), default=None)


def payouts_rao(pot_rao: int, alpha: Sequence[Amount]) -> tuple[int, ...]:
    """floor(pot alpha_i / sum alpha), and the rest rao by rao to the largest remainders.

    What holders of a removed subnet's alpha get from the TAO of its pool, in whole rao.

    Examples
    --------
    >>> payouts_rao(10, [3, 2, 2]), sum(payouts_rao(10, [3, 2, 2]))
    ((4, 3, 3), 10)
    """
    pot, total = whole("pot_rao", pot_rao), sum(not_negative("alpha", a) for a in alpha)
    if not total:
        return (0,) * len(alpha)
    exact = [formulas.payout(Fraction(pot), Fraction(a), Fraction(total)) for a in alpha]
    paid = [floor(each) for each in exact]
    by_rest = sorted(range(len(exact)), key=lambda i: (paid[i] - exact[i], i))
    for i in by_rest[: pot - sum(paid)]:
        paid[i] += 1
    return tuple(paid)


def dividends(
    rule: str,
    alpha_pot: Amount,
    root_pot: Amount,
    alpha_stakes: Sequence[Amount],
    root_stakes: Sequence[Amount],
    tao_weight: Amount,
    by_yuma: Sequence[Amount] | None = None,
) -> Dividends:
    """Divide a subnet's two pots among its validators.

    Parameters
    ----------
    rule : "full" (at the launch), "net" (less root's part, from March 2025) or "renormalised"
        (divided by what alpha earned, from November 2025).
    alpha_pot, root_pot : alpha for validators; and what root stake earned.
    alpha_stakes, root_stakes : of each validator.
    tao_weight : w.
    by_yuma : dividends that consensus gave; if left out, by stake weight.

    Examples
    --------
    >>> [round(alpha, 6) for alpha in dividends("net", 30, 30, [1, 1], [2, 1], 1).alpha]
    [6.0, 6.0]
    >>> [round(alpha, 6) for alpha in dividends("renormalised", 30, 30, [1, 1], [2, 1], 1).alpha]
    [15.0, 15.0]
    """
    if rule not in ("full", "net", "renormalised"):
        refuse("rule", rule, "'full', 'net' or 'renormalised'")
    stakes = list(zip(alpha_stakes, root_stakes, strict=True))
    weights = [formulas.stake_weight(a, t, tao_weight) for a, t in stakes]
    given = _shares(weights if by_yuma is None else by_yuma)
    rooted = [
        formulas.root_part(a, t, tao_weight) if weight else 0
        for (a, t), weight in zip(stakes, weights, strict=True)
    ]
    pairs = [(cast("float", d), part) for d, part in zip(given, rooted, strict=True)]
    alpha: list[Amount] = [formulas.dividend_part(d, 1 - part) for d, part in pairs]
    if rule != "net":
        alpha = given if rule == "full" else _shares(alpha)
    root = _shares([formulas.dividend_part(d, part) for d, part in pairs])
    return Dividends(tuple(alpha_pot * d for d in alpha), tuple(root_pot * d for d in root))


def _shares(parts: Sequence[Amount]) -> list[Amount]:
    total = sum(parts)
    return [formulas.share(part, total) if total else 0 for part in parts]


def early_injection(pools: Sequence[Pool], block_emission: Amount = 1) -> list[Injection[Amount]]:
    """What a block injects in an early design that never went live, for comparison.

    Prices that sum to more than 1: no TAO, 1 alpha each. Else: TAO by TAO reserve, no alpha.

    Source: documentation, Dynamic TAO, superseded page, 2025-05-16.

    Examples
    --------
    >>> early_injection([Pool(300, 1000), Pool(100, 1000)])[0]
    Injection(tao_in=0.75, alpha_in=0, alpha_out=1)
    """
    if sum(pool.price for pool in pools) > 1:
        return [Injection(0, 1, 1) for _ in pools]
    shares = _shares([pool.tao_in for pool in pools])
    return [Injection(formulas.tao_injection(block_emission, share), 0, 1) for share in shares]
