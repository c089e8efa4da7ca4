"""A function written wrongly in every usual way, from its own text."""

from __future__ import annotations

import ast
import copy
import inspect
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from types import CodeType, FunctionType
from typing import Any, NamedTuple, cast

from dtao_edu.practice.slips.slip import LABELS, RATES

_MOST = 60  # mutants of one function
_TIMES = {12.0: "12", 24.0: "24", 60.0: "60", 300.0: "300", 3600.0: "3,600", 7200.0: "7,200"}
_PART = "a part of it"
_EXTREMES = {"min": "max", "max": "min", "minimum": "maximum", "maximum": "minimum"}


class Mutant(NamedTuple):
    """A function's code with one mistake in it.

    Attributes
    ----------
    code : CodeType
        In place of the function's own.
    mistake : str
        Completes "Did you ...?", with places in backticks.
    kind : str
        The kind of mistake, as ``"left out"``.
    """

    code: CodeType
    mistake: str
    kind: str


@lru_cache(maxsize=512)
def mutants(function: FunctionType) -> tuple[Mutant, ...]:
    """List the mutants of a function; none where its text cannot be had.

    Examples
    --------
    >>> from dtao_edu.engine import formulas
    >>> [m.mistake for m in mutants(formulas.price)]  # doctest: +ELLIPSIS
    ['leave out `/ alpha_in`'...]
    """
    node = tree_of(function)
    if node is None:
        return ()
    found = []
    seen = {function.__code__.co_code + repr(function.__code__.co_consts).encode()}
    for changed, mistake, kind in _changed(node):
        code = _compiled(changed, function)
        if code is None:
            continue
        mark = code.co_code + repr((code.co_consts, code.co_names)).encode()
        if mark not in seen:
            seen.add(mark)
            found.append(Mutant(code, mistake, kind))
        if len(found) >= _MOST:
            break
    return tuple(found)


@lru_cache(maxsize=512)
def unguarded(function: FunctionType) -> CodeType:
    """Return a function's code without its refusals: a mistake is to be seen where it leads."""
    node = tree_of(function)
    if node is None or not any(isinstance(part, ast.Raise) for part in ast.walk(node)):
        return function.__code__
    return _compiled(_Calm().visit(copy.deepcopy(node)), function) or function.__code__


class _Calm(ast.NodeTransformer):
    def visit_Raise(self, node: ast.Raise) -> ast.stmt:
        return ast.Pass()


@lru_cache(maxsize=256)
def _tree(module: str) -> ast.Module | None:
    try:
        return ast.parse(inspect.getsource(sys.modules[module]))
    except (OSError, TypeError, SyntaxError, KeyError):
        return None


def tree_of(function: FunctionType) -> ast.FunctionDef | ast.Lambda | None:
    """Return a function as its own text has it; None where the text cannot be had."""
    tree, code = _tree(function.__module__), function.__code__
    if tree is None or code.co_freevars:
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == code.co_name:
            if code.co_firstlineno in (node.lineno, *(d.lineno for d in node.decorator_list)):
                return node
        elif isinstance(node, ast.Lambda) and node.lineno == code.co_firstlineno:
            # The same text compiles otherwise in a module that imports its names: compare places.
            body = node.body
            place = (body.lineno, body.end_lineno, body.col_offset, body.end_col_offset)
            if place in set(code.co_positions()):
                return node
    return None


def _compiled(node: ast.FunctionDef | ast.Lambda, function: FunctionType) -> CodeType | None:
    node = copy.deepcopy(node)
    for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
        argument.annotation = None
    if isinstance(node, ast.FunctionDef):
        node.decorator_list, node.returns = [], None
        node.args.defaults = [ast.Constant(None) for _ in node.args.defaults]
        node.args.kw_defaults = [ast.Constant(None) if d else None for d in node.args.kw_defaults]
        tree: ast.AST = ast.Module([node], [])
        mode = "exec"
    else:
        tree, mode = ast.Expression(node), "eval"
    try:
        outer: Any = compile(cast(Any, ast.fix_missing_locations(tree)), "<slip>", mode)
    except (SyntaxError, ValueError, TypeError):
        return None
    inner = [c for c in outer.co_consts if isinstance(c, CodeType)]
    if len(inner) != 1 or inner[0].co_freevars:
        return None
    return inner[0]


