"""From an answer to a verdict: reads it, asks the judge, and finds the words."""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Mapping, Sequence
from typing import cast

from dtao_edu.practice import bank
from dtao_edu.practice.checking.judge import Match, close_sentence, judge
from dtao_edu.practice.checking.record import Answer, Value, floats
from dtao_edu.practice.checking.rejected import Rejected, reject, reject_answer
from dtao_edu.practice.checking.sandbox import run
from dtao_edu.practice.checking.verdict import Outcome, Verdict
from dtao_edu.practice.exercise.exercise import Task
from dtao_edu.practice.exercise.exercise import task as draw_task
from dtao_edu.practice.predictions import compare
from dtao_edu.practice.seats import read_seat
from dtao_edu.practice.slips.match import explain, sentence
from dtao_edu.practice.slips.misread import misread

_OPEN = (Outcome.WRONG, Outcome.CLOSE, Outcome.SLIP)  # no known idea
_COMMA = "A comma was read as one between thousands. Write a point for the decimals."
_POINT = "A point was read as the one before decimals. Write thousands without it."
_TURNED = "It is the right order turned round: you began at the other end."


def assess(task: Task, answer: Answer) -> Verdict:
    """Judge an answer to a task. Nothing is recorded, and nothing is raised."""
    name = task.exercise.id
    try:
        values = _read(task, answer)
    except Rejected as refused:
        return Verdict(name, refused.outcome, str(refused), expected=task.answer)
    except Exception as error:  # a class of the learner's that fails when it is looked at
        text = f"Your answer is of kind {type(answer).__name__}, which cannot be read: "
        text += f"it raises {type(error).__name__}."
        return Verdict(name, Outcome.UNREADABLE, text, expected=task.answer)
    verdict = assess_values(task, values)
    if verdict.outcome in _OPEN and _is_plain(answer) and task.question.numeric:
        for meant, text in ((_with_points(answer), _COMMA), (_without_points(answer), _POINT)):
            if meant != answer and is_right(task, _read(task, meant)):
                return Verdict(name, Outcome.UNREADABLE, text, expected=task.answer)
    if task.question.coded and verdict.outcome in _OPEN:
        mistake = misread(task, answer, lambda others: is_right(task, others))
        if mistake:
            return _verdict(task, values, _match(task, values), [mistake])
    return verdict


def assess_values(task: Task, values: tuple[Value, ...]) -> Verdict:
    """Judge an answer that was read already: its values, flat, as many as the right answer has."""
    match = _match(task, values)
    slips: list[str] = []
    if match.outcome in _OPEN and not task.question.reveals:
        slips = explain(task, values)
    return _verdict(task, values, match, slips)


def _match(task: Task, values: Sequence[Value]) -> Match:
    if task.question.numeric:
        return judge(list(map(float, values)), task.candidates, task.question.rounding)
    return _judge_labels(task, tuple(values))


def _verdict(task: Task, values: tuple[Value, ...], match: Match, slips: Sequence[str]) -> Verdict:
    known = task.exercise.misconceptions
    verdict = Verdict(
        task.exercise.id,
        Outcome.SLIP if slips else match.outcome,
        _asked_after(task, values, match, slips) if slips else _words(task, values, match),
        slips=tuple(slips),
        misconception=known[match.misconception].name if match.misconception >= 0 else "",
        expected=_expected(task, match),
        values=values,
    )
    return _revealed(task, values, verdict) if task.question.reveals else verdict


def is_right(task: Task, values: Sequence[Value]) -> bool:
    """Tell whether the values of an answer with numbers are right; no more is looked for."""
    numbers = list(map(float, values))
    return judge(numbers, task.candidates[:1], task.question.rounding).outcome is Outcome.RIGHT


def judge_values(
    exercise: str, seat: str, values: Sequence[Value | None], version: int | None = None
) -> Verdict:
    """Judge the values of an answer for a seat. No code of a learner runs, nothing is recorded.

    Parameters
    ----------
    exercise : str
        As ``"05.2"``.
    seat : str
        Whose numbers count.
    values : sequence of float, str or None
        As a record of `check` holds them; None where an expression had no value.
    version : int, optional
        Of the exercise; the present one if left out.

    Returns
    -------
    Verdict
        An outcome of ``Outcome.UNREADABLE`` if the values have another form than is asked for.

    Raises
    ------
    InputError
        If there is no such exercise or version, or the seat is no name.

    Examples
    --------
    >>> judge_values("05.1", "student-17", [1.0]).outcome.value
    'wrong'
    >>> judge_values("05.1", "student-17", ["b"]).text
    'Values of another form are asked for: 1 number.'
    """
    one = draw_task(bank.find(exercise, version), read_seat(seat))
    read = tuple(math.nan if value is None else value for value in values)
    numbers = all(isinstance(value, int | float) for value in read)
    if one.question.numeric:
        sound = numbers
    else:
        allowed = {*one.values, *(v for entry in one.misconceptions for v in entry)}
        sound = set(read) <= allowed
    if not sound or len(read) != len(one.values):
        what = "number" if one.question.numeric else "name"
        many = f"{len(one.values)} {what}{'s' * (len(one.values) != 1)}"
        return Verdict(
            one.exercise.id, Outcome.UNREADABLE, f"Values of another form are asked for: {many}."
        )
    return assess_values(one, read)


def _with_points(answer: Answer) -> Answer:
    """Read a comma before three digits, as in "6,542", as the point of a decimal number."""
    return _rewritten(answer, r"[-+\u2212]?\d{1,3},\d{3}(?![\d,.])", ",", ".")


