"""A prediction that stands alone in a lesson: a question, a guess, then the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dtao_edu.engine.errors import refuse
from dtao_edu.playground.spec import Asked, Misconceptions
from dtao_edu.playground.view import style
from dtao_edu.playground.view.question_panel import QuestionPanel
from dtao_edu.playground.view.twin import live_part


class SingleQuestion:
    """A question with an entry for the guess; in a stored notebook the question alone.

    Made by :func:`predict`.
    """

    def __init__(self, asked: Asked, name: str) -> None:
        self.asked, self.name = asked, name
        self.panel = QuestionPanel(asked, name, self._answered)
        self.box = style.column("dtao-playground", style.sheet(), self.panel.box)

    @property
    def question(self) -> str:
        """The question in words."""
        return self.asked.words

    @property
    def unit(self) -> str:
        """The unit of the answer."""
        return self.asked.unit

    @property
    def answer(self) -> float | str:
        """The right answer."""
        return self.asked.answer

    @property
    def misconceptions(self) -> Misconceptions:
        """The usual wrong ideas."""
        return self.asked.misconceptions

    @property
    def why(self) -> str:
        """Why the answer is what it is; may be empty."""
        return self.asked.why

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen; empty where a number is asked."""
        return self.asked.choices

    def _answered(self, guess: float | None) -> None:
        self.panel.keep_reply(elsewhere=False)

    def __str__(self) -> str:
        lines = [f"Predict first. {self.asked.words}"]
        lines += [f"  ( ) {choice}" for choice in self.asked.choices]
        return "\n".join(lines)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        choices = "".join(f"\n- {choice}" for choice in self.asked.choices)
        return {
            **live_part(self.box),
            "text/markdown": f"**Predict first.** {self.asked.words}\n{choices}",
            "text/plain": str(self),
        }, {}


def predict(
    question: str,
    *,
    answer: float | str,
    unit: str = "",
    choices: Sequence[str] = (),
    misconceptions: Misconceptions = (),
    why: str = "",
    name: str = "",
) -> SingleQuestion:
    """Ask for a prediction before the next cell answers.

    The first guess is kept in the learner's own progress.

    Parameters
    ----------
    question : str
    answer : number or str
        Computed by the engine; one of the choices where there are choices.
    unit : str
        The unit of a number.
    choices : sequence of str
        What can be chosen instead of a number.
    misconceptions : sequence of (name, number or option, sentence)
        The number or the wrong option that each usual idea leads to, and what is said to who
        guessed it.
    why : str
        Why the answer is what it is: said after any guess that shows no misconception.
    name : str
        The name under which the guess is kept; the question itself if left out.

    Returns
    -------
    SingleQuestion

    Raises
    ------
    InputError
        If the answer is not among the choices.

    Examples
    --------
    >>> print(predict("Does the price rise?", answer="yes", choices=["yes", "no"]))
    Predict first. Does the price rise?
      ( ) yes
      ( ) no
    """
    if choices and answer not in choices:
        refuse("answer", answer, f"one of {list(choices)}")
    right = answer if isinstance(answer, str) else float(answer)
    asked = Asked(question, right, unit, tuple(choices), None, tuple(misconceptions), why)
    return SingleQuestion(asked, name or question)
