"""An exercise as data, a wrong idea as data, and the task: an exercise with its numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from dtao_edu.practice.checking.judge import Candidate, candidates, nearest_pair
from dtao_edu.practice.checking.record import Answer, Value
from dtao_edu.practice.exercise.draw import Draw, Given, Text, fill
from dtao_edu.practice.exercise.question import Layout, QuestionType
from dtao_edu.practice.exercise.question_types import ChoiceQuestion

_TRIES = 300  # sub-seeds tried until all values stand apart


@dataclass(frozen=True)
class Misconception:
    """A wrong idea: its name, what someone with it would answer, and what to say to them.

    Parameters
    ----------
    name : str
        What was done, as ``"the spot price for the whole trade"``. It completes "a known wrong
        idea:".
    value : callable
        From the given numbers to what this idea answers, in the form the exercise asks for; the
        key of an option for a choice.
    message : callable
        From the given numbers and the learner's answer to the sentences: a consequence in these
        numbers that can be checked in the pool, the vote or the books, without the right answer.
    later : bool
        Added after numbers were given out (:meth:`added`).

    Examples
    --------
    >>> one = Misconception("one for one", lambda g: g.tao, lambda g, answer: f"{answer} alpha")
    >>> one.value(Given(tao=5)), one.message(Given(tao=5), 5)
    (5, '5 alpha')
    """

    name: str
    value: Callable[[Given], Answer]
    message: Callable[[Given, Any], str]
    later: bool = False

    def but(
        self,
        value: Callable[[Given], Answer] | None = None,
        message: Callable[[Given, Any], str] | None = None,
    ) -> Misconception:
        """Return the same idea where something else is asked: same name, other value or words."""
        return replace(self, value=value or self.value, message=message or self.message)

    def added(self) -> Misconception:
        """Return the same misconception, added after numbers were given out.

        No numbers are drawn again for it: where it cannot be told apart, it is not named.
        """
        return replace(self, later=True)


@dataclass(frozen=True, eq=False)
class Exercise:
    """One exercise, all of it data.

    Parameters
    ----------
    id : str
        Lesson and number, as ``"05.2"``.
    title : str
        A few words.
    question : QuestionType
        What is asked: one of the question types.
    objective : str
        Completes "Afterwards you can".
    needs : tuple of str
        The ideas it needs, in words of the glossary, none taught later.
    text : str or callable
        The question, with places in braces for the given numbers.
    right : callable, optional
        From the given numbers to the right answer, by a call of the engine. A choice has none:
        its options know whether they hold.
    misconceptions : tuple of Misconception
        At least one; of a choice, those that its options name, if left out.
    hints : tuple of str or callable
        At least two, step by step, without the answer.
    solution : str or callable
        The derivation; ``{answer}`` is the answer in the learner's numbers.
    code : str
        The worked solution as Python: it ends with ``answer = ...``, or defines the function. The
        given numbers are in `g`, the names of the face are at hand.
    further : str or callable
        One sentence for who is right.
    draw : callable, optional
        From a :class:`Draw` to a dict of given numbers.
    consequence : callable, optional
        From the given numbers and a wrong answer that is no known idea to a sentence with what
        would follow from it.
    why : bool
        It asks why, or what would change.
    real : bool
        It stands on figures of the public ledger.
    labels : tuple of str
        Given numbers that say which one is meant, such as a netuid under another name; nobody
        reckons with them.
    version : int
        Raised whenever its numbers or its meaning change: answers name the version they are for.
    earlier : tuple of Exercise
        Its earlier versions, which are still judged.
    """

    id: str
    title: str
    question: QuestionType
    objective: str
    needs: tuple[str, ...]
    text: Text
    hints: tuple[Text, ...]
    solution: Text
    code: str
    further: Text
    misconceptions: tuple[Misconception, ...] = ()
    right: Callable[[Given], Answer] | None = None
    draw: Callable[[Draw], Mapping[str, Answer]] = field(default=lambda draw: {})
    consequence: Callable[[Given, Any], str] | None = None
    why: bool = False
    real: bool = False
    labels: tuple[str, ...] = ()
    version: int = 1
    earlier: tuple[Exercise, ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.question, ChoiceQuestion) and not self.misconceptions:
            object.__setattr__(self, "misconceptions", tuple(_named_by_options(self.question)))
        checks = (
            ("id", re.fullmatch(r"\d\d\.\d{1,2}", self.id), "lesson and number, as '05.2'"),
            (
                "earlier",
                [one.version for one in self.earlier] == list(range(1, self.version)),
                "every earlier version, in order",
            ),
            ("objective", self.objective.strip(), "a text"),
            ("needs", self.needs and not isinstance(self.needs, str), "a tuple with one idea"),
            ("misconceptions", self.misconceptions, "at least one wrong idea"),
            ("hints", len(self.hints) >= 2 and not isinstance(self.hints, str), "two or more"),
            ("code", self.code.strip(), "the worked solution as Python"),
            (
                "right",
                (self.right is None) == isinstance(self.question, ChoiceQuestion),
                "a call of the engine; none for a choice, whose options know whether they hold",
            ),
        )
        for name, sound, allowed in checks:
            if not sound:
                value = getattr(self, name)
                raise ValueError(f"{name} of {self.id} is {value!r}; allowed: {allowed}.")

    def renewed(self, **changes: Any) -> Exercise:
        """Return the next version, of other numbers or meaning; this one is still judged."""
        version = self.version + 1
        return replace(self, version=version, earlier=(*self.earlier, self), **changes)

    @property
    def minutes(self) -> int:
        """An estimate for someone who has read the lesson, by the type of question alone."""
        return self.question.minutes

    @property
    def lesson(self) -> str:
        """The lesson's two digits."""
        return self.id[:2]


