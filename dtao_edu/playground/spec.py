"""What a playground declares: a model, controls, a figure, a receipt, and what can be done.

A playground's state is one mapping of values. Sliders set some of them, presets and actions may
set any. The model is a pure function of the values, so undo, replay and copied code come for free.
Nothing here is played or drawn: :mod:`dtao_edu.playground.playground` puts the parts together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from dtao_edu.engine.errors import InputError
from dtao_edu.playground.controls import Control, Value, Values

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture
    from dtao_edu.ledger import Pools

Result = TypeVar("Result")
"""What a playground's model returns."""

BREAKS = 1.08
"""Where a line breaks early, a shorter sentence may take as many lines as a longer one."""

Misconceptions = Sequence[tuple[str, float | str, str]]
"""Wrong ideas: a name, the number or the wrong option that each leads to, and a sentence for who
guessed it."""


def _nothing(_values: Values) -> Values:
    return {}


class Row(NamedTuple):
    """One row of a receipt.

    Parameters
    ----------
    label : str
    value : str
        The amount with its unit, as :func:`dtao_edu.wording.amount` writes it.
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
class Action(Generic[Result]):
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
    change: Callable[[Result], Values]
    help: str = ""
    code: str = ""
    plays: float = 0.0


class Asked(NamedTuple):
    """A question about one state, with its answer and what is known of guesses at it.

    Parameters
    ----------
    words : str
    answer : float or str
    unit : str
    choices : tuple of str
        What can be chosen; empty where a number is asked.
    axis : tuple of two floats, optional
    misconceptions : tuple of (name, number, sentence)
    why : str
        Why the answer is what it is; may be empty.
    """

    words: str
    answer: float | str
    unit: str = ""
    choices: tuple[str, ...] = ()
    axis: tuple[float, float] | None = None
    misconceptions: Misconceptions = ()
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Question(Generic[Result]):
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
    misconceptions : callable, optional
        ``misconceptions(result)`` gives the usual wrong answers: a name, the number that it leads
        to, and a sentence for who guessed it.
    why : callable, optional
        ``why(result)`` says after any guess why the answer is what it is, in a sentence or two.
    name : str
        Under which the first guess is kept; the playground's name where none is given.
    """

    ask: Callable[[Result], str]
    answer: Callable[[Result], float | str]
    unit: str | Callable[[Result], str] = ""
    choices: Sequence[str] = ()
    axis: Callable[[Result], tuple[float, float]] | None = None
    misconceptions: Callable[[Result], Misconceptions] | None = None
    why: Callable[[Result], str] | None = None
    name: str = ""

    def asked(self, result: Result) -> Asked:
        """Return the question as it stands for one result of the model."""
        unit = self.unit if isinstance(self.unit, str) else self.unit(result)
        answer = self.answer(result)
        wrong = self.misconceptions(result) if self.misconceptions else ()
        return Asked(
            words=self.ask(result),
            answer=answer if isinstance(answer, str) else float(answer),
            unit=unit,
            choices=tuple(self.choices),
            axis=self.axis(result) if self.axis else None,
            misconceptions=tuple(wrong),
            why=self.why(result) if self.why else "",
        )


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What is done before a flip-book's clock runs.

    Parameters
    ----------
    label : str
        What the learner reads: "stake 5,000 TAO into subnet 3".
    values : mapping
        What is set first.
    acts : sequence of str
        Labels of the actions that follow, each a picture of its own.
    """

    label: str
    values: Values = field(default_factory=dict)
    acts: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Which states of a playground a flip-book works out beforehand; all else is fixed.

    Parameters
    ----------
    sliders : sequence of str
        Numbers that move, where they are active.
    at_a_time : int
        How many of them, 1 or 2; the others stay as they are.
    choices : mapping of str to sequence
        Controls of which only some values are offered: of a choice, a switch, or a number.
    openings : sequence of Opening
        Where a clock runs: what may happen before it does.
    clock : str
        Label of the action that the clock does again and again.
    ticks : int
        How often.
    """

    sliders: Sequence[str] = ()
    at_a_time: int = 2
    choices: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    openings: Sequence[Opening] = ()
    clock: str = ""
    ticks: int = 60


@dataclass(frozen=True, kw_only=True)
class Spec(Generic[Result]):
    """Everything that a playground is made of, none of it drawn yet.

    Parameters
    ----------
    name, title : str
    model : callable
        ``model(**values)`` returns what is shown, from the engine.
    controls : sequence of Control
    picture : callable
        ``picture(result, size=...)`` returns a :class:`dtao_edu.figures.Picture`.
    receipt : callable
        ``receipt(result)`` returns rows.
    presets : callable, optional
        ``presets()`` returns starting points; the first is where the playground opens.
    presets_of : callable, optional
        ``presets_of(pools)`` returns starting points from the pools of another day.
    fit : callable, optional
        ``fit(values)`` gives values that suit a new starting point, such as amounts for a pool.
    actions : sequence of Action
    question : Question, optional
    longest : int
        Characters of the longest sentence: so much room is kept, and the page does not jump.
    result_name : str
        What the model's result is called in the copied code.
    code : callable, optional
        ``code(values)`` is the Python expression that does with the engine what the model does.
    imports : sequence of str
        The import lines that the copied code needs.
    grid : Grid, optional
        What a flip-book works out; without it all choices and switches, and the first one or two
        numbers.
    """

    name: str
    title: str
    model: Callable[..., Result]
    controls: Sequence[Control]
    picture: Callable[..., Picture[Result]]
    receipt: Callable[[Result], Sequence[Row]]
    presets: Callable[[], Sequence[Preset]] = tuple
    presets_of: Callable[[Pools], Sequence[Preset]] | None = None
    actions: Sequence[Action[Result]] = ()
    fit: Callable[[Values], Values] = _nothing
    question: Question[Result] | None = None
    longest: int = 200
    result_name: str = "result"
    code: Callable[[Values], str] | None = None
    imports: Sequence[str] = ()
    grid: Grid | None = None

    def preset_named(self, label: str | None, presets: Sequence[Preset]) -> Preset | None:
        """Return the preset with a label; the first one for None.

        Raises
        ------
        InputError
            If no preset has this label.
        """
        if label is None:
            return presets[0] if presets else None
        for preset in presets:
            if preset.label == label:
                return preset
        allowed = "; ".join(preset.label for preset in presets) or "none"
        raise InputError("preset", label, allowed)

    def in_their_words(self, mistake: ValueError) -> str:
        """Say what was refused, with the label that the learner reads beside the control."""
        for control in self.controls:
            if isinstance(mistake, InputError) and mistake.argument == control.name:
                return str(InputError(control.label, mistake.value, mistake.allowed))
        return str(mistake)

    def room(self) -> str:
        """Return what stands unseen behind the sentence, as long as the longest, to keep its room.

        Examples
        --------
        >>> Spec(name="", title="", model=abs, controls=(), picture=abs, receipt=abs,
        ...      longest=30).room()
        'a price of 1,234 TAO and a price'
        """
        words = "a price of 1,234 TAO and "  # as wide as the usual sentence
        return (words * self.longest)[: round(self.longest * BREAKS)].strip()
