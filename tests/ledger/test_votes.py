"""The two real votes: what the sources add up to, and what the chain then paid."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from dtao_edu import ledger
from dtao_edu.engine.errors import InputError

OCTOBER, NOVEMBER = (ledger.root_vote(day) for day in ("2024-10-23", "2024-11-24"))


def test_october_holds_the_25_largest_and_what_was_paid() -> None:
    assert len(OCTOBER.uids) == len(OCTOBER.stakes) == len(OCTOBER.weights) == 25
    assert sum(OCTOBER.stakes) == pytest.approx(5_108_874.91, abs=0.01)
    assert OCTOBER.netuids == tuple(range(53))
    assert OCTOBER.block == 4_106_827
    assert sum(w > 0 for row in OCTOBER.weights for w in row) == 579
    assert all(sum(row) == pytest.approx(1, abs=1e-5) for row in OCTOBER.weights)


def test_november_is_the_complete_vote() -> None:
    assert NOVEMBER.uids == tuple(range(64))
    assert sum(NOVEMBER.stakes) == pytest.approx(5_155_868.53, abs=0.01)
    assert NOVEMBER.netuids == tuple(range(57))
    assert NOVEMBER.block == 4_336_135
    voted = [sum(row) for row in NOVEMBER.weights if any(row)]
    assert len(voted) == 57
    assert all(total == pytest.approx(1, abs=2e-5) for total in voted)
    assert sum(w > 0 for row in NOVEMBER.weights for w in row) == 823
    assert not any(row[55] or row[56] for row in NOVEMBER.weights)


def test_a_few_validators_held_most_of_the_stake() -> None:
    total = sum(NOVEMBER.stakes)
    for number, part in ((5, 0.618), (10, 0.855), (25, 0.9985)):
        held = sum(NOVEMBER.stakes[place] for place in NOVEMBER.largest(number))
        assert held / total == pytest.approx(part, abs=5e-4)


def test_the_formula_reproduces_what_the_chain_paid() -> None:
    assert OCTOBER.paid is not None
    computed = OCTOBER.network().shares_by_netuid()
    errors = [abs(computed[netuid] - OCTOBER.paid[netuid]) for netuid in OCTOBER.netuids]
    assert max(errors) < 0.0005
    assert sum(errors) < 0.0015


def test_the_slope_of_the_unit_tests_does_not_reproduce_it() -> None:
    assert OCTOBER.paid is not None
    steep = OCTOBER.network(rho=30).shares_by_netuid()
    assert sum(abs(steep[n] - OCTOBER.paid[n]) for n in OCTOBER.netuids) == pytest.approx(
        0.081, abs=0.001
    )
    middle = OCTOBER.network(kappa=0.5).shares_by_netuid()
    assert sum(abs(middle[n] - OCTOBER.paid[n]) for n in OCTOBER.netuids) < 0.0015


def test_what_was_paid_is_one_tao_and_root_kept_18_per_cent_back() -> None:
    paid = ledger.root_emission("2024-10-23")
    assert paid.netuids == tuple(range(53))
    assert paid.total == pytest.approx(1)
    assert paid[0] == pytest.approx(0.183936, abs=1e-6)
    assert paid.block == 4_107_450
    assert paid is not OCTOBER.paid
    assert OCTOBER.paid == paid
    assert NOVEMBER.paid is None


def test_march_2024_has_32_subnets_and_no_day() -> None:
    march = ledger.root_emission("2024-03")
    assert march.netuids == tuple(range(1, 33))
    assert march.total == pytest.approx(1)
    assert march[1] == pytest.approx(64_218_191 / 999_981_905)
    assert march.block is None
    assert march.date == "2024-03"


def test_registrations_tell_which_netuids_changed_their_subnet() -> None:
    march, october = (ledger.registration_blocks(day) for day in ("2024-03", "2024-10-23"))
    assert march[1] == october[1] == 172_898
    changed = [netuid for netuid in march if march[netuid] != october[netuid]]
    assert changed
    assert all(october[netuid] > march[netuid] for netuid in changed)


def test_a_validator_is_found_by_uid() -> None:
    place = OCTOBER.place(20)
    assert OCTOBER.uids[place] == 20
    assert OCTOBER.stake(20) == OCTOBER.stakes[place]
    given = OCTOBER.weights_of(20)
    assert given == {n: w for n, w in enumerate(OCTOBER.weights[place]) if w > 0}
    assert 0 < len(given) < 53
    with pytest.raises(InputError, match=r"uid is 0; allowed: 2, 3, \.\.\. 61 \(25 in all\)"):
        OCTOBER.place(0)


def test_the_largest_are_in_falling_order() -> None:
    places = NOVEMBER.largest(64)
    stakes = [NOVEMBER.stakes[place] for place in places]
    assert stakes == sorted(stakes, reverse=True)
    assert NOVEMBER.largest(2) == places[:2]


def test_the_network_keeps_names_and_stakes() -> None:
    network = NOVEMBER.network(rho=7, kappa=0.25)
    assert (network.rho, network.kappa) == (7, 0.25)
    assert network.stakes == NOVEMBER.stakes
    assert network.netuids == NOVEMBER.netuids


def test_votes_say_where_they_come_from() -> None:
    assert [p.name for p in OCTOBER.provenance] == [
        "root_stake_2024-10-23",
        "root_weights_2024-10-23",
        "root_emission_2024-10-23",
    ]
    assert len(NOVEMBER.provenance) == 2


def test_a_vote_shows_itself_shortly() -> None:
    assert repr(OCTOBER) == ("<RootVote of 2024-10-23, block 4,106,827: 25 validators, 53 netuids>")
    page = OCTOBER._repr_html_()
    assert "<td>2</td><td>876,354</td><td>17.2%</td><td>32</td>" in page


def test_a_date_is_a_text_or_a_day_and_others_are_refused() -> None:
    assert ledger.root_vote(date(2024, 10, 23)) is OCTOBER
    assert ledger.root_vote("2024-10-23") is OCTOBER
    with pytest.raises(InputError, match="'2024-10-23' or '2024-11-24'"):
        ledger.root_vote("2024-10-24")
    with pytest.raises(InputError, match="'2024-03'"):
        ledger.root_emission("2024-11-24")


def test_a_vote_is_a_value() -> None:
    assert pickle.loads(pickle.dumps(OCTOBER)) == OCTOBER
    with pytest.raises(AttributeError):
        OCTOBER.block = 1  # type: ignore[misc]
