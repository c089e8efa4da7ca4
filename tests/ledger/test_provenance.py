"""Each table against its own provenance, and nothing in it that should not be there."""

from __future__ import annotations

import csv
import hashlib
import re
from importlib.resources import files
from pathlib import Path

import pytest

from dtao_edu import ledger
from dtao_edu.engine.errors import InputError
from dtao_edu.ledger.provenance import html_table, one_of, read

FOLDER = Path(str(files("dtao_edu.ledger"))) / "tables"
NAMES = list(ledger.tables())


def test_every_table_has_its_provenance_and_every_provenance_its_table() -> None:
    assert sorted(NAMES) == sorted(path.stem for path in FOLDER.glob("*.csv"))


@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_the_one_that_was_checked(name: str) -> None:
    entry = ledger.tables()[name]
    content = (FOLDER / f"{name}.csv").read_bytes().replace(b"\r\n", b"\n")
    assert hashlib.sha256(content).hexdigest() == entry.sha256
    assert len(read(name)) == entry.rows


@pytest.mark.parametrize("name", NAMES)
def test_provenance_says_where_when_and_what_it_cannot_say(name: str) -> None:
    entry = ledger.tables()[name]
    assert re.fullmatch(r"[\w.-]+/[\w.-]+", entry.repository)
    assert re.fullmatch(r"[0-9a-f]{40}", entry.commit)
    assert re.search(r"202[456]", entry.date)
    for text in (entry.title, entry.path, entry.licence, entry.units, entry.limits):
        assert len(text) > 10
    assert entry.checked


@pytest.mark.parametrize("name", NAMES)
def test_every_column_has_its_unit(name: str) -> None:
    entry = ledger.tables()[name]
    named = [column for column in read(name)[0] if not column.isdigit()]
    plain = {"uid", "netuid", "block", "time_utc", "date", "side", "startup_mode"}
    for column in set(named) - plain:
        word = column.split("_")[-1] if column.endswith("24h") else column
        said = entry.units.lower()
        assert column in said or (word in ("24h",) and "24 hours" in said), column


@pytest.mark.parametrize("name", NAMES)
def test_no_account_address_is_in_a_table(name: str) -> None:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            for cell in row:
                # An address has 47 or 48 letters and digits; a hash 64 after 0x.
                assert len(cell) < 25


def test_the_tables_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_200_000


def test_a_provenance_reads_as_a_page() -> None:
    page = str(ledger.tables()["pools_2025-04-17"])
    for part in ("The pools of all subnets", "block: 5373800", "taostat/taostats-docs", "limits:"):
        assert part in page
    assert "\n  block:" not in str(ledger.tables()["root_emission_2024-03"])
    assert "sha256" not in repr(ledger.tables()["pools_2025-04-17"])


def test_the_list_of_tables_names_each_once() -> None:
    tables = ledger.tables()
    assert [line.split(":")[0] for line in repr(tables).splitlines()] == NAMES
    assert tables._repr_html_().count("<tr>") == len(NAMES) + 1


def test_an_unknown_table_is_named_with_those_that_are_there() -> None:
    with pytest.raises(InputError, match="pools_2025-04-17") as caught:
        ledger.tables()["pools"]
    assert isinstance(caught.value, KeyError)
    assert not str(caught.value).startswith(("'", '"'))
    assert ledger.tables().get("pools") is None


def test_what_is_there_is_told_in_full_or_by_its_ends() -> None:
    assert one_of([1, 2]) == "1 or 2"
    assert one_of(range(8)).count("or") == 7
    assert one_of(range(9)) == "0, 1, ... 8 (9 in all)"


def test_cells_of_a_page_are_escaped_and_no_table_is_empty() -> None:
    assert "&lt;b&gt;" in html_table(("<b>",), [("<b>",)], "<b>")
    assert html_table(("a",), [("b",)], "c").startswith("<table><caption>c</caption>")
    with pytest.raises(InputError, match="rows"):
        html_table(("a",), [])
