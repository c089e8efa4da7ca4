"""Frames come back from their chunks as the engine says and draws them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from dtao_edu.playground import PLAYGROUNDS
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
