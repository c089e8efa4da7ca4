"""Lessons run once for the site, and kept until something changes on which they depend."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from ..lecture.forms import FORMS
from ..lecture.running import with_forms
from ..lecture.slides import read_lecture
from ..lessons.lesson import Lesson
from .kept import code_sum, kept

_WORKERS = 2


def run_lessons(paths: Iterable[Path], folder: Path) -> tuple[list[Lesson], list[str]]:
    """Return lessons whose outputs hold the forms that a page shows.

    Parameters
    ----------
    paths : iterable of Path
        The notebooks.
    folder : Path
        A folder where results are kept for the next time.

    Returns
    -------
    list of Lesson, and list of str
        A lesson that cannot be run keeps its stored pictures, and a sentence says so.
    """
    with ThreadPoolExecutor(_WORKERS) as pool:
        made = list(pool.map(lambda path: _run_or_stored(path, folder), paths))
    return [lesson for lesson, _ in made], [said for _, said in made if said]


def _run_or_stored(path: Path, folder: Path) -> tuple[Lesson, str]:
    try:
        return _run(path, folder), ""
    except RuntimeError as error:
        reason = str(error).splitlines()[0].rstrip(":")
        return read_lecture(path), f"{path.name} shows its stored pictures: {reason}."


def _run(path: Path, folder: Path) -> Lesson:
    stored = read_lecture(path)
    made_from = [
        f"{len(cell.outputs)} {cell.source if cell.kind == 'code' else ''}" for cell in stored.cells
    ]

    def forms() -> list[list[object]]:
        return [
            [output.get("data", {}).get(FORMS) for output in cell.outputs]
            for cell in with_forms(stored, path).cells
        ]

    return _joined(stored, kept(folder, path.stem, [code_sum(), *made_from], forms))


def _joined(lesson: Lesson, forms: list[list[object]]) -> Lesson:
    cells = []
    for cell, added in zip(lesson.cells, forms, strict=True):
        outputs = [
            {**output, "data": {**output["data"], FORMS: form}} if form else output
            for output, form in zip(cell.outputs, added, strict=True)
        ]
        cells.append(replace(cell, outputs=tuple(outputs)))
    return replace(lesson, cells=tuple(cells))
