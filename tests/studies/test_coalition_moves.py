"""Coalitions of validators: what they could have moved in November 2024."""

from __future__ import annotations

import pytest

from dtao_edu import ledger, measures, studies
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.root import RootNetwork

NETWORK = ledger.root_vote("2024-11-24").network()


@pytest.mark.parametrize(
    ("number", "least", "middle", "greatest", "unsupported"),
    [
        (1, 0.12, 0.21, 0.22, 0.12),
        (2, 0.20, 0.44, 0.46, 0.20),
        (3, 0.46, 0.68, 0.70, 0.46),
        (4, 0.80, 0.87, 0.88, 0.82),
    ],
)
def test_coalitions_of_the_largest(
    number: int, least: float, middle: float, greatest: float, unsupported: float
) -> None:
    """Netuid 0 counts among the shares and is no target; all 56 subnets are targets."""
    coalition = studies.coalition_moves(NETWORK, number)
    assert sorted(coalition.by_target) == list(range(1, 57))
    assert round(coalition.least, 2) == least
    assert round(coalition.median, 2) == middle
    assert round(coalition.greatest, 2) == greatest
    assert round(coalition.unsupported, 2) == unsupported


def test_a_coalition_moves_what_half_the_distance_says() -> None:
    vote = RootNetwork([50, 30, 20], [[1, 1, 0], [0, 1, 1], [1, 0, 1]], netuids=[0, 1, 2])
    coalition = studies.coalition_moves(vote, [1])
    before = vote.emission_shares()
    after = vote.with_weights({1: [0, 0, 1]}).emission_shares()
    assert coalition.by_target == {
        1: pytest.approx(measures.moved(before, vote.all_on([1], 1).emission_shares())),
        2: pytest.approx(measures.moved(before, after)),
    }
    assert coalition.stake_share == pytest.approx(0.3)
    assert coalition.members == (1,)


def test_an_unsupported_subnet_is_one_that_nobody_gives_weight() -> None:
    vote = RootNetwork([60, 40], [[1, 1], [1, 0]], netuids=[1, 5])
    wider = RootNetwork([60, 40], [[1, 1, 0], [1, 0, 0]], netuids=[1, 5, 6])
    coalition = studies.coalition_moves(vote, [0])
    same = studies.coalition_moves(wider, [0])
    assert coalition.unsupported == pytest.approx(same.by_target[6])


def test_what_is_issued_can_be_counted_alone() -> None:
    vote = RootNetwork([70, 30], [[1, 1, 0], [0, 1, 1]], netuids=[0, 1, 2])
    only = studies.coalition_moves(vote, [0], issued_only=True)
    for netuid in (1, 2):
        after = vote.all_on([0], netuid).emission_shares(issued_only=True)
        before = vote.emission_shares(issued_only=True)
        assert only.by_target[netuid] == pytest.approx(measures.moved(before, after))
    assert only.unsupported != studies.coalition_moves(vote, [0]).unsupported


def test_places_and_numbers_name_the_same_coalition() -> None:
    vote = ledger.root_vote("2024-11-24")
    assert studies.coalition_moves(NETWORK, 2) == studies.coalition_moves(NETWORK, vote.largest(2))
    assert studies.coalition_moves(NETWORK, [vote.place(2)]).stake_share == pytest.approx(
        0.1707, abs=1e-4
    )


def test_three_could_move_half_of_all_emission_and_four_to_any_target() -> None:
    assert len(studies.smallest_coalition(NETWORK).members) == 3
    assert len(studies.smallest_coalition(NETWORK, 0.5, "least").members) == 4
    assert len(studies.smallest_coalition(NETWORK, 0.5, "unsupported").members) == 4
    assert len(studies.smallest_coalition(NETWORK, 0.2, "greatest").members) == 1


def test_more_than_all_together_move_is_refused() -> None:
    vote = RootNetwork([60, 40], [[1, 0], [1, 0]], netuids=[1, 2])
    assert studies.smallest_coalition(vote, 1, "greatest").members == (0, 1)
    with pytest.raises(InputError, match=r"part is 0.9; allowed: at most 0.5000"):
        studies.smallest_coalition(vote, 0.9)


def test_issued_only_reaches_the_search() -> None:
    vote = RootNetwork([60, 40], [[1, 0, 0], [0, 1, 0]], netuids=[0, 1, 2])
    one = studies.smallest_coalition(vote, 0.01, "greatest", issued_only=True)
    assert one == studies.coalition_moves(vote, 1, issued_only=True)


@pytest.mark.parametrize("issued_only", [False, True])
def test_every_target_of_the_real_vote_agrees_with_a_vote_held_again(issued_only: bool) -> None:
    places = [6, 15, 33]
    coalition = studies.coalition_moves(NETWORK, places, issued_only=issued_only)
    before = NETWORK.emission_shares(issued_only=issued_only)
    for netuid in (1, 8, 55):
        again = NETWORK.all_on(places, netuid).emission_shares(issued_only=issued_only)
        assert coalition.by_target[netuid] == pytest.approx(measures.moved(before, again))


@pytest.mark.parametrize("members", [[0, 0], [64], [-1], 0, 65, 1.5])
def test_members_that_are_not_there_are_refused(members: object) -> None:
    with pytest.raises(InputError, match="members is"):
        studies.coalition_moves(NETWORK, members)  # type: ignore[arg-type]


def test_an_unknown_figure_is_refused() -> None:
    with pytest.raises(InputError, match="over is 'mean'"):
        studies.smallest_coalition(NETWORK, 0.5, "mean")  # type: ignore[arg-type]


def test_a_coalition_shows_itself() -> None:
    assert repr(studies.coalition_moves(NETWORK, 1)) == (
        "<Coalition of 1 with 17.1% of stake moves 11.5% to 22.0%, median 21.2%, unsupported 11.5%>"
    )


def test_one_token_weight_by_the_rest_turns_the_curve() -> None:
    """A coalition of 30 %: 5.5 % of emission alone, 32.6 % once the others give a token weight."""
    alone = RootNetwork([70, 30], [[1, 0], [0, 1]]).emission_shares()
    token = RootNetwork([70, 30], [[1, 1e-9], [0, 1]]).emission_shares()
    assert alone[1] == pytest.approx(0.055, abs=5e-4)
    assert token[1] == pytest.approx(0.326, abs=5e-3)
