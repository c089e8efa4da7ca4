"""A prediction that stands alone in a lesson: a question, a guess, then the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dtao_edu.engine.errors import refuse
from dtao_edu.playground.view import style
from dtao_edu.playground.view.question_panel import Ideas, Panel, compare_in_words
from dtao_edu.practice.text import show


class SingleQuestion:
    """A question with an entry for the guess; in a stored notebook the question alone.

    Made by :func:`predict`.
    """

    def __init__(
        self, question: str, answer: Any, unit: str, choices: Sequence[str], ideas: Ideas, name: str
    ) -> None:
        self.question, self.unit, self.choices, self.name = question, unit, tuple(choices), name
        self._answer, self._ideas = answer, ideas
        self.panel = Panel(self._guessed, self._skipped, choices=self.choices)
        self.panel.ask(question, unit)
        self.box = style.column("dtao-playground", style.sheet(), self.panel.box)

    def _guessed(self, guess: Any) -> str:
        try:
            said = compare_in_words(self.name, guess, self._answer, self.unit, self._ideas)
        except Exception as error:  # a callback's error would otherwise be lost in a log
            return style.fault(error)
        return style.spoken(*said)

    def _skipped(self, open_: bool) -> None:
        if open_:
            shown = self._answer if self.choices else f"{show(self._answer, 4)} {self.unit}".strip()
            self.panel.say(f"It is: {shown}.")

    def __str__(self) -> str:
        lines = [f"Predict first. {self.question}"]
        lines += [f"  ( ) {choice}" for choice in self.choices]
        return "\n".join(lines)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        choices = "".join(f"\n- {choice}" for choice in self.choices)
        return {
            **self.box._repr_mimebundle_(),
            "text/markdown": f"**Predict first.** {self.question}\n{choices}",
            "text/plain": str(self),
        }, {}


def predict(
    question: str,
    *,
    answer: Any,
    unit: str = "",
    choices: Sequence[str] = (),
    ideas: Ideas = (),
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
    ideas : sequence of (name, number, sentence)
        Known wrong ideas: the number each leads to, and what to say to who guessed it.
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
    return SingleQuestion(question, answer, unit, choices, ideas, name or question)
