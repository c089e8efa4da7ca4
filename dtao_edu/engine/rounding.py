"""What floats round away, and how a pool answers in spite of it.

A holder's balance is a sum of receipts, and so is the pool's; in floats the two differ in their
last digits. Exact books differ in nothing, and are asked to the rao.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import floor
from sys import float_info

from dtao_edu.engine.units import RAO, Amount

_ROUNDING = 2.0**-46
"""Part of all that is in play which some hundred sums of floats may have rounded away."""
_NOTHING = 1e-12
"""A thousandth of a rao."""


def left_of(balance: Amount, amount: Amount, scale: Amount) -> Amount:
    """balance - amount; 0 where in floats nothing but rounding is left, or missing.

    Parameters
    ----------
    balance, amount : float or Fraction
        What there is, and what is taken of it.
    scale : float or Fraction
        The greatest balance that went into the sums, whose last digit the rounding is.

    Returns
    -------
    float or Fraction
        Below 0 where more is taken than there is.

    Examples
    --------
    >>> left_of(0.3, 0.1 + 0.2, 1), left_of(0.3, 0.2, 1), left_of(0.3, 0.5, 1)
    (0.0, 0.09999999999999998, -0.2)
    """
    left = balance - amount
    if type(left) is float and abs(left) <= _ROUNDING * scale:
        return 0.0
    return left


def largest(fits: Callable[[Amount], bool], most: Amount, within: float = 0.0) -> Amount:
    """Return the largest amount that fits, at most `most`; found by halving.

    Parameters
    ----------
    fits : function of an amount
        True up to some amount, False above it.
    most : float or Fraction
        Where to begin. A Fraction is whole rao, and so is then the answer.
    within : float
        A float may be less by this part of `most`; to its last digit if left out.

    Examples
    --------
    >>> largest(lambda tao: tao <= 3, 10.0), largest(lambda tao: tao <= 3, 2.0)
    (3.0, 2.0)
    """
    if fits(most):
        return most
    if isinstance(most, Fraction):
        low, high = 0, floor(most * RAO)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if fits(Fraction(middle, RAO)) else (low, middle)
        return Fraction(low, RAO)
    fit, above = 0.0, min(float(most), float_info.max)
    while above >= _NOTHING and above - fit > within * most:
        between = fit + (above - fit) / 2
        if between in (fit, above):  # neighbours: no float lies between
            break
        fit, above = (between, above) if fits(between) else (fit, between)
    return fit
