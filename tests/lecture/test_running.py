"""A notebook is run for its slides: pictures with large letters, and nothing else changes."""

from __future__ import annotations

import base64
import re
import struct
from collections.abc import Sequence
from pathlib import Path

import pytest

from dtao_edu.figures import bars
from dtao_edu.lecture.forms import FORMS, of_picture
from dtao_edu.lecture.needed import need_lecture
from dtao_edu.lecture.running import run, with_forms
from dtao_edu.lecture.slides import drawn, read_lecture
from tests.helpers.lessons import code, saved, text

DRAW = (
    "from dtao_edu import Pool\nfrom dtao_edu.figures import pool_curve\n"
    "print('a')\npool_curve(Pool(100, 1000).stake(25))"
)


def picture(source: str = DRAW) -> dict[str, object]:
    cell = code(source, "a\n", "slide")
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n" + struct.pack(">IIII", 13, 0, 20, 10)).decode()
    shown = {"image/png": png, "text/plain": "A line."}
    cell["outputs"].append({"output_type": "display_data", "data": shown, "metadata": {}})
    return dict(cell)


def test_pictures_are_drawn_for_slides_and_the_rest_is_kept(tmp_path: Path) -> None:
    path = saved(tmp_path, text("# A", "slide"), picture(), name="talk.ipynb")
    before = path.read_bytes()
    stored = read_lecture(path)
    printed, shown = with_forms(stored, path).cells[1].outputs
    assert printed == stored.cells[1].outputs[0]
    assert shown["data"]["text/plain"] == "A line."
    forms = shown["data"][FORMS]
    width, height = struct.unpack(">II", base64.b64decode(forms["slide"])[16:24])
    assert width > 1500
    assert width / height > 1.9
    assert all(layer.startswith("<svg") for layer in forms["svg"])
    assert forms["sentence"].startswith("You stake 25 TAO")
    assert path.read_bytes() == before


def test_a_picture_drawn_for_slides_has_the_letters_of_a_page_on_a_page() -> None:
    large, usual = (of_picture(bars({"price": 0.4}, size=size)) for size in ("slide", "page"))
    assert box(large["svg"]) == box(usual["svg"])
    assert box(large["phone"]) == box(usual["phone"]) != box(usual["svg"])
    assert large["slide"] == usual["slide"]


def box(layers: Sequence[str]) -> set[str]:
    return {found for layer in layers for found in re.findall('viewBox="([^"]+)"', layer)}


def test_what_cannot_be_run_shows_its_stored_pictures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path, text("# A", "slide"), picture("1 / 0"), name="talk.ipynb")
    stored = read_lecture(path)
    assert drawn(stored, path) == stored
    said = capsys.readouterr().err
    assert said.startswith("The slides show the stored pictures, in small letters: talk.ipynb")
    assert said.count("\n") == 1


def test_a_lesson_without_pictures_is_not_run(tmp_path: Path) -> None:
    path = saved(tmp_path, text("# A", "slide"), code("1 / 0", "1", "slide"), name="talk.ipynb")
    stored = read_lecture(path)
    assert drawn(stored, path) is stored


def test_a_plain_run_adds_nothing(tmp_path: Path) -> None:
    path = saved(tmp_path, picture(), name="talk.ipynb")
    (shown,) = [one for one in run(path).cells[0].outputs if one.output_type != "stream"]
    assert FORMS not in shown.data


def test_what_is_missing_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    need_lecture("slides")
    monkeypatch.setattr("dtao_edu.lecture.needed.find_spec", lambda name: None)
    with pytest.raises(ImportError, match=r"To make slides, .*math_core.* must be installed"):
        need_lecture("slides")
