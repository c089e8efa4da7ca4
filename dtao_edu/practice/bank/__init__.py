"""The bank of exercises: one module a lesson, loaded when one of its exercises is asked for.

A module `lesson_05.py` holds a tuple `EXERCISES`. How an exercise is written stands in
:mod:`dtao_edu.practice`.
"""

from __future__ import annotations

import pkgutil
import re
from difflib import get_close_matches
from functools import cache
from importlib import import_module

from dtao_edu.engine.errors import InputError, refuse
from dtao_edu.practice.checking.record import Answer
from dtao_edu.practice.exercise.exercise import Exercise


@cache
def lessons() -> tuple[str, ...]:
    """List the lessons that have exercises, in order.

    Examples
    --------
    >>> "05" in lessons()
    True
    """
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name[-2:] for name in names if re.fullmatch(r"lesson_\d\d", name)))


@cache
def exercises(lesson: str) -> tuple[Exercise, ...]:
    """Give the exercises of a lesson, in order.

    Parameters
    ----------
    lesson : str
        Two digits, as ``"05"``.

    Raises
    ------
    InputError
        If the lesson has none.
    """
    if lesson not in lessons():
        refuse("lesson", lesson, f"a lesson with exercises: {', '.join(lessons())}")
    found: tuple[Exercise, ...] = import_module(f"{__name__}.lesson_{lesson}").EXERCISES
    return found


def find(name: Answer, version: int | None = None) -> Exercise:
    """Find an exercise by its number.

    Parameters
    ----------
    name : str
        As ``"05.2"``; ``"5.2"`` is understood.
    version : int, optional
        An earlier version of it; the present one if left out.

    Raises
    ------
    InputError
        If there is no such exercise; the message names the lesson's.

    Examples
    --------
    >>> find("05.1").lesson
    '05'
    """
    text = str(name).strip() if isinstance(name, str | float) else ""
    if re.fullmatch(r"\d\.\d+", text):
        text = f"0{text}"
    if text[:2] in lessons():
        for one in exercises(text[:2]):
            if one.id == text:
                return one if version is None else _of_version(one, version)
        there = [one.id for one in exercises(text[:2])]
        raise InputError("name", name, f"an exercise of lesson {text[:2]}: {', '.join(there)}")
    near = get_close_matches(text, [f"{lesson}.1" for lesson in lessons()], 1)
    such = near[0] if near else f"{lessons()[0]}.1"
    allowed = f"an exercise of the lessons {', '.join(lessons())}, such as '{such}'"
    raise InputError("name", name, allowed)


def is_prediction(name: str) -> bool:
    """Tell whether it is a guess, whose first answer counts; not of what the bank does not have.

    Examples
    --------
    >>> is_prediction("05.1"), is_prediction("05.99")
    (False, False)
    """
    try:
        return find(name).question.reveals
    except InputError:  # of another version of the course
        return False


def _of_version(exercise: Exercise, version: int) -> Exercise:
    for one in (exercise, *exercise.earlier):
        if one.version == version:
            return one
    raise InputError("version", version, f"a version of {exercise.id}: 1 to {exercise.version}")
