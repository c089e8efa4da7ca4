"""Change the code in small ways, one at a time, and see whether a test notices.

    python -m benchmarks.mutation ROOM [--sample N] [--seed N] [--keep FOLDER] [--again]

ROOM is engine, block (the step of a block and its mechanisms) or judge (the judge and its reading
of answers). Changed is a copy, never this checkout. Printed are the raw score and every change
that no test noticed. It needs ``pip install cosmic-ray coverage``; the tests that read the changed
line run first (:mod:`benchmarks.mutant_tests`), so that most changes take about a second.
``--again`` takes the tests of today and tries once more what an earlier run, kept in FOLDER, left.

Left out are changes of annotations, which no running code reads, and of type-checkers' lines.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import mutant_tests

ROOT = Path(__file__).resolve().parents[1]
NEEDED = ("dtao_edu", "authoring", "tests", "benchmarks", "pyproject.toml", "README.md")


@dataclass(frozen=True)
class Room:
    """What is changed, and the tests that have to notice, quick ones first."""

    changed: tuple[str, ...]
    tests: tuple[str, ...]


ROOMS = {
    "engine": Room(
        ("dtao_edu/engine",),
        ("tests/engine", "tests/faults/test_numbers.py", "tests/faults/test_sentences.py",
         "tests/faults/test_cancellation.py", "tests/faults/test_leaving.py", "tests/chain",
         "dtao_edu/engine"),
    ),
    "block": Room(
        ("dtao_edu/simulation/state.py", "dtao_edu/simulation/stages.py",
         "dtao_edu/simulation/block.py", "dtao_edu/simulation/mechanisms.py"),
        ("tests/simulation/test_stages.py", "tests/simulation/test_step.py",
         "tests/simulation/test_network.py",
         "tests/simulation/test_rules.py", "tests/simulation/test_run.py",
         "tests/simulation/test_ensembles.py", "tests/chain"),
    ),
    "judge": Room(
        ("dtao_edu/practice/checking/judge.py", "dtao_edu/practice/checking/parse.py",
         "dtao_edu/practice/checking/numerals.py",
         "dtao_edu/practice/exercise/question_types.py"),
        ("tests/practice/test_judge.py", "tests/practice/test_reading.py",
         "tests/practice/test_unexpected.py",
         "tests/practice/test_exercise.py", "tests/practice/test_misconceptions.py",
         "tests/practice/test_text.py", "tests/faults/test_answers.py"),
    ),
}  # fmt: skip

CONFIG = """[cosmic-ray]
module-path = [{modules}]
timeout = 600
excluded-modules = []
test-command = "python -m pytest -x -q -n 0 {tests}"

