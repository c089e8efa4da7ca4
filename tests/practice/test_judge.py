"""The judge: what counts as right, close, a factor or an idea, and in which order."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu.practice import judge_value
from dtao_edu.practice.checking.judge import (
    APART,
    FACTORS,
    Rounding,
    candidates,
    judge,
    nearest_pair,
)
from dtao_edu.practice.checking.verdict import Outcome

IDEAS = [("spot", 50.0, "Spot."), ("left", 66.7, "Left.")]


@pytest.mark.parametrize(
    ("value", "outcome", "misconception"),
    [
        (33.333333, Outcome.RIGHT, ""),
        (33.33, Outcome.RIGHT, ""),
        (33.34, Outcome.RIGHT, ""),  # cut off or rounded the other way by one step
        (33.36, Outcome.CLOSE, ""),
        (33.3, Outcome.CLOSE, ""),  # rounded to fewer digits than asked
        (33, Outcome.CLOSE, ""),
        (30, Outcome.WRONG, ""),  # a tenth off is no rounding
        (34, Outcome.WRONG, ""),
        (33.5, Outcome.WRONG, ""),
        (50, Outcome.MISCONCEPTION, "spot"),
        (50.01, Outcome.MISCONCEPTION, "spot"),
        (50.03, Outcome.WRONG, ""),
        (66.7, Outcome.MISCONCEPTION, "left"),
        (33.33e9, Outcome.FACTOR, ""),
        (33.33e-9, Outcome.FACTOR, ""),
        (-33.33, Outcome.FACTOR, ""),
        (50e9, Outcome.MISCONCEPTION_FACTOR, "spot"),
        (-66.7, Outcome.MISCONCEPTION_FACTOR, "left"),
        (3333, Outcome.WRONG, ""),  # percent is no slip of an amount
        (0, Outcome.WRONG, ""),
    ],
)
def test_a_number_is_told_apart(value: float, outcome: Outcome, misconception: str) -> None:
    verdict = judge_value(value, 100 / 3, IDEAS, unit="alpha")
    assert (verdict.outcome, verdict.misconception) == (outcome, misconception)
    assert bool(verdict) is (outcome is Outcome.RIGHT)
    assert verdict.expected == "33.3333333 alpha"


def test_an_idea_is_named_before_closeness() -> None:
    """An idea that a careless author put beside the right answer is still named."""
    verdict = judge_value(33.36, 100 / 3, [("near", 33.36, "Near.")], unit="alpha")
    assert verdict.misconception == "near"


def test_the_right_answer_goes_before_everything() -> None:
    assert judge_value(33.333, 100 / 3, [("same", 100 / 3, "Same.")], unit="alpha")


def test_an_idea_times_a_factor_says_both() -> None:
    verdict = judge_value(50e9, 100 / 3, IDEAS, unit="alpha")
    assert "Spot." in verdict.text
    assert "rao" in verdict.text


@pytest.mark.parametrize(
    ("unit", "given_as", "names"),
    [
        ("share", 25.0, "percent"),
        ("%", 0.0025, "part of 1"),
        ("TAO per alpha", 4.0, "upside down"),
        ("TAO per block", 1800.0, "7,200"),
        ("TAO per day", 0.25 / 7200, "7,200"),
    ],
)
def test_every_unit_has_its_own_slips(unit: str, given_as: float, names: str) -> None:
    verdict = judge_value(given_as, 0.25, unit=unit)
    assert verdict.outcome is Outcome.FACTOR
    assert names in verdict.text


def test_without_a_unit_no_slip_of_unit_is_looked_for() -> None:
    assert judge_value(-2, 2).outcome is Outcome.WRONG


def test_what_cannot_be_read_is_refused_with_its_sentence() -> None:
    verdict = judge_value([1, 2], 2, unit="TAO")
    assert verdict.outcome is Outcome.UNREADABLE
    assert "One number" in verdict.text
    assert judge_value(..., 2).outcome is Outcome.NOT_ATTEMPTED


@given(
    st.floats(1e-6, 1e9),
    st.integers(2, 9),
    st.sampled_from(["TAO", "share", "%", "TAO per alpha", ""]),
)
def test_rounding_as_asked_is_right_and_ten_steps_away_is_not(
    right: float, digits: int, unit: str
) -> None:
    step = Rounding(digits).step(right)
    rounded = float(f"{right:.{digits - 1}e}")
    assert judge_value(rounded, right, unit=unit, digits=digits)
    assert not judge_value(right + 11 * step, right, unit=unit, digits=digits)
    near = judge_value(right + 5 * step, right, unit=unit, digits=digits).outcome
    counted = right == round(right)
    within = 5 * step <= 0.01 * abs(right)
    assert near is (Outcome.CLOSE if within and not counted else Outcome.WRONG)


@given(st.floats(-1e6, 1e6), st.integers(0, 6))
def test_decimals_are_counted_behind_the_point(right: float, decimals: int) -> None:
    assert judge_value(round(right, decimals), right, decimals=decimals)
    assert not judge_value(right + 11 * 10**-decimals, right, decimals=decimals)


@pytest.mark.parametrize(
    ("rounding", "words"),
    [
        (Rounding(4), "4 significant digits"),
        (Rounding(decimals=3), "3 decimals"),
        (Rounding(decimals=0), "a whole number"),
    ],
)
def test_who_rounds_too_early_is_told_how_exactly_is_asked(rounding: Rounding, words: str) -> None:
    assert str(rounding) == words
    verdict = judge_value(33.3, 100 / 3, digits=rounding.digits, decimals=rounding.decimals)
    if rounding.decimals == 0:
        assert verdict
    else:
        assert verdict.outcome is Outcome.CLOSE
        assert f"Asked: {words}." in verdict.text


def test_a_table_is_right_only_if_every_entry_is() -> None:
    rounding = Rounding(4)
    found = candidates([1.0, 2.0], [[1.0, 3.0], [5.0, 2.0]], rounding, ["TAO"])
    kinds = {
        (1.0, 2.0): (Outcome.RIGHT, -1),
        (1.0, 3.0): (Outcome.MISCONCEPTION, 0),
        (5.0, 2.0): (Outcome.MISCONCEPTION, 1),
        (5.0, 3.0): (Outcome.WRONG, -1),
        (1e9, 2e9): (Outcome.FACTOR, -1),
        (1e9, 2.0): (Outcome.WRONG, -1),
    }
    for values, expected in kinds.items():
        finding = judge(values, found, rounding)
        assert (finding.outcome, finding.misconception) == expected
    assert judge([1.0, 7.0], found, rounding).place == 1


def test_nothing_that_is_not_a_number_is_ever_right() -> None:
    found = candidates([1.0], [[math.inf]], Rounding(4), ["TAO"])
    assert len({one.misconception for one in found}) == 1, (
        "an idea without a finite value is left out"
    )
    for value in (math.nan, math.inf, -math.inf):
        assert judge([value], found, Rounding(4)).outcome is Outcome.WRONG


def test_candidates_that_come_near_are_found() -> None:
    rounding = Rounding(4)
    step = rounding.step(100.0)
    near = candidates([100.0], [[100.0 + 0.9 * APART * step]], rounding, [])
    apart = candidates([100.0], [[100.0 + 1.1 * APART * step]], rounding, [])
    assert nearest_pair(near) is not None
    assert nearest_pair(apart) is None


def test_zero_is_met_by_zero_alone() -> None:
    found = candidates([0.5, 0.0], [[0.0, 0.0]], Rounding(4), ["share"])
    assert judge([0.5, 0.0], found, Rounding(4)).outcome is Outcome.RIGHT
    assert judge([0.5, 1e-17], found, Rounding(4)).outcome is Outcome.RIGHT
    assert judge([0.5, 0.001], found, Rounding(4)).outcome is Outcome.WRONG
    assert judge([0.0, 0.0], found, Rounding(4)).outcome is Outcome.MISCONCEPTION


@pytest.mark.parametrize("factor", FACTORS, ids=lambda factor: factor.name)
def test_a_factor_changes_every_number_and_has_a_sentence(factor: object) -> None:
    assert factor.of(0.25) != 0.25  # type: ignore[attr-defined]
    assert factor.sentence.endswith(".")  # type: ignore[attr-defined]
    assert factor.units  # type: ignore[attr-defined]


@pytest.mark.parametrize("value", [0.0, 33.333, -1234.5])
@pytest.mark.parametrize("decimals", [0, 1, 2, 3])
def test_one_unit_of_the_last_decimal_is_a_tenth_of_the_one_before(
    decimals: int, value: float
) -> None:
    assert Rounding(decimals=decimals).step(value) == pytest.approx(0.1**decimals, rel=1e-12)


def test_coarser_is_every_rounding_to_fewer_digits_than_asked() -> None:
    assert Rounding(4).coarser(27.1828) == [30.0, 27.0, 27.2]
    assert Rounding(1).coarser(27.1828) == []
    assert Rounding(decimals=3).coarser(27.1828) == [27.0, 27.2, 27.18]
    assert Rounding(decimals=0).coarser(27.1828) == []
