"""What a playground is made of: a model, controls, a figure, a receipt, and what can be done.

A playground's state is one mapping of values. Sliders set some of them, presets and actions may
set any. The model is a pure function of the values, so undo, replay and copied code come for free.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from dtao_edu.playground.controls import Control, Values, starts

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture
    from dtao_edu.playground.session import Session
    from dtao_edu.playground.view.live import Live


def _nothing(_values: Values) -> Values:
    return {}


class Row(NamedTuple):
    """One row of a receipt.

    Parameters
    ----------
    label : str
    value : str
        The amount with its unit, as :func:`dtao_edu.figures.wording.amount` writes it.
    meaning : str
        The definition, shown on demand.
    strong : bool
        Whether the row is one of those that the playground is about.
    """

    label: str
    value: str
    meaning: str = ""
    strong: bool = False


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A named starting point, taken from the real ledger where there is one.

    Parameters
    ----------
    label : str
        What the learner reads: "subnet 64, 17 April 2025".
    values : mapping
        What it sets; the other values stay as they are.
    code : mapping of str to str
        Python that gives a value, for the copied code; ``repr`` of the value where none is given.
    source : str
        Where the figures come from, for the source line of a saved picture.
    """

    label: str
    values: Values
    code: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something the learner does: a button.

    Parameters
    ----------
    label : str
        What the button says.
    change : callable
        ``change(result)`` takes what the model returned and gives the values that change.
    help : str
        One sentence on demand.
    code : str
        The same in Python, with the model's result under its name: ``"pool = trade.after"``.
    plays : float
        More than 0: the button starts and stops a clock that does it so many times a second.
    """

    label: str
    change: Callable[[Any], Values]
    help: str = ""
    code: str = ""
    plays: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Question:
    """The prediction that is asked before the answer is shown.

    Parameters
    ----------
    ask : callable
        ``ask(result)`` is the question in words, true to what is set.
    answer : callable
        ``answer(result)`` is the right answer, from the engine.
    unit : callable or str
        The unit of a number.
    choices : sequence of str
        For a choice: what can be chosen; the answer is one of them.
    axis : callable, optional
        For a point on an axis: ``axis(result)`` gives the lowest and the highest number.
    ideas : callable, optional
        ``ideas(result)`` gives known wrong ideas: a name, the number it leads to, and a sentence
        for who guessed it.
    name : str
        Under which the first guess is kept; the playground's name where none is given.
    """

    ask: Callable[[Any], str]
    answer: Callable[[Any], Any]
    unit: str | Callable[[Any], str] = ""
    choices: Sequence[str] = ()
    axis: Callable[[Any], tuple[float, float]] | None = None
    ideas: Callable[[Any], Sequence[tuple[str, float, str]]] | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Playground:
    """One playground: everything it is made of, none of it drawn yet. Call it to play.

    Parameters
    ----------
    name, title : str
    model : callable
        ``model(**values)`` returns what is shown, from the engine.
    controls : sequence of Control
    picture : callable
        ``picture(result, size=...)`` returns a :class:`dtao_edu.figures.base.picture.Picture`.
    receipt : callable
        ``receipt(result)`` returns rows.
    presets : callable, optional
        ``presets()`` returns starting points; the first is where the playground opens.
    fit : callable, optional
        ``fit(values)`` gives values that suit a new starting point, such as amounts for a pool.
    actions : sequence of Action
    question : Question, optional
    lines : int
        Lines kept for the sentence, so that the page does not jump when it grows.
    result_name : str
        What the model's result is called in the copied code.
    code : callable, optional
        ``code(values)`` is the Python expression that does with the engine what the model does.
    imports : sequence of str
        The import lines that the copied code needs.
    """

    name: str
    title: str
    model: Callable[..., Any]
    controls: Sequence[Control]
    picture: Callable[..., Picture]
    receipt: Callable[[Any], Sequence[Row]]
    presets: Callable[[], Sequence[Preset]] = tuple
    actions: Sequence[Action] = ()
    fit: Callable[[Values], Values] = _nothing
    question: Question | None = None
    lines: int = 3
    result_name: str = "result"
    code: Callable[[Values], str] | None = None
    imports: Sequence[str] = ()

    def __call__(
        self,
        *,
        predict: bool = True,
        size: str = "page",
        preset: str | None = None,
        **values: Any,
    ) -> Live:
        """Open the playground.

        Parameters
        ----------
        predict : bool
            False for a lecture that asks in words: the answer is shown at once.
        size : {"page", "hall"}
        preset : str, optional
            Label of the preset to open with.
        **values
            First values of controls, by name.

        Returns
        -------
        Live
            Shown as a widget where a kernel runs, as a picture where none does.
        """
        from dtao_edu.playground.view.live import Live  # ipywidgets only when something is played

        return Live(self.session(preset, **values), size=size, predict=predict)

    def session(self, preset: str | None = None, **values: Any) -> Session:
        """Open the playground without a view: for tests, scripts and replays.

        Parameters
        ----------
        preset : str, optional
        **values

        Returns
        -------
        Session

        Raises
        ------
        ValueError
            For a preset or a value that the playground does not have.
        """
        from dtao_edu.playground.session import Session

        presets = self.presets()
        chosen = self.chosen(preset, presets)
        first = {**starts(self.controls), **(chosen.values if chosen else {})}
        for name in values:
            if name not in first:
                allowed = ", ".join(first)
                raise ValueError(f"{name} is not a value of {self.name}; allowed: {allowed}.")
        if chosen and any(name in chosen.values for name in values):
            chosen = None  # the learner brought a starting point of their own
        first.update(values)
        return Session(self, {**first, **self.fit(first), **values}, chosen, presets)

    def chosen(self, label: str | None, presets: Sequence[Preset]) -> Preset | None:
        """Find a preset by its label; the first one for None."""
        if label is None:
            return presets[0] if presets else None
        for preset in presets:
            if preset.label == label:
                return preset
        allowed = "; ".join(preset.label for preset in presets) or "none"
        raise ValueError(f"preset is {label!r}; allowed: {allowed}.")
