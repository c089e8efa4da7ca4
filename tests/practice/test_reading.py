"""Edges of judging and reading that a change of one sign or number would move."""

from __future__ import annotations

from array import array
from collections import UserList
from collections.abc import Callable, Sequence
from functools import partial

import pytest

from dtao_edu.practice.checking.judge import FACTORS, Rounding, candidates, judge
from dtao_edu.practice.checking.parse import read_number, read_order, read_table
from dtao_edu.practice.checking.rejected import Rejected
from dtao_edu.practice.checking.verdict import Outcome


def test_nothing_is_met_as_closely_as_the_whole_is_large() -> None:
    assert Rounding(4).step(0, 5.0) == pytest.approx(5e-12, rel=1e-9)
    assert Rounding(4).step(0, 0) == 1e-12
    (percent,) = [one for one in candidates([0.0, 2.0], [], Rounding(4), ["share"])
                  if one.factor and one.factor.name == "percent"]  # fmt: skip
    assert percent.steps[0] == pytest.approx(2e-12, rel=1e-9)
    found = candidates([0.0, 2.0], [], Rounding(4), ["share"])
    assert judge([1e-12, 200.0], found, Rounding(4)).outcome is Outcome.FACTOR
    assert judge([3e-12, 200.0], found, Rounding(4)).outcome is Outcome.WRONG


@pytest.mark.parametrize(
    ("name", "value", "turned"),
    [
        ("rao", 5.0, 5e9), ("parts of rao", 5e9, 5.0), ("percent", 0.25, 25.0),
        ("share", 25.0, 0.25), ("upside down", 4.0, 0.25), ("sign", 3.0, -3.0),
        ("day", 2.0, 14400.0), ("block", 14400.0, 2.0),
    ],
)  # fmt: skip
def test_a_factor_is_exactly_what_it_says(name: str, value: float, turned: float) -> None:
    (factor,) = [one for one in FACTORS if one.name == name]
    assert factor.of(value) == turned


@pytest.mark.parametrize(
    ("text", "said"),
    [("-", "with a point"), ("1e5/3", "cannot be read"), (".", "with a point")],
)
def test_signs_without_digits_and_odd_fractions_are_refused(text: str, said: str) -> None:
    with pytest.raises(Rejected, match=said):
        read_number(text)


def test_true_is_no_name_of_an_order() -> None:
    with pytest.raises(Rejected, match="is not one of"):
        read_order([True, 2], ["1", "2"])
    assert read_order([1.0, 2], ["1", "2"]) == ("1", "2")


def test_what_stands_twice_is_named_and_nothing_else() -> None:
    with pytest.raises(Rejected, match=r"stands twice") as told:
        read_order(["a", "b", "c", "b"], ["a", "b", "c"])
    assert str(told.value).endswith("must stand once: b stands twice.")


def test_the_places_that_still_hold_dots_are_counted() -> None:
    with pytest.raises(Rejected, match="2 of 3 places"):
        read_table([1, ..., ...], ["a", "b", "c"], ["", "", ""])


@pytest.mark.parametrize("made", [UserList, partial(array, "d")])
def test_a_list_of_any_kind_is_a_table(made: Callable[[list[float]], Sequence[float]]) -> None:
    assert read_table(made([1.5, 2.5]), ["a", "b"], ["", ""]) == [1.5, 2.5]


@pytest.mark.parametrize("answer", ["one, two", b"12", bytearray(b"12")])
def test_a_text_is_no_table(answer: object) -> None:
    with pytest.raises(Rejected, match=r"^Your answer is .* Asked for: 2 numbers, for a, b"):
        read_table(answer, ["a", "b"], ["", ""])


def test_a_table_has_as_many_numbers_as_rows() -> None:
    for size in (1, 3, 4):
        with pytest.raises(Rejected, match=f"^Your table has {size} row"):
            read_table(list(range(size)), ["a", "b"], ["", ""])


def test_a_word_is_cut_into_letters_only_where_all_names_are_letters() -> None:
    assert read_order("ba", ["a", "b"]) == ("b", "a")
    with pytest.raises(Rejected, match=r"must stand once: beta is missing"):
        read_order("alpha", ["alpha", "beta"])
    with pytest.raises(Rejected, match=r"must stand once: b is missing"):
        read_order("alpha", ["alpha", "b"])


def test_a_number_of_an_unknown_class_is_asked_for_its_float_and_never_compared() -> None:
    class Shy(float):
        def __eq__(self, other: object) -> bool:
            raise AssertionError("compared")

        __hash__ = float.__hash__

    assert read_table([Shy(1.5), 2], ["a", "b"], ["", ""])[1] == 2.0
    with pytest.raises(Rejected, match="1 of 2 places of the table still hold three dots"):
        read_table([Shy(1.5), ...], ["a", "b"], ["", ""])


def test_one_number_of_a_library_is_no_table_and_a_frame_of_one_is() -> None:
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    with pytest.raises(Rejected, match=r"^Your answer is .* Asked for: 2 numbers"):
        read_table(numpy.float64(1.5), ["a", "b"], ["", ""])
    assert read_table(pandas.DataFrame({"x": [1.5]}), ["a"], [""]) == [1.5]


def test_an_order_of_a_thousand_characters_is_read_to_its_end() -> None:
    assert read_order("a".ljust(999) + "b", ["a", "b"]) == ("a", "b")


def test_sentences_agree_in_number() -> None:
    with pytest.raises(Rejected, match=r"^Your table has 1 row\. "):
        read_table([1.0], ["a", "b"], ["", ""])
    with pytest.raises(Rejected, match="b, c are missing"):
        read_order(["a", "a", "a"], ["a", "b", "c"])
    with pytest.raises(Rejected, match="c is missing"):
        read_order(["a", "b", "b"], ["a", "b", "c"])


def test_what_a_function_returned_is_something_of_a_kind() -> None:
    with pytest.raises(Rejected) as told:
        read_number([1, 2])
    assert told.value.of_result.startswith("It returned something of kind list")
    with pytest.raises(Rejected, match=r"<class 'float'>"):
        read_number(float)


@pytest.mark.parametrize("answer", [{1.5}, {"a": 1.5}, [], [[1.5]]])
def test_what_holds_one_number_or_none_is_not_said_to_hold_several(answer: object) -> None:
    with pytest.raises(Rejected) as told:
        read_number(answer)
    assert "several" not in str(told.value)
    with pytest.raises(Rejected, match="several values"):
        read_number([1.5, 2.5])


def test_a_full_stop_behind_the_unit_is_no_other_unit() -> None:
    assert read_number("12.5 TAO.", "TAO") == 12.5


def test_points_between_thousands_are_no_unit() -> None:
    with pytest.raises(Rejected, match="without points between thousands"):
        read_number("1.208.235", "TAO")
