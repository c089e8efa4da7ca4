"""Networks to test with: small, of any era, drawn by chance or fixed."""

from __future__ import annotations

from typing import Any

import numpy as np

from dtao_edu import Network
from dtao_edu.simulation import traders
from dtao_edu.simulation.rules import all_rules

ALL = [each.name for each in all_rules()]
DTAO = ALL[1:]


def rows(seed: int = 0, count: int = 5) -> dict[int, dict[str, Any]]:
    chance = np.random.default_rng(seed)
    return {
        netuid: {
            "tao_in": chance.uniform(500, 20_000),
            "alpha_in": chance.uniform(1e5, 9e5),
            "alpha_out": chance.uniform(1e5, 2e6),
            "moving_price": chance.uniform(0.001, 0.4),
            "first_block": 4_920_351 + int(chance.integers(0, 3e5)),
            "miner_burned": chance.choice([0.0, 0.3]),
            "flow": chance.normal(0, 1),
            "protocol_flow": chance.normal(0, 1),
            "vote": 0.1,
        }
        for netuid in range(1, count + 1)
    }


def network(rules: Any = "dtao_launch", seed: int = 0, count: int = 5, **terms: Any) -> Network:
    terms = {"root_tao": 5e5, "issuance": 8.6e6, "block": 5_373_800} | terms
    return Network(rows(seed, count), rules, **terms)


def team(size: float = 1.0) -> list[traders.Trader]:
    """One trader of every kind, of which each block calls some."""
    saver = traders.saver(2000 * size, 10 * size, [2], tolerance=0.01, every=7, partial=True)
    worth = np.random.default_rng(3).uniform(0.001, 0.2, (3, 5))
    return [
        traders.noise(500 * size, size, every=2),
        traders.buy_and_hold(300 * size, [1, 3], block=2),
        traders.target_share(400 * size, 0.1, every=5),
        traders.momentum(200 * size, 0.2, every=3),
        traders.believer(500 * size, {2: 0.05, 4: 0.01}, 0.1, every=4),
        traders.arbitrage(100 * size, {5: 0.02}, every=6),
        traders.crowd(50 * size, worth, 0.5, every=3),
        traders.miner([1, 2], 0.5, every=9),
        traders.pump(3, 100 * size, block=4, blocks=6),
        *traders.sandwich(saver, 400 * size),
        traders.orders([[1, -1, 0, 2, -3], [0, 1, -2, 0, 1]], 100 * size, alpha={2: 5, 3: 5}),
    ]
