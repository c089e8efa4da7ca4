"""A student's way in a real JupyterLab: sit, answer, save, hand in; then the lecturer marks it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dtao_edu.classes.marks import read_marks
from dtao_edu.classes.roster import read_seats
from dtao_edu.cli import main
from dtao_edu.practice import bank, task
from tests.browser import servers

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def run_all(page: Any, cells: int) -> None:
    """Run all cells and wait until the last one has an output."""
    page.locator(".jp-CodeCell .cm-content").first.click()
    for _ in range(cells):
        page.keyboard.press("Shift+Enter")
    page.wait_for_selector(f".jp-Cell:nth-child({cells}) .jp-OutputArea-output")
    page.wait_for_selector("text=/Python 3.*Idle/")


def test_what_a_student_saves_is_marked_for_the_students_seat(
    watched: servers.Watched, lab: str, folder: Path, tmp_path: Path
) -> None:
    roster = tmp_path / "names.txt"
    roster.write_text("Ada Lovelace\nAlan Turing\n", encoding="utf-8")
    words = ["class", "new", str(tmp_path / "class"), "--roster", str(roster), "--lessons", "05"]
    assert main(words) == 0
    ada = read_seats(tmp_path / "class")[0]
    one = task(bank.find("05.1"), ada.seat)
    wrong = list(task(bank.find("05.2"), ada.seat).misconceptions[0])
    cells = [
        f'from dtao_edu import check, hand_in, sit\nsit("{ada.seat.upper()}")',
        f'answer = {one.values[0]!r}\ncheck("05.1", answer)',
        f'for answer in ([1.0, 2.0], {wrong!r}):\n    told = check("05.2", answer)',
        "hand_in()",
    ]
    servers.write_notebook(folder / "handed-in.ipynb", *cells)
    watched.open_lab(lab, "handed-in.ipynb")
    run_all(watched.page, len(cells))
    watched.page.wait_for_selector("text=05.2")
    assert not watched.page.locator("text=vnd.dtao-edu").count(), "a record is not to be seen"
    saved = folder / "handed-in.ipynb"
    servers.save(watched.page, saved, outputs=3)  # a check inside other code shows nothing

    down = tmp_path / "submissions"
    mine = down / "Ada Lovelace_7_assignsubmission_file_"
    mine.mkdir(parents=True)
    (mine / "my work.ipynb").write_bytes(saved.read_bytes())
    assert main(["class", "mark", str(down), "--class", str(tmp_path / "class")]) == 0
    marks = {m.exercise: m for m in read_marks(tmp_path / "class" / "week-1" / "marks.csv")}
    assert marks["05.1"].outcome == "right"
    assert marks["05.2"].misconception == bank.find("05.2").misconceptions[0].name
    assert marks["05.2"].attempts == 2, "hand_in repeats the check inside other code"
    assert not [note for one in marks.values() for note in one.notes]
    assert not watched.strangers
