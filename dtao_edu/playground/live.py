"""The view of a playground: widgets around a picture in two layers.

It knows the session below it and nothing of pools or votes. In JupyterLab a callback runs in a
thread of its own, so everything here happens under one lock and no pyplot is used.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from dtao_edu.playground import look
from dtao_edu.playground.entries import Entry, build
from dtao_edu.playground.receipt import as_html, as_text
from dtao_edu.playground.session import Session


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
        Values, history and undo, to be read or driven from code.
    box : ipywidgets.VBox
        The widget.
    """

    def __init__(self, session: Session, *, size: str = "page", predict: bool = True) -> None:
        play = session.playground
        self.session = session
        self._lock = threading.RLock()
        self._quiet = False
        self._meanings = False
        self._problem = ""
        self._hidden = predict and play.question is not None
        self.picture = play.picture(session.result, size=size)
        self.picture.source = session.preset.source if session.preset else ""
        self._key = self.picture.key()

        self._back = look.html(self.picture.backdrop(), "dtao-layer")
        self._front = look.html("", "dtao-layer")
        self._words = look.html("", "dtao-words")
        self._table = look.html("", "dtao-table")
        self._entries: list[Entry] = [build(control, self._set) for control in play.controls]
        self._buttons = self._make_buttons()
        self.box = self._arrange(size)
        self._draw()

    # What the learner does -----------------------------------------------------------------

    def _set(self, name: str, value: Any) -> None:
        self._do(lambda: self.session.set(name, value))

    def _do(self, change: Callable[[], None]) -> None:
        """Make a change and show what became of it; a mistake is said, and nothing is lost."""
        with self._lock:
            if self._quiet:
                return
            try:
                change()
                self._problem = ""
            except ValueError as mistake:
                self._problem = escape(str(mistake))
            except Exception as fault:
                trace = escape("".join(traceback.format_exception(fault)))
                self._problem = (
                    f"{escape(type(fault).__name__)}: {escape(str(fault))}"
                    f"<details><summary>where</summary><pre>{trace}</pre></details>"
                )
            self._draw()

    # What is shown -------------------------------------------------------------------------

    def _draw(self) -> None:
        with self._lock:
            self.picture.show(self.session.result)
            if self.picture.key() != self._key:
                self._key = self.picture.key()
                self._back.value = self.picture.backdrop()
            self._front.value = self.picture.front(hidden=self._hidden)
            self._words.value = self._say()
            rows = self.session.playground.receipt(self.session.result)
            self._table.value = as_html(rows, meanings=self._meanings, hidden=self._hidden)
            self._quiet = True
            try:
                for entry in self._entries:
                    entry.show(self.session.values)
                self._buttons["Undo"].disabled = not self.session.can_undo
                self._buttons["Redo"].disabled = not self.session.can_redo
            finally:
                self._quiet = False

    def _say(self) -> str:
        sentence = "First make your guess." if self._hidden else str(self.picture)
        return (
            f'<p class="dtao-sentence" role="status" aria-live="polite">{escape(sentence)}</p>'
            f'<div class="dtao-problem" role="alert">{self._problem}</div>'
        )

    # How it is laid out --------------------------------------------------------------------

    def _make_buttons(self) -> dict[str, Any]:
        buttons = {}
        acts: list[tuple[str, str, Callable[[], None]]] = [
            (action.label, action.help, lambda label=action.label: self.session.act(label))
            for action in self.session.playground.actions
        ]
        acts += [
            ("Undo", "One step back.", self.session.undo),
            ("Redo", "One step forward again.", self.session.redo),
            ("Reset", "Back to the beginning.", self.session.reset),
        ]
        for label, tip, change in acts:
            button = widgets.Button(description=label, tooltip=tip)
            button.on_click(lambda _button, change=change: self._do(change))
            buttons[label] = button
        return buttons

    def _arrange(self, size: str) -> Any:
        controls = widgets.VBox([part for entry in self._entries for part in entry.parts])
        buttons = widgets.HBox(list(self._buttons.values()))
        buttons.add_class("dtao-buttons")
        left = widgets.VBox([controls, buttons])
        left.add_class("dtao-controls")
        stack = widgets.GridBox([self._back, self._front])
        stack.add_class("dtao-stack")
        right = widgets.VBox([stack, self._words])
        right.add_class("dtao-picture")
        grid = widgets.GridBox([left, right, self._table])
        grid.add_class("dtao-grid")
        title = look.html(f"<h3>{escape(self.session.playground.title)}</h3>", "dtao-title")
        box = widgets.VBox([look.sheet(), title, grid])
        box.add_class("dtao-playground")
        box.add_class(f"dtao-{size}")
        return box

    # What remains without a kernel ---------------------------------------------------------

    def __str__(self) -> str:
        rows = self.session.playground.receipt(self.session.result)
        return f"{self.picture}\n{as_text(rows)}"

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        shown: Any = self.box._repr_mimebundle_() or {}
        data, details = self.picture._repr_mimebundle_()
        return {**shown, **data, "text/plain": str(self)}, details

    def save(self, path: str | Path) -> Path:
        """Write the present picture with its sentence and source: .svg, .png or .pdf."""
        return self.picture.save(path)

    def code(self) -> str:
        """Write Python that does with the engine what was done here."""
        return self.session.code()
