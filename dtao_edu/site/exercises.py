"""The pages of exercises: texts, a form for each answer, hints and solutions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from dtao_edu.practice import bank
from dtao_edu.practice.exercise.exercise import Exercise, Task, task
from dtao_edu.practice.exercise.question_types import ChoiceQuestion, OrderQuestion, TableQuestion
from dtao_edu.practice.text import html

from ..lecture.html import highlighted
from ..lessons.course import exercises_file
from ..lessons.lesson import Lesson
from .judge_data import SEAT, judge_data, judged_here
from .kernel import FOLDER
from .shell import Page

KERNEL = "<!--kernel-->"
"""Where the button for the browser's kernel stands, if there is one."""


def exercise_page(lesson: Lesson) -> Page:
    """Return the page with the exercises of a lesson.

    Parameters
    ----------
    lesson : Lesson
        One that has exercises in the bank.
    """
    found = bank.exercises(lesson.number)
    minutes = sum(one.minutes for one in found)
    here = sum(map(judged_here, found))
    opening = (
        f"<h1>Exercises {lesson.number}: {escape(lesson.title)}</h1>"
        f"<p>{len(found)} exercises, about {minutes} minutes, to lesson "
        f'<a href="../lessons/{lesson.name}.html">{escape(lesson.full_title)}</a>. This page says '
        "whether an answer is right, and often why it is not. "
        + _judged(here, len(found))
        + f"</p>{KERNEL}"
    )  # fmt: skip
    body = opening + "\n".join(map(_section, found))
    return Page(
        f"exercises/{lesson.name}.html",
        f"Exercises {lesson.number}: {lesson.title}",
        body,
        f"{len(found)} exercises to lesson {lesson.full_title}",
        group="Exercises",
        source=f"dtao_edu/practice/bank/lesson_{lesson.number}.py",
        notebook=exercises_file(lesson.number),
    )


def _judged(here: int, found: int) -> str:
    if here == found:
        return ""
    others = (
        "the other asks for code and needs"
        if found - here == 1
        else "the others ask for code and need"
    )
    return f"{here} of them {'is' if here == 1 else 'are'} judged here; {others} a kernel."


def in_this_browser(page: Page) -> str:
    """Return the button that opens a page's exercises in the kernel of the browser.

    Nothing of it is loaded before somebody presses it.

    Parameters
    ----------
    page : Page
        A page of exercises.
    """
    to = f"{page.up}{FOLDER}/notebooks/index.html?path={quote(page.notebook)}"
    return (
        '<div class="own-kernel">'
        f'<p><a class="button" href="{to}">Do these exercises in a notebook, in this browser</a>'
        "</p><p><small>Starts Python here: the first time it loads about 27 MB and takes up to a "
        "minute. Answers stay in this browser, and nothing is sent anywhere. NumPy and Matplotlib "
        "are not among these files; a cell that imports them takes them from the host of Pyodide."
        "</small></p></div>"
    )


def _section(one: Exercise) -> str:
    drawn = task(one, SEAT)
    name = f"exercise-{one.id.replace('.', '-')}"
    hints = "".join(
        f'<details class="hint"><summary>Hint {number}</summary>{html(drawn.fill(hint))}</details>'
        for number, hint in enumerate(one.hints, 1)
    )
    solution = (
        f'<details class="solution"><summary>Solution</summary>{html(drawn.fill(one.solution))}'
        f"{highlighted(one.code)}{html(drawn.fill(one.further))}</details>"
    )
    return (
        f'<section class="exercise" id="{name}" aria-labelledby="{name}-title">'
        f'<h2 id="{name}-title">{one.id} {escape(one.title)}</h2>'
        f"<p><small>Afterwards you can {escape(one.objective)}. "
        f"About {one.minutes} minutes.</small></p>"
        f"{_question(one, drawn)}{hints}{solution}</section>"
    )


def _question(one: Exercise, drawn: Task) -> str:
    text = html(drawn.fill(one.text))
    if not judged_here(one):
        asks = html(drawn.question.asks(drawn.given))
        return (
            f'{text}{asks}<p class="kernel">The answer is code, which this page cannot run. Open '
            "the exercise in a notebook: the top of this page says how.</p>"
        )
    data = escape(json.dumps(judge_data(one), ensure_ascii=False), quote=True)
    fields = "".join(_fields(one, drawn))
    return (
        f'{text}<form class="answer-form" data-judge="{data}" autocomplete="off">{fields}'
        '<p><button type="submit">Check</button></p>'
        '<div class="verdict" role="status"></div></form>'
    )


def _fields(one: Exercise, drawn: Task) -> Iterator[str]:
    question, given = drawn.question, drawn.given
    name = one.id.replace(".", "-")
    if isinstance(question, ChoiceQuestion):
        letters = zip(question.order, question.letters(given).items(), strict=True)
        options = "".join(
            f'<label><input type="radio" name="a{name}" value="{escape(key)}"> '
            f"<b>{letter})</b> {html(text).removeprefix('<p>').removesuffix('</p>')}</label>"
            for key, (letter, text) in letters
        )
        yield f'<fieldset class="options"><legend>Choose one</legend>{options}</fieldset>'
    elif isinstance(question, OrderQuestion):
        rows = "".join(
            f'<li data-value="{escape(item)}"><span>{escape(item)}</span> '
            f'<button type="button" value="-1" aria-label="{escape(item)} up">↑</button>'
            f'<button type="button" value="1" aria-label="{escape(item)} down">↓</button></li>'
            for item in sorted(question.names(given))
        )
        yield (
            f"<p>Put them in order, {escape(question.first)} first.</p>"
            f'<ol class="order">{rows}</ol>'
        )
    elif isinstance(question, TableQuestion):
        yield f"<p>Each to {question.rounding}.</p>"
        yield "<table><tbody>"
        for row, unit in zip(question.names(given), question.units(given), strict=True):
            yield f'<tr><th scope="row">{escape(row)}</th>{_entry(row, unit)}</tr>'
        yield "</tbody></table>"
    else:
        unit = question.unit
        asked = {"share": "from 0 to 1", "%": "in percent"}.get(unit, unit and f"in {unit}")
        said = f"Your answer{' ' * bool(asked)}{asked}, to {question.rounding}"
        yield (
            f"<p><label>{escape(said)} "
            '<input type="text" inputmode="text" spellcheck="false"></label></p>'
        )


def _entry(label: str, unit: str) -> str:
    shown = "" if unit == "share" else escape(unit)
    return (
        f'<td><input type="text" spellcheck="false" aria-label="{escape(label)}" size="10"> '
        f"{shown}</td>"
    )
