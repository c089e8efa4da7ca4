"""Judging an expression by what it is worth, not by how it is written.

An expression is turned into a function of its symbols and compared with the engine's formula at
seeded points. Two expressions in elementary functions that agree to nine digits at eight random
points are the same expression, up to an accident that is less likely than a misprint here.

SymPy is used only if the answer is a SymPy object; then the learner has imported it. A text is
read by a small parser of its own that knows numbers, the symbols, + - * / **, sqrt, exp and log.
"""

from __future__ import annotations

import ast
import math
import operator
import re
import sys
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any, cast

from dtao_edu.practice.checking.parse import read_number
from dtao_edu.practice.checking.record import Answer
from dtao_edu.practice.checking.rejected import Rejected, home, not_attempted, reject
from dtao_edu.practice.text import brief

Point = Mapping[str, float]
_LONG = 2000

_OPERATORS: dict[type[ast.AST], Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}
_FUNCTIONS: dict[str, Callable[..., float]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "ln": math.log,
    "min": min,
    "max": max,
}


def read_expression(answer: Answer, symbols: Mapping[str, str]) -> Callable[[Point], float]:
    """Turn an answer into a function of a point.

    Parameters
    ----------
    answer : object
        A SymPy expression, or a text such as ``"alpha_in*tao/(tao_in + tao)"``.
    symbols : mapping
        The names allowed, each with its short form; either may be written.

    Returns
    -------
    callable
        Takes a point, name to number, and gives the value; NaN where it has none.

    Raises
    ------
    Rejected
        With the sentence for the learner.

    Examples
    --------
    >>> value = read_expression("A*d/(T + d)", {"tao_in": "T", "alpha_in": "A", "tao": "d"})
    >>> value({"tao_in": 10, "alpha_in": 100, "tao": 10})
    50.0
    """
    names = {short: name for name, short in symbols.items()} | {name: name for name in symbols}
    if answer is ... or (isinstance(answer, str) and answer.strip() in ("", "...")):
        not_attempted()
    if isinstance(answer, str):
        return _from_text(answer, names)
    if isinstance(answer, list | tuple | dict | set):
        reject(
            "Your answer is a list, as `solve` returns one. Take the expression out of it: `[0]`."
            if isinstance(answer, list)
            else f"Your answer is of kind {type(answer).__name__}. Give one expression."
        )
    if isinstance(answer, FunctionType):
        reject("Your answer is a function. Give the expression, written with the symbols.")
    if home(answer) == "sympy" and hasattr(answer, "free_symbols"):
        return _from_sympy(answer, names)
    constant = read_number(answer)
    return lambda point: constant


def normal_form(answer: Answer) -> str:
    """Return an expression on one line, in the spelling of Python.

    Examples
    --------
    >>> normal_form("A*d / (T+d)"), normal_form(" 2^n")
    ('A * d / (T + d)', '2 ** n')
    """
    text = answer if isinstance(answer, str) else brief(answer, _LONG)
    try:
        return ast.unparse(ast.parse(text.strip().replace("^", "**"), mode="eval"))[:_LONG]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return text[:_LONG]


def _known(used: list[str], names: Mapping[str, str]) -> None:
    strange = [name for name in used if name not in names]
    if strange:
        allowed = ", ".join(f"{name} ({short})" for short, name in names.items() if short != name)
        product = strange[0] == "k" and {"tao_in", "alpha_in"} <= set(names.values())
        out = " k is tao_in * alpha_in: write it out." if product else ""
        reject(f"Your expression uses {strange[0]}. Allowed are: {allowed}.{out}")


def _from_sympy(answer: Any, names: Mapping[str, str]) -> Callable[[Point], float]:
    if getattr(answer, "is_Relational", False) or getattr(answer, "is_Boolean", False):
        reject("Your answer is an equation. Give one side of it: the expression itself.")
    if getattr(answer, "is_Matrix", False):
        reject("Your answer is a matrix. Give one expression.")
    expression, wide = answer.doit(), sys.modules["sympy"].Float
    symbols = sorted(expression.free_symbols, key=str)
    _known([str(symbol) for symbol in symbols], names)

    def value(point: Point) -> float:
        # Floats of 25 digits: exact fractions would make some powers larger than any memory.
        at = {symbol: wide(point[names[str(symbol)]], 25) for symbol in symbols}
        try:
            number = complex(expression.xreplace(at))
        except (TypeError, ValueError, ArithmeticError):
            return math.nan
        return number.real if abs(number.imag) <= 1e-12 * abs(number.real) else math.nan

    return value


def _from_text(text: str, names: Mapping[str, str]) -> Callable[[Point], float]:
    if re.match(r"\s*\w+\s*=[^=]", text):
        reject("Your answer is an equation. Give only its right side: the expression itself.")
    if len(text) > _LONG:
        reject("Your expression is longer than any that is needed here.")
    try:
        tree = ast.parse(text.strip().replace("^", "**"), mode="eval").body
        used: list[str] = []
        _walk(tree, used)
    except Rejected:
        raise
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        star = re.search(r"[\w)]\s+[\w(]|\d[A-Za-z(]|\)[\w(]", text)
        how = " Write a star, `*`, between two things that are multiplied." if star else ""
        reject(f"The text {brief(text)} cannot be read as an expression.{how}")
    _known(used, names)

    def value(point: Point) -> float:
        try:
            number = _evaluate(tree, {name: float(point[names[name]]) for name in used})
        except (ArithmeticError, ValueError, TypeError):
            return math.nan
        return number if isinstance(number, float) else math.nan

    return value


def _walk(node: ast.AST, used: list[str]) -> None:
    """Refuse everything but numbers, names, operators and a few functions."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return
    if isinstance(node, ast.Name):
        used.append(node.id)
    elif isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        _walk(node.left, used)
        _walk(node.right, used)
    elif isinstance(node, ast.UnaryOp) and type(node.op) in _OPERATORS:
        _walk(node.operand, used)
    elif (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in _FUNCTIONS
        and not node.keywords
    ):
        for argument in node.args:
            _walk(argument, used)
    else:
        reject(
            f"In an expression stand numbers, the symbols, + - * / **, and "
            f"{', '.join(_FUNCTIONS)}; not `{brief(ast.unparse(node))[1:-1]}`."
        )


def _evaluate(node: ast.AST, at: Mapping[str, float]) -> float:
    if isinstance(node, ast.Constant):
        return float(cast(float, node.value))
    if isinstance(node, ast.Name):
        return at[node.id]
    if isinstance(node, ast.BinOp):
        left, right = _evaluate(node.left, at), _evaluate(node.right, at)
        return _OPERATORS[type(node.op)](left, right)
    if isinstance(node, ast.UnaryOp):
        return _OPERATORS[type(node.op)](_evaluate(node.operand, at))
    assert isinstance(node, ast.Call)
    assert isinstance(node.func, ast.Name)
    return _FUNCTIONS[node.func.id](*(_evaluate(argument, at) for argument in node.args))
