"""Every stage of a block by what it means: direction, rounding, and the very edge of each rule."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dtao_edu import Network, Pool, ensemble, rules, simulate
from dtao_edu.engine import formulas
from dtao_edu.engine.emission import OWNER_CUT
from dtao_edu.simulation import traders
from dtao_edu.simulation.block import program_of
from dtao_edu.simulation.rules import all_rules, constants
from dtao_edu.simulation.state import Pools, columns_in, least, total

RAO = Fraction(1, 10**9)
POOLED = [each.name for each in all_rules() if each.injection != "none"]
SMOOTHING = constants()["flow_smoothing"].value


def whole(number: Any) -> bool:
    return bool(number % RAO == 0)


def floored(number: Fraction) -> Fraction:
    return number // RAO * RAO


def flow_network(**more: Any) -> Network:
    row = {"tao_in": 1000, "alpha_in": 20_000, "alpha_out": 5000, "moving_price": Fraction(1, 2)}
    rows = {n: row | {"flow": 3, "protocol_flow": 2} | more for n in (1, 2, 3)}
    net = rules("net_flow_kept")
    return Network(rows, net, root_tao=10**6, block=8_400_000, exact=True)


def test_what_the_chain_pays_in_counts_against_a_subnet_and_what_it_takes_out_for_it() -> None:
    network = flow_network()
    block = network.step()
    for i in range(3):
        spent = block.paid.tao_in[i] + block.paid.excess_tao[i] - block.paid.proceeds[i]
        assert spent > 0
        moved = block.after.protocol_flow[i] - network.protocol_flow[i]
        assert moved == SMOOTHING * (spent - network.protocol_flow[i])
    # Where the epoch sells root's alpha, more leaves the pool than enters it.
    for _ in range(361):
        before, block = block.after, block.after.step()
        if block.paid.due[0]:
            break
    entered = block.paid.tao_in[0] + block.paid.excess_tao[0]
    assert block.paid.root_tao[0] == block.paid.proceeds[0] > entered
    moved = block.after.protocol_flow[0] - before.protocol_flow[0]
    assert moved == SMOOTHING * (entered - block.paid.root_tao[0] - before.protocol_flow[0])
    # And the more the chain has paid in, the smaller is the share.
    rows = {n: {"tao_in": 1, "alpha_in": 9, "flow": 3, "protocol_flow": n} for n in (0.5, 1, 2)}
    shares = Network({int(2 * n): row for n, row in rows.items()}, "net_flow").shares()
    assert shares[0] > shares[1] > shares[2]


@pytest.mark.parametrize("blocks", [1, 4])
def test_users_flow_is_smoothed_by_what_they_staked_in_a_block(blocks: int) -> None:
    network = Network({1: Pool(1000, 20_000, 500)}, "flow_min", root_tao=1000, block=7_200_000)
    staked = network.stake(1, 80.0).after.wait(blocks, blocks)
    kept = (1 - float(SMOOTHING)) ** blocks
    assert staked.flow[0] == pytest.approx((1 - kept) * 80 / blocks, rel=1e-12)
    again = staked.wait(blocks, blocks)  # it counts once
    assert again.flow[0] == pytest.approx(staked.flow[0] * kept, rel=1e-12)
    unstaked = staked.unstake(1, 100.0)
    after = unstaked.after.wait(blocks, blocks)
    left = -(1 - kept) * unstaked.trade.received / blocks
    assert after.flow[0] == pytest.approx(staked.flow[0] * kept + left, rel=1e-12)


def test_the_chains_flow_in_steps_of_many_blocks_is_that_of_single_ones() -> None:
    row = {"tao_in": 1000, "alpha_in": 20_000, "alpha_out": 5000}
    rows = {n: row | {"flow": n} for n in (1, 2, 3)}
    network = Network(rows, "net_flow_kept", root_tao=0, block=8_400_000)
    one, many = network.wait(20), network.wait(20, 5)
    assert many.protocol_flow == pytest.approx(one.protocol_flow, rel=1e-4)
    assert all(one.protocol_flow > 0)


@pytest.mark.parametrize("name", POOLED)
@settings(max_examples=4, phases=[Phase.explicit, Phase.generate])  # shrinking takes minutes
@given(tao=st.integers(10**11, 10**15), alpha=st.integers(10**11, 10**15), data=st.data())
def test_exact_books_hold_whole_rao_and_round_down(
    name: str, tao: int, alpha: int, data: Any
) -> None:
    prices = data.draw(st.lists(st.integers(1, 10**6), min_size=2, max_size=2))
    rows = {
        n: {"tao_in": tao * n * RAO, "alpha_in": alpha * RAO, "alpha_out": alpha * RAO,
            "moving_price": Fraction(price, 10**6)}
        for n, price in enumerate(prices, 1)
    }  # fmt: skip
    network = Network(rows, name, root_tao=10**6, block=8_000_000, exact=True, tempo=1)
    for _ in range(3):
        block = network.step()
        paid, after = block.paid, block.after
        for column in (*paid.injected, paid.owner, paid.root_alpha, paid.root_tao, paid.proceeds):
            assert all(map(whole, column))
        assert all(map(whole, (*after.tao_in, *after.alpha_in, *after.alpha_out)))
        assert all(price % Fraction(1, 2**32) == 0 for price in after.moving_price)
        assert list(paid.owner) == [floored(OWNER_CUT * alpha) for alpha in paid.alpha_out]
        emission = paid.share * after.chain.emission
        allotted = [floored(tao) for tao in emission]
        assert list(paid.tao_in + paid.excess_tao) == allotted
        if network.rules.pool == "constant_product" and network.rules.injection != "launch":
            bought = [
                floored(formulas.amount_out(T, A, tao))
                for T, A, tao in zip(network.tao_in, network.alpha_in, paid.excess_tao, strict=True)
            ]
            assert list(paid.bought) == bought
        network = after


def test_the_claim_of_an_epoch_is_sold_for_whole_rao_rounded_down() -> None:
    network = flow_network()
    while True:
        block = network.step()
        if block.paid.due.any():
            break
        network = block.after
    i = int(block.paid.due.argmax())
    T = network.tao_in[i] + block.paid.tao_in[i] + block.paid.excess_tao[i]
    A = network.alpha_in[i] + block.paid.alpha_in[i] - block.paid.bought[i]
    sold = network.pending_root[i] + block.paid.root_alpha[i]
    assert block.paid.root_tao[i] == floored(formulas.amount_out(A, T, sold))
    assert block.after.tao_in[i] == T - block.paid.root_tao[i]
    assert block.after.alpha_in[i] == A + sold
    assert block.after.pending_root[i] == 0


# The very edge of a rule.


def test_at_a_price_equal_to_the_share_nothing_is_subsidised() -> None:
    pools = {n: {"tao_in": 5000, "alpha_in": 10_000, "alpha_out": 10} for n in (1, 2)}
    # With half a TAO a block, the cap of 1 alpha and the alpha at the price are two numbers.
    terms: dict[str, Any] = {"root_tao": 10**6, "issuance": 11 * 10**6, "block": 6_200_000}
    block = Network(pools, "v3_subsidy", exact=True, **terms).step()
    assert list(block.paid.share) == [Fraction(1, 2)] * 2  # as the prices
    assert list(block.paid.excess_tao) == [0, 0]
    assert list(block.paid.alpha_in) == [block.paid.tao_in[0] * 2] * 2
    assert all(block.paid.proceeds > 0)  # root's alpha is sold
    poorer = {n: row | {"tao_in": 4999} for n, row in pools.items()}
    block = Network(poorer, "v3_subsidy", exact=True, **terms).step()
    assert all(block.paid.excess_tao > 0)
    assert list(block.paid.proceeds) == [0, 0]  # a subsidised subnet does not sell it


@pytest.mark.parametrize(("total", "receives"), [(Fraction(1), False), (1 + RAO, True)])
def test_root_receives_only_above_a_sum_of_one(total: Fraction, receives: bool) -> None:
    prices = [Fraction(1, 4), total - Fraction(1, 4)]
    rows = {
        n: {"tao_in": 10, "alpha_in": 100, "alpha_out": 100, "moving_price": price}
        for n, price in enumerate(prices, 1)
    }
    block = Network(rows, "flow_cap", root_tao=10**6, exact=True, block=6_900_000).step()
    waits = list(block.after.pending_root)
    assert waits == (list(block.paid.root_alpha) if receives else [0, 0])


def test_a_bar_by_mass_lies_where_the_sum_reaches_it_exactly() -> None:
    shares = [Fraction(1, 2), Fraction(1, 4), Fraction(1, 8), Fraction(1, 8)]
    rows = {
        n: {"tao_in": 1, "alpha_in": 9, "moving_price": share} for n, share in enumerate(shares, 1)
    }
    for mass, bar in (("0.75", 1 / 4), ("0.750001", 1 / 8), ("0.5", 1 / 2), ("0.5001", 1 / 4)):
        own = rules("price_burn_gate").but(gate=mass)
        network = Network(rows, own, block=8_750_000)
        assert network.step().after.bar == bar
    for rank, bar in ((1, 1 / 2), (2, 1 / 4), (3, 1 / 8), (9, 1 / 8)):
        own = rules("price_burn_gate_rank").but(gate=rank)
        assert Network(rows, own, block=8_770_000).step().after.bar == bar


def test_a_bar_is_set_anew_in_every_360th_block_and_in_no_other() -> None:
    rows = {n: {"tao_in": 10 * n, "alpha_in": 900, "moving_price": 0.1 * n} for n in (1, 2, 3)}
    network = Network(rows, "price_burn_gate_rank", block=360 * 24_400 - 2).step().after
    seen = []
    for _ in range(3):
        subnets = network.subnets._replace(moving_price=network.moving_price * [1, 2, 1])
        moved = Network.of_state(replace(network.state(), subnets=subnets))
        after = moved.step().after
        seen.append((after.block % 360 == 0, after.bar != network.bar))
        network = after
    assert seen == [(True, True), (False, False), (False, False)]


@pytest.mark.parametrize("name", ["dtao_launch", "dtao_start_call"])
def test_a_stake_of_no_more_than_its_flat_fee_is_left(name: str) -> None:
    network = Network({1: Pool(100, 1000, 500)}, name, exact=True)
    trade, c = program_of(network.rules).trade, network.chain.constants
    pool = Pools(*(column[0] for column in columns_in(network.subnets)[:3]), None)
    fee = Fraction(1, 20_000)
    for tao, got in ((fee, 0), (fee + RAO, floored(formulas.amount_out(100, 1000, RAO)))):
        after, filled = trade(pool, tao, Fraction(0), c)  # type: ignore[arg-type]
        assert filled.got_alpha == got
        assert filled.paid_tao == (tao if got else 0)
        assert after.tao_in == 100 + filled.paid_tao
    # An unstake brings at least nothing.
    after, filled = trade(pool, Fraction(0), RAO, c)  # type: ignore[arg-type]
    assert (filled.got_tao, after.tao_in, after.alpha_in) == (0, 100, 1000 + RAO)
    _, filled = trade(pool, Fraction(0), Fraction(100), c)  # type: ignore[arg-type]
    value = Fraction(10)
    cost = max(fee, value / 20_000 if name == "dtao_start_call" else 0)
    assert filled.got_tao == floored(formulas.amount_out(1000, 100, Fraction(100))) - cost


def test_a_fee_to_the_author_leaves_the_pool_and_stays_in_the_books() -> None:
    noise = traders.orders([[5.0], [-20.0]], 100, alpha={1: 50.0})
    runs = {}
    for name in ("flow_min", "flow_author_fee"):
        by = rules(name).but(root="sold")
        network = Network({1: Pool(1000, 20_000, 500)}, by, root_tao=1000, block=8_000_000,
                          issuance=5000)  # fmt: skip
        runs[name] = simulate(network, 2, traders=[noise], debug=True, record_every=1)
    kept, left = runs.values()
    rate = 33 / 65535
    assert kept.tao_in[1, 0] - left.tao_in[1, 0] == pytest.approx(5 * rate, rel=1e-9)
    assert left.alpha_out[2, 0] - kept.alpha_out[2, 0] == pytest.approx(20 * rate, rel=1e-4)


def test_miners_who_burn_half_halve_their_weight() -> None:
    row = {"tao_in": 1000, "alpha_in": 4000, "moving_price": 0.2}
    rows = {1: row, 2: row | {"miner_burned": 0.5}, 3: row | {"enabled": 0}}
    shares = Network(rows, "price_burn", block=8_700_000).shares()
    assert shares.tolist() == pytest.approx([2 / 3, 1 / 3, 0])
    # And where all burn everything, the prices alone are left.
    rows = {n: row | {"moving_price": 0.1 * n, "miner_burned": 1} for n in (1, 2, 3)}
    shares = Network(rows, "price_burn", block=8_700_000).shares()
    assert shares.tolist() == pytest.approx([1 / 6, 1 / 3, 1 / 2])


def test_a_sum_over_subnets_is_one_number_and_of_many_runs_one_a_run() -> None:
    one, many = np.array([3.0, 1.0, 2.0]), np.array([[3.0, 1.0, 2.0], [5.0, 7.0, 4.0]])
    assert (total(one), least(one)) == (6, 1)
    assert type(total(one)) is type(least(one)) is float
    assert total(many).tolist() == [[6], [16]]
    assert least(many).tolist() == [[1], [4]]
    exact = np.array([Fraction(1, 3), Fraction(1, 6)], dtype=object)
    assert (total(exact), least(exact)) == (Fraction(1, 2), Fraction(1, 6))


@pytest.mark.parametrize("name", ["flow_min", "balancer", "price_burn_gate_rank"])
def test_many_runs_abreast_end_where_each_ends_alone(name: str) -> None:
    """Also where runs share a column (last epochs), and where every run has its own number."""
    rows = {
        n: {"tao_in": 1000 * n, "alpha_in": 9000, "alpha_out": 5000, "flow": n, "vote": 0.2}
        for n in (1, 2, 3)
    }
    start = Network(rows, name, root_tao=10**5, block=8_775_000, tempo=7)
    people = [traders.noise(500, 5)]
    kept = {
        "last": lambda run: run.network.last_epoch,
        "flow": lambda run: run.network.flow,
        "bar": lambda run: run.network.bar,
        "waits": lambda run: run.network.pending_root,
        "price": "price",
    }
    many = ensemble(start, 2, blocks=20, traders=people, keep=kept, compiled=False)
    alone = ensemble(start, 2, blocks=20, traders=people, keep=kept, compiled=False, batch=1)
    for what in kept:
        assert many[what] == pytest.approx(alone[what], rel=1e-12), what
    assert many["last"].shape == many["price"].shape == (2, 3)


@pytest.mark.parametrize("name", ["v3_low_fee", "net_flow_kept", "all_baskets"])
def test_twenty_blocks_at_once_bring_about_what_twenty_blocks_bring(name: str) -> None:
    rows = {
        n: {"tao_in": 9000, "alpha_in": 90_000 / n, "alpha_out": 50_000, "flow": n,
            "moving_price": 0.4}
        for n in (1, 2, 3)
    }  # fmt: skip
    start = Network(rows, name, root_tao=10**5, block=9_360_001, tempo=10**6)
    fine, coarse = start.wait(20), start.wait(20, 20)
    assert fine.block == coarse.block
    names = ("tao_in", "alpha_in", "alpha_out", "moving_price", "flow", "protocol_flow")
    for column in names:
        grown = [getattr(net, column) - getattr(start, column) for net in (fine, coarse)]
        assert grown[1] == pytest.approx(grown[0], rel=2e-2, abs=1e-9), column
    assert coarse.alpha_out == pytest.approx(fine.alpha_out, rel=1e-5)
    assert coarse.issuance == pytest.approx(fine.issuance, rel=1e-9)


def test_wages_before_dynamic_tao_are_whole_rao() -> None:
    rows = {n: {"tao_in": 1, "alpha_in": 1, "vote": Fraction(1, 3)} for n in (1, 2, 3)}
    network = Network(rows, "root_network", exact=True, issuance=10**6, block=4_000_000)
    block = network.step()
    assert list(block.paid.tao_in) == [floored(Fraction(1, 3))] * 3
    assert block.after.issuance - network.issuance == 3 * floored(Fraction(1, 3))
