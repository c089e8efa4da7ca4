"""Networks in time: many subnets, block after block, under any of the dated rules.

Read it from the ground up: `parts` (the interchangeable parts of the rules), `block` (what
the chain does in a block), `network`, then `traders`, `run`, `history`, `ensembles`.
NumPy is needed; Numba, pandas and Parquet are used where they are installed.
"""
