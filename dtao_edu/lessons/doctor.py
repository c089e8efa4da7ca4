"""A self-check of the installation: what is missing, and how to mend it."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from .course import START, course_folder
from .learners_copy import version_numbers

_AGAIN = "run the first command of the README again"


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Parameters
    ----------
    what : str
        What was looked at, as a sentence without its full stop.
    fact : str
        What was found: a version or a path. Not part of the stored text.
    mend : str
        How to mend it; empty if all is well.
    """

    what: str
    fact: str = ""
    mend: str = ""

    def __str__(self) -> str:
        if not self.mend:
            return f"ok       {self.what}."
        return f"MISSING  {self.what}: {self.fact}. To mend it, {self.mend}."


@dataclass(frozen=True)
class Report:
    """All findings; its text names no version and no path, so that it is the same everywhere.

    Parameters
    ----------
    findings : tuple of Finding
        In the order of the checks.
    """

    findings: tuple[Finding, ...]

    @property
    def is_well(self) -> bool:
        """Whether nothing is missing."""
        return not any(finding.mend for finding in self.findings)

    def __repr__(self) -> str:
        return self._text(*map(str, self.findings))

    def details(self) -> str:
        """Give the text with versions and paths, for a report of a fault."""
        return self._text(
            *(
                f"{finding} ({finding.fact})" if finding.fact and not finding.mend else str(finding)
                for finding in self.findings
            )
        )

    def _text(self, *lines: str) -> str:
        end = "All is well." if self.is_well else "Mend what is MISSING, then check again."
        return "\n".join([*lines, end])


def doctor() -> Report:
    """Check the installation: Python, packages, kernel, live figures, lessons, progress.

    Returns
    -------
    Report
        One line a check, with the mend where something is missing.

    Examples
    --------
    >>> doctor()
    ok       Python is 3.11 or newer.
    ok       Every package is there and new enough.
    ok       Notebooks run with this Python.
    ok       JupyterLab can show live figures.
    ok       The lessons are here.
    ok       Your progress can be saved.
    All is well.
    """
    return Report(tuple(check() for check in _CHECKS))


def _python() -> Finding:
    fact = ".".join(map(str, sys.version_info[:3]))
    mend = "" if sys.version_info >= (3, 11) else f"install a newer Python and {_AGAIN}"
    return Finding("Python is 3.11 or newer", fact, mend)


def _packages() -> Finding:
    what, found, wanting, wishes = "Every package is there and new enough", [], [], []
    for name, least in _needed():
        try:
            have = version(name)
        except PackageNotFoundError:
            have = ""
        found.append(f"{name} {have or 'is not there'}")
        if version_numbers(have) < version_numbers(least):
            wanting.append(f"{found[-1]}, at least {least} is needed")
            wishes.append(f'"{name}>={least}"')
    if not wanting:
        return Finding(what, ", ".join(found))
    return Finding(
        what, "; ".join(wanting), f"run: {sys.executable} -m pip install {' '.join(wishes)}"
    )


def _needed() -> list[tuple[str, str]]:
    """List the packages that the course cannot do without, each with its least version."""
    found = []
    for line in requires("dtao-edu") or ():
        name, least = re.match(r"[\w.-]+", line), re.search(r">=\s*([\d.]+)", line)
        if name and "extra ==" not in line:
            found.append((name[0], least[1] if least else "0"))
    return found


def _kernel() -> Finding:
    what = "Notebooks run with this Python"
    try:
        from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
    except ImportError:
        return Finding(what, "jupyter_client is not installed", _AGAIN)
    try:
        command = KernelSpecManager().get_kernel_spec("python3").argv[0]
    except NoSuchKernel:
        return Finding(what, "there is no kernel named python3", _AGAIN)
    # A bare name is looked up by the server beside its own Python.
    if Path(command).name == command or Path(command).resolve() == Path(sys.executable).resolve():
        return Finding(what, sys.executable)
    mend = f"run: {sys.executable} -m ipykernel install --sys-prefix --name python3"
    return Finding(what, f"the kernel python3 starts {command}", mend)


def _widgets() -> Finding:
    what, name = "JupyterLab can show live figures", "@jupyter-widgets/jupyterlab-manager"
    try:
        from jupyter_core.paths import jupyter_path
    except ImportError:
        return Finding(what, "jupyter_core is not installed", _AGAIN)
    for folder in jupyter_path("labextensions"):
        if (Path(folder) / name / "package.json").is_file():
            return Finding(what, folder)
    mend = f"run: {sys.executable} -m pip install --force-reinstall jupyterlab_widgets"
    return Finding(what, f"the extension {name} was not found", mend)


def _lessons() -> Finding:
    what = "The lessons are here"
    try:
        folder = course_folder()
    except FileNotFoundError as error:
        return Finding(what, str(error).rstrip("."), _AGAIN)
    if not (folder / START).is_file():
        return Finding(what, f"{START} was not found", _AGAIN)
    return Finding(what, str(folder))


def _progress() -> Finding:
    from ..practice.progress_file import data_folder

    what, folder = "Your progress can be saved", data_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        mend = "make that folder writable, or name another one in the variable DTAO_EDU_DATA"
        return Finding(what, f"{folder} cannot be written ({error.strerror})", mend)
    return Finding(what, str(folder))


_CHECKS: tuple[Callable[[], Finding], ...] = (
    _python,
    _packages,
    _kernel,
    _widgets,
    _lessons,
    _progress,
)
