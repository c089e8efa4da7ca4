"""A lesson as a value, read from its notebook without a kernel.

The tests, the slides and the teacher's pages all look at a notebook through this module, so that
there is one reading of the opening cell, of the tags and of the slides. It needs the standard
library only.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

_OPENING = re.compile(
    r"\# [ ] (?:(?P<number>\d\d)[ ])? (?P<title>\S.*) \n"
    r"\*\*Minutes:\*\* [ ] (?P<minutes>\S.*) \n"
    r"<details><summary>\S.*</summary> \n"
    r"\*\*Afterwards\ you\ can\*\* \n"
    r"(?P<objectives>(?:-[ ]\S.*\n)+)"
    r"\*\*Before\ this:\*\* [ ] (?P<needs>\S.*) \n"
    r"\*\*New\ words:\*\* [ ] (?P<words>\S.*) \n"
    r"</details>",
    re.VERBOSE,
)
_SHAPE = (
    "'# 05 Title', '**Minutes:** 40 alone, 25 as a lecture', and in a <details> with a <summary> "
    "'**Afterwards you can**' with a list, '**Before this:** [04 Title](04_title.ipynb)' or "
    "'nothing', '**New words:** a, b' or 'none'"
)
WORDS_A_MINUTE = 150
MINUTES_A_CELL = 1.5  # of code
MINUTES_A_PREDICTION = 3
RATE = (
    f"Minutes are estimates: one for {WORDS_A_MINUTE} words, {MINUTES_A_CELL} for each cell of "
    f"code, {MINUTES_A_PREDICTION} for each prediction."
)
"""The one rate by which minutes alone are counted, in words."""
_FENCE = re.compile(r"^```.*?^```[^\n]*$", re.DOTALL | re.MULTILINE)
_FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL)
_SUMMARY = re.compile(r"<summary>.*?</summary>")
_PIXELS = re.compile(r"data:image/\w+;base64,[A-Za-z0-9+/=\n]*")
_LINK = re.compile(r"\]\([^)\s]*\)")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def prose(markdown: str) -> str:
    """Leave the sentences of a Markdown text: no code blocks, formulas, link targets or comments.

    Examples
    --------
    >>> prose("The [price](04.ipynb) is $T / A$ now.")
    'The [price] is   now.'
    """
    text = re.sub(r"<!--.*?-->|</?[a-z][^>]*>", " ", markdown, flags=re.DOTALL)
    text = _FORMULA.sub(" ", _FENCE.sub(" ", text))
    return re.sub(r"<https?:[^>]*>|https?:\S+", " ", _LINK.sub("]", text))


def count_words(markdown: str) -> int:
    """Count the words that a reader reads in a Markdown text.

    Numbers count as words; code blocks, formulas and link targets do not.

    Examples
    --------
    >>> count_words("**Staking** moves the price: $T/A$ grows by 3 %.")
    7
    """
    return len(_WORD.findall(prose(markdown)))


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook.

    Parameters
    ----------
    position : int
        Counted from 1.
    kind : str
        ``"markdown"`` or ``"code"``.
    source : str
        The text of the cell.
    tags : frozenset of str
        ``"nbval-check-output"`` marks the compared cells, ``"prediction"`` a question before
        its answer.
    slide_type : str
        ``slide``, ``subslide``, ``fragment``, ``skip``, ``notes`` or ``-`` (goes on).
    notes : str
        What the lecturer says or must know; shown to no reader.
    outputs : tuple of dict
        The stored outputs, as in the file.
    execution_count : int or None
        None: the cell was never run.
    source_hidden, outputs_hidden : bool
        Whether the notebook opens with the code, or with the outputs, folded; what `reveal`
        closes counts as folded.
    """

    position: int
    kind: str
    source: str
    tags: frozenset[str] = frozenset()
    slide_type: str = "-"
    notes: str = ""
    outputs: tuple[dict[str, Any], ...] = field(default=(), repr=False)
    execution_count: int | None = None
    source_hidden: bool = False
    outputs_hidden: bool = False

    @property
    def lines(self) -> int:
        """The number of lines."""
        return len(self.source.splitlines())

    @property
    def words(self) -> int:
        """The number of words a reader reads; none in a code cell."""
        if self.kind != "markdown":
            return 0
        # The same line opens every lesson; who has read one does not read it again.
        return count_words(_SUMMARY.sub("", self.source) if self.position == 1 else self.source)

    @property
    def is_prediction(self) -> bool:
        """Whether the cell asks for a prediction."""
        return "prediction" in self.tags

    @property
    def is_compared(self) -> bool:
        """Whether nbval compares the cell's output."""
        return "nbval-check-output" in self.tags

    @property
    def headings(self) -> tuple[tuple[int, str], ...]:
        """The headings of a Markdown cell, each with its level."""
        if self.kind != "markdown":
            return ()
        found = re.findall(r"^(#{1,6}) +(.+?) *#*$", _FENCE.sub("", self.source), re.MULTILINE)
        return tuple((len(marks), text) for marks, text in found)

    @property
    def output_text(self) -> str:
        """All text among the outputs: printed, plain, Markdown, LaTeX and HTML."""
        texts: list[str] = []
        for output in self.outputs:
            data = {"text": output.get("text", ""), **output.get("data", {})}
            texts += [
                "".join(value)
                for kind, value in data.items()
                if kind.startswith("text") and not isinstance(value, dict)
            ]
        return _PIXELS.sub("", "\n".join(texts))


