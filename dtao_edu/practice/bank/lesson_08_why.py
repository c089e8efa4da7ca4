"""Exercises of lesson 08 that ask why, or what would change."""

from __future__ import annotations

from dtao_edu.engine.root import RootNetwork
from dtao_edu.measures.distance import moved
from dtao_edu.practice.bank.real_data import coalition
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import Option, PredictionQuestion, choice
from dtao_edu.practice.text import show


def _two_camps(draw: Draw) -> dict[str, float]:
    small = draw.whole(20, 36)
    return {"large": 100 - small, "small": small, "token": draw.pick((0.1, 0.2, 0.5))}


def _camps(g: Given, token: float) -> RootNetwork:
    """Give the vote of two camps, the large one with so much weight for the small one's subnet."""
    return RootNetwork((g.large, g.small), ((100 - token, token), (0, 100)))


def _small_share(g: Given, token: float) -> float:
    """Ask the engine for the share of the small camp's subnet."""
    return float(_camps(g, token).emission_shares()[1])


def _before_and_rank(g: Given) -> str:
    with_token = _camps(g, g.token)
    return (
        f"Without the token weight subnet B has a trust of {show(g.small / 100)} and gets "
        f"{show(100 * _small_share(g, 0), 3)} % of emission. With it the rank is "
        f"{show(with_token.ranks()[1], 4)}, hardly changed. And the trust is "
        f"{show(with_token.trusts()[1], 4)}."
    )


TOKEN = Exercise(
    id="08.4",
    title="A token weight",
    question=choice(
        token=Option(
            "Hardly at all: {token} % of weight is nothing.",
            lambda g: _small_share(g, g.token) - _small_share(g, 0) < 0.02,
            "a small weight has a small effect",
            lambda g, answer: _before_and_rank(g),
        ),
        stake=Option(
            "It rises to about the part of stake behind it, {small} %, and a little above.",
            lambda g: 0 < _small_share(g, g.token) - g.small / 100 < 0.06,
        ),
        half=Option(
            "It rises to a half, since now everybody supports it.",
            lambda g: abs(_small_share(g, g.token) - 0.5) < 0.02,
            "support by all means an equal share",
            lambda g, answer: (
                _before_and_rank(g) + " Consensus multiplies the rank; it does not replace it."
            ),
        ),
        less=Option(
            "It falls, since the large camp's votes now count there too.",
            lambda g: _small_share(g, g.token) < _small_share(g, 0),
            "more votes from outside weaken a subnet",
            lambda g, answer: _before_and_rank(g) + " Nothing of B's support was taken away.",
        ),
    ),
    objective="say what trust rewards in the Root Network's vote",
    needs=("trust", "consensus", "rank", "coalition"),
    why=True,
    draw=_two_camps,
    text="In the Root Network a large camp with {large} % of the stake gives all its weight to "
    "subnet A, a small camp with {small} % all to subnet B. Now the large camp moves {token} % of "
    "its weight to B. What happens to B's share of emission?",
    hints=(
        "Two things decide a share: rank and trust. Which of them moves a little, which a lot?",
        "Trust asks only whether a weight is above 0. Put the new trust into the consensus curve.",
    ),
    solution="The rank of B hardly changes. Its trust jumps from {small} % to all of the stake, so "
    "its consensus goes from nearly 0 to nearly 1, as A's. What remains is the rank: {answer}",
    code="""
before = RootNetwork([g.large, g.small], [[100, 0], [0, 100]]).emission_shares()[1]
after = RootNetwork([g.large, g.small], [[100 - g.token, g.token], [0, 100]]).emission_shares()[1]
near = 0 < after - g.small / 100 < 0.06
answer = (
    f"It rises to about the part of stake behind it, {g.small} %, and a little above."
    if near
    else "It falls, since the large camp's votes now count there too."
)""",
    further="A reason for every validator to give every subnet at least a token weight, and a "
    "power in the hand of those who refuse it.",
)


def _who(g: Given) -> str:
    if g.count == 1:
        return "the largest of the 64 root validators held"
    return f"the {g.count} largest of the 64 root validators together held"


def _moved(g: Given) -> float:
    vote = coalition(g.count)
    before = vote.network.emission_shares()
    return 100 * float(moved(before, vote.network.all_on(vote.places, g.netuid).emission_shares()))


def _consensus_lost(g: Given) -> str:
    """Tell what the coalition's leaving does to the subnet that gets most."""
    vote = coalition(g.count)
    shares = vote.network.shares_by_netuid()
    most = max((n for n in shares if n not in (0, g.netuid)), key=lambda n: shares[n])
    at = vote.network.netuids.index(most)
    after = vote.network.all_on(vote.places, g.netuid)
    return (
        f"the trust of subnet {most} falls from {show(vote.network.trusts()[at], 3)} to "
        f"{show(after.trusts()[at], 3)}, and its consensus from "
        f"{show(vote.network.consensus()[at], 3)} to {show(after.consensus()[at], 3)}."
    )


COALITION = Exercise(
    id="08.5",
    title="Predict: what a coalition moves",
    question=PredictionQuestion("%"),
    objective="judge the power of the largest validators",
    needs=("coalition", "moved", "consensus", "Root Network"),
    real=True,
    why=True,
    draw=lambda draw: {"count": draw.whole(1, 3), "netuid": draw.whole(1, 54)},
    text=lambda g: (
        f"On 24 November 2024 {_who(g)} {show(100 * coalition(g.count).stake, 3)} % of the stake. "
        f"Suppose that all this weight goes to subnet {g.netuid}, the others unchanged. How much "
        "of all emission changes hands?"
    ),
    right=_moved,
    misconceptions=(
        Misconception(
            "as much emission as there is stake",
            lambda g: 100 * coalition(g.count).stake,
            lambda g, answer: (
                "That would hold if shares followed stake. Between the two stands the consensus "
                f"curve: {_consensus_lost(g)}"
            ),
        ),
        Misconception(
            "all or nothing",
            lambda g: 100,
            lambda g, answer: (
                f"The others still hold {show(100 - 100 * coalition(g.count).stake, 3)} % of the "
                "stake, and their subnets keep some trust."
            ),
        ),
    ),
    hints=(
        "If shares followed stake, it would be about the coalition's part of the stake.",
        "Subnets that lose the coalition's weight lose trust; near one half the curve is steep.",
    ),
    solution="The vote is run again with the coalition's rows changed, and the shares compared: "
    "half the sum of all changes. {answer} of all emission changes hands.",
    code="""
vote = ledger.root_vote("2024-11-24")
before = vote.network()
after = before.all_on(vote.largest(g.count), g.netuid)
answer = 100 * measures.moved(before.emission_shares(), after.emission_shares())""",
    further="Four of the largest together would have moved more than eight tenths of it.",
)  # fmt: skip

EXERCISES = (TOKEN, COALITION)
