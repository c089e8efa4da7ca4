"""Cells of a notebook as HTML that stands alone: no script, no network, formulas as MathML."""

from __future__ import annotations

import base64
import mimetypes
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from ..lessons.lesson import Cell, count_words
from .forms import FORMS
from .mathml import mathml

# What is shown of an output that comes in several forms: the first of these that it has.
_FORMS = (
    "text/latex",
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "text/html",
    "text/markdown",
    "text/plain",
)
_ALONE = re.compile(r"\A\$(?!\$)(.*)\$\Z", re.DOTALL)  # a formula as SymPy gives it
REVEAL = "dtao-reveal"
"""The class of an answer that stays closed until the reader opens it."""
_ACTIVE = ["script", "iframe", "object", "embed", "link", "meta", "base", "form"]


Links = Callable[[str], str | None]
"""Where a link of a notebook leads on a page; None makes plain words of it."""


def hall(target: str) -> str | None:
    """Keep a link to the web, and no other: a hall does not have the files beside a notebook."""
    return target if re.match(r"https?:", target) else None


def markdown(text: str, folder: Path, *, top: int = 1, links: Links = hall) -> str:
    """Turn the Markdown of a notebook into HTML.

    Parameters
    ----------
    text : str
        With formulas between dollar signs, as Jupyter reads it.
    folder : Path
        Where the notebook lies: pictures are looked for from there and written into the page.
    top : int
        The highest level that a heading may have; higher ones are lowered to it.
    links : callable
        Where each link leads on the page.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If a formula cannot be typeset, or a picture is not on this computer.

    Examples
    --------
    >>> print(markdown("The **price** is $T$.", Path()))
    <p>The <strong>price</strong> is <math><mi>T</mi></math>.</p>
    """
    return _alone(_reader(top)(text), folder, links)[0].strip()


def inline(text: str, folder: Path) -> str:
    """Turn one line of Markdown into HTML without a paragraph around it.

    Examples
    --------
    >>> inline("The price $p$", Path())
    'The price <math><mi>p</mi></math>'
    """
    return re.sub(r"^<p>(.*)</p>$", r"\1", markdown(text, folder), flags=re.DOTALL)


@cache
def _reader(top: int) -> Any:
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    class Renderer(IPythonRenderer):  # type: ignore[misc, unused-ignore]
        def heading(self, text: str, level: int, **_: Any) -> str:
            level = max(level, top)
            return f"<h{level}>{text}</h{level}>\n"

        def inline_math(self, body: str) -> str:
            return mathml(body)

        def block_math(self, body: str) -> str:
            return mathml(body, display=True)

        def latex_environment(self, name: str, body: str) -> str:
            return mathml(rf"\begin{{{name}}}{body}\end{{{name}}}", display=True)

        def block_code(self, code: str, info: str | None = None) -> str:
            return highlighted(code.rstrip("\n"), info or "text")

    return MarkdownWithMath(renderer=Renderer(escape=False, exclude_anchor_links=True))


def highlighted(code: str, language: str = "python") -> str:
    """Turn code into HTML whose parts of speech are marked for the style sheet.

    Examples
    --------
    >>> highlighted("pool.price")
    '<pre class="code"><code><span class="n">pool</span><span class="o">.</span><span \
class="n">price</span></code></pre>'
    """
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import TextLexer, get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        lexer = TextLexer()
    marked = highlight(code, lexer, HtmlFormatter(nowrap=True)).rstrip("\n")
    return f'<pre class="code"><code>{marked}</code></pre>'


def _alone(
    html: str, folder: Path, links: Links = hall, *, opened: bool = False
) -> tuple[str, int, bool]:
    """Make HTML stand alone: pictures inside, nothing that runs, no dead links.

    With it come how many words it has, and whether it is a closed answer.
    """
    if "<" not in html:
        return html, len(html.split()), False
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(_ACTIVE):
        element.decompose()
    for element in soup.find_all(True):
        for name in [name for name in element.attrs if name.lower().startswith("on")]:
            del element[name]
    for picture in soup.find_all("img"):
        picture["src"] = _embedded(str(picture.get("src", "")), folder)
        picture["alt"] = str(picture.get("alt", ""))
    for link in soup.find_all("a"):
        target = links(str(link.get("href", "")))
        if target is None:
            link.name, link.attrs = "span", {}
        else:
            link["href"] = target
    closed = soup.find("details", class_=REVEAL)
    words = len(soup.get_text(" ").split())
    if closed is not None and opened:
        for title in closed.find_all("summary", limit=1):
            title.decompose()
        closed.unwrap()
    return str(soup), words, closed is not None


