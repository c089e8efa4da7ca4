"""What only slides, teacher's pages and the web site need: the extra ``lecture``."""

from __future__ import annotations

from importlib.util import find_spec

_MODULES = (
    "bs4",
    "fontTools",
    "math_core",
    "nbclient",
    "nbconvert",
    "nbformat",
    "pygments",
    "segno",
)


def need_lecture(what: str) -> None:
    """Raise one sentence that says what to install, if something is missing.

    Parameters
    ----------
    what : str
        What is being made, as ``"slides"``.

    Raises
    ------
    ImportError
        Naming what is missing and the command that installs it.
    """
    missing = [name for name in _MODULES if find_spec(name) is None]
    if missing:
        raise ImportError(
            f"To make {what}, {', '.join(missing)} must be installed; "
            'run: python -m pip install "dtao-edu[lecture]"'
        )
