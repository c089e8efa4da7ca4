"""The commands `dtao-edu class ...`."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dtao_edu.engine.errors import InputError

_Do = Callable[[argparse.Namespace], int | None]
_TERM = "01,02,03,04,05,06,07,08,09,10,11,12"


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Give a parser the commands of a class."""
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, do: _Do, summary: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=summary, description=summary)
        made.set_defaults(do=do)
        return made

    new = command("new", _new, "Make a class from a roster, or add who is new in it.")
    new.add_argument("folder", type=Path, help="the class's folder; it is made")
    new.add_argument(
        "--roster",
        type=Path,
        required=True,
        help="a CSV as Moodle or Canvas exports it, or one name a line",
    )
    new.add_argument("--title", help="what the class is called (default: the folder's name)")
    new.add_argument("--lessons", default=_TERM, help="one a week (default: %(default)s)")
    new.add_argument(
        "--start",
        type=dt.date.fromisoformat,
        default=None,
        help="the day of the first hand-out, as 2026-12-01 (default: today)",
    )

    out = command("hand-out", _hand_out, "Write what the students of a week get.")
    out.add_argument("week", type=int)
    out.add_argument(
        "--git",
        type=Path,
        metavar="REPOSITORY",
        help="commit it to a branch that nbgitpuller can pull, too",
    )
    out.add_argument("--branch", default="students", help="(default: %(default)s)")

    mark = command("mark", _mark, "Mark what was handed in; nothing of a student is executed.")
    mark.add_argument(
        "places",
        nargs="+",
        type=Path,
        metavar="FOLDER_OR_ZIP",
        help="what the platform gives: folders, zips, notebooks",
    )
    mark.add_argument("--week", type=int, help="its number (default: that of most answers)")

    again = command("regrade", _regrade, "Mark a week again from its marks.csv alone.")
    again.add_argument("week", type=int)
    again.add_argument("--dry-run", action="store_true", help="only say whose marks would change")
    for made in (mark, again):
        made.add_argument(
            "--grades",
            type=Path,
            metavar="CSV",
            help="the platform's own grade file, to be filled in",
        )
        made.add_argument("--column", help="the header of the column to fill, if asked for")
        made.add_argument("--names", action="store_true", help="write a page with names, too")
        made.add_argument("--workers", type=int, default=1, help="processes (default: %(default)s)")

    solved = command("solutions", _solutions, "Write the solutions in each seat's own numbers.")
    solved.add_argument("week", type=int)

    exam = command("exam", _exam, "Write a paper and a key for each seat, for a room.")
    exam.add_argument("name", help="of the examination; another name gives other numbers")
    exam.add_argument("--exercises", required=True, help="as 05.1,05.2,06.3")

    gone = command("forget", _forget, "Erase a student from the class's folder.")
    gone.add_argument("student", help="seat, name or address")
    for made in (out, mark, again, solved, exam, gone):
        made.add_argument(
            "--class",
            dest="folder",
            type=Path,
            default=Path(),
            help="the class's folder (default: this one)",
        )


def _new(options: argparse.Namespace) -> None:
    from dtao_edu import __version__
    from dtao_edu.classes import tables
    from dtao_edu.classes.roster import read_roster, read_seats, seated, write_seats
    from dtao_edu.classes.settings import SETTINGS, first_settings, read_settings
    from dtao_edu.practice import bank

    folder: Path = options.folder
    if not options.roster.is_file():
        raise InputError("roster", str(options.roster), "a file that is there")
    lessons = [lesson.strip() for lesson in options.lessons.split(",") if lesson.strip()]
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


def _hand_out(options: argparse.Namespace) -> None:
    from dtao_edu.classes.handing_out import hand_out, publish
    from dtao_edu.classes.settings import read_settings

    settings = read_settings(options.folder)
    out = hand_out(options.folder, settings, options.week)
    print(f"Week {options.week} is in {out} and in {out.with_suffix('.zip')}.")
    if options.git:
        print(publish(options.git, settings, options.week, options.branch))


def _mark(options: argparse.Namespace) -> None:
    from dtao_edu.classes.grade_file import read_grade_file
    from dtao_edu.classes.marking import mark
    from dtao_edu.classes.reports import write_report
    from dtao_edu.classes.roster import read_seats
    from dtao_edu.classes.settings import read_settings
    from dtao_edu.classes.workers import executor

    settings, students = read_settings(options.folder), read_seats(options.folder)
    grade_file = (
        read_grade_file(options.grades, students, options.column) if options.grades else None
    )
    with executor(options.workers) as many, _bar() as progress:
        marking = mark(
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
    print(
        write_report(
            options.folder,
            students,
            settings,
            marking,
            grade_file=grade_file,
            grade_path=options.grades,
            names=options.names,
        )
    )


def _regrade(options: argparse.Namespace) -> None:
    from dtao_edu.classes.grade_file import read_grade_file
    from dtao_edu.classes.regrading import regrade
    from dtao_edu.classes.reports import write_report
    from dtao_edu.classes.roster import read_seats
    from dtao_edu.classes.settings import read_settings
    from dtao_edu.classes.workers import executor

    settings, students = read_settings(options.folder), read_seats(options.folder)
    grade_file = (
        read_grade_file(options.grades, students, options.column) if options.grades else None
    )
    with executor(options.workers) as many:
        done = regrade(
            options.folder, students, settings, options.week, executor=many, workers=options.workers
        )
    by_seat = {one.seat: one.name for one in students}
    for change in done.changes:
        print(f"{by_seat.get(change.seat, '')} {change}")
    print(f"{len(done.changes)} of {len({mark.seat for mark in done.marking.marks})} marks change.")
    if options.dry_run:
        print("Nothing was written.")
        return
    print(
        write_report(
            options.folder,
            students,
            settings,
            done.marking,
            grade_file=grade_file,
            grade_path=options.grades,
            names=options.names,
        )
    )


def _solutions(options: argparse.Namespace) -> None:
    from dtao_edu.classes.papers import solutions
    from dtao_edu.classes.roster import read_seats
    from dtao_edu.classes.settings import read_settings

    settings, students = read_settings(options.folder), read_seats(options.folder)
    path = solutions(options.folder, settings, students, options.week)
    print(f"{path}: the notebooks, and a page for each of {len(students)} seats.")


def _exam(options: argparse.Namespace) -> None:
    from dtao_edu.classes.papers import exam
    from dtao_edu.classes.roster import read_seats
    from dtao_edu.classes.settings import read_settings

    settings, students = read_settings(options.folder), read_seats(options.folder)
    exercises = [name.strip() for name in options.exercises.split(",") if name.strip()]
    out = exam(options.folder, settings, students, options.name, exercises)
    print(f"{out}: papers.html and keys.html, to be printed from a browser, and keys.csv.")


def _forget(options: argparse.Namespace) -> None:
    from dtao_edu.classes.forgetting import forget

    print(forget(options.folder, options.student))


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
