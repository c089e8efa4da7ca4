"""The view of a playground: widgets around a picture in two layers.

It knows the session below it and nothing of pools or votes. In JupyterLab a callback runs in a
thread of its own, so everything here happens under one lock and no pyplot is used.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic

import ipywidgets as widgets

from dtao_edu.playground.controls import Number, Value, limits
from dtao_edu.playground.receipt import as_html, as_text
from dtao_edu.playground.session import Session, Step
from dtao_edu.playground.spec import Action, Asked, Result
from dtao_edu.playground.view import style, touch
from dtao_edu.playground.view.listener import Listener
from dtao_edu.playground.view.question_panel import QuestionPanel
from dtao_edu.playground.view.stage import Stage
from dtao_edu.playground.view.twin import live_part
from dtao_edu.playground.view.widgets import control_view

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture

OF_THIS_PAGE = "what this page sets"
"""Stands among the presets where a playground opens with a start of the page's own."""
READABLE = 0.25
"""Seconds: while a clock runs, words and numbers change no faster, to be read and read aloud."""
GUESS_FIRST = "First make your guess; then the picture and the receipt show the answer."


class Live(Generic[Result]):
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

    def __init__(
        self, session: Session[Result], *, size: str = "page", predict: bool = True
    ) -> None:
        play = session.playground
        self.session = session
        self._lock = threading.RLock()
        self._listener = Listener()
        self._problem = ""
        self._guess_is_marked = False
        self._words_written_at = float("-inf")
        self._asked_of = session.values
        self._stage = Stage(
            lambda form: play.picture(session.result, size=form),
            size,
            f"{play.title}. The sentence below says what the picture shows.",
            self._front,
            self._draw,
        )
        self.picture = self._stage.picture
        self._source = self.picture.source
        self._words = style.html("", "dtao-words")
        self._table = style.html("", "dtao-table")
        self._list = style.html("", "dtao-history")
        self._code = widgets.Textarea(description="The same as Python code", rows=8)
        self._controls = [control_view(control, self._set_value) for control in play.controls]
        self._presets = self._make_presets()
        self._panel = self._make_panel() if predict else None
        self._buttons = self._make_buttons()
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

    @property
    def hidden(self) -> bool:
        """Whether the answer waits for a guess."""
        return self._panel is not None and self._panel.open

    # What the learner does -----------------------------------------------------------------

    def _set_value(self, name: str, value: Value) -> None:
        self._apply(lambda: self.session.set(name, value))

    def _apply(self, change: Callable[[], None], *, ticking: bool = False) -> None:
        """Make a change and show what became of it; a mistake is said, and nothing is lost."""
        with self._lock:
            try:
                change()
                self._problem = ""
                if self._guess_is_marked:  # it was a guess about another state
                    self._mark_guess(None)
            except ValueError as mistake:
                self._problem = escape(self.session.playground.in_their_words(mistake))
            except Exception as fault:  # a callback's error would otherwise be lost in a log
                self._problem = style.fault(fault)
            self._draw(ticking=ticking and not self._problem)

    def _show_answer(self, guess: float | None) -> None:
        with self._lock:
            self._mark_guess(guess)
            self._draw()

    def _ask_again(self) -> None:
        with self._lock:
            self._mark_guess(None)
            self._draw()

    def _slide_guess(self, guess: float) -> None:
        with self._lock:
            self._mark_guess(guess)
            self._stage.draw(self.session.result)

    def _front(self, picture: Picture[Result]) -> str:
        """Return what moves; where an amount can be dragged, with what the page does then."""
        front, handle = picture.front(hidden=self.hidden), picture.handle
        if handle is None:
            return front
        name, values = handle(self.session.result).control, self.session.values
        controls = (one for one in self.session.playground.controls if isinstance(one, Number))
        control = next((one for one in controls if one.name == name), None)
        return touch.draggable(front, limits(control, values)) if control else front

    def _mark_guess(self, guess: float | None) -> None:
        self._guess_is_marked = guess is not None
        self._stage.place_guess(guess)

    # What is shown -------------------------------------------------------------------------

    def _draw(self, *, ticking: bool = False) -> None:
        with self._lock:
            session, picture = self.session, self.picture
            picture.source = session.preset.source if session.preset else self._source
            self._stage.draw(session.result)  # first: it is waited for
            time.sleep(0.001)  # lets the thread that sends it have the interpreter
            now = time.monotonic()
            if ticking and now - self._words_written_at < READABLE:
                return
            self._words_written_at = now
            self._words.value = self._words_as_html()
            self._table.value = as_html(
                session.playground.receipt(session.result),
                meanings=self._meanings.value,
                hidden=self.hidden,
            )
            self._show_what_is_set()

    def _show_what_is_set(self) -> None:
        session = self.session
        for control in self._controls:
            control.show(session.values)
        if self._presets is not None:
            self._listener.place(
                self._presets, session.preset.label if session.preset else OF_THIS_PAGE
            )
        for name, able in (
            ("Undo", session.can_undo),
            ("Redo", session.can_redo),
            ("Reset", session.can_reset),
        ):
            self._buttons[name].disabled = not able
        if self._panel and self._panel.open:
            self._panel.ask(self._asked())
            self._asked_of = session.values
        elif self._panel:
            self._panel.keep_reply(elsewhere=session.values != self._asked_of)
        self._list.layout.display = self._code.layout.display = None if self._past.value else "none"
        if self._past.value:
            steps = "".join(f"<li>{escape(step)}</li>" for step in session.story)
            self._list.value = f"<b>What you did</b><ol>{steps or '<li>nothing yet</li>'}</ol>"
            self._code.value = session.code()

    def _asked(self) -> Asked:
        question = self.session.playground.question
        return question.asked(self.session.result) if question else Asked("", 0.0)

    def _words_as_html(self) -> str:
        said = style.spoken(GUESS_FIRST if self.hidden else str(self.picture), kind="dtao-sentence")
        if not self.hidden:
            said = touch.with_parts(said, self.picture.words_of_parts())
        return f'<div class="dtao-room">{said}</div>' + (
            f'<div class="dtao-problem dtao-kept" role="status">{escape(self.session.note)}</div>'
            if self.session.note and not self._problem
            else f'<div class="dtao-problem" role="alert">{self._problem}</div>'
        )

    # What it is made of --------------------------------------------------------------------

    def _make_presets(self) -> widgets.Dropdown | None:
        labels = [preset.label for preset in self.session.presets]
        if len(labels) < 2:
            return None
        if self.session.preset is None:
            labels.insert(0, OF_THIS_PAGE)
        choice = widgets.Dropdown(options=labels, value=None, description="Start with")

        def chosen(label: str) -> None:
            session = self.session
            self._apply(session.reset if label == OF_THIS_PAGE else partial(session.choose, label))

        self._listener.hear(choice, chosen)
        return choice

    def _make_panel(self) -> QuestionPanel | None:
        play = self.session.playground
        if play.question is None:
            return None
        name = play.question.name or play.name
        return QuestionPanel(
            self._asked(), name, self._show_answer, self._ask_again, self._slide_guess
        )

    def _make_buttons(self) -> dict[str, widgets.Widget]:
        buttons: dict[str, widgets.Widget] = {}
        for action in self.session.playground.actions:
            act = partial(self.session.act, action.label)
            buttons[action.label] = (
                self._play_button(action)
                if action.plays
                else self._button(action.label, action.help, act)
            )
        session = self.session
        buttons["Undo"] = self._button("Undo", "One step back.", session.undo)
        buttons["Redo"] = self._button("Redo", "One step forward again.", session.redo)
        buttons["Reset"] = self._button("Reset", "Back to the beginning.", session.reset)
        return buttons

    def _button(self, label: str, tip: str, change: Callable[[], None]) -> widgets.Button:
        button = widgets.Button(description=label, tooltip=tip)
        button.on_click(lambda _button: self._apply(change))
        return button

    def _play_button(self, action: Action[Result]) -> widgets.HBox:
        """Make a button that starts and stops a clock; the page counts, so it cannot run ahead."""
        clock = widgets.Play(
            min=0, max=10**9, interval=round(1000 / action.plays), show_repeat=False
        )
        button = widgets.ToggleButton(description=action.label, tooltip=action.help)
        speed = widgets.BoundedFloatText(
            value=action.plays, min=0.5, max=30, step=0.5, description="Steps a second"
        )

        def pressed(event: Mapping[str, bool]) -> None:
            clock.playing = event["new"]
            if not clock.playing:
                self._draw()  # the last words and numbers

        button.observe(pressed, names="value")
        speed.observe(
            lambda event: setattr(clock, "interval", round(1000 / event["new"])), names="value"
        )
        step = partial(self.session.act, action.label)
        clock.observe(lambda _event: self._apply(step, ticking=button.value), names="value")
        clock.layout.display = "none"
        return widgets.HBox([button, speed, clock])

    def _arrange(self, size: str) -> widgets.VBox:
        title = style.html(f"<h3>{escape(self.session.playground.title)}</h3>", "dtao-title")
        presets = [self._presets] if self._presets is not None else []
        head = style.row("dtao-head", title, *presets)
        toggles = style.row("dtao-buttons", self._meanings, self._past)
        left = style.column(
            "dtao-controls",
            *(part for control in self._controls for part in control.parts),
            style.row("dtao-buttons", *self._buttons.values()),
        )
        right = style.column("dtao-picture", self._stage.box, self._words)
        receipt = style.column("dtao-receipts", self._table, toggles)
        past = style.row("dtao-past", self._list, self._code)
        body = style.grid("dtao-grid", left, right, receipt)
        panel = [self._panel.box] if self._panel else []
        play = self.session.playground
        sheet = style.sheet(f'.dtao-is-{play.name} {{ --dtao-room: "{play.room()}"; }}')
        return style.column(
            f"dtao-playground dtao-{size} dtao-is-{play.name}", sheet, head, *panel, body, past
        )

    # What remains without a kernel ---------------------------------------------------------

    def __str__(self) -> str:
        rows = self.session.playground.receipt(self.session.result)
        return f"{self._caption()}\n\n{as_text(rows, hidden=self.hidden)}"

    def _caption(self) -> str:
        return f"Predict first. {self._asked().words}" if self.hidden else str(self.picture)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        shown = live_part(self.box)
        caption = self._caption()
        data, details = self.picture.mimebundle(caption, hidden=self.hidden)
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
        return Path(self.picture.save(path))

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
        self._apply(lambda: self.session.replay(steps))

    def code(self) -> str:
        """Write Python that does with the engine what was done here.

        Returns
        -------
        str
        """
        return self.session.code()
