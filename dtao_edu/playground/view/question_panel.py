"""Predict first: a question, an entry for the guess, and the difference in words.

The same panel stands above a playground and alone in a lesson. Known wrong ideas are recognised by
the judge of the practice, and every first guess is kept in the learner's own progress.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import ipywidgets as widgets

from dtao_edu.playground.view import style
from dtao_edu.practice.checking.judge import judge_value
from dtao_edu.practice.checking.parse import Rejected, read_number
from dtao_edu.practice.checking.verdict import Outcome
from dtao_edu.practice.predictions import record_prediction

DIGITS = 3
"""Significant digits in which a guess is held against the answer and known ideas."""

Ideas = Sequence[tuple[str, float, str]]
"""Known wrong ideas: a name, the number it leads to, and a sentence for who guessed it."""


def compare_in_words(
    name: str, guess: Any, answer: Any, unit: str = "", ideas: Ideas = ()
) -> tuple[str, str]:
    """Keep a guess and say how it differs from the answer, and which known idea it is.

    Parameters
    ----------
    name : str
        Who asks: under this name the first guess is kept.
    guess, answer : float or str
    unit : str
    ideas : sequence of (name, number, sentence)

    Returns
    -------
    tuple of str
        The difference in words, and the sentence of the idea or an empty text.
    """
    difference = record_prediction(name, guess, answer, unit).sentence
    if isinstance(answer, str):
        return difference, ""
    # Who guesses 46 where an idea leads to 45.84 has that idea: a guess is a round number.
    round_as = next((n for n in range(2, DIGITS + 1) if float(f"{guess:.{n}g}") == guess), 0)
    # A guess of more digits means them: 1541, the ideal amount, is not 1531, what comes out.
    for digits in (round_as,) if round_as else (DIGITS + 1, DIGITS):
        verdict = judge_value(guess, float(answer), ideas, unit=unit, digits=digits)
        if verdict.outcome in (Outcome.MISCONCEPTION, Outcome.FACTOR, Outcome.MISCONCEPTION_FACTOR):
            return difference, verdict.text
    return difference, ""


class Panel:
    """A question with an entry, a button for the answer and one to go on without a guess.

    Parameters
    ----------
    guessed : callable
        ``guessed(guess)`` is called with a number or one of the choices; it returns what is said.
    skipped : callable
        Called when the learner goes on without a guess, or asks for another question.
    choices : sequence of str
        For a choice instead of a number.
    moved : callable, optional
        ``moved(guess)`` while a point is moved along an axis.
    """

    def __init__(
        self,
        guessed: Callable[[Any], str],
        skipped: Callable[[bool], None],
        *,
        choices: Sequence[str] = (),
        moved: Callable[[float], None] | None = None,
    ) -> None:
        self._guessed, self._skipped = guessed, skipped
        self._choices, self._unit = tuple(choices), ""
        self._text = style.html("", "dtao-question")
        self._said = style.html("", "dtao-said")
        self._slider: Any = None
        if choices:
            self._entry = widgets.ToggleButtons(
                options=list(choices), value=None, description="Your guess"
            )
            self._entry.add_class("dtao-choice")
        else:
            self._entry = widgets.Text(description="Your guess", placeholder="a number")
            self._entry.on_msg(self._entered)
        parts = [self._entry]
        if moved is not None:
            self._slider = widgets.FloatSlider(readout=False)
            self._slider.observe(lambda event: self._slid(event["new"], moved), names="value")
            parts.append(self._slider)
        self._answer = widgets.Button(description="Show the answer", button_style="primary")
        self._skip = widgets.Button(description="Skip", tooltip="Go on without a guess.")
        self._again = widgets.Button(description="Predict again")
        self._answer.on_click(lambda _button: self.give())
        self._skip.on_click(lambda _button: self.close())
        self._again.on_click(lambda _button: self.ask_again())
        row = style.row("dtao-buttons", *parts, self._answer, self._skip, self._again)
        self._open(True)
        self.box = style.column("dtao-panel", self._text, row, self._said)

    def ask(
        self, question: str, unit: str = "", axis: tuple[float, float] | None = None
    ) -> None:
        """Show the question as it stands now."""
        self._unit = unit
        self._text.value = f"<p><b>Predict first.</b> {escape(question)}</p>"
        self._entry.description = f"Your guess, {unit}" if unit else "Your guess"
        if self._slider is not None and axis is not None:
            low, high = axis
            with self._slider.hold_trait_notifications():
                self._slider.min, self._slider.max = low, high
                self._slider.step = (high - low) / 200
                self._slider.value = (low + high) / 2

    def say(self, *sentences: str) -> None:
        """Show sentences under the question, read aloud by a screen reader."""
        self._said.value = style.spoken(*sentences)

    def give(self) -> None:
        """Take the guess, if there is one, and show what it is worth."""
        if self._choices:
            if self._entry.value is None:
                self.say("Choose one first, or skip.")
                return
            guess: Any = self._entry.value
        else:
            try:
                guess = read_number(self._entry.value.strip() or ..., self._unit)
            except Rejected as refused:
                self.say(str(refused) if self._entry.value.strip() else "Write a number first.")
                return
        self._open(False)
        self._said.value = self._guessed(guess)
        self._again.focus()  # the entry is closed: without this a keyboard would be lost

    def close(self) -> None:
        """Show the answer without a guess."""
        self._open(False)
        self.say("No guess this time.")
        self._skipped(True)

    def ask_again(self) -> None:
        """Hide the answer once more and take another guess."""
        self._entry.value = None if self._choices else ""
        self._open(True)
        self.say("")
        self._skipped(False)

    def _open(self, asking: bool) -> None:
        for widget in (self._entry, self._slider):
            if widget is not None:
                widget.disabled = not asking
        buttons = ((self._answer, asking), (self._skip, asking), (self._again, not asking))
        for widget, shown in buttons:
            widget.layout.display = None if shown else "none"

    def _entered(self, _widget: Any, content: Mapping[str, Any], _buffers: Any) -> None:
        if content.get("event") == "submit":
            self.give()

    def _slid(self, value: float, moved: Callable[[float], None]) -> None:
        self._entry.value = f"{value:.5g}"
        moved(float(self._entry.value))
