"""The learner's desk: check, hint, solution, progress, and a place of one's own.

Plain functions of plain arguments. They need no notebook: in a terminal they answer with lines of
text, in a notebook with the same text dressed.
"""

from __future__ import annotations

import hashlib
import textwrap
from types import EllipsisType

from dtao_edu.practice import bank, class_copy, progress_file
from dtao_edu.practice.assess import assess, is_right
from dtao_edu.practice.checking.record import (
    Answer,
    AnswerRecord,
    Value,
    now,
    package_version,
    this_cell,
)
from dtao_edu.practice.checking.sandbox import run
from dtao_edu.practice.checking.verdict import Outcome, Verdict
from dtao_edu.practice.exercise.draw import Given
from dtao_edu.practice.exercise.exercise import Task, task
from dtao_edu.practice.predictions import record_prediction
from dtao_edu.practice.seats import PRACTICE, read_seat
from dtao_edu.practice.text import Card, brief

_SEATS = 4  # earlier seats whose numbers an answer is held against
_ANSWERS = 8  # records kept of one exercise, the first right one among them


def seat(name: Answer = None) -> str:
    """Read the name of a sit; without one, the name the learner sits under now."""
    state = progress_file.read()
    return str(state["sit"]) if name is None else read_seat(name, state["sits"])


def current(name: Answer, seed: Answer = None) -> Task:
    """Return the exercise of this name with the learner's numbers."""
    return task(bank.find(name), seat(seed))


def exercise(name: str) -> Card:
    """Show an exercise, as ``exercise("05.2")``, in the learner's numbers.

    Returns
    -------
    Card
        Title, minutes and text.

    Raises
    ------
    InputError
        If there is no such exercise; the message names those there are.
    """
    one = current(name)
    whose = "" if one.seed == PRACTICE else f", in the numbers of {one.seed}"
    heading = (
        f"{one.exercise.id} {one.exercise.title} (about {one.exercise.minutes} minutes){whose}"
    )
    return Card(heading, one.text() + _held(one))


def _held(one: Task) -> str:
    """Say what `g` holds, where the answer is worked out with it."""
    names = [] if one.question.coded else list(one.given)
    if not names:
        return ""
    held = ", ".join(f"`g.{name} = {brief(one.given[name], 160)}`" for name in names)
    return f'\n\nAfter `g = given("{one.exercise.id}")`: {held}.'


def given(name: str) -> Given:
    """Return the numbers of an exercise, as ``given("05.2")``, to compute with.

    Returns
    -------
    Given
        Each number under its name: ``given("05.2").tao_in``.
    """
    return current(name).given.fresh()


def check(name: str, answer: Answer = ..., *more: Answer) -> Verdict:
    """Say whether an answer is right; if not, why, as far as it can be told.

    Parameters
    ----------
    name : str
        The exercise, as ``"05.2"``.
    answer : object
        A number, a table, a function, an expression, an order or a choice, as the exercise asks.
    *more
        What is left of a number written with commas, `1,255`: it is refused with a sentence.

    Returns
    -------
    Verdict
        True if right. It is shown by itself at the end of a cell; elsewhere print it.
        ``.expected`` holds what was expected, for those who ask.

    Raises
    ------
    InputError
        If there is no such exercise. Nothing is raised for what the answer is.
    """
    one = current(name)
    if more:
        said = ", ".join(map(repr, (answer, *more)))
        return Verdict(
            one.exercise.id,
            Outcome.UNREADABLE,
            f"These are {1 + len(more)} answers: {said}. Give one: a number without commas between "
            "its digits, or a list in square brackets.",
        )
    verdict = assess(one, answer)
    if verdict.outcome is Outcome.NOT_ATTEMPTED:
        return verdict
    if verdict.outcome in (Outcome.WRONG, Outcome.CLOSE, Outcome.SLIP) and not one.question.reveals:
        verdict = verdict.but(_of_another_seat(one, verdict.values) or verdict.text)
    written = ""
    if verdict.values and one.question.coded:
        written = str(run(lambda: one.question.normal_form(answer)).value or "")
    made: list[AnswerRecord] = []
    progress_file.update(
        lambda state: made.append(_keep(_record(state, one), one, answer, verdict, written))
    )
    if one.question.reveals and verdict.values:
        record_prediction(one.exercise.id, verdict.values[0], one.values[0], one.question.unit)
    return verdict.but(
        progress_file.noted(verdict.text), record=made[-1], on_expected=lambda: _solution_seen(one)
    )


def _of_another_seat(one: Task, values: tuple[Value, ...]) -> str:
    """Say whose numbers the answer is right for: the shared ones, or those of an earlier seat."""
    if one.question.coded or not one.question.numeric:
        return ""
    seats = list(progress_file.read()["sits"])[-_SEATS:]
    for other in dict.fromkeys([PRACTICE, *seats]):
        if other != one.seed and is_right(task(one.exercise, other), values):
            whose = "the shared numbers" if other == PRACTICE else f"those of {other}"
            return (
                f"That is right for {whose}, but you sit as {one.seed} now. "
                f'`exercise("{one.exercise.id}")` shows the question in your numbers.'
            )
    return ""


def _solution_seen(one: Task) -> None:
    """Note that somebody looked at what was expected, as at the solution."""

    def seen(state: progress_file.State) -> None:
        _record(state, one)["solution"] = 2

    progress_file.update(seen)


def _record(state: progress_file.State, one: Task) -> progress_file.Record:
    """Return the record of a task in the progress; it may be changed."""
    mine = state["sits"].setdefault(one.seed, {})
    return mine.setdefault(one.exercise.id, progress_file.record())


