"""What can come of an answer: ten outcomes, each with a mark that needs no colour."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from enum import Enum

from dtao_edu.practice.checking.record import MIME, AnswerRecord, Json, Value
from dtao_edu.practice.text import PLAIN, Card, Look


class Outcome(Enum):
    """The ten outcomes in the order in which the judge tries them.

    Examples
    --------
    >>> Outcome.MISCONCEPTION.mark, Outcome.MISCONCEPTION.label
    ('i', 'a known wrong idea')
    >>> Outcome("close") is Outcome.CLOSE
    True
    """

    NOT_ATTEMPTED = "not attempted"
    RAISED = "raised"
    UNREADABLE = "kind"
    RIGHT = "right"
    FACTOR = "factor"
    MISCONCEPTION = "idea"
    MISCONCEPTION_FACTOR = "idea and factor"
    SLIP = "slip"
    CLOSE = "close"
    WRONG = "wrong"

    @property
    def mark(self) -> str:
        """Two or three characters that any terminal can print."""
        return _MARKS[self][0]

    @property
    def label(self) -> str:
        """The outcome in words."""
        return _MARKS[self][1]


_MARKS = {
    Outcome.NOT_ATTEMPTED: ("...", "not attempted"),
    Outcome.RAISED: ("!", "an error in your code"),
    Outcome.UNREADABLE: ("?", "not what is asked for"),
    Outcome.RIGHT: ("ok", "right"),
    Outcome.FACTOR: ("*", "off by a factor"),
    Outcome.MISCONCEPTION: ("i", "a known wrong idea"),
    Outcome.MISCONCEPTION_FACTOR: ("i*", "a known wrong idea, times a factor"),
    Outcome.SLIP: ("i?", "not right: perhaps a slip"),
    Outcome.CLOSE: ("~", "close"),
    Outcome.WRONG: ("x", "wrong"),
}


# Colours that a colour-blind reader tells apart, and lines for who sees none.
_RIGHT, _KNOWN = Look("#009e73", "solid", 8), Look("#2f86c9", "double", 8)
_SLIP, _UNKNOWN = Look("#b0568a", "dashed", 5), Look("#d55e00", "dotted", 6)
_LOOKS = {
    Outcome.RIGHT: _RIGHT,
    Outcome.FACTOR: _KNOWN,
    Outcome.MISCONCEPTION: _KNOWN,
    Outcome.MISCONCEPTION_FACTOR: _KNOWN,
    Outcome.SLIP: _SLIP,
    Outcome.CLOSE: _SLIP,
    Outcome.WRONG: _UNKNOWN,
}


class Verdict(Card):
    """What the checker says of one answer; true if and only if the answer is right.

    Attributes
    ----------
    name : str
        The exercise, as ``"05.2"``; empty for a value judged without an exercise.
    outcome : Outcome
        Which of the ten.
    text : str
        The sentences.
    misconception : str
        The name of the one that was recognised; else empty.
    slips : tuple of str
        What may have gone wrong on the way; each completes "Did you ...?".
    expected : str
        What was expected, for those who ask: ``check("05.2", answer).expected``.
    values : tuple
        The answer as it was read, flat; empty if it could not be read.
    label : str
        The outcome in words, where others fit better.
    record : AnswerRecord or None
        The answer as data, written beside the text; None if there is nothing to hand in.

    Examples
    --------
    >>> verdict = Verdict("05.2", Outcome.CLOSE, "Give 5 significant digits.")
    >>> verdict
    [~] 05.2 close
    Give 5 significant digits.
    >>> bool(verdict)
    False
    """

    def __init__(
        self,
        name: str,
        outcome: Outcome,
        text: str,
        *,
        misconception: str = "",
        expected: str = "",
        values: tuple[Value, ...] = (),
        label: str = "",
        slips: tuple[str, ...] = (),
        record: AnswerRecord | None = None,
        on_expected: Callable[[], None] | None = None,
    ) -> None:
        self.name, self.outcome, self.misconception = name, outcome, misconception
        self.values, self.record, self.slips = values, record, slips
        self._expected, self._on_expected = expected, on_expected
        super().__init__("", text, outcome.mark, _LOOKS.get(outcome, PLAIN))
        self._label(label or outcome.label)

    def _label(self, label: str) -> None:
        self.label = label
        told = f"{label}: {self.misconception}" if self.misconception else label
        self.heading = f"{self.name} {told}".strip()

    def __bool__(self) -> bool:
        return self.outcome is Outcome.RIGHT

    @property
    def expected(self) -> str:
        """The right answer, written; whoever looks at it has seen the solution."""
        if self._on_expected:
            self._on_expected()
        return self._expected

    def but(
        self,
        text: str,
        label: str = "",
        record: AnswerRecord | None = None,
        on_expected: Callable[[], None] | None = None,
    ) -> Verdict:
        """Return the same verdict in other words, or with its record.

        Parameters
        ----------
        text : str
            The sentences.
        label : str
            The outcome in words; as it was if empty.
        record : AnswerRecord, optional
        on_expected : callable, optional
            Is called when somebody looks at what was expected.
        """
        made = copy(self)
        made.text, made.record = text, record or self.record
        made._on_expected = on_expected or self._on_expected
        made._label(label or self.label)
        return made

    def _repr_mimebundle_(self, **options: object) -> dict[str, str | Json]:
        bundle: dict[str, str | Json] = {**super()._repr_mimebundle_(**options)}
        if self.record:
            bundle[MIME] = self.record.as_json()
        return bundle
