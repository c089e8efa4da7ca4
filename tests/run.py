"""The whole test command: style, types, tests with doctests, and every notebook.

    python tests/run.py             all but the browser
    python tests/run.py --browser   the browser tests alone; they need Chromium

Exit status 0: all that ran passed. The last lines say what ran and what was left out.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEED = 20261127
SLOWEST = ["--durations=8", "--durations-min=2"]
PYTEST = ["pytest", "-q", "-rs", "-n", "2", "--dist", "loadfile", *SLOWEST]
STEPS = {
    "style": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "tests": [*PYTEST, "-m", "not browser", "tests", "dtao_edu", "authoring"],
    # The rooms that share kept figures, once more in an order of chance. The seed stands still, so
    # that a red run is a change's doing; `pytest --order SEED` tries others, and the whole tree.
    "order": [
        *PYTEST,
        "--order",
        str(SEED),
        "-m",
        "not browser and not slow",
        *("tests/engine", "tests/ledger", "tests/measures", "tests/test_derivation.py"),
    ],
    # One notebook stays with one worker and one kernel; pictures are not compared.
    "notebooks": [
        *PYTEST,
        "--nbval-lax",
        "--nbval-current-env",
        "--nbval-sanitize-with=tests/notebooks/pictures.cfg",
        "notebooks",
        "exercises",
    ],
}
BROWSER = {"browser": [*PYTEST, "-m", "browser", "tests"]}


@dataclass(frozen=True)
class Outcome:
    """How a step ended."""

    name: str
    passed: bool
    line: str
    seconds: float
    left_out: tuple[str, ...]


def run(name: str, command: list[str], environment: dict[str, str]) -> Outcome:
    """Run one step, show what it prints, and keep its last line and what it skipped."""
    print(f"\n== {name}: {' '.join(command)}", flush=True)
    start = time.monotonic()
    step = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    assert step.stdout is not None
    lines = []
    for line in step.stdout:
        print(line, end="", flush=True)
        lines.append(line.strip())
    passed = step.wait() == 0
    last = next((line for line in reversed(lines) if line), "")
    skipped = tuple(line for line in lines if re.match(r"SKIPPED \[\d+\]", line))
    return Outcome(name, passed, last.strip("= "), time.monotonic() - start, skipped)


def main() -> int:
    """Run the steps, all of them even if one fails, and sum up."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--browser", action="store_true", help="run the browser tests alone")
    browser = parser.parse_args().browser
    with tempfile.TemporaryDirectory() as folder:
        # The tests answer exercises: that must not enter the progress of whoever runs them.
        # A slow machine shows a bar where a fast one shows none: stored outputs have none.
        environment = {
            **os.environ,
            "DTAO_EDU_DATA": folder,
            "DTAO_EDU_PROGRESS": "off",
            "PYTHONUTF8": "1",
        }
        steps = BROWSER if browser else STEPS
        outcomes = [run(name, command, environment) for name, command in steps.items()]
    print("\n== Summary")
    for one in outcomes:
        print(
            f"{'passed' if one.passed else 'FAILED'}  {one.name} ({one.seconds:.0f} s): {one.line}"
        )
    for line in (line for one in outcomes for line in one.left_out):
        print(f"left out  {line}")
    if not browser:
        print("left out  browser tests: python tests/run.py --browser runs them, with Chromium")
    return int(not all(one.passed for one in outcomes))


if __name__ == "__main__":
    sys.exit(main())
