"""Exercises of lesson 10 on how far a vote or a run goes astray, and by bias or by chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean, median
from typing import Any

from dtao_edu.engine.root import RootNetwork
from dtao_edu.measures.concentration import shares
from dtao_edu.measures.distance import largest_error, moved
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion, TableQuestion
from dtao_edu.practice.misconceptions.shares import WHOLE_DISTANCE
from dtao_edu.practice.text import show


def _rows(draw: Draw, names: int, low: int, high: int) -> list[int]:
    """Draw whole percents that sum to 100, none below `low`."""
    parts = [draw.whole(low, high) for _ in range(names - 1)]
    return [*parts, 100 - sum(parts)]


def _draw_vote(draw: Draw) -> Mapping[str, Any]:
    return {
        "worth": _rows(draw, 3, 20, 38),
        "weights": [_rows(draw, 3, 12, 42) for _ in range(3)],
        "stakes": [draw.whole(50, 900, 10) for _ in range(3)],
    }


def _voted(g: Given, stakes: Sequence[float]) -> list[float]:
    vote = RootNetwork(tuple(stakes), g.weights, netuids=tuple(range(1, len(g.worth) + 1)))
    return [float(share) for share in vote.emission_shares()]


def _astray(g: Given, percents: Sequence[float]) -> float:
    return 100 * float(moved(shares(g.worth), shares(percents)))


def _each(g: Given) -> str:
    told = " %, ".join(show(_astray(g, row), 3) for row in g.weights)
    return f"Alone, each would send {told} % astray."


def _vote_text(g: Given) -> str:
    rows = "\n".join(
        f"| {stake:,} | {' | '.join(map(str, row))} |"
        for stake, row in zip(g.stakes, g.weights, strict=True)
    )
    size = len(g.worth)
    head = " | ".join(f"for {netuid}" for netuid in range(2, size + 1))
    *first, last = map(str, g.worth)
    return (
        f"The hidden worth of {'three' if size == 3 else 'four'} subnets is {', '.join(first)} and "
        f"{last} % of the whole. Three validators vote what they believe:\n\n"
        f"| stake | weight for 1 | {head} |\n|---|{'---|' * size}\n{rows}\n\n"
        "Everybody gives every subnet some weight, so the consensus is the same for all. "
        "How many percent of emission go astray: half the L1 distance of the shares from the worth?"
    )


ASTRAY = Exercise(
    id="10.2",
    title="A vote held against the worth",
    question=NumberQuestion("%", digits=4),
    objective="hold the shares of a vote against a worth",
    needs=("L1 distance", "emission share", "rank", "consensus"),
    draw=_draw_vote,
    text=_vote_text,
    right=lambda g: _astray(g, _voted(g, g.stakes)),
    misconceptions=(
        Misconception(
            "distances averaged in place of opinions",
            lambda g: (
                sum(s * _astray(g, row) for s, row in zip(g.stakes, g.weights, strict=True))
                / sum(g.stakes)
            ),
            lambda g, answer: (
                f"{_each(g)} You took the mean of these. But errors to opposite sides cancel in "
                "the mean of the opinions, and not in the mean of the distances."
            ),
        ),
        Misconception(
            "a voice for each head, whatever its stake",
            lambda g: _astray(g, _voted(g, [1, 1, 1])),
            lambda g, answer: (
                "You would say the same if the first validator held "
                f"{show(10 * g.stakes[0])} TAO in place of {show(g.stakes[0])}."
            ),
        ),
        WHOLE_DISTANCE.but(
            lambda g: 2 * _astray(g, _voted(g, g.stakes)),
            lambda g, answer: (
                f"{_each(g)} You say {show(answer, 4)} %. What one subnet gets too much, others "
                "get too little, and you counted it at both."
            ),
        ),
        Misconception(
            "the largest voter decides alone",
            lambda g: _astray(g, g.weights[g.stakes.index(max(g.stakes))]),
            lambda g, answer: (
                f"That is what the one with {max(g.stakes)} of {sum(g.stakes)} TAO would send "
                "astray alone. The others have a part in the mean."
            ),
        ),
    ),
    hints=(
        "First the shares: the mean of the three rows, each row counted by its stake.",
        "Then the sizes of the differences from the worth, added and halved.",
    ),
    solution="The share of each subnet is the mean of the weights by stake. Half the sum of the "
    "sizes of its differences from the worth: {answer}.",
    code="""
