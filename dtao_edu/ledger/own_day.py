"""Pools of a day of one's own, from a file: comma-separated values, or JSON.

A file holds a row or a record a subnet. Four columns are needed: `netuid`, `tao_in`, `alpha_in`,
`alpha_out`. These are read where they are there: `price` (spot, as the chain gives it),
`moving_price`, `tao_in_emission`, `alpha_in_emission`, `alpha_out_emission`, `excess_tao` (of one
block), `enabled` (0 or 1), `miner_burned` (0 to 1), `block`, `date`. All others are
passed over. An empty entry is not known. Where there is a column `moving_price`, a subnet without
one is taken as not open for trading.

Amounts are TAO and alpha. A file whose amounts are all whole numbers, and one of which is beyond
the 21 million that can exist, is in rao. JSON is a list of records, or an object with such a list
under "pools" or "subnets". Amounts are also read as the official SDK writes them:
"τ1,234.500000000", {"rao": 1234500000000}, and a moving price {"bits": 128849018}.
"""

from __future__ import annotations

import csv
import datetime as day
import io
import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from math import isfinite
from pathlib import Path

from dtao_edu import files
from dtao_edu.engine.errors import refuse
from dtao_edu.engine.units import RAO, SUPPLY_CAP_RAO
from dtao_edu.ledger.provenance import Provenance
from dtao_edu.ledger.records import Cell, Row, Value, rows_of_csv, rows_of_json
from dtao_edu.ledger.reserves import PoolRecord, Pools, record

NEEDED = ("netuid", "tao_in", "alpha_in", "alpha_out")
"""Columns without which a file holds no pools."""
AMOUNTS = (*NEEDED[1:], "tao_in_emission", "alpha_in_emission", "alpha_out_emission", "excess_tao")
COLUMNS = (*NEEDED, "price", "moving_price", *AMOUNTS[3:], "enabled", "miner_burned")
"""All columns that say something of a subnet, in the order in which a file is written."""
_MOST = SUPPLY_CAP_RAO / RAO
_FIXED_POINT = 2**32  # the chain's moving price has 32 bits below the point
_WITH_UNIT = re.compile(r"[^\d\s.,+-]+([\d,]+(?:\.\d+)?)|([\d,]+(?:\.\d+)?)[^\d\s.,+-]+")
_ON = {"1": "1", "true": "1", "0": "0", "false": "0", "": ""}


class OwnPools(Pools):
    """The pools of a file: netuid -> :class:`PoolRecord`; `table` is the file's name."""

    def __repr__(self) -> str:
        said = [f"from {self.table}", self.date, f"block {self.block:,}" if self.block else ""]
        return f"<OwnPools {', '.join(filter(None, said))}: {len(self)} netuids>"

    @property
    def provenance(self) -> Provenance:
        """Say that these figures are the reader's own: nothing of them was checked here."""
        return Provenance(
            name=self.table,
            title="Pools of a day of one's own",
            block=str(self.block or ""),
            date=self.date,
            repository="",
            commit="",
            path=self.table,
            licence="figures of the public ledger",
            rows=len(self),
            units="as documented in dtao_edu.ledger.own_day",
            checked=("every entry is a number in its range",),
            limits="Where the figures come from, the file does not say.",
            sha256="",
        )


