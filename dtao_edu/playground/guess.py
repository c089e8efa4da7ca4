"""What is said of a guess: how far off it is, which misconception it shows, and why.

The live playground, the question of a lesson and the flip-book all answer by these rules; the
flip-book's script holds the same few lines once more, and a test holds one to the other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from dtao_edu.playground.spec import Asked, Misconceptions
from dtao_edu.practice.checking.judge import FACTORS
from dtao_edu.practice.predictions import compare

NEAR = 0.002
"""A guess within this part of a misconception's number is taken for it."""


class KnownValue(NamedTuple):
    """A number that a usual slip leads to, and what is said to who guessed it."""

    value: float
    sentence: str


def known_values(
    answer: float, misconceptions: Misconceptions = (), unit: str = ""
) -> list[KnownValue]:
    """Return the numbers that usual slips lead to: each misconception, then slips of unit.

    Parameters
    ----------
    answer : float
        The right one, in `unit`.
    misconceptions : sequence of (name, number, sentence)
    unit : str

    Returns
    -------
    list of KnownValue

    Examples
    --------
    >>> [known.value for known in known_values(20.0, [("spot", 25.0, "Spot.")], "%")]
    [25.0, 0.2, -20.0, 0.25, -25.0]
    """
    plain = [KnownValue(float(number), sentence) for _, number, sentence in misconceptions]
    factors = [factor for factor in FACTORS if unit in factor.units]
    slips = [
        KnownValue(factor.of(value), f"{sentence} {factor.sentence}".strip())
        for value, sentence in (KnownValue(answer, ""), *plain)
        for factor in factors
    ]
    return [known for known in (*plain, *slips) if math.isfinite(known.value) and known.value]


def recognise(guess: float, answer: float, known: Sequence[KnownValue]) -> str:
    """Return what is said of the slip that a guess shows; an empty text for none.

    A guess is a round number: one digit or two mean the second digit, more digits mean the last
    one written. What lies nearer to the answer than to the slip shows no slip.

    Parameters
    ----------
    guess, answer : float
    known : sequence of KnownValue

    Returns
    -------
    str

    Examples
    --------
    >>> spot = [KnownValue(1541.05, "That is the ideal amount.")]
    >>> recognise(1540, 1531.03, spot), recognise(1536, 1531.03, spot)
    ('That is the ideal amount.', '')
    """
    if guess == 0 or abs(guess - answer) <= NEAR * abs(answer) / 10:
        return ""
    digits = next(n for n in range(2, 18) if n == 17 or float(f"{guess:.{n}g}") == guess)
    half = 10.0 ** (math.floor(math.log10(abs(guess))) - digits + 1) / 2
    best, said = math.inf, ""
    for value, sentence in known:
        away = abs(guess - value)
        if away <= max(half, NEAR * abs(value)) * (1 + 1e-9) and away < best:
            best, said = away, sentence
    return said if best < abs(guess - answer) else ""


def reply(guess: float | str, asked: Asked) -> tuple[str, str]:
    """Return the difference between guess and answer in words, and why.

    Parameters
    ----------
    guess : float or str
    asked : Asked

    Returns
    -------
    tuple of str
        The difference; then what is said of the slip that the guess shows, or else why the answer
        is what it is, or an empty text where nothing is known of it.

    Examples
    --------
    >>> spot = ("the spot price", 50.0, "After it the product would be smaller.")
    >>> asked = Asked("How many?", 33.3, "alpha", misconceptions=[spot], why="It is shared.")
    >>> reply(50, asked)[1], reply(30, asked)[1]
    ('After it the product would be smaller.', 'It is shared.')
    """
    difference = compare(guess, asked.answer, asked.unit).sentence
    if isinstance(asked.answer, str) or isinstance(guess, str):
        said = next((text for _, option, text in asked.misconceptions if option == guess), "")
    else:
        known = known_values(asked.answer, asked.misconceptions, asked.unit)
        said = recognise(guess, asked.answer, known)
    return difference, said or asked.why
