"""What the engine costs: python benchmarks/engine.py

One run measures, in rounds that take turns, the processor's time, which other programs on
the machine change little:

- one Pool.stake with its receipt, against a bare function that returns the amount out;
- a hundred stakes in a row, each from the pool that the one before left;
- starting Python, with `import dtao_edu`, and with the first Pool.stake.

Medians are printed, and the clock's time beside the starts. The exit status is 1 if a limit
is passed.
"""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median
from timeit import Timer

from dtao_edu import SWAP_FEE, Pool

try:
    import resource
except ImportError:  # Windows has no such count of a child's time
    resource = None  # type: ignore[assignment]

ROUNDS, LOOPS, STARTS = 51, 2_000, 31
MOST_TIMES, MOST_IMPORT, MOST_STAKE = 40, 15, 60
CALLS = {
    "bare": "bare(12_345.6, 234_567.8, 1.5)",
    "stake": "pool.stake(1.5)",
    "charged": "pool.stake(1.5, fee=SWAP_FEE)",
    "hundred": "hundred(pool)",
}
CODE = {
    "python": "pass",
    "import": "import dtao_edu",
    "first": "from dtao_edu import Pool; Pool(1000.0, 500.0).stake(10.0)",
}


def bare(reserve_in: float, reserve_out: float, amount: float) -> float:
    """Return the amount out and nothing else: no check, no fee, no new pool, no receipt."""
    return reserve_out * amount / (reserve_in + amount)


def hundred(pool: Pool) -> Pool:
    """Stake a hundred times, each time into the pool that the last stake left."""
    for _ in range(100):
        pool = pool.stake(1.5).after
    return pool


def calls() -> dict[str, float]:
    """Return the microseconds of one call of each, the median of all rounds."""
    known = {
        "bare": bare,
        "hundred": hundred,
        "pool": Pool(12_345.6, 234_567.8, 1_000_000.0),
        "SWAP_FEE": SWAP_FEE,
    }
    timers = {
        name: Timer(code, timer=time.process_time, globals=known) for name, code in CALLS.items()
    }
    seen: dict[str, list[float]] = {name: [] for name in timers}
    for _ in range(ROUNDS):
        for name, timer in timers.items():
            loops = LOOPS // 100 if name == "hundred" else LOOPS
            seen[name].append(timer.timeit(loops) / loops * 1e6)
    return {name: median(times) for name, times in seen.items()}


def start(code: str) -> tuple[float, float]:
    """Start Python for some code: return milliseconds of the processor and of the clock."""
    spent, since = children(), time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    clock = time.perf_counter() - since
    return (children() - spent or clock) * 1000, clock * 1000


def children() -> float:
    """Return the seconds of the processor that ended children have used; 0 if unknown."""
    if resource is None:
        return 0.0
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def starts() -> dict[str, tuple[float, float]]:
    """Return the median of each start, by processor and by clock."""
    for code in CODE.values():
        start(code)  # once for the files' sake: compiled code is written
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in CODE}
    for _ in range(STARTS):
        for name, code in CODE.items():
            seen[name].append(start(code))
    return {
        name: (median(one[0] for one in both), median(one[1] for one in both))
        for name, both in seen.items()
    }


def main() -> int:
    call = calls()
    times = call["stake"] / call["bare"]
    print(f"The amount out alone                {call['bare']:8.3f} microseconds")
    print(f"Pool.stake with its receipt         {call['stake']:8.3f} microseconds")
    print(f"  times the amount out alone        {times:8.1f} (at most {MOST_TIMES})")
    print(f"Pool.stake with a fee of 33/65535   {call['charged']:8.3f} microseconds")
    print(f"A hundred stakes in a row           {call['hundred']:8.1f} microseconds")
    took = starts()
    base, clock = took["python"]
    print(
        f"Starting Python                     {base:8.1f} milliseconds ({clock:.1f} by the clock)"
    )
    more = {}
    for name, words, most in (
        ("import", "with import dtao_edu      ", MOST_IMPORT),
        ("first", "with the first Pool.stake ", MOST_STAKE),
    ):
        more[name] = took[name][0] - base
        waited = took[name][1] - clock
        print(f"  {words}        {more[name]:+8.1f} (less than {most}; {waited:+.1f} by the clock)")
    within = more["import"] < MOST_IMPORT and more["first"] < MOST_STAKE
    return int(times > MOST_TIMES or not within)


if __name__ == "__main__":
    sys.exit(main())
