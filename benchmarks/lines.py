"""Lines of the package and the authors' tools, room by room, beside those of an earlier commit.

    python -m benchmarks.lines [COMMIT]     the last commit of version 0.1.0 if left out

Counted are all lines of Python, and of them the lines of code: no docstring, comment or empty
line. The bank of exercises, tables of data and tests are left out. What is there for a new feature
alone is counted apart, by feature: whole files, and the functions, classes and methods that
`new_features.toml` names in files that have older tenants too. A name that the room had before is
refused there: what has only changed is no new feature.
"""

from __future__ import annotations

import ast
import io
import subprocess
import sys
import tarfile
import tokenize
import tomllib
from collections.abc import Iterable, Iterator, Mapping
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

NEW_FEATURES = Path(__file__).with_name("new_features.toml")
"""Each new feature with what is there for it alone: files, and definitions in files of old."""


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


def code_lines(text: str) -> set[int]:
    """Return the numbers of the lines that hold code: no docstring, comment or empty line."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.string.strip() and token.type not in (tokenize.COMMENT, tokenize.ENDMARKER):
            lines |= set(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        # A docstring, or the words below a name.
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            lines -= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


@dataclass(frozen=True)
class Source:
    """The lines of a file, and those of each definition in it by its name (`Pool.stake`)."""

    lines: Lines
    definitions: dict[str, Lines]

    @classmethod
    def of(cls, text: str) -> Source:
        """Count one file."""
        code = code_lines(text)

        def inside(body: list[ast.stmt], name: str) -> Iterator[tuple[str, Lines]]:
            for node in body:
                if isinstance(node, ast.FunctionDef | ast.ClassDef):
                    first = min(one.lineno for one in (node, *node.decorator_list))
                    own = range(first, (node.end_lineno or first) + 1)
                    yield name + node.name, Lines(len(own), len(code & set(own)))
                    yield from inside(node.body, f"{name}{node.name}.")

        whole = Lines(len(text.splitlines()), len(code))
        return cls(whole, dict(inside(ast.parse(text).body, "")))


def _name(path: str) -> str:
    return path.removeprefix("dtao_edu/")


def room_of(path: str) -> str:
    """Return the room of a file."""
    name = _name(path)
    for room, patterns in ROOMS.items():
        if any(fnmatch(name, each) or name.startswith(f"{each}/") for each in patterns):
            return room
    raise AssertionError(path)


def features() -> dict[str, list[str]]:
    """Return the new features, each with its files and definitions."""
    with NEW_FEATURES.open("rb") as file:
        return tomllib.load(file)


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


def counted(files: Iterator[tuple[str, str]]) -> dict[str, Source]:
    """Return the lines of each file that counts."""
    return {
        path: Source.of(text)
        for path, text in files
        if not any(fnmatch(path, each) for each in LEFT_OUT)
    }


def new_lines(
    before: Mapping[str, Source], now: Mapping[str, Source]
) -> Iterator[tuple[str, str, Lines]]:
    """Yield each new feature's name, a room, and what is there for it: a file or a definition.

    Raises
    ------
    ValueError
        If a definition is named that is not there, that its room had before, or that lies in a
        file or class named already.
    """
    had = {(room_of(path), name) for path, one in before.items() for name in one.definitions}
    taken: set[tuple[str, str]] = set()
    for feature, parts in features().items():
        for part in parts:
            pattern, _, name = part.partition(":")
            here = [path for path in now if _fits(_name(path), pattern)]
            if not name:
                fresh = [path for path in here if (path, "") not in taken]
                taken |= {(path, "") for path in fresh}
                yield from ((feature, room_of(path), now[path].lines) for path in fresh)
                continue
            if len(here) != 1 or name not in now[here[0]].definitions:
                raise ValueError(f"{NEW_FEATURES.name}: no definition {part}")
            path = here[0]
            outer = {(path, ""), (path, name), (path, name.partition(".")[0])}
            if (room_of(path), name) in had or outer & taken:
                raise ValueError(f"{NEW_FEATURES.name}: {part} was there before, or is named twice")
            taken.add((path, name))
            yield feature, room_of(path), now[path].definitions[name]


def report(commit: str) -> Iterator[str]:
    """Say the lines of each room before and now, and of each new feature, all and of code."""
    before, now = counted(files_before(commit)), counted(files_now())
    new = list(new_lines(before, now))
    heads = (f"in {commit}", "now", "new features", "the rest, more by")
    yield f"{'lines (of code)':58}" + "".join(f"{head:>18}" for head in heads)
    sums = [NOTHING] * len(heads)
    for room in ROOMS:
        then, whole = (
            added(one.lines for path, one in files.items() if room_of(path) == room)
            for files in (before, now)
        )
        fresh = added(lines for _, place, lines in new if place == room)
        row = [then, whole, fresh, whole - fresh - then]
        yield _row(room, row)
        sums = [one + other for one, other in zip(sums, row, strict=True)]
    yield _row("all", sums)
    yield ""
    yield "new features"
    each = {name: added(lines for one, _, lines in new if one == name) for name in features()}
    for name, lines in sorted(each.items(), key=lambda pair: -pair[1].all):
        yield _row(name, [lines])


def _row(name: str, parts: list[Lines]) -> str:
    return f"{name:58}" + "".join(f"{one.all:8,} ({one.code:,})".rjust(18) for one in parts)


if __name__ == "__main__":
    for line in report(sys.argv[1] if len(sys.argv) > 1 else BEFORE):
        print(line)
