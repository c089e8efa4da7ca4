"""Small notebooks for the tests of lessons."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

OPENING = """# 05 Staking and unstaking

**Minutes:** 40 alone, 25 as a lecture

<details><summary>What you can do afterwards, and what comes before</summary>

**Afterwards you can**

- say what a trade returns
- split an order

**Before this:** [03 Two tokens](03_two_tokens.ipynb), [04 The price](04_deriving_the_price.ipynb)

**New words:** slippage, limit price

</details>
"""


def text(source: str, slide: str = "", notes: str = "", tags: tuple[str, ...] = ()) -> Any:
    about: dict[str, Any] = {"tags": list(tags)}
    if slide:
        about["slideshow"] = {"slide_type": slide}
    if notes:
        about["notes"] = notes
    return {"cell_type": "markdown", "metadata": about, "source": source}


def code(source: str, output: str = "", slide: str = "") -> Any:
    printed = {"output_type": "stream", "name": "stdout", "text": [output]}
    outputs = [printed] if output else []
    return {**text(source, slide), "cell_type": "code", "outputs": outputs, "execution_count": 1}


def saved(folder: Path, *cells: Any, name: str = "05_staking.ipynb", **about: Any) -> Path:
    path = folder / name
    path.write_text(json.dumps({"cells": cells, "metadata": about, "nbformat": 4}))
    return path
