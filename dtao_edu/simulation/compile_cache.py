"""Where compiled code is kept, so that the next kernel need not compile it again.

Numba keeps what it compiled in a folder, and looks there first. By itself it would not notice
that a formula in another file was changed. So the folder is named after everything that goes
into a loop: the sources of engine and simulation, the versions of Numba, NumPy and Python, and
the functions that fill the loop. A loop with a function from elsewhere (a trader of one's own)
is compiled anew in every kernel.

The folder is `compiled`, in the one that `DTAO_EDU_CACHE` names, else in the user's cache. It
may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Protocol

import numba
import numpy as np

_PACKAGE = "dtao_edu"
_ROOMS = ("engine", "simulation")
_KEPT = 4
"""States of the sources whose loops are kept; the oldest goes first."""


class Function(Protocol):
    """Any function, told apart by its names; its arguments and result are for Numba to read."""

    __module__: str
    __qualname__: str


def cache_folder() -> Path:
    """Return the folder for compiled loops; it may not exist yet."""
    named = os.environ.get("DTAO_EDU_CACHE")
    if named:
        return Path(named).expanduser() / "compiled"
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / _PACKAGE / "compiled"


def source_key(folder: Path | None = None) -> str:
    """Return a short name for the sources that compiled loops are made of, and the versions.

    Parameters
    ----------
    folder : Path, optional
        The package; this one if left out.
    """
    package = Path(str(files(_PACKAGE))) if folder is None else folder
    digest = hashlib.sha256(f"{sys.version} {numba.__version__} {np.__version__}".encode())
    for room in _ROOMS:
        for path in sorted((package / room).rglob("*")):
            if path.suffix in (".py", ".toml"):
                digest.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def kept_on_disk(
    loop: Function, parts: Iterable[Function], flags: str, **how: bool | str
) -> Function:
    """Compile a loop with Numba, or load it if it was compiled before.

    Parameters
    ----------
    loop : the function.
    parts : the functions that were filled into it.
    flags : what else makes it different from other loops of the same parts.
    **how : options of `numba.njit`.
    """
    names = [f"{part.__module__}.{part.__qualname__}" for part in parts]
    folder = _folder_of([*names, flags]) if all(map(_is_ours, names)) else None
    if folder is None:
        return _compiled(loop, how)
    # Numba reads the folder from its settings at this moment, and nowhere else.
    before = numba.config.CACHE_DIR
    try:
        numba.config.CACHE_DIR = str(folder)
        return _compiled(loop, {**how, "cache": True})
    finally:
        numba.config.CACHE_DIR = before


def _compiled(loop: Function, how: dict[str, bool | str]) -> Function:
    found: Function = numba.njit(**how)(loop)
    return found


def _is_ours(name: str) -> bool:
    return name.startswith(f"{_PACKAGE}.") and "<" not in name


def _folder_of(names: list[str]) -> Path | None:
    """Return the folder of a loop, made if need be; None where nothing can be written."""
    key = hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]
    try:
        folder = _sources_folder() / key
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


@cache
def _sources_folder() -> Path:
    """Return the folder of these sources, and let the oldest of too many others go."""
    root = cache_folder()
    mine = root / source_key()
    mine.mkdir(parents=True, exist_ok=True)
    mine.touch()
    others = sorted(root.iterdir(), key=lambda each: each.stat().st_mtime, reverse=True)
    for old in others[_KEPT:]:
        with suppress(OSError):
            shutil.rmtree(old)
    return mine
