"""A race is a network that goes on: nothing is lost in it, and nothing is gained by looking."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtao_edu import Network, Pool, simulate
from dtao_edu.engine.errors import InputError
from dtao_edu.studies.ledger_network import network_on
from dtao_edu.studies.price_race import MOST, POINTS, Race

POOLS = {1: Pool(1e3, 1e4, 5e3), 2: Pool(3e3, 2e4, 5e3), 3: Pool(5e2, 9e3, 5e3)}


def race(**terms):
    held = sum(pool.tao_in for pool in POOLS.values()) + 1e5
    given_terms = {"rules": "dtao_start_call", "root_tao": 1e5, "issuance": held + 1000} | terms
    return Race.begin(Network(POOLS, **given_terms))


DEEDS = st.one_of(
    st.tuples(st.just("stake"), st.sampled_from([1, 2, 3]), st.floats(0.01, 1.0)),
    st.tuples(st.just("unstake"), st.sampled_from([1, 2, 3]), st.floats(0.01, 1.0)),
    st.tuples(st.just("wait"), st.sampled_from([1, 7, 60, 300]), st.just(0.0)),
)


@given(st.lists(DEEDS, max_size=12))
@settings(max_examples=40, deadline=None)
def test_whatever_is_done_the_books_balance_and_shares_sum_to_one(deeds):
    here = race()
    for deed, which, part in deeds:
        if deed == "wait":
            here = here.wait(which)
        elif deed == "stake" and here.wallet.tao > 1:
            here = here.stake(which, here.wallet.tao * part)
        elif deed == "unstake" and here.alpha_held(which) > 0.1:
            here = here.unstake(which, here.alpha_held(which) * part)
    assert here.network.books().balance()
    assert here.network.free_tao == pytest.approx(here.wallet.tao, abs=1e-6)
    assert here.lines("share").sum(axis=1) == pytest.approx(1)
    for netuid in POOLS:
        assert here.alpha_held(netuid) <= here.network.pool(netuid).alpha_out
    outside = here.network.free_tao + here.network.tao_in.sum()
    assert here.worth <= outside


def test_a_stake_lifts_the_price_at_once_and_nothing_else_but_the_pool():
    before = race()
    after = before.stake(1, 500)
    for name in ("moving_price", "share", "emission"):
        assert getattr(after.now, name).tolist() == getattr(before.now, name).tolist()
    assert after.now.price[0] > before.now.price[0]
    assert after.now.price[1:].tolist() == before.now.price[1:].tolist()
    assert after.now.depth[0] == before.now.depth[0] + 500
    assert after.of(1, "price").tolist() == [before.now.price[0], after.now.price[0]]
    assert after.times.tolist() == [0, 0]
    assert before.days == 0, "a race is a value: what was done made another one"


def test_then_moving_price_and_share_follow_and_the_others_lose_what_it_gains():
    here = race(root_tao=0).stake(1, 500)
    rising = [here]
    for _ in range(5):
        rising.append(rising[-1].wait(600))
    moving = [float(r.now.moving_price[0]) for r in rising]
    spot = [float(r.now.price[0]) for r in rising]
    assert moving == sorted(moving)
    assert all(m < p for m, p in zip(moving, spot, strict=True))
    shares = np.array([r.now.share for r in rising])
    gained = shares[-1] - shares[0]
    assert gained[0] > 0
    assert gained[1] < 0
    assert gained[2] < 0
    assert gained[0] == pytest.approx(-gained[1:].sum())


def test_emission_deepens_every_pool_by_its_share_where_root_has_nothing_to_sell():
    here = race(root_tao=0, issuance=1e5)
    later = here.wait(60)
    came = later.now.emission
    assert (later.now.depth - here.now.depth).tolist() == pytest.approx(came.tolist())
    assert came.sum() == pytest.approx(60), "1 TAO a block"
    share = float(here.now.share[1])
    assert here.emission_a_day(2) == pytest.approx(7200 * share)
    assert here.wait(300).emission_a_day(2) < 7201, "a step is not a block"


def test_the_younger_a_subnet_the_slower_its_moving_price_follows():
    came = {}
    for age in (0, 28, 400):
        network = network_on(ages={8: age}, free_tao=10_000)
        before = Race.begin(network, (4, 8)).stake(8, 10_000)
        after = before.wait(1800)
        place = network.place(8)
        way = before.now.price[place] - before.now.moving_price[place]
        came[age] = (after.now.moving_price[place] - before.now.moving_price[place]) / way
    assert 0 < came[0] < 0.25 * came[400]
    assert came[28] == pytest.approx(came[400] / 2, rel=0.3), "half of the strength at 28 days"


@pytest.mark.parametrize("blocks", [1, 7, 30, 59])
def test_a_few_blocks_pass_one_by_one(blocks):
    here = race().stake(2, 700)
    network = here.network
    for _ in range(blocks):
        network = network.step().after
    assert here.wait(blocks).network.equals(network)


@pytest.mark.parametrize(("blocks", "error"), [(60, 1e-4), (300, 1e-4), (1800, 3e-4), (7200, 1e-3)])
def test_longer_steps_are_close_to_the_reference(blocks, error):
    here = Race.begin(network_on(free_tao=10_000)).stake(3, 5000)
    run = simulate(here.network, blocks, record_every=blocks, compiled=False)
    ahead, deep = here.wait(blocks).now, here.now.depth > 100
    for name in ("price", "moving_price", "share"):
        seen, wanted = getattr(ahead, name), getattr(run, name)[-1]
        assert seen[deep] == pytest.approx(wanted[deep], rel=error)
        assert seen == pytest.approx(wanted, rel=5e-3), "two pools of less than 20 TAO"


def test_the_outlook_is_close_to_what_comes():
    turn = Race.begin(network_on(free_tao=10_000)).turn(3, tao=5000)
    deep = turn.race.now.depth > 100
    for name in ("price", "moving_price", "share", "depth"):
        seen, comes = getattr(turn.outlook, name), getattr(turn.a_day_later.now, name)
        assert seen[deep] == pytest.approx(comes[deep], rel=3e-3)
    assert turn.outlook.block == turn.a_day_later.now.block == turn.race.now.block + 7200


def test_stake_and_unstake_at_once_cost_the_fees_and_no_more():
    here = race().stake(2, 700)
    back = here.unstake(2, here.alpha_held(2))
    assert back.alpha_held(2) == 0
    assert back.wallet.tao == pytest.approx(1000, abs=2e-4)
    assert back.worth == pytest.approx(back.wallet.tao)
    assert [done.trade.side for done in back.trades] == ["stake", "unstake"]
    assert here.worth == pytest.approx(back.wallet.tao), "what unstaking would bring, it brings"


def test_no_more_than_is_free_or_held():
    here = race()
    with pytest.raises(InputError, match=r"tao is 1001; allowed: at most the 1000.* TAO"):
        here.stake(1, 1001)
    here = here.stake(1, 100)
    with pytest.raises(InputError, match=r"alpha is .*; allowed: at most the .* on 'Vera' in subn"):
        here.unstake(1, 1.5 * here.alpha_held(1))
    with pytest.raises(InputError, match="alpha is 1; allowed: at most the 0 alpha"):
        here.unstake(2, 1)
    with pytest.raises(InputError, match="netuid is 9; allowed: one of"):
        here.turn(9, tao=1)


def test_records_are_capped_and_still_tell_the_whole_story():
    here = race()
    seen = {}
    for _ in range(1000):
        here = here.wait(1)
        seen[here.now.block] = here.now
    here = here.stake(1, 10).wait(1, times=1000)
    assert len(here.records) <= POINTS
    blocks = [record.block for record in here.records]
    assert blocks == sorted(blocks)
    assert blocks[0] == here.began.block
    assert np.diff(blocks).max() <= 2 * 2000 / POINTS * 2
    for record in here.records:
        if record.block in seen and record.block != here.trades[0].block:
            assert record is seen[record.block]
    assert here.lines("price").shape == (len(blocks) + 1, 3)


def test_a_long_race_in_long_steps_keeps_its_early_days():
    here = race(root_tao=0).wait(1, times=POINTS).wait(1800, times=3 * POINTS)
    assert len(here.records) <= POINTS
    apart = np.diff([record.block for record in here.records])
    assert apart.max() <= 1800 * 3 * POINTS / 60


def test_a_turn_says_what_may_be_done_and_changes_nothing():
    here = race()
    turn = here.turn(1, tao=100.0, quantity="depth")
    assert turn.trade.after.price == turn.after.network.pool(1).price
    assert here.now.block == turn.after.now.block
    assert turn.a_day_later.days == 1
    assert turn.a_day_later.alpha_held(1) == turn.trade.received
    empty = here.turn(1, part=1.0)
    assert empty.trade is None
    assert empty.after is here
    with pytest.raises(InputError, match="alpha that you hold of subnet 1 is 0"):
        empty.carried_out()
    broke = here.stake(1, 1000).turn(2, tao=5)
    with pytest.raises(InputError, match=r"free TAO is 0; allowed: at least 0\.01"):
        broke.carried_out()


def test_what_is_looked_at_is_shown():
    here = Race.begin(network_on(), (64, 56, 4, 8, 3, 51, 81, 34))
    assert here.turn(3).shown == here.shown
    assert here.turn(1).shown == (*here.shown[:-1], 1)
    assert Race.begin(network_on(), (4, 8)).turn(1).shown == (4, 8, 1)


def test_what_cannot_be_a_race_is_refused():
    with pytest.raises(InputError, match="rules is 'root_network'"):
        Race.begin(Network(POOLS, "root_network"))
    with pytest.raises(InputError, match="network is 'exact'"):
        Race.begin(Network(POOLS, exact=True))
    with pytest.raises(InputError, match=f"shown is '9 subnets'; allowed: 1 to {MOST}"):
        Race.begin(network_on(), range(1, 10))
    with pytest.raises(InputError, match="netuid is 7; allowed: one of"):
        Race.begin(Network(POOLS), [7])
    with pytest.raises(InputError, match="quantity is 'wealth'; allowed: one of price"):
        race().lines("wealth")
    with pytest.raises(InputError, match="blocks is 0"):
        race().wait(0)
