"""Pages to look things up: glossary, table of rules, and the package from its docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from html import escape
from importlib import import_module
from pathlib import Path
from types import ModuleType

from ..bibliography import REFERENCES
from ..glossary import TERMS
from ..lecture.html import highlighted, markdown
from ..lessons.course import Course
from .shell import Page, slug

GROUP = "To look up"
ROOMS = {
    "dtao_edu": "the names a learner types",
    "dtao_edu.engine.formulas": "every equation of the mechanism, once",
    "dtao_edu.engine": "pools, votes, wallets, emission",
    "dtao_edu.ledger": "real figures of the chain",
    "dtao_edu.measures": "concentration, distance, power",
    "dtao_edu.simulation": "networks in time, rules by date",
    "dtao_edu.studies": "one question a module",
    "dtao_edu.figures": "pictures with their sentences",
    "dtao_edu.playground": "live figures",
    "dtao_edu.practice": "exercises and their checker",
    "dtao_edu.derivation": "formulas derived step by step",
}
_SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)


def glossary_page(course: Course) -> Page:
    """Return the page of all words, in alphabetical order."""
    names = {lesson.number: lesson for lesson in course.lessons}
    rows = []
    for term in sorted(TERMS, key=lambda term: term.name.lower()):
        facts = [f"unit: {escape(term.unit)}"] if term.unit else []
        facts += [f"on the chain: <code>{escape(term.chain)}</code>"] if term.chain else []
        facts += [f"also called {escape(', '.join(term.also))}"] if term.also else []
        if lesson := names.get(term.lesson):
            facts.append(f'<a href="lessons/{lesson.name}.html">lesson {term.lesson}</a>')
        symbol = markdown(f"${term.symbol}$", Path()) if term.symbol else ""
        symbol = re.sub(r"</?p>", "", symbol)
        rows.append(
            f'<dt id="{slug(term.name)}">{escape(term.name)} {symbol}</dt>'
            f"<dd>{escape(term.meaning)} <small>{'; '.join(facts)}</small></dd>"
        )
    body = (
        f"<h1>Glossary</h1><p>{len(rows)} words, each explained once.</p><dl>{''.join(rows)}</dl>"
    )
    source = "dtao_edu/glossary/terms.py"
    about = "The words of the field, each explained once."
    return Page("glossary.html", "Glossary", body, about, GROUP, source, explains=False)


def rules_page() -> Page:
    """Return the page of the chain's rules by date."""
    from ..simulation.rules import rules_table

    table = markdown(rules_table()._repr_markdown_(), Path())
    body = (
        "<h1>What changed when</h1><p>The chain changed its rules some thirty times since the "
        "launch of Dynamic TAO. The engine carries them by date: "
        f'<code>rules_on("2025-11-10")</code>.</p><div class="rows">{table}</div>'
    )
    about = "The rules of the chain by date, each with its source."
    source = "dtao_edu/simulation/rules.toml"
    return Page("rules.html", "What changed when", body, about, GROUP, source, explains=False)


def works_page() -> Page:
    """Return the page of the works cited."""
    rows = "".join(
        f'<dt id="{slug(key)}">{escape(key)}</dt><dd>{escape(str(work))}</dd>'
        for key, work in sorted(REFERENCES.items())
    )
    body = f"<h1>Works cited</h1><dl>{rows}</dl>"
    about = "The works that the course cites."
    source = "dtao_edu/bibliography.py"
    return Page("works.html", "Works cited", body, about, GROUP, source, explains=False)


def api_pages() -> Iterator[Page]:
    """Make the pages of the package: one room each, from the docstrings."""
    links = "".join(
        f'<li><a href="{name}.html"><code>{name}</code></a>: {escape(what)}</li>'
        for name, what in ROOMS.items()
    )
    opening = "<h1>The package</h1><p>All that the lessons call, from its own docstrings.</p>"
    about = "The package's names, from its docstrings."
    yield Page("api/index.html", "The package", f"{opening}<ul>{links}</ul>", about, GROUP)
    for name, what in ROOMS.items():
        yield _room(name, what)


