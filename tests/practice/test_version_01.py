"""What was begun with version 0.1 goes on: its numbers, its progress, its receipts.

The files beside this one were written by version 0.1 itself: digests of what each exercise gave
six seats and of the right answers, a file of progress, and two receipts.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from dtao_edu import check, hand_in, progress, sit, verify
from dtao_edu.practice import bank, progress_file
from dtao_edu.practice.exercise.exercise import task

KEPT = Path(__file__).parent / "version_01"
DRAWN = json.loads((KEPT / "drawn.json").read_text(encoding="utf-8"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_a_seat_still_has_the_numbers_it_had(name: str) -> None:
    """The first version of an exercise draws the same, also where a newer one has taken over."""
    for seat, (given, right) in DRAWN[name].items():
        one = task(bank.find(name, 1), seat)
        values = [v if isinstance(v, str) else f"{v:.9g}" for v in one.values]
        assert digest("\n".join(map(repr, one.layout.cases))) == given
        assert digest(" ".join(values)) == right


def test_a_changed_exercise_names_its_version_and_keeps_the_earlier_ones() -> None:
    changed = [
        one for lesson in bank.lessons() for one in bank.exercises(lesson) if one.version > 1
    ]
    assert {one.id for one in changed} >= {"07.4", "09.4", "10.2", "10.4", "13.1"}
    for one in changed:
        assert [earlier.version for earlier in one.earlier] == list(range(1, one.version))
        assert repr(task(one, "ada").given) != repr(task(one.earlier[0], "ada").given)


def test_its_progress_is_read_and_goes_on(data_folder: Path) -> None:
    data_folder.mkdir()
    shutil.copy(KEPT / "progress.json", data_folder / progress_file.FILE)
    done = "|".join(str(progress()).split("Progress of "))
    assert "Jo Reader" in done
    assert progress_file.notes() == ""
    before = progress_file.read()["sits"]["student-17"]
    assert sit("Student 17").heading == "You sit as student-17"
    assert check("05.1", task(bank.find("05.1"), "student-17").values[0])
    after = progress_file.read()["sits"]["student-17"]
    assert after["05.2"] == before["05.2"]
    assert after["05.1"]["right"]
    assert sit("jo reader").heading == "You sit as Jo Reader"
    assert "Missing" in str(hand_in("05")), "its answers were not kept as data"


def test_its_receipts_hold() -> None:
    codes = (KEPT / "receipts.txt").read_text(encoding="utf-8").split()
    found = [verify(code) for code in codes]
    assert [receipt.name for receipt in found] == ["student-17", "Jo Reader"]
    for receipt in found:
        assert receipt, receipt
        assert sum(entry.outcome == "right" for entry in receipt.entries) > 60
