"""The judge: what counts as right, close, a factor or an idea, and in which order."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu.practice.checking.judge import (
    APART,
    FACTORS,
    Match,
    Rounding,
    candidates,
    close_sentence,
    judge,
    nearest_pair,
)
from dtao_edu.practice.checking.parse import read_number
from dtao_edu.practice.checking.rejected import Rejected
from dtao_edu.practice.checking.verdict import Outcome

IDEAS = {"spot": 50.0, "left": 66.7}


def judged(
    value: float, right: float, ideas: Iterable[float] = (), unit: str = "", **asked: int
) -> Match:
    """Judge one number."""
    rounding = Rounding(**asked)
    found = candidates([right], [[idea] for idea in ideas], rounding, [unit])
    return judge([value], found, rounding)


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
    match = judged(value, 100 / 3, IDEAS.values(), "alpha")
    named = [*IDEAS, ""][match.misconception]
    assert (match.outcome, named) == (outcome, misconception)


def test_an_idea_is_named_before_closeness() -> None:
    """An idea that a careless author put beside the right answer is still named."""
    assert judged(33.36, 100 / 3, [33.36], "alpha").misconception == 0


def test_the_right_answer_goes_before_everything() -> None:
    assert judged(33.333, 100 / 3, [100 / 3], "alpha").outcome is Outcome.RIGHT


def test_an_idea_times_a_factor_says_both() -> None:
    match = judged(50e9, 100 / 3, IDEAS.values(), "alpha")
    assert match.misconception == 0
    assert match.factor is not None
    assert "rao" in match.factor.sentence


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
    match = judged(given_as, 0.25, unit=unit)
    assert match.outcome is Outcome.FACTOR
    assert match.factor is not None
    assert names in match.factor.sentence


def test_without_a_unit_no_slip_of_unit_is_looked_for() -> None:
    assert judged(-2, 2).outcome is Outcome.WRONG


def test_what_cannot_be_read_is_refused_with_its_sentence() -> None:
    with pytest.raises(Rejected, match="One number") as told:
        read_number([1, 2], "TAO")
    assert told.value.outcome is Outcome.UNREADABLE
    with pytest.raises(Rejected) as told:
        read_number(...)
    assert told.value.outcome is Outcome.NOT_ATTEMPTED


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
    assert judged(rounded, right, unit=unit, digits=digits).outcome is Outcome.RIGHT
    assert judged(right + 11 * step, right, unit=unit, digits=digits).outcome is not Outcome.RIGHT
    near = judged(right + 5 * step, right, unit=unit, digits=digits).outcome
    counted = right == round(right)
    within = 5 * step <= 0.01 * abs(right)
    assert near is (Outcome.CLOSE if within and not counted else Outcome.WRONG)


@given(st.floats(-1e6, 1e6), st.integers(0, 6))
def test_decimals_are_counted_behind_the_point(right: float, decimals: int) -> None:
    assert judged(round(right, decimals), right, decimals=decimals).outcome is Outcome.RIGHT
    off = judged(right + 11 * 10**-decimals, right, decimals=decimals)
    assert off.outcome is not Outcome.RIGHT


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
    match = judge([33.3], candidates([100 / 3], [], rounding), rounding)
    assert match.outcome is (Outcome.RIGHT if rounding.decimals == 0 else Outcome.CLOSE)
    assert f"Asked: {words}." in close_sentence(rounding)


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
