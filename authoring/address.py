"""The repository's address: one setting, and every file in which it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = ("pyproject.toml", "CITATION.cff", "README.md", "CONTRIBUTING.md")


def address() -> str:
    """Return the address as ``pyproject.toml`` states it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["urls"]["Repository"])


def write(new: str) -> Iterator[str]:
    """Write another address wherever the present one stands.

    Parameters
    ----------
    new : str
        As ``"https://github.com/somebody/dtao-edu"``.

    Yields
    ------
    str
        One sentence, if it is no address.
    """
    if not re.fullmatch(r"https://[\w.-]+(?:/[\w.-]+)+", new):
        yield f"address is {new!r}; an address that begins with https:// is needed."
        return
    old = address()
    for name in FILES:
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        if old in text:
            path.write_text(text.replace(old, new), encoding="utf-8")
            print(f"{name}: written")
