"""A receipt of the engine beside the same entries from the derived formulas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isclose
from typing import NamedTuple

from dtao_edu.derivation import swap
from dtao_edu.derivation.steps import Derivation
from dtao_edu.engine.errors import refuse
from dtao_edu.engine.pool import Trade
from dtao_edu.engine.units import Amount

_NEAR = 1e-9
"""Floats of one value reached on two ways differ in their last digits."""


class Entry(NamedTuple):
    """One entry of a receipt: by the derived formula, and by the engine."""

    name: str
    derived: float
    engine: float

    @property
    def agrees(self) -> bool:
        """Whether the two are the same but for the last digits of a float."""
        return isclose(self.derived, self.engine, rel_tol=_NEAR)


@dataclass(frozen=True)
class Beside:
    """The entries of one receipt, each found twice.

    Attributes
    ----------
    entries : tuple of Entry
    """

    entries: tuple[Entry, ...]

    @property
    def agrees(self) -> bool:
        """Whether all entries agree."""
        return all(entry.agrees for entry in self.entries)

    def __repr__(self) -> str:
        lines = [f"{'':16}{'formula':>15}{'engine':>15}"]
        for name, derived, engine in self.entries:
            lines.append(f"{name:16}{derived:>15,.6f}{engine:>15,.6f}")
        wrong = [entry.name for entry in self.entries if not entry.agrees]
        end = f"These differ: {', '.join(wrong)}." if wrong else "All entries agree."
        return "\n".join([*lines, end])


# Name, derived formula, the receipt's entry, and by what both are multiplied to be shown.
_ENTRIES: tuple[tuple[str, Callable[[], Derivation], Callable[[Trade], Amount], int], ...] = (
    ("alpha received", swap.amount_out, lambda trade: trade.received, 1),
    ("spot price", swap.price, lambda trade: trade.before.price, 1),
    ("average price", swap.average_price, lambda trade: trade.average_price, 1),
    ("slippage, %", swap.slippage, lambda trade: trade.slippage_percent, 1),
    ("price impact, %", swap.price_impact, lambda trade: trade.price_impact, 100),
)


def beside(trade: Trade) -> Beside:
    """Put a stake's numbers into the derived formulas, and hold them beside its receipt.

    Parameters
    ----------
    trade : Trade
        A stake without a fee, which is what the formulas are derived for.

    Returns
    -------
    Beside

    Raises
    ------
    InputError
        For an unstake, or a trade with a fee.

    Examples
    --------
    >>> from dtao_edu import Pool
    >>> beside(Pool(10, 100).stake(5))
                            formula         engine
    alpha received        33.333333      33.333333
    spot price             0.100000       0.100000
    average price          0.150000       0.150000
    slippage, %           33.333333      33.333333
    price impact, %      125.000000     125.000000
    All entries agree.
    """
    if trade.side != "stake" or trade.fee:
        refuse("trade", f"{trade.side} with a fee of {trade.fee}", "a stake without a fee")
    before = trade.before
    values = {"T": float(before.tao_in), "A": float(before.alpha_in), "t": float(trade.paid)}
    entries = []
    for name, derive, engine, scale in _ENTRIES:
        found = derive()
        known = {letter: values[letter] for letter in map(str, found.result.free_symbols)}
        entries.append(Entry(name, scale * found.at(**known), scale * float(engine(trade))))
    return Beside(tuple(entries))
