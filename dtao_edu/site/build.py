"""Build the site: every page in its frame, what all pages share, the search and the feed."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from dtao_edu import files
from dtao_edu.practice import bank

from ..engine.errors import InputError
from ..lecture.mathml import font_face
from ..lecture.needed import need_lecture
from ..lecture.slides import deck
from ..lessons.course import Course, course_folder, read_course
from ..lessons.lesson import Lesson
from .address import launches, repository, source
from .cells import Body
from .exercises import KERNEL, exercise_page, in_this_browser
from .feed import card, feed
from .flip import Flip
from .front import front_page
from .kept import code_sum, kept
from .kernel import FOLDER, Kernel, kernel
from .reference import api_pages, glossary_page, rules_page, works_page
from .runs import run_lessons
from .shell import Finished, Page, asset, finish, framed, slug

_MADE = "This folder holds the site of dtao_edu; what is in it is written anew.\n"
_MARK = ".dtao-site"
_ASSETS = ("site.js", "judge.js")


@dataclass(frozen=True)
class Built:
    """What :func:`site` wrote.

    Parameters
    ----------
    folder : Path
    pages : int
    size : int
        Bytes of all files, without the kernel in the browser.
    kernel : Kernel or None
        The kernel in the browser, if this was asked for.
    notes : tuple of str
        What the site does not have, one sentence each.
    """

    folder: Path
    pages: int
    size: int
    kernel: Kernel | None = None
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        first = f"{self.pages} pages, {self.size / 1e6:.1f} MB, in {self.folder}: open index.html."
        lab = [str(self.kernel)] if self.kernel else []
        return "\n".join([first, *lab, *self.notes])


def site(
    folder: str | Path,
    *,
    address: str | None = None,
    host: str = "",
    only: Sequence[str] = (),
    flipbooks: bool = True,
    with_kernel: bool = False,
    say: Callable[[str], None] = lambda line: None,
) -> Built:
    """Write the course as a web site that any static host can serve, and that opens from a disk.

    Parameters
    ----------
    folder : str or Path
        Where to; an empty folder, a new one, or one that held the site before.
    address : str, optional
        The repository's address on the web; that of the package's description if not given.
        Without any, no link to sources or services is made.
    host : str
        Where the site will stand, as ``"https://example.org/course"``; cards that are shared need
        it, and nothing else does.
    only : sequence of str
        Numbers of lessons, to look at some; all if empty.
    flipbooks : bool
        Whether playgrounds move on the pages; without, they show their picture.
    with_kernel : bool
        Whether a kernel for the browser is laid beside the pages, in the folder ``lab``; it needs
        the extra ``browser``, npm and the package index. One that lies there already stays.
    say : callable
        Is told what is being made.

    Raises
    ------
    InputError
        If the folder holds something else.
    ImportError
        If what only the site needs is not installed.
    RuntimeError
        If a part of the browser's kernel could not be had.
    """
    need_lecture("the site")
    target = _folder(files.place(folder))
    where = repository() if address is None else address.rstrip("/")
    lab = kernel(target, say) if with_kernel else None
    course = read_course(course_folder() / "notebooks")
    names = [one for one in course.lessons if not only or one.number in only]
    say(f"Running {len(names)} notebooks; those that did not change are kept from last time.")
    room = target / ".kept"
    lessons, stored = run_lessons([course.folder / f"{one.name}.ipynb" for one in names], room)
    flip = Flip(target, room, say, flipbooks)
    say("Making pages.")
    pages = [
        front_page(course, flip.front()),
        *(_lesson_page(one, course, flip) for one in lessons),
        *_slides_pages(lessons, course, target, say),
        *_exercise_pages(lessons, room),
        glossary_page(course),
        rules_page(),
        works_page(),
        *_kept_pages(room, "api", [], api_pages),
    ]
    made = [_finished(page, room) for page in pages]
    writer = _Writer(target, pages, where, host)
    for page, done in zip(pages, made, strict=True):
        writer.write(page, done)
    _assets(target, pages, made, host)
    size = sum(
        path.stat().st_size
        for path in target.rglob("*")
        if not {".kept", FOLDER} & set(path.parts) and path.is_file()
    )
    notes = () if where else ("No address of a repository is set, so no page links to its source.",)
    return Built(target, len(pages), size, lab, (*notes, *stored, *flip.notes))


def _folder(target: Path) -> Path:
    if target.exists() and not target.is_dir():
        raise InputError("folder", str(target), "a folder")
    if target.is_dir() and any(target.iterdir()) and not (target / _MARK).is_file():
        raise InputError("folder", str(target), "an empty folder, or one that holds the site")
    target.mkdir(parents=True, exist_ok=True)
    files.write(target / _MARK, _MADE)
    return target


def _links(course: Course) -> Callable[[str], str | None]:
    """Say where a link of a notebook leads from a page in ``lessons``."""
    names = {one.name for one in course.lessons}
    numbers = {one.number: one.name for one in course.lessons}

    def lead(target: str) -> str | None:
        if re.match(r"https?:", target):
            return target
        path, _, place = target.partition("#")
        cell = place.removeprefix("cell-id=")
        # JupyterLab names a heading by its words; here it has a name of its own.
        mark = f"#cell-{cell}" if cell != place else f"#{slug(unquote(place))}" if place else ""
        name = Path(path).stem
        if not path:
            return mark
        if "exercises" in path and (lesson := numbers.get(name[:2])):
            return f"../exercises/{lesson}.html{mark}"
        return f"{name}.html{mark}" if name in names else None

    return lead


def _lesson_page(lesson: Lesson, course: Course, flip: Flip) -> Page:
    body = Body(lesson, course.folder, _links(course), flip.live)
    text = body.html()
    about = "; ".join(lesson.objectives[:2]) or lesson.purpose
    extra = [f'<a href="../slides/{lesson.number}.html">Slides</a>'] if lesson.slides else []
    if lesson.number in bank.lessons():
        extra.append(f'<a href="../exercises/{lesson.name}.html">Exercises</a>')
    beside = f'<p class="launch">{" ".join(extra)}</p>' if extra else ""
    title = html.escape(lesson.full_title)
    whole = f"<h1>{title}</h1>{beside}{body.opening()}{text}{body.answers()}"
    return Page(
        f"lessons/{lesson.name}.html",
        lesson.full_title,
        whole,
        about,
        "Lessons",
        source=f"notebooks/{lesson.name}.ipynb",
        notebook=f"notebooks/{lesson.name}.ipynb",
        drawings=body.drawings,
        also=body.also,
    )


def _slides_pages(
    lessons: Sequence[Lesson], course: Course, target: Path, say: Callable[[str], None]
) -> Iterator[Page]:
    say("Making slides.")
    rows = []
    (target / "slides").mkdir(exist_ok=True)
    for lesson in lessons:
        if lesson.slides:
            files.write(target / "slides" / f"{lesson.number}.html", deck(lesson, course.folder))
            minutes = f"{lesson.minutes_lecture} minutes" if lesson.minutes_lecture else ""
            rows.append(
                f'<li><a href="{lesson.number}.html">{html.escape(lesson.full_title)}</a> '
                f"<small>{len(lesson.slides)} slides, {minutes}</small></li>"
            )
    body = (
        "<h1>Slides</h1><p>One file a lesson, which shows without a network. The key ? lists the "
        f"keys; S opens the speaker's notes.</p><ul>{''.join(rows)}</ul>"
    )
    yield Page("slides/index.html", "Slides", body, "Each lesson as a lecture.", "To look up")


def _kept_pages(
    room: Path, name: str, made_from: Sequence[str], make: Callable[[], Iterable[Page]]
) -> list[Page]:
    """Take pages that depend on the package and little else, or make them."""
    parts = [code_sum(whole=True), *made_from]
    found = kept(room / "pages", name, parts, lambda: [asdict(page) for page in make()])
    return [Page(**one) for one in found]


def _finished(page: Page, room: Path) -> Finished:
    """Take what a page's content became, or let it become so."""
    parts = [code_sum(whole=True), page.body, str(page.also), *page.drawings]
    name = page.path.removesuffix(".html").replace("/", "-")
    found = kept(room / "finished", name, parts, lambda: asdict(finish(page)))
    return Finished(
        found["html"], _tuples(found["headings"]), _tuples(found["texts"]), found["words"]
    )


