"""The playground of the vote: who votes together, for whom, and who leaves."""

from __future__ import annotations

import ipywidgets as widgets
import pytest

from dtao_edu import coalition_vote, ledger, studies
from dtao_edu.playground import Number
from tests.helpers.shown import one, page


def rows(session):
    return {row.label: row.value for row in coalition_vote.receipt(session.result)}


def test_both_real_votes_are_there():
    for preset, date in zip(coalition_vote.presets(), ("2024-11-24", "2024-10-23"), strict=True):
        network = preset.values["network"]
        assert network == ledger.root_vote(date).network()
        assert f"{ledger.root_vote(date).block:,}" in preset.source


def test_the_largest_and_the_same_ones_chosen_give_the_same():
    session = coalition_vote.session(largest=2)
    first = session.result
    session.set("who", "chosen")
    session.set("seats", (1, 2))
    assert session.result.moved == first.moved
    session.set("seats", (2, 3, 4))
    network = session.values["network"]
    places = ledger.root_vote("2024-11-24").largest(4)[1:]
    assert session.result.moved == pytest.approx(
        studies.coalition_moves(network, places).by_target[1]
    )


def test_the_fewest_for_a_half_and_one_fewer():
    session = coalition_vote.session(largest=9, leaving=40)
    session.act("Fewest for a half")
    assert (session.values["largest"], session.values["leaving"]) == (3, 0)
    assert session.result.moved >= 0.5
    assert rows(session)["enough for a half"] == "the 3 largest"
    session.set("largest", 2)
    assert session.result.moved < 0.5
    assert rows(session)["to stop them"] == "nothing is needed"


def test_delegators_can_stop_a_coalition_and_one_percent_less_would_not():
    session = coalition_vote.session(largest=4)
    assert session.result.moved > 0.8
    session.act("Delegators stop it")
    assert session.result.moved <= 0.5
    session.set("leaving", session.values["leaving"] - 1)
    assert session.result.moved > 0.5


def test_a_vote_with_fewer_validators_keeps_what_it_can():
    session = coalition_vote.session(largest=40, target=56)
    session.choose(coalition_vote.presets()[1].label)
    assert (session.values["largest"], session.values["target"]) == (24, 52)


def test_a_coalition_of_all_or_of_nobody_is_refused_and_the_last_state_kept():
    session = coalition_vote.session()
    before = session.result
    for name, value in (("largest", 64), ("seats", ())):
        session.set("who", "chosen" if name == "seats" else "largest")
        with pytest.raises(ValueError, match=r"coalition|members"):
            session.set(name, value)
    assert session.result.moved == before.moved


def test_a_target_that_nobody_supports_is_harder():
    """Its trust is the coalition's own stake, and the curve holds it back."""
    session = coalition_vote.session()
    first = session.result.moved
    session.set("target", 55)
    assert session.result.before.trusts[session.result.column] == 0
    assert session.result.moved < first


def test_wrong_ideas_are_what_they_say():
    vote = coalition_vote.session().result
    (_, stake, _), (_, rest, _), (_, twice, _) = coalition_vote.question.misconceptions(vote)
    assert stake == pytest.approx(100 * vote.stake_share)
    assert rest == pytest.approx(100 - 100 * vote.after.shares[1])
    assert twice == pytest.approx(200 * vote.moved)


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [
        ("How many", 0, "How many is 0; allowed: a whole number, 1 or more."),
        ("How many", 65, "How many is 65; allowed: 1 to 64."),
        ("All their", 99, "All their weight on subnet is 99; allowed: a netuid from 0 to 56."),
    ],
)
def test_what_is_refused_bears_the_name_beside_the_control(
    label: str, value: float, said: str
) -> None:
    live = coalition_vote(predict=False)
    before = dict(live.session.values)
    one(live, widgets.FloatText, label).value = value
    assert said in page(live)
    assert live.session.values == before


def test_two_and_a_half_validators_are_rounded_where_the_learner_sees_it() -> None:
    control = next(one for one in coalition_vote.controls if one.name == "largest")
    assert isinstance(control, Number)
    assert control.read(2.6) == 3
    assert isinstance(control.read(2.6), int)
