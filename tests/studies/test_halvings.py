"""When an issuance halves next, and that its whole life ends under the cap."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.units import SUPPLY_CAP_RAO, from_rao
from dtao_edu.studies.halvings import (
    blocks_to_halving,
    issuance_after_periods_rao,
    next_halving,
)

CAP = SUPPLY_CAP_RAO


@given(st.integers(0, CAP - 10**9))
def test_the_next_halving_is_the_next(issuance: int) -> None:
    amount = from_rao(issuance)
    following = next_halving(amount)
    assert following > amount
    rao = int(following * 10**9)
    assert formulas.halvings(rao + 1) > formulas.halvings(issuance)
    assert formulas.halvings(rao - 1) == formulas.halvings(issuance)


def test_blocks_to_the_next_halving() -> None:
    assert blocks_to_halving(0) == 10_500_000
    assert blocks_to_halving(10_500_000) == 10_500_000  # half the TAO, half a block
    assert blocks_to_halving(10_499_000) == 1000
    assert blocks_to_halving(10_499_000, issued_per_block=2) == 500
    assert blocks_to_halving(10_499_000.5, Fraction(1, 2)) == 1999


def test_at_the_cap_no_halving_comes_any_more() -> None:
    assert blocks_to_halving(21_000_000) == float("inf")
    assert blocks_to_halving(0, issued_per_block=0) == float("inf")


def test_the_whole_life_of_the_issuance_ends_under_the_cap() -> None:
    assert issuance_after_periods_rao(0) == 0
    assert issuance_after_periods_rao(1) == 10_500_000 * 10**9
    assert issuance_after_periods_rao(3) == 18_375_000 * 10**9
    assert issuance_after_periods_rao(100) == 20_999_999_989_500_000 < CAP
    assert issuance_after_periods_rao(2, blocks=10) == 20 * 10**9


def test_periods_are_whole() -> None:
    with pytest.raises(InputError):
        issuance_after_periods_rao(-1)
    with pytest.raises(InputError):
        issuance_after_periods_rao(1.5)  # type: ignore[arg-type]


@pytest.mark.parametrize("bad", [-1, float("nan"), float("inf"), "1", True, None])
def test_an_issuance_is_an_amount(bad: Any) -> None:
    for ask in (next_halving, blocks_to_halving):
        with pytest.raises(InputError) as refused:
            ask(bad)
        assert refused.value.argument == "issuance"
    if bad is not None:  # which means the block emission
        with pytest.raises(InputError) as refused:
            blocks_to_halving(0, bad)
        assert refused.value.argument == "issued_per_block"
