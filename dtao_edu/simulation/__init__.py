"""Networks in time: many subnets, block after block, under any of the dated rules.

Read it from the ground up: `rules` (what the chain did from when to when), `mechanisms` (its
interchangeable parts), `block` (what the chain does in a block), `network`, `subnets`; then
`traders`, `run`, `history`, `comparison`, `ensembles`.
NumPy is needed; Numba, pandas and Parquet are used where they are installed.
"""
