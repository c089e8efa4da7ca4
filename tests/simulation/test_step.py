"""A block of a network: books that balance to the rao, and each formula in its place."""

from __future__ import annotations

import pickle
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import OWNER_CUT
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.fees import LAUNCH_FEE
from dtao_edu.engine.pool import Pool
from dtao_edu.simulation.block import program_of
from dtao_edu.simulation.network import Network
from dtao_edu.simulation.rules import all_rules, rules
from dtao_edu.simulation.state import Column, Paid, Pools
from tests.helpers.strategies import RAO, whole
from tests.helpers.walks import sample

NAMES = [one.name for one in all_rules()]
POOLED = [name for name in NAMES if rules(name).injection != "none"]
every = pytest.mark.parametrize("name", POOLED)
some = pytest.mark.parametrize("name", sample(POOLED, 12))

balances = whole(10**9, 10**15)


@st.composite
def networks(draw: st.DrawFn, name: str = "dtao_launch") -> Network:
    """Networks in whole rao, two to four subnets."""
    netuids = draw(st.lists(st.integers(1, 128), min_size=2, max_size=4, unique=True))
    rows = {
        netuid: {
            "tao_in": draw(balances),
            "alpha_in": draw(balances),
            "alpha_out": draw(balances),
            "moving_price": draw(st.integers(0, 10**6)) * Fraction(1, 10**6),
            "miner_burned": draw(st.sampled_from([0, Fraction(1, 2), 1])),
            "flow": draw(st.integers(-100, 100)),
        }
        for netuid in netuids
    }
    block = draw(st.integers(5 * 10**6, 9 * 10**6))
    return Network(rows, name, root_tao=6_000_000, block=block, exact=True)


def columns_of(paid: Paid) -> tuple[Column, ...]:
    """Every entry of a receipt."""
    return (paid.share, *paid.injected, *paid.split, paid.due, paid.root_tao, paid.proceeds)


def exact_balance(network: Network) -> bool:
    books = network.books()
    return books.tao_issued == books.tao_held and all(books.alpha_issued == books.alpha_held)


@every
@settings(max_examples=5)
@given(data=st.data())
def test_no_block_creates_tao_or_alpha(name: str, data: Any) -> None:
    network = data.draw(networks(name))
    issued = network.issuance
    for _ in range(3):
        block = network.step()
        paid, network = block.paid, block.after
        assert exact_balance(network)
        entered = paid.tao_in + paid.excess_tao
        assert sum(paid.tao_in) <= 1
        assert all(x >= 0 for column in columns_of(paid) for x in column)
        assert sum(entered) <= 1 + 4 * RAO
    assert network.issuance >= issued


@every
def test_floats_balance_too_over_a_tempo_with_trades(name: str) -> None:
    rows = {n: Pool(1e3 * n, 2e4, 5e4) for n in (1, 2, 3)}
    network = Network(rows, name, root_tao=6e6, block=8_000_000)
    for i in range(363):
        if i % 50 == 0:
            network = network.stake(1 + i % 3, 7.5).after
            network = network.unstake(3, 11.0).after
        network = network.step().after
    assert network.books().balance()


@given(networks())
def test_a_block_of_the_launch_by_its_formulas(network: Network) -> None:
    block = network.step()
    paid, after = block.paid, block.after
    total = sum(network.moving_price)
    for i, netuid in enumerate(network.netuid):
        pool = network.pool(int(netuid))
        share = network.moving_price[i] / total if total else 0
        cap = formulas.block_emission(pool.alpha_issuance)
        tao = share // RAO * RAO
        alpha = min(tao / pool.price, cap) // RAO * RAO
        assert paid.share[i] == share
        assert (paid.tao_in[i], paid.alpha_in[i], paid.alpha_out[i]) == (tao, alpha, cap)
        # Minted first, then root's part is taken and sold in the pool of the same block.
        minted = pool.inject(tao, alpha, cap)
        owner = cap * OWNER_CUT // RAO * RAO
        r = formulas.root_proportion(network.root_tao, minted.alpha_issuance, network.tao_weight)
        root = (cap - owner) * r / 2 // RAO * RAO
        proceeds = root * minted.tao_in / (minted.alpha_in + root) // RAO * RAO
        assert (paid.owner[i], paid.root_alpha[i]) == (owner, root)
        assert after.tao_in[i] == minted.tao_in - proceeds
        assert after.alpha_in[i] == minted.alpha_in + root
        assert after.alpha_out[i] == minted.alpha_out - root
        assert sum(part[i] for part in paid.split) == cap
    assert after.block == network.block + 1
    assert after.issuance == network.issuance + sum(paid.tao_in)


