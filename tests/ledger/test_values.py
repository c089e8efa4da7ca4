"""Values by netuid: mappings that nobody changes, with sums, shares and parts."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from dtao_edu import ledger
from dtao_edu.ledger.values import amounts

SOME = amounts({4: 3.0, 1: 1.0, 9: 0.0}, "2025-04-17", 5, "pools_2025-04-17")


def test_entries_stand_in_order_of_netuid() -> None:
    assert SOME.netuids == (1, 4, 9)
    assert SOME.entries == (1.0, 3.0, 0.0)
    assert SOME == {1: 1.0, 4: 3.0, 9: 0.0}


def test_shares_are_parts_of_the_sum() -> None:
    assert SOME.total == 4
    assert dict(SOME.shares()) == {1: 0.25, 4: 0.75, 9: 0}
    assert (SOME.shares().block, SOME.shares().date) == (5, "2025-04-17")


def test_parts_of_a_value() -> None:
    assert dict(SOME.only([4, 5])) == {4: 3.0}
    assert dict(SOME.without(4)) == {1: 1.0, 9: 0.0}
    assert SOME.top(2) == {4: 3.0, 1: 1.0}
    assert list(amounts({7: 1, 3: 1}, "", None, "").top()) == [3, 7]
    assert len(ledger.pools().prices().top()) == 10
    assert SOME.only([4]).table == SOME.table


def test_a_value_is_kept_as_it_is() -> None:
    assert pickle.loads(pickle.dumps(SOME)) == SOME
    with pytest.raises(AttributeError):
        SOME.date = ""  # type: ignore[misc]
    with pytest.raises(TypeError):
        SOME[1] = 2.0  # type: ignore[index]


def test_a_value_shows_its_largest_entries() -> None:
    assert repr(SOME) == "<Amounts of 2025-04-17, block 5: 3 netuids>"
    assert "block" not in repr(ledger.root_emission("2024-03"))
    page = SOME._repr_html_()
    assert "<td>4</td><td>3</td><td>75.00%</td>" in page
    assert "not shown" not in page
    page = ledger.pools().prices()._repr_html_()
    assert page.count("<tr>") == 7
    assert "80 more not shown" in page


def test_a_plain_mapping_by_netuid_shows_itself_too() -> None:
    page = ledger.ByNetuid((1,), ("x",), "2025-04-17", None, "pools_2025-04-17")._repr_html_()
    assert "<td>1</td><td>x</td>" in page


def test_votes_pools_and_prices_need_the_standard_library_only() -> None:
    code = (
        "import sys; from dtao_edu import ledger;"
        "ledger.root_vote('2024-11-24').network().emission_shares();"
        "ledger.pools().trading().prices().shares(); ledger.prices('2025-03-01');"
        "ledger.emission('2025-09-14'); ledger.swaps(); ledger.tables();"
        "assert not {'numpy', 'sympy', 'matplotlib', 'ipywidgets'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
