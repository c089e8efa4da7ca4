"""Each mark stands for what its name says: two series that change places would be seen here."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from dtao_edu import ledger, studies
from dtao_edu.engine.pool import Pool
from dtao_edu.figures import (
    bands,
    believers_dots,
    capture_bars,
    coalition_ranges,
    consensus_curve,
    lines,
    pool_depths,
    pump_lines,
    trade_percentages,
    trip_bars,
    two_sides,
    year_lines,
)
from dtao_edu.studies.attacks import capture
from dtao_edu.studies.believers import side_by_side

VOTE = ledger.root_vote("2024-11-24").network()
POOLS = ledger.pools("2025-04-17")


def drawn(ax: Axes, marker: str | None = None) -> list[Line2D]:
    """List the lines of an axes that hold something, all or those with one marker."""
    return [
        line
        for line in ax.lines
        if len(line.get_xdata()) and (marker is None or line.get_marker() == marker)
    ]


def look(line: Line2D) -> tuple[object, ...]:
    return line.get_color(), line.get_linestyle(), line.get_marker()


def point(mark: Line2D) -> tuple[float, float]:
    return float(mark.get_xdata()[0]), float(mark.get_ydata()[0])


def ends_by_colour(ax: Axes) -> dict[object, float]:
    return {line.get_color(): float(line.get_ydata()[-1]) for line in drawn(ax)}


@pytest.mark.parametrize("order", [("low", "high"), ("high", "low")])
def test_a_name_has_the_colour_of_the_line_that_ends_there(order: tuple[str, str]) -> None:
    values = {"low": [3.0, 1.0], "high": [1.0, 4.0]}
    both = lines({name: ([0, 1], values[name]) for name in order}, x="days", y="TAO")
    wide = bands([0, 1], {name: (values[name],) * 3 for name in order}, x="days", y="TAO")
    for picture in (both, wide):
        ax = picture.figure.axes[0]
        ends = ends_by_colour(ax)
        found = {text.get_text(): ends[text.get_color()] for text in ax.texts}
        assert found == {"low": 1.0, "high": 4.0}


def test_the_curve_of_each_pool_passes_through_its_trade_and_ends_at_its_name() -> None:
    two = studies.same_stake({"thin": Pool(100, 1000), "deep": Pool(900, 9000)}, 25)
    ax = pool_depths(two).figure.axes[0]
    curves = {line.get_color(): line for line in drawn(ax) if len(line.get_xdata()) > 2}
    marks = {line.get_marker(): line for line in drawn(ax) if line.get_marker() != "None"}
    for marker, name, trade in zip(["D", "o"], two.names, two.trades, strict=True):
        x, y = point(marks[marker])
        assert (x, y) == (trade.paid, pytest.approx(trade.slippage_percent))
        curve = curves[marks[marker].get_color()]
        assert np.interp(x, *curve.get_data()) == pytest.approx(y, rel=0.01)
        (named,) = (text for text in ax.texts if text.get_text() == name)
        assert named.get_color() == curve.get_color()


@pytest.mark.parametrize("side", ["stake", "unstake"])
def test_each_percentage_has_its_own_curve_mark_and_name(side: str) -> None:
    pool = Pool(10, 100, 100)
    trade = pool.stake(5) if side == "stake" else pool.unstake(50)
    ax = trade_percentages(trade).figure.axes[0]
    average = 100 * (trade.average_price / pool.price - 1)
    wanted = {
        "o": ("price impact", 100 * trade.price_impact),
        "D": ("average against spot", average),
        "s": ("slippage", trade.slippage_percent),
    }
    names = {text.get_text().strip(): text.get_position()[1] for text in ax.texts}
    curves = {line.get_color(): line for line in drawn(ax) if len(line.get_xdata()) > 2}
    ends = {}
    for marker, (name, value) in wanted.items():
        (mark,) = drawn(ax, marker)
        x, y = point(mark)
        curve = curves[mark.get_color()]
        assert y == pytest.approx(value)
        assert np.interp(x, *curve.get_data()) == pytest.approx(value, rel=0.01)
        ends[name] = curve.get_ydata()[-1]
    assert sorted(ends, key=ends.__getitem__) == sorted(ends, key=names.__getitem__)


def test_four_bars_lead_from_what_was_paid_to_what_came_back() -> None:
    trip = studies.round_trip(Pool(100, 1000), 25, fee=0.01, other=10)
    ax = trip_bars(trip).figure.axes[0]
    paid, fee, other, back = (patch.get_data() for patch in ax.patches)
    assert (paid.baseline, *paid.values) == (0, trip.paid)
    assert (fee.baseline, *fee.values) == (trip.paid - trip.fee_effect, trip.paid)
    low, high = other.baseline, other.values[0]
    assert low == pytest.approx(trip.paid - trip.fee_effect)
    assert high == pytest.approx(trip.returned), "the other bought: the price rose"
    assert (back.baseline, *back.values) == (0, trip.returned)


def test_what_is_committed_and_what_is_lost_stand_in_their_rows() -> None:
    both = studies.vote_or_market(VOTE, POOLS.trading(), 62, 0.05)
    ax = two_sides(both).figure.axes[0]
    (vote,), (paid,), (lost,) = (drawn(ax, marker) for marker in ("s", "o", "D"))
    assert vote.get_data() == ([both.staked], [0])
    had = [(row, move) for row, move in enumerate(both.market, start=1) if move.reachable]
    assert had
    assert list(paid.get_xdata()) == [move.tao for _, move in had]
    assert list(lost.get_xdata()) == [max(move.lost_if_restored, 100) for _, move in had]
    for line in (paid, lost):
        assert [round(y) for y in line.get_ydata()] == [row for row, _ in had]


def test_a_capture_shows_stake_loss_and_gain_of_the_rule_they_belong_to() -> None:
    both = capture(VOTE, POOLS, 62, 0.05)
    behind, gain = capture_bars(both).figure.axes
    (lent,), (own,), (lost,) = (drawn(behind, marker) for marker in ("s", "o", "D"))
    assert lent.get_data() == ([both.vote.committed], [0])
    assert list(own.get_xdata()) == [both.market.committed]
    assert list(lost.get_xdata()) == [both.market.lost_at_worst]
    assert round(own.get_ydata()[0]) == round(lost.get_ydata()[0]) == 1
    assert [bar.get_width() for bar in gain.patches] == [both.vote.earned, both.market.earned]


def test_the_runs_of_each_rule_lie_in_its_row() -> None:
    both = side_by_side(0.37)
    worth, astray = believers_dots(both).figure.axes
    assert list(worth.patches[0].get_data().values) == pytest.approx(100 * both.vote.worth)
    names = [label.get_text() for label in astray.get_yticklabels()]
    for row, (name, outcome) in enumerate((("vote", both.vote), ("price", both.price))):
        assert names[row] == name
        runs = [line for line in drawn(astray, "|") if round(line.get_ydata()[0]) == row]
        assert list(runs[0].get_xdata()) == pytest.approx(100 * outcome.distances)
        (middle,) = (
            line for marker in ("o", "s") for line in drawn(astray, marker)
            if line.get_ydata()[0] == row
        )  # fmt: skip
        assert middle.get_xdata()[0] == pytest.approx(100 * float(outcome.band()[1]))


def test_the_key_of_a_year_shows_the_look_of_each_line() -> None:
    day = ledger.pools("2026-08-07")
    year = studies.stake_year(day[120].pool(), 100, day.root.tao_in, price=0.5)
    ax = year_lines(year).figure.axes[0]
    promised = year.paid * (1 + year.listed * year.days[-1] / 365)
    wanted = {"comes back": year.back[-1], "as listed": promised, "paid": year.paid}
    whole = [line for line in drawn(ax, "None") if line.get_transform() != ax.transAxes]
    found = {look(line): line.get_ydata()[-1] for line in whole}
    samples = {
        line.get_ydata()[0]: look(line) for line in ax.lines if line.get_transform() == ax.transAxes
    }
    for text in ax.texts:
        assert found[samples[text.get_position()[1]]] == pytest.approx(wanted[text.get_text()])


def test_the_key_of_a_pump_names_each_line() -> None:
    market = studies.CalmMarket(1, Pool(100.0, 1000.0, 0.0), 0.9)
    pump = studies.pump(market, 1.0, 300)
    prices, shares = pump_lines(pump).figure.axes
    wanted = {
        "spot price": pump.spot,
        "moving price": pump.moving,
        "if it had stayed": pump.without,
        "by spot price": [100 * share for share in pump.spot_shares],
        "by moving price": [100 * share for share in pump.shares],
    }
    for ax in (prices, shares):
        of_look = {look(line): list(line.get_ydata()) for line in drawn(ax)}
        legend = ax.get_legend()
        for text, handle in zip(legend.get_texts(), legend.get_lines(), strict=False):
            if text.get_text() in wanted and not (ax is shares and "stayed" in text.get_text()):
                column = list(wanted[text.get_text()])
                assert of_look[look(handle)][-len(column) :] == pytest.approx(column)


def test_marks_of_a_coalition_are_its_median_and_its_unsupported_target() -> None:
    one = studies.coalition_moves(VOTE, 3)
    ax = coalition_ranges([one]).figure.axes[0]
    (middle,), (alone,) = (drawn(ax, marker) for marker in ("o", "D"))
    assert middle.get_xdata()[0] == pytest.approx(100 * one.median)
    assert alone.get_xdata()[0] == pytest.approx(100 * one.unsupported)


def test_a_ring_is_about_the_subnet_that_it_names() -> None:
    netuid = VOTE.netuids[3]
    ax = consensus_curve(VOTE, names=[netuid]).figure.axes[0]
    (ring,) = (line for line in drawn(ax, "o") if line.get_markerfacecolor() == "none")
    assert ring.get_xdata()[0] == pytest.approx(100 * VOTE.trusts()[3])
    assert ring.get_ydata()[0] == pytest.approx(100 * VOTE.consensus()[3])
    assert f"subnet {netuid}" in [text.get_text() for text in ax.texts]
