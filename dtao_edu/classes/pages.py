"""HTML pages of a class: one file each, no network, readable on paper, a phone and by ear."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from string import Template


@cache
def beside(name: str) -> str:
    """Return a file that lies beside this one: a template, a style sheet or a script."""
    return (files("dtao_edu.classes") / name).read_text(encoding="utf-8")


def page(title: str, body: str, *, sorts: bool = False, style: str = "") -> str:
    """Write a whole page around its body; it asks nothing of any network.

    Parameters
    ----------
    title : str
        As text.
    body : str
        As HTML.
    sorts : bool
        Whether its tables sort at a press of their heads.
    style : str
        More of it, written into the page.
    """
    return Template(beside("page.html")).substitute(
        title=escape(title),
        style=beside("page.css") + style,
        body=body,
        script=f"<script>\n{beside('sort.js')}</script>\n" if sorts else "",
    )


Cell = str | tuple[str, str]
"""A cell's text, or its text and what its column is sorted by."""


def sorted_table(
    caption: str, titles: Sequence[str], rows: Iterable[Sequence[Cell]], numbers: Collection[str]
) -> str:
    """Write a table whose columns sort at a press of their heads.

    Parameters
    ----------
    caption : str
    titles : sequence of str
        Of the columns.
    rows : iterable of sequences of cells
        Texts are escaped here.
    numbers : collection of str
        Titles of the columns that hold numbers.
    """
    kinds = [' class="n"' if title in numbers else "" for title in titles]
    head = "".join(
        f'<th scope="col"{kind}><button type="button">{escape(title)}</button></th>'
        for title, kind in zip(titles, kinds, strict=True)
    )
    lines = []
    for row in rows:
        cells = []
        for cell, kind in zip(row, kinds, strict=True):
            text, key = cell if isinstance(cell, tuple) else (cell, "")
            by = f' data-key="{escape(key)}"' if key else ""
            cells.append(f"<td{kind}{by}>{escape(text)}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f'<div class="wide"><table class="sorts"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )
