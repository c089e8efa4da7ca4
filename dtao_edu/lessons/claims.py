"""What is said of vote and market, and what was found: each claim with its verdict.

The list is ``claims.toml``, beside this file. Each claim names the cells of the lessons that bear
on it. Such a cell carries the claim's tag, as ``claim-reserves-make-the-rate``, so that it is
found wherever it moves.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ..engine.errors import refuse
from .course import Course
from .lesson import Cell

VERDICTS = {
    "shown": "●",
    "with a footnote": "◕",
    "in part": "◐",
    "mostly not": "◔",
    "not testable here": "○",
    "contradicted": "✕",
}
"""Each verdict with its mark; what it means stands in the list."""
TAG = "claim-"
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
        cell prints something else, the authors' check says so.
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
        return TAG + self.key

    @property
    def anchor(self) -> str:
        """Where its section stands on the page, as JupyterLab and code hosts name it."""
        return "#" + self.claim.replace(" ", "-")


@cache
def claims_file() -> dict[str, Any]:
    """Return the list as it is written, with the texts of the page."""
    text = (files("dtao_edu.lessons") / "claims.toml").read_text(encoding="utf-8")
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
        for entry in claims_file()["claim"]
    )


def cells(claim: Claim, course: Course) -> Iterator[tuple[Evidence, str, Cell | None]]:
    """Find the cells that bear on a claim.

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
