"""Numbers in words: the same rounding in every picture, receipt and sentence."""

from __future__ import annotations

from math import floor, isfinite, log10

from dtao_edu.engine.units import BLOCKS_PER_HOUR, Amount

MANY = 99.0
"""A rise, as a part of one, from which on times are easier to read than percent."""


def number(value: Amount, digits: int = 5) -> str:
    """Round a number to so many significant digits, whole digits kept, thousands apart.

    Parameters
    ----------
    value : float
    digits : int
        Significant digits; whole digits are never rounded away.

    Returns
    -------
    str

    Examples
    --------
    >>> number(1234567.89), number(0.0648908987), number(12.0), number(0)
    ('1,234,568', '0.064891', '12', '0')
    >>> number(-0.5, 3), number(1e-9, 3)
    ('-0.5', '0.000000001')
    """
    value = float(value)
    if not isfinite(value):
        return str(value)
    if value == 0:
        return "0"
    decimals = max(digits - 1 - floor(log10(abs(value))), 0)
    text = f"{value:,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(part: Amount, decimals: int = 1) -> str:
    """Write a part of one as percent.

    Parameters
    ----------
    part : float
        0.5 means half.
    decimals : int
        Decimals shown; more are shown where a small part would read as 0.

    Returns
    -------
    str

    Examples
    --------
    >>> percent(0.16667), percent(1.25), percent(0.00012), percent(0)
    ('16.7 %', '125.0 %', '0.012 %', '0.0 %')
    """
    hundred = 100 * float(part)
    if hundred and abs(hundred) < 10**-decimals:
        return f"{number(hundred, 2)} %"
    return f"{hundred:,.{decimals}f} %"


def impact(part: Amount) -> str:
    """Write a price impact: in percent, from a hundredfold on in times.

    Parameters
    ----------
    part : float
        The price after, divided by the one before, minus one.

    Returns
    -------
    str

    Examples
    --------
    >>> impact(0.44), impact(-0.36), impact(239740.19)
    ('44.0 %', '-36.0 %', '240,000 times')
    """
    return percent(part) if part < MANY else f"{number(float(f'{1 + part:.2g}'))} times"


def change(part: Amount) -> str:
    """Say how far a price rose or fell, for a sentence.

    Parameters
    ----------
    part : float
        The price after, divided by the one before, minus one.

    Returns
    -------
    str

    Examples
    --------
    >>> change(0.44), change(-0.36), change(239740.19)
    ('by 44.0 %', 'by 36.0 %', 'to 240,000 times what it was')
    """
    if part < MANY:
        return f"by {percent(abs(float(part)))}"
    return f"to {impact(part)} what it was"


def amount(value: Amount, unit: str, digits: int = 5) -> str:
    """Write an amount with its unit.

    Examples
    --------
    >>> amount(5000, "TAO")
    '5,000 TAO'
    """
    return f"{number(value, digits)} {unit}".strip()


def in_hours(blocks: float) -> str:
    """Write blocks as hours.

    Examples
    --------
    >>> in_hours(300), in_hours(301), in_hours(2310)
    ('1 hour', '1 hour', '7.7 hours')
    """
    hours = number(blocks / BLOCKS_PER_HOUR, 3)
    return "1 hour" if hours == "1" else f"{hours} hours"


def rounded(tao: Amount) -> float:
    """Round TAO to three digits: what was found by halving is not known to the last one.

    Examples
    --------
    >>> rounded(504090.4)
    504000.0
    """
    return float(f"{float(tao):.3g}")


def held_still(part: float) -> float:
    """Return a change, or 0 where it is left over from the rounding of floats.

    Examples
    --------
    >>> held_still(-1.1e-16), held_still(-0.002)
    (0.0, -0.002)
    """
    return 0.0 if abs(part) < 1e-12 else part
