"""The reference engine: every rule of the mechanism, small enough to read in an evening.

One subnet at a time, on the standard library alone. Networks of many subnets, the rules by
date and runs are in `dtao_edu/simulation/`, which adds NumPy.

Read it from the ground up: `units`, `formulas`, `pool`, `wallet`, `issuance`,
`root`, `emission`.
"""