def _keep(
    record: progress_file.Record, one: Task, answer: Answer, verdict: Verdict, written: str
) -> AnswerRecord:
    """Count an attempt, unless it is the same answer once more; a prediction is done when made."""
    answers = record.setdefault("answers", [])
    digest = _digest(answer, verdict)
    again = digest == record["last"] and answers
    if digest != record["last"]:
        record["last"] = digest
        record["attempts"] += 1
        if not (one.question.reveals and record["right"]):  # only the first guess counts
            # Version 0.1 does not know slips; to it they are wrong.
            slip = verdict.outcome is Outcome.SLIP
            record["outcome"] = (Outcome.WRONG if slip else verdict.outcome).value
        if verdict.misconception:
            met = record["ideas"]
            met[verdict.misconception] = met.get(verdict.misconception, 0) + 1
        done = bool(verdict.values) if one.question.reveals else bool(verdict)
        if done and not record["right"]:
            record["right"] = True
            record["seen"] = record["solution"] == 2
            record["answer"] = (
                _written(verdict.values) if verdict and not one.question.coded else ""
            )
            record["version"] = one.exercise.version
    made = AnswerRecord(
        exercise=one.exercise.id,
        version=one.exercise.version,
        seat=one.seed,
        values=verdict.values,
        written=written,
        outcome=verdict.outcome.value,
        misconception=verdict.misconception,
        attempt=record["attempts"],
        hints=record["hints"],
        seen=record["solution"] == 2,
        time=now(),
        package=package_version(),
        cell=this_cell(),
    )
    if again:
        answers.pop()
    answers.append(made.as_json())
    right = [entry for entry in answers if entry["outcome"] == Outcome.RIGHT.value][:1]
    late = answers[-_ANSWERS:]
    record["answers"] = late if not right or right[0] in late else [*right, *late[1:]]
    return made


def _written(values: tuple[Value, ...]) -> str:
    return ";".join(v if isinstance(v, str) else f"{v:.10g}" for v in values)


def _digest(answer: Answer, verdict: Verdict) -> str:
    code = getattr(answer, "__code__", None)
    text = f"{verdict.values} {verdict.text}" if verdict.values else verdict.text
    if code:
        text += f"{code.co_code.hex()} {brief(code.co_consts)}"
    elif isinstance(answer, str):
        text += answer
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def hint(name: str) -> Card:
    """Give the next hint, as ``hint("05.2")``; at the last one it stays."""
    one = current(name)
    hints = one.exercise.hints

    def next_one(state: progress_file.State) -> None:
        record = _record(state, one)
        record["hints"] = min(record["hints"] + 1, len(hints))

    state = progress_file.update(next_one)
    number = int(state["sits"][one.seed][one.exercise.id]["hints"])
    text = one.fill(hints[number - 1])
    if number == len(hints):
        text += f'\n\nThat was the last hint. After it comes `solution("{one.exercise.id}")`.'
    heading = f"{one.exercise.id} hint {number} of {len(hints)}"
    return Card(heading, progress_file.noted(text), mark=f"{number}/{len(hints)}")


def solution(name: str) -> Card:
    """Show the worked solution, as ``solution("05.2")``; first it asks whether you mean it."""
    one = current(name)
    id_, hints = one.exercise.id, len(one.exercise.hints)
    if told := class_copy.waits(one.exercise.lesson):
        return Card(f"{id_} the solution waits", progress_file.noted(told), mark="...")

    def ask_or_show(state: progress_file.State) -> None:
        record = _record(state, one)
        record["solution"] = 2 if record["right"] else min(record["solution"] + 1, 2)

    state = progress_file.update(ask_or_show)
    record = state["sits"][one.seed][id_]
    if record["solution"] < 2:
        left = hints - record["hints"]
        more = f"{left} hint{'s' * (left != 1)} left" if left else "no hint left"
        tried = f"{record['attempts']} attempt{'s' * (record['attempts'] != 1)}"
        text = (
            f"You have made {tried} and have {more}. If you want to see the solution now, call "
            f'`solution("{id_}")` once more.'
        )
        return Card(f"{id_} the solution?", progress_file.noted(text), mark="...")
    return Card(f"{id_} solution", progress_file.noted(worked(one)))


def worked(one: Task) -> str:
    """Write the worked solution of a task: derivation, code, and the answer in its numbers."""
    body = one.question.filled(one.exercise.id, one.exercise.code)
    code = "\n".join("    " + line for line in body.splitlines() if line.strip())
    derivation = textwrap.dedent(one.fill(one.exercise.solution)).strip("\n")
    last = "" if one.answer in derivation else f"\n\nIn your numbers: {one.answer}."
    return f"{derivation}\n\n{code}{last}"


def sit(name: str | int | EllipsisType | None = None) -> Card:
    """Take a place of one's own: the same exercises, with numbers that belong to this name.

    Parameters
    ----------
    name : str or int, optional
        As ``"student-17"``; ``"practice"`` goes back to the set that all share. Without a name,
        or with three dots, it says who sits here.

    Raises
    ------
    InputError
        If the name is empty, or longer than 60 characters.
    """
    if name is not None and name is not ...:
        new = seat(name)
        progress_file.update(lambda state: state.update({"sit": new}))
    here = seat()
    if here == PRACTICE:
        text = 'You practise with the numbers that all share. `sit("your name")` gives you others.'
    else:
        text = (
            f'Exercises now come in the numbers of "{here}", in every notebook, until you sit '
            f'down elsewhere. `sit("{PRACTICE}")` goes back to the shared numbers.'
        )
    return Card(f"You sit as {here}", progress_file.noted(text))
