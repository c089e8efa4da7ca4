"""The view of a playground: widgets around a picture in two layers.

It knows the session below it and nothing of pools or votes. In JupyterLab a callback runs in a
thread of its own, so everything here happens under one lock and no pyplot is used.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from dtao_edu.engine.errors import InputError
from dtao_edu.playground.controls import settle
from dtao_edu.playground.model import Action
from dtao_edu.playground.receipt import as_html, as_text
from dtao_edu.playground.session import Session, Step
from dtao_edu.playground.view import style
from dtao_edu.playground.view.question_panel import Panel, compare_in_words
from dtao_edu.playground.view.widgets import build

READABLE = 0.25
"""Seconds: while a clock runs, words and numbers change no faster, to be read and read aloud."""


class Live:
    """A playground on the page: show it as the result of a cell.

    Parameters
    ----------
    session : Session
    size : {"page", "hall"}
    predict : bool
        Whether the question comes before the answer.

    Attributes
    ----------
    session : Session
        Values, history and undo, to be read from code.
    picture : Picture
        What is drawn.
    box : ipywidgets.VBox
        The widget, for pages that put several together.
    """

    def __init__(self, session: Session, *, size: str = "page", predict: bool = True) -> None:
        play = session.playground
        self.session = session
        self._lock = threading.RLock()
        self._quiet = False  # True while widgets are set from here and not by the learner
        self._problem = ""
        self._asks = predict and play.question is not None
        self._hidden = self._asks
        self._marked = False  # whether the guess is marked in the picture
        self._said_at = float("-inf")  # when words and numbers were last written
        self.picture = play.picture(session.result, size=size)
        self._key, self._source = self.picture.key(), self.picture.source

        note = f"{play.title}. The sentence below says what the picture shows."
        self._describe = note
        self._back = style.html(self.picture.backdrop(note), "dtao-layer")
        self._front = style.html("", "dtao-layer")
        self._words = style.html("", "dtao-words")
        self._table = style.html("", "dtao-table")
        self._list = style.html("", "dtao-history")
        self._code = widgets.Textarea(description="The same as Python code", rows=8)
        self._entries = [build(control, self._set) for control in play.controls]
        self._presets = self._make_presets()
        self._panel = self._make_panel()
        self._steps = self._make_steps()
        self._meanings = widgets.ToggleButton(
            description="Definitions", tooltip="What each row means."
        )
        self._past = widgets.ToggleButton(
            description="History and code", tooltip="What you did, and the same in Python."
        )
        for toggle in (self._meanings, self._past):
            toggle.observe(lambda _event: self._draw(), names="value")
        self.box = self._arrange(size)
        self._draw()

    # What the learner does -----------------------------------------------------------------

    def _set(self, name: str, value: Any) -> None:
        self._do(lambda: self.session.set(name, value))

    def _do(self, change: Callable[[], None], *, ticking: bool = False) -> None:
        """Make a change and show what became of it; a mistake is said, and nothing is lost."""
        with self._lock:
            if self._quiet:
                return
            try:
                change()
                self._problem = ""
                if self._marked:
                    self._mark(None)
                    if self._panel:
                        self._panel.say("")
            except ValueError as mistake:
                self._problem = escape(self._in_their_words(mistake))
            except Exception as fault:  # a callback's error would otherwise be lost in a log
                self._problem = style.fault(fault)
            self._draw(ticking=ticking and not self._problem)

    def _in_their_words(self, mistake: ValueError) -> str:
        """Say what was refused, with the label that the learner reads beside the control."""
        for control in self.session.playground.controls:
            if isinstance(mistake, InputError) and mistake.argument == control.name:
                return str(InputError(control.label, mistake.value, mistake.allowed))
        return str(mistake)

    def _guessed(self, guess: Any) -> str:
        """Show the answer beside the guess; return what is said under the question."""
        with self._lock:
            play, result = self.session.playground, self.session.result
            question = play.question
            if question is None:
                return ""
            try:
                said = compare_in_words(
                    question.name or play.name,
                    guess,
                    question.answer(result),
                    settle(question.unit, result),
                    question.ideas(result) if question.ideas else (),
                )
            except Exception as fault:
                return style.fault(fault)
            self._hidden = False
            self._mark(guess if isinstance(guess, float) else None)
            self._draw()
            return style.spoken(*said)

    def _skipped(self, open_: bool) -> None:
        with self._lock:
            self._hidden = not open_
            self._mark(None)
            self._draw()

    def _moved(self, guess: float) -> None:
        with self._lock:
            self._mark(guess)
            self._front.value = self.picture.front(hidden=self._hidden)

    def _mark(self, guess: float | None) -> None:
        self._marked = guess is not None
        self.picture.place_guess(guess)

    # What is shown -------------------------------------------------------------------------

    def _draw(self, *, ticking: bool = False) -> None:
        with self._lock:
            session, picture = self.session, self.picture
            picture.show(session.result)
            picture.source = session.preset.source if session.preset else self._source
            if picture.key() != self._key:
                self._key = picture.key()
                self._back.value = picture.backdrop(self._describe)
            self._front.value = picture.front(hidden=self._hidden)  # first: it is waited for
            time.sleep(0.001)  # lets the thread that sends it have the interpreter
            now = time.monotonic()
            if ticking and now - self._said_at < READABLE:
                return
            self._said_at = now
            self._words.value = self._say()
            self._table.value = as_html(
                session.playground.receipt(session.result),
                meanings=self._meanings.value,
                hidden=self._hidden,
            )
            self._quiet = True
            try:
                self._follow()
            finally:
                self._quiet = False

    def _follow(self) -> None:
        """Let every widget say what is set now."""
        session, question = self.session, self.session.playground.question
        for entry in self._entries:
            entry.show(session.values)
        if self._presets is not None:
            self._presets.value = session.preset.label if session.preset else None
        for name, able in (
            ("Undo", session.can_undo),
            ("Redo", session.can_redo),
            ("Reset", session.can_reset),
        ):
            self._steps[name].disabled = not able
        if self._panel and question and self._hidden:
            axis = question.axis(session.result) if question.axis else None
            unit = settle(question.unit, session.result)
            self._panel.ask(question.ask(session.result), unit, axis)
        self._list.layout.display = self._code.layout.display = None if self._past.value else "none"
        if self._past.value:
            steps = "".join(f"<li>{escape(step)}</li>" for step in session.story)
            self._list.value = f"<b>What you did</b><ol>{steps or '<li>nothing yet</li>'}</ol>"
            self._code.value = session.code()

    def _say(self) -> str:
        hidden = "First make your guess; then the picture and the receipt show the answer."
        return (
            style.spoken(hidden if self._hidden else str(self.picture), kind="dtao-sentence")
            + f'<div class="dtao-problem" role="alert">{self._problem}</div>'
        )

    # What it is made of --------------------------------------------------------------------

    def _make_presets(self) -> Any:
        labels = [preset.label for preset in self.session.presets]
        if len(labels) < 2:
            return None
        choice = widgets.Dropdown(options=labels, description="Start with")
        choice.observe(
            lambda event: self._do(lambda: self.session.choose(event["new"])), names="value"
        )
        return choice

    def _make_panel(self) -> Panel | None:
        question = self.session.playground.question
        if not self._asks or question is None:
            return None
        moved = self._moved if question.axis else None
        return Panel(self._guessed, self._skipped, choices=question.choices, moved=moved)

    def _make_steps(self) -> dict[str, Any]:
        steps: dict[str, Any] = {}
        for action in self.session.playground.actions:
            act = partial(self.session.act, action.label)
            steps[action.label] = (
                self._clock(action)
                if action.plays
                else self._button(action.label, action.help, act)
            )
        session = self.session
        steps["Undo"] = self._button("Undo", "One step back.", session.undo)
        steps["Redo"] = self._button("Redo", "One step forward again.", session.redo)
        steps["Reset"] = self._button("Reset", "Back to the beginning.", session.reset)
        return steps

    def _button(self, label: str, tip: str, change: Callable[[], None]) -> Any:
        button = widgets.Button(description=label, tooltip=tip)
        button.on_click(lambda _button: self._do(change))
        return button

    def _clock(self, action: Action) -> Any:
        """Make a button that starts and stops a clock; the page counts, so it cannot run ahead."""
        clock = widgets.Play(
            min=0, max=10**9, interval=round(1000 / action.plays), show_repeat=False
        )
        button = widgets.ToggleButton(description=action.label, tooltip=action.help)
        speed = widgets.BoundedFloatText(
            value=action.plays, min=0.5, max=30, step=0.5, description="Steps a second"
        )

        def pressed(event: Any) -> None:
            clock.playing = event["new"]
            if not clock.playing:
                self._draw()  # the last words and numbers

        button.observe(pressed, names="value")
        speed.observe(
            lambda event: setattr(clock, "interval", round(1000 / event["new"])), names="value"
        )
        step = partial(self.session.act, action.label)
        clock.observe(lambda _event: self._do(step, ticking=button.value), names="value")
        clock.layout.display = "none"
        return widgets.HBox([button, speed, clock])

    def _arrange(self, size: str) -> Any:
        title = style.html(f"<h3>{escape(self.session.playground.title)}</h3>", "dtao-title")
        presets = [self._presets] if self._presets is not None else []
        head = style.row("dtao-head", title, *presets)
        toggles = style.row("dtao-buttons", self._meanings, self._past)
        left = style.column(
            "dtao-controls",
            *(part for entry in self._entries for part in entry.parts),
            style.row("dtao-buttons", *self._steps.values()),
        )
        right = style.column(
            "dtao-picture", style.grid("dtao-stack", self._back, self._front), self._words
        )
        receipt = style.column("dtao-receipts", self._table, toggles)
        past = style.row("dtao-past", self._list, self._code)
        body = style.grid("dtao-grid", left, right, receipt)
        panel = [self._panel.box] if self._panel else []
        lines = f"dtao-lines-{self.session.playground.lines}"
        return style.column(
            f"dtao-playground dtao-{size} {lines}", style.sheet(), head, *panel, body, past
        )

    # What remains without a kernel ---------------------------------------------------------

    def __str__(self) -> str:
        rows = self.session.playground.receipt(self.session.result)
        return f"{self.picture}\n\n{as_text(rows)}"

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        shown: dict[str, Any] = self.box._repr_mimebundle_() or {}
        data, details = self.picture._repr_mimebundle_()
        return {**shown, **data, "text/plain": str(self)}, details

    def save(self, path: str | Path) -> Path:
        """Write the present picture with its sentence and source: .svg, .png or .pdf.

        Parameters
        ----------
        path : str or Path

        Returns
        -------
        Path
        """
        return self.picture.save(path)

    @property
    def history(self) -> list[Step]:
        """What was done, as a list that :meth:`replay` takes."""
        return self.session.history

    def replay(self, steps: Iterable[Step]) -> None:
        """Do the steps of a history once more, from the present state.

        Parameters
        ----------
        steps : iterable of Step
            ``history`` of this or of another playground of the same name.
        """
        self._do(lambda: self.session.replay(steps))

    def code(self) -> str:
        """Write Python that does with the engine what was done here.

        Returns
        -------
        str
        """
        return self.session.code()
