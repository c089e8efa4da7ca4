"""Every equation of the mechanism, once.

Each formula is a small pure function of plain arguments. The same function is read
by floats (the engine), by `fractions.Fraction` (exact books), by NumPy arrays (networks
and figures) and by SymPy symbols (the lesson that derives the price). No second
copy of an equation stands anywhere else.

Four pages, in the order of the course:

- :mod:`~dtao_edu.engine.formulas.vote`: rank, trust, consensus, share of emission;
- :mod:`~dtao_edu.engine.formulas.swap`: price, amount out, slippage, fee, limit price;
- :mod:`~dtao_edu.engine.formulas.emission`: halving, shares, moving price, injection;
- :mod:`~dtao_edu.engine.formulas.split`: owner, miners, validators, root.

>>> from fractions import Fraction
>>> from dtao_edu.engine import formulas
>>> formulas.amount_out(10, 100, 5)
33.333333333333336
>>> formulas.amount_out(Fraction(10), 100, 5)
Fraction(100, 3)

A formula checks nothing: pools, votes and networks check what comes in at their door.
"""

from __future__ import annotations

from dtao_edu.engine.formulas.emission import (
    alpha_injection,
    block_emission_rao,
    blocks_until_epoch,
    halvings,
    moving_price,
    moving_price_limit,
    share,
    smoothing,
    tao_injection,
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
)
from dtao_edu.engine.formulas.vote import consensus, pending, rank, trust, weight_of_vote

__all__ = [
    "alpha_injection",
    "amount_in",
    "amount_out",
    "average_price",
    "block_emission_rao",
    "blocks_until_epoch",
    "consensus",
    "fee",
    "gross",
    "halvings",
    "ideal_amount_out",
    "invariant",
    "limit_average_move",
    "limit_average_stake",
    "limit_average_unstake",
    "limit_spot_stake",
    "limit_spot_unstake",
    "moving_price",
    "moving_price_limit",
    "owner_cut",
    "pending",
    "price",
    "price_impact",
    "rank",
    "root_alpha",
    "root_proportion",
    "share",
    "slippage",
    "slippage_percent",
    "smoothing",
    "stake_weight",
    "tao_injection",
    "trust",
    "validator_take",
    "weight_of_vote",
]
