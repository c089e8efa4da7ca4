"""The formulas of the pool, derived step by step with SymPy.

Nothing is typed in twice: every derivation ends at the engine's own function, which is
called with symbols instead of numbers, and says whether the two are equal.

>>> from dtao_edu import derivation
>>> derivation.price().result
T/A
>>> derivation.price().agrees
True

Symbols: T and A are the reserves `tao_in` and `alpha_in`; t is TAO paid, a is alpha paid,
x is what comes out; p = T/A is the spot price; k = T A the invariant; L a limit price.

Source: lesson 04; Angeris and Chitra, "Improved Price Oracles: Constant Function Market
Makers", 2020.
"""

from __future__ import annotations

from dtao_edu.derivation.steps import A, Derivation, L, Step, T, a, k, p, t, t1, t2, x
from dtao_edu.derivation.swap import (
    amount_out,
    average_price,
    injection,
    limit_price,
    price,
    price_impact,
    round_trip,
    slippage,
    splitting,
    unstake,
)

__all__ = [
    "A",
    "Derivation",
    "L",
    "Step",
    "T",
    "a",
    "amount_out",
    "average_price",
    "injection",
    "k",
    "limit_price",
    "p",
    "price",
    "price_impact",
    "round_trip",
    "slippage",
    "splitting",
    "t",
    "t1",
    "t2",
    "unstake",
    "x",
]
