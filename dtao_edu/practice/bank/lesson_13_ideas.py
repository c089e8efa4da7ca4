"""Exercises 13.3 and 13.4: what a rival's figures say, and what a range allows.

The first versions asked for the result of a call.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dtao_edu.practice.bank.lesson_13_rivals import BETTER, RIVAL
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion
from dtao_edu.practice.misconceptions.days import DAYS_TO_EXPLAIN, PROJECT_DAYS, by_rival, day
from dtao_edu.practice.text import show
from dtao_edu.studies.paid_days.errors import Clue, day_clues
from dtao_edu.studies.paid_days.noise import NearerDays, explained

_WEEK = tuple(f"2025-09-{day}" for day in range(14, 21))
_TESTED = 7
_TRIED = (
    (0.00025, 100_800), (0.00027, 129_600), (0.00027, 151_200), (0.00035, 129_600),
    (0.00035, 151_200), (0.00035, 201_600), (0.0004, 201_600), (0.0004, 302_400),
    (0.00045, 201_600), (0.00045, 302_400),
)  # fmt: skip
"""Constants that are nearer on most days of that week, and on some of the others."""


def _draw_decided(draw: Draw) -> dict[str, Any]:
    date = draw.once(DAYS_TO_EXPLAIN, "lesson 13")
    others = draw.sample([one for one in PROJECT_DAYS if one != date], _TESTED - 1)
    alpha, halving = draw.pick(_TRIED)
    return {
        "date": date,
        "alpha": alpha,
        "halving": halving,
        "chose": list(_WEEK),
        "tested": sorted([date, *others]),
    }


def _against(g: Given, dates: Sequence[str]) -> NearerDays:
    """Hold the rival against the rule of the lesson."""
    days = {date: (by_rival(date, g.alpha, g.halving).l1, day(date).moving.l1) for date in dates}
    return NearerDays(sum(mine < other for mine, other in days.values()), days)


def _decided_text(g: Given) -> str:
    found = _against(g, [*g.chose, *g.tested]).days
    rows = "\n".join(
        f"| {date} | {told:.6f} | {rival:.6f} |" for date, (rival, told) in found.items()
    )
    return (
        f"Somebody tried many constants on the days up to {g.chose[-1]} and kept {g.alpha} with "
        f"H = {g.halving:,} blocks. Beside 0.0003 and 201,600 blocks, the L1 distances from what "
        f"was paid are:\n\n| day | 0.0003 | the rival |\n|---|---|---|\n{rows}\n\n"
        "Look at the days that can decide between the two. By how much is the rival's distance "
        "larger on them, in the median of the differences? (A minus if it is smaller.)"
    )


DECIDED = RIVAL.renewed(
    title="A rival, and the days that decide",
    question=NumberQuestion("", digits=3),
    objective="test a rule on days that did not choose it",
    needs=("L1 distance", "smoothing constant", "warm-up"),
    draw=_draw_decided,
    text=_decided_text,
    right=lambda g: _against(g, g.tested).farther_by,
    misconceptions=(
        Misconception(
            "the days that chose it counted, too",
            lambda g: _against(g, [*g.chose, *g.tested]).farther_by,
            lambda g, answer: (
                f"You took all {len(g.chose) + len(g.tested)} days. {g.alpha} was kept because it "
                "fitted some of them: would constants that did not fit have been kept?"
            ),
        ),
        Misconception(
            "the days that chose it alone",
            lambda g: _against(g, g.chose).farther_by,
            lambda g, answer: (
                f"Those are the days up to {g.chose[-1]}. They chose {g.alpha}, so that it does "
                "well there says little."
            ),
        ),
        Misconception(
            "the rule of the lesson taken for the rival",
            lambda g: -_against(g, g.tested).farther_by,
            lambda g, answer: (
                f"On {g.tested[0]}: is the distance of {g.alpha} larger or smaller? Larger has no "
                "minus."
            ),
        ),
    ),
    consequence=lambda g, answer: (
        f"{show(answer, 3)}: look at {g.tested[0]} first. By how much is the last column larger "
        "there, and on which other days may the rival be judged?"
    ),
    hints=(
        "Who chose the rival, and on which days?",
        f"{_TESTED} days are left. Take the last column less the one before, order the "
        "differences, and take the one in the middle.",
    ),
    solution="The days that chose the rival cannot speak for it. On the others its distance less "
    "that of the lesson's rule is, in the median, {answer}.",
    code="""
differences = []
for date in g.tested:
    rival = studies.predict_day(date, alpha=g.alpha, halving=g.halving)
    mine, told = (studies.day_errors(date, rule).l1 for rule in (rival, studies.predict_day(date)))
    differences.append(mine - told)
answer = sorted(differences)[len(differences) // 2]""",
    further=lambda g: (
        f"It is nearer on {_against(g, g.tested).nearer} of these {_TESTED} days. Days "
        "in a row are alike, so they are fewer than they look."
    ),
)


