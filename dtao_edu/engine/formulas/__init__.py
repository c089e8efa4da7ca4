"""Every equation of the mechanism, once.

Each formula is a small pure function of plain arguments. The same function is read
by floats (the engine), by `fractions.Fraction` (exact books), by NumPy arrays (networks
and figures) and by SymPy symbols (the lesson that derives the price). No second
copy of an equation stands anywhere else.

Eight pages, in the order of the course:

- :mod:`~dtao_edu.engine.formulas.vote`: rank, trust, consensus, share of emission;
- :mod:`~dtao_edu.engine.formulas.swap`: price, amount out, slippage, fee, limit price;
- :mod:`~dtao_edu.engine.formulas.emission`: halving, shares, moving price, injection;
- :mod:`~dtao_edu.engine.formulas.split`: owner, miners, validators, root;
- :mod:`~dtao_edu.engine.formulas.dividends`: consensus inside a subnet, dividends, claims;
- :mod:`~dtao_edu.engine.formulas.shares`: later share rules: flow, miner burn, the gate;
- :mod:`~dtao_edu.engine.formulas.weighted`: the weighted pool of 2026;
- :mod:`~dtao_edu.engine.formulas.life`: lock cost, opening and end of a subnet.

>>> from fractions import Fraction
>>> from dtao_edu.engine import formulas
>>> formulas.amount_out(10, 100, 5)
33.333333333333336
>>> formulas.amount_out(Fraction(10), 100, 5)
Fraction(100, 3)

A formula checks nothing: pools, votes and networks check what comes in at their door.
"""

from __future__ import annotations

from dtao_edu.engine.formulas.dividends import (
    alpha_dividend,
    bond,
    claim_owed,
    claim_rate,
    clipped,
    root_dividend,
    root_part,
    validator_yield,
    weighted_median,
)
from dtao_edu.engine.formulas.emission import (
    alpha_injection,
    block_emission,
    block_emission_rao,
    blocks_until_epoch,
    blocks_until_next_epoch,
    halvings,
    moving_price,
    moving_price_limit,
    share,
    smoothing,
    smoothing_over,
    tao_injection,
)
from dtao_edu.engine.formulas.life import lock_cost, opening_alpha, payout, yield_fee
from dtao_edu.engine.formulas.shares import (
    bar_by_mass,
    bar_by_rank,
    burn_weight,
    flow_average,
    flow_limit,
    flow_scale,
    flow_weight,
    gate_weight,
    half_life,
    net_flow,
)
from dtao_edu.engine.formulas.split import (
    owner_cut,
    root_alpha,
    root_proportion,
    stake_weight,
    validator_take,
)
from dtao_edu.engine.formulas.swap import (
    amount_in,
    amount_out,
    average_price,
    fee,
    gross,
    ideal_amount_out,
    invariant,
    limit_average_move,
    limit_average_stake,
    limit_average_unstake,
    limit_spot_stake,
    limit_spot_unstake,
    price,
    price_impact,
    slippage,
    slippage_percent,
    value,
)
from dtao_edu.engine.formulas.vote import consensus, pending, rank, trust, weight_of_vote
from dtao_edu.engine.formulas.weighted import (
    opening_weight,
    weighted_amount_out,
    weighted_limit,
    weighted_price,
)

__all__ = [
    "alpha_dividend",
    "alpha_injection",
    "amount_in",
    "amount_out",
    "average_price",
    "bar_by_mass",
    "bar_by_rank",
    "block_emission",
    "block_emission_rao",
    "blocks_until_epoch",
    "blocks_until_next_epoch",
    "bond",
    "burn_weight",
    "claim_owed",
    "claim_rate",
    "clipped",
    "consensus",
    "fee",
    "flow_average",
    "flow_limit",
    "flow_scale",
    "flow_weight",
    "gate_weight",
    "gross",
    "half_life",
    "halvings",
    "ideal_amount_out",
    "invariant",
    "limit_average_move",
    "limit_average_stake",
    "limit_average_unstake",
    "limit_spot_stake",
    "limit_spot_unstake",
    "lock_cost",
    "moving_price",
    "moving_price_limit",
    "net_flow",
    "opening_alpha",
    "opening_weight",
    "owner_cut",
    "payout",
    "pending",
    "price",
    "price_impact",
    "rank",
    "root_alpha",
    "root_dividend",
    "root_part",
    "root_proportion",
    "share",
    "slippage",
    "slippage_percent",
    "smoothing",
    "smoothing_over",
    "stake_weight",
    "tao_injection",
    "trust",
    "validator_take",
    "validator_yield",
    "value",
    "weight_of_vote",
    "weighted_amount_out",
    "weighted_limit",
    "weighted_median",
    "weighted_price",
    "yield_fee",
]
