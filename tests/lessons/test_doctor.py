"""The self-check: each thing that can be missing is named with its mend."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from dtao_edu.lessons import doctor as room
from dtao_edu.lessons.doctor import Finding, Report, doctor

Patch = pytest.MonkeyPatch


def finding(what: str) -> Finding:
    (found,) = [one for one in doctor().findings if one.what.startswith(what)]
    return found


def test_a_healthy_installation_is_well() -> None:
    report = doctor()
    assert report.is_well
    assert repr(report).endswith("\nAll is well.")
    assert len(report.findings) == 6


def test_the_stored_text_names_no_version_and_no_path_but_the_details_do() -> None:
    report = doctor()
    assert not any(character.isdigit() for character in repr(report).replace("3.11", ""))
    assert str(Path.home()) not in repr(report)
    assert sys.executable in report.details()
    assert "sympy 1." in report.details()


def test_a_missing_thing_comes_with_its_mend() -> None:
    report = Report((Finding("A is here"), Finding("B is here", "no B", "get B")))
    assert not report.is_well
    assert repr(report).splitlines() == [
        "ok       A is here.",
        "MISSING  B is here: no B. To mend it, get B.",
        "Mend what is MISSING, then check again.",
    ]
    assert report.details() == repr(report)


def test_an_old_python(monkeypatch: Patch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))
    assert "newer Python" in finding("Python").mend


@pytest.mark.parametrize(("have", "fact"), [("1.2", "sympy 1.2,"), (None, "sympy is not there,")])
def test_a_package_too_old_or_missing(monkeypatch: Patch, have: str | None, fact: str) -> None:
    from importlib.metadata import version as true_version

    def version(name: str) -> str:
        if name != "sympy":
            return true_version(name)
        if have is None:
            raise PackageNotFoundError(name)
        return have

    monkeypatch.setattr(room, "version", version)
    found = finding("Every package")
    assert found.fact == f"{fact} at least 1.13 is needed"
    assert found.mend.endswith('-m pip install "sympy>=1.13"')


@pytest.mark.parametrize("line", ["sympy<2,>=1.13", "sympy >= 1.13", "sympy>=1.13", "sympy"])
def test_a_need_is_read_however_it_is_written(monkeypatch: Patch, line: str) -> None:
    monkeypatch.setattr(room, "requires", lambda name: [line])
    assert not finding("Every package").mend
    monkeypatch.setattr(room, "version", lambda name: "1.12")
    assert bool(finding("Every package").mend) == (">=" in line.replace(" ", ""))


def test_an_extra_is_not_missed(monkeypatch: Patch) -> None:
    monkeypatch.setattr(room, "requires", lambda name: ["nothing>=1; extra == 'fast'"])
    assert not finding("Every package").mend


def hide(module: str) -> Callable[[Patch], None]:
    return lambda monkeypatch: monkeypatch.setitem(sys.modules, module, None)  # type: ignore[arg-type]


def no_kernel(monkeypatch: Patch) -> None:
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    def refuse(self: KernelSpecManager, name: str) -> None:
        raise NoSuchKernel(name)

    monkeypatch.setattr(KernelSpecManager, "get_kernel_spec", refuse)


def other_kernel(monkeypatch: Patch) -> None:
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

    spec = KernelSpec(argv=["/another/python", "-m", "ipykernel_launcher"])
    monkeypatch.setattr(KernelSpecManager, "get_kernel_spec", lambda self, name: spec)


def no_extension(monkeypatch: Patch) -> None:
    monkeypatch.setattr("jupyter_core.paths.jupyter_path", lambda *parts: [])


def no_course(monkeypatch: Patch) -> None:
    def lost() -> Path:
        raise FileNotFoundError("The lessons are lost.")

    monkeypatch.setattr(room, "course_folder", lost)


@pytest.mark.parametrize(
    ("what", "harm", "fact"),
    [
        ("Notebooks", hide("jupyter_client.kernelspec"), "jupyter_client is not installed"),
        ("Notebooks", no_kernel, "no kernel named python3"),
        ("Notebooks", other_kernel, "starts /another/python"),
        ("JupyterLab", hide("jupyter_core.paths"), "jupyter_core is not installed"),
        ("JupyterLab", no_extension, "jupyterlab-manager was not found"),
        ("The lessons", no_course, "The lessons are lost"),
    ],
)
def test_what_is_missing_is_named(
    monkeypatch: Patch, what: str, harm: Callable[[Patch], None], fact: str
) -> None:
    harm(monkeypatch)
    found = finding(what)
    assert fact in found.fact
    assert found.mend


def test_a_course_without_its_first_lesson(monkeypatch: Patch, tmp_path: Path) -> None:
    monkeypatch.setattr(room, "course_folder", lambda: tmp_path)
    assert "00_start_here" in finding("The lessons").fact


def test_a_progress_folder_that_cannot_be_written(monkeypatch: Patch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DTAO_EDU_DATA", str(tmp_path / "file"))
    found = finding("Your progress")
    assert "cannot be written" in found.fact
    assert "DTAO_EDU_DATA" in found.mend
