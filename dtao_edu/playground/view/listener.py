"""Hear what the learner does, and not the echo of what is set from here.

A widget that is given a value reports it twice: at once, to whoever observes it, and once more when
the page answers with the value as it understood it. Neither is a wish of the learner's. This is the
one place where the two are told apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import ipywidgets as widgets

from dtao_edu.playground.controls import Value

Held = TypeVar("Held")
"""What a widget holds."""


def _as_it_is(value: Held) -> Held:
    return value


class Listener:
    """Passes on what the learner sets.

    Examples
    --------
    >>> heard = []
    >>> listener, box = Listener(), widgets.FloatText()
    >>> listener.hear(box, heard.append)
    >>> listener.place(box, 3.0)
    >>> box.value = 5.0
    >>> heard
    [5.0]
    """

    def __init__(self) -> None:
        self._placing = 0
        self._placed: dict[str, Value] = {}

    def hear(
        self,
        widget: widgets.Widget,
        react: Callable[[Held], None],
        read: Callable[[Held], Held] = _as_it_is,
    ) -> None:
        """Call ``react(value)`` whenever the learner sets a widget.

        Parameters
        ----------
        widget : ipywidgets.Widget
            With a trait ``value``.
        react : callable
        read : callable
            Turns what the widget holds into a value of the model; values are compared after it.
        """

        def changed(event: dict[str, Held]) -> None:
            value = read(event["new"])
            if not self._placing and value != self._placed.get(widget.model_id, self):
                self._placed[widget.model_id] = value
                react(value)

        widget.observe(changed, names="value")

    def place(
        self, widget: widgets.Widget, value: Held, read: Callable[[Held], Held] = _as_it_is
    ) -> None:
        """Give a widget a value, unless it holds what reads the same.

        The page counts in binary fractions: to answer its 6.000000000000001 with 6.0 would set a
        slider back while keys are still being pressed.

        Parameters
        ----------
        widget : ipywidgets.Widget
        value : value
        read : callable
            As in :meth:`hear`.
        """
        self._placed[widget.model_id] = value
        if read(widget.value) != value:
            with self.placing():
                widget.value = value

    @contextmanager
    def placing(self) -> Iterator[None]:
        """Hear nothing while widgets are set from here."""
        self._placing += 1
        try:
            yield
        finally:
            self._placing -= 1
