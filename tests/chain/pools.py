"""Adapters of the pool: price, swaps, slippage, fees and limit prices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import InputError, LimitPriceError
from dtao_edu.engine.fees import Fee
from dtao_edu.engine.pool import Pool, Trade
from dtao_edu.engine.reserves import LimitOn, Side
from dtao_edu.engine.stable import StablePool
from dtao_edu.engine.units import RAO, to_rao, whole_rao
from tests.chain.reading import (
    REFUSED,
    U64_MAX,
    Inputs,
    Values,
    amount,
    as_u64,
    fee,
    from_rao,
    given_back,
    is_stable,
    limit_price,
    pool,
    pool_in_rao,
    quantity,
    refuse_weighted,
    spot_price,
)


@quantity("price")
def price(inputs: Inputs) -> Values:
    return {"price": spot_price(pool(inputs))}


def _receipt(trade: Trade, inputs: Inputs) -> Values:
    """Return a trade under all names that cases use for its parts."""
    tokens = {
        "received": trade.received,
        "paid": trade.paid,
        "ideal": trade.ideal,
        "slippage": trade.slippage,
        "fee": trade.fee,
        "tao_in_after": trade.after.tao_in,
        "alpha_in_after": trade.after.alpha_in,
        "alpha_out_after": trade.after.alpha_out,
    }
    staked = trade.side == "stake"
    tokens["alpha_out" if staked else "tao_out"] = trade.received
    tokens["alpha_received" if staked else "tao_received"] = trade.received
    tokens["tao_spent" if staked else "alpha_spent"] = trade.paid
    return {
        **{name: given_back(inputs, value) for name, value in tokens.items()},
        "slippage_pct_of_ideal": _or_nothing(lambda: trade.slippage_percent),
        # With the two amounts in each other's place the formula divides by the other one.
        "slippage_pct_of_received": _or_nothing(
            lambda: -formulas.slippage_percent(trade.received, trade.ideal)
        ),
        "average_price": _or_nothing(lambda: trade.average_price),
        "price_impact": trade.price_impact,
        "price_before": trade.before.price,
        "price_after": trade.after.price,
    }


def _or_nothing(divide: Callable[[], Any]) -> Any:
    """Return what a trade of nothing is said to cost: 0, for nothing can be divided by it."""
    try:
        return divide()
    except ZeroDivisionError:
        return 0


def _swap(inputs: Inputs, side: str, paid: Any, **limit: Any) -> Values:
    """Make the trade; one that the pool refuses is also given as the bare formula has it."""
    before = pool(inputs, held=paid if side == "unstake" else 0)
    terms = fee(inputs)
    try:
        if paid == 0:
            return _receipt(_bare(before, side, paid, terms), inputs)
        return _receipt(getattr(before, side)(paid, fee=terms, **limit), inputs)
    except LimitPriceError:
        raise
    except InputError:
        if not is_stable(inputs) and 0 in (before.tao_in, before.alpha_in):
            return {"alpha_out": 0, "tao_out": 0, "received": 0, "refused": True}
        if not paid >= 0 or terms.flat_tao:
            raise
        return _receipt(_bare(before, side, paid, terms), inputs) | {"refused": True}


def _bare(before: Pool, side: str, paid: Any, terms: Fee) -> Trade:
    """Trade as the formula alone has it: of nothing, for nothing, or below minimum liquidity."""
    charge = terms.of_input(paid)
    enters = paid if terms.to_pool else paid - charge
    staked = side == "stake"
    out = whole_rao((before.alpha_for if staked else before.tao_for)(paid - charge))
    tao, alpha = (enters, -out) if staked else (-out, enters)
    after = replace(before, tao_in=before.tao_in + tao, alpha_in=before.alpha_in + alpha)
    return Trade(side, paid, out, charge, "TAO" if staked else "alpha", before, after, paid)


@quantity("stake_swap")
def stake_swap(inputs: Inputs) -> Values:
    return _swap(inputs, "stake", amount(inputs, "tao"))


@quantity("unstake_swap")
def unstake_swap(inputs: Inputs) -> Values:
    return _swap(inputs, "unstake", amount(inputs, "alpha"))


@quantity("slippage")
def slippage(inputs: Inputs) -> Values:
    return _swap(inputs, inputs["side"], amount(inputs, "amount"))


@quantity("limit_fill")
def limit_fill(inputs: Inputs) -> Values:
    """A filled part of an order; the rule says which price is bounded."""
    side = inputs.get("side", "stake" if "tao" in inputs else "unstake")
    tokens = ("tao", "alpha") if side == "stake" else ("alpha", "tao")
    try:
        return _swap(
            inputs | {"integers": True},
            side,
            from_rao(inputs[tokens[0]]),
            limit_price=limit_price(inputs),
            limit_on=_limit_on(inputs),
            allow_partial=inputs.get("allow_partial", True),
        )
    except LimitPriceError:
        nothing = {f"{tokens[0]}_spent": 0, f"{tokens[1]}_received": 0}
        price = spot_price(pool(inputs))
        return nothing | {"price_before": price, "price_after": price} | REFUSED[LimitPriceError]


def _limit_on(inputs: Inputs) -> LimitOn:
    """Which price is bounded: as the rule says, or else the era."""
    rule = inputs.get("rule", "average" if inputs.get("era") == "dtao_launch" else "spot")
    return "spot" if rule == "spot" else "average"


@quantity("fee")
def fee_of_input(inputs: Inputs) -> Values:
    """The fee in rao, rounded down as every amount of the chain."""
    paid = from_rao(inputs["amount"])
    return {"fee": to_rao(fee(inputs).of_input(paid))}


def sdk_rao(amount: float) -> int:
    """What the official SDK makes of a number: multiplied as a float, and cut.

    Source: `bittensor/utils/balance.py`, Balance.from_tao, v10.2.0, 2026-03-19.
    """
    return int(amount * RAO)


@quantity("sdk_slippage")
def sdk_slippage(inputs: Inputs) -> Values:
    """As the SDK: no fee, the ideal amount from a price cut to whole rao, and in its roundings.

    The SDK divides whole rao as floats, cuts what is left in the reserve, and so gives the
    trader the rao that the chain keeps. Its percentage is of received plus slippage.
    """
    side, paid = inputs["side"], from_rao(inputs["amount_rao"])
    before = pool(inputs, held=paid)
    staked = side == "stake"
    spot = sdk_rao(float(before.price))
    # received is the reserve less what the SDK leaves in it; at price 1 it is what was paid
    reserve, out = (
        (before.alpha_in, before.alpha_for(paid))
        if staked
        else (before.tao_in, before.tao_for(paid))
    )
    left = int(float((reserve - out) * RAO))
    received = to_rao(out) if is_stable(inputs) else to_rao(reserve) - left
    price = spot / RAO
    ideal = 0
    if spot:
        reserves = (price, 1) if staked else (1, price)
        ideal = sdk_rao(formulas.ideal_amount_out(*reserves, float(paid)))
    lost = max(sdk_rao(formulas.slippage(ideal / RAO, received / RAO)), 0)
    whole = float(from_rao(received + lost))
    kept = float(from_rao(received))
    return {
        "price_rao": spot,
        "received_rao": received,
        "ideal_rao": ideal,
        "slippage_rao": lost,
        "slippage_pct": _or_nothing(lambda: formulas.slippage_percent(whole, kept)),
    }


@quantity("balance")
def balance(inputs: Inputs) -> Values:
    return {"rao": sdk_rao(inputs["tao"])} if "tao" in inputs else {
        "tao": from_rao(inputs["rao"])
    }  # fmt: skip


# Limit prices: the most that fits, in whole rao.


BOUNDS = {"spot": formulas.limit_spot, "average": formulas.limit_average}


def _most(inputs: Inputs, of: Pool, side: Side, on: LimitOn, limit: Any) -> int:
    """Return the chain's answer, which looks neither at what holders have nor at what must stay."""
    stable = isinstance(of, StablePool)
    empty = not stable and 0 in (of.tao_in, of.alpha_in)
    if limit == 0 or empty:
        # A price of 0 is no limit to a seller, and never met for a buyer.
        return U64_MAX if side == "unstake" and not empty else 0
    if stable:
        held = replace(of, alpha_out=from_rao(U64_MAX))
        return U64_MAX if getattr(held, f"max_{side}")(limit, on) > 0 else 0
    asked = (of.tao_in, of.price, limit) if side == "stake" else (of.alpha_in, limit, of.price)
    bound = BOUNDS[on](*asked)
    return as_u64(formulas.gross(whole_rao(bound), fee(inputs).rate))


