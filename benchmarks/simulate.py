"""What a run costs: python benchmarks/simulate.py [--blocks 216000] [--quick]

One model, several ways: 128 subnets, in each block the emission by moving price, injection,
root's part, epochs, moving prices, and a trade in every subnet.

- reference: dtao_edu, on NumPy columns;
- compiled: dtao_edu, with Numba;
- NumPy: a step written by hand in plain expressions, with nothing around it;
- Numba: a loop written by hand, with nothing around it;
- cadCAD, radCAD, mesa, where installed: the NumPy step inside their loop.

All end at the same reserves. Times are of the processor, in rounds that take turns; a ratio is the
median of the ratios of all rounds (nine pairs). Those of a first call are the processor's too,
in a process that compiles and in a second one that finds the loop on disk; `import numba` and the
smallest function that Numba keeps on disk, in the same rounds, say what of it is Numba's own.
Then forty runs without Numba, side by side and one by one; a year with hourly records, its
memory; and an ensemble on one and on two processes, by the clock. `--before FOLDER` runs the same
model in another checkout, in the same rounds. The exit status is 1 if a limit is passed.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from dtao_edu import Network, ensemble, simulate
from dtao_edu.simulation import traders

SUBNETS, MONTH, DAY = 128, 216_000, 7_200
MOST_REFERENCE, MOST_COMPILED, MOST_PART, MOST_ABREAST, MOST_YEAR_MB = 1.6, 1.3, 0.1, 0.2, 200
MOST_FIRST = 1.2
ROUNDS, STRETCH = 9, 600
FIRSTS = 4_920_351 + 500 * np.arange(SUBNETS)
FEE, CUT, WEIGHT = 33 / 65535, 11796 / 65535, 3_320_413_933_267_719_290 / (2**64 - 1)
CAP, ALPHA, HALVING, TEMPO = 21e6, 3e-4, 201_600, 360
BLOCK, ROOT, ISSUED = 5_373_800, 5.7e6, 8.6e6


def start() -> dict[str, Any]:
    chance = np.random.default_rng(7)
    tao = chance.uniform(1e3, 2e4, SUBNETS)
    alpha = chance.uniform(2e5, 1e6, SUBNETS)
    return {
        "tao_in": tao,
        "alpha_in": alpha,
        "alpha_out": chance.uniform(5e5, 9e5, SUBNETS),
        "moving_price": tao / alpha,
        # Every subnet is bought in one block, in an amount of its own; the next sells it all.
        "table": np.array([chance.uniform(0.1, 2, SUBNETS) * s for s in (1, -1e9) * 24]),
        "purse": 1e6,
        "mine": np.full(SUBNETS, 1e4),
        "prepared": None,
    }


def network(given: dict[str, Any]) -> Network:
    names = ("tao_in", "alpha_in", "alpha_out", "moving_price")
    rows = {
        i + 1: {name: given[name][i] for name in names} | {"first_block": int(FIRSTS[i])}
        for i in range(SUBNETS)
    }
    return Network(rows, "v3_low_fee", root_tao=ROOT, issuance=ISSUED, block=BLOCK)


def trader(given: dict[str, Any]) -> traders.Trader:
    held = {i + 1: given["mine"][i] for i in range(SUBNETS)}
    return traders.orders(given["table"], given["purse"], alpha=held)


def ours(compiled: bool) -> Callable[[dict[str, Any], int], Any]:
    def run(given: dict[str, Any], blocks: int) -> Any:
        before, team = given["prepared"]
        end = simulate(before, blocks, traders=team, record_every=blocks, compiled=compiled).network
        return end.tao_in, end.alpha_in

    return run


def by_numpy(given: dict[str, Any], blocks: int) -> Any:
    T, A, H, m = (given[n].copy() for n in ("tao_in", "alpha_in", "alpha_out", "moving_price"))
    table, purse, mine = given["table"], given["purse"], given["mine"].copy()
    netuid, pending, flow = np.arange(1, SUBNETS + 1), np.zeros(SUBNETS), np.zeros(SUBNETS)
    block, issued_so_far, R = BLOCK, ISSUED, ROOT
    for t in range(blocks):
        block += 1
        T, A, H, m, issued_so_far, R, pending = numpy_block(
            T, A, H, m, issued_so_far, R, pending, netuid, block
        )
        T, A, H, purse, mine, flow = numpy_trade(T, A, H, purse, mine, flow, table[t % len(table)])
    return T, A


def numpy_block(T, A, H, m, issued_so_far, R, pending, netuid, block):  # type: ignore[no-untyped-def]
    E = np.floor(1e9 / 2 ** np.floor(np.log2(CAP / (CAP - issued_so_far)))) / 1e9
    tao = E * (m / m.sum())
    alpha = np.floor(1e9 / 2 ** np.floor(np.log2(CAP / (CAP - (A + H))))) / 1e9
    alpha_in = np.minimum(tao / (T / A), alpha)
    T, A, H = T + tao, A + alpha_in, H + alpha
    weighted = WEIGHT * R
    root = (alpha - alpha * CUT) * (weighted / (weighted + (A + H))) / 2
    out = T * root / (A + root)
    T, A, H, pending = T - out, A + root, H - root, pending + out
    age = block - FIRSTS + 1
    a = ALPHA * age / (age + HALVING)
    m = (1 - a) * m + a * np.minimum(T / A, 1)
    due = TEMPO - (block + netuid + 1) % (TEMPO + 1) == 0
    paid = np.where(due, pending, 0)
    return T, A, H, m, issued_so_far + tao.sum(), R + paid.sum(), pending - paid


def numpy_trade(T, A, H, purse, mine, flow, row):  # type: ignore[no-untyped-def]
    pay, sell = np.maximum(row, 0), np.minimum(np.maximum(-row, 0), mine)
    asked = pay.sum()
    if asked > purse:
        pay = pay * (purse / asked)
    net_pay, net_sell = pay - pay * FEE, sell - sell * FEE
    bought, sold = A * net_pay / (T + net_pay), T * net_sell / (A + net_sell)
    T, A, H = T + pay - sold, A + sell - bought, H + bought - sell
    purse = max(purse + (sold - pay).sum(), 0)
    return T, A, H, purse, mine + bought - sell, flow + (pay - sold)


def by_numba() -> Callable[[dict[str, Any], int], Any]:
    import math

    import numba

    @numba.njit(error_model="numpy")
    def loop(T, A, H, m, table, purse, mine, blocks):  # type: ignore[no-untyped-def]
        n, block, issued_so_far, R = len(T), BLOCK, ISSUED, ROOT
        pending, flow = np.zeros(n), np.zeros(n)
        for t in range(blocks):
            block += 1
            E = math.floor(1e9 / 2.0 ** math.floor(math.log2(CAP / (CAP - issued_so_far)))) / 1e9
            total = 0.0
            for i in range(n):
                total += m[i]
            issued = paid_root = 0.0
            weighted = WEIGHT * R
            for i in range(n):
                tao = E * (m[i] / total)
                n_halved, left = 0, CAP - (A[i] + H[i])
                while left * 2.0 ** (n_halved + 1) <= CAP:
                    n_halved += 1
                alpha = math.floor(1e9 / 2.0**n_halved) / 1e9
                alpha_in = min(tao / (T[i] / A[i]), alpha)
                T[i] += tao
                A[i] += alpha_in
                H[i] += alpha
                root = (alpha - alpha * CUT) * (weighted / (weighted + (A[i] + H[i]))) / 2
                out = T[i] * root / (A[i] + root)
                T[i] -= out
                A[i] += root
                H[i] -= root
                pending[i] += out
                age = block - FIRSTS[i] + 1
                a = ALPHA * age / (age + HALVING)
                m[i] = (1 - a) * m[i] + a * min(T[i] / A[i], 1.0)
                if TEMPO - (block + (i + 1) + 1) % (TEMPO + 1) == 0:
                    paid_root += pending[i]
                    pending[i] = 0.0
                issued += tao
            issued_so_far += issued
            R += paid_root
            row = table[t % len(table)]
            asked = 0.0
            for i in range(n):
                asked += max(row[i], 0.0)
            part = purse / asked if asked > purse else 1.0
            gained = 0.0
            for i in range(n):
                pay, sell = max(row[i], 0.0) * part, min(max(-row[i], 0.0), mine[i])
                net_pay, net_sell = pay - pay * FEE, sell - sell * FEE
                bought = A[i] * net_pay / (T[i] + net_pay)
                sold = T[i] * net_sell / (A[i] + net_sell)
                T[i] += pay - sold
                A[i] += sell - bought
                H[i] += bought - sell
                gained += sold - pay
                mine[i] += bought - sell
                flow[i] += pay - sold
            purse = max(purse + gained, 0.0)
        return T, A

    def run(given: dict[str, Any], blocks: int) -> Any:
        copies = (given[n].copy() for n in ("tao_in", "alpha_in", "alpha_out", "moving_price"))
        return loop(*copies, given["table"], given["purse"], given["mine"].copy(), blocks)

    return run


def timed(run: Callable[[dict[str, Any], int], Any], blocks: int) -> tuple[float, Any]:
    given = start()
    given["prepared"] = network(given), [trader(given)]
    gc.collect()
    began = time.process_time()
    end = run(given, blocks)
    return time.process_time() - began, end


def frameworks() -> dict[str, Callable[[dict[str, Any], int], Any]]:
    """The NumPy step in the loop of other frameworks, where they are installed."""
    found: dict[str, Callable[[dict[str, Any], int], Any]] = {}

    def advance(state: dict[str, Any], table: Any) -> dict[str, Any]:
        T, A, H, m, issued_so_far, R, pending = numpy_block(
            state["T"], state["A"], state["H"], state["m"], state["issued_so_far"], state["R"],
            state["pending"], np.arange(1, SUBNETS + 1), state["block"] + 1,
        )  # fmt: skip
        row = table[(state["block"] - BLOCK) % len(table)]
        T, A, H, purse, mine, flow = numpy_trade(
            T, A, H, state["purse"], state["mine"], state["flow"], row
        )
        names = (
            "T",
            "A",
            "H",
            "m",
            "issued_so_far",
            "R",
            "pending",
            "purse",
            "mine",
            "flow",
            "block",
        )
        values = (T, A, H, m, issued_so_far, R, pending, purse, mine, flow, state["block"] + 1)
        return dict(zip(names, values, strict=True))

    def first(given: dict[str, Any]) -> dict[str, Any]:
        return {
            "T": given["tao_in"], "A": given["alpha_in"], "H": given["alpha_out"],
            "m": given["moving_price"], "issued_so_far": ISSUED, "R": ROOT,
            "pending": np.zeros(SUBNETS),
            "purse": given["purse"], "mine": given["mine"], "flow": np.zeros(SUBNETS),
            "block": BLOCK,
        }  # fmt: skip

    def blocks_of(given: dict[str, Any]) -> list[dict[str, Any]]:
        # A policy takes the whole step; every variable is then set from what it returns.
        # Both frameworks count the arguments of what they call.
        def policy(params: Any, substep: Any, history: Any, state: Any) -> dict[str, Any]:
            return {"new": advance(state, given["table"])}

        def setter(name: str) -> Callable[..., Any]:
            return lambda params, substep, history, state, signal: (name, signal["new"][name])

        names = list(first(given))
        return [{"policies": {"step": policy}, "variables": {n: setter(n) for n in names}}]

    if importlib.util.find_spec("radcad"):

        def radcad(given: dict[str, Any], blocks: int) -> Any:
            from radcad import Model, Simulation

            model = Model(initial_state=first(given), state_update_blocks=blocks_of(given))
            end = Simulation(model=model, timesteps=blocks, runs=1).run()[-1]
            return end["T"], end["A"]

        found["radCAD"] = radcad
    if importlib.util.find_spec("cadCAD"):

        def cadcad(given: dict[str, Any], blocks: int) -> Any:
            import contextlib
            import io

            from cadCAD.configuration import Experiment
            from cadCAD.configuration.utils import config_sim
            from cadCAD.engine import ExecutionContext, ExecutionMode, Executor

            experiment = Experiment()
            experiment.append_model(
                model_id="pool", initial_state=first(given),
                partial_state_update_blocks=blocks_of(given),
                sim_configs=config_sim({"N": 1, "T": range(blocks)}),
            )  # fmt: skip
            context = ExecutionContext(context=ExecutionMode().local_mode)
            with contextlib.redirect_stdout(io.StringIO()):
                records, *_ = Executor(exec_context=context, configs=experiment.configs).execute()
            return records[-1]["T"], records[-1]["A"]

        found["cadCAD"] = cadcad
    if importlib.util.find_spec("mesa"):

        def by_mesa(given: dict[str, Any], blocks: int) -> Any:
            import mesa

            class Pools(mesa.Model):  # type: ignore[misc]
                def __init__(self) -> None:
                    super().__init__()
                    self.state = first(given)

                def step(self) -> None:
                    self.state = advance(self.state, given["table"])

            model = Pools()
            for _ in range(blocks):
                model.step()
            return model.state["T"], model.state["A"]

        found["mesa"] = by_mesa
    return found


def apart(one: Any, other: Any) -> float:
    return max(float(np.max(np.abs(a / b - 1))) for a, b in zip(one, other, strict=True))


YEAR = """
import resource, sys, time
sys.path.insert(0, {here!r})
from benchmarks_simulate import network, start, trader, simulate
given = start()
before = network(given)
simulate(before, 10, traders=[trader(given)], compiled=True)
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.perf_counter()
run = simulate(before, days=365, traders=[trader(given)], record_every=300, compiled=True)
took = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(len(run), took, (peak - base) / 1024, peak / 1024)
"""


def year() -> tuple[int, float, float, float]:
    """Records, seconds by the clock, MB more than before, and MB of the process at its peak."""
    code = YEAR.format(here="").replace(
        "from benchmarks_simulate import",
        f"import importlib.util as u; s = u.spec_from_file_location('benchmarks_simulate', "
        f"{__file__!r}); b = u.module_from_spec(s); sys.modules[s.name] = b; "
        "s.loader.exec_module(b)\nfrom benchmarks_simulate import",
    )
    out = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    records, took, more, peak = out.stdout.split()
    return int(records), float(took), float(more), float(peak)


FIRST = """
import sys, time
import importlib.util as u
s = u.spec_from_file_location("benchmarks_simulate", sys.argv[1])
b = u.module_from_spec(s); sys.modules[s.name] = b; s.loader.exec_module(b)
given = b.start()
given["prepared"] = b.network(given), [b.trader(given)]
b.ours(False)(given, 2)
given["prepared"] = b.network(given), [b.trader(given)]
began = time.process_time()
b.ours(True)(given, 2)
print(time.process_time() - began)
"""

FLOOR = """
import sys, time
import numpy
began = time.process_time()
import numba
imported = time.process_time() - began
sys.path.insert(0, sys.argv[1])
from least import least
least(2.0)
print(imported, time.process_time() - began)
"""
LEAST = "import numba\n\n@numba.njit(cache=True)\ndef least(x):\n    return x + 1\n"
"""The smallest function that Numba keeps on disk."""


class FirstCalls(NamedTuple):
    """Seconds of the processor: empty cache; full one; `import numba`; its smallest function."""

    compiling: float
    again: float
    numba: float
    least: float


def first_calls(rounds: int = 3) -> FirstCalls:
    """Time the first compiled call of new processes, in turns with Numba alone: the least."""
    with tempfile.TemporaryDirectory() as folder:
        there = os.environ | {"DTAO_EDU_CACHE": folder}
        (Path(folder) / "least.py").write_text(LEAST, encoding="utf-8")

        def seconds(code: str, argument: str) -> list[float]:
            command = [sys.executable, "-c", code, argument]
            out = subprocess.run(command, check=True, capture_output=True, text=True, env=there)
            return [float(each) for each in out.stdout.split()]

        (compiling,), _ = seconds(FIRST, __file__), seconds(FLOOR, folder)
        found = [(*seconds(FIRST, __file__), *seconds(FLOOR, folder)) for _ in range(rounds)]
    return FirstCalls(compiling, *(min(each) for each in zip(*found, strict=True)))


def abreast(runs: int = 40, blocks: int = 300) -> tuple[float, float]:
    """Seconds of the processor, without Numba: so many runs in an ensemble, and one by one."""
    given = start()
    before, noise = network(given), [traders.noise(1e5, 0.5)]
    terms: dict[str, Any] = {"traders": noise, "record_every": blocks, "compiled": False}
    spent: list[tuple[float, float]] = []
    for _ in range(3):
        began = time.process_time()
        ensemble(before, runs, blocks=blocks, **terms)
        between = time.process_time()
        for seed in range(runs):
            simulate(before, blocks, seed=seed, **terms)
        spent.append((between - began, time.process_time() - between))
    return min(one for one, _ in spent), min(other for _, other in spent)


BEFORE = """
import sys
import importlib.util as u
s = u.spec_from_file_location("benchmarks_simulate", sys.argv[1])
b = u.module_from_spec(s); sys.modules[s.name] = b; s.loader.exec_module(b)
ways = {"reference": b.ours(False), "compiled": b.ours(True)}
b.timed(ways["compiled"], 2)
for line in sys.stdin:
    name, blocks = line.split()
    print(b.timed(ways[name], int(blocks))[0], flush=True)
