"""Concentration at equal number does not fall because subnets are added."""

from __future__ import annotations

import pytest

from dtao_edu import ledger
from dtao_edu.engine.errors import InputError
from dtao_edu.studies.concentration import concentration, concentration_days

VOTE = ledger.root_vote("2024-11-24").network().shares_by_netuid(issued_only=True)


def test_a_crowd_of_tiny_subnets_changes_the_raw_index_but_not_that_at_equal_number() -> None:
    few, many = [4, 3, 2, 1], [4, 3, 2, 1, *[0.5] * 20]
    before, after = concentration(few, 4), concentration(many, 4)
    assert after.hhi < 0.6 * before.hhi
    assert after.equal_number == pytest.approx(before.equal_number)
    assert after.gini > before.gini


def test_doubling_every_subnet_halves_the_raw_index_and_leaves_gini() -> None:
    once, twice = concentration([4, 3, 2, 1], 4), concentration([4, 3, 2, 1] * 2, 4)
    assert twice.hhi == pytest.approx(once.hhi / 2)
    assert twice.gini == pytest.approx(once.gini)


def test_on_the_ledger_the_market_was_more_concentrated_but_for_the_count_of_subnets() -> None:
    found = concentration_days(VOTE)
    assert len(found.days) == len(found.above("gini")) == 257
    assert len(found.above("hhi")) == 142
    assert len(found.above("equal_number")) == 247
    assert "2025-10-28" in found.above("equal_number")
    assert "2025-10-28" not in found.above("hhi")
    assert found.vote.hhi == pytest.approx(found.vote.equal_number)


def test_another_measure_is_refused() -> None:
    with pytest.raises(InputError, match="measure"):
        concentration_days(VOTE, ["2025-04-17"]).above("number")  # type: ignore[arg-type]
