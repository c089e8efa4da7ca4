"""Marks a synthetic class, and says how long it took and whether everything planted was found.

    python benchmarks/marking.py [--students 1000] [--lesson 05] [--workers 1 2]

The hand-ins are those of the tests' own generator: right, wrong by each misconception, copied,
cleared, broken. Each number of workers marks them in a process of its own, without what an earlier
run has kept.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

_SELF, _CHILDREN = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
if TYPE_CHECKING:
    from tests.helpers.hand_ins import Planted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=1000)
    parser.add_argument("--lesson", default="05")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--one", nargs=3, metavar=("FOLDER", "ZIP", "WORKERS"), help="internal")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(marked(Path(options.one[0]), Path(options.one[1]), int(options.one[2]))))
        return
    with tempfile.TemporaryDirectory() as place:
        compare(Path(place), options)


def compare(place: Path, options: argparse.Namespace) -> None:
    """Make the class, mark it with each number of workers, and compare with what was planted."""
    from dtao_edu.classes.roster import read_seats
    from dtao_edu.cli import main as command
    from tests.helpers.hand_ins import plant, write_zip

    roster = place / "names.txt"
    names = [f"Student {n} Number{n}" for n in range(options.students)]
    roster.write_text("\n".join(names), encoding="utf-8")
    folder = place / "class"
    words = ["class", "new", str(folder), "--roster", str(roster), "--lessons", options.lesson]
    assert command(words) == 0
    planted = plant(read_seats(folder), options.lesson)
    handed_in = write_zip(planted, place / "handed-in.zip")
    size = handed_in.stat().st_size / 2**20
    print(f"{options.students} hand-ins of lesson {options.lesson}, a zip of {size:.1f} MB")
    print("workers     s   s a second time  s of processor  MB (this process)  hand-ins a second")
    for workers in options.workers:
        done = run(folder, handed_in, workers)
        again = run(folder, handed_in, workers)
        seconds, later, processor = done["seconds"], again["seconds"], done["processor"]
        print(
            f"{workers:7d} {seconds:7.1f} {later:15.1f} {processor:15.1f} "
            f"{done['megabytes']:18.0f} {options.students / seconds:18.0f}"
        )
        report(folder, planted)
        (folder / "judged.sqlite").unlink()


def run(folder: Path, handed_in: Path, workers: int) -> dict[str, float]:
    """Mark in a fresh process."""
    words = [sys.executable, __file__, "--one", str(folder), str(handed_in), str(workers)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def marked(folder: Path, handed_in: Path, workers: int) -> dict[str, float]:
    """Mark with the command, and measure it."""
    from dtao_edu.cli import main as command

    start = time.perf_counter()
    words = ["class", "mark", str(handed_in), "--class", str(folder), "--workers", str(workers)]
    assert command(words) == 0
    seconds = time.perf_counter() - start
    own, others = (resource.getrusage(who) for who in (_SELF, _CHILDREN))
    return {
        "seconds": seconds,
        "processor": own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime,
        "megabytes": own.ru_maxrss / 1024,
    }


def report(folder: Path, planted: Planted) -> None:
    """Hold what was found to what was planted."""
    from dtao_edu.classes.marks import read_marks

    marks = read_marks(folder / "week-1" / "marks.csv")
    found = {(m.seat, m.exercise): (m.outcome, m.misconception) for m in marks if m.counts}
    notes: dict[str, str] = defaultdict(str)
    for mark in marks:
        notes[mark.seat] += " ".join(mark.notes)
    right = sum(found.get(place) == expected for place, expected in planted.outcomes.items())
    copies = {seat for seat, text in notes.items() if "Right for the numbers of" in text}
    faults = sum(sentence in notes[seat] for seat, sentence in planted.faults.items())
    odd = {seat for seat, text in notes.items() if text} - set(planted.faults)
    print(f"        answers judged as planted: {right} of {len(planted.outcomes)}")
    print(f"        copiers found: {len(copies & set(planted.copies))} of {len(planted.copies)}, "
          f"invented: {len(copies - set(planted.copies))}")  # fmt: skip
    print(f"        faults found: {faults} of {len(planted.faults)}, "
          f"invented: {len(odd - set(planted.copies))}")  # fmt: skip


if __name__ == "__main__":
    main()
