"""Insider and stranger, vote and market; bribes paid if they fail; subnets cut in pieces."""

from __future__ import annotations

import pytest

from dtao_edu import ledger, studies
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.root import RootNetwork
from dtao_edu.studies import attacks
from dtao_edu.studies.ledger_network import network_on

VOTE = ledger.root_vote("2024-11-24").network()
POOLS = ledger.pools("2025-04-17")


@pytest.mark.parametrize(("target", "days"), [(62, 1), (4, 7)])
def test_all_four_are_asked_for_the_same(target: int, days: float) -> None:
    ways = attacks.two_by_two(VOTE, POOLS, target, 0.05, days)
    assert [(way.who, way.under) for way in ways] == [
        ("insider", "vote"),
        ("stranger", "vote"),
        ("insider", "market"),
        ("stranger", "market"),
    ]
    assert {way.target for way in ways} == {target}
    assert {way.days for way in ways} == {days}
    for way in ways[:2]:
        assert way.arrives >= 0.05 - 1e-9
        assert (way.lost_at_worst, way.earned > 0) == (0, True)
    for way in ways[2:]:  # the chain goes on meanwhile, so that it is only about so much
        assert way.arrives == pytest.approx(0.05, abs=0.012)
    assert ways[2].committed == ways[3].committed
    assert 0 < ways[2].earned - ways[3].earned < 0.3 * abs(ways[3].earned)


def test_lent_stake_is_the_insiders_alone() -> None:
    assert [way.own for way in attacks.two_by_two(VOTE, POOLS, 62, 0.05)] == [
        False,
        True,
        True,
        True,
    ]


def test_by_vote_an_owner_earns_his_part_of_what_arrives_in_tao() -> None:
    insider, stranger, *_ = attacks.two_by_two(VOTE, POOLS, 62, 0.05, 2)
    for way in (insider, stranger):
        assert way.earned == pytest.approx(0.18 * 2 * 7_200 * way.arrives, rel=1e-3)


def test_by_price_a_day_earns_less_than_nothing_and_a_week_pays_in_a_thin_pool_alone() -> None:
    """Root sells at the lifted price at once; what emission brings comes later."""
    stranger = {
        (target, days): attacks.two_by_two(VOTE, POOLS, target, 0.05, days)[3].earned
        for target in (62, 4)
        for days in (1, 7)
    }
    assert stranger[62, 1] < 0 < stranger[62, 7]
    assert stranger[4, 7] < stranger[4, 1] < 0


def test_a_capture_in_time_earns_nothing_where_nothing_is_sold_or_issued() -> None:
    """The stake alone comes back: what is earned is what the chain did meanwhile."""
    network = network_on(free_tao=6_000)
    brief, long = (attacks.capture_in_time(network, 62, 5_000, days=d) for d in (0.02, 7))
    assert abs(brief.earned) < 5
    assert long.earned > 100 * abs(brief.earned) / 5
    assert long.gained > 0


def test_the_owners_alpha_is_told_apart_from_what_the_capture_brings() -> None:
    network = network_on(free_tao=6_000)
    owner, stranger = (
        attacks.capture_in_time(network, 62, 5_000, owned=alpha) for alpha in (1_296, 0)
    )
    assert owner.without > 0 == stranger.without
    assert owner.returned > stranger.returned
    assert owner.earned == pytest.approx(stranger.earned, abs=1)


def test_a_conditional_bribe_costs_nothing_if_all_follow() -> None:
    wide = attacks.with_newcomer(VOTE, 62)
    found = attacks.conditional_bribe(wide, 62, 0.05)
    assert (found.lost, found.own) == (0, True)
    assert 0 < found.lost_at_worst < found.committed
    assert found.arrives >= 0.05
    dearer = attacks.conditional_bribe(wide, 62, 0.05, leaving=0.5)
    assert dearer.committed > 4 * found.committed
    free = attacks.conditional_bribe(wide, 62, 0.05, leaving=0, epsilon=0.5)
    assert free.committed == pytest.approx(0.5 * 2)  # two validators, half a TAO each
    with pytest.raises(InputError, match="part"):
        attacks.conditional_bribe(RootNetwork([60, 40], [[1], [1]], netuids=[1]), 1, 0.5)


@pytest.mark.parametrize("target", [1, 19, 31])
@pytest.mark.parametrize("pieces", [1, 2, 5])
def test_a_subnet_cut_in_pieces_gains_nothing_by_vote(target: int, pieces: int) -> None:
    assert attacks.split_vote(VOTE, target, pieces) == pytest.approx(0, abs=1e-12)


def test_by_price_a_cut_pays_only_if_the_alpha_is_divided_too() -> None:
    prices = dict(POOLS.prices())
    share = prices[64] / sum(prices.values())
    assert attacks.split_price(prices, 64, 2, alpha_divided=False) == pytest.approx(0, abs=1e-12)
    gained = attacks.split_price(prices, 64, 2, alpha_divided=True)
    assert gained == pytest.approx(2 * share / (1 + share) - share)
    assert attacks.split_price(prices, 64, 1, alpha_divided=True) == pytest.approx(0)
    with pytest.raises(InputError, match="target"):
        attacks.split_price(prices, 999, 2, alpha_divided=True)


def test_ages_are_the_subnets_own() -> None:
    ages = studies.ages_of(POOLS)
    assert ages[62] == POOLS.age
    assert ages[84] < 5 * 7_200
    assert set(ages) == set(POOLS.trading())
    young, own = (
        studies.market_cost_to_move(POOLS.trading(), 62, 0.05, rule="moving", **how).tao
        for how in ({"age": 201_600}, {})
    )
    assert own == pytest.approx(0.918 * young, rel=0.001)
    assert (
        own
        == studies.market_cost_to_move(dict(POOLS.trading()), 62, 0.05, rule="moving", age=ages).tao
    )
