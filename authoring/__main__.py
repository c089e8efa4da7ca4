"""The authors' one command: ``python -m authoring --help`` lists what it can do."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from authoring import (
    address,
    claims_page,
    exercise_pages,
    normal_form,
    reached,
    review,
    signatures,
    stubs,
    tables,
)
from dtao_edu.lessons.claims import claims
from dtao_edu.lessons.course import course_folder, read_course

_Do = Callable[[argparse.Namespace], Iterable[str]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Returns
    -------
    int
        0 if nothing is amiss; 1 if something is, each fault printed as one sentence.
    """
    options = _parser().parse_args(arguments)
    try:
        faults = list(options.do(options))
    except (ValueError, OSError, RuntimeError) as error:
        faults = [str(error)]
    for fault in faults:
        print(fault)
    return int(bool(faults))


def _stubs(options: argparse.Namespace) -> Iterable[str]:
    if not options.check:
        stubs.write()
    return stubs.faults()


def _any(options: argparse.Namespace) -> Iterable[str]:
    signatures.main(options.rooms)
    return ()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m authoring", description="Authors' tools.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, do: _Do, summary: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=summary, description=summary)
        made.set_defaults(do=do)
        return made

    for name, do, summary in (
        ("write", _write, "Run notebooks and write them in the one form."),
        ("form", _form, "Look at the form of notebooks alone; no kernel."),
        ("review", _review, "Say what is amiss with lessons; no kernel."),
    ):
        command(name, do, summary).add_argument("files", nargs="+", metavar="FILE", type=Path)

    names = command("stubs", _stubs, "Write what editors read of names loaded when first used.")
    names.add_argument("--check", action="store_true", help="only say what is not up to date")
    command("reached", lambda options: reached.report(), "Say what of the package nothing reaches.")
    weak = command("any", _any, "Count weak public signatures, a row a room.")
    weak.add_argument("rooms", nargs="*", help="list those of these rooms one by one")

    pages = command("exercises", _exercises, "Make, or check, the notebooks of exercises.")
    pages.add_argument("what", choices=("write", "check"), help="check starts no kernel")
    pages.add_argument("lessons", nargs="*", type=_lesson, help="as 05; all if none is named")
    page = command("claims", _claims, "Make, or check, the page of claims.")
    page.add_argument("what", choices=("write", "check"), help="check starts no kernel")
    where = command("address", _address, "Write the repository's address wherever it stands.")
    where.add_argument("url", help="as https://github.com/somebody/dtao-edu")
    made = command("tables", _tables, "Write the tables of lessons and rules into the README.")
    made.add_argument("page", nargs="?", type=Path, default=Path("README.md"))
    return parser


def _lesson(text: str) -> str:
    if not re.fullmatch(r"\d\d", text):
        raise argparse.ArgumentTypeError(f"lesson is {text!r}; two digits are needed, as 05.")
    return text


def _write(options: argparse.Namespace) -> Iterable[str]:
    for file in options.files:
        try:
            print(f"{file}: {'written' if normal_form.write(file) else 'unchanged'}", flush=True)
        except RuntimeError as error:
            yield str(error)
        yield from normal_form.form_faults(file)


def _form(options: argparse.Namespace) -> Iterable[str]:
    for file in options.files:
        yield from normal_form.form_faults(file)


def _review(options: argparse.Namespace) -> Iterable[str]:
    found = [fault for file in options.files for fault in review.faults(file)]
    if not found:
        print("Nothing amiss.")
    return found


def _exercises(options: argparse.Namespace) -> Iterable[str]:
    for path, book in exercise_pages.books(options.lessons, course_folder()):
        if options.what == "check":
            yield from exercise_pages.faults(path, book)
        else:
            changed = exercise_pages.store(path, book)
            print(f"{path}: {'written' if changed else 'unchanged'}", flush=True)


def _claims(options: argparse.Namespace) -> Iterable[str]:
    folder = course_folder() / "notebooks"
    course, page = read_course(folder), folder / claims_page.PAGE
    faults = claims_page.claim_faults(claims(), course)
    if options.what == "write" and not faults:
        changed = exercise_pages.store(page, claims_page.book(course))
        print(f"{page}: {'written' if changed else 'unchanged'}", flush=True)
    return faults or claims_page.page_faults(page, course)


def _address(options: argparse.Namespace) -> Iterable[str]:
    return address.write(options.url)


def _tables(options: argparse.Namespace) -> Iterable[str]:
    tables.write(options.page)
    return ()


if __name__ == "__main__":
    sys.exit(main())
