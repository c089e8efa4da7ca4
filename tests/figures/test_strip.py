"""A whole cut into its parts: the bar is the whole, and the fewest that pass the half are told."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dtao_edu import ledger, measures
from dtao_edu.engine.errors import InputError
from dtao_edu.figures.charts.strip import strip, strip_sentence


def segments(picture: object) -> list[tuple[float, float]]:
    """Give where each part begins and ends."""
    patches = picture.figure.axes[0].patches  # type: ignore[attr-defined]
    return [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in patches]


def test_the_parts_fill_the_bar_without_gap_the_largest_first() -> None:
    found = segments(strip([10, 40, 20, 30]))
    assert found[0] == (0, 40)
    assert [end for _, end in found] == pytest.approx([40, 70, 90, 100])
    assert all(start == pytest.approx(end) for (_, end), (start, _) in pairwise(found))


def test_exactly_half_is_not_more_than_half() -> None:
    assert "the 2 largest hold 75.0 %" in strip_sentence((50, 25, 25))
    assert "the 1 largest hold 50.1 %" in strip_sentence((50.1, 25, 24.9))


def test_the_voters_of_november_2024() -> None:
    stakes = ledger.root_vote("2024-11-24").stakes
    picture = strip(stakes, holders="validators", size="slide")
    coloured = [bar for bar in picture.figure.axes[0].patches if bar.get_facecolor()[2] > 0.6
                and bar.get_facecolor()[0] < 0.1]  # fmt: skip
    assert len(coloured) == measures.nakamoto(stakes)
    assert segments(picture)[len(coloured) - 1][1] > 50 > segments(picture)[len(coloured) - 1][0]
    assert str(picture).startswith("Of 64 validators")


def test_who_holds_all_leaves_nothing_to_name() -> None:
    texts = [text.get_text() for text in strip([5], holders="holders").figure.axes[0].texts]
    assert texts == ["100 %", "half", "the 1 largest holders: 100.0 %"]


def test_nothing_cannot_be_cut() -> None:
    with pytest.raises(InputError, match="above 0"):
        strip([0.0, 0.0])
