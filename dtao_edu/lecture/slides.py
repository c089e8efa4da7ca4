"""A lesson as slides: one HTML file that shows without a network.

nbconvert's own slides load five scripts from the network, and the packages that carry reveal.js
also bring a documentation builder, or an older JupyterLab extension; so the deck is a small one of
our own (``deck.html``, ``deck.css`` and ``deck.js``). Markdown is read as nbconvert reads it, and
formulas are set by the browser itself, from MathML (:mod:`dtao_edu.lecture.mathml`).
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from enum import Enum
from html import escape
from importlib.resources import files as resources
from pathlib import Path
from string import Template

from dtao_edu import files

from ..engine.errors import InputError
from ..lessons.course import find_notebook
from ..lessons.lesson import Lesson, read_cells, read_lesson
from .html import markdown
from .mathml import font_face
from .needed import need_lecture
from .pdf import print_pdf
from .rendered import HALL, Part, RenderedSlide, rendered_slides
from .running import with_forms

# What a deck may load: nothing but what is written in the file itself.
POLICY = (
    "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
    "script-src 'unsafe-inline'"
)


LICENCE = "Texts and pictures: CC BY 4.0, the dtao_edu authors"


class Edition(Enum):
    """For whom the slides are made: what is on their page, and how it prints."""

    SLIDES = "slides"
    """For the screen, with the notes in a window of their own; prints one slide a page."""
    HANDOUT = "handout"
    """For learners: two slides a page with lines to write on, and no notes anywhere."""
    LARGE = "large"
    """A handout in large print: one slide a page, on its side."""
    NOTES = "notes"
    """For the lecturer: two slides a page, the notes below each."""
    STUDENTS = "students"
    """For a page that learners read: the slides alone, without notes and answers."""

    @property
    def sheet(self) -> str:
        """The style sheet's rule for the paper."""
        if self in (Edition.SLIDES, Edition.STUDENTS):
            return "@page { size: 1280px 720px; margin: 0; }"
        if self is Edition.LARGE:
            return "@page { size: A4 landscape; margin: 10mm 12mm; }"
        return "@page { size: A4; margin: 14mm 15mm; }"

    @property
    def has_notes(self) -> bool:
        """Whether the speaker's notes are on its page."""
        return self in (Edition.SLIDES, Edition.NOTES)

    @property
    def classes(self) -> str:
        """The names by which the style sheet knows it."""
        known = {Edition.HANDOUT: "handout", Edition.NOTES: "handout", Edition.LARGE: "large"}
        return known.get(self, "")


@dataclass(frozen=True)
class Occasion:
    """Who speaks and when, and where listeners find more.

    Parameters
    ----------
    speaker, date : str
        As they stand on the first slide.
    link : str
        An address for the last slide, which also shows it as a QR code.
    """

    speaker: str = ""
    date: str = ""
    link: str = ""

    def __post_init__(self) -> None:
        if self.link and not re.fullmatch(r"https?://\S{3,500}", self.link):
            raise InputError("link", self.link, "an address that begins with https://")

    @property
    def opening(self) -> str:
        """What the first slide says of it, as HTML."""
        told = ", ".join(filter(None, (self.speaker, self.date)))
        return f'<p class="occasion">{escape(told)}</p>' if told else ""

    @property
    def closing(self) -> str:
        """The link and its QR code for the last slide, as HTML."""
        if not self.link:
            return ""
        import segno

        code = segno.make(self.link, error="m", micro=False)
        svg = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
        label = f'role="img" aria-label="QR code of {escape(self.link)}"'
        shown = re.sub(r"^https?://", "", self.link)
        return (
            f'<div class="link"><span class="qr" {label}>{svg}</span>'
            f'<a href="{escape(self.link)}">{escape(shown)}</a></div>'
        )


NO_OCCASION = Occasion()


