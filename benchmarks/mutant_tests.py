"""Run the tests of one changed module cheaply: in a fork, those that read the changed line first.

A process that has imported pytest and the libraries, and nothing of the package, forks for every
run, so that none pays for starting. A first run of the unchanged tests notes how long each takes
and which lines it reads (coverage's contexts). For a change, the tests that read its line run
first, quickest first, then all the others; the first that fails ends it.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.metadata
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

LIBRARIES = ("hypothesis", "numpy", "sympy", "pandas", "matplotlib.figure", "coverage")
QUIET = ("-x", "-q", "-n", "0", "-p", "no:cacheprovider", "-p", "no:randomly")
LONGEST_READING = 3600.0


@dataclass(frozen=True)
class Reading:
    """What the unchanged tests did: seconds of each, and the tests that read each line."""

    seconds: dict[str, float]
    lines: dict[str, dict[int, list[str]]]

    def readers(self, module: str, line: int) -> list[str]:
        """Return the tests that read a line, quickest first; of a line read at import, all."""
        of_module = self.lines.get(module, {})
        found = of_module.get(line) or sorted({one for each in of_module.values() for one in each})
        return sorted(found, key=lambda one: self.seconds.get(one, 0.0))

    def others(self, readers: Sequence[str]) -> list[str]:
        """Return all other tests, quickest first."""
        left = self.seconds.keys() - set(readers)
        return sorted(left, key=lambda one: self.seconds[one])


class Noted:
    """A plugin that notes, of every test, its seconds and the lines that it reads."""

    def __init__(self, modules: Sequence[str], data: Path) -> None:
        from coverage import Coverage

        self.seconds: dict[str, float] = {}
        self.watch = Coverage(data_file=str(data), include=list(modules), config_file=False)
        self.watch.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.watch.switch_context(item.nodeid)
        began = time.process_time()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = time.process_time() - began
            self.watch.switch_context("")

    def lines(self, modules: Sequence[str]) -> dict[str, dict[int, list[str]]]:
        """Return the tests that read each line of each module, import left out."""
        self.watch.stop()
        data = self.watch.get_data()
        found = {}
        for module in modules:
            by_line = data.contexts_by_lineno(str(Path(module).resolve()))
            found[module] = {line: [one for one in by_line[line] if one] for line in by_line}
        return found


class Chosen:
    """A plugin that runs these tests alone, in their order."""

    def __init__(self, tests: Sequence[str]) -> None:
        self.place = {name: place for place, name in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        kept = [item for item in items if item.nodeid in self.place]
        items[:] = sorted(kept, key=lambda item: self.place[item.nodeid])


def prepare() -> None:
    """Import what every run of tests imports, and nothing of the package."""
    for name in LIBRARIES:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    for plugin in importlib.metadata.entry_points(group="pytest11"):
        with contextlib.suppress(Exception):
            plugin.load()


def forked(work: Callable[[], int], log: Path, seconds: float) -> int | None:
    """Return what a call in a forked process returns; None if it had to be stopped.

    It may take so many seconds of the processor, and thirty times as long by the clock.
    """
    child = os.fork()
    if not child:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
        sys.dont_write_bytecode = True
        with log.open("wb") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        status = 3
        try:
            status = work()
        finally:
            sys.stdout.flush()
            os._exit(status)
    ends = time.monotonic() + 30 * seconds
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def run(tests: Sequence[str], log: Path, reading: Reading) -> bool:
    """Run these tests of the working folder in their order; return whether all passed.

    A change that makes a loop endless is stopped after five times what the tests take.
    """
    if not tests:
        return True
    seconds = 20 + 5 * sum(reading.seconds[name] for name in tests)
    files = list(dict.fromkeys(name.partition("::")[0] for name in tests))
    ignored = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
    status = forked(
        lambda: int(pytest.main([*QUIET, *ignored, *files], plugins=[Chosen(tests)])), log, seconds
    )
    return status == 0


def read(modules: Sequence[str], tests: Sequence[str], folder: Path) -> Reading:
    """Run the unchanged tests once in the working folder; they have to pass.

    What they did is kept there, for a run that goes on where another stopped.
    """
    kept, log = folder / "reading.json", folder / "reading.txt"

    def work() -> int:
        noted = Noted(modules, folder / "reading.coverage")
        ignored = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
        status = pytest.main([*QUIET, *ignored, *tests], plugins=[noted])
        lines = noted.lines(modules)
        kept.write_text(json.dumps({"seconds": noted.seconds, "lines": lines}), encoding="utf-8")
        return int(status)

    if not kept.exists() and forked(work, log, LONGEST_READING) != 0:
        kept.unlink(missing_ok=True)
        raise SystemExit(f"The unchanged tests do not pass: {log}")
    found = json.loads(kept.read_text(encoding="utf-8"))
    lines = {
        module: {int(line): names for line, names in each.items()}
        for module, each in found["lines"].items()
    }
    return Reading(found["seconds"], lines)
