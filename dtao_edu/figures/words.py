"""Numbers in words: the same rounding in every picture, receipt and sentence."""

from __future__ import annotations

from math import floor, isfinite, log10


def number(value: float, digits: int = 5) -> str:
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


def percent(part: float, decimals: int = 1) -> str:
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


def amount(value: float, unit: str, digits: int = 5) -> str:
    """Write an amount with its unit.

    Examples
    --------
    >>> amount(5000, "TAO")
    '5,000 TAO'
    """
    return f"{number(value, digits)} {unit}".strip()
