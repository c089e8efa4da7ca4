"""The room that is kept for the sentence is enough for every state, so that the page stands."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from dtao_edu.playground import PLAYGROUNDS, Playground
from dtao_edu.playground.flipbook.states import Page, pages, state, states
from tests.helpers.walks import sample

TICKED = 3  # pages of a clock that are run through
DRAWN = 12  # states of each other page, beside its edges
AT_ONCE = 40  # states of a playground in the test command; tests/run.py --whole takes all


def results(play: Playground, lot: random.Random) -> Iterator[Any]:
    """Work out the edges of every page of a flip-book and some states drawn by lot."""
    every = [page for preset in play.presets() for page in pages(play, preset)[1]]
    ticking = [page for page in every if any(slider.plays for slider in page.sliders)]
    for page in lot.sample(ticking, min(TICKED, len(ticking))):
        yield from states(play, page)
    still = [page for page in every if page not in ticking]
    places = [(page, place) for page in still for place in sorted(edges_and_some(page, lot))]
    yield from (state(play, page, place) for page, place in sample(places, AT_ONCE))


def edges_and_some(page: Page, lot: random.Random) -> set[tuple[int, ...]]:
    edges = {*product(*({0, size - 1} for size in page.shape))}
    return edges | {tuple(lot.randrange(size) for size in page.shape) for _ in range(DRAWN)}


@pytest.mark.whole
@pytest.mark.parametrize("play", PLAYGROUNDS.values(), ids=list(PLAYGROUNDS))
def test_no_sentence_is_longer_than_its_room(play: Playground) -> None:
    picture = None
    for result in results(play, random.Random(play.name)):
        if not isinstance(result, str):
            picture = picture or play.picture(result)
            assert len(picture.sentence(result)) <= play.longest
