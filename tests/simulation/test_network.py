"""A network is a value: read at the door, stepped by the list of what the chain does."""

from __future__ import annotations

import pickle
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu import Network, Pool, WeightedPool, rules
from dtao_edu.engine.errors import InputError
from tests.helpers.networks import ALL, DTAO, network, rows

TWO = {1: Pool(100.0, 1000.0, 500.0), 2: Pool(300.0, 1000.0, 700.0)}


def test_pools_mappings_and_rows_read_the_same() -> None:
    as_rows = [
        SimpleNamespace(netuid=n, tao_in=p.tao_in, alpha_in=p.alpha_in, alpha_out=p.alpha_out)
        for n, p in TWO.items()
    ]
    as_dicts = {n: vars(row) for n, row in zip(TWO, as_rows, strict=True)}
    one = Network(TWO)
    assert one.equals(Network(as_rows))
    assert one.equals(Network(as_dicts))
    assert not one.equals(Network(TWO, root_tao=1))
    assert not one.equals(Network({1: TWO[1]} | {2: Pool(301.0, 1000.0, 700.0)}))


def test_a_row_of_netuid_0_is_root() -> None:
    with_root = Network({0: Pool(5000.0, 1.0, 5000.0)} | TWO)
    assert with_root.equals(Network(TWO, root_tao=5000))
    assert len(with_root) == 2


def test_columns_are_read_only_and_nothing_changes_the_old_network() -> None:
    before = Network(TWO, root_tao=1000)
    kept = before.tao_in.copy()
    with pytest.raises(ValueError, match="read-only"):
        before.tao_in[0] = 5
    with pytest.raises(AttributeError):
        before.rules = rules("flow")  # type: ignore[misc]
    before.step()
    before.stake(1, 10)
    before.under("flow_cap")
    assert (before.tao_in == kept).all()


def test_a_moving_price_is_the_price_capped_at_1_unless_it_is_given() -> None:
    pools = {
        1: Pool(5.0, 1.0),
        2: Pool(1.0, 4.0),
        3: {"tao_in": 1, "alpha_in": 2, "moving_price": 3},
    }
    assert Network(pools).moving_price.tolist() == [1.0, 0.25, 3.0]


@pytest.mark.parametrize(
    ("subnets", "terms", "named"),
    [
        ({}, {}, "subnets"),
        ({0: Pool(1.0, 1.0)}, {}, "subnets"),
        ({1: Pool(0.0, 1.0)}, {}, "tao_in of netuid 1"),
        ({1: {"tao_in": 1, "alpha_in": float("nan")}}, {}, "alpha_in of netuid 1"),
        ({1: {"tao_in": 1, "alpha_in": 1, "alpha_out": -1}}, {}, "alpha_out of netuid 1"),
        ({1: {"tao_in": 1, "alpha_in": 1, "miner_burned": 2}}, {}, "miner_burned of netuid 1"),
        ({1: {"tao_in": 1, "alpha_in": 1, "first_block": 10**9}}, {}, "first_block of netuid 1"),
        ([SimpleNamespace(netuid=1, tao_in=1, alpha_in=1)] * 2, {}, "netuid"),
        ({-1: Pool(1.0, 1.0)}, {}, "netuid"),
        (TWO, {"issuance": 100}, "issuance"),
        (TWO, {"root_tao": -1}, "root_tao"),
        (TWO, {"tempo": 0}, "tempo"),
        (TWO, {"rules": "no such rules"}, "rules"),
    ],
)
def test_wrong_input_is_refused_by_name(subnets: Any, terms: dict[str, Any], named: str) -> None:
    with pytest.raises(InputError) as refused:
        Network(subnets, **terms)
    assert refused.value.argument == named
    assert refused.value.allowed


def test_an_unknown_netuid_and_an_unknown_column_are_refused() -> None:
    with pytest.raises(InputError, match="netuid is 7"):
        Network(TWO).pool(7)
    with pytest.raises(AttributeError, match="no_such"):
        getattr(Network(TWO), "no_such")  # noqa: B009
    assert {"tao_in", "netuid", "block", "step"} <= set(dir(Network(TWO)))


def test_a_network_travels_to_other_processes() -> None:
    one = network("flow_cap")
    assert pickle.loads(pickle.dumps(one)).equals(one)


@given(st.sampled_from(ALL), st.integers(0, 10_000))
def test_nothing_is_created_in_any_era(name: str, seed: int) -> None:
    """To the rao: TAO issued is in pools, on root or free; alpha minted is in or out, or gone."""
    net = network(name, seed, exact=True)
    net = net.stake(1, Fraction(50)).after.unstake(2, Fraction(1000)).after
    for _ in range(3):
        net = net.step().after
        books = net.books()
        assert books.balance()
        assert books.tao_issued == books.tao_held
        assert (net.tao_in > 0).all()
        assert (net.alpha_in > 0).all()


@given(st.sampled_from(DTAO), st.integers(0, 10_000))
def test_exact_and_float_steps_agree(name: str, seed: int) -> None:
    here, there = network(name, seed), network(name, seed, exact=True)
    for _ in range(2):
        here, there = here.step().after, there.step().after
    for column in ("tao_in", "alpha_in", "alpha_out", "moving_price", "price"):
        exact = getattr(there, column).astype(float)
        assert getattr(here, column) == pytest.approx(exact, rel=1e-6)


