"""Slips that nobody wrote down: the right answer's own formulas, called wrongly.

`shadow` runs the right answer once and copies the functions that it calls; `mutants` writes each
of these wrongly in every usual way; `generate` works the answer out with each of them, and with
the given numbers exchanged or left out; `match` finds which of them an answer is.
"""
