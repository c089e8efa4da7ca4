"""Block emission halves when half of what was left is issued: for TAO, and for each alpha."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.issuance import block_emission
from dtao_edu.engine.units import SUPPLY_CAP_RAO, from_rao

CAP = SUPPLY_CAP_RAO
thresholds = [CAP - CAP // 2**n for n in range(1, 45)]
"""Issuance at which halving n comes; the cap holds many twos, so the early ones are whole."""


def passed(issuance: int) -> int:
    """Count halvings by the rule's own words, in whole numbers alone."""
    n = 0
    while (CAP - issuance) * 2 ** (n + 1) <= CAP:
        n += 1
    return n


@given(st.integers(0, CAP - 1))
def test_halvings_by_counting(issuance: int) -> None:
    assert formulas.halvings(issuance) == passed(issuance)
    assert formulas.halvings(Fraction(issuance)) == passed(issuance)
    assert formulas.block_emission_rao(issuance) == 10**9 // 2 ** passed(issuance)


@pytest.mark.parametrize("near", range(-3, 4))
@pytest.mark.parametrize("threshold", thresholds)
def test_halvings_beside_every_threshold(threshold: int, near: int) -> None:
    issuance = threshold + near
    assert formulas.halvings(issuance) == passed(issuance)
    assert formulas.block_emission_rao(issuance) == 10**9 // 2 ** passed(issuance)


def test_the_first_thresholds_by_name() -> None:
    millions = [10.5, 15.75, 18.375, 19.6875]
    for n, threshold in enumerate(millions, start=1):
        at = int(threshold * 10**6) * 10**9
        assert formulas.halvings(at) == n
        assert formulas.halvings(at - 1) == n - 1
        assert block_emission(threshold * 10**6) == Fraction(1, 2**n)


@pytest.mark.parametrize("issuance", [CAP, CAP + 1, 2 * CAP, 2**64])
def test_from_the_cap_on_nothing_is_issued(issuance: int) -> None:
    assert formulas.block_emission_rao(issuance) == 0
    assert block_emission(from_rao(issuance)) == 0


def test_a_column_of_issuances_halves_entry_by_entry() -> None:
    # Even numbers: beyond 2^53 a float holds no odd ones.
    issued = [at + near for at in thresholds[:20] for near in (-4, 0, 4)] + [CAP, CAP + 8, 2 * CAP]
    emitted = formulas.block_emission_rao(np.array(issued, dtype=float))
    assert list(emitted) == [formulas.block_emission_rao(one) for one in issued]
    whole = formulas.block_emission(np.array(issued, dtype=float) / 10**9)
    assert list(whole[-3:]) == [0, 0, 0]


def test_at_the_cap_one_rao_is_taken_to_be_left() -> None:
    for issuance in (CAP, CAP + 1, 2 * CAP):
        assert formulas.halvings(issuance) == passed(CAP - 1) == formulas.halvings(CAP - 1)
    assert formulas.halvings(CAP - 2) == passed(CAP - 2) < passed(CAP - 1)


def test_after_thirty_halvings_nothing_is_left_of_a_block() -> None:
    assert formulas.block_emission_rao(thresholds[28]) == 1
    assert formulas.block_emission_rao(thresholds[29]) == 0


def test_emission_never_rises() -> None:
    steps = [formulas.block_emission_rao(CAP * i // 500) for i in range(510)]
    assert steps == sorted(steps, reverse=True)
    assert steps[0] == 10**9


@pytest.mark.parametrize("bad", [-1, float("nan"), float("inf"), "1", True, None])
def test_an_issuance_is_an_amount(bad: Any) -> None:
    with pytest.raises(InputError) as refused:
        block_emission(bad)
    assert refused.value.argument == "issuance"
