"""The page of claims, made from the one list of claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from authoring.normal_form import differences
from dtao_edu.bibliography import REFERENCES
from dtao_edu.lessons.claims import TAG, VERDICTS, Claim, cells, claims, claims_file
from dtao_edu.lessons.course import Course
from dtao_edu.lessons.notebook_form import Notebook

PAGE = "claims.ipynb"


def claim_faults(list_of: Sequence[Claim], course: Course) -> list[str]:
    """Say where claims and lessons do not fit together.

    Returns
    -------
    list of str
        One sentence a fault: a claim without its cell, a cell that prints something else, a
        tag on several cells of a lesson, and a tag that belongs to no claim.
    """
    found = []
    for claim in list_of:
        for evidence, _, cell in cells(claim, course):
            where = f"lesson {evidence.lesson}"
            if cell is None:
                found.append(f"{claim.key} has no cell: {where} has none with the tag {claim.tag}.")
            elif _line(evidence.prints) not in _line(cell.output_text):
                found.append(f"{claim.key} stands on {evidence.prints!r}, not printed in {where}.")
    wanted = {(evidence.lesson, claim.tag) for claim in list_of for evidence in claim.evidence}
    for lesson in course.lessons:
        tags = [tag for cell in lesson.cells for tag in cell.tags if tag.startswith(TAG)]
        for tag in sorted(set(tags)):
            if (lesson.number, tag) not in wanted:
                found.append(f"lesson {lesson.number} has the tag {tag}, which no claim names.")
            if tags.count(tag) > 1:
                found.append(f"lesson {lesson.number} has the tag {tag} on several cells.")
    return found


def book(course: Course) -> Notebook:
    """Make the page of claims, not run yet."""
    page, listed = claims_file()["page"], claims()
    said = claims_file()["verdicts"]
    meanings = "\n".join(f"- {mark} **{word}**: {said[word]}" for word, mark in VERDICTS.items())
    made = [_text(page["opening"]), _text(page["reading"].replace("VERDICTS", meanings))]
    made.append(_text(page["table"].replace("TABLE", _table(listed, course))))
    made += [_text(page["figures"]), new_code_cell(page["setup"].strip())]
    for number, claim in enumerate(listed):
        opens = number == 0 or listed[number - 1].group != claim.group
        heading = f"## {claim.group}\n\n" if opens else ""
        made.append(_text(heading + _section(claim, course)))
        tags = {"tags": ["nbval-check-output"]}
        made.append(new_code_cell(claim.code.strip(), metadata=tags))
    changes = [f"- **{claim.claim}**: {claim.change}" for claim in listed if claim.change]
    made.append(_text("\n".join([page["changes"], "", *changes])))
    cited = dict.fromkeys(re.findall(r"\[([a-z]+\d{4})", " ".join(one.said for one in listed)))
    works = "\n".join(f"- [{key}]: {REFERENCES[key]}" for key in sorted(cited))
    made.append(_text(page["sources"].replace("WORKS", works)))
    about = {key: claims_file()[key] for key in ("purpose", "given", "discussion", "leave_out")}
    page_of_claims: Notebook = new_notebook(cells=made, metadata={"dtao_edu": about})
    return page_of_claims


def _text(source: str) -> Notebook:
    cell: Notebook = new_markdown_cell(source.strip())
    return cell


def _table(listed: Sequence[Claim], course: Course) -> str:
    """Give one row a claim, with links to its section and to the lessons' cells."""
    rows = ["| claim | verdict | what was found | lesson |", "|:---|:---|:---|:---|"]
    group = ""
    for claim in listed:
        if claim.group != group:
            group = claim.group
            rows.append(f"| **{group}** | | | |")
        lessons = ", ".join(f"[{lesson}]({target})" for lesson, target, _ in _links(claim, course))
        verdict = f"{VERDICTS[claim.verdict]} {claim.verdict}"
        rows.append(f"| [{claim.claim}]({claim.anchor}) | {verdict} | {claim.found} | {lessons} |")
    return "\n".join(rows)


def _section(claim: Claim, course: Course) -> str:
    """Give what is claimed, the verdict with its reason, and where a lesson shows it."""
    verdict = f"{VERDICTS[claim.verdict]} **{claim.verdict[0].upper()}{claim.verdict[1:]}.**"
    cells = (
        f"[lesson {lesson}]({target}): `{prints}`"
        for lesson, target, prints in _links(claim, course)
    )
    shown = f"See {'; '.join(cells)}."
    said = f"*The claim:* {claim.said}"
    parts = (f"### {claim.claim}", said, f"{verdict} {claim.because}", shown)
    return "\n\n".join(part.strip() for part in parts)


def _links(claim: Claim, course: Course) -> Iterator[tuple[str, str, str]]:
    """Link to the very cells: JupyterLab goes there, a code host opens the lesson at its top."""
    for evidence, name, cell in cells(claim, course):
        if cell is not None:
            place = f"{evidence.lesson}-{cell.position:03}"
            yield evidence.lesson, f"{name}.ipynb#cell-id={place}", _line(evidence.prints)


def _line(text: str) -> str:
    """Give a text on one line, columns closed up."""
    return " ".join(text.split())


def page_faults(path: Path, course: Course) -> list[str]:
    """Say where the stored page differs from what the list makes."""
    return differences(path, book(course), "list", "claims write")
