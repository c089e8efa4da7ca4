"""Answers that no one expects: each is judged or refused with a sentence, and nothing crashes."""

from __future__ import annotations

import decimal
import fractions
import math
from collections import OrderedDict, UserDict, deque
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy
import pytest
import sympy

from dtao_edu import Pool
from dtao_edu.practice import bank
from dtao_edu.practice.checking import sandbox
from dtao_edu.practice.checking.verdict import Outcome, Verdict
from dtao_edu.practice.exercise.exercise import Task, task
from tests.helpers.odd_answers import Endless, Loud, judged

pandas = pytest.importorskip("pandas")

NUMBER = task(bank.find("05.1"), "practice")
TABLE = task(bank.find("05.2"), "practice")
FUNCTION = task(bank.find("05.3"), "practice")
EXPRESSION = task(bank.find("04.2"), "practice")
ORDER = task(bank.find("05.4"), "practice")
CHOICE = task(bank.find("05.6"), "practice")
PERCENT = task(bank.find("08.5"), "practice")
SHARE = task(bank.find("08.1"), "practice")
LISTS = task(bank.find("08.3"), "practice")

RIGHT = NUMBER.values[0]
FEE, RECEIVED = TABLE.values
RIGHT_ORDER = list(ORDER.values)


class Counts:
    def __float__(self) -> float:
        return float(RIGHT)


class NotAFloat:
    def __float__(self) -> Any:
        return "12"


class EndlessList(list):  # type: ignore[type-arg]
    def __iter__(self) -> Iterator[Any]:
        while True:
            yield 1


class Shapeless:
    @property
    def shape(self) -> Any:
        raise ValueError("no")


def nested(depth: int) -> Any:
    inside: Any = 1.0
    for _ in range(depth):
        inside = [inside]
    return inside


async def later() -> float:
    return 1.0


def numbers() -> Iterator[float]:
    yield float(RIGHT)


