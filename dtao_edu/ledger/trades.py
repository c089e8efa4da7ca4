"""Real stakes and unstakes of one account in subnet 64, with fee and slippage."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from dtao_edu.engine import formulas
from dtao_edu.ledger.provenance import NotInLedgerError, read

_TABLE = "swaps_64_2025-08-29_2026-01-01"


class Swap(NamedTuple):
    """One real stake or unstake.

    Attributes
    ----------
    date : str
    side : "stake" or "unstake"
    tao, alpha : float
        The amounts exchanged.
    slippage_percent : float
        Per cent of the ideal amount, fee included, as it was reported.
    fee : float
        In the token that went in: TAO for a stake, alpha for an unstake.

    Examples
    --------
    >>> swaps(64)[2].side, round(swaps(64)[2].average_price, 4)
    ('unstake', 0.0792)
    """

    date: str
    side: Literal["stake", "unstake"]
    tao: float
    alpha: float
    slippage_percent: float
    fee: float

    @property
    def paid(self) -> float:
        """What went in, fee included: TAO for a stake, alpha for an unstake."""
        return self.tao if self.side == "stake" else self.alpha

    @property
    def received(self) -> float:
        """What came out."""
        return self.alpha if self.side == "stake" else self.tao

    @property
    def average_price(self) -> float:
        """TAO / alpha over the whole trade, fee included."""
        return float(formulas.average_price(self.tao, self.alpha))


@cache
def _swaps() -> tuple[Swap, ...]:
    return tuple(
        Swap(
            row["date"],
            "stake" if row["side"] == "buy" else "unstake",
            float(row["tao"]),
            float(row["alpha"]),
            100 * float(row["slippage_fraction"]),
            float(row["fee"]),
        )
        for row in read(_TABLE)
    )


def swaps(netuid: int = 64) -> tuple[Swap, ...]:
    """Twelve real swaps in subnet 64, 29 August 2025 to 1 January 2026.

    Parameters
    ----------
    netuid : int
        64 is the one there is.

    Returns
    -------
    tuple of Swap

    Raises
    ------
    NotInLedgerError
        Another netuid.

    Examples
    --------
    >>> first = swaps(64)[0]
    >>> first.side, first.paid, first.received
    ('stake', 1.0, 9.851354714)
    >>> round(first.fee / first.paid * 65535, 2)
    33.0

    Source: public ledger; `tables()["swaps_64_2025-08-29_2026-01-01"]`.
    """
    if netuid != 64:
        raise NotInLedgerError("netuid", netuid, "64")
    return _swaps()
