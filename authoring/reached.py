"""What of the package nothing reaches: no notebook, exercise, playground, command or page.

A name is reached when a living line says it: in a notebook or a page, in the command line, in an
exercise of the bank, in a test of the chain's cases, in the list of names that a learner types, or
in another name of the package that is reached itself. Tests alone do not keep a name alive.

    python -m authoring reached
"""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import dtao_edu  # noqa: F401 - its names are listed when it is imported
from dtao_edu import lazy

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "dtao_edu"
WORD = re.compile(r"[A-Za-z_]\w*")
LIVING = ("notebooks", "exercises", "docs", "authoring", "benchmarks", "tests/chain", ".ci")
"""Where what somebody reads or runs stands; besides README, CONTRIBUTING and the bank."""
READ = (".py", ".md", ".toml", ".yml", ".js", ".json", "")
LONGEST_NAMES = 80
"""Text of more signs is prose."""
HOOKS = re.compile(
    r"__\w+__|_repr_\w+_|_render_traceback_|_ipython_\w+_|load_ipython_extension"
    r"|visit_\w+|handle_\w+|format_field|get_text_width_height_descent"
)
"""Names that Python, Jupyter, or a library that is built upon, calls."""


@dataclass(frozen=True)
class Definition:
    """A function, class, method or constant, and the words that its own lines say."""

    path: Path
    line: int
    name: str
    lines: int
    words: frozenset[str]
    always: bool


def _words(node: ast.AST) -> Iterator[str]:
    """Yield every name that code says; of text, the names in it (a getattr, a table of names)."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield part.id
        elif isinstance(part, ast.Attribute):
            yield part.attr
        elif isinstance(part, ast.alias):
            yield part.name.rpartition(".")[2]
        elif isinstance(part, ast.keyword) and part.arg:
            yield part.arg
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield from WORD.findall(part.value if len(part.value) < LONGEST_NAMES else "")


def _without_docstring(node: ast.FunctionDef) -> ast.FunctionDef:
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        node.body = node.body[1:] or [ast.Pass()]
    return node


def _defined(path: Path) -> Iterator[Definition]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bank = "bank" in path.parts

    def make(node: ast.stmt, name: str, words: Iterator[str], always: bool) -> Definition:
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        said = frozenset(words) - {name}
        return Definition(path, node.lineno, name, length, said, always)

    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            decorated = bool(node.decorator_list)
            hook = bool(HOOKS.fullmatch(node.name))
            always = bank or hook or (decorated and node.name.startswith("_"))
            yield make(node, node.name, _words(_without_docstring(node)), always)
        elif isinstance(node, ast.ClassDef):
            own = [part for part in node.body if not isinstance(part, ast.FunctionDef)]
            rest = ast.Module([*own[1:], *map(ast.Expr, [*node.bases, *node.decorator_list])], [])
            yield make(node, node.name, _words(rest), bank)
            for part in node.body:
                if isinstance(part, ast.FunctionDef):
                    hook = bool(HOOKS.fullmatch(part.name))
                    words = {*_words(_without_docstring(part))}
                    if hook:  # lives with its class
                        yield make(part, node.name, iter(words), False)
                    else:
                        yield make(part, part.name, iter(words), bank)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for name in (found for target in targets for found in ast.walk(target)):
                if isinstance(name, ast.Name) and name.id not in ("__all__", "_HOMES"):
                    always = bank or bool(HOOKS.fullmatch(name.id))
                    yield make(node, name.id, _words(node.value), always)
        elif not isinstance(node, ast.Import | ast.ImportFrom):
            yield make(node, "", _words(node), True)


def _said_outside() -> set[str]:
    """Return every name in notebooks' code, in pages, commands and benchmarks."""
    said: set[str] = set()
    for place in LIVING:
        for path in sorted((ROOT / place).rglob("*")):
            if path.suffix == ".ipynb":
                book = json.loads(path.read_text(encoding="utf-8"))
                for cell in book["cells"]:
                    if cell["cell_type"] == "code":
                        said |= set(WORD.findall("".join(cell["source"])))
            elif path.is_file() and path.suffix in READ and path.name != "reached.py":
                said |= set(WORD.findall(path.read_text(encoding="utf-8", errors="ignore")))
    for name in ("README.md", "CONTRIBUTING.md", "pyproject.toml"):
        said |= set(WORD.findall((ROOT / name).read_text(encoding="utf-8")))
    for path in PACKAGE.rglob("*"):
        if path.suffix in (".toml", ".js", ".html", ".css"):
            said |= set(WORD.findall(path.read_text(encoding="utf-8")))
    return said


def unreached() -> list[Definition]:
    """List every definition of the package that nothing alive names."""
    everything = [one for path in sorted(PACKAGE.rglob("*.py")) for one in _defined(path)]
    by_name: dict[str, list[Definition]] = defaultdict(list)
    for one in everything:
        by_name[one.name].append(one)
    waiting = [*_said_outside(), *lazy.homes("dtao_edu")]
    for one in everything:
        if one.always:
            waiting.extend((one.name, *one.words))
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            for one in by_name.get(name, ()):
                waiting.extend(one.words - seen)
    return [one for one in everything if one.name and one.name not in seen]


def report() -> Iterator[str]:
    """Say what is not reached, a line each, with its length."""
    found = unreached()
    for one in found:
        yield f"{one.path.relative_to(ROOT)}:{one.line}: {one.name} ({one.lines} lines)"
