"""Which slips an answer is."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from dtao_edu.practice.checking.judge import Rounding
from dtao_edu.practice.checking.record import Value, floats
from dtao_edu.practice.exercise.exercise import Task
from dtao_edu.practice.slips.generate import slips
from dtao_edu.practice.slips.slip import Entry, Slip
from dtao_edu.practice.slips.turned import ANOTHER_ORDER

_TWO = 2  # candidates that are named at most


def explain(task: Task, values: Sequence[Value]) -> list[str]:
    """Name the likeliest slips that lead to these values, two at most.

    Returns
    -------
    list of str
        Each completes "Did you ...?"; empty if none leads there.
    """
    if task.question.reverses:
        return _of_order(task, values)
    return _of_numbers(task, list(map(float, values))) if task.question.numeric else []


def orders(task: Task) -> dict[tuple[str, ...], list[str]]:
    """List the orders that slips lead to, each with the likeliest slips, two at most.

    Returns
    -------
    dict
        The right order and its reverse are not in it.
    """
    found: dict[tuple[str, ...], list[str]] = {}
    for slip in sorted(slips(task).orders(), key=lambda one: one.likely):
        mistakes = found.setdefault(slip.names, [])
        if slip.mistake not in mistakes and len(mistakes) < _TWO:
            mistakes.append(slip.mistake)
    for known in (tuple(map(str, task.values)), tuple(map(str, reversed(task.values)))):
        found.pop(known, None)
    return found


def _of_order(task: Task, values: Sequence[Value]) -> list[str]:
    return orders(task).get(tuple(map(str, values)), [])


def _of_numbers(task: Task, values: Sequence[float]) -> list[str]:
    found = slips(task)
    part, right = (floats(task.layout.part(v, 0)) for v in (values, task.values))
    names: dict[str, int] = {}
    for slip in found.of(0):
        if _is(part, slip, right, task.question.rounding):
            names[slip.mistake] = min(slip.likely, names.get(slip.mistake, 9))
    for case in range(1, len(task.layout.cases)):
        if not names:
            return []
        part, right = (floats(task.layout.part(v, case)) for v in (values, task.values))
        still = {
            slip.mistake
            for slip in found.of(case)
            if slip.mistake in names and _is(part, slip, right, task.question.rounding)
        }
        names = {name: likely for name, likely in names.items() if name in still}
    ranked = sorted(names, key=lambda name: names[name])
    said = [_kept(name) if task.question.coded else name for name in ranked]
    return list(dict.fromkeys(said))[:_TWO]


def _kept(mistake: str) -> str:
    """Leave formulas out of what is said where a formula is what is asked for."""

    def name(part: re.Match[str]) -> str:
        return part[0] if part[1].isidentifier() else "a part of it"

    return re.sub(r"`([^`]*)`", name, mistake).replace("the factor a part of it", "a factor")


def listed(task: Task) -> list[Slip]:
    """List the slips of a task of one case that could ever be named, two at most for each value.

    Returns
    -------
    list of Slip
        In the order in which :func:`explain` looks at them, to twelve digits.
    """
    named: dict[tuple[Entry, ...], list[str]] = {}
    found = slips(task).of(0)
    for slip in sorted(found, key=lambda one: one.likely):
        mistakes = named.setdefault(_rounded(slip), [])
        if slip.mistake not in mistakes and len(mistakes) < _TWO:
            mistakes.append(slip.mistake)
    kept = {
        (slip.mistake, slip.likely, _rounded(slip)): None
        for slip in found
        if any(_rounded(slip)) and slip.mistake in named[_rounded(slip)]
    }
    return [Slip(*one) for one in kept]


def _rounded(slip: Slip) -> tuple[Entry, ...]:
    return tuple(
        float(f"{value:.12g}") if value is not None and math.isfinite(value) else None
        for value in slip.values
    )


def sentence(mistakes: Sequence[str]) -> str:
    """Ask after one slip or two."""
    if len(mistakes) == 1:
        return f"Did you {mistakes[0]}? That leads to your answer."
    return f"Did you {mistakes[0]}? Or did you {mistakes[1]}? Both lead to your answer."


def _is(part: Sequence[float], slip: Slip, right: Sequence[float], rounding: Rounding) -> bool:
    """Tell whether an answer is a slip's: where the slip says nothing, it has to be right."""
    told = False
    if not any(slip.values):
        return False  # nothing at all is no slip
    for value, wrong, true in zip(part, slip.values, right, strict=True):
        is_right = abs(value - true) <= rounding.step(true, true) * 1.001
        if not is_right or slip.mistake == ANOTHER_ORDER:  # an order is whole, or it is none
            if wrong is None or not _near(value, wrong, rounding):
                return False
            told = True
    return told


def _near(value: float, wrong: Entry, rounding: Rounding) -> bool:
    """Tell whether a number is a slip's, to the digits asked, or to more if more were given."""
    if wrong == 0 or wrong is None:
        return wrong == 0 and abs(value) < 1e-12
    if not abs(value - wrong) <= abs(wrong) * 0.01 < math.inf:
        return False
    step = rounding.step(wrong) if rounding.decimals is None else 10.0**-rounding.decimals
    digits = len(f"{abs(value):.12g}".replace(".", "").strip("0").partition("e")[0])
    if digits > 9:  # worked out by a machine, not rounded
        step = min(step, abs(wrong) * 1e-8)
    return abs(value - wrong) <= 0.51 * step
