"""The one form in which a notebook is kept: executed from the top, and the same bytes each time.

A widget is stored as its static twin: the picture and the sentence that the playground adds to
its output. The live view needs a kernel and has a random number of its own, so it is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dtao_edu.lecture.forms import FORMS
from dtao_edu.lecture.running import run
from dtao_edu.lessons.notebook_form import Notebook, dumps, is_live_alone, kept_metadata
from dtao_edu.practice.checking.record import MIME

# Parts of an output that belong to one run or to one reader.
_LEFT_OUT = (
    "application/vnd.jupyter.widget-view+json",
    MIME,
    FORMS,
)
# Kept of a cell's metadata: what the course itself reads. The rest records somebody's screen.
_KEPT = ("tags", "slideshow", "notes", "jupyter")
_PICTURES = ("image/png", "image/jpeg")
# What closes by itself, and a line that the reader is to write, give nothing away.
_CLOSES = re.compile(r"^with reveal\(|^\w+ = \.\.\.", re.MULTILINE)
_MACHINE = re.compile(r"(?<![\w.:/])/(?:home|Users|root|tmp|opt|usr|var)/\w+|\b[A-Z]:\\Users\b")


def normal_form(book: Notebook, name: str) -> Notebook:
    """Give a notebook in the one form, without running it.

    Parameters
    ----------
    book : dict
        A notebook of format 4, with or without outputs.
    name : str
        The file's name; its part before the first underscore opens each cell's id.

    Returns
    -------
    dict
        A new notebook; the argument is not changed.

    Examples
    --------
    >>> cell = {"cell_type": "markdown", "source": "# A", "metadata": {"trusted": True}}
    >>> normal_form({"cells": [cell]}, "05_staking.ipynb")["cells"]
    [{'cell_type': 'markdown', 'id': '05-001', 'metadata': {}, 'source': ['# A']}]
    """
    prefix = re.sub(r"[^A-Za-z0-9-]", "-", Path(name).stem.split("_")[0])
    runs = 0
    cells = []
    for position, cell in enumerate(book["cells"], 1):
        about = {key: cell["metadata"][key] for key in _KEPT if cell["metadata"].get(key)}
        if "tags" in about:
            about["tags"] = sorted(set(about["tags"]))
        new: dict[str, Any] = {
            "cell_type": cell["cell_type"],
            "id": f"{prefix}-{position:03}",
            "metadata": about,
            "source": _lines(_text(cell["source"]).strip("\n")),
        }
        if cell["cell_type"] == "code":
            count = None
            if cell.get("execution_count") is not None:
                runs += 1
                count = runs
            new["execution_count"] = count
            new["outputs"] = [_output(output, count) for output in _joined(cell["outputs"])]
        cells.append(new)
    _fold(cells)
    return {
        "cells": cells,
        "metadata": kept_metadata(book.get("metadata", {})),
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _fold(cells: list[dict[str, Any]]) -> None:
    """Fold the code of a prediction, which names the answer, and the output that gives it away.

    The tag `hide-input` folds other code, such as that of a picture in a talk. JupyterLab unfolds
    an output when its cell is run; what stands under `with reveal(...)` closes by itself. What
    else was folded is unfolded.
    """
    answer_follows = False
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        tags = cell["metadata"].get("tags", ())
        asks = "prediction" in tags
        closes = _CLOSES.search(_text(cell["source"]))
        folded = {
            "source_hidden": asks or "hide-input" in tags,
            "outputs_hidden": answer_follows and not asks and not closes,
        }
        cell["metadata"].pop("jupyter", None)
        if any(folded.values()):
            cell["metadata"]["jupyter"] = {name: True for name, on in folded.items() if on}
        answer_follows = asks


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _joined(outputs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put together what was printed in parts: how it was cut depends on the moment."""
    joined: list[dict[str, Any]] = []
    streams: dict[str, dict[str, Any]] = {}
    for output in outputs:
        if is_live_alone(output):
            continue  # its twin follows, as an output of its own
        if output["output_type"] != "stream":
            joined.append(output)
        elif output["name"] in streams:
            streams[output["name"]]["text"] += _text(output["text"])
        else:
            stream = {**output, "text": _text(output["text"])}
            streams[output["name"]] = stream
            joined.append(stream)
    return joined


