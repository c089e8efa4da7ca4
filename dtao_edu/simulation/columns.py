"""How a network's columns are read from pools, rows and rules, and checked at the door."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Protocol, cast

import numpy as np

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import OWNER_CUT
from dtao_edu.engine.errors import between, not_negative, number, positive, refuse, whole
from dtao_edu.engine.units import LAUNCH_BLOCK, Amount, exactly, fixed_point, whole_rao
from dtao_edu.engine.weighted import LEAST_WEIGHT
from dtao_edu.simulation.rules import RuleSet, constants
from dtao_edu.simulation.state import (
    Column,
    Constants,
    Epochs,
    Facts,
    Flows,
    Pools,
    Subnets,
    Totals,
)  # fmt: skip

WHOLE = ("netuid", "first_block", "last_epoch")
IN_RAO = ("tao_in", "alpha_in", "alpha_out")


class PoolLike(Protocol):
    """A pool, a record of the ledger, or anything else with reserves."""

    @property
    def tao_in(self) -> Amount:
        """TAO in the pool."""

    @property
    def alpha_in(self) -> Amount:
        """Alpha in the pool."""

    @property
    def alpha_out(self) -> Amount:
        """Alpha outside the pool."""


Row = PoolLike | Mapping[str, Amount | bool | None]
"""What one subnet is read from: attributes, or keys."""
Rows = Mapping[int, Row] | Mapping[int, PoolLike] | Iterable[Row]
"""Rows by netuid, or rows that carry their netuid."""


def rows_of(subnets: Rows) -> dict[int, Row]:
    """Return the rows of a mapping or of an iterable, by netuid."""
    if isinstance(subnets, Mapping):
        return {whole("netuid", netuid): row for netuid, row in subnets.items()}
    rows: dict[int, Row] = {}
    for row in subnets if isinstance(subnets, Iterable) else ():
        netuid = whole("netuid", cast("int", get(row, "netuid", None)))
        if netuid in rows:
            refuse("netuid", netuid, "each subnet once")
        rows[netuid] = row
    return rows


def get(row: Row, name: str, default: Amount | None) -> Amount | bool | None:
    """Return an entry of a row, by key or by attribute.

    Parameters
    ----------
    row : attributes, or keys.
    name : of the entry.
    default : where the row has none.
    """
    if isinstance(row, Mapping):
        return row.get(name, default)
    return cast("Amount | None", getattr(row, name, default))


def checked(netuid: int, row: Row, block: int) -> dict[str, Amount]:
    """Return every entry of a subnet, from its row or by default.

    Parameters
    ----------
    netuid, row : the subnet's number, and what is said of it.
    block : the last finished one.
    """

    def read(name: str, default: Amount, check: Callable[..., Amount] = not_negative) -> Amount:
        value = get(row, name, default)
        if name == "enabled" and isinstance(value, bool):
            value = int(value)
        return check(f"{name} of netuid {netuid}", default if value is None else value)

    T, A, held = read("tao_in", 0, positive), read("alpha_in", 0, positive), read("alpha_out", 0)
    first = read("first_block", min(LAUNCH_BLOCK, block), whole)
    if first > block:
        refuse(f"first_block of netuid {netuid}", first, f"at most the block {block}")

    def part(name: str, default: Amount) -> Amount:
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
        "pending_root": 0, "user_flow": 0, "flow_seen": 0, "alpha_recycled": 0,
    }  # fmt: skip


def column_of(name: str, values: list[Amount], exact: bool) -> Column:
    """Return a column of whole numbers, of Fractions in whole rao, or of floats.

    Parameters
    ----------
    name : of the column: whole numbers, rao, or neither.
    values : one a subnet.
    exact : True for Fractions.
    """
    if name in WHOLE:
        return cast("Column", np.array(values, dtype=np.int64))
    if exact:
        column = np.empty(len(values), dtype=object)
        floor = whole_rao if name in IN_RAO else fixed_point
        column[:] = [floor(exactly(value)) for value in values]
        return cast("Column", column)
    return np.array([float(value) for value in values])


def state_of(read: list[dict[str, Amount]], exact: bool, weighted: bool) -> tuple[Subnets, Facts]:
    """Return the columns of all subnets, from what was read of each.

    Parameters
    ----------
    read : each subnet's entries, as :func:`checked` gives them.
    exact : True for Fractions.
    weighted : whether pools have weights.
    """
    c = {name: column_of(name, [row[name] for row in read], exact) for name in read[0]}
    subnets = Subnets(
        Pools(c["tao_in"], c["alpha_in"], c["alpha_out"], c["quote_weight"] if weighted else None),
        c["moving_price"],
        Epochs(c["pending_root"], c["last_epoch"]),
        Flows(c["flow"], c["protocol_flow"], c["user_flow"], c["flow_seen"]),
        # The books start from what the columns hold, so that they agree to the last rao.
        Totals(c["tao_in"].copy(), c["alpha_in"] + c["alpha_out"], c["alpha_recycled"]),
    )
    return subnets, Facts(c["netuid"], c["first_block"], c["enabled"], c["miner_burned"], c["vote"])


def constants_of(rules: RuleSet, exact: bool, tempo: int, tao_weight: Amount) -> Constants:
    """Return the constants of a set of rules, as floats or as Fractions.

    Parameters
    ----------
    rules : RuleSet
    exact : True for Fractions.
    tempo : blocks between two epochs, 1 or more.
    tao_weight : 0 or more.
    """
    shared = constants()

    def kind(value: Amount) -> Column:
        return cast("Column", exactly(value) if exact else float(value))

    return Constants(
        owner_cut=kind(OWNER_CUT),
        tao_weight=kind(tao_weight),
        moving_alpha=kind(rules.moving_alpha),
        moving_halving=kind(rules.moving_halving),
        tempo=tempo,
        flow_smoothing=kind(shared["flow_smoothing"].value),
        flow_exponent=kind(shared["flow_exponent"].value),
        flow_cutoff=kind(shared["flow_cutoff"].value),
        steepness=kind(shared["steepness"].value),
        gate=kind(rules.gate),
        fee_rate=kind(rules.fee_rate),
        flat_fee=kind(rules.fee_flat),
    )
