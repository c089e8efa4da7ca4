"""What a stake operation costs beside the pool's rate.

Sources: chain, `pallets/subtensor/src/lib.rs` (flat fee), v2.0.0, 2025-02-13;
`pallets/swap` (rate of the input), v3.1.6, 2025-06-30 and v3.2.2, 2025-07-23.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import between, not_negative, refuse
from dtao_edu.engine.units import Amount, exactly, whole_rao


@dataclass(frozen=True, slots=True)
class Fee:
    """fee = rate * input, or a flat amount of TAO; it goes to the pool or to the block's author.

    Parameters
    ----------
    rate : float or Fraction
        Part of the input token, 0 to below 1.
    flat_tao : float or Fraction
        TAO per operation: from the TAO before a stake, from the proceeds of an unstake.
    to_pool : bool
        True: added to the pool's reserve of that token. False: paid to the author of the block.

    Examples
    --------
    >>> SWAP_FEE.rate
    Fraction(11, 21845)
    """

    rate: Amount = 0
    flat_tao: Amount = 0
    to_pool: bool = True

    def __post_init__(self) -> None:
        rate, flat = between("rate", self.rate, 0, 1), not_negative("flat_tao", self.flat_tao)
        if rate == 1:
            refuse("rate", rate, "a part of the input below 1")
        if flat and rate:
            refuse("flat_tao", flat, "0 when there is a rate: a fee is one or the other")
        object.__setattr__(self, "rate", rate)
        object.__setattr__(self, "flat_tao", flat)

    @classmethod
    def of(cls, rate: Fee | Amount) -> Fee:
        """Read a number as a rate; a Fee passes as it is."""
        if isinstance(rate, Fee):
            return rate
        try:
            return cls(rate=rate)
        except ValueError:
            refuse("fee", rate, "a Fee, or a part of the input from 0 to below 1")

    def of_input(self, amount: Amount) -> Amount:
        """amount * rate, in the token of the amount; 0 for a flat fee."""
        return whole_rao(formulas.fee(amount, self._rate_for(amount))) if self.rate else 0

    def gross_of(self, net: Amount) -> Amount:
        """net / (1 - rate): the amount whose fee leaves `net`; a flat fee is not added."""
        return formulas.gross(net, self._rate_for(net))

    def _rate_for(self, amount: Amount) -> Amount:
        # Exact books stay exact: a rate of 0.003 is then three thousandths.
        return exactly(self.rate) if type(amount) is Fraction else self.rate


NO_FEE = Fee()
LAUNCH_FEE = Fee(flat_tao=Fraction(50_000, 10**9))
"""50,000 rao a stake operation, added to the pool's TAO (v2.0.0, 2025-02-13)."""
SWAP_FEE = Fee(rate=Fraction(33, 65535))
"""0.0504 % of the input (v3.2.2, 2025-07-23; 196/65535 in the weeks before)."""