def _tuples(rows: list[list[Any]]) -> tuple[Any, ...]:
    return tuple(map(tuple, rows))


def _exercise_pages(lessons: Sequence[Lesson], room: Path) -> list[Page]:
    pages = [
        page
        for one in lessons
        if one.number in bank.lessons()
        for page in _kept_exercises(one, room)
    ]
    rows = "".join(
        f'<li><a href="../{page.path}">{html.escape(page.title)}</a></li>' for page in pages
    )
    body = (
        "<h1>Exercises</h1><p>To each lesson, with the same numbers for everybody. In a notebook "
        f'<code>sit("a name")</code> gives you numbers of your own.</p><ul>{rows}</ul>'
    )
    about = "Exercises that say why an answer is wrong."
    return [*pages, Page("exercises/index.html", "Exercises", body, about, "To look up")]


def _kept_exercises(one: Lesson, room: Path) -> list[Page]:
    name, made_from = f"exercises-{one.number}", [one.name, one.full_title]
    return _kept_pages(room, name, made_from, lambda: [exercise_page(one)])


class _Writer:
    """Puts pages into their frame; knows what all of them share."""

    def __init__(self, target: Path, pages: Sequence[Page], address: str, host: str) -> None:
        self.target, self.address, self.host = target, address, host.rstrip("/")
        self.order = {
            group: [page for page in pages if page.group == group]
            for group in ("Lessons", "Exercises", "To look up")
        }

    def write(self, page: Page, made: Finished) -> None:
        """Write one page."""
        mates = self.order.get(page.group, [page, *self.order["Lessons"][:1]])
        here = mates.index(page)
        before = mates[here - 1] if here else None
        after = mates[here + 1] if here < len(mates) - 1 else None
        path = self.target / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        has_kernel = (self.target / FOLDER / "index.html").is_file()
        button = in_this_browser(page) if has_kernel and page.notebook else ""
        made = replace(made, html=made.html.replace(KERNEL, button))
        text = framed(
            page,
            made,
            navigation=self._navigation(page),
            before=before,
            after=after,
            foot=self._foot(page),
            launch=self._launch(page),
            head=self._head(page),
        )
        files.write(path, text)

    def _navigation(self, page: Page) -> str:
        parts = []
        for group, pages in self.order.items():
            shown = [one for one in pages if not one.path.startswith("api/dtao_edu")]
            rows = "".join(
                f'<li><a href="{page.up}{one.path}">{html.escape(one.title)}</a></li>'
                for one in shown
            )
            listed = f"<ul>{rows}</ul>"
            if group == "Exercises":
                is_open = " open" if page.group == group else ""
                listed = f"<details{is_open}><summary>Exercises</summary>{listed}</details>"
            parts.append(f"<h2>{group}</h2>{listed}")
        return "".join(parts)

    def _launch(self, page: Page) -> str:
        links = launches(self.address, page.notebook) if page.notebook else {}
        shown = " ".join(f'<a href="{html.escape(to)}">{name}</a>' for name, to in links.items())
        return f'<p class="launch">Run it: {shown}</p>' if links else ""

    def _foot(self, page: Page) -> str:
        read = source(self.address, page.source) if page.source else ""
        parts = [
            f"Rules of the chain as known to {_known_until()}.",
            "Nothing here is advice to buy or to sell.",
        ]
        report = "An error on this page? Tell whoever gave you the link"
        if self.address:
            report = f'<a href="{self.address}/issues/new/choose">Report an error</a> on this page'
        parts.append(f"{report}, naming <code>{page.path}</code>.")
        if read:
            parts.append(f'<a href="{read}">Source of this page</a>.')
        parts.append("Text and pictures: CC BY 4.0; code: MIT.")
        return f'<p>{" ".join(parts)}</p><p class="mine"></p>'

    def _head(self, page: Page) -> str:
        about, title = html.escape(page.about, quote=True), html.escape(page.title, quote=True)
        base = f"{self.host}/" if self.host else page.up
        tags = {
            "og:type": "article",
            "og:site_name": "Dynamic TAO",
            "og:title": title,
            "og:description": about,
            "og:image": f"{base}assets/card.png",
            **({"og:url": f"{base}{page.path}"} if self.host else {}),
        }
        lines = [f'<meta property="{name}" content="{value}">' for name, value in tags.items()]
        return "\n".join([*lines, '<meta name="twitter:card" content="summary_large_image">'])


def _known_until() -> str:
    from ..simulation.rules import rules_table

    found = re.search(r"Known to ([\d-]+)", rules_table()._repr_markdown_())
    return found[1] if found else "the day of the last rule in the table"


def _assets(target: Path, pages: Sequence[Page], made: Sequence[Finished], host: str) -> None:
    room = target / "assets"
    room.mkdir(exist_ok=True)
    for name in _ASSETS:
        files.write(room / name, asset(name))
    files.write(room / "formulas.css", font_face("".join(one.html for one in made)))
    rows = [
        [page.path, anchor, page.title, heading, text]
        for page, done in zip(pages, made, strict=True)
        for anchor, heading, text in done.texts
        if text
    ]
    index = json.dumps(rows, ensure_ascii=False).replace("</", "<\\/")
    files.write(room / "index.js", f"window.dtaoIndex = {index};\n")
    files.write(room / "card.png", card())
    files.write(target / "feed.xml", feed(host))
    files.write(target / ".nojekyll", "")
