"""An answer that cannot be judged, and the sentence that says why."""

from __future__ import annotations

from typing import NoReturn

from dtao_edu.practice.checking.record import Answer
from dtao_edu.practice.checking.verdict import Outcome


class Rejected(Exception):  # noqa: N818 - not an error: an answer of another kind
    """An answer that cannot be judged, with the sentence that says why."""

    def __init__(
        self, sentence: str, outcome: Outcome = Outcome.UNREADABLE, of_result: str = ""
    ) -> None:
        super().__init__(sentence)
        self.outcome = outcome
        self.of_result = of_result or sentence  # what is said where a function returned it


def reject(sentence: str, outcome: Outcome = Outcome.UNREADABLE) -> NoReturn:
    """Raise :class:`Rejected`."""
    raise Rejected(sentence, outcome)


def reject_answer(what: str, outcome: Outcome = Outcome.UNREADABLE) -> NoReturn:
    """Raise :class:`Rejected`: "Your answer is ...", or "It returned ..." of a function."""
    something = "something " if what.startswith("of kind ") else ""
    raise Rejected(f"Your answer is {what}", outcome, f"It returned {something}{what}")


def not_attempted(what: str = "Put your answer in place of the three dots.") -> NoReturn:
    """Refuse an answer that was not given yet."""
    raise Rejected(what, Outcome.NOT_ATTEMPTED)


def home(thing: Answer) -> str:
    """Name the library a value comes from, as ``"numpy"``."""
    return str(type(thing).__module__).partition(".")[0]
