"""Every equation of the mechanism, once.

Each formula is a small pure function of plain arguments. The same function is read
by floats (the engine), by `fractions.Fraction` (exact books), by NumPy arrays (networks
and figures) and by SymPy symbols (the lesson that derives the price). No second
copy of an equation stands anywhere else.

Six pages, in the order of the course:

- :mod:`~dtao_edu.engine.formulas.vote`: rank, trust, consensus, share of emission;
- :mod:`~dtao_edu.engine.formulas.swap`: price, amount out, slippage, fee, limit; weighted pool;
- :mod:`~dtao_edu.engine.formulas.emission`: halving, shares, moving price, injection;
- :mod:`~dtao_edu.engine.formulas.split`: owner, miners, validators, root; dividends and claims;
- :mod:`~dtao_edu.engine.formulas.shares`: later share rules: flow, miner burn, the gate;
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

from dtao_edu.engine.formulas.emission import *  # noqa: F403
from dtao_edu.engine.formulas.life import *  # noqa: F403
from dtao_edu.engine.formulas.shares import *  # noqa: F403
from dtao_edu.engine.formulas.split import *  # noqa: F403
from dtao_edu.engine.formulas.swap import *  # noqa: F403
from dtao_edu.engine.formulas.vote import *  # noqa: F403

# Each page's own functions, and nothing that a page itself imports.
__all__ = sorted(
    name
    for name, value in dict(globals()).items()
    if getattr(value, "__module__", "").startswith(f"{__name__}.") and not name.startswith("_")
)
