"""Adapters of the weighted pool: price, swaps, limits and weights."""

from __future__ import annotations

from dtao_edu.engine import formulas
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.units import to_rao
from dtao_edu.engine.weighted import WeightedPool
from tests.chain.reading import Inputs, Values, fee, from_rao, in_rao, pool, quantity, spot_price


def _weighted(inputs: Inputs) -> WeightedPool:
    return WeightedPool(inputs["tao_in"], inputs["alpha_in"], 0, inputs.get("quote_weight", 0.5))


@quantity("balancer_exp")
def balancer_exp(inputs: Inputs) -> Values:
    """What a trade leaves of a reserve of 1."""
    quote = inputs["quote_weight"]
    enters = formulas.slippage(1, quote) if inputs["base_quote"] else quote
    out = formulas.weighted_amount_out(inputs["reserve"], 1, inputs["delta"], enters)
    return {"value": formulas.slippage(1, out)}


@quantity("balancer_init_weight")
def balancer_init_weight(inputs: Inputs) -> Values:
    opened = WeightedPool.opening(inputs["tao_in"], inputs["alpha_in"], inputs["price"])
    return {"quote_weight": opened.quote_weight, "price": opened.price}


@quantity("balancer_limit_buy")
def balancer_limit_buy(inputs: Inputs) -> Values:
    weight = formulas.slippage(1, inputs["quote_weight"])
    names = ("tao_in", "price", "target_price")
    return {"tao_needed": in_rao(formulas.weighted_limit(*(inputs[n] for n in names), weight))}


@quantity("balancer_limit_sell")
def balancer_limit_sell(inputs: Inputs) -> Values:
    names = ("alpha_in", "target_price", "price", "quote_weight")
    return {"alpha_needed": in_rao(formulas.weighted_limit(*(inputs[name] for name in names)))}


@quantity("balancer_reweight")
def balancer_reweight(inputs: Inputs) -> Values:
    before = _weighted(inputs)
    if 0 in (before.tao_in, before.alpha_in):
        # A pool without a price cannot keep it: the chain opens it with equal weights.
        grown = Pool(before.tao_in, before.alpha_in).inject(
            inputs["tao_delta"], inputs["alpha_delta"]
        )
        return {"quote_weight_after": 0.5, "price_after": spot_price(grown)}
    after = before.inject(inputs["tao_delta"], inputs["alpha_delta"])
    return {"quote_weight_after": after.quote_weight, "price_after": after.price}


@quantity("balancer_swap")
def balancer_swap(inputs: Inputs) -> Values:
    before = _weighted(inputs)
    if inputs["side"] in ("buy", "stake"):
        return {"alpha_out": before.alpha_for(inputs["amount"])}
    return {"tao_out": before.tao_for(inputs["amount"])}


@quantity("chain_buy_quote")
def chain_buy_quote(inputs: Inputs) -> Values:
    """A quote for a stake; its impact is against the ideal of the whole input, fee included.

    Without reserves only the fee and what is left after it are known, in whole rao.
    """
    paid = from_rao(inputs["tao_rao"])
    taken = to_rao(fee(inputs).of_input(paid))
    net = to_rao(paid) - taken
    found = {"fee": taken, "fee_rao": taken, "net": net, "net_rao": net, "net_tao_rao": net}
    if not {"tao_in", "tao_in_rao"} & set(inputs):
        return found
    trade = pool(inputs | {"integers": True}).stake(paid, fee=fee(inputs))
    return found | {
        "alpha_received": trade.received,
        "impact_alpha": trade.slippage,
        "impact_pct": trade.slippage_percent,
    }
