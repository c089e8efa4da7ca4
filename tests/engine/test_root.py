"""The Root Network's vote: what it must keep whoever votes, and what its steep curve does."""

from __future__ import annotations

import math
import pickle
from dataclasses import FrozenInstanceError
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dtao_edu.engine.errors import InputError
from dtao_edu.engine.root import SEATS, RootNetwork
from tests.helpers.strategies import votes

Vote = tuple[list[int], list[list[int]]]
EXACT = {"rho": Fraction(10), "kappa": Fraction(1, 2)}


@given(votes())
def test_shares_sum_to_one_and_none_is_negative(vote: Vote) -> None:
    network = RootNetwork(*vote)
    shares = network.emission_shares()
    assert all(share >= 0 for share in shares)
    voted = any(s and any(row) for s, row in zip(*vote, strict=True))
    assert sum(shares) == pytest.approx(1 if voted else 0)


@given(votes(), st.randoms())
def test_the_order_of_validators_and_subnets_changes_nothing(vote: Vote, order: Any) -> None:
    stakes, weights = vote
    shares = RootNetwork(stakes, weights).shares_by_netuid()
    rows, columns = list(range(len(stakes))), list(range(len(weights[0])))
    order.shuffle(rows)
    order.shuffle(columns)
    shuffled = RootNetwork(
        [stakes[i] for i in rows],
        [[weights[i][j] for j in columns] for i in rows],
        netuids=columns,
    )
    assert shuffled.shares_by_netuid() == pytest.approx(shares)


@given(votes(), st.integers(2, 1000))
def test_only_proportions_of_stake_and_of_a_row_count(vote: Vote, factor: int) -> None:
    stakes, weights = vote
    shares = RootNetwork(stakes, weights).emission_shares()
    richer = RootNetwork([s * factor for s in stakes], weights)
    rescaled = RootNetwork(stakes, [[w * factor for w in weights[0]], *weights[1:]])
    assert richer.emission_shares() == pytest.approx(shares)
    assert rescaled.emission_shares() == pytest.approx(shares)


@given(votes())
def test_rank_and_trust_by_their_own_words(vote: Vote) -> None:
    stakes, weights = vote
    exact = [[Fraction(w) for w in row] for row in weights]
    network = RootNetwork([Fraction(s) for s in stakes], exact)
    total = sum(stakes)
    for j, (rank, trust) in enumerate(zip(network.ranks(), network.trusts(), strict=True)):
        by_hand = Fraction(0)
        backed = 0
        for stake, row in zip(stakes, weights, strict=True):
            if row[j]:
                by_hand += Fraction(stake, total) * Fraction(row[j], sum(row))
                backed += stake
        assert rank == by_hand
        assert trust == Fraction(backed, total)
        assert 0 <= rank <= trust <= 1
    assert network.stake_shares == tuple(Fraction(s, total) for s in stakes)


@given(votes())
def test_consensus_is_the_curve_of_trust(vote: Vote) -> None:
    network = RootNetwork(*vote, rho=7, kappa=0.25)
    for trust, consensus in zip(network.trusts(), network.consensus(), strict=True):
        assert consensus == pytest.approx(1 / (1 + math.exp(-7 * (trust - 0.25))))


@given(votes())
def test_a_share_is_consensus_times_rank_over_the_sum(vote: Vote) -> None:
    network = RootNetwork(*vote)
    parts = [c * r for c, r in zip(network.consensus(), network.ranks(), strict=True)]
    assume(sum(parts) > 0)
    assert network.emission_shares() == pytest.approx([part / sum(parts) for part in parts])


def test_seventy_against_thirty() -> None:
    """R is 2.33 to 1, E is 17.2 to 1: consensus makes a minority almost nothing."""
    shares = RootNetwork([70, 30], [[1, 0], [0, 1]], kappa=0.5).emission_shares()
    assert shares[0] / shares[1] == pytest.approx(17.24, abs=0.01)
    near = RootNetwork([51, 49], [[1, 0], [0, 1]], kappa=0.5).emission_shares()
    assert near == pytest.approx([0.535, 0.465], abs=5e-4)


def test_the_constants_of_the_public_chain() -> None:
    network = RootNetwork([1], [[1]])
    assert network.rho == 10
    assert network.kappa == Fraction(32767, 65535)
    assert SEATS == 64


def test_a_steeper_curve_takes_more_from_the_minority() -> None:
    def minority(rho: float) -> float:
        return RootNetwork([70, 30], [[1, 0], [0, 1]], rho=rho).emission_shares()[1]

    assert minority(30) < minority(10) < minority(1) < 0.3
    assert minority(1e-9) == pytest.approx(0.3)


def test_any_positive_weight_counts_as_trust() -> None:
    """A reason to give each subnet a token weight."""
    without = RootNetwork([60, 40], [[1, 0], [0, 1]])
    token = RootNetwork([60, 40], [[10**6, 1], [0, 1]])
    assert token.trusts()[1] == 1
    assert token.emission_shares()[1] > 1.5 * without.emission_shares()[1]


