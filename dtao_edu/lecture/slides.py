"""A lesson as slides: one HTML file that shows without a network.

nbconvert's own slides load five scripts from the network, and the packages that carry reveal.js
also bring a documentation builder, or an older JupyterLab extension; so the deck is a small one of
our own (``deck.html``, ``deck.css`` and ``deck.js``). Markdown is read as nbconvert reads it, and
formulas are set by the browser itself, from MathML (:mod:`dtao_edu.lecture.mathml`).
"""

from __future__ import annotations

import sys
from enum import Enum
from html import escape
from importlib.resources import files as resources
from pathlib import Path
from string import Template

from dtao_edu import files

from ..lessons.course import find_notebook
from ..lessons.lesson import Lesson, read_cells, read_lesson
from .mathml import font_face
from .needed import need_lecture
from .pdf import print_pdf
from .rendered import RenderedSlide, rendered_slides
from .running import with_forms

# What a deck may load: nothing but what is written in the file itself.
POLICY = (
    "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
    "script-src 'unsafe-inline'"
)


class Edition(Enum):
    """For whom the slides are made: what is on their page, and how it prints."""

    SLIDES = "slides"
    """For the screen, with the notes in a window of their own; prints one slide a page."""
    HANDOUT = "handout"
    """For learners: two slides a page with lines to write on, and no notes anywhere."""
    NOTES = "notes"
    """For the lecturer: two slides a page, the notes below each."""

    @property
    def sheet(self) -> str:
        """The style sheet's rule for the paper."""
        if self is Edition.SLIDES:
            return "@page { size: 1280px 720px; margin: 0; }"
        return "@page { size: A4; margin: 14mm 15mm; }"


def slides(
    lesson: str | Path,
    output: str | Path | None = None,
    *,
    pdf: bool = False,
    notes: bool = False,
    folder: str | Path | None = None,
    draw: bool = True,
) -> Path:
    """Write a lesson as slides, or as a handout.

    Parameters
    ----------
    lesson : str or Path
        The lesson's number, as ``"05"``; its name, as ``"talk"``; or a notebook of your own.
    output : str or Path, optional
        The file to write; named after the lesson, in the present folder, if not given.
    pdf : bool
        Write a handout instead, two slides a page with lines to write on; this needs Chromium,
        Chrome or Edge on this computer.
    notes : bool
        Print the speaker's notes, with the answers, below each slide, for the lecturer. A file
        of slides always holds the notes in a window of its own (key S); a handout without this
        holds none.
    folder : str or Path, optional
        Where lessons are looked for; the installed course if not given.
    draw : bool
        Whether the notebook is run to draw its pictures anew with the large letters of a slide.
        Without it, and where it cannot be run, the slides show the stored pictures.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    InputError
        If there is no such lesson.
    ValueError
        If a formula cannot be typeset, or a picture is not there.
    ImportError
        If what only slides need is not installed.
    FileNotFoundError
        If a PDF is asked for and no browser is found.
    """
    need_lecture("slides")
    path = find_notebook(lesson, folder)
    ending = "handout.pdf" if pdf else "slides.html"
    target = Path(output) if output else Path(f"{path.stem}.{ending}")
    edition = Edition.NOTES if notes else Edition.HANDOUT if pdf else Edition.SLIDES
    read = read_lecture(path)
    html = deck(drawn(read, path) if draw else read, path.parent, edition)
    if pdf:
        return print_pdf(html, target)
    files.write(target, html)
    return target


def drawn(lesson: Lesson, path: Path) -> Lesson:
    """Return a lesson with its pictures drawn for slides; as it is, if that cannot be done.

    Parameters
    ----------
    lesson : Lesson
        As read from the notebook.
    path : Path
        The notebook. It is run if one of its slides shows a picture.

    Returns
    -------
    Lesson
    """
    shown = (cell for slide in lesson.slides for cell in slide.cells)
    if not any("image/png" in str(cell.outputs) for cell in shown):
        return lesson
    try:
        return with_forms(lesson, path)
    except RuntimeError as error:
        reason = str(error).splitlines()[0]
        print(f"The slides show the stored pictures, in small letters: {reason}", file=sys.stderr)
        return lesson


def read_lecture(path: Path) -> Lesson:
    """Read a lesson, or any notebook as if it were one.

    A numbered lesson must open as a lesson does. Of another notebook the first heading is the
    title.

    Parameters
    ----------
    path : Path
        The notebook.

    Returns
    -------
    Lesson

    Raises
    ------
    ValueError
        If the file is no notebook, or a numbered lesson does not open as one.
    """
    try:
        return read_lesson(path)
    except ValueError:
        if path.stem[:2].isdigit():
            raise
    cells, _ = read_cells(path)
    title = next((text for cell in cells for _, text in cell.headings), path.stem)
    return Lesson(path.stem, path.stem, title, (), None, None, (), (), cells)


def deck(lesson: Lesson, folder: Path, edition: Edition = Edition.SLIDES) -> str:
    """Return a lesson's slides as one page of HTML that loads nothing.

    Parameters
    ----------
    lesson : Lesson
        The lesson.
    folder : Path
        Where its notebook lies.
    edition : Edition
        For whom they are made.

    Returns
    -------
    str
    """
    made = rendered_slides(lesson, folder)
    main = "\n".join(
        _section(slide, f"{number} / {len(made)}", lesson.full_title, edition)
        for number, slide in enumerate(made, 1)
    )
    return template("deck.html").substitute(
        page_class="" if edition is Edition.SLIDES else ' class="handout"',
        policy=POLICY,
        title=escape(lesson.full_title),
        style="\n".join([font_face(main), edition.sheet, text("deck.css")]),
        slides=main,
        talk=text("talk.js"),
        script=text("deck.js"),
    )


def text(name: str) -> str:
    """Return a file that lies beside this one: a template, a style sheet or a script."""
    return (resources("dtao_edu.lecture") / name).read_text(encoding="utf-8")


def template(name: str) -> Template:
    """Return a page's template, whose places are named with a dollar sign."""
    return Template(text(name))


def _section(slide: RenderedSlide, place: str, name: str, edition: Edition) -> str:
    head = "" if slide.kind == "title" else f'<h2 class="{slide.kind}">{slide.title}</h2>\n'
    label = f'aria-roledescription="slide" aria-label="{place.replace("/", "of")}"'
    has_notes = slide.notes and edition is not Edition.HANDOUT
    said = f'<aside class="notes">{slide.notes}</aside>\n' if has_notes else ""
    ruled = f'<div class="lines">{"<p></p>" * 3}</div>' if edition is Edition.HANDOUT else ""
    return (
        f'<div class="leaf" data-minutes="{slide.minutes:g}">\n'
        f'<section class="slide {slide.kind}" {label}>\n'
        f'{head}<div class="body">\n{slide.body}</div>\n'
        f'<p class="foot"><span>{escape(name)}</span><span>{place}</span></p>\n'
        f"</section>\n{said}{ruled}</div>"
    )
