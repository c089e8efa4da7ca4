"""Wrong ideas about the Root Network's vote.

They read `stakes`, `weights` (a row for each validator), `netuids` and `netuid`, the subnet whose
share of emission is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dtao_edu.engine import formulas
from dtao_edu.engine.root import RootNetwork
from dtao_edu.engine.units import Amount
from dtao_edu.practice.exercise.draw import Given
from dtao_edu.practice.exercise.exercise import Misconception
from dtao_edu.practice.text import show


def vote(g: Given) -> RootNetwork:
    """Return the vote of the given numbers."""
    return RootNetwork(g.stakes, g.weights, netuids=tuple(g.netuids))


def table(g: Given) -> str:
    """Write stakes and weights as a table."""
    head = "| validator | stake, TAO | " + " | ".join(f"subnet {n}" for n in g.netuids) + " |"
    rows = [
        f"| {place} | {stake} | " + " | ".join(map(str, row)) + " |"
        for place, (stake, row) in enumerate(zip(g.stakes, g.weights, strict=True), 1)
    ]
    return "\n".join([head, *rows])


def share(g: Given) -> float:
    """Ask the engine for the share of emission of the subnet."""
    return float(vote(g).shares_by_netuid()[g.netuid])


def _of(g: Given, values: Sequence[Amount]) -> float:
    return float(values[list(g.netuids).index(g.netuid)])


def _divided(g: Given, of: Callable[[RootNetwork], Sequence[Amount]]) -> float:
    values = of(vote(g))
    return _of(g, values) / float(sum(values))


def _by_trust(network: RootNetwork, trusts: Sequence[Amount]) -> list[Amount]:
    """Multiply consensus at some other trust with the rank."""
    return [
        formulas.weight_of_vote(formulas.consensus(trust, network.rho, network.kappa), rank)
        for trust, rank in zip(trusts, network.ranks(), strict=True)
    ]


def _trust(g: Given) -> float:
    return _of(g, vote(g).trusts())


RANK_ONLY = Misconception(
    "the rank taken for the share, without consensus",
    lambda g: _of(g, vote(g).ranks()),
    lambda g, answer: (
        f"That is the rank, the average weight by stake. Validators with "
        f"{show(100 * _trust(g), 4)} % of the stake give subnet {g.netuid} any weight at all. With "
        "your figure this trust would not matter, and on the chain a curve punishes what few "
        "support."
    ),
)

ONE_HEAD_ONE_VOTE = Misconception(
    "every validator counted alike",
    lambda g: share(Given(stakes=[1] * len(g.stakes), weights=g.weights, netuids=g.netuids,
                          netuid=g.netuid)),
    lambda g, answer: (
        f"You would get the same if the first validator held {show(10 * g.stakes[0])} TAO instead "
        f"of {show(g.stakes[0])}. The vote is by stake."
    ),
)  # fmt: skip

TEST_SLOPE = Misconception(
    "rho = 30, as in the chain's own tests",
    lambda g: float(
        RootNetwork(g.stakes, g.weights, rho=30, netuids=tuple(g.netuids)).shares_by_netuid()[
            g.netuid
        ]
    ),
    lambda g, answer: (
        "The public chain used rho = 10: with 30 the real vote of 23 October 2024 is missed by "
        "0.08 in all, with 10 by 0.001. With rho = 30 a trust of "
        f"{show(_trust(g), 4)} gives a consensus of "
        f"{show(formulas.consensus(_trust(g), 30, 0.5), 3)}."
    ),
)

TRUST_BY_WEIGHT = Misconception(
    "trust taken as the weight given, not the stake that gives any",
    lambda g: _divided(g, lambda network: _by_trust(network, network.ranks())),
    lambda g, answer: (
        f"You put the rank {show(_of(g, vote(g).ranks()), 4)} into the curve. Trust counts the "
        f"whole stake of everybody who gives subnet {g.netuid} any weight, however small."
    ),
)

NOT_DIVIDED = Misconception(
    "consensus times rank, not divided by the sum",
    lambda g: formulas.weight_of_vote(_of(g, vote(g).consensus()), _of(g, vote(g).ranks())),
    lambda g, answer: (
        "Compute the same for all subnets and add: "
        + show(
            sum(
                formulas.weight_of_vote(c, r)
                for c, r in zip(vote(g).consensus(), vote(g).ranks(), strict=True)
            ),
            4,
        )
        + ". Shares of what is issued sum to 1."
    ),
)

CONSENSUS_ONLY = Misconception(
    "consensus divided up, without the rank",
    lambda g: _divided(g, RootNetwork.consensus),
    lambda g, answer: (
        f"You used the consensus of subnet {g.netuid}, {show(_of(g, vote(g).consensus()), 4)}, and "
        "no weights. With your figure it would not matter whether a validator gives a subnet 1 % "
        "or all of its weight."
    ),
)

ROWS_NOT_SCALED = Misconception(
    "the rows of weights not scaled to sum 1",
    lambda g: _unscaled(g),
    lambda g, answer: (
        f"The rows sum to {', '.join(show(sum(row)) for row in g.weights)}. In your figure a "
        "validator gains power by writing larger numbers."
    ),
)


def _unscaled(g: Given) -> float:
    total = sum(g.stakes)
    ranks = [
        sum(stake / total * weight for stake, weight in zip(g.stakes, column, strict=True))
        for column in zip(*g.weights, strict=True)
    ]
    votes = [formulas.weight_of_vote(c, r) for c, r in zip(vote(g).consensus(), ranks, strict=True)]
    return float(_of(g, votes) / sum(votes))
