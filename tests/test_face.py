"""The face loads nothing heavy, and the rooms import only what stands below them."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import dtao_edu

PACKAGE = Path(dtao_edu.__file__).parent
HEAVY = ("numpy", "matplotlib", "sympy", "ipywidgets", "IPython", "pandas", "numba")
# From the ground up. A room may import those on the lines before its own, never one beside it;
# the face may name them all.
FLOORS = (
    {"engine", "files"},
    {"glossary", "bibliography", "ledger"},
    {"measures"},
    {"simulation"},
    {"studies"},
    {"derivation"},
    {"figures"},
    {"practice"},
    {"playground"},
    {"lessons"},
    {"lecture", "classes"},
    {"cli"},
    {"__init__"},
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    """List the rooms that a module imports, wherever in the module it does so."""
    package = ("dtao_edu", *path.relative_to(PACKAGE).parent.parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            whole = ".".join(part for part in (base, node.module) if part)
            names = [whole, *(f"{whole}.{alias.name}" for alias in node.names)]
        for name in names:
            parts = name.split(".")
            if parts[0] == "dtao_edu" and len(parts) > 1:
                found.add(parts[1])
    return found & set(FLOOR)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down_only(path: Path) -> None:
    here = room(path)
    wrong = {name for name in imported_rooms(path) - {here} if FLOOR[name] >= FLOOR[here]}
    assert not wrong, f"{path.relative_to(PACKAGE)} imports {wrong}, above or beside it"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_practice_needs_no_pictures(path: Path) -> None:
    if room(path) == "practice":
        assert not imported_rooms(path) & {"figures", "derivation"}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_file_is_longer_than_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 400


def loaded_after(code: str) -> set[str]:
    """List the heavy packages that a fresh Python has loaded after some code."""
    look = f"import sys\n{code}\nprint(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded_after("import dtao_edu; dir(dtao_edu)") == set()


def test_a_first_trade_needs_the_standard_library_alone() -> None:
    assert loaded_after("from dtao_edu import Pool; Pool(1000, 500).stake(10)") == set()


def test_a_checked_answer_needs_the_standard_library_alone() -> None:
    assert loaded_after("from dtao_edu import check, hint; check('05.1', 1); hint('05.1')") == set()


def test_a_definition_needs_the_standard_library_alone() -> None:
    assert loaded_after("from dtao_edu import define; define('slippage')") == set()


@pytest.mark.parametrize("name", sorted(dtao_edu._HOME))
def test_every_name_of_the_face_is_there(name: str) -> None:
    assert getattr(dtao_edu, name) is not None
    assert name in dir(dtao_edu)


@pytest.mark.parametrize("name", dtao_edu._ROOMS)
def test_every_room_is_reached_by_its_name(name: str) -> None:
    assert getattr(dtao_edu, name).__name__ == f"dtao_edu.{name}"


def test_editors_see_the_same_names() -> None:
    face = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    typed = {
        alias.asname: node.module
        for branch in face.body
        if isinstance(branch, ast.If)
        for node in branch.body
        if isinstance(node, ast.ImportFrom) and node.level
        for alias in node.names
    }
    assert typed == dtao_edu._HOME


def test_a_name_that_is_not_there_says_where_to_look() -> None:
    with pytest.raises(AttributeError, match=r"no name 'Pol'; dir\(dtao_edu\)"):
        _ = dtao_edu.Pol  # type: ignore[attr-defined]


def test_the_version_is_that_of_the_installation() -> None:
    assert dtao_edu.__version__ == "0.1.0"
