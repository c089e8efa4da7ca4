"""`class.html`: what a class has understood in a week, and what it has not. Without names.

No group of fewer than five students is told apart, so that the page can be shown in the lecture.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from dtao_edu.classes.marks import Grade, Mark
from dtao_edu.classes.pages import Cell, page, sorted_table
from dtao_edu.classes.roster import Student
from dtao_edu.classes.settings import Settings, Week
from dtao_edu.practice import bank, task
from dtao_edu.practice.assess import judge_values

FEWEST = 5
"""Students of whom a group is told apart."""
_SORT = "Press a head to sort."
_OTHER = "none of the known mistakes"
_LABELS = {
    "close": "right but for the rounding",
    "factor": "right but for a unit",
    "kind": "not what is asked for",
}


def class_page(
    settings: Settings,
    week: Week,
    marks: Sequence[Mark],
    grades: Mapping[str, Grade],
    students: Sequence[Student],
    earlier: Mapping[int, Sequence[float]],
    *,
    names: bool = False,
) -> str:
    """Write the page of a week.

    Parameters
    ----------
    settings, week
        Of the class.
    marks : sequence of Mark
        Of the week.
    grades : dict of str to Grade
        By seat.
    students : sequence of Student
        Of the class.
    earlier : dict of int to sequence of float
        By week, the part of all points that each hand-in has; this week's included.
    names : bool
        Whether a table of students, with names, is added.

    Returns
    -------
    str
        HTML.
    """
    by_exercise: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.counts:
            by_exercise[mark.exercise].append(mark)
    title = f"{settings.title}, week {week.number}"
    parts = [f"<h1>{escape(title)}</h1>", _summary(week, grades, len(students))]
    if len(grades) >= FEWEST:
        parts += [_pictures(week, by_exercise), _unsolved(week, by_exercise)]
        parts += [_table(week, by_exercise), _progress(earlier)]
        parts += [_exercise(name, by_exercise[name], len(grades)) for name in week.points]
    else:
        parts.append(f"<p>Fewer than {FEWEST} hand-ins: nothing is shown of so small a group.</p>")
    if names:
        parts.append(_students(students, grades))
    parts.append(
        f'<h2>About this page</h2><p class="soft">Worked out from the values in the notebooks; '
        f"nothing of a student was executed. Groups of fewer than {FEWEST} are not told apart"
        f"{', except in the table of students, which is for you alone' if names else ''}.</p>"
    )
    return page(title, "\n".join(filter(None, parts)), sorts=True)


def of_all(count: int, total: int) -> str:
    """Write how many of a group, without telling apart fewer than five.

    Examples
    --------
    >>> of_all(30, 90), of_all(3, 90), of_all(88, 90), of_all(0, 90), of_all(90, 90)
    ('30 of 90', 'fewer than 5 of 90', 'nearly all of 90', '0 of 90', '90 of 90')
    """
    if 0 < count < FEWEST:
        return f"fewer than {FEWEST} of {total}"
    if 0 < total - count < FEWEST:
        return f"nearly all of {total}"
    return f"{count} of {total}"


def _summary(week: Week, grades: Mapping[str, Grade], size: int) -> str:
    late = sum(grade.late_days > 0 for grade in grades.values())
    due = f" It was due on {week.due:%d %B %Y, %H:%M}." if week.due else ""
    told = f"{of_all(len(grades), size)} handed in.{due}"
    if late:
        told += f" Late: {of_all(late, len(grades))}."
    lessons = ", ".join(week.lessons)
    return f"<p>Lesson{'s' * (len(week.lessons) > 1)} {escape(lessons)}. {escape(told)}</p>"


def _share(marks: Sequence[Mark]) -> float | None:
    """Return the percentage of right answers; None if that would tell a small group apart."""
    right, total = sum(mark.outcome == "right" for mark in marks), len(marks)
    if total < FEWEST or 0 < right < FEWEST or 0 < total - right < FEWEST:
        return None
    return 100 * right / total


def _right(marks: Sequence[Mark]) -> Cell:
    """Write how many of an exercise's answers are right, and what the column sorts by."""
    share, right = _share(marks), sum(mark.outcome == "right" for mark in marks)
    if share is not None:
        return f"{share:.0f} %"
    if len(marks) < FEWEST:
        return "", "-1"
    return ("few", "0") if right < FEWEST else ("nearly all", "100")


def _pictures(week: Week, by_exercise: Mapping[str, Sequence[Mark]]) -> str:
    """Draw the right answers of each lesson with the package's own bars."""
    from dtao_edu.figures import bars

    drawn = []
    for lesson in week.lessons:
        shares = {n: _share(by_exercise[n]) for n in week.points if n.startswith(lesson)}
        values = {name: share for name, share in shares.items() if share is not None}
        names = list(values)
        for start in range(0, len(names), 8):
            part = {name: values[name] for name in names[start : start + 8]}
            picture = bars(
                part,
                x=f"lesson {lesson}: right answers, % of those who answered",
                format_value="{:.0f} %".format,
            )
            with tempfile.TemporaryDirectory() as folder:
                svg = picture.save(Path(folder) / "bars.svg").read_text(encoding="utf-8")
            svg = svg[svg.index("<svg") :]
            label = escape(str(picture))
            drawn.append(f'<figure role="img" aria-label="{label}">{svg}</figure>')
    return "<h2>Right answers</h2>" + "".join(drawn) if drawn else ""


