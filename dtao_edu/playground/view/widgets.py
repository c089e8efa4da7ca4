"""One widget for each control: what is declared as data becomes something to touch.

What works by keyboard in JupyterLab 4 was tried key by key. Sliders answer the arrow keys but have
no accessible name: so each has a number entry beside it, which carries label and unit. A list opens
with the space bar. Radio buttons and lists for several choices lose their arrow keys to the
notebook, so buttons and boxes to tick stand in their place.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Generic, TypeVar

import ipywidgets as widgets

from dtao_edu.playground.controls import (
    Choice,
    Control,
    Number,
    Several,
    Switch,
    Value,
    Values,
    limits,
    number_of,
    settle,
    value_of,
)
from dtao_edu.playground.view import style
from dtao_edu.playground.view.listener import Listener

SetValue = Callable[[str, Value], None]
"""``set_value(name, value)``: the learner set a control."""

AnyControl = TypeVar("AnyControl", bound=Control)


class ControlView(Generic[AnyControl]):
    """The widgets of one control.

    Parameters
    ----------
    control : Control
    set_value : callable
    """

    parts: list[widgets.Widget]

    def __init__(self, control: AnyControl, set_value: SetValue) -> None:
        self.control = control
        self.listener = Listener()
        self._set_value = set_value

    def learner_set(self, value: Value) -> None:
        """Pass on what the learner set."""
        self._set_value(self.control.name, value)

    def show(self, values: Values) -> None:
        """Show what is set; hide the control while it has no effect."""
        active = self.control.active(values)
        for part in self.parts:
            part.layout.display = None if active else "none"
        self.show_value(values)

    def show_value(self, values: Values) -> None:
        """Let the widgets hold what is set."""
        raise NotImplementedError


class NumberView(ControlView[Number]):
    """A slider, and a labelled entry that holds the same number."""

    def __init__(self, control: Number, set_value: SetValue) -> None:
        super().__init__(control, set_value)
        self.slider = widgets.FloatSlider(readout=False, tooltip=control.help)
        self.entry = widgets.FloatText(tooltip=control.help)
        self.parts = [style.row(f"dtao-number dtao-of-{control.name}", self.entry, self.slider)]
        for widget in (self.slider, self.entry):
            self.listener.hear(widget, self.learner_set, control.read)

    def show_value(self, values: Values) -> None:
        """Place the slider on its nearest step, and write the number itself into the entry."""
        control, value = self.control, float(number_of(values, self.control.name))
        low, high, step = limits(control, values)
        place = high if value >= high else low + max(round((value - low) / step), 0) * step
        place = control.read(min(place, high))
        if (self.slider.min, self.slider.max, self.slider.step) != (low, high, step):
            # In one message: a page that gets the least number alone rounds the old value to it.
            with (
                self.listener.placing(),
                self.slider.hold_sync(),
                self.slider.hold_trait_notifications(),
            ):
                self.slider.min, self.slider.max, self.slider.step = low, high, step
                self.slider.value = place
            self.entry.step = step
        self.listener.place(self.slider, place, control.read)
        self.listener.place(self.entry, value, control.read)
        unit = settle(control.unit, values)
        self.entry.description = f"{control.label}, {unit}" if unit else control.label


class ChoiceView(ControlView[Choice]):
    """Buttons side by side for a few options, a list for many."""

    def __init__(self, control: Choice, set_value: SetValue) -> None:
        super().__init__(control, set_value)
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
        self.listener.hear(self.widget, self.learner_set)

    def show_value(self, values: Values) -> None:
        """Mark the option that is set."""
        self.listener.place(self.widget, values[self.control.name])


class SwitchView(ControlView[Switch]):
    """A box to tick."""

    def __init__(self, control: Switch, set_value: SetValue) -> None:
        super().__init__(control, set_value)
        self.widget = widgets.Checkbox(
            description=control.label, tooltip=control.help, indent=False
        )
        self.parts = [self.widget]
        self.listener.hear(self.widget, self.learner_set)

    def show_value(self, values: Values) -> None:
        """Tick the box, or not."""
        self.listener.place(self.widget, bool(values[self.control.name]))


class SeveralView(ControlView[Several]):
    """A box to tick for each option: JupyterLab takes the arrow keys of a list, so none is used."""

    def __init__(self, control: Several, set_value: SetValue) -> None:
        super().__init__(control, set_value)
        self.boxes = [
            widgets.Checkbox(description=label, tooltip=control.help, indent=False)
            for label in control.options
        ]
        for box in self.boxes:
            self.listener.hear(box, lambda _ticked: self.learner_set(self._ticked()))
        title = style.html(escape(control.label))
        self.parts = [title, style.column("dtao-several", *self.boxes)]

    def _ticked(self) -> tuple[Value, ...]:
        options = self.control.options.values()
        return tuple(value for value, box in zip(options, self.boxes, strict=True) if box.value)

    def show_value(self, values: Values) -> None:
        """Tick the boxes of what is chosen."""
        chosen = value_of(values, self.control.name, tuple)
        for value, box in zip(self.control.options.values(), self.boxes, strict=True):
            self.listener.place(box, value in chosen)


AnyView = NumberView | ChoiceView | SwitchView | SeveralView


def control_view(control: Control, set_value: SetValue) -> AnyView:
    """Make the widgets of a control.

    Parameters
    ----------
    control : Control
    set_value : callable

    Returns
    -------
    ControlView

    Raises
    ------
    TypeError
        For a kind of control that has no view.
    """
    if isinstance(control, Number):
        return NumberView(control, set_value)
    if isinstance(control, Choice):
        return ChoiceView(control, set_value)
    if isinstance(control, Switch):
        return SwitchView(control, set_value)
    if isinstance(control, Several):
        return SeveralView(control, set_value)
    raise TypeError(f"control is a {type(control).__name__}; allowed: a control with a view.")
