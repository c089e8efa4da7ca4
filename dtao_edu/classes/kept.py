"""What was drawn and judged before, kept by seat, exercise, answer and version.

Marking the same week again, with ten more hand-ins, then costs ten. It is a cache: the file may be
deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from dtao_edu.classes.judging import Answers, Judged, Marked, Right
from dtao_edu.practice.checking.record import Value

KEPT = "judged.sqlite"
_JudgedRow = tuple[str, int, list[Value], str, str, str, bool]
_RightRow = tuple[str, list[float], list[float]]
_MAKE = "create table if not exists judged (key text primary key, seat text, content text)"


@cache
def version() -> str:
    """Return a mark of the package's own source: a changed exercise is judged anew."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class Kept:
    """A file of what was judged.

    Parameters
    ----------
    folder : Path
        The class's folder.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / KEPT

    def _open(self) -> sqlite3.Connection:
        if not self.path.exists():
            self.path.touch(0o600)
        opened = sqlite3.connect(self.path, timeout=30)
        opened.execute(_MAKE)
        return opened

    def find(self, jobs: Sequence[Answers]) -> set[int]:
        """Tell which jobs are known, by their place; none if the file is damaged."""
        try:
            with closing(self._open()) as opened:
                keys = {str(row[0]) for row in opened.execute("select key from judged")}
        except (sqlite3.Error, OSError):
            with suppress(OSError):
                self.path.unlink(missing_ok=True)
            return set()
        return {place for place, job in enumerate(jobs) if _key(job) in keys} if keys else set()

    def get(self, job: Answers) -> Marked | None:
        """Return what came of a job; nothing if that cannot be read."""
        unreadable = (sqlite3.Error, OSError, ValueError, KeyError, TypeError, IndexError)
        with suppress(*unreadable), closing(self._open()) as opened:
            row = opened.execute("select content from judged where key = ?", (_key(job),))
            return _read(json.loads(row.fetchone()[0]))
        return None

    def add(self, made: Iterable[tuple[Answers, Marked]]) -> None:
        """Keep what was judged; a file that cannot be written keeps nothing."""
        rows = [(_key(job), done.seat, json.dumps(done)) for job, done in made]
        if not rows:
            return
        with suppress(sqlite3.Error, OSError), closing(self._open()) as opened, opened:
            opened.executemany("insert or replace into judged values (?, ?, ?)", rows)

    def forget(self, seat: str) -> None:
        """Erase all of one seat."""
        if self.path.exists():
            with closing(self._open()) as opened:
                with opened:
                    opened.execute("delete from judged where seat = ?", (seat,))
                opened.execute("vacuum")


def _key(job: Answers) -> str:
    asked = [
        (record.exercise, record.version, record.seat, record.values, record.literal)
        for record in job.records
    ]
    text = json.dumps([version(), job.seat, job.exercises, asked])
    return hashlib.sha256(text.encode()).hexdigest()


def _read(content: tuple[str, list[_JudgedRow], list[_RightRow]]) -> Marked:
    seat, judged, right = content
    return Marked(
        seat,
        tuple(
            Judged(name, n, tuple(values), outcome, misconception, text, elsewhere)
            for name, n, values, outcome, misconception, text, elsewhere in judged
        ),
        tuple(Right(name, tuple(values), tuple(steps)) for name, values, steps in right),
    )
