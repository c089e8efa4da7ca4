"""The face loads nothing heavy, and the rooms import only what stands below them."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest

import dtao_edu
from authoring import stubs
from dtao_edu import lazy

PACKAGE = Path(dtao_edu.__file__).parent
HEAVY = ("numpy", "matplotlib", "sympy", "ipywidgets", "IPython", "pandas", "numba")
# From the ground up. A room may import those on the lines before its own, never one beside it;
# the face may name them all.
FLOORS = (
    {"browser", "engine", "files", "lazy"},
    {"wording"},
    {"glossary", "bibliography", "ledger"},
    {"measures"},
    {"simulation"},
    {"studies"},
    {"derivation"},
    {"figures"},
    {"practice"},
    {"playground"},
    {"lessons"},
    {"lecture"},
    {"classes", "site"},
    {"cli"},
    {"__init__"},
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def homes() -> list[str]:
    return [name for name, module in lazy.homes("dtao_edu").items() if module]


def rooms() -> list[str]:
    return [name for name, module in lazy.homes("dtao_edu").items() if not module]


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imports(path: Path) -> frozenset[str]:
    """List all that a module imports from the package, wherever in the module it does so."""
    package = ("dtao_edu", *path.relative_to(PACKAGE).parent.parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            whole = ".".join(part for part in (base, node.module) if part)
            found |= {f"{whole}.{alias.name}" for alias in node.names}
    return frozenset(name for name in found if name.split(".")[0] == "dtao_edu")


def imported_rooms(path: Path) -> set[str]:
    return {(*name.split("."), "__init__")[1] for name in imports(path)} & set(FLOOR)


def file_of(name: str) -> Path | None:
    """The file that an imported name comes from: a module, or the package that holds the name."""
    parts = name.split(".")[1:]
    for length in range(len(parts), 0, -1):
        place = PACKAGE.joinpath(*parts[:length])
        if place.with_suffix(".py").is_file():
            return place.with_suffix(".py")
        if (place / "__init__.py").is_file():
            return place / "__init__.py"
    return None


def circles() -> list[list[str]]:
    """List every circle of files, each once, by the files on it."""
    arrows = {
        path: {file for name in imports(path) if (file := file_of(name)) and file != path}
        for path in modules()
    }
    found, done = [], set()

    def walk(path: Path, way: list[Path]) -> None:
        if path in way:
            found.append(sorted(str(each.relative_to(PACKAGE)) for each in way[way.index(path) :]))
        elif path not in done:
            for after in sorted(arrows[path]):
                walk(after, [*way, path])
            done.add(path)

    for path in arrows:
        walk(path, [])
    return found


def test_no_circle_of_files() -> None:
    assert circles() == []


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_room_imports_the_face(path: Path) -> None:
    """Neither `import dtao_edu` nor a name of the face: only the author's tools do."""
    face = {"dtao_edu", *(f"dtao_edu.{name}" for name in homes())}
    assert not imports(path) & face or (path.name == "__init__.py" and path.parent == PACKAGE)


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


@pytest.mark.parametrize("name", sorted(homes()))
def test_every_name_of_the_face_is_there(name: str) -> None:
    assert getattr(dtao_edu, name) is not None
    assert name in dir(dtao_edu)


@pytest.mark.parametrize("name", rooms())
def test_every_room_is_reached_by_its_name(name: str) -> None:
    assert getattr(dtao_edu, name).__name__ == f"dtao_edu.{name}"


def test_editors_see_the_same_names() -> None:
    assert list(stubs.faults()) == []
    for package in stubs.PACKAGES:
        tree = ast.parse(stubs.path(package).read_text(encoding="utf-8"))
        typed = {
            alias.asname: "." * (node.level - 1) + (node.module or "")
            for node in tree.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        assert typed == lazy.homes(package)


def test_a_name_that_is_not_there_says_where_to_look() -> None:
    with pytest.raises(AttributeError, match=r"no name 'Pol'; dir\(dtao_edu\)"):
        _ = dtao_edu.Pol  # type: ignore[attr-defined]


def test_the_version_is_that_of_the_installation() -> None:
    assert dtao_edu.__version__ == version("dtao-edu")
