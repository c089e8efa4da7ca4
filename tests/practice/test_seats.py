"""Seats: which spellings are one learner, and which are refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu import exercise, sit
from dtao_edu.engine.errors import InputError
from dtao_edu.practice.seats import LETTERS, canonical, class_seat, is_class_seat, read_seat

SEVEN = st.text(alphabet=LETTERS, min_size=7, max_size=7)


@pytest.mark.parametrize(
    "spelling", ["student-17", "Student-17", "student 17", " STUDENT_17 ", "student\u201117"]
)
def test_one_seat_has_many_spellings(spelling: str) -> None:
    assert sit(spelling).heading == "You sit as student-17"
    assert exercise("05.1").heading.endswith("in the numbers of student-17")


@given(st.text(min_size=1, max_size=20))
def test_unicode_forms_and_cases_are_one_learner(name: str) -> None:
    forms = [unicodedata.normalize(form, name) for form in ("NFC", "NFD", "NFKC", "NFKD")]
    assert len({canonical(form) for form in forms}) == 1
    assert canonical(canonical(name)) == canonical(name)


def test_the_shared_numbers_are_not_named_in_the_text() -> None:
    assert "numbers of" not in exercise("05.1").heading


@given(SEVEN)
def test_a_seat_of_a_class_is_read_in_any_spelling(letters: str) -> None:
    seat = class_seat(letters)
    assert is_class_seat(seat)
    for spelling in (
        seat,
        seat.upper(),
        seat.replace("-", " "),
        f"seat-{seat[5:].replace('-', '')}",
    ):
        assert read_seat(spelling) == seat


@given(SEVEN, st.integers(0, 7), st.sampled_from(LETTERS))
def test_one_mistyped_letter_is_refused(letters: str, place: int, other: str) -> None:
    whole = class_seat(letters)[5:].replace("-", "")
    if whole[place] == other:
        return
    wrong = f"seat-{whole[:place]}{other}{whole[place + 1 :]}"
    assert not is_class_seat(wrong)
    with pytest.raises(InputError, match="mistyped"):
        read_seat(wrong)


@given(SEVEN, st.integers(0, 6))
def test_two_letters_exchanged_are_refused(letters: str, place: int) -> None:
    whole = class_seat(letters)[5:].replace("-", "")
    swapped = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]
    assert is_class_seat(f"seat-{swapped}") is (swapped == whole)


@pytest.mark.parametrize("name", ["", "  ", "-", "\x00", "x" * 61, None, True, 1.5])
def test_what_is_no_name_is_refused(name: object) -> None:
    with pytest.raises(InputError, match="name is"):
        read_seat(name)


def test_a_name_of_version_01_keeps_its_numbers() -> None:
    assert read_seat("jo reader", ["Jo Reader"]) == "Jo Reader"
    assert read_seat("JO", ["Jo", "JO"]) == "JO"
