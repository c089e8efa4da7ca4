"""Answers that are hard to look at, and what a learner is told of an answer, whatever it is."""

from __future__ import annotations

import time
from typing import Any

from dtao_edu.practice.assess import assess
from dtao_edu.practice.checking.verdict import Verdict
from dtao_edu.practice.exercise.exercise import Task


def judged(one: Task, answer: Any) -> Verdict:
    """Return the verdict, which must come in the end: no answer may hang the page."""
    start = time.monotonic()
    verdict = assess(one, answer)
    assert time.monotonic() - start < 20
    return verdict


class Loud:
    """Raises whatever is asked of it."""

    def __float__(self) -> float:
        raise RuntimeError("no")

    def __repr__(self) -> str:
        raise RuntimeError("no")

    def __str__(self) -> str:
        raise RuntimeError("no")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("no")

    def __hash__(self) -> int:
        raise RuntimeError("no")

    def __len__(self) -> int:
        raise RuntimeError("no")


class Endless:
    def __float__(self) -> float:
        while True:
            pass
