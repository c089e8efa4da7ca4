"""What a block does under each set of rules, in networks of one or two subnets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dtao_edu import Network, Pool, RootNetwork, rules
from dtao_edu.engine.issuance import block_emission
from tests.helpers.networks import network, rows


def test_a_block_issues_the_block_emission_and_no_more() -> None:
    for issuance in (8.6e6, 10.5e6 + 1):
        block = network("flow_cap", issuance=issuance).step()
        assert (block.paid.tao_in + block.paid.excess_tao).sum() == pytest.approx(
            float(block_emission(issuance))
        )
        assert block.after.issuance - issuance == pytest.approx(float(block_emission(issuance)))
    assert network(issuance=21e6).step().after.issuance == 21e6


def test_the_split_is_18_41_41_and_root_takes_its_part_of_the_last() -> None:
    block = network().step()
    owner, miners, validators, root = block.paid.split
    whole = block.paid.alpha_out
    assert owner == pytest.approx(whole * 11796 / 65535)
    assert miners == pytest.approx((whole - owner) / 2)
    assert root == pytest.approx(miners * _root_proportion_after_minting(block))
    assert owner + miners + validators + root == pytest.approx(whole)


def _root_proportion_after_minting(block: Any) -> Any:
    before, paid = block.before, block.paid
    issued = before.alpha_in + before.alpha_out + paid.alpha_in + paid.alpha_out
    weighted = before.tao_weight * before.root_tao
    return weighted / (weighted + issued)


def test_an_uncapped_injection_keeps_the_price_and_root_then_lowers_it() -> None:
    net = network()
    block = net.step()
    paid = block.paid
    uncapped = paid.alpha_in < paid.alpha_out
    assert uncapped.any()
    injected = (net.tao_in + paid.tao_in) / (net.alpha_in + paid.alpha_in)
    assert injected[uncapped] == pytest.approx(net.price[uncapped])
    assert (block.after.price < injected).all()


def test_where_alpha_is_capped_the_launch_raised_the_price_and_later_rules_buy() -> None:
    poor = {1: Pool(1000.0, 1e6, 1e6), 2: Pool(2000.0, 1e6, 1e6)}  # prices sum to 0.003
    launch = Network(poor, "dtao_launch").step()
    assert (launch.after.price > launch.before.price).all()
    assert (launch.paid.excess_tao == 0).all()
    capped = Network(poor, "flow_cap").step().paid
    assert capped.tao_in == pytest.approx(capped.alpha_in * Network(poor).price)
    later = Network(poor, rules("flow_cap").but(shares="moving_price")).step()
    assert (later.paid.excess_tao > 0).all()
    assert (later.paid.bought > 0).all()
    assert (later.after.alpha_recycled >= later.paid.bought).all()
    kept = Network(poor, rules("net_flow_kept").but(shares="moving_price")).step()
    assert (kept.after.alpha_out > later.after.alpha_out).all()


def test_the_subsidy_cuts_tao_where_the_price_is_below_the_share_and_spares_its_root() -> None:
    pools = {1: Pool(1000.0, 1e6, 1e6), 2: Pool(9e5, 1e6, 1e6)}
    net = Network(pools, "v3_subsidy", root_tao=1e5)
    share = net.shares()
    assert share[0] < net.price[0] or share[0] > net.price[0]
    low = Network({1: Pool(1e3, 1e6, 1e6), 2: Pool(2e3, 1e6, 1e6)}, "v3_subsidy", root_tao=1e5)
    block = low.step()
    assert block.paid.tao_in == pytest.approx(low.price)  # price times one TAO a block
    assert block.paid.alpha_in == pytest.approx([1, 1])
    assert block.after.issuance - low.issuance == pytest.approx(block.paid.tao_in.sum())
    assert (block.after.pending_root == 0).all()


def test_the_cap_follows_the_smaller_emission_and_then_root_proportion() -> None:
    poor = {1: Pool(1000.0, 1e6, 1e6), 2: Pool(2000.0, 1e6, 1e6)}
    for name, most in (("flow_cap", 1.0), ("flow_min", 0.5)):
        own = rules(name).but(shares="moving_price")
        paid = Network(poor, own, issuance=10.6e6).step().paid
        assert paid.alpha_in == pytest.approx([most, most])
    own = rules("price_burn_rootprop").but(shares="moving_price")
    net = Network(poor, own, root_tao=1e5)
    assert net.step().paid.alpha_in == pytest.approx(net.root_proportion)


def test_root_is_paid_at_the_epoch_of_each_subnet() -> None:
    net = network(tempo=4)
    paid_at: dict[int, list[int]] = {1: [], 2: []}
    for _ in range(12):
        block = net.step()
        for netuid in paid_at:
            if block.paid.root_tao[netuid - 1] > 0:
                paid_at[netuid].append(block.after.block)
        net = block.after
    for netuid, blocks in paid_at.items():
        assert all((block + netuid + 1) % 5 == 4 for block in blocks)
        assert len(blocks) >= 2
        assert np.diff(blocks).tolist() == [5] * (len(blocks) - 1)


def test_since_the_weighted_pools_an_epoch_comes_every_tempo_blocks() -> None:
    net, paid = network(rules("balancer").but(root_receives="always"), tempo=4), []
    for _ in range(13):
        block = net.step()
        paid.append(bool((block.paid.root_tao > 0).any()))
        net = block.after
    assert [i + 1 for i, one in enumerate(paid) if one] == [4, 8, 12]


def test_root_receives_only_while_moving_prices_sum_to_more_than_1() -> None:
    for high, receives in ((1.1, True), (0.9, False)):
        pools = {1: {"tao_in": 500, "alpha_in": 1000, "alpha_out": 9e5, "moving_price": high}}
        after = Network(pools, "flow_cap", root_tao=1e5).step().after
        assert (after.pending_root[0] > 0) == receives
        assert (after.alpha_recycled[0] > 0) != receives
        always = Network(pools, "flow", root_tao=1e5).step().after
        assert always.pending_root[0] > 0


def test_a_moving_price_follows_with_its_warm_up_and_the_cap() -> None:
    row = {"tao_in": 3e6, "alpha_in": 1e6, "moving_price": 0.5, "first_block": 1000}
    pools = {1: row}
    for name, strength in (("dtao_launch", 3e-4), ("v3_swap", 3e-4 * 1002 / (1002 + 201_600))):
        after = Network(pools, name, block=2000).step().after
        assert after.moving_price[0] == pytest.approx(0.5 + strength * (1 - 0.5), rel=1e-9)


def test_a_new_share_comes_from_the_moving_price_of_the_block_before() -> None:
    net = network()
    pumped = net.stake(1, 5000).after
    assert pumped.shares() == pytest.approx(net.shares())
    assert pumped.step().after.shares()[0] > net.step().after.shares()[0]


def test_the_vote_pays_participants_and_no_pool() -> None:
    vote = RootNetwork([70, 30], [[1, 0], [0, 1]], netuids=[1, 2]).shares_by_netuid()
    pools = {n: {"tao_in": 10, "alpha_in": 10, "vote": share} for n, share in vote.items()}
    net = Network(pools, "root_network", issuance=8e6)
    block = net.step()
    assert block.paid.tao_in == pytest.approx(list(vote.values()))
    assert (block.after.tao_in == net.tao_in).all()
    assert block.after.issuance == pytest.approx(8e6 + 1)
    assert block.after.books().balance()


def test_flow_moves_shares_to_where_users_staked() -> None:
    net = network("flow_zero")
    flows = net.subnets.flows._replace(flow=net.flow * 0)
    flat = Network.of_state(replace(net.state(), subnets=net.subnets._replace(flows=flows)))
    assert (flat.shares() == 0).all()
    staked = flat.stake(2, 100).after
    assert staked.shares() == pytest.approx([0, 1, 0, 0, 0])
    both = staked.stake(3, 300).after
    assert both.shares() == pytest.approx([0, 0.25, 0.75, 0, 0], abs=1e-3)
    after = both.step().after
    assert after.shares() == pytest.approx(both.shares())
    assert after.flow[1] == pytest.approx(100 * 3.20901e-6, rel=1e-4)


def test_what_the_chain_pays_in_is_taken_off_the_flow() -> None:
    def of(flow: float, protocol: float) -> dict[str, float]:
        return {"tao_in": 1e3, "alpha_in": 1e5, "flow": flow, "protocol_flow": protocol}

    pools = {1: of(100, 30), 2: of(50, -10), 3: of(-20, 60)}
    assert Network(pools, "net_flow").shares() == pytest.approx([70 / 130, 60 / 130, 0], abs=1e-4)
    heavy = {1: of(10, 30), 2: of(10, 10)}  # users put in half of what the chain did
    assert Network(heavy, "net_flow").shares() == pytest.approx([0, 1], abs=1e-4)


def test_the_gate_cuts_shares_below_its_bar() -> None:
    prices = [0.4, 0.3, 0.2, 0.1]
    pools = {
        i + 1: {"tao_in": 100, "alpha_in": 1000, "moving_price": p} for i, p in enumerate(prices)
    }
    plain = Network(pools, "price_burn").shares()
    assert plain == pytest.approx(prices)
    mass = Network(pools, "price_burn_gate_61").shares()
    assert mass[0] > plain[0]
    assert mass[3] < plain[3]
    passing = [s / (1 + (0.3 / s) ** 3) for s in prices]  # 0.4 + 0.3 reach 0.61
    assert mass == pytest.approx(np.array(passing) / sum(passing))
    rank = Network(pools, "price_burn_gate_rank").shares()
    passing = [s / (1 + (0.1 / s) ** 3) for s in prices]  # fewer than 32: the smallest
    assert rank == pytest.approx(np.array(passing) / sum(passing))


def test_a_switched_off_subnet_keeps_its_rank_before_the_bar() -> None:
    """The chain sets switched-off subnets to nothing after the gate, not before it."""
    prices = [0.4, 0.3, 0.2, 0.1]
    own = rules("price_burn_gate_rank").but(gate=2)
    pools = {
        i + 1: {"tao_in": 100, "alpha_in": 1000, "moving_price": p, "enabled": p != 0.4}
        for i, p in enumerate(prices)
    }
    passing = [0, *(s / (1 + (0.3 / s) ** 3) for s in prices[1:])]  # the second of all four
    expected = np.array(passing) / sum(passing)
    assert Network(pools, own).shares() == pytest.approx(expected)
    by_mass = rules("price_burn_gate").but(gate="0.65")
    assert Network(pools, by_mass).shares() == pytest.approx(expected)  # 0.4 + 0.3 reach 0.65
    burnt = {netuid: row | {"miner_burned": float(row["enabled"])} for netuid, row in pools.items()}
    assert list(Network(burnt, own).shares()) == [0, 0, 0, 0]  # what is left is switched off


def test_a_bar_holds_for_360_blocks() -> None:
    net = network("price_burn_gate", block=5_373_719)
    first = net.step().after
    assert first.bar > 0
    squared = first.subnets._replace(moving_price=first.moving_price**2)
    moved = Network.of_state(replace(first.state(), subnets=squared))
    assert moved.step().after.bar == first.bar
    at = moved.chain._replace(block=5_374_079)
    late = Network.of_state(replace(moved.state(), chain=at))
    assert late.step().after.bar != first.bar


def test_a_subnet_without_emission_keeps_its_alpha_and_gives_its_tao_to_the_others() -> None:
    pools = {n: row | {"enabled": n != 2} for n, row in rows().items()}
    block = Network(pools, "price_burn", root_tao=5e5, block=5_373_800).step()
    assert block.paid.share[1] == block.paid.tao_in[1] == 0
    assert block.paid.alpha_out[1] > 0
    assert block.paid.share.sum() == pytest.approx(1)


def test_shares_by_spot_price_are_shares_of_the_prices_that_the_pools_have() -> None:
    pools = {
        n: row | {"tao_in": 10 * n, "alpha_in": 100, "quote_weight": 0.2 * (n + 1)}
        for n, row in rows().items()
        if n < 4
    }
    own = rules("v3_swap").but(pool="weighted", shares="spot_price")
    net = Network(pools, own, block=9_000_000)
    prices = [net.pool(n).price for n in (1, 2, 3)]
    assert net.shares() == pytest.approx([price / sum(prices) for price in prices])
    assert net.price == pytest.approx(prices)