def _changed(
    node: ast.FunctionDef | ast.Lambda,
) -> Iterator[tuple[ast.FunctionDef | ast.Lambda, str, str]]:
    """Yield the function's tree with one expression replaced, and what was done."""
    whole = copy.deepcopy(node)
    yield from _limited_at_the_end(whole)
    for parent in ast.walk(whole):
        for field, value in ast.iter_fields(parent):
            if field in ("annotation", "returns", "decorator_list", "defaults", "test", "func"):
                continue
            slots = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
            for place, child in slots:
                if not isinstance(child, ast.expr):
                    continue
                if isinstance(parent, ast.Subscript | ast.Attribute) and field == "value":
                    continue  # a list or an object, not a number
                for new, mistake, kind in _wrong(child):
                    if place is None:
                        setattr(parent, field, new)
                    else:
                        value[place] = new
                    yield whole, mistake, kind
                if place is None:
                    setattr(parent, field, child)
                else:
                    value[place] = child


def _limited_at_the_end(
    whole: ast.FunctionDef | ast.Lambda,
) -> Iterator[tuple[ast.FunctionDef | ast.Lambda, str, str]]:
    """Yield a function that sets a limit to its result and not to the term that it is meant for."""
    last = whole.body[-1] if isinstance(whole, ast.FunctionDef) else whole
    field = "value" if isinstance(last, ast.Return) else "body"
    result = getattr(last, field, None)
    if not isinstance(result, ast.BinOp):
        return
    for call in ast.walk(result):
        if isinstance(call, ast.Call) and _called(call) in _EXTREMES and len(call.args) == 2:
            term, limit = call.args
            call.args = [term, term]
            made = ast.Call(call.func, [copy.deepcopy(result), limit], [])
            setattr(last, field, made)
            yield whole, f"set the limit {_said(limit)} at the end, not to {_said(term)}", "limit"
            setattr(last, field, result)
            call.args = [term, limit]


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)


