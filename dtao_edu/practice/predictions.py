"""Predictions: what a learner expected before the engine answered, and how far off it was."""

from __future__ import annotations

import math
from numbers import Real
from typing import Any, NamedTuple

from dtao_edu.practice import progress_file
from dtao_edu.practice.checking.record import Answer, floats
from dtao_edu.practice.text import show


class ComparedGuess(NamedTuple):
    """A guess beside the answer: numbers, or the words of a choice."""

    guess: float | str
    answer: float | str
    off: (
        float | None
    )  # (guess - answer) / |answer|; of a choice 0 or 1; None if only the answer is 0
    sentence: str  # the difference in words


def compare(guess: Answer, answer: Answer, unit: str = "") -> ComparedGuess:
    """off = (guess - answer) / |answer|: hold a guess beside the answer, without keeping it.

    Parameters
    ----------
    guess, answer : number or str
        Numbers, or the words of a choice.
    unit : str
        Written behind the numbers.

    Examples
    --------
    >>> compare(30, 25, "TAO").sentence
    'You predicted 30 TAO; it is 25 TAO. You were 20 % above.'
    >>> compare(46, 40, "%").sentence
    'You predicted 46 %; it is 40 %. You were 6 points above.'
    >>> compare("rises", "falls").sentence
    'You predicted: rises. It is: falls.'
    """
    if not (_is_number(guess) and _is_number(answer)):
        same = str(guess).strip().lower() == str(answer).strip().lower()
        tail = "Just so." if same else f"It is: {answer}."
        return ComparedGuess(
            str(guess), str(answer), float(not same), f"You predicted: {guess}. {tail}"
        )
    (guess,), (answer,) = floats(guess), floats(answer)
    difference = guess - answer
    off = difference / abs(answer) if answer else (None if difference else 0.0)
    asked, true = show(guess, 4), show(answer, 4)
    told = f"You predicted {asked} {_many(asked, unit)}".rstrip()
    told += f"; it is {true} {_many(true, unit)}"
    if off is None:
        tail = ""
    elif unit.strip() in ("%", "percent") and abs(off) >= 0.005:
        # a percent of a percent would be read as a difference of percent
        points = show(abs(difference), 2)
        tail = f" You were {points} {_many(points, 'points')} {'above' if off > 0 else 'below'}."
    elif abs(off) < 0.005:
        tail = " You were there."
    elif abs(off) < 10:
        tail = f" You were {show(abs(100 * off), 2)} % {'above' if off > 0 else 'below'}."
    else:
        tail = " That is another order of magnitude: is it the unit that is asked for?"
    return ComparedGuess(guess, answer, off, told.rstrip() + "." + tail)


def _many(number: str, unit: str) -> str:
    """Write a unit for one or for many."""
    return unit.removesuffix("s") if number == "1" and unit.endswith("s") else unit


def record_prediction(name: str, guess: Answer, answer: Answer, unit: str = "") -> ComparedGuess:
    """Keep a guess in the learner's progress and say how far off it was.

    Only the first guess under a name counts: the answer is known afterwards.

    Parameters
    ----------
    name : str
        Who asks, as ``"stake_unstake"`` or ``"05 price impact"``.
    guess, answer : number or str
        What the learner expected, and what the engine gives.
    unit : str
        Written behind the numbers.

    Returns
    -------
    Prediction
        With ``.off`` and ``.sentence``.

    Raises
    ------
    TypeError
        If `name` is not a text.
    """
    if not isinstance(name, str) or not name.strip():
        raise TypeError(f"name is {name!r}; allowed: a text that names the question.")
    made = compare(guess, answer, unit)

    def keep(state: progress_file.State) -> None:
        state["predictions"].setdefault(
            name.strip(), {"guess": made.guess, "answer": made.answer, "off": made.off}
        )

    progress_file.update(keep)
    return made


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, Real):
        return False
    return math.isfinite(value)
