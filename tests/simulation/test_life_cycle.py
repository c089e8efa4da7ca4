"""Subnets that end and begin in a run: who goes, who is paid, and where every TAO is afterwards."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dtao_edu import History, Network, RuleSet, ensemble, rules, simulate
from dtao_edu.engine.errors import InputError
from dtao_edu.simulation import traders
from tests.chain.cases import read

VECTORS = Path(__file__).parents[1] / "chain" / "vectors"
CASES = [case for path in sorted(VECTORS.glob("*.json")) for case in read(path)]
PRUNED = [case for case in CASES if case["quantity"] == "prune" and case["inputs"]["block"] > 0]
LOCK = Fraction(65302, 100)
FULL = 21_000_000


def quick(name: str, **parts: Any) -> RuleSet:
    """Rules of a time with a registration every five blocks, and nobody immune."""
    return rules(name).but(**({"lock_interval": 5, "immunity": 0} | parts))


def network(by: RuleSet, exact: bool = False, tempo: int = 5, **row: Any) -> Network:
    rows = {
        n: {"tao_in": 1000 * n, "alpha_in": 100_000, "alpha_out": 50_000} | row for n in (1, 2, 3)
    }
    return Network(
        rows, by, root_tao=100_000, issuance=1_000_000, block=9_000_000, tempo=tempo, exact=exact
    )


def held(run: History) -> Any:
    assert run.network is not None
    return run.network.books().tao_held


@pytest.mark.parametrize("case", PRUNED, ids=lambda case: case["id"])
def test_the_subnet_that_the_chain_would_remove_makes_room(case: dict[str, Any]) -> None:
    given = case["inputs"]
    rows = {
        int(netuid): {
            "tao_in": 100, "alpha_in": 1000, "alpha_out": 500,
            "moving_price": row["moving_price"], "first_block": row["registered_at"],
        }
        for netuid, row in given["subnets"].items()
    }  # fmt: skip
    # Moving prices stand still, so that they are those of the case when its block comes.
    by = rules("v3_removal").but(immunity=given["immunity"], lock_interval=1, moving_alpha="0")
    start = Network(rows, by, block=max(given["block"] - 1, 0), tempo=1)
    found = [each.netuid for each in simulate(start, 1, life_cycle=True).registrations]
    assert found == [case["expected"]["netuid"]] or (not found and not case["expected"]["netuid"])


@pytest.mark.parametrize("pot", [1, 7, 1_000_000_003])
def test_holders_share_the_pool_to_the_rao_by_their_alpha(pot: int) -> None:
    """The chain's own case is 1 rao among 3 and 2: the largest remainder gets it."""
    row = {
        "tao_in": Fraction(pot, 10**9), "alpha_in": FULL, "alpha_out": 5, "moving_price": 0,
    }  # fmt: skip
    other = {"tao_in": 1000, "alpha_in": 1000, "alpha_out": 0, "moving_price": 1}
    start = Network({1: row, 2: other}, quick("v3_removal"), issuance=10_000, tempo=5, exact=True)
    holders = [traders.buy_and_hold(0, 2, name=name).but(alpha={1: n})
               for name, n in (("Ann", 3), ("Ben", 2))]  # fmt: skip
    run = simulate(start, 5, life_cycle=True, traders=holders)
    got = [run.wallets[name][0][-1] * 10**9 for name in ("Ann", "Ben")]
    exact = Fraction(3 * pot, 5), Fraction(2 * pot, 5)
    assert sum(got) == pot
    assert run.registrations[0].paid_out == Fraction(pot, 10**9)
    assert all(abs(mine - part) < 1 for mine, part in zip(got, exact, strict=True))
    assert got == ([1, 0] if pot == 1 else [round(part) for part in exact])
    assert not any(run.wallets[name][1][-1].any() for name in ("Ann", "Ben"))