def _embedded(source: str, folder: Path) -> str:
    if source.startswith("data:"):
        return source
    path = folder / source
    if re.match(r"[a-z]+:", source) or not path.is_file():
        raise ValueError(f"the picture {source!r} is not among the files of the lesson.")
    kind = mimetypes.guess_type(path.name)[0] or "image/png"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


@dataclass(frozen=True)
class Shown:
    """One output as HTML, with what a slide must know to place it.

    Parameters
    ----------
    html : str
        A piece that stands alone.
    words : int
        The words that a reader reads in it.
    is_picture : bool
        Whether it is a picture.
    is_closed : bool
        Whether it is an answer that stays closed until the reader opens it.
    """

    html: str
    words: int = 0
    is_picture: bool = False
    is_closed: bool = False


def outputs(
    cell: Cell, folder: Path, *, slide: bool = False, links: Links = hall
) -> tuple[Shown, ...]:
    """Turn what a code cell has printed and shown into HTML, one after another.

    A playground or another widget is shown as its static twin: the picture, with its sentence as
    the alternative text.

    Parameters
    ----------
    cell : Cell
        With its stored outputs.
    folder : Path
        Where the notebook lies.
    slide : bool
        Show of each picture the one with larger letters, if it was drawn, and of an answer that
        stays closed what is inside: on a slide the next step opens it.
    links : callable
        Where each link leads on the page.

    Returns
    -------
    tuple of Shown

    Raises
    ------
    ValueError
        If a formula cannot be typeset.
    """
    shown = (one for output in cell.outputs for one in output_html(output, folder, slide, links))
    return tuple(one for one in shown if one.html)


def output_html(
    output: dict[str, Any], folder: Path, slide: bool = False, links: Links = hall
) -> list[Shown]:
    """Turn one output into HTML: one piece, several for an answer in parts, or none."""
    if output["output_type"] == "stream":
        # Warnings are for who works at the notebook, not for a hall.
        return [_printed(output["text"])] if output["name"] == "stdout" else []
    if output["output_type"] == "error":
        return [_printed(f"{output['ename']}: {output['evalue']}")]
    data = output["data"]
    if slide and "parts" in (forms := data.get(FORMS, {})):
        parts = ({"output_type": "display_data", "data": part} for part in forms["parts"])
        inside = [one for part in parts for one in output_html(part, folder, slide, links)]
        # A slide has room for the picture; the figures beside it stand in the notebook.
        pictures = [one for one in inside if one.is_picture]
        return [replace(one, is_closed=True) for one in pictures or inside]
    form = next((form for form in _FORMS if form in data), "")
    if not form:
        return []
    content = "".join(data[form])
    if form.startswith("image"):
        return [_picture(form, content, output, slide)]
    if form == "text/latex":
        return [Shown(markdown(_ALONE.sub(r"$$\1$$", content.strip()), folder, links=links))]
    if form == "text/markdown":
        html = f'<div class="shown">{markdown(content, folder, top=3, links=links)}</div>'
        return [Shown(html, count_words(content))]
    if form == "text/html":
        html, words, closed = _alone(content, folder, links, opened=slide)
        return [Shown(f'<div class="shown">{html}</div>', words, is_closed=closed)]
    return [_printed(content)]


def _printed(text: str | list[str]) -> Shown:
    shown = re.sub(r"\x1b\[[0-9;]*m", "", "".join(text)).rstrip()
    html = f'<pre class="printed">{escape(shown, quote=False)}</pre>' if shown else ""
    return Shown(html, len(shown.split()))


def _picture(form: str, content: str, output: dict[str, Any], slide: bool) -> Shown:
    sentence = "".join(output["data"].get("text/plain", ""))
    about = output.get("metadata", {}).get(form, {})
    alt = about.get("alt") or ("" if sentence.startswith("<") else sentence)
    if slide and (larger := output["data"].get(FORMS, {}).get("slide")):
        form, content = "image/png", larger
    data = content.encode() if form == "image/svg+xml" else base64.b64decode(content)
    source = f"data:{form};base64,{base64.b64encode(data).decode()}"
    html = (
        f'<figure style="--ratio:{_ratio(data):.4g}">'
        f'<img src="{source}" alt="{escape(alt.strip())}"></figure>'
    )
    return Shown(html, is_picture=True)


def _ratio(picture: bytes) -> float:
    """Give width / height of a PNG or SVG; of another picture a common one."""
    if picture.startswith(b"\x89PNG"):
        width, height = struct.unpack(">II", picture[16:24])
        return float(width / height)
    box = re.search(rb'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', picture)
    return float(box[1]) / float(box[2]) if box else 1.6
