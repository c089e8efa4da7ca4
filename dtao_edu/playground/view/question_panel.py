"""Predict first: a question, an entry for the guess, and the difference in words.

The same panel stands above a playground and alone in a lesson. What is said of a guess is the work
of :mod:`dtao_edu.playground.guess`; the first guess is kept in the learner's own progress.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import ipywidgets as widgets

from dtao_edu.playground import guess as guesses
from dtao_edu.playground.spec import Asked
from dtao_edu.playground.view import style
from dtao_edu.playground.view.listener import Listener
from dtao_edu.practice.checking.parse import read_number
from dtao_edu.practice.checking.rejected import Rejected
from dtao_edu.practice.predictions import record_prediction
from dtao_edu.practice.text import show

STEPS = 200
"""Steps of a slider for the guess."""


class QuestionPanel:
    """A question with an entry, a button for the answer and one to go on without a guess.

    Parameters
    ----------
    asked : Asked
        The question as it stands now.
    name : str
        Under which the first guess is kept.
    answered : callable
        ``answered(guess)`` is called with a number, or with None for a choice or for no guess:
        the answer may be shown.
    asks_again : callable
        Called when the learner wants another question: the answer is hidden once more.
    slid : callable
        ``slid(guess)`` while a point is moved along an axis.

    Attributes
    ----------
    open : bool
        Whether the answer is still hidden.
    box : ipywidgets.VBox
    """

    def __init__(
        self,
        asked: Asked,
        name: str,
        answered: Callable[[float | None], None],
        asks_again: Callable[[], None] = lambda: None,
        slid: Callable[[float], None] = lambda guess: None,
    ) -> None:
        self.asked, self.open, self._name = asked, True, name
        self._answered, self._asks_again, self._slid = answered, asks_again, slid
        self._listener = Listener()
        self._question = style.html("", "dtao-question")
        self._said = style.html("", "dtao-said")
        self._slider: widgets.FloatSlider | None = None
        if asked.choices:
            self._entry = widgets.ToggleButtons(
                options=list(asked.choices), value=None, description="Your guess"
            )
            self._entry.add_class("dtao-choice")
        else:
            self._entry = widgets.Text(description="Your guess", placeholder="a number")
            self._entry.on_msg(self._key_pressed)
        parts = [self._entry]
        if asked.axis is not None:
            self._slider = widgets.FloatSlider(readout=False)
            self._listener.hear(self._slider, self._slider_moved)
            parts.append(self._slider)
        self._answer = widgets.Button(description="Show the answer", button_style="primary")
        self._skip = widgets.Button(description="Skip", tooltip="Go on without a guess.")
        self._again = widgets.Button(
            description="Predict again", tooltip="Guess once more, about what is set now."
        )
        self._answer.on_click(lambda _button: self.give())
        self._skip.on_click(lambda _button: self.skip())
        self._again.on_click(lambda _button: self.ask_again())
        row = style.row("dtao-buttons", *parts, self._answer, self._skip, self._again, self._said)
        self.box = style.column("dtao-panel", self._question, row)
        self._show_open(True)
        self.ask(asked)

    def ask(self, asked: Asked) -> None:
        """Ask about what is set now."""
        self.asked = asked
        self._show_question("Predict first.")
        self._entry.description = f"Your guess, {asked.unit}" if asked.unit else "Your guess"
        if self._slider is not None and asked.axis is not None:
            self._place_slider(*asked.axis)

    def keep_reply(self, *, elsewhere: bool) -> None:
        """Leave an answered question with its reply; say so where something else is set now."""
        self._show_question("Asked before:" if elsewhere else "You were asked:")

    def _show_question(self, label: str) -> None:
        label = f'<b class="dtao-label">{label}</b>'  # each as wide, so that no line breaks anew
        self._question.value = f"<p>{label} {escape(self.asked.words)}</p>"

    def say(self, *sentences: str) -> None:
        """Show sentences under the question, read aloud by a screen reader."""
        self._said.value = style.spoken(*sentences)

    def give(self) -> None:
        """Take the guess, if there is one, and show what it is worth."""
        guess: float | str
        if self.asked.choices:
            if self._entry.value is None:
                self.say("Choose one first, or skip.")
                return
            guess = self._entry.value
        else:
            try:
                guess = read_number(self._entry.value.strip() or ..., self.asked.unit)
            except Rejected as refused:
                self.say(str(refused) if self._entry.value.strip() else "Write a number first.")
                return
        self._show_open(False)
        try:
            record_prediction(self._name, guess, self.asked.answer, self.asked.unit)
            said = style.spoken(*guesses.reply(guess, self.asked))
        except Exception as fault:  # a callback's error would otherwise be lost in a log
            said = style.fault(fault)
        self._said.value = said
        self._answered(None if isinstance(guess, str) else guess)
        self._again.focus()  # the entry is closed: without this a keyboard would be lost

    def skip(self) -> None:
        """Show the answer without a guess."""
        self._show_open(False)
        answer, unit = self.asked.answer, self.asked.unit
        shown = answer if isinstance(answer, str) else f"{show(answer, 4)} {unit}".strip()
        self.say(f"No guess this time. It is: {shown}.", self.asked.why)
        self._answered(None)
        self._again.focus()

    def ask_again(self) -> None:
        """Hide the answer once more and take another guess."""
        self._entry.value = None if self.asked.choices else ""
        self._show_open(True)
        self.say("")
        self._asks_again()

    def _show_open(self, asking: bool) -> None:
        self.open = asking
        self._entry.disabled = not asking
        while_asking = [self._answer, self._skip, *([self._slider] if self._slider else [])]
        if not self.asked.choices:  # a number stands in the reply; what was to choose stays to see
            while_asking.append(self._entry)
        for widget in while_asking:
            widget.layout.display = None if asking else "none"
        self._again.layout.display = "none" if asking else None
        (self.box.remove_class if asking else self.box.add_class)("dtao-answered")

    def _key_pressed(self, _widget: Any, content: Mapping[str, Any], _buffers: Any) -> None:
        if content.get("event") == "submit":
            self.give()

    def _place_slider(self, low: float, high: float) -> None:
        slider = self._slider
        if slider is not None and (slider.min, slider.max) != (low, high):
            with self._listener.placing(), slider.hold_sync(), slider.hold_trait_notifications():
                slider.min, slider.max, slider.step = low, high, (high - low) / STEPS
                slider.value = (low + high) / 2

    def _slider_moved(self, value: float) -> None:
        self._entry.value = f"{value:.5g}"
        self._slid(float(self._entry.value))
