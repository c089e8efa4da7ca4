"""Attacks priced alike on both rules: what each means, and what a defence can and cannot do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtao_edu import SWAP_FEE, ledger, studies
from dtao_edu.engine.emission import OWNER_CUT
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.fees import Fee
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.root import RootNetwork
from dtao_edu.studies import attacks
from dtao_edu.studies.attacks.value import Attack, tao_in_words

NOVEMBER = ledger.root_vote("2024-11-24")
REAL = NOVEMBER.network()
LARGEST = NOVEMBER.largest(5)
NEW = attacks.with_newcomer(REAL, 62)
POOLS = ledger.pools("2025-04-17")
TRADING = POOLS.trading()
SOME = settings(deadline=None, derandomize=True, database=None, max_examples=40)
PARTS = st.floats(0.001, 0.999)


# A changed vote.


def test_a_newcomer_without_votes_changes_nobodys_share() -> None:
    assert NEW.shares_by_netuid()[62] == 0
    for netuid, share in REAL.shares_by_netuid().items():
        assert NEW.shares_by_netuid()[netuid] == pytest.approx(share)


def test_a_backed_newcomer_has_the_rank_of_its_backing_and_the_trust_of_all_who_vote() -> None:
    backed = attacks.with_newcomer(REAL, 62, backing=0.02)
    voters = sum(s for s, row in zip(REAL.stake_shares, REAL.weights, strict=True) if any(row))
    assert backed.trusts()[-1] == pytest.approx(voters)
    assert backed.ranks()[-1] == pytest.approx(0.02 * voters)


def test_a_token_weight_leaves_the_rank_and_lifts_the_trust_by_the_whole_stake() -> None:
    before, after = NEW, attacks.token_weights(NEW, LARGEST[1:4], 62, 0.001)
    stake = sum(NEW.stake_shares[place] for place in LARGEST[1:4])
    assert after.ranks()[-1] == pytest.approx(0.001 * stake)
    assert after.trusts()[-1] - before.trusts()[-1] == pytest.approx(stake)


def test_who_abstains_gives_no_token_weight() -> None:
    vote = RootNetwork([60, 40], [[1, 0], [0, 0]], netuids=[1, 2])
    assert attacks.token_weights(vote, [0, 1], 2, 0.1).weights[1] == (0, 0)


def test_stake_that_leaves_goes_to_the_others_and_none_is_lost() -> None:
    after = attacks.after_exit(NEW, 3, 0.25)
    assert sum(after.stakes) == pytest.approx(sum(NEW.stakes))
    members = sum(after.stakes[place] for place in LARGEST[:3])
    assert members == pytest.approx(0.75 * sum(NEW.stakes[place] for place in LARGEST[:3]))
    assert after.weights == NEW.weights


def test_without_the_curve_shares_are_ranks() -> None:
    ranks = REAL.ranks()
    flat = attacks.without_curve(REAL).emission_shares()
    assert flat == pytest.approx([rank / sum(ranks) for rank in ranks], abs=1e-8)


# The vote.


@pytest.mark.parametrize("target", [1, 3, 55])
@pytest.mark.parametrize("count", [1, 3])
def test_a_cartel_is_the_coalition_of_lesson_02(target: int, count: int) -> None:
    vote = studies.coalition_vote(REAL, count, target)
    found = attacks.on_one(REAL, count, target)
    assert found.moved == pytest.approx(float(vote.moved))
    gained = vote.after.shares[vote.column] - vote.before.shares[vote.column]
    assert found.arrives == pytest.approx(float(gained))
    assert found.committed == pytest.approx(sum(REAL.stakes[place] for place in LARGEST[:count]))
    assert (found.lost, found.lost_at_worst, found.own, found.blocks_held) == (0, 0, False, 0)


@SOME
@given(st.lists(st.floats(1, 100), min_size=3, max_size=6), st.integers(0, 5), st.data())
def test_no_more_arrives_than_is_moved_and_by_rank_alone_all_of_it(
    stakes: list[float], seat: int, data: st.DataObject
) -> None:
    row = st.lists(st.floats(0.1, 1), min_size=4, max_size=4)
    vote = RootNetwork(stakes, [data.draw(row) for _ in stakes])
    found = attacks.on_one(vote, [seat % len(stakes)], 2)
    assert found.arrives <= found.moved + 1e-12
    flat = attacks.on_one(attacks.without_curve(vote), [seat % len(stakes)], 2)
    assert flat.arrives == pytest.approx(flat.moved, abs=1e-7)


def test_one_scatters_and_three_collect() -> None:
    alone, cartel = (attacks.on_one(NEW, k, 62) for k in (1, 3))
    assert alone.arrives < 0.1 * alone.moved
    assert cartel.arrives > 0.9 * cartel.moved


def test_token_weights_of_four_turn_the_curve_for_one() -> None:
    crumbs = attacks.token_weights(NEW, LARGEST[1:], 62)
    alone, turned = (attacks.on_one(vote, 1, 62) for vote in (NEW, crumbs))
    assert turned.arrives > 15 * alone.arrives
    assert NEW.all_on(LARGEST[:1], 62).ranks()[-1] == pytest.approx(
        crumbs.all_on(LARGEST[:1], 62).ranks()[-1], rel=0.01
    )


def test_the_curve_stops_one_and_helps_three() -> None:
    flat = attacks.without_curve(NEW)
    assert attacks.on_one(NEW, 1, 62).arrives < 0.1 * attacks.on_one(flat, 1, 62).arrives
    assert attacks.on_one(NEW, 3, 1).arrives > 1.5 * attacks.on_one(flat, 3, 1).arrives


def test_exit_helps_more_where_the_curve_helps_too() -> None:
    left = attacks.after_exit(NEW, 3, 0.25)
    kept = [
        attacks.on_one(left, LARGEST[:3], target).arrives / attacks.on_one(NEW, 3, target).arrives
        for target in (62, 1)
    ]
    assert kept[0] < 0.3 < 0.7 < kept[1]


def test_a_bribe_for_the_whole_vote_is_a_self_vote_and_one_for_nothing_is_nothing() -> None:
    whole, alone = attacks.bribe(NEW, LARGEST[0], 62, 1), attacks.on_one(NEW, 1, 62)
    assert (whole.moved, whole.arrives) == pytest.approx((alone.moved, alone.arrives))
    assert whole.committed == pytest.approx(alone.committed)
    nothing = attacks.bribe(NEW, LARGEST[0], 62, 0)
    assert [nothing.moved, nothing.committed, nothing.lost_at_worst] == pytest.approx([0, 0, 0])


def test_a_bribe_is_worth_the_owners_part_of_a_day() -> None:
    found = attacks.bribe(NEW, LARGEST[0], 62, 0.1)
    assert found.lost == 0
    assert found.lost_at_worst == pytest.approx(7200 * float(OWNER_CUT) * found.arrives)
    taken = attacks.bribe(REAL, LARGEST[0], 3, 0)
    assert taken.lost_at_worst == pytest.approx(0, abs=1e-9)


def test_neglect_takes_more_than_the_part_of_stake_and_a_crumb_gives_some_back() -> None:
    known = attacks.with_newcomer(REAL, 62, backing=1 / 55)
    had = known.shares_by_netuid()[62]
    forgotten, crumb = (attacks.neglect(known, 3, 62, token) for token in (0, 0.001))
    stake = sum(REAL.stake_shares[place] for place in LARGEST[:3])
    assert -forgotten.arrives / had > stake
    assert forgotten.arrives < crumb.arrives < 0
    assert forgotten.moved >= -forgotten.arrives - 1e-12


def test_who_leaves_what_it_gave_neglects_nothing() -> None:
    vote = RootNetwork([60, 40], [[3, 1], [1, 1]], netuids=[1, 2])
    same = attacks.neglect(vote, [0], 2, token=0.25)
    assert same.moved == same.arrives == pytest.approx(0)
    only = RootNetwork([60, 40], [[0, 1], [1, 1]], netuids=[1, 2])
    with pytest.raises(InputError, match="target"):
        attacks.neglect(only, [0], 2)


@pytest.mark.parametrize(("target", "part"), [(62, 0.05), (1, 0.05), (1, 0.3)])
def test_bought_votes_bring_the_part_and_a_little_less_does_not(target: int, part: float) -> None:
    found = attacks.bought_votes(NEW, target, part)
    assert found.arrives == pytest.approx(part, abs=1e-9)
    assert (found.own, found.lost, found.lost_at_worst) == (True, 0, 0)
    seat = min(range(64), key=lambda place: NEW.stakes[place])
    less = replace(
        NEW,
        stakes=tuple(
            0.999 * found.committed if place == seat else stake
            for place, stake in enumerate(NEW.stakes)
        ),
    ).all_on([seat], target)
    assert less.shares_by_netuid()[target] - NEW.shares_by_netuid()[target] < part


def test_by_rank_alone_votes_cost_their_part_of_all_stake() -> None:
    vote = attacks.without_curve(RootNetwork([60, 40, 0], [[1, 0]] * 3, netuids=[1, 2]))
    assert attacks.bought_votes(vote, 2, 0.2).committed == pytest.approx(25, rel=1e-6)


def test_a_target_that_others_support_takes_far_fewer_bought_votes() -> None:
    fresh, known = (attacks.bought_votes(NEW, target, 0.05).committed for target in (62, 1))
    assert known < fresh / 5


def test_a_voice_on_root_counts_the_same_in_every_subnet_and_alpha_only_in_one() -> None:
    pool = Pool(1000.0, 10_000.0, 2000.0)
    on_root, as_alpha = attacks.voice(pool, 10_000, 500)
    assert on_root == pytest.approx(0.18 * 500 / (2000 + 0.18 * 10_500), rel=1e-4)
    alpha = pool.stake(500).received
    assert as_alpha == pytest.approx(alpha / (2000 + 0.18 * 10_000 + alpha), rel=1e-4)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: attacks.with_newcomer(REAL, 1), "netuid"),
        (lambda: attacks.token_weights(REAL, [0], 99), "netuid"),
        (lambda: attacks.token_weights(REAL, [0], 1, 2), "weight"),
        (lambda: attacks.bought_votes(NEW, 99, 0.1), "target"),
        (lambda: attacks.bought_votes(NEW, 62, 0), "part"),
        (lambda: attacks.bought_votes(NEW, 62, 1), "part"),
        (lambda: attacks.neglect(NEW, 1, 1, 2), "token"),
    ],
)
def test_what_is_not_allowed_in_a_vote_is_named(call: object, name: str) -> None:
    with pytest.raises(InputError, match=name):
        call()  # type: ignore[operator]


# The market.


@SOME
@given(st.floats(1, 300), st.floats(1, 5000))
def test_without_a_fee_a_sandwich_gains_and_never_all_of_the_order(
    order: float, purse: float
) -> None:
    pool = Pool(1000.0, 50_000.0)
    found = attacks.sandwich(pool, order, purse)
    assert -order < found.lost < 0
    assert found.lost_at_worst == found.moved == found.arrives == 0
    assert attacks.sandwich(pool, order, 1.1 * purse).lost < found.lost


def test_what_a_sandwich_gains_is_tao_that_the_order_left_for_less_alpha() -> None:
    pool, order, purse = Pool(1000.0, 50_000.0, 0.0), 40.0, 300.0
    gain = -attacks.sandwich(pool, order, purse).lost
    first = pool.stake(purse)
    hers = first.after.stake(order)
    last = hers.after.unstake(first.received).after
    assert last.tao_in == pytest.approx(pool.tao_in + order - gain)
    assert last.alpha_in == pytest.approx(pool.alpha_in - hers.received)


@SOME
@given(st.floats(0.03, 0.5))
def test_a_limit_lets_the_order_through_and_no_stranger_beyond_it(limit: float) -> None:
    pool, order = Pool(1000.0, 50_000.0), 10.0
    found = attacks.sandwich(pool, order, 1e6, limit=limit)
    price = pool.stake(found.committed).after.stake(order).after.price
    assert price == pytest.approx(pool.price * (1 + limit))
    assert found.lost > attacks.sandwich(pool, order, 1e6).lost


def test_a_limit_tighter_than_the_order_refuses_it_and_one_just_above_leaves_nothing() -> None:
    pool = Pool(1000.0, 50_000.0)
    impact = pool.stake(10).price_impact
    with pytest.raises(InputError, match="limit"):
        attacks.sandwich(pool, 10, 100, limit=0.9 * impact)
    nearly = attacks.sandwich(pool, 10, 100, limit=impact * (1 + 1e-9))
    assert nearly.committed == pytest.approx(0, abs=1e-4)
    assert nearly.lost == pytest.approx(0, abs=1e-4)


def test_with_a_fee_a_small_order_is_not_worth_it_and_a_large_one_is() -> None:
    pool = TRADING[1].pool()
    small, large = (attacks.sandwich(pool, order, 1000, fee=SWAP_FEE) for order in (5, 20))
    assert small.lost > 0 > large.lost
    assert 0 < large.lost_at_worst == pytest.approx(2 * 1000 * float(SWAP_FEE.rate), rel=0.2)


def test_wash_staking_loses_the_fees_and_nothing_without_one() -> None:
    pool, tao, rounds = TRADING[62].pool(), 100.0, 50
    assert attacks.wash(pool, tao, rounds).lost == 0
    author = Fee(rate=SWAP_FEE.rate, to_pool=False)
    kept, gone = (attacks.wash(pool, tao, rounds, fee=fee).lost for fee in (SWAP_FEE, author))
    most = tao * (1 - (1 - float(SWAP_FEE.rate)) ** (2 * rounds))
    # Where the fee stays in the pool, a part of it comes back to who sells into that pool next.
    assert 0 < kept < gone < most
    assert attacks.wash(pool, tao, 2 * rounds, fee=SWAP_FEE).lost > kept


def test_smoothing_and_cap_each_take_from_a_pump_and_the_cap_only_above_one() -> None:
    market = studies.calm_market(POOLS, 62)
    spot, smooth, both = (
        attacks.pumped(market, 2.0, 1800, **how).moved
        for how in ({"smoothed": False}, {"capped": False}, {})
    )
    assert both < smooth < spot
    below = [attacks.pumped(market, 0.9, 1800, capped=on).moved for on in (True, False)]
    assert below[0] == pytest.approx(below[1])
    young = attacks.pumped(market, 2.0, 1800, age=7 * 7200)
    assert young.moved < both
    assert young.committed == attacks.pumped(market, 2.0, 1800).committed


def test_a_capture_stakes_until_the_share_has_risen_and_loses_what_others_sell_first() -> None:
    found = attacks.captured(TRADING, 62, 0.05, smoothed=False)
    pool, prices = TRADING[62].pool(), TRADING.prices()
    mine = pool.stake(found.committed)
    price, others = float(mine.after.price), prices.total - prices[62]
    assert price / (price + others) == pytest.approx(prices.shares()[62] + 0.05)
    assert (found.blocks_held, found.moved, found.arrives) == (0, 0.05, 0.05)
    theirs = min(mine.after.max_unstake(pool.price), pool.alpha_out)
    back = mine.after.unstake(theirs).after
    assert back.price >= pool.price * (1 - 1e-12)
    last = found.committed - back.unstake(mine.received).received
    assert found.lost_at_worst == pytest.approx(float(last))


def test_a_moving_price_takes_more_tao_and_a_day_to_be_captured() -> None:
    found, spot = (attacks.captured(TRADING, 62, 0.05, smoothed=on) for on in (True, False))
    assert (found.blocks_held, found.moved, found.arrives) == (7200, 0.05, 0.05)
    assert spot.committed < found.committed


@pytest.mark.parametrize("netuid", [62, 1, 64])
def test_the_more_holders_answer_the_more_is_lost_up_to_the_worst(netuid: int) -> None:
    parts = (0, 0.02, 0.05, 0.1, 1)
    lost = [attacks.captured(TRADING, netuid, 0.05, sold=part).lost for part in parts]
    assert lost == sorted(lost)
    assert lost[0] == 0
    assert lost[-1] == pytest.approx(attacks.captured(TRADING, netuid, 0.05).lost_at_worst)


def test_depth_makes_a_capture_dear_in_proportion_and_less_risky() -> None:
    deep = {**TRADING, 62: attacks.deeper(TRADING[62].pool(), 10)}
    ages = studies.ages_of(TRADING)
    thin, ten = attacks.captured(TRADING, 62, 0.05), attacks.captured(deep, 62, 0.05, age=ages)
    assert deep[62].price == pytest.approx(TRADING[62].price)  # type: ignore[attr-defined]
    assert ten.committed == pytest.approx(10 * thin.committed)
    assert ten.lost_at_worst / ten.committed <= thin.lost_at_worst / thin.committed


def test_a_part_that_the_cap_forbids_is_refused() -> None:
    with pytest.raises(InputError, match="part"):
        attacks.captured(TRADING, 62, 0.4)


# The tables.


def test_an_attack_says_what_arrives_only_where_that_differs() -> None:
    assert "arrives" in repr(attacks.on_one(NEW, 1, 62))
    assert "arrives" not in repr(attacks.captured(TRADING, 62, 0.05))
    assert tao_in_words(float("inf")) == "not to be had"
    assert tao_in_words(-0.0001) == "0"


def test_a_table_has_a_row_an_attack_and_columns_that_stand_below_each_other() -> None:
    every = [attacks.on_one(NEW, 1, 62), attacks.captured(TRADING, 62, 0.05)]
    lines = str(attacks.attack_table(every)).splitlines()
    assert len(lines) == 3
    assert "lent" in lines[1]
    assert "lent" not in lines[2]
    assert len({len(line) for line in lines}) == 1
    marked = attacks.attack_table(every)._repr_markdown_()
    assert marked.count("\n") == 3


def test_a_defence_is_told_in_the_column_it_changes() -> None:
    one = Attack("pump", "market", 50.0, True, 0.0, 20.0, 300, 0.3, 0.3)
    other = one._replace(moved=0.004, blocks_held=7200)
    both = [("smoothing", "moved", one, other), ("smoothing", "blocks_held", one, other)]
    text = str(attacks.defence_table(both))
    assert "30.0 %" in text
    assert "0.40 %" in text
    assert "7,200" in text
    with pytest.raises(InputError, match="column"):
        attacks.defence_table([("smoothing", "name", one, other)])