def _room(name: str, what: str) -> Page:
    module = import_module(name)
    parts = [f"<h1><code>{name}</code></h1>", _docstring(inspect.getdoc(module) or what)]
    for public in _public(module):
        thing = getattr(module, public)
        if not isinstance(thing, ModuleType) and inspect.getdoc(thing) and callable(thing):
            parts.append(_thing(public, thing))
    source = name.replace(".", "/") + "/__init__.py"
    return Page(f"api/{name}.html", name, "\n".join(parts), what, GROUP, source, explains=False)


def _public(module: ModuleType) -> list[str]:
    names = getattr(module, "__all__", None) or [one for one in dir(module) if one[0] != "_"]
    return sorted(set(names), key=lambda one: (one.islower(), one))


def _thing(name: str, thing: object) -> str:
    parts = [f'<h2 id="{name}"><code>{escape(name)}</code></h2>', _signature(name, thing)]
    parts.append(_docstring(inspect.getdoc(thing) or ""))
    if inspect.isclass(thing):
        for key, member in vars(thing).items():
            doc = inspect.getdoc(member)
            if key.startswith("_") or not doc:
                continue
            if callable(member) or isinstance(member, property | classmethod | staticmethod):
                first = doc.split("\n\n")[0]
                parts.append(
                    f'<h3 id="{name}.{key}"><code>.{escape(key)}</code></h3>'
                    f"{_signature(key, member)}{_prose(first)}"
                )
    return f"<section>{''.join(parts)}</section>"


def _signature(name: str, thing: object) -> str:
    if not callable(thing):
        return ""
    try:
        text = str(inspect.signature(thing))
    except (TypeError, ValueError):
        return ""
    text = re.sub(r"<[^>]* at 0x[0-9a-f]+>", "...", text.replace("dtao_edu.", ""))
    # Types are kept as texts.
    text = re.sub(r"ForwardRef\('([^']*)'\)", r"\1", text)
    text = re.sub(r"(: |-> )'([^']*)'", r"\1\2", text)
    return highlighted(f"{name}{text}" if len(text) < 400 else f"{name}(...)")


def _docstring(text: str) -> str:
    """Turn a docstring in numpydoc's form into HTML."""
    head, *rest = _SECTION.split(text)
    parts = [_prose(head)]
    for title, body in zip(rest[::2], rest[1::2], strict=True):
        parts.append(f"<p><strong>{title}</strong></p>")
        if title == "Examples":
            parts.append(highlighted(body.strip("\n"), "pycon"))
        elif title in ("Parameters", "Attributes", "Returns", "Yields", "Raises"):
            parts.append(_fields(body))
        else:
            parts.append(_prose(body))
    return "".join(parts)


def _fields(body: str) -> str:
    """Turn a list of names, each with its sentence below or beside it, into HTML; or a sentence."""
    rows = []
    entries = [one.partition("\n") for one in re.split(r"\n(?=\S)", body.strip("\n"))]
    beside = not all(rest.strip() for _, _, rest in entries)
    if beside and not all(" : " in first for first, _, _ in entries):
        return _prose(body)
    for first, _, rest in entries:
        said = inspect.cleandoc(rest)
        if beside:
            first, _, what = first.partition(" : ")
            said = f"{what} {said}"
        rows.append(f"<dt>{escape(first.replace('`', ''))}</dt><dd>{_prose(said)}</dd>")
    return f'<dl class="fields">{"".join(rows)}</dl>'


def _prose(text: str) -> str:
    """Turn the prose of a docstring into paragraphs; its roles and double backticks into code."""
    parts = []
    for block in re.split(r"\n\s*\n", text.strip()):
        if not block:
            continue
        if block.lstrip().startswith(">>>"):
            parts.append(highlighted(inspect.cleandoc(block), "pycon"))
            continue
        if all(line.startswith("    ") for line in block.splitlines()):
            parts.append(highlighted(inspect.cleandoc(block), "text"))
            continue
        html = escape(block, quote=False)
        html = re.sub(r":\w+:`~?([^`]+)`", r"<code>\1</code>", html)
        html = re.sub(r"``(.+?)``|`([^`]+)`", r"<code>\1\2</code>", html)
        html = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html)
        if block.startswith("- "):
            items = (
                f"<li>{item}</li>" for item in re.split(r"\n?^- ", html, flags=re.MULTILINE)[1:]
            )
            parts.append(f"<ul>{''.join(items)}</ul>")
        else:
            parts.append(f"<p>{html}</p>")
    return "".join(parts)
