"""The command ``dtao-edu``: open the course, check the installation, make slides, run a class."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path

HOME = "~/dtao-edu"
_Do = Callable[[argparse.Namespace], int | None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after ``dtao-edu``; those of the command line if not given.

    Returns
    -------
    int
        0 if all went well, 1 if not; the reason is printed as one sentence.

    Examples
    --------
    >>> main(["version"])
    0.2.0
    0
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a letter that the terminal has not is written out
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        return int(options.do(options) or 0)
    except (ValueError, OSError, ImportError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 1


def _port(text: str) -> int:
    """Read a port; the library that opens it would say the same in forty lines."""
    port = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= port <= 65_535:
        raise argparse.ArgumentTypeError(f"{text} is no port; allowed: 1 to 65535")
    return port


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dtao-edu", description="A course on Bittensor's Dynamic TAO, in Jupyter."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, do: _Do, summary: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=summary, description=summary)
        made.set_defaults(do=do)
        return made

    lab = command("lab", _lab, "Open your copy of the course in JupyterLab.")
    lab.add_argument("--folder", default=HOME, help="where your copy lies (default: %(default)s)")
    lab.add_argument("--lessons", help="only these, as 04,05 (default: all)")
    lab.add_argument("--port", type=_port, help="the port on this computer (default: a free one)")
    lab.add_argument("--no-browser", action="store_true", help="only print the address")

    copy = command("copy", _copy, "Lay a copy of the course into a folder, as a hub needs it.")
    copy.add_argument("folder", help="where it lies; what was changed there is left alone")
    copy.add_argument("--lessons", help="only these, as 04,05 (default: all)")
    copy.add_argument("--without-solutions", action="store_true", help="leave the solutions out")

    from .classes.commands import add_commands

    summary = "A class: roster, seats, handing out, marking, what it understood."
    add_commands(commands.add_parser("class", help=summary, description=summary))

    command("doctor", _doctor, "Check the installation and say how to mend it.")
    command("version", _version, "Print the version.")

    pools = command("snapshot", _snapshot, "Write the pools of this moment, read from the chain.")
    pools.add_argument("file", type=Path, help="the file to write: .csv or .json")
    pools.add_argument("--network", default="finney", help="as the official SDK names it")
    pools.add_argument("--block", type=int, help="an earlier block (default: the newest)")

    slides = command("slides", _slides, "Write a lesson as slides: one HTML file, no network.")
    slides.add_argument("--pdf", action="store_true", help="write a handout as PDF instead")
    slides.add_argument("--notes", action="store_true", help="print the speaker's notes too")
    slides.add_argument("--large", action="store_true", help="a handout in large print")
    slides.add_argument("--for", dest="audience", choices=["students"],
                        help="without notes and answers, for learners")  # fmt: skip
    slides.add_argument("--live", default="", metavar="PLAYGROUND",
                        help="add a slide on which it moves, as stake_unstake")  # fmt: skip
    slides.add_argument("--speaker", default="", help="who speaks, for the first slide")
    slides.add_argument("--date", default="", help="when, for the first slide")
    slides.add_argument("--link", default="", help="an address for the last slide, with QR code")
    teacher = command("teacher", _teacher, "Write the teacher's page of a lesson: answers, plan.")
    votes = command("votes", _votes, "Write the page on which a hall votes in a lecture.")
    for made in (slides, teacher, votes):
        made.add_argument("lesson", help="its number, as 05, its name, as talk, or a notebook")
        made.add_argument("--output", type=Path, help="the file to write")
    site = command("site", _site, "Write the course as a web site for any static host.")
    site.add_argument("folder", type=Path, help="where to: a new or empty folder, or the site's")
    site.add_argument("--repository", help="the project's address on the web, for links to sources")
    site.add_argument("--host", default="", help="where the site will stand, for shared links")
    site.add_argument("--only", default="", help="lessons to build, as 05,08; all if not given")
    site.add_argument("--still", action="store_true", help="pictures in place of flip-books")
    site.add_argument("--kernel", action="store_true",
                      help="lay a Python kernel for the browser beside it (needs npm)")  # fmt: skip
    return parser


def _site(options: argparse.Namespace) -> None:
    from .site import site

    only = [number.strip() for number in options.only.split(",") if number.strip()]
    built = site(
        options.folder,
        address=options.repository,
        host=options.host,
        only=only,
        flipbooks=not options.still,
        with_kernel=options.kernel,
        say=lambda line: print(line, flush=True),
    )
    print(built)


def _lab(options: argparse.Namespace) -> int | None:
    from .lessons.lab import open_lab
    from .lessons.learners_copy import lay

    laid = lay(options.folder, lessons=_lessons(options))
    print(laid, flush=True)
    return open_lab(laid.folder, port=options.port, browser=not options.no_browser)


def _copy(options: argparse.Namespace) -> None:
    from .lessons.learners_copy import lay

    lessons = _lessons(options)
    print(lay(options.folder, lessons=lessons, solutions=not options.without_solutions))


def _lessons(options: argparse.Namespace) -> list[str] | None:
    """Read the lessons that were named; None for all."""
    if options.lessons is None:
        return None
    return [name.strip() for name in options.lessons.split(",") if name.strip()]


def _doctor(options: argparse.Namespace) -> int:
    from .lessons.doctor import doctor

    report = doctor()
    print(report.details())
    return 0 if report.is_well else 1


def _version(options: argparse.Namespace) -> None:
    from importlib.metadata import version

    print(version("dtao-edu"))


def _snapshot(options: argparse.Namespace) -> None:
    from .ledger import write_pools
    from .ledger.live import connect, snapshot

    print(write_pools(snapshot(connect(options.network, options.block)), options.file))


def _slides(options: argparse.Namespace) -> None:
    from .lecture.slides import Occasion, slides

    made = slides(
        options.lesson,
        output=options.output,
        pdf=options.pdf,
        notes=options.notes,
        large=options.large,
        students=options.audience == "students",
        occasion=Occasion(options.speaker, options.date, options.link),
        live=options.live,
    )
    print(made)


def _teacher(options: argparse.Namespace) -> None:
    from .lecture.teacher import teacher_page

    print(teacher_page(options.lesson, output=options.output))


def _votes(options: argparse.Namespace) -> None:
    from .lecture.votes import votes_page

    print(votes_page(options.lesson, output=options.output))


if __name__ == "__main__":
    sys.exit(main())