ASKED = "One number is asked"
CASES: list[tuple[str, Task, Any, Outcome, str]] = [
    ("three dots", NUMBER, ..., Outcome.NOT_ATTEMPTED, "three dots"),
    ("empty text", NUMBER, "", Outcome.NOT_ATTEMPTED, "three dots"),
    ("dots as text", NUMBER, " ... ", Outcome.NOT_ATTEMPTED, "three dots"),
    ("none", NUMBER, None, Outcome.UNREADABLE, "None"),
    ("text with unit", NUMBER, f"{RIGHT:.3f} alpha", Outcome.RIGHT, ""),
    ("text with Greek unit", NUMBER, f"{RIGHT:.3f}α", Outcome.RIGHT, ""),
    ("text with thousands", NUMBER, f"{RIGHT:,.3f}", Outcome.RIGHT, ""),
    ("text with underscores", NUMBER, f"{RIGHT:_.0f}.0", Outcome.RIGHT, ""),
    ("another unit", NUMBER, "12.5 TAO", Outcome.UNREADABLE, "in TAO. Asked for: alpha"),
    ("rao by name", NUMBER, "12 rao", Outcome.UNREADABLE, "in rao"),
    ("an unknown unit", NUMBER, "12 bananas", Outcome.UNREADABLE, "bananas"),
    ("comma for the point", NUMBER, "12,5", Outcome.UNREADABLE, "point"),
    ("words", NUMBER, "about a dozen", Outcome.UNREADABLE, "text"),
    ("a very long text", NUMBER, "9" * 10**6, Outcome.UNREADABLE, ""),
    ("a long exponent", NUMBER, "1e999", Outcome.UNREADABLE, "infinite"),
    ("nan as text", NUMBER, "nan", Outcome.UNREADABLE, ""),
    ("a written fraction", NUMBER, f"{round(RIGHT * 1000)}/1000", Outcome.RIGHT, ""),
    ("a fraction by zero", NUMBER, "1/0", Outcome.UNREADABLE, "cannot be read"),
    ("only a unit", NUMBER, "alpha", Outcome.UNREADABLE, ""),
    ("bytes", NUMBER, b"12", Outcome.UNREADABLE, "bytes"),
    ("true", NUMBER, True, Outcome.UNREADABLE, "True"),
    ("a NumPy truth", NUMBER, numpy.bool_(True), Outcome.UNREADABLE, ""),
    ("nan", NUMBER, math.nan, Outcome.UNREADABLE, "NaN"),
    ("infinity", NUMBER, -math.inf, Outcome.UNREADABLE, "infinite"),
    ("complex", NUMBER, 3 + 0j, Outcome.UNREADABLE, "complex"),
    ("a NumPy complex", NUMBER, numpy.complex128(3), Outcome.UNREADABLE, "complex"),
    ("a huge integer", NUMBER, 10**4000, Outcome.UNREADABLE, "too large"),
    ("a Fraction", NUMBER, fractions.Fraction(RIGHT), Outcome.RIGHT, ""),
    ("a Decimal", NUMBER, decimal.Decimal(RIGHT), Outcome.RIGHT, ""),
    ("a signalling Decimal", NUMBER, decimal.Decimal("sNaN"), Outcome.UNREADABLE, ""),
    ("a NumPy scalar", NUMBER, numpy.float64(RIGHT), Outcome.RIGHT, ""),
    ("a half-precision scalar", NUMBER, numpy.float16(1), Outcome.WRONG, "hint"),
    ("an array of no dimension", NUMBER, numpy.array(RIGHT), Outcome.RIGHT, ""),
    ("an array of one", NUMBER, numpy.array([RIGHT]), Outcome.RIGHT, ""),
    ("an array", NUMBER, numpy.ones((2, 2)), Outcome.UNREADABLE, ASKED),
    ("a Series", NUMBER, pandas.Series([RIGHT]), Outcome.RIGHT, ""),
    ("a DataFrame", NUMBER, pandas.DataFrame({"a": [RIGHT]}), Outcome.RIGHT, ""),
    ("pandas' nothing", NUMBER, pandas.NA, Outcome.UNREADABLE, ""),
    ("a list of one", NUMBER, [RIGHT], Outcome.RIGHT, ""),
    ("a deep list", NUMBER, nested(500), Outcome.UNREADABLE, ASKED),
    ("a dict", NUMBER, {"answer": RIGHT}, Outcome.UNREADABLE, ASKED),
    ("a range", NUMBER, range(10**12), Outcome.UNREADABLE, ASKED),
    ("a generator", NUMBER, numbers(), Outcome.UNREADABLE, "not been computed"),
    ("a map", NUMBER, map(float, [1]), Outcome.UNREADABLE, "not been computed"),
    ("a function", NUMBER, lambda: RIGHT, Outcome.UNREADABLE, "Call it"),
    ("a builtin", NUMBER, len, Outcome.UNREADABLE, "Call it"),
    ("a bound method", NUMBER, Pool(1, 1).stake, Outcome.UNREADABLE, ""),
    ("a class", NUMBER, float, Outcome.UNREADABLE, ""),
    ("a module", NUMBER, math, Outcome.UNREADABLE, "number is asked"),
    ("a pool", NUMBER, Pool(10, 10), Outcome.UNREADABLE, "whole Pool"),
    ("a receipt", NUMBER, Pool(10, 10).stake(1), Outcome.UNREADABLE, "whole Trade"),
    ("an exception", NUMBER, ValueError("x"), Outcome.UNREADABLE, "cannot be read"),
    ("a SymPy number", NUMBER, sympy.Rational(RIGHT), Outcome.RIGHT, ""),
    ("a SymPy symbol", NUMBER, sympy.Symbol("tao_in"), Outcome.UNREADABLE, "symbols tao_in"),
    ("SymPy's infinity", NUMBER, sympy.oo, Outcome.UNREADABLE, "infinite"),
    ("SymPy's imaginary unit", NUMBER, sympy.I, Outcome.UNREADABLE, ""),
    ("an object of one's own", NUMBER, Counts(), Outcome.RIGHT, ""),
    ("an object that raises", NUMBER, Loud(), Outcome.UNREADABLE, "Loud"),
    ("an object without an end", NUMBER, Endless(), Outcome.UNREADABLE, "too long"),
    ("an object that lies", NUMBER, NotAFloat(), Outcome.UNREADABLE, ""),
    ("an object without a shape", NUMBER, Shapeless(), Outcome.UNREADABLE, ""),
    ("a namespace", NUMBER, SimpleNamespace(a=1), Outcome.UNREADABLE, ""),
    ("not implemented", NUMBER, NotImplemented, Outcome.UNREADABLE, ""),
    ("a verdict", NUMBER, Verdict("", Outcome.RIGHT, ""), Outcome.UNREADABLE, "whole Verdict"),
    ("in rao", NUMBER, RIGHT * 1e9, Outcome.FACTOR, "rao"),
    ("negative", NUMBER, -RIGHT, Outcome.FACTOR, "sign"),
    ("rounded early", NUMBER, float(f"{RIGHT:.2e}"), Outcome.CLOSE, "5 significant digits"),
    ("zero", NUMBER, 0, Outcome.WRONG, ""),
    ("percent for a share", SHARE, 100 * SHARE.values[0], Outcome.FACTOR, "percent"),
    ("a text in percent", SHARE, f"{100 * SHARE.values[0]} %", Outcome.RIGHT, ""),
    ("a share for percent", PERCENT, PERCENT.values[0] / 100, Outcome.FACTOR, "part of 1"),
    ("percent in a text", PERCENT, f"{PERCENT.values[0]}%", Outcome.RIGHT, ""),
    ("a list as a table", TABLE, [FEE, RECEIVED], Outcome.RIGHT, ""),
    ("a table", TABLE, {"Received": RECEIVED, " fee ": FEE}, Outcome.RIGHT, ""),
    ("texts in a table", TABLE, (f"{FEE} TAO", f"{RECEIVED} alpha"), Outcome.RIGHT, ""),
    ("an array as a table", TABLE, numpy.array(TABLE.values), Outcome.RIGHT, ""),
    ("a Series as a table", TABLE, pandas.Series(TABLE.values), Outcome.RIGHT, ""),
    (
        "a named Series as a table",
        TABLE,
        pandas.Series({"received": RECEIVED, "fee": FEE}),
        Outcome.RIGHT,
        "",
    ),
    ("an ordered dict", TABLE, OrderedDict(fee=FEE, received=RECEIVED), Outcome.RIGHT, ""),
    ("a dict of one's own", TABLE, UserDict(fee=FEE, received=RECEIVED), Outcome.RIGHT, ""),
    ("a deque", TABLE, deque(TABLE.values), Outcome.UNREADABLE, ""),
    ("dict values", TABLE, {"a": FEE, "b": RECEIVED}.values(), Outcome.RIGHT, ""),
    ("a SymPy matrix", TABLE, sympy.Matrix([FEE, RECEIVED]), Outcome.RIGHT, ""),
    ("a set as a table", TABLE, {1.0, 2.0}, Outcome.UNREADABLE, "no order"),
    ("a zip as a table", TABLE, zip((1,), (2,), strict=True), Outcome.UNREADABLE, "only once"),
    ("a row too few", TABLE, [1.0], Outcome.UNREADABLE, "1 row. Asked for are 2"),
    ("a row missing", TABLE, {"fee": 1}, Outcome.UNREADABLE, "no entry for received"),
    ("a row too many", TABLE, {"fee": 1, "received": 2, "tip": 3}, Outcome.UNREADABLE, "tip"),
    (
        "nothing in a table",
        TABLE,
        {"fee": 1, "received": None},
        Outcome.UNREADABLE,
        "In the row received",
    ),
    ("dots in a table", TABLE, {"fee": 1, "received": ...}, Outcome.NOT_ATTEMPTED, "1 of 2 places"),
    ("nan in a table", TABLE, [math.nan, 1], Outcome.UNREADABLE, "In the row fee"),
    ("a list without an end", TABLE, EndlessList([1]), Outcome.UNREADABLE, "too long"),
    ("a table in rao", TABLE, [FEE * 1e9, RECEIVED * 1e9], Outcome.FACTOR, "rao"),
    ("a number as a table", TABLE, 12.5, Outcome.UNREADABLE, "2 numbers"),
    ("an order as text", ORDER, ", ".join(RIGHT_ORDER), Outcome.RIGHT, ""),
    ("an order with signs", ORDER, " < ".join(RIGHT_ORDER), Outcome.RIGHT, ""),
    ("an order of floats", ORDER, [float(n) for n in RIGHT_ORDER], Outcome.RIGHT, ""),
    ("an array as an order", ORDER, numpy.array([int(n) for n in RIGHT_ORDER]), Outcome.RIGHT, ""),
    ("an order turned round", ORDER, RIGHT_ORDER[::-1], Outcome.FACTOR, "turned round"),
    ("an order with one missing", ORDER, RIGHT_ORDER[1:], Outcome.UNREADABLE, "is missing"),
    ("an order with a stranger", ORDER, ["999", *RIGHT_ORDER[1:]], Outcome.UNREADABLE, "999"),
    ("an order with a twin", ORDER, [*RIGHT_ORDER, RIGHT_ORDER[0]], Outcome.UNREADABLE, "twice"),
    ("an order with nan", ORDER, [math.nan, *RIGHT_ORDER[1:]], Outcome.UNREADABLE, ""),
    ("a set as an order", ORDER, set(RIGHT_ORDER), Outcome.UNREADABLE, "no order"),
    ("dots as an order", ORDER, ..., Outcome.NOT_ATTEMPTED, ""),
    ("dots in an order", ORDER, [..., 1, 2, 3], Outcome.NOT_ATTEMPTED, ""),
    ("a capital letter", CHOICE, f" ({CHOICE.answer[0].upper()}) ", Outcome.RIGHT, ""),
    ("a whole option", CHOICE, CHOICE.answer[3:], Outcome.RIGHT, ""),
    ("a letter in a list", CHOICE, [CHOICE.answer[0]], Outcome.RIGHT, ""),
    ("two letters", CHOICE, ["a", "b"], Outcome.UNREADABLE, "One letter"),
    ("an unknown letter", CHOICE, "q", Outcome.UNREADABLE, "a, b, c"),
    ("a number as a choice", CHOICE, 1, Outcome.UNREADABLE, "One letter"),
    ("dots as a choice", CHOICE, ..., Outcome.NOT_ATTEMPTED, "letter"),
    ("a loud choice", CHOICE, Loud(), Outcome.UNREADABLE, ""),
]


