"""Exercises of lesson 02, the Root Network."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp
from typing import Any

from dtao_edu.engine import formulas
from dtao_edu.engine.root import RootNetwork
from dtao_edu.measures.concentration import effective_number, hhi, nakamoto, shares
from dtao_edu.practice.bank import lesson_02_why
from dtao_edu.practice.bank.lesson_02_bribe import BRIBE, small_vote
from dtao_edu.practice.exercise.code_types import FunctionQuestion
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion, TableQuestion
from dtao_edu.practice.misconceptions import votes
from dtao_edu.practice.text import show

KAPPA = 32767 / 65535


def _sums(g: Given) -> list[float]:
    vote = votes.vote(g)
    return [float(vote.ranks()[0]), float(vote.trusts()[0])]


def _refuses(g: Given) -> int:
    """Give the first validator without weight for the first subnet, counted from 1."""
    return 1 + next(place for place, row in enumerate(g.weights) if not row[0])


SUMS = Exercise(
    id="02.1",
    title="Rank and trust of one subnet",
    question=TableQuestion(("rank", "trust"), unit="share", digits=4),
    objective="compute rank and trust from stakes and weights",
    needs=("rank", "trust", "weight", "stake"),
    draw=lambda draw: small_vote(draw, 3),
    text=lambda g: (
        f"Three validators and the weights they give:\n\n{votes.table(g)}\n\n"
        "What are rank and trust of subnet 1?"
    ),
    right=_sums,
    misconceptions=(
        Misconception(
            "trust taken as the weight given",
            lambda g: [_sums(g)[0], _sums(g)[0]],
            lambda g, answer: (
                f"You gave rank and trust the same value, {show(answer['rank'])}. Let the first "
                f"validator write {g.weights[0][0] + 500} for subnet 1: its rank would rise a lot. "
                "Would anybody new support it?"
            ),
        ),
        Misconception(
            "heads counted, not stake",
            lambda g: [
                sum(row[0] / sum(row) for row in g.weights) / 3,
                sum(row[0] > 0 for row in g.weights) / 3,
            ],
            lambda g, answer: (
                f"You would say the same if the first validator held {show(10 * g.stakes[0])} TAO "
                f"and not {show(g.stakes[0])}. Votes count by stake."
            ),
        ),
        Misconception(
            "the weights of each validator not scaled to sum 1",
            lambda g: [
                sum(s * row[0] for s, row in zip(g.stakes, g.weights, strict=True))
                / sum(g.stakes) / 100,
                _sums(g)[1],
            ],
            lambda g, answer: (
                f"You read weights as percent. The first row sums to {sum(g.weights[0])}: written "
                "twice as large, the same vote would count twice."
            ),
        ),
        Misconception(
            "trust left to those who give nothing",
            lambda g: [_sums(g)[0], 1 - _sums(g)[1]],
            lambda g, answer: (
                f"Your trust is the stake that gives subnet 1 nothing, such as validator "
                f"{_refuses(g)}'s."
            ),
        ),
    ),
    hints=(
        "Turn stakes into parts of all stake, and each row into parts of its own sum.",
        "Rank: add part of stake times part of vote. Trust: add the parts of stake of everybody "
        "whose weight is above 0.",
    ),
    solution="With the stakes as parts of their sum and each row divided by its own sum, rank is "
    "the sum of the products, and trust the stake of those who give any weight: {answer}.",
    code="""