"""


class Before:
    """Another checkout in a process of its own, asked in turns."""

    def __init__(self, folder: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", BEFORE, __file__], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": folder},
        )  # fmt: skip

    def timed(self, name: str, blocks: int) -> float:
        """Return seconds of its processor for so many blocks."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(name, blocks, file=self.process.stdin, flush=True)
        return float(self.process.stdout.readline())


def months(given: dict[str, Any], runs: int, executor: Any) -> float:
    noise = traders.noise(1e5, 0.5, every=20)
    began = time.perf_counter()
    ensemble(network(given), runs, days=30, traders=[noise], executor=executor,
             record_every=MONTH, compiled=True)  # fmt: skip
    return time.perf_counter() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--blocks", type=int, default=MONTH, help="blocks of the long run")
    parser.add_argument("--runs", type=int, default=12, help="months in the ensemble")
    parser.add_argument("--before", default="", help="another checkout to compare with")
    parser.add_argument("--quick", action="store_true", help="no long run, year or ensemble")
    chosen = parser.parse_args()
    ways: dict[str, Callable[[dict[str, Any], int], Any]] = {
        "reference": ours(False),
        "NumPy by hand": by_numpy,
        "compiled": ours(True),
        "Numba by hand": by_numba(),
    }
    first = first_calls()
    print(f"compiled: first call {first.compiling:.1f} s; in a second process "
          f"{first.again:.2f} s, {first.again / first.numba:.2f} times `import numba` "
          f"({first.numba:.2f} s); Numba's smallest function {first.least:.2f} s")  # fmt: skip
    took, _ = timed(ways["Numba by hand"], 2)
    print(f"Numba by hand: first call {took:.1f} s")
    timed(ways["compiled"], 2)
    other = Before(chosen.before) if chosen.before else None
    spent: dict[str, list[float]] = {name: [] for name in ways}
    many = {"compiled": 10, "Numba by hand": 10}
    for _ in range(ROUNDS):
        for name, run in ways.items():
            blocks = STRETCH * many.get(name, 1)
            spent[name].append(timed(run, blocks)[0] / blocks * 1e6)
            if other and name in ("reference", "compiled"):
                took = other.timed(name, blocks)
                spent.setdefault(f"{name} before", []).append(took / blocks * 1e6)
    # Other programs only ever add time, so the least of many rounds is nearest to the cost.
    cost = {name: min(times) for name, times in spent.items()}
    print(f"\n{SUBNETS} subnets, a trade in each, microseconds a block (least of {ROUNDS}):")
    for name, microseconds in cost.items():
        print(f"  {name:<17} {microseconds:8.1f}")

    def ratio(one: str, other: str) -> float:
        return statistics.median(a / b for a, b in zip(spent[one], spent[other], strict=True))

    for name, run in frameworks().items():
        blocks = 300
        took, end = timed(run, blocks)
        same = apart(end, by_numpy(start(), blocks))
        print(f"  {name:<14} {took / blocks * 1e6:8.1f}   ({blocks} blocks, apart {same:.0e})")
    side, single = abreast()
    print(f"\n40 runs without Numba: {side:.2f} s in an ensemble, {single:.2f} s one by one")
    limits = [
        ("reference / NumPy by hand", ratio("reference", "NumPy by hand"), MOST_REFERENCE),
        ("compiled / Numba by hand", ratio("compiled", "Numba by hand"), MOST_COMPILED),
        ("compiled / reference", ratio("compiled", "reference"), MOST_PART),
        ("40 runs in an ensemble / one by one", side / single, MOST_ABREAST),
        ("first call in a second process, seconds", first.again, 1.0),
        ("the same / Numba's smallest function", first.again / first.least, MOST_FIRST),
    ]
    if other:
        limits += [
            (f"{name} / before", ratio(name, f"{name} before"), 1.1)
            for name in ("reference", "compiled")
        ]
    if not chosen.quick:
        print(f"\n{chosen.blocks:,} blocks, seconds of the processor, and final reserves:")
        ends = {}
        for name, run in ways.items():
            took, ends[name] = timed(run, chosen.blocks)
            print(f"  {name:<14} {took:8.1f} s, apart {apart(ends[name], ends['reference']):.0e}")
        worst = max(apart(end, ends["reference"]) for end in ends.values())
        limits.append(("reserves apart, of 1e-9", worst / 1e-9, 1.0))
        records, took, more, peak = year()
        print(f"\na year, {records} hourly records: {took:.0f} s by the clock,")
        print(f"  {more:.0f} MB more than before; the process {peak:.0f} MB at its peak")
        limits.append(("a year's records, MB", more, MOST_YEAR_MB))
        given = start()
        months(given, 1, None)  # this process compiles
        one = months(given, chosen.runs, None)
        with ProcessPoolExecutor(2) as pool:
            months(given, 2, pool)  # the workers compile
            two = months(given, chosen.runs, pool)
        print(f"\n{chosen.runs} months: one process {one:.1f} s, two {two:.1f} s, "
              f"{one / two:.2f} times as fast")  # fmt: skip
    print()
    for name, value, most in limits:
        print(f"{'ok ' if value <= most else 'NO '} {name}: {value:.2f}, at most {most}")
    return int(any(value > most for _, value, most in limits))


if __name__ == "__main__":
    sys.exit(main())
