"""When an issuance halves next, and where it ends: of TAO, or of a subnet's alpha.

TAO counts all TAO issued; a subnet's alpha counts `alpha_in + alpha_out`.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import not_negative, whole
from dtao_edu.engine.issuance import block_emission
from dtao_edu.engine.units import SUPPLY_CAP_RAO, Amount, from_rao, to_rao


def next_halving(issuance: Amount) -> Fraction:
    """threshold = C (1 - 2^-(n+1)): the issuance at which block emission halves next.

    Examples
    --------
    >>> [int(next_halving(i)) for i in (0, 10_500_000, 15_750_000)]
    [10500000, 15750000, 18375000]
    """
    passed = formulas.halvings(to_rao(not_negative("issuance", issuance)))
    return from_rao(SUPPLY_CAP_RAO) * (1 - Fraction(1, 2 ** (passed + 1)))


def blocks_to_halving(issuance: Amount, issued_per_block: Amount | None = None) -> float:
    """blocks = (threshold - I) / E: until the next halving, if nothing is recycled.

    Recycled TAO lowers the issuance counter and so postpones the halving.

    Parameters
    ----------
    issuance : float or Fraction
        As in :func:`dtao_edu.engine.issuance.block_emission`.
    issued_per_block : float or Fraction, optional
        What is really issued in a block, when it is not the block emission: a subnet's
        alpha grows by alpha_in and alpha_out, up to twice its block emission.

    Returns
    -------
    float
        Infinity where nothing is issued any more.

    Examples
    --------
    >>> blocks_to_halving(0)
    10500000.0
    """
    step = (
        block_emission(issuance)
        if issued_per_block is None
        else not_negative("issued_per_block", issued_per_block)
    )
    left = next_halving(issuance) - Fraction(issuance)
    return float(left / Fraction(step)) if step else inf


def issuance_after_periods_rao(periods: int, blocks: int = 10_500_000) -> int:
    """I <- I + blocks * E(I), `periods` times from 0: the whole life of the issuance, in rao.

    Halved emissions are floored to whole rao, so a threshold is missed by a hair at some
    point, one more period runs at the same emission, and the sum ends under the cap.

    Examples
    --------
    >>> issuance_after_periods_rao(100)
    20999999989500000
    """
    issuance = 0
    for _ in range(whole("periods", periods)):
        issuance += blocks * formulas.block_emission_rao(issuance)
    return issuance
