"""How much of a long walk is walked: an even sample in the test command, all of it in `.ci/run`.

A test that takes a sample carries the marker `whole`; `python tests/run.py --whole` runs these with
nothing left out.
"""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from typing import TypeVar

Place = TypeVar("Place")
WHOLE = os.environ.get("DTAO_EDU_WHOLE") == "yes"


def sample(places: Sequence[Place], count: int) -> list[Place]:
    """Return both ends of a walk and places between, drawn by lot but always the same."""
    if WHOLE or len(places) <= count:
        return list(places)
    if count < 2:
        return list(places[:count])
    between = random.Random(count).sample(range(1, len(places) - 1), count - 2)
    return [places[place] for place in (0, *sorted(between), len(places) - 1)]
