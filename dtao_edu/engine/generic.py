"""Functions beyond + - * / that formulas need, each for every kind of quantity.

`exp`, `log`, `sqrt`, `minimum`, `maximum`, `where`, `floor_log2`, `floor_divide`, `ratio`,
`power`, `compound`, `halved`: each looks at where its arguments come from (NumPy, SymPy, or plain
Python) and hands them to that library's own function. So an equation is written once and is
read by floats, Fractions, columns and symbols. Numba does not look into them: what it compiles in
their place stands in `simulation/compiled.py`, and tests hold the two together.

`exp` and `log` of a Fraction are floats: no fraction holds them. Its `sqrt` is a Fraction,
cut after 30 places, so that an exact pool can stop at a limit price to the rao.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar, cast

from dtao_edu.engine.quantity import Amount, Arithmetic, Condition, Quantity, WholeQuantity

_LARGEST = 709
"""e to a higher power is more than a float can hold."""
_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")
_Function = Callable[_Arguments, _Result]


def _generic(
    numpy: str, sympy: str
) -> Callable[[_Function[_Arguments, _Result]], _Function[_Arguments, _Result]]:
    """Give a function of plain numbers its names in NumPy and in SymPy."""
    names = {"numpy": numpy, "sympy": sympy}
    theirs: dict[str, Callable[..., _Result]] = {}

    def decorate(plain: _Function[_Arguments, _Result]) -> _Function[_Arguments, _Result]:
        of_numbers = cast("Callable[..., _Result]", plain)

        @wraps(plain)
        def call(*given: Any) -> Any:
            for one in given:
                home = _home(type(one))
                if home == "numpy" and one.dtype.kind == "O":
                    # a column of Fractions is read one by one
                    return _of("numpy", "frompyfunc")(of_numbers, len(given), 1)(*given)
                if home:
                    if home not in theirs:
                        theirs[home] = _OWN[home].get(names[home]) or _of(home, names[home])
                    return theirs[home](*given)
            return of_numbers(*given)

        return cast("_Function[_Arguments, _Result]", call)

    return decorate


def _library(kind: type) -> str:
    """Return the library that a kind of number comes from; none if it is Python's own."""
    home = kind.__module__.partition(".")[0]
    return home if home in _OWN else ""


_home: Callable[[type], str] = cache(_library)  # asked many times in a block, of a few types


def _of(home: str, name: str) -> Any:
    # NumPy and SymPy themselves are not imported here: who passes their numbers has them.
    return getattr(sys.modules[home], name)


def _numpy_compound(rate: Any, times: Any) -> Any:
    with _of("numpy", "errstate")(divide="ignore"):  # a rate of -1 leaves nothing
        return _of("numpy", "expm1")(times * _of("numpy", "log1p")(rate))


_OWN: dict[str, dict[str, Callable[..., Any]]] = {
    "numpy": {
        # frexp counts in 32 bits, too few for 2 to the power of 54
        "floor_log2": lambda x: _of("numpy", "subtract")(
            _of("numpy", "frexp")(x)[1], 1, dtype="int64"
        ),
        "compound": _numpy_compound,
    },
    "sympy": {
        "where": lambda condition, yes, no: _of("sympy", "Piecewise")((yes, condition), (no, True)),
        "floor_log2": lambda x: _of("sympy", "floor")(_of("sympy", "log")(x, 2)),
        "floor_divide": lambda a, b: _of("sympy", "floor")(a / b),
        "divide": lambda a, b: a / b,
        "compound": lambda rate, times: (1 + rate) ** times - 1,
        "halved": lambda amount, times: _of("sympy", "floor")(amount / 2**times),
    },
}
"""A line for what a library has no single function of."""


@_generic("exp", "exp")
def exp(x: Quantity) -> Quantity:
    """e^x; infinity where it is more than a float can hold."""
    return cast("Quantity", math.exp(x) if x < _LARGEST else math.inf)


@_generic("log", "log")
def log(x: WholeQuantity) -> WholeQuantity:
    """The natural logarithm of x, x above 0."""
    return cast("WholeQuantity", math.log(x))


