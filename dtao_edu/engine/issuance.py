"""How much TAO, and how much of each alpha, a block issues.

Both follow one rule, each with its own clock: TAO counts all TAO issued, a subnet's
alpha counts `alpha_in + alpha_out`.

Source: chain, `coinbase/block_emission.rs`, v2.0.0, 2025-02-13 (before:
`coinbase/root.rs`, v1.2.5, 2025-02-07).
"""

from __future__ import annotations

from fractions import Fraction

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import not_negative
from dtao_edu.engine.units import Amount, from_rao, to_rao


def block_emission(issuance: Amount) -> Fraction:
    """E = floor(10^9 / 2^n) rao, n the halvings that an issuance has passed, as TAO (or alpha).

    Parameters
    ----------
    issuance : float or Fraction
        TAO issued so far; or alpha_in + alpha_out of a subnet. 0 or more.

    Returns
    -------
    Fraction
        TAO (or alpha) a block.

    Examples
    --------
    >>> float(block_emission(8_500_000)), float(block_emission(10_500_000))
    (1.0, 0.5)
    """
    return from_rao(formulas.block_emission_rao(to_rao(not_negative("issuance", issuance))))
