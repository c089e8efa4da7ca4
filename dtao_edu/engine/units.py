"""Units of the chain: TAO, alpha and rao; blocks, days and tempo.

Every amount in this package is in TAO or in alpha. A name that ends in `_rao`
holds whole rao, the smallest unit of both: 1 TAO = 10^9 rao, 1 alpha = 10^9 rao.

Floats are the everyday numbers. A :class:`fractions.Fraction` is the exact
number: the engine then rounds down to whole rao wherever the chain does, so
that the books balance to the last rao and can be checked by hand.

Sources: chain, `runtime/src/lib.rs` (block time), `pallets/subtensor/src/lib.rs`
(TotalSupply), v2.0.0, 2025-02-13.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any

from dtao_edu.engine.errors import number
from dtao_edu.engine.quantity import Amount as Amount
from dtao_edu.engine.quantity import Quantity as Quantity
from dtao_edu.engine.quantity import Whole, WholeQuantity

RAO = 10**9
"""rao in one TAO, and in one alpha."""

SECONDS_PER_BLOCK = 12
BLOCKS_PER_HOUR = 300
BLOCKS_PER_DAY = 7_200
"""24 * 60 * 60 / 12."""

LAUNCH_BLOCK = 4_920_351
"""The block at which Dynamic TAO went live, on 13 February 2025."""

TEMPO = 360
"""Blocks between two epochs of a subnet, as set on the public chain."""

SUPPLY_CAP_RAO = 21_000_000 * RAO
"""No more than 21 million TAO, and no more than 21 million of each alpha."""


def to_rao(amount: Amount) -> int:
    """rao = floor(amount * 10^9): whole rao in an amount of TAO or alpha.

    A float is read as the shortest decimal that names it, so that 0.1 TAO is
    100,000,000 rao and 0.3 TAO is not one rao short.

    Parameters
    ----------
    amount : number
        TAO or alpha, 0 or more; of any kind that :func:`exactly` reads.

    Returns
    -------
    int
        Whole rao.

    Examples
    --------
    >>> to_rao(1.2345678919)
    1234567891
    >>> to_rao(0.3)
    300000000
    """
    return floor(exactly(amount) * RAO)


def exactly(amount: Amount) -> Fraction:
    """Return the Fraction that a number is written as: 0.1 is one tenth.

    Parameters
    ----------
    amount : number
        A float, a whole number or a Fraction; NumPy's and pandas' scalars, Decimals and SymPy's
        numbers too.

    Raises
    ------
    InputError
        If it is not a finite number.

    Examples
    --------
    >>> exactly(0.1)
    Fraction(1, 10)
    """
    plain = number("amount", amount)
    return Fraction(repr(plain)) if type(plain) is float else Fraction(plain)


def like(constant: Fraction, amount: Whole) -> Amount:
    """Return a constant as exact as the amount it meets: a Fraction for a Fraction, else a float.

    A column of Fractions counts as exact too.

    NumPy turns an array times a Fraction into an array of objects; this is the mend.

    Examples
    --------
    >>> like(Fraction(18, 100), Fraction(1)), like(Fraction(18, 100), 1.0)
    (Fraction(9, 50), 0.18)
    """
    return constant if _is_exact(amount) else float(constant)


def from_rao(rao: int) -> Fraction:
    """amount = rao / 10^9, exactly.

    Examples
    --------
    >>> from_rao(1_500_000_000)
    Fraction(3, 2)
    """
    return Fraction(rao, RAO)


def whole_rao(amount: WholeQuantity) -> WholeQuantity:
    """floor(amount * 10^9) / 10^9 for a Fraction; a float passes unchanged.

    The chain holds whole rao and rounds every swap down, in favour of the pool.
    Exact books do the same; floats, already approximate, are left alone.

    Examples
    --------
    >>> whole_rao(Fraction(1, 3))
    Fraction(333333333, 1000000000)
    >>> whole_rao(1 / 3) == 1 / 3
    True
    """
    return _floored(amount, RAO) if _is_exact(amount) else amount


def fixed_point(amount: WholeQuantity) -> WholeQuantity:
    """floor(x * 2^32) / 2^32 for a Fraction; a float passes unchanged.

    The chain keeps a moving price with 32 binary places. Exact books do the same, or its
    digits would grow with every block.

    Examples
    --------
    >>> fixed_point(Fraction(1, 3))
    Fraction(1431655765, 4294967296)
    """
    return _floored(amount, 2**32) if _is_exact(amount) else amount


def _is_exact(amount: Any) -> bool:
    """Whether it is a Fraction, or a column of them."""
    kind = type(amount)
    if kind is Fraction or kind is float:
        return kind is Fraction
    return hasattr(amount, "dtype") and amount.dtype.kind == "O"


def _floored(amount: Any, parts: int) -> Any:
    if type(amount) is Fraction:
        return Fraction(amount.numerator * parts // amount.denominator, parts)
    return amount * parts // 1 * Fraction(1, parts)
