"""In a class's copy a solution waits for the due time, as a courtesy."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dtao_edu import solution
from dtao_edu.practice.class_copy import FILE, waits


def copy(folder: Path, due: dict[str, str]) -> Path:
    content = {"format": 1, "class": "Trial", "due": due}
    (folder / FILE).write_text(json.dumps(content), encoding="utf-8")
    (folder / "exercises").mkdir()
    return folder / "exercises"


def in_days(days: float) -> str:
    return (datetime.now() + timedelta(days=days)).isoformat(timespec="seconds")


def test_a_solution_waits_until_it_is_due(tmp_path: Path) -> None:
    inside = copy(tmp_path, {"05": in_days(2), "04": in_days(-2)})
    assert "solutions of lesson 05 wait until" in waits("05", inside)
    assert not waits("04", inside), "the due time is past"
    assert not waits("06", inside), "not a lesson of the class"


def test_the_notebooks_folder_is_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DTAO_EDU_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(copy(tmp_path, {"05": in_days(2)}))
    for _ in range(3):
        assert "the solution waits" in str(solution("05.1"))
    (tmp_path / FILE).unlink()
    assert "call `solution" in str(solution("05.1")).replace("\n", " ")


@pytest.mark.parametrize("content", ["", "[]", '{"due": 3}', '{"due": {"05": "soon"}}', "\x00"])
def test_a_damaged_file_makes_nobody_wait(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    assert not waits("05", tmp_path)
