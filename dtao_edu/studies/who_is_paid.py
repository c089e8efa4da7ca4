"""Who is paid inside a subnet, now and in the years to come, and what a staker earns.

A sketch of the years: the price of every subnet stays, nothing is recycled, stake on root stays,
and root's alpha is sold to the pool in the block in which it is earned (the rule of 2025).
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import NamedTuple

from dtao_edu.engine import emission, formulas
from dtao_edu.engine.emission import DELEGATE_TAKE, TAO_WEIGHT, Split
from dtao_edu.engine.errors import not_negative, number, refuse
from dtao_edu.engine.issuance import block_emission
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.units import BLOCKS_PER_DAY, Amount
from dtao_edu.studies.halvings import blocks_to_halving, next_halving

YEAR = 365 * BLOCKS_PER_DAY
HORIZON = 12
"""Years that are reckoned."""
FIRST_TAO_HALVING = 7_103_975
"""The block of 15 December 2025 at which half of all TAO had been issued."""


class Moment(NamedTuple):
    """One moment of a subnet: its alpha, what a block issues, and root's part of the stake.

    Attributes
    ----------
    years : float
        Since the beginning.
    alpha_issuance, alpha_held : float
        All alpha, and the alpha outside the pool.
    alpha_emission, tao_emission : float
        Alpha for participants, and TAO for all subnets, a block.
    root_proportion : float
    """

    years: float
    alpha_issuance: float
    alpha_held: float
    alpha_emission: float
    tao_emission: float
    root_proportion: float


class Inside(NamedTuple):
    """A block's alpha_out among its four hands, and a day of one staker.

    Attributes
    ----------
    netuid : int
    root_tao, weight : float
        TAO on root, and what one of them counts for.
    now : Moment
        The moment that is asked about.
    split : Split
        alpha_out of one block.
    stake, earned, kept_by_validator : float
        Alpha of the staker, what a day brings after the take, and the take.
    growth : float
        By what part all alpha with holders grows in the day.
    dilution : float
        By what part the staker's part of it changes, what was earned kept.
    moments : tuple of Moment
        From the beginning to the horizon.
    """

    netuid: int
    root_tao: float
    weight: float
    now: Moment
    split: Split[float]
    stake: float
    earned: float
    kept_by_validator: float
    growth: float
    dilution: float
    moments: tuple[Moment, ...]

    def __repr__(self) -> str:
        parts = ", ".join(f"{name} {part:.3f}" for name, part in self.split._asdict().items())
        return f"<Inside subnet {self.netuid} after {self.now.years:g} years: {parts}>"


def inside(
    netuid: int,
    pool: Pool,
    root_tao: float,
    prices: float,
    block: int,
    *,
    years: float = 0.0,
    weight: Amount = TAO_WEIGHT,
    stake: float = 100.0,
    take: Amount = DELEGATE_TAKE,
    kept: float = 1.0,
) -> Inside:
    """18 / 41 / 41 with root's part of the validators' half, and 7,200 (1 - take) v stake / held.

    Parameters
    ----------
    netuid : int
    pool : Pool
        At the beginning; its `alpha_out` is the alpha with holders.
    root_tao : float
        TAO staked on root.
    prices : float
        Sum of all subnets' prices, TAO per alpha, above 0: a pool receives E / prices alpha a
        block, at most its own block emission.
    block : int
        The block of the beginning, before the first halving of TAO, block 7,103,975.
    years : float
        How long after the beginning, 0 to 12.
    weight : what a TAO on root counts for, 0 or more; 0.18 if left out.
    stake : alpha of one staker at that time, 0 or more.
    take : the validator's part of dividends, 0 to 1; 11796/65535 if left out.
    kept : what part of their alpha owner and miners keep, 0 to 1; the rest goes to the pool.

    Returns
    -------
    Inside

    Raises
    ------
    InputError
        A number out of its range.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> there = ledger.pools("2025-04-17")
    >>> root, prices = there.root.tao_in, there.prices().total
    >>> found = inside(1, there[1].pool(), root, prices, there.block)
    >>> found
    <Inside subnet 1 after 0 years: owner 0.180, miners 0.410, validators 0.170, root 0.240>
    >>> round(found.earned, 3), round(found.growth, 4), round(found.dilution, 4)
    (0.204, 0.0111, -0.009)
    """
    if not 0 <= number("years", years) <= HORIZON:
        refuse("years", years, f"0 to {HORIZON}")
    for name, part in (("take", take), ("kept", kept)):
        if not 0 <= number(name, part) <= 1:
            refuse(name, part, "0 to 1")
    if not 0 <= block < FIRST_TAO_HALVING:
        refuse("block", block, f"a block before {FIRST_TAO_HALVING:,}")
    given = float(not_negative("root_tao", root_tao)), float(not_negative("weight", weight))
    moments = _life(pool, *given, float(prices), block, float(kept))
    now = _at(moments, float(years), *given)
    split = emission.split(now.alpha_emission, now.root_proportion)
    share = formulas.share(not_negative("stake", stake), now.alpha_held)
    dividends = BLOCKS_PER_DAY * split.validators * share
    taken = formulas.validator_take(dividends, float(take))
    growth = BLOCKS_PER_DAY * _held_more(split, float(kept)) / now.alpha_held
    after = (stake + dividends - taken) / (now.alpha_held * (1 + growth))
    dilution = after / share - 1 if share else 0.0
    return Inside(
        netuid, *given, now, split, stake, dividends - taken, taken, growth, dilution, moments
    )


def _held_more(split: Split[float], kept: float) -> float:
    """Return by how much a block raises the alpha outside the pool; root's part is sold."""
    return float(split.validators + kept * (split.owner + split.miners))


