"""How practice writes: numbers as people read them, and one text for the notebook and the terminal.

Texts of the practice use five marks only: an empty line between paragraphs, ``- `` before the
entries of a list, four spaces before lines of code, ``|`` around the cells of a table, and
backticks around a name or a formula. The same text is wrapped for a terminal and dressed as HTML
for a notebook.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import Any, NamedTuple, SupportsFloat

from dtao_edu.practice.checking.record import Answer
from dtao_edu.wording import columns, number

_WIDTH = 88
_TIE = "\x1f"  # stands for a space at which no line is broken


def show(value: SupportsFloat | str, digits: int = 6) -> str:
    """Write a number with thousands apart, to so many significant digits, without empty zeros.

    A whole number below 10^15 is always written in full.

    Examples
    --------
    >>> show(15278.013026), show(0.0000123456789), show(40000.0), show(1e-12)
    ('15,278', '0.0000123457', '40,000', '1e-12')
    """
    return number(value, digits)


def exact(value: Answer) -> str:
    """Write a number that was given: every digit of it, thousands apart.

    Examples
    --------
    >>> exact(15278.013026134), exact(1250.0), exact(7), exact("subnet 64")
    ('15,278.013026134', '1,250', '7', 'subnet 64')
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction):
        return str(value)
    if isinstance(value, Fraction):
        return show(value, 12)
    text = f"{Decimal(repr(value)):,f}" if math.isfinite(value) else str(value)
    return text[:-2] if text.endswith(".0") else text


def brief(thing: Answer, length: int = 60) -> str:
    """Write any object in at most `length` characters, whatever its own `repr` does.

    Examples
    --------
    >>> brief([1, 2]), brief("a" * 100, 10)
    ('[1, 2]', "'aaaaaa...")
    """
    try:
        text = repr(thing)
    except Exception:
        text = f"<{type(thing).__name__}>"
    text = re.sub(r" at 0x[0-9a-fA-F]+", "", re.sub(r"\s+", " ", str(text)))
    return text if len(text) <= length else text[: length - 3] + "..."


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Cut a text into paragraphs, lists, code and tables."""
    for block in re.split(r"\n[ \t]*\n", textwrap.dedent(text).strip("\n")):
        lines = [line.rstrip() for line in block.splitlines() if line.strip()]
        if not lines:
            continue
        if all(line.startswith("    ") for line in lines):
            yield "code", [line[4:] for line in lines]
        elif all(line.startswith("|") for line in lines):
            yield "table", lines
        elif lines[0].startswith("- "):
            yield "list", re.split(r"\n- ", "\n".join(lines)[2:])
        else:
            yield "paragraph", [" ".join(line.strip() for line in lines)]


def _rows(lines: Sequence[str]) -> list[list[str]]:
    """Cut lines into cells; a line of dashes, which Markdown has under the head, says nothing."""
    kept = (line for line in lines if line.strip("|-"))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in kept]


def plain(text: str, width: int = _WIDTH) -> str:
    r"""Lay a text out for a terminal.

    Examples
    --------
    >>> print(plain("The pool:\n\n| name | TAO |\n| a | 10 |\n\n- one\n- two"))
    The pool:
    <BLANKLINE>
      name  TAO
      a      10
    <BLANKLINE>
    - one
    - two
    """
    parts = []
    for kind, lines in _blocks(text):
        if kind == "code":
            parts.append("\n".join("    " + line for line in lines))
        elif kind == "table":
            parts.append(textwrap.indent(columns(_rows(lines), 1), "  "))
        else:
            dash = "- " if kind == "list" else ""
            parts.append("\n".join(_wrapped(line, width, dash) for line in lines))
    return "\n\n".join(parts)


def _wrapped(line: str, width: int, dash: str) -> str:
    """Break a line between words, never inside a formula."""
    kept = re.sub(r"`[^`]+`", lambda code: code[0].replace(" ", _TIE), " ".join(line.split()))
    return textwrap.fill(
        kept,
        width,
        initial_indent=dash,
        subsequent_indent=" " * len(dash),
        break_long_words=False,
        break_on_hyphens=False,
    ).replace(_TIE, " ")


def _inline(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))


def html(text: str) -> str:
    """Dress a text as HTML; everything in it is escaped.

    Examples
    --------
    >>> html("Use `a < b`.")
    '<p>Use <code>a &lt; b</code>.</p>'
    """
    parts = []
    for kind, lines in _blocks(text):
        if kind == "code":
            code = escape("\n".join(lines), quote=False)
            parts.append(f'<pre style="margin: 0 0 1em 1em"><code>{code}</code></pre>')
        elif kind == "list":
            entries = "".join(f"<li>{_inline(' '.join(line.split()))}</li>" for line in lines)
            parts.append(f"<ul>{entries}</ul>")
        elif kind == "table":
            head, *body = _rows(lines)
            top = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in head)
            rest = "".join(
                "<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>"
                for row in body
            )
            parts.append(f"<table><thead><tr>{top}</tr></thead><tbody>{rest}</tbody></table>")
        else:
            parts.append(f"<p>{_inline(lines[0])}</p>")
    return "".join(parts)


class Look(NamedTuple):
    """How the edge of a card is drawn: by colour, by line and by width, so that one is enough.

    Attributes
    ----------
    colour : str
        Readable on white and on black; ``"currentColor"`` follows the text.
    line : str
        ``"solid"``, ``"double"``, ``"dashed"`` or ``"dotted"``.
    width : int
        Pixels.
    """

    colour: str = "currentColor"
    line: str = "solid"
    width: int = 4


PLAIN = Look()


class Card:
    """A text with a heading and a mark: HTML in a notebook, lines of text elsewhere.

    Parameters
    ----------
    heading : str
        One line.
    text : str
        In the marks of this module.
    mark : str
        A few characters that say the outcome without colour; may be empty.
    look : Look
        How its edge is drawn in a notebook.

    Examples
    --------
    >>> Card("05.1 right", "Well done.", mark="ok")
    [ok] 05.1 right
    Well done.
    """

    def __init__(self, heading: str, text: str = "", mark: str = "", look: Look = PLAIN) -> None:
        self.heading, self.text, self.mark, self.look = heading, text, mark, look

    def __str__(self) -> str:
        first = f"[{self.mark}] {self.heading}" if self.mark else self.heading
        return f"{first}\n{plain(self.text)}" if self.text else first

    __repr__ = __str__

    def _repr_html_(self) -> str:
        colour, line, width = self.look
        framed = f' style="border: 3px {line} {colour}; border-radius: 0.3em; padding: 0 0.3em"'
        frame = framed if self.look != PLAIN else ""
        mark = f"<code{frame}>[{escape(self.mark)}]</code> " if self.mark else ""
        return (
            f'<div style="border-left: {width}px {line} {colour}; padding: 0 0.8em; '
            f'max-width: 46em"><p>{mark}<strong>{escape(self.heading, quote=False)}</strong></p>'
            f"{html(self.text)}</div>"
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/plain": str(self), "text/html": self._repr_html_()}
