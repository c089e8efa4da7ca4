"""Reading a notebook: its records, its literals where outputs were cleared, and its faults."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu.classes.records import read_notebook
from dtao_edu.practice.checking.record import MIME
from tests.helpers.hand_ins import answered, book, code_cell, record


def said(content: bytes) -> str:
    return " ".join(read_notebook(content).faults)


def test_records_are_read_as_they_were_left() -> None:
    (one,) = read_notebook(answered("seat-1", {"05.1": [91950.0]}, attempt=3, hints=1)).records
    assert (one.exercise, one.seat, one.values) == ("05.1", "seat-1", (91950.0,))
    assert (one.attempts, one.hints, one.changed, one.literal) == (3, 1, False, None)


def test_hand_in_repeats_records_without_doubling_them() -> None:
    part = record("05.1", "seat-1", [1.0], time="2026-12-05T10:00:00Z")
    other = record("05.2", "seat-1", [2.0])
    last = {"format": 1, "seat": "seat-1", "records": [part, other]}
    content = book(code_cell('check("05.1", 1.0)', part), code_cell("hand_in()", last))
    assert [one.exercise for one in read_notebook(content).records] == ["05.1", "05.2"]


def test_a_cell_changed_after_its_check_is_known() -> None:
    reading = read_notebook(answered("s", {"05.1": [1.0], "05.2": [2.0]}, changed=["05.1"]))
    assert {one.exercise: one.changed for one in reading.records} == {"05.1": True, "05.2": False}


def test_cleared_outputs_leave_the_literals_of_the_source() -> None:
    cells = [
        'sit("seat-1")',
        'answer = 91950\ncheck("05.1", answer)',
        'check("05.2", {"a": 1, "b": [2, -3.5]})',
        'total = "b"',
        'check("05.4", total)',
        'answer = 2 * 3\ncheck("05.5", answer)',
        'answer = ...\ncheck("05.6", answer)',
    ]
    reading = read_notebook(book(*(code_cell(source) for source in cells)))
    assert {one.exercise: one.literal for one in reading.records} == {
        "05.1": 91950, "05.2": {"a": 1, "b": [2, -3.5]}, "05.4": "b",
    }  # fmt: skip
    assert {one.seat for one in reading.records} == {"seat-1"}
    faults = " ".join(reading.faults)
    assert "outputs were cleared" in faults
    assert "05.5 is worked out by code" in faults
    assert "05.6" not in faults, "nobody answered it"


def test_nothing_of_the_source_is_executed(tmp_path_factory: pytest.TempPathFactory) -> None:
    mark = tmp_path_factory.mktemp("run") / "executed"
    calls = f'open({str(mark)!r}, "w").close()'
    cells = [
        calls,
        f'check("05.1", {calls})',
        f"answer = [x for x in [{calls}]]\ncheck('05.2', answer)",
    ]
    read_notebook(book(*(code_cell(source) for source in cells)))
    assert not mark.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "cut off or damaged"),
        (b'{"cells": [', "cut off or damaged"),
        (b"\xff\xfe\x00", "holds no text"),
        (b"[1, 2]", "no cells"),
        (b'{"cells": 3}', "no cells"),
        (b'{"cells": [NaN]}', "cut off or damaged"),
        (b"[" * 100_000, "cut off or damaged"),
        (book(), "holds no answer"),
        (b"%PDF-1.4", "cut off or damaged"),
    ],
)
def test_each_fault_has_a_sentence(content: bytes, sentence: str) -> None:
    assert sentence in said(content)


@pytest.mark.parametrize(
    "change",
    [
        {"values": ["x" * 5000]}, {"values": [1e999]}, {"values": [True]}, {"values": None},
        {"exercise": "../../x"}, {"exercise": 5.1}, {"seat": ["a"]}, {"values": [[1]]},
        {"values": [1.0] * 6000},
    ],
)  # fmt: skip
def test_a_record_of_another_form_is_left_out_and_said(change: dict[str, object]) -> None:
    part = record("05.1", "s", [1.0]) | change
    reading = read_notebook(book(code_cell("check", part)))
    assert not [one for one in reading.records if one.literal is None]
    assert reading.faults


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.binary(max_size=200))
def test_any_bytes_give_a_reading(content: bytes) -> None:
    assert read_notebook(content).faults


@given(json_values, json_values, json_values, st.text(max_size=40))
def test_any_notebook_gives_a_reading(
    part: object, output: object, cell: object, source: str
) -> None:
    good = {"cell_type": "code", "source": source, "outputs": [{"data": {MIME: part}}, output]}
    content = json.dumps({"cells": [good, cell, {"cell_type": "code", "outputs": part}]}).encode()
    reading = read_notebook(content)
    assert all(
        isinstance(value, int | float | str) for one in reading.records for value in one.values
    )


@given(st.text(alphabet='check("05.1",answer=[]{}-+*.0123456789e\n ', max_size=60))
def test_any_source_gives_a_reading(source: str) -> None:
    read_notebook(book(code_cell(source)))
