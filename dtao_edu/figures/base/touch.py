"""What can be touched in a picture: parts that light up, and an axis along which one drags."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Literal, NamedTuple, TypeVar

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

Value = TypeVar("Value")
"""What a picture shows: a trade, a vote, a year."""


class Part(NamedTuple, Generic[Value]):
    """A part of the picture that some words of the sentence stand for.

    Attributes
    ----------
    words : callable
        ``words(value)`` gives the words as they stand in the sentence.
    artists : sequence of Artist
        Those of the moving artists that show it.
    """

    words: Callable[[Value], str]
    artists: Sequence[Artist]


class Handle(NamedTuple):
    """An axis along which a control is dragged: control = place on the axis - zero.

    Attributes
    ----------
    control : str
        Name of the number that is dragged.
    axes : Axes
        With linear scales.
    along : "x" or "y"
    zero : float
        Where on the axis the control is 0.
    """

    control: str
    axes: Axes
    along: Literal["x", "y"]
    zero: float

    def element(self) -> str:
        """Return an unseen rectangle over the axes that says what dragging means.

        ``data-drag`` holds the control, the direction, and two places in the picture, each with
        the number that it stands for.
        """
        figure = self.axes.get_figure()
        if not isinstance(figure, Figure):
            return ""
        height = figure.get_size_inches()[1] * 72
        box = self.axes.get_window_extent()
        across = self.along == "x"
        low, high = (
            float(one) for one in (self.axes.get_xlim() if across else self.axes.get_ylim())
        )
        places = (box.x0, box.x1) if across else (height - box.y0, height - box.y1)
        drag = " ".join(
            f"{place:.1f} {value - self.zero:.7g}"
            for place, value in zip(places, (float(low), float(high)), strict=True)
        )
        turn, panned = ("ew", "pan-y") if across else ("ns", "none")
        return (
            f'<rect class="dtao-drag" x="{box.x0:.1f}" y="{height - box.y1:.1f}" '
            f'width="{box.width:.1f}" height="{box.height:.1f}" '
            f'style="fill:none;pointer-events:all;cursor:{turn}-resize;touch-action:{panned}" '
            f'data-drag="{self.control} {self.along} {drag}"/>'
        )
