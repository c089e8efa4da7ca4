"""Exercises of lesson 11 about attacks on the vote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dtao_edu.engine import formulas
from dtao_edu.engine.root import RootNetwork
from dtao_edu.measures.distance import moved
from dtao_edu.practice.bank.real_data import coalition
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion, TableQuestion
from dtao_edu.practice.misconceptions import votes
from dtao_edu.practice.text import show
from dtao_edu.studies import attacks

_NETUIDS = (1, 2, 3, 4)


def _four(draw: Draw) -> Mapping[str, Any]:
    stakes = [draw.whole(50, 900, 10) for _ in range(4)]
    weights = [[0, *(draw.pick((0, 0, 10, 30, 60)) for _ in range(3))] for _ in stakes]
    for row in weights:
        row[draw.whole(1, 3)] = draw.whole(20, 90, 10)
    return {"stakes": stakes, "weights": weights, "netuids": list(_NETUIDS), "netuid": 1}


def _attacked(g: Given) -> attacks.Attack:
    return attacks.on_one(votes.vote(g), [0], 1, "self-vote")


def _by_rank(g: Given) -> list[float]:
    before, after = votes.vote(g).ranks(), _all_on_one(g).ranks()
    return [100 * float(moved(before, after)), 100 * float(after[0] - before[0])]


def _all_on_one(g: Given) -> RootNetwork:
    return votes.vote(g).all_on([0], 1)


def _who_wins(g: Given) -> str:
    before, after = votes.vote(g).emission_shares(), _all_on_one(g).emission_shares()
    others = range(1, len(_NETUIDS))
    most = max(others, key=lambda place: abs(float(after[place] - before[place])))
    way = "rises" if after[most] > before[most] else "falls"
    return f"Subnet {_NETUIDS[most]} {way} from {show(100 * before[most], 4)} %."


ARRIVES = Exercise(
    id="11.4",
    title="Moved, and arrived",
    question=TableQuestion(("changes hands", "arrives at subnet 1"), unit="%", digits=4),
    objective="tell what an attack moves from what it brings",
    needs=("moved", "emission share", "consensus", "trust"),
    draw=_four,
    text=lambda g: (
        f"Four validators and the weights they give:\n\n{votes.table(g)}\n\n"
        "Nobody votes for subnet 1. Now validator 1 puts all its weight there, the others vote as "
        "before (rho = 10, kappa = 32767/65535). How many percent of all emission change hands, "
        "and how many does subnet 1 get?"
    ),
    right=lambda g: [100 * _attacked(g).moved, 100 * _attacked(g).arrives],
    misconceptions=(
        Misconception(
            "all that is moved arrives",
            lambda g: [100 * _attacked(g).moved, 100 * _attacked(g).moved],
            lambda g, answer: (
                "Then no other subnet would win anything. But a trust that falls moves shares "
                "among the others as well. " + _who_wins(g)
            ),
        ),
        Misconception(
            "the size of every change added, and not halved",
            lambda g: [200 * _attacked(g).moved, 100 * _attacked(g).arrives],
            lambda g, answer: (
                "You counted each part twice: where it left, and where it came. " + _who_wins(g)
                + " What it lost or won stands at somebody else once more."
            ),
        ),
        Misconception(
            "ranks compared, without consensus",
            _by_rank,
            lambda g, answer: (
                "You compared ranks. The trust of subnet 1 is only "
                f"{show(100 * float(_all_on_one(g).trusts()[0]), 4)} % of the stake, and your "
                "figures do not ask. " + _who_wins(g)
            ),
        ),
    ),
    hints=(
        "Count the vote twice, before and after. You need all four shares each time.",
        "`RootNetwork(g.stakes, g.weights, netuids=g.netuids)` and its `all_on([0], 1)`; then "
        "`measures.moved(before, after)`, and the first share alone.",
    ),
    solution="Half of all changes of shares change hands; the first share alone arrives: {answer}.",
    code="""
vote = RootNetwork(g.stakes, g.weights, netuids=g.netuids)
before, after = vote.emission_shares(), vote.all_on([0], 1).emission_shares()
answer = [100 * measures.moved(before, after), 100 * after[0]]""",
    further="What does not arrive is not lost to all: those who keep their trust receive it.",
)  # fmt: skip


def _stake() -> float:
    return float(round(sum(coalition(1).network.stakes)))


def _part_then(g: Given, answer: float) -> str:
    if answer <= 0:
        return "A voice takes stake above zero."
    part = answer / (g.stake + answer)
    return (
        f"With your {show(answer, 6)} TAO all stake is {show(g.stake + answer, 7)} TAO, and you "
        f"hold {show(100 * part, 4)} % of it."
    )


VOTES = Exercise(
    id="11.5",
    title="A part of the vote for TAO",
    question=NumberQuestion("TAO", digits=4),
    objective="say how much stake of one's own buys a part of the vote",
    needs=("Root Network", "stake", "validator"),
    real=True,
    draw=lambda draw: {"stake": _stake(), "part": draw.whole(20, 300) / 10},
    text="On 24 November 2024 the 64 validators of the Root Network held {stake} TAO of stake. "
    "Somebody brings TAO of their own, stakes it to a validator of their own and takes the seat of "
    "one whose stake hardly counts. How much TAO does it take to hold {part} % of all stake?",
    right=lambda g: float(formulas.gross(g.stake, g.part / 100)) - g.stake,
    misconceptions=(
        Misconception(
            "all stake held fixed",
            lambda g: g.part / 100 * g.stake,
            lambda g, answer: "What you bring is part of all stake too. " + _part_then(g, answer),
        ),
        Misconception(
            "a TAO on root counted as 0.18",
            lambda g: g.part / 100 * g.stake / (1 - g.part / 100) / 0.18,
            lambda g, answer: (
                "The TAO weight came later, and it counts inside subnets. In the Root Network a "
                "TAO counted as one. " + _part_then(g, answer)
            ),
        ),
        Misconception(
            "the part of one seat in 64",
            lambda g: g.part / 100 * g.stake / 64,
            lambda g, answer: (
                "Seats do not vote, stake does. " + _part_then(g, answer)
            ),
        ),
    ),
    consequence=_part_then,
    hints=(
        "What you bring counts in the whole as well.",
        "Your part is x / (stake + x). Turn that round.",
    ),
    solution="x / (stake + x) is the part, so x is part times stake over (1 - part): {answer}.",
    code="""
part = g.part / 100
answer = part * g.stake / (1 - part)""",
    further="It comes back one for one: what such an attack takes is having it, not spending it.",
)  # fmt: skip

EXERCISES = (ARRIVES, VOTES)
