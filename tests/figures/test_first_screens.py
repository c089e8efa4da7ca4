"""The pictures on the first screens: what stays in a stake, what a price gives, who holds half."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu.engine.errors import InputError
from dtao_edu.engine.pool import Pool
from dtao_edu.figures import place_bars, price_bars, seats
from dtao_edu.playground import PLAYGROUNDS
from dtao_edu.studies import book_stake


@given(st.floats(0.5, 20), st.floats(1, 1000), st.floats(1, 1000))
def test_bars_of_a_stake_show_all_there_is_of_each_token(
    tao: float, tao_in: float, alpha_in: float
) -> None:
    picture = place_bars(book_stake(Pool(tao_in, alpha_in), tao))
    for ax in picture.figure.axes[:2]:
        own, pool = ax.patches
        assert own.get_width() + pool.get_width() == pytest.approx(1)
        assert pool.get_x() == pytest.approx(own.get_width())
    outside = picture.figure.axes[0].patches[0].get_width()
    assert outside * (20 + tao_in) == pytest.approx(20 - tao, abs=1e-9)


def test_what_is_asked_is_hidden_until_the_guess() -> None:
    for name in ("three_places", "three_prices"):
        session = PLAYGROUNDS[name].session()
        picture = PLAYGROUNDS[name].picture(session.result)
        assert picture.answer
        assert "<text" in picture.front()
        assert len(picture.front(hidden=True)) < len(picture.front())


@pytest.mark.parametrize(
    ("prices", "binds"), [((0.4, 0.6, 0.6), False), ((0.2, 0.1, 0.1), True), ((1.0, 1, 1), False)]
)
def test_the_cap_binds_below_a_sum_of_the_block_emission(
    prices: tuple[float, float, float], binds: bool
) -> None:
    play = PLAYGROUNDS["three_prices"]
    session = play.session()
    for name, price in zip(("first", "second", "third"), prices, strict=True):
        session.set(name, price)
    picture = price_bars(session.result)
    assert ("the cap binds" in str(picture)) is binds
    alphas = [bar.get_width() for bar in picture.figure.axes[2].patches]
    assert (max(alphas) == 1) is binds
    shares = [bar.get_width() for bar in picture.figure.axes[1].patches]
    assert sum(shares) == pytest.approx(100)
    assert shares[0] / shares[1] == pytest.approx(prices[0] / prices[1])


def test_the_dark_seats_are_the_fewest_with_more_than_half() -> None:
    picture = seats([1, 30, 5, 20, 44])
    every, dark = picture.figure.axes[0].patches
    assert list(every.get_data().values) == [44, 30, 20, 5, 1]
    assert list(dark.get_data().values) == [44, 30]
    assert "the 2 largest hold 74.0 %" in str(picture)


def test_seats_without_any_stake_are_refused() -> None:
    with pytest.raises(InputError, match="stakes is"):
        seats([0, 0])
