"""Marking finds everything that was planted, and invents nothing."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dtao_edu.classes.judging import Answers, Marked, judge_students
from dtao_edu.classes.marking import Marking, mark
from dtao_edu.classes.marks import Mark, read_marks
from dtao_edu.classes.records import read_notebook
from dtao_edu.classes.roster import Student
from dtao_edu.classes.workers import mapped, pool
from dtao_edu.cli import main
from dtao_edu.practice import bank
from tests.classes.conftest import of
from tests.helpers.hand_ins import Planted, answered, book, code_cell, mistaken, record, right

Whole = tuple[Path, Planted, Path]


def marks_of(folder: Path) -> list[Mark]:
    return read_marks(folder / "week-1" / "marks.csv")


def notes(marks: list[Mark]) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in marks:
        found[one.seat] += one.notes
    return {seat: " ".join(said) for seat, said in found.items()}


def test_every_planted_answer_is_judged_as_it_was_planted(whole: Whole) -> None:
    folder, planted, _ = whole
    found = {(one.seat, one.exercise): one for one in marks_of(folder) if one.counts}
    for place, (outcome, misconception) in planted.outcomes.items():
        assert (found[place].outcome, found[place].misconception) == (outcome, misconception), place
    names = {one.misconception for one in found.values() if one.misconception}
    known = {one.name for ex in bank.exercises("05") for one in ex.misconceptions}
    assert names == known, "each misconception of the lesson was planted, and found"


def test_every_planted_fault_is_said_and_none_is_invented(whole: Whole) -> None:
    folder, planted, _ = whole
    said = notes(marks_of(folder))
    for seat, sentence in planted.faults.items():
        assert sentence in said[seat]
    odd = {seat for seat, text in said.items() if text} - set(planted.faults) - set(planted.copies)
    assert not odd


def test_every_copier_is_found_and_nobody_else(whole: Whole) -> None:
    folder, planted, _ = whole
    said = notes(marks_of(folder))
    found = {seat for seat, text in said.items() if "Right for the numbers of" in text}
    assert found == set(planted.copies)
    assert all(planted.copies[seat] in said[seat] for seat in found)


def handed(tmp_path: Path, folder: Path, files: dict[str, bytes], **more: object) -> Marking:
    """Mark files by path in a folder."""
    place = tmp_path / "down"
    shutil.rmtree(place, ignore_errors=True)
    for name, content in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    settings, students = of(folder)
    return mark([place], students, settings, week=1)


def test_the_claimed_outcome_is_never_believed(tmp_path: Path, small: Path) -> None:
    seat = of(small)[1][0].seat
    wrong = answered(seat, {"05.1": [1.2345]}, outcome="right", attempt=1)
    marking = handed(tmp_path, small, {f"{seat}.ipynb": wrong})
    assert [one.outcome for one in marking.marks] == ["wrong"]


def test_the_rosters_seat_counts_and_not_the_notebooks(tmp_path: Path, small: Path) -> None:
    ada, alan = of(small)[1][:2]
    content = answered(alan.seat, {"05.1": right("05.1", alan.seat)})
    marking = handed(tmp_path, small, {f"{ada.name}/05.ipynb": content})
    (note,) = [one for one in marking.marks if not one.exercise]
    assert "another student's seat" in note.notes[0]
    (judged,) = [one for one in marking.marks if one.exercise]
    assert (judged.seat, judged.outcome != "right") == (ada.seat, True)
    assert "Right for the seat it was worked under." in judged.notes


def test_a_seat_used_by_two_is_said_to_both(tmp_path: Path, small: Path) -> None:
    ada, alan = of(small)[1][:2]
    content = answered(ada.seat, {"05.1": right("05.1", ada.seat)})
    files = {f"{ada.name}/05.ipynb": content, f"{alan.name}/05.ipynb": content}
    said = notes(handed(tmp_path, small, files).marks)
    assert all(f"The seat {ada.seat} was used by" in said[one.seat] for one in (ada, alan))


def test_one_bad_hand_in_never_stops_the_others(tmp_path: Path, small: Path) -> None:
    students = of(small)[1]
    good = {one.name: answered(one.seat, {"05.1": right("05.1", one.seat)}) for one in students[3:]}
    bad = [b"{", b"\x00" * 100, book(code_cell("x", {"values": "x"}))]  # type: ignore[dict-item]
    files = {f"{name}/05.ipynb": content for name, content in good.items()}
    files |= {f"{one.name}/05.ipynb": text for one, text in zip(students, bad, strict=False)}
    files["Nobody Known/05.ipynb"] = b"{}"
    marking = handed(tmp_path, small, files)
    done = {one.seat for one in marking.marks if one.outcome == "right"}
    assert done == {one.seat for one in students[3:]}
    assert [path for path, _ in marking.lost] == ["Nobody Known/05.ipynb"]


def test_a_value_that_the_question_cannot_have_is_no_answer(tmp_path: Path, small: Path) -> None:
    seat = of(small)[1][0].seat
    answers = {"05.1": [1.0, 2.0], "05.2": ["a"], "05.4": [3.0]}
    cells = [
        code_cell("check", part)
        for name, values in answers.items()
        for part in [record(name, seat, values)]
    ]
    marking = handed(tmp_path, small, {f"{seat}.ipynb": book(*cells)})
    assert {one.outcome for one in marking.marks if one.exercise} == {"kind"}
    assert all(one.notes for one in marking.marks if one.exercise)


def test_last_or_best_is_a_policy(tmp_path: Path, small: Path) -> None:
    seat = of(small)[1][0].seat
    first = answered(seat, {"05.1": right("05.1", seat)}, time="2026-12-01T10:00:00Z")
    then = answered(seat, {"05.1": mistaken("05.1", seat, 0)}, time="2026-12-02T10:00:00Z")
    files = {f"{seat}/a.ipynb": first, f"{seat}/b.ipynb": then}
    for counts, expected in (("last", 0), ("best", 1)):
        path = small / "class.toml"
        text = path.read_text(encoding="utf-8")
        text = text.replace('counts = "last"', f'counts = "{counts}"')
        path.write_text(text, encoding="utf-8")
        marking = handed(tmp_path, small, files)
        assert sum(one.points for one in marking.marks) == expected


def test_canvas_names_and_its_word_on_lateness(tmp_path: Path, small: Path) -> None:
    ada, alan = of(small)[1][:2]
    files = {
        "xy_LATE_4711_1_05.ipynb": answered(ada.seat, {"05.1": right("05.1", ada.seat)}),
        "zz_4712_2_05.ipynb": answered(alan.seat, {"05.1": right("05.1", alan.seat)}),
    }
    marking = handed(tmp_path, small, files)
    assert {one.seat: one.received for one in marking.marks} == {ada.seat: "late", alan.seat: ""}


def test_processes_and_any_executor_give_the_same(whole: Whole) -> None:
    folder, _, handed_in = whole
    settings, students = of(folder)
    alone = mark([handed_in], students, settings, week=1).marks
    with ThreadPoolExecutor(2) as threads:
        assert mark([handed_in], students, settings, week=1, executor=threads).marks == alone
    with pool(2) as processes:
        assert mark([handed_in], students, settings, week=1, executor=processes).marks == alone


def dies_once(batch: list[Answers]) -> list[Marked]:
    """Judge, but first end the worker, once."""
    marker = Path(os.environ["DTAO_EDU_TEST_MARKER"])
    if not marker.exists():
        marker.touch()
        os._exit(1)
    return judge_students(batch)


def jobs_of(students: list[Student], count: int) -> list[Answers]:
    made = []
    for one in students[:count]:
        content = answered(one.seat, {"05.1": right("05.1", one.seat)})
        made.append(Answers(one.seat, ("05.1",), read_notebook(content).records))
    return made


def test_a_lost_process_loses_nothing(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DTAO_EDU_TEST_MARKER", str(tmp_path / "marker"))
    jobs = jobs_of(of(small)[1], 6)
    with pool(2) as processes:
        done = list(mapped(dies_once, jobs, processes, size=2))
    assert done == judge_students(jobs)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_dask_gives_the_same_with_a_worker_lost(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setenv("DTAO_EDU_TEST_MARKER", str(tmp_path / "marker"))
    jobs = jobs_of(of(small)[1], 6)
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        done = list(mapped(dies_once, jobs, client.get_executor(), size=2))
    assert done == judge_students(jobs)


def test_a_run_that_is_cut_off_loses_nothing(
    whole: Whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "class"
    shutil.copytree(whole[0], folder)
    before = {path.name: path.read_bytes() for path in (folder / "week-1").iterdir()}
    path = folder / "class.toml"
    path.write_text(path.read_text().replace("close = 0", "close = 1"), encoding="utf-8")
    planted = whole[1]
    place = tmp_path / "half.zip"
    place.write_bytes(planted.zip()[:-200_0])
    assert main(["class", "mark", str(place), "--class", str(folder)]) == 1, "half a download"
    assert {path.name: path.read_bytes() for path in (folder / "week-1").iterdir()} == before


def test_a_second_run_changes_nothing(whole: Whole) -> None:
    folder, _, handed_in = whole
    before = {path: path.stat().st_mtime_ns for path in (folder / "week-1").iterdir()}
    assert main(["class", "mark", str(handed_in), "--class", str(folder), "--names"]) == 0
    assert {path: path.stat().st_mtime_ns for path in (folder / "week-1").iterdir()} == before


def test_a_damaged_memory_of_what_was_judged_is_made_again(whole: Whole, tmp_path: Path) -> None:
    folder = tmp_path / "class"
    shutil.copytree(whole[0], folder)
    (folder / "judged.sqlite").write_bytes(b"no database")
    before = (folder / "week-1" / "marks.csv").read_bytes()
    assert main(["class", "mark", str(whole[2]), "--class", str(folder)]) == 0
    assert (folder / "week-1" / "marks.csv").read_bytes() == before
