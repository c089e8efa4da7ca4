"""Exercises of lesson 02 that ask why or what would change, and how far two votes stand apart."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from dtao_edu.measures.concentration import shares
from dtao_edu.measures.distance import l1, largest_error, moved
from dtao_edu.measures.power import banzhaf
from dtao_edu.practice.bank.real_data import coalition
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion, Option, choice
from dtao_edu.practice.text import show
from dtao_edu.studies.coalition_vote import coalition_vote, stake_to_stop


def _three(draw: Draw) -> Mapping[str, Any]:
    """Draw three voters of whom any two win."""
    small = draw.whole(2, 12)
    first = draw.whole(51 - small, 49)
    return {"first": first, "second": 100 - first - small, "small": small}


@cache
def _power(first: int, second: int, small: int) -> tuple[float, ...]:
    return tuple(banzhaf([first, second, small], 51))


def _of(g: Given) -> tuple[float, ...]:
    return _power(g.first, g.second, g.small)


def _tip(g: Given) -> str:
    return (
        f"Write down who wins: {g.first} and {g.small} make {g.first + g.small}, and {g.second} "
        f"and {g.small} make {g.second + g.small}. Without the third, both fall below 51."
    )


POWER = Exercise(
    id="02.6",
    title="The power of a small voter",
    question=choice(
        same=Option("As often as each of the others.", lambda g: max(_of(g)) - min(_of(g)) < 0.01),
        part=Option(
            "In {small} % of the cases, like its part of the votes.",
            lambda g: abs(_of(g)[2] - g.small / 100) < 0.01,
            "power is the part of the votes",
            lambda g, answer: _tip(g),
        ),
        never=Option(
            "Never: two others are far larger.",
            lambda g: _of(g)[2] == 0,
            "small voters decide nothing",
            lambda g, answer: _tip(g) + " So it decides in some cases.",
        ),
        less=Option(
            "More often than its part of the votes, but less often than the others.",
            lambda g: g.small / 100 + 0.01 < _of(g)[2] < min(_of(g)[:2]) - 0.01,
            "more votes must mean more power",
            lambda g, answer: (
                _tip(g) + f" And {g.first} alone, does it win with nobody? Does {g.second}?"
            ),
        ),
    ),
    objective="tell voting power from a part of the votes",
    needs=("Banzhaf power", "stake"),
    why=True,
    draw=_three,
    text="Three voters hold {first}, {second} and {small} of 100 votes; 51 win. Of all cases in "
    "which somebody turns a loss into a win: how often is it the one with {small}?",
    hints=(
        "List the groups that win. For each: who could leave so that it loses?",
        "`measures.banzhaf([...], 51)` counts all of them.",
    ),
    solution="Any two of the three win, and no one wins alone. So every one of them is needed in "
    "the same number of cases: {answer}",
    code="""
from dtao_edu import measures
power = measures.banzhaf([g.first, g.second, g.small], 51)
alike = max(power) - min(power) < 0.01
answer = "As often as each of the others." if alike else "Never: two others are far larger."
""",
    further="With 50, 49 and 1 it would be different: there the largest is in every winning group.",
)


@cache
def _stop(count: int, netuid: int, part: int) -> tuple[float, float, float]:
    """Give what must leave, the coalition's stake and what it moves, for a real vote."""
    network, places, _ = coalition(count)
    stake = float(sum(network.stakes[place] for place in places))
    return (
        float(stake_to_stop(network, places, netuid, part / 100)),
        stake,
        float(coalition_vote(network, places, netuid).moved),
    )


def _numbers(g: Given) -> tuple[float, float, float]:
    return _stop(g.count, g.netuid, g.part)


@cache
def _still(count: int, netuid: int, leaving: float) -> float:
    network, places, _ = coalition(count)
    return 100 * float(coalition_vote(network, places, netuid, leaving=leaving).moved)


def _tried(g: Given, answer: float) -> str:
    """Tell what the coalition still moves if as much leaves as was answered."""
    stake = _numbers(g)[1]
    if not 0 <= answer < stake:
        return f"The coalition has {show(stake, 4)} TAO."
    return (
        f"If {show(answer, 4)} TAO leave, the coalition still moves "
        f"{show(_still(g.count, g.netuid, answer / stake), 3)} % of all emission, with subnet "
        f"{g.netuid} as its target. Asked were {g.part} %."
    )


