"""Runs: length, records, rules on a date, seeds, sketches, books, refusals."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dtao_edu import History, Network, Pool, rules, simulate
from dtao_edu.engine.errors import InputError
from dtao_edu.simulation import run as run_module
from dtao_edu.simulation import traders
from dtao_edu.simulation.rules import block_on
from tests.helpers.networks import ALL, DTAO, network, team
from tests.helpers.walks import sample


def test_a_run_is_its_blocks_one_after_another() -> None:
    net = network("flow_cap")
    run = simulate(net, 20)
    for _ in range(20):
        net = net.step().after
    assert run.network is not None
    assert run.network.equals(net)
    assert run.block.tolist() == [5_373_800, 5_373_820]


def test_days_are_7200_blocks_and_records_come_when_asked() -> None:
    run = simulate(network(), days=0.01, record_every=30)
    assert run.block[-1] - run.block[0] == 72
    assert (run.block - run.block[0]).tolist() == [0, 30, 60, 72]
    assert run.days[-1] == pytest.approx(0.01)


def test_the_first_record_is_before_the_run_and_a_share_is_of_the_next_block() -> None:
    net = network()
    run = simulate(net, 5, record_every=1)
    assert (run.tao_in[0] == net.tao_in).all()
    assert run.share[0] == pytest.approx(net.shares())
    assert run.tao_in[1] == pytest.approx(net.step().after.tao_in)
    assert run.price == pytest.approx(run.tao_in / run.alpha_in)


@pytest.mark.parametrize("name", DTAO)
def test_every_run_balances_at_every_record(name: str) -> None:
    run = simulate(network(name), 40, traders=team(), record_every=5, debug=True)
    assert run.network is not None
    assert run.network.books().balance()


@pytest.mark.whole
@pytest.mark.parametrize("name", sample(ALL, 12))
def test_in_fractions_it_balances_to_the_rao(name: str) -> None:
    for seed in (0, 1):
        books_of = network(name, seed, exact=True)
        run = simulate(books_of, 12, traders=team(), record_every=1, debug=True, seed=seed)
        assert run.network is not None
        books = run.network.books()
        assert type(books.tao_held) is Fraction
        assert books.tao_issued == books.tao_held
        assert (books.alpha_issued == books.alpha_held).all()
        for tao, alpha in run.wallets.values():
            assert all((amount * 10**9).denominator == 1 for amount in (*tao, *alpha.ravel()))


def test_what_traders_hold_is_part_of_what_is_outside() -> None:
    run = simulate(network(), 60, traders=team(), record_every=20)
    held = sum(alpha for _, alpha in run.wallets.values())
    assert (held[-1] <= run.alpha_out[-1] + 1e-9).all()


def test_the_same_seed_is_the_same_run_and_another_is_not() -> None:
    def noisy(seed: int) -> Any:
        return simulate(network(), 50, traders=[traders.noise(500, 1)], seed=seed).price[-1]

    assert (noisy(1) == noisy(1)).all()
    assert (noisy(1) != noisy(2)).all()


def test_chance_does_not_depend_on_records_or_on_other_traders(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    noise = traders.noise(500, 1, every=3)
    often = simulate(network(), 60, traders=[noise], record_every=7)
    monkeypatch.setattr(run_module, "STRETCH", 11)
    seldom = simulate(network(), 60, traders=[noise], record_every=60)
    assert often.price[-1] == pytest.approx(seldom.price[-1], rel=1e-12)
    idle = traders.buy_and_hold(1, block=10**6)
    beside = simulate(network(), 60, traders=[noise, idle])
    assert beside.price[-1] == pytest.approx(seldom.price[-1], rel=1e-12)


def test_rules_for_the_whole_run_or_changed_on_the_way() -> None:
    net = network("v3_swap", block=block_on("2025-07-28"))
    whole = simulate(net, 100, rules="v3_subsidy")
    assert whole.network is not None
    assert whole.network.rules.name == "v3_subsidy"
    later = simulate(net, 100, rules={60: "v3_subsidy"}, record_every=20)
    assert later.about["rules"] == ["v3_swap", "from block 60: v3_subsidy"]
    plain = simulate(net, 100, record_every=20)
    assert (later.tao_in[3] == plain.tao_in[3]).all()
    assert (later.tao_in[4] != plain.tao_in[4]).all()
    by_day = simulate(net, days=2, rules={"2025-07-29": "v3_subsidy"}, record_every=7200)
    assert by_day.network is not None
    assert by_day.network.rules.name == "v3_subsidy"


def test_by_date_follows_the_chains_own_changes() -> None:
    net = network("v3_removal", block=block_on("2025-11-03"))
    run = simulate(net, days=6, rules="by date", step=300)
    names = [said.split()[-1] for said in run.about["rules"]]
    assert names == ["v3_removal", "flow", "flow_cap"]
    first = rules("flow").block - net.block  # known to the block; a step is 300
    assert run.about["rules"][1] == f"from block {-(-first // 300) * 300}: flow"


def test_a_step_of_many_blocks_states_its_error_and_keeps_it() -> None:
    net = network("v3_low_fee")
    exact = simulate(net, 7200).price[-1]
    found = []
    for step in (10, 40):
        sketch = simulate(net, 7200, step=step)
        error = float(np.max(np.abs(sketch.price[-1] / exact - 1)))
        assert 0 < error < 3 * sketch.step_error
        found.append(sketch.step_error)
        assert "prices to" in repr(sketch)
    assert found[0] < found[1] < 0.01
    assert simulate(net, 10).step_error == 0


def test_the_error_of_a_step_may_be_left_out(tmp_path: Path) -> None:
    net = network("v3_low_fee")
    stated, left = (simulate(net, 400, step=40, step_error=error) for error in (True, False))
    assert left.step_error is None
    assert (left.price == stated.price).all()
    assert "prices to" not in repr(left)
    assert History.load(left.save(tmp_path / "run.csv")).step_error is None


def test_who_acts_once_fits_into_any_step() -> None:
    run = simulate(network("v3_low_fee"), 80, step=40, traders=[traders.buy_and_hold(9, 1)])
    assert run.wallets["holder"][0][-1] == pytest.approx(0)
    late = traders.buy_and_hold(9, 1, block=50)
    run = simulate(network("v3_low_fee"), 80, step=40, traders=[late], record_every=40)
    assert run.wallets["holder"][0] == pytest.approx([9, 9, 0])


def test_a_stopped_run_keeps_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupts(sight: Any, purse: Any, numbers: Any) -> Any:
        if sight.turn == 25:
            raise KeyboardInterrupt
        return 0.0

    run = simulate(network(), 40, traders=[traders.Trader("me", interrupts, 10)], record_every=10)
    assert run.stopped
    assert (run.block - run.block[0]).tolist() == [0, 10, 20]
    assert "stopped" in repr(run)
    assert run.network is not None
    assert run.network.block - run.block[0] >= 20


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"blocks": 0}, "blocks"),
        ({"blocks": None}, "blocks and days"),
        ({"blocks": None, "days": -1}, "days"),
        ({"days": 1}, "blocks and days"),
        ({"step": 7}, "step"),
        ({"record_every": -1}, "record_every"),
        ({"rules": "flaw"}, "rules"),
        ({"rules": {"no day": "flow"}}, "date"),
        ({"traders": ["somebody"]}, "traders"),
        ({"traders": [traders.noise(1, 1), traders.noise(1, 1)]}, "traders"),
        ({"traders": [traders.noise(1, 1, [99])]}, "netuids of noise"),
        ({"traders": [traders.orders([[1.0, 2.0]], 5)]}, "draws of orders"),
        ({"traders": [traders.noise(1, 1)], "step": 2}, "every of noise"),
    ],
)
def test_wrong_input_is_refused_by_name(change: dict[str, Any], named: str) -> None:
    with pytest.raises(InputError) as refused:
        simulate(network(), **({"blocks": 10} | change))
    assert refused.value.argument == named


@pytest.mark.parametrize(
    ("order", "named", "allowed"),
    [
        (lambda s, p, n: float("nan"), "order of me in block 5373801 for netuid 1", "finite"),
        (lambda s, p, n: {2: float("inf")}, "order of me in block 5373801 for netuid 2", "finite"),
        (lambda s, p, n: "much", "order of me in block 5373801", "one number, or 5"),
        (lambda s, p, n: [1, 2], "order of me in block 5373801", "5 numbers"),
        (lambda s, p, n: {77: 1}, "order of me in block 5373801", "netuids of"),
        (lambda s, p, n: {1: 60, 2: 60}, "order of me in block 5373801", "at most the 100.0 TAO"),
        (lambda s, p, n: {4: -5}, "order of me in block 5373801 for netuid 4", "alpha held"),
    ],
)
def test_a_trader_that_overspends_or_is_no_number_is_refused(
    order: Callable[..., Any], named: str, allowed: str
) -> None:
    with pytest.raises(InputError) as refused:
        simulate(network(), 3, traders=[traders.Trader("me", order, 100.0)])
    assert refused.value.argument == named
    assert allowed in refused.value.allowed


def test_a_drained_pool_is_refused_with_its_netuid_and_block() -> None:
    tiny = {1: Pool(1e-9, 1.0, 1e9), 2: Pool(10.0, 1e5)}
    sells = traders.orders([[-1e300, 0]], 0, alpha={1: 1e300})
    with pytest.raises(InputError, match="netuid 1 in block"):
        simulate(Network(tiny), 3, traders=[sells], compiled=False)


def test_an_order_cut_to_the_purse_never_passes_it() -> None:
    run = simulate(network(), 30, traders=[traders.noise(5, 10)], record_every=1)
    tao, alpha = run.wallets["noise"]
    assert (tao >= 0).all()
    assert (alpha >= 0).all()
    assert tao.min() < 1e-6


def test_a_run_may_show_how_far_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from dtao_edu.simulation import progress

    monkeypatch.setattr(progress, "_EVERY", 0.0)
    monkeypatch.setattr(run_module, "STRETCH", 10)
    simulate(network(), 100, progress=True)
    shown = capsys.readouterr().err
    assert "simulating: 50%" in shown
    assert "left" in shown
    assert shown.endswith("\r")
    simulate(network(), 100)
    assert capsys.readouterr().err == ""


def test_own_rules_run_too() -> None:
    own = rules("dtao_launch").but(shares="spot_price")
    run = simulate(network(own), 50)
    spot = run.price[-1] / run.price[-1].sum()
    assert run.share[-1] == pytest.approx(spot)
