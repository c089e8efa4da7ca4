"""An exercise more, whole: one file by hand, two notebooks by command, and it is everywhere.

The exercise is the one that CONTRIBUTING.md shows; it is put into a copy of the package.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BANK = "dtao_edu/practice/bank/lesson_05.py"
NEEDED = ("dtao_edu", "authoring", "notebooks", "exercises", "pyproject.toml", "README.md")
USED = """
from dtao_edu import answers, check, exercise, hint, progress, solution
from dtao_edu.practice import bank
from dtao_edu.practice.exercise.exercise import task
from dtao_edu.site.judge_data import judge_data

one = task(bank.find("05.99"), "practice")
assert "What a sale brings" in str(exercise("05.99"))
assert check("05.99", one.values[0])
assert check("05.99", one.misconceptions[0][0]).misconception == one.exercise.misconceptions[0].name
assert check("05.99", one.given.alpha_in).slips, "slips come by themselves"
assert "every trade" in str(hint("05.99"))
solution("05.99")
assert "Pool(g.tao_in" in str(solution("05.99"))
assert "05" in str(progress())
assert judge_data(one.exercise)["slips"], "a web page judges it"
assert "05.99" in str(answers("practice"))
"""


def example() -> str:
    """The exercise of the page for authors."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return page.partition("## A new exercise")[2].partition("```python\n")[2].partition("```")[0]


def run(folder: Path, *arguments: str) -> str:
    """Run Python in a folder, with the package that is there."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "DTAO_EDU_DATA": str(folder / "data")}
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_an_exercise_is_one_file_by_hand_and_two_notebooks_by_command(tmp_path: Path) -> None:
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            leave = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
            shutil.copytree(source, tmp_path / name, ignore=leave)
        else:
            shutil.copy2(source, tmp_path / name)
    before = texts(tmp_path)
    path = tmp_path / BANK
    lesson = path.read_text(encoding="utf-8")
    head, _, rest = lesson.rpartition("EXERCISES = (")
    path.write_text(f"{head}{example()}\nEXERCISES = (SALE, {rest}", encoding="utf-8")

    run(tmp_path, "-c", USED)
    run(tmp_path, "-m", "authoring", "exercises", "write", "05")

    changed = {name for name, text in texts(tmp_path).items() if before.get(name) != text}
    books = {"exercises/05_exercises.ipynb", "exercises/solutions/05_solutions.ipynb"}
    assert changed == {BANK, *books}
    for name in books:
        cells = json.loads((tmp_path / name).read_text(encoding="utf-8"))["cells"]
        assert any("05.99 What a sale brings" in "".join(cell["source"]) for cell in cells)


def texts(folder: Path) -> dict[str, bytes]:
    """Every source and notebook below a folder."""
    found = (path for ending in ("*.py", "*.ipynb", "*.toml") for path in folder.rglob(ending))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