@given(networks())
def test_shares_of_a_block_use_the_moving_price_of_the_block_before(network: Network) -> None:
    block = network.step()
    assert list(block.paid.share) == list(network.shares())
    assert list(block.after.step().paid.share) == list(block.after.shares())
    moved = [a != b for a, b in zip(block.after.moving_price, network.moving_price, strict=True)]
    assert any(moved) or all(network.price >= 1)


@pytest.mark.whole
@some
@settings(max_examples=10)
@given(data=st.data(), order=st.randoms())
def test_the_order_of_subnets_changes_nothing(name: str, data: Any, order: Any) -> None:
    network = data.draw(networks(name))
    names = ("tao_in", "alpha_in", "alpha_out", "moving_price", "miner_burned", "flow")
    rows = [
        {"netuid": int(n)} | {name: getattr(network, name)[i] for name in names}
        for i, n in enumerate(network.netuid)
    ]
    terms: dict[str, Any] = {"root_tao": 6_000_000, "block": network.block, "exact": True}
    first = Network(rows, name, **terms).step().after.step().after
    order.shuffle(rows)
    second = Network(rows, name, **terms).step().after.step().after
    for netuid in network.netuid:
        assert first.pool(int(netuid)) == second.pool(int(netuid))
    assert first.issuance == second.issuance


def test_uncapped_the_injection_keeps_the_price_and_capped_it_rises() -> None:
    deep = {1: Pool(1000, 1000, 10), 2: Pool(3000, 4000, 10)}  # prices sum to 1.75
    paid = Network(deep).step().paid
    assert paid.tao_in / paid.alpha_in == pytest.approx([1.0, 0.75])
    assert paid.alpha_in == pytest.approx([1 / 1.75] * 2)
    cheap = Network({1: Pool(10, 1000, 10), 2: Pool(20, 1000, 10)})
    block = cheap.step()
    assert list(block.paid.alpha_in) == [1.0, 1.0]
    assert all(block.paid.tao_in / block.paid.alpha_in > cheap.price)
    without_root = Network({1: Pool(10, 1000, 10), 2: Pool(20, 1000, 10)}, root_tao=0)
    assert all(without_root.step().after.price > cheap.price)


def test_a_pool_alone_makes_a_subnet_in_which_nothing_has_happened_yet() -> None:
    network = Network({1: Pool(10, 100, 5)})
    for name in ("flow", "protocol_flow", "miner_burned", "pending_root", "user_flow", "vote"):
        assert list(getattr(network, name)) == [0]
    assert (network.enabled[0], network.quote_weight[0], network.moving_price[0]) == (1, 0.5, 0.1)


