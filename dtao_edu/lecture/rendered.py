"""The slides of a lesson as HTML, each with its parts: words, code and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from ..lessons.lesson import Cell, Lesson, Slide, count_words
from .code_on_slides import shown_code
from .html import highlighted, inline, markdown, outputs

COURSE = "Dynamic TAO"
HALL = "Questions from the hall"  # with answers; a talk may have them
MINUTES = re.compile(r"\A\s*(\d+(?:\.5)?) min\.\s*")
STRIP = 40  # words that leave a picture below them the whole width of the slide
_HEADING = re.compile(r"\A\s*#{1,6} +(.+?) *#*(?:\n|\Z)")


@dataclass(frozen=True)
class Part:
    """What a slide shows of one cell.

    Parameters
    ----------
    position : int
        The cell's, counted from 1.
    text : str
        The sentences of a Markdown cell, as HTML.
    code : str
        The lines of code that the slide shows, as HTML.
    results : tuple of str
        What the cell printed and showed without pictures, each as HTML.
    pictures : tuple of str
        Its pictures, each as HTML with its sentence as the alternative text.
    words : int
        The words of text and results.
    waits : bool
        Whether all of it appears at the next press of a key.
    results_wait : bool
        Whether results and pictures appear one press later than the code.
    is_prediction : bool
        Whether it asks for a prediction.
    """

    position: int
    text: str = ""
    code: str = ""
    results: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    words: int = 0
    waits: bool = False
    results_wait: bool = False
    is_prediction: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see."""
        return not (self.text or self.code or self.results or self.pictures)

    @property
    def html(self) -> str:
        """All of it in one element."""
        names = ["cell", "markdown" if self.text else "code"]
        names += ["fragment"] if self.waits else []
        names += ["prediction"] if self.is_prediction else []
        place = f'data-cell="{self.position}"'
        shown = "\n".join((*self.results, *self.pictures))
        if shown and self.results_wait:
            shown = f'<div class="fragment" {place}>{shown}</div>'
        inner = self.text or "\n".join(filter(None, (self.code, shown)))
        return f'<div class="{" ".join(names)}" {place}>{inner}</div>\n'


@dataclass(frozen=True)
class RenderedSlide:
    """A slide with what the lecturer says to it.

    Parameters
    ----------
    title : str
        As HTML: the heading that opens the slide, or the last one before it in the lesson.
    parts : tuple of Part
        What stands below the heading.
    notes : str
        The speaker's notes as HTML, without their minutes.
    minutes : float
        How long the slide is planned to take.
    kind : {"title", "new", "goes-on"}
        The opening slide, one with a new title, or one that goes on under the title before.
    opening : str
        As HTML: what the opening slide says of the lesson.
    """

    title: str
    parts: tuple[Part, ...]
    notes: str
    minutes: float
    kind: str
    opening: str = ""

    def until_the_guess(self) -> RenderedSlide:
        """Return the slide as it stands before anything answers what it asks."""
        parts: list[Part] = []
        for part in self.parts:
            if any(before.is_prediction for before in parts):
                if part.waits:
                    continue
                if part.results_wait:
                    part = replace(part, results=(), pictures=())
            parts.append(part)
        return replace(self, parts=tuple(parts))

    def answer_alone(self) -> RenderedSlide | None:
        """Return what answers the slide's question; None where it asks none."""
        if self.until_the_guess().parts == self.parts:
            return None
        first = next(n for n, part in enumerate(self.parts) if part.is_prediction)
        rest = [part for part in self.parts[first + 1 :] if not part.is_prediction]
        shown = tuple(replace(part, waits=False, results_wait=False) for part in rest)
        return replace(self, parts=shown, kind="answer", opening="", notes="")

    @property
    def body(self) -> str:
        """What is shown below the heading, each picture where it becomes largest.

        Below little text, or else at the right of all of it.
        """
        pictured = [part for part in self.parts if part.pictures]
        rest = [part for part in self.parts if not part.pictures]
        whole = "".join(part.html for part in self.parts)
        if not (pictured and rest):
            return self.opening + whole
        words = sum(part.words for part in rest)
        if words <= STRIP and not any(part.code for part in rest):
            return f'{self.opening}<div class="above">{whole}</div>'
        left, right = ("".join(part.html for part in side) for side in (rest, pictured))
        return f'{self.opening}<div class="beside"><div>{left}</div><div>{right}</div></div>'


