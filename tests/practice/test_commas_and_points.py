"""A decimal comma, and points or commas between thousands, are told as what they are."""

from __future__ import annotations

import pytest

from dtao_edu.practice import bank
from dtao_edu.practice.assess import assess
from dtao_edu.practice.checking.verdict import Outcome
from dtao_edu.practice.exercise.exercise import task


@pytest.mark.parametrize(
    ("name", "written"),
    [("05.5", "{0:,.3f}"), ("05.5", "{0:,.3f} TAO"), ("14.5", ["{0}", "{1}"])],
)
def test_a_decimal_comma_is_not_taken_for_a_slip(name: str, written: str | list[str]) -> None:
    """Who writes 6,542 for 6.542 has the right number, and is told about the comma alone."""
    one = task(bank.find(name), "learner-7")
    texts = [f"{float(value):.3f}".replace(".", ",") for value in one.values]
    if isinstance(written, str):
        answer: str | list[str] = texts[0] + written.partition("}")[2]
    else:
        answer = texts
    verdict = assess(one, answer)
    assert verdict.outcome is Outcome.UNREADABLE
    assert "comma" in verdict.text
    assert "point" in verdict.text
    assert not verdict


def test_a_comma_between_thousands_stays_one() -> None:
    one = task(bank.find("05.1"), "learner-7")
    assert assess(one, f"{float(one.values[0]):,.0f}")
    wrong = assess(one, "12,345")
    assert "comma" not in wrong.text


def test_a_gain_beyond_the_pool_leaves_no_negative_pool() -> None:
    verdict = assess(task(bank.find("05.5"), "learner-7"), 1e6)
    assert "more than the pool ever held" in verdict.text
    assert "-" not in verdict.text.partition("Next:")[0]


def test_a_point_between_thousands_is_told_as_that() -> None:
    one = task(bank.find("05.1"), "learner-7")
    written = f"{float(one.values[0]):,.0f}".replace(",", ".")
    for answer in (written, f"{written} alpha"):
        verdict = assess(one, answer)
        assert verdict.outcome is Outcome.UNREADABLE
        assert "thousands" in verdict.text
    assert "point" not in assess(one, "12.345").text
