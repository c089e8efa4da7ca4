"""The race as a playground: what moves at once, what follows slowly, and who pays for it."""

from __future__ import annotations

import pytest

from dtao_edu import price_race
from dtao_edu.engine.errors import InputError
from dtao_edu.playground.price_race import PAIR, PURSE, SHOWN

ALONE = "these eight alone, 17 April 2025"
YOUNG = "4 and 8, as if 8 were one day old"


def rows(session):
    return {row.label: row.value for row in price_race.receipt(session.result)}


def race(session):
    return session.result.race


def share(session, netuid=3):
    return float(race(session).of(netuid, "share")[-1])


def test_it_opens_after_a_calm_day_of_the_real_network():
    session = price_race.session()
    assert race(session).days == 1
    assert len(race(session).network) == 84
    assert race(session).network.rules.name == "dtao_start_call"
    assert session.result.shown == SHOWN
    assert race(session).network.books().balance()
    assert rows(session)["all sold, TAO"] == "20,000 of 20,000"
    for preset in price_race.presets():
        assert "17 April 2025" in preset.source


def test_stake_lifts_the_price_at_once_and_the_share_slowly():
    session = price_race.session()
    price, before = race(session).now.price, share(session)
    foreseen = session.result.a_day_later
    session.act("Trade")
    assert race(session).now.price.max() == price.max()
    assert race(session).of(3, "price")[-1] > 1.4 * race(session).of(3, "price")[0]
    assert share(session) == before
    shares = [before]
    for _ in range(4):
        session.act("Step")
        shares.append(share(session))
    assert shares == sorted(shares)
    session.set("blocks", 1800)
    session.set("quantity", "depth")
    for _ in range(4):
        session.act("Step")
    assert share(session) > shares[-1]
    ahead = float(foreseen.of(3, "share")[-1])
    assert share(session) == pytest.approx(ahead, rel=0.05), "a day and 48 minutes later"


def test_what_is_foreseen_is_what_comes():
    session = price_race.session()
    session.set("blocks", 7200)
    said = rows(session)["share, in a day"].split()[-2]
    answer = price_race.question.answer(session.result)
    session.act("Trade")
    session.act("Step")
    assert f"{100 * share(session):.1f}" == said
    assert 100 * share(session) == pytest.approx(answer)


def test_eight_alone_share_everything_and_what_one_gains_the_others_lose():
    session = price_race.session(ALONE, blocks=7200)
    first = race(session).now.share
    session.act("Trade")
    session.act("Step")
    gained = race(session).now.share - first
    place = race(session).network.place(3)
    assert len(gained) == 8
    assert gained[place] > 0.02
    assert gained.sum() == pytest.approx(0, abs=1e-12)


def test_a_young_subnet_follows_more_slowly_than_an_old_one():
    came = {}
    for netuid in PAIR:
        session = price_race.session(YOUNG, netuid=netuid)
        now = session.result.after
        later = session.result.a_day_later
        way = now.of(netuid, "price")[-1] - now.of(netuid, "moving_price")[-1]
        came[netuid] = (later.of(netuid, "moving_price")[-1]
                        - now.of(netuid, "moving_price")[-1]) / way  # fmt: skip
    assert came[8] < 0.4 * came[4]


def test_no_more_than_there_is_and_the_last_state_kept():
    session = price_race.session()
    with pytest.raises(InputError, match=r"tao is 50000; allowed: at most the 20000\.0 TAO"):
        session.set("tao", 50_000)
    session.set("side", "unstake")
    with pytest.raises(InputError, match="alpha that you hold of subnet 3 is 0"):
        session.act("Trade")
    session.set("side", "stake")
    session.act("Trade")
    session.set("side", "unstake")
    with pytest.raises(InputError, match=r"allowed: at most the .* alpha on 'Vera' in subnet 3"):
        session.set("part", 150)
    assert session.values["part"] == 100
    session.act("Trade")
    assert race(session).wallet.tao == pytest.approx(PURSE, abs=1e-3)
    assert rows(session)["your alpha here"] == "0 alpha"


def test_everything_can_be_staked_and_the_next_stake_is_what_is_left():
    session = price_race.session(tao=15_000)
    session.act("Trade")
    assert session.values["tao"] == 5000
    session.act("Trade")
    assert rows(session)["your free TAO"] == "0 TAO"
    assert session.result.trade is None
    with pytest.raises(InputError, match="free TAO is 0"):
        session.act("Trade")
    session.act("Step")
    dust = price_race.session(tao=19_999.5)
    dust.act("Trade")
    assert dust.values["tao"] == 0.5
    dust.act("Trade")
    assert race(dust).network.books().balance()
    assert float(race(dust).worth) < PURSE


def test_a_subnet_that_is_not_shown_takes_the_last_place_or_is_refused():
    session = price_race.session(YOUNG)
    session.set("netuid", 64)
    assert session.result.shown == (*PAIR, 64)


def test_known_wrong_ideas_are_told_apart():
    named = {}
    for preset in price_race.presets():
        session = price_race.session(preset.label)
        answer = price_race.question.answer(session.result)
        named[preset.label] = {
            name: value for name, value, _ in price_race.question.misconceptions(session.result)
        }
        for value in named[preset.label].values():
            assert abs(value - answer) > 0.02 * answer
    spot = named[ALONE]["the share follows the spot price at once"]
    session = price_race.session(ALONE)
    prices = session.result.after.now.price
    place = race(session).network.place(3)
    assert spot == pytest.approx(100 * prices[place] / prices.sum())
    assert named[YOUNG]["the warm-up left out"] > 1.1 * price_race.question.answer(
        price_race.session(YOUNG).result
    )


def test_undo_takes_a_whole_play_back_and_replay_makes_it_again():
    session = price_race.session()
    session.act("Trade")
    before = race(session)
    for _ in range(30):
        session.act("Play / pause")
    assert [str(step) for step in session.history] == ["Trade", "Play / pause, 30 times"]
    after = race(session)
    session.undo()
    assert race(session) is before
    session.redo()
    again = price_race.session()
    again.replay(session.history)
    assert race(again).network.equals(after.network)


def test_the_code_of_a_long_play_is_short_and_does_the_same():
    session = price_race.session(ALONE)
    session.act("Trade")
    for _ in range(40):
        session.act("Play / pause")
    code = session.code()
    assert "for _ in range(40):\n    turn = race.turn(3" in code
    assert len(code.splitlines()) < 12
    found: dict = {}
    exec(code, found)
    assert found["turn"].race.network.equals(race(session).network)
    assert found["turn"].race.lines("share").tolist() == race(session).lines("share").tolist()
