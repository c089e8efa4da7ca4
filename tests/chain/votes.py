"""Adapters of the Root Network's vote, and of root's part since Dynamic TAO."""

from __future__ import annotations

from dtao_edu.engine import formulas
from dtao_edu.engine.root import RootNetwork
from tests.chain.reading import Inputs, Values, issuance, part, quantity


@quantity("root_emission")
def root_emission(inputs: Inputs) -> Values:
    stakes, weights = inputs["stakes"], inputs["weights"]
    if not any(stakes):
        nothing = [0] * len(weights[0])  # the engine refuses a vote without stake
        return {"emission_rao": nothing, "share": nothing}
    vote = RootNetwork(
        stakes,
        weights,
        rho=inputs.get("rho", 10),
        kappa=part(inputs, "kappa", 0.5),
        netuids=inputs.get("netuids", ()),
    )
    return {
        "emission_rao": vote.emission_rao(inputs.get("block_emission_rao", 10**9)),
        "share": vote.emission_shares(),
        "rank": vote.ranks(),
        "trust": vote.trusts(),
        "consensus": vote.consensus(),
    }


@quantity("root_logistic")
def root_logistic(inputs: Inputs) -> Values:
    kappa = part(inputs, "kappa", 0.5)
    return {"consensus": formulas.consensus(inputs["trust"], inputs.get("rho", 10), kappa)}


@quantity("root_pending")
def root_pending(inputs: Inputs) -> Values:
    values = inputs["emission_values_rao"]
    return {"pending_rao": [formulas.pending(value, inputs["blocks"]) for value in values]}


@quantity("root_proportion")
def root_proportion(inputs: Inputs) -> Values:
    tao, issued = inputs["root_tao_rao"], issuance(inputs)
    if not tao and not issued:
        return {"root_proportion": 0}  # nothing to divide: the chain says 0
    weight = part(inputs, "tao_weight")
    return {"root_proportion": formulas.root_proportion(tao, issued, weight)}


@quantity("stake_weight")
def stake_weight(inputs: Inputs) -> Values:
    weight = part(inputs, "tao_weight")
    stakes = zip(inputs["alpha"], inputs["tao"], strict=True)
    weights = [formulas.stake_weight(alpha, tao, weight) for alpha, tao in stakes]
    total = sum(weights)
    relative = [formulas.share(one, total) if total else 0 for one in weights]
    return {"stake_weight": weights, "relative": relative}


@quantity("tao_weight")
def tao_weight(inputs: Inputs) -> Values:
    return {"weight": part(inputs, "tao_weight")}
