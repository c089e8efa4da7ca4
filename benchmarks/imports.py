"""What importing costs: starting Python bare, with the package, and with a first trade.

    python benchmarks/imports.py [ROUNDS]

The starts take turns, so that a busy moment of the machine hits all of them alike. Printed are
medians, the differences from a bare start, and the ratios to it.
"""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

STARTS = {
    "python alone": "pass",
    "import dtao_edu": "import dtao_edu",
    "with the first Pool.stake": "from dtao_edu import Pool; Pool(1000, 500).stake(10)",
    "with a definition": "from dtao_edu import define; define('slippage')",
    "NumPy, to compare": "import numpy",
}


def seconds(code: str) -> float:
    """Time one start of Python, from the call to the end of the process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, stdin=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Print one line a start."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    times: dict[str, list[float]] = {name: [] for name in STARTS}
    for code in STARTS.values():  # once for the files' sake: compiled code is written
        seconds(code)
    for _ in range(rounds):
        for name, code in STARTS.items():
            times[name].append(seconds(code))
    bare = median(times["python alone"])
    print(f"{'median of ' + str(rounds) + ' starts':28}{'ms':>8}{'more':>8}{'ratio':>8}")
    for name, took in times.items():
        whole = median(took)
        print(f"{name:28}{1e3 * whole:8.1f}{1e3 * (whole - bare):8.1f}{whole / bare:8.2f}")


if __name__ == "__main__":
    main()
