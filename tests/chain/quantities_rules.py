"""Adapters of the dated rules: later shares and injection, dividends, life."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np

from dtao_edu.engine import emission, formulas
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.units import to_rao
from dtao_edu.simulation import life, mechanisms
from dtao_edu.simulation.network import Network
from dtao_edu.simulation.rules import all_rules
from tests.chain.reading import (
    U64_MAX,
    Inputs,
    Values,
    from_rao,
    part,
    quantity,
)


def _network(**columns: Any) -> Network:
    """Build a network whose columns are those of the case, its pools of 1 and 1."""
    count = len(next(iter(columns.values())))
    rows = {
        i + 1: {"tao_in": 1, "alpha_in": 1} | {name: column[i] for name, column in columns.items()}
        for i in range(count)
    }
    return Network(rows)


def _flow_constants(network: Network, inputs: Inputs) -> Any:
    """The case's cutoff and exponent; its flows are smoothed already, so no block is added."""
    constants = network.chain.constants._replace(
        flow_cutoff=float(inputs.get("cutoff", 0)),
        flow_exponent=float(inputs.get("p", 1)),
        flow_smoothing=0.0,
    )
    return network.chain._replace(constants=constants)


def _flow_shares(flows: list[Any], inputs: Inputs) -> list[float]:
    network = _network(flow=flows)
    chain = _flow_constants(network, inputs)
    shares: list[float] = mechanisms.share_by_flow(network.subnets, network.facts, chain).tolist()
    return shares


@quantity("flow_share")
def flow_share(inputs: Inputs) -> Values:
    flows = inputs.get("ema_flows", inputs.get("flows"))
    return {"share": _flow_shares(flows, inputs)}


@quantity("pow_normalise")
def pow_normalise(inputs: Inputs) -> Values:
    return {"share": _flow_shares(inputs["values"], {"p": inputs["p"]})}


@quantity("flow_alpha")
def flow_alpha(inputs: Inputs) -> Values:
    alpha = float(_i64(inputs["smoothing_i64"]))
    return {"alpha": alpha, "half_life_blocks": formulas.half_life(alpha)}


def _i64(value: int) -> Fraction:
    """Read a part of one as the chain keeps it in 63 bits and a sign."""
    return Fraction(value, 2**63 - 1)


@quantity("flow_ema")
def flow_ema(inputs: Inputs) -> Values:
    """The same flow in each of the blocks."""
    given = "smoothing_i64" in inputs
    smoothing = float(_i64(inputs["smoothing_i64"])) if given else inputs["alpha"]
    over = formulas.smoothing_over(smoothing, inputs.get("blocks", 1))
    return {"ema": formulas.flow_average(inputs["ema"], inputs["block_flow"], over)}


@quantity("net_flow_share")
def net_flow_share(inputs: Inputs) -> Values:
    users, protocol = inputs["user_ema"], inputs["protocol_ema"]
    scale = formulas.flow_scale(sum(u for u in users if u > 0), sum(p for p in protocol if p > 0))
    net = [formulas.net_flow(u, p, scale) for u, p in zip(users, protocol, strict=True)]
    network = _network(flow=users, protocol_flow=protocol)
    chain = _flow_constants(network, inputs)
    shares = mechanisms.share_by_net_flow(network.subnets, network.facts, chain)
    return {
        "norm_factor": scale,
        "net": net,
        "net_flow": net,
        "positive_count": sum(value > 0 for value in net),
        "share": shares.tolist(),
    }


@quantity("price_burn_share")
def price_burn_share(inputs: Inputs) -> Values:
    prices = inputs["moving_prices"]
    burned = inputs.get("miner_burned", [0] * len(prices))
    enabled = inputs.get("enabled", [True] * len(prices))
    network = _network(
        moving_price=prices, miner_burned=[min(b, 1) for b in burned], enabled=enabled
    )
    factor = inputs.get("root_proportion")
    factor = 1 if factor is None else np.array(factor, dtype=float)
    shares = mechanisms.by_burn(network.subnets, network.facts, factor)
    return {"share": mechanisms.switched(shares, network.facts).tolist()}


@quantity("disabled_redistribution")
def disabled_redistribution(inputs: Inputs) -> Values:
    shares = _network(moving_price=inputs["shares"], enabled=inputs["enabled"]).shares()
    total = inputs["block_emission_rao"]
    given = [formulas.tao_injection(total, share) for share in shares.tolist()]
    return {"share": shares.tolist(), "tao_emission": given}


