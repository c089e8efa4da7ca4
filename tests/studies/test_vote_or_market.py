"""The same change of shares on both sides: each side is what it is alone, and in the same units."""

from __future__ import annotations

import pytest

from dtao_edu import ledger
from dtao_edu.engine.emission import moving_prices
from dtao_edu.engine.errors import InputError
from dtao_edu.studies import (
    ages_of,
    coalition_moves,
    coalition_vote,
    smallest_for,
    smallest_to_gain,
    vote_or_market,
)

VOTE = ledger.root_vote("2024-11-24").network()
POOLS = ledger.pools("2025-04-17").trading()


@pytest.mark.parametrize(("target", "part"), [(1, 0.5), (19, 0.2), (4, 0.3)])
def test_by_one_validator_fewer_less_than_the_part_arrives(target: int, part: float) -> None:
    both = vote_or_market(VOTE, POOLS, target, part)
    assert both.validators is not None
    assert coalition_vote(VOTE, both.validators, target).arrives >= part
    if both.validators > 1:
        assert coalition_vote(VOTE, both.validators - 1, target).arrives < part
    largest = sorted(VOTE.stakes, reverse=True)[: both.validators]
    assert both.staked == pytest.approx(float(sum(largest)))
    assert both.stake_share == pytest.approx(float(sum(largest) / sum(VOTE.stakes)))
    assert both.supported
    assert both.seats == 64


@pytest.mark.parametrize("target", [55, 62, 64])
def test_a_subnet_without_any_vote_is_one_that_nobody_supports(target: int) -> None:
    both = vote_or_market(VOTE, POOLS, target, 0.45)
    assert not both.supported
    assert both.validators is not None
    moved = coalition_moves(VOTE, both.validators).unsupported
    assert both.moved == pytest.approx(float(moved))
    assert both.moved >= both.arrives >= 0.45
    assert coalition_moves(VOTE, both.validators - 2).unsupported < 0.45


def test_the_tao_that_each_market_takes_lifts_the_share_by_the_part() -> None:
    """The stake is made, and the price it leaves is held block by block."""
    both = vote_or_market(VOTE, POOLS, 62, 0.05)
    pools = {netuid: record.pool() for netuid, record in POOLS.items()}
    prices, age = {n: float(pool.price) for n, pool in pools.items()}, ages_of(POOLS)[62]
    others = sum(prices.values()) - prices[62]
    before = prices[62] / (prices[62] + others)
    assert [move.blocks for move in both.market] == [0, 7200, 50400]
    for move in both.market:
        price = float(pools[62].stake(move.tao).after.price)
        if move.blocks:
            *_, price = moving_prices([price] * move.blocks, prices[62], blocks=age)
        assert price / (price + others) == pytest.approx(before + 0.05, rel=1e-6)


def test_to_hold_longer_takes_no_more_and_never_less_than_by_spot() -> None:
    spot, day, week = vote_or_market(VOTE, POOLS, 1, 0.1).market
    assert day.tao > week.tao >= spot.tao


def test_what_not_even_all_validators_move_is_said() -> None:
    both = vote_or_market(VOTE, POOLS, 19, 0.95)  # by price it has 4.4 %, by vote more
    assert both.validators is both.staked is both.stake_share is None
    assert "validators None" in repr(both)


@pytest.mark.parametrize("target", [0, 83, 999])
def test_a_subnet_without_a_pool_is_refused(target: int) -> None:
    with pytest.raises(InputError, match=r"target is .*pool in which alpha is traded"):
        vote_or_market(VOTE, POOLS, target, 0.05)


def test_a_pool_that_does_not_trade_is_refused() -> None:
    every = ledger.pools("2025-04-17")
    still = next(netuid for netuid, record in every.items() if not record.trading)
    with pytest.raises(InputError, match="target"):
        vote_or_market(VOTE, every, still, 0.05)


def test_more_than_the_others_have_is_refused() -> None:
    with pytest.raises(InputError, match=r"part is 0.9; allowed: less than 0.836"):
        vote_or_market(VOTE, POOLS, 64, 0.9)


def test_what_changes_hands_need_not_arrive() -> None:
    """Shares sum to one, so no subnet gains more than changes hands; alone it gains far less."""
    supported, alone = (vote_or_market(VOTE, POOLS, target, 0.05) for target in (1, 62))
    assert supported.validators == 1
    assert alone.validators == 2, "the largest moves 11.5 %, and 0.9 % arrives"
    for both in (supported, alone):
        assert both.arrives is not None
        assert both.moved is not None
        assert 0.05 <= both.arrives <= both.moved + 1e-12
    with_nobody = vote_or_market(VOTE, POOLS, 19, 0.95)
    assert with_nobody.arrives is with_nobody.moved is None


def test_the_fewest_by_whom_a_part_arrives_are_no_fewer_than_those_who_move_it() -> None:
    for target in (1, 19, 55):
        for part in (0.02, 0.1, 0.5):
            move, gain = (f(VOTE, target, part) for f in (smallest_for, smallest_to_gain))
            assert move <= gain