def _unsolved(week: Week, by_exercise: Mapping[str, Sequence[Mark]]) -> str:
    names = [
        f"{name} {bank.find(name).title}"
        for name in week.points
        if len(by_exercise[name]) >= FEWEST
        and not any(mark.outcome == "right" for mark in by_exercise[name])
    ]
    if not names:
        return ""
    rows = "".join(f"<li>{escape(name)}</li>" for name in names)
    return f"<h2>Solved by nobody</h2><ul>{rows}</ul>"


def _table(week: Week, by_exercise: Mapping[str, Sequence[Mark]]) -> str:
    rows: list[list[Cell]] = []
    for name in week.points:
        marks = by_exercise[name]
        shown = len(marks) >= FEWEST
        common = _misconceptions(marks).most_common(1) if shown else []
        often = common[0] if common and common[0][1] >= FEWEST else ("", 0)
        rows.append(
            [
                name,
                bank.find(name).title,
                str(len(marks)) if shown else (f"fewer than {FEWEST}", "0"),
                _right(marks),
                often[0] or "-",
                str(often[1]) if often[1] else ("-", "0"),
            ]
        )
    titles = ("exercise", "title", "answered", "right", "most frequent mistake", "how many")
    numbers = ("answered", "right", "how many")
    return "<h2>All exercises</h2>" + sorted_table(_SORT, titles, rows, numbers)


def _progress(earlier: Mapping[int, Sequence[float]]) -> str:
    """Write how the weeks went, where there is more than one."""
    rows: list[list[Cell]] = []
    for number, parts in sorted(earlier.items()):
        if len(parts) >= FEWEST:
            middle = sorted(parts)[len(parts) // 2]
            rows.append([str(number), str(len(parts)), f"{100 * middle:.0f} %"])
    if len(rows) < 2:
        return ""
    titles = ("week", "hand-ins", "median of the points")
    return "<h2>Week by week</h2>" + sorted_table(_SORT, titles, rows, titles)


def _misconceptions(marks: Sequence[Mark]) -> Counter[str]:
    return Counter(mark.misconception for mark in marks if mark.misconception)


def _exercise(name: str, marks: Sequence[Mark], handed_in: int) -> str:
    """Write one exercise: how many are right, and a bar for each misconception."""
    head = f"<h3>{escape(name)} {escape(bank.find(name).title)}</h3>"
    total = len(marks)
    if total < FEWEST:
        return f"{head}<p>Answered by fewer than {FEWEST}.</p>"
    right = sum(mark.outcome == "right" for mark in marks)
    told = f"Answered by {of_all(total, handed_in)}; right: {of_all(right, total)}."
    groups = [("right", right, "")] if right >= FEWEST else []
    wrong = _misconceptions(marks)
    wrong.update(
        _LABELS.get(mark.outcome, _OTHER)
        for mark in marks
        if mark.outcome != "right" and not mark.misconception
    )
    groups += [(what, n, _sentence(name, what)) for what, n in wrong.most_common() if n >= FEWEST]
    small = sum(n for n in wrong.values() if n < FEWEST)
    rest = f'<p class="soft">Others: fewer than {FEWEST} students each.</p>' if small else ""
    rows = "".join(_bar(what, n, total, text) for what, n, text in groups)
    return f'{head}<p>{told}</p><ul class="bars">{rows}</ul>{rest}'


def _bar(what: str, count: int, total: int, text: str) -> str:
    width = 100 * count / total
    kind = "bar right" if what == "right" else "bar"
    more = f'<span class="soft">Say in the next lecture, {_inline(text)}</span>' if text else ""
    nearly = total - count < FEWEST and count < total
    told = f"nearly all of {total}" if nearly else f"{count} ({width:.0f} %)"
    width = 100.0 if nearly else width
    return (
        f"<li><span>{escape(what)}: {told}</span>"
        f'<span class="rail" aria-hidden="true"><span class="{kind}" style="width:{width:.1f}%">'
        f"</span></span>{more}</li>"
    )


def _inline(text: str) -> str:
    """Write a sentence of the checker as HTML within a line."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))


def _sentence(name: str, what: str) -> str:
    """Say in the shared numbers what is amiss with a misconception; empty if it is none."""
    exercise = bank.find(name)
    known = [one.name for one in exercise.misconceptions]
    if what not in known:
        return ""
    values = task(exercise, "practice").misconceptions[known.index(what)]
    verdict = judge_values(name, "practice", values)
    if verdict.misconception != what:
        return ""
    return f"{name} in the shared numbers: " + " ".join(verdict.text.split("\n\n")[0].split())


def _students(students: Sequence[Student], grades: Mapping[str, Grade]) -> str:
    rows: list[list[Cell]] = []
    for one in students:
        grade = grades.get(one.seat)
        if grade is None:
            rows.append([one.name, one.seat, ("-", "-1"), "", "", "handed in nothing"])
            continue
        rows.append(
            [
                one.name,
                one.seat,
                f"{grade.points:g} of {grade.of:g}",
                str(grade.right),
                str(grade.late_days) if grade.late_days else "",
                " ".join(grade.notes),
            ]
        )
    titles = ("student", "seat", "points", "right", "days late", "notes")
    numbers = ("points", "right", "days late")
    return "<h2>Students (for you alone)</h2>" + sorted_table(_SORT, titles, rows, numbers)
