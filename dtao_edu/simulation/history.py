"""What a run leaves behind: columns of records, in time."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import refuse, whole
from dtao_edu.engine.units import BLOCKS_PER_DAY
from dtao_edu.simulation.life import Registration
from dtao_edu.simulation.network import Network
from dtao_edu.simulation.rules import day_of
from dtao_edu.simulation.state import Column

if TYPE_CHECKING:
    from pandas import DataFrame

TABLES = ("tao_in", "alpha_in", "alpha_out", "price", "moving_price", "share", "user_flow")
"""Quantities with one column a subnet."""
SERIES = ("issuance", "root_tao")
"""Quantities with one number a record."""
_FORMAT = "dtao_edu history 1"
About = Mapping[str, str | int | float | bool | list[str]]
"""What a history says of its run."""


@dataclass(frozen=True, eq=False)
class History:
    """Records of a run: the first before it began, then every so many blocks, and its end.

    Attributes
    ----------
    block : records' blocks; `days` : days since the first of them; `netuid` : the columns.
    tao_in, alpha_in, alpha_out, price, moving_price, share, user_flow : arrays of records by
        subnets. `share` is of the next block's TAO; `user_flow` is TAO staked less TAO
        unstaked by traders since the start.
    issuance, root_tao : one number a record.
    wallets : {name: (free TAO a record, alpha by records and subnets)}.
    network : the network at the end; None in a history that was read from a file.
    registrations : with `life_cycle`, the subnets that took the place of others, in time.
    stopped : True if the run was interrupted; what it had by then is here.
    step_error : with steps larger than a block, the largest relative error of a price,
        estimated from a run with half the step; None if it was not asked for; else 0.
    about : rules, seed, and how it was computed.

    Examples
    --------
    >>> from dtao_edu import Network, Pool, simulate
    >>> run = simulate(Network({1: Pool(100, 1000, 500)}, root_tao=1000), blocks=10)
    >>> run.price.shape, float(run.at(run.block[-1])["tao_in"][0].round(2))
    ((2, 1), 109.95)
    """

    netuid: Column
    block: Column
    tao_in: Column
    alpha_in: Column
    alpha_out: Column
    price: Column
    moving_price: Column
    share: Column
    user_flow: Column
    issuance: Column
    root_tao: Column
    wallets: Mapping[str, tuple[Column, Column]] = field(default_factory=dict)
    network: Network | None = None
    registrations: tuple[Registration, ...] = ()
    stopped: bool = False
    step_error: float | None = 0.0
    about: About = field(default_factory=dict)

    @property
    def days(self) -> Column:
        """Days since the first record."""
        return cast("Column", (self.block - self.block[0]) / BLOCKS_PER_DAY)

    @property
    def dates(self) -> list[date]:
        """The day of each record."""
        return [day_of(int(block)) for block in self.block]

    @property
    def root_proportion(self) -> Column:
        """Root's part in the stake weight of each subnet, at each record."""
        weight = float(cast("float", self.about.get("tao_weight", 0.18)))
        issued = self.alpha_in + self.alpha_out
        return formulas.root_proportion(self.root_tao[:, None], issued, weight)

    def __len__(self) -> int:
        return len(self.block)

    def __repr__(self) -> str:
        ended = ", stopped early" if self.stopped else ""
        error = f", prices to {self.step_error:.1g}" if self.step_error else ""
        return (
            f"History({len(self)} records of {len(self.netuid)} subnets, "
            f"{self.days[-1]:.4g} days{error}{ended})"
        )

    def at(self, block: int) -> dict[str, Column]:
        """Return the last record at or before a block."""
        place = int(np.searchsorted(self.block, whole("block", block), side="right")) - 1
        if place < 0:
            refuse("block", block, f"{self.block[0]} or later")
        return {name: getattr(self, name)[place] for name in ("block", *TABLES, *SERIES)}

    def of(self, netuid: int, quantity: str = "price") -> Column:
        """Return one subnet's column of a quantity."""
        if quantity not in TABLES:
            refuse("quantity", quantity, "one of " + ", ".join(TABLES))
        places = np.flatnonzero(self.netuid == netuid)
        if not len(places):
            refuse("netuid", netuid, f"one of {self.netuid.tolist()}")
        return cast("Column", getattr(self, quantity)[:, places[0]])

    def wealth(self, name: str) -> Column:
        """TAO + sum of alpha * price of a wallet, at each record."""
        if name not in self.wallets:
            refuse("wallet", name, "one of " + ", ".join(self.wallets))
        tao, alpha = self.wallets[name]
        return cast("Column", tao + formulas.value(alpha, self.price).sum(axis=1))

    def to_pandas(self) -> DataFrame:
        """Return a data frame: a row for each record and subnet, wallets as further columns."""
        import pandas as pd

        return pd.DataFrame(self._long()).set_index(["block", "netuid"])

    def _long(self) -> dict[str, Column]:
        count = len(self.netuid)
        long: dict[str, Column] = {
            "block": np.repeat(self.block, count), "netuid": np.tile(self.netuid, len(self))
        }  # fmt: skip
        long |= {name: np.asarray(getattr(self, name), dtype=float).ravel() for name in TABLES}
        for name in SERIES:
            long[name] = np.repeat(np.asarray(getattr(self, name), dtype=float), count)
        for name, (tao, alpha) in self.wallets.items():
            long[f"tao of {name}"] = np.repeat(np.asarray(tao, dtype=float), count)
            long[f"alpha of {name}"] = np.asarray(alpha, dtype=float).ravel()
        return long

    def save(self, path: str | Path) -> Path:
        """Write the records to a file: Parquet if its name ends so, else CSV.

        The first line of a CSV, or the metadata of a Parquet file, says what the run was and
        carries a checksum that :meth:`load` compares.
        """
        long = self._long()
        head = {
            "format": _FORMAT,
            "columns": list(long),
            "rows": len(long["block"]),
            "sha256": _checksum(long),
            "stopped": self.stopped,
            "step_error": self.step_error,
            "about": dict(self.about),
            "registrations": [[float(part) for part in each] for each in self.registrations],
        }
        target = Path(path)
        if target.suffix == ".parquet":
            import pyarrow as pa
            import pyarrow.parquet as pq

            table = pa.table(long).replace_schema_metadata({"dtao_edu": json.dumps(head)})
            pq.write_table(table, target)
            return target
        with target.open("w", newline="", encoding="utf-8") as file:
            file.write("# " + json.dumps(head) + "\n")
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(long)
            writer.writerows(zip(*(column.tolist() for column in long.values()), strict=True))
        return target

    @classmethod
    def load(cls, path: str | Path) -> History:
        """Read a saved history, and check that it is whole.

        Raises
        ------
        InputError
            The file is not a history, is cut off, or was changed.
        """
        source = Path(path)
        if not source.exists():
            refuse("path", str(path), "a file that exists")
        try:
            head, long = (_parquet if source.suffix == ".parquet" else _csv)(source)
            if head["format"] != _FORMAT:
                raise ValueError(head["format"])
        except (ValueError, KeyError, IndexError, TypeError, StopIteration, OSError) as error:
            refuse("path", str(path), f"a file written by History.save ({error})")
        if list(long) != head["columns"] or len(long["block"]) != head["rows"]:
            refuse(
                "path",
                str(path),
                f"a whole file of {head['rows']} rows; it has {len(long.get('block', ()))}",
            )
        if _checksum(long) != head["sha256"]:
            refuse("path", str(path), "a file that was not changed; its checksum differs")
        netuid = long["netuid"][: int(np.argmax(np.diff(long["block"], append=-1) != 0)) + 1]
        tables = {
            name: column.reshape(-1, len(netuid))
            for name, column in long.items()
            if name not in ("netuid", "block")
        }
        names = [name.removeprefix("tao of ") for name in tables if name.startswith("tao of ")]
        return cls(
            netuid=netuid,
            block=long["block"][:: len(netuid)],
            **cast("dict[str, Any]", {name: tables[name] for name in TABLES}),
            **cast("dict[str, Any]", {name: tables[name][:, 0] for name in SERIES}),
            wallets={n: (tables[f"tao of {n}"][:, 0], tables[f"alpha of {n}"]) for n in names},
            stopped=head["stopped"],
            step_error=head["step_error"],
            about=head["about"],
            registrations=tuple(
                Registration(int(block), int(netuid), *amounts)
                for block, netuid, *amounts in head.get("registrations", ())
            ),
        )


