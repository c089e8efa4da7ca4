"""The playground of a capture: what pays where, and what the slider can ask for."""

from __future__ import annotations

from typing import Any

import pytest

from dtao_edu.engine.errors import InputError
from dtao_edu.playground import capture

THIN, DEEP = "subnet 62, a thin pool", "subnet 64, the largest share"


def result(preset: str, **values: Any) -> Any:
    session = capture.session(preset)
    for name, value in values.items():
        session.set(name, value)
    return session.result


def test_a_thin_pool_pays_who_holds_on_and_a_deep_one_does_not() -> None:
    assert result(THIN).market.earned > 0 > result(THIN, days=1).market.earned
    assert result(DEEP).market.earned < 0


def test_a_vote_pays_everybody_who_has_it_and_takes_no_tao() -> None:
    for who in ("insider", "stranger"):
        found = result(DEEP, who=who)
        assert found.vote.earned > 0
        assert found.vote.lost_at_worst == 0
        assert found.vote.own is (who == "stranger")


def test_an_insider_of_the_vote_brings_lent_stake_a_stranger_his_own() -> None:
    insider, stranger = (result(THIN, who=who) for who in ("insider", "stranger"))
    assert insider.market.committed == stranger.market.committed
    assert insider.market.earned > stranger.market.earned, "the owner's alpha sells for more"


def test_no_more_can_be_asked_than_a_moving_price_takes_in() -> None:
    with pytest.raises(InputError, match=r"at most 14\.4 % by price in 1 days?"):
        result(DEEP, days=1, part=20.0)


def test_a_vote_arrives_whole_and_a_price_pays_while_the_chain_goes_on() -> None:
    """Validators come whole; a price that lies still loses share to other subnets."""
    found = result(THIN, part=8.0)
    assert found.vote.arrives >= 0.08
    assert 0.04 < found.market.arrives < 0.085
