"""Lines of the package and the authors' tools, room by room, beside those of an earlier commit.

    python -m benchmarks.lines [COMMIT]     the last commit of version 0.1.0 if left out

Counted are all lines of Python, and of them the lines of code: no docstring, comment or empty
line. The bank of exercises, tables of data and tests are left out. Files that are there for a new
feature alone are counted apart, by feature; what a feature added to files of old is not, so that
"same features" still holds it.
"""

from __future__ import annotations

import ast
import io
import subprocess
import sys
import tarfile
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BEFORE = "cbbfac9"
"""The last commit before the rooms of version 0.2.0."""
LEFT_OUT = ("dtao_edu/practice/bank/*",)

ROOMS = {
    "engine": ("engine", "ledger/moving.py"),
    "ledger": ("ledger",),
    "studies": (
        "studies", "measures/[!_cdp]*", "measures/capture.py", "measures/da*.py",
        "measures/delegators.py", "measures/payments.py", "measures/pumps.py",
        "simulation/attacks.py", "simulation/believers.py", "simulation/race.py",
        "simulation/real.py",
    ),
    "measures": ("measures",),
    "simulation": ("simulation",),
    "derivation": ("derivation",),
    "figures": ("figures", "wording.py"),
    "playground": ("playground",),
    "practice": ("practice",),
    "lessons, lecture, authoring": ("classroom", "lessons", "lecture", "authoring"),
    "classes": ("classes",),
    "site": ("site",),
    "words, sources, face, commands": ("*",),
}  # fmt: skip
"""Each room with its files, in this tree and in the one before; the first that fits counts."""

NEW = {
    "the web site, and the kernel in the browser": ("site/*", "browser.py"),
    "flip-books": ("playground/flipbook/*",),
    "classes: handing out, marking, feedback": (
        "classes/*", "practice/class_copy.py", "practice/seats.py", "practice/checking/record.py",
    ),
    "the checker's slips": ("practice/slips/*",),
    "a lecture's hour and votes": ("lecture/hour.py", "lecture/votes.py"),
    "answers that stay closed": ("playground/reveal.py",),
    "pictures that can be touched": ("figures/base/touch.py", "playground/view/touch.py"),
    "subnets that end and begin in a run": ("simulation/life_cycle.py",),
    "compiled code kept on disk": ("simulation/compile_cache.py",),
    "pools of one's own day and of this moment": (
        "ledger/own_day.py", "ledger/records.py", "ledger/live.py",
    ),
    "one day under any rule, 2026": ("*/any_rule.py",),
    "a year of your stake": ("*/your_stake.py",),
    "the first lessons' playgrounds": (
        "*/three_places.py", "*/three_prices.py", "figures/charts/seats.py",
    ),
    "attacks: bribes, captures, four ways, splits": (
        "studies/attacks/bribes.py", "studies/attacks/captures.py",
        "studies/attacks/four_ways.py", "studies/attacks/splits.py", "*/capture.py",
        "figures/four_ways.py", "studies/averages.py",
    ),
    "believers: inequality, trials, side by side": (
        "studies/believers/inequality.py", "studies/believers/trials.py",
        "studies/believers/side_by_side.py", "figures/inequality.py", "figures/side_by_side.py",
        "playground/believers.py",
    ),
    "votes and prices with their baselines": (
        "studies/ballots.py", "studies/concentration.py", "studies/rank_agreement.py",
        "studies/intervals.py", "studies/paid_days/noise.py", "figures/concentration.py",
        "figures/rank_agreement.py",
    ),
    "whether share followed flow": ("studies/flow_day.py", "ledger/flows.py"),
    "the authors' checks: reached, signatures, stubs, address": (
        "reached.py", "signatures.py", "stubs.py", "authoring/address.py",
    ),
}  # fmt: skip
"""Each new feature with the files that are there for it alone."""


@dataclass(frozen=True)
class Lines:
    """All lines, and the lines of code."""

    all: int
    code: int

    def __add__(self, other: Lines) -> Lines:
        return Lines(self.all + other.all, self.code + other.code)

    def __sub__(self, other: Lines) -> Lines:
        return Lines(self.all - other.all, self.code - other.code)


NOTHING = Lines(0, 0)


def added(lines: Iterable[Lines]) -> Lines:
    """Return the sum."""
    return sum(lines, NOTHING)


def code_lines(text: str) -> int:
    """Count the lines that hold code: no docstring, comment or empty line."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.string.strip() and token.type not in (tokenize.COMMENT, tokenize.ENDMARKER):
            lines |= set(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        # A docstring, or the words below a name.
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            lines -= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(lines)


def _name(path: str) -> str:
    return path.removeprefix("dtao_edu/")


def room_of(path: str) -> str:
    """Return the room of a file."""
    name = _name(path)
    for room, patterns in ROOMS.items():
        if any(fnmatch(name, each) or name.startswith(f"{each}/") for each in patterns):
            return room
    raise AssertionError(path)


def feature_of(path: str) -> str | None:
    """Return the new feature that a file is there for, if it is."""
    name = _name(path)
    here = (f for f, patterns in NEW.items() if any(_fits(name, each) for each in patterns))
    return next(here, None)


def _fits(name: str, pattern: str) -> bool:
    return fnmatch(name, pattern) or fnmatch(name, f"authoring/{pattern}")


def files_before(commit: str) -> Iterator[tuple[str, str]]:
    """Yield path and text of each file of a commit."""
    packed = subprocess.run(
        ["git", "archive", "--format=tar", commit, "dtao_edu"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout  # fmt: skip
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            if member.name.endswith(".py") and (file := archive.extractfile(member)):
                yield member.name, file.read().decode()


def files_now() -> Iterator[tuple[str, str]]:
    """Yield path and text of each file of this tree."""
    for top in ("dtao_edu", "authoring"):
        for path in sorted((ROOT / top).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def counted(files: Iterator[tuple[str, str]]) -> dict[str, Lines]:
    """Return the lines of each file that counts."""
    return {
        path: Lines(len(text.splitlines()), code_lines(text))
        for path, text in files
        if not any(fnmatch(path, each) for each in LEFT_OUT)
    }


def report(commit: str) -> Iterator[str]:
    """Say the lines of each room before and now, and of each new feature, all and of code."""
    before, now = counted(files_before(commit)), counted(files_now())
    heads = (f"in {commit}", "now", "new features", "the rest, more by")
    yield f"{'lines (of code)':58}" + "".join(f"{head:>18}" for head in heads)
    sums = [NOTHING] * len(heads)
    for room in ROOMS:
        then = added(lines for path, lines in before.items() if room_of(path) == room)
        here = {path: lines for path, lines in now.items() if room_of(path) == room}
        new = added(lines for path, lines in here.items() if feature_of(path))
        whole = added(here.values())
        row = [then, whole, new, whole - new - then]
        yield _row(room, row)
        sums = [one + other for one, other in zip(sums, row, strict=True)]
    yield _row("all", sums)
    yield ""
    yield "new features, in files of their own"
    features = {
        name: added(lines for path, lines in now.items() if feature_of(path) == name)
        for name in NEW
    }
    for name, lines in sorted(features.items(), key=lambda pair: -pair[1].all):
        yield _row(name, [lines])


def _row(name: str, parts: list[Lines]) -> str:
    return f"{name:58}" + "".join(f"{one.all:8,} ({one.code:,})".rjust(18) for one in parts)


if __name__ == "__main__":
    for line in report(sys.argv[1] if len(sys.argv) > 1 else BEFORE):
        print(line)