def test_a_vote_for_netuid_0_is_a_vote_not_to_emit() -> None:
    network = RootNetwork([100], [[1, 1, 2]])
    assert network.netuids == (0, 1, 2)
    assert network.emission_shares() == pytest.approx([0.25, 0.25, 0.5])
    assert network.emission_shares(issued_only=True) == pytest.approx([0, 1 / 3, 2 / 3])
    assert network.shares_by_netuid(issued_only=True)[0] == 0
    assert network.shares_by_netuid() == pytest.approx({0: 0.25, 1: 0.25, 2: 0.5})
    elsewhere = RootNetwork([100], [[1, 3]], netuids=[5, 9])
    assert elsewhere.shares_by_netuid(issued_only=True) == pytest.approx({5: 0.25, 9: 0.75})
    assert RootNetwork([1], [[5]]).emission_shares(issued_only=True) == (0,)


def test_who_abstains_still_counts_in_the_total() -> None:
    network = RootNetwork([60, 40], [[1, 1], [0, 0]])
    assert network.trusts() == (0.6, 0.6)
    assert sum(network.ranks()) == pytest.approx(0.6)
    assert sum(network.emission_shares()) == pytest.approx(1)


def test_without_any_vote_nothing_is_emitted() -> None:
    network = RootNetwork([60, 40], [[0, 0], [0, 0]])
    assert network.emission_shares() == (0, 0)
    assert network.emission_rao() == (0, 0)


@given(votes(), st.integers(1, 10**9))
def test_amounts_are_floored_rao_and_never_more_than_the_block(vote: Vote, block: int) -> None:
    network = RootNetwork(*vote)
    amounts = network.emission_rao(block)
    shares = network.emission_shares()
    assert sum(amounts) <= block
    for amount, share in zip(amounts, shares, strict=True):
        assert type(amount) is int
        assert amount <= share * block < amount + 1


def test_half_the_block_is_the_default_of_nobody() -> None:
    assert RootNetwork([1], [[1, 1]]).emission_rao() == (5 * 10**8, 5 * 10**8)


def test_a_coalition_turns_its_rows() -> None:
    network = RootNetwork([50, 30, 20], [[1, 1], [1, 0], [0, 1]], netuids=[3, 7])
    turned = network.all_on([0, 2], 3)
    assert turned.weights == ((1, 0), (1, 0), (1, 0))
    assert turned.stakes == network.stakes
    assert turned.netuids == network.netuids
    assert network.weights == ((1, 1), (1, 0), (0, 1))
    assert network.with_weights({1: [2, 6]}).weights == ((1, 1), (2, 6), (0, 1))
    assert network.with_weights({}) == network


@pytest.mark.parametrize(
    ("change", "argument"),
    [
        (lambda vote: vote.all_on([0], 9), "netuid"),
        (lambda vote: vote.all_on([2], 3), "validator"),
        (lambda vote: vote.all_on([-1], 3), "validator"),
        (lambda vote: vote.with_weights({0: [1]}), "weights"),
        (lambda vote: vote.with_weights({0: [1, 2, 3]}), "weights"),
        (lambda vote: vote.with_weights({0: [1, -2]}), "weights"),
        (lambda vote: vote.with_weights({0: [1], 1: [1]}), "weights"),
    ],
)
def test_a_change_of_rows_names_what_is_wrong(change: Any, argument: str) -> None:
    with pytest.raises(InputError) as refused:
        change(RootNetwork([50, 50], [[1, 1], [1, 0]], netuids=[3, 7]))
    assert refused.value.argument == argument


NAN = float("nan")


@pytest.mark.parametrize(
    ("stakes", "weights", "more", "argument"),
    [
        ([1, -1], [[1], [1]], {}, "stakes"),
        ([1, NAN], [[1], [1]], {}, "stakes"),
        ([0, 0], [[1], [1]], {}, "stakes"),
        ([], [], {}, "stakes"),
        ([1] * 65, [[1]] * 65, {}, "stakes"),
        ([1, 1], [[1]], {}, "weights"),
        ([1], [[1], [1]], {}, "weights"),
        ([1, 1], [[1, 2], [1]], {}, "weights"),
        ([1], [[]], {}, "weights"),
        ([1], [[-1]], {}, "weights"),
        ([1], [[NAN]], {}, "weights"),
        ([1], [["1"]], {}, "weights"),
        ([1], [[1, 1]], {"netuids": [4]}, "netuids"),
        ([1], [[1, 1]], {"netuids": [4, 4]}, "netuids"),
        ([1], [[1]], {"rho": 0}, "rho"),
        ([1], [[1]], {"rho": NAN}, "rho"),
        ([1], [[1]], {"kappa": 1.1}, "kappa"),
        ([1], [[1]], {"kappa": -0.1}, "kappa"),
    ],
)
def test_a_vote_of_the_wrong_shape_is_refused(
    stakes: list[Any], weights: list[Any], more: dict[str, Any], argument: str
) -> None:
    with pytest.raises(InputError) as refused:
        RootNetwork(stakes, weights, **more)  # type: ignore[arg-type]
    assert refused.value.argument == argument


def test_sixty_four_is_not_too_many() -> None:
    assert len(RootNetwork([1] * 64, [[1, 2]] * 64).stake_shares) == 64


def test_a_vote_is_a_value() -> None:
    network = RootNetwork([70, 30], [[1, 0], [0, 1]])
    assert network == RootNetwork((70, 30), ((1, 0), (0, 1)))
    assert hash(network) == hash(RootNetwork((70, 30), ((1, 0), (0, 1))))
    assert pickle.loads(pickle.dumps(network)).emission_shares() == network.emission_shares()
    with pytest.raises(FrozenInstanceError):
        network.rho = 30  # type: ignore[misc]
