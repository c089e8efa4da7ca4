"""A session without its view: nothing is lost, everything can be undone, replayed and copied."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtao_edu.engine.errors import InputError
from dtao_edu.engine.fees import SWAP_FEE
from dtao_edu.engine.pool import Pool
from dtao_edu.playground import stake_unstake
from dtao_edu.playground.pools import pool_of
from dtao_edu.playground.session import TOGETHER, Session, Step

HAND = Pool(100, 1000, 1000)


class Clock:
    """A clock that stands until it is told to go on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(clock: Clock) -> Session:
    values = stake_unstake.session(pool=HAND, tao=25.0, alpha=250.0).values
    return Session(stake_unstake, values, clock=clock)


def steps(session: Session, clock: Clock, *changes: tuple[str, object]) -> None:
    for name, value in changes:
        clock.now += 2 * TOGETHER
        session.set(name, value)


def test_undo_goes_back_and_redo_forward(session: Session, clock: Clock) -> None:
    steps(session, clock, ("tao", 30.0), ("tao", 40.0), ("side", "unstake"))
    assert session.result.side == "unstake"
    session.undo()
    assert (session.result.side, session.result.paid) == ("stake", 40)
    session.undo()
    assert session.result.paid == 30
    session.redo()
    assert session.result.paid == 40
    assert session.can_redo
    steps(session, clock, ("tao", 10.0))
    assert not session.can_redo, "a new step ends what could be redone"
    for _ in range(9):
        session.undo()
    assert session.result.paid == 25
    assert not session.can_undo


def test_a_movement_of_one_slider_is_one_step(session: Session, clock: Clock) -> None:
    for amount in range(26, 40):
        clock.now += TOGETHER / 2
        session.set("tao", float(amount))
    assert session.history == [Step("set", "tao", 39.0)]
    clock.now += TOGETHER
    session.set("tao", 41.0)
    assert len(session.history) == 2, "after a rest it is another step"
    session.undo()
    assert session.result.paid == 39
    session.undo()
    assert session.result.paid == 25


def test_setting_what_is_set_is_no_step(session: Session) -> None:
    session.set("tao", 25.0)
    assert session.history == []


def test_undo_ends_a_movement(session: Session) -> None:
    session.set("tao", 30.0)
    session.undo()
    session.set("tao", 31.0)
    session.undo()
    assert session.result.paid == 25


def test_the_pool_goes_on_from_what_was_carried_out(session: Session) -> None:
    before = session.result
    session.act("Carry it out")
    assert session.result.before == before.after
    assert session.result.before.alpha_out == HAND.alpha_out + before.received


@pytest.mark.parametrize("held", [0, 1000])
def test_what_a_stake_brought_can_be_unstaked_at_once(held: float) -> None:
    session = stake_unstake.session(pool=Pool(100, 1000, held), tao=30.0)
    brought = session.result.received
    session.act("Carry it out")
    session.set("side", "unstake")
    assert session.result.paid == pytest.approx(brought, rel=1e-9)
    assert session.result.received == pytest.approx(30)


def test_an_action_in_a_row_is_one_step_with_its_number(session: Session, clock: Clock) -> None:
    for _ in range(3):
        clock.now += TOGETHER / 2
        session.act("Carry it out")
    assert [str(step) for step in session.history] == ["Carry it out, 3 times"]
    pool = HAND
    for _ in range(3):
        pool = pool.stake(25.0).after
    assert session.result.before == pool
    session.undo()
    assert session.result.before == HAND


@pytest.mark.parametrize(("plays", "count"), [(20, 1), (0, 3)])
def test_the_ticks_of_a_clock_are_one_step_however_slow(
    clock: Clock, plays: float, count: int
) -> None:
    actions = (replace(stake_unstake.actions[0], plays=plays),)
    values = stake_unstake.session(pool=HAND, tao=25.0, alpha=250.0).values
    session = Session(replace(stake_unstake, actions=actions), values, clock=clock)
    for _ in range(3):
        clock.now += 2.0  # the slowest clock ticks once in two seconds
        session.act("Carry it out")
    assert len(session.history) == count


def test_what_was_done_often_is_a_loop_in_the_code(session: Session) -> None:
    for _ in range(500):
        session.act("Carry it out")
    assert "for _ in range(500):\n    trade = pool.stake(25.0)\n    pool = " in session.code()
    assert len(session.code().splitlines()) < 10
    found: dict[str, object] = {}
    exec(session.code(), found)
    assert found["trade"] == session.result


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("tao", -5.0, "tao is -5.0"), ("tao", 0.0, "tao is 0.0"), ("tao", float("nan"), "tao is nan")],
)
def test_the_engine_refuses_and_nothing_has_changed(
    session: Session, name: str, value: float, said: str
) -> None:
    before = (session.values, session.result, session.history)
    with pytest.raises(InputError, match=said):
        session.set(name, value)
    assert (session.values, session.result, session.history) == before
    assert not session.can_undo


def test_more_alpha_than_is_out_is_refused(session: Session) -> None:
    session.set("side", "unstake")
    with pytest.raises(InputError, match="at most the 1000 alpha outside the pool"):
        session.set("alpha", 1001.0)


def test_reset_is_a_step_too(session: Session, clock: Clock) -> None:
    assert not session.can_reset
    steps(session, clock, ("tao", 30.0))
    assert session.can_reset
    session.reset()
    assert session.result.paid == 25
    assert not session.can_reset
    session.undo()
    assert session.result.paid == 30