@pytest.mark.parametrize("opening", ["one_to_one", "median_price"])
@pytest.mark.parametrize("root", ["sold", "claimed"])
def test_no_tao_is_made_or_lost(opening: str, root: str) -> None:
    """What is held grows by what blocks issue, and falls by what is recycled: by nothing else."""
    by = quick("v3_removal", opening=opening, root=root)
    people = [traders.buy_and_hold(50, 1), traders.noise(20, 0.1), traders.miner([2], 0.5, every=3)]
    for exact in (True, False):
        start = network(by, exact)
        run = simulate(start, 23, life_cycle=True, traders=people, record_every=1, debug=True)
        assert run.network is not None
        assert len(run.registrations) == 4
        recycled = sum(each.recycled for each in run.registrations)
        assert recycled == (0 if opening == "median_price" else 4 * (run.registrations[0].lock - 1))
        books = run.network.books()
        assert exact <= (books.tao_held == books.tao_issued)
        grown = books.tao_held + recycled - start.books().tao_held
        assert float(grown) == pytest.approx(23, abs=1e-6)  # a TAO a block


def test_around_one_registration_every_tao_has_its_place() -> None:
    """Two runs to the same block, one with and one without: they differ by what moved."""
    by = quick("price_burn")
    for exact in (True, False):
        people = [traders.buy_and_hold(50, 1)]
        start = network(by, exact)
        on = simulate(start, 5, life_cycle=True, traders=people)
        off = simulate(start, 5, rules="price_burn", traders=people)
        assert on.network is not None
        assert off.network is not None
        (new,) = on.registrations
        place = new.netuid - 1
        pot, paid = off.tao_in[-1][place], new.paid_out
        # The pool went out whole, the lock came in whole, and nothing else moved.
        assert paid == pytest.approx(pot)
        assert on.tao_in[-1][place] == pytest.approx(new.lock)
        assert new.recycled == 0
        same = [i for i in range(3) if i != place]
        assert on.tao_in[-1][same].tolist() == off.tao_in[-1][same].tolist()
        assert float(held(on)) == pytest.approx(float(held(off)), rel=1e-15)
        assert (held(on) == held(off)) or not exact
        assert on.issuance[-1] == off.issuance[-1]
        mine = off.wallets["holder"][1][-1][place] / off.alpha_out[-1][place]
        gained = on.wallets["holder"][0][-1] - off.wallets["holder"][0][-1]
        assert float(gained) == pytest.approx(float(mine * pot), abs=2e-9)


def test_what_is_recycled_leaves_the_issuance() -> None:
    by = quick("v3_removal")
    on = simulate(network(by), 5, life_cycle=True)
    off = simulate(network(by), 5, rules="v3_removal")
    (new,) = on.registrations
    assert new.recycled == pytest.approx(float(LOCK) - 1)  # 1 TAO opens the pool
    assert off.issuance[-1] - on.issuance[-1] == pytest.approx(new.recycled)
    assert on.tao_in[-1][new.netuid - 1] == 1
    assert on.price[-1][new.netuid - 1] == 1


def test_a_new_pool_opens_at_the_median_price_of_the_others() -> None:
    run = simulate(network(quick("price_burn")), 5, life_cycle=True)
    (new,) = run.registrations
    others = np.delete(run.price[-1], new.netuid - 1)
    assert run.price[-1][new.netuid - 1] == pytest.approx(np.median(others))
    assert run.moving_price[-1][new.netuid - 1] == 0


def test_waiting_root_is_paid_before_a_subnet_goes() -> None:
    # With a long tempo for the look, no epoch falls into the run: everything waits.
    by = rules("v3_removal").but(lock_interval=300, immunity=0)
    start = network(by, tempo=360, first_block=4_920_351)
    on = simulate(start, 360, life_cycle=True, record_every=360)
    off = simulate(start, 360, rules="v3_removal", record_every=360)
    (new,) = on.registrations
    assert on.network is not None
    assert off.network is not None
    place = new.netuid - 1
    assert on.network.pending_root[place] == 0
    waited = off.network.pending_root[place]
    assert on.root_tao[-1] - off.root_tao[-1] == pytest.approx(waited)


