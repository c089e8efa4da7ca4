"""Each shared wrong idea: what it computes, and that what is said of it is true in the engine."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

from dtao_edu import Pool, RootNetwork
from dtao_edu.practice.exercise.draw import Given
from dtao_edu.practice.misconceptions import blocks, shares, trades, votes

STAKE = Given(tao_in=100.0, alpha_in=400.0, alpha_out=1000.0, tao=25.0)
UNSTAKE = Given(tao_in=100.0, alpha_in=400.0, alpha=100.0)
VOTE = Given(
    stakes=[600, 300, 100],
    weights=[[50, 50, 0], [0, 20, 60], [0, 0, 30]],
    netuids=[1, 2, 3],
    netuid=3,
)
POOLS = Given(
    pools=[
        {"netuid": 7, "tao_in": 1000, "alpha_in": 20000, "alpha_out": 90000},
        {"netuid": 9, "tao_in": 3000, "alpha_in": 30000, "alpha_out": 10000},
    ]
)
TWO = Given(before=[0.5, 0.3, 0.2], after=[0.2, 0.35, 0.45])


def numbers(text: str) -> list[float]:
    found = re.findall(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?", text)
    return [float(number.replace(",", "")) for number in found]


def holds(text: str, value: float, rel: float = 1e-3) -> bool:
    return any(math.isclose(number, value, rel_tol=rel) for number in numbers(text))


@pytest.mark.parametrize(
    ("misconception", "of_stake", "of_unstake"),
    [
        (trades.SPOT_PRICE, 100.0, 25.0),
        (trades.FINAL_PRICE, 64.0, 16.0),
        (trades.WHAT_STAYS, 320.0, 80.0),
        (trades.SUM_KEPT, 25.0, 100.0),
        (trades.TURNED_ROUND, 6.25, 400.0),
        (trades.WRONG_RESERVES, 100 * 25 / 425, 400 * 100 / 200),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_an_idea_about_a_trade(misconception: Any, of_stake: float, of_unstake: float) -> None:
    """Right would be 80 alpha for the stake, and 20 TAO for the unstake."""
    assert Pool(100, 400).stake(25).received == 80
    assert Pool(100, 400, 100).unstake(100).received == 20
    assert misconception.value(STAKE) == pytest.approx(of_stake)
    assert misconception.value(UNSTAKE) == pytest.approx(of_unstake)
    for g, value in ((STAKE, of_stake), (UNSTAKE, of_unstake)):
        text = misconception.message(g, value)
        s = trades.swap(g)
        if misconception is trades.TURNED_ROUND:
            tao, alpha = (g.tao, value) if "tao" in g else (value, g.alpha)
            assert holds(text, alpha * Pool(100, 400).price)
            assert holds(text, tao)
        elif value < s.out_of:
            # the product that would be left, and the product that there was
            assert holds(text, (s.into + s.paid) * (s.out_of - value))
            assert holds(text, 40000)
            assert (s.into + s.paid) * (s.out_of - value) != pytest.approx(40000)
        else:
            assert holds(text, value)
            assert holds(text, s.out_of)


def test_alpha_with_holders_is_not_in_the_pool() -> None:
    misconception = trades.HELD_ALPHA_COUNTED
    assert misconception.value(STAKE) == pytest.approx(1400 * 25 / 125)
    text = misconception.message(STAKE, 280.0)
    assert holds(text, 1000)
    assert holds(text, 125 * (400 - 280))


def test_a_price_for_the_whole_trade_is_told_as_alpha() -> None:
    text = trades.paid_at(STAKE, 0.25)
    assert "tao_in=100, alpha_in=400, tao=25" in text
    assert holds(text, 100)
    assert holds(text, 125 * 300)


@pytest.mark.parametrize(
    ("misconception", "price"),
    [(trades.TAO_RESERVE_ONLY, 125 / 400), (trades.STRAIGHT_LINE, 0.375)],
)
def test_an_idea_about_the_price_after_a_stake(misconception: Any, price: float) -> None:
    """Right would be 0.390625: 125 TAO beside 320 alpha."""
    assert Pool(100, 400).stake(25).after.price == 0.390625
    assert misconception.value(STAKE) == price
    text = misconception.message(STAKE, price)
    assert holds(text, 125 / price)
    assert holds(text, 125 * 125 / price)
    assert holds(text, 40000)


def test_the_reserve_that_is_reached_is_not_what_is_added() -> None:
    g = Given(tao_in=100.0, alpha_in=400.0, limit_price=1.0)
    assert trades.RESERVE_THEN.value(g) == 200
    text = trades.RESERVE_THEN.message(g, 200)
    assert holds(text, Pool(100, 400).stake(200).after.price)
    assert "above the limit" in text
    assert "below the limit" in trades.price_then(g, 50)
    assert "you allow -50" in trades.price_then(g, -50)


def test_blocks_do_not_come_every_second() -> None:
    assert blocks.ONE_A_SECOND.value(Given(minutes=10)) == 600
    assert holds(blocks.ONE_A_SECOND.message(Given(minutes=10), 600), 600)


def test_taking_more_than_there_is_is_said() -> None:
    assert "out of a pool that holds 400" in trades.product_if(STAKE, 401)


def network(**changes: Any) -> RootNetwork:
    given = {"stakes": VOTE.stakes, "weights": VOTE.weights, **changes}
    return RootNetwork(netuids=(1, 2, 3), **given)


def consensus(trust: float, rho: float = 10) -> float:
    return 1 / (1 + math.exp(-rho * (trust - 32767 / 65535)))


RANK = 0.3 * 0.75 + 0.1  # subnet 3: validators 2 and 3, their rows scaled
RANKS = [0.3, 0.3 + 0.3 * 0.25, RANK]
TRUSTS = [0.6, 0.9, 0.4]


@pytest.mark.parametrize(
    ("misconception", "expected", "said"),
    [
        (votes.RANK_ONLY, RANK, 40),
        (votes.ONE_HEAD_ONE_VOTE, None, 6000),
        (votes.TEST_SLOPE, None, consensus(0.4, 30)),
        (
            votes.TRUST_BY_WEIGHT,
            consensus(RANK) * RANK / sum(consensus(r) * r for r in RANKS),
            RANK,
        ),
        (
            votes.NOT_DIVIDED,
            consensus(0.4) * RANK,
            sum(consensus(t) * r for t, r in zip(TRUSTS, RANKS, strict=True)),
        ),
        (votes.CONSENSUS_ONLY, consensus(0.4) / sum(map(consensus, TRUSTS)), consensus(0.4)),
        (votes.ROWS_NOT_SCALED, None, 80),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_an_idea_about_a_vote(misconception: Any, expected: float | None, said: float) -> None:
    right = votes.share(VOTE)
    assert right == pytest.approx(network().shares_by_netuid()[3])
    value = misconception.value(VOTE)
    assert value != pytest.approx(right, rel=1e-3)
    if expected is not None:
        assert value == pytest.approx(expected)
    assert holds(misconception.message(VOTE, value), said)


def test_one_head_one_vote_does_not_look_at_stake() -> None:
    """What the message says: with ten times the stake the answer would be the same."""
    richer = Given(**{**VOTE.__dict__, "stakes": [6000, 300, 100]})
    misconception = votes.ONE_HEAD_ONE_VOTE
    assert misconception.value(VOTE) == misconception.value(richer)
    assert votes.share(VOTE) != pytest.approx(votes.share(richer))


def test_the_slope_of_the_tests_is_thirty() -> None:
    assert votes.TEST_SLOPE.value(VOTE) == network(rho=30).shares_by_netuid()[3]


def test_rows_that_are_not_scaled_reward_large_numbers() -> None:
    louder = Given(**{**VOTE.__dict__, "weights": [[50, 50, 0], [0, 200, 600], [0, 0, 30]]})
    misconception = votes.ROWS_NOT_SCALED
    assert misconception.value(louder) > misconception.value(VOTE)
    assert votes.share(louder) == pytest.approx(votes.share(VOTE))


@pytest.mark.parametrize(
    ("misconception", "expected", "said"),
    [
        (shares.PRICE_AS_SHARE, {"7": 0.05, "9": 0.1}, [0.15]),
        (shares.MARKET_VALUE, {"7": 5500 / 9500, "9": 4000 / 9500}, [1000, 20000, 180000]),
        (shares.TAO_RESERVE, {"7": 0.25, "9": 0.75}, [7, 0.05]),
        (shares.TURNED_PRICE, {"7": 2 / 3, "9": 1 / 3}, [7]),
        (shares.EQUAL_PARTS, {"7": 0.5, "9": 0.5}, [9, 0.1, 0.05]),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_an_idea_about_shares(
    misconception: Any, expected: dict[str, float], said: list[float]
) -> None:
    """Right would be a third and two thirds: prices of 0.05 and 0.1."""
    right = shares.shares(shares.each(POOLS, lambda pool: pool.price))
    assert right == pytest.approx({"7": 1 / 3, "9": 2 / 3})
    assert misconception.value(POOLS) == pytest.approx(expected)
    assert all(holds(misconception.message(POOLS, expected), value) for value in said)


@pytest.mark.parametrize(
    ("misconception", "expected"),
    [
        (shares.WHOLE_DISTANCE, 0.6),
        (shares.LARGEST_CHANGE, 0.3),
        (shares.EUCLID, math.sqrt(0.09 + 0.0025 + 0.0625)),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_an_idea_about_what_was_moved(misconception: Any, expected: float) -> None:
    """Right would be 0.3. Here the largest change is all that was moved; that is chance."""
    assert misconception.value(TWO) == pytest.approx(expected)
    assert "[0.5, 0.3, 0.2]" in misconception.message(TWO, expected)


def test_the_root_of_squares_changes_when_a_subnet_is_cut_in_two() -> None:
    cut = Given(before=[0.25, 0.25, 0.3, 0.2], after=[0.1, 0.1, 0.35, 0.45])
    text = shares.EUCLID.message(TWO, shares.EUCLID.value(TWO))
    assert holds(text, shares.EUCLID.value(cut))
    assert shares.WHOLE_DISTANCE.value(cut) == pytest.approx(shares.WHOLE_DISTANCE.value(TWO))
