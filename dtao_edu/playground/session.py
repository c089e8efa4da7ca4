"""One learner at one playground: values, history, undo, replay and the same as Python code.

A session knows nothing of widgets. It is a list of moments, each a value, and a place in it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic

from dtao_edu.engine.errors import InputError
from dtao_edu.playground.controls import Number, Value, Values, within_limits
from dtao_edu.playground.spec import Action, Preset, Result, Spec

TOGETHER = 1.0
"""Seconds: changes of one control that follow each other faster are one step to undo."""
TICKING = 3.0
"""Seconds: the same for a clock, whose slowest tick takes two."""


@dataclass(frozen=True)
class Step:
    """One thing the learner did.

    Parameters
    ----------
    kind : "set", "act", "preset" or "reset"
    name : str
        The control, the action's label or the preset's label.
    value : value
        What a control was set to.
    times : int
        How often an action was done in a row.

    Examples
    --------
    >>> str(Step("set", "tao", 500.0))
    'tao = 500.0'
    """

    kind: str
    name: str = ""
    value: Value = None
    times: int = 1

    def __str__(self) -> str:
        if self.kind == "set":
            return f"{self.name} = {self.value!r}"
        often = f", {self.times} times" if self.times > 1 else ""
        return f"{self.name or 'start again'}{often}"


@dataclass(frozen=True)
class Moment(Generic[Result]):
    """A state: the values, what the model returned for them, and the step that led here."""

    values: Values
    result: Result
    preset: Preset | None
    step: Step | None = None


class Session(Generic[Result]):
    """A playground being played, without its view.

    Every change either succeeds and becomes the present moment, or raises the engine's error and
    changes nothing.

    Parameters
    ----------
    playground : Spec
    values : mapping
        The first values.
    preset : Preset or None
        Where they come from.
    presets : sequence of Preset
    clock : callable
        Seconds; for tests.

    Attributes
    ----------
    note : str
        After another preset was chosen: which amounts it cut, or that they stay.

    Examples
    --------
    >>> from dtao_edu.playground import stake_unstake
    >>> session = stake_unstake.session()
    >>> session.set("tao", 1000)
    >>> session.undo()
    >>> session.can_redo
    True
    """

    def __init__(
        self,
        playground: Spec[Result],
        values: Values,
        preset: Preset | None = None,
        presets: Sequence[Preset] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.playground = playground
        self.presets = presets
        self._clock = clock
        self._last = float("-inf")
        self.note = ""
        self._moments = [Moment(dict(values), playground.model(**values), preset)]
        self._at = 0

    @property
    def now(self) -> Moment[Result]:
        """The present moment."""
        return self._moments[self._at]

    @property
    def values(self) -> Values:
        """The present values."""
        return self.now.values

    @property
    def result(self) -> Result:
        """What the model says of the present values."""
        return self.now.result

    @property
    def preset(self) -> Preset | None:
        """The preset that was chosen last."""
        return self.now.preset

    def set(self, name: str, value: Value) -> None:
        """Set one value."""
        if name not in self.values:
            raise ValueError(f"{name} is not a value of {self.playground.name}.")
        if self.values[name] != value:
            self._become({**self.values, name: value}, self.preset, Step("set", name, value))

    def act(self, label: str) -> None:
        """Do what a button does."""
        action = self._action(label)
        values = {**self.values, **action.change(self.result)}
        together = TICKING if action.plays else TOGETHER
        self._become(values, self.preset, Step("act", label), together)

    def choose(self, label: str) -> None:
        """Take a preset; what the learner set is kept as far as the sliders reach."""
        play = self.playground
        preset = play.preset_named(label, self.presets)
        if preset is None:
            return
        before = self.values
        values = {**before, **preset.values}
        step = Step("preset", label)
        try:
            self._become({**values, **within_limits(play.controls, values)}, preset, step)
        except InputError:  # what was set is too much for the new start
            self._become({**values, **play.fit(values)}, preset, step)
        self.note = self._kept(before, preset)

    def _kept(self, before: Values, preset: Preset) -> str:
        """Say which of the amounts that the preset leaves as they are it cut, or that one stays."""
        stays, cut = "", []
        for control in self.playground.controls:
            active = control.active(before) and control.active(self.values)
            if not isinstance(control, Number) or not active or control.name in preset.values:
                continue
            old, new = control.amount(before), control.amount(self.values)
            if old != new:
                cut.append(f"{control.label} was {old}; here it is {new}.")
            stays = stays or f"{control.label} stays {new}."
        return " ".join(cut) or stays

    def reset(self) -> None:
        """Go back to the beginning; that too can be undone."""
        first = self._moments[0]
        if self.can_reset:
            self._become(first.values, first.preset, Step("reset"))

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return self._at > 0

    @property
    def can_reset(self) -> bool:
        """Whether anything differs from the beginning."""
        return self.values != self._moments[0].values

    @property
    def can_redo(self) -> bool:
        """Whether something was undone."""
        return self._at < len(self._moments) - 1

    def undo(self) -> None:
        """Go one step back."""
        self._go(max(self._at - 1, 0))

    def redo(self) -> None:
        """Go one step forward again."""
        self._go(min(self._at + 1, len(self._moments) - 1))

    def _go(self, place: int) -> None:
        self._at, self._last, self.note = place, float("-inf"), ""

    @property
    def history(self) -> list[Step]:
        """What was done, in order, up to the present moment."""
        return [moment.step for moment in self._moments[1 : self._at + 1] if moment.step]

    @property
    def story(self) -> list[str]:
        """What was done, in words."""
        labels = {control.name: control for control in self.playground.controls}
        told = []
        for moment in self._moments[1 : self._at + 1]:
            step = moment.step
            if step and step.kind == "set" and step.name in labels:
                told.append(labels[step.name].in_words(moment.values))
            elif step and step.kind == "preset":
                told.append(f"Start with {step.name}")
            elif step:
                told.append(str(step))
        return told

    def replay(self, steps: Iterable[Step]) -> None:
        """Do the steps of a history once more, from the present moment.

        Parameters
        ----------
        steps : iterable of Step
        """
        for step in steps:
            self._last = float("-inf")
            if step.kind == "set":
                self.set(step.name, step.value)
            elif step.kind == "preset":
                self.choose(step.name)
            elif step.kind == "reset":
                self.reset()
            else:
                for _ in range(step.times):
                    self.act(step.name)

    def code(self) -> str:
        """Write Python that does the same with the engine.

        Returns
        -------
        str
            Ready to be run: it ends with the model's result under its name.
        """
        play = self.playground
        shown = {control.name for control in play.controls}
        home = play.model.__module__
        lines = list(play.imports)
        if play.code is None and home != "__main__":
            lines.append(f"from {home} import {play.name}")
        known: dict[str, Value] = {}
        for before, after in zip(
            [None, *self._moments[: self._at]], self._moments[: self._at + 1], strict=True
        ):
            step = after.step
            if step is not None and step.kind == "act" and before is not None:
                action = self._action(step.name)
                call = f"{play.result_name} = {self._call(before.values)}"
                once = [call, action.code or f"# {action.label}"]
                lines += once if step.times == 1 else _repeated(once, step.times)
                known = {name: after.values[name] for name in known}
                continue
            for name, value in after.values.items():
                if name not in shown and (name not in known or known[name] != value):
                    known[name] = value
                    code = after.preset.code.get(name) if after.preset else None
                    fits = code and after.preset and after.preset.values.get(name) == value
                    lines.append(f"{name} = {code if fits else repr(value)}")
        return "\n".join([*lines, f"{play.result_name} = {self._call(self.values)}"])

    def _call(self, values: Values) -> str:
        play = self.playground
        if play.code is not None:
            return play.code(values)
        shown = {control.name for control in play.controls}
        given = ", ".join(
            f"{name}={value!r}" if name in shown else f"{name}={name}"
            for name, value in values.items()
        )
        return f"{play.name}.model({given})"

    def _action(self, label: str) -> Action[Result]:
        for action in self.playground.actions:
            if action.label == label:
                return action
        allowed = ", ".join(action.label for action in self.playground.actions) or "none"
        raise InputError("action", label, allowed)

    def _become(
        self, values: Values, preset: Preset | None, step: Step, together: float = TOGETHER
    ) -> None:
        # The model first: if it refuses, nothing has changed.
        result = self.playground.model(**values)
        self.note = ""
        now, last = self._clock(), self._last
        self._last = now
        previous = self.now.step
        del self._moments[self._at + 1 :]
        same = previous is not None and (previous.kind, previous.name) == (step.kind, step.name)
        if same and previous and step.kind in ("set", "act") and now - last < together:
            times = previous.times + 1 if step.kind == "act" else 1
            self._moments[self._at] = Moment(values, result, preset, replace(step, times=times))
            return
        self._moments.append(Moment(values, result, preset, step))
        self._at += 1


def _repeated(lines: Sequence[str], times: int) -> list[str]:
    return [f"for _ in range({times}):", *(f"    {line}" for line in lines)]
