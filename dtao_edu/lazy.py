"""Names of a package that are loaded when they are first used, each listed once.

What editors and type checkers read instead, `__init__.pyi`, is written from the same list by
``python -m authoring stubs``.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # a checker reads it as True; `typing` alone would double the import's cost
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Loader = Callable[[str], object]

_homes: dict[str, dict[str, str]] = {}


def attach(
    package: str, where: Mapping[str, str], modules: Iterable[str] = ()
) -> tuple[Loader, Callable[[], list[str]], list[str]]:
    """Return the `__getattr__`, the `__dir__` and the `__all__` of a package.

    Parameters
    ----------
    package : str
        Its `__name__`.
    where : mapping of str to str
        Each name, and the module where it lives: below the package, or beside it after a dot.
    modules : iterable of str
        Modules below the package that are reached as names, too.

    Examples
    --------
    >>> load, names, public = attach("dtao_edu.engine", {"Pool": "pool"}, ["units"])
    >>> load("Pool").__name__, load("units").RAO, public
    ('Pool', 1000000000, ['Pool', 'units'])
    """
    known = {**dict.fromkeys(modules, ""), **where}
    _homes[package] = known

    def load(name: str) -> object:
        if name not in known:
            has = f"dir({package}) lists what it has"
            raise AttributeError(f"{package} has no name {name!r}; {has}.")
        from importlib import import_module

        module = import_module(f".{known[name] or name}", package)
        value: object = getattr(module, name) if known[name] else module
        vars(sys.modules[package])[name] = value
        return value

    public = [*where, *modules]
    return load, lambda: sorted({*vars(sys.modules[package]), *public}), public


def homes(package: str) -> dict[str, str]:
    """Return each name of a package with the module where it lives; "" for a module itself.

    Examples
    --------
    >>> import dtao_edu
    >>> homes("dtao_edu")["Pool"]
    'engine.pool'
    """
    return dict(_homes[package])
