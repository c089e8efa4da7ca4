"""What a flip-book has to show, worked out by the engine for states drawn by lot and for edges."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import Any, NamedTuple

from dtao_edu.playground import Choice, Grid, Playground
from dtao_edu.playground.flipbook import pack
from dtao_edu.playground.flipbook.frames import MARK, Chunks
from dtao_edu.playground.flipbook.pack import coarse
from dtao_edu.playground.flipbook.states import (
    OPENING,
    Page,
    default_grid,
    offers,
    pages,
    state,
    states,
)
from dtao_edu.playground.hall import DRAWN

FRAMES = 800
"""Frames of a flip-book that is cut down for a test, about."""
LOT = 200
"""States drawn by lot for each flip-book."""


class Shown(NamedTuple):
    """One frame: the sentence that refuses it, or what is said and drawn."""

    problem: str
    sentence: str = ""
    receipt: str = ""
    question: str = ""
    front: str = ""
    back: str = ""


def thinner(play: Playground[Any], label: str, lot: random.Random) -> Playground[Any]:
    """Leave choices out of a flip-book, drawn by lot, until a test can build it."""
    grid = play.grid or default_grid(play)
    session = play.session(label)
    size = pages(play, play.preset_named(label, session.presets))[1][0].frames
    kept: dict[str, Sequence[Any]] = {}
    openings = grid.openings
    for offer in offers(play, grid, session):
        count = 2 if size * 2 <= FRAMES and len(offer.values) > 1 else 1
        size *= count
        if offer.name == OPENING:
            openings = lot.sample([*openings], count)
        elif isinstance(control_named(play, offer.name), Choice) or offer.name in grid.choices:
            kept[offer.name] = sorted(lot.sample([*offer.values], count), key=offer.values.index)
    cut: Grid = replace(grid, choices={**grid.choices, **kept}, openings=openings)
    return replace(play, grid=cut)


def control_named(play: Playground[Any], name: str) -> Any:
    return next((control for control in play.controls if control.name == name), None)


def places(page: Page, lot: random.Random, count: int) -> list[tuple[int, ...]]:
    """Return all edges of a page and some frames drawn by lot."""
    every = [*product(*(range(size) for size in page.shape))]
    edges = [
        place
        for place in every
        if any(one in (0, size - 1) for one, size in zip(place, page.shape, strict=True))
    ]
    drawn = lot.sample(every, min(count, len(every)))
    return [*dict.fromkeys((*edges, *drawn))]


def worked_out(
    play: Playground[Any], page: Page, wanted: Sequence[tuple[int, ...]], size: str
) -> list[Shown]:
    """Ask the engine for some frames, one by one and in the order given."""
    clock = any(slider.plays for slider in page.sliders)
    ticks = list(states(play, page)) if clock else []
    picture = None
    backdrops: dict[str, str] = {}  # one for each key: another test holds the key to it
    found = []
    for place in wanted:
        result = ticks[place[0]] if clock else state(play, page, place)
        if isinstance(result, str):
            found.append(Shown(result))
            continue
        if picture is None:
            picture = play.picture(result, size=DRAWN.get(size, size))
            picture.id_prefix = MARK
        picture.show(result)
        key = repr(picture.key())
        if key not in backdrops:
            backdrops[key] = coarse(picture.backdrop())
        asked = play.question.asked(ticks[0] if clock else result) if play.question else None
        found.append(
            Shown(
                "",
                str(picture),
                "\n".join(f"{row.label}: {row.value}" for row in play.receipt(result)),
                asked.words if asked else "",
                coarse(picture.front_in_groups()),
                backdrops[key],
            )
        )
    return found


def unfolded(
    stored: Chunks, page: Page, wanted: Sequence[tuple[int, ...]], size: str
) -> list[Shown]:
    """Unfold some frames of a stored page, as the script of a flip-book does."""
    words = {name: pack.unpack(packed) for name, packed in pack.inflate(stored.words).items()}
    pictures = pack.inflate(stored.pictures[size]) if stored.pictures else {}
    fronts = pack.unpack(pictures["front"]) if pictures else []
    backdrops = pack.unpack(pictures["backdrops"]) if pictures else []
    found = []
    for place in wanted:
        frame = 0
        for one, count in zip(place, page.shape, strict=True):
            frame = frame * count + one
        if words["problem"][frame]:
            found.append(Shown(words["problem"][frame]))
            continue
        rows = [row.split("\t") for row in words["receipt"][frame].split("\n")]
        found.append(
            Shown(
                "",
                words["sentence"][frame],
                "\n".join(f"{label}: {value}" for label, value, *_ in rows),
                words["question"][frame].partition("\n")[0],
                fronts[frame],
                backdrops[pictures["back"][frame]],
            )
        )
    return found
