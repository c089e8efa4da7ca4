"""The question types whose answer is data: numbers, tables, orders, choices and guesses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, NamedTuple, cast

from dtao_edu.practice.checking.parse import read_choice, read_number, read_order, read_table
from dtao_edu.practice.checking.record import Answer, Value, floats
from dtao_edu.practice.exercise.draw import Draw, Given, Text, fill
from dtao_edu.practice.exercise.question import (
    QUICK,
    SEVERAL,
    Layout,
    QuestionType,
    in_unit,
    with_unit,
)
from dtao_edu.practice.text import show

Labels = Sequence[Value] | Callable[[Given], Sequence[Value]]


def _labels(labels: Labels, given: Given) -> list[str]:
    return [str(label) for label in (labels(given) if callable(labels) else labels)]


@dataclass(frozen=True)
class NumberQuestion(QuestionType):
    """One number, of the unit named first."""

    unit: str = ""

    def read(self, answer: Answer, layout: Layout) -> tuple[Value, ...]:
        """Read one number."""
        return (read_number(answer, self.unit),)

    def asks(self, given: Given) -> str:
        """Say unit and rounding."""
        return f"Give a number{in_unit(self.unit)}, to {self.rounding}."

    def shown(self, part: Sequence[Value], given: Given) -> str:
        """Write the number with its unit."""
        return with_unit(float(part[0]), self.unit, self.rounding)

    def wrong(self, part: Sequence[Value], place: int, given: Given) -> str:
        """Repeat the number."""
        number = f"{show(part[0], 9)} {'' if self.unit == 'share' else self.unit}".strip()
        return f"{number} is not it, and it is none of the mistakes known here."


@dataclass(frozen=True)
class PredictionQuestion(NumberQuestion):
    """A number that is guessed before it is computed; the first guess is kept, then it is shown."""

    digits: int = field(default=3, kw_only=True)
    minutes: ClassVar[int] = QUICK
    reveals: ClassVar[bool] = True

    def asks(self, given: Given) -> str:
        """Ask for a guess."""
        return f"Predict, without computing: give a number{in_unit(self.unit)}. Then see."


@dataclass(frozen=True)
class TableQuestion(QuestionType):
    """A number for each of several names.

    Parameters
    ----------
    rows : sequence, or callable
        The names of the rows, or a function of the given numbers that lists them. The right
        answer and the ideas give a dict by row, or a sequence in the order of the rows.
    units_by_row : tuple of str
        One a row, where they differ.
    """

    rows: Labels = ()
    units_by_row: tuple[str, ...] = ()
    minutes: ClassVar[int] = SEVERAL

    def names(self, given: Given) -> list[str]:
        """The names of the rows."""
        return _labels(self.rows, given)

    def units(self, given: Given) -> list[str]:
        """One unit for each row."""
        return [*self.units_by_row] or [self.unit] * len(self.names(given))

    def flat(self, value: Answer, given: Given) -> list[Value]:
        """Row by row."""
        names = self.names(given)
        if isinstance(value, Mapping):
            by_name = {str(key): cell for key, cell in value.items()}
            value = [by_name[name] for name in names]
        cells = floats(value)
        if len(cells) != len(names):
            raise ValueError(f"A table of {len(names)} rows is due; it came as {value!r}.")
        return [*cells]

    def inflate(self, part: Sequence[Value], given: Given) -> Answer:
        """Return the table as a dict by row."""
        return dict(zip(self.names(given), part, strict=True))

    def read(self, answer: Answer, layout: Layout) -> tuple[Value, ...]:
        """Read a dict, a list, an array, a Series or a DataFrame."""
        given = layout.cases[0]
        return tuple(read_table(answer, self.names(given), self.units(given)))

    def asks(self, given: Given) -> str:
        """Name rows, units and rounding."""
        names, units = self.names(given), self.units(given)
        inside = ", ".join(f'"{name}": ...' for name in names)
        if len(set(units)) == 1:
            told = in_unit(units[0])
        else:
            pairs = zip(names, units, strict=True)
            told = f" ({', '.join(f'{name}{in_unit(unit)}' for name, unit in pairs if unit)})"
        return f"Give `{{{inside}}}`, each a number{told}, to {self.rounding}. A list will do."

    def shown(self, part: Sequence[Value], given: Given) -> str:
        """Write the table on one line."""
        rows = zip(self.names(given), floats(part), self.units(given), strict=True)
        return "; ".join(f"{a}: {with_unit(value, unit, self.rounding)}" for a, value, unit in rows)

    def wrong(self, part: Sequence[Value], place: int, given: Given) -> str:
        """Name the first entry that fails."""
        name = self.names(given)[place]
        return f"The first entry that fails is {name}: {show(part[place], 9)} is not it."


class Option(NamedTuple):
    """One option of a choice: what it claims, whether the engine bears it out, and who takes it.

    Attributes
    ----------
    text : str or callable
        With places for the given numbers.
    holds : callable
        From the given numbers to True or False, by asking the engine.
    misconception : str
        The name of the misconception of whoever takes it; empty where it is always right, or where
        which one leads here hangs on the numbers.
    message : callable, optional
        What is said to them, as of a misconception.
    """

    text: Text
    holds: Callable[[Given], bool]
    misconception: str = ""
    message: Callable[[Given, str], str] | None = None


@dataclass(frozen=True)
class ChoiceQuestion(QuestionType):
    """One of several claims; the engine says which one holds.

    Parameters
    ----------
    options : mapping
        Key to :class:`Option`; for any drawn numbers exactly one holds. Every other option names
        its misconception, or the exercise has one whose value is the option's key.
    """

    options: Mapping[str, Option]
    order: tuple[str, ...] = ()
    minutes: ClassVar[int] = QUICK
    numeric: ClassVar[bool] = False

    def prepared(self, draw: Draw, given: Given) -> QuestionType:
        """Draw which letter each option gets."""
        return replace(self, order=tuple(draw.shuffle(list(self.options))))

    def right(self, call: Callable[[Given], Answer] | None, given: Given) -> Answer:
        """Ask each option whether it holds."""
        true = [key for key, option in self.options.items() if option.holds(given)]
        if len(true) != 1:
            raise ValueError(f"Exactly one option must hold; here {len(true)} do: {true}.")
        return true[0]

    def flat(self, value: Answer, given: Given) -> list[Value]:
        """Return the key alone, one of the options'."""
        if value not in self.options:
            raise ValueError(f"{value!r} is none of the options {list(self.options)}.")
        return [str(value)]

    def letters(self, given: Given) -> dict[str, str]:
        """Return each letter with the text of its option."""
        texts = (fill(self.options[key].text, given) for key in self.order)
        return dict(zip("abcdefgh", texts, strict=False))

    def read(self, answer: Answer, layout: Layout) -> tuple[Value, ...]:
        """Read a letter."""
        letter = read_choice(answer, self.letters(layout.cases[0]))
        return (self.order["abcdefgh".index(letter)],)

    def asks(self, given: Given) -> str:
        """List the options."""
        lines = "\n".join(f"- {letter}) {text}" for letter, text in self.letters(given).items())
        return f"{lines}\n\nGive the letter, in quotes."

    def shown(self, part: Sequence[Value], given: Given) -> str:
        """Write letter and text."""
        letter = "abcdefgh"[self.order.index(part[0])]
        return f"{letter}) {self.letters(given)[letter]}"

    def wrong(self, part: Sequence[Value], place: int, given: Given) -> str:
        """Name the option; this is said only where it has no idea of its own."""
        return f"{self.shown(part, given)} That does not hold."


