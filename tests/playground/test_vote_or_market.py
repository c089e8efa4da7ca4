"""The playground that prices a vote beside a market."""

from __future__ import annotations

import re

import pytest

from dtao_edu import vote_or_market
from dtao_edu.engine.errors import InputError
from dtao_edu.figures.vote_or_market import LANE, two_sides


def rows(session):
    return {row.label: row.value for row in vote_or_market.receipt(session.result)}


def test_it_opens_with_a_thin_pool_and_both_sides_in_the_same_units():
    session = vote_or_market.session()
    told = rows(session)
    assert told["vote: validators needed"] == "2 largest validators"
    assert told["spot price: committed"] == "4,663 TAO"
    assert told["moving price, 7,200 blocks held: committed"] == "5,357 TAO"
    assert told["spot price: lost"] == "4,384 TAO"
    assert told["vote: TAO lost, blocks held"] == "0 TAO, 0 blocks"


def test_the_most_in_a_day_can_be_had_and_one_more_cannot():
    session = vote_or_market.session(target=64)
    session.act("The most in a day")
    assert session.result.market[1].reachable
    session.set("part", session.values["part"] + 1)
    assert not session.result.market[1].reachable
    assert "cannot be had" in rows(session)["moving price, 7,200 blocks held: committed"]
    assert "cannot do it in 1 day at any cost" in str(two_sides(session.result))


@pytest.mark.parametrize("target", [83, 86])
def test_a_subnet_without_a_pool_is_a_sentence(target):
    with pytest.raises(InputError, match="a subnet with a pool"):
        vote_or_market.session().set("target", target)


@pytest.mark.parametrize("target", [62, 1, 64])
def test_the_question_holds_all_that_its_answer_needs(target):
    """p' = s' / (1 - s') of the other prices, then TAO = T (sqrt(p' / p) - 1), from the words."""
    asked = vote_or_market.question.asked(vote_or_market.session(target=target).result)
    numbers = re.findall(r"\d[\d,]*\.?\d*(?= %| TAO)", asked.words)
    gain, has, pool, prices = (float(text.replace(",", "")) for text in numbers[:4])
    price = has / 100 * prices
    share = (gain + has) / 100
    needed = share / (1 - share) * (prices - price)
    reckoned = pool * ((needed / price) ** 0.5 - 1)
    assert reckoned == pytest.approx(asked.answer, rel=0.02)  # the share is rounded


def test_a_guess_that_forgets_the_square_is_named():
    both = vote_or_market.session().result
    wrong = {name: value for name, value, _ in vote_or_market.question.misconceptions(both)}
    # By the same rule: TAO = T (sqrt(times) - 1), and the guess is T (times - 1).
    spot = both.market[0]
    after = spot.share_before + 0.05
    times = after / (1 - after) / (spot.share_before / (1 - spot.share_before))
    assert wrong["the TAO grows as the price does"] / spot.tao == pytest.approx(times**0.5 + 1)
    assert wrong["the part of emission taken for the part of the stake"] == pytest.approx(
        0.05 * 5_155_868.53, rel=1e-6
    )


@pytest.mark.parametrize(("target", "part"), [(62, 5), (1, 30), (64, 80), (19, 95)])
def test_what_is_drawn_is_what_was_reckoned(target, part):
    both = vote_or_market.session(target=target, part=part).result
    picture = two_sides(both)
    ax = picture.figure.axes[0]
    square, paid, lost = (
        next(line for line in ax.lines if line.get_marker() == mark) for mark in "soD"
    )
    had = [(row, move) for row, move in enumerate(both.market, 1) if move.reachable]
    assert list(paid.get_xdata()) == [move.tao for _, move in had]
    assert list(paid.get_ydata()) == [row - LANE for row, _ in had]
    assert list(lost.get_xdata()) == [move.lost_if_restored for _, move in had]
    assert list(square.get_xdata()) == ([] if both.staked is None else [both.staked])
    low, high = ax.get_xlim()
    assert all(low < x < high for x in (*paid.get_xdata(), *lost.get_xdata()))
    for row, move in enumerate(both.market, 1):
        assert ("at any cost" in ax.texts[row].get_text()) == (not move.reachable)


def test_what_no_vote_moves_has_no_stake_in_picture_sentence_and_receipt():
    session = vote_or_market.session(target=19, part=95)
    told = rows(session)
    assert told["vote: validators needed"] == "not even all 64 validators"
    assert told["vote: stake they speak for"] == "not enough"
    picture = two_sides(session.result)
    assert "in a vote not even all 64 validators can do it; the spot" in str(picture)
    assert picture.figure.axes[0].texts[0].get_text() == "not even all 64 validators"
    assert "In the vote not even all 64 validators can do it." in vote_or_market.question.ask(
        session.result
    )
    assert len(vote_or_market.question.misconceptions(session.result)) == 2


def test_a_guess_is_marked_in_the_row_of_the_spot_price():
    picture = two_sides(vote_or_market.session().result)
    cross = next(line for line in picture.figure.axes[0].lines if line.get_marker() == "x")
    picture.place_guess(3000.0)
    assert (list(cross.get_xdata()), list(cross.get_ydata())) == ([3000.0], [1 - LANE])
    for nothing in (-5.0, None):
        picture.place_guess(nothing)
        assert list(cross.get_xdata()) == []
