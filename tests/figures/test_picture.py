"""A picture's three lives: live in two layers, stored with a notebook, saved to a file."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.image import imread

from dtao_edu.engine.pool import Pool
from dtao_edu.figures import Picture, pool_curve
from dtao_edu.figures.base import layers, style

TRADE = Pool(100, 1000, 1000).stake(25)


def picture(**details: Any) -> Picture:
    return pool_curve(TRADE, **details)


def pixels(draw: Any, figure: Any) -> np.ndarray:
    """Draw into pixels through the same renderer for both ways."""
    canvas = FigureCanvasAgg(figure)
    renderer = canvas.get_renderer()
    renderer.clear()
    draw(renderer)
    return np.asarray(renderer.buffer_rgba()).copy()


def test_two_layers_together_are_the_whole_picture() -> None:
    shown = picture()
    moving = sorted([*shown.moving, *shown.answer], key=lambda artist: artist.get_zorder())

    def layered(renderer: Any) -> None:
        shown.figure.draw(renderer)
        for artist in moving:
            artist.draw(renderer)

    both = pixels(layered, shown.figure)
    whole = io.BytesIO()
    shown.figure.savefig(whole, format="rgba", dpi=72)
    flat = np.frombuffer(whole.getvalue(), dtype=np.uint8).reshape(both.shape)
    assert both.shape == flat.shape
    assert (both != flat).any(axis=2).sum() == 0


def test_the_backdrop_keeps_no_ghost_of_what_moves() -> None:
    back = picture().backdrop()
    assert "alpha out" not in back
    assert "alpha in the pool" in back


def test_text_stays_text_and_inks_follow_the_theme() -> None:
    for layer in (picture().backdrop(), picture().front()):
        assert "<text" in layer
        assert style.INK not in layer
        assert "var(--jp-content-font-color1" in layer
        assert "<style" not in layer, "a style sheet in a page acts on all of the page"


def test_ids_of_two_pictures_on_one_page_never_meet() -> None:
    ids = [
        set(re.findall(r'\bid="([^"]+)"', layer))
        for one in (picture(), picture())
        for layer in (one.backdrop(), one.front())
    ]
    assert all(a.isdisjoint(b) for i, a in enumerate(ids) for b in ids[i + 1 :])
    for one in (picture(), picture()):
        for layer in (one.backdrop(), one.front()):
            named = set(re.findall(r'\bid="([^"]+)"', layer))
            used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', layer))
            assert used <= named


def test_drawing_leaves_the_settings_of_the_process_alone() -> None:
    before = dict(matplotlib.rcParams)
    picture().front()
    picture().png()
    assert dict(matplotlib.rcParams) == before


def test_the_backdrop_has_a_name_for_a_screen_reader_and_the_front_is_silent() -> None:
    back = ElementTree.fromstring(picture().backdrop('A "curve" & more'))
    assert back.get("role") == "img"
    assert back.get("aria-label") == 'A "curve" & more'
    assert ElementTree.fromstring(picture().front()).get("aria-hidden") == "true"


def test_a_stored_notebook_keeps_picture_and_sentence() -> None:
    data, details = picture()._repr_mimebundle_()
    assert data["text/plain"] == str(picture())
    assert details["image/png"]["needs_background"] == "light"
    image = imread(io.BytesIO(data["image/png"]))
    assert image.shape[2] in (3, 4)
    corners = image[[0, 0, -1, -1], [0, -1, 0, -1]]
    assert (corners == 1).all(), "a white face: a clear one cannot be read in a dark theme"


def test_the_sentence_is_drawn_below_the_stored_picture() -> None:
    long, short = picture(), picture()
    short.sentence = lambda _trade: "Short."
    tall = imread(io.BytesIO(long.png())).shape[0]
    low = imread(io.BytesIO(short.png())).shape[0]
    assert tall > low, "a longer sentence takes more lines"
    assert long.figure.texts == [], "the caption is taken away again"


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_save_writes_what_its_name_says_with_a_source(tmp_path: Path, ending: str) -> None:
    path = picture(source="public ledger, 17 April 2025").save(tmp_path / f"a.{ending}")
    start = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[ending]
    content = path.read_bytes()
    assert content.startswith(start)
    if ending == "svg":
        root = ElementTree.fromstring(content.decode())
        words = " ".join("".join(text.itertext()) for text in root.iter())
        assert "CC BY 4.0" in words
        assert "17 April 2025" in words


def test_save_refuses_other_endings(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"allowed: a name with \.svg, \.png or \.pdf"):
        picture().save(tmp_path / "a.jpg")


def test_the_hall_reads_larger() -> None:
    page, hall = picture(), picture(size="hall")
    of = lambda one: one.figure.axes[0].xaxis.label.get_fontsize()  # noqa: E731
    assert of(hall) >= 1.5 * of(page)
    with pytest.raises(ValueError, match="'page', 'hall', 'slide' or 'phone'"):
        picture(size="poster")


def test_a_slide_has_larger_letters_against_the_picture_and_no_caption() -> None:
    """On a slide a picture is as wide as its place, so only the letters' part of it counts."""
    page, hall, slide = (style.size_of(size) for size in ("page", "hall", "slide"))
    assert hall.text / hall.width == pytest.approx(page.text / page.width, rel=0.02)
    assert slide.note / slide.width >= 1.3 * page.note / page.width
    shapes = {}
    for size in ("page", "slide"):
        shown = picture(size=size)
        shapes[size] = imread(io.BytesIO(shown.png(dpi=40))).shape
        assert str(shown) in shown._repr_mimebundle_()[0]["text/plain"]
    (tall, wide, _), (low, broad, _) = shapes["page"], shapes["slide"]
    assert broad / low > 1.15 * wide / tall, "without a caption a picture is flatter"


