"""The whole test command: style, types, tests with doctests, and every notebook.

    python tests/run.py             all but the browser
    python tests/run.py --browser   the browser tests alone; they need Chromium
    python tests/run.py --whole     the tests that otherwise walk a sample, with nothing left out

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
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEED = 20261127
SLOWEST = ["--durations=8", "--durations-min=2"]
PYTEST = ["pytest", "-q", "-rs", "-n", "2", "--dist", "loadfile", *SLOWEST]
PLAIN = [*PYTEST, "-p", "no:nbval"]  # where no notebook is run, its plugin takes a second to load
# The rooms that share kept figures run in an order of chance. The seed stands still, so that a red
# run is a change's doing; `pytest --order SEED` tries others, and the whole tree.
BY_CHANCE = ["tests/engine", "tests/ledger", "tests/measures", "tests/test_derivation.py"]
KERNEL = "tests/browser/test_kernel.py"
STEPS = {
    "style": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "tests": [
        *PLAIN,
        *("-m", "not browser"),
        *(f"--ignore={room}" for room in BY_CHANCE),
        *("tests", "dtao_edu", "authoring"),
    ],
    "order": [*PLAIN, "--order", str(SEED), "-m", "not browser", *BY_CHANCE],
    # One notebook stays with one worker and one kernel; pictures are not compared.
    "notebooks": [
        *PYTEST,
        *("-n", "1"),  # types and tests run beside it
        "--nbval-lax",
        "--nbval-current-env",
        "--nbval-sanitize-with=tests/notebooks/pictures.cfg",
        "notebooks",
        "exercises",
    ],
}
# The kernel in the browser needs an environment of its own: what builds it changes JupyterLab.
# Files go to the workers as they stand: by number of tests the crawl, one long test, would be last.
BROWSER = {
    "browser": [
        *PLAIN,
        "--no-loadscope-reorder",
        *("-m", "browser", f"--ignore={KERNEL}", "tests/browser"),
    ]
}


WHOLE = {"whole": ["pytest", "-q", "-rs", *SLOWEST, "-p", "no:nbval", "-m", "whole", "tests"]}

BESIDE = ("types", "notebooks")
"""Steps that use one processor, and so run beside the others, one after the other."""


@dataclass(frozen=True)
class Outcome:
    """How a step ended."""

    name: str
    passed: bool
    line: str
    seconds: float
    left_out: tuple[str, ...]


def run(
    name: str, command: list[str], environment: dict[str, str], *, beside: bool = False
) -> Outcome:
    """Run one step, show what it prints, and keep its last line and what it skipped.

    One that runs beside others shows what it prints when it has ended.
    """
    title = f"\n== {name}: {' '.join(command)}"
    if not beside:
        print(title, flush=True)
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
        if not beside:
            print(line, end="", flush=True)
        lines.append(line.strip())
    passed = step.wait() == 0
    if beside:
        print("\n".join([title, *lines]), flush=True)
    last = next((line for line in reversed(lines) if line), "")
    skipped = tuple(line for line in lines if re.match(r"SKIPPED \[\d+\]", line))
    return Outcome(name, passed, last.strip("= "), time.monotonic() - start, skipped)


def main() -> int:
    """Run the steps, all of them even if one fails, and sum up."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--browser", action="store_true", help="run the browser tests alone")
    only.add_argument("--whole", action="store_true", help="run all of what is else sampled")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # The tests answer exercises: that must not enter the progress of whoever runs them.
        # A slow machine shows a bar where a fast one shows none: stored outputs have none.
        environment = {
            **os.environ,
            "DTAO_EDU_DATA": folder,
            "DTAO_EDU_PROGRESS": "off",
            "PYTHONUTF8": "1",
        }
        steps = BROWSER if asked.browser else WHOLE if asked.whole else STEPS
        # A hundred processes would else each compile the package anew.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        if asked.whole:
            environment["DTAO_EDU_WHOLE"] = "yes"  # tests/helpers/walks.py reads it
        with ThreadPoolExecutor(1) as pool:
            later = {
                name: pool.submit(run, name, steps[name], environment, beside=True)
                for name in BESIDE
                if name in steps
            }
            ended = {
                name: run(name, command, environment)
                for name, command in steps.items()
                if name not in later
            }
            ended |= {name: one.result() for name, one in later.items()}
        outcomes = [ended[name] for name in steps]
    print("\n== Summary")
    for one in outcomes:
        print(
            f"{'passed' if one.passed else 'FAILED'}  {one.name} ({one.seconds:.0f} s): {one.line}"
        )
    for line in (line for one in outcomes for line in one.left_out):
        print(f"left out  {line}")
    if asked.browser:
        print(f"left out  {KERNEL}: .ci/run runs it, with the extra `browser` and npm")
    elif not asked.whole:
        print("left out  browser tests: python tests/run.py --browser runs them, with Chromium")
        print("left out  of long walks what is not in the sample: python tests/run.py --whole")
    return int(not all(one.passed for one in outcomes))


if __name__ == "__main__":
    sys.exit(main())
