"""The pools of this moment. There is no chain here: what it stores is built by hand, and asked
for through the official SDK's own client where that is installed (extra `live`)."""

from __future__ import annotations

import datetime as day
import importlib.util
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from dtao_edu import ledger
from dtao_edu.cli import main
from dtao_edu.engine.errors import InputError
from dtao_edu.ledger.live import Stored, View, connect, snapshot

BLOCK = 9_500_000
WHEN = day.datetime(2026, 11, 20, 12, 0, tzinfo=day.UTC)
RAO, BITS = 10**9, 2**32
STORAGE: dict[str, dict[int, Stored]] = {
    "SubnetTAO": {0: 5_000_000 * RAO, 1: 20_000 * RAO, 2: 800 * RAO},
    "SubnetAlphaIn": {0: RAO, 1: 2_000_000 * RAO, 2: 100_000 * RAO},
    "SubnetAlphaOut": {0: RAO, 1: 3_000_000 * RAO},
    "SubnetTaoInEmission": {1: RAO // 100},
    "SubnetAlphaInEmission": {1: RAO // 2},
    "SubnetAlphaOutEmission": {1: RAO},
    "SubnetExcessTao": {1: RAO // 50},
    "SubnetMovingPrice": {1: {"bits": BITS // 128}, 2: {"bits": 0}},
    "MinerBurned": {1: {"bits": BITS // 4}},
    "SubnetEmissionEnabled": {1: True, 2: False},
    "FirstEmissionBlockNumber": {1: 5_000_000},
    "TokenSymbol": {},
}
SPOT = {0: 1.0, 1: 0.0101, 2: 0.008}


class ByHand:
    """A view that answers from the storage above."""

    block = BLOCK

    def query_map(self, item: tuple[str, str]) -> Sequence[tuple[int, Stored]]:
        assert item[0] == "SubtensorModule"
        return list(STORAGE[item[1]].items())

    def read(self, name: str) -> Mapping[int, float]:
        assert name == "alpha_prices"
        return SPOT

    def timestamp(self) -> day.datetime:
        return WHEN


class Substrate:
    """The chain's side of the SDK's client, which takes such an object in place of a connection."""

    def __init__(self) -> None:
        self.token_symbols: dict[int, str] = {}

    async def connect(self) -> None: ...

    async def close(self) -> None: ...

    async def block_number(self) -> int:
        return BLOCK

    async def block_hash(self, block: int | None = None) -> str:
        return f"0x{block or BLOCK:064x}"

    async def query_map(
        self, pallet: str, item: str, params: object = None, block_hash: str | None = None
    ) -> list[tuple[int, Stored]]:
        return list(STORAGE[item].items())

    async def query(
        self, pallet: str, item: str, params: object = None, block_hash: str | None = None
    ) -> int:
        assert (pallet, item) == ("Timestamp", "Now")
        return int(WHEN.timestamp() * 1000)

    async def runtime_call(
        self, api: str, method: str, params: object, block_hash: str | None = None
    ) -> list[dict[str, int]]:
        assert method == "current_alpha_price_all"
        return [{"netuid": n, "price": round(price * RAO)} for n, price in SPOT.items()]


@pytest.fixture(params=["by hand", "through the SDK"])
def view(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[View]:
    if request.param == "by hand":
        yield ByHand()
        return
    monkeypatch.setenv("HOME", str(tmp_path))  # the SDK keeps the names of tokens there
    bittensor = pytest.importorskip("bittensor", reason="the extra `live` is not installed")
    with bittensor.SyncClient(substrate=Substrate()) as client:
        yield client.at()


def test_a_snapshot_is_one_block_of_all_subnets(view: View, tmp_path: Path) -> None:
    pools = snapshot(view)
    assert (pools.block, pools.date, pools.netuids) == (BLOCK, "2026-11-20", (0, 1, 2))
    assert list(pools.trading()) == [1]
    row = pools[1]
    assert (row.tao_in, row.alpha_in, row.alpha_out) == (20_000, 2_000_000, 3_000_000)
    assert (row.moving_price, row.quoted_price, row.miner_burned) == (1 / 128, 0.0101, 0.25)
    assert row.emission is not None
    assert (row.emission.tao_in, row.emission.alpha_in, row.paid) == (0.01, 0.5, 0.03)
    assert (row.enabled, pools[2].enabled) == (True, False)
    assert pools.root.tao_in == 5_000_000
    ledger.write_pools(pools, tmp_path / "now.csv")
    assert ledger.read_pools(tmp_path / "now.csv")[1] == row


def test_without_the_sdk_one_sentence_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "bittensor", None)
    with pytest.raises(InputError, match=r"not installed.*dtao-edu\[live\]"):
        connect()
    assert main(["snapshot", str(tmp_path / "now.csv")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_the_package_does_not_need_the_sdk() -> None:
    found = importlib.util.find_spec("dtao_edu.ledger.live")
    assert found is not None
    assert "bittensor" not in vars(sys.modules["dtao_edu.ledger.live"])