def test_nothing_is_cut_off_a_slide() -> None:
    """A margin of the picture's own is kept, so that no letter touches its edge."""
    drawn = imread(io.BytesIO(picture(size="slide").png(dpi=40)))[:, :, :3]
    for edge in (drawn[0], drawn[-1], drawn[:, 0], drawn[:, -1]):
        assert edge.min() == 1.0


def test_the_palette_can_be_told_apart_in_grey_by_more_than_colour() -> None:
    """Lines that stand beside each other differ in dash, width or marker, not in colour alone."""
    lines = [line for line in picture().figure.axes[0].lines if line.get_color() != style.PURPLE]
    looks = {(line.get_linestyle(), line.get_linewidth(), line.get_marker(), line.get_mfc())
             for line in lines}  # fmt: skip
    assert len(looks) == len(lines)


def test_a_lock_is_free_again_after_an_error() -> None:
    shown = picture()
    with pytest.raises(AttributeError):
        shown.show(None)
    assert layers.LOCK.acquire(blocking=False)
    layers.LOCK.release()


def test_a_picture_is_drawn_again_for_its_slide_and_not_kept_twice() -> None:
    shown = picture()
    shown.show(Pool(100, 1000).stake(50))
    larger = shown.for_slide()
    assert larger is not None
    drawn = imread(io.BytesIO(larger.png()))
    same = imread(io.BytesIO(pool_curve(shown.value, size="slide").png()))
    assert (drawn == same).all(), "the same value, with the letters of a slide"
    assert picture(size="slide").for_slide() is None, "it is so already"
    data, details = shown._repr_mimebundle_()
    assert set(data) == {"image/png", "text/plain"}
    assert set(details["image/png"]) == {"needs_background", "alt"}


def test_a_picture_that_cannot_be_drawn_again_has_no_larger_one() -> None:
    shown = picture()
    shown.again = None
    assert shown.for_slide() is None


def test_few_colours_change_nothing_that_is_seen() -> None:
    shown, target = (
        picture(size="slide"),
        io.BytesIO(),
    )  # without a caption, so both are drawn alike
    shown.figure.savefig(target, format="png", dpi=110, facecolor="white", bbox_inches="tight")
    whole, kept = target.getvalue(), shown.png(dpi=110)
    assert len(kept) < len(whole) / 2
    change = abs(imread(io.BytesIO(whole))[:, :, :3] - imread(io.BytesIO(kept))[:, :, :3])
    assert change.mean() < 0.0005
