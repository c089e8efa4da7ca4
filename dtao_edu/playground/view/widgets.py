"""One widget for each control: what is declared as data becomes something to touch.

What works by keyboard in JupyterLab 4 was tried key by key. Sliders answer the arrow keys but have
no accessible name: so each has a number entry beside it, which carries label and unit. A list opens
with the space bar. Radio buttons and lists for several choices lose their arrow keys to the
notebook, so buttons and boxes to tick stand in their place.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as widgets

from dtao_edu.playground.controls import Choice, Control, Number, Several, Switch, Values, settle
from dtao_edu.playground.view import style

Set = Callable[[str, Any], None]


class Entry:
    """The widgets of one control.

    Parameters
    ----------
    control : Control
    change : callable
        ``change(name, value)``, called when the learner sets it.
    """

    parts: list[Any]

    def __init__(self, control: Control, change: Set) -> None:
        self.control = control
        self._change = change

    def _watch(self, widget: Any) -> None:
        widget.observe(lambda event: self._touched(event["new"]), names="value")

    def _touched(self, value: Any) -> None:
        self._change(self.control.name, self.control.read(value))

    def show(self, values: Values) -> None:
        """Show what is set; hide the control while it has no effect."""
        active = self.control.active(values)
        for part in self.parts:
            part.layout.display = None if active else "none"
        self._show(values)

    def _show(self, values: Values) -> None:
        raise NotImplementedError


class NumberEntry(Entry):
    """A slider, and a labelled entry that holds the same number."""

    control: Number

    def __init__(self, control: Number, change: Set) -> None:
        super().__init__(control, change)
        self.slider = widgets.FloatSlider(readout=False, tooltip=control.help)
        self.entry = widgets.FloatText(tooltip=control.help)
        self.parts = [style.row("dtao-number", self.entry, self.slider)]
        self._placed: float | None = None
        self.slider.observe(lambda event: self._slid(event["new"]), names="value")
        self._watch(self.entry)

    def _slid(self, value: float) -> None:
        # The page answers a slider set from here with the place it gave it: that is no wish.
        if self.control.read(value) != self._placed:
            self._touched(value)

    def _show(self, values: Values) -> None:
        control, value = self.control, float(values[self.control.name])
        low, high = settle(control.minimum, values), settle(control.maximum, values)
        step, unit = settle(control.step, values), settle(control.unit, values)
        place = high if value >= high else low + max(round((value - low) / step), 0) * step
        self._placed = control.read(min(place, high))
        if (self.slider.min, self.slider.max, self.slider.step) != (low, high, step):
            # In one message: a page that gets the least number alone rounds the old value to it.
            with self.slider.hold_sync(), self.slider.hold_trait_notifications():
                self.slider.min, self.slider.max, self.slider.step = low, high, step
                self.slider.value = self._placed
            self.entry.step = step
        # The page counts in binary fractions. To answer its 6.000000000000001 with 6.0 would set
        # the slider back while keys are still being pressed.
        if control.read(self.slider.value) != self._placed:
            self.slider.value = self._placed
        if control.read(self.entry.value) != value:
            self.entry.value = value
        self.entry.description = f"{control.label}, {unit}" if unit else control.label


class ChoiceEntry(Entry):
    """Buttons side by side for a few options, a list for many."""

    control: Choice

    def __init__(self, control: Choice, change: Set) -> None:
        super().__init__(control, change)
        few = len(control.options) <= 4 and sum(map(len, control.options)) <= 44
        options = list(control.options.items())
        if few:  # each button also says of what it is the choice
            tips = [f"{control.label}: {name}. {control.help}" for name in control.options]
            self.widget = widgets.ToggleButtons(
                options=options, description=control.label, tooltips=tips
            )
        else:
            self.widget = widgets.Dropdown(
                options=options, description=control.label, tooltip=control.help
            )
        self.widget.add_class("dtao-choice")
        self.parts = [self.widget]
        self._watch(self.widget)

    def _show(self, values: Values) -> None:
        self.widget.value = values[self.control.name]


class SwitchEntry(Entry):
    """A box to tick."""

    def __init__(self, control: Switch, change: Set) -> None:
        super().__init__(control, change)
        self.widget = widgets.Checkbox(
            description=control.label, tooltip=control.help, indent=False
        )
        self.parts = [self.widget]
        self._watch(self.widget)

    def _show(self, values: Values) -> None:
        self.widget.value = bool(values[self.control.name])


class SeveralEntry(Entry):
    """A box to tick for each option: JupyterLab takes the arrow keys of a list, so none is used."""

    control: Several

    def __init__(self, control: Several, change: Set) -> None:
        super().__init__(control, change)
        self.boxes = [
            widgets.Checkbox(description=label, tooltip=control.help, indent=False)
            for label in control.options
        ]
        for box in self.boxes:
            box.observe(lambda _event: self._touched(self._ticked()), names="value")
        title = style.html(escape(control.label))
        self.parts = [title, style.column("dtao-several", *self.boxes)]

    def _ticked(self) -> list[Any]:
        options = self.control.options.values()
        return [value for value, box in zip(options, self.boxes, strict=True) if box.value]

    def _show(self, values: Values) -> None:
        chosen = values[self.control.name]
        for value, box in zip(self.control.options.values(), self.boxes, strict=True):
            box.value = value in chosen


_ENTRIES: dict[type[Control], type[Any]] = {
    Number: NumberEntry,
    Choice: ChoiceEntry,
    Switch: SwitchEntry,
    Several: SeveralEntry,
}


def build(control: Control, change: Set) -> Entry:
    """Make the widgets of a control.

    Parameters
    ----------
    control : Control
    change : callable

    Returns
    -------
    Entry
    """
    entry: Entry = _ENTRIES[type(control)](control, change)
    return entry
