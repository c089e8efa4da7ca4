"""Round numbers: the next up, where an axis moves in steps; the next down, for a slider."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor, log10


def step_up(value: float, leads: Sequence[float] = (1, 1.5, 2, 3, 5, 10)) -> float:
    """Return the next of some leading digits times a power of ten, at or above a value above 0.

    Parameters
    ----------
    value : float
    leads : sequence of float
        Rising, over the whole of a power of ten: from 1 to 10, or from 1.2 to 12.

    Examples
    --------
    >>> step_up(120), step_up(0.25), step_up(1.0, (1.2, 2.4, 6, 12))
    (150.0, 0.3, 1.2)
    """
    return next(step for step in _steps(value, leads) if value <= step)


def step_down(value: float) -> float:
    """Return the round number (1, 2 or 5 times a power of ten) at or below a value above 0.

    Examples
    --------
    >>> [step_down(value) for value in (21528.2, 0.0032, 1)]
    [20000.0, 0.002, 1.0]
    """
    return max(step for step in _steps(value, (1, 2, 5)) if step <= value)


def _steps(value: float, leads: Sequence[float]) -> Iterator[float]:
    ten = floor(log10(value))
    return (float(f"{lead}e{ten}") for lead in leads)