class _Unwrapped(ast.NodeTransformer):
    """Leaves out `float(...)`, which is nothing to a learner."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        return node.args[0] if ast.unparse(node.func) == "float" and node.args else node


def _said(node: ast.expr) -> str:
    """Write a part of a formula if it is short and names nothing inner."""
    text = ast.unparse(node)
    if "float(" in text:
        text = ast.unparse(_Unwrapped().visit(copy.deepcopy(node)))
    for old, new in (("formulas.", ""), ("self.", ""), ("g.", "")):
        text = text.replace(old, new)
    return _PART if len(text) > 60 or re.search(r"\bfor\b|lambda|\b_", text) else f"`{text}`"


def _inside(node: ast.expr) -> str:
    said = _said(node)
    return "" if said == _PART else f" in {said}"


def _over(node: ast.expr) -> str:
    """Write what stands below a line."""
    said = _said(node)
    if said == _PART:
        return "the division"
    inner = said[1:-1]
    return f"`/ ({inner})`" if isinstance(node, ast.BinOp) else f"`/ {inner}`"


def _signed(sign: str, node: ast.expr) -> str:
    said = _said(node)
    return (
        f"what is {'added' if sign == '+' else 'taken off'}"
        if said == _PART
        else (f"`{sign} {said[1:-1]}`")
    )


def _bin(left: ast.expr, op: ast.operator, right: ast.expr) -> ast.BinOp:
    return ast.BinOp(left, op, right)


def _wrong(node: ast.expr) -> Iterator[tuple[ast.expr, str, str]]:
    if isinstance(node, ast.BinOp):
        yield from _wrong_operation(node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand, f"forget the minus of {_said(node)}", "sign"
    elif isinstance(node, ast.Call):
        yield from _wrong_call(node)
    elif isinstance(node, ast.Name | ast.Constant):
        yield from _wrong_time(node)
    elif isinstance(node, ast.Subscript) and ast.unparse(node.slice) in ("0", "1"):
        other = ast.Constant(1 - int(ast.unparse(node.slice)))
        made = ast.Subscript(node.value, other, ast.Load())
        yield made, "take another row or column than the one asked for", "place"


def _wrong_operation(node: ast.BinOp) -> Iterator[tuple[ast.expr, str, str]]:
    a, b, op = node.left, node.right, node.op
    if isinstance(op, ast.Add | ast.Sub):
        sign, other = ("+", ast.Sub()) if isinstance(op, ast.Add) else ("-", ast.Add())
        yield a, f"leave out {_signed(sign, b)}", "left out"
        yield b, f"leave out {_said(a)}{_inside(node)}", "left out"
        said = "subtract where something is added" if sign == "+" else "add what is subtracted"
        yield _bin(a, other, b), f"{said}{_inside(node)}", "sign"
        if sign == "-":
            yield _bin(b, ast.Sub(), a), f"turn {_said(node)} round", "sign"
    elif isinstance(op, ast.Mult):
        yield a, f"leave out the factor {_said(b)}", "left out"
        yield b, f"leave out the factor {_said(a)}", "left out"
        yield _bin(a, ast.Div(), b), f"divide by {_said(b)} where one multiplies", "operation"
        yield _bin(b, ast.Div(), a), f"divide by {_said(a)} where one multiplies", "operation"
        if isinstance(a, ast.UnaryOp) and isinstance(a.op, ast.USub):
            yield ast.UnaryOp(a.op, b), f"leave out the factor {_said(a.operand)}", "left out"
        for rate, amount in ((a, b), (b, a)):
            if isinstance(rate, ast.Name) and rate.id in RATES:
                whole = _bin(ast.Constant(1), ast.Add(), rate)
                made = _bin(_bin(rate, ast.Div(), whole), ast.Mult(), amount)
                yield made, f"take {_said(rate)} on top of {_said(amount)}, not out of it", "base"
        for first, rest in ((a, b), (b, a)):
            if isinstance(rest, ast.BinOp) and isinstance(rest.op, ast.Add | ast.Sub):
                made = _bin(_bin(first, ast.Mult(), rest.left), rest.op, rest.right)
                yield made, f"forget the brackets around {_said(rest)}", "brackets"
                made = _bin(rest.left, rest.op, _bin(rest.right, ast.Mult(), first))
                yield made, f"forget the brackets around {_said(rest)}", "brackets"
    elif isinstance(op, ast.Div):
        yield a, f"leave out {_over(b)}", "left out"
        yield _bin(b, ast.Div(), a), f"turn {_said(node)} upside down", "upside down"
        yield _bin(a, ast.Mult(), b), f"multiply by {_said(b)} where one divides", "operation"
        rest = _bin(b, ast.Sub(), a)
        yield _bin(a, ast.Div(), rest), f"leave {_said(a)} out of the whole {_said(b)}", "base"
        yield from _wrong_fraction(a, b)
    elif isinstance(op, ast.Pow):
        yield a, f"leave out the power of {_said(b)}", "left out"
        yield (
            _bin(a, ast.Mult(), b),
            f"multiply by {_said(b)} in place of taking the power",
            "power",
        )
        for step, word in ((ast.Add(), "more"), (ast.Sub(), "less")):
            one = _bin(b, step, ast.Constant(1))
            yield _bin(a, ast.Pow(), one), f"take one step {word} than {_said(b)}", "power"
        yield _exponential(a, b)
        if isinstance(a, ast.BinOp) and isinstance(a.op, ast.Sub):
            made = _bin(a.right, ast.Pow(), b)
            yield made, f"take {_said(a.right)} for {_said(a)}", "power"


def _exponential(base: ast.expr, power: ast.expr) -> tuple[ast.expr, str, str]:
    """(1 - a)^n as exp(-a n): what one works with who lets time flow."""
    rate = _bin(base, ast.Sub(), ast.Constant(1))
    call = _bin(ast.Constant(2.718281828459045), ast.Pow(), _bin(rate, ast.Mult(), power))
    return call, "let it go on without steps, with `exp`", "power"


def _wrong_fraction(a: ast.expr, b: ast.expr) -> Iterator[tuple[ast.expr, str, str]]:
    """Brackets forgotten above or below the line; what goes in taken for the whole below it."""
    if isinstance(b, ast.BinOp) and isinstance(b.op, ast.Add | ast.Sub):
        made = _bin(_bin(a, ast.Div(), b.left), b.op, b.right)
        yield made, f"forget the brackets around {_said(b)}", "brackets"
        back = ast.Sub() if isinstance(b.op, ast.Add) else ast.Add()
        line = _bin(_bin(a, ast.Div(), b.left), ast.Div(), b.left)
        made = _bin(_bin(b.left, back, b.right), ast.Mult(), line)
        yield made, f"let {_said(b.right)} act in a straight line, only a part of it", "straight"
    if isinstance(b, ast.BinOp) and isinstance(b.op, ast.Mult):
        made = _bin(_bin(a, ast.Div(), b.left), ast.Mult(), b.right)
        yield made, f"forget the brackets around {_said(b)}", "brackets"
    if isinstance(a, ast.BinOp) and isinstance(a.op, ast.Add | ast.Sub):
        made = _bin(a.left, a.op, _bin(a.right, ast.Div(), b))
        yield made, f"forget the brackets around {_said(a)}", "brackets"
        if isinstance(a.op, ast.Sub):
            made = _bin(_bin(a.left, ast.Sub(), a.right), ast.Div(), a.left)
            yield made, f"take another base than {_said(b)} for the part", "base"


def _wrong_call(node: ast.Call) -> Iterator[tuple[ast.expr, str, str]]:
    name, args = _called(node), node.args
    if name in _EXTREMES and len(args) == 2:
        for kept, gone in ((args[0], args[1]), (args[1], args[0])):
            yield kept, f"forget the limit that {_said(gone)} sets", "limit"
        return
    if name == "power" and len(args) == 2:
        yield from _wrong_operation(_bin(args[0], ast.Pow(), args[1]))
        return
    if name in ("sqrt", "float", "abs") and len(args) == 1:
        if name == "sqrt":
            half = _bin(_bin(args[0], ast.Pow(), ast.Constant(1)), ast.Div(), ast.Constant(2))
            yield args[0], "leave out the square root", "power"
            yield half, "write `x**1/2`, which halves, for `x**(1/2)`", "brackets"
        return
    if 2 <= len(args) <= 4 and not any(isinstance(x, ast.Starred) for x in args):
        for i, j in combinations(range(len(args)), 2):
            if not (_says_which(args[i]) or _says_which(args[j])):
                swapped = list(args)
                swapped[i], swapped[j] = args[j], args[i]
                made = ast.Call(node.func, swapped, node.keywords)
                two = _said(args[i]), _said(args[j])
                said = "exchange two numbers" if _PART in two else f"exchange {' and '.join(two)}"
                yield made, said, "exchanged"


def _says_which(node: ast.expr) -> bool:
    """Tell whether something names one of several: nobody takes it for a quantity."""
    if isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    ):
        return True
    name = getattr(node, "attr", getattr(node, "id", ""))
    return str(name).removesuffix("s") in LABELS


def _wrong_time(node: ast.Name | ast.Constant) -> Iterator[tuple[ast.expr, str, str]]:
    """Seconds, minutes, hours, days and blocks taken for one another."""
    value = {"BLOCKS_PER_DAY": 7200.0, "SECONDS_PER_BLOCK": 12.0, "DAY": 7200.0}.get(
        ast.unparse(node), node.value if isinstance(node, ast.Constant) else None
    )
    if isinstance(value, bool) or not isinstance(value, int | float) or value not in _TIMES:
        fixed = isinstance(node, ast.Name) and node.id.isupper()
        if fixed or (isinstance(value, int | float) and value not in (0, 1)):
            yield ast.Constant(1.0), f"leave out {_said(node)}", "left out"
            yield ast.Constant(0.0), f"leave out {_said(node)}", "left out"
        return
    for other, written in _TIMES.items():
        if other != value:
            yield ast.Constant(other), f"reckon with {written} in place of {_TIMES[value]}", "time"