[cosmic-ray.distributor]
name = "local"
"""
SESSION = "mutation.sqlite"


def unread(path: Path) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the places of a module that no running code reads: annotations, types alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        found: list[ast.AST | None] = []
        if isinstance(node, ast.FunctionDef):
            given = node.args
            arguments = (*given.posonlyargs, *given.args, *given.kwonlyargs)
            extra = tuple(one for one in (given.vararg, given.kwarg) if one)
            found = [node.returns, *(one.annotation for one in (*arguments, *extra))]
        elif isinstance(node, ast.AnnAssign):
            found = [node.annotation]
        elif isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            found = [node]
        for part in found:
            if isinstance(part, ast.expr | ast.stmt):
                end = part.end_lineno or part.lineno, part.end_col_offset or 0
                yield (part.lineno, part.col_offset), end


def prepared(folder: Path) -> None:
    """Copy what the tests need; written files of an earlier run stay behind."""
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy2(source, folder / name)


def drawn(folder: Path, room: Room, sample: int, seed: int) -> None:
    """List all changes in the session of the folder, and skip what is not in the sample."""
    from cosmic_ray.work_db import WorkDB, use_db
    from cosmic_ray.work_item import WorkerOutcome, WorkItem, WorkResult

    config = CONFIG.format(
        modules=", ".join(f'"{name}"' for name in room.changed),
        tests=" ".join(room.tests),
    )
    (folder / "mutation.toml").write_text(config, encoding="utf-8")
    tool = [sys.executable, "-m", "cosmic_ray.cli", "init", "mutation.toml", SESSION]
    subprocess.run(tool, cwd=folder, check=True)
    with use_db(str(folder / SESSION), WorkDB.Mode.open) as work:
        places: dict[Path, list[tuple[tuple[int, int], tuple[int, int]]]] = {}
        kept: list[WorkItem] = []
        unseen: list[WorkItem] = []
        for item in work.work_items:
            change = item.mutations[0]
            module = folder / change.module_path
            if module not in places:
                places[module] = list(unread(module))
            inside = (
                start <= change.start_pos and change.end_pos <= end for start, end in places[module]
            )
            (unseen if any(inside) else kept).append(item)
        kept.sort(key=lambda one: str(one.mutations))
        number = min(sample or len(kept), len(kept))
        chosen = {one.job_id for one in random.Random(seed).sample(kept, number)}
        out = [one.job_id for one in (*unseen, *kept) if one.job_id not in chosen]
        work.set_multiple_results(out, WorkResult(WorkerOutcome.SKIPPED))
        print(f"{len(kept)} changes possible, {number} tried", flush=True)


def tried(folder: Path, room: Room, again: bool) -> Counter[str]:
    """Make the changes, run the tests, print what was not noticed, and count the outcomes."""
    from cosmic_ray.mutating import use_mutation
    from cosmic_ray.plugins import get_operator
    from cosmic_ray.work_db import WorkDB, use_db
    from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkResult

    os.chdir(folder)
    sys.path.insert(0, str(folder))
    mutant_tests.prepare()
    modules = sorted(
        str(path)
        for name in room.changed
        for path in (Path(name).rglob("*.py") if Path(name).is_dir() else [Path(name)])
    )
    kept = folder / "unchanged"  # a run that was stopped may have left a change behind
    for module in modules:
        source, copy = (kept, folder) if (kept / module).exists() else (folder, kept)
        (copy / module).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source / module, copy / module)
    reading = mutant_tests.read(modules, room.tests, folder)
    print(f"{len(reading.seconds)} tests, {sum(reading.seconds.values()):.0f} s", flush=True)
    counted: Counter[str] = Counter()
    with use_db(SESSION, WorkDB.Mode.open) as work:
        before = dict(work.results)
        for item in work.work_items:
            known = before.get(item.job_id)
            if known and known.worker_outcome is WorkerOutcome.SKIPPED:
                continue
            if known and not (again and known.test_outcome is TestOutcome.SURVIVED):
                counted[str(getattr(known.test_outcome, "value", known.test_outcome))] += 1
                continue
            change = item.mutations[0]
            readers = reading.readers(str(change.module_path), change.start_pos[0])
            operator = get_operator(change.operator_name)(**change.operator_args)
            began = time.monotonic()
            with use_mutation(change.module_path, operator, change.occurrence) as (old, new):
                passed = all(
                    mutant_tests.run(tests, folder / "last.txt", reading)
                    for tests in (readers, reading.others(readers))
                )
            outcome = TestOutcome.SURVIVED if passed else TestOutcome.KILLED
            lines = [
                line
                for line in difflib.ndiff(old.splitlines(), (new or "").splitlines())
                if line[:1] in "+-"
            ]
            work.set_result(
                item.job_id,
                WorkResult(WorkerOutcome.NORMAL, None, outcome, "\n".join(lines)),
            )
            counted[outcome.value] += 1
            place = f"{change.module_path}:{change.start_pos[0]} {change.operator_name}"
            print(f"{outcome.value} {place} ({time.monotonic() - began:.1f} s)", flush=True)
            if passed:
                print("\n".join(lines), flush=True)
    return counted


def main() -> int:
    """Run one room and print its score."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("room", choices=ROOMS)
    parser.add_argument("--sample", type=int, default=0, help="try so many, drawn by the seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="an empty folder for the copy, to look into")
    parser.add_argument("--again", action="store_true", help="try again what FOLDER left")
    options = parser.parse_args()
    try:
        import cosmic_ray  # noqa: F401
        import coverage  # noqa: F401
    except ImportError:
        print("It needs cosmic-ray and coverage: pip install cosmic-ray coverage")
        return 2
    room = ROOMS[options.room]
    with tempfile.TemporaryDirectory(prefix="mutation-") as made:
        folder = (options.keep or Path(made)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        if options.again:
            shutil.rmtree(folder / "tests")
            (folder / "reading.json").unlink(missing_ok=True)
            shutil.copytree(ROOT / "tests", folder / "tests")
        elif not (folder / SESSION).exists():
            prepared(folder)
            drawn(folder, room, options.sample, options.seed)
        counted = tried(folder, room, options.again)
    number = sum(counted.values())
    print(
        f"\n{options.room}: {number} tried; "
        + ", ".join(f"{n} {name}" for name, n in counted.items())
    )
    print(f"raw score: {100 * counted['killed'] / max(number, 1):.1f} % killed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
