"""Adapters of block emission, moving price, shares and injection."""

from __future__ import annotations

from typing import Any

from dtao_edu.engine import emission, formulas
from dtao_edu.studies.halvings import issuance_after_periods_rao
from tests.chain.quantities_rules import RULES, later_injection
from tests.chain.reading import (
    U64_MAX,
    Inputs,
    NotModelledError,
    Values,
    issuance,
    part,
    pool_in_rao,
    quantity,
    spot_price,
)


@quantity("tao_block_emission", "alpha_block_emission")
def block_emission(inputs: Inputs) -> Values:
    return {"emission_rao": formulas.block_emission_rao(issuance(inputs))}


@quantity("issuance_after_halvings")
def issuance_after_halvings(inputs: Inputs) -> Values:
    blocks = inputs.get("blocks_per_halving", 10_500_000)
    return {"issuance_rao": issuance_after_periods_rao(inputs["n_halvings"], blocks)}


@quantity("blocks_until_epoch_old")
def blocks_until_epoch_old(inputs: Inputs) -> Values:
    netuid, tempo, block = (inputs[name] for name in ("netuid", "tempo", "block"))
    if tempo == 0:
        return {"blocks": U64_MAX}  # no epochs at all
    if block + netuid > U64_MAX - 1:
        block -= U64_MAX + 1  # the chain's 64 bits start again at 0
    return {"blocks": formulas.blocks_until_epoch(netuid, tempo, block)}


@quantity("ema_price")
def ema_price(inputs: Inputs) -> Values:
    """The same block's update, made as often as the case says."""
    smoothing = inputs["moving_alpha"]
    if "block" in inputs or "blocks_since_start" in inputs:
        smoothing = formulas.smoothing(smoothing, _age(inputs), inputs["halving_blocks"])
    moving = inputs["moving_price"]
    for _ in range(inputs.get("updates", 1)):
        moving = formulas.moving_price(moving, inputs["price"], smoothing)
    return {"moving_price": moving}


def _age(inputs: Inputs) -> int:
    """Blocks since the subnet's first emission, that block itself counted as 1."""
    if "blocks_since_start" in inputs:
        return int(inputs["blocks_since_start"])
    first = inputs.get("first_emission_block")
    return 0 if first is None else max(inputs["block"] - first + 1, 0)


@quantity("ema_warmup_fraction")
def ema_warmup_fraction(inputs: Inputs) -> Values:
    names = ("moving_alpha", "blocks_since_start", "halving_blocks")
    return {"ema_over_spot": formulas.moving_price_limit(*(inputs[name] for name in names))}


@quantity("tao_share_by_price")
def tao_share_by_price(inputs: Inputs) -> Values:
    shares = emission.price_shares(inputs["moving_prices"])
    total = inputs.get("block_emission", inputs.get("block_emission_rao"))
    return {"tao": [formulas.tao_injection(total, share) for share in shares], "share": shares}


@quantity("injection")
def injection(inputs: Inputs) -> Values:
    """What enters each pool: by the rule of the launch, or by a later one."""
    if inputs.get("rule", "launch") != "launch":
        if inputs["rule"] not in RULES:
            raise NotModelledError(f"rule {inputs['rule']!r}")
        return later_injection(inputs)
    subnets = inputs["subnets"]
    total = inputs["block_emission_rao"]
    shares = emission.price_shares([subnet["moving_price"] for subnet in subnets])
    rows = [_injected(total, share, subnet) for share, subnet in zip(shares, subnets, strict=True)]
    names = ("tao_in", "alpha_in", "alpha_out", "excess_tao")
    return {name: [row[name] for row in rows] for name in names}


def _injected(total: Any, share: Any, subnet: Inputs) -> Values:
    cap = subnet.get("alpha_emission_rao")
    if cap is None:
        cap = formulas.block_emission_rao(issuance(subnet))
    price = subnet["price"] if "price" in subnet else spot_price(pool_in_rao(subnet))
    tao = formulas.tao_injection(total, share)
    if not price:
        # Nothing can be divided by a price of 0: the chain then takes the cap.
        row = {"tao_in": tao, "alpha_in": cap, "alpha_out": cap}
    else:
        row = emission.injection(total, share, price, cap)._asdict()
    # At launch all TAO enters: nothing is left over to buy alpha.
    row["excess_tao"] = tao - row["tao_in"]
    return row | {"tao_in": 0} if subnet.get("registration_allowed") is False else row


@quantity("emission_split")
def emission_split(inputs: Inputs) -> Values:
    parts = emission.split(
        inputs["alpha_out"], part(inputs, "root_proportion", 0), part(inputs, "owner_cut")
    )
    return {
        "owner": parts.owner,
        "miners": parts.miners,
        "validators_alpha": parts.validators,
        "root_alpha": parts.root,
    }


@quantity("owner_cut")
def owner_cut(inputs: Inputs) -> Values:
    return {"owner_cut": formulas.owner_cut(inputs["alpha_out"], part(inputs, "owner_cut"))}
