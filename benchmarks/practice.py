"""What the checker names, and how long a learner waits for it: python -m benchmarks.practice

First the bars of `benchmarks/naming.py`, over twenty seats. Then the time:

Every exercise of the bank is answered in turns with three dots, its solution, each of its wrong
ideas and a wrong number, as `check` does it: numbers drawn, answer judged, progress written. Every
check is timed alone, for many names, so that nothing is remembered from the one before. Printed
are median and 95th percentile in milliseconds, by the clock, and of all together the processor's
time as well, which a busy machine does not stretch; the exit status is 1 if a median by the clock
passes its limit: 50 ms, and 200 ms for functions to write.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from statistics import median, quantiles
from typing import Any

from benchmarks import naming

NAMES, SEATS, MOST, MOST_FUNCTION = 8, 20, 50.0, 200.0
KINDS = ("all but functions", "functions")


def solutions() -> dict[str, Any]:
    """Run the worked solutions that do not depend on the numbers: functions and expressions."""
    import sympy

    import dtao_edu
    from dtao_edu.practice import bank

    found = {}
    for lesson in bank.lessons():
        for one in bank.exercises(lesson):
            if one.question.coded:
                names = {"sympy": sympy, "check": lambda name, answer: None}
                names |= {name: getattr(dtao_edu, name) for name in ("Pool", "RootNetwork")}
                exec(one.question.filled(one.id, one.code), names)
                found[one.id] = one.question.result(names)
    return found


def given_in(one: Any, solved: dict[str, Any]) -> Iterator[Any]:
    """Yield what learners hand in: nothing, the right answer, each wrong idea, a wrong number."""
    yield ...
    if one.question.coded:
        yield solved[one.exercise.id]
        yield (lambda *numbers: 1.0) if one.question.name == "Function" else "1.0"
        return
    for values in (one.values, *one.misconceptions):
        yield (
            one.question.shown(values, one.given)[0]
            if one.question.name == "Choice"
            else (values[0] if len(values) == 1 else list(values))
        )
    yield 1.2345


def main() -> int:
    """Measure, print, and compare with the limits."""
    from dtao_edu.practice import bank, check, sit
    from dtao_edu.practice.exercise.exercise import task

    named = naming.report([f"seat {number}" for number in range(SEATS)])
    solved = solutions()
    taken: dict[str, list[float]] = defaultdict(list)
    worked: dict[str, list[float]] = defaultdict(list)
    for number in range(NAMES):
        sit(f"student-{number}")
        for lesson in bank.lessons():
            for exercise in bank.exercises(lesson):
                for answer in given_in(task(exercise, f"student-{number}"), solved):
                    task.cache_clear()  # the numbers are drawn anew, as in a fresh kernel
                    start, before = time.perf_counter(), time.process_time()
                    verdict = check(exercise.id, answer)
                    verdict._repr_mimebundle_()
                    taken[exercise.id].append(1000 * (time.perf_counter() - start))
                    kind = KINDS[exercise.question.name == "Function"]
                    worked[kind].append(1000 * (time.process_time() - before))
    print(f"{'exercise':10} {'kind':12} {'checks':>6} {'median':>8} {'95 %':>8}   ms")
    kinds: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for name, times in taken.items():
        kind = bank.find(name).question.name
        kinds[KINDS[kind == "Function"]] += times
        print(f"{name:10} {kind:12} {len(times):6} {median(times):8.1f} {last(times):8.1f}")
    slow = []
    for label, most in zip(KINDS, (MOST, MOST_FUNCTION), strict=True):
        times, work = kinds[label], worked[label]
        print(f"{label:29} {median(times):8.1f} {last(times):8.1f}   limit {most:g}")
        print(f"{'of it the processor':29} {median(work):8.1f} {last(work):8.1f}")
        slow += [label] * (median(times) > most)
    print("too slow: " + ", ".join(slow) if slow else "within the limits")
    return int(bool(slow) or not named)


def last(times: list[float]) -> float:
    """Give the 95th percentile."""
    return quantiles(times, n=20)[-1]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DTAO_EDU_DATA"] = folder  # nothing of this enters anybody's progress
        sys.exit(main())
