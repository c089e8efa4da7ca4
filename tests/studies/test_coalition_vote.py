"""What delegators would have to move to stop a coalition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu import ledger, studies
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.root import RootNetwork

VOTES = {date: ledger.root_vote(date).network() for date in ("2024-10-23", "2024-11-24")}
EACH = pytest.mark.parametrize("network", VOTES.values(), ids=list(VOTES))
CAMPS = RootNetwork([60, 40], [[1, 0], [0, 1]], netuids=[1, 2])


@EACH
@pytest.mark.parametrize("number", [1, 2, 4])
def test_it_is_the_vote_that_the_engine_counts(network: RootNetwork, number: int) -> None:
    """Taken apart and put together, the sums are those of the Root Network itself."""
    vote = studies.coalition_vote(network, number, 19)
    after = network.all_on(vote.members, 19)
    for tally, engine in ((vote.before, network), (vote.after, after)):
        assert tally.ranks == pytest.approx(engine.ranks())
        assert tally.trusts == pytest.approx(engine.trusts())
        assert tally.consensus == pytest.approx(engine.consensus())
        assert tally.shares == pytest.approx(engine.emission_shares())
    assert vote.stakes == pytest.approx(network.stakes)
    assert vote.moved == pytest.approx(studies.coalition_moves(network, number).by_target[19])
    assert vote.column == network.netuids.index(19)


@EACH
def test_stake_that_leaves_goes_to_the_others_as_they_stand(network: RootNetwork) -> None:
    """None is lost, and the same vote counted anew by the engine says the same."""
    vote = studies.coalition_vote(network, 3, 1, leaving=0.25)
    stakes = vote.stakes
    assert sum(stakes) == pytest.approx(sum(network.stakes))
    grown = set()
    for place, (old, new) in enumerate(zip(network.stakes, stakes, strict=True)):
        if place in vote.members:
            assert new == pytest.approx(0.75 * old)
        elif old:
            grown.add(round(new / old, 9))
    assert len(grown) == 1
    anew = RootNetwork(stakes, network.weights, netuids=network.netuids)
    assert vote.before.shares == pytest.approx(anew.emission_shares())
    assert vote.after.shares == pytest.approx(anew.all_on(vote.members, 1).emission_shares())
    assert vote.stake_share == pytest.approx(0.75 * studies.coalition_moves(network, 3).stake_share)


def test_without_stake_nothing_is_moved() -> None:
    vote = studies.coalition_vote(CAMPS, 1, 2, leaving=1)
    assert vote.moved == 0
    assert vote.stakes == (0, 100)


@EACH
@pytest.mark.parametrize("target", [0, 1, 4, 50])
def test_less_stake_moves_less(network: RootNetwork, target: int) -> None:
    """What `stake_to_stop` relies on when it looks by halving."""
    for number in (2, 3, 5):
        moved = [
            studies.coalition_vote(network, number, target, leaving=part / 20).moved
            for part in range(21)
        ]
        assert moved == sorted(moved, reverse=True)


@EACH
@pytest.mark.parametrize("number", [3, 4, 5])
@pytest.mark.parametrize("part", [0.3, 0.5])
def test_what_stops_a_coalition_is_just_enough(
    network: RootNetwork, number: int, part: float
) -> None:
    needed = studies.stake_to_stop(network, number, 1, part)
    stake = sum(network.stakes[p] for p in studies.coalition_vote(network, number, 1).members)
    assert 0 < needed < stake
    just = studies.coalition_vote(network, number, 1, leaving=needed / stake).moved
    assert just <= part
    assert just == pytest.approx(part, abs=1e-6)


def test_a_coalition_that_moves_less_needs_no_stopping() -> None:
    assert studies.stake_to_stop(VOTES["2024-11-24"], 2, 1) == 0
    assert studies.coalition_vote(VOTES["2024-11-24"], 2, 1).moved < 0.5


def test_the_fewest_for_one_subnet() -> None:
    """Three in November 2024 for subnet 1; the one before is not enough; two camps never agree."""
    network = VOTES["2024-11-24"]
    assert studies.smallest_for(network, 1) == 3
    assert studies.smallest_for(network, 55) == 4, "nobody else supports subnet 55"
    assert studies.smallest_for(VOTES["2024-10-23"], 1) == 2
    assert studies.smallest_for(network, 1, 0.01) == 1
    alone = RootNetwork([60, 40], [[1], [1]], netuids=[1])
    assert studies.smallest_for(alone, 1) is None


@given(
    st.lists(st.integers(1, 50), min_size=3, max_size=5),
    st.data(),
)
def test_places_and_targets_of_any_small_vote(stakes: list[int], data: st.DataObject) -> None:
    """The engine's own count of every small vote, delegators gone or not."""
    size = len(stakes)
    rows = st.lists(st.integers(0, 3), min_size=3, max_size=3)
    weights = data.draw(st.lists(rows, min_size=size, max_size=size))
    network = RootNetwork(stakes, weights)
    member, target = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, 2))
    leaving = data.draw(st.sampled_from([0, 0.5]))
    vote = studies.coalition_vote(network, [member], target, leaving=leaving)
    anew = RootNetwork(vote.stakes, weights)
    assert vote.before.shares == pytest.approx(anew.emission_shares())
    assert vote.after.shares == pytest.approx(anew.all_on([member], target).emission_shares())


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ({"members": []}, "members is"),
        ({"members": [2]}, "members is"),
        ({"target": 7}, "target is 7"),
        ({"leaving": 1.5}, "leaving is 1.5"),
        ({"members": 2, "leaving": 0.5}, "leaving is 0.5"),
    ],
)
def test_what_cannot_be_is_refused(given_: dict[str, object], words: str) -> None:
    values = {"members": 1, "target": 2, "leaving": 0, **given_}
    with pytest.raises(InputError, match=words):
        studies.coalition_vote(
            CAMPS,
            values["members"],
            values["target"],
            leaving=values["leaving"],  # type: ignore[arg-type]
        )


def test_a_part_beyond_all_is_refused() -> None:
    with pytest.raises(InputError, match="part is 2"):
        studies.stake_to_stop(CAMPS, 1, 2, 2)


def test_it_says_what_it_is() -> None:
    vote = studies.coalition_vote(CAMPS, 1, 2)
    assert repr(vote) == "<CoalitionVote of 1 with 60.0% of stake for subnet 2: 80.3% moved>"
