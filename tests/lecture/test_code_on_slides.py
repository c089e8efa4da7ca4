"""What of a cell's code a slide shows."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from struct import pack
from typing import Any

import pytest

from dtao_edu.lecture.code_on_slides import UNSHOWN, shown_code
from dtao_edu.lecture.forms import FORMS
from dtao_edu.lecture.rendered import rendered_slides
from dtao_edu.lessons.lesson import Cell, Lesson


def code(source: str, **about: Any) -> Cell:
    return Cell(1, "code", source, slide_type="slide", **about)


def printed(text: str) -> tuple[dict[str, object], ...]:
    return ({"output_type": "stream", "name": "stdout", "text": text},)


def png(width: int) -> str:
    """The start of a picture, which is all that is read of it."""
    return b64encode(b"\x89PNG\r\n\x1a\n" + pack(">IIII", 13, 0, width, 100)).decode()


PAGE, SLIDE = png(200), png(300)
PICTURE: Any = (
    {
        "output_type": "execute_result",
        "data": {"image/png": PAGE, "text/plain": "A line.", FORMS: {"slide": SLIDE}},
        "metadata": {},
    },
)


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("crowd = pool.stake(5)\nprint(crowd)", "crowd = pool.stake(5)"),
        ('print(f"{a}"\n      f"{b}")', ""),
        ("from dtao_edu import Pool\nimport math\n\npool = Pool(1, 2)", "pool = Pool(1, 2)"),
        ("for n in (1, 2):\n    trade = pool.stake(n)\n    print(trade)",
         "for n in (1, 2):\n    trade = pool.stake(n)"),
        ("for n in (1, 2):\n    for m in (3, 4):\n        print(n, m)", ""),
        ("# only a remark\nprint(1)", ""),
        ("if dear:\n    print('dear')", "if dear:\n    print('dear')"),
        ("report = print\nreport(1)", "report = print\nreport(1)"),
        ("derivation.price()", "derivation.price()"),
        ("print(", "print("),
    ],
)  # fmt: skip
def test_a_slide_shows_the_thought_and_not_the_printing(source: str, kept: str) -> None:
    assert shown_code(code(source)) == kept


def test_what_is_folded_tagged_or_drawn_is_not_shown() -> None:
    assert shown_code(code("a = 1", source_hidden=True)) == ""
    assert shown_code(code("a = 1", tags=frozenset({UNSHOWN}))) == ""
    assert shown_code(code("shares = vote.shares()\ncolumns(shares)", outputs=PICTURE)) == ""


def body(*cells: Cell) -> str:
    lesson = Lesson("talk", "talk", "A talk", (), None, None, (), (), cells)
    return rendered_slides(lesson, Path())[0].body


def test_a_folded_output_waits_below_its_code_and_not_below_nothing() -> None:
    waits = body(code("a = 1\nprint(a)", outputs=printed("1"), outputs_hidden=True))
    assert "fragment" in waits
    assert "print" not in waits.replace("printed", "")
    assert "fragment" not in body(code("print(1)", outputs=printed("1"), outputs_hidden=True))


def test_a_slide_shows_the_picture_with_the_larger_letters() -> None:
    shown = body(code("draw()", outputs=PICTURE))
    assert f"base64,{SLIDE}" in shown
    assert "--ratio:3" in shown
    assert PAGE not in shown


def test_cells_that_show_nothing_leave_no_gap() -> None:
    assert 'class="cell' not in body(code("import math"))