def _without_points(answer: Answer) -> Answer:
    """Read points before three digits, as in "98.076", as those between thousands."""
    return _rewritten(answer, r"[-+\u2212]?\d{1,3}(?:\.\d{3})+(?![\d,.])", ".", "")


def _rewritten(answer: Answer, numeral: str, old: str, new: str) -> Answer:
    if isinstance(answer, str):
        found = re.match(numeral, answer.strip())
        return answer.replace(old, new) if found else answer
    if isinstance(answer, Mapping):
        return {key: _rewritten(value, numeral, old, new) for key, value in answer.items()}
    if isinstance(answer, list | tuple):
        return [_rewritten(value, numeral, old, new) for value in answer]
    return answer


def _is_plain(answer: Answer, depth: int = 3) -> bool:
    """Tell whether an answer is made of Python's own numbers and texts, read in no time."""
    if answer is None or answer is ... or type(answer) in (int, float, bool, str):
        return True
    if type(answer) in (list, tuple) and depth:
        return all(_is_plain(part, depth - 1) for part in cast(list[Answer], answer))
    if type(answer) is dict and depth:
        return all(_is_plain(key, 0) and _is_plain(answer[key], depth - 1) for key in answer)
    return False


def _read(task: Task, answer: Answer) -> tuple[Value, ...]:
    """Read an answer within the time limit; a function is called within one of its own."""
    question = task.question
    if _is_plain(answer) or question.times_itself:
        return question.read(answer, task.layout)
    done = run(lambda: question.read(answer, task.layout))
    if isinstance(done.error, Rejected):
        raise done.error
    if question.not_in_time and (done.late or done.error is not None):
        reject(question.not_in_time)
    if done.late:
        reject_answer(f"of kind {type(answer).__name__}, which takes too long to read.")
    if done.error is not None:
        raise done.error
    return tuple(done.value)


def _judge_labels(task: Task, values: tuple[Value, ...]) -> Match:
    """Compare orders and choices, which are equal or not."""
    if values == task.values:
        return Match(Outcome.RIGHT)
    if task.question.reverses and values == task.values[::-1]:
        return Match(Outcome.FACTOR)
    if values in task.misconceptions:
        return Match(Outcome.MISCONCEPTION, task.misconceptions.index(values))
    pairs = zip(values, task.values, strict=True)
    return Match(Outcome.WRONG, place=next(n for n, (a, b) in enumerate(pairs) if a != b))


def _words(task: Task, values: Sequence[Value], finding: Match) -> str:
    exercise, question, layout = task.exercise, task.question, task.layout
    if finding.outcome is Outcome.RIGHT:
        return task.fill(exercise.further)
    if finding.outcome is Outcome.CLOSE:
        return close_sentence(question.rounding)
    if finding.outcome is Outcome.FACTOR:
        return finding.factor.sentence if finding.factor else _TURNED
    if finding.outcome is Outcome.WRONG:
        case, place = layout.find(finding.place)
        part, given = layout.part(values, case), layout.cases[case]
        text = question.wrong(part, place, given)
        if exercise.consequence:
            # Of nothing, or of more than there is, some consequences cannot be worked out.
            with contextlib.suppress(ArithmeticError, ValueError):
                text += " " + exercise.consequence(given.fresh(), question.inflate(part, given))
        return f"{text}\n\n{_next(task)}"
    case = _telling_case(task, finding.misconception)
    given = layout.cases[case]
    # Times a factor the learner's number would tell a strange story: the idea's own is told.
    told = task.misconceptions[finding.misconception] if finding.factor else values
    text = exercise.misconceptions[finding.misconception].message(
        given.fresh(), question.inflate(layout.part(told, case), given)
    )
    return f"{text}\n\n{finding.factor.sentence} That comes on top." if finding.factor else text


def _asked_after(task: Task, values: Sequence[Value], match: Match, slips: Sequence[str]) -> str:
    """Name the place that fails, where there are several, and ask after the slips."""
    case, place = task.layout.find(match.place)
    part = task.layout.part(values, case)
    first = (
        "" if len(task.values) == 1 else task.question.wrong(part, place, task.layout.cases[case])
    )
    return "\n\n".join(filter(None, (first, sentence(slips), _next(task))))


def _next(task: Task) -> str:
    return f'Next: `hint("{task.exercise.id}")`.'


def _telling_case(task: Task, misconception: int) -> int:
    """Find the case in which an idea goes furthest astray, so that its consequence is plain."""
    if len(task.layout.cases) == 1:
        return 0

    def astray(case: int) -> float:
        right = floats(task.layout.part(task.values, case))
        wrong = floats(task.layout.part(task.misconceptions[misconception], case))
        pairs = zip(right, wrong, strict=True)
        return max(abs(a - b) / (abs(a) + abs(b) or 1) for a, b in pairs)

    return max(range(len(task.layout.cases)), key=astray)


def _expected(task: Task, finding: Match) -> str:
    case = task.layout.find(finding.place)[0] if finding.outcome is Outcome.WRONG else 0
    return task.question.shown(task.layout.part(task.values, case), task.layout.cases[case])


def _revealed(task: Task, values: Sequence[Value], verdict: Verdict) -> Verdict:
    """A prediction is answered at once."""
    unit = task.question.unit
    told = compare(values[0], task.values[0], "" if unit == "share" else unit).sentence
    silent = verdict.outcome in (Outcome.CLOSE, Outcome.WRONG)
    if verdict.outcome is Outcome.WRONG:
        return verdict.but(told, label="not as predicted")
    return verdict.but(told if silent else f"{told}\n\n{verdict.text}")
