"""What Python reads otherwise than it was meant: brackets that are missing, `//`, and `^`.

The learner's own text is read again in every usual other way. If one of them is right, the slip is
where the two readings part; the right one is not told.
"""

from __future__ import annotations

import ast
import copy
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from dtao_edu.practice.checking.record import Answer, Value
from dtao_edu.practice.checking.rejected import Rejected
from dtao_edu.practice.exercise.exercise import Task

_SECONDS = 1.0  # for all other readings together
_SUM = ast.Add | ast.Sub
_FRACTION = ast.Mult | ast.Div


class Reading(NamedTuple):
    """A text as it may have been meant.

    Attributes
    ----------
    text : str
        The whole of it, in that reading.
    mistake : str
        Completes "Did you ...?"; it says how Python reads the text as it stands.
    """

    text: str
    mistake: str


def readings(text: str) -> Iterator[Reading]:
    """Yield the other readings of a text of Python.

    Examples
    --------
    >>> for reading in readings("t**1/2"):
    ...     print(reading.text, "|", reading.mistake)
    t ** (1 / 2) | forget brackets: Python reads `t**1/2` as `(t ** 1) / 2`
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.UnaryOp):
            for meant, mistake in _meant(node, text):
                yield Reading(_with(tree, node, meant), mistake)


def _with(tree: ast.Module, old: ast.expr, new: ast.expr) -> str:
    class Put(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> Any:
            return new if node is old else self.generic_visit(node)

    whole = copy.deepcopy(tree, {id(old): old})  # a copy of all but the part that goes
    return ast.unparse(Put().visit(whole))


def _meant(node: ast.BinOp | ast.UnaryOp, text: str) -> Iterator[tuple[ast.expr, str]]:
    if isinstance(node, ast.UnaryOp):
        power = node.operand
        if not (isinstance(power, ast.BinOp) and isinstance(power.op, ast.Pow)):
            return
        if isinstance(node.op, ast.USub) and not _bracketed(text, power):
            made = ast.BinOp(ast.UnaryOp(node.op, power.left), power.op, power.right)
            yield made, _read_as(node, text)
        return
    a, op, b = node.left, node.op, node.right
    if isinstance(op, ast.FloorDiv):
        yield ast.BinOp(a, ast.Div(), b), "cut off what comes after the point, with `//`"
    elif isinstance(op, ast.BitXor):
        yield ast.BinOp(a, ast.Pow(), b), "write `^` for a power, which Python writes `**`"
    if isinstance(a, ast.BinOp) and not _bracketed(text, a) and _binds_left(a.op, op):
        yield ast.BinOp(a.left, a.op, ast.BinOp(a.right, op, b)), _read_as(node, text)
    if isinstance(b, ast.BinOp) and not _bracketed(text, b) and isinstance(op, _SUM | _FRACTION):
        yield ast.BinOp(ast.BinOp(a, op, b.left), b.op, b.right), _read_as(node, text)


def _binds_left(first: ast.operator, then: ast.operator) -> bool:
    """Tell whether `x first y then z` may have been meant as `x first (y then z)`."""
    if isinstance(first, ast.Pow):
        return isinstance(then, _FRACTION)
    if isinstance(first, ast.Mult):
        return isinstance(then, _SUM)
    if isinstance(first, ast.Div):
        return isinstance(then, _SUM | _FRACTION)
    return isinstance(first, ast.Sub) and isinstance(then, _SUM)


def _bracketed(text: str, node: ast.expr) -> bool:
    """Tell whether a part of a text stands in brackets of its own."""
    lines = text.splitlines()
    assert node.end_lineno is not None
    after = lines[node.end_lineno - 1].encode()[node.end_col_offset :].decode().lstrip()
    before = lines[node.lineno - 1].encode()[: node.col_offset].decode().rstrip()
    return before.endswith("(") and after.startswith(")")


def _read_as(node: ast.BinOp | ast.UnaryOp, text: str) -> str:
    """Say how Python reads a part of a text, with the brackets that it puts."""
    written = " ".join((ast.get_source_segment(text, node) or ast.unparse(node)).split())
    if isinstance(node, ast.UnaryOp):
        read = f"-({ast.unparse(node.operand)})"
    else:
        sides = (
            f"({ast.unparse(side)})" if isinstance(side, ast.BinOp) else ast.unparse(side)
            for side in (node.left, node.right)
        )
        read = f" {_sign(node.op)} ".join(sides)
    return f"forget brackets: Python reads `{written}` as `{read}`"


def _sign(op: ast.operator) -> str:
    one = ast.Name("x")
    return ast.unparse(ast.BinOp(one, op, one))[1:-1].strip()


def misread(task: Task, answer: Answer, right: Callable[[tuple[Value, ...]], bool]) -> str:
    """Find the place where Python reads a learner's text otherwise than it was meant.

    Parameters
    ----------
    task : Task
        A question for a function or an expression.
    answer : object
        What the learner gave; it was read before, and is wrong.
    right : callable
        From the values of an answer to whether they are right.

    Returns
    -------
    str
        Completes "Did you ...?"; empty if no other reading is right.
    """
    spelled, until = task.question.spelled(answer), time.monotonic() + _SECONDS
    if spelled is None:
        return ""
    text, make = spelled
    for reading in readings(text):
        try:
            values = task.question.read(make(reading.text), task.layout)
        except (Rejected, SyntaxError, ValueError, TypeError, KeyError):
            continue
        if right(values):
            return reading.mistake
        if time.monotonic() > until:
            break
    return ""
