"""Cells of a notebook as HTML that stands alone: no script, no network, formulas as MathML."""

from __future__ import annotations

import base64
import mimetypes
import re
import struct
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from ..lessons.lesson import Cell
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
_ACTIVE = ["script", "iframe", "object", "embed", "link", "meta", "base", "form"]


def markdown(text: str, folder: Path, *, top: int = 1) -> str:
    """Turn the Markdown of a notebook into HTML.

    Parameters
    ----------
    text : str
        With formulas between dollar signs, as Jupyter reads it.
    folder : Path
        Where the notebook lies: pictures are looked for from there and written into the page.
    top : int
        The highest level that a heading may have; higher ones are lowered to it.

    Returns
    -------
    str
        Links to files beside the notebook become plain words: a hall does not have them.

    Raises
    ------
    ValueError
        If a formula cannot be typeset, or a picture is not on this computer.

    Examples
    --------
    >>> print(markdown("The **price** is $T$.", Path()))
    <p>The <strong>price</strong> is <math><mi>T</mi></math>.</p>
    """
    return alone(_reader(top)(text), folder).strip()


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


def alone(html: str, folder: Path) -> str:
    """Make a piece of HTML stand alone: pictures inside, nothing that runs, no dead links.

    Parameters
    ----------
    html : str
        From Markdown or from an output.
    folder : Path
        Where pictures with a relative address are looked for.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If a picture is not on this computer.
    """
    if "<" not in html:
        return html
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
        if not re.match(r"https?:", str(link.get("href", ""))):
            link.name, link.attrs = "span", {}
    return str(soup)


def _embedded(source: str, folder: Path) -> str:
    if source.startswith("data:"):
        return source
    path = folder / source
    if re.match(r"[a-z]+:", source) or not path.is_file():
        raise ValueError(f"the picture {source!r} is not among the files of the lesson.")
    kind = mimetypes.guess_type(path.name)[0] or "image/png"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def outputs(cell: Cell, folder: Path, *, slide: bool = False) -> str:
    """Turn what a code cell has printed and shown into HTML.

    A playground or another widget is shown as its static twin: the picture, with its sentence as
    the alternative text.

    Parameters
    ----------
    cell : Cell
        With its stored outputs.
    folder : Path
        Where the notebook lies.
    slide : bool
        Show of each picture the one with larger letters, if the notebook keeps one.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If a formula cannot be typeset.
    """
    return "\n".join(filter(None, (_output(output, folder, slide) for output in cell.outputs)))


def _output(output: dict[str, Any], folder: Path, slide: bool) -> str:
    if output["output_type"] == "stream":
        # Warnings are for who works at the notebook, not for a hall.
        return _printed(output["text"]) if output["name"] == "stdout" else ""
    if output["output_type"] == "error":
        return _printed(f"{output['ename']}: {output['evalue']}")
    data = output["data"]
    form = next((form for form in _FORMS if form in data), "")
    if not form:
        return ""
    content = "".join(data[form])
    if form.startswith("image"):
        return _picture(form, content, output, slide)
    if form == "text/latex":
        return markdown(_ALONE.sub(r"$$\1$$", content.strip()), folder)
    if form == "text/markdown":
        return f'<div class="shown">{markdown(content, folder, top=3)}</div>'
    if form == "text/html":
        return f'<div class="shown">{alone(content, folder)}</div>'
    return _printed(content)


def _printed(text: str | list[str]) -> str:
    shown = re.sub(r"\x1b\[[0-9;]*m", "", "".join(text)).rstrip()
    return f'<pre class="printed">{escape(shown, quote=False)}</pre>' if shown else ""


def _picture(form: str, content: str, output: dict[str, Any], slide: bool) -> str:
    sentence = "".join(output["data"].get("text/plain", ""))
    about = output.get("metadata", {}).get(form, {})
    alt = about.get("alt") or ("" if sentence.startswith("<") else sentence)
    content = about.get("slide", content) if slide else content
    data = content.encode() if form == "image/svg+xml" else base64.b64decode(content)
    source = f"data:{form};base64,{base64.b64encode(data).decode()}"
    return (
        f'<figure style="--ratio:{_ratio(data):.4g}">'
        f'<img src="{source}" alt="{escape(alt.strip())}"></figure>'
    )


def _ratio(picture: bytes) -> float:
    """Give width / height of a PNG or SVG; of another picture a common one."""
    if picture.startswith(b"\x89PNG"):
        width, height = struct.unpack(">II", picture[16:24])
        return float(width / height)
    box = re.search(rb'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', picture)
    return float(box[1]) / float(box[2]) if box else 1.6
