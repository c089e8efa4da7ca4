"""The hour itself: plans for 45 and for 90 minutes, and the answers to a lesson's exercises."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from dtao_edu.practice import bank, task

from ..lessons.lesson import Lesson
from .rendered import RenderedSlide
from .votes import MINUTES, Vote

PLANS = (45, 90)
_DISCUSSION = 10  # minutes for the questions for discussion, where there is time
_SHARED = "practice"


class Step(NamedTuple):
    """One row of a plan: what is done, and for how many minutes."""

    words: str
    minutes: float


def steps(
    slides: Sequence[RenderedSlide], asked: Sequence[Vote], lesson: str, total: int
) -> list[Step]:
    """Plan a lecture: slides by the minutes of their notes, votes in place of predictions.

    Parameters
    ----------
    slides : sequence of RenderedSlide
        Of the lecture.
    asked : sequence of Vote
        Each takes the place of a slide that asks for a prediction: the first, and the last.
    lesson : str
        Its number; its exercises fill the time that is left.
    total : int
        Minutes there are.

    Returns
    -------
    list of Step
        They come to `total` minutes, or to more; then the last one says what has to go.
    """
    asking = [n for n, slide in enumerate(slides) if any(p.is_prediction for p in slide.parts)]
    places = dict(zip(asking[:1] + asking[1:][-1:], asked, strict=False))
    made: list[Step] = []
    first = 0
    for n, slide in enumerate(slides):
        if n in places:
            made += _run(slides, first, n)
            vote = places[n]
            where = f"in place of slide {n + 1}, {_plain(slide.title)}"
            how = "guess, talk to the neighbour, guess again, answer"
            made.append(Step(f"Vote on {vote.exercise}, {vote.title}, {where}: {how}", MINUTES))
            first = n + 1
    made += _run(slides, first, len(slides))
    left = total - sum(step.minutes for step in made)
    if left >= 20:
        chosen = _exercises(lesson, {vote.exercise for vote in asked}, left - _DISCUSSION)
        if chosen:
            minutes = sum(bank.find(name).minutes for name in chosen)
            made.append(Step(f"Exercises in pairs: {', '.join(chosen)}", minutes))
            left -= minutes
    if left > 2 * _DISCUSSION:
        live = "A live playground on the screen: ask, then change one thing at a time"
        made.append(Step(live, left - _DISCUSSION))
        left = _DISCUSSION
    if left > 0:
        what = "Questions for discussion" if left >= 5 else "Questions"
        made.append(Step(what, left))
    elif left < 0:
        made.append(Step(f"{-left:g} minutes too many: leave out what is named above", left))
    return made


def _run(slides: Sequence[RenderedSlide], first: int, last: int) -> list[Step]:
    if first >= last:
        return []
    name = f"Slide {first + 1}" if last == first + 1 else f"Slides {first + 1} to {last}"
    return [Step(name, sum(slide.minutes for slide in slides[first:last]))]


def _plain(title: str) -> str:
    return title.replace("&amp;", "&").replace("&#x27;", "'").replace("&quot;", '"')


def _exercises(lesson: str, without: set[str], minutes: float) -> list[str]:
    """Choose exercises in their order until the minutes are full."""
    chosen: list[str] = []
    left = minutes
    for one in bank.exercises(lesson) if lesson in bank.lessons() else ():
        if one.id not in without and one.minutes <= left:
            chosen.append(one.id)
            left -= one.minutes
    return chosen


def plans(lesson: Lesson, slides: Sequence[RenderedSlide], asked: Sequence[Vote]) -> str:
    """Return the plans for 45 and for 90 minutes as HTML.

    Parameters
    ----------
    lesson : Lesson
    slides : sequence of RenderedSlide
        Of its lecture.
    asked : sequence of Vote
        The lesson's votes.
    """
    if not slides:
        return ""
    before = f"Before the hour, students read {', '.join(lesson.needs)}." if lesson.needs else ""
    parts = [f"<p>{escape(before.replace('_', ' '))}</p>"] if before else []
    for total in PLANS:
        begin, rows = 0.0, ""
        for step in steps(slides, asked, lesson.number, total):
            start = f"{begin:g}" if step.minutes > 0 else ""
            rows += f"<tr><td>{start}</td><td>{escape(step.words)}</td>"
            rows += f"<td>{step.minutes:g}</td></tr>"
            begin += step.minutes
        head = "<tr><th>from</th><th></th><th>minutes</th></tr>"
        parts.append(
            f'<h3>{total} minutes</h3><table class="plan"><thead>{head}</thead>'
            f"<tbody>{rows}</tbody></table>"
        )
    return "".join(parts)


def exercise_answers(lesson: str) -> str:
    """Return the answers of a lesson's exercises in the shared numbers, with the known mistakes.

    Parameters
    ----------
    lesson : str
        Two digits; of another name there are none.

    Returns
    -------
    str
        HTML, empty if the lesson has no exercises.
    """
    if lesson not in bank.lessons():
        return ""
    rows = ""
    for exercise in bank.exercises(lesson):
        one = task(exercise, _SHARED)
        mistakes = "".join(
            f"<li>{escape(known.name)}: "
            f"{escape(one.question.shown(one.layout.part(values, 0), one.given))}</li>"
            for known, values in zip(exercise.misconceptions, one.misconceptions, strict=True)
        )
        rows += (
            f"<li><b>{exercise.id} {escape(exercise.title)}</b> ({exercise.minutes} min): "
            f"{escape(one.answer)}<ul>{mistakes}</ul></li>"
        )
    return (
        '<p>In the numbers that all share; <code>answers("student-17")</code> gives those of a '
        f'seat. Below each, what the known mistakes give.</p><ul class="answers">{rows}</ul>'
    )
