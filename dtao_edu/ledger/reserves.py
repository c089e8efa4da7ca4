"""The pools of all subnets on one day, with what entered them."""

from __future__ import annotations

import datetime as day
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import Injection
from dtao_edu.engine.errors import refuse
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.stable import StablePool
from dtao_edu.engine.units import LAUNCH_BLOCK
from dtao_edu.ledger.provenance import dated, read, tables
from dtao_edu.ledger.spot import NOT_TRADING
from dtao_edu.ledger.values import Amounts, ByNetuid, amounts


@dataclass(frozen=True)
class PoolRecord:
    """One subnet's pool as the ledger had it; None where the source of the day does not say.

    Attributes
    ----------
    netuid : int
    tao_in, alpha_in : float
        Reserves of the pool, TAO and alpha.
    alpha_out : float
        Alpha outside the pool, with its holders.
    trading : bool
        False while the subnet had not opened; such a price means nothing.
    tao_volume, tao_buy_volume, tao_sell_volume : float or None
        TAO traded within 24 hours.
    buys, sells : int or None
        Trades within 24 hours.
    emission : Injection or None
        What entered in block `emission_block`: TAO and alpha into the pool, alpha to the
        participants.
    emission_block : int or None
    excess_tao : float or None
        TAO of the same block that bought alpha from the pool (chain buy).
    moving_price : float or None
        TAO per alpha; None also before the first emission.
    quoted_price : float or None
        Spot price as the chain gave it. From August 2025 to June 2026 it differs somewhat from
        tao_in / alpha_in, which is `price`.
    enabled : bool
        False where the TAO emission was switched off.
    miner_burned : float or None
        Part of the miners' emission that the owner withheld, 0 to 1.

    Examples
    --------
    >>> row = pools("2025-04-17")[64]
    >>> round(row.price, 4), row.pool().price == row.price, round(row.emission.tao_in, 4)
    (0.3743, True, 0.1699)
    >>> row = pools("2026-08-07")[64]
    >>> round(row.emission.tao_in, 4), round(row.excess_tao, 4), round(row.paid, 4)
    (0.0125, 0.05, 0.0625)
    """

    netuid: int
    tao_in: float
    alpha_in: float
    alpha_out: float
    trading: bool
    tao_volume: float | None = None
    tao_buy_volume: float | None = None
    tao_sell_volume: float | None = None
    buys: int | None = None
    sells: int | None = None
    emission: Injection[float] | None = None
    emission_block: int | None = None
    excess_tao: float | None = None
    moving_price: float | None = None
    quoted_price: float | None = None
    enabled: bool = True
    miner_burned: float | None = None

    @property
    def price(self) -> float:
        """p = tao_in / alpha_in, TAO per alpha; 1 for root, where no pool sets it."""
        if self.netuid == 0:
            return 1.0
        return float(formulas.price(self.tao_in, self.alpha_in))

    @property
    def paid(self) -> float | None:
        """TAO that a block gave the subnet: what entered the pool, and what bought alpha."""
        if self.emission is None:
            return None
        return float(self.emission.tao_in) + (self.excess_tao or 0.0)

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
    >>> round(pools("2026-08-07").paid().shares()[64], 4)
    0.125
    """

    @property
    def root(self) -> PoolRecord:
        """The record of netuid 0: the TAO staked on root."""
        return self[0]

    @property
    def age(self) -> int:
        """Blocks since Dynamic TAO went live; a subnet registered later is younger.

        Raises
        ------
        InputError
            A day whose block is not known.

        Examples
        --------
        >>> pools("2025-04-17").age
        453449
        """
        if self.block is None:
            refuse("block", None, "a block: without it the age of a subnet is not known")
        return self.block - LAUNCH_BLOCK

    def trading(self) -> Pools:
        """Return the subnets open for trading: without netuid 0 and those in startup."""
        return self._with((n, row) for n, row in self.items() if row.trading)

    def prices(self) -> Amounts:
        """Return the spot prices of the subnets open for trading, TAO per alpha."""
        found = {n: row.price for n, row in self.items() if row.trading}
        return amounts(found, self.date, self.block, self.table)

    def emission(self) -> Amounts:
        """Return the TAO that entered each pool in one block, where the source says it."""
        found = {n: float(row.emission.tao_in) for n, row in self.items() if row.emission}
        return amounts(found, self.date, self.block, self.table)

    def paid(self) -> Amounts:
        """Return the TAO of one block that each subnet was paid, chain buys included."""
        found = {n: row.paid for n, row in self.items() if row.paid is not None}
        return amounts(found, self.date, self.block, self.table)

    def moving_prices(self) -> Amounts:
        """Return the moving prices of the subnets open for trading, where the source says them."""
        found = {
            n: row.moving_price
            for n, row in self.items()
            if row.trading and row.moving_price is not None
        }
        return amounts(found, self.date, self.block, self.table)

    def _html(self) -> tuple[tuple[str, ...], list[tuple[str | float | bool, ...]]]:
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


def pools(date: str | day.date = "2025-04-17") -> Pools:
    """All pools of one day: reserves, outstanding alpha, and what else the source of the day says.

    Parameters
    ----------
    date : str or datetime.date
        "2025-04-17": block 5,373,800, with volumes, and emission of 50 subnets. "2026-04-11":
        prices and moving prices in the time of flow. "2026-08-07": block 8,791,247, with moving
        prices, burning, switches, and what every subnet was paid behind the gate.

    Returns
    -------
    Pools
        netuid -> :class:`PoolRecord`, netuid 0 and subnets that had not opened included;
        `trading()` leaves them out.

    Raises
    ------
    NotInLedgerError
        Another date.

    Examples
    --------
    >>> pools()
    <Pools of 2025-04-17, block 5,373,800: 94 netuids>
    >>> for date in ("2025-04-17", "2026-04-11", "2026-08-07"):
    ...     print(f"{sum(row.tao_in for row in pools(date).trading().values()):,.0f} TAO in pools")
    510,221 TAO in pools
    2,004,564 TAO in pools
    2,034,178 TAO in pools

    Source: public ledger; `pools(date).provenance`.
    """
    return _pools(str(date))


@cache
def _pools(date: str) -> Pools:
    name = dated("pools", date)
    block = int(tables()[name].block) if tables()[name].block else None
    rows = [record(row, block) for row in read(name)]
    return Pools(tuple(row.netuid for row in rows), tuple(rows), date, block, name)


def record(row: Mapping[str, str], block: int | None = None) -> PoolRecord:
    """Make a record of a row of text; a column that is missing or empty is not known.

    A subnet is open for trading if the row says so (`startup_mode`), else if it has a moving
    price; where the table has neither column, if its price is below that of a placeholder.
    """
    netuid = int(row["netuid"])
    tao_in, alpha_in = float(row["tao_in"]), float(row["alpha_in"])
    if "startup_mode" in row:
        trading = row["startup_mode"] == "0"
    elif "moving_price" in row:
        trading = bool(_figure(row, "moving_price"))
    else:
        trading = tao_in < NOT_TRADING * alpha_in
    emission = [_figure(row, f"{kind}_emission") for kind in ("tao_in", "alpha_in", "alpha_out")]
    known = None if None in emission else Injection(*(part or 0.0 for part in emission))
    paid_at = _figure(row, "emission_block")
    counted = [_figure(row, f"{side}_24h") for side in ("buys", "sells")]
    buys, sells = (None if number is None else int(number) for number in counted)
    return PoolRecord(
        netuid=netuid,
        tao_in=tao_in,
        alpha_in=alpha_in,
        alpha_out=float(row["alpha_out"]),
        trading=trading and netuid != 0 and tao_in > 0 and alpha_in > 0,
        tao_volume=_figure(row, "tao_volume_24h"),
        tao_buy_volume=_figure(row, "tao_buy_volume_24h"),
        tao_sell_volume=_figure(row, "tao_sell_volume_24h"),
        buys=buys,
        sells=sells,
        emission=known if netuid else None,
        emission_block=int(paid_at) if paid_at is not None else block if known and netuid else None,
        excess_tao=_figure(row, "excess_tao") if netuid else None,
        moving_price=_figure(row, "moving_price"),
        quoted_price=_figure(row, "price"),
        enabled=row.get("enabled", "") != "0",
        miner_burned=_figure(row, "miner_burned"),
    )


def _figure(row: Mapping[str, str], column: str) -> float | None:
    """Return the number in a column, None where there is none."""
    text = row.get(column, "")
    return float(text) if text else None
