"""The pictures of the conclusions draw what the studies found."""

from __future__ import annotations

import numpy as np
import pytest

from dtao_edu.engine.errors import InputError
from dtao_edu.figures import (
    agreement_lines,
    concentration_lines,
    inequality_curve,
)
from dtao_edu.studies.believers import Inequality, Outcome
from dtao_edu.studies.concentration import concentration_days
from dtao_edu.studies.rank_agreement import Agreement, Lags

HALF = np.array([0.5, 0.5])
NEAR, FAR = (Outcome(np.tile([0.5 + x, 0.5 - x], (8, 1)), HALF) for x in (0.01, 0.2))


def test_each_point_of_the_curve_stands_within_its_interval() -> None:
    rows = [Inequality(0.1, FAR, NEAR), Inequality(0.7, NEAR, FAR)]
    ax = inequality_curve(rows, marks={"the vote": 0.49}).figure.axes[0]
    half, first, last, curve, mark = ax.lines
    assert half.get_ydata()[0] == 50
    assert list(curve.get_xdata()) == [0.1, 0.7]
    assert list(curve.get_ydata()) == [100, 0]
    for bar, value in ((first, 100), (last, 0)):
        assert min(bar.get_ydata()) <= value <= max(bar.get_ydata())
    assert mark.get_xdata()[0] == 0.49
    assert "the vote" in [text.get_text() for text in ax.texts]
    with pytest.raises(InputError, match="rows"):
        inequality_curve(rows[:1])


def test_the_three_ways_to_tell_concentration_stand_side_by_side() -> None:
    days = ["2025-02-14", "2025-06-01", "2025-10-28"]
    found = concentration_days(dict.fromkeys(range(40), 1 / 40), days)
    picture = concentration_lines(found)
    for ax, measure in zip(picture.figure.axes, ("hhi", "equal_number", "gini"), strict=True):
        price, vote = ax.lines
        assert list(price.get_ydata()) == [getattr(one, measure) for one in found.days.values()]
        assert set(vote.get_ydata()) == {getattr(found.vote, measure)}
    assert "on 3" in str(picture)


@pytest.mark.parametrize(("measure", "times"), [("ranks", 1), ("moved", 100)])
def test_the_price_with_itself_is_the_baseline(measure: str, times: int) -> None:
    agreed = Agreement(measure, {"2025-02-14": 0.3, "2025-02-15": 0.5}, {})  # type: ignore[arg-type]
    kept = Lags(measure, {1: (0.8, 0.9, 1.0), 9: (0.5, 0.6, 0.7)})  # type: ignore[arg-type]
    ax = agreement_lines(agreed, kept).figure.axes[0]
    vote, own = ax.lines
    assert list(vote.get_ydata()) == [times * 0.3, times * 0.5]
    assert list(own.get_xdata()) == [1, 9]
    assert list(own.get_ydata()) == [times * 0.9, times * 0.6]


def test_a_curve_is_drawn_for_a_slide_too() -> None:
    rows = [Inequality(0.1, FAR, NEAR), Inequality(0.7, NEAR, FAR)]
    picture = inequality_curve(rows)
    larger = picture.for_slide()
    assert larger is not None
    assert larger.size.text > picture.size.text
