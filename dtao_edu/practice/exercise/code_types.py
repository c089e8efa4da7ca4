"""The two question types whose answer is code: a function to write, and an expression to derive."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any, ClassVar, NoReturn

from dtao_edu.practice.checking import sandbox
from dtao_edu.practice.checking.expressions import normal_form, read_expression
from dtao_edu.practice.checking.parse import read_number, read_table
from dtao_edu.practice.checking.record import Answer, Value, floats
from dtao_edu.practice.checking.rejected import Rejected, not_attempted, reject
from dtao_edu.practice.checking.sandbox import Run, explain, run
from dtao_edu.practice.checking.verdict import Outcome
from dtao_edu.practice.exercise.draw import Given
from dtao_edu.practice.exercise.question import (
    SEVERAL,
    Layout,
    QuestionType,
    in_unit,
    with_unit,
)
from dtao_edu.practice.text import brief, show


class _NothingReturned(Rejected):
    """A function that returned None."""


def _written(case: Given, names: Sequence[str]) -> str:
    return ", ".join(f"{name}={brief(case[name], 200)}" for name in names)


@dataclass(frozen=True)
class FunctionQuestion(QuestionType):
    """A function to write, of a number or as many as the right answer has; tried on drawn cases.

    Parameters
    ----------
    function : str
        The function's name in the learner's cell.
    arguments : tuple of str
        Names of given numbers, in the order in which the function takes them.
    count : int
        How many cases are drawn.
    """

    function: str
    arguments: tuple[str, ...]
    count: int = field(default=24, kw_only=True)
    digits: int = field(default=6, kw_only=True)
    minutes: ClassVar[int] = SEVERAL
    coded: ClassVar[bool] = True
    times_itself: ClassVar[bool] = True

    @property
    def cases(self) -> int:
        """As many as are asked for."""
        return self.count

    def flat(self, value: Answer, given: Given) -> list[Value]:
        """One number, or several."""
        return [*floats(value)]

    def inflate(self, part: Sequence[Value], given: Given) -> Answer:
        """One number, or the list of several."""
        return part[0] if len(part) == 1 else list(part)

    def read(self, answer: Answer, layout: Layout) -> tuple[Value, ...]:
        """Call the learner's function on every case, within a time limit."""
        call = self._callable(answer)
        at = 0

        def work() -> list[float]:
            nonlocal at
            values: list[float] = []
            for at, case in enumerate(layout.cases):
                result = call(*(deepcopy(case[name]) for name in self.arguments))
                values += self._result(result, layout.sizes[at])
            return values

        done = run(work, (call,))
        if done.late or done.error is not None:
            self._reject(done, call, f"`{self.function}({self.written(layout.cases[at])})`")
        return tuple(done.value)

    def _callable(self, answer: Answer) -> Callable[..., Any]:
        """Refuse what is not a function, takes other arguments, or was not written yet."""
        if answer is ... or (isinstance(answer, str) and answer.strip() in ("", "...")):
            not_attempted("Write the function in place of the three dots.")
        if not callable(answer):
            reject(
                f"Your answer is {brief(answer)}. Hand in the function itself by its name, "
                f"without calling it: `{self.function}`."
            )
        if _is_empty(answer):
            not_attempted("The function has no body yet: write it in place of the three dots.")
        try:
            signature = inspect.signature(answer)
        except (ValueError, TypeError):  # some builtins have none to look at
            return answer
        try:
            signature.bind(*self.arguments)
        except TypeError:
            reject(
                f"Your function takes `{signature}`. It is called with {len(self.arguments)} "
                f"values: {', '.join(self.arguments)}."
            )
        return answer

    def spelled(self, answer: Answer) -> tuple[str, Callable[[str], Answer]] | None:
        """Return the text of a function that was written with `def`."""
        if not isinstance(answer, FunctionType) or answer.__closure__:
            return None
        try:
            text = textwrap.dedent(inspect.getsource(answer))
        except (OSError, TypeError, SyntaxError):
            return None

        def made(text: str) -> Answer:
            names: dict[str, Answer] = dict(answer.__globals__)
            exec(compile(text, "<reading>", "exec"), names)
            return names[answer.__name__]

        return (text, made) if text.startswith("def ") else None

    def _result(self, result: Any, size: int) -> list[float]:
        """Read what one call returned."""
        if inspect.iscoroutine(result):
            result.close()
            reject("It returned a coroutine: write `def`, not `async def`.")
        if result is None:
            raise _NothingReturned("It returned None. End the function with `return`.")
        if result is ...:
            not_attempted("The function still returns three dots.")
        if size > 1:
            return read_table(result, range(size), [self.unit] * size)
        return [read_number(result, self.unit)]

    def _reject(self, done: Run[list[float]], call: Answer, called: str) -> NoReturn:
        if done.late:
            left = " It cannot be stopped either: restart the kernel." if done.left else ""
            reject(f"{called} did not end within {sandbox.LIMIT:g} seconds.{left}", Outcome.RAISED)
        error = done.error
        assert error is not None
        if not isinstance(error, Rejected):
            reject(f"{explain(error, call)} It was called as {called}.", Outcome.RAISED)
        if error.outcome is Outcome.NOT_ATTEMPTED:
            raise error
        if isinstance(error, _NothingReturned) and done.printed.strip():
            printed = f"It printed {brief(done.printed.strip(), 40)}; that is not returning."
            reject(f"{called} was tried. {error} {printed}", error.outcome)
        reject(f"{called} was tried. {error.of_result}", error.outcome)

    def written(self, case: Given) -> str:
        """Write the arguments of one call."""
        return _written(case, self.arguments)

    def asks(self, given: Given) -> str:
        """Say name and arguments."""
        return (
            f"Write `{self.function}({', '.join(self.arguments)})`, which returns a number"
            f"{in_unit(self.unit)}. It is tried on {self.count} cases."
        )

    def shown(self, part: Sequence[Value], given: Given) -> str:
        """Write one call with what it gives."""
        texts = ", ".join(with_unit(value, self.unit, self.rounding) for value in floats(part))
        return f"`{self.function}({self.written(given)})` gives {texts}"

    def wrong(self, part: Sequence[Value], place: int, given: Given) -> str:
        """Show the first case that fails, with what came."""
        came = ", ".join(show(value, 9) for value in part)
        return (
            f"The first case that fails: `{self.function}({self.written(given)})` returned {came}."
        )

    def stub(self, name: str, numbers: bool) -> str:
        """Write a function that returns three dots."""
        head = f"def {self.function}({', '.join(self.arguments)}):\n    return ...\n\n\n"
        return f'{head}check("{name}", {self.function})'

    def filled(self, name: str, code: str) -> str:
        """Write the solution's function, then the check."""
        return f'{code.strip()}\n\n\ncheck("{name}", {self.function})'

    def result(self, names: Mapping[str, Answer]) -> Answer:
        """Find the function under its name."""
        return names[self.function]


