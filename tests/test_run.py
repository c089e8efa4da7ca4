"""The test command itself: it runs every step, says what was left out, and fails if one fails."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import run
from tests.helpers import walks

PASSES = """
print("SKIPPED [1] tests/test_it.py:3: no such thing here")
print("=== 1 passed, 1 skipped ===")
"""
FAILS = "print('=== 1 failed ==='); raise SystemExit(1)"
Patch = pytest.MonkeyPatch
Step = Callable[[str], list[str]]


@pytest.fixture
def step(tmp_path: Path, monkeypatch: Patch) -> Step:
    """Make a step of a small module, which stands for pytest here: only what it prints counts."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def made(code: str) -> list[str]:
        (tmp_path / f"step{len(code)}.py").write_text(code)
        return [f"step{len(code)}"]

    return made


def test_every_step_runs_even_after_a_failure(
    monkeypatch: Patch, capsys: pytest.CaptureFixture[str], step: Step
) -> None:
    steps = {"first": step(FAILS), "second": step(PASSES)}
    monkeypatch.setattr(run, "STEPS", steps)
    monkeypatch.setattr(run, "BESIDE", ("second",))
    monkeypatch.setattr(sys, "argv", ["run.py"])
    assert run.main() == 1
    summary = capsys.readouterr().out.partition("== Summary")[2]
    assert "FAILED  first" in summary
    assert "1 failed" in summary
    assert "passed  second" in summary
    assert "1 passed, 1 skipped" in summary
    assert "no such thing here" in summary
    assert "left out  browser tests" in summary


def notebook_paths() -> list[Path]:
    return [path.relative_to(run.ROOT) for path in run.ROOT.glob("[!.]*/*.ipynb")]


def test_all_passed_is_status_0_and_the_browser_has_a_run_of_its_own(
    monkeypatch: Patch, capsys: pytest.CaptureFixture[str], step: Step
) -> None:
    monkeypatch.setattr(run, "BROWSER", {"browser": step(PASSES)})
    monkeypatch.setattr(sys, "argv", ["run.py", "--browser"])
    assert run.main() == 0
    summary = capsys.readouterr().out.partition("== Summary")[2]
    assert "passed  browser" in summary
    assert "left out  browser" not in summary


def test_all_of_the_long_walks_have_a_run_of_their_own(
    monkeypatch: Patch, capsys: pytest.CaptureFixture[str], step: Step
) -> None:
    look = "import os; assert os.environ['DTAO_EDU_WHOLE'] == 'yes'"
    monkeypatch.setattr(run, "WHOLE", {"whole": step(look)})
    monkeypatch.setattr(sys, "argv", ["run.py", "--whole"])
    assert run.main() == 0
    assert "left out" not in capsys.readouterr().out


def test_a_sample_of_a_walk_has_both_its_ends_and_is_always_the_same(monkeypatch: Patch) -> None:
    monkeypatch.setattr(walks, "WHOLE", False)
    some = walks.sample(range(100), 10)
    assert len(set(some)) == 10
    assert (some[0], some[-1]) == (0, 99)
    assert some == sorted(some) == walks.sample(range(100), 10)
    assert walks.sample("ab", 2) == ["a", "b"]
    monkeypatch.setattr(walks, "WHOLE", True)
    assert walks.sample(range(100), 10) == list(range(100))


def test_the_steps_keep_the_learners_progress_apart(
    monkeypatch: Patch, capsys: pytest.CaptureFixture[str], step: Step
) -> None:
    look = "import os; assert os.environ['DTAO_EDU_DATA'] != 'mine'"
    monkeypatch.setenv("DTAO_EDU_DATA", "mine")
    monkeypatch.setattr(run, "STEPS", {"look": step(look)})
    monkeypatch.setattr(sys, "argv", ["run.py"])
    assert run.main() == 0


def test_the_steps_cover_style_types_tests_and_all_notebooks_in_whole_files() -> None:
    said = {word for command in run.STEPS.values() for word in command}
    left = {word.removeprefix("--ignore=") for word in said if word.startswith("--ignore=")}
    assert left <= said, "what one step leaves out, another one runs"
    folders = {path.parts[0] for path in notebook_paths()} | {"tests", "dtao_edu"}
    assert folders <= said
    assert {"ruff", "mypy", "pytest"} <= said
    for command in run.STEPS.values():
        if command[0] == "pytest":  # workers share files, never one file
            assert command[command.index("--dist") + 1] == "loadfile"
    assert "--order" in said
