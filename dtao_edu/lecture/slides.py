"""A lesson as slides: one HTML file that shows without a network.

nbconvert's own slides load five scripts from the network, and the packages that carry reveal.js
also bring a documentation builder, or an older JupyterLab extension; so the deck is a small one of
our own (``deck.css`` and ``deck.js``). Markdown is read as nbconvert reads it, and formulas are
set by the browser itself, from MathML (:mod:`dtao_edu.lecture.mathml`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path

from ..engine.errors import refuse
from ..lessons.course import course_folder
from ..lessons.lesson import Cell, Lesson, Slide, read_cells, read_lesson
from .code_on_slides import shown_code
from .html import highlighted, inline, markdown, outputs
from .mathml import font_face
from .pdf import print_pdf

COURSE = "Dynamic TAO"
MINUTES = re.compile(r"\A\s*(\d+(?:\.5)?) min\.\s*")
_HEADING = re.compile(r"\A\s*#{1,6} +(.+?) *#*(?:\n|\Z)")
# What a deck may load: nothing but what is written in the file itself.
POLICY = (
    "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
    "script-src 'unsafe-inline'"
)
STRIP = 40  # words that leave a picture below them the whole width of the slide
_SHEETS = {
    "slides": "@page { size: 1280px 720px; margin: 0; }",
    "handout": "@page { size: A4; margin: 14mm 15mm; }",
}
_KEYS = {
    "→ ↓ Space Page down": "next",
    "← ↑ Shift+Space Page up": "back",
    "Home, End": "first and last slide",
    "O or Esc": "overview of all slides",
    "S": "window with the speaker's notes",
    "Z": "enlarge the picture",
    "B or .": "black screen",
    "D": "dark or light",
    "F": "full screen",
    "?": "these keys",
}


def slides(
    lesson: str | Path,
    output: str | Path | None = None,
    *,
    pdf: bool = False,
    notes: bool = False,
    folder: str | Path | None = None,
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
    FileNotFoundError
        If a PDF is asked for and no browser is found.
    """
    path = find_notebook(lesson, folder)
    ending = "handout.pdf" if pdf else "slides.html"
    target = Path(output) if output else Path(f"{path.stem}.{ending}")
    html = deck(read_lecture(path), path.parent, paper=pdf or notes, notes=notes, secret=pdf)
    if pdf:
        return print_pdf(html, target)
    target.write_text(html, encoding="utf-8")
    return target


def find_notebook(lesson: str | Path, folder: str | Path | None = None) -> Path:
    """Find a lesson's notebook by number, by name, or by its file.

    Raises
    ------
    InputError
        If there is none, or more than one.
    """
    name = str(lesson)
    if name.endswith(".ipynb"):
        path = Path(name).expanduser()
        return path if path.is_file() else refuse("lesson", name, "a notebook that is there")
    room = Path(folder) if folder else course_folder() / "notebooks"
    found = [
        path
        for path in sorted(room.glob("*.ipynb"))
        if name and name in (path.stem, path.stem.partition("_")[0])
    ]
    if len(found) != 1:
        known = ", ".join(path.stem.partition("_")[0] for path in sorted(room.glob("*.ipynb")))
        refuse("lesson", name, f"one of {known}, or the file of a notebook")
    return found[0]


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


@dataclass(frozen=True)
class Leaf:
    """A slide with what the lecturer says to it.

    Parameters
    ----------
    title : str
        As HTML: the heading that opens the slide, or the last one before it in the lesson.
    body : str
        What is shown below the heading, as HTML.
    notes : str
        The speaker's notes as HTML, without their minutes.
    minutes : float
        How long the slide is planned to take.
    kind : {"title", "new", "goes-on"}
        The opening slide, one with a new title, or one that goes on under the title before.
    """

    title: str
    body: str
    notes: str
    minutes: float
    kind: str