def _checksum(long: Mapping[str, Column]) -> str:
    digest = hashlib.sha256()
    for name, column in long.items():
        kind = "<i8" if name in ("block", "netuid") else "<f8"
        digest.update(name.encode() + np.ascontiguousarray(column, dtype=kind).tobytes())
    return digest.hexdigest()


def _csv(source: Path) -> tuple[dict[str, Any], dict[str, Column]]:
    with source.open(newline="", encoding="utf-8") as file:
        first = file.readline()
        if not first.startswith("# {"):
            raise ValueError("its first line does not say what it is")
        head = json.loads(first[2:])
        rows = csv.reader(file)
        names = next(rows)
        columns = list(zip(*rows, strict=True))
    if len(columns) != len(names):
        raise ValueError(f"{len(names)} names for {len(columns)} columns")
    whole = ("block", "netuid")
    return head, {
        name: np.array(column, dtype=np.int64 if name in whole else float)
        for name, column in zip(names, columns, strict=True)
    }


def _parquet(source: Path) -> tuple[dict[str, Any], dict[str, Column]]:
    import pyarrow.parquet as pq

    table = pq.read_table(source)
    head = json.loads((table.schema.metadata or {})[b"dtao_edu"])
    return head, {name: table[name].to_numpy() for name in table.column_names}
