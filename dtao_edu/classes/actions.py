"""What each of the commands `dtao-edu class ...` does."""

from __future__ import annotations

import datetime as dt
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dtao_edu import __version__
from dtao_edu.classes import forgetting, handing_out, marking, papers, regrading, tables
from dtao_edu.classes.grade_file import GradeFile, read_grade_file
from dtao_edu.classes.reports import write_report
from dtao_edu.classes.roster import Student, read_roster, read_seats, seated, write_seats
from dtao_edu.classes.settings import SETTINGS, Settings, first_settings, read_settings
from dtao_edu.classes.workers import executor
from dtao_edu.engine.errors import InputError
from dtao_edu.practice import bank


def new(options: Namespace) -> None:
    """Make a class, or add who is new in it."""
    folder: Path = options.folder
    if not options.roster.is_file():
        raise InputError("roster", str(options.roster), "a file that is there")
    lessons = _words(options.lessons)
    for lesson in lessons:
        if lesson not in bank.lessons():
            raise InputError("lesson", lesson, ", ".join(bank.lessons()))
    students, had = read_roster(options.roster), len(read_seats(folder))
    if not (folder / SETTINGS).is_file():
        start = options.start or dt.date.today()
        text = first_settings(options.title or folder.resolve().name, lessons, start, __version__)
        tables.write(folder / SETTINGS, text)
    settings = read_settings(folder)
    everybody = seated(folder, students)
    write_seats(folder, everybody)
    print(
        f"{settings.title}: {len(everybody)} students, {len(everybody) - had} of them new, "
        f"{len(settings.weeks)} weeks."
    )
    print(
        f"Look into {folder / SETTINGS}: lessons, due times, points. Send each student the line "
        f"in {folder / 'mail-merge.csv'}. Keep secret.txt and seats.csv to yourself."
    )


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def hand_out(options: Namespace) -> None:
    """Write what the students of a week get."""
    settings = read_settings(options.folder)
    out = handing_out.hand_out(options.folder, settings, options.week)
    print(f"Week {options.week} is in {out} and in {out.with_suffix('.zip')}.")
    if options.git:
        print(handing_out.publish(options.git, settings, options.week, options.branch))


def mark(options: Namespace) -> None:
    """Mark what was handed in."""
    settings, students = _class(options)
    grade_file = _grade_file(options, students)
    with executor(options.workers) as many, _bar() as progress:
        made = marking.mark(
            options.places,
            students,
            settings,
            week=options.week,
            grade_file=grade_file,
            executor=many,
            workers=options.workers,
            folder=options.folder,
            progress=progress,
        )
    _report(options, settings, students, made, grade_file)


def regrade(options: Namespace) -> None:
    """Mark a week again from its marks alone."""
    settings, students = _class(options)
    grade_file = _grade_file(options, students)
    with executor(options.workers) as many:
        done = regrading.regrade(
            options.folder, students, settings, options.week, executor=many, workers=options.workers
        )
    by_seat = {one.seat: one.name for one in students}
    for change in done.changes:
        print(f"{by_seat.get(change.seat, '')} {change}")
    print(f"{len(done.changes)} of {len({mark.seat for mark in done.marking.marks})} marks change.")
    if options.dry_run:
        print("Nothing was written.")
    else:
        _report(options, settings, students, done.marking, grade_file)


def _class(options: Namespace) -> tuple[Settings, list[Student]]:
    return read_settings(options.folder), read_seats(options.folder)


def _grade_file(options: Namespace, students: Sequence[Student]) -> GradeFile | None:
    grades = options.grades
    return read_grade_file(grades, students, options.column) if grades else None


def _report(
    options: Namespace,
    settings: Settings,
    students: Sequence[Student],
    made: marking.Marking,
    grade_file: GradeFile | None,
) -> None:
    folder, grades, names = options.folder, options.grades, options.names
    report = write_report(
        folder, students, settings, made, grade_file=grade_file, grade_path=grades, names=names
    )
    print(report)


def solutions(options: Namespace) -> None:
    """Write the solutions in each seat's own numbers."""
    settings, students = _class(options)
    path = papers.solutions(options.folder, settings, students, options.week)
    print(f"{path}: the notebooks, and a page for each of {len(students)} seats.")


def exam(options: Namespace) -> None:
    """Write a paper and a key for each seat."""
    settings, students = _class(options)
    exercises = _words(options.exercises)
    out = papers.exam(options.folder, settings, students, options.name, exercises)
    print(f"{out}: papers.html and keys.html, to be printed from a browser, and keys.csv.")


def forget(options: Namespace) -> None:
    """Erase a student from the class's folder."""
    print(forgetting.forget(options.folder, options.student))


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """Show how far it is, on one line of a terminal."""
    shown = sys.stderr.isatty()

    def put(done: int, total: int) -> None:
        if shown and (done == total or done % 10 == 0):
            print(f"\rmarked {done} of {total}", end="", file=sys.stderr, flush=True)

    try:
        yield put
    finally:
        if shown:
            print("\r" + " " * 40 + "\r", end="", file=sys.stderr, flush=True)
