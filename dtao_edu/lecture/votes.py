"""Two questions a lecture, put to the vote: options A to D are made of known misconceptions.

The hall guesses, talks to the neighbour, guesses again; then comes the answer. The questions are
exercises of the lesson in the shared numbers, and each wrong option is what somebody with a known
misconception would answer: so the counts tell a lecturer what to say next.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from dtao_edu import files
from dtao_edu.engine.errors import InputError
from dtao_edu.practice import (
    ChoiceQuestion,
    Exercise,
    NumberQuestion,
    PredictionQuestion,
    bank,
    task,
)
from dtao_edu.practice.assess import judge_values
from dtao_edu.practice.text import html

from ..lessons.course import find_notebook
from .slides import POLICY, read_lecture, template, text

LETTERS = "ABCD"
HOW_MANY = 2
MINUTES = 6
"""Of one vote: guess 1, talk 2, guess again 1, answer 2."""
_SHARED = "practice"


@dataclass(frozen=True)
class Option:
    """One option of a vote.

    Attributes
    ----------
    letter, words : str
    misconception : str
        Its name; empty for the right option.
    consequence : str
        What to say to those who hold it: it can be checked in the question's own numbers.
    """

    letter: str
    words: str
    misconception: str = ""
    consequence: str = ""


@dataclass(frozen=True)
class Vote:
    """A question for the hall.

    Attributes
    ----------
    exercise : str
        Its number, as ``"05.1"``.
    title, words : str
        The question in the shared numbers, in the practice's own marks.
    options : tuple of Option
    why : str
        One sentence for the right answer.
    """

    exercise: str
    title: str
    words: str
    options: tuple[Option, ...]
    why: str

    @property
    def right(self) -> Option:
        """The right option."""
        return next(one for one in self.options if not one.misconception)


def votes(lesson: str) -> tuple[Vote, ...]:
    """Return the votes of a lesson: the first and the last exercise that fit, in shared numbers.

    Parameters
    ----------
    lesson : str
        Two digits, as ``"05"``.

    Returns
    -------
    tuple of Vote
        Fewer, where the lesson has not so many questions with three misconceptions.

    Examples
    --------
    >>> [vote.exercise for vote in votes("05")]
    ['05.1', '05.6']
    """
    if lesson not in bank.lessons():
        return ()
    fit = [one for one in bank.exercises(lesson) if _fits(one)]
    chosen = fit if len(fit) <= HOW_MANY else [fit[0], fit[-1]]
    return tuple(map(_vote, chosen))


def _fits(exercise: Exercise) -> bool:
    """Tell whether an exercise has short options: a choice, or one number and three mistakes."""
    question = exercise.question
    if isinstance(question, ChoiceQuestion):
        return len(question.options) <= len(LETTERS)
    is_number = isinstance(question, NumberQuestion) and not isinstance(
        question, PredictionQuestion
    )
    return is_number and len(exercise.misconceptions) >= len(LETTERS) - 1


def _vote(exercise: Exercise) -> Vote:
    one = task(exercise, _SHARED)
    answers = [("", one.values)]
    names = [known.name for known in exercise.misconceptions]
    answers += list(zip(names, one.misconceptions, strict=True))[: len(LETTERS) - 1]
    if isinstance(one.question, ChoiceQuestion):
        order = one.question.order
        answers.sort(key=lambda answer: order.index(answer[1][0]))
    else:
        answers.sort(key=lambda answer: float(answer[1][0]))
    options = []
    for letter, (name, values) in zip(LETTERS, answers, strict=False):
        shown = one.question.shown(list(values), one.given)
        words = shown.partition(") ")[2] if isinstance(one.question, ChoiceQuestion) else shown
        told = judge_values(exercise.id, _SHARED, values).text.split("\n\n")[0] if name else ""
        options.append(Option(letter, words, name, " ".join(told.split())))
    return Vote(
        exercise.id, exercise.title, one.fill(exercise.text), tuple(options),
        one.fill(exercise.further),
    )  # fmt: skip


def votes_page(
    lesson: str | Path, output: str | Path | None = None, *, folder: str | Path | None = None
) -> Path:
    """Write the page on which a hall votes: questions, counts of both guesses, answers.

    Parameters
    ----------
    lesson, output, folder
        As for :func:`~dtao_edu.lecture.slides.slides`.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    InputError
        If there is no such lesson, or it has no exercise to vote on.
    """
    path = find_notebook(lesson, folder)
    named = read_lecture(path)
    asked = votes(named.number) if named.is_numbered else ()
    if not asked:
        raise InputError("lesson", str(lesson), "one with exercises to vote on, as '05'")
    target = Path(output) if output else Path(f"{path.stem}.votes.html")
    page = template("votes.html").substitute(
        policy=POLICY,
        name=escape(named.full_title),
        votes="\n".join(_section(vote) for vote in asked),
        script=text("votes.js"),
    )
    files.write(target, page)
    return target


def _section(vote: Vote) -> str:
    rows = "".join(
        f'<tr data-right="{"" if one.misconception else "yes"}" '
        f"data-say='{escape(json.dumps(_advice(one)))}'>"
        f'<th scope="row">{one.letter}</th><td>{escape(one.words)}'
        f'<p class="told" hidden>{escape(one.misconception or "right")}</p></td>'
        + "".join(
            f'<td><input type="number" min="0" max="9999" value="" inputmode="numeric" '
            f'aria-label="{one.letter}, {guess} guess"><span class="bar"></span></td>'
            for guess in ("first", "second")
        )
        + "</tr>"
        for one in vote.options
    )
    return (
        f"<section><h2>{escape(vote.title)}</h2>{html(vote.words)}"
        '<table><thead><tr><th></th><th scope="col">answer</th><th scope="col">first guess</th>'
        f'<th scope="col">second guess</th></tr></thead><tbody>{rows}</tbody></table>'
        '<p><button type="button">Show the answer</button></p>'
        f'<p class="say" role="status"></p><p class="why" hidden>{escape(vote.why)}</p></section>'
    )


def _advice(option: Option) -> str:
    if not option.misconception:
        return ""
    return f"More than a third say {option.letter}: {option.misconception}. {option.consequence}"


def votes_for_the_teacher(asked: Sequence[Vote]) -> str:
    """Return the votes with answers, advice and places for the counts, as HTML."""
    return "".join(_for_the_teacher(vote) for vote in asked)


def _for_the_teacher(vote: Vote) -> str:
    rows = "".join(
        f"<tr><td>{one.letter}</td><td>{escape(one.words)}</td><td></td><td></td>"
        f"<td>{_meaning(vote, one)}</td></tr>"
        for one in vote.options
    )
    head = "".join(
        f"<th>{title}</th>"
        for title in ("", "answer", "first guess", "second", "if more than a third say it")
    )
    return (
        f"<h3>{vote.exercise} {escape(vote.title)}</h3>{html(vote.words)}"
        f'<table class="votes"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _meaning(vote: Vote, option: Option) -> str:
    if not option.misconception:
        return f"<b>Right.</b> {escape(vote.why)}"
    return f"<b>{escape(option.misconception)}.</b> {escape(option.consequence)}"
