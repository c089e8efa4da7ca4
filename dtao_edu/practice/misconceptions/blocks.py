"""Wrong ideas about blocks and days."""

from __future__ import annotations

from dtao_edu.practice.exercise.exercise import Misconception
from dtao_edu.practice.text import show

ONE_A_SECOND = Misconception(
    "one block a second",
    lambda g: g.minutes * 60,
    lambda g, answer: (
        f"{show(answer)} are the seconds in {g.minutes} minutes. The chain makes no block every "
        "second."
    ),
)
"""Asked is the number of blocks in so many `minutes`."""