def leaves(lesson: Lesson, folder: Path) -> list[Leaf]:
    """Turn the slides of a lesson into HTML, one after another.

    Parameters
    ----------
    lesson : Lesson
        With the slide types in the metadata of its cells.
    folder : Path
        Where the notebook lies.

    Returns
    -------
    list of Leaf

    Raises
    ------
    ValueError
        If the lesson has no slide, or a formula or picture cannot be shown; the cell is named.
    """
    if not lesson.slides:
        raise ValueError(f"{lesson.name} has no slide: no cell has the slide type 'slide'.")
    made: list[Leaf] = []
    for slide in lesson.slides:
        made.append(_leaf(slide, lesson, folder, made[-1].title if made else ""))
    return made


def _leaf(slide: Slide, lesson: Lesson, folder: Path, before: str) -> Leaf:
    first, *rest = slide.cells
    match = MINUTES.match(slide.notes)
    notes = _safely(markdown, MINUTES.sub("", slide.notes), folder, first)
    minutes = float(match[1]) if match else 0.0
    after = [_cell(cell, cell.source, folder, later=True) for cell in rest]
    if first.position == 1 and lesson.objectives:
        body = _opening(lesson, folder, first) + _arranged(after)
        return Leaf(escape(lesson.title), body, notes, minutes, "title")
    heading = _HEADING.match(first.source) if first.kind == "markdown" else None
    title = _safely(inline, heading[1] if heading else _heading_of(first, lesson), folder, first)
    source = first.source[heading.end() :] if heading else first.source
    body = _arranged([_cell(first, source, folder), *after])
    return Leaf(title, body, notes, minutes, "goes-on" if title == before else "new")


def _heading_of(cell: Cell, lesson: Lesson) -> str:
    """Find the heading under which a cell stands in the lesson, on a slide or not."""
    above = [text for one in lesson.cells[: cell.position] for _, text in one.headings]
    return above[-1] if above else lesson.title


def _opening(lesson: Lesson, folder: Path, cell: Cell) -> str:
    goals = "".join(f"<li>{_safely(inline, one, folder, cell)}</li>" for one in lesson.objectives)
    number = f"<span>{lesson.number}</span> " if lesson.is_numbered else ""
    return (
        f'<p class="course">{COURSE}</p><h1>{number}{escape(lesson.title)}</h1>'
        f"<p>Afterwards you can</p><ul>{goals}</ul>"
    )


def _cell(cell: Cell, source: str, folder: Path, *, later: bool = False) -> str:
    names = ["cell", cell.kind]
    if cell.kind == "code":
        shown = _safely(lambda one, where: outputs(one, where, slide=True), cell, folder, cell)
        code = shown_code(cell)
        # What the notebook folds is shown at the next step: below its code, or, where the slide
        # has asked something before, together with it. With nothing before it, it need not wait.
        if shown and code and cell.outputs_hidden and not later:
            shown = f'<div class="fragment" data-cell="{cell.position}">{shown}</div>'
        inner = f"{highlighted(code)}\n{shown}" if code else shown
        if not inner:
            return ""
    elif source.strip():
        inner = _safely(lambda text, where: markdown(text, where, top=3), source, folder, cell)
    else:
        return ""
    steps = cell.slide_type == "fragment" or (later and cell.outputs_hidden)
    names += ["fragment"] if steps else []
    names += ["prediction"] if cell.is_prediction else []
    return f'<div class="{" ".join(names)}" data-cell="{cell.position}">{inner}</div>\n'


def _arranged(cells: list[str]) -> str:
    """Put pictures where they become largest: below little text, or else at the right of all."""
    pictures = [cell for cell in cells if "<figure" in cell]
    rest = "".join(cell for cell in cells if "<figure" not in cell)
    if not (pictures and rest):
        return "".join(cells)
    words = len(re.sub(r"<[^>]+>", " ", rest).split())
    if words <= STRIP and not any('<pre class="code"' in cell for cell in cells):
        return f'<div class="above">{"".join(cells)}</div>'
    return f'<div class="beside"><div>{rest}</div><div>{"".join(pictures)}</div></div>'