def _draw_explained(draw: Draw) -> dict[str, Any]:
    date = draw.once(DAYS_TO_EXPLAIN, "lesson 13")
    largest = [clue for clue in day_clues(date, day(date).moving.top(16)) if clue.before]
    return {"date": date, "netuids": draw.sample([clue.netuid for clue in largest], 6)}


def _clues(g: Given) -> tuple[Clue, ...]:
    return tuple(day_clues(g.date, g.netuids))


def _part(g: Given, netuids: Sequence[int]) -> float:
    return 100 * day(g.date).moving.l1_over(netuids) / day(g.date).moving.l1_over(g.netuids)


def _between_midnights(g: Given) -> list[int]:
    ends = {clue.netuid: sorted((clue.before or 0.0, clue.after or 0.0)) for clue in _clues(g)}
    return [c.netuid for c in _clues(g) if ends[c.netuid][0] <= c.implied <= ends[c.netuid][1]]


def _explained_text(g: Given) -> str:
    rows = "\n".join(
        f"| {c.netuid} | {day(g.date).moving[c.netuid].tao_a_day:+.3f} | {c.before:.5f} | "
        f"{c.after:.5f} | {c.low:.5f} | {c.high:.5f} | {c.implied:.5f} |"
        for c in _clues(g)
    )
    return (
        f"Six subnets of {g.date}: by how much each was paid more (minus: less) than the moving "
        "price says, the spot prices of the midnights around, the least and the greatest moving "
        "price that these allow, and the one that the payment implies:\n\n"
        "| subnet | off, TAO a day | before | after | least | greatest | implied |\n"
        f"|---|---|---|---|---|---|---|\n{rows}\n\n"
        "Add up the six errors without their signs. How many percent of this sum can the hour at "
        "which prices moved explain?"
    )


EXPLAINED = BETTER.renewed(
    title="What the hour can explain",
    question=NumberQuestion("%", digits=3),
    objective="say which part of an error an explanation can cover",
    needs=("L1 distance", "moving price"),
    draw=_draw_explained,
    text=_explained_text,
    right=lambda g: 100 * explained(_clues(g), day(g.date).moving),
    misconceptions=(
        Misconception(
            "those outside counted",
            lambda g: 100 * (1 - explained(_clues(g), day(g.date).moving)),
            lambda g, answer: (
                f"You added those whose implied price lies beyond the least or the greatest, "
                f"{_outside(g)}. Could any hour of {g.date} bring the moving price there?"
            ),
        ),
        Misconception(
            "subnets counted in place of their errors",
            lambda g: 100 * sum(clue.inside for clue in _clues(g)) / len(g.netuids),
            lambda g, answer: (
                f"You counted subnets. Subnet {_ends(g)[0]}, the farthest off, weighs as much "
                f"there as subnet {_ends(g)[1]}, the nearest."
            ),
        ),
        Misconception(
            "held against the spot prices around",
            lambda g: _part(g, _between_midnights(g)),
            lambda g, answer: (
                f"You asked whether the implied price lies between the two midnights of {g.date}. "
                "Those are spot prices; the moving price runs behind, and its range is in the next "
                f"columns. Look at subnet {_differs(g)}."
            ),
        ),
    ),
    consequence=lambda g, answer: (
        "A part of a sum lies between 0 and 100 percent."
        if not 0 <= answer <= 100
        else f"The six errors add up to {show(_sum(g), 4)} TAO a day; {show(answer, 3)} percent of "
        f"that are {show(answer * _sum(g) / 100, 3)} TAO. Which subnets are those?"
    ),
    hints=(
        "For each subnet: does the implied moving price lie between the least and the greatest?",
        "Add the errors of those that do, without signs, and divide by the sum of all six.",
    ),
    solution="The hour can explain an error only where the implied moving price lies between the "
    "least and the greatest. Their errors over all six, in percent: {answer}.",
    code="""
errors = studies.day_errors(g.date, studies.predict_day(g.date))
inside = [clue.netuid for clue in studies.day_clues(g.date, g.netuids) if clue.inside]
answer = 100 * errors.l1_over(inside) / errors.l1_over(g.netuids)""",
    further="Inside means possible, not proved: the hour is not in the table.",
)


def _outside(g: Given) -> str:
    return ", ".join(str(clue.netuid) for clue in _clues(g) if not clue.inside) or "none"


def _ends(g: Given) -> tuple[int, int]:
    """Return the subnets with the largest and with the smallest error."""
    ordered = sorted(g.netuids, key=lambda netuid: -abs(day(g.date).moving[netuid].error))
    return ordered[0], ordered[-1]


def _differs(g: Given) -> int:
    """Return a subnet which the midnights and the range of the moving price judge differently."""
    between = set(_between_midnights(g))
    return next(c.netuid for c in _clues(g) if c.inside != (c.netuid in between))


def _sum(g: Given) -> float:
    return sum(abs(day(g.date).moving[netuid].tao_a_day) for netuid in g.netuids)
