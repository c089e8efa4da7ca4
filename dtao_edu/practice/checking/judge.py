"""The judge: compares numbers with the right ones, with every known wrong idea, and with factors.

It knows nothing of exercises, notebooks or files; a playground's prediction is judged by the same
function as an exercise's table. The order of trial is: right, right times a factor, a wrong idea,
a wrong idea times a factor, close, wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from dtao_edu.practice.checking.verdict import Outcome

RIGHT_WITHIN = 1  # steps of the last digit asked: a value cut off instead of rounded is right
CLOSE_WITHIN = 10
CLOSE_PART = 0.01  # of the right value: what is further off is no rounding
APART = 20  # any two values that mean different things stand at least so many steps apart


@dataclass(frozen=True)
class Rounding:
    """How exactly an answer is asked: significant digits, or decimals.

    Parameters
    ----------
    digits : int
        Significant digits, 1 to 12; not looked at when there are decimals.
    decimals : int, optional
        Digits after the point.

    Examples
    --------
    >>> Rounding(4).step(123.4), Rounding(decimals=2).step(123.4)
    (0.1, 0.01)
    >>> str(Rounding(4)), str(Rounding(decimals=2))
    ('4 significant digits', '2 decimals')
    """

    digits: int = 4
    decimals: int | None = None

    def step(self, value: float, scale: float = 1.0) -> float:
        """Return one unit of the last digit asked; 0 has none and is met to 10^-12 of `scale`."""
        if self.decimals is not None:
            return 10.0**-self.decimals
        if value == 0:
            return 1e-12 * (abs(scale) or 1.0)
        size = abs(value)
        return float(10.0 ** (math.floor(math.log10(size)) - self.digits + 1))

    def coarser(self, value: float) -> list[float]:
        """The value rounded to fewer digits than are asked."""
        if self.decimals is not None:
            return [round(value, places) for places in range(self.decimals)]
        return [float(f"{value:.{digits - 1}e}") for digits in range(1, self.digits)]

    def __str__(self) -> str:
        if self.decimals == 0:
            return "a whole number"
        if self.decimals is not None:
            return f"{self.decimals} decimals"
        return f"{self.digits} significant digits"


@dataclass(frozen=True)
class Factor:
    """A known slip of unit: what it makes of the number, where it can happen, and its sentence."""

    name: str
    of: Callable[[float], float]
    units: frozenset[str]
    sentence: str


AMOUNTS = frozenset({"TAO", "alpha", "TAO per block", "alpha per block", "TAO per day"})
PRICES = frozenset({"TAO per alpha"})
SIGNED = AMOUNTS | {"%", "share"}

FACTORS = (
    Factor("rao", lambda v: v * 1e9, AMOUNTS, "Your number is in rao: 1 of it is 10^9 rao."),
    Factor(
        "parts of rao",
        lambda v: v / 1e9,
        AMOUNTS,
        "Your number was divided by 10^9, as if the amounts had been rao. They are not.",
    ),
    Factor(
        "percent",
        lambda v: v * 100,
        frozenset({"share"}),
        "Your number is in percent. A share is asked: a number from 0 to 1.",
    ),
    Factor(
        "share",
        lambda v: v / 100,
        frozenset({"%"}),
        "Your number is a part of 1. Percent is asked.",
    ),
    Factor(
        "upside down",
        lambda v: 1 / v if v else math.inf,
        PRICES,
        "Your number is upside down: alpha for one TAO. A price is TAO for one alpha.",
    ),
    Factor("sign", lambda v: -v, SIGNED, "Your number has the sign turned round."),
    Factor(
        "day",
        lambda v: v * 7200,
        frozenset({"TAO per block", "alpha per block"}),
        "Your number is for a day of 7,200 blocks. One block is asked.",
    ),
    Factor(
        "block",
        lambda v: v / 7200,
        frozenset({"TAO per day"}),
        "Your number is for one block. A day of 7,200 blocks is asked.",
    ),
)


class Candidate(NamedTuple):
    """Values that mean something: the right ones, an idea's, or either times a factor."""

    outcome: Outcome
    misconception: int  # position among the ideas; -1 for the right answer
    factor: Factor | None
    values: Sequence[float]
    steps: Sequence[float]

    def apart(self, other: Candidate) -> bool:
        """Tell whether at least one entry differs by twenty steps."""
        return any(
            abs(a - b) >= APART * max(s, t)
            for a, b, s, t in zip(self.values, other.values, self.steps, other.steps, strict=True)
        )


