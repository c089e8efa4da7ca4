"""Pools of a day of one's own: what is read, and that every fault is shown where it is."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu import ledger
from dtao_edu.engine.errors import InputError
from dtao_edu.files import FileError

HEAD = "netuid,tao_in,alpha_in,alpha_out"


def read(folder: Path, text: str | bytes, name: str = "mine.csv") -> ledger.OwnPools:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return ledger.read_pools(path)


@pytest.mark.parametrize("date", ["2025-04-17", "2026-04-11", "2026-08-07"])
@pytest.mark.parametrize("name", ["mine.csv", "mine.json"])
def test_what_is_written_is_read_again(tmp_path: Path, date: str, name: str) -> None:
    there = ledger.pools(date)
    said = ledger.write_pools(there, tmp_path / name)
    assert f"{len(there)} netuids" in said
    again = ledger.read_pools(tmp_path / name)
    assert (again.date, again.block, again.netuids) == (there.date, there.block, there.netuids)
    for netuid, row in there.items():
        mine = again[netuid]
        for field in ("tao_in", "alpha_in", "alpha_out", "moving_price", "quoted_price"):
            assert getattr(mine, field) == getattr(row, field)
        assert (mine.paid, mine.enabled) == (row.paid, row.enabled)
    if date.startswith("2026"):
        assert set(again.trading()) == set(there.trading())


def test_four_columns_are_enough_and_others_are_passed_over(tmp_path: Path) -> None:
    mine = read(tmp_path, f"name,{HEAD}\nTargon,4,1000,50000,90000\nroot,0,5000,9,9\n")
    assert list(mine.trading()) == [4]
    assert (mine[4].price, mine[4].alpha_out, mine[4].moving_price) == (0.02, 90000, None)
    assert mine.root.tao_in == 5000
    assert (mine.date, mine.block) == ("", None)


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_spreadsheets_separators_and_its_mark_at_the_front(tmp_path: Path, between: str) -> None:
    text = f"{HEAD}\r\n4,1000.5,50000,90000\r\n\r\n".replace(",", between)
    assert read(tmp_path, b"\xef\xbb\xbf" + text.encode())[4].tao_in == 1000.5


def test_whole_amounts_beyond_all_that_can_exist_are_rao(tmp_path: Path) -> None:
    mine = read(tmp_path, f"{HEAD}\n4,1000500000000,50000000000000,90\n")
    assert (mine[4].tao_in, mine[4].alpha_in, mine[4].alpha_out) == (1000.5, 50000, 9e-8)
    with pytest.raises(InputError, match=r"line 2, column 2 \(tao_in\).*21,000,000.*rao"):
        read(tmp_path, f"{HEAD}\n4,1000500000000,50000.5,90\n")


def test_amounts_as_the_official_sdk_writes_them(tmp_path: Path) -> None:
    records = [
        {
            "netuid": 4,
            "tao_in": "τ1,234.500000000",
            "alpha_in": {"rao": 50_000_000_000_000},
            "alpha_out": "90,000.000000000α₄",
            "moving_price": {"bits": 2**31},
        }
    ]
    mine = read(tmp_path, json.dumps({"subnets": records, "block": 9, "date": "2026-11-20"}))
    assert (mine[4].tao_in, mine[4].alpha_in, mine[4].alpha_out) == (1234.5, 50_000, 90_000)
    assert mine[4].moving_price == 0.5
    assert (mine.block, mine.date) == (9, "2026-11-20")


def test_a_subnet_without_moving_price_or_reserves_is_not_open(tmp_path: Path) -> None:
    mine = read(tmp_path, f"{HEAD},moving_price\n4,1,2,3,0.4\n5,1,2,3,\n6,1,2,3,0\n7,0,0,0,0.1\n")
    assert list(mine.trading()) == [4]


FAULTS = {
    "no number": (f"{HEAD}\n4,1,2,3\n5,1,many,3\n", r"line 3, column 3 \(alpha_in\) is 'many'"),
    "a decimal comma": (f"{HEAD}\n".replace(",", ";") + "4;1,5;2;3\n", r"column 2 \(tao_in\)"),
    "below 0": (f"{HEAD}\n4,1,2,-3\n", r"line 2, column 4 \(alpha_out\) is '-3'"),
    "not a number": (f"{HEAD}\n4,nan,2,3\n", r"line 2, column 2 \(tao_in\) is 'nan'"),
    "nothing": (f"{HEAD}\n4,,2,3\n", r"line 2, column 2 \(tao_in\) is ''"),
    "netuid": (f"{HEAD}\nroot,1,2,3\n", r"line 2, column 1 \(netuid\) is 'root'"),
    "netuid twice": (f"{HEAD}\n4,1,2,3\n4,1,2,3\n", r"line 3, column 1 \(netuid\).*once"),
    "a cell less": (f"{HEAD}\n4,1,2\n", r"line 2 is '3 entries'; allowed: 4"),
    "burning": (f"{HEAD},miner_burned\n4,1,2,3,1.5\n", r"column 5 \(miner_burned\)"),
    "switch": (f"{HEAD},enabled\n4,1,2,3,maybe\n", r"\(enabled\).*0 or 1"),
    "two blocks": (f"{HEAD},block\n4,1,2,3,8\n5,1,2,3,9\n", r"line 3, column 5 \(block\) is '9'"),
    "a day": (f"{HEAD},date\n4,1,2,3,Monday\n", r"line 2, column 5 \(date\) is 'Monday'"),
    "another table": ("name,price\nTargon,0.05\n", r"line 2 is 'a row without netuid, tao_in"),
    "a head alone": (HEAD, "without a subnet"),
    "empty": ("", "without a subnet"),
    "a page": ("<html><body>Not found</body></html>", "without a subnet"),
    "half of JSON": ('{"pools": [\n {"netuid": 4, "tao_in": }\n]}', r"line 2, column 26"),
    "other JSON": ('{"prices": []}', r"an object with 'prices'.*'pools' or 'subnets'"),
    "JSON without records": ("[4, 5]", r"line 1, column 2 \(a record\) is 4"),
    "a record less": ('[{"netuid": 4}]', r"line 1 is 'a row without tao_in"),
    "later a record less": (
        '[{"netuid": 4, "tao_in": 1, "alpha_in": 2, "alpha_out": 3},\n {"netuid": 5}]',
        r"line 2, column 13 \(netuid\).*tao_in, alpha_in, alpha_out too",
    ),
    "a value in JSON": (
        '[\n {"netuid": 4, "tao_in": 1,\n  "alpha_in": [2], "alpha_out": 3}]',
        r"line 3, column 15 \(alpha_in\) is \[2\]",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_sentence_with_line_and_column(tmp_path: Path, fault: str) -> None:
    text, said = FAULTS[fault]
    with pytest.raises(InputError, match=said) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith("mine.csv")
    assert "\n" not in str(caught.value)


def test_a_file_of_another_kind_or_none_at_all(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"line 2, column 3.*UTF-8"):
        read(tmp_path, b"netuid\nab\xff")
    with pytest.raises(InputError, match=r"path is .*missing.csv.*No such file"):
        ledger.read_pools(tmp_path / "missing.csv")
    with pytest.raises(InputError, match="path is "):
        ledger.read_pools(tmp_path)
    with pytest.raises(InputError, match=r"\.csv or \.json"):
        ledger.write_pools(ledger.pools(), tmp_path / "mine.txt")
    with pytest.raises(FileError):
        ledger.write_pools(ledger.pools(), tmp_path / "no" / "mine.csv")


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_no_text_brings_anything_but_pools_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, text: str | bytes
) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "any.csv").write_bytes(
        text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    )
    with pytest.raises(InputError):
        ledger.read_pools(folder / "any.csv")


CELLS = st.sampled_from(["", "1", "0", "x", "1e999", "-1", "τ1,2.5", "[", "null", "{}", "true"])


@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=3), st.booleans())
def test_no_cells_bring_anything_but_pools_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, cells: list[list[str]], as_json: bool
) -> None:
    names = HEAD.split(",")
    rows = [dict(zip(names, row, strict=True)) for row in cells]
    text = json.dumps(rows) if as_json else "\n".join([HEAD, *(";".join(row) for row in cells)])
    path = tmp_path_factory.getbasetemp() / "cells.csv"
    path.write_text(text, encoding="utf-8")
    with suppress(InputError):
        assert all(row.tao_in >= 0 for row in ledger.read_pools(path).values())


def test_own_pools_show_themselves_and_say_that_nothing_was_checked(tmp_path: Path) -> None:
    mine = read(tmp_path, f"{HEAD},block,date\n4,1,2,3,8791247,2026-08-07T08:35Z\n")
    assert repr(mine) == "<OwnPools from mine.csv, 2026-08-07, block 8,791,247: 1 netuids>"
    assert "does not say" in str(mine.provenance)
    assert isinstance(mine.trading(), ledger.OwnPools)