STOP = Exercise(
    id="02.7",
    title="How much must leave",
    question=NumberQuestion("TAO", digits=3),
    objective="say what delegators would have to do against a coalition",
    needs=("coalition", "delegator", "stake"),
    real=True,
    why=True,
    draw=lambda draw: {
        "count": draw.whole(4, 5),
        "netuid": draw.whole(1, 54),
        "part": draw.whole(30, 50, 5),
    },
    text=lambda g: (
        f"On 24 November 2024 the {g.count} largest of the 64 root validators held "
        f"{show(_numbers(g)[1], 5)} TAO. All their weight on subnet {g.netuid} would have moved "
        f"{show(100 * _numbers(g)[2], 3)} % of all emission. How much of their stake must "
        f"delegators move to the other validators, by the stake these have, so that it is no more "
        f"than {g.part} %?"
    ),
    right=lambda g: _numbers(g)[0],
    misconceptions=(
        Misconception(
            "stake and emission in the same proportion",
            lambda g: _numbers(g)[1] * (1 - g.part / 100 / _numbers(g)[2]),
            lambda g, answer: (
                "You reckoned as if a tenth less stake moved a tenth less emission. " + _tried(
                    g, answer)
            ),
        ),
        Misconception(
            "the coalition's part of stake brought down to the part of emission",
            lambda g: _numbers(g)[1] - g.part / 100 * sum(coalition(1).network.stakes),
            lambda g, answer: (
                f"You let them keep {g.part} % of all stake. " + _tried(g, answer)
            ),
        ),
        Misconception(
            "all of their delegators",
            lambda g: _numbers(g)[1],
            lambda g, answer: (
                f"If all {show(answer, 5)} TAO leave, the coalition moves nothing at all. It was "
                f"asked when it moves {g.part} %."
            ),
        ),
    ),
    consequence=_tried,
    hints=(
        "There is no formula to turn round: try some amounts, or let the playground try them.",
        "`studies.stake_to_stop(network, count, netuid, part)` finds it, `part` being the emission "
        "they may still move, from 0 to 1; the network is "
        "`ledger.root_vote(\"2024-11-24\").network()`, and a count means the largest.",
    ),
    solution="Found by trying amounts between nothing and all, halving the range each time: "
    "{answer}.",
    code="""
from dtao_edu import ledger, studies
network = ledger.root_vote("2024-11-24").network()
answer = studies.stake_to_stop(network, g.count, g.netuid, g.part / 100)""",
    further="It is thousands of people like Hana, all on one day, and nobody pays them for it.",
)  # fmt: skip


def _ballots(draw: Draw) -> Mapping[str, Any]:
    size = draw.whole(3, 5)
    return {name: [draw.whole(5, 95, 5) for _ in range(size)] for name in ("first", "second")}


def _apart(g: Given, call: Any) -> float:
    return 100 * float(call(shares(g.first), shares(g.second)))


APART = Exercise(
    id="02.8",
    title="Two ballots, how far apart",
    question=NumberQuestion("%", digits=4),
    objective="measure how far two validators' votes stand apart",
    needs=("weight", "validator"),
    draw=_ballots,
    text="Two validators write these weights for the same subnets:\n\n- the first: {first}\n"
    "- the second: {second}\n\nHow far do their votes stand apart, in percent? It is 0 % for the "
    "same vote, and 100 % for votes without a common subnet.",
    right=lambda g: _apart(g, moved),
    misconceptions=(
        Misconception(
            "every difference counted at both ends",
            lambda g: _apart(g, l1),
            lambda g, answer: (
                f"What the first gives more to one subnet, of its {len(g.first)}, it gives less to "
                "others; you counted both. Votes without a common subnet would be 200 % apart, and "
                f"you have {show(answer, 4)} %."
            ),
        ),
        Misconception(
            "the largest difference alone",
            lambda g: _apart(g, largest_error),
            lambda g, answer: (
                f"{show(answer, 4)} % is the difference at one subnet; there are "
                f"{len(g.first)} of them."
            ),
        ),
        Misconception(
            "weights not scaled to sum 1",
            lambda g: float(moved(g.first, g.second)),
            lambda g, answer: (
                f"The rows sum to {sum(g.first)} and {sum(g.second)}. Were the first written twice "
                "as large, it would be the same vote, and your figure would change."
            ),
        ),
        Misconception(
            "weights not scaled, and counted at both ends",
            lambda g: float(l1(g.first, g.second)),
            lambda g, answer: (
                f"Your differences, {show(answer)} in all, are of the numbers as they were "
                f"written. Were both rows written ten times as large, they would be the same two "
                f"votes, and you would have {show(10 * answer)}."
            ),
        ),
        Misconception(
            "what they share, not what parts them",
            lambda g: 100 - _apart(g, moved),
            lambda g, answer: (
                f"Two equal votes would be 100 % apart by this; yours is {show(answer, 4)} % for "
                f"{len(g.first)} subnets."
            ),
        ),
    ),
    hints=(
        "Each row first becomes parts of its own sum.",
        "Add the differences without their signs. What one gets more, others get less: take half.",
    ),
    solution="Rows divided by their sums; half of the sum of all differences: {answer}.",
    code="""
first = [weight / sum(g.first) for weight in g.first]
second = [weight / sum(g.second) for weight in g.second]
answer = 100 * sum(abs(a - b) for a, b in zip(first, second)) / 2""",
    further="A small number says that two votes are alike. Whether both looked or one copied, it "
    "does not say.",
)

EXERCISES = (POWER, STOP, APART)
