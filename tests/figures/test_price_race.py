"""The drawn race is the engine's: every line lies where the records say, and names stand apart."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dtao_edu import Network, Pool
from dtao_edu.figures.price_race import HUNDRED, NAMES, race_lines, race_sentence
from dtao_edu.studies.price_race import QUANTITIES, Race
from tests.helpers.svg import markers, on_axes, paths

POOLS = {n: Pool(100.0 * n, 1000.0, 500.0) for n in range(1, 9)}
RACE = Race.begin(Network(POOLS, root_tao=0, issuance=10_000)).wait(600, times=12)
STAKED = RACE.stake(3, 200).wait(60, times=120)


def drawn(picture, axes):
    return [[on_axes(axes, *point) for point in path] for path in paths(picture.front())]


def marked(picture, axes):
    return [on_axes(axes, x, y) for _, x, y in markers(picture.front())]


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_every_line_ends_where_the_network_stands(quantity):
    turn = STAKED.turn(3, tao=50.0, quantity=quantity)
    picture = race_lines(turn)
    large = picture.figure.axes[0]
    assert large.get_ylabel() == NAMES[quantity]
    now = [HUNDRED.get(quantity, 1) * float(value) for value in getattr(STAKED.now, quantity)]
    ends = [path[-1] for path in drawn(picture, large) if len(path) > 1]
    high = large.get_ylim()[1]
    for value in now:
        assert any(
            x == pytest.approx(STAKED.days, abs=1e-3) and abs(y - value) < 2e-3 * high
            for x, y in ends
        )


def test_the_svg_tells_the_whole_line_of_the_subnet_that_is_looked_at():
    turn = STAKED.turn(3, tao=50.0, quantity="share")
    picture = race_lines(turn)
    large = picture.figure.axes[0]
    shares = dict(zip(STAKED.times.tolist(), 100 * STAKED.of(3, "share"), strict=True))
    end = 100 * float(STAKED.now.share[2])
    line = next(
        path for path in drawn(picture, large)
        if len(path) > 10 and path[-1] == pytest.approx((STAKED.days, end), rel=1e-3)
    )  # fmt: skip
    for x, y in line:  # Matplotlib leaves out points that lie on a line within a part of a pixel
        near = min(shares, key=lambda day: abs(day - x))
        if abs(near - x) < 1e-3 and near != 1.0:
            assert y == pytest.approx(shares[near], abs=0.1)


def test_the_price_jumps_and_the_moving_price_does_not():
    small = race_lines(STAKED.turn(3, tao=50.0)).figure.axes[1]
    price, moving, *_ = (line.get_ydata() for line in small.lines)
    jump = STAKED.trades[0].trade
    at = price.tolist().index(jump.after.price)
    assert price[at - 1] == pytest.approx(jump.before.price)
    assert moving[at] == moving[at - 1]
    assert moving[-1] > moving[at]
    assert moving.max() < price.max()


def test_a_ring_shows_what_the_trade_would_do_at_once():
    turn = STAKED.turn(5, tao=80.0, quantity="price")
    picture = race_lines(turn)
    large, small, _, depth = picture.figure.axes
    after = turn.trade.after
    for ax, value in ((large, after.price), (small, after.price), (depth, after.tao_in)):
        high = ax.get_ylim()[1]
        assert any(
            x == pytest.approx(STAKED.days, abs=1e-3) and abs(y - value) < 1e-3 * high
            for x, y in marked(picture, ax)
        )
    quiet = race_lines(STAKED.turn(5, part=1.0, quantity="price"))
    for ax in quiet.figure.axes:
        low, high = ax.get_ylim()
        above = [y for x, y in marked(quiet, ax) if low < y < high and abs(x - STAKED.days) < 1e-3]
        assert len(above) == (1 if ax is quiet.figure.axes[0] else 0), "the dot alone"


def test_guess_and_answer_stand_side_by_side_a_day_later():
    turn = RACE.turn(3, tao=200.0, quantity="share")
    picture = race_lines(turn)
    picture.place_guess(20.0)
    picture.show(turn)
    large = picture.figure.axes[0]
    answer = 100 * float(turn.a_day_later.of(3, "share")[-1])
    places = [place for place in marked(picture, large) if abs(place[0] - RACE.days - 1) < 1e-2]
    assert sorted(y for _, y in places) == pytest.approx(sorted((20.0, answer)), rel=1e-3)
    assert "your guess" in picture.front()
    hidden = picture.front(hidden=True)
    assert len(markers(hidden)) == len(markers(picture.front())) - 1, "the answer waits"
    assert "a day later" not in hidden
    for nothing in (None, float("nan"), -3.0):
        picture.place_guess(nothing)
        assert "your guess" not in picture.front()
    picture.place_guess(90.0)
    assert large.get_ylim()[1] > 90, "a wild guess is seen"


def test_the_guess_stands_beside_where_shares_are_not_drawn_large():
    turn = RACE.turn(3, tao=200.0, quantity="price")
    picture = race_lines(turn)
    picture.place_guess(20.0)
    share = picture.figure.axes[2]
    assert any(y == pytest.approx(20, rel=1e-3) for _, y in marked(picture, share))


def test_names_stand_apart_and_near_their_lines():
    together = {n: Pool(100.0 + n / 100, 1000.0, 500.0) for n in range(1, 9)}
    race = Race.begin(Network(together, root_tao=0))
    picture = race_lines(race.turn(4, tao=5, quantity="depth"))
    large = picture.figure.axes[0]
    names = sorted(text.get_position()[1] for text in large.texts if text.get_text().isdigit())
    apart = [above - below for below, above in pairwise(names)]
    low, high = large.get_ylim()
    height = 0.81 * picture.figure.get_figheight() * 72
    assert min(apart) >= picture.size.note / height * (high - low)
    assert sum(names) / 8 == pytest.approx(100.045, rel=0.01)
    low_down = race_lines(race.turn(4, tao=5, quantity="emission"))
    assert min(text.get_position()[1] for text in low_down.figure.axes[0].texts[:8]) > 0


def test_trades_are_marked_at_their_day():
    race = STAKED.unstake(3, STAKED.alpha_held(3))
    ax = race_lines(race.turn(3, tao=5)).figure.axes[0]
    for shape, day in (("^", 1.0), ("v", STAKED.days)):
        (line,) = (line for line in ax.lines if line.get_marker() == shape)
        assert list(line.get_xdata()) == [day]
    other = race_lines(race.turn(4, tao=5)).figure.axes[0]
    assert all(len(line.get_xdata()) == 0 for line in other.lines if line.get_marker() in "^v")


def test_the_backdrop_stands_while_blocks_pass_within_the_limits():
    picture = race_lines(RACE.turn(3, tao=50.0, quantity="share"))
    key, kept = picture.key(), picture.backdrop()
    race, changes = RACE, 0
    for _ in range(60):
        race = race.wait(60)
        picture.show(race.turn(3, tao=50.0, quantity="share"))
        if picture.key() == key:
            assert picture.backdrop() == kept
        else:
            changes += 1
            key, kept = picture.key(), picture.backdrop()
    assert changes <= 4


def test_the_sentence_says_who_gained_and_who_lost():
    gained = race_sentence(STAKED.turn(3, tao=50.0))
    assert "points more than at the start; what it gained, the others lost" in gained
    lost = race_sentence(STAKED.turn(8, tao=50.0))
    assert "points less than at the start; what it lost, the others gained" in lost
    first = Race.begin(Network(POOLS, root_tao=0, issuance=10_000))
    assert "about as at the start" in race_sentence(first.turn(3, tao=50.0))
    assert race_sentence(STAKED.turn(4, part=1.0)).endswith("nothing that you could unstake.")
    assert "If you unstake" in race_sentence(STAKED.turn(3, part=0.5))