def test_it_opens_with_amounts_that_suit_the_pool() -> None:
    for preset in stake_unstake.session().presets:
        session = stake_unstake.session(preset.label)
        pool = pool_of(session.values)
        assert session.preset.label == preset.label
        assert 0.05 < session.values["tao"] / pool.tao_in <= 0.25
        assert session.values["alpha"] <= pool.alpha_out


def test_another_pool_keeps_the_amount_as_far_as_its_slider_reaches() -> None:
    session = stake_unstake.session(tao=500.0)
    impacts = []
    for netuid in (64, 4, 1):  # from the deepest on
        session.choose(f"subnet {netuid}, 17 April 2025")
        assert session.values["tao"] == 500
        impacts.append(session.result.price_impact)
    assert impacts == sorted(impacts), "the same stake moves a shallow pool more"
    assert session.note == "Stake stays 500 TAO."
    session.choose("a small pool to reckon by hand")
    assert session.values["tao"] == 50
    assert session.note == "Stake was 500 TAO; here it is 50 TAO."
    session.undo()
    assert session.note == ""
    assert session.values["alpha"] <= pool_of(session.values).alpha_out


@pytest.mark.parametrize(("side", "factor"), [("stake", 1.05), ("unstake", 0.95)])
def test_a_limit_stops_the_trade_where_the_price_has_moved_so_far(side: str, factor: float) -> None:
    session = stake_unstake.session(pool=HAND, side=side, limited=True, limit=5.0)
    trade = session.result
    assert trade.paid < trade.asked
    assert trade.after.price == pytest.approx(factor * HAND.price)
    assert f"limit_price=pool.price * {factor}, allow_partial=True" in session.code()
    session.set("limited", False)
    assert session.result.paid == trade.asked


def test_a_pool_of_ones_own_brings_amounts_that_suit_it() -> None:
    session = stake_unstake.session(pool=Pool(8, 80, 3))
    assert session.preset is None
    assert (session.values["tao"], session.values["alpha"]) == (2, 3)
    assert stake_unstake.session(pool=Pool(8, 80, 3), tao=1.5).values["tao"] == 1.5


@pytest.mark.parametrize("wrong", ["amount", "netuid"])
def test_unknown_values_and_presets_are_named(session: Session, wrong: str) -> None:
    with pytest.raises(ValueError, match=f"{wrong} is not a value of stake_unstake"):
        session.set(wrong, 1)
    with pytest.raises(ValueError, match=f"{wrong} is not a value of stake_unstake; allowed: side"):
        stake_unstake.session(**{wrong: 1})
    with pytest.raises(ValueError, match="allowed: subnet 64, 17 April 2025; subnet 4"):
        stake_unstake.session(preset="subnet 1000")
    with pytest.raises(ValueError, match="action is 'Fly'; allowed: Carry it out"):
        session.act("Fly")


CHANGES = st.one_of(
    st.tuples(st.just("tao"), st.floats(1, 90).map(lambda x: round(x, 3))),
    st.tuples(st.just("alpha"), st.floats(1, 400).map(lambda x: round(x, 3))),
    st.tuples(st.just("side"), st.sampled_from(["stake", "unstake"])),
    st.tuples(st.just("limited"), st.booleans()),
    st.tuples(st.just("limit"), st.integers(1, 60).map(float)),
    st.just(("act", "Carry it out")),
    st.just(("undo", "")),
    st.just(("reset", "")),
    st.just(("choose", "a small pool to reckon by hand")),
)


@given(st.lists(CHANGES, max_size=12), st.booleans())
@settings(max_examples=60, deadline=None)
def test_history_replayed_and_code_run_give_the_same(
    changes: list[tuple[str, object]], slow: bool
) -> None:
    clock = Clock()
    plain = stake_unstake.session("a small pool to reckon by hand")
    start = Session(stake_unstake, plain.values, plain.preset, plain.presets, clock)
    for name, value in changes:
        clock.now += 2 * TOGETHER if slow else 0
        try:
            if name in ("act", "choose"):
                getattr(start, name)(value)
            elif name in ("undo", "reset"):
                getattr(start, name)()
            else:
                start.set(name, value)
        except InputError:
            continue
    again = stake_unstake.session("a small pool to reckon by hand")
    again.replay(start.history)
    assert again.values == start.values
    assert again.result == start.result

    found: dict[str, object] = {}
    exec(start.code(), found)
    assert found["trade"] == start.result


def test_the_story_is_told_in_words(session: Session, clock: Clock) -> None:
    steps(session, clock, ("tao", 30.0), ("side", "unstake"), ("limited", True), ("limit", 10.0))
    session.act("Carry it out")
    session.reset()
    assert session.story == [
        "Stake: 30 TAO",
        "You: unstake alpha",
        "Limit price: yes",
        "Limit: 10 % from the present price",
        "Carry it out",
        "start again",
    ]
    real = stake_unstake.session()
    real.choose("subnet 4, 17 April 2025")
    assert real.story == ["Start with subnet 4, 17 April 2025"]


def test_copied_code_names_the_ledger_and_the_engine() -> None:
    session = stake_unstake.session()
    session.set("tao", 500.0)
    session.act("Carry it out")
    assert session.code().splitlines() == [
        "from dtao_edu import LAUNCH_FEE, SWAP_FEE, Pool, ledger",
        'pool = ledger.pools("2025-04-17")[64].pool()',
        "trade = pool.stake(500.0)",
        "pool = trade.after",
        "trade = pool.stake(500.0)",
    ]


def test_an_option_is_given_by_its_value_or_by_what_is_read() -> None:
    by_words = stake_unstake.session(side="unstake alpha", fee="since July 2025")
    assert by_words.values == stake_unstake.session(side="unstake", fee=SWAP_FEE).values