from dtao_edu import measures
vote = RootNetwork(g.stakes, g.weights)
worth = [part / 100 for part in g.worth]
answer = 100 * measures.moved(worth, vote.emission_shares())""",
    further="That a mean is often nearer than most of those who are in it is what Galton found in "
    "1907.",
)


def _draw_four(draw: Draw) -> Mapping[str, Any]:
    return {
        "worth": _rows(draw, 4, 15, 28),
        "weights": [_rows(draw, 4, 8, 30) for _ in range(3)],
        "stakes": [draw.whole(50, 900, 10) for _ in range(3)],
    }


def _largest_error(g: Given) -> float:
    return 100 * float(largest_error(shares(_voted(g, g.stakes)), shares(g.worth)))


def _medians(g: Given) -> list[float]:
    return [float(median(column)) for column in zip(*g.weights, strict=True)]


# With three subnets the largest error alone is always half the L1 distance.
ASTRAY_OF_FOUR = ASTRAY.renewed(
    draw=_draw_four,
    misconceptions=(
        *ASTRAY.misconceptions,
        Misconception(
            "the largest error alone",
            _largest_error,
            lambda g, answer: (
                f"One subnet is {show(answer, 4)} points off. Another may be off to the same side: "
                "all errors count."
            ),
        ),
        Misconception(
            "the middle opinion, whatever the stakes",
            lambda g: _astray(g, _medians(g)),
            lambda g, answer: (
                "You took the middle weight of each column. The vote takes the mean, and the one "
                f"with {max(g.stakes)} of {sum(g.stakes)} TAO counts for more."
            ),
        ),
    ),
)


def _draw_runs(draw: Draw) -> Mapping[str, Any]:
    worth = _rows(draw, 3, 20, 45)
    lean = [draw.pick((-6, -5, -4, 4, 5, 6)), draw.whole(-2, 2)]
    while True:
        runs = []
        for _ in range(5):
            first, second = (
                part + off + draw.whole(-7, 7) for part, off in zip(worth, lean, strict=False)
            )
            runs.append([first, second, 100 - first - second])
        drawn: dict[str, Any] = {"worth": worth, "runs": runs}
        if _tells_apart(Given(**drawn)):
            return drawn


def _tells_apart(g: Given) -> bool:
    """Whether mean and median of the distances, from their mean and from the worth, differ."""
    mean = fmean(moved(_mean(g), run) for run in g.runs)
    others = (_chance(g), float(median(float(moved(g.worth, run)) for run in g.runs)))
    return all(abs(mean - other) > 0.3 for other in others)


def _mean(g: Given) -> list[float]:
    return [fmean(column) for column in zip(*g.runs, strict=True)]


def _bias(g: Given) -> float:
    return float(moved(g.worth, _mean(g)))


def _chance(g: Given) -> float:
    return float(median(float(moved(_mean(g), run)) for run in g.runs))


def _run_text(g: Given) -> str:
    rows = "\n".join(
        f"| {number} | {' | '.join(map(str, run))} |" for number, run in enumerate(g.runs, start=1)
    )
    size = len(g.worth)
    head = " | ".join(f"subnet {netuid}" for netuid in range(1, size + 1))
    return (
        f"The worth of {'three' if size == 3 else 'four'} subnets is "
        f"{', '.join(map(str, g.worth))} percent of the whole. Five runs, with chance of their "
        f"own, paid these percents:\n\n| run | {head} |\n|---|{'---|' * size}\n{rows}\n\n"
        "Which part of emission is the bias: half the L1 distance of the *mean of the runs* from "
        "the worth? And which is the chance: the median of the runs' distances from their mean?"
    )


def _first_run(g: Given) -> str:
    return (
        f"Run 1 alone is {show(moved(g.worth, g.runs[0]), 4)} % away from the worth, and subnet 1 "
        f"has {show(_mean(g)[0], 4)} % in the mean of the runs."
    )


PARTS = Exercise(
    id="10.4",
    title="Bias and chance",
    question=TableQuestion(("bias", "chance"), unit="%", digits=4),
    objective="tell the bias of several runs from their chance",
    needs=("bias", "ensemble", "L1 distance"),
    draw=_draw_runs,
    text=_run_text,
    right=lambda g: [_bias(g), _chance(g)],
    misconceptions=(
        Misconception(
            "the mean of the distances taken for the bias",
            lambda g: [fmean(moved(g.worth, run) for run in g.runs), _chance(g)],
            lambda g, answer: (
                f"{_first_run(g)} In your bias every error counts in full; errors of chance to "
                "opposite sides should cancel first."
            ),
        ),
        Misconception(
            "chance measured from the worth",
            lambda g: [_bias(g), median(float(moved(g.worth, run)) for run in g.runs)],
            lambda g, answer: (
                f"{_first_run(g)} Were all five runs equal to each other there would be no chance "
                "at all, and you would still find some."
            ),
        ),
        Misconception(
            "the mean, where the median is asked",
            lambda g: [_bias(g), float(fmean(moved(_mean(g), run) for run in g.runs))],
            lambda g, answer: (
                f"{_first_run(g)} Your chance, {show(answer['chance'], 4)} %, would rise if the "
                "farthest of the five runs went farther still; the middle one would not."
            ),
        ),
        Misconception(
            "both distances counted twice",
            lambda g: [2 * _bias(g), 2 * _chance(g)],
            lambda g, answer: (
                f"{_first_run(g)} You counted what one subnet wins and what the others lose."
            ),
        ),
        Misconception(
            "the first run in place of the mean",
            lambda g: [
                float(moved(g.worth, g.runs[0])),
                float(median(float(moved(g.runs[0], run)) for run in g.runs)),
            ],
            lambda g, answer: f"{_first_run(g)} One run is a story.",
        ),
    ),
    hints=(
        "First the mean of each column: numbers that sum to 100.",
        "The bias is the distance of these from the worth. For the chance, take each run's "
        "distance from these, and the middle one of the five.",
    ),
    solution="Mean of the runs, then half the L1 distance to the worth; and the median of half the "
    "L1 distances of the runs from that mean. {answer}",
    code="""
