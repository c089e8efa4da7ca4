"""A private copy of the functions that a right answer calls, so that they can be called wrongly.

One run under a profiler tells which functions of the package a call goes through, what each got
and what it returned. These functions are then copied with copies of the modules and classes around
them: exchanging the code of a copy changes nothing for anybody else, in this thread or another.
"""

from __future__ import annotations

import contextlib
import copy
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any, NamedTuple

from dtao_edu.practice.checking.record import Answer
from dtao_edu.practice.slips.mutants import unguarded

_PACKAGE = str(Path(__file__).parents[2])
_LOCK = threading.Lock()
# What only checks, converts or draws is not worth a copy.
_LEFT_ALONE = ("dtao_edu.engine.errors", "dtao_edu.engine.generic", "dtao_edu.engine.units")
_MOST_CALLS = 4000


def _unchecked(argument: str, value: Any, *allowed: Any) -> Any:
    return value


# A mistake may lead to amounts that no pool allows; it is to be seen where it leads.
_CHECKS = ("positive", "not_negative", "between", "number", "refuse")


class Call(NamedTuple):
    """One call on the way to an answer."""

    function: str
    module: str
    arguments: Mapping[str, Answer]
    result: Answer


def trace(work: Callable[[], Answer]) -> tuple[list[Call], dict[CodeType, FunctionType]]:
    """Run something and note every call of the package's functions.

    Returns
    -------
    list of Call
        In the order in which they returned.
    dict
        The functions called, by their code.
    """
    calls: list[Call] = []
    functions: dict[CodeType, FunctionType] = {}
    open_: dict[FrameType, dict[str, Any]] = {}

    def note(frame: FrameType, event: str, result: Any) -> None:
        code = frame.f_code
        if not code.co_filename.startswith(_PACKAGE) or len(calls) > _MOST_CALLS:
            return
        if event == "call":
            names = code.co_varnames[: code.co_argcount]
            open_[frame] = {name: frame.f_locals[name] for name in names if name in frame.f_locals}
            if code not in functions:
                found = _function(frame, open_[frame])
                if found is not None:
                    functions[code] = found
        elif event == "return" and frame in open_:
            module = str(frame.f_globals.get("__name__"))
            calls.append(Call(code.co_name, module, open_.pop(frame), result))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        # cProfile's own profiler can be read here and not set again: it goes on without us.
        sys.setprofile(before if callable(before) else None)
    return calls, functions


def _function(frame: FrameType, arguments: Mapping[str, Any]) -> FunctionType | None:
    """Find the function that a frame runs: a module's own, or a method of its first argument."""
    code = frame.f_code
    plain = frame.f_globals.get(code.co_name)
    if isinstance(plain, FunctionType) and plain.__code__ is code:
        return plain
    owner = next(iter(arguments.values()), None)
    for base in (owner if isinstance(owner, type) else type(owner)).__mro__:
        found = _bare(base.__dict__.get(code.co_name))
        if found is not None and found.__code__ is code:
            return found
    return None


def _bare(member: object) -> FunctionType | None:
    """Take the plain function out of a method, a property, a static or a class method."""
    for name in ("fget", "__func__"):
        member = getattr(member, name, member)
    return member if isinstance(member, FunctionType) else None


class Shadow:
    """Copies of some functions that call one another instead of the originals.

    Parameters
    ----------
    functions : mapping of code to function
        From :func:`trace`.
    """

    def __init__(self, functions: Mapping[CodeType, FunctionType]) -> None:
        self._copied = {
            function
            for function in functions.values()
            if function.__module__ not in _LEFT_ALONE and not function.__code__.co_freevars
        }
        self.copies: dict[FunctionType, FunctionType] = {}
        self._globals: dict[str, dict[str, Any]] = {}
        self._modules: dict[str, ModuleType] = {}
        self._classes: dict[type, type] = {}
        modules = {function.__module__ for function in self._copied}
        for name in modules:
            self._globals[name] = dict(vars(sys.modules[name]))
        for function in self._copied:
            self.copies[function] = self.copy(function)
        for space in self._globals.values():
            for name, value in list(space.items()):
                space[name] = self._shadowed(value)

    def copy(self, function: FunctionType) -> FunctionType:
        """Copy a function into the shadow."""
        space = self._globals.get(function.__module__, function.__globals__)
        made = FunctionType(
            unguarded(function),
            space,
            function.__name__,
            function.__defaults__,
            function.__closure__,
        )
        made.__kwdefaults__ = function.__kwdefaults__
        return made

    def _shadowed(self, value: Any) -> Any:
        if isinstance(value, FunctionType):
            if value.__name__ in _CHECKS and value.__module__ == "dtao_edu.engine.errors":
                return _unchecked
            return self.copies.get(value, value)
        if isinstance(value, ModuleType) and value.__name__.startswith("dtao_edu."):
            return self._module(value)
        if isinstance(value, type) and value.__module__.startswith("dtao_edu."):
            return self._class(value)
        kind = type(value)
        if kind.__module__.startswith("dtao_edu.engine") and self._class(kind) is not kind:
            with contextlib.suppress(TypeError):  # a class without room for another
                made = copy.copy(value)
                object.__setattr__(made, "__class__", self._class(kind))
                return made
        return value

    def _module(self, module: ModuleType) -> ModuleType:
        if module.__name__ not in self._modules:
            made = self._modules[module.__name__] = ModuleType(module.__name__)
            made.__dict__.update(vars(module))
            for name, value in vars(module).items():
                if isinstance(value, FunctionType | type):
                    made.__dict__[name] = self._shadowed(value)
        return self._modules[module.__name__]

    def _class(self, kind: type) -> type:
        if kind not in self._classes:
            self._classes[kind] = kind
            members: dict[str, object] = {
                name: self._member(member)
                for base in reversed(kind.__mro__)
                for name, member in vars(base).items()
                if _bare(member) in self._copied
            }
            if members:
                if "__slots__" in vars(kind):
                    members["__slots__"] = ()  # of one shape, so that objects can change over
                with contextlib.suppress(TypeError):  # an enumeration has no subclasses
                    self._classes[kind] = type(kind)(kind.__name__, (kind,), members)
        return self._classes[kind]

    def _member(self, member: Any) -> Any:
        bare = _bare(member)
        assert bare is not None
        made = self.copies[bare]
        if isinstance(member, property):
            return property(made)
        return type(member)(made) if isinstance(member, staticmethod | classmethod) else made

    def with_code(
        self, function: FunctionType, code: CodeType, work: Callable[[], Answer]
    ) -> Answer:
        """Run something while one copy has other code.

        Parameters
        ----------
        function : function
            The original of the copy.
        code : code
            What the copy does meanwhile.
        work : callable
            What is run.

        Returns
        -------
        object
            What `work` returns.
        """
        made = self.copies[function]
        with _LOCK:
            kept = made.__code__
            made.__code__ = code
            try:
                return work()
            finally:
                made.__code__ = kept
