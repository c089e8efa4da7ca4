"""What ballots name is counted by heads and by stake, and the two differ."""

from __future__ import annotations

import pytest

from dtao_edu import ledger
from dtao_edu.studies.ballots import Ballots, ballots


def test_by_stake_a_large_voter_counts_for_more() -> None:
    cast = Ballots(named=(1, 1, 5), stakes=(10.0, 10.0, 80.0))
    assert (cast.median_by_heads, cast.median_by_stake) == (1, 5)
    assert cast.stake_naming(0, 1) == pytest.approx(0.2)
    assert cast.stake_naming(2) == pytest.approx(0.8)
    assert cast.stake_naming(0) == 1


def test_on_the_ledger_the_half_that_named_few_held_little() -> None:
    cast = ballots(ledger.root_vote("2024-11-24"))
    assert cast.voted == 57
    assert cast.stake_naming(0, cast.median_by_heads) == pytest.approx(0.0115, abs=0.0001)
    assert cast.median_by_stake == 42
