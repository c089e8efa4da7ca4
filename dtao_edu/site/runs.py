"""Lessons run once for the site, and kept until something changes on which they depend."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

from dtao_edu import files

from ..lecture.forms import FORMS
from ..lecture.running import with_forms
from ..lecture.slides import read_lecture
from ..lessons.lesson import Lesson

_WORKERS = 2
# A change in these rooms changes no output of a lesson.
_BESIDE = ("site", "classes", "lecture", "lessons", "course", "cli.py")


def run_lessons(paths: Iterable[Path], kept: Path) -> tuple[list[Lesson], list[str]]:
    """Return lessons whose outputs hold the forms that a page shows.

    Parameters
    ----------
    paths : iterable of Path
        The notebooks.
    kept : Path
        A folder where results are kept for the next time.

    Returns
    -------
    list of Lesson, and list of str
        A lesson that cannot be run keeps its stored pictures, and a sentence says so.
    """
    with ThreadPoolExecutor(_WORKERS) as pool:
        made = list(pool.map(lambda path: _run_or_stored(path, kept), paths))
    return [lesson for lesson, _ in made], [said for _, said in made if said]


def _run_or_stored(path: Path, kept: Path) -> tuple[Lesson, str]:
    try:
        return _run(path, kept), ""
    except RuntimeError as error:
        reason = str(error).splitlines()[0].rstrip(":")
        return read_lecture(path), f"{path.name} shows its stored pictures: {reason}."


def _run(path: Path, kept: Path) -> Lesson:
    stored = read_lecture(path)
    key = hashlib.sha256(f"{code_sum()}{path.name}".encode())
    for cell in stored.cells:
        key.update(f"{cell.kind}\0{cell.source}\0".encode() if cell.kind == "code" else b"-")
    file = kept / f"{path.stem}-{key.hexdigest()[:20]}.json"
    if not file.is_file():
        forms = [
            [output.get("data", {}).get(FORMS) for output in cell.outputs]
            for cell in with_forms(stored, path).cells
        ]
        kept.mkdir(parents=True, exist_ok=True)
        for old in kept.glob(f"{path.stem}-*.json"):
            old.unlink()
        files.write(file, json.dumps(forms))
    return _joined(stored, json.loads(file.read_text(encoding="utf-8")))


def _joined(lesson: Lesson, forms: list[list[object]]) -> Lesson:
    cells = []
    for cell, added in zip(lesson.cells, forms, strict=True):
        outputs = [
            {**output, "data": {**output["data"], FORMS: form}} if form else output
            for output, form in zip(cell.outputs, added, strict=True)
        ]
        cells.append(replace(cell, outputs=tuple(outputs)))
    return replace(lesson, cells=tuple(cells))


@cache
def code_sum() -> str:
    """Return a sum over all code and data on which outputs depend."""
    package = Path(__file__).resolve().parents[1]
    total = hashlib.sha256((package / "lecture" / "forms.py").read_bytes())
    for path in sorted(package.rglob("*")):
        room = path.relative_to(package).parts[0]
        if path.suffix in (".py", ".toml", ".csv", ".json", ".js", ".css") and room not in _BESIDE:
            total.update(path.read_bytes())
    return total.hexdigest()
