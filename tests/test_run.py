"""The test command itself: it runs every step, says what was left out, and fails if one fails."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import run

PASSES = """
import pytest
def test_good(): pass
def test_left(): pytest.skip("no such thing here")
"""
FAILS = "def test_bad(): assert False"
Patch = pytest.MonkeyPatch


@pytest.fixture
def pytest_on(tmp_path: Path) -> Callable[[str], list[str]]:
    """Make a command that runs one small test file."""

    empty = tmp_path / "pytest.ini"
    empty.write_text("")

    def command(text: str) -> list[str]:
        path = tmp_path / f"test_{len(text)}.py"
        path.write_text(text)
        return ["pytest", "-q", "-rs", "-p", "no:cacheprovider", "-c", str(empty), str(path)]

    return command


def test_every_step_runs_even_after_a_failure(
    monkeypatch: Patch, capsys: pytest.CaptureFixture[str], pytest_on: Callable[[str], list[str]]
) -> None:
    steps = {"first": pytest_on(FAILS), "second": pytest_on(PASSES)}
    monkeypatch.setattr(run, "STEPS", steps)
    monkeypatch.setattr(sys, "argv", ["run.py"])
    assert run.main() == 1
    summary = capsys.readouterr().out.partition("== Summary")[2]
    assert "FAILED  first" in summary
    assert "1 failed" in summary
    assert "passed  second" in summary
    assert "1 passed, 1 skipped" in summary
    assert "no such thing here" in summary
    assert "left out  browser tests" in summary


def test_all_passed_is_status_0_and_the_browser_has_a_run_of_its_own(
    monkeypatch: Patch, capsys: pytest.CaptureFixture[str], pytest_on: Callable[[str], list[str]]
) -> None:
    monkeypatch.setattr(run, "BROWSER", {"browser": pytest_on(PASSES)})
    monkeypatch.setattr(sys, "argv", ["run.py", "--browser"])
    assert run.main() == 0
    summary = capsys.readouterr().out.partition("== Summary")[2]
    assert "passed  browser" in summary
    assert "left out  browser" not in summary


def test_the_steps_keep_the_learners_progress_apart(
    monkeypatch: Patch, capsys: pytest.CaptureFixture[str], pytest_on: Callable[[str], list[str]]
) -> None:
    look = "import os\ndef test_it(): assert os.environ['DTAO_EDU_DATA'] != 'mine'"
    monkeypatch.setenv("DTAO_EDU_DATA", "mine")
    monkeypatch.setattr(run, "STEPS", {"look": pytest_on(look)})
    monkeypatch.setattr(sys, "argv", ["run.py"])
    assert run.main() == 0


def test_the_steps_cover_style_types_tests_and_all_notebooks_in_whole_files() -> None:
    assert list(run.STEPS) == ["style", "types", "tests", "notebooks"]
    assert run.STEPS["notebooks"][-2:] == ["notebooks", "exercises"]
    for step in ("tests", "notebooks"):
        assert run.STEPS[step][run.STEPS[step].index("--dist") + 1] == "loadfile"
