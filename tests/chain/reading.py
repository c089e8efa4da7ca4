"""How an adapter reads a case: units, parts of one, pools, fees. No equation stands here.

A case's `inputs` are numbers as the chain keeps them. An adapter turns them into the
engine's own values, makes one call, and gives the result back under the names that
the case expects. To add a quantity, write such a function and put ``@quantity("name")``
above it in one of the modules that `quantities.py` lists.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import floor
from typing import Any

from dtao_edu.engine.errors import InputError, LimitPriceError, LiquidityError
from dtao_edu.engine.fees import Fee
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.stable import StablePool
from dtao_edu.engine.units import RAO, to_rao
from dtao_edu.engine.weighted import WeightedPool

Inputs = dict[str, Any]
Values = dict[str, Any]
Adapter = Callable[[Inputs], Values]

QUANTITIES: dict[str, Adapter] = {}
"""Every quantity that the engine models, and how to ask for it."""

U64_MAX = 2**64 - 1
"""The largest whole number of the chain, which also stands for "no limit"."""


REFUSED: dict[type[InputError], Values] = {
    LimitPriceError: {"refused": True, "error": "SlippageTooHigh"},
    LiquidityError: {"refused": True, "error": "InsufficientLiquidity"},
}
"""What a refused order gives, with the chain's name of the error."""


FEE_TO_AUTHOR = {"net_flow", "price_burn_rootprop", "balancer", "price_burn", "price_burn_gate"}
"""Eras in which the swap fee leaves the pool, for the author of the block (from spec 385)."""


class NotModelledError(Exception):
    """The engine has no call for this case: an era's rule, or a variant, that it does not know."""


def quantity(*names: str) -> Callable[[Adapter], Adapter]:
    """Enter an adapter in the table, under one name or several."""

    def enter(adapter: Adapter) -> Adapter:
        for name in names:
            QUANTITIES[name] = adapter
        return adapter

    return enter


def from_rao(rao: Any) -> Fraction:
    """Read rao that a file may write as 150000000000 or as 150000000000.0."""
    return Fraction(rao) / RAO


def in_rao(value: Any) -> int:
    """Round down as the chain does; a float just below a whole rao is that rao."""
    return floor(value + 1e-6)


def part(inputs: Inputs, name: str, default: Any = None) -> Any:
    """Read a part of one: plain, or as the chain keeps it in 16 or 64 bits."""
    if f"{name}_u16" in inputs:
        return Fraction(inputs[f"{name}_u16"]) / (2**16 - 1)
    if f"{name}_u64" in inputs:
        return Fraction(inputs[f"{name}_u64"]) / U64_MAX
    return inputs.get(name, default)


def in_whole_rao(inputs: Inputs) -> bool:
    """Whether the case counts in whole rao and rounds down as the chain does."""
    return bool(inputs.get("integers"))


def amount(inputs: Inputs, name: str, default: Any = None) -> Any:
    """Read an amount: whole rao if the name or the case says so, else a plain number."""
    if f"{name}_rao" in inputs:
        return from_rao(inputs[f"{name}_rao"])
    value = inputs[name] if default is None else inputs.get(name, default)
    return from_rao(value) if in_whole_rao(inputs) else value


def given_back(inputs: Inputs, value: Any) -> Any:
    """Return a result in the unit in which the case came."""
    return to_rao(value) if in_whole_rao(inputs) else value


def is_stable(inputs: Inputs, suffix: str = "") -> bool:
    """Whether a subnet's price is always 1: root (netuid 0), or mechanism 0."""
    return (
        inputs.get(f"netuid{suffix}") == 0
        or inputs.get(f"mechanism{suffix}") in (0, "root", "stable")
        or inputs.get(f"is_dynamic{suffix}") is False
        or any(inputs.get(f"{word}{suffix}") is True for word in ("is_root", "root", "stable"))
    )


def refuse_weighted(inputs: Inputs) -> None:
    """Refuse a pool with unequal weights, which the launch's pool is not."""
    if inputs.get("quote_weight", 0.5) != 0.5:
        raise NotModelledError("a pool with unequal weights")


def pool(inputs: Inputs, *, suffix: str = "", held: Any = 0) -> Pool:
    """Return the case's pool, with enough alpha outside it to give back what the case sells."""
    kind = StablePool if is_stable(inputs, suffix) else Pool
    balances = [amount(inputs, f"{name}{suffix}", 0) for name in ("tao_in", "alpha_in")]
    out = max(amount(inputs, f"alpha_out{suffix}", 0), held)
    if inputs.get("quote_weight", 0.5) != 0.5:
        return WeightedPool(*balances, out, quote_weight=inputs["quote_weight"])
    if all(isinstance(x, Fraction) for x in (*balances, out) if x):
        return kind.exact(*balances, out)
    return kind(*balances, out)


def spot_price(of: Pool) -> Any:
    """Return the spot price; where the engine refuses an empty pool the chain says 0."""
    try:
        return of.price
    except LiquidityError:
        return 0


def pool_in_rao(inputs: Inputs, suffix: str = "") -> Pool:
    """Return the case's pool where all amounts are rao whatever their names."""
    return pool({**inputs, "integers": True}, suffix=suffix)


def fee(inputs: Inputs) -> Fee:
    """Return the fee of the time: a part of the input, a flat amount of TAO, or none."""
    rate = part(inputs, "fee_rate")
    if rate is not None:
        return Fee(rate=rate, to_pool=inputs.get("era") not in FEE_TO_AUTHOR)
    for name in ("flat_fee", "fee"):
        if f"{name}_rao" in inputs:
            return Fee(flat_tao=from_rao(inputs[f"{name}_rao"]))
        if f"{name}_tao" in inputs:
            return Fee(flat_tao=inputs[f"{name}_tao"])
    if "flat_fee" in inputs:
        return Fee(flat_tao=amount(inputs, "flat_fee"))
    return Fee()


def issuance(inputs: Inputs) -> Any:
    """Read an issuance in rao, or sum it from the alpha in the pool and outside of it."""
    for name in ("issuance_rao", "alpha_issuance_rao"):
        if name in inputs:
            return inputs[name]
    held = [inputs.get(f"{name}_rao", inputs.get(name, 0)) for name in ("alpha_in", "alpha_out")]
    return Pool(0, *held).alpha_issuance


def limit_price(inputs: Inputs) -> Any:
    """Read the limit in TAO per alpha; None where the case has none."""
    if "limit_price_rao" in inputs:
        return from_rao(inputs["limit_price_rao"])
    return inputs.get("limit_price")


def as_u64(value: Any) -> int:
    """Return whole rao in the chain's 64 bits; more than they hold is their largest number."""
    return U64_MAX if value >= from_rao(U64_MAX) else to_rao(value)
