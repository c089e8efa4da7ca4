"""The room's names are loaded when they are used, and a notebook needs no deeper path."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dtao_edu
from dtao_edu import figures

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb")) + sorted(
    (ROOT / "exercises").rglob("*.ipynb")
)


def test_the_room_loads_neither_numpy_nor_matplotlib() -> None:
    heavy = ("numpy", "matplotlib")
    code = f"import sys, dtao_edu.figures; print(*(n for n in {heavy} if n in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize("name", sorted(figures.__all__))
def test_every_name_is_there_and_is_no_module_of_its_own(name: str) -> None:
    """A name that a module has too would give the module once that is loaded."""
    assert getattr(figures, name) is not None
    assert not (Path(dtao_edu.__file__).parent / "figures" / f"{name}.py").exists()
    assert name in dir(figures)


def test_every_figure_of_the_room_is_exported() -> None:
    drawn = {
        match
        for path in (Path(dtao_edu.__file__).parent / "figures").rglob("*.py")
        for match in re.findall(r"^@at_any_size\ndef (\w+)", path.read_text("utf-8"), re.M)
    }
    assert drawn <= set(figures.__all__)
    assert len(drawn) > 20


def test_a_name_that_is_not_there_is_refused() -> None:
    with pytest.raises(AttributeError, match="no name 'pool_curv'"):
        _ = figures.pool_curv


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_notebook_imports_deeper_than_the_room(path: Path) -> None:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    code = "".join("".join(cell["source"]) + "\n" for cell in cells if cell["cell_type"] == "code")
    assert re.findall(r"dtao_edu\.figures\.\w+", code) == []
