"""The house style: sizes, colours and axes that every figure shares.

Colours are the eight of Okabe and Ito, which colour-blind people can tell apart; a marker, a dash
or a hatch always stands beside a colour, so that a picture also reads in grey. The inks are
replaced by the colours of the reader's theme when a picture is drawn live
(:mod:`dtao_edu.figures.base.layers`).

Source of the palette: M. Okabe and K. Ito, "Color Universal Design", 2008.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Any, Literal, TypedDict, Unpack

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator
from matplotlib.transforms import Transform, blended_transform_factory

from dtao_edu.wording import number

INK = "#1b2631"
"""Text and everything that is said first. A rare colour, so that it can be replaced safely."""
SOFT = "#5d6b79"
"""Text that is said second: ticks, notes."""
FAINT = "#d3d9df"
"""Grid and frames."""
BLUE, VERMILION, GREEN, PURPLE = "#0072b2", "#d55e00", "#009e73", "#cc79a7"
SKY, AMBER = "#56b4e9", "#e69f00"

_PAPER = "var(--dtao-back, var(--jp-layout-color0, #ffffff))"

THEME = {
    INK: "var(--jp-content-font-color1, currentColor)",
    SOFT: "var(--jp-content-font-color2, currentColor)",
    FAINT: "var(--jp-border-color2, #d3d9df)",
    BLUE: "var(--dtao-blue, #0072b2)",
    VERMILION: "var(--dtao-vermilion, #d55e00)",
    GREEN: "var(--dtao-green, #009e73)",
    PURPLE: "var(--dtao-purple, #cc79a7)",
    # In a dark theme the blue is as light as this one: there it must be the darker of the two.
    SKY: f"color-mix(in srgb, var(--dtao-blue, #0072b2) 55%, {_PAPER})",
    "#ffffff": _PAPER,
}
"""What each colour becomes in a live picture: a colour of the reader's theme."""

SizeName = Literal["page", "hall", "slide", "board", "phone", "small"]
Place = tuple[float, float, float, float]
"""Left, bottom, width and height, as parts of the figure."""


@dataclass(frozen=True)
class Size:
    """How large a picture is drawn: for a page, for the last row of a hall, or for a slide.

    A live picture in a hall keeps its size on the screen. A slide fits its picture to the place
    that is left; so there the letters are larger against the picture, not only in points.

    Attributes
    ----------
    width, height : float
        Inches of 72 pixels.
    text, note : float
        Points of the text and of the small notes.
    line, marker : float
        Points of a line that matters and of a marker.
    caption : bool
        Whether a stored picture has its sentence below it. A slide has no room for it: there the
        heading says what matters, and the sentence is the alternative text.
    narrow : bool
        Whether parts stand below each other, as on a phone.
    """

    width: float
    height: float
    text: float
    note: float
    line: float
    marker: float
    caption: bool = True
    narrow: bool = False

    @property
    def marks(self) -> Marks:
        """How marks without a line between them are drawn."""
        return {"ls": "none", "ms": self.marker, "mew": self.line * 0.8}


class Marks(TypedDict):
    """How marks without a line between them are drawn, in Matplotlib's words."""

    ls: str
    ms: float
    mew: float


class Look(TypedDict, total=False):
    """How words are written, in Matplotlib's words."""

    color: str
    fontsize: float
    ha: str
    va: str
    style: str
    transform: Transform
    zorder: float
    linespacing: float
    bbox: dict[str, str | float]


SIZES: dict[str, Size] = {
    "page": Size(width=9.4, height=4.9, text=12.0, note=10.5, line=2.2, marker=9.0),
    "hall": Size(width=15.6, height=8.1, text=20.0, note=17.5, line=3.8, marker=15.0),
    "slide": Size(15.6, 7.3, text=26.0, note=23.5, line=4.6, marker=18.0, caption=False),
    "board": Size(15.6, 7.3, text=28.5, note=26.5, line=4.6, marker=18.0, caption=False),
    "phone": Size(4.9, 4.6, text=12.5, note=11.8, line=1.9, marker=8.0, narrow=True),
    "small": Size(4.1, 4.1, text=12.2, note=11.9, line=1.9, marker=7.6, narrow=True),
}