def choice(**options: Option) -> ChoiceQuestion:
    """Return a choice between options, each under its key."""
    return ChoiceQuestion(options)


@dataclass(frozen=True)
class OrderQuestion(QuestionType):
    """An order of several names.

    Parameters
    ----------
    items : sequence, or callable
        The names, or a function of the given numbers that lists them. The right answer and the
        ideas give the same names in their order.
    first : str
        What stands first, as ``"the least slippage"``.
    """

    items: Labels = ()
    first: str = "the smallest"
    numeric: ClassVar[bool] = False
    reverses: ClassVar[bool] = True

    def names(self, given: Given) -> list[str]:
        """The names to be put in order."""
        return _labels(self.items, given)

    def flat(self, value: Answer, given: Given) -> list[Value]:
        """Return the names in their order."""
        names = [str(item) for item in cast(Iterable[Answer], value)]
        if sorted(names) != sorted(self.names(given)):
            raise ValueError(f"{names} is no order of {self.names(given)}.")
        return [*names]

    def inflate(self, part: Sequence[Value], given: Given) -> Answer:
        """Return the names as a list."""
        return list(part)

    def read(self, answer: Answer, layout: Layout) -> tuple[Value, ...]:
        """Read a list, or a text."""
        return read_order(answer, self.names(layout.cases[0]))

    def asks(self, given: Given) -> str:
        """Name the items."""
        return f"Give a list of {', '.join(self.names(given))}, {self.first} first."

    def shown(self, part: Sequence[Value], given: Given) -> str:
        """Write the order."""
        return ", ".join(map(str, part))

    def wrong(self, part: Sequence[Value], place: int, given: Given) -> str:
        """Name the first place that fails."""
        return f"The first place that fails is number {place + 1}: {part[place]} is not it."
