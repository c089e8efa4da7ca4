"""A playground's model is there without NumPy, Matplotlib and widgets, until something is drawn."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("numpy", "matplotlib", "ipywidgets", "PIL", "sympy")


def loaded_after(code: str) -> set[str]:
    look = f"import sys\n{code}\nprint(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_every_model_is_imported_without_anything_heavy() -> None:
    assert loaded_after("from dtao_edu.playground import PLAYGROUNDS") == set()


def test_a_trade_is_made_asked_about_and_answered_without_anything_heavy() -> None:
    code = (
        "from dtao_edu import coalition_vote, stake_unstake\n"
        "from dtao_edu.playground.guess import reply\n"
        "for play in (stake_unstake, coalition_vote):\n"
        "    session = play.session()\n"
        "    play.receipt(session.result)\n"
        "    reply(5.0, play.question.asked(session.result))\n"
    )
    assert loaded_after(code) == set()


def test_the_view_is_imported_without_what_draws() -> None:
    """In a browser's kernel the first library that is missing is then the one to load first."""
    assert not {"numpy", "matplotlib"} & loaded_after("import dtao_edu.playground.view.live")


def test_drawing_loads_what_it_needs() -> None:
    code = "from dtao_edu import stake_unstake as play\nplay.picture(play.session().result)"
    assert {"numpy", "matplotlib"} <= loaded_after(code)