@pytest.mark.parametrize("name", NAMES)
def test_shares_are_those_that_the_next_block_pays_by(name: str) -> None:
    rows = {
        n: {"tao_in": 10.0 * n, "alpha_in": 100, "alpha_out": 5, "vote": 0.25, "flow": n - 1.5}
        for n in (1, 2, 3, 4)
    }
    # 8,799,120 is a block in which the gate's bar is set anew.
    network = Network(rows, name, root_tao=1000, block=8_799_117)
    for _ in range(5):
        network = network.stake(1, 2).after if name != "root_network" else network
        expected = network.shares()
        block = network.step()
        assert list(block.paid.share) == list(expected)
        network = block.after


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rule", ["", "spot_price"])
def test_a_subnet_that_is_switched_off_has_no_share_under_any_rule(name: str, rule: str) -> None:
    rows = {
        n: {"tao_in": 10 * n, "alpha_in": 100, "vote": 0.25, "flow": n, "enabled": n != 3}
        for n in (1, 2, 3, 4)
    }
    network = Network(rows, name, root_tao=1000, block=8_000_000)
    shares = network.shares(rule or None)
    assert shares[2] == 0
    assert all(shares[[0, 1, 3]] > 0)
    # The others take its part; a vote goes to whom it was given, so there it is not issued.
    voted = name == "root_network" and not rule
    assert shares.sum() == pytest.approx(0.75 if voted else 1)


@pytest.mark.parametrize("weight", [0.3, 0.5, 0.8])
def test_a_weighted_injection_keeps_the_price_and_moves_the_weight(weight: float) -> None:
    """At unequal weights T / A is not the price, so what enters at the price is one-sided."""
    row = {"tao_in": 5e4, "alpha_in": 4e4, "alpha_out": 10, "quote_weight": weight}
    net = Network({1: row, 2: row}, "price_burn", root_tao=6e6, block=8_800_000, issuance=1.1e7)
    assert list(net.moving_price) == [min(net.price[0], 1)] * 2
    block = net.step()
    assert all(block.paid.excess_tao < 1e-12)  # not capped: nothing buys
    assert all(block.paid.tao_in > 0)
    assert block.after.price == pytest.approx(net.price, rel=1e-12)
    paid = block.paid.tao_in[0], block.paid.alpha_in[0], block.paid.alpha_out[0]
    alone = net.pool(1).inject(*paid)
    assert block.after.quote_weight[0] == pytest.approx(alone.quote_weight, rel=1e-12)  # type: ignore[attr-defined]
    moved = block.after.quote_weight[0] - weight
    assert (abs(moved) < 1e-15) if weight == 0.5 else moved * (weight - 0.5) < 0


def test_the_subsidy_takes_the_price_below_the_share_and_leaves_the_rest_alone() -> None:
    rich, poor = Pool(9e4, 1e5, 10), Pool(1e3, 1e5, 10)  # prices 0.9 and 0.01
    rows = {1: rich, 2: {"tao_in": 1e3, "alpha_in": 1e5, "alpha_out": 10, "moving_price": 0.6}}
    block = Network(rows, "v3_subsidy", issuance=8e6, root_tao=0).step()
    share = block.paid.share
    assert share == pytest.approx([0.6, 0.4])
    assert block.paid.tao_in == pytest.approx([0.6, 0.01])
    assert block.paid.alpha_in == pytest.approx([0.6 / 0.9, 1])
    assert block.paid.excess_tao == pytest.approx([0, 0.39])
    assert block.paid.bought[1] == pytest.approx(poor.stake(0.39).received)


def test_a_subnet_without_votes_is_paid_nothing_at_all() -> None:
    rows = {1: {"tao_in": 1, "alpha_in": 1, "vote": 0}, 2: {"tao_in": 1, "alpha_in": 1, "vote": 1}}
    paid = Network(rows, "root_network", block=4_000_000).step().paid
    share, tao_in, *nothing = (list(column) for column in columns_of(paid))
    assert (share, tao_in) == ([0, 1], [0, 1])
    assert nothing == [[0, 0]] * len(nothing)


def test_a_tempo_may_be_one_block() -> None:
    network = Network({1: Pool(100, 1000, 500)}, "balancer", root_tao=1000, tempo=1)
    assert network.step().after.last_epoch[0] == network.block + 1