@dataclass(frozen=True)
class Slide:
    """The cells that a lecturer shows together.

    Parameters
    ----------
    kind : str
        ``"slide"`` or ``"subslide"``.
    cells : tuple of Cell
        At least one; fragments appear one after another.
    """

    kind: str
    cells: tuple[Cell, ...]

    @property
    def notes(self) -> str:
        """The speaker's notes of all its cells."""
        return "\n\n".join(cell.notes for cell in self.cells if cell.notes)

    @property
    def words(self) -> int:
        """The words on the slide. The opening cell counts with its heading alone."""
        return sum(
            count_words(cell.source.splitlines()[0]) if cell.position == 1 else cell.words
            for cell in self.cells
            if cell.source
        )


@dataclass(frozen=True)
class Lesson:
    """A lesson: its opening cell in parts, and all its cells.

    Parameters
    ----------
    name : str
        The file's name without its ending, as ``"05_staking_and_unstaking"``.
    number : str
        ``"05"``; for a notebook without a number its name, as ``"talk"``.
    title : str
        The title without its number.
    objectives : tuple of str
        What the learner can do afterwards.
    minutes, minutes_lecture : int or None
        Minutes alone, and as a lecture, as printed; None where the lesson is not meant for it.
    needs : tuple of str
        The names of the lessons that come before.
    words : tuple of str
        The words of the field that it introduces.
    cells : tuple of Cell
        All cells, the opening one first.
    given : dict of str to str
        Numbers and dates of the text that the lesson does not compute, each with its source.
    purpose : str
        Of a notebook beside the lessons: what it is for, and for whom, in a few words.
    """

    name: str
    number: str
    title: str
    objectives: tuple[str, ...]
    minutes: int | None
    minutes_lecture: int | None
    needs: tuple[str, ...]
    words: tuple[str, ...]
    cells: tuple[Cell, ...] = field(repr=False)
    given: dict[str, str] = field(default_factory=dict, repr=False)
    purpose: str = ""

    @property
    def is_numbered(self) -> bool:
        """Whether it is a lesson of the course, and not a notebook beside the lessons."""
        return self.number.isdigit()

    @property
    def full_title(self) -> str:
        """The title with its number, if it has one."""
        return f"{self.number} {self.title}" if self.is_numbered else self.title

    @cached_property
    def predictions(self) -> tuple[Cell, ...]:
        """The cells that ask for a prediction."""
        return tuple(cell for cell in self.cells if cell.is_prediction)

    @cached_property
    def code(self) -> tuple[Cell, ...]:
        """The code cells."""
        return tuple(cell for cell in self.cells if cell.kind == "code")

    @cached_property
    def text(self) -> tuple[Cell, ...]:
        """The Markdown cells."""
        return tuple(cell for cell in self.cells if cell.kind == "markdown")

    @cached_property
    def word_count(self) -> int:
        """All words of the text."""
        return sum(cell.words for cell in self.text)

    @property
    def minutes_counted(self) -> int:
        """Minutes alone by the rate: words, cells of code and predictions, to the nearest 5."""
        minutes = self.word_count / WORDS_A_MINUTE
        minutes += MINUTES_A_CELL * len(self.code) + MINUTES_A_PREDICTION * len(self.predictions)
        return max(5, 5 * int(minutes / 5 + 0.5))

    @cached_property
    def slides(self) -> tuple[Slide, ...]:
        """The slides in order; a cell without a slide type goes on the slide before it."""
        slides: list[Slide] = []
        for cell in self.cells:
            if cell.slide_type in ("skip", "notes"):
                continue
            if cell.slide_type in ("slide", "subslide"):
                slides.append(Slide(cell.slide_type, (cell,)))
            elif slides:
                slides[-1] = Slide(slides[-1].kind, (*slides[-1].cells, cell))
        return tuple(slides)

    def section(self, heading: str) -> str:
        """Give the text under a heading of the second level; empty if there is none."""
        whole = "\n\n".join(cell.source for cell in self.text)
        found = re.search(
            rf"^## +{re.escape(heading)} *$(.*?)(?=^## |\Z)", whole, re.DOTALL | re.MULTILINE
        )
        return found.group(1).strip() if found else ""


