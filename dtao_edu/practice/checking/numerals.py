"""Numbers as people write them: thousands apart, with a unit, as a fraction."""

from __future__ import annotations

import re
from fractions import Fraction

from dtao_edu.practice.checking.rejected import Rejected, not_attempted, reject, reject_answer
from dtao_edu.practice.text import brief

_UNITS = (
    "TAO", "rao", "alpha", "%", "TAO per alpha", "alpha per TAO", "blocks", "days",
    "TAO per block", "alpha per block", "TAO per day",
)  # fmt: skip
_OTHERWISE = {"τ": "TAO", "α": "alpha", "percent": "%", "per cent": "%", "τ per α": "TAO per alpha"}
_WRITTEN_UNITS = {unit.lower(): unit for unit in _UNITS} | _OTHERWISE
_NUMERAL = re.compile(
    r"(?P<number>[-+−]?(?:[1-9]\d{0,2}(?:[, ]\d{3})+(?!\d)|\d[\d_]*)?(?:\.\d+|\.)?(?:e[-+]?\d+)?"
    r"(?:\s*/\s*\d+)?)\s*(?P<unit>[^\d\s].*)?",
    re.IGNORECASE,
)
_LONG = 200  # characters that a written number may have


def read_numeral(text: str, unit: str) -> float:
    """Read a number in a text, and refuse another unit than is asked for."""
    text = re.sub(r"[\s\u2009\u202f]+", " ", text.strip())
    if text in ("", "..."):
        not_attempted()
    found = _NUMERAL.fullmatch(text) if len(text) <= _LONG else None
    digits = found and found["number"]
    if not found or not digits or not re.search(r"\d", digits):
        reject_answer(f"the text {brief(text)}. Give a number, with a point for the decimals.")
    bare = re.sub(r"[,_\s]", "", digits).replace("−", "-")
    try:
        number = float(Fraction(bare)) if "/" in bare else float(bare)
    except (ValueError, ArithmeticError):
        reject_answer(f"the text {brief(text)}. It cannot be read as a number.")
    return number * _in_unit(found["unit"] or "", unit, text)


def _in_unit(written: str, unit: str, text: str) -> float:
    """Return what a number has to be multiplied by, or refuse another unit than is asked for."""
    if not written:
        return 1.0
    if written.startswith(","):
        reject(f"Write {brief(text)} with a point for the decimals.")
    if written.startswith("."):
        reject(f"Write {brief(text)} without points between thousands.")
    if re.match(r"[-+*/^]", written):
        reject_answer(f"{brief(text)}, a calculation in quotes. Leave the quotes out.")
    words = " ".join(written.lower().rstrip(".").replace("/", " per ").split())
    plain = re.sub(r" (?:a|an|each|every) ", " per ", f"{words} ").strip()
    named = _WRITTEN_UNITS.get(plain, "")
    asked = unit.lower()
    if plain in (asked, f"{asked}s", asked.removesuffix("s")) or (named and named == unit):
        return 1.0
    if unit == "share" and named == "%":
        return 0.01
    if asked.startswith(f"{(named or plain).lower()} per "):  # "TAO" where "TAO per day" is asked
        return 1.0
    if "point" in asked and (named == "%" or plain in ("points", "point", "pp")):
        return 1.0
    if not named:
        reject(f"The unit {brief(written)} is not known here. Give the number alone.")
    raise Rejected(
        f"Your answer is in {named}. Asked for: {_in_words(unit)}.",
        of_result=f"It returned a text in {named}. Asked for: {_in_words(unit)}.",
    )


def _in_words(unit: str) -> str:
    return {"": "a number without a unit", "share": "a share, a number from 0 to 1"}.get(unit, unit)
