"""A week from hand-out to forgetting, through the commands a lecturer types."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from dtao_edu.classes.marks import Mark, read_marks
from dtao_edu.cli import main
from dtao_edu.practice import bank, task
from tests.classes.conftest import made, of
from tests.helpers.hand_ins import Planted, answered, moodle_path, right

Whole = tuple[Path, Planted, Path]
WORKSHEET = (
    '\ufeffIdentifier,"Full name","Email address",Status,Grade,"Maximum grade",'
    '"Last modified (submission)"\r\n'
)


def run(folder: Path, *words: str | Path) -> int:
    return main(["class", *map(str, words), "--class", str(folder)])


@pytest.fixture
def copied(whole: Whole, tmp_path: Path) -> Path:
    shutil.copytree(whole[0], tmp_path / "class")
    return tmp_path / "class"


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "class.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def marks_of(folder: Path) -> list[Mark]:
    return read_marks(folder / "week-1" / "marks.csv")


def files_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


# Handing out


def test_a_week_is_handed_out_without_solutions(small: Path) -> None:
    assert run(small, "hand-out", "1") == 0
    folder = small / "week-1" / "hand-out"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == {
        "README.md",
        "dtao-edu-class.json",
        "exercises/05_exercises.ipynb",
        "notebooks/05_staking_and_unstaking.ipynb",
    }
    assert set(files_of(small / "week-1" / "hand-out.zip")) == names
    due = json.loads((folder / "dtao-edu-class.json").read_text())["due"]
    assert due == {"05": "2026-12-08T23:59:00"}


def test_the_branch_grows_week_by_week_and_loses_nothing(tmp_path: Path) -> None:
    folder, repository = made(tmp_path, 5, "04,05"), tmp_path / "repository"

    def listed() -> list[str]:
        command = ["git", "ls-tree", "-r", "--name-only", "students"]
        done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=True)
        return done.stdout.split()

    def commits() -> int:
        command = ["git", "rev-list", "--count", "students"]
        done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=True)
        return int(done.stdout)

    assert run(folder, "hand-out", "1", "--git", repository) == 0
    first = listed()
    assert not any("05_" in name or "solutions" in name for name in first)
    for _ in range(2):  # the second run changes nothing
        assert run(folder, "hand-out", "2", "--git", repository) == 0
        assert commits() == 2
    assert set(first) < set(listed())
    clone = tmp_path / "clone"
    subprocess.run(
        ["git", "clone", "--quiet", "--branch", "students", str(repository), str(clone)],
        check=True, env={**os.environ, "GIT_TERMINAL_PROMPT": "0"},
    )  # fmt: skip
    assert (clone / "exercises" / "05_exercises.ipynb").is_file()


# Marking


def test_the_grade_file_the_feedback_and_lateness(small: Path, tmp_path: Path) -> None:
    students = of(small)[1]
    change(small, "late_percent_a_day = 0", "late_percent_a_day = 10")
    extension = f'[[extension]]\nseat = "{students[2].seat}"\nweek = 1\ndue = 2026-12-20\n'
    change(small, "[[week]]", f"{extension}\n[[week]]")
    times = ["Tuesday, 8 December 2026, 11:50 PM", "Thursday, 10 December 2026, 9:00 AM"]
    lines, down = [WORKSHEET], tmp_path / "down.zip"
    with zipfile.ZipFile(down, "w") as opened:
        for n, one in enumerate(students[:3]):
            when = times[min(n, 1)]
            lines.append(f'"Participant {70 + n}","{one.name}",{one.email},x,,100.00,"{when}"\r\n')
            answers = {name: right(name, one.seat) for name in ("05.1", "05.2", "05.4")}
            path = moodle_path(one, 70 + n, "my work.ipynb").replace(one.name, f"Hidden{n}")
            opened.writestr(path, answered(one.seat, answers))
    sheet = tmp_path / "worksheet.csv"
    sheet.write_text("".join(lines), encoding="utf-8", newline="")
    assert run(small, "mark", down, "--grades", sheet) == 0
    filled = (small / "week-1" / "worksheet.filled.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(filled.splitlines()))
    whole = 100 * 3 / len(bank.exercises("05"))
    grades = [float(row[4]) for row in rows[1:]]
    assert grades == pytest.approx([whole, 0.8 * whole, whole], abs=0.01), "two days are 20 % off"
    pages = files_of(small / "week-1" / "feedback.zip")
    assert set(pages) == {
        f"Hidden{n}_{70 + n}_assignsubmission_file_/feedback.html" for n in range(3)
    }
    (late,) = [page.decode() for name, page in pages.items() if name.startswith("Hidden1")]
    assert "2 days late: 20 % taken off" in late
    assert students[1].name not in late, "the page names the seat alone"


def test_the_students_own_html_is_never_shown(small: Path, tmp_path: Path) -> None:
    one = of(small)[1][0]
    place = tmp_path / f"{one.name}.ipynb"
    evil = answered(one.seat, {"05.1": ["<script>alert(1)</script>"]})
    place.write_bytes(evil)
    assert run(small, "mark", place, "--week", "1", "--names") == 0
    pages = [path.read_bytes() for path in (small / "week-1").glob("*.html")]
    pages += files_of(small / "week-1" / "feedback.zip").values()
    assert not any(b"<script>alert" in page for page in pages)


def test_late_ones_join_those_that_were_marked_before(whole: Whole, tmp_path: Path) -> None:
    planted = whole[1]
    folder = tmp_path / "class"
    shutil.copytree(whole[0], folder)
    expected = (folder / "week-1" / "marks.csv").read_bytes()
    shutil.rmtree(folder / "week-1")
    parts = list(planted.files.items())
    for n, files in enumerate((parts[:150], parts[150:])):
        place = tmp_path / f"{n}.zip"
        with zipfile.ZipFile(place, "w") as opened:
            for name, content in files:
                opened.writestr(name, content)
        assert run(folder, "mark", place) == 0
    assert (folder / "week-1" / "marks.csv").read_bytes() == expected


# The page of the class


def test_the_page_names_nobody_and_tells_no_small_group_apart(whole: Whole) -> None:
    folder = whole[0]
    page = (folder / "week-1" / "class.html").read_text(encoding="utf-8")
    _, students = of(folder)
    assert not any(one.name in page or one.seat in page or one.email in page for one in students)
    counts = [int(found) for found in re.findall(r": (\d+) \(\d+ %\)", page)]
    assert counts
    assert min(counts) >= 5
    right_counts = [
        sum(m.outcome == "right" for m in marks_of(folder) if m.counts and m.exercise == name)
        for name in (one.id for one in bank.exercises("05"))
    ]
    assert set(right_counts) <= set(counts)


def test_the_page_asks_no_network_and_names_each_misconception(whole: Whole) -> None:
    page = (whole[0] / "week-1" / "class.html").read_text(encoding="utf-8")
    outside = re.sub(r'xmlns(:\w+)?="[^"]*"|<!--.*?-->|<metadata>.*?</metadata>', "", page)
    assert not re.findall(r'(?:src|href|url\()=?["\']?https?:', outside)
    assert "default-src 'none'" in page
    assert "<svg" in page
    assert "Say in the next lecture, 05.1 in the shared numbers:" in page
    named = (whole[0] / "week-1" / "class-with-names.html").read_text(encoding="utf-8")
    assert of(whole[0])[1][0].name in named


def test_a_small_class_shows_nothing(tmp_path: Path) -> None:
    folder = made(tmp_path, 4)
    one = of(folder)[1][0]
    place = tmp_path / f"{one.name}.ipynb"
    place.write_bytes(answered(one.seat, {"05.1": right("05.1", one.seat)}))
    assert run(folder, "mark", place) == 0
    page = (folder / "week-1" / "class.html").read_text(encoding="utf-8")
    assert "nothing is shown of so small a group" in page
    assert "fewer than 5 of 4" in page


# Marking again


def test_a_regrade_needs_the_marks_alone_and_says_whose_change(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {m.seat: m for m in marks_of(copied) if m.exercise == "05.3" and m.counts}
    for path in (copied / "judged.sqlite", copied / "week-1" / "feedback.zip"):
        path.unlink()
    assert run(copied, "regrade", "1") == 0
    assert "0 of 180 marks change" in capsys.readouterr().out
    change(copied, "accept = []", 'accept = ["05.3"]')
    assert run(copied, "regrade", "1", "--dry-run") == 0
    told = capsys.readouterr().out
    expected = {seat for seat, one in before.items() if one.outcome != "right"}
    assert f"{len(expected)} of 180 marks change" in told
    assert all(seat in told for seat in expected)
    kept = {m.seat: m for m in marks_of(copied) if m.exercise == "05.3" and m.counts}
    assert kept == before, "a dry run writes nothing"
    assert run(copied, "regrade", "1") == 0
    after = {m.seat: m for m in marks_of(copied) if m.exercise == "05.3" and m.counts}
    assert all(after[seat].points == 1 for seat in before)
    feedback = files_of(copied / "week-1" / "feedback.zip")
    assert sum("_assignsubmission_file_/" in name for name in feedback) >= 170, "as before"


def test_a_regrade_after_a_spreadsheet_saved_the_marks(copied: Path) -> None:
    path = copied / "week-1" / "marks.csv"
    before = marks_of(copied)
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out, delimiter=";").writerows(rows)
    assert marks_of(copied) == before
    assert run(copied, "regrade", "1") == 0
    assert marks_of(copied) == before


@pytest.mark.parametrize(
    "broken", ["x", "week,seat\n1,a\n", "week,seat,exercise,values\n1,a,b,{\n"]
)
def test_marks_that_were_broken_are_refused_with_their_line(
    copied: Path, broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (copied / "week-1" / "marks.csv").write_text(broken + "\n1,2,3\n", encoding="utf-8")
    assert run(copied, "regrade", "1") == 1
    assert "marks.csv is 'line" in capsys.readouterr().err


# Solutions, examination, forgetting


def test_solutions_are_in_each_seats_own_numbers(small: Path) -> None:
    assert run(small, "solutions", "1") == 0
    entries = files_of(small / "week-1" / "solutions.zip")
    assert "exercises/solutions/05_solutions.ipynb" in entries
    for one in of(small)[1]:
        page = entries[f"seats/{one.seat}.html"].decode()
        assert task(bank.find("05.1"), one.seat).answer in page


def test_an_examination_has_numbers_that_nobody_has_practised_with(small: Path) -> None:
    assert run(small, "exam", "january", "--exercises", "05.1,05.4") == 0
    folder = small / "exam-january"
    rows = list(csv.DictReader((folder / "keys.csv").read_text(encoding="utf-8").splitlines()))
    students = of(small)[1]
    assert len(rows) == 2 * len(students)
    assert not {row["seat"] for row in rows} & {one.seat for one in students}
    for row in rows:
        assert row["answer"] == task(bank.find(row["exercise"]), row["seat"]).answer
    papers = (folder / "papers.html").read_text(encoding="utf-8")
    numeric = {row["answer"] for row in rows if row["exercise"] == "05.1"}
    assert not any(answer in papers for answer in numeric), "no paper holds an answer"
    assert papers.count("class='sheet'") == len(students)


def test_forgetting_leaves_no_trace_in_the_folder(copied: Path) -> None:
    change(
        copied, "[[week]]", '[[extension]]\nseat = "SEAT"\nweek = 1\ndue = 2026-12-20\n\n[[week]]'
    )
    students = of(copied)[1]
    gone = next(one for one in students if not one.name.endswith("1"))
    change(copied, "SEAT", gone.seat)
    assert run(copied, "solutions", "1") == 0
    assert run(copied, "exam", "january", "--exercises", "05.1") == 0
    assert run(copied, "forget", gone.name) == 0
    for path in copied.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            if path.suffix == ".zip":
                content = b"".join(name.encode() + data for name, data in files_of(path).items())
            for secret in (gone.seat, f"{gone.name}_", f"{gone.name},", gone.email):
                assert secret.encode() not in content, path
    assert len(of(copied)[1]) == len(students) - 1
    assert {m.seat for m in marks_of(copied)} == {one.seat for one in students} - {gone.seat}


def test_forgetting_asks_for_one_student(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(small, "forget", "Nobody") == 1
    assert "one student" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mark", "none.zip"], "that is there"),
        (["hand-out", "9"], "a week of class.toml"),
        (["regrade", "1"], "a week that was marked"),
        (["exam", "../x", "--exercises", "05.1"], "letters, digits"),
        (["exam", "x", "--exercises", "99.1"], "an exercise of the lessons"),
        (["mark", "class.toml", "--workers", "0", "--week", "1"], "1 or more"),
    ],
)
def test_a_mistake_of_the_lecturer_is_one_sentence(
    small: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(small, *words) == 1
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told
    assert len(told.strip().splitlines()) == 1
