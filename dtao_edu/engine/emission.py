"""From prices to what each pool receives, and who shares a block's alpha.

The rules of Dynamic TAO from its launch. Every function reads floats, Fractions, NumPy
columns and symbols alike, so a single subnet and a whole network use the same lines.

Sources: chain, `coinbase/run_coinbase.rs` and `staking/stake_utils.rs`, v2.0.0,
2025-02-13; moving-price constants: see :data:`MOVING_ALPHA`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Generic, NamedTuple

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import not_negative, positive, refuse, whole
from dtao_edu.engine.quantity import Amount, Quantity
from dtao_edu.engine.units import exactly, like

OWNER_CUT = Fraction(11796, 65535)
"""The subnet owner's part of alpha_out: 17.9995 %, called 18 %."""
TAO_WEIGHT = Fraction(3_320_413_933_267_719_290, 2**64 - 1)
"""Value of a TAO on root against an alpha in stake weight: 0.18 (v2.0.0 migration)."""
DELEGATE_TAKE = Fraction(11796, 65535)
"""A validator's commission on dividends unless it sets another: 18 %. Not the owner's 18 %."""
MOVING_ALPHA = Fraction(3, 10_000)
"""Largest smoothing of the moving price, as third parties read it from the chain's storage."""
MOVING_ALPHA_DEFAULT = Fraction(3, 1_000_000)
"""The same constant in the chain's code; the ledger of 2025 contradicts it (lesson 07)."""
MOVING_HALVING = 201_600
"""Blocks (28 days) after which the smoothing has reached half of its largest value."""


class Injection(NamedTuple, Generic[Quantity]):
    """What one block adds: `tao_in` and `alpha_in` to the pool, `alpha_out` to participants."""

    tao_in: Quantity
    alpha_in: Quantity
    alpha_out: Quantity


class Split(NamedTuple, Generic[Quantity]):
    """Who receives a block's alpha_out. The four parts sum to the whole."""

    owner: Quantity
    miners: Quantity
    validators: Quantity
    root: Quantity


def price_shares(prices: Sequence[Amount]) -> tuple[Amount, ...]:
    """share_i = m_i / sum_k m_k, of moving prices (the chain) or spot prices (a sketch).

    Parameters
    ----------
    prices : sequence
        TAO per alpha, 0 or more, of the subnets that are emitted to. Netuid 0 is not one.

    Returns
    -------
    tuple
        Sums to 1; all 0 when every price is 0.

    Examples
    --------
    >>> price_shares([0.03, 0.01])
    (0.75, 0.25)
    """
    checked = [not_negative("prices", price) for price in prices]
    total = sum(checked)
    return tuple(formulas.share(price, total) if total else 0 for price in checked)


def injection(
    block_emission: Quantity, share: Quantity, price: Quantity, alpha_emission: Quantity
) -> Injection[Quantity]:
    """tao_in = E share; alpha_in = min(tao_in / p, cap); alpha_out = cap (launch rule).

    While the cap does not bind, TAO and alpha enter at the price: the price stays and the
    pool grows deeper. When it binds, the TAO was not cut at launch: the price rises.

    Parameters
    ----------
    block_emission : TAO issued in the block.
    share : part of it, 0 to 1.
    price : spot price, TAO per alpha, above 0.
    alpha_emission : the subnet's block emission of alpha, which is the cap.

    Examples
    --------
    >>> injection(1, 0.025, 0.05, 1)
    Injection(tao_in=0.025, alpha_in=0.5, alpha_out=1)
    """
    tao_in = formulas.tao_injection(block_emission, share)
    alpha_in = formulas.alpha_injection(tao_in, price, alpha_emission)
    return Injection(tao_in, alpha_in, alpha_emission)


def split(
    alpha_out: Quantity,
    root_proportion: Quantity | Amount = 0,
    owner_cut: Quantity | Amount | None = None,
) -> Split[Quantity]:
    """18 / 41 / 41: owner, miners and validators; root takes its part of the validators' half.

    owner = cut alpha_out; rest = alpha_out - owner; miners = rest / 2;
    root = rest r / 2; validators = rest / 2 - root.

    Parameters
    ----------
    alpha_out : alpha minted for participants in a block. Before Dynamic TAO: the TAO.
    root_proportion : r, 0 to 1.
    owner_cut : part of the owner; 11796/65535 if left out.

    Examples
    --------
    >>> [round(part, 3) for part in split(1.0, 0.5)]
    [0.18, 0.41, 0.205, 0.205]
    """
    cut = like(OWNER_CUT, alpha_out) if owner_cut is None else owner_cut
    owner = formulas.owner_cut(alpha_out, cut)
    rest = alpha_out - owner
    root = formulas.root_alpha(rest, root_proportion)
    half = rest / 2
    return Split(owner, half, half - root, root)


def moving_prices(
    prices: Iterable[Amount],
    start: Amount = 0.0,
    *,
    alpha: Amount = MOVING_ALPHA,
    halving: float = MOVING_HALVING,
    blocks: int = 0,
) -> Iterator[Amount]:
    """m' = (1 - a) m + a min(p, 1), a = alpha b / (b + H): the moving price block by block.

    Parameters
    ----------
    prices : iterable
        Spot price of each block, TAO per alpha.
    start : float or Fraction
        Moving price before the first of them.
    alpha, halving
        As in :func:`formulas.smoothing`; `halving=0` smooths evenly from the start.
    blocks : int
        Blocks since the subnet's first emission before the first of these prices.

    Yields
    ------
    float or Fraction
        The moving price after each block.

    Examples
    --------
    >>> list(moving_prices([1.0, 1.0], alpha=0.5, halving=0))
    [0.5, 0.75]
    """
    alpha = positive("alpha", alpha)
    if alpha > 1:
        refuse("alpha", alpha, "a number above 0, at most 1")
    moving = not_negative("start", start)
    strength, after = like(exactly(alpha), moving), not_negative("halving", halving)
    for b, price in enumerate(prices, start=whole("blocks", blocks) + 1):
        smoothing = formulas.smoothing(strength, b, after)
        moving = formulas.moving_price(moving, not_negative("prices", price), smoothing)
        yield moving
