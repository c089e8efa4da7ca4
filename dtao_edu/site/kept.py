"""What was worked out for the site, kept until something changes on which it depends.

It lies in the folder ``.kept`` of the site: delete that to have all of it made again. The frames of
flip-books are kept once more, for all sites and slides of this computer, in the folder that
:func:`dtao_edu.playground.flipbook.frames.cache_folder` names.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from dtao_edu import files

# A change in these rooms changes no output of a lesson.
BESIDE = ("site", "classes", "lecture", "lessons", "cli.py")
_READ = (".py", ".toml", ".csv", ".json", ".js", ".css", ".html")
_LIBRARIES = (
    "beautifulsoup4", "math-core", "matplotlib", "nbconvert", "numpy", "pygments", "sympy",
)  # fmt: skip


def kept(folder: Path, name: str, made_from: Iterable[str], make: Callable[[], Any]) -> Any:
    """Return what was kept under a name, or make it and keep it in place of an older one.

    Parameters
    ----------
    folder : Path
        Where it is kept.
    name : str
        No other thing in the folder has it.
    made_from : iterable of str
        All on which it depends.
    make : callable
        Returns what JSON can hold.

    Returns
    -------
    list, dict, str or number
        As JSON gives it back, so that the first time is as all others.
    """
    total = hashlib.sha256()
    for part in made_from:
        total.update(f"{len(part)} {part}".encode())
    file = folder / f"{name}-{total.hexdigest()[:20]}.json"
    if not file.is_file():
        made = make()
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{name}-{'?' * 20}.json"):
            old.unlink()
        files.write(file, json.dumps(made))
    return json.loads(file.read_text(encoding="utf-8"))


@cache
def code_sum(*, whole: bool = False) -> str:
    """Return a sum over all code and data on which outputs of lessons depend.

    Parameters
    ----------
    whole : bool
        Whether the rooms are in it that make pages of those outputs.
    """
    package = Path(__file__).resolve().parents[1]
    total = hashlib.sha256((package / "lecture" / "forms.py").read_bytes())
    for path in sorted(package.rglob("*")):
        room = path.relative_to(package).parts[0]
        if path.suffix in _READ and (whole or room not in BESIDE):
            total.update(path.read_bytes())
    total.update(f"{sys.version_info[:2]} {[_version(name) for name in _LIBRARIES]}".encode())
    return total.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
