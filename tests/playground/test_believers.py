"""The playground of the believers: what helps which rule, and what a guess is told."""

from __future__ import annotations

from typing import Any

import pytest

from dtao_edu.engine.errors import InputError
from dtao_edu.playground import believers


def nearer(**values: Any) -> int:
    return believers.session(**values).result.price_nearer.nearer


def test_the_more_unlike_the_subnets_the_less_often_the_price_is_nearer() -> None:
    counts = [nearer(inequality=gini) for gini in (0.1, 0.37, 0.74)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] >= 17
    assert counts[-1] <= 3


def test_purses_that_follow_knowledge_help_the_price() -> None:
    assert nearer(inequality=0.55, purses="knowledge") > nearer(inequality=0.55)


def test_more_noise_leads_more_emission_astray_under_both_rules() -> None:
    quiet, loud = (believers.session(noise=noise).result for noise in (0.2, 1.2))
    for rule in ("vote", "price"):
        assert getattr(loud, rule).median.value > getattr(quiet, rule).median.value


def test_the_vote_does_not_depend_on_who_trades() -> None:
    """The purses and the number of people belong to the market; the opinions stay the same."""
    first, other = (believers.session(purses=purses).result for purses in ("equal", "knowledge"))
    assert (first.vote.shares == other.vote.shares).all()


def test_a_guess_of_all_runs_is_told_what_a_price_is() -> None:
    session = believers.session(inequality=0.6)
    asked = believers.question.asked(session.result)  # type: ignore[union-attr]
    assert any("not the mean" in text for _, value, text in asked.misconceptions if value == 20)


def test_purses_that_are_not_known_are_refused() -> None:
    with pytest.raises(InputError, match="purses is 'large'"):
        believers.session(purses="large")
