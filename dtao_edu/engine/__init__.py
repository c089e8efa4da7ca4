"""The reference engine: every rule of the mechanism, small enough to read in an evening.

Formulas, pool, wallet, vote and emission need the standard library only; networks add NumPy.

Read it from the ground up: `units`, `formulas`, `pool`, `wallet`, `issuance`,
`root`, `emission`, `network`.
"""
