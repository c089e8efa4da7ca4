"""How a network's columns are read from pools, rows and rules, and checked at the door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import OWNER_CUT
from dtao_edu.engine.errors import between, not_negative, number, positive, refuse, whole
from dtao_edu.engine.units import LAUNCH_BLOCK, exactly, fixed_point, whole_rao
from dtao_edu.engine.weighted import LEAST_WEIGHT
from dtao_edu.simulation.block import Constants, Subnets
from dtao_edu.simulation.rules import RuleSet

FLOW_SMOOTHING = Fraction(29_597_889_189_277, 2**63 - 1)
"""Smoothing of the flow of TAO, a half-life of 216,000 blocks (lib.rs, v3.2.10, 2025-11-04)."""
_WHOLE = ("netuid", "first_block", "last_epoch")


def rows_of(subnets: Any) -> dict[int, Any]:
    """Return the rows of a mapping or of an iterable, by netuid."""
    if isinstance(subnets, Mapping):
        return {whole("netuid", netuid): row for netuid, row in subnets.items()}
    rows: dict[int, Any] = {}
    for row in subnets if isinstance(subnets, Iterable) else ():
        netuid = whole("netuid", get(row, "netuid", None))
        if netuid in rows:
            refuse("netuid", netuid, "each subnet once")
        rows[netuid] = row
    return rows


def get(row: Any, name: str, default: Any) -> Any:
    """Return an entry of a row, by key or by attribute."""
    if isinstance(row, Mapping):
        return row.get(name, default)
    return getattr(row, name, default)


def checked(netuid: int, row: Any, block: int) -> dict[str, Any]:
    """Return every entry of a subnet, from its row or by default."""

    def read(name: str, default: Any, check: Any = not_negative) -> Any:
        value = get(row, name, default)
        if name == "enabled" and isinstance(value, bool):
            value = int(value)
        return check(f"{name} of netuid {netuid}", default if value is None else value)

    T, A, held = read("tao_in", 0, positive), read("alpha_in", 0, positive), read("alpha_out", 0)
    first = read("first_block", min(LAUNCH_BLOCK, block), whole)
    if first > block:
        refuse(f"first_block of netuid {netuid}", first, f"at most the block {block}")

    def part(name: str, default: Any) -> Any:
        return between(f"{name} of netuid {netuid}", read(name, default), 0, 1)

    weight = read("quote_weight", Fraction(1, 2))
    weight = between(f"quote_weight of netuid {netuid}", weight, LEAST_WEIGHT, 1 - LEAST_WEIGHT)
    return {
        "netuid": netuid, "first_block": first, "last_epoch": block,
        "enabled": part("enabled", 1), "miner_burned": part("miner_burned", 0),
        "vote": part("vote", 0), "quote_weight": weight,
        "tao_in": T, "alpha_in": A, "alpha_out": held,
        "moving_price": read("moving_price", min(formulas.weighted_price(T, A, weight), 1)),
        "flow": read("flow", 0, number), "protocol_flow": read("protocol_flow", 0, number),
        "pending_root": 0, "user_flow": 0, "flow_seen": 0,
        "tao_entered": T, "alpha_minted": A + held, "alpha_recycled": 0,
    }  # fmt: skip


def column_of(name: str, values: list[Any], exact: bool) -> Any:
    """Return a column of whole numbers, of Fractions in whole rao, or of floats."""
    if name in _WHOLE:
        return np.array(values, dtype=np.int64)
    if exact:
        column = np.empty(len(values), dtype=object)
        floor = whole_rao if name in Subnets._fields[:3] else fixed_point
        column[:] = [floor(exactly(value)) for value in values]
        return column
    return np.array([float(value) for value in values])


def constants_of(rules: RuleSet, kind: Any, tempo: int, tao_weight: Any) -> Constants:
    """Return the constants of a set of rules, as floats or as Fractions."""
    return Constants(
        owner_cut=kind(OWNER_CUT),
        tao_weight=kind(tao_weight),
        moving_alpha=kind(rules.moving_alpha),
        moving_halving=kind(rules.moving_halving),
        tempo=tempo,
        flow_smoothing=kind(FLOW_SMOOTHING),
        flow_exponent=kind(1),
        flow_cutoff=kind(0),
        steepness=kind(3),
        gate=kind(rules.gate),
        fee_rate=kind(rules.fee_rate),
        flat_fee=kind(rules.fee_flat),
    )