def size_of(size: SizeName) -> Size:
    """Look a size up by its name.

    Raises
    ------
    ValueError
        For any other name.

    Examples
    --------
    >>> size_of("hall").text > size_of("page").text
    True
    """
    try:
        return SIZES[size]
    except KeyError:
        allowed = "'page', 'hall', 'slide' or 'phone'"
        raise ValueError(f"size is {size!r}; allowed: {allowed}.") from None


def blank(
    size: SizeName = "page", *, tall: float = 1.0, phone: float | None = None
) -> tuple[Figure, Size]:
    """Open an empty figure of the house, 72 dots an inch, without pyplot and without a face colour.

    Parameters
    ----------
    size : {"page", "hall", "slide", "phone"}
    tall : float
        Height as a multiple of the usual one.
    phone : float, optional
        The same on a phone, where parts stand below each other.

    Examples
    --------
    >>> figure, size = blank("page")
    >>> figure.dpi
    72
    """
    dress = size_of(size)
    if dress.narrow and phone is not None:
        tall = phone
    figure = Figure(figsize=(dress.width, dress.height * tall), dpi=72, facecolor="none")
    return figure, dress


def axes(
    figure: Figure,
    size: Size,
    place: Place,
    *,
    phone: Place | None = None,
    x: str = "",
    y: str = "",
    title: str = "",
    grid: bool = True,
    ticks: int = 5,
) -> Axes:
    """Add axes in the house style.

    Parameters
    ----------
    figure : Figure
    size : Size
    place : tuple of four floats
        Left, bottom, width and height as parts of the figure.
    phone : tuple of four floats, optional
        The same on a phone.
    x, y, title : str
        Labels with their units; the title stands at the left.
    grid : bool
        Whether faint grid lines are drawn.
    ticks : int
        How many intervals between ticks there are at most.

    Examples
    --------
    >>> figure, size = blank()
    >>> axes(figure, size, (0.1, 0.1, 0.8, 0.8), x="TAO in the pool").get_xlabel()
    'TAO in the pool'
    """
    place = phone if phone and size.narrow else place
    ax = figure.add_axes(place)
    if size.narrow:
        across, up = figure.get_size_inches() * 72 / (0.56 * size.text)  # in letters
        x, y = fill(x, int(across * place[2] * 1.15)), fill(y, int(up * place[3]))
    ax.set_facecolor("none")
    for name, spine in ax.spines.items():
        spine.set_color(SOFT)
        spine.set_linewidth(size.line * 0.4)
        spine.set_visible(name in ("left", "bottom"))
    ax.tick_params(colors=SOFT, labelsize=size.note, width=size.line * 0.4, length=size.note * 0.35)
    ax.set_xlabel(x, color=INK, fontsize=size.text, labelpad=size.text * 0.45)
    ax.set_ylabel(y, color=INK, fontsize=size.text, labelpad=size.text * 0.45)
    ax.set_title(title, color=INK, fontsize=size.text, loc="left", pad=size.text * 0.8)
    ax.set_axisbelow(True)
    if grid:
        ax.grid(visible=True, color=FAINT, linewidth=size.line * 0.35)
    across = min(ticks, 3) if size.width < SIZES["phone"].width else ticks
    for axis, most in ((ax.xaxis, across), (ax.yaxis, ticks)):
        axis.set_major_locator(MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]))
        axis.set_major_formatter(FuncFormatter(_tick))
    return ax


def rows(ax: Axes, names: Sequence[str], *, top: float = -0.6, text: float | None = None) -> None:
    """Give an axes rows, one unit high each, and name them from the top down.

    Parameters
    ----------
    ax : Axes
    names : sequence of str
    top : float
        Where the axis begins; the first row stands at 0.
    text : float, optional
        Points of the names, where they are larger or smaller than a note.
    """
    ax.set_ylim(len(names) - 0.4, top)
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(axis="y", length=0, labelcolor=INK)
    if text is not None:
        ax.tick_params(axis="y", labelsize=text)


