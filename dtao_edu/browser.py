"""Python inside a browser: a library that is not loaded says so in one sentence.

The browser's kernel (Pyodide in JupyterLite) loads a library when a cell names it. The package
imports its larger libraries only when something is drawn or derived, where no cell names them;
without this, forty lines of traceback would tell it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

INSIDE = ("sympy", "ipywidgets")
"""Lie in the site's own folder, and are loaded once a cell imports them."""
OUTSIDE = ("numpy", "matplotlib")
"""Are compiled; they come from the host of Pyodide's own distribution, over the network."""
LEFT_OUT = ("classes", "cli", "lecture", "site")
"""Rooms of the package that the browser's copy of it does not have: they write files for others."""
DRIVE = Path("/drive")
"""What the browser keeps of the notebooks' folder."""


class NotLoadedError(ModuleNotFoundError):
    """A module that the browser's kernel does not have; the sentence says what to do.

    Examples
    --------
    >>> print(NotLoadedError("sympy"))
    sympy is not loaded here yet; run `import sympy` in a cell of its own, then this cell again.
    >>> print(NotLoadedError("dtao_edu.lecture"))
    dtao_edu.lecture is not in the browser's copy of the package; install it to have all of it.
    """

    def __init__(self, name: str) -> None:
        if name.startswith("dtao_edu."):
            said = (
                f"{name} is not in the browser's copy of the package; install it to have all of it."
            )
        else:
            said = (
                f"{name} is not loaded here yet; run `import {name}` in a cell of its own, "
                "then this cell again."
            )
            if name in OUTSIDE:
                said += " It comes from another host, over the network."
        super().__init__(said, name=name)

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


class Sentences:
    """Asked after those who look for a module in files; tells of one that they did not find."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find nothing; raise the sentence for a library that can be loaded.

        Parameters
        ----------
        name : str
            The module that is imported.
        path, target : optional
            What Python's own machinery passes on.

        Raises
        ------
        NotLoadedError
            If it is one of the libraries.

        Examples
        --------
        >>> Sentences.find_spec("no_such_module") is None
        True
        """
        package, _, room = name.partition(".")
        if name in INSIDE or name in OUTSIDE or (package == "dtao_edu" and room in LEFT_OUT):
            raise NotLoadedError(name)
        return None


def prepare() -> None:
    """Let missing libraries tell themselves, and keep progress where the browser keeps files."""
    if Sentences not in sys.meta_path:
        after = sys.meta_path.index(PathFinder) + 1 if PathFinder in sys.meta_path else 0
        sys.meta_path.insert(after, Sentences)
    if DRIVE.is_dir():
        os.environ.setdefault("DTAO_EDU_DATA", str(DRIVE / "progress"))
