"""Frames come back from their chunks as the engine says and draws them."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from dtao_edu.engine.pool import Pool
from dtao_edu.playground import PLAYGROUNDS, Grid, Preset
from dtao_edu.playground.flipbook import flipbook
from dtao_edu.playground.flipbook.fragment import Fragment
from dtao_edu.playground.flipbook.frames import page_chunks, work_out
from dtao_edu.playground.flipbook.states import pages
from tests.helpers.flipbooks import places, thinner, unfolded, worked_out


@pytest.mark.parametrize("name", ["pool_depth", "three_places", "stake_unstake", "any_rule"])
def test_every_kind_of_page_is_unfolded_as_it_was_worked_out(name: str) -> None:
    """A lone slider, few steps, choices, switches; all others are tried in the browser."""
    lot = random.Random(name)
    label = PLAYGROUNDS[name].presets()[-1].label
    play = thinner(PLAYGROUNDS[name], label, lot)
    page = pages(play, play.preset_named(label, play.presets()))[1][0]
    wanted = places(page, lot, 30)
    for size in ("page", "phone"):
        stored = page_chunks(play, page, [size])
        assert unfolded(stored, page, wanted, size) == worked_out(play, page, wanted, size)


def test_what_is_kept_is_read_again_and_not_drawn(tmp_path: Path) -> None:
    play = PLAYGROUNDS["three_places"]
    first = work_out(play, play.presets(), ["phone"], cache=tmp_path, jobs=1)
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert work_out(play, play.presets(), ["phone"], cache=tmp_path, jobs=1) == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == kept


CAPPED = Grid(sliders=("hours",), choices={"capped": (True, False)})
PUMP = replace(PLAYGROUNDS["pump"], grid=CAPPED)
FIRST = PUMP.presets()[0].label


@pytest.fixture(scope="module")
def pump() -> Fragment:
    """A flip-book of two pages, in files of its own."""
    return flipbook(PUMP, ["page", "phone"], presets=[FIRST], inline=False, folder="flip", jobs=1)


def test_it_opens_with_what_the_live_one_opens_with(pump: Fragment) -> None:
    assert str(PUMP.picture(PUMP.session(FIRST).result)) in pump.text


def test_without_scripts_the_answer_is_closed_where_it_is_asked_for() -> None:
    play = PLAYGROUNDS["three_places"]
    said = str(play.picture(play.session().result))

    def still(made: Fragment) -> str:
        return made.html.partition('<div class="dtao-static">')[2].partition("<script")[0]

    asks = still(flipbook(play, ["page"], jobs=1))
    assert "Predict first." in asks.partition("<details>")[0]
    assert "Hana's hotkey" not in asks.partition("<details>")[0], "the picture leaves it out"
    assert escape(said) in asks.partition("<details>")[2]
    tells = still(flipbook(play, ["page"], jobs=1, predict=False))
    assert "Predict first." not in tells
    assert "<details>" not in tells
    assert escape(said) in tells
    assert "Hana's hotkey" in tells


def test_a_start_that_the_package_does_not_have_is_written_as_code() -> None:
    own = Preset(label="as in this lesson", values={"pool": Pool(10, 90)})
    play = replace(PLAYGROUNDS["three_places"], name="three_places_2", presets=lambda: (own,))
    made = flipbook(play, ["page"], jobs=1)
    assert '"call":"three_places"' in made.html
    assert '"code":"pool=Pool(tao_in=10, alpha_in=90, alpha_out=0)"' in made.html


def test_a_file_holds_one_page_so_that_a_reader_fetches_what_is_seen(pump: Fragment) -> None:
    added = {file: text for file, text in pump.files.items() if text.startswith(b"dtaoFlip.add(")}
    assert len(added) == 2 * 3  # capped or not: words, and a picture for each of the two sizes
    for file, text in added.items():
        assert f'"flip/{file}"' in pump.html
        assert len(json.loads(text.removeprefix(b"dtaoFlip.add(").removesuffix(b");"))) == 1
