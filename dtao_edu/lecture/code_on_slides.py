"""What of a cell's code a slide shows: the thought, not the printing.

A reader at the notebook sees all of it and runs it. On a slide the result stands right below, so
imports, `print` and what draws a picture would only keep the hall waiting.
"""

from __future__ import annotations

import ast

from ..lessons.lesson import Cell

UNSHOWN = "hide-input-on-slides"
"""The tag of a cell whose code a slide leaves out altogether."""


def shown_code(cell: Cell) -> str:
    r"""Give the lines of a code cell that a slide shows.

    Parameters
    ----------
    cell : Cell
        A code cell with its outputs.

    Returns
    -------
    str
        The code without imports and without what only prints. Nothing if it draws a picture,
        if the notebook folds it, or if its tag hides it on slides.

    Examples
    --------
    >>> shown_code(Cell(1, "code", "import math\nroot = math.sqrt(2)\nprint(root)"))
    'root = math.sqrt(2)'
    """
    if cell.source_hidden or UNSHOWN in cell.tags or _draws(cell):
        return ""
    try:
        body = ast.parse(cell.source).body
    except SyntaxError:  # a magic, or an error that is shown on purpose
        return cell.source
    away = [part for statement in body for part in _plumbing(statement)]
    # Two statements on one line stay together.
    gone = {line for part in away for line in range(part.lineno, (part.end_lineno or 0) + 1)}
    kept = "\n".join(
        text for line, text in enumerate(cell.source.splitlines(), 1) if line not in gone
    )
    return "" if _says_nothing(kept) else kept.strip("\n")


def _plumbing(statement: ast.stmt) -> list[ast.stmt]:
    """Find the imports and the prints in a statement: the whole of it, or parts of a loop."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return [statement]
    if isinstance(statement, ast.Expr):
        call = statement.value
        name = call.func if isinstance(call, ast.Call) else None
        return [statement] if isinstance(name, ast.Name) and name.id == "print" else []
    if not isinstance(statement, ast.For | ast.With):
        return []
    parts = [part for one in statement.body for part in _plumbing(one)]
    return [statement] if all(one in parts for one in statement.body) else parts


def _draws(cell: Cell) -> bool:
    return any(
        kind.startswith("image/") for output in cell.outputs for kind in output.get("data", {})
    )


def _says_nothing(code: str) -> bool:
    return not any(line.strip() and not line.lstrip().startswith("#") for line in code.splitlines())
