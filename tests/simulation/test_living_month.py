"""What lesson 10 says of a month with traders, with other chance than the lesson's."""

from __future__ import annotations

from typing import Any

import numpy as np

from dtao_edu import ensemble, simulate
from dtao_edu.simulation import traders
from dtao_edu.studies.ledger_network import network_on


def month(**terms: Any) -> dict[str, Any]:
    """The terms of the lesson's month."""
    return {"days": 30, "step": 144, "step_error": False} | terms


def people(sell: bool = True) -> list[traders.Trader]:
    miners = traders.miner(1, every=360, name="miners")
    return [
        traders.noise(5_000, 40, [1], every=144, alpha={1: 50_000}, name="by chance"),
        traders.momentum(1_000, 0.2, [1], every=144),
        traders.buy_and_hold(100, 1, name="Hana"),
        miners if sell else miners.but(last=0),
    ]


def test_miners_who_sell_lower_the_price_in_every_run_and_chance_spreads_it_wider() -> None:
    network = network_on("2025-04-17", free_tao=20_000)
    ends = [
        ensemble(network, runs=20, traders=people(sell), keep="price", seed=21, **month())["price"]
        for sell in (True, False)
    ]
    place = network.place(1)
    sold, kept = (prices[:, place] for prices in ends)
    lower = 1 - sold / kept
    assert (lower > 0.25).all()
    assert (lower < 0.5).all()
    assert np.ptp(kept) / np.median(kept) > 0.3 > np.ptp(lower)
    elsewhere = np.delete(np.abs(ends[0] / ends[1] - 1), place, axis=1)
    assert elsewhere.max() < 0.02  # what subnet 1 loses, the others share


def test_half_an_hour_at_a_time_errs_by_less_than_a_percent() -> None:
    network = network_on("2025-04-17", free_tao=20_000)
    run = simulate(network, traders=people(), seed=21, **month(step_error=True))
    assert run.step_error is not None
    assert 0 < run.step_error < 0.01


def test_miners_who_keep_hold_what_the_others_would_have_sold() -> None:
    network = network_on("2025-04-17", free_tao=20_000)
    run = simulate(network, traders=people(sell=False), seed=21, **month(days=2))
    tao, alpha = run.wallets["miners"]
    assert tao[-1] == 0
    assert alpha[-1, network.place(1)] > 0
