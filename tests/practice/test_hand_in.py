"""The receipt: what a teacher can tell from it, and the sheet of answers."""

from __future__ import annotations

import base64
import csv
import json
import zlib
from pathlib import Path

import pytest

from dtao_edu.practice import bank, check, progress_file, sit, solution
from dtao_edu.practice.exercise.exercise import task
from dtao_edu.practice.exercise.question_types import ChoiceQuestion
from dtao_edu.practice.hand_in import answers, receipt, sealed, verify


def work(name: str) -> str:
    """Do some exercises under a name and hand in."""
    sit(name)
    for exercise, number in (("05.1", 1), ("05.2", 2), ("05.4", 4)):
        values = task(bank.find(exercise), name).values
        check(exercise, values[0] if number == 1 else list(values))
    one = task(bank.find("05.6"), name)
    assert isinstance(one.question, ChoiceQuestion)
    check("05.6", one.answer[0])
    solution("08.2")
    solution("08.2")
    check("08.2", list(task(bank.find("08.2"), name).values))
    check("05.5", 1e6)
    check("05.3", lambda tao_in, alpha_in, limit_price: (
        tao_in * ((limit_price * alpha_in / tao_in) ** 0.5 - 1)))  # fmt: skip
    return receipt().code


def test_a_receipt_is_verified_without_the_students_computer() -> None:
    code = work("student-17")
    sit("practice")
    found = verify(code)
    assert found
    assert found.name == "student-17"
    outcomes = {entry.id: entry.outcome for entry in found.entries}
    assert outcomes == {
        "05.1": "right",
        "05.2": "right",
        "05.3": "right",
        "05.4": "right",
        "05.5": "wrong",
        "05.6": "right",
        "08.2": "right",
    }
    assert [entry.id for entry in found.entries if entry.seen] == ["08.2"]
    assert "6 right; 5 of them worked out again" in " ".join(str(found).split())
    assert verify(code, "student-17")
    lines = [" ".join(line.split()) for line in str(found).splitlines()]
    assert "08.2 right 1 0 yes" in lines
    assert "05.5 wrong 1 0 no" in lines


def test_a_prediction_enters_the_receipt_as_it_was_made() -> None:
    sit("student-17")
    check("08.5", 3.3)
    check("08.5", task(bank.find("08.5"), "student-17").values[0])
    found = verify(receipt().code)
    assert found
    assert [(entry.id, entry.outcome) for entry in found.entries] == [("08.5", "wrong")]


def test_an_exercise_of_an_earlier_version_is_named() -> None:
    sit("student-17")

    def earlier(state: progress_file.State) -> None:
        old = {**progress_file.record(), "attempts": 1, "right": True, "outcome": "right"}
        state["sits"]["student-17"] = {"77.1": old}

    progress_file.update(earlier)
    assert "77.1 is no exercise of this version" in " ".join(str(verify(receipt().code)).split())


def test_a_receipt_from_a_damaged_file_says_so(data_folder: Path) -> None:
    data_folder.mkdir()
    (data_folder / progress_file.FILE).write_text("{", encoding="utf-8")
    assert "was damaged" in str(receipt())


def test_the_printed_lines_are_the_code() -> None:
    sit("student-17")
    assert "0 right of 0" in str(receipt())
    work("student-17")
    card = receipt()
    lines = [line for line in str(card).splitlines() if line.startswith("    ")]
    assert max(map(len, lines)) < 80
    assert verify("\n".join(lines))


@pytest.mark.parametrize("place", [0, 10, 40, -30, -1])
def test_a_changed_character_is_found(place: int) -> None:
    code = work("student-17")
    other = "A" if code[place] != "A" else "B"
    changed = code[:place] + other + (code[place + 1 :] if place != -1 else "")
    found = verify(changed)
    assert not found
    assert found.entries == ()


def test_another_name_is_found_out() -> None:
    code = work("student-17")
    assert "not of student-18" in str(verify(code, "student-18"))
    packed = base64.urlsafe_b64decode(code.split(".")[1])
    content = json.loads(zlib.decompress(packed))
    content["sit"] = "student-18"
    found = verify(sealed(content))
    assert not found, "a neighbour's answers are wrong for one's own numbers, even well sealed"
    assert "05.1: the answer in it is not right" in " ".join(str(found).split())
    assert len(found.faults) >= 3


@pytest.mark.parametrize(
    "entry",
    [
        ["05.1", "right", 1, 0, 0, ""],
        ["05.1", "right", 1, 0, 0, "words"],
        ["05.1", "right", 1, 0, 0, "nan"],
        ["05.1", "right", 1, 0, 0, "1;2"],
        ["05.6", "right", 1, 0, 0, "more"],
        ["99.1", "right", 1, 0, 0, "1"],
    ],
)
def test_a_sealed_receipt_with_wrong_answers_does_not_hold(entry: list[object]) -> None:
    assert not verify(sealed({"sit": "student-17", "entries": [entry]}))


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"sit": 1, "entries": []},
        {"sit": "a", "entries": [[1]]},
        {"sit": "a", "entries": [["05.1", "right", "1", 0, 0, ""]]},
        {"sit": "a", "entries": 5},
        [],
    ],
)
def test_a_sealed_receipt_of_another_form_is_refused(content: object) -> None:
    assert "another form" in str(verify(sealed(content)))  # type: ignore[arg-type]


@pytest.mark.parametrize("code", ["", "hello", "dtao1..", "dtao1.a.b.c", None, 5, "dtao1.é.è"])
def test_what_is_no_code_is_refused_with_a_sentence(code: object) -> None:
    found = verify(code)  # type: ignore[arg-type]
    assert not found
    assert found.faults
    assert str(found)


def test_a_small_code_cannot_unpack_into_a_huge_text() -> None:
    assert not verify(sealed({"sit": "a" * 10**7, "entries": []}))


def test_the_sheet_has_each_students_answers_and_ideas() -> None:
    sheet = answers("student-17", "student-18", lesson="05")
    rows = list(csv.DictReader(sheet.splitlines()))
    assert len(rows) == 2 * len(bank.exercises("05"))
    first = rows[0]
    one = task(bank.find("05.1"), "student-17")
    assert first["name"] == "student-17"
    assert first["answer"] == one.answer
    assert f"tao_in = {one.given.tao_in}" in first["given"]
    assert "the spot price for the whole trade" in first["wrong ideas"]
    assert {row["exercise"] for row in rows} == {e.id for e in bank.exercises("05")}
    assert rows[0]["answer"] != rows[len(rows) // 2]["answer"]
    assert repr(sheet) == str(sheet), "a terminal shows the lines"
    assert "<table>" in sheet._repr_html_()
    assert "<td>student-18</td>" in sheet._repr_html_()


def test_without_a_name_it_is_the_shared_set_and_all_lessons() -> None:
    rows = list(csv.DictReader(answers().splitlines()))
    assert {row["name"] for row in rows} == {"practice"}
    assert {row["exercise"][:2] for row in rows} == set(bank.lessons())
