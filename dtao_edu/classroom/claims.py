"""The page of claims, made from one list: what is said of vote and market, and what was found.

The list is ``claims.toml``, beside this file. Each claim names the cells of the lessons that bear
on it. Such a cell carries the claim's tag, as ``claim-reserves-make-the-rate``, so that it is
found wherever it moves. On the command line::

    python -m dtao_edu.classroom.claims write   make the page, run it and store it
    python -m dtao_edu.classroom.claims check   hold list, lessons and stored page together

``check`` starts no kernel.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ..bibliography import REFERENCES
from ..engine.errors import refuse
from .course import course_folder
from .exercises import store
from .lesson import Cell
from .notebooks import Notebook, normal_form
from .review import Course, read_course

PAGE = "claims.ipynb"
VERDICTS = {
    "shown": "●",
    "in part": "◐",
    "not testable here": "○",
    "contradicted": "✕",
}
"""Each verdict with its mark; what it means stands in the list."""
_TAG = "claim-"
_LINES = 5  # of code: evidence that a reader takes in at a glance


@dataclass(frozen=True)
class Evidence:
    """A cell of a lesson that bears on a claim.

    Parameters
    ----------
    lesson : str
        The lesson's number, as ``"04"``.
    prints : str
        A part of what the cell prints, on one line. It holds the verdict to the cell: once the
        cell prints something else, :func:`faults` says so.
    """

    lesson: str
    prints: str


@dataclass(frozen=True)
class Claim:
    """A claim about the vote or the market, with its verdict.

    Parameters
    ----------
    key : str
        Its name, as ``"reserves-make-the-rate"``; the cells' tag is ``claim-`` and this.
    group : str
        The section of the page.
    claim : str
        The claim as one short sentence, without a full stop.
    said : str
        What exactly is claimed, and by whom.
    verdict : str
        One of :data:`VERDICTS`.
    found : str
        What was found, in a few words, for the table.
    because : str
        Why this verdict, with the number on which it stands.
    code : str
        At most five lines, run on the page, that print this number.
    evidence : tuple of Evidence
        At least one cell, one a lesson.
    change : str
        What would change the verdict; may be empty where the claim was shown.

    Raises
    ------
    InputError
        Naming the claim and what it lacks.
    """

    key: str
    group: str
    claim: str
    said: str
    verdict: str
    found: str
    because: str
    code: str
    evidence: tuple[Evidence, ...]
    change: str = ""

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            refuse(f"verdict of {self.key}", self.verdict, "one of " + ", ".join(VERDICTS))
        if not self.evidence:
            refuse(f"evidence of {self.key}", self.evidence, "at least one cell of a lesson")
        if not 0 < len(self.code.splitlines()) <= _LINES:
            refuse(f"code of {self.key}", self.code, f"one to {_LINES} lines")
        if self.verdict != "shown" and not self.change:
            refuse(f"change of {self.key}", self.change, "what would change the verdict")

    @property
    def tag(self) -> str:
        """The tag of its cells."""
        return _TAG + self.key

    @property
    def anchor(self) -> str:
        """Where its section stands on the page, as JupyterLab and code hosts name it."""
        return "#" + self.claim.replace(" ", "-")


@cache
def _list() -> dict[str, Any]:
    text = (files("dtao_edu.classroom") / "claims.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def claims() -> tuple[Claim, ...]:
    """Return every claim, in the order of the page.

    Examples
    --------
    >>> first = claims()[0]
    >>> first.tag, first.verdict
    ('claim-votes-are-counted', 'shown')
    """
    return tuple(
        Claim(**{**entry, "evidence": tuple(Evidence(**one) for one in entry["evidence"])})
        for entry in _list()["claim"]
    )


def cells(claim: Claim, course: Course) -> Iterator[tuple[Evidence, str, Cell | None]]:
    """Find the cells that bear on a claim.

    Parameters
    ----------
    claim : Claim
    course : Course
        The lessons.

    Yields
    ------
    Evidence, str, Cell
        For each evidence the lesson's name, and its cell with the claim's tag: empty, or None,
        if there is none.
    """
    for evidence in claim.evidence:
        for lesson in course.lessons:
            if lesson.number == evidence.lesson:
                found = [cell for cell in lesson.code if claim.tag in cell.tags]
                yield evidence, lesson.name, found[0] if found else None
                break
        else:
            yield evidence, "", None


def claim_faults(list_of: Sequence[Claim], course: Course) -> list[str]:
    """Say where claims and lessons do not fit together.

    Parameters
    ----------
    list_of : sequence of Claim
    course : Course
        The lessons, as they are stored.

    Returns
    -------
    list of str
        One sentence a fault: a claim without its cell, a cell that prints something else, a
        tag on several cells of a lesson, and a tag that belongs to no claim.
    """
    found = []
    for claim in list_of:
        for evidence, _, cell in cells(claim, course):
            where = f"lesson {evidence.lesson}"
            if cell is None:
                found.append(f"{claim.key} has no cell: {where} has none with the tag {claim.tag}.")
            elif _line(evidence.prints) not in _line(cell.output_text):
                found.append(f"{claim.key} stands on {evidence.prints!r}, not printed in {where}.")
    wanted = {(evidence.lesson, claim.tag) for claim in list_of for evidence in claim.evidence}
    for lesson in course.lessons:
        tags = [tag for cell in lesson.cells for tag in cell.tags if tag.startswith(_TAG)]
        for tag in sorted(set(tags)):
            if (lesson.number, tag) not in wanted:
                found.append(f"lesson {lesson.number} has the tag {tag}, which no claim names.")
            if tags.count(tag) > 1:
                found.append(f"lesson {lesson.number} has the tag {tag} on several cells.")
    return found


def book(course: Course) -> Notebook:
    """Make the page of claims, not run yet.

    Parameters
    ----------
    course : Course
        The lessons to which it links.

    Returns
    -------
    dict
        A notebook of format 4.
    """
    page, listed = _list()["page"], claims()
    said = _list()["verdicts"]
    meanings = "\n".join(f"- {mark} **{word}**: {said[word]}" for word, mark in VERDICTS.items())
    made = [_text(page["opening"]), _text(page["reading"].replace("VERDICTS", meanings))]
    made.append(_text(page["table"].replace("TABLE", _table(listed, course))))
    made += [_text(page["figures"]), _code(page["setup"])]
    for number, claim in enumerate(listed):
        opens = number == 0 or listed[number - 1].group != claim.group
        heading = f"## {claim.group}\n\n" if opens else ""
        made.append(_text(heading + _section(claim, course)))
        made.append(_code(claim.code, "nbval-check-output"))
    changes = [f"- **{claim.claim}**: {claim.change}" for claim in listed if claim.change]
    made.append(_text("\n".join([page["changes"], "", *changes])))
    cited = dict.fromkeys(re.findall(r"\[([a-z]+\d{4})", " ".join(one.said for one in listed)))
    works = "\n".join(f"- [{key}]: {REFERENCES[key]}" for key in sorted(cited))
    made.append(_text(page["sources"].replace("WORKS", works)))
    about = {key: _list()[key] for key in ("purpose", "given", "discussion", "leave_out")}
    return {
        "cells": made,
        "metadata": {"dtao_edu": about},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source.strip()}


def _code(source: str, *tags: str) -> dict[str, Any]:
    cell = {"cell_type": "code", "metadata": {"tags": list(tags)}, "source": source.strip()}
    return {**cell, "execution_count": None, "outputs": []}


def _table(listed: Sequence[Claim], course: Course) -> str:
    """Give one row a claim, with links to its section and to the lessons' cells."""
    rows = ["| claim | verdict | what was found | lesson |", "|:---|:---|:---|:---|"]
    group = ""
    for claim in listed:
        if claim.group != group:
            group = claim.group
            rows.append(f"| **{group}** | | | |")
        lessons = ", ".join(f"[{lesson}]({target})" for lesson, target, _ in _links(claim, course))
        verdict = f"{VERDICTS[claim.verdict]} {claim.verdict}"
        rows.append(f"| [{claim.claim}]({claim.anchor}) | {verdict} | {claim.found} | {lessons} |")
    return "\n".join(rows)


