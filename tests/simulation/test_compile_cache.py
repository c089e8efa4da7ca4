"""Compiled code on disk: found by the next process, and never stale."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dtao_edu

pytest.importorskip("numba")

from dtao_edu.simulation.compile_cache import cache_folder, source_key

LOOP = """
from dtao_edu.engine import formulas
from dtao_edu.simulation.compile_cache import kept_on_disk
loop = kept_on_disk(PART, [PART], FLAGS)
assert loop(1.0, 2.0) == 0.5
print(sum(loop.stats.cache_hits.values()))
"""


def hits(folder: Path, flags: str = "", part: str = "formulas.price") -> int:
    code = LOOP.replace("FLAGS", repr(flags)).replace("PART", part)
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env=os.environ | {"DTAO_EDU_CACHE": str(folder)},
    )  # fmt: skip
    return int(out.stdout)


def test_a_second_process_finds_what_the_first_compiled(tmp_path: Path) -> None:
    assert [hits(tmp_path), hits(tmp_path)] == [0, 1]
    assert hits(tmp_path, "another") == 0  # other flags are another loop
    assert hits(tmp_path, part="(lambda T, A: T / A)") == 0
    assert hits(tmp_path, part="(lambda T, A: T / A)") == 0  # of one's own: compiled anew


def test_where_nothing_can_be_written_it_compiles_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "compiled").write_text("a file where the folder should be")
    assert hits(tmp_path) == 0


def test_any_change_of_the_sources_names_another_folder(tmp_path: Path) -> None:
    package = Path(str(dtao_edu.__file__)).parent
    for room in ("engine", "simulation"):
        skip = shutil.ignore_patterns("__pycache__")
        shutil.copytree(package / room, tmp_path / room, ignore=skip)
    key = source_key(tmp_path)
    assert key == source_key() == source_key(tmp_path)
    seen = {key}
    for name in ("engine/formulas/swap.py", "simulation/stages.py", "simulation/rules.toml"):
        path = tmp_path / name
        path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
        seen.add(source_key(tmp_path))
    assert len(seen) == 4


def test_the_folder_is_where_it_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DTAO_EDU_CACHE", "~/somewhere")
    assert cache_folder() == Path.home() / "somewhere" / "compiled"