from statistics import fmean, median
from typing import Any
from dtao_edu import measures
mean = [fmean(column) for column in zip(*g.runs)]
answer = {
    "bias": measures.moved(g.worth, mean),
    "chance": median(measures.moved(mean, run) for run in g.runs),
}""",
    further="More runs make the bias better known and not smaller.",
)


def _draw_runs_of_four(draw: Draw) -> Mapping[str, Any]:
    worth = _rows(draw, 4, 15, 28)
    lean = [draw.pick((-6, -5, -4, 4, 5, 6)), draw.whole(-3, 3), draw.whole(-3, 3)]
    while True:
        runs = []
        for _ in range(5):
            row = [part + off + draw.whole(-6, 6) for part, off in zip(worth, lean, strict=False)]
            runs.append([*row, 100 - sum(row)])
        drawn: dict[str, Any] = {"worth": worth, "runs": runs}
        if _tells_apart(Given(**drawn)) and _hides(Given(**drawn)):
            return drawn


def _hides(g: Given) -> bool:
    """Whether nothing that is told of the first run is the answer by chance."""
    told = (float(moved(g.worth, g.runs[0])), _mean(g)[0])
    return all(abs(a - b) > 0.1 for a in told for b in (_bias(g), _chance(g)))


def _largest_part(before: Sequence[float], after: Sequence[float]) -> float:
    return max(abs(a - b) for a, b in zip(before, after, strict=True))


PARTS_OF_FOUR = PARTS.renewed(
    draw=_draw_runs_of_four,
    misconceptions=(
        *PARTS.misconceptions,
        Misconception(
            "the largest difference of one subnet alone",
            lambda g: [
                _largest_part(g.worth, _mean(g)),
                median(_largest_part(_mean(g), run) for run in g.runs),
            ],
            lambda g, answer: f"{_first_run(g)} You looked at one subnet; all of them count.",
        ),
    ),
)
