"""Attacks in a network in time agree with their prices at one moment."""

from __future__ import annotations

import pytest

from dtao_edu import Network, ledger, simulate
from dtao_edu.engine.errors import InputError
from dtao_edu.simulation import traders
from dtao_edu.studies import attacks
from dtao_edu.studies.attacks.in_time import washed

POOLS = ledger.pools("2025-04-17")
NETWORK = Network(POOLS.trading(), "v3_removal", root_tao=POOLS.root.tao_in)
FEE = NETWORK.rules.fee
FLOW = NETWORK.under("flow")


def share(network: Network, netuid: int = 62) -> float:
    after = network.step().after
    return float(after.shares()[after.place(netuid)])


def test_going_round_counts_for_what_the_fees_took_and_no_more() -> None:
    lost = attacks.wash(POOLS[62].pool(), 100, 60, fee=FEE).lost
    after = washed(FLOW, 62, 100, 60)
    assert float(after.user_flow[after.place(62)]) == pytest.approx(lost)
    assert share(after) == pytest.approx(share(FLOW.stake(62, lost).after))
    assert share(after) > share(FLOW)


def test_going_round_moves_no_price_without_a_fee_and_hardly_with_one() -> None:
    place = NETWORK.place(62)
    free = Network(POOLS.trading(), NETWORK.rules.but(fee_rate=0), root_tao=POOLS.root.tao_in)
    assert washed(free, 62, 100, 60).price[place] == pytest.approx(free.price[place])
    assert washed(NETWORK, 62, 100, 60).price[place] == pytest.approx(
        NETWORK.price[place], rel=0.02
    )


def test_by_net_stake_depth_does_not_protect_and_what_is_taken_back_no_longer_counts() -> None:
    calm, staked = {n: share(FLOW, n) for n in (62, 64)}, {}
    for netuid in calm:
        dealt = FLOW.stake(netuid, 5000)
        staked[netuid] = share(dealt.after, netuid) - calm[netuid]
        back = dealt.after.step().after.unstake(netuid, dealt.trade.received).after
        assert share(back, netuid) == pytest.approx(calm[netuid], rel=0.02)
    # In a pool 160 times as deep the same TAO bring nearly as much (less, for what it has already).
    assert staked[64] > 0.8 * staked[62]


def test_a_sandwich_in_a_block_takes_what_it_is_priced_at() -> None:
    victim = traders.saver(100, 100, 1)
    run = simulate(NETWORK, 1, traders=traders.sandwich(victim, 1000), record_every=1)
    after_block = NETWORK.step().after.pool(1)
    priced = attacks.sandwich(after_block, 100, 1000, fee=FEE)
    tao, alpha = run.wallets["sandwich"]
    assert alpha[-1].sum() == pytest.approx(0, abs=1e-9)
    assert tao[-1] - 1000 == pytest.approx(-priced.lost)


def test_what_is_not_allowed_is_named() -> None:
    for call, name in (
        (lambda: washed(NETWORK, 62, 0, 1), "tao"),
        (lambda: washed(NETWORK, 62, 1, 0), "rounds"),
        (lambda: washed(NETWORK, 999, 1, 1), "netuid"),
    ):
        with pytest.raises(InputError, match=name):
            call()
