"""The same change of shares on both sides: each side is what it is alone, and in the same units."""

from __future__ import annotations

import pytest

from dtao_edu import ledger
from dtao_edu.engine.errors import InputError
from dtao_edu.figures.sides import sides_sentence
from dtao_edu.measures import coalition_moves, market_cost_to_move, vote_or_market

VOTE = ledger.root_vote("2024-11-24").network()
POOLS = ledger.pools("2025-04-17").trading()


@pytest.mark.parametrize(("target", "part"), [(1, 0.5), (19, 0.2), (4, 0.3)])
def test_one_validator_fewer_moves_less_than_the_part(target: int, part: float) -> None:
    both = vote_or_market(VOTE, POOLS, target, part)
    assert both.validators is not None
    assert coalition_moves(VOTE, both.validators).by_target[target] >= part
    if both.validators > 1:
        assert coalition_moves(VOTE, both.validators - 1).by_target[target] < part
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
    assert coalition_moves(VOTE, both.validators).unsupported >= 0.45
    assert coalition_moves(VOTE, both.validators - 1).unsupported < 0.45


def test_the_market_is_asked_for_the_same_part() -> None:
    both = vote_or_market(VOTE, POOLS, 62, 0.05)
    alone = [
        market_cost_to_move(POOLS, 62, 0.05),
        *(
            market_cost_to_move(POOLS, 62, 0.05, rule="moving", blocks=days * 7200)
            for days in (1, 7)
        ),
    ]
    assert list(both.market) == alone
    assert [move.blocks for move in both.market] == [0, 7200, 50400]
    assert both.part == 0.05
    assert both.target == 62


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
    moved = coalition_moves(VOTE, 1)
    assert supported.arrives is not None
    assert alone.arrives is not None
    assert supported.arrives <= moved.by_target[1] + 1e-12
    assert alone.arrives < 0.2 * moved.unsupported
    assert "only 0.9 % arrive there" in sides_sentence(alone)
    assert "arrive" not in sides_sentence(supported)
    assert vote_or_market(VOTE, POOLS, 19, 0.95).arrives is None