def read_pools(path: str | os.PathLike[str]) -> OwnPools:
    r"""Return the pools of a day of one's own, read from a CSV or JSON file.

    They go wherever `ledger.pools()` goes: into a playground, a comparison, a network. What a
    file may hold is written at the head of this module; `dtao-edu snapshot FILE` makes one.

    Parameters
    ----------
    path : str or path
        The file, UTF-8.

    Returns
    -------
    OwnPools
        netuid -> :class:`PoolRecord`.

    Raises
    ------
    InputError
        A file that is not there, damaged, or of another kind; one sentence with line and column.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> head = "netuid,tao_in,alpha_in,alpha_out\n"
    >>> with TemporaryDirectory() as folder:
    ...     mine = files.write(f"{folder}/mine.csv", head + "4,1000,50000,90000\n")
    ...     read_pools(mine)[4].price
    0.02

    A fault is shown where it is:

    >>> with TemporaryDirectory() as folder:
    ...     mine = files.write(f"{folder}/mine.csv", head + "4,1000,many,90000\n")
    ...     read_pools(mine)
    Traceback (most recent call last):
        ...
    dtao_edu.engine.errors.InputError: mine.csv, line 2, column 3 (alpha_in) is 'many'; allowed: ...
    """
    place = files.place(path)
    text, name = _text(place), place.name
    others: Row = {}
    if place.suffix.lower() == ".json" or text.lstrip()[:1] in ("{", "["):
        rows, others = rows_of_json(text, name, ("pools", "subnets"))
    else:
        rows = rows_of_csv(text, name)
    if not rows:
        refuse(name, "a file without a subnet", f"a row a subnet with {', '.join(NEEDED)}")
    lacking = [column for column in NEEDED if column not in rows[0]]
    if lacking:
        refuse(
            f"{name}, line {next(iter(rows[0].values())).line}" if rows[0] else name,
            f"a row without {', '.join(lacking)}",
            f"a file of pools with the columns {', '.join(NEEDED)}",
        )
    block = _one(rows, others, "block")
    date = _one(rows, others, "date")
    if block is not None and not str(block.value).isdecimal():
        block.refuse("a block number")
    found: dict[int, PoolRecord] = {}
    rao = _in_rao(rows)
    at = int(str(block.value)) if block else None
    for row in rows:
        netuid = _netuid(row, found)
        found[netuid] = record({"netuid": str(netuid), **dict(_plain(row, rao))}, at)
    ordered = sorted(found)
    entries = tuple(found[netuid] for netuid in ordered)
    return OwnPools(tuple(ordered), entries, _day(date), at, name)


def _text(place: Path) -> str:
    """Return the text of a file, or refuse it in one sentence."""
    try:
        content = place.read_bytes()
    except OSError as error:
        refuse("path", str(place), f"a file that can be read ({error.strerror})")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        refuse(
            f"{place.name}, line {line}, column {column}",
            content[error.start : error.start + 1],
            "text in UTF-8",
        )


def _one(rows: list[Row], others: Row, name: str) -> Cell | None:
    """Return the block or the date of a file: said once, or the same in every row."""
    cells = [others[name]] if name in others else [row[name] for row in rows if name in row]
    known = [cell for cell in cells if cell.value not in ("", None)]
    for cell in known:
        if cell.value != known[0].value:
            cell.refuse(f"{known[0].value}, as in line {known[0].line}: a file holds one day")
    return known[0] if known else None


def _day(cell: Cell | None) -> str:
    if cell is None:
        return ""
    try:
        return day.date.fromisoformat(str(cell.value)[:10]).isoformat()
    except ValueError:
        cell.refuse("a day written as 2026-08-07")


def _netuid(row: Row, found: dict[int, PoolRecord]) -> int:
    lacking = [column for column in NEEDED if column not in row]
    if lacking:
        next(iter(row.values())).refuse(f"a record with {', '.join(lacking)} too")
    cell = row["netuid"]
    text = str(cell.value)
    if not (text.isascii() and text.isdecimal() and int(text) < 2**16):
        cell.refuse("a whole number, 0 to 65535")
    if int(text) in found:
        cell.refuse("every netuid once")
    return int(text)


def _in_rao(rows: list[Row]) -> bool:
    """Whether the amounts are whole rao: whole all of them, and one beyond all that can exist."""
    values = [row[name].value for row in rows for name in AMOUNTS if name in row]
    texts = [str(value) for value in values if value not in ("", None)]
    whole = all(text.isascii() and text.isdecimal() for text in texts)
    return whole and any(int(text) > _MOST for text in texts)


