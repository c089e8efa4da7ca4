# mypy: disallow-untyped-defs=False
"""What Numba is taught: the words of `engine/generic.py`, for numbers and for columns.

Formulas, mechanisms, stages and behaviours are handed to Numba as they stand. The few words
they use beyond arithmetic look at where their arguments come from; here each gets its meaning
in compiled code.
"""

from __future__ import annotations

import math
from functools import cache
from types import ModuleType

import numba
import numpy as np
from numba.extending import overload, register_jitable

from dtao_edu.engine import formulas, generic, units
from dtao_edu.simulation import mechanisms, stages, state, trader, trading
from dtao_edu.simulation.compile_cache import Function

HOW: dict[str, bool | str] = {
    "error_model": "numpy",  # a division by 0 gives infinity or NaN: no look at the divisor
    "forceinline": True,
    "no_cfunc_wrapper": True,  # nobody calls the parts from C, and each would be compiled for it
}
_EXPONENT = 52
"""Binary places of a float before its exponent."""


def _are_columns(*kinds: object) -> bool:
    return any(isinstance(kind, numba.types.Array) for kind in kinds)


def _smaller(a, b):
    if _are_columns(a, b):
        return lambda a, b: np.minimum(a, b)
    return lambda a, b: b if b < a else a


def _larger(a, b):
    if _are_columns(a, b):
        return lambda a, b: np.maximum(a, b)
    return lambda a, b: b if b > a else a


def _chosen(condition, yes, no):
    if _are_columns(condition):
        return lambda condition, yes, no: np.where(condition, yes, no)
    return lambda condition, yes, no: yes if condition else no


def _exp(x):
    return (lambda x: np.exp(x)) if _are_columns(x) else (lambda x: math.exp(x))


def _log(x):
    return (lambda x: np.log(x)) if _are_columns(x) else (lambda x: math.log(x))


def _sqrt(x):
    return (lambda x: np.sqrt(x)) if _are_columns(x) else (lambda x: math.sqrt(x))


def _compounded(rate, times):
    if _are_columns(rate, times):
        return lambda rate, times: np.expm1(times * np.log1p(rate))
    return lambda rate, times: math.expm1(times * math.log1p(rate))


def _exponent(x):
    # The exponent is read off the float's bits: exact, and a loop can do many at once.
    return lambda x: (np.float64(x).view(np.int64) >> _EXPONENT) - 1023


_MEANINGS: dict[Function, Function] = {
    generic.minimum: _smaller,
    generic.maximum: _larger,
    generic.where: _chosen,
    generic.exp: _exp,
    generic.log: _log,
    generic.sqrt: _sqrt,
    generic.compound: _compounded,
    generic.floor_log2: _exponent,
    generic.floor_divide: lambda a, b: lambda a, b: a // b,
    generic.ratio: lambda a, b: lambda a, b: a / b,
    generic.power: lambda base, exponent: lambda base, exponent: base**exponent,
    generic.halved: lambda amount, times: lambda amount, times: amount >> times,
    units.whole_rao: lambda amount: lambda amount: amount,
    units.fixed_point: lambda amount: lambda amount: amount,
    state.total: lambda column: lambda column: column.sum(),
    state.least: lambda column: lambda column: column.min(),
}


def _functions_of(module: ModuleType) -> list[Function]:
    """Return the plain functions that a module defines."""
    found = (value for value in vars(module).values() if callable(value))
    mine = (f for f in found if getattr(f, "__module__", "") == module.__name__)
    return [f for f in mine if not isinstance(f, type) and hasattr(f, "__code__")]


@cache
def teach() -> None:
    """Teach Numba all words, and hand it every function that a block is made of."""
    for word, meaning in _MEANINGS.items():
        overload(word, strict=False, jit_options=HOW)(meaning)
    given: set[Function] = {getattr(formulas, name) for name in formulas.__all__}
    for module in (mechanisms, stages, trading):
        given |= set(_functions_of(module))
    for function in (given | set(trader.GENERIC)) - set(_MEANINGS):
        compilable(function)


def compilable(function: Function) -> Function:
    """Hand a plain function to Numba, for compiled code to call; it stays what it is."""
    same: Function = register_jitable(**HOW)(function)
    return same
