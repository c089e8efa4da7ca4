"""Work out the frames of a preset: the words of each, and its picture in each size.

What was worked out is kept on disk under a hash of everything that it depends on, so that a second
build takes seconds.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from importlib.metadata import version
from math import log
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple

from dtao_edu import files
from dtao_edu.playground import PLAYGROUNDS
from dtao_edu.playground.flipbook import pack
from dtao_edu.playground.flipbook.sources import sources
from dtao_edu.playground.flipbook.states import Page, pages, states
from dtao_edu.playground.guess import known_values
from dtao_edu.playground.hall import DRAWN, view_of, with_view
from dtao_edu.playground.playground import Playground
from dtao_edu.playground.spec import Asked, Preset, Result, Row

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture

MARK = "dtaoFLIP"
"""Prefix of the ids in stored pictures; the script gives each flip-book a prefix of its own."""
WORDS = "words"
"""The name of the chunk that holds everything but pictures."""


class Chunks(NamedTuple):
    """The deflated chunks of one page: its words, and its pictures by size."""

    words: bytes
    pictures: dict[str, bytes]


def cache_folder() -> Path:
    """Return the folder that keeps frames: ``DTAO_EDU_CACHE``, or the system's usual one."""
    named = os.environ.get("DTAO_EDU_CACHE")
    if named:
        return files.place(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "dtao_edu" / "flipbook"


def work_out(
    play: Playground[Result],
    presets: Sequence[Preset | None],
    sizes: Sequence[str],
    *,
    cache: Path | None = None,
    jobs: int | None = None,
) -> list[list[Chunks]]:
    """Work out all pages of some presets, or read them where they are kept.

    Parameters
    ----------
    play : Playground
    presets : sequence of Preset or None
    sizes : sequence of str
        Sizes of pictures.
    cache : Path, optional
        Where frames are kept; :func:`cache_folder` if left out.
    jobs : int, optional
        Processes at work; one for each processor if left out.

    Returns
    -------
    list of list of Chunks
        For each preset one for each page, in the order of
        :func:`dtao_edu.playground.flipbook.states.pages`.
    """
    folder = cache or cache_folder()
    known = PLAYGROUNDS.get(play.name) is play
    found = [pages(play, preset)[1] for preset in presets]
    keys = [_key(play, preset) if known else "" for preset in presets]
    kept = {
        (row, place): _read(folder, keys[row], place, sizes) if known else None
        for row, every in enumerate(found)
        for place in range(len(every))
    }
    missing = [at for at, chunks in kept.items() if chunks is None]
    work = sum(found[row][place].frames for row, place in missing)
    if known and work > 300 and len(missing) > 1 and jobs != 1:
        names = [preset.label if preset else None for preset in presets]
        tasks = [
            _workers(jobs or os.cpu_count() or 1).submit(
                _page_of, play.name, names[row], place, tuple(sizes)
            )
            for row, place in missing
        ]
        made: Iterable[Chunks] = (task.result() for task in tasks)
    else:
        made = (page_chunks(play, found[row][place], sizes) for row, place in missing)
    for (row, place), chunks in zip(missing, made, strict=True):
        kept[row, place] = chunks
        if known:
            _keep(folder, keys[row], place, chunks)
    return [
        [chunks for (at, _), chunks in kept.items() if at == row and chunks is not None]
        for row in range(len(presets))
    ]


@lru_cache(maxsize=1)
def _workers(jobs: int) -> ProcessPoolExecutor:
    """Start processes that stay until the end: a site works out one flip-book after another.

    They are spawned, not forked: a fork of a process with threads may wait for ever.
    """
    return ProcessPoolExecutor(jobs, get_context("spawn"))


def _page_of(name: str, label: str | None, place: int, sizes: tuple[str, ...]) -> Chunks:
    play = PLAYGROUNDS[name]
    return page_chunks(play, _pages_of(name, label)[place], sizes)


@lru_cache(maxsize=4)
def _pages_of(name: str, label: str | None) -> Sequence[Page]:
    play = PLAYGROUNDS[name]
    preset = play.preset_named(label, play.presets()) if label else None
    return pages(play, preset)[1]


def page_chunks(play: Playground[Result], page: Page, sizes: Sequence[str]) -> Chunks:
    """Work out one page.

    Parameters
    ----------
    play : Playground
    page : Page
    sizes : sequence of str

    Returns
    -------
    Chunks
    """
    drawn: dict[str, _Drawn[Result]] = {size: _Drawn() for size in sizes}
    words = _Words()
    last: Result | None = None
    results = [*states(play, page)]
    first = next((result for result in results if not isinstance(result, str)), None)
    clock = any(slider.plays for slider in page.sliders)
    asked: Asked | None = None
    for result in results:
        if isinstance(result, str):
            words.refused(result)
        else:
            last = result
        shown = first if last is None else last
        if shown is None:
            continue
        if not (clock and asked):  # while a clock runs, the question stays that of its beginning
            asked = play.question.asked(shown) if play.question else Asked("", 0.0)
        for size, one in drawn.items():
            one.add(play, shown, size, asked)
        if not isinstance(result, str):
            words.add(play.receipt(result), asked, next(iter(drawn.values())))
    return Chunks(
        pack.deflate(words.packed()),
        {size: pack.deflate(one.packed()) for size, one in drawn.items()} if first else {},
    )


class _Words:
    """What is said on a page, frame by frame, each kind of text in a list of its own."""

    def __init__(self) -> None:
        self.problem: list[str] = []
        self.sentence: list[str] = []
        self.parts: list[str] = []
        self.receipt: list[str] = []
        self.question: list[str] = []
        self.numbers: list[str] = []
        self.slips: list[str] = []

    def refused(self, sentence: str) -> None:
        self.problem.append(sentence)
        for name, texts in vars(self).items():
            if name != "problem":
                texts.append(texts[-1] if texts else "")

    def add(self, receipt: Sequence[Row], asked: Asked, drawn: _Drawn[Result]) -> None:
        self.problem.append("")
        self.sentence.append(drawn.sentence)
        self.parts.append("\n".join(drawn.parts))
        rows = [
            "\t".join((row.label, row.value, row.meaning, "1" if row.strong else ""))
            for row in receipt
        ]
        self.receipt.append("\n".join(rows))
        self.question.append("\n".join((asked.words, asked.unit, asked.why)))
        if isinstance(asked.answer, str):
            self.numbers.append(asked.answer)
            self.slips.append(
                "\n".join(f"{option}\t{text}" for _, option, text in asked.misconceptions)
            )
            return
        known = known_values(asked.answer, asked.misconceptions, asked.unit)
        axis = asked.axis or ()
        numbers = [f"{asked.answer:.10g}", *(f"{number:.7g}" for number in axis)]
        self.numbers.append(" ".join(numbers))
        self.slips.append("\n".join(f"{slip.value:.7g}\t{slip.sentence}" for slip in known))

    def packed(self) -> dict[str, pack.Packed]:
        return {name: pack.pack(texts) for name, texts in vars(self).items()}


class _Drawn(Generic[Result]):
    """The pictures of a page in one size, frame by frame."""

    def __init__(self) -> None:
        self.picture: Picture[Result] | None = None
        self.backdrops: dict[str, int] = {}
        self.keys: dict[str, int] = {}
        self.back: list[int] = []
        self.front: list[str] = []
        self.marks: tuple[list[str], list[str]] = ([], [])
        self.guesses: tuple[list[float], list[float]] = ([], [])
        self.scale = ""
        self.view = ""

    def add(self, play: Playground[Result], result: Result, size: str, asked: Asked) -> None:
        if self.picture is None:
            self.picture = play.picture(result, size=DRAWN.get(size, size))
            self.picture.id_prefix = MARK
            if size in DRAWN:
                self.view = view_of(self.picture.figure)
        picture = self.picture
        picture.show(result)
        key = repr(picture.key())
        if key not in self.keys:
            backdrop = self._coarse(picture.backdrop())
            self.keys[key] = self.backdrops.setdefault(backdrop, len(self.backdrops))
        self.back.append(self.keys[key])
        self.front.append(self._coarse(picture.front_in_groups()))
        if picture.guess is not None and isinstance(asked.answer, float):
            height = abs(asked.answer) or 1.0
            if len(self.back) == 1:
                self.scale = _scale(picture, height)
            if self.scale:
                self._mark(picture, height)

    def _coarse(self, svg: str) -> str:
        return with_view(pack.coarse(svg), self.view)

    @property
    def sentence(self) -> str:
        """What the picture shows, as it stands."""
        return str(self.picture)

    @property
    def parts(self) -> list[str]:
        """Words of that sentence which stand for parts of the picture."""
        return self.picture.words_of_parts() if self.picture else []

    def _mark(self, picture: Picture[Result], size: float) -> None:
        """Keep the mark of two guesses: the script finds any other between or beyond them."""
        for guesses, marks, guess in zip(
            self.guesses, self.marks, (size / 2, 3 * size / 2), strict=True
        ):
            guesses.append(float(f"{guess:.7g}"))
            marks.append(self._coarse(picture.guess_alone(guesses[-1])))

    def packed(self) -> dict[str, pack.Packed | str | list[int] | list[float]]:
        stored: dict[str, pack.Packed | str | list[int] | list[float]] = {
            "backdrops": pack.pack([*self.backdrops]),
            "back": self.back,
            "front": pack.pack(self.front),
        }
        if self.scale and len(self.marks[0]) == len(self.back):
            stored |= {
                "scale": self.scale,
                "low": pack.pack(self.marks[0]),
                "high": pack.pack(self.marks[1]),
                "guessLow": self.guesses[0],
                "guessHigh": self.guesses[1],
            }
        return stored


_FIGURES = re.compile(r"\d+\.\d+")


def _scale(picture: Picture[Result], size: float) -> str:
    """Say on which scale a third mark lies between two: "linear", "log", or "" for neither."""
    low, high, middle = size / 2, 3 * size / 2, 0.8 * size
    marks = [pack.coarse(picture.guess_alone(guess)) for guess in (low, high, middle)]
    if len({_FIGURES.sub("", mark) for mark in marks}) != 1:
        return ""
    below, above, between = ([float(n) for n in _FIGURES.findall(mark)] for mark in marks)
    parts = {"linear": 0.3, "log": log(0.8 / 0.5) / log(3)}
    for scale, part in parts.items():
        expected = [a + part * (b - a) for a, b in zip(below, above, strict=True)]
        if all(abs(a - b) < 0.3 for a, b in zip(expected, between, strict=True)):
            return scale
    return ""


def _key(play: Playground[Any], preset: Preset | None) -> str:
    digest = hashlib.sha256()
    for path in sources(type(play).__module__, play.model.__module__, _picture_module(play)):
        digest.update(path.name.encode() + path.read_bytes())
    for name in ("matplotlib", "numpy"):
        digest.update(version(name).encode())
    digest.update((preset.label if preset else "").encode())
    return f"{play.name}-{digest.hexdigest()[:20]}"


def _picture_module(play: Playground[Any]) -> str:
    return getattr(play.picture, "__module__", play.model.__module__)


def _read(folder: Path, key: str, place: int, sizes: Sequence[str]) -> Chunks | None:
    paths = [folder / f"{key}-{place}-{name}" for name in (WORDS, *sizes)]
    if not all(path.is_file() for path in paths):
        return None
    words, *pictures = (path.read_bytes() for path in paths)
    return Chunks(words, dict(zip(sizes, pictures, strict=True)))


def _keep(folder: Path, key: str, place: int, chunks: Chunks) -> None:
    for name, data in ((WORDS, chunks.words), *chunks.pictures.items()):
        path = folder / f"{key}-{place}-{name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write(path, data)
