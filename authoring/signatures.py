"""What the public signatures of the package do not say.

A signature is a public function or method, or the fields of a public class. It is weak where an
annotation is `Any` or `object`, behind an alias too, or is missing; a protocol that asks for
nothing is `object` under another name. Comments `type: ignore` are counted beside them, and
functions of three arguments and more without a section Parameters, unless one with the same
arguments has it: in the same module, or, of a method, under the same name.

    python -m authoring any           a table, one row a room
    python -m authoring any engine    every weak signature of a room, by file and line
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "dtao_edu"
WEAK = {"Any", "object"}
MANY = 3
"""Arguments from which a function has to say what they are."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Signature:
    """One public signature: where it stands, and which weak words it holds."""

    path: Path
    line: int
    name: str
    weak: frozenset[str]
    undescribed: bool

    @property
    def room(self) -> str:
        """The first folder or module below the package."""
        return room(self.path)


@dataclass
class Count:
    """The figures of a room."""

    signatures: int = 0
    weak: int = 0
    ignores: int = 0
    undescribed: int = 0
    words: set[str] = field(default_factory=set)


def room(path: Path) -> str:
    """Return the room of a file: the first part of its path below the package."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules() -> list[Path]:
    """List the modules of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def _module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


class Aliases:
    """What the names of all modules stand for, as far as they stand for a type."""

    def __init__(self, trees: dict[Path, ast.Module]) -> None:
        self._values: dict[tuple[str, str], ast.expr] = {}
        self._imports: dict[tuple[str, str], tuple[str, str]] = {}
        self._empty: set[tuple[str, str]] = set()
        for path, tree in trees.items():
            self._read(path, tree)

    def _read(self, path: Path, tree: ast.Module) -> None:
        here = _module_name(path)
        package = here if path.name == "__init__.py" else here.rpartition(".")[0]
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                base = package.split(".")[: len(package.split(".")) - node.level + 1]
                source = ".".join([*base, node.module or ""]) if node.level else node.module or ""
                for alias in node.names:
                    origin = (source.rstrip("."), alias.name)
                    self._imports[here, alias.asname or alias.name] = origin
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and _asks_for_nothing(node):
                self._empty.add((here, node.name))
                continue
            if isinstance(node, ast.Assign) and len(node.targets) == 1:
                target, value = node.targets[0], node.value
            elif isinstance(node, ast.AnnAssign) and node.value is not None:
                target, value = node.target, node.value
            else:
                continue
            if isinstance(target, ast.Name) and _is_a_type(value):
                self._values[here, target.id] = value

    def weak(self, module: str, annotation: ast.expr | None) -> set[str]:
        """Return the weak words behind an annotation, aliases resolved."""
        return self._behind(module, annotation, set())

    def _behind(
        self, module: str, annotation: ast.expr | None, seen: set[tuple[str, str]]
    ) -> set[str]:
        if annotation is None:
            return {"nothing"}
        found = set()
        for node in ast.walk(annotation):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if node.value.isidentifier() or "[" in node.value:
                    try:
                        found |= self._behind(module, ast.parse(node.value, mode="eval").body, seen)
                    except SyntaxError:
                        continue
            elif isinstance(node, ast.Attribute) and node.attr in WEAK:
                found.add(node.attr)
            elif isinstance(node, ast.Name):
                found |= self._named(module, node.id, seen)
        return found

    def _named(self, module: str, name: str, seen: set[tuple[str, str]]) -> set[str]:
        if (module, name) in seen:
            return set()
        seen.add((module, name))
        if (module, name) in self._empty:
            return {"object"}
        if (module, name) in self._values:
            return self._behind(module, self._values[module, name], seen)
        if (module, name) in self._imports:
            source, origin = self._imports[module, name]
            if source == "typing" and origin in WEAK:
                return {origin}
            return self._named(source, origin, seen)
        return {name} & {"object"}


def _asks_for_nothing(node: ast.ClassDef) -> bool:
    """Whether a class is a protocol without a member, which everything fits."""
    bases = [ast.unparse(base).rpartition(".")[2] for base in node.bases]
    said = [part for part in node.body if not isinstance(part, ast.Pass)]
    return bases == ["Protocol"] and said[ast.get_docstring(node) is not None :] == []


def _is_a_type(value: ast.expr) -> bool:
    """Whether a value may be a type: a name, a subscription or a union of such."""
    if isinstance(value, ast.BinOp):
        return isinstance(value.op, ast.BitOr)
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id == "TypeVar"
    return isinstance(value, ast.Name | ast.Subscript | ast.Attribute)