def decades(ax: Axes, base: int) -> None:
    """Let an axes count powers of ten, or of a hundred, from left to right."""
    ax.set_xscale("log")
    ax.xaxis.set_major_locator(LogLocator(base))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, 3)))


def write(
    on: Axes | Figure, size: Size, place: tuple[float, float], words: str = "", **look: Unpack[Look]
) -> Text:
    """Write a note, level with its place; all may be told otherwise, as Matplotlib takes it.

    Parameters
    ----------
    on : Axes or Figure
    size : Size
    place : tuple of two floats
        In the units of the axes, or in parts of the figure.
    words : str
        Written later if left out.
    """
    given: dict[str, Any] = {"color": INK, "fontsize": size.note, "va": "center", **look}
    return on.text(*place, words, **given)


def write_beside(
    ax: Axes, size: Size, row: float, words: str = "", *, at: float = 1.02, **look: Unpack[Look]
) -> Text:
    """Write a note in a row, at the right of the axes or at another part of their width.

    Parameters
    ----------
    ax : Axes
    size, words : as in :func:`write`
    row : float
        In the units of the axes.
    at : float
        In parts of the axes' width.
    """
    given: Look = {**look, "transform": ax.get_yaxis_transform()}
    return write(ax, size, (at, row), words, **given)


def write_key(figure: Figure, size: Size, words: str, up: float) -> None:
    """Say at the right edge what marks and bars are.

    Parameters
    ----------
    figure, size, words : as in :func:`write`
    up : float
        In parts of the figure.
    """
    write(figure, size, (0.97, up), words, ha="right", color=SOFT)


def name_ends(
    ax: Axes,
    size: Size,
    ends: Mapping[str, tuple[float, str]],
    *,
    step: float,
    at: float = 1.02,
) -> None:
    """Write each name beside the end of its line, moved up where two would meet.

    Parameters
    ----------
    ax : Axes
    size : Size
    ends : mapping of str to (float, str)
        Where each line ends, and its colour.
    step : float
        What two names stand apart at least on a page; larger letters take more.
    at : float
        How far to the right, in parts of the axes.
    """
    step, lowest = step * (size.note / 10.5) * (4.9 / size.height), 0.0
    for name, (value, colour) in sorted(ends.items(), key=lambda item: (item[1][0], item[0])):
        place = max(float(value), lowest)
        lowest = place + step
        write_beside(ax, size, place, name, at=at, color=colour)


def across_figure(ax: Axes, up: Transform) -> Transform:
    """Measure across in parts of the whole figure, and up as another transform does."""
    figure = ax.get_figure()
    return up if figure is None else blended_transform_factory(figure.transFigure, up)


def legend(
    ax: Axes,
    size: Size,
    keys: Mapping[str, Artist],
    left: float,
    *,
    up: float = 1.01,
    handle: float = 1.6,
    between: float = 2.0,
) -> None:
    """Explain marks above the axes: side by side, on a phone below each other.

    Parameters
    ----------
    ax : Axes
    size : Size
    keys : mapping of str to Artist
        Each name with its mark.
    left, up : float
        The lower left corner, in parts of the axes.
    handle, between : float
        Length of a mark and gap between two names, in letters.
    """
    corner, columns = (left, up), len(keys)
    measured: Transform = ax.transAxes
    if size.narrow:
        columns = 1 if max(map(len, keys)) > 20 else 2
        corner = (0.02, up)
        measured = across_figure(ax, ax.transAxes)
    ax.legend(
        list(keys.values()), list(keys), loc="lower left", bbox_to_anchor=corner,
        bbox_transform=measured, ncols=columns, frameon=False, fontsize=size.note,
        labelcolor=INK, handlelength=handle, columnspacing=between,
    )  # fmt: skip


def _tick(value: float, _position: int | None = None) -> str:
    return number(value, digits=3)
