"""The pools of all subnets at one block, with what entered them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import Injection
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.stable import StablePool
from dtao_edu.engine.units import LAUNCH_BLOCK
from dtao_edu.ledger.provenance import dated, read, tables
from dtao_edu.ledger.values import Amounts, ByNetuid, amounts


@dataclass(frozen=True)
class PoolRecord:
    """One subnet's pool as the ledger had it.

    Attributes
    ----------
    netuid : int
    tao_in, alpha_in : float
        Reserves of the pool, TAO and alpha.
    alpha_out : float
        Alpha outside the pool, with its holders.
    trading : bool
        False while the subnet had not opened (startup mode); such a price means nothing.
    tao_volume, tao_buy_volume, tao_sell_volume : float
        TAO traded within 24 hours.
    buys, sells : int
        Trades within 24 hours.
    emission : Injection or None
        What entered in block `emission_block`: TAO and alpha into the pool, alpha to the
        participants. None where the source does not say.
    emission_block : int or None

    Examples
    --------
    >>> row = pools("2025-04-17")[64]
    >>> round(row.price, 4), row.pool().price == row.price, round(row.emission.tao_in, 4)
    (0.3743, True, 0.1699)
    """

    netuid: int
    tao_in: float
    alpha_in: float
    alpha_out: float
    trading: bool
    tao_volume: float
    tao_buy_volume: float
    tao_sell_volume: float
    buys: int
    sells: int
    emission: Injection | None
    emission_block: int | None

    @property
    def price(self) -> float:
        """p = tao_in / alpha_in, TAO per alpha; 1 for root, where no pool sets it."""
        if self.netuid == 0:
            return 1.0
        return float(formulas.price(self.tao_in, self.alpha_in))

    @property
    def market_value(self) -> float:
        """alpha_out * price: what the alpha with holders is worth at spot, TAO."""
        return self.alpha_out * self.price

    def pool(self) -> Pool:
        """Return the engine's pool; for netuid 0 one whose price is always 1."""
        kind = StablePool if self.netuid == 0 else Pool
        return kind(self.tao_in, self.alpha_in, self.alpha_out)

    def exact_pool(self) -> Pool:
        """Return the same pool in whole rao, for exact books.

        Examples
        --------
        >>> pools("2025-04-17")[62].exact_pool().tao_in * 10**9
        Fraction(535448415594, 1)
        """
        kind = StablePool if self.netuid == 0 else Pool
        return kind.exact(self.tao_in, self.alpha_in, self.alpha_out)


class Pools(ByNetuid[PoolRecord]):
    """The pools at one block: netuid -> :class:`PoolRecord`.

    Examples
    --------
    >>> every = pools("2025-04-17")
    >>> len(every), len(every.trading()), every.root.trading
    (94, 86, False)
    """

    @property
    def root(self) -> PoolRecord:
        """The record of netuid 0: the TAO staked on root."""
        return self[0]

    @property
    def age(self) -> int:
        """Blocks since Dynamic TAO went live; a subnet registered later is younger.

        Examples
        --------
        >>> pools("2025-04-17").age
        453449
        """
        return (self.block or LAUNCH_BLOCK) - LAUNCH_BLOCK

    def trading(self) -> Pools:
        """Return the subnets open for trading: without netuid 0 and those in startup."""
        return self._with((n, row) for n, row in self.items() if row.trading)

    def prices(self) -> Amounts:
        """Return the spot prices of the subnets open for trading, TAO per alpha."""
        found = {n: row.price for n, row in self.items() if row.trading}
        return amounts(found, self.date, self.block, self.table)

    def emission(self) -> Amounts:
        """Return the TAO that entered each pool in one block, where the source says it (50)."""
        found = {n: float(row.emission.tao_in) for n, row in self.items() if row.emission}
        return amounts(found, self.date, self.block, self.table)

    def _html(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        head = ("netuid", "tao_in", "alpha_in", "alpha_out", "price", "trading")
        deepest = sorted(self.values(), key=lambda row: -row.tao_in)[:6]
        return head, [
            (
                row.netuid,
                f"{row.tao_in:,.0f}",
                f"{row.alpha_in:,.0f}",
                f"{row.alpha_out:,.0f}",
                f"{row.price:.6f}",
                "yes" if row.trading else "no",
            )
            for row in deepest
        ]


def pools(date: object = "2025-04-17") -> Pools:
    """All pools at block 5,373,800, 17 April 2025: reserves, outstanding alpha, volumes, emission.

    Parameters
    ----------
    date : str or datetime.date
        "2025-04-17" is the one there is.

    Returns
    -------
    Pools
        netuid -> :class:`PoolRecord`, netuid 0 and seven subnets in startup included; `trading()`
        leaves them out.

    Raises
    ------
    NotInLedgerError
        Another date.

    Examples
    --------
    >>> pools()
    <Pools of 2025-04-17, block 5,373,800: 94 netuids>
    >>> f"{sum(row.tao_in for row in pools().trading().values()):,.0f} TAO in all pools"
    '510,221 TAO in all pools'

    Source: public ledger; `pools().provenance`.
    """
    return _pools(str(date))


@cache
def _pools(date: str) -> Pools:
    name = dated("pools", date)
    rows = [_record(row) for row in read(name)]
    block = int(tables()[name].block)
    return Pools(tuple(row.netuid for row in rows), tuple(rows), date, block, name)


def _record(row: dict[str, str]) -> PoolRecord:
    added = [row[f"{kind}_emission"] for kind in ("tao_in", "alpha_in", "alpha_out")]
    return PoolRecord(
        netuid=int(row["netuid"]),
        tao_in=float(row["tao_in"]),
        alpha_in=float(row["alpha_in"]),
        alpha_out=float(row["alpha_out"]),
        trading=row["startup_mode"] == "0" and row["netuid"] != "0",
        tao_volume=float(row["tao_volume_24h"]),
        tao_buy_volume=float(row["tao_buy_volume_24h"]),
        tao_sell_volume=float(row["tao_sell_volume_24h"]),
        buys=int(row["buys_24h"]),
        sells=int(row["sells_24h"]),
        emission=Injection(*map(float, added)) if row["emission_block"] else None,
        emission_block=int(row["emission_block"]) if row["emission_block"] else None,
    )
