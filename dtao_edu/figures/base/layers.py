"""Draw a picture live, in two layers of SVG: what stands still, and what moves.

Matplotlib's own SVG renderer draws both, so a live picture is the same picture as the printed one.
The backdrop (axes, ticks, labels, everything that is not a moving artist) takes some forty
milliseconds and is drawn once; the moving artists alone take one or two and are drawn at every
change.
"""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from itertools import count
from typing import Any, ClassVar

import matplotlib
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure

from dtao_edu.figures.base.style import THEME

LOCK = threading.RLock()
"""Held while anything is drawn: Matplotlib's settings belong to the whole process."""

_SETTINGS: Any = {"svg.fonttype": "none", "svg.hashsalt": "dtao_edu"}
_SVG: Any = RendererSVG  # it carries no types
_COLOURS = re.compile("|".join(THEME), re.IGNORECASE)
_IDS = re.compile(r'(\bid="|href="#|url\(#)')
_FONT = re.compile(r"'DejaVu Sans'[^;\"]*")
_PREFIXES = count(1)
EDGE = 3.0
"""Points that `fit` leaves free at each edge, since a browser's letters may be a little wider."""
_WORDS = 4000
"""Words whose size is remembered, at most."""


@contextmanager
def drawing() -> Iterator[None]:
    """Draw alone, with text that stays text and ids that are the same for the same picture.

    Matplotlib's own `rc_context` copies three hundred settings each time; these are two.
    """
    with LOCK:
        before = {name: matplotlib.rcParams[name] for name in _SETTINGS}
        matplotlib.rcParams.update(_SETTINGS)
        try:
            yield
        finally:
            matplotlib.rcParams.update(before)


class _Renderer(_SVG):  # type: ignore[misc]
    """Matplotlib's own, which measures the same word in the same font only once."""

    _measured: ClassVar[dict[tuple[str, int, Any], tuple[float, float, float]]] = {}

    def get_text_width_height_descent(
        self, s: str, prop: Any, ismath: Any
    ) -> tuple[float, float, float]:
        key = (s, hash(prop), ismath)
        found = self._measured.get(key)
        if found is None:
            if len(self._measured) >= _WORDS:
                self._measured.clear()
            found = super().get_text_width_height_descent(s, prop, ismath)
            self._measured[key] = found
        return found


def prefix() -> str:
    """Give a prefix for the ids of one live picture: a page may hold many."""
    return f"dtao{next(_PREFIXES)}"


def backdrop(figure: Figure, mark: str, *, describe: str = "") -> str:
    """Draw everything that does not move, as one ``<svg>`` element.

    Parameters
    ----------
    figure : Figure
        72 dots an inch; artists marked as animated are left out.
    mark : str
        Prefix of the ids.
    describe : str
        What the picture shows, for a screen reader.
    """
    return _layer(figure, figure.draw, f"{mark}b", describe)


def overhang(figure: Figure) -> tuple[float, float, float, float]:
    """Return left, top, width and height, in points, of all that is drawn of a figure.

    With a slide's letters labels hang over the figure's edges; a file is written around them, and
    a page that shows the layers alone must make room for them.
    """
    with drawing():
        renderer: Any = _Renderer(*(figure.get_size_inches() * 72), io.StringIO(), None, 72)
        box = figure.get_tightbbox(renderer)
    width, height = figure.get_size_inches()
    left, right = min(box.x0, 0.0), max(box.x1, width)
    low, high = min(box.y0, 0.0), max(box.y1, height)
    return 72 * left, 72 * (height - high), 72 * (right - left), 72 * (high - low)


def fit(figure: Figure) -> None:
    """Move all axes inwards until none of their words hangs over an edge; letters keep their size.

    On a phone the names beside an axis take a part of the picture that no layout can foresee.
    """
    size = figure.get_size_inches() * 72
    with drawing():
        renderer: Any = _Renderer(*size, io.StringIO(), None, 72)
        for _ in range(3):
            drawn = [
                box
                for ax in figure.axes
                for words in [[*ax.texts, *filter(None, [ax.get_legend()])]]
                if (box := ax.get_tightbbox(renderer, bbox_extra_artists=words))
            ]
            boxes = [ax.get_position() for ax in figure.axes]
            spans = [(box.intervalx, box.intervaly) for box in boxes]
            for side, whole in enumerate(size):
                lowest = min((box.min[side] for box in drawn), default=0.0) / whole
                highest = max((box.max[side] for box in drawn), default=0.0) / whole
                under, over = max(EDGE / whole - lowest, 0.0), max(highest + EDGE / whole - 1, 0.0)
                first = min((span[side][0] for span in spans), default=0.0)
                last = max((span[side][1] for span in spans), default=1.0)
                part = 1 - (under + over) / (last - first)
                for span in spans:
                    span[side][:] = first + under + (span[side] - first) * part
            for ax, ((left, right), (low, high)) in zip(figure.axes, spans, strict=True):
                ax.set_position((left, low, right - left, high - low))


def moving(
    figure: Figure,
    artists: Sequence[Artist],
    mark: str,
    *,
    answer: Collection[Artist] = (),
    parts: Sequence[Collection[Artist]] = (),
    under: str = "",
) -> str:
    """Draw the moving artists alone, on nothing, as an ``<svg>`` element as large as the backdrop.

    Parameters
    ----------
    figure : Figure
    artists : sequence of Artist
        Drawn from the lowest zorder to the highest.
    mark : str
        Prefix of the ids.
    answer : collection of Artist
        Each of these stands in a group of the class ``dtao-answer``.
    parts : sequence of collections of Artist
        Those of the first stand in groups of the class ``dtao-part-1``, and so on.
    under : str
        An element of SVG that lies below all of them.
    """

    def draw(renderer: RendererSVG) -> None:
        writer: Any = renderer.writer  # Matplotlib's own, which carries no types
        for artist in sorted(artists, key=lambda artist: artist.get_zorder()):
            if artist.get_visible():
                classes = ["dtao-answer"] if artist in answer else []
                classes += [f"dtao-part-{n}" for n, part in enumerate(parts, 1) if artist in part]
                if classes:
                    writer.start("g", attrib={"class": " ".join(classes)})
                artist.draw(renderer)
                if classes:
                    writer.end("g")

    return _layer(figure, draw, f"{mark}m", "", under)


_ROOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 {width:g} {height:g}" {role} style="display:block;width:100%;height:auto;'
    'stroke-linejoin:round;stroke-linecap:butt;background:none">'
)


def _layer(
    figure: Figure, draw: Callable[[RendererSVG], None], mark: str, describe: str, under: str = ""
) -> str:
    with drawing():
        text = io.StringIO()
        width, height = figure.get_size_inches() * 72
        renderer: Any = _Renderer(width, height, text, None, 72)
        draw(renderer)
        renderer.finalize()
    svg = text.getvalue()
    svg = svg[svg.index("</metadata>") + len("</metadata>") :]
    # The style sheet would act on the whole page: its two properties go to the root instead.
    svg = re.sub(r"<style.*?</style>", "", svg, count=1, flags=re.DOTALL)
    svg = _IDS.sub(rf"\g<1>{mark}", svg)
    svg = _COLOURS.sub(lambda colour: THEME[colour.group().lower()], svg)
    svg = _FONT.sub("var(--jp-ui-font-family, sans-serif)", svg)
    role = f'role="img" aria-label="{escape(describe)}"' if describe else 'aria-hidden="true"'
    return _ROOT.format(width=width, height=height, role=role) + under + svg
