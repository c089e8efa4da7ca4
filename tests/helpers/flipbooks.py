"""What a flip-book has to show, worked out by the engine for states drawn by lot and for edges."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import Any, NamedTuple

from dtao_edu.playground import Choice, Grid, Playground
from dtao_edu.playground.flipbook.frames import DRAWN, MARK
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

FRAMES = 1500
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
    found = []
    for place in wanted:
        result = ticks[place[0]] if clock else state(play, page, place)
        if isinstance(result, str):
            found.append(Shown(result))
            continue
        if picture is None:
            picture = play.picture(result, size=DRAWN.get(size, size))
            picture.mark = MARK
        picture.show(result)
        asked = play.question.asked(ticks[0] if clock else result) if play.question else None
        found.append(
            Shown(
                "",
                str(picture),
                "\n".join(f"{row.label}: {row.value}" for row in play.receipt(result)),
                asked.words if asked else "",
                coarse(picture.front_in_groups()),
                coarse(picture.backdrop()),
            )
        )
    return found
