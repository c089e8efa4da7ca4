"""Which files of the package a module stands on: what a flip-book's frames depend on."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
DATA = (".toml", ".csv", ".json", ".gz")


def sources(*modules: str) -> list[Path]:
    """Return the files of some modules and of all that they import inside the package.

    The view of a live playground is left out: a flip-book has one of its own.

    Parameters
    ----------
    *modules : str
        ``"dtao_edu.playground.pump"``.

    Returns
    -------
    list of Path
        Sorted; data files that lie beside a module are among them.

    Examples
    --------
    >>> [path.name for path in sources("dtao_edu.engine.fees")][:2]
    ['__init__.py', 'errors.py']
    """
    found: set[Path] = set()
    waiting = [path for name in modules if (path := _file(name))]
    while waiting:
        path = waiting.pop()
        if path not in found and "view" not in path.relative_to(PACKAGE).parts:
            found.add(path)
            waiting += _imported(path)
    data = {
        beside
        for folder in {path.parent for path in found} - {PACKAGE}
        for beside in folder.rglob("*")
        if beside.suffix in DATA
    }
    return sorted(found | data)


def _file(name: str) -> Path | None:
    parts = name.split(".")
    if parts[0] != PACKAGE.name or len(parts) == 1:
        return None  # the face names everything and stands on nothing
    path = PACKAGE.joinpath(*parts[1:])
    for candidate in (path.with_suffix(".py"), path / "__init__.py"):
        if candidate.is_file():
            return candidate
    return None


@lru_cache(maxsize=512)
def _imported(path: Path) -> list[Path]:
    package = ("dtao_edu", *path.relative_to(PACKAGE).parent.parts)
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            whole = ".".join(part for part in (base, node.module) if part)
            names += [whole, *(f"{whole}.{alias.name}" for alias in node.names)]
    return [found for name in names if (found := _file(name))]
