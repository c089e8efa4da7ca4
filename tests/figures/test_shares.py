"""Ranked bars of shares: nothing lost, the followed subnet always named, true to the numbers."""

from __future__ import annotations

import pytest

from dtao_edu.engine.errors import InputError
from dtao_edu.figures.charts.shares import share_columns

SHARES = {netuid: (20 - netuid) / 190 for netuid in range(1, 20)}


def bars(axes):
    names = [text.get_text() for text in axes.get_yticklabels()]
    return dict(zip(names, (patch.get_width() for patch in axes.patches), strict=True))


def test_bars_of_a_column_sum_to_the_whole_and_fall_to_the_others():
    drawn = bars(share_columns({"Vote": SHARES}, top=5).figure.axes[0])
    assert sum(drawn.values()) == pytest.approx(1)
    named = list(drawn.values())[:-1]
    assert named == sorted(named, reverse=True)
    assert list(drawn)[-1] == "14 others"


def test_a_followed_subnet_is_named_even_below_the_top_and_once():
    names = list(bars(share_columns({"Vote": SHARES}, highlight=19, top=5).figure.axes[0]))
    assert names.count("subnet 19") == 1
    assert names[-2:] == ["subnet 19", "14 others"]


def test_columns_share_one_scale_so_that_lengths_can_be_compared():
    picture = share_columns({"Vote": SHARES, "Price": {1: 0.9, 2: 0.1}})
    first, second = picture.figure.axes
    assert first.get_xlim() == second.get_xlim()


def test_the_sentence_says_the_place_of_the_followed_subnet():
    said = str(share_columns({"Vote": SHARES}, highlight=19))
    assert "subnet 1 comes first with 10.0 %" in said
    assert "subnet 19 is number 19 of 19 with 0.5 %" in said


@pytest.mark.parametrize("columns", [{}, {"Vote": {}}])
def test_nothing_to_draw_is_refused(columns):
    with pytest.raises(InputError, match="columns"):
        share_columns(columns)


def test_the_others_can_be_left_out_and_no_longer_set_the_scale():
    whole, few = (
        share_columns({"Vote": SHARES}, top=5, others=others).figure.axes[0]
        for others in (True, False)
    )
    assert list(bars(whole))[:-1] == list(bars(few))
    assert few.get_xlim()[1] < whole.get_xlim()[1]
