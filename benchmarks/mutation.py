"""Change the code in small ways, one at a time, and see whether a test notices.

    python -m benchmarks.mutation ROOM [--sample N] [--seed N] [--keep FOLDER]

ROOM is engine, block (the step of a block and its mechanisms) or judge (the judge and its reading
of answers). Changed is a copy, never this checkout. Printed are the raw score and every change
that no test noticed. It needs ``pip install cosmic-ray``, and hours for a whole room.

Left out are changes of annotations, which no running code reads, and of type-checkers' lines.
"""

from __future__ import annotations

import argparse
import ast
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NEEDED = ("dtao_edu", "authoring", "tests", "benchmarks", "pyproject.toml", "README.md")


@dataclass(frozen=True)
class Room:
    """What is changed, and the tests that have to notice, quick ones first."""

    changed: tuple[str, ...]
    tests: tuple[str, ...]
    seconds: float


ROOMS = {
    "engine": Room(
        ("dtao_edu/engine",),
        ("tests/engine", "tests/faults/test_numbers.py", "tests/faults/test_sentences.py",
         "tests/faults/test_cancellation.py", "tests/faults/test_leaving.py", "tests/chain",
         "dtao_edu/engine"),
        180,
    ),
    "block": Room(
        ("dtao_edu/simulation/state.py", "dtao_edu/simulation/stages.py",
         "dtao_edu/simulation/block.py", "dtao_edu/simulation/mechanisms.py"),
        ("tests/simulation/test_stages.py", "tests/simulation/test_step.py",
         "tests/simulation/test_network.py",
         "tests/simulation/test_rules.py", "tests/simulation/test_run.py",
         "tests/simulation/test_ensembles.py", "tests/chain"),
        300,
    ),
    "judge": Room(
        ("dtao_edu/practice/checking/judge.py", "dtao_edu/practice/checking/parse.py",
         "dtao_edu/practice/checking/numerals.py",
         "dtao_edu/practice/exercise/question_types.py"),
        ("tests/practice/test_judge.py", "tests/practice/test_reading.py",
         "tests/practice/test_unexpected.py",
         "tests/practice/test_exercise.py", "tests/practice/test_misconceptions.py",
         "tests/practice/test_text.py", "tests/faults/test_answers.py"),
        300,
    ),
}  # fmt: skip

CONFIG = """[cosmic-ray]
module-path = [{modules}]
timeout = {seconds}
excluded-modules = []
test-command = "{python} -m pytest -x -q -n 0 -p no:cacheprovider -p no:randomly {tests}"

[cosmic-ray.distributor]
name = "local"
"""


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


def survivors(folder: Path, room: Room, sample: int, seed: int) -> Counter[str]:
    """Make the changes, run the tests, print what was not noticed, and count the outcomes."""
    from cosmic_ray.work_db import WorkDB, use_db
    from cosmic_ray.work_item import WorkerOutcome, WorkItem, WorkResult

    modules = [name for name in room.changed if (folder / name).exists()]
    tests = " ".join(name for name in room.tests if (folder / name).exists())
    config = CONFIG.format(
        modules=", ".join(f'"{name}"' for name in modules),
        seconds=room.seconds,
        python=sys.executable,
        tests=tests,
    )
    (folder / "mutation.toml").write_text(config, encoding="utf-8")
    session = folder / "mutation.sqlite"
    tool = [sys.executable, "-m", "cosmic_ray.cli"]
    subprocess.run([*tool, "init", "mutation.toml", session.name], cwd=folder, check=True)
    with use_db(str(session), WorkDB.Mode.open) as work:
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
    subprocess.run([*tool, "exec", "mutation.toml", session.name], cwd=folder, check=True)
    counted: Counter[str] = Counter()
    with use_db(str(session), WorkDB.Mode.open) as work:
        for item, result in work.completed_work_items:
            if result.worker_outcome is WorkerOutcome.SKIPPED:
                continue
            name = getattr(result.test_outcome, "value", str(result.test_outcome))
            counted[name] += 1
            if name == "survived":
                change = item.mutations[0]
                print(
                    f"\nsurvived: {change.module_path}:{change.start_pos[0]} {change.operator_name}"
                )
                lines = (result.diff or "").splitlines()
                print(
                    "\n".join(
                        line
                        for line in lines
                        if line[:1] in "+-" and line[:3] not in ("+++", "---")
                    )
                )
    return counted


def main() -> int:
    """Run one room and print its score."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("room", choices=ROOMS)
    parser.add_argument("--sample", type=int, default=0, help="try so many, drawn by the seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="an empty folder for the copy, to look into")
    options = parser.parse_args()
    try:
        import cosmic_ray  # noqa: F401
    except ImportError:
        print("It needs cosmic-ray: pip install cosmic-ray")
        return 2
    with tempfile.TemporaryDirectory(prefix="mutation-") as made:
        folder = options.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        prepared(folder)
        counted = survivors(folder, ROOMS[options.room], options.sample, options.seed)
    tried = sum(counted.values())
    print(
        f"\n{options.room}: {tried} tried; "
        + ", ".join(f"{n} {name}" for name, n in counted.items())
    )
    print(f"raw score: {100 * counted['killed'] / max(tried, 1):.1f} % killed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
