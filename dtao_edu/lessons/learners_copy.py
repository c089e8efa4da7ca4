"""The learner's own copy of the course.

The copy is the learner's: a file that was changed there is never written over. What was laid down
is remembered by its hash, so that an untouched older file can be told from a changed one. A
notebook that was only opened is untouched, though JupyterLab wrote its kernel's version into it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from .. import files
from ..engine.errors import InputError
from .course import course_files, course_folder
from .notebook_form import unopened

_RECORD = ".dtao-edu.json"


@dataclass(frozen=True)
class Laid:
    """What :func:`lay` did.

    Parameters
    ----------
    folder : Path
        The learner's folder.
    written : tuple of str
        Files that are new, or newer than an untouched one.
    offered : dict of str to str
        Files that the learner changed, each with the name of the newer version beside it.
    newer : str
        The version that laid the copy, where it is newer than the one that runs: then only
        files that are missing were written.
    """

    folder: Path
    written: tuple[str, ...]
    offered: dict[str, str]
    newer: str = ""

    def __str__(self) -> str:
        sentences = [f"Your copy of the course is in {self.folder}."]
        if self.newer:
            sentences.append(
                f"It was made by version {self.newer}, and this is {version('dtao-edu')}, an older "
                "one: no lesson was put back. Update with: pip install --upgrade dtao-edu"
            )
        sentences += [
            f"You changed {mine}, so it was left alone; the newer version is {newer}."
            for mine, newer in self.offered.items()
        ]
        return "\n".join(sentences)


def lay(
    folder: str | Path,
    source: Path | None = None,
    *,
    lessons: Sequence[str] | None = None,
    solutions: bool = True,
) -> Laid:
    """Lay a copy of the course into a learner's folder; nothing that was changed is written over.

    Parameters
    ----------
    folder : str or Path
        The learner's folder; made if there is none.
    source : Path, optional
        The course's folder; that of the installation if not given.
    lessons : sequence of str, optional
        Their numbers, as ``"05"``, or names, as ``"talk"``; all of them if not given.
    solutions : bool
        False leaves the notebooks with the worked solutions out.

    Returns
    -------
    Laid
        What was written, and what was laid beside a changed file.

    Raises
    ------
    InputError
        If the folder is a file, or holds the course's own source, or there is no such lesson.
    """
    folder = files.place(folder).absolute()
    source = source or course_folder()
    if folder.exists() and not folder.is_dir():
        raise InputError("folder", str(folder), "a folder, or a name that is not taken yet")
    if folder.resolve() == source.resolve():
        raise InputError("folder", str(folder), "a folder of your own, not the course's source")
    names = _chosen(course_files(source), lessons, solutions)
    folder.mkdir(parents=True, exist_ok=True)
    laid, offered, by = _read_record(folder)
    newer = by if version_numbers(by) > version_numbers(version("dtao-edu")) else ""
    written: list[str] = []
    beside: dict[str, str] = {}
    for name in names:
        content = (source / name).read_bytes()
        new, old = _hash(content), _hash_of(folder / name)
        if newer and old is not None:  # an older installation puts nothing back
            continue
        if old not in (None, new, laid.get(name)):  # the learner changed it
            if new not in (laid.get(name), offered.get(name)):
                beside[name] = _beside(folder, name, laid)
                _write(folder / beside[name], content)
                laid[beside[name]] = offered[name] = new
            continue
        if old != new:
            _write(folder / name, content)
            written.append(name)
        laid[name] = new
    record = {"version": newer or version("dtao-edu"), "laid": laid, "offered": offered}
    _write(folder / _RECORD, json.dumps(record, indent=1).encode())
    return Laid(folder, tuple(written), beside, newer)


def version_numbers(number: str) -> tuple[int, ...]:
    """Return the numbers of a version, to be compared."""
    return tuple(int(part) for part in re.findall(r"\d+", number)[:3])


def _chosen(names: list[str], lessons: Sequence[str] | None, solutions: bool) -> list[str]:
    """Choose the files of some lessons, with or without the worked solutions."""
    there = {name: Path(name).stem for name in names}
    for lesson in lessons or ():
        if lesson not in {word for stem in there.values() for word in (stem, stem[:2])}:
            numbers = sorted({stem[:2] for stem in there.values() if stem[:2].isdigit()})
            raise InputError("lesson", lesson, ", ".join(numbers))
    return [
        name
        for name, stem in there.items()
        if (lessons is None or stem in lessons or stem[:2] in lessons)
        and (solutions or "/solutions/" not in name)
    ]


def _beside(folder: Path, name: str, laid: dict[str, str]) -> str:
    """Name the newer version: over an untouched earlier offer, never over a changed one."""
    path = Path(name)
    number = 1
    while True:
        mark = ".new" if number == 1 else f".new{number}"
        newer = path.with_name(path.stem + mark + path.suffix).as_posix()
        if _hash_of(folder / newer) in (None, laid.get(newer)):
            return newer
        number += 1


def _hash(content: bytes) -> str:
    return hashlib.sha256(unopened(content)).hexdigest()


def _hash_of(path: Path) -> str | None:
    return _hash(path.read_bytes()) if path.exists() else None


def _read_record(folder: Path) -> tuple[dict[str, str], dict[str, str], str]:
    """Read what was laid down; without a readable record every file counts as changed."""
    try:
        record = json.loads((folder / _RECORD).read_text(encoding="utf-8-sig"))
        return dict(record["laid"]), dict(record["offered"]), str(record.get("version", ""))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, {}, ""


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write(path, content)