@dataclass(frozen=True, eq=False)
class Task:
    """An exercise with its numbers: what one learner has in front of them."""

    exercise: Exercise
    seed: str  # the name the learner sat down under, or ``"practice"``
    layout: Layout  # the drawn numbers: one case for a number, many for a function or an expression
    values: tuple[Value, ...]  # the right answer, flat: one entry a number, case by case
    misconceptions: tuple[tuple[Value, ...], ...]  # what each of them gives, flat
    # All values that mean something, in the order of trial; empty for choices and orders.
    candidates: tuple[Candidate, ...]

    @property
    def question(self) -> QuestionType:
        """What is asked."""
        return self.exercise.question

    @property
    def given(self) -> Given:
        """The numbers of the text."""
        return self.layout.cases[0]

    @property
    def answer(self) -> str:
        """The right answer, written."""
        return self.question.shown(self.layout.part(self.values, 0), self.given)

    def fill(self, text: Text) -> str:
        """Put the learner's numbers into a text of the exercise."""
        return fill(text, self.given.fresh(), answer=self.answer)

    def text(self) -> str:
        """Write the question in the learner's numbers, with the form of answer asked."""
        return f"{self.fill(self.exercise.text)}\n\n{self.question.asks(self.given)}"


def _named_by_options(question: ChoiceQuestion) -> Iterator[Misconception]:
    for key, option in question.options.items():
        if option.message:
            yield Misconception(option.misconception, _always(key), option.message)


def _always(key: str) -> Callable[[Given], str]:
    return lambda g: key


class TooNear(Exception):  # noqa: N818 - it asks for another draw
    """Two values of an exercise that mean different things cannot be told apart."""


@lru_cache(maxsize=2048)
def task(exercise: Exercise, seed: str) -> Task:
    """Draw the numbers of an exercise for a seed.

    Sub-seeds are tried in turn until any two values that mean different things, right or wrong,
    stand at least twenty steps of the rounding apart.

    Raises
    ------
    ValueError
        If no drawn numbers keep the values apart: the exercise is at fault.
    """
    fault = ""
    version = f"/version {exercise.version}" if exercise.version > 1 else ""
    for number in range(_TRIES):
        try:
            return _drawn(exercise, seed, f"{seed}/{exercise.id}{version}/{number}")
        except TooNear as near:
            fault = str(near)
    raise ValueError(f"Exercise {exercise.id} found no numbers that keep its values apart: {fault}")


def _drawn(exercise: Exercise, seed: str, sub_seed: str) -> Task:
    question = exercise.question
    draws = [Draw(f"{sub_seed}/{n}" if n else sub_seed, seed) for n in range(question.cases)]
    cases = tuple(Given(**exercise.draw(draw)) for draw in draws)
    question = question.prepared(draws[0], cases[0])
    exercise = replace(exercise, question=question)

    def flat(call: Callable[[Given], Any]) -> list[list[Any]]:
        return [question.flat(call(case.fresh()), case) for case in cases]

    right = flat(lambda case: question.right(exercise.right, case))
    layout = Layout(cases, tuple(map(len, right)))
    values = tuple(entry for part in right for entry in part)
    misconceptions = tuple(
        tuple(entry for part in flat(misconception.value) for entry in part)
        for misconception in exercise.misconceptions
    )
    if not question.numeric:
        _keep_different(exercise, [values, *misconceptions])
        return Task(exercise, seed, layout, values, misconceptions, ())
    units = {unit for case in cases[:1] for unit in question.units(case)}
    found = tuple(candidates(values, misconceptions, question.rounding, units))
    later = [place for place, one in enumerate(exercise.misconceptions) if one.later]
    found = tuple(
        one
        for one in found
        if one.misconception not in later
        or all(one is other or one.apart(other) for other in found)
    )
    if sum(one.factor is None for one in found) < 1 + len(misconceptions) - len(later):
        raise TooNear("a value is not finite.")
    pair = nearest_pair(found)
    if pair:
        same = list(pair[0].values) == list(pair[1].values)
        how = "give the same number" if same else "are too near"
        raise TooNear(f"{' and '.join(_named(exercise, one) for one in pair)} {how}.")
    return Task(exercise, seed, layout, values, misconceptions, found)


def _named(exercise: Exercise, one: Candidate) -> str:
    name = (
        exercise.misconceptions[one.misconception].name
        if one.misconception >= 0
        else "the right answer"
    )
    return f"'{name}'" + (f" times '{one.factor.name}'" if one.factor else "")


def _keep_different(exercise: Exercise, answers: Sequence[tuple[Any, ...]]) -> None:
    names = ["the right answer", *(misconception.name for misconception in exercise.misconceptions)]
    seen: dict[tuple[Any, ...], str] = {}
    for name, entry in zip(names, answers, strict=True):
        if entry in seen:
            raise TooNear(f"'{name}' and '{seen[entry]}' give the same answer.")
        seen[entry] = name
    turned = tuple(reversed(answers[0]))
    if exercise.question.reverses and turned in seen:
        raise TooNear(f"'{seen[turned]}' is the right order turned round.")
