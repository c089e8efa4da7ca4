"""What all question types share, and the flat form in which answers are judged.

Every question type turns right answers, misconceptions and learners' answers into the same flat
form, so that one judge serves them all: a number is a table of one entry, a function is a table of
its values over many cases, an expression is a function whose cases are points.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from dtao_edu.practice.checking.judge import Rounding
from dtao_edu.practice.checking.record import Answer, Value, floats
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.text import show

QUICK, ONE, SEVERAL = 3, 5, 6
"""Estimated minutes of an exercise; a question type takes one of them."""

EXERCISE_RATE = (
    f"An exercise: {QUICK} for a choice or a prediction, {ONE} for a number or an order, "
    f"{SEVERAL} for a table or code."
)
"""The one rate by which minutes of exercises are estimated, in words."""


class Layout(NamedTuple):
    """The cases of a task, and how many entries each has in flat form."""

    cases: tuple[Given, ...]
    sizes: tuple[int, ...]

    def part(self, values: Sequence[Value], case: int) -> list[Value]:
        """Cut the entries of one case out of the flat form."""
        start = sum(self.sizes[:case])
        return list(values[start : start + self.sizes[case]])

    def find(self, place: int) -> tuple[int, int]:
        """Return the case of an entry, and the entry's place within it."""
        case = 0
        while place >= self.sizes[case]:
            place -= self.sizes[case]
            case += 1
        return case, place


@dataclass(frozen=True, kw_only=True)
class QuestionType:
    """What all question types share.

    Parameters
    ----------
    unit : str
        ``"TAO"``, ``"alpha"``, ``"TAO per alpha"``, ``"%"``, ``"share"``, ...; it decides which
        slips of unit are looked for.
    digits : int
        Significant digits that must agree.
    decimals : int, optional
        Decimals asked, instead of significant digits.

    Attributes
    ----------
    minutes : an estimate of how long an exercise takes.
    numeric : whether the judge compares numbers; else labels, which have no unit and no digits.
    reveals : whether the answer is shown after the first guess.
    reverses : whether the answer may be right but turned round.
    coded : whether the answer is code, which no receipt carries.
    times_itself : whether reading an answer keeps a time limit of its own.
    not_in_time : what is said of an answer that takes too long to read; empty for the usual.
    """

    unit: str = ""
    digits: int = 4
    decimals: int | None = None

    minutes: ClassVar[int] = ONE
    numeric: ClassVar[bool] = True
    coded: ClassVar[bool] = False
    reveals: ClassVar[bool] = False
    reverses: ClassVar[bool] = False
    times_itself: ClassVar[bool] = False
    not_in_time: ClassVar[str] = ""

    @property
    def name(self) -> str:
        """The question type in one word."""
        return type(self).__name__.removesuffix("Question")

    @property
    def cases(self) -> int:
        """How many sets of numbers are drawn."""
        return 1

    @property
    def rounding(self) -> Rounding:
        """How exactly is asked."""
        return Rounding(self.digits, self.decimals)

    def prepared(self, draw: Draw, given: Given) -> QuestionType:
        """Return the question type with what it draws itself, such as the order of options."""
        return self

    def right(self, call: Callable[[Given], Answer] | None, given: Given) -> Answer:
        """Ask the engine."""
        assert call is not None
        return call(given)

    def units(self, given: Given) -> list[str]:
        """One unit for each entry of a case."""
        return [self.unit]

    def flat(self, value: Answer, given: Given) -> list[Value]:
        """Turn what the engine or an idea gives for one case into a list of entries."""
        return [*floats(value)]

    def inflate(self, part: Sequence[Value], given: Given) -> Answer:
        """Turn the entries of one case back into the form in which ideas are written."""
        return part[0]

    def read(self, answer: Answer, layout: Layout) -> tuple[Value, ...]:
        """Read a learner's answer into flat form, or refuse it."""
        raise NotImplementedError

    def normal_form(self, answer: Answer) -> str:
        """Return an answer that is an expression in one form; empty for all else."""
        return ""

    def spelled(self, answer: Answer) -> tuple[str, Callable[[str], Answer]] | None:
        """Return an answer's own text, and what makes an answer of a text; None if it has none."""
        return None

    def asks(self, given: Given) -> str:
        """Say what form of answer is asked."""
        raise NotImplementedError

    def shown(self, part: Sequence[Value], given: Given) -> str:
        """Write an answer to one case."""
        raise NotImplementedError

    def wrong(self, part: Sequence[Value], place: int, given: Given) -> str:
        """Say what came where it went wrong, without what was expected.

        Parameters
        ----------
        part : sequence
            The answer to one case, flat.
        place : int
            The first entry of it that fails.
        given : Given
            The numbers of the case.
        """
        raise NotImplementedError

    def stub(self, name: str, numbers: bool) -> str:
        """Write the learner's cell as it is before any answer."""
        first = f'g = given("{name}")\n' if numbers else ""
        return f'{first}answer = ...\ncheck("{name}", answer)'

    def filled(self, name: str, code: str) -> str:
        """Write the learner's cell with a solution in it."""
        first = f'g = given("{name}")\n' if "g." in code or "g[" in code else ""
        return f'{first}{code.strip()}\ncheck("{name}", answer)'

    def result(self, names: Mapping[str, Answer]) -> Answer:
        """Find the answer among the names that the solution's code leaves."""
        return names["answer"]


def with_unit(value: float, unit: str, rounding: Rounding) -> str:
    """Write a number to the digits asked, with its unit.

    Parameters
    ----------
    value : float
    unit : str
        Left out where it is a share.
    rounding : Rounding
        How exactly is asked.

    Examples
    --------
    >>> with_unit(1234.5678, "TAO", Rounding(5)), with_unit(12.3456, "%", Rounding(decimals=2))
    ('1,234.6 TAO', '12.35 %')
    """
    if rounding.decimals is None:
        number = show(value, rounding.digits)
    else:
        number = f"{value:,.{rounding.decimals}f}"
    return f"{number} {'' if unit == 'share' else unit}".strip()


def in_unit(unit: str) -> str:
    """Write the unit as the end of "Give a number"."""
    return {"": "", "share": " from 0 to 1", "%": " in percent"}.get(unit, f" in {unit}")
