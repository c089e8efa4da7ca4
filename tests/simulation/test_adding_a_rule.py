"""To add a rule whole: a function with a line in its table, and an entry in `rules.toml`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dtao_edu

FUNCTION = '''
def share_alike(s: Subnets, facts: Facts, chain: Chain) -> Column:
    """The same for every subnet that is switched on."""
    return normalised(facts.enabled)


SHARES = {
'''
LINE = '    "alike": share_alike,\n'
PART = 'alike = "the same for every subnet"\n'
ENTRY = """
[[rules]]
name = "alike"
start = 2026-11-30
start_is = "chosen"
spec = 499
release = "none"
changed = "Every subnet gets the same."
source = "this test"
unsettled = []
shares = "alike"
"""
TRIED = """
from dtao_edu import Network, rules, simulate
from dtao_edu.simulation.rules import all_rules, parts

assert all_rules()[-1].name == "alike" and parts()["shares"]["alike"]
row = {"alpha_in": 1000, "alpha_out": 500}
rows = {n: row | {"tao_in": 100 * n, "enabled": n != 2} for n in (1, 2, 3, 4)}
for exact in (False, True):
    network = Network(rows, "alike", root_tao=1000, block=9_500_000, exact=exact)
    assert network.step().paid.share.tolist() == [1 / 3, 0, 1 / 3, 1 / 3] or exact
    assert network.wait(20).books().balance()
network = Network(rows, "alike", root_tao=1000, block=9_500_000)
runs = [simulate(network, 12, compiled=way) for way in WAYS]
assert all((abs(run.tao_in / runs[0].tao_in - 1) < 1e-12).all() for run in runs)
assert rules("dtao_launch").but(shares="alike").shares == "alike"
print("whole")
"""


@pytest.mark.slow
def test_a_rule_is_added_in_two_files_and_runs_compiled_too(tmp_path: Path) -> None:
    here = Path(str(dtao_edu.__file__)).parent
    copy = shutil.copytree(
        here, tmp_path / "dtao_edu", ignore=shutil.ignore_patterns("__pycache__")
    )
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    mechanisms, table = copy / "simulation" / "mechanisms.py", copy / "simulation" / "rules.toml"
    code = mechanisms.read_text(encoding="utf-8")
    mechanisms.write_text(code.replace("\nSHARES = {\n", FUNCTION + LINE, 1), encoding="utf-8")
    rules = table.read_text(encoding="utf-8")
    rules = rules.replace("[parts.shares]\n", "[parts.shares]\n" + PART, 1) + ENTRY
    table.write_text(rules, encoding="utf-8")
    assert sum(path.read_bytes() != old for path, old in before.items()) == 2
    ways = "(False, True)" if _numba() else "(False,)"
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "DTAO_EDU_CACHE": str(tmp_path / "c")}
    out = subprocess.run(
        [sys.executable, "-c", f"WAYS = {ways}\n{TRIED}"], capture_output=True, text=True,
        env=environment, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert out.stdout.strip() == "whole", out.stderr


def _numba() -> bool:
    try:
        import numba  # noqa: F401
    except ImportError:
        return False
    return True