def _plain(row: Row, rao: bool) -> Iterator[tuple[str, str]]:
    """Yield the entries of a row as plain text in TAO and alpha, each in its range."""
    for name in COLUMNS[1:]:
        if name not in row:
            continue
        cell = row[name]
        if cell.value in ("", None):
            if name in NEEDED:
                cell.refuse("a number, 0 or more")
            yield name, ""
        elif name == "enabled":
            if str(cell.value).lower() not in _ON:
                cell.refuse("0 or 1")
            yield name, _ON[str(cell.value).lower()]
        else:
            yield name, repr(_figure(cell, name, rao))


def _figure(cell: Cell, name: str, rao: bool) -> float:
    """Return an amount in TAO or alpha, a price in TAO per alpha, or a part."""
    value = cell.value
    figure = _number(value)
    if figure is not None and rao and name in (*AMOUNTS, "price") and str(value).isdecimal():
        figure /= RAO
    most = _MOST if name in AMOUNTS else 1.0 if name == "miner_burned" else None
    if figure is None or not isfinite(figure) or figure < 0:
        cell.refuse("a number, 0 or more, with a decimal point")
    if most is not None and figure > most:
        beyond = "; if amounts are in rao, give all of them in whole rao" if most > 1 else ""
        cell.refuse(f"a number from 0 to {most:,.0f}{beyond}")
    return figure


def _number(value: Value) -> float | None:
    """Return the number in an entry, also as the official SDK writes it; None if it is none."""
    if isinstance(value, dict):
        for unit, parts in (("rao", RAO), ("bits", _FIXED_POINT)):
            if isinstance(value.get(unit), int):
                return int(str(value[unit])) / parts
    elif isinstance(value, str):
        sdk = _WITH_UNIT.fullmatch(value)
        if sdk:
            return float((sdk[1] or sdk[2]).replace(",", "") or "nan")
        with suppress(ValueError):
            return float(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return None


def write_pools(pools: Pools, path: str | os.PathLike[str]) -> str:
    """Write pools to a file that :func:`read_pools` reads: CSV, or JSON by the file's name.

    Returns
    -------
    str
        One sentence: what was written.

    Raises
    ------
    InputError
        A name that ends neither in .csv nor in .json.
    FileError
        A file that cannot be written; what was there is untouched.
    """
    place = files.place(path)
    kind = place.suffix.lower()
    if kind not in (".csv", ".json"):
        refuse("path", str(path), "a name that ends in .csv or .json")
    rows = [_written(row) for row in pools.values()]
    dated: dict[str, float | str | None] = {"block": pools.block, "date": pools.date or None}
    if kind == ".json":
        text = json.dumps({**dated, "pools": rows}, indent=1) + "\n"
    else:
        page = io.StringIO()
        writer = csv.DictWriter(page, [*COLUMNS, "block", "date"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | dated for row in rows)
        text = page.getvalue()
    return f"{files.write(place, text)}: {len(rows)} netuids, {_when(pools)}."


def _when(pools: Pools) -> str:
    said = [pools.date, f"block {pools.block:,}" if pools.block else ""]
    return ", ".join(filter(None, said)) or "of an unknown day"


def _written(row: PoolRecord) -> dict[str, float | str | None]:
    """Return a record by the names of the columns; None is not known."""
    entered = row.emission
    return {
        "netuid": row.netuid,
        "tao_in": row.tao_in,
        "alpha_in": row.alpha_in,
        "alpha_out": row.alpha_out,
        "price": row.quoted_price,
        "moving_price": row.moving_price,
        "tao_in_emission": None if entered is None else float(entered.tao_in),
        "alpha_in_emission": None if entered is None else float(entered.alpha_in),
        "alpha_out_emission": None if entered is None else float(entered.alpha_out),
        "excess_tao": row.excess_tao,
        "enabled": int(row.enabled),
        "miner_burned": row.miner_burned,
    }
