"""Attacks side by side: what is drawn is what was priced, and reads without colour."""

from __future__ import annotations

import pytest

from dtao_edu.engine.errors import InputError
from dtao_edu.figures.attacks import attack_rows
from dtao_edu.studies.attacks import Attack

LENT = Attack("cartel", "vote", 2e6, False, 0.0, 0.0, 0, 0.46, 0.45)
BRIBE = Attack("bribe", "vote", 9e4, False, 0.0, 0.9, 0, 0.006, 0.0007)
OUT = Attack("neglect", "vote", 2e6, False, 0.0, 0.0, 0, 0.013, -0.013)
PUMP = Attack("pump", "market", 1.4e4, True, 0.0, 1.3e4, 1800, 0.09, 0.09)
ROUND = Attack("wash staking", "market", 100.0, True, 0.0, 0.0, 0, 0.0, 0.0)
TAKEN = Attack("sandwich", "market", 1000.0, True, -12.0, 0.0, 0, 0.0, 0.0)
EVERY = [BRIBE, LENT, OUT, PUMP, TAKEN, ROUND]


def marks(picture):
    """List what is drawn: shape, place on the axis, row."""
    return [
        (line.get_marker(), line.get_xdata()[0], line.get_ydata()[0])
        for line in picture.figure.axes[0].lines
        if line.get_linestyle() == "None" and len(line.get_xdata())
    ]


@pytest.mark.parametrize("size", ["page", "hall", "slide"])
def test_every_attack_has_a_mark_at_its_tao_and_lent_is_another_shape_than_own(size):
    drawn = marks(attack_rows(EVERY, size=size))
    for row, one in enumerate(EVERY):
        assert ("o" if one.own else "s", one.committed, row) in drawn
        assert (("D", one.lost_at_worst, row) in drawn) == (one.lost_at_worst > 0)


def test_every_mark_lies_within_the_axis_and_two_powers_of_ten_are_named():
    ax = attack_rows(EVERY).figure.axes[0]
    low, high = ax.get_xlim()
    assert all(low < x < high for _, x, _ in marks(attack_rows(EVERY)))
    ax.figure.draw_without_rendering()
    named = [label.get_text() for label in ax.get_xticklabels() if label.get_text()]
    assert {"1", "100", "10,000", "1 million"} <= set(named)


def test_what_is_moved_stands_beside_it_in_words():
    texts = [text.get_text() for text in attack_rows(EVERY).figure.axes[0].texts]
    assert "moves 46.0 %, 45.0 % arrives" in texts
    assert "moves 9.0 %" in texts
    assert "takes 1.3 % away" in texts
    assert "takes from one order" in texts
    assert "moves nothing" in texts
    assert {"by vote", "by market"} <= set(texts)


def test_the_sentence_tells_both_sides():
    told = str(attack_rows(EVERY))
    assert "Under the vote 90,000 TAO (bribe) to 2,000,000 TAO (cartel)" in told
    assert "at most 13,000 TAO are lost (pump)" in told
    assert "nothing is lost" in str(attack_rows([ROUND]))


def test_none_and_too_many_are_refused():
    for wrong in ([], [PUMP] * 13):
        with pytest.raises(InputError, match="attacks"):
            attack_rows(wrong)