def rendered_slides(lesson: Lesson, folder: Path) -> list[RenderedSlide]:
    """Turn the slides of a lesson into HTML, one after another.

    Raises
    ------
    ValueError
        If the lesson has no slide, or a formula or picture cannot be shown; the cell is named.
    """
    if not lesson.slides:
        raise ValueError(f"{lesson.name} has no slide: no cell has the slide type 'slide'.")
    made: list[RenderedSlide] = []
    for slide in lesson.slides:
        made.append(_slide(slide, lesson, folder, made[-1].title if made else ""))
    return made


def _slide(slide: Slide, lesson: Lesson, folder: Path, before: str) -> RenderedSlide:
    first, *rest = slide.cells
    match = MINUTES.match(slide.notes)
    with _naming(first):
        notes = markdown(MINUTES.sub("", slide.notes), folder)
    minutes = float(match[1]) if match else 0.0
    later = tuple(_part(cell, cell.source, folder, later=True) for cell in rest)
    parts = tuple(part for part in later if not part.is_empty)
    if first.position == 1 and lesson.objectives:
        opening = _opening(lesson, folder, first)
        return RenderedSlide(escape(lesson.title), parts, notes, minutes, "title", opening)
    heading = _HEADING.match(first.source) if first.kind == "markdown" else None
    words = heading[1] if heading else _heading_of(first, lesson)
    with _naming(first):
        title = inline(words, folder)
    opens = _part(first, first.source[heading.end() :] if heading else first.source, folder)
    parts = (*(() if opens.is_empty else (opens,)), *parts)
    kind = "goes-on" if title == before else "new"
    return RenderedSlide(title, parts, notes, minutes, kind)


def _heading_of(cell: Cell, lesson: Lesson) -> str:
    """Find the heading under which a cell stands in the lesson, on a slide or not."""
    above = [text for one in lesson.cells[: cell.position] for _, text in one.headings]
    return above[-1] if above else lesson.title


def _opening(lesson: Lesson, folder: Path, cell: Cell) -> str:
    with _naming(cell):
        goals = "".join(f"<li>{inline(one, folder)}</li>" for one in lesson.objectives)
    number = f"<span>{lesson.number}</span> " if lesson.is_numbered else ""
    return (
        f'<p class="course">{COURSE}</p><h1>{number}{escape(lesson.title)}</h1>'
        f"<p>Afterwards you can</p><ul>{goals}</ul>"
    )


def _part(cell: Cell, source: str, folder: Path, *, later: bool = False) -> Part:
    if cell.kind != "code":
        with _naming(cell):
            text = markdown(source, folder, top=3) if source.strip() else ""
        return Part(
            cell.position,
            text=text,
            words=count_words(source),
            waits=cell.slide_type == "fragment",
            is_prediction=cell.is_prediction,
        )
    with _naming(cell):
        shown = outputs(cell, folder, slide=True)
    code = shown_code(cell)
    folded = cell.outputs_hidden or any(one.is_closed for one in shown)
    return Part(
        cell.position,
        code=highlighted(code) if code else "",
        results=tuple(one.html for one in shown if not one.is_picture),
        pictures=tuple(one.html for one in shown if one.is_picture),
        words=sum(one.words for one in shown),
        # What the notebook folds is shown at the next step: below its code, or, where the slide
        # has asked something before, together with it. With nothing before it, it need not wait.
        waits=cell.slide_type == "fragment" or (later and folded),
        results_wait=bool(code) and folded and not later,
        is_prediction=cell.is_prediction,
    )


@contextmanager
def _naming(cell: Cell) -> Iterator[None]:
    """Say which cell it is that cannot be shown."""
    try:
        yield
    except ValueError as error:
        raise ValueError(f"Cell {cell.position}: {error}") from error