def read_cells(path: str | Path) -> tuple[tuple[Cell, ...], dict[str, Any]]:
    """Read the cells and the metadata of any notebook.

    Raises
    ------
    ValueError
        If the file is not a notebook of format 4.
    """
    try:
        book = json.loads(Path(path).read_text(encoding="utf-8"))
        cells = book["cells"] if book["nbformat"] == 4 else None
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"path is {str(path)!r}, which is not a readable notebook.") from error
    if cells is None:
        raise ValueError(f"path is {str(path)!r}, which is not a notebook of format 4.")
    return tuple(_cell(n, cell) for n, cell in enumerate(cells, 1)), book.get("metadata", {})


def _cell(position: int, cell: dict[str, Any]) -> Cell:
    about = cell.get("metadata", {})
    return Cell(
        position=position,
        kind=cell["cell_type"],
        source="".join(cell["source"]),
        tags=frozenset(about.get("tags", ())),
        slide_type=about.get("slideshow", {}).get("slide_type") or "-",
        notes="".join(about.get("notes", "")),
        outputs=tuple(cell.get("outputs", ())),
        execution_count=cell.get("execution_count"),
        source_hidden=about.get("jupyter", {}).get("source_hidden", False),
        outputs_hidden=about.get("jupyter", {}).get("outputs_hidden", False)
        or any(_is_closed(output) for output in cell.get("outputs", ())),
    )


def _is_closed(output: dict[str, Any]) -> bool:
    """Whether an output opens closed: what `reveal` shows."""
    html = "".join(output.get("data", {}).get("text/html", ""))
    return html.startswith('<details class="dtao-reveal"')


def read_lesson(path: str | Path) -> Lesson:
    """Read a lesson from its notebook.

    Raises
    ------
    ValueError
        If the file is not a notebook, or its first cell does not have the shape of a lesson's.
    """
    path = Path(path)
    cells, about = read_cells(path)
    first = cells[0].source if cells and cells[0].kind == "markdown" else ""
    opening = _OPENING.fullmatch(re.sub(r"\n(?: *\n)+", "\n", first.strip()))
    if not opening:
        raise ValueError(f"The first cell of {path.name} must have the shape {_SHAPE}.")
    minutes = opening["minutes"]
    alone, lecture = (re.search(rf"(\d+) {word}", minutes) for word in ("alone", "as a lecture"))
    if not alone and not lecture:
        raise ValueError(f"{path.name} gives {minutes!r} as minutes, not '40 alone'.")
    links = re.findall(r"\]\(([^)]+)\.ipynb\)", opening["needs"])
    if not links and opening["needs"] != "nothing":
        raise ValueError(f"{path.name} must link to what comes before it, or say 'nothing'.")
    words = opening["words"].rstrip(".")
    return Lesson(
        name=path.stem,
        number=opening["number"] or path.stem,
        title=opening["title"],
        objectives=tuple(line[2:] for line in opening["objectives"].splitlines()),
        minutes=int(alone[1]) if alone else None,
        minutes_lecture=int(lecture[1]) if lecture else None,
        needs=tuple(links),
        words=() if words == "none" else tuple(word.strip() for word in words.split(",")),
        cells=cells,
        given=dict(about.get("dtao_edu", {}).get("given", {})),
        purpose=about.get("dtao_edu", {}).get("purpose", ""),
    )
