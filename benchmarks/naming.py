"""How many wrong answers the checker names rightly: python -m benchmarks.naming [SEATS]

Printed are, over twenty seats each: of the wrong answers that readers of version 0.1 gave and that
it did not know, how many are named in fitting words; and of random wrong numbers between half and
double of the right ones, how many are named at all, given in full and rounded as asked. Exercises
whose answer takes long to work out (02.7, 11.3, 13.3) are left out of the random numbers.
"""

from __future__ import annotations

import math
import random
import re
import sys
from typing import Any

from benchmarks.wrong_answers import WRONG
from dtao_edu import Pool
from dtao_edu.engine import formulas
from dtao_edu.engine.emission import MOVING_ALPHA
from dtao_edu.practice import bank
from dtao_edu.practice.assess import assess, assess_values
from dtao_edu.practice.checking.verdict import Outcome
from dtao_edu.practice.exercise.exercise import task
from dtao_edu.practice.misconceptions.days import day

KAPPA, R = 32767 / 65535, 33 / 65535
SLOW = ("02.7", "11.3", "13.3")
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


def readers(seats: list[str]) -> tuple[int, int, list[str]]:
    """Count the readers' wrong answers named in fitting words, of all; and list the others."""
    named, missed = 0, []
    for name, expression, words in WRONG:
        fit = 0
        for seat in seats:
            one = task(bank.find(name), seat)
            right = one.values[0] if len(one.values) == 1 else list(one.values)
            verdict = assess(one, eval(expression, {**NAMES, "g": one.given, "right": right}))
            told = f"{verdict.misconception} {verdict.text}".lower()
            fit += verdict.outcome not in UNNAMED and bool(re.search(words, told))
        named += fit
        if fit < len(seats):
            missed.append(f"{name}  {expression[:70]}  ({fit} of {len(seats)})")
    return named, len(WRONG) * len(seats), missed


def at_random(seats: list[str], rounded: bool) -> tuple[int, int]:
    """Count the random wrong numbers that are named, of all."""
    draw, named, tried = random.Random(7), 0, 0
    for lesson in bank.lessons():
        for exercise in bank.exercises(lesson):
            question = exercise.question
            if not question.numeric or question.reveals or question.coded or exercise.id in SLOW:
                continue
            digits, places = question.rounding.digits, question.rounding.decimals
            for seat in seats:
                one = task(exercise, seat)
                if all(value == round(value) for value in one.values):
                    continue  # whole things are counted apart
                for _ in range(5):
                    values = [value * draw.uniform(0.5, 2) for value in one.values]
                    if rounded and places is not None:
                        values = [round(value, places) for value in values]
                    elif rounded:
                        values = [float(f"{value:.{digits - 1}e}") for value in values]
                    named += assess_values(one, tuple(values)).outcome not in UNNAMED
                    tried += 1
    return named, tried


def main(arguments: list[str]) -> int:
    """Measure and print; the exit status is 1 if a bar is missed."""
    seats = [f"seat {number}" for number in range(int(arguments[0]) if arguments else 20)]
    named, of_all, missed = readers(seats)
    print(
        f"readers' wrong answers named in fitting words: {100 * named / of_all:.1f} % of {of_all}"
    )
    print("not, or not for every seat:", *missed, sep="\n  ")
    worst = 0.0
    for rounded in (False, True):
        found, tried = at_random(seats, rounded)
        worst = max(worst, found / tried)
        how = "rounded as asked" if rounded else "in full"
        print(f"random wrong numbers named, {how}: {100 * found / tried:.2f} % of {tried}")
    return int(named < 0.9 * of_all or worst > 0.03)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
