"""The compiled loop and the reference are one: over random networks, rules and trades."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dtao_edu import Network, simulate
from dtao_edu.engine.errors import InputError
from dtao_edu.simulation import traders
from tests.helpers.networks import network, rows, team

pytest.importorskip("numba")

SHAPES = ("dtao_warm_up", "net_flow_kept", "price_burn_gate")
"""Rules that between them have most parts; each takes some seconds to compile."""
BLOCKS = 12


def apart(one: Any, other: Any) -> float:
    """The largest difference, relative to the larger of the two columns."""
    found = 0.0
    for name in ("tao_in", "alpha_in", "alpha_out", "moving_price", "share"):
        a, b = getattr(one, name), getattr(other, name)
        found = max(found, float(np.max(np.abs(a - b)) / max(float(np.abs(b).max()), 1e-300)))
    for name in ("issuance", "root_tao"):
        a, b = getattr(one, name), getattr(other, name)
        found = max(found, float(np.max(np.abs(a / b - 1))))
    for name in one.wallets:
        a, b = one.wealth(name), other.wealth(name)
        found = max(found, float(np.max(np.abs(a - b) / np.maximum(np.abs(b), 1))))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6), size=st.floats(0.01, 3))
def test_compiled_and_reference_agree(name: str, seed: int, size: float) -> None:
    # Every behaviour under the first rules; they know nothing of rules, so one elsewhere.
    people = team(size) if name == SHAPES[0] else [traders.noise(500 * size, size)]
    runs = [
        simulate(network(name, seed), BLOCKS, traders=people, seed=seed, compiled=fast,
                 record_every=3, debug=True)
        for fast in (True, False)
    ]  # fmt: skip
    assert runs[0].about["compiled"]
    assert not runs[1].about["compiled"]
    assert apart(*runs) < 1e-12 * BLOCKS


@pytest.mark.slow
def test_a_sketch_agrees_too() -> None:
    noise = traders.noise(500, 1.0, every=20)
    runs = [
        simulate(network("net_flow_kept"), 120, traders=[noise], step=2, compiled=fast)
        for fast in (True, False)
    ]
    assert apart(*runs) < 1e-10
    assert runs[0].step_error == pytest.approx(runs[1].step_error, rel=1e-3, abs=1e-9)


def test_a_trader_of_ones_own_is_done_by_columns_at_its_turns() -> None:
    def buys(sight: Any, purse: Any, numbers: Any) -> Any:
        return {3: purse.tao / 10}

    mixed = [traders.noise(500, 1.0), traders.Trader("own", buys, 100, every=5)]
    runs = [
        simulate(network("net_flow_kept"), 30, traders=mixed, compiled=fast)
        for fast in (True, False)
    ]
    assert runs[0].about["compiled"]
    assert apart(*runs) < 1e-11
    assert runs[0].wallets["own"][1][-1, 2] > 0


def test_a_halving_comes_in_the_compiled_loop_too() -> None:
    given_rows = rows() | {1: rows()[1] | {"alpha_in": 5e6, "alpha_out": 5.5e6 - 3}}
    net = Network(given_rows, "dtao_warm_up", root_tao=5e5, issuance=10.5e6 - 3, block=5_373_800)
    runs = [
        simulate(net, 12, traders=team(0.01), compiled=fast, record_every=1)
        for fast in (True, False)
    ]
    assert apart(*runs) < 1e-12 * 12
    grown = np.diff(runs[0].issuance)
    assert grown[-1] < 0.6 * grown[0]
    minted = np.diff(runs[0].alpha_out[:, 0] + runs[0].alpha_in[:, 0])
    assert minted[-1] < 0.6 * minted[0]


def test_an_exact_network_is_not_compiled() -> None:
    with pytest.raises(InputError, match="exact"):
        simulate(network(exact=True), 2, compiled=True)
    assert not simulate(network(exact=True), 2).about["compiled"]
