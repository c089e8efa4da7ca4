"""A receipt as a small table: for the page, and as text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dtao_edu.playground.spec import Row
from dtao_edu.wording import columns

HIDDEN = "?"
"""Stands for a value that waits for the learner's prediction."""


def as_html(rows: Sequence[Row], *, meanings: bool = False, hidden: bool = False) -> str:
    """Write a receipt as a table of HTML.

    Parameters
    ----------
    rows : sequence of Row
    meanings : bool
        Whether each row carries its definition.
    hidden : bool
        Whether the values wait for the learner's prediction.

    Returns
    -------
    str
    """
    lines = []
    for row in rows:
        value = HIDDEN if hidden else row.value
        note = f'<div class="dtao-meaning">{escape(row.meaning)}</div>' if meanings else ""
        strong = ' class="dtao-strong"' if row.strong else ""
        lines.append(
            f'<tr{strong}><th scope="row">{escape(row.label)}{note}</th>'
            f"<td>{escape(value)}</td></tr>"
        )
    return f'<table class="dtao-receipt" aria-label="Receipt">{"".join(lines)}</table>'


def as_text(rows: Sequence[Row], *, hidden: bool = False) -> str:
    """Write a receipt as lines of text, one row each.

    Parameters
    ----------
    rows : sequence of Row
    hidden : bool
        Whether the values wait for the learner's prediction.

    Examples
    --------
    >>> print(as_text([Row("paid", "5 TAO"), Row("received", "33.333 alpha")]))
    paid      5 TAO
    received  33.333 alpha
    """
    return columns([(row.label, HIDDEN if hidden else row.value) for row in rows], 2)
