"""How many wrong answers the checker names rightly: python -m benchmarks.naming [SEATS]

Printed are, over twenty seats each: of the wrong answers that readers of version 0.1 gave and that
it did not know, how many are named in fitting words, with every idea and by the generated slips
alone; of ideas and slips that are planted, how many names come back that are another's; and of
random wrong numbers between half and double of the right ones, how many are named at all, given in
full and rounded as asked. Exercises whose answer takes long to work out (02.7, 11.3, 13.3) are left
out of the random numbers.
"""

from __future__ import annotations

import math
import random
import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from benchmarks.wrong_answers import WRONG
from dtao_edu import Pool
from dtao_edu.engine import formulas
from dtao_edu.engine.emission import MOVING_ALPHA
from dtao_edu.practice import bank
from dtao_edu.practice.assess import assess, assess_values, is_right
from dtao_edu.practice.checking.verdict import Outcome
from dtao_edu.practice.exercise.exercise import Exercise, task
from dtao_edu.practice.misconceptions.days import day
from dtao_edu.practice.slips.generate import slips as slips_of
from dtao_edu.practice.slips.match import explain, sentence
from dtao_edu.practice.slips.misread import misread

KAPPA, R = 32767 / 65535, 33 / 65535
SLOW = ("02.7", "11.3", "13.3")
PLANTED = 5  # seats for which ideas and slips are planted
UNNAMED = (Outcome.WRONG, Outcome.CLOSE, Outcome.RIGHT)


def parts(numbers: list[float]) -> list[float]:
    """Divide by the sum."""
    return [number / sum(numbers) for number in numbers]


NAMES: dict[str, Any] = {
    "Pool": Pool,
    "exp": math.exp,
    "sqrt": math.sqrt,
    "KAPPA": KAPPA,
    "R": R,
    "MOVING_ALPHA": MOVING_ALPHA,
    "shares": parts,
    "got": lambda g, tao=None: Pool(g.tao_in, g.alpha_in).stake(tao or g.tao).received,
    "ideal": lambda g: g.tao * g.alpha_in / g.tao_in,
    "consensus": lambda trust: formulas.consensus(trust, 10, KAPPA),
    "price_then": lambda g: Pool(g.tao_in, g.alpha_in).stake(g.tao).after.price,
    "effective": lambda g: 1 / sum(part * part for part in parts(g.stakes)),
    "day_spot": lambda g: day(g.date).spot[g.netuid].predicted,
}


class Named(NamedTuple):
    """Of wrong answers: how many were given, named, and named in words that fit."""

    given: int
    named: int
    fitting: int

    def __str__(self) -> str:
        rightly, other = self.fitting / self.given, 1 - self.fitting / max(self.named, 1)
        return (
            f"{100 * rightly:.1f} % of {self.given} named rightly; of the names given "
            f"{100 * other:.1f} % name something else"
        )


def readers(seats: list[str]) -> tuple[Named, Named, list[str]]:
    """Count the readers' wrong answers that are named, with all ideas and by slips alone.

    What is right for a seat by chance is no wrong answer and is left out. The last list holds what
    is not named rightly for every seat.
    """
    whole, alone, missed = [0, 0, 0], [0, 0, 0], []
    for name, expression, words in WRONG:
        fit = tried = 0
        for seat in seats:
            one = task(bank.find(name), seat)
            right = one.values[0] if len(one.values) == 1 else list(one.values)
            answer = eval(expression, {**NAMES, "g": one.given, "right": right})
            verdict = assess(one, answer)
            if verdict.outcome is Outcome.RIGHT:
                continue
            tried += 1
            named = verdict.outcome not in UNNAMED
            fits = named and fitting(words, f"{verdict.misconception} {verdict.text}")
            slips = explain(one, verdict.values) if verdict.values else []
            if not slips and one.question.coded:
                slips = [misread(one, answer, lambda values, one=one: is_right(one, values))]
            slips = [slip for slip in slips if slip]
            for counted, is_named, is_fitting in (
                (whole, named, fits),
                (alone, bool(slips), bool(slips) and fitting(words, sentence(slips))),
            ):
                counted[0] += 1
                counted[1] += is_named
                counted[2] += is_fitting
            fit += fits
        if fit < tried:
            missed.append(f"{name}  {expression[:70]}  ({fit} of {tried})")
    return Named(*whole), Named(*alone), missed