@pytest.mark.whole
@some
@settings(max_examples=20)
@given(data=st.data())
def test_a_trade_of_a_run_is_the_trade_of_a_pool(name: str, data: Any) -> None:
    """Runs trade whole columns, in a function of their own: the same fees, floors and pools."""
    deep = whole(10**11, 10**15)
    row = {"tao_in": data.draw(deep), "alpha_in": data.draw(deep), "alpha_out": 10**6}
    network = Network({7: row}, name, block=8_000_000, exact=True)
    amount, stakes = data.draw(whole(10**6, 10**14)), data.draw(st.booleans())
    try:
        dealt = (network.stake if stakes else network.unstake)(7, amount)
    except InputError:
        assume(False)
    orders = (amount, Fraction(0)) if stakes else (Fraction(0), amount)
    reserves, weight = network.subnets.pools[:3], network.subnets.pools.quote_weight
    before = Pools(*(column[0] for column in reserves), None if weight is None else weight[0])
    trade_by_rules = program_of(network.rules).trade
    pool, filled = trade_by_rules(before, *orders, network.chain.constants)
    trade = dealt.trade
    spent = (filled.paid_tao, filled.paid_alpha)
    assert spent == orders
    if network.rules.unstake_fee == "yield_floor" and not stakes:
        assert filled.got_tao <= trade.received  # at least the flat fee is taken
        return
    after = dealt.after.pool(7)
    assert pool[:3] == (after.tao_in, after.alpha_in, after.alpha_out)
    assert (filled.got_alpha if stakes else filled.got_tao) == trade.received
    fees = (trade.fee, 0) if trade.fee_unit == "TAO" else (0, trade.fee)
    assert (filled.fee_tao, filled.fee_alpha) == fees


def test_root_is_paid_at_the_epoch_of_each_subnet() -> None:
    network = Network({1: Pool(100, 1000, 500), 2: Pool(100, 1000, 500)}, root_tao=1000, tempo=10)
    root = []
    for _ in range(22):
        block = network.step()
        due = formulas.blocks_until_epoch(network.netuid, 10, block.after.block) == 0
        assert list(block.paid.root_tao > 0) == list(due)
        assert list(block.after.pending_root == 0) == list(due)
        root.append(sum(block.paid.root_tao))
        network = block.after
    assert sum(r > 0 for r in root) == 4  # two subnets, each every eleven blocks
    assert network.root_tao == pytest.approx(1000 + sum(root))


def test_two_blocks_after_a_halving_half_is_issued() -> None:
    pools = {1: Pool(100, 1000, 500)}
    before = Network(pools, issuance=10_499_999.5)
    block = before.step()
    assert block.paid.tao_in[0] == 1.0
    assert block.after.step().paid.tao_in[0] == 0.5
    old = Network({1: Pool(100, 11_000_000, 500)}).step().paid
    assert old.alpha_out[0] == 0.5


@pytest.mark.parametrize("name", NAMES)
def test_shares_sum_to_one_or_to_nothing_under_every_rule(name: str) -> None:
    rows = {
        n: {"tao_in": 10 * n, "alpha_in": 100, "alpha_out": 5, "vote": 0.25, "flow": n - 2,
            "miner_burned": 0.1 * n}
        for n in (1, 2, 3, 4)
    }  # fmt: skip
    shares = Network(rows, name, root_tao=1000, block=8_000_000).shares()
    assert sum(shares) == pytest.approx(1)
    assert all(shares >= 0)