@quantity("limit_max_stake_avg")
def limit_max_stake_avg(inputs: Inputs) -> Values:
    limit = limit_price(inputs)
    return {"max_tao": _most(inputs, pool_in_rao(inputs), "stake", "average", limit)}


@quantity("limit_max_unstake_avg")
def limit_max_unstake_avg(inputs: Inputs) -> Values:
    limit = limit_price(inputs)
    return {"max_alpha": _most(inputs, pool_in_rao(inputs), "unstake", "average", limit)}


@quantity("limit_max_stake_spot")
def limit_max_stake_spot(inputs: Inputs) -> Values:
    limit = limit_price(inputs)
    return {"max_tao": _most(inputs, pool_in_rao(inputs), "stake", "spot", limit)}


@quantity("limit_max_unstake_spot")
def limit_max_unstake_spot(inputs: Inputs) -> Values:
    limit = limit_price(inputs)
    return {"max_alpha": _most(inputs, pool_in_rao(inputs), "unstake", "spot", limit)}


@quantity("limit_max_move_avg")
def limit_max_move_avg(inputs: Inputs) -> Values:
    """Moving out of a stable subnet is staking, moving into one is unstaking."""
    origin, destination = (pool_in_rao(inputs, suffix) for suffix in ("_1", "_2"))
    limit = limit_price(inputs)
    dynamic = [one for one in (origin, destination) if type(one) is Pool]
    if any(0 in (one.tao_in, one.alpha_in) for one in dynamic):
        return {"max_alpha": 0}
    if limit == 0:
        return {"max_alpha": U64_MAX}
    if len(dynamic) == 2:
        reserves = (origin.tao_in, origin.alpha_in, destination.tao_in, destination.alpha_in)
        return {"max_alpha": as_u64(formulas.limit_average_move(*reserves, limit))}
    if dynamic == [destination]:
        # The limit is the price of origin in destination: a stake reads it upside down.
        above = formulas.price(Fraction(1), limit)
        return {"max_alpha": _most(inputs, destination, "stake", "average", above)}
    return {"max_alpha": _most(inputs, origin, "unstake", "average", limit)}


@quantity("limit_fraction_of_reserve")
def limit_fraction_of_reserve(inputs: Inputs) -> Values:
    """A pool of 1 and 1 has price 1, so the most that fits is a part of its reserve."""
    refuse_weighted(inputs)
    limit = 1 + Fraction(str(inputs["tolerance"]))
    return {"fraction": Pool.exact(1, 1).max_stake(limit, "spot")}
