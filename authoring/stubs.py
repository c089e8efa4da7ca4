"""What editors and type checkers read of a package whose names are loaded when first used.

python -m authoring stubs          write them
python -m authoring stubs --check  say which are not up to date
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from dtao_edu import files, lazy

PACKAGES = ("dtao_edu", "dtao_edu.figures", "dtao_edu.studies.attacks")


def stub(package: str) -> str:
    """Return the text of `__init__.pyi`: every name, imported from where it lives.

    Examples
    --------
    >>> "from .engine.pool import Pool as Pool" in stub("dtao_edu")
    True
    """
    import_module(package)
    lines = []
    for name, module in lazy.homes(package).items():
        lines.append(f"from .{module} import {name} as {name}")
    found = sorted(lines, key=lambda line: line.casefold())
    head = f'"""Written by `python -m authoring stubs` from the list in `{package}`."""'
    extra = ["", "__all__: list[str]"]
    extra += ["__version__: str"] if package == "dtao_edu" else []
    return "\n".join([head, "", *found, *extra, ""])


def path(package: str) -> Path:
    """Return where the stub of a package stands."""
    return Path(str(import_module(package).__file__)).with_suffix(".pyi")


def write() -> None:
    """Write the stub of every such package."""
    for package in PACKAGES:
        files.write(path(package), stub(package))


def faults() -> Iterator[str]:
    """Say which stubs are not what they would be if written now."""
    for package in PACKAGES:
        place = path(package)
        if not place.exists() or place.read_text(encoding="utf-8") != stub(package):
            yield f"{place.name} of {package} is not up to date: python -m authoring stubs"