class Match(NamedTuple):
    """What the judge found; `place` is the first entry that fails."""

    outcome: Outcome
    misconception: int = -1
    factor: Factor | None = None
    place: int = 0


def candidates(
    right: Sequence[float],
    misconceptions: Iterable[Sequence[float]],
    rounding: Rounding,
    units: Iterable[str] = (),
) -> list[Candidate]:
    """List the values that mean something, in the order of trial.

    Parameters
    ----------
    right : sequence of float
        One entry for a number, more for a table or the cases of a function.
    misconceptions : iterable of sequences of float
        What each gives for the same entries; one that is not finite is left out.
    rounding : Rounding
        How exactly is asked.
    units : iterable of str
        The units of the entries; they say which factors are possible.
    """
    asked = frozenset(units)
    factors = [factor for factor in FACTORS if asked and asked <= factor.units]
    scale = max(map(abs, right), default=1.0)
    known = list(enumerate(misconceptions))

    def candidate(
        place: int, values: Sequence[float], factor: Factor | None = None
    ) -> Candidate | None:
        new = [factor.of(value) for value in values] if factor else values
        if not all(map(math.isfinite, new)) or (factor and not any(new)):
            return None
        plain, times = Outcome.RIGHT, Outcome.FACTOR
        if place >= 0:
            plain, times = Outcome.MISCONCEPTION, Outcome.MISCONCEPTION_FACTOR
        steps = [
            rounding.step(v, scale) * (abs(n / v) if factor and v else 1.0)
            for v, n in zip(values, new, strict=True)
        ]
        return Candidate(times if factor else plain, place, factor, new, steps)

    found = [candidate(-1, right), *(candidate(-1, right, factor) for factor in factors)]
    found += [candidate(place, values) for place, values in known]
    found += [candidate(place, values, factor) for factor in factors for place, values in known]
    return [one for one in found if one is not None]


def nearest_pair(found: Sequence[Candidate]) -> tuple[Candidate, Candidate] | None:
    """Return two candidates that stand less than twenty steps apart, if there are any."""
    return next(((a, b) for a, b in combinations(found, 2) if not a.apart(b)), None)


def judge(values: Sequence[float], found: Sequence[Candidate], rounding: Rounding) -> Match:
    """Find which candidate the values are.

    Parameters
    ----------
    values : sequence of float
        The answer, as many entries as the right answer has.
    found : sequence of Candidate
        From :func:`candidates`, the right answer first.
    rounding : Rounding
        How exactly is asked.

    Examples
    --------
    >>> found = candidates([12.5], [[25.0]], Rounding(4), ["TAO"])
    >>> [judge([v], found, Rounding(4)).outcome.value for v in (12.5, 25, 12.5e9, 12.56, 13.1)]
    ['right', 'idea', 'factor', 'close', 'wrong']
    """

    def off(candidate: Candidate, steps: float) -> list[int]:
        return [
            place
            for place, (a, v, s) in enumerate(
                zip(values, candidate.values, candidate.steps, strict=True)
            )
            if not abs(a - v) <= steps * s * (1 + 1e-9)
        ]

    for candidate in found:
        if not off(candidate, RIGHT_WITHIN):
            return Match(candidate.outcome, candidate.misconception, candidate.factor)
    right = found[0]
    part = CLOSE_PART * (1 + 1e-9)
    near = all(abs(a - v) <= part * abs(v) for a, v in zip(values, right.values, strict=True))
    counted = all(v == round(v) for v in right.values)  # of whole things nothing is rounded
    rounded = not off(right, CLOSE_WITHIN) or _rounded_early(values, right, rounding)
    if near and rounded and not counted:
        return Match(Outcome.CLOSE)
    return Match(Outcome.WRONG, place=off(right, RIGHT_WITHIN)[0])


def _rounded_early(values: Sequence[float], right: Candidate, rounding: Rounding) -> bool:
    return all(
        any(math.isclose(value, coarse, rel_tol=1e-9) for coarse in [*rounding.coarser(v), v])
        for value, v in zip(values, right.values, strict=True)
    )


def close_sentence(rounding: Rounding) -> str:
    """Say that only the rounding is off, and how many digits are asked."""
    return (
        f"Nearly: only the rounding is off. Asked: {rounding}. Carry all digits on the way and "
        "round once, at the end."
    )