@given(st.sampled_from(DTAO), st.integers(0, 10_000))
def test_shares_sum_to_one_or_to_nothing(name: str, seed: int) -> None:
    share = network(name, seed).shares()
    assert (share >= 0).all()
    assert share.sum() == pytest.approx(1) or share.sum() == 0


@given(st.sampled_from(DTAO), st.integers(0, 1000))
def test_the_order_of_subnets_changes_nothing(name: str, seed: int) -> None:
    given_rows = rows(seed)
    turned = dict(reversed(given_rows.items()))
    here = Network(given_rows, name, root_tao=5e5, block=5_373_800).step().after
    there = Network(turned, name, root_tao=5e5, block=5_373_800).step().after
    assert there.tao_in[::-1] == pytest.approx(here.tao_in)
    assert there.moving_price[::-1] == pytest.approx(here.moving_price)


@pytest.mark.parametrize("name", ["root_network", "dtao_launch", "v3_subsidy"])
def test_to_wait_is_to_take_so_many_steps(name: str) -> None:
    start = network(name, block=5_373_800)
    stepped = start
    for _ in range(3):
        stepped = stepped.step().after
    waited = start.wait(3)
    assert waited.equals(stepped)
    assert waited.books().balance()


def test_a_wait_that_steps_do_not_divide_is_refused() -> None:
    with pytest.raises(InputError, match="step is 3; allowed: a divisor of the 10 blocks"):
        network("dtao_launch").wait(10, 3)


def test_another_pool_brings_its_weight_or_is_refused() -> None:
    own = rules("v3_swap").but(pool="weighted")
    net = Network(rows(), own, block=9_000_000)
    heavy = WeightedPool(10.0, 100.0, 50.0, quote_weight=0.6)
    put = net.with_pool(1, heavy)
    assert put.pool(1) == heavy
    assert put.price[0] == pytest.approx(heavy.price)
    assert put.with_pool(1, Pool(10.0, 100.0, 50.0)).pool(1) == WeightedPool(10.0, 100.0, 50.0)
    plain = network("v3_swap")
    with pytest.raises(InputError, match=r"pool is WeightedPool.*; allowed: equal weights"):
        plain.with_pool(1, heavy)


def test_a_weighted_injection_keeps_the_price_by_the_weight() -> None:
    poor = {1: Pool(1000.0, 1e6, 1e6), 2: Pool(2000.0, 1e6, 1e6)}
    own = rules("balancer").but(shares="moving_price")
    net = Network(poor, own, root_tao=1e5)
    assert isinstance(net.pool(1), WeightedPool)
    assert net.quote_weight.tolist() == [0.5, 0.5]
    paid = net.step().paid
    bought_at = paid.excess_tao / paid.bought
    assert bought_at == pytest.approx(net.price, rel=1e-2)
    assert (bought_at > net.price).all()


def test_stake_and_unstake_trade_the_pool_and_count_as_flow() -> None:
    net = network("v3_low_fee")
    staked = net.stake(3, 100)
    pool = net.pool(3).stake(100, fee=net.rules.fee)
    assert staked.trade == pool
    assert staked.after.pool(3) == pool.after
    assert staked.after.user_flow[2] == 100
    back = staked.after.unstake(3, 50)
    assert back.after.user_flow[2] == pytest.approx(100 - back.trade.received)
    for moved in (staked, back):
        assert moved.after.books().balance()
    assert staked.after.free_tao == pytest.approx(net.free_tao - 100)


def test_the_author_holds_the_alpha_of_the_fee() -> None:
    net = network("flow_author_fee", exact=True)
    dealt = net.unstake(3, Fraction(1000))
    assert dealt.trade.fee > 0
    assert dealt.after.alpha_out[2] == net.alpha_out[2] - 1000 + dealt.trade.fee
    assert dealt.after.books().balance()


def test_rules_bring_their_limit_and_their_fee() -> None:
    launch, later = network("dtao_launch"), network("v3_low_fee")
    assert launch.stake(1, 10).trade.fee == pytest.approx(0.00005)
    assert later.stake(1, 10).trade.fee == pytest.approx(10 * 33 / 65535)
    limit = float(launch.price[0]) * 1.1
    by_average = launch.stake(1, 1e5, limit_price=limit, allow_partial=True, fee=0).trade
    by_spot = later.stake(1, 1e5, limit_price=limit, allow_partial=True, fee=0).trade
    assert by_average.average_price == pytest.approx(limit)
    assert by_spot.after.price == pytest.approx(limit)


def test_a_change_to_flow_starts_from_the_smaller_price_or_from_zero() -> None:
    net = network("v3_removal")
    flow = net.under("flow")
    assert flow.flow == pytest.approx(np.minimum(net.moving_price, net.price))
    assert (flow.under("flow_cap").flow == flow.flow).all()
    assert (flow.under("flow_zero").flow == 0).all()
    assert (net.under("flow_zero").flow == 0).all()


def test_a_change_of_rules_loses_nothing() -> None:
    net = network("dtao_launch", exact=True)
    for name in DTAO:
        net = net.under(name).step().after
        assert net.rules.name == name
        assert net.books().balance()


def test_a_change_to_the_new_epochs_counts_from_the_last_old_one() -> None:
    old = network("net_flow_kept", tempo=9)
    due = [9 - (old.block + n + 1) % 10 for n in old.netuid.tolist()]  # blocks until the next
    new = old.under("balancer")
    assert new.last_epoch.tolist() == [old.block + wait - 10 for wait in due]


def test_repr_says_what_it_is() -> None:
    text = repr(network("flow_cap"))
    assert "5 subnets" in text
    assert "flow_cap" in text
