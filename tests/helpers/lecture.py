"""A small lecture with everything that a slide can hold, its outputs as a kernel stores them."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from dtao_edu.derivation import amount_out
from dtao_edu.engine.pool import Pool
from dtao_edu.figures import pool_curve

OPENING = """\
# 05 Staking and unstaking

**Minutes:** 40 alone, 25 as a lecture

<details><summary>What you can do afterwards, and what comes before</summary>

**Afterwards you can**

- say what a trade returns before you make it
- tell *slippage* from price impact

**Before this:** [04 Deriving the price](04_deriving_the_price.ipynb)

**New words:** slippage, limit price

</details>
"""
ABOUT = {
    "discussion": ["Who gains from slippage?", "Is a thin pool *unfair*?", "Why is $k$ constant?"],
    "leave_out": ["The inverse of a trade."],
}
SENTENCE = str(pool_curve(Pool(100, 1000).stake(25)))


def about(kind: str, notes: str = "", *tags: str) -> dict[str, Any]:
    made: dict[str, Any] = {"slideshow": {"slide_type": kind}, "tags": list(tags)}
    return {**made, "notes": notes} if notes else made


def ran(source: str, kind: str, *outputs: Any, notes: str = "", tag: str = "") -> Any:
    metadata = about(kind, notes, *filter(None, [tag]))
    return new_code_cell(source, metadata=metadata, outputs=list(outputs), execution_count=1)


def result(data: dict[str, Any], details: dict[str, Any] | None = None) -> Any:
    return new_output("execute_result", data=data, metadata=details or {}, execution_count=1)


@cache
def playground() -> Any:
    """The output of a playground: a live view, and its static twin."""
    data, details = pool_curve(Pool(100, 1000).stake(25))._repr_mimebundle_()
    view = {"model_id": "0", "version_major": 2, "version_minor": 0}
    twin = {**data, "image/png": base64.b64encode(data["image/png"]).decode()}
    return result({**twin, "application/vnd.jupyter.widget-view+json": view}, details)


def cells() -> list[Any]:
    text, formula = new_markdown_cell, amount_out()[-1].latex
    code = "\n".join(f"trade_{n} = pool.stake({n})  # the price moves" for n in range(12))
    table = (
        "<table><thead><tr><th>subnet</th><th>price</th></tr></thead>"
        "<tbody><tr><td>64</td><td>0.0917</td></tr></tbody></table>"
        '<script>fetch("https://example.org")</script><img src="data:image/gif;base64,R0lGODlh" '
        'onerror="alert(1)">'
    )
    return [
        text(OPENING, metadata=about("slide", "1 min. Say who you are.")),
        text(
            "## One equation, $T \\cdot A = k$\n\nThe price is $p = \\frac{T}{A}$, and so\n\n"
            "$$\\begin{aligned} (T + \\Delta T)(A - \\Delta A) &= k \\\\ "
            "\\Delta A &= A \\left(1 - \\frac{T}{T + \\Delta T}\\right) \\end{aligned}$$\n\n"
            "See [lesson 04](04_deriving_the_price.ipynb) and [the source](https://example.org/).",
            metadata=about("slide", "2.5 min. Draw $T \\cdot A = k$ by **hand**."),
        ),
        ran("step.equation", "-", result({"text/latex": f"$\\displaystyle {formula}$"})),
        text(
            "## What comes out?\n\nA pool holds 100 TAO and 1,000 alpha. You stake 25 TAO.",
            metadata=about("slide", "3 min. Let them vote. Answer: 200 alpha.", "prediction"),
        ),
        ran("stake_unstake(pool)", "fragment", playground()),
        text("Was it the half?", metadata=about("fragment")),
        text("## As much code as a slide may hold", metadata=about("slide", "2 min.")),
        ran(code, "-", new_output("stream", name="stdout", text="received  \x1b[1m200\x1b[0m <\n")),
        ran(
            "prices",
            "subslide",
            new_output("stream", name="stderr", text="a warning"),
            result({"text/html": table, "text/plain": "   price"}),
            notes="1 min. Read two lines aloud.",
        ),
        text("Only for readers.", metadata=about("skip")),
        ran("1 / 0", "skip"),
        text(
            "## Much text\n\n### A part\n\n"
            + "\n".join(f"- The pool keeps the product of its reserves, case {n}" for n in range(6))
            + "\n\n![A small blue square shows a picture beside the notebook.](square.png)",
            metadata=about("slide"),
        ),
        text("## What to remember\n\n- The pool pays less than the price.", metadata=about("skip")),
        text("## Usual mistakes\n\n- To use the price $p$ after it.", metadata=about("skip")),
        text("## Exercises\n\nDo 05.1 and 05.2 now.", metadata=about("skip")),
    ]


def write_lecture(folder: Path, name: str = "05_staking_and_unstaking.ipynb") -> Path:
    """Write the lecture and its picture into a folder."""
    book = new_notebook(cells=cells(), metadata={"dtao_edu": ABOUT})
    nbformat.write(book, folder / name)
    png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYPgPAAEDAQAIicLsAAAAAElFTkSuQmCC"  # noqa: E501
    (folder / "square.png").write_bytes(base64.b64decode(png))
    return folder / name