def _is_empty(answer: Answer) -> bool:
    """Tell whether a function does nothing but return None or three dots."""
    code = getattr(answer, "__code__", None)
    idle = (None, ..., getattr(answer, "__doc__", None))
    if code is None or code.co_code not in _EMPTY:
        return False
    return all(any(constant is one for one in idle) for constant in code.co_consts)


def _nothing() -> None: ...


def _dots() -> Any:
    return ...


_EMPTY = {_nothing.__code__.co_code, _dots.__code__.co_code}


@dataclass(frozen=True)
class ExpressionQuestion(QuestionType):
    """An expression to derive; it is compared with the engine at drawn points.

    Parameters
    ----------
    symbols : mapping
        Names of given numbers, each with its short form: ``{"tao_in": "T"}``. Either may be used.
    count : int
        How many points are drawn.
    """

    symbols: Mapping[str, str] = field(hash=False)
    count: int = field(default=8, kw_only=True)
    digits: int = field(default=9, kw_only=True)
    minutes: ClassVar[int] = SEVERAL
    coded: ClassVar[bool] = True
    not_in_time: ClassVar[str] = "Your expression cannot be evaluated at ordinary points in time."

    @property
    def cases(self) -> int:
        """One case a point."""
        return self.count

    def read(self, answer: Answer, layout: Layout) -> tuple[Value, ...]:
        """Evaluate the learner's expression at every point."""
        value = read_expression(answer, self.symbols)
        return tuple(value({name: case[name] for name in self.symbols}) for case in layout.cases)

    def normal_form(self, answer: Answer) -> str:
        """Return the expression in one form, on one line."""
        return normal_form(answer)

    def spelled(self, answer: Answer) -> tuple[str, Callable[[str], Answer]] | None:
        """Return an expression in quotes."""
        return (answer.strip().replace("^", "**"), str) if isinstance(answer, str) else None

    def asks(self, given: Given) -> str:
        """Name the symbols."""
        names = ", ".join(f"`{name}` (or `{short}`)" for name, short in self.symbols.items())
        return (
            f"Give a SymPy expression, or a text in quotes, in {names}. "
            "How it is written does not matter."
        )

    def shown(self, part: Sequence[Value], given: Given) -> str:
        """Write the value at one point."""
        return f"at {_written(given, list(self.symbols))} its value is {show(part[0], 9)}"

    def wrong(self, part: Sequence[Value], place: int, given: Given) -> str:
        """Show the first point that fails, with what came."""
        at = _written(given, list(self.symbols))
        came = show(part[0], 9)
        if came in ("nan", "inf", "-inf"):
            return f"At {at} your expression has no value among the real numbers."
        return f"The first point that fails: at {at} your expression is {came}."

    def stub(self, name: str, numbers: bool) -> str:
        """Make the symbols, and leave three dots."""
        names = list(self.symbols)
        made = f'{", ".join(names)} = sympy.symbols("{" ".join(names)}", positive=True)'
        return f'{made}\nanswer = ...\ncheck("{name}", answer)'

    def filled(self, name: str, code: str) -> str:
        """Make the symbols, then the solution and the check."""
        return self.stub(name, False).replace("answer = ...", code.strip())