vote = RootNetwork(g.stakes, g.weights, netuids=g.netuids)
answer = {"rank": vote.ranks()[0], "trust": vote.trusts()[0]}""",
    further="`vote.consensus()` and `vote.emission_shares()` go on from here.",
)  # fmt: skip


CURVE = Exercise(
    id="02.2",
    title="A function for the consensus curve",
    question=FunctionQuestion("consensus", ("trust", "rho", "kappa"), unit="share", digits=5),
    objective="write the consensus curve as a function",
    needs=("consensus", "trust", "rho", "kappa"),
    draw=lambda draw: {
        "trust": draw.number(0.05, 0.95),
        "rho": draw.whole(5, 20),
        "kappa": draw.number(0.35, 0.65),
    },
    text="Write `consensus(trust, rho, kappa)`: the number between 0 and 1 by which a rank is "
    "multiplied. `from math import exp` gives the exponential.",
    right=lambda g: float(formulas.consensus(g.trust, g.rho, g.kappa)),
    misconceptions=(
        Misconception(
            "the curve turned round: much trust, little consensus",
            lambda g: float(formulas.consensus(2 * g.kappa - g.trust, g.rho, g.kappa)),
            lambda g, answer: (
                f"At a trust of {show(g.trust)} you give {show(answer, 4)}; try a little more "
                "trust, and your value falls. The sign in the exponent decides."
            ),
        ),
        Misconception(
            "kappa left out",
            lambda g: float(formulas.consensus(g.trust, g.rho, 0)),
            lambda g, answer: (
                f"Your curve gives one half where nobody supports a subnet. With kappa "
                f"{show(g.kappa)} it should give one half there."
            ),
        ),
        Misconception(
            "rho left out",
            lambda g: float(formulas.consensus(g.trust, 1, g.kappa)),
            lambda g, answer: (
                f"At a trust of {show(g.trust)} you give {show(answer, 4)}, whatever rho is. With "
                f"rho {show(g.rho)} the curve is steeper."
            ),
        ),
        Misconception(
            "the exponential alone",
            lambda g: exp(g.rho * (g.trust - g.kappa)),
            lambda g, answer: (
                f"Your value at a trust of {show(g.trust)} is {show(answer, 4)}. With full trust "
                "it would be far above 1, and consensus never is."
            ),
        ),
    ),
    hints=(
        "Which value should come out at a trust of exactly kappa? And far above it?",
        "One, divided by one plus an exponential. Its exponent is 0 where trust is kappa, and goes "
        "far below 0 with more trust.",
    ),
    solution="`1 / (1 + exp(-rho * (trust - kappa)))`. At kappa the exponent is 0, and one half "
    "comes out. {answer}",
    code="""
from math import exp

def consensus(trust, rho, kappa):
    return 1 / (1 + exp(-rho * (trust - kappa)))""",
    further="The chain's own tests use rho = 30, the public chain used rho = 10.",
)


DATES = {"2024-10-23": "23 October 2024", "2024-11-24": "24 November 2024"}


@cache
def _counted_vote(date: str) -> tuple[RootNetwork, float]:
    """Give a real vote, and the sum of consensus times rank over all netuids."""
    from dtao_edu import ledger

    network = ledger.root_vote(date).network()
    parts = zip(network.consensus(), network.ranks(), strict=True)
    return network, float(sum(formulas.weight_of_vote(c, r) for c, r in parts))


def _real(draw: Draw) -> Mapping[str, Any]:
    date = draw.pick(list(DATES))
    network, total = _counted_vote(date)
    middling = [n for n in network.netuids if n and 0.3 < network.trusts()[n] < 0.95]
    netuid = draw.pick(middling)
    figures = (network.ranks()[netuid], network.trusts()[netuid], total)
    rank, trust, rounded = (float(f"{value:.5g}") for value in figures)
    return {"day": DATES[date], "netuid": netuid, "rank": rank, "trust": trust, "total": rounded}


def _share(g: Given) -> float:
    brings = formulas.weight_of_vote(formulas.consensus(g.trust, 10, KAPPA), g.rank)
    return float(formulas.share(brings, g.total))


def _too_much(g: Given, answer: float) -> str:
    return (
        f"You pay subnet {g.netuid} {show(7200 * answer, 4)} of the 7,200 TAO of a day. Its rank "
        f"alone, over the same sum, would bring {show(7200 * g.rank / g.total, 4)}."
    )


REAL = Exercise(
    id="02.3",
    title="From rank and trust to the pay",
    question=NumberQuestion("share", digits=5),
    objective="recount a real share of emission",
    needs=("rank", "trust", "consensus", "emission share"),
    real=True,
    draw=_real,
    text="On {day} subnet {netuid} had a rank of {rank} and a trust of {trust}. "
    "Consensus times rank, added over all netuids, was {total}. With rho = 10 and kappa = "
    "32767/65535: which share of emission did the subnet get?",
    right=_share,
    misconceptions=(
        votes.RANK_ONLY.but(
            lambda g: g.rank,
            lambda g, answer: (
                "That is the rank. With your figure it would not matter that only "
                f"{show(100 * g.trust)} % of the stake support subnet {g.netuid}."
            ),
        ),
        votes.NOT_DIVIDED.but(
            lambda g: _share(g) * g.total,
            lambda g, answer: (
                f"You have {show(answer, 4)}, consensus times rank of subnet {g.netuid}. Over all "
                f"netuids that sums to {show(g.total)}, and shares sum to 1."
            ),
        ),
        Misconception(
            "consensus left out, only divided",
            lambda g: g.rank / g.total,
            lambda g, answer: (
                f"The sum of {show(g.total)} holds every rank multiplied by its consensus; you "
                f"divided a bare rank of {show(g.rank)} by it."
            ),
        ),
        Misconception(
            "trust taken for consensus",
            lambda g: g.trust * g.rank / g.total,
            lambda g, answer: (
                f"You multiplied by the trust itself, {show(g.trust)}. " + _too_much(g, answer)
                + " The curve gives less than the trust below one half, and more above."
            ),
        ),
    ),
    hints=(
        "Three steps: consensus from trust, times rank, divided by the sum.",
        "Consensus is `1 / (1 + exp(-10 * (trust - 32767/65535)))`.",
    ),
    solution="Consensus from the trust, times the rank, over the sum of the same for all netuids: "
    "{answer}.",
    code="""