class _Issued(NamedTuple):
    """What both clocks say at one block: they do not depend on stake."""

    passed: int
    alpha: float
    alpha_emission: float
    tao_emission: float


@lru_cache(maxsize=8)
def _clocks(alpha: float, prices: float, block: int) -> tuple[_Issued, ...]:
    """Let alpha and TAO be issued, in steps that grow to a month and end at every halving."""
    # As much TAO as lets its halving fall where it fell.
    tao, passed, found = float(next_halving(0)) - (FIRST_TAO_HALVING - block), 0, []
    while True:
        each, all_tao = (float(block_emission(issued)) for issued in (alpha, tao))
        found.append(_Issued(passed, alpha, each, all_tao))
        if passed >= HORIZON * YEAR:
            return tuple(found)
        more = each + formulas.alpha_injection(all_tao, prices, each)
        blocks = min(
            YEAR // 12,
            3 * BLOCKS_PER_DAY + passed // 4,
            HORIZON * YEAR - passed,
            ceil(blocks_to_halving(alpha, more)) or 1,
            ceil(blocks_to_halving(tao)) or 1,
        )
        alpha, tao, passed = alpha + blocks * more, tao + blocks * all_tao, passed + blocks


@lru_cache(maxsize=8)
def _life(
    pool: Pool, root_tao: float, weight: float, prices: float, block: int, kept: float
) -> tuple[Moment, ...]:
    """Reckon a subnet's moments: at each of them root's part, and the alpha with holders."""
    held, found = float(pool.alpha_out), []
    clocks = _clocks(float(pool.alpha_issuance), prices, block)
    for now, then in zip(clocks, [*clocks[1:], clocks[-1]], strict=True):
        root = _root(root_tao, weight, now.alpha, now.alpha_emission)
        found.append(
            Moment(now.passed / YEAR, now.alpha, held, now.alpha_emission, now.tao_emission, root)
        )
        more = _held_more(emission.split(now.alpha_emission, root), kept)
        held += (then.passed - now.passed) * more
    return tuple(found)


def _root(root_tao: float, weight: float, alpha: float, alpha_emission: float) -> float:
    """Return the root proportion; the block's own alpha counts already."""
    return float(formulas.root_proportion(root_tao, alpha + alpha_emission, weight))


def _at(moments: tuple[Moment, ...], years: float, root_tao: float, weight: float) -> Moment:
    """Return a moment between two: alpha on a straight line, what a block issues as before."""
    place = max(i for i, moment in enumerate(moments) if moment.years <= years)
    first, then = moments[place], moments[min(place + 1, len(moments) - 1)]
    part = (years - first.years) / (then.years - first.years) if then is not first else 0.0
    alpha = first.alpha_issuance + part * (then.alpha_issuance - first.alpha_issuance)
    return first._replace(
        years=years,
        alpha_issuance=alpha,
        alpha_held=first.alpha_held + part * (then.alpha_held - first.alpha_held),
        root_proportion=_root(root_tao, weight, alpha, first.alpha_emission),
    )


def parts(found: Inside) -> tuple[float, ...]:
    """Return the four parts of a block's alpha_out, in percent, in the order of the hands.

    Examples
    --------
    >>> from dtao_edu import studies
    >>> from dtao_edu.engine.pool import Pool
    >>> found = studies.inside(1, Pool(10.0, 100.0, 900.0), 0.0, 1.0, 5_000_000)
    >>> [round(part, 1) for part in parts(found)]
    [18.0, 41.0, 41.0, 0.0]
    """
    whole = found.now.alpha_emission
    return tuple(100 * float(part) / whole for part in found.split)