def fitting(words: str, told: str) -> bool:
    """Tell whether what was said holds one of the words that fit."""
    return bool(re.search(words, told.lower()))


def planted(seats: list[str], each: int = 4) -> Named:
    """Plant known ideas and slips, rounded as asked, and count which names come back.

    Fitting is the planted one, or another that leads to the very same value.
    """
    draw, given, named, fit = random.Random(9), 0, 0, 0
    for one, exercise in ((task(one, seat), one) for one in numeric() for seat in seats):
        ideas = [
            (one.exercise.misconceptions[found.misconception].name, tuple(found.values))
            for found in one.candidates
            if found.misconception >= 0 and found.factor is None
        ]
        made = [
            slip for slip in slips_of(one).of(0) if None not in slip.values and any(slip.values)
        ]
        slips = [(slip.mistake, slip.values) for slip in made]
        for name, values in (*ideas, *draw.sample(slips, min(each, len(slips)))):
            rounded = tuple(as_asked(exercise, float(value or 0)) for value in values)
            verdict = assess_values(one, rounded)
            if verdict.outcome in (Outcome.RIGHT, Outcome.FACTOR):
                continue  # it cannot be told from a right one
            told = {verdict.misconception, *verdict.slips} - {""}
            alike = {other for other, its in (*ideas, *slips) if same(its, values)}
            given += 1
            named += bool(told)
            fit += bool(told & (alike | {name}))
    return Named(given, named, fit)


def same(one: tuple[float | None, ...], other: tuple[float | None, ...]) -> bool:
    """Tell whether two slips lead to the very same values."""
    pairs = zip(one, other, strict=True)
    return all(a == b or (a and b and math.isclose(a, b, rel_tol=1e-9)) for a, b in pairs)


def numeric() -> Iterator[Exercise]:
    """Yield the exercises that ask for numbers and do not show the answer at once."""
    for lesson in bank.lessons():
        for exercise in bank.exercises(lesson):
            question = exercise.question
            if question.numeric and not (question.reveals or question.coded):
                yield exercise


def as_asked(exercise: Exercise, value: float) -> float:
    """Round a number as an exercise asks."""
    rounding = exercise.question.rounding
    if rounding.decimals is not None:
        return round(value, rounding.decimals)
    return float(f"{value:.{rounding.digits - 1}e}")


def at_random(seats: list[str], rounded: bool) -> tuple[int, int]:
    """Count the random wrong numbers that are named, of all."""
    draw, named, tried = random.Random(7), 0, 0
    for exercise in numeric():
        if exercise.id in SLOW:
            continue
        for seat in seats:
            one = task(exercise, seat)
            if all(value == round(value) for value in one.values):
                continue  # whole things are counted apart
            for _ in range(5):
                values = [value * draw.uniform(0.5, 2) for value in one.values]
                if rounded:
                    values = [as_asked(exercise, value) for value in values]
                named += assess_values(one, tuple(values)).outcome not in UNNAMED
                tried += 1
    return named, tried


def report(seats: list[str]) -> bool:
    """Measure, print, and tell whether every bar is met."""
    whole, alone, missed = readers(seats)
    print(f"readers' wrong answers, {len(seats)} seats, every idea:   {whole}")
    print(f"readers' wrong answers, {len(seats)} seats, slips alone:  {alone}")
    print("not, or not for every seat:", *missed, sep="\n  ")
    back = planted(seats[:PLANTED])
    print(f"ideas and slips planted, {len(seats[:PLANTED])} seats, rounded as asked: {back}")
    worst = 0.0
    for rounded in (False, True):
        found, tried = at_random(seats, rounded)
        worst = max(worst, found / tried)
        how = "rounded as asked" if rounded else "in full"
        print(f"random wrong numbers named, {how}: {100 * found / tried:.2f} % of {tried}")
    bars = (
        (whole.fitting >= 0.9 * whole.given, "readers' answers named"),
        (back.named - back.fitting <= 0.02 * back.named, "another idea named"),
        (worst <= 0.03, "random numbers named"),
    )
    print("bars missed:", ", ".join(name for met, name in bars if not met) or "none")
    return all(met for met, _ in bars)


def main(arguments: list[str]) -> int:
    """Measure and print; the exit status is 1 if a bar is missed."""
    return int(not report([f"seat {n}" for n in range(int(arguments[0]) if arguments else 20)]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
