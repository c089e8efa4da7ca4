"""No message gives the answer away: neither the number, nor two from which one step makes it.

Every exercise, for many seats, or a sample of them: what is said to each known idea, to slips, to
numbers that nobody foresaw (nothing, what is left, halves and doubles), and in every hint.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest

from dtao_edu.practice import bank
from dtao_edu.practice.assess import assess_values
from dtao_edu.practice.checking.verdict import Outcome
from dtao_edu.practice.exercise.exercise import Exercise, Task, task
from dtao_edu.practice.slips.generate import slips
from tests.helpers.walks import sample

pytestmark = pytest.mark.whole
SEATS = sample([f"seat {number}" for number in range(200)], 40)
TRIED = len(SEATS) // 10
"""Seats for which unknown numbers are tried: each is looked for among hundreds of slips."""
NUMERIC = [
    one
    for lesson in bank.lessons()
    for one in bank.exercises(lesson)
    if one.question.numeric and not one.question.reveals
]
SLOW = {"02.7", "11.3", "11.4", "13.3", "13.4", "02.5", "11.1"}
"""Unknown numbers are tried for fewer seats: they have the most slips."""

NUMBER = re.compile(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?")


def numbers(text: str) -> list[float]:
    return [float(found.replace(",", "").rstrip(".")) for found in NUMBER.findall(text)]


def unknown(one: Task) -> Iterator[tuple[float, ...]]:
    """Wrong answers that nobody wrote down."""
    draw = random.Random(one.seed)
    yield tuple(0.0 for _ in one.values)
    yield tuple(value * draw.uniform(0.5, 2) for value in one.values)
    if len(one.values) == 1:
        for name in one.given:
            given = one.given[name]
            if isinstance(given, int | float) and given != one.values[0]:
                yield (given - one.values[0],)


def of_slips(one: Task) -> Iterator[tuple[float, ...]]:
    """What some of the slips lead to that nobody wrote down; right where a slip says nothing."""
    found = slips(one).of(0)
    if len(one.layout.cases) > 1:
        return  # a slip of one case alone is no answer to all of them
    for slip in random.Random(one.seed).sample(found, min(6, len(found))):
        pairs = zip(slip.values, one.values, strict=True)
        values = tuple(right if value is None else value for value, right in pairs)
        if all(math.isfinite(float(value)) for value in values):
            yield tuple(map(float, values))


def told(one: Task, values: tuple[Any, ...]) -> str:
    verdict = assess_values(one, values)
    return "" if verdict.outcome is Outcome.RIGHT else verdict.text


def stated(one: Task) -> list[float]:
    """The numbers that a learner has already: those of the question."""
    return [*numbers(one.text()), *numbers(repr(one.layout.cases))]


def given_away(text: str, one: Task, asked: list[float], answer: tuple[Any, ...]) -> str:
    """Say what of a message makes a right value; empty if nothing does."""
    place = 0
    for case, size in enumerate(one.layout.sizes):
        rights = one.values[place : place + size]
        place += size
        if case:
            break
        known = [*asked, *map(float, answer)]
        alien = {
            number
            for number in numbers(text)
            if not any(abs(number - other) <= 6e-4 * abs(other) for other in known)
            and not (number == int(number) and abs(number) <= 20)
        }
        for right in rights:
            if any(abs(right - other) <= 1e-9 * abs(right) for other in known) or right == 0:
                continue  # it stands in the question or in the answer itself
            step = one.question.rounding.step(right)
            for number in alien:
                if abs(number - right) <= step:
                    return f"{number} is the answer {right}"
            for a, b in permutations(alien, 2):
                made = {"+": a + b, "-": a - b, "*": a * b, "/": a / b if b else 0.0}
                made["* %"] = a * b / 100
                for how, value in made.items():
                    if abs(value - right) <= 0.5 * step:
                        return f"{a} {how} {b} is the answer {right}"
    return ""


@pytest.mark.parametrize("exercise", NUMERIC, ids=lambda one: one.id)
def test_no_message_gives_the_answer_away(exercise: Exercise) -> None:
    often: dict[str, int] = {}
    for place, seat in enumerate(SEATS):
        one = task(exercise, seat)
        asked = stated(one)
        answers = [*one.misconceptions]
        if place < (2 if exercise.id in SLOW else TRIED):
            answers += unknown(one)
            answers += of_slips(one)
        texts = [(told(one, values), values) for values in answers]
        texts += [(one.fill(hint), ()) for hint in exercise.hints]
        for text, values in texts:
            found = given_away(text, one, asked, values)
            if found:
                often[re.sub(r"-?[\d.,]+(?:e-?\d+)?", "#", text)[:300]] = (
                    often.get(re.sub(r"-?[\d.,]+(?:e-?\d+)?", "#", text)[:300], 0) + 1
                )
    # Two numbers of three digits make a third by chance in a few of a thousand texts.
    by_chance = max(2, len(SEATS) // 25)
    assert not {text: count for text, count in often.items() if count > by_chance}, often
