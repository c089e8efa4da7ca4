"""A bar with the time left: in a notebook a small element, in a terminal one line.

Where the environment variable ``DTAO_EDU_PROGRESS`` is ``off``, no bar comes that nobody asked for:
whoever stores or compares outputs wants them alike on a slow machine and a fast one.
"""

from __future__ import annotations

import os
import sys
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.display import DisplayHandle

_EVERY = 0.25
"""Seconds between two looks."""
_PATIENCE = 10.0
"""Seconds before a bar comes that nobody asked for: lessons are stored without one."""


class Progress:
    """Shows how far a run is; gone when it ends, so that no time stands in a stored notebook.

    Parameters
    ----------
    show : bool, optional
        False shows nothing; if left out, a bar comes in a notebook after ten seconds, unless the
        environment says no.
    what : str
        The verb in front, such as "simulating".
    """

    def __init__(self, show: bool | None, what: str = "simulating") -> None:
        wanted = os.environ.get("DTAO_EDU_PROGRESS") != "off"
        self.show = wanted and _in_notebook() if show is None else show
        self.what, self.patience = what, 0.0 if show else _PATIENCE
        self.began = self.looked = monotonic()
        self.handle: DisplayHandle | None = None
        self.width = 0

    def __call__(self, done: float, total: float) -> None:
        """Say that `done` of `total` is done."""
        now = monotonic()
        early = now - self.looked < _EVERY or now - self.began < self.patience
        if early or not self.show or not total:
            return
        self.looked = now
        part = done / total
        left = (now - self.began) * (1 - part) / part if part else 0
        self._put(f"{self.what}: {part:.0%}, {_said(left)} left", part)

    def end(self) -> None:
        """Take the bar away."""
        if self.handle is not None:
            self.handle.update(_Bar("", 1))
        elif self.width:
            sys.stderr.write("\r" + " " * self.width + "\r")
            sys.stderr.flush()

    def _put(self, text: str, part: float) -> None:
        if self.handle is None and not self.width and _in_notebook():
            from IPython.display import display

            self.handle = display(_Bar(text, part), display_id=True)
        elif self.handle is not None:
            self.handle.update(_Bar(text, part))
        else:
            self.width = max(self.width, len(text))
            sys.stderr.write("\r" + text.ljust(self.width))
            sys.stderr.flush()


class _Bar:
    """One look at the bar, as text and as HTML."""

    def __init__(self, text: str, part: float) -> None:
        self.text, self.part = text, part

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        if not self.text:
            return ""
        return f'<label>{self.text} <progress value="{self.part:.3f}"></progress></label>'


def _said(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return type(shell).__name__ == "ZMQInteractiveShell"