@quantity("emission_gate")
def emission_gate(inputs: Inputs) -> Values:
    shares, steepness = inputs["shares"], inputs.get("h", 3)
    ranked = sorted(shares, reverse=True)
    bar = inputs.get("theta")
    mass = next((inputs[n] for n in ("q", "q_mass", "mass") if n in inputs), None)
    rank = next((inputs[n] for n in ("rank", "n", "N") if n in inputs), None)
    if bar is None:
        bar = formulas.bar_by_rank(ranked, rank) if mass is None else formulas.bar_by_mass(
            ranked, mass
        )  # fmt: skip
    gated = [formulas.gate_weight(s, bar, steepness) if bar else s for s in shares]
    passing = [formulas.share(w, s) if s else 0 for w, s in zip(gated, shares, strict=True)]
    after = mechanisms.normalised(np.array(gated, dtype=float)).tolist()
    return {"theta": bar, "pass_factor": passing, "share": after, "shares": after}


RULES = {
    "launch": "launch",
    "subsidy": "subsidy",
    "flow": "cap_alpha",
    "flow_cap": "cap_alpha",
    "cap_alpha": "cap_alpha",
    "flow_min": "cap_smaller",
    "min": "cap_smaller",
    "cap_smaller": "cap_smaller",
    "net_flow": "cap_smaller",
    "root_prop": "cap_root",
    "cap_root": "cap_root",
    "price_burn": "cap_root",
}
"""How cases name a rule of injection. Their "flow" is the cap of spec 342, not spec 334."""
RULES = {each.name: each.injection for each in all_rules() if each.injection != "none"} | RULES


def later_injection(inputs: Inputs) -> Values:
    """What enters each pool, and what is left to buy alpha, by a rule after the launch."""
    inject = mechanisms.INJECTIONS[RULES[inputs["rule"]]]
    total = inputs["block_emission_rao"]
    rows = inputs["subnets"]
    if all("tao_emission_rao" in row for row in rows):
        given = [row["tao_emission_rao"] for row in rows]
        shares = [formulas.share(tao, total) for tao in given]
    else:
        shares = list(emission.price_shares([row["moving_price"] for row in rows]))
        given = [formulas.tao_injection(total, share) for share in shares]
    found: dict[str, list[Any]] = {n: [] for n in ("tao_in", "alpha_in", "excess_tao", "alpha_out")}
    for row, tao, share in zip(rows, given, shares, strict=True):
        cap = row.get("alpha_emission_rao")
        cap = formulas.block_emission_rao(row["alpha_issuance_rao"]) if cap is None else cap
        r = row.get("root_proportion", 1)
        # With a weight of 1, root stake r against an issuance of 1 - r is root's proportion r.
        chain = SimpleNamespace(emission=total, root_tao=r, constants=SimpleNamespace(tao_weight=1))
        state = SimpleNamespace(pools=SimpleNamespace(alpha_in=1 - r, alpha_out=0))
        price = row["price"]
        # A price of 0 divides nothing: no alpha enters, and all TAO is left.
        tao_in, alpha_in = inject(state, chain, share, tao, cap, price) if price else (0, 0)
        found["tao_in"].append(tao_in)
        found["alpha_in"].append(alpha_in)
        found["excess_tao"].append(formulas.slippage(tao, tao_in))
        found["alpha_out"].append(cap)
    return found


@quantity("bit001_injection")
def bit001_injection(inputs: Inputs) -> Values:
    pools = [Pool(row["tao_in"], row["alpha_in"]) for row in inputs["subnets"]]
    found = life.early_injection(pools, inputs.get("block_emission", 1))
    names = ("tao_in", "alpha_in", "alpha_out")
    columns = {name: [getattr(each, name) for each in found] for name in names}
    return {"price": [each.price for each in pools]} | columns


@quantity("root_sell_flag")
def root_sell_flag(inputs: Inputs) -> Values:
    prices = np.array([Fraction(str(p)) for p in inputs["moving_prices"]] or [Fraction(0)])
    return {"root_sell": bool(mechanisms.root_above_one(prices))}


@quantity("ema_half_life")
def ema_half_life(inputs: Inputs) -> Values:
    names = ("moving_alpha", "blocks_since_start", "halving_blocks")
    return {"half_life_blocks": formulas.half_life(formulas.smoothing(*map(inputs.get, names)))}


@quantity("coinbase_day")
def coinbase_day(inputs: Inputs) -> Values:
    """Blocks without trades; what is sold for root changes the reserves in no way here."""
    held, root_alpha = Pool(0.0, inputs["alpha_in0"], inputs["alpha_out0"]), 0.0
    weight = part(inputs, "tao_weight")
    r = formulas.root_proportion(inputs["root_tao"], held.alpha_issuance, weight)
    for _ in range(inputs["blocks"]):
        alpha = float(formulas.block_emission(float(held.alpha_issuance)))
        held = held.inject(alpha=inputs["alpha_in_per_block"], alpha_out=alpha)
        r = formulas.root_proportion(inputs["root_tao"], held.alpha_issuance, weight)
        root_alpha += emission.split(alpha, r, part(inputs, "owner_cut")).root
    return {"root_alpha": root_alpha, "root_proportion_end": r}


