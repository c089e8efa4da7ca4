"""What a marked week leaves on the disk; the same marks always give the same files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dtao_edu.classes import tables
from dtao_edu.classes.class_page import class_page
from dtao_edu.classes.feedback import feedback_page, feedback_zip
from dtao_edu.classes.grade_file import GradeFile
from dtao_edu.classes.marking import Marking, with_copies
from dtao_edu.classes.marks import (
    MARKS,
    Grade,
    Mark,
    by_seat,
    grades,
    read_marks,
    week_folder,
    write_marks,
)
from dtao_edu.classes.roster import Student
from dtao_edu.classes.settings import Settings, Week

GRADES, PAGE, NAMED_PAGE, FEEDBACK = (
    "grades.csv",
    "class.html",
    "class-with-names.html",
    "feedback.zip",
)
_COLUMNS = ("seat", "name", "points", "of", "answered", "right", "late_days", "notes")


@dataclass
class Report:
    """What was written for a week, and what a lecturer should look at."""

    folder: Path
    written: list[str] = field(default_factory=list)  # names of the files that changed
    grades: dict[str, Grade] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)  # sentences

    def __str__(self) -> str:
        return "\n".join(self.lines)


def write_report(
    folder: Path,
    students: Sequence[Student],
    settings: Settings,
    marking: Marking,
    *,
    grade_file: GradeFile | None = None,
    grade_path: Path | None = None,
    names: bool = False,
) -> Report:
    """Write the marks, the grades, the filled grade file, the feedback and the page of a week.

    The marks come first: whatever is cut off after them can be made again by `class regrade`.

    Parameters
    ----------
    folder : Path
        The class's folder.
    students, settings
        Of the class.
    marking : Marking
    grade_file : GradeFile, optional
        To be filled in.
    grade_path : Path, optional
        Where it came from; the filled one has `.filled` in its name, and lies in the week's folder.
    names : bool
        Whether a page with names is written too.
    """
    week, marks = marking.week, with_copies(marking)
    report = Report(week_folder(folder, week.number), grades=grades(marks, settings, week))

    def put(name: str, content: str | bytes, private: bool = True) -> None:
        if tables.write(report.folder / name, content, private=private):
            report.written.append(name)

    if write_marks(report.folder / MARKS, week.number, marks):
        report.written.append(MARKS)
    put(GRADES, _grades(students, report.grades))
    if grade_file and grade_path:
        filled = grade_file.fill(_parts(report.grades, students, settings))
        put(f"{grade_path.stem}.filled{grade_path.suffix}", filled)
    put(FEEDBACK, _feedback(settings, week, marks, report.grades, marking))
    earlier = points_by_week(folder, settings)
    for name, named in ((PAGE, False), (NAMED_PAGE, True)):
        if names or not named:
            html = class_page(settings, week, marks, report.grades, students, earlier, names=named)
            put(name, html, named)
    report.lines = _told(report, students, marking, marks, grade_file)
    return report


def _grades(students: Sequence[Student], found: Mapping[str, Grade]) -> str:
    rows = []
    for one in students:
        grade = found.get(one.seat)
        row: dict[str, tables.Cell] = {"seat": one.seat, "name": one.name}
        if grade is not None:
            row |= {name: getattr(grade, name) for name in ("answered", "right", "late_days")}
            row |= {"points": f"{grade.points:g}", "of": f"{grade.of:g}"}
            row["notes"] = " | ".join(grade.notes)
        rows.append(row)
    return tables.table(_COLUMNS, rows)


def _parts(
    found: Mapping[str, Grade], students: Sequence[Student], settings: Settings
) -> dict[str, float]:
    """Return the part of all points by seat, for the grade file."""
    parts = {seat: grade.points / grade.of for seat, grade in found.items() if grade.of}
    if settings.no_hand_in == "zero":
        parts = {one.seat: 0.0 for one in students} | parts
    return parts


def _feedback(
    settings: Settings,
    week: Week,
    marks: Sequence[Mark],
    found: Mapping[str, Grade],
    marking: Marking,
) -> bytes:
    own = by_seat(marks)
    pages = {
        seat: feedback_page(
            settings,
            week,
            grade,
            own[seat],
            {name: marking.texts.get((seat, name), "") for name in week.points},
        )
        for seat, grade in found.items()
    }
    return feedback_zip(pages, marking.tops)


def points_by_week(folder: Path, settings: Settings) -> dict[int, list[float]]:
    """Return the parts of all points of each week that was marked."""
    found = {}
    for week in settings.weeks:
        path = week_folder(folder, week.number) / MARKS
        if path.is_file() and week.most:
            own = grades(read_marks(path), settings, week)
            found[week.number] = [grade.points / grade.of for grade in own.values()]
    return found


def _told(
    report: Report,
    students: Sequence[Student],
    marking: Marking,
    marks: Sequence[Mark],
    grade_file: GradeFile | None,
) -> list[str]:
    """Say what a lecturer should look at."""
    names = {one.seat: one.name for one in students}
    noted = sum(bool(grade.notes) for grade in report.grades.values())
    late = sum(grade.late_days > 0 for grade in report.grades.values())
    told = f"{len(report.grades)} of {len(students)} students handed in"
    told += f", {late} late" if late else ""
    told += f", {noted} with a note in {GRADES}" if noted else ""
    lines = [f"Week {marking.week.number}: {told}."]
    lines += [
        f"{names[copy.seat]} ({copy.seat}) has the right answers of {names[copy.other]} "
        f"({copy.other}) in {', '.join(copy.exercises)}."
        for copy in marking.copies
    ]
    lines += [f"Not given to anybody: {path}. {why}" for path, why in marking.lost]
    if grade_file and grade_file.strangers:
        lines.append(f"In the grade file but not in the class: {', '.join(grade_file.strangers)}.")
    if grade_file and not grade_file.received and grade_file.platform == "moodle":
        lines.append("No time of hand-in could be read from the grade file: nobody counts as late.")
    where = ", ".join(report.written) or "nothing, all was there already"
    lines.append(f"Written to {report.folder}: {where}.")
    return lines
