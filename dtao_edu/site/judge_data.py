"""What the page's judge must know of an exercise: all values that mean something, with their words.

The page judges by the same rules as the package (:mod:`dtao_edu.practice.checking.judge`); the
values of the right answer, of every misconception and of either times a factor are worked out
here. A test holds the two judges together over all exercises.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dtao_edu.practice.assess import assess_values
from dtao_edu.practice.checking.judge import close_sentence
from dtao_edu.practice.checking.verdict import Outcome, Verdict
from dtao_edu.practice.exercise.exercise import Exercise, Task, task
from dtao_edu.practice.exercise.question_types import (
    ChoiceQuestion,
    NumberQuestion,
    OrderQuestion,
    TableQuestion,
)
from dtao_edu.practice.slips.match import listed, orders
from dtao_edu.practice.text import html

SEAT = "practice"
"""The shared numbers, which everybody has who did not sit down under a name."""
Value = None | bool | int | float | str | Sequence["Value"] | Mapping[str, "Value"]
"""What JSON can hold."""
Json = dict[str, Value]


def judged_here(exercise: Exercise) -> bool:
    """Say whether a page can judge it: code and expressions need a kernel.

    Examples
    --------
    >>> from dtao_edu.practice import bank
    >>> judged_here(bank.find("05.1"))
    True
    """
    kinds = (NumberQuestion, TableQuestion, ChoiceQuestion, OrderQuestion)
    return isinstance(exercise.question, kinds)


def judge_data(exercise: Exercise) -> Json:
    """Return what the page's judge needs to judge any answer to an exercise.

    Parameters
    ----------
    exercise : Exercise
        One for which :func:`judged_here` holds.

    Returns
    -------
    dict
        ``id`` and ``kind``. For choices and orders ``known``, the verdict for each answer that
        means something, and ``right``. For numbers ``digits`` or ``decimals``, to which they are
        judged, ``units``, ``names``, ``candidates`` in the order of trial, ``slips`` with the
        verdict ``slip`` that they get, the verdict ``close``, and ``reveals``: whether no slip is
        told, since it would give the answer away.
    """
    one = task(exercise, SEAT)
    question, given = one.question, one.given
    data: Json = {"id": exercise.id, "kind": question.name.lower()}
    if isinstance(question, ChoiceQuestion):
        options = dict(zip(question.order, question.letters(given).items(), strict=True))
        verdicts = {key: said(assess_values(one, (key,))) for key in options}
        return {**data, "known": verdicts, "right": one.values[0]}
    if isinstance(question, OrderQuestion):
        slips = (order for order in orders(one) if order not in one.misconceptions)
        answers = [one.values, one.values[::-1], *one.misconceptions, *slips]
        known = [{"values": values, **said(assess_values(one, values))} for values in answers]
        return {**data, "known": known, "right": one.values}
    rounding = question.rounding
    data |= {
        "digits": rounding.digits,
        "decimals": rounding.decimals,
        "units": question.units(given),
        "candidates": [_candidate(one, found.values, found.steps) for found in one.candidates],
        "close": {"label": Outcome.CLOSE.label, "mark": Outcome.CLOSE.mark, "outcome": "close",
                  "misconception": "", "html": html(close_sentence(rounding))},
        "reveals": question.reveals,
        "names": _names(one),
        "slips": [] if question.reveals else _slips(one),
        "slip": {"label": Outcome.SLIP.label, "mark": Outcome.SLIP.mark, "outcome": "slip",
                 "misconception": ""},
    }  # fmt: skip
    return data


def _names(one: Task) -> list[str]:
    return one.question.names(one.given) if isinstance(one.question, TableQuestion) else []


def _slips(one: Task) -> list[list[Value]]:
    """How likely each slip is, its words, and what comes out: one number, or an object by place."""
    rows: list[list[Value]] = []
    for slip in listed(one):
        told = {
            str(place): _short(value)
            for place, value in enumerate(slip.values)
            if value is not None
        }
        whole = len(told) == len(slip.values)
        rows.append([slip.likely, slip.mistake, [*told.values()] if whole else told])
    return rows


def _short(value: float) -> float | int:
    return int(value) if value == int(value) and abs(value) < 1e12 else value


def _candidate(one: Task, values: Sequence[float], steps: Sequence[float]) -> Json:
    return {"values": values, "steps": steps, **said(assess_values(one, tuple(values)))}


def said(verdict: Verdict) -> Json:
    """Return a verdict as the page shows it: its outcome, its heading and its words."""
    return {
        "outcome": verdict.outcome.value,
        "misconception": verdict.misconception,
        "label": verdict.label,
        "mark": verdict.outcome.mark,
        "html": html(verdict.text.replace(f'\n\nNext: `hint("{verdict.name}")`.', "")),
    }
