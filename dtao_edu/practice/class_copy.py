"""A class's copy of the course: until when its solutions wait.

`dtao-edu class hand-out` lays a small file beside the lessons. It is a courtesy among people who
learn together, no lock: the package is open, and its solutions are installed with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

FILE = "dtao-edu-class.json"
_ABOVE = 3  # folders above the working one that are looked into


def due(lesson: str, folder: Path | None = None) -> datetime | None:
    """Return when a lesson of the class is due; None where this is no class's copy.

    Parameters
    ----------
    lesson : str
        Two digits, as ``"05"``.
    folder : Path, optional
        Where the notebook lies; the working folder if not given.

    Examples
    --------
    >>> due("05", Path("no such folder")) is None
    True
    """
    try:
        here = (folder or Path.cwd()).absolute()
        for place in (here, *list(here.parents)[:_ABOVE]):
            if (place / FILE).is_file():
                content = json.loads((place / FILE).read_text(encoding="utf-8"))
                times = content["due"] if isinstance(content, Mapping) else {}
                return datetime.fromisoformat(times[lesson])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def written(time: datetime) -> str:
    """Write a day of the week, a day and a time.

    Examples
    --------
    >>> written(datetime(2026, 12, 8, 23, 59))
    'Tuesday, 8 December 2026, 23:59'
    """
    return f"{time:%A}, {time.day} {time:%B %Y, %H:%M}"


def waits(lesson: str, folder: Path | None = None) -> str:
    """Return the sentence that says until when a solution waits; empty if it does not."""
    until = due(lesson, folder)
    if until is None or until.replace(tzinfo=None) <= datetime.now():
        return ""
    return (
        f"In this class the solutions of lesson {lesson} wait until "
        f"{written(until)}, when the answers are due. "
        "A hint may help."
    )
