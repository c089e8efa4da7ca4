"""The vote as bars: every bar is what the engine counted, and the sentence is true to it."""

from __future__ import annotations

import math

import pytest

from dtao_edu import ledger, studies
from dtao_edu.engine.root import RootNetwork
from dtao_edu.figures.coalition_vote import consensus_curve, vote_bars
from dtao_edu.studies.coalition_vote import coalition_name

NETWORK = ledger.root_vote("2024-11-24").network()
VOTE = studies.coalition_vote(NETWORK, 3, 4)
CAMPS = RootNetwork([40, 60], [[1, 0], [0, 1]], netuids=[1, 2])


def bars(picture, name):
    """List the heights of the bars of one axes: what was drawn first comes first."""
    (ax,) = [ax for ax in picture.figure.axes if ax.get_title("left").startswith(name)]
    return [patch.get_data() for patch in ax.patches if hasattr(patch, "get_data")]


def test_every_validator_stands_once_the_largest_first():
    others, members = (data.values for data in bars(vote_bars(VOTE), "Stake"))
    both = [a + b for a, b in zip(others, members, strict=True)]
    assert both == sorted(both, reverse=True)
    assert sum(both) == pytest.approx(100)
    assert [bool(height) for height in members] == [True] * 3 + [False] * 61
    assert sum(members) == pytest.approx(100 * VOTE.stake_share)


def test_chosen_ones_stand_at_their_rank_whatever_their_place():
    _, members = bars(vote_bars(studies.coalition_vote(CAMPS, [0], 1)), "Stake")
    assert list(members.values) == [0, 40]


@pytest.mark.parametrize(
    ("title", "name"), [("Trust", "trusts"), ("Consensus", "consensus"), ("Emission", "shares")]
)
def test_bars_are_what_was_counted_and_stand_at_their_netuids(title, name):
    picture = vote_bars(VOTE)
    after, target, before = bars(picture, title)
    assert list(before.values) == pytest.approx([100 * x for x in getattr(VOTE.before, name)])
    together = [a + b for a, b in zip(after.values, target.values, strict=True)]
    assert together == pytest.approx([100 * x for x in getattr(VOTE.after, name)])
    assert [n for n, height in zip(NETWORK.netuids, target.values, strict=True) if height] == [4]
    assert (before.edges[4], before.edges[5]) == (3.5, 4.5)


def test_the_gauge_is_what_changes_hands_and_the_guess_stands_on_it():
    picture = vote_bars(VOTE)
    (gauge,) = picture.figure.axes[0].patches
    assert gauge.get_width() == pytest.approx(100 * VOTE.moved)
    picture.place_guess(30.0)
    (guess,) = picture.guessed
    assert list(guess.get_xdata()) == [30.0]
    picture.place_guess(None)
    assert not len(guess.get_xdata())


def test_stakes_that_leave_change_the_bars_and_not_the_order():
    picture = vote_bars(VOTE)
    picture.show(studies.coalition_vote(NETWORK, 3, 4, leaving=0.9))
    others, members = (data.values for data in bars(picture, "Stake"))
    assert sum(members) == pytest.approx(10 * VOTE.stake_share)
    assert others[3] > members[0] > 0


def test_the_limits_follow_the_vote_in_steps():
    picture = vote_bars(VOTE)
    stakes = picture.figure.axes[1]
    assert stakes.get_xlim() == (0.3, 64.7)
    assert stakes.get_ylim() == (0, 25)
    picture.show(studies.coalition_vote(CAMPS, 1, 1))
    assert stakes.get_xlim() == (0.3, 2.7)
    assert stakes.get_ylim() == (0, 100)
    assert picture.figure.axes[-1].get_xlim() == pytest.approx((0.3, 2.7))


def test_a_stopped_coalition_is_told_as_such():
    said = str(vote_bars(studies.coalition_vote(NETWORK, 2, 1)))
    assert "44.5 % of all emission changes hands. That is no more than a half" in said
    left = str(vote_bars(studies.coalition_vote(NETWORK, 3, 1, leaving=0.1)))
    assert "to others; 10.0 % have left." in left


def test_the_coalition_has_its_name():
    assert coalition_name(VOTE) == "The 3 largest of 64 validators"
    two = studies.coalition_vote(NETWORK, [5, 7], 4)
    assert coalition_name(two) == "2 chosen of 64 validators"


def test_every_subnet_is_a_point_on_the_curve():
    october = ledger.root_vote("2024-10-23").network()
    picture = consensus_curve(october, names=[1, 52])
    (ax,) = picture.figure.axes
    curve, *_, points = ax.lines
    at = dict(zip(curve.get_xdata(), curve.get_ydata(), strict=True))
    assert at[0] == pytest.approx(100 / (1 + math.exp(10 * 32767 / 65535)))
    assert list(points.get_xdata()) == pytest.approx([100 * t for t in october.trusts()])
    assert list(points.get_ydata()) == pytest.approx([100 * c for c in october.consensus()])
    assert [text.get_text() for text in ax.texts] == ["kappa", "subnet 1", "subnet 52"]
    ring = ax.lines[2]
    assert ring.get_xdata()[0] == pytest.approx(100 * october.trusts()[1])
    for text, netuid in zip(ax.texts[1:], (1, 52), strict=True):
        x, y = text.get_position()
        away = abs(x - 100 * october.trusts()[netuid]) + abs(y - 100 * october.consensus()[netuid])
        assert 5 < away < 15
        assert 0 < x < 100
        assert 0 < y < 100
    assert "subnet 52, with a trust of 29.2 %, has 11.1 %." in str(picture)
