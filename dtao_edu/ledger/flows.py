"""Seven subnets of the time of flow: smoothed flow of stake, and what was paid for it."""

from __future__ import annotations

import datetime as day
from functools import cache
from typing import NamedTuple

from dtao_edu.engine.units import RAO
from dtao_edu.ledger.provenance import dated, read
from dtao_edu.ledger.values import Amounts, ByNetuid, amounts


class FlowRecord(NamedTuple):
    """What one subnet's holders staked and unstaked, and what it was paid.

    Attributes
    ----------
    netuid : int
    flow : float
        Smoothed net TAO that users staked, TAO a block.
    net_flow_30d : float
        TAO staked less TAO unstaked in the 30 days before.
    share : float
        Of all emission, 0 to 1.
    tao_in : float
        TAO that entered the pool in a block.
    price : float
        Spot price, TAO per alpha.
    """

    netuid: int
    flow: float
    net_flow_30d: float
    share: float
    tao_in: float
    price: float


class Flows(ByNetuid[FlowRecord]):
    """The flows of one day: netuid -> :class:`FlowRecord`.

    Examples
    --------
    >>> day = flows("2026-04-11")
    >>> round(day.smoothed()[51], 5), round(day.shares()[51], 4), day.shares()[64]
    (0.01807, 0.1112, 0.0)
    """

    def smoothed(self) -> Amounts:
        """Return the smoothed flow of each subnet, TAO a block."""
        return self._amounts({row.netuid: row.flow for row in self.entries})

    def shares(self) -> Amounts:
        """Return each subnet's share of all emission; they do not sum to 1: others are not here."""
        return self._amounts({row.netuid: row.share for row in self.entries})

    def _amounts(self, found: dict[int, float]) -> Amounts:
        return amounts(found, self.date, self.block, self.table)

    def _html(self) -> tuple[tuple[str, ...], list[tuple[str | float | bool, ...]]]:
        head = ("netuid", "flow, TAO a block", "share", "TAO into the pool", "price")
        return head, [
            (row.netuid, f"{row.flow:.6f}", f"{row.share:.2%}", f"{row.tao_in:.6f}", row.price)
            for row in self.entries
        ]


def flows(date: str | day.date = "2026-04-11") -> Flows:
    """Seven subnets on a day when TAO was shared by flow.

    Parameters
    ----------
    date : str or datetime.date
        "2026-04-11" is the one there is.

    Returns
    -------
    Flows
        netuid -> :class:`FlowRecord`.

    Raises
    ------
    NotInLedgerError
        Another date.

    Examples
    --------
    >>> flows()
    <Flows of 2026-04-11: 7 netuids>
    >>> flows()[64].flow, round(flows()[64].net_flow_30d)
    (0.0, -11666)

    Source: public ledger; `flows(date).provenance`.
    """
    return _flows(str(date))


@cache
def _flows(date: str) -> Flows:
    name = dated("flow", date)
    rows = [
        FlowRecord(
            netuid=int(row["netuid"]),
            flow=float(row["flow_rao"]) / RAO,
            net_flow_30d=float(row["net_flow_30d"]),
            share=float(row["share"]),
            tao_in=int(row["tao_in_emission_rao"]) / RAO,
            price=float(row["price"]),
        )
        for row in read(name)
    ]
    return Flows(tuple(row.netuid for row in rows), tuple(rows), date, None, name)