@quantity("blocks_until_epoch_new")
def blocks_until_epoch_new(inputs: Inputs) -> Values:
    names = ("last_epoch_block", "tempo", "block")
    if inputs["tempo"] == 0:
        return {"blocks": U64_MAX}  # no epochs at all
    return {"blocks": formulas.blocks_until_next_epoch(*(inputs[name] for name in names))}


# Inside a subnet.


@quantity("weighted_median")
def weighted_median(inputs: Inputs) -> Values:
    names = ("stake", "score", "majority")
    return {"median": formulas.weighted_median(*(inputs[name] for name in names))}


DIVIDENDS = {"full": "full", "plain": "net", "net": "net", "share_renormalised": "renormalised"}
"""How cases name a rule of dividends."""


def _dividends(inputs: Inputs, rule: str) -> life.Dividends:
    return life.dividends(
        rule, inputs["pending_alpha"], inputs["pending_root"], inputs["alpha_stake"],
        inputs["root_stake"], part(inputs, "tao_weight"), inputs.get("dividends"),
    )  # fmt: skip


@quantity("dividends")
def dividends(inputs: Inputs) -> Values:
    found = _dividends(inputs, DIVIDENDS[inputs["rule"]])
    return {"alpha_reward": list(found.alpha), "root_reward": list(found.root)}


@quantity("dividend_split")
def dividend_split(inputs: Inputs) -> Values:
    alpha, root = _dividends(inputs, "renormalised")
    sums = {"sum_alpha": sum(alpha), "sum_root": sum(root)}
    return {"alpha": list(alpha), "root": list(root)} | sums


@quantity("root_claim_rate")
def root_claim_rate(inputs: Inputs) -> Values:
    pending, take = inputs["pending_root_alpha"], part(inputs, "take")
    rate = formulas.claim_rate(pending, take, inputs["root_stake"])
    claimed = inputs.get("claimed", 0)
    return {
        "rate": rate,
        "validator_take": formulas.validator_take(pending, take),
        "owed": formulas.claim_owed(rate, inputs["coldkey_root_stake"], claimed),
    }


@quantity("validator_yield")
def validator_yield(inputs: Inputs) -> Values:
    names = ("alpha_out_per_day", "root_proportion", "earning_alpha")
    earned = formulas.validator_yield(*(inputs[name] for name in names))
    return {"percent_per_day": 100 * earned}


# Beginning and end.


@quantity("lock_cost")
def lock_cost(inputs: Inputs) -> Values:
    last, multiple = inputs["last_lock_block"], 2 if inputs["last_lock_block"] else 1
    cost = formulas.lock_cost(
        inputs["last_lock_rao"], inputs["block"] - last, inputs["interval"],
        inputs["min_lock_rao"], multiple,
    )  # fmt: skip
    return {"lock_rao": cost}


@quantity("new_pool")
def new_pool(inputs: Inputs) -> Values:
    prices = inputs.get("prices", [inputs["price"]] if inputs.get("price") else [])
    lock = from_rao(inputs["tao_rao"])
    opened = life.open_pool(lock, least=0, prices=[Fraction(str(p)) for p in prices])
    return {"tao_in": to_rao(opened.pool.tao_in), "alpha_in": to_rao(opened.pool.alpha_in)}


@quantity("registration_pool")
def registration_pool(inputs: Inputs) -> Values:
    lock, least = from_rao(inputs["lock_rao"]), from_rao(inputs["min_lock_rao"])
    opened = life.open_pool(lock, least=least)
    return {
        "tao_in": to_rao(opened.pool.tao_in),
        "alpha_in": to_rao(opened.pool.alpha_in),
        "recycled": to_rao(opened.recycled),
    }


@quantity("root_prune")
def root_prune(inputs: Inputs) -> Values:
    return {"netuid": _removed(inputs["emission_values"], inputs["registered_at"], inputs)}


@quantity("prune")
def prune(inputs: Inputs) -> Values:
    rows = inputs["subnets"]
    prices = {netuid: row["moving_price"] for netuid, row in rows.items()}
    return {
        "netuid": _removed(prices, {n: row["registered_at"] for n, row in rows.items()}, inputs)
    }


def _removed(ranks: Inputs, registered: Inputs, inputs: Inputs) -> int | None:
    return life.to_remove(
        {int(netuid): rank for netuid, rank in ranks.items()},
        {int(netuid): block for netuid, block in registered.items()},
        block=inputs.get("block") if "immunity" in inputs else None,
        immunity=inputs.get("immunity", 0),
    )


@quantity("dissolve_payout")
def dissolve_payout(inputs: Inputs) -> Values:
    return {"tao": list(life.payouts_rao(inputs["pot_rao"], inputs["alpha"]))}
