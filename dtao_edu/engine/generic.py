"""The few words beyond + - * / that formulas need, understood by every reader.

`exp`, `log`, `sqrt`, `minimum`, `maximum`, `where`, `floor_log2`, `floor_divide`, `ratio`,
`power`, `halved`: each looks at where its arguments come from (NumPy, SymPy, or plain
Python) and hands them to that home's own function. So an equation is written once and is
read by floats, Fractions, arrays and symbols; Numba is taught the same words in
`simulation/compiled.py`.

`exp` and `log` of a Fraction are floats: no fraction holds them. Its `sqrt` is a Fraction,
cut after 30 places, so that an exact pool can stop at a limit price to the rao.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from fractions import Fraction
from functools import wraps
from typing import Any

WORDS: list[Callable[..., Any]] = []
"""All words, for a compiler that has to be taught them."""


def _word(numpy: str, sympy: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a plain function its names in NumPy and in SymPy."""

    def dress(plain: Callable[..., Any]) -> Callable[..., Any]:
        # Looked up once for each type of argument: a word is said many times in a block.
        readers: dict[type, Callable[..., Any]] = {}

        @wraps(plain)
        def call(a: Any, *others: Any) -> Any:
            kind, column = type(a), a
            reader = readers.get(kind) or _learn(kind, readers, plain, numpy, sympy)
            if reader is plain:
                for other in others:
                    kind, column = type(other), other
                    reader = readers.get(kind) or _learn(kind, readers, plain, numpy, sympy)
                    if reader is not plain:
                        break
                else:
                    return plain(a, *others)
            if kind in _COLUMNS and column.dtype.kind == "O":
                # a column of Fractions is read one by one
                return _of("numpy", "frompyfunc")(plain, 1 + len(others), 1)(a, *others)
            if len(others) == 1:  # the usual case, without unpacking
                return reader(a, others[0])
            return reader(a, *others)

        WORDS.append(call)
        return call

    return dress


def _learn(kind: type, readers: Any, plain: Any, numpy: str, sympy: str) -> Any:
    home, reader = kind.__module__.partition(".")[0], plain
    if home == "numpy":
        reader = _NUMPY.get(numpy) or _of("numpy", numpy)
        if kind.__name__ == "ndarray":
            _COLUMNS.add(kind)
    elif home == "sympy":
        reader = _SYMPY.get(sympy) or _of("sympy", sympy)
    readers[kind] = reader
    return reader


_COLUMNS: set[type] = set()
"""NumPy's array, once one has been read: NumPy itself is not imported here."""


def _of(home: str, name: str) -> Any:
    return getattr(sys.modules[home], name)


# Homes that have no single function for a word get a sentence instead.
_NUMPY: dict[str, Callable[..., Any]] = {
    # frexp counts in 32 bits, too few for 2 to the power of 54
    "floor_log2": lambda x: _of("numpy", "subtract")(_of("numpy", "frexp")(x)[1], 1, dtype="int64"),
}
_SYMPY: dict[str, Callable[..., Any]] = {
    "where": lambda condition, yes, no: _of("sympy", "Piecewise")((yes, condition), (no, True)),
    "floor_log2": lambda x: _of("sympy", "floor")(_of("sympy", "log")(x, 2)),
    "floor_divide": lambda a, b: _of("sympy", "floor")(a / b),
    "divide": lambda a, b: a / b,
    "halved": lambda amount, times: _of("sympy", "floor")(amount / 2**times),
}


@_word("exp", "exp")
def exp(x: Any) -> Any:
    """e^x; infinity where it is more than a float can hold."""
    return math.exp(x) if x < 709 else math.inf


@_word("log", "log")
def log(x: Any) -> Any:
    """The natural logarithm of x, x above 0."""
    return math.log(x)


@_word("sqrt", "sqrt")
def sqrt(x: Any) -> Any:
    """The square root of x, x 0 or more; of a Fraction not more than it, within 10^-30."""
    if type(x) is not Fraction:
        return math.sqrt(x)
    parts = x.denominator * 10**30
    return Fraction(math.isqrt(x.numerator * parts * 10**30), parts)


@_word("minimum", "Min")
def minimum(a: Any, b: Any) -> Any:
    """The smaller of a and b, entry by entry for arrays."""
    return b if b < a else a


@_word("maximum", "Max")
def maximum(a: Any, b: Any) -> Any:
    """The larger of a and b, entry by entry for arrays."""
    return b if b > a else a


@_word("where", "where")
def where(condition: Any, yes: Any, no: Any) -> Any:
    """`yes` where the condition holds, else `no`. Both are computed either way."""
    return yes if condition else no


@_word("floor_log2", "floor_log2")
def floor_log2(x: Any) -> Any:
    """The whole number n with 2^n <= x < 2^(n+1), x above 0.

    Read off the number's binary exponent, so it is exact where a rounded
    logarithm would be off by one at a power of two.
    """
    return math.frexp(x)[1] - 1


@_word("floor_divide", "floor_divide")
def floor_divide(a: Any, b: Any) -> Any:
    """floor(a / b)."""
    return a // b


@_word("divide", "divide")
def ratio(a: Any, b: Any) -> Any:
    """a / b; of two whole numbers it is a Fraction, so nothing is lost."""
    return Fraction(a, b) if type(a) is type(b) is int else a / b


@_word("power", "Pow")
def power(base: Any, exponent: Any) -> Any:
    """base^exponent, base 0 or more. Of Fractions a Fraction, the nearest float's if need be."""
    result = base**exponent
    return Fraction(result) if Fraction in (type(base), type(exponent)) else result


@_word("right_shift", "halved")
def halved(amount: Any, times: Any) -> Any:
    """floor(amount / 2^times), of whole numbers."""
    return amount >> times
