"""The practice needs the standard library only, so that it also runs in a browser kernel."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("numpy", "matplotlib", "sympy", "ipywidgets", "IPython", "jupyter", "pandas", "nbformat")
EVERYTHING = """
import sys
import dtao_edu
from dtao_edu.practice import bank, check, hint, progress, sit, solution
from dtao_edu.practice.hand_in import answers, receipt, verify
sit("student-17")
for lesson in bank.lessons():
    for one in bank.exercises(lesson):
        for answer in (1, [1, 2], "a", lambda *numbers: 1.0):
            check(one.id, answer)._repr_mimebundle_()
        hint(one.id), solution(one.id), solution(one.id)
assert verify(receipt().code)
str(progress()), answers("student-17")
print(*(name for name in {heavy!r} if name in sys.modules))
"""


@pytest.mark.parametrize(
    "code", ["import dtao_edu.practice, sys\nprint(*(n for n in {heavy!r} if n in sys.modules))",
             EVERYTHING], ids=["imported", "used"]
)  # fmt: skip
def test_neither_pictures_nor_arrays_nor_jupyter_are_loaded(code: str) -> None:
    code = code.replace("{heavy!r}", repr(HEAVY))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
    assert done.stderr == ""


def test_a_plain_terminal_shows_plain_text() -> None:
    """In a session without a notebook, the value of a call is its text."""
    session = 'from dtao_edu import check, hint\ncheck("05.1", 46006)\nhint("05.1")\n'
    done = subprocess.run(
        [sys.executable, "-i", "-q"],
        input=session,
        capture_output=True,
        text=True,
        timeout=60,
        encoding="ascii",
        env={**__import__("os").environ, "PYTHONIOENCODING": "ascii"},
    )
    assert "[i] 05.1 a known wrong idea: the spot price for the whole trade" in done.stdout
    assert "3,845,486,925" in done.stdout
    assert "[1/2] 05.1 hint 1 of 2" in done.stdout
    assert "<" not in done.stdout