@pytest.mark.parametrize(
    ("one", "answer", "outcome", "words"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_an_unexpected_answer_is_judged_or_refused_with_a_sentence(
    one: Task, answer: Any, outcome: Outcome, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "LIMIT", 0.2)
    verdict = judged(one, answer)
    assert verdict.outcome is outcome, verdict
    assert words in verdict.text
    assert len(verdict.text) > 15
    assert verdict.text[-1] in ".!)`"
    assert str(verdict)
    assert "<" not in verdict._repr_html_().replace("<div", "").split("<p>")[0]


T, A, a = sympy.symbols("T A a", positive=True)
EXPRESSIONS: list[tuple[Any, Outcome, str]] = [
    (T * a / (A + a), Outcome.RIGHT, ""),
    (T - T * A / (A + a), Outcome.RIGHT, ""),
    (sympy.sympify("tao_in*alpha/(alpha_in + alpha)"), Outcome.RIGHT, ""),
    (sympy.exp(sympy.log(T) + sympy.log(a) - sympy.log(A + a)), Outcome.RIGHT, ""),
    (sympy.Integral(T * A / (A + a) ** 2, (a, 0, sympy.Symbol("alpha"))), Outcome.RIGHT, ""),
    (sympy.Min(T * a / (A + a), T), Outcome.RIGHT, ""),
    ("T*a/(A + a)", Outcome.RIGHT, ""),
    ("tao_in*a/(alpha_in + alpha)", Outcome.RIGHT, ""),
    ("T*a*(A + a)^(-1)", Outcome.RIGHT, ""),
    ("sqrt((T*a/(A + a))**2)", Outcome.RIGHT, ""),
    (T * a / A, Outcome.MISCONCEPTION, "product"),
    (A * a / (T + a), Outcome.MISCONCEPTION, "reserve"),
    (T * a / (A + 2 * a), Outcome.SLIP, "your expression is"),
    (sympy.Integer(7), Outcome.WRONG, ""),
    (3.5, Outcome.WRONG, ""),
    (T * sympy.Symbol("x"), Outcome.UNREADABLE, "uses x"),
    (sympy.Eq(T, a), Outcome.UNREADABLE, "equation"),
    ([T * a / (A + a)], Outcome.UNREADABLE, "[0]"),
    ({a: T}, Outcome.UNREADABLE, "dict"),
    (sympy.Matrix([T]), Outcome.UNREADABLE, "matrix"),
    (lambda T, A, a: T, Outcome.UNREADABLE, "function"),
    (sympy.sqrt(-T), Outcome.WRONG, "no value"),
    (sympy.zoo, Outcome.WRONG, "no value"),
    (T ** (A**a), Outcome.UNREADABLE, "cannot be evaluated"),
    ("T*", Outcome.UNREADABLE, "cannot be read"),
    ("__import__('os').system('true')", Outcome.UNREADABLE, "stand numbers"),
    ("T.real", Outcome.UNREADABLE, "stand numbers"),
    ("9**9**9**9", Outcome.WRONG, ""),
    ("(" * 500 + "T" + ")" * 500, Outcome.UNREADABLE, "cannot be read"),
    ("T+" * 5000 + "T", Outcome.UNREADABLE, "longer"),
    ("1/0", Outcome.WRONG, "no value"),
    ("True", Outcome.UNREADABLE, "stand numbers"),
    (..., Outcome.NOT_ATTEMPTED, ""),
    (None, Outcome.UNREADABLE, "None"),
    (Loud(), Outcome.UNREADABLE, ""),
]


@pytest.mark.parametrize(
    ("answer", "outcome", "words"),
    EXPRESSIONS,
    ids=[str(number) for number in range(len(EXPRESSIONS))],
)
def test_an_expression_is_judged_by_what_it_is_worth(
    answer: Any, outcome: Outcome, words: str
) -> None:
    verdict = judged(EXPRESSION, answer)
    assert verdict.outcome is outcome, verdict
    assert words in verdict.text


def test_there_are_more_than_sixty_unexpected_answers() -> None:
    assert len(CASES) + len(EXPRESSIONS) > 140
    assert sum(case[3] is not Outcome.RIGHT for case in CASES) > 60
