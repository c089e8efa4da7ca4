"""A picture with its sentence: for a lecture slide, a stored notebook and a live playground."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from inspect import cleandoc
from pathlib import Path
from typing import IO, Generic, ParamSpec, TypedDict

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from PIL import Image

from dtao_edu.figures.base import layers
from dtao_edu.figures.base.style import INK, SOFT, Size, SizeName
from dtao_edu.figures.base.touch import Handle, Part, Value

MAKER = "dtao_edu, CC BY 4.0"
ABOVE = 10
"""What moves lies above all that stands still, in print as it must when live."""


Drawing = ParamSpec("Drawing")


def _stands_still(value: object) -> None:
    """Move nothing."""


class _Touch(TypedDict):
    parts: Sequence[Sequence[Artist]]
    under: str


@dataclass
class Picture(Generic[Value]):
    """One figure, what moves in it, and the sentence that says what it shows.

    A figure function draws axes and static artists, makes the moving ones, and returns a picture
    with `update`, which moves them to a new value. The last value shown is kept in `value`.

    Parameters
    ----------
    figure : Figure
        Drawn with Matplotlib's object interface, never with pyplot.
    size : Size
    sentence : callable
        ``sentence(value)`` says in one sentence what the picture shows.
    value : object
        The first value; it is drawn at once.
    update : callable, optional
        ``update(value)`` moves the moving artists; it may also set new limits of the axes. Static
        artists may depend only on what the limits depend on: the backdrop is drawn anew when
        limits, labels or titles change, and only then. Left out where nothing moves.
    moving : sequence of Artist
        What moves and gives no answer away.
    answer : sequence of Artist
        What moves and shows the answer: left out until the learner has predicted.
    guess : callable, optional
        ``guess(number or None)`` places the mark of the learner's guess, or takes it away.
    guessed : sequence of Artist
        The artists of that mark.
    parts : sequence of Part
        Words of the sentence, in their order, and what they stand for in the picture.
    handle : callable, optional
        ``handle(value)`` says along which axis a control can be dragged.
    source : str
        Where the figures come from, for the source line.
    again : callable, optional
        ``again("slide")`` draws the same at another size: what a lecture shows of a lesson. The
        decorator :func:`at_any_size` gives it.
    id_prefix : str
        Begins every id in the SVG: a page may hold many pictures.

    Examples
    --------
    >>> from dtao_edu.engine.pool import Pool
    >>> from dtao_edu.figures import pool_curve
    >>> picture = pool_curve(Pool(100, 1000).stake(25))
    >>> print(picture)
    You stake 25 TAO and receive 200 alpha, 20.0 % less than the 250 that the spot price \
