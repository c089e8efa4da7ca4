"""The playground of the moving price: what the controls do to it."""

from __future__ import annotations

import pytest

from dtao_edu import pump

REAL = "subnet 28, February 2025, real prices"


def rows(session):
    return {row.label: row.value for row in pump.receipt(session.result)}


def top(session):
    return max(session.result.moving)


def test_longer_higher_older_and_stronger_count_for_more():
    for name, value in (("hours", 12), ("age", 120), ("smoothing", 6.0), ("warm", False)):
        session = pump.session()
        before = top(session)
        session.set(name, value)
        assert top(session) > before, name


def test_the_cap_is_felt_only_above_one():
    session = pump.session(price=0.9)
    before = top(session)
    session.set("capped", False)
    assert top(session) == pytest.approx(before)
    session.set("price", 2.0)
    free = top(session)
    session.set("capped", True)
    assert top(session) < free


def test_a_long_pump_is_told_over_a_week():
    session = pump.session(hours=12)
    assert session.result.blocks[-1] == 2 * 7200
    session.set("hours", 13)
    assert session.result.blocks[-1] == 7 * 7200


def test_every_market_of_april_is_as_old_as_the_launch():
    for preset in pump.presets()[:-1]:
        assert preset.values["age"] == 62
        assert "17 April 2025" in preset.source


def test_real_prices_hide_what_cannot_be_set_and_cost_an_unknown_sum():
    session = pump.session(REAL)
    hidden = {c.name for c in pump.controls if not c.active(session.values)}
    assert hidden == {"price", "hours", "age"}
    assert rows(session)["TAO committed"] == "not known"
    assert "-" in rows(session)["gain of the pool"]


def test_a_deeper_pool_makes_it_dearer_and_a_low_price_gains_most():
    session = pump.session()
    shallow = pump.session("subnet 54, 17 April 2025")
    assert shallow.result.tao < session.result.tao
    assert shallow.result.extra_tao > session.result.extra_tao


def test_a_slow_average_is_said_to_be_slow():
    session = pump.session(smoothing=0.5, age=1)
    assert rows(session)["half is gone after"] == "later"


def test_a_price_below_the_spot_price_is_refused_and_the_last_state_kept():
    session = pump.session("subnet 64, 17 April 2025")
    with pytest.raises(ValueError, match=r"above the spot price of 0.37433 TAO"):
        session.set("price", 0.2)
    assert max(session.result.spot) == 1
    assert pump.session(price=0.1).values["price"] == 0.1


def test_a_preset_lifts_the_price_of_the_pump_above_its_own():
    session = pump.session(price=0.1)
    session.choose("subnet 64, 17 April 2025")
    assert session.values["price"] == 0.4


def test_an_idea_that_would_be_right_is_not_called_wrong():
    named = [name for name, _, _ in pump.question.misconceptions(pump.session().result)]
    assert "the full smoothing from the first block on" in named
    old = pump.session(warm=False).result
    of_old = [name for name, _, _ in pump.question.misconceptions(old)]
    assert "the full smoothing from the first block on" not in of_old
    assert "no memory" not in str(
        pump.question.misconceptions(pump.session(hours=1, smoothing=0.5).result)[0]
    )