@_generic("sqrt", "sqrt")
def sqrt(x: Quantity) -> Quantity:
    """The square root of x, x 0 or more; of a Fraction not more than it, within 10^-30."""
    if not isinstance(x, Fraction):
        return cast("Quantity", math.sqrt(x))
    parts = x.denominator * 10**30
    return cast("Quantity", Fraction(math.isqrt(x.numerator * parts * 10**30), parts))


def total(parts: Iterable[WholeQuantity]) -> WholeQuantity:
    """The sum of quantities of one kind; 0 of none."""
    return cast("WholeQuantity", sum(parts))


@_generic("minimum", "Min")
def minimum(a: WholeQuantity, b: WholeQuantity | Amount) -> WholeQuantity:
    """The smaller of a and b, entry by entry for columns."""
    return cast("WholeQuantity", b) if b < a else a


@_generic("maximum", "Max")
def maximum(a: WholeQuantity, b: WholeQuantity | Amount) -> WholeQuantity:
    """The larger of a and b, entry by entry for columns."""
    return cast("WholeQuantity", b) if b > a else a


@_generic("where", "where")
def where(condition: Condition, yes: WholeQuantity, no: WholeQuantity | Amount) -> WholeQuantity:
    """`yes` where the condition holds, else `no`. Both are computed either way.

    Parameters
    ----------
    condition : a comparison of quantities.
    yes, no : quantities.
    """
    return yes if condition else cast("WholeQuantity", no)


@_generic("floor_log2", "floor_log2")
def floor_log2(x: WholeQuantity) -> WholeQuantity:
    """The whole number n with 2^n <= x < 2^(n+1), x above 0.

    Read off the number's binary exponent, so it is exact where a rounded
    logarithm would be off by one at a power of two.
    """
    return cast("WholeQuantity", math.frexp(x)[1] - 1)


@_generic("floor_divide", "floor_divide")
def floor_divide(a: WholeQuantity, b: WholeQuantity) -> WholeQuantity:
    """floor(a / b)."""
    return cast("WholeQuantity", a // b)


def _ratio(a: Any, b: Any) -> Any:
    return Fraction(a, b) if type(a) is type(b) is int else a / b


@_generic("divide", "divide")
def ratio(a: Quantity, b: Quantity | Amount) -> Quantity:
    """a / b; of two whole numbers it is a Fraction, so nothing is lost."""
    return cast("Quantity", _ratio(a, b))


@_generic("power", "Pow")
def power(base: Quantity, exponent: Arithmetic | Amount) -> Quantity:
    """base^exponent, base 0 or more. Of Fractions a Fraction, the nearest float's if need be."""
    result = base**exponent
    exact = Fraction in (type(base), type(exponent))
    return cast("Quantity", Fraction(result) if exact else result)


def _compound(rate: Any, times: Any) -> Any:
    if Fraction in (type(rate), type(times)):
        if times == times // 1:
            return (1 + Fraction(rate)) ** int(times) - 1
        return Fraction(_compound(float(rate), float(times)))
    if rate <= -1:  # where a logarithm has no value
        return 0.0**times - 1
    grown = times * math.log1p(rate)
    return math.expm1(grown) if grown < _LARGEST else math.inf


@_generic("compound", "compound")
def compound(rate: Quantity, times: Arithmetic | Amount) -> Quantity:
    """(1 + rate)^times - 1, rate -1 or more: what a rate grows to over so many times.

    In floats by way of expm1(times log1p(rate)), which keeps the digits of a small rate that
    1 + rate would lose. Of Fractions a Fraction: exact for whole `times`, else the nearest float's.

    Examples
    --------
    >>> compound(0.5, 2), compound(1e-20, 2)
    (1.25, 2e-20)
    """
    return cast("Quantity", _compound(rate, times))


@_generic("right_shift", "halved")
def halved(amount: WholeQuantity | int, times: WholeQuantity) -> WholeQuantity:
    """floor(amount / 2^times), of whole numbers."""
    return cast("WholeQuantity", int(amount) >> int(times))