promises; the price rises by 56.2 %, from 0.1 to 0.15625 TAO.
    """

    figure: Figure
    size: Size
    sentence: Callable[[Value], str]
    value: Value
    update: Callable[[Value], None] = _stands_still
    moving: Sequence[Artist] = ()
    answer: Sequence[Artist] = ()
    guess: Callable[[float | None], None] | None = None
    guessed: Sequence[Artist] = ()
    parts: Sequence[Part[Value]] = ()
    handle: Callable[[Value], Handle] | None = None
    source: str = ""
    again: Callable[[SizeName], Picture[Value]] | None = field(default=None, repr=False)
    id_prefix: str = field(default_factory=layers.prefix, repr=False)
    _marked: bool = field(default=False, repr=False)

    def __post_init__(self) -> None:
        for artist in (*self.moving, *self.answer, *self.guessed):
            artist.set_animated(True)
            artist.set_zorder(artist.get_zorder() + ABOVE)
        self.show(self.value)
        if self.size.narrow:
            layers.fit(self.figure)

    def show(self, value: Value) -> None:
        """Move everything to a new value."""
        with layers.LOCK:
            self.update(value)
        self.value = value

    def place_guess(self, guess: float | None) -> None:
        """Mark the learner's guess, or take the mark away with None."""
        if self.guess is not None:
            with layers.LOCK:
                self.guess(guess)
                self._marked = guess is not None

    def key(self) -> Hashable:
        """What the backdrop depends on: a new key asks for a new backdrop."""
        return tuple(
            (ax.get_xlim(), ax.get_ylim(), ax.get_xlabel(), ax.get_ylabel(), ax.get_title("left"))
            for ax in self.figure.axes
        )

    def backdrop(self, describe: str = "") -> str:
        """Everything that stands still, as one SVG element, named for a screen reader."""
        return layers.backdrop(self.figure, self.id_prefix, describe=describe)

    def front(self, *, hidden: bool = False) -> str:
        """Everything that moves, as one SVG element; without the answer when `hidden`."""
        marked = self.guessed if self._marked else ()
        artists = [*self.moving, *marked, *([] if hidden else self.answer)]
        return layers.moving(self.figure, artists, self.id_prefix, **self._touch())

    def _touch(self) -> _Touch:
        """Return which artists light up, and what lies below them to be dragged."""
        under = self.handle(self.value).element() if self.handle else ""
        return {"parts": [part.artists for part in self.parts], "under": under}

    def words_of_parts(self) -> list[str]:
        """Return for each part the words of the present sentence that stand for it."""
        return [part.words(self.value) for part in self.parts]

    def front_in_groups(self) -> str:
        """Everything that moves but the guess, the answer's artists each in a group of its own.

        A flip-book holds this one layer and leaves the groups of the class ``dtao-answer`` out
        until a guess is made.
        """
        artists = [*self.moving, *self.answer]
        return layers.moving(
            self.figure, artists, self.id_prefix, answer=self.answer, **self._touch()
        )

    def guess_alone(self, guess: float) -> str:
        """The mark of a guess alone, as one SVG element; nothing else is changed."""
        self.place_guess(guess)
        try:
            return layers.moving(self.figure, self.guessed, self.id_prefix)
        finally:
            self.place_guess(None)

    def __str__(self) -> str:
        return self.sentence(self.value)

    def png(self, *, dpi: int = 110, caption: str | None = None, hidden: bool = False) -> bytes:
        """Draw the whole picture on white, with its sentence as the caption below it.

        A picture of the size of a slide has no caption, and no empty margin either.

        Parameters
        ----------
        dpi : int
            Dots an inch.
        caption : str, optional
            What stands below instead of the sentence.
        hidden : bool
            Whether the answer is left out.
        """
        target = io.BytesIO()
        below = str(self) if caption is None else caption
        away = [artist for artist in self.answer if hidden and artist.get_visible()]
        with layers.LOCK:
            for artist in away:
                artist.set_visible(False)
            try:
                self._write(target, "png", below if self.size.caption else "", dpi)
            finally:
                for artist in away:
                    artist.set_visible(True)
        return _compact(target.getvalue())

    def for_slide(self) -> Picture[Value] | None:
        """Draw the same at the size of a slide; None if it is so, or cannot be drawn again."""
        if self.again is None or not self.size.caption:
            return None
        larger = self.again("slide")
        larger.show(self.value)
        return larger

    def save(self, path: str | Path, *, dpi: int = 200) -> Path:
        """Write the picture with its sentence and its source line.

        Parameters
        ----------
        path : str or Path
            A name that ends with .svg, .png or .pdf.
        dpi : int
            Dots an inch of a .png.

        Raises
        ------
        ValueError
            For another ending.
        """
        path = Path(path)
        kind = path.suffix.removeprefix(".")
        if kind not in ("svg", "png", "pdf"):
            raise ValueError(f"path is {str(path)!r}; allowed: a name with .svg, .png or .pdf.")
        source = f"Source: {self.source}. {MAKER}" if self.source else MAKER
        with path.open("wb") as target:
            self._write(target, kind, str(self), dpi, source)
        return path

    def _write(
        self, target: IO[bytes], kind: str, caption: str, dpi: int, source: str = ""
    ) -> None:
        size = self.size
        width, height = self.figure.get_size_inches()
        # A letter is a little over half its size wide; 72 points are an inch.
        wide = int((width - 0.5) * 72 / (0.54 * size.note))
        lines = textwrap.wrap(caption, wide) + textwrap.wrap(source, wide)
        rows = len(textwrap.wrap(caption, wide))
        step = 1.45 * size.note / 72
        with layers.drawing():
            below = [
                self.figure.text(
                    0.25 / width,
                    -(0.12 + step * (row + 0.8)) / height,
                    line,
                    fontsize=size.note,
                    color=INK if row < rows else SOFT,
                )
                for row, line in enumerate(lines)
            ]
            place: Bbox | str = Bbox([[0, -(step * len(lines) + 0.3)], [width, height]])
            try:
                self.figure.savefig(
                    target,
                    format=kind,
                    dpi=dpi,
                    facecolor="white",
                    bbox_inches=place if lines else "tight",
                    metadata={"Date": None} if kind == "svg" else {},
                )
            finally:
                for text in below:
                    text.remove()

    def mimebundle(
        self, caption: str, *, hidden: bool = False
    ) -> tuple[dict[str, bytes | str], dict[str, dict[str, str]]]:
        """Return data and details by MIME type for Jupyter; without the answer when `hidden`."""
        about = {"needs_background": "light", "alt": caption}
        png = self.png(caption=caption, hidden=hidden)
        return {"image/png": png, "text/plain": caption}, {"image/png": about}

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, bytes | str], dict[str, dict[str, str]]]:
        return self.mimebundle(str(self))


_SHARED = """\
size : {"page", "hall", "slide", "board", "phone"}
    How large it is drawn: :class:`dtao_edu.figures.base.style.Size`.
source : str
    Where the figures come from, for the source line.

Returns
-------
Picture"""


def at_any_size(draw: Callable[Drawing, Picture[Value]]) -> Callable[Drawing, Picture[Value]]:
    """Let a figure's function be drawn again, with the same arguments, at another size.

    What all figures share stands in each one's docstring once it is decorated: the parameters
    `size` and `source` behind its own, and the section Returns.

    Examples
    --------
    >>> from dtao_edu.figures import bars
    >>> bars({"by vote": 0.4}).again("slide").size.caption
    False
    >>> "Where the figures come from" in bars.__doc__
    True
    """

    @wraps(draw)
    def drawn(*args: Drawing.args, **terms: Drawing.kwargs) -> Picture[Value]:
        picture = draw(*args, **terms)
        again: Callable[..., Picture[Value]] = drawn
        picture.again = lambda size: again(*args, **{**terms, "size": size})
        return picture

    title = "Parameters\n----------\n"
    opening, found, rest = cleandoc(draw.__doc__ or "").partition(title)
    own, gap, more = rest.partition("\n\n")
    if found:
        drawn.__doc__ = f"{opening}{title}{own}\n{_SHARED}{gap}{more}"
    return drawn


def _compact(png: bytes) -> bytes:
    """Write a picture with 256 colours: a third of the bytes, and no difference to be seen."""
    target = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(
        target, "PNG", optimize=True
    )
    return target.getvalue()