def test_immunity_and_the_lock_interval_say_when() -> None:
    def blocks(**parts: Any) -> list[int]:
        run = simulate(network(quick("price_burn", **parts)), 40, life_cycle=True)
        return [each.block - 9_000_000 for each in run.registrations]

    assert blocks() == [5, 10, 15, 20, 25, 30, 35, 40]
    assert blocks(lock_interval=11) == [15, 30]  # looked at every five blocks, the tempo
    # Three old places; a newcomer is then immune for 22 blocks.
    assert blocks(immunity=22) == [5, 10, 15, 30, 35, 40]


@pytest.mark.parametrize(("start", "shares"), [("on", True), ("off", False)])
def test_a_newcomer_is_emitted_to_only_where_it_starts_switched_on(
    start: str, shares: bool
) -> None:
    run = simulate(network(quick("price_burn", new_subnets=start)), 8, life_cycle=True)
    (new,) = run.registrations
    assert run.network is not None
    place = new.netuid - 1
    assert run.network.enabled[place] == shares
    assert run.network.first_block[place] == new.block + 1
    assert (run.share[-1][place] > 0) == shares


def test_by_emission_the_least_paid_goes_and_not_the_cheapest() -> None:
    rows = {
        1: {"tao_in": 900, "alpha_in": 1000, "alpha_out": 10, "moving_price": 0.9},
        2: {"tao_in": 100, "alpha_in": 1000, "alpha_out": 10, "moving_price": 0.1},
    }
    rows[1]["miner_burned"] = 0.95

    def gone(removal: str) -> list[int]:
        by = quick("price_burn", removal=removal)
        start = Network(rows, by, issuance=10_000, tempo=5, block=9_000_000)
        return [each.netuid for each in simulate(start, 5, life_cycle=True).registrations]

    assert gone("lowest_price") == [2]
    assert gone("lowest_emission") == [1]


def test_compiled_and_by_columns_it_is_the_same() -> None:
    pytest.importorskip("numba")
    start = network(quick("price_burn_gate_rank"))
    people = [traders.noise(50, 0.1), traders.buy_and_hold(40, 2)]
    ways = [
        simulate(start, 30, life_cycle=True, traders=people, compiled=way, debug=True)
        for way in (False, True)
    ]
    assert len(ways[0].registrations) == 6
    for one, other in zip(*(way.registrations for way in ways), strict=True):
        assert one == pytest.approx(other)
    assert ways[0].tao_in == pytest.approx(ways[1].tao_in)


def test_an_ensemble_is_its_runs_one_by_one() -> None:
    start, people = network(quick("price_burn")), [traders.noise(500, 5)]
    kept = {"count": lambda run: float(len(run.registrations)), "price": "price"}
    terms = {"traders": people, "compiled": False, "life_cycle": True}
    many = ensemble(start, 3, blocks=12, keep=kept, **terms)
    assert many["count"].tolist() == [2, 2, 2]
    assert len({tuple(row) for row in many["price"].tolist()}) == 3


def test_a_saved_history_keeps_its_registrations(tmp_path: Path) -> None:
    run = simulate(network(quick("price_burn")), 12, life_cycle=True)
    again = History.load(run.save(tmp_path / "run.csv"))
    assert again.registrations == run.registrations


def test_without_a_life_cycle_nothing_begins_or_ends() -> None:
    plain = network(rules("v3_removal"))
    on, off = simulate(plain, 30, life_cycle=True), simulate(plain, 30)
    assert on.registrations == off.registrations == ()
    assert on.tao_in[-1].tolist() == off.tao_in[-1].tolist()


def test_rules_that_remove_nobody_are_refused() -> None:
    for name in ("dtao_launch", "root_network"):
        with pytest.raises(InputError, match=f"rules that remove subnets .*; these: {name}"):
            simulate(network(rules(name)), 3, life_cycle=True)
    late = {0: "v3_subsidy", 2: "v3_removal"}
    assert simulate(network(rules("v3_swap")), 3, rules=late, life_cycle=True).stopped is False