def _section(claim: Claim, course: Course) -> str:
    """Give what is claimed, the verdict with its reason, and where a lesson shows it."""
    verdict = f"{VERDICTS[claim.verdict]} **{claim.verdict[0].upper()}{claim.verdict[1:]}.**"
    cells = (
        f"[lesson {lesson}]({target}): `{prints}`"
        for lesson, target, prints in _links(claim, course)
    )
    shown = f"See {'; '.join(cells)}."
    said = f"*The claim:* {claim.said}"
    parts = (f"### {claim.claim}", said, f"{verdict} {claim.because}", shown)
    return "\n\n".join(part.strip() for part in parts)


def _links(claim: Claim, course: Course) -> Iterator[tuple[str, str, str]]:
    """Link to the very cells: JupyterLab goes there, a code host opens the lesson at its top."""
    for evidence, name, cell in cells(claim, course):
        if cell is not None:
            place = f"{evidence.lesson}-{cell.position:03}"
            yield evidence.lesson, f"{name}.ipynb#cell-id={place}", _line(evidence.prints)


def _line(text: str) -> str:
    """Give a text on one line, columns closed up."""
    return " ".join(text.split())


def page_faults(path: Path, course: Course) -> list[str]:
    """Say where the stored page differs from what the list makes, outputs left aside.

    Parameters
    ----------
    path : Path
        The stored page.
    course : Course
        The lessons.

    Returns
    -------
    list of str
        One sentence a fault; empty if all is well.
    """
    mend = "write it with `python -m dtao_edu.classroom.claims write`"
    if not path.is_file():
        return [f"{path.name} is missing; {mend}."]
    stored = json.loads(path.read_text(encoding="utf-8"))
    made, kept = (_compared(normal_form(one, path.name)) for one in (book(course), stored))
    if made == kept:
        return []
    pairs = zip([*made, None], [*kept, None], strict=False)
    place = next(n for n, (one, other) in enumerate(pairs) if one != other)
    where = f"cell {place}" if place else "its metadata"
    return [f"{path.name}, {where}, is not the list's; {mend}."]


def _compared(made: Notebook) -> list[Any]:
    cells = [(cell["cell_type"], cell["source"], cell["metadata"]) for cell in made["cells"]]
    return [made["metadata"], *cells]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``write`` or ``check``; 1 if anything is amiss."""
    command = (sys.argv[1:] if arguments is None else arguments) or ["help"]
    if command not in (["write"], ["check"]):
        print("Say what to do: write or check.")
        return 2
    folder = course_folder() / "notebooks"
    course = read_course(folder)
    found = claim_faults(claims(), course)
    if command == ["write"] and not found:
        changed = store(folder / PAGE, book(course))
        print(f"{folder / PAGE}: {'written' if changed else 'unchanged'}")
    found += page_faults(folder / PAGE, course) if not found else []
    print("\n".join(found), end="\n" if found else "")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