def _public(body: list[ast.stmt], inside: str = "") -> Iterator[tuple[str, ast.stmt]]:
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield f"{inside}{node.name}", node
            yield from _public(node.body, f"{inside}{node.name}.")
        elif isinstance(node, Function):
            if not node.name.startswith("_") or node.name in ("__init__", "__call__"):
                yield f"{inside}{node.name}", node
        elif isinstance(node, ast.If | ast.Try):
            yield from _public(node.body, inside)


def _arguments(node: Function) -> list[ast.arg]:
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    given += [extra for extra in (node.args.vararg, node.args.kwarg) if extra is not None]
    return [one for one in given if one.arg not in ("self", "cls")]


def _annotations(node: ast.stmt) -> list[ast.expr | None]:
    if isinstance(node, Function):
        result = [] if node.name == "__init__" else [node.returns]
        return [*(one.annotation for one in _arguments(node)), *result]
    if isinstance(node, ast.ClassDef):
        return [
            field.annotation
            for field in node.body
            if isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and not field.target.id.startswith("_")
        ]
    return []


def _undescribed(node: ast.stmt) -> bool:
    if not isinstance(node, Function) or len(_arguments(node)) < MANY:
        return False
    if any(isinstance(each, ast.Name) and each.id == "overload" for each in node.decorator_list):
        return False
    return node.name != "__init__" and not _has_parameters(node)


def _has_parameters(node: Function) -> bool:
    return "Parameters\n" in (ast.get_docstring(node) or "")


def _interface(path: Path, name: str, node: ast.stmt) -> tuple[str, ...]:
    """Return what a function shares with others that are called alike."""
    arguments = _arguments(node) if isinstance(node, Function) else []
    return name.rpartition(".")[2] if "." in name else str(path), *map(ast.dump, arguments)


def signatures() -> list[Signature]:
    """List every public signature of the package."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in modules()}
    aliases = Aliases(trees)
    found = []
    said = {
        _interface(path, name, node)
        for path, tree in trees.items()
        for name, node in _public(tree.body)
        if isinstance(node, Function) and _has_parameters(node)
    }
    for path, tree in trees.items():
        module = _module_name(path)
        for name, node in _public(tree.body):
            annotations = _annotations(node)
            if isinstance(node, ast.ClassDef) and not annotations:
                continue
            weak = {word for each in annotations for word in aliases.weak(module, each)}
            undescribed = _undescribed(node) and _interface(path, name, node) not in said
            found.append(Signature(path, node.lineno, name, frozenset(weak), undescribed))
    return found


def ignores() -> list[tuple[Path, int]]:
    """List the comments `type: ignore` of the package, by file and line."""
    return [
        (path, number)
        for path in modules()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"#\s*type:\s*ignore", line)
    ]


def by_room() -> dict[str, Count]:
    """Return the figures of each room."""
    counts: dict[str, Count] = {}
    for one in signatures():
        count = counts.setdefault(one.room, Count())
        count.signatures += 1
        count.weak += bool(one.weak)
        count.undescribed += one.undescribed
        count.words |= one.weak
    for path, _ in ignores():
        counts.setdefault(room(path), Count()).ignores += 1
    return counts


def _table() -> Iterator[str]:
    yield f"{'room':14}{'signatures':>11}{'weak':>6}{'ignore':>8}{'no Parameters':>15}"
    whole = Count()
    for name, one in sorted(by_room().items(), key=lambda pair: -pair[1].weak):
        yield f"{name:14}{one.signatures:11}{one.weak:6}{one.ignores:8}{one.undescribed:15}"
        whole.signatures += one.signatures
        whole.weak += one.weak
        whole.ignores += one.ignores
        whole.undescribed += one.undescribed
    yield f"{'all':14}{whole.signatures:11}{whole.weak:6}{whole.ignores:8}{whole.undescribed:15}"
    yield f"weak signatures and ignores together: {whole.weak + whole.ignores}"


def _details(name: str) -> Iterator[str]:
    for one in signatures():
        if one.room == name and (one.weak or one.undescribed):
            said = ", ".join(sorted(one.weak)) + (" no Parameters" if one.undescribed else "")
            yield f"{one.path.relative_to(ROOT)}:{one.line}: {one.name}: {said.strip()}"
    for path, line in ignores():
        if room(path) == name:
            yield f"{path.relative_to(ROOT)}:{line}: type: ignore"


def main(arguments: list[str]) -> int:
    """Print the table, or what is weak in the rooms that are named."""
    lines = [line for name in arguments for line in _details(name)] if arguments else _table()
    for line in lines:
        print(line)
    return 0