def _output(output: dict[str, Any], count: int | None) -> dict[str, Any]:
    kind = output["output_type"]
    if kind == "stream":
        text = re.sub(r"^.*\r(?!\n)", "", output["text"], flags=re.MULTILINE)
        return {"name": output["name"], "output_type": kind, "text": _lines(text)}
    if kind == "error":
        return {key: output[key] for key in ("ename", "evalue", "output_type", "traceback")}
    data: dict[str, Any] = {
        mime: value if isinstance(value, dict) else _lines(_text(value))
        for mime, value in output["data"].items()
        if mime not in _LEFT_OUT
    }
    for picture in _PICTURES:  # one long line of base64, however it was broken before
        if picture in data:
            data[picture] = "".join(data[picture]).replace("\n", "")
    new = {"data": data, "metadata": output.get("metadata", {}), "output_type": kind}
    return {**new, "execution_count": count} if kind == "execute_result" else new


def form_faults(path: str | Path) -> list[str]:
    """Say what keeps a stored notebook from the one form; no kernel is started."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
        book = json.loads(text)
        normal = normal_form(book, path.name)
    except (ValueError, KeyError, TypeError) as error:
        return [f"{path.name} is not a readable notebook of format 4 ({error})."]
    faults = []
    if dumps(normal) != text:
        faults.append(f"{path.name} is not in the one form; write it with the normaliser.")
    for position, cell in enumerate(normal["cells"], 1):
        if cell["cell_type"] == "code":
            faults += [f"{path.name}, cell {position}, {fault}" for fault in _code_faults(cell)]
    return faults


def _code_faults(cell: dict[str, Any]) -> list[str]:
    source, about = _text(cell["source"]), cell["metadata"]
    faults = []
    if not source.strip():
        faults.append("is empty.")
    elif cell["execution_count"] is None:
        faults.append("was never run, so no test looks at it.")
    if source.rstrip().endswith(";"):
        faults.append("ends with a semicolon, which hides its result from the tests.")
    faults += [
        f"uses the magic {magic}, whose errors no test sees."
        for magic in re.findall(r"^\s*([%!]+\S*)", source, re.MULTILINE)
    ]
    for output in cell["outputs"]:
        text = _text(output.get("text", "")) or _text(output.get("data", {}).get("text/plain", ""))
        if output["output_type"] == "error" and "raises-exception" not in about.get("tags", ()):
            faults.append(f"stores the error {output['ename']} without the tag raises-exception.")
        if output.get("name") == "stderr":
            faults.append("stores a warning or an error message among its outputs.")
        if re.search(r"\bat 0x[0-9a-f]{6,}", text):
            faults.append("stores a memory address, which differs at each run.")
        if path := _MACHINE.search(text):
            faults.append(f"stores {path[0]}..., a path of the machine on which it ran.")
        if re.match(r"[A-Z]\w+\(children=", text):
            faults.append("stores a widget without picture and sentence.")
    return faults


def write(path: str | Path) -> bool:
    """Run a notebook from the top in its own folder and write it; tell of a change.

    Raises
    ------
    RuntimeError
        If a cell raises an error that its tags do not announce.
    """
    path = Path(path)
    text = dumps(normal_form(run(path), path.name))
    changed = text != path.read_text(encoding="utf-8")
    if changed:
        path.write_text(text, encoding="utf-8")
    return changed


def differences(path: Path, made: Notebook, source: str, write: str) -> list[str]:
    """Say where a stored notebook differs from what is made for it, outputs left aside.

    Parameters
    ----------
    path : Path
        The stored notebook.
    made : dict
        What is made, not run.
    source : str
        What it is made from, as ``"bank"``.
    write : str
        The words after ``python -m authoring`` that write it.

    Returns
    -------
    list of str
        One sentence, or none.
    """
    mend = f"write it with `python -m authoring {write}`"
    if not path.is_file():
        return [f"{path.name} is missing; {mend}."]
    stored = json.loads(path.read_text(encoding="utf-8"))
    pairs = zip(*(_compared(normal_form(one, path.name)) for one in (made, stored)), strict=False)
    place = next((n for n, (one, other) in enumerate(pairs) if one != other), None)
    if place is None:
        return []
    where = f"cell {place}" if place else "its metadata"
    return [f"{path.name}, {where}, is not the {source}'s; {mend}."]


def _compared(book: Notebook) -> list[Any]:
    cells = [(cell["cell_type"], cell["source"], cell["metadata"]) for cell in book["cells"]]
    return [book["metadata"], *cells, None]
