"""What all pages of the site share: their frame, their ids, words explained, formulas' letters."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files as resources
from pathlib import PurePosixPath
from string import Template
from typing import Any

from ..glossary import TERMS, Term


@dataclass(frozen=True)
class Page:
    """A page before it is put into the frame.

    Parameters
    ----------
    path : str
        Its file from the top of the site, as ``"lessons/05_staking_and_unstaking.html"``.
    title : str
        What it is called, without marks.
    body : str
        Its content as HTML, from the heading on.
    about : str
        One sentence for search, cards and feeds.
    group : str
        The part of the navigation that it belongs to.
    source : str
        The file from which it is made, from the top of the repository; may be empty.
    notebook : str
        The notebook that can be run, from the top of the repository; may be empty.
    drawings : sequence of str
        What stands at the places ``<!--drawing N-->``.
    also : sequence of tuple of str and str
        More text for the search, each with its place.
    explains : bool
        Whether the words of the glossary are explained on it.
    """

    path: str
    title: str
    body: str
    about: str = ""
    group: str = ""
    source: str = ""
    notebook: str = ""
    drawings: Sequence[str] = ()
    also: Sequence[tuple[str, str]] = ()
    explains: bool = True

    @property
    def up(self) -> str:
        """The way from the page to the top of the site."""
        return "../" * (len(PurePosixPath(self.path).parts) - 1)


@dataclass(frozen=True)
class Finished:
    """A page's content as it goes into the frame, and what is known of it.

    Parameters
    ----------
    html : str
        The content.
    headings : tuple of (level, id, text)
        For the list of contents.
    texts : tuple of (id, heading, text)
        For the search, one for each section.
    words : dict of str to str
        The words explained on the page, each with its meaning.
    """

    html: str
    headings: tuple[tuple[int, str, str], ...]
    texts: tuple[tuple[str, str, str], ...]
    words: dict[str, str]


@cache
def asset(name: str) -> str:
    """Return a file that all pages share: the frame, a style sheet or a script."""
    return (resources("dtao_edu.site") / "assets" / name).read_text(encoding="utf-8")


def filled(name: str, **fields: str) -> str:
    """Return such a file with its places filled."""
    return Template(asset(name)).substitute(fields)


def finish(page: Page) -> Finished:
    """Give headings their ids, let wide things scroll, and mark the words that are explained."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(page.body, "html.parser")
    headings: list[tuple[int, str, str]] = []
    taken: set[str] = set()
    for head in soup.find_all(re.compile(r"^h[1-6]$")):
        text = " ".join(head.get_text(" ").split())
        name = _unused(str(head.get("id") or slug(text)), taken)
        head["id"] = name
        if head.name != "h1":
            link = soup.new_tag("a", href=f"#{name}", attrs={"class": "anchor"})
            link["aria-label"] = f"Link to this section: {text}"
            link.string = "#"
            head.append(link)
        headings.append((int(head.name[1]), name, text))
    for table in soup.find_all("table"):
        scroll = soup.new_tag("div", attrs={"class": "scroll", "tabindex": "0", "role": "group"})
        scroll["aria-label"] = "Table"
        table.wrap(scroll)
    for code in soup.find_all("pre"):
        code["tabindex"] = "0"
    words = _explain(soup) if page.explains else {}
    html = str(soup)
    texts = (*_sections(soup), *((place, "", " ".join(said.split())) for place, said in page.also))
    for number, drawing in enumerate(page.drawings):
        html = html.replace(f"<!--drawing {number}-->", drawing)
    return Finished(html, tuple(headings), texts, words)


def slug(text: str) -> str:
    """Return a text as the id of a place on a page."""
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-") or "section"


def _unused(name: str, taken: set[str]) -> str:
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found)
    return found


_NOT_SEARCHED = ["h1", "h2", "h3", "script", "math"]


def _sections(soup: Any) -> Iterable[tuple[str, str, str]]:
    """Cut the text of a page at its headings."""
    name, heading = "", ""
    parts: list[str] = []
    for node in soup.descendants:
        if getattr(node, "name", None) in ("h1", "h2", "h3"):
            if parts:
                yield name, heading, " ".join(" ".join(parts).split())
            name, parts = node["id"], []
            heading = " ".join(node.get_text(" ").replace("#", " ").split())
        elif type(node).__name__ == "NavigableString" and not node.find_parent(_NOT_SEARCHED):
            parts.append(str(node))
    if parts or heading:
        yield name, heading, " ".join(" ".join(parts).split())


_PATTERNS: list[tuple[re.Pattern[str], Term]] = [
    (re.compile(rf"(?<![\w-]){re.escape(name)}s?(?![\w-])", re.IGNORECASE), term)
    for term in TERMS
    if not term.everyday
    for name in (term.name,)
]
_LEFT = ["a", "button", "code", "pre", "math", "summary", "h1", "h2", "h3", "h4", "figcaption",
         "script", "title", "label", "th"]  # fmt: skip


def _explain(soup: Any) -> dict[str, str]:
    """Mark the first place of each word of the glossary; the longest word wins."""
    found: dict[str, str] = {}
    todo = sorted(_PATTERNS, key=lambda one: -len(one[1].name))
    nodes = [
        node
        for node in soup.find_all(string=True)
        if type(node).__name__ == "NavigableString" and not node.find_parent(_LEFT)
    ]
    for pattern, term in todo:
        for place, node in enumerate(nodes):
            match = pattern.search(node)
            if not match:
                continue
            word = soup.new_tag("a", attrs={"class": "word", "data-word": term.name})
            word["href"] = f"GLOSSARY#{slug(term.name)}"
            word.string = match[0]
            before, after = node[: match.start()], node[match.end() :]
            pieces = [type(node)(before), word, type(node)(after)]
            node.replace_with(*pieces)
            nodes[place : place + 1] = [pieces[0], pieces[2]]
            found[term.name] = term.meaning
            break
    return found


def framed(
    page: Page,
    made: Finished,
    *,
    navigation: str,
    before: Page | None,
    after: Page | None,
    foot: str,
    launch: str,
    head: str,
) -> str:
    """Put a page into the frame.

    Parameters
    ----------
    page : Page
    made : Finished
        What :func:`finish` made of it.
    navigation, foot, launch, head : str
        What stands around the content, as HTML.
    before, after : Page or None
        Its neighbours in reading order.

    Returns
    -------
    str
        The whole file.
    """
    contents = "".join(
        f'<li class="level{level}"><a href="#{name}">{escape(text)}</a></li>'
        for level, name, text in made.headings
        if level in (2, 3)
    )
    return filled(
        "page.html",
        up=page.up,
        title=escape(page.title),
        about=escape(page.about, quote=True),
        head=head,
        navigation=navigation,
        contents=f"<ol>{contents}</ol>" if contents else "",
        body=made.html.replace("GLOSSARY#", f"{page.up}glossary.html#"),
        around=_around(page, before, after),
        launch=launch,
        foot=foot,
        words=json.dumps(made.words, ensure_ascii=False).replace("</", "<\\/"),
        path=page.path,
        # Inside each page: text is seen before anything else has come.
        style=asset("site.css"),
        early=asset("early.js"),
    )


def _around(page: Page, before: Page | None, after: Page | None) -> str:
    parts = [
        f'<a rel="{rel}" href="{page.up}{one.path}"><span>{said}</span> {escape(one.title)}</a>'
        for rel, said, one in (("prev", "Previous", before), ("next", "Next", after))
        if one
    ]
    return "".join(parts)
