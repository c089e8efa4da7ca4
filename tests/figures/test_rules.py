"""The rules by date, and one network under several of them: drawn as the table and the run say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from dtao_edu import Network, compare_rules, rules_table
from dtao_edu.engine.errors import InputError
from dtao_edu.figures.rules import rules_timeline

SINCE = tuple(rules_table())[1:]
ROWS = {
    1: {"tao_in": 20_000, "alpha_in": 100_000, "alpha_out": 500_000, "flow": 0.4},
    2: {"tao_in": 400, "alpha_in": 40_000, "alpha_out": 500_000, "flow": 0.1},
    3: {"tao_in": 20_000, "alpha_in": 90_000, "alpha_out": 500_000, "flow": -0.2},
}
NAMES = ("dtao_start_call", "flow_cap", "price_burn")


@pytest.fixture(scope="module")
def compared():
    network = Network(ROWS, "flow_cap", root_tao=1e6)
    return compare_rules(network, NAMES, blocks=600)


def bars(ax):
    return [(patch.get_x(), patch.get_width()) for patch in ax.patches]


def test_the_bars_of_a_part_follow_each_other_without_gap_from_launch_to_end():
    end = SINCE[-1].start + timedelta(days=30)
    ax = rules_timeline(SINCE, parts=("shares",)).figure.axes[0]
    spans = sorted(bars(ax))
    assert spans[0][0] == 0
    for (left, width), (following, _) in pairwise(spans):
        assert left + width == following
    assert sum(width for _, width in spans) == (end - SINCE[0].start).days


def test_a_rule_that_comes_back_has_one_row_and_two_bars():
    first, second = SINCE[0], replace(SINCE[0], shares="flow", start=date(2025, 3, 1))
    third = replace(first, start=date(2025, 4, 1))
    ax = rules_timeline([first, second, third], parts=("shares",)).figure.axes[0]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["moving price", "flow"]
    assert len(bars(ax)) == 3


def test_what_is_known_in_part_is_hatched_and_nothing_else():
    ax = rules_timeline(SINCE).figure.axes[0]
    gate = next(row.start for row in SINCE if "[after]" in row.release)
    for patch in ax.patches:
        assert bool(patch.get_hatch()) == (patch.get_x() >= (gate - SINCE[0].start).days)
    assert any("hatched" in text.get_text() for text in ax.texts)
    early = rules_timeline(SINCE[:5]).figure.axes[0]
    assert not any("hatched" in text.get_text() for text in early.texts)


def test_every_change_has_its_tick_and_the_sentence_counts_them():
    picture = rules_timeline(SINCE)
    (ticks,) = picture.figure.axes[0].lines
    assert len(ticks.get_xdata()) == len(SINCE) - 1
    assert f"changed {len(SINCE) - 1} times" in str(picture)


@pytest.mark.parametrize(
    ("table", "parts", "argument"), [(SINCE[:1], ("shares",), "table"), (SINCE, ("hue",), "parts")]
)
def test_what_has_no_timeline_is_refused(table, parts, argument):
    with pytest.raises(InputError, match=argument):
        rules_timeline(table, parts=parts)
