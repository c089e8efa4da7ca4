"""Playgrounds with a day of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from dtao_edu import any_rule, ledger, round_trip, stake_unstake, vote_or_market, your_stake
from dtao_edu.engine.errors import InputError
from dtao_edu.playground import PLAYGROUNDS, Playground
from dtao_edu.playground.receipt import as_text

TAKES = (stake_unstake, round_trip, your_stake, any_rule, vote_or_market)


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ledger.OwnPools:
    ledger.write_pools(ledger.pools("2026-08-07"), tmp_path / "mine.csv")
    monkeypatch.chdir(tmp_path)
    return ledger.read_pools("mine.csv")


@pytest.mark.parametrize("play", TAKES, ids=lambda play: play.name)
def test_it_plays_with_the_pools_of_a_file_and_writes_code_that_reads_it(
    play: Playground, mine: ledger.OwnPools
) -> None:
    session = play.session(pools=mine)
    found: dict[str, object] = {}
    exec(session.code(), found)
    assert 'ledger.read_pools("mine.csv")' in session.code()
    same = found[play.result_name]
    assert as_text(play.receipt(same)) == as_text(play.receipt(session.result))
    for preset in session.presets:
        session.choose(preset.label)
        assert preset.source


def test_the_market_of_another_day_is_held_against_the_same_vote(mine: ledger.OwnPools) -> None:
    then, now = vote_or_market.session(), vote_or_market.session(pools=mine, target=62)
    assert then.result.validators == now.result.validators == 2
    assert now.result.market[0].tao != then.result.market[0].tao


def test_a_day_that_a_playground_cannot_take_is_refused_in_one_sentence(
    mine: ledger.OwnPools, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=r"pools is .*price_race plays with"):
        PLAYGROUNDS["price_race"].session(pools=mine)
    (tmp_path / "shut.csv").write_text("netuid,tao_in,alpha_in,alpha_out\n0,5,5,5\n")
    with pytest.raises(InputError, match="open for trading"):
        stake_unstake.session(pools=ledger.read_pools("shut.csv"))