def slides(
    lesson: str | Path,
    output: str | Path | None = None,
    *,
    pdf: bool = False,
    notes: bool = False,
    large: bool = False,
    students: bool = False,
    occasion: Occasion = NO_OCCASION,
    live: str = "",
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
        Write a handout instead, two slides a page with lines to write on, and the answers to what
        it asks on its last pages; this needs Chromium, Chrome or Edge on this computer.
    notes : bool
        Print the speaker's notes, with the answers, below each slide, for the lecturer. A file
        of slides always holds the notes in a window of its own (key S); a handout without this
        holds none.
    large : bool
        Write the handout in large print, one slide a page.
    students : bool
        Write the slides without notes and answers, for a page that learners read.
    occasion : Occasion
        Speaker and date for the first slide, a link for the last.
    live : str
        The name of a playground, as ``"stake_unstake"``: before the last slide comes one on which
        it moves, worked out beforehand, without a kernel. That takes a minute or more.
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
        If there is no such lesson, or two editions are asked for at once.
    ValueError
        If a formula cannot be typeset, or a picture is not there.
    ImportError
        If what only slides need is not installed.
    FileNotFoundError
        If a PDF is asked for and no browser is found.
    """
    need_lecture("slides")
    asked = [name for name, wanted in
             (("notes", notes), ("large", large), ("students", students)) if wanted]  # fmt: skip
    if len(asked) > 1:
        raise InputError("edition", " and ".join(asked), "one of them at a time")
    path = find_notebook(lesson, folder)
    pdf = pdf or large
    ending = "handout.pdf" if pdf else "students.html" if students else "slides.html"
    target = Path(output) if output else Path(f"{path.stem}.{ending}")
    edition = Edition(asked[0]) if asked else Edition.HANDOUT if pdf else Edition.SLIDES
    read = read_lecture(path)
    moving = live_slide(live) if live and not pdf else None
    html = deck(drawn(read, path) if draw else read, path.parent, edition, occasion, moving)
    if pdf:
        return print_pdf(html, target)
    files.write(target, html)
    return target


def live_slide(name: str) -> RenderedSlide:
    """Return a slide on which a playground moves without a kernel.

    Parameters
    ----------
    name : str
        Of the playground, as ``"stake_unstake"``.

    Returns
    -------
    RenderedSlide

    Raises
    ------
    InputError
        If there is no such playground.
    """
    from dtao_edu import playground
    from dtao_edu.playground.flipbook import flipbook
    from dtao_edu.playground.playground import Playground

    one = getattr(playground, name, None)
    if not isinstance(one, Playground):
        known = (key for key in dir(playground) if isinstance(getattr(playground, key), Playground))
        raise InputError("live", name, ", ".join(known))
    first = [preset.label for preset in one.presets()][:1]
    fragment = flipbook(one, ["hall"], presets=first or None)
    part = Part(0, text=str(fragment.html))
    said = "Ask first, take guesses, then move one thing at a time."
    return RenderedSlide(escape(one.title), (part,), f"<p>{said}</p>", 0.0, "live-one")


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


def deck(
    lesson: Lesson,
    folder: Path,
    edition: Edition = Edition.SLIDES,
    occasion: Occasion = NO_OCCASION,
    moving: RenderedSlide | None = None,
) -> str:
    """Return a lesson's slides as one page of HTML that loads nothing.

    Parameters
    ----------
    lesson : Lesson
        The lesson.
    folder : Path
        Where its notebook lies.
    edition : Edition
        For whom they are made.
    occasion : Occasion
        Speaker, date and link.
    moving : RenderedSlide, optional
        A slide with a live playground, to come before the last.

    Returns
    -------
    str
    """
    made = rendered_slides(lesson, folder)
    if moving is not None:
        made.insert(max(1, len(made) - 1), moving)
    if edition.has_notes:
        made[-1] = replace(made[-1], notes=made[-1].notes + _hall(lesson, folder, edition))
    shown = made if edition.has_notes else [slide.until_the_guess() for slide in made]
    sections = []
    for number, slide in enumerate(shown, 1):
        place, name, more = f"{number} / {len(made)}", escape(lesson.full_title), ""
        if number == 1:
            more, name = occasion.opening, f"{name} · {LICENCE}"
        if number == len(made):
            more, name = more + occasion.closing, f"{escape(lesson.full_title)} · {LICENCE}"
        sections.append(_section(slide, place, name, edition, more))
    if edition in (Edition.HANDOUT, Edition.LARGE):
        name = escape(lesson.full_title)
        for number, slide in enumerate(made, 1):
            if answer := slide.answer_alone():
                place = f"answer to slide {number} / {len(made)}"
                sections.append(_section(answer, place, name, edition))
    main = "\n".join(sections)
    return template("deck.html").substitute(
        page_class=f' class="{edition.classes}"' if edition.classes else "",
        policy=POLICY,
        title=escape(lesson.full_title),
        style="\n".join([font_face(main), edition.sheet, text("deck.css")]),
        slides=main,
        talk=text("talk.js"),
        script=text("deck.js"),
    )


def _hall(lesson: Lesson, folder: Path, edition: Edition) -> str:
    """Return the questions that a hall asks, with answers, to be opened in the notes."""
    asked = lesson.section(HALL)
    if not asked:
        return ""
    is_open = " open" if edition is Edition.NOTES else ""
    told = markdown(asked, folder, top=3)
    return f"<details{is_open}><summary>{HALL}</summary>{told}</details>"


def text(name: str) -> str:
    """Return a file that lies beside this one: a template, a style sheet or a script."""
    return (resources("dtao_edu.lecture") / name).read_text(encoding="utf-8")


def template(name: str) -> Template:
    """Return a page's template, whose places are named with a dollar sign."""
    return Template(text(name))


def _section(slide: RenderedSlide, place: str, name: str, edition: Edition, more: str = "") -> str:
    head = "" if slide.kind == "title" else f'<h2 class="{slide.kind}">{slide.title}</h2>\n'
    label = f'aria-roledescription="slide" aria-label="{place.replace("/", "of")}"'
    has_notes = slide.notes and edition.has_notes
    said = f'<aside class="notes">{slide.notes}</aside>\n' if has_notes else ""
    is_ruled = edition in (Edition.HANDOUT, Edition.LARGE) and slide.kind != "answer"
    ruled = f'<div class="lines">{"<p></p>" * 3}</div>' if is_ruled else ""
    return (
        f'<div class="leaf {slide.kind}-leaf" data-minutes="{slide.minutes:g}">\n'
        f'<section class="slide {slide.kind}" {label}>\n'
        f'{head}<div class="body">\n{slide.body}{more}</div>\n'
        f'<p class="foot"><span>{name}</span><span>{place}</span></p>\n'
        f"</section>\n{said}{ruled}</div>"
    )
