"""Networks in time: many subnets, block after block, under any of the dated rules.

Read it from the ground up: `rules` (what the chain did from when to when), `state` (what a block
reads and changes), `mechanisms` and `stages` (what a block is made of), `block` (a set of rules
as the list of its stages), `network`, `life` (a subnet's beginning and end); then `traders`,
`team`, `run_state`, `run`, `history`, `comparison`, `ensembles`. `compiled` runs the same stages
with Numba. NumPy is needed; Numba, pandas and Parquet are used where they are installed.
"""