from dtao_edu.engine import formulas
consensus = formulas.consensus(g.trust, 10, 32767/65535)
answer = consensus * g.rank / g.total""",
    further="`ledger.root_vote(\"2024-11-24\").network().shares_by_netuid()` has all of them.",
)  # fmt: skip


def _counted(g: Given, answer: float) -> str:
    return (
        f"So many equal validators would hold {show(100 / answer, 4)} % each; here the largest "
        f"holds {show(100 * max(g.stakes) / sum(g.stakes), 4)} %."
    )


EFFECTIVE = Exercise(
    id="02.4",
    title="As concentrated as how many?",
    question=NumberQuestion("validators", digits=4),
    objective="measure the concentration of a vote",
    needs=("concentration", "HHI", "Nakamoto coefficient"),
    draw=lambda draw: {"stakes": [draw.whole(10, 900, 10) for _ in range(6)]},
    text=lambda g: (
        f"Six validators hold {', '.join(map(str, g.stakes))} TAO. As concentrated as how many "
        "equal ones are they, by the HHI?"
    ),
    right=lambda g: effective_number(g.stakes),
    misconceptions=(
        Misconception(
            "the HHI itself",
            lambda g: hhi(g.stakes),
            lambda g, answer: (
                f"{show(answer, 4)} is the sum of the squared shares. Four equal validators have a "
                f"quarter there, and are four. How do you get from {show(answer, 4)} to a number?"
            ),
        ),
        Misconception(
            "the Nakamoto coefficient",
            lambda g: nakamoto(g.stakes),
            lambda g, answer: (
                f"The {show(answer)} largest hold more than half of {show(sum(g.stakes))} TAO, "
                "that is true. But the question is about all six and their squared shares."
            ),
        ),
        Misconception(
            "one over the largest share",
            lambda g: 1 / max(shares(g.stakes)),
            lambda g, answer: "You looked at one validator alone. " + _counted(g, answer),
        ),
        Misconception(
            "amounts squared, not shares",
            lambda g: 1 / sum(stake**2 for stake in g.stakes),
            lambda g, answer: (
                f"You squared the TAO. Were all stakes written in rao, you would say something "
                f"else of the same six; they hold {show(sum(g.stakes))} TAO together."
            ),
        ),
    ),
    hints=(
        "First the share of each in the sum of all; then add the squares.",
        "n equal ones have an HHI of 1/n. Turn that round.",
    ),
    solution="The squared shares sum to the HHI; one divided by it: {answer}. "
    "`measures.effective_number(stakes)` does it.",
    code="""
from dtao_edu import measures
answer = measures.effective_number(g.stakes)""",
    further="The 64 validators of November 2024 were as concentrated as about ten equal ones.",
)


EXERCISES = (SUMS, CURVE, REAL, EFFECTIVE, BRIBE, *lesson_02_why.EXERCISES)