def test_trades_by_the_rules_in_force() -> None:
    pools = {1: Pool(100, 1000, 500), 5: Pool(10, 100, 50)}
    launch = Network(pools, exact=True)
    dealt = launch.stake(5, 5)
    assert dealt.trade == Pool.exact(10, 100, 50).stake(5, fee=LAUNCH_FEE)
    assert dealt.after.pool(5) == dealt.trade.after
    assert dealt.after.pool(1) == launch.pool(1)
    assert launch.pool(5) == Pool.exact(10, 100, 50)
    assert dealt.after.user_flow[1] == 5
    back = dealt.after.unstake(5, dealt.trade.received)
    assert back.after.user_flow[1] == 5 - back.trade.received
    assert exact_balance(dealt.after)
    assert exact_balance(back.after)
    later = Network(pools, "v3_swap", exact=True).stake(5, 5)
    assert later.trade.fee == 5 * Fraction(196, 65535) // RAO * RAO
    average = launch.stake(5, 1000, limit_price=1, allow_partial=True).trade.paid
    spot = Network(pools, "v3_swap", exact=True).stake(5, 1000, limit_price=1, allow_partial=True)
    assert average > spot.trade.paid


def test_a_network_is_a_value() -> None:
    network = Network({1: Pool(100, 1000, 500)}, root_tao=10)
    twin = pickle.loads(pickle.dumps(network))
    assert network.equals(twin)
    assert not network.equals(network.step().after)
    with pytest.raises(ValueError, match="read-only"):
        network.tao_in[0] = 5
    assert network.step().before is network
    assert network.step().after.equals(network.step().after)
    assert len(network) == 1
    assert "tao_in" in dir(network)
    assert not hasattr(network, "tao")
    assert network.books().tao_held == 110


ROW: dict[str, Any] = {"tao_in": 1, "alpha_in": 1}
BAD: list[tuple[dict[str, Any], str]] = [
    ({"subnets": {}}, "subnets"),
    ({"subnets": {0: Pool(1, 1)}}, "subnets"),
    ({"subnets": {1: Pool(0, 1)}}, "tao_in of netuid 1"),
    ({"subnets": {1: Pool(1, 0)}}, "alpha_in of netuid 1"),
    ({"subnets": {-1: Pool(1, 1)}}, "netuid"),
    ({"subnets": [{"netuid": 1} | ROW] * 2}, "netuid"),
    ({"subnets": {1: ROW | {"moving_price": -1}}}, "moving_price of netuid 1"),
    ({"subnets": {1: ROW | {"miner_burned": 2}}}, "miner_burned of netuid 1"),
    ({"subnets": {1: ROW | {"vote": float("nan")}}}, "vote of netuid 1"),
    ({"subnets": {1: ROW | {"quote_weight": 0}}}, "quote_weight of netuid 1"),
    ({"root_tao": -1}, "root_tao"),
    ({"issuance": 0.5}, "issuance"),
    ({"issuance": float("inf")}, "issuance"),
    ({"tempo": 0}, "tempo"),
    ({"block": -1}, "block"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "argument"), BAD)
def test_bad_input_is_refused_by_name(change: dict[str, Any], argument: str) -> None:
    terms: dict[str, Any] = {"subnets": {1: Pool(10, 10, 10)}, "root_tao": 5} | change
    with pytest.raises(InputError) as refused:
        Network(terms.pop("subnets"), **terms)
    assert refused.value.argument == argument


def test_an_unknown_subnet_and_a_refused_trade_change_nothing() -> None:
    network = Network({1: Pool(10, 10, 10), 7: Pool(10, 10, 10)})
    for action in (network.pool, lambda n: network.stake(n, 1), lambda n: network.unstake(n, 1)):
        with pytest.raises(InputError, match=r"netuid is 3; allowed: one of \[1, 7\]"):
            action(3)
    for action in (lambda: network.stake(7, -1), lambda: network.unstake(7, 11)):
        with pytest.raises(InputError):
            action()
    assert network.pool(7) == Pool(10, 10, 10)


def test_root_is_a_row_of_its_own() -> None:
    root = Network({0: Pool(500, 1, 500), 4: Pool(10, 10, 10)})
    assert (root.root_tao, len(root), list(root.netuid)) == (500, 1, [4])
    proportion = 0.18 * 500 / (0.18 * 500 + 20)
    assert root.root_proportion == pytest.approx([proportion])
    assert np.array_equal(root.price, [1.0])
