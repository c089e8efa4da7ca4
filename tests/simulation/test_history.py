"""What a run leaves behind, on disk and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dtao_edu import History, simulate
from dtao_edu.engine.errors import InputError
from dtao_edu.simulation import traders
from dtao_edu.simulation.history import SERIES, TABLES
from tests.helpers.networks import network


@pytest.fixture(scope="module")
def run() -> Any:
    noise = traders.noise(500, 1, every=3)
    return simulate(network("flow_cap"), 60, traders=[noise, traders.miner(2)], record_every=20)


def same(one: Any, other: Any) -> bool:
    return (
        all(np.array_equal(getattr(one, n), getattr(other, n)) for n in (*TABLES, *SERIES))
        and np.array_equal(one.block, other.block)
        and np.array_equal(one.netuid, other.netuid)
        and all(
            np.array_equal(a, b)
            for name in one.wallets
            for a, b in zip(one.wallets[name], other.wallets[name], strict=True)
        )
    )


@pytest.mark.parametrize("name", ["run.csv", "run.parquet"])
def test_what_is_saved_comes_back_bit_for_bit(run: Any, tmp_path: Path, name: str) -> None:
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    back = History.load(run.save(tmp_path / name))
    assert same(run, back)
    assert back.about["rules"] == run.about["rules"]
    assert back.wealth("noise") == pytest.approx(run.wealth("noise"))
    assert back.network is None


def _cut(path: Path) -> None:
    path.write_text("\n".join(path.read_text().splitlines()[:-3]) + "\n")


def _change(path: Path) -> None:
    lines = path.read_text().splitlines()
    cells = lines[5].split(",")
    cells[2] = str(float(cells[2]) + 1)
    lines[5] = ",".join(cells)
    path.write_text("\n".join(lines) + "\n")


def _drop_a_cell(path: Path) -> None:
    lines = path.read_text().splitlines()
    lines[5] = lines[5].rpartition(",")[0]
    path.write_text("\n".join(lines) + "\n")


def _word(path: Path) -> None:
    lines = path.read_text().splitlines()
    lines[5] = "x," + lines[5].partition(",")[2]
    path.write_text("\n".join(lines) + "\n")


def _head(path: Path) -> None:
    path.write_text(path.read_text().partition("\n")[2])


def _other(path: Path) -> None:
    path.write_text(path.read_text().replace("dtao_edu history 1", "another format", 1))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_cut, "a whole file of"),
        (_change, "checksum"),
        (_drop_a_cell, "written by History.save"),
        (_word, "written by History.save"),
        (_head, "first line"),
        (_other, "another format"),
        (lambda path: path.write_text(""), "first line"),
        (lambda path: path.unlink(), "a file that exists"),
    ],
)
def test_a_damaged_file_is_refused(run: Any, tmp_path: Path, damage: Any, said: str) -> None:
    path = run.save(tmp_path / "run.csv")
    damage(path)
    with pytest.raises(InputError, match=said):
        History.load(path)


def test_a_damaged_parquet_is_refused(run: Any, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    path = run.save(tmp_path / "run.parquet")
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(InputError, match=r"written by History\.save"):
        History.load(path)


def test_a_frame_has_a_row_for_each_record_and_subnet(run: Any) -> None:
    pytest.importorskip("pandas")
    frame = run.to_pandas()
    assert frame.shape[0] == len(run) * len(run.netuid)
    last = frame.loc[(run.block[-1], 3)]
    assert last["price"] == run.of(3)[-1]
    assert last["alpha of noise"] == run.wallets["noise"][1][-1, 2]
    assert last["issuance"] == run.issuance[-1]


def test_a_record_is_found_by_block_and_a_column_by_netuid(run: Any) -> None:
    assert run.at(run.block[1] + 5)["block"] == run.block[1]
    assert (run.at(run.block[1])["price"] == run.price[1]).all()
    assert (run.of(4, "share") == run.share[:, 3]).all()
    assert run.root_proportion.shape == run.price.shape
    assert 0 < run.root_proportion.max() < 1
    assert run.dates[0].isoformat() == "2025-04-17"


@pytest.mark.parametrize(
    ("ask", "named"),
    [
        (lambda run: run.at(1), "block"),
        (lambda run: run.of(99), "netuid"),
        (lambda run: run.of(1, "colour"), "quantity"),
        (lambda run: run.wealth("nobody"), "wallet"),
    ],
)
def test_what_is_not_there_is_refused_by_name(run: Any, ask: Any, named: str) -> None:
    with pytest.raises(InputError) as refused:
        ask(run)
    assert refused.value.argument == named
