"""The commands `dtao-edu class ...`."""

from __future__ import annotations

import argparse
import datetime as dt
from importlib import import_module
from pathlib import Path

_TERM = "01,02,03,04,05,06,07,08,09,10,11,12"


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Give a parser the commands of a class."""
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, summary: str, action: str = "") -> argparse.ArgumentParser:
        def do(options: argparse.Namespace) -> None:
            # Loaded when it is asked for: no other command waits for it.
            getattr(import_module("dtao_edu.classes.actions"), action or name)(options)

        made = commands.add_parser(name, help=summary, description=summary)
        made.set_defaults(do=do)
        return made

    new = command("new", "Make a class from a roster, or add who is new in it.")
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

    out = command("hand-out", "Write what the students of a week get.", "hand_out")
    out.add_argument("week", type=int)
    out.add_argument(
        "--git",
        type=Path,
        metavar="REPOSITORY",
        help="commit it to a branch that nbgitpuller can pull, too",
    )
    out.add_argument("--branch", default="students", help="(default: %(default)s)")

    mark = command("mark", "Mark what was handed in; nothing of a student is executed.")
    mark.add_argument(
        "places",
        nargs="+",
        type=Path,
        metavar="FOLDER_OR_ZIP",
        help="what the platform gives: folders, zips, notebooks",
    )
    mark.add_argument("--week", type=int, help="its number (default: that of most answers)")

    again = command("regrade", "Mark a week again from its marks.csv alone.")
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

    solved = command("solutions", "Write the solutions in each seat's own numbers.")
    solved.add_argument("week", type=int)

    exam = command("exam", "Write a paper and a key for each seat, for a room.")
    exam.add_argument("name", help="of the examination; another name gives other numbers")
    exam.add_argument("--exercises", required=True, help="as 05.1,05.2,06.3")

    gone = command("forget", "Erase a student from the class's folder.")
    gone.add_argument("student", help="seat, name or address")
    for made in (out, mark, again, solved, exam, gone):
        made.add_argument(
            "--class",
            dest="folder",
            type=Path,
            default=Path(),
            help="the class's folder (default: this one)",
        )
