"""The exercise of lesson 02 that prices a bribe."""

from __future__ import annotations

from collections.abc import Mapping

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import OWNER_CUT
from dtao_edu.engine.root import RootNetwork
from dtao_edu.measures.concentration import shares
from dtao_edu.practice.checking.record import Answer
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion
from dtao_edu.practice.misconceptions import votes
from dtao_edu.practice.text import show


def small_vote(draw: Draw, size: int) -> Mapping[str, Answer]:
    """Draw a vote on three subnets; some give the first one nothing, and rows sum to no round."""
    stakes = [draw.whole(50, 900, 10) for _ in range(size)]
    weights = [[draw.whole(5, 90, 5) for _ in range(3)] for _ in stakes]
    weights[int(draw.unit() * size)][0] = 0
    return {"stakes": stakes, "weights": weights, "netuids": [1, 2, 3], "netuid": 1}


def _bribed(g: Given) -> RootNetwork:
    """Give the vote after validator 1 has moved a part of its vote to subnet 1."""
    row = shares(g.weights[0])
    kept = [weight - formulas.fee(weight, g.part / 100) for weight in row]
    kept[0] += g.part / 100
    return votes.vote(g).with_weights({0: kept})


def _gain(g: Given) -> float:
    return float(_bribed(g).emission_shares()[0] - votes.share(g))


def _worth(g: Given, answer: float) -> str:
    """Tell which gain of share the answer would need, so that the learner can hold it to theirs."""
    needed = 100 * answer / (7200 * float(OWNER_CUT))
    return (
        f"Omar would pay {show(answer, 4)} TAO a day without a loss if the bribe brought subnet 1 "
        f"{show(needed, 3)} points of share. Count the vote before and after: is it so much?"
    )


BRIBE = Exercise(
    id="02.5",
    title="The most a bribe is worth",
    question=NumberQuestion("TAO per day", digits=4),
    objective="price a bribe to a validator",
    needs=("bribe", "emission share", "owner", "validator"),
    draw=lambda draw: {**small_vote(draw, 4), "part": draw.whole(10, 40, 5)},
    text=lambda g: (
        f"Four validators and the weights they give:\n\n{votes.table(g)}\n\n"
        f"Omar owns subnet 1; 11796/65535 of what it gets is his. Validator 1 would take {g.part} "
        "% off each of its weights and give that part of its vote to subnet 1. A day has 7,200 TAO "
        "to divide (rho = 10, kappa = 32767/65535). What is the most that Omar can pay for it a "
        "day without a loss?"
    ),
    right=lambda g: 7200 * float(formulas.owner_cut(_gain(g), OWNER_CUT)),
    misconceptions=(
        Misconception(
            "all that the subnet gains counted as the owner's",
            lambda g: 7200 * _gain(g),
            lambda g, answer: (
                f"{show(answer, 4)} TAO a day more come to subnet 1. But most of it goes to its "
                "miners and validators, not to Omar."
            ),
        ),
        Misconception(
            "what there was before counted as gain",
            lambda g: 7200 * float(OWNER_CUT) * float(_bribed(g).emission_shares()[0]),
            lambda g, answer: (
                "That is all that Omar has with the bribe. Without it he would not have nothing: "
                f"his subnet had {show(7200 * votes.share(g), 4)} TAO a day."
            ),
        ),
        Misconception(
            "the part of stake times the part of the vote",
            lambda g: 7200 * float(OWNER_CUT) * g.part / 100 * g.stakes[0] / sum(g.stakes),
            lambda g, answer: (
                f"That much of the vote is turned. But subnet 1 had a weight of {g.weights[0][0]} "
                "from validator 1 already, and the curve comes after the vote."
            ),
        ),
        Misconception(
            "ranks without consensus",
            lambda g: 7200 * float(OWNER_CUT)
            * float(_bribed(g).ranks()[0] - votes.vote(g).ranks()[0]),
            lambda g, answer: (
                "You compared the ranks. The trust of subnet 1 is "
                f"{show(votes.vote(g).trusts()[0], 4)} before, and your figure does not ask."
            ),
        ),
    ),
    consequence=_worth,
    hints=(
        "Count the vote twice: once as it is, once with the new first row. The other rows stay.",
        "Validator 1's row, divided by its sum, times what is left; then add the bribed part to "
        "subnet 1. Of the difference of the shares, times 7,200, Omar gets 11796/65535.",
    ),
    solution="Omar's gain is 11796/65535 of 7,200 TAO times the difference of the two shares: "
    "{answer}.",
    code="""
total = sum(g.weights[0])
row = [(1 - g.part / 100) * weight / total for weight in g.weights[0]]
row[0] += g.part / 100
before = RootNetwork(g.stakes, g.weights, netuids=g.netuids)
after = before.with_weights({0: row})
gain = after.emission_shares()[0] - before.emission_shares()[0]
answer = 7200 * 11796/65535 * gain""",
    further="The validator loses nothing by it on the chain. So any price from just above zero to "
    "this one leaves both better off, and everybody else pays.",
)  # fmt: skip
