"""Run a notebook, and take from the run what a stored notebook does not keep."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..lessons.lesson import Cell, Lesson
from ..lessons.notebook_form import is_live_alone
from .forms import FORMS

_TIMEOUT = 600  # seconds a cell; lesson 10 without the compiled step is the longest
_EXTENSION = "dtao_edu.lecture.forms"


def run(path: str | Path, *, forms: bool = False) -> Any:
    """Run a notebook from the top in its own folder.

    What it answers and predicts does not enter the progress of the person who runs it.

    Parameters
    ----------
    path : str or Path
        The notebook; the file is not changed.
    forms : bool
        Whether outputs hold their other forms too (:mod:`dtao_edu.lecture.forms`).

    Raises
    ------
    RuntimeError
        If a cell raises an error that its tags do not announce, or no kernel starts.
    """
    import nbformat
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    path = Path(path).resolve()
    book = nbformat.read(path, as_version=4)
    options = ["--IPKernelApp.log_level=40"]
    options += [f"--IPKernelApp.extensions={_EXTENSION}"] if forms else []
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            book,
            kernel_name="python3",
            timeout=_TIMEOUT,
            record_timing=False,
            store_widget_state=False,
            extra_arguments=options,
            resources={"metadata": {"path": str(path.parent)}},
        )
        try:
            quiet = {"DTAO_EDU_DATA": folder, "DTAO_EDU_PROGRESS": "off"}
            client.execute(env={**os.environ, **quiet})
        except CellExecutionError as error:
            raise RuntimeError(f"{path.name} stopped with an error:\n{error}") from error
        except (CellTimeoutError, DeadKernelError, NoSuchKernel, OSError) as error:
            reason = " ".join(str(error).split()).rstrip(".")
            raise RuntimeError(f"{path.name} could not be run: {reason}.") from error
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if not is_live_alone(output)]
    return book


def with_forms(lesson: Lesson, path: Path) -> Lesson:
    """Return a lesson whose outputs hold their other forms, drawn anew.

    Everything else stays as it is stored: a run adds to a lecture, and does not change it.

    Parameters
    ----------
    lesson : Lesson
        As read from the notebook.
    path : Path
        The notebook.

    Returns
    -------
    Lesson
        A cell whose run gives another number of outputs than the stored one keeps the stored.

    Raises
    ------
    RuntimeError
        If the notebook cannot be run.
    """
    ran = run(path, forms=True).cells
    return replace(
        lesson,
        cells=tuple(_added(cell, new) for cell, new in zip(lesson.cells, ran, strict=True)),
    )


def _added(cell: Cell, ran: dict[str, Any]) -> Cell:
    # What was printed may come in more parts than it is stored in.
    shown = [one for one in ran.get("outputs", []) if one["output_type"] != "stream"]
    if len(shown) != sum(one["output_type"] != "stream" for one in cell.outputs):
        return cell
    new = iter(shown)
    outputs = []
    for output in cell.outputs:
        forms = {} if output["output_type"] == "stream" else next(new).get("data", {})
        if FORMS in forms:
            output = {**output, "data": {**output["data"], FORMS: forms[FORMS]}}
        outputs.append(output)
    return replace(cell, outputs=tuple(outputs))
