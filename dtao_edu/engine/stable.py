"""Root since Dynamic TAO: a pool whose price is always 1.

Source: chain, `staking/stake_utils.rs` (mechanism 0), v2.0.0, 2025-02-13.
"""

from __future__ import annotations

from dataclasses import dataclass

from dtao_edu.engine.pool import Pool
from dtao_edu.engine.quantity import Quantity
from dtao_edu.engine.reserves import LimitOn, Side
from dtao_edu.engine.units import SUPPLY_CAP_RAO, Amount, from_rao


@dataclass(frozen=True, slots=True)
class StablePool(Pool):
    """p = 1 and out = in: root (netuid 0), where a TAO staked is a TAO.

    The reserves play no part, so there is no slippage and no price impact. `tao_in`
    counts the TAO staked, `alpha_out` the stake held against it.

    Examples
    --------
    >>> root = StablePool(tao_in=1000, alpha_in=0, alpha_out=1000)
    >>> trade = root.stake(50)
    >>> trade.received, trade.slippage, trade.after.price
    (50.0, 0.0, 1)
    >>> trade.after.unstake(50).after == root
    True
    """

    @property
    def price(self) -> Amount:
        """Always 1 TAO."""
        return 1

    def alpha_for(self, tao: Quantity) -> Quantity:
        """alpha = tao."""
        return tao

    def tao_for(self, alpha: Quantity) -> Quantity:
        """TAO = alpha."""
        return alpha

    def _refuse_empty(self) -> None:
        """Pass: root needs no reserves."""

    def _alpha_after(self, change: Amount) -> Amount:
        return self.alpha_in

    def _bound(self, side: Side, limit: Amount, limit_on: LimitOn) -> Amount:
        fits = limit >= 1 if side == "stake" else limit <= 1
        return self._same_kind(from_rao(SUPPLY_CAP_RAO)) if fits else 0

    def _drained(self, left: Amount) -> bool:
        return False