def _safely(make, what, folder: Path, cell: Cell) -> str:  # type: ignore[no-untyped-def]
    """Say which cell it is that cannot be shown."""
    try:
        return str(make(what, folder))
    except ValueError as error:
        raise ValueError(f"Cell {cell.position}: {error}") from error


def deck(
    lesson: Lesson, folder: Path, *, paper: bool = False, notes: bool = False, secret: bool = False
) -> str:
    """Give a lesson's slides as one page of HTML.

    Parameters
    ----------
    lesson : Lesson
        The lesson.
    folder : Path
        Where its notebook lies.
    paper : bool
        Printed, it is a handout with two slides a page, not one slide a page.
    notes : bool
        Printed, the notes stand below each slide.
    secret : bool
        Leave the notes out altogether, unless `notes` asks for them.

    Returns
    -------
    str
        HTML that loads nothing.
    """
    made = leaves(lesson, folder)
    kept = notes or not secret
    name = f"{lesson.number} {lesson.title}" if lesson.is_numbered else lesson.title
    main = "\n".join(
        _section(leaf, number, len(made), name, kept, paper and not notes)
        for number, leaf in enumerate(made, 1)
    )
    room = files("dtao_edu.lecture")
    sheet = (room / "deck.css").read_text(encoding="utf-8")
    style = "\n".join([font_face(main), _SHEETS["handout" if paper else "slides"], sheet])
    keys = "".join(f"<dt>{key}</dt><dd>{does}</dd>" for key, does in _KEYS.items())
    return f"""<!doctype html>
<html lang="en"{' class="handout"' if paper else ""}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(name)}</title>
<style>
{style}
</style>
</head>
<body>
<main>
{main}
</main>
<p id="say" class="say" role="status"></p>
<nav class="bar" aria-label="Slides">
<button value="previous" aria-label="Back">←</button>
<button value="next" aria-label="Next">→</button>
<button value="overview" aria-label="Overview">▦</button>
<button value="notes" aria-label="Notes window">✎</button>
<button value="help" aria-label="Keys">?</button>
</nav>
<dialog id="help" class="help" aria-label="Keys"><dl>{keys}</dl>
<form method="dialog"><button>Close</button></form></dialog>
<template id="talk">
<div class="now" inert></div>
<div><h1 class="where"></h1><p class="clock"><span class="spent"></span></p>
<p class="planned"></p><p><button value="previous" aria-label="Back">←</button>
<button value="next" aria-label="Next">→</button> <button value="again">Clock to 0</button>
<button value="smaller" aria-label="Smaller letters">A−</button>
<button value="larger" aria-label="Larger letters">A+</button></p></div>
<div><h2>Next</h2><div class="then" inert></div></div>
<section class="said" aria-label="Notes" aria-live="polite"></section>
</template>
<script>
{(room / "deck.js").read_text(encoding="utf-8")}
</script>
</body>
</html>
"""


def _section(leaf: Leaf, number: int, count: int, name: str, notes: bool, lines: bool) -> str:
    head = "" if leaf.kind == "title" else f'<h2 class="{leaf.kind}">{leaf.title}</h2>\n'
    label = f'aria-roledescription="slide" aria-label="{number} of {count}"'
    said = f'<aside class="notes">{leaf.notes}</aside>\n' if notes and leaf.notes else ""
    ruled = f'<div class="lines">{"<p></p>" * 3}</div>' if lines else ""
    return (
        f'<div class="leaf" data-minutes="{leaf.minutes:g}">\n'
        f'<section class="slide {leaf.kind}" {label}>\n'
        f'{head}<div class="body">\n{leaf.body}</div>\n'
        f'<p class="foot"><span>{escape(name)}</span><span>{number} / {count}</span></p>\n'
        f"</section>\n{said}{ruled}</div>"
    )
