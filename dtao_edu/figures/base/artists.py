"""A picture that moves, as a class: its artists are made once, and moved to each new value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import isfinite
from typing import Generic

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture
from dtao_edu.figures.base.touch import Handle, Part, Value

Dash = str | tuple[float, tuple[float, ...]]


class Artists(Generic[Value]):
    """The artists of a picture, made once by a class below, which says in `update` how they move.

    Parameters
    ----------
    size : {"page", "hall", "slide", "board", "phone"}
    tall, phone : float, optional
        As :func:`dtao_edu.figures.base.style.blank` takes them.

    Attributes
    ----------
    known, answer, guessed, parts : sequences
        What the picture takes as `moving`, `answer`, `guessed` and `parts`.
    add_axes : callable
        :func:`dtao_edu.figures.base.style.axes` of this figure.
    """

    known: Sequence[Artist] = ()
    answer: Sequence[Artist] = ()
    guessed: Sequence[Artist] = ()
    parts: Sequence[Part[Value]] = ()

    def __init__(
        self, size: style.SizeName, *, tall: float = 1.0, phone: float | None = None
    ) -> None:
        self.figure, self.size = style.blank(size, tall=tall, phone=phone)
        self.add_axes = partial(style.axes, self.figure, self.size)

    def update(self, value: Value) -> None:
        """Move everything to a value."""
        raise NotImplementedError

    def place_guess(self, guess: float | None) -> None:
        """Mark the learner's guess, or take the mark away with None."""

    def picture(
        self,
        sentence: Callable[[Value], str],
        value: Value,
        source: str,
        handle: Callable[[Value], Handle] | None = None,
    ) -> Picture[Value]:
        """Return the picture, which shows a first value.

        Parameters
        ----------
        sentence, value, source, handle : as of :class:`dtao_edu.figures.Picture`.
        """
        guess = self.place_guess if self.guessed else None
        return Picture(
            self.figure, self.size, sentence, value, self.update, self.known, self.answer, guess,
            self.guessed, self.parts, handle, source,
        )  # fmt: skip


def add_line(ax: Axes, colour: str, width: float, dash: Dash = "-") -> Line2D:
    """Add a line that is drawn later.

    Parameters
    ----------
    ax : Axes
    colour : str
    width : float
        Points.
    dash : str or tuple
        As Matplotlib takes it.
    """
    (made,) = ax.plot([], [], color=colour, ls=dash, lw=width)
    return made


def add_cross(ax: Axes, size: style.Size) -> Line2D:
    """Add the mark of a guess."""
    (made,) = ax.plot([], [], "x", color=style.PURPLE, ms=size.marker, mew=size.line, zorder=7)
    return made


def seen(guess: float | None, least: float = 0.0) -> list[float]:
    """Return a guess as the places of a mark: none for a guess that an axis cannot show.

    Examples
    --------
    >>> seen(2.0), seen(None), seen(-1.0), seen(float("inf"))
    ([2.0], [], [], [])
    """
    return [guess] if guess is not None and isfinite(guess) and guess >= least else []
