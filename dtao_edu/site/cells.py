"""A lesson's cells as the body of a web page: the question first, its answer closed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from typing import Any, TypedDict, cast

from ..lecture.forms import FORMS
from ..lecture.html import Links, Shown, highlighted, markdown, output_html
from ..lessons.lesson import Cell, Lesson

Value = str | int | float | bool | None
_WIDE = 72
"""Letters from which on a printed line is set in smaller ones."""


class Forms(TypedDict, total=False):
    """The forms of one output that a page shows, as the run of a lesson left them.

    Parameters
    ----------
    question, unit, why : str
        Of a prediction; with them its `choices` and its `answer`.
    title, parts : str and list
        Of a closed answer: its heading, and the data of each output inside.
    svg, phone, sentence : list of str and str
        Of a picture: its layers, those for a phone, and what it shows in words.
    playground, preset, values, start : str and dict
        Of a playground: its name and where it stands.
    """

    question: str
    unit: str
    why: str
    choices: list[str]
    answer: Value
    title: str
    parts: list[dict[str, Value]]
    svg: list[str]
    phone: list[str]
    sentence: str
    playground: str
    preset: str | None
    values: dict[str, Value]
    start: str


Live = Callable[[Forms], tuple[str, str]]
"""From the forms of a playground's output to its flip-book, as HTML and as text; or empty."""


@dataclass
class Body:
    """The body of a page while it is made.

    Parameters
    ----------
    lesson : Lesson
        With the forms of its outputs.
    folder : Path
        Where its notebook lies.
    links : callable
        Where a link of the notebook leads on the site.
    live : callable
        Makes the flip-book of a playground.

    Attributes
    ----------
    drawings : list of str
        Pictures as SVG, put in at the places ``<!--drawing N-->`` when the page is whole.
    asked : list of tuple of str and str
        Each question with its answer, in words.
    also : list of tuple of str and str
        What flip-books say, each with the place of its cell, for the search.
    """

    lesson: Lesson
    folder: Path
    links: Links
    live: Live = field(default=lambda forms: ("", ""))
    drawings: list[str] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    also: list[tuple[str, str]] = field(default_factory=list)
    _question: str = ""

    def html(self) -> str:
        """Return all cells but the opening one, one after another."""
        return "\n".join(part for cell in self.lesson.cells[1:] for part in self._cell(cell))

    def opening(self) -> str:
        """Return what the opening cell says below the title."""
        source = re.sub(r"\A\s*# .*\n", "", self.lesson.cells[0].source)
        return markdown(source, self.folder, links=self.links)

    def _cell(self, cell: Cell) -> Iterator[str]:
        place = f'id="{self._id(cell)}"'
        if cell.kind == "markdown":
            text = markdown(cell.source, self.folder, links=self.links)
            name = "cell prediction" if cell.is_prediction else "cell"
            yield f'<div class="{name}" {place}>\n{text}\n</div>'
            return
        shown = "".join(self._code(cell)) + "".join(self._outputs(cell))
        yield f'<div class="cell code" {place}>\n{shown}</div>'

    def _id(self, cell: Cell) -> str:
        return f"cell-{self.lesson.number}-{cell.position:03}"

    def _code(self, cell: Cell) -> Iterator[str]:
        if cell.is_prediction:  # the code names the answer
            return
        code = highlighted(cell.source)
        if cell.source_hidden or cell.source.startswith("with reveal("):
            yield f'<details class="source"><summary>Code</summary>{code}</details>\n'
        else:
            yield f"{code}\n"

    def _outputs(self, cell: Cell) -> Iterator[str]:
        shown = [part for output in cell.outputs for part in self._output(output, cell)]
        html = "\n".join(one.html for one in shown if not one.is_closed)
        closed = cell.outputs_hidden and not cell.is_prediction
        if html:
            yield _wrapped(self._closed("The answer", html) if closed else html)
        for one in shown:
            if one.is_closed:
                yield _wrapped(one.html)

    def _output(self, output: dict[str, Any], cell: Cell) -> list[Shown]:
        forms = cast(Forms, output.get("data", {}).get(FORMS) or {})
        if "question" in forms:
            return [Shown(self._asks(forms, cell))]
        if "parts" in forms:
            parts = ({"output_type": "display_data", "data": part} for part in forms["parts"])
            inside = "\n".join(one.html for part in parts for one in self._output(part, cell))
            return [Shown(self._closed(forms["title"], inside), is_closed=True)]
        if "svg" in forms:
            return [Shown(self._live(forms, cell) or self._drawing(forms), is_picture=True)]
        return output_html(output, self.folder, links=self.links)

    def _live(self, forms: Forms, cell: Cell) -> str:
        html, said = self.live(forms)
        if not html:
            return ""
        self.also.append((self._id(cell), said))
        self.drawings.append(html)
        return f"<div><!--drawing {len(self.drawings) - 1}--></div>"

    def _drawing(self, forms: Forms) -> str:
        sentence = escape(forms["sentence"])
        stack = f'<div class="stack">{_compact(forms["svg"])}</div>'
        if "phone" in forms:
            stack = stack.replace('"stack"', '"stack wide"')
            stack += f'<div class="stack narrow">{_compact(forms["phone"])}</div>'
        self.drawings.append(stack)
        return (
            f'<figure class="picture"><div class="drawing" role="img" aria-label="{sentence}" '
            f'tabindex="0"><!--drawing {len(self.drawings) - 1}--></div>'
            f"<figcaption>{sentence}</figcaption></figure>"
        )

    def _asks(self, forms: Forms, cell: Cell) -> str:
        self._question = f"guess-{self._id(cell).removeprefix('cell-')}"
        answer = f"{_written(forms['answer'])} {forms['unit']}".strip()
        why = f" {forms['why']}" if forms["why"] else ""
        self.asked.append((forms["question"], f"{answer}.{why}"))
        choices = "".join(f"<li>{escape(str(one))}</li>" for one in forms["choices"])
        listed = f'<ul class="choices">{choices}</ul>' if choices else ""
        data = escape(json.dumps(forms), quote=True)
        return (
            f'<section class="question" id="{self._question}" data-question="{data}">'
            f"<p><strong>Predict first.</strong> {escape(forms['question'])}</p>{listed}</section>"
        )

    def _closed(self, title: str, inside: str) -> str:
        after = f' data-after="{self._question}"' if self._question else ""
        return (
            f'<details class="answer"{after}><summary>{escape(title)}</summary>\n{inside}\n'
            "</details>\n"
        )

    def answers(self) -> str:
        """Return the answers to the predictions, for a page whose scripts do not run."""
        rows = "".join(f"<dt>{escape(a)}</dt><dd>{escape(b)}</dd>" for a, b in self.asked)
        if not rows:
            return ""
        return (
            f'<section class="answers"><h2>Answers to the predictions</h2><dl>{rows}</dl></section>'
        )


def _wrapped(html: str) -> str:
    """Mark what is printed as sentences: its lines may break; and what has columns, if wide."""

    def marked(found: re.Match[str]) -> str:
        wide = max(map(len, unescape(found[1]).splitlines()), default=0) > _WIDE
        kind = " wide" * wide if "  " in found[1] else " words"
        return found[0].replace('"printed"', f'"printed{kind}"')

    return re.sub(r'<pre class="printed">([^<]*)</pre>', marked, html)


def _compact(layers: list[str]) -> str:
    return "".join(re.sub(r"\s*\n\s*", " ", layer) for layer in layers)


def _written(value: Value) -> str:
    return f"{value:,.6g}" if isinstance(value, int | float) else str(value)
