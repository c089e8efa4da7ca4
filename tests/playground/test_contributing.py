"""The playground in CONTRIBUTING.md: at most forty lines, and it works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest

import dtao_edu
from dtao_edu.playground.flipbook import flipbook

TEXT = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTION = TEXT.partition("## A new playground")[2]
CODE = re.findall(r"```python\n(.*?)```", SECTION, flags=re.DOTALL)[0]


@pytest.fixture
def found() -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(CODE, names)
    return names


def test_it_has_at_most_forty_lines() -> None:
    assert len(CODE.splitlines()) <= 40


def test_it_plays(found: dict[str, Any]) -> None:
    live = found["price_after"](predict=False)
    assert str(live).startswith("A stake of 20 TAO raises the price by 44.0 %.")
    box = [live.box]
    for widget in box:
        box += getattr(widget, "children", ())
    stake = next(w for w in box if getattr(w, "description", "") == "Stake, TAO")
    assert isinstance(stake, widgets.FloatText)
    stake.value = 50
    assert str(live).startswith("A stake of 50 TAO raises the price by 125.0 %.")
    live.session.undo()
    assert live.session.result.paid == 20


def test_its_backdrop_stands_while_the_stake_moves(found: dict[str, Any]) -> None:
    session = found["price_after"].session()
    picture = found["picture"](session.result)
    key, back = picture.key(), picture.backdrop()
    session.set("tao", 44)
    picture.show(session.result)
    assert (picture.key(), picture.backdrop()) == (key, back)
    session.set("reserve", 200)
    picture.show(session.result)
    assert picture.key() != key


def test_its_history_is_copied_as_code(found: dict[str, Any]) -> None:
    session = found["price_after"].session()
    session.set("tao", 30)
    names = dict(found)
    exec(session.code(), names)
    assert names["result"] == session.result


def test_its_flip_book_comes_for_nothing(found: dict[str, Any]) -> None:
    made = flipbook(found["price_after"], ["page"], jobs=1)
    assert made.files == {}
    assert made.fixed == []
    assert made.text.startswith("What is the price after 20 TAO?")
    assert "A stake of 20 TAO raises the price by 44.0 %." in made.text


def test_as_a_module_of_the_package_it_is_found_by_its_name(tmp_path: Path) -> None:
    """In a copy of the package: the module, and its name where all playgrounds are listed."""
    here = Path(str(dtao_edu.__file__)).parent
    copy = tmp_path / "dtao_edu"
    shutil.copytree(here, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "playground" / "price_after.py").write_text(CODE, encoding="utf-8")
    listing = copy / "playground" / "__init__.py"
    text = listing.read_text(encoding="utf-8")
    first = "from dtao_edu.playground.price_race import price_race\n"
    text = text.replace(first, f"from dtao_edu.playground.price_after import price_after\n{first}")
    text = text.replace("        pump,\n", "        pump,\n        price_after,\n", 1)
    listing.write_text(text, encoding="utf-8")
    look = (
        "from dtao_edu.playground import PLAYGROUNDS as all\n"
        "print(round(all['price_after'].session(tao=50.0).result.price_impact, 9))"
    )
    done = subprocess.run(
        [sys.executable, "-c", look],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.stdout.strip() == "1.25", done.stderr


def test_every_place_that_it_touches_is_there() -> None:
    root = Path(__file__).parents[2]
    for place in re.findall(r"`(dtao_edu/[^`]+\.py)`", SECTION):
        assert (root / place.replace("NAME", "pump")).is_file()
