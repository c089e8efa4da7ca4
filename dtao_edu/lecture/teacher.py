"""A page for the teacher, made from the lesson itself: one HTML file to read or to print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from dtao_edu import files

from ..lessons.course import find_notebook
from ..lessons.lesson import Cell, Lesson, read_cells
from .hour import exercise_answers, plans
from .html import highlighted, inline, markdown, outputs
from .mathml import font_face
from .needed import need_lecture
from .rendered import HALL, MINUTES, RenderedSlide, rendered_slides
from .slides import POLICY, read_lecture, template, text
from .votes import votes, votes_for_the_teacher

QUESTIONS = 3
_ANSWER = re.compile(r"\bAnswer: *(.+?)(?=\n\s*\n|\Z)", re.DOTALL)


def teacher_page(
    lesson: str | Path, output: str | Path | None = None, *, folder: str | Path | None = None
) -> Path:
    """Write the teacher's page of a lesson.

    It holds the predictions with their answers, questions for discussion, the usual mistakes,
    the plan in minutes, and what to leave out when time is short. What a lesson does not have
    yet, the page says. A talk has the questions that a hall asks in place of exercises.

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
        If there is no such lesson.
    ValueError
        If a formula cannot be typeset.
    """
    need_lecture("the teacher's page")
    path = find_notebook(lesson, folder)
    target = Path(output) if output else Path(f"{path.stem}.teacher.html")
    files.write(target, page(path))
    return target


def page(path: Path) -> str:
    """Return the teacher's page of a notebook as HTML that loads nothing.

    Parameters
    ----------
    path : Path
        The notebook. Its metadata ``dtao_edu`` may hold ``discussion``, a list of three
        questions, ``leave_out``, a list of what can be left out, and ``teacher``, a list of what
        else a teacher must know, which comes first. A section Rubric of the lesson is shown too.

    Returns
    -------
    str
    """
    lesson, folder = read_lecture(path), path.parent
    about = read_cells(path)[1].get("dtao_edu", {})
    plan = rendered_slides(lesson, folder) if lesson.slides else []
    asked = votes(lesson.number) if lesson.is_numbered and plan else ()
    parts = [
        _facts(lesson, plan),
        *_more("Before you give it out", _listed(about.get("teacher", []), folder, "ul")),
        _part("Predictions, with answers", _predictions(lesson, folder)),
        _part("Questions for discussion", _questions(about.get("discussion", []), folder)),
        *_sections(lesson, ("Usual mistakes", HALL), folder),
        _part("When time is short, leave out", _leave_out(lesson, about, folder, plan)),
        *_more("Votes", votes_for_the_teacher(asked)),
        *_more("The hour", plans(lesson, plan, asked) if asked else ""),
        *_sections(lesson, ("Exercises",), folder),
        *_more("Answers to the exercises", exercise_answers(lesson.number)),
        *_more("Rubric", markdown(lesson.section("Rubric"), folder, top=3)),
        *_more("Plan", _plan(plan) if plan or lesson.minutes_lecture or not lesson.minutes else ""),
    ]
    main = "\n".join(parts)
    return template("teacher.html").substitute(
        policy=POLICY,
        name=escape(lesson.full_title),
        style="\n".join([font_face(main), text("teacher.css")]),
        parts=main,
    )


def _part(title: str, content: str) -> str:
    return f"<section>\n<h2>{title}</h2>\n{content}\n</section>"


def _more(title: str, content: str) -> list[str]:
    """Give a part that most lessons do not have, if there is something in it."""
    return [_part(title, content)] if content else []


def _missing(sentence: str) -> str:
    return f'<p class="missing">{sentence}</p>'


def _facts(lesson: Lesson, plan: Sequence[RenderedSlide]) -> str:
    """Say how long it takes, what comes before, and the words it introduces."""
    facts = []
    if lesson.minutes_lecture is not None:
        spoken = sum(slide.minutes for slide in plan)
        facts.append(f"{lesson.minutes_lecture} minutes as a lecture ({spoken:g} in the notes)")
    if lesson.minutes is not None:
        facts.append(f"{lesson.minutes} minutes alone")
    if lesson.needs:
        needs = ", ".join(need.replace("_", " ") for need in lesson.needs)
        facts.append(f"builds on {escape(needs)}")
    if lesson.words:
        facts.append(f"new words: {escape(', '.join(lesson.words))}")
    return f"<p>{'; '.join(facts)}.</p>" if facts else ""


def answer(lesson: Lesson, cell: Cell) -> tuple[str, str]:
    """Give the answer to a prediction from the speaker's notes.

    Parameters
    ----------
    lesson : Lesson
        The lesson.
    cell : Cell
        The cell that asks. The notes are its own, or those of its slide.

    Returns
    -------
    tuple of str and str
        ``"Answer"`` and what follows that word up to the end of the paragraph; without that word
        ``"Notes"`` and all that they say; two empty texts if there are no notes.
    """
    slide = next((slide for slide in lesson.slides if cell in slide.cells), None)
    notes = cell.notes or (slide.notes if slide else "")
    if found := _ANSWER.search(notes):
        return "Answer", found[1].strip()
    return ("Notes", MINUTES.sub("", notes)) if notes else ("", "")


def _predictions(lesson: Lesson, folder: Path) -> str:
    if not lesson.predictions:
        return _missing("This lesson asks for no prediction: no cell has the tag 'prediction'.")
    return f"<ol>{''.join(_prediction(lesson, cell, folder) for cell in lesson.predictions)}</ol>"


def _prediction(lesson: Lesson, cell: Cell, folder: Path) -> str:
    if cell.kind == "code":
        shown = "\n".join(one.html for one in outputs(cell, folder))
        asked = shown if cell.source_hidden else highlighted(cell.source)
    else:
        asked = markdown(re.sub(r"\A\s*#+ +(.+)", r"**\1**", cell.source), folder, top=3)
    label, said = answer(lesson, cell)
    told = (
        f'<div class="answer"><b>{label}:</b> {markdown(said, folder, top=3)}</div>'
        if said
        else _missing(f"The answer is missing: cell {cell.position} and its slide have no notes.")
    )
    return f"<li>{asked}{told}</li>"


def _questions(questions: Sequence[str], folder: Path) -> str:
    listed = _listed(questions, folder, "ol")
    if len(questions) == QUESTIONS:
        return listed
    return listed + _missing(
        f"{QUESTIONS - len(questions)} of {QUESTIONS} questions are missing: they stand in the "
        "notebook's metadata, dtao_edu, discussion."
        if len(questions) < QUESTIONS
        else f"There are {len(questions)} questions; {QUESTIONS} are enough."
    )


def _leave_out(
    lesson: Lesson, about: dict[str, Any], folder: Path, plan: Sequence[RenderedSlide]
) -> str:
    """List what can be left out, and say of a section that is on no slide that it is on none."""
    headings = {words for cell in lesson.cells for _, words in cell.headings}
    on_slides = {re.sub(r"<[^>]+>", "", slide.title) for slide in plan}
    items = []
    for item in about.get("leave_out", []):
        topic = re.split(r"[;:.]", item)[0].strip()
        only_read = bool(plan) and topic in headings and topic not in on_slides
        items.append(f"{item} (in the notebook; it is on no slide)" if only_read else item)
    return _listed(items, folder, "ul") or _missing(
        "Not said yet: it stands in the notebook's metadata, dtao_edu, leave_out."
    )


def _listed(items: Sequence[str], folder: Path, kind: str) -> str:
    rows = "".join(f"<li>{inline(item, folder)}</li>" for item in items)
    return f"<{kind}>{rows}</{kind}>" if rows else ""


def _sections(lesson: Lesson, headings: Sequence[str], folder: Path) -> list[str]:
    """Give the sections that there are, and say what a numbered lesson should have and has not."""
    parts = []
    for heading in headings:
        text = lesson.section(heading)
        if text:
            parts.append(_part(heading, markdown(text, folder, top=3)))
        elif lesson.is_numbered and heading != HALL:
            parts.append(_part(heading, _missing(f"The lesson has no section '{heading}'.")))
    return parts


def _plan(plan: Sequence[RenderedSlide]) -> str:
    """List the slides with the minute at which each begins; slides that go on are one row."""
    if not plan:
        return _missing("The lesson has no slides.")
    rows: list[tuple[float, str, float]] = []
    begin = 0.0
    for slide in plan:
        if rows and slide.kind == "goes-on":
            rows[-1] = (rows[-1][0], rows[-1][1], rows[-1][2] + slide.minutes)
        else:
            rows.append((begin, slide.title, slide.minutes))
        begin += slide.minutes
    body = "".join(
        f"<tr><td>{start:g}</td><td>{title}</td><td>{long:g}</td></tr>"
        for start, title, long in rows
    )
    head = "<tr><th>from minute</th><th>slide</th><th>minutes</th></tr>"
    return f'<table class="plan"><thead>{head}</thead><tbody>{body}</tbody></table>'
