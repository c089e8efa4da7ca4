"""An error is read beside what the hour of the moves leaves open."""

from __future__ import annotations

from functools import partial

import pytest

from dtao_edu import ledger, studies
from dtao_edu.ledger import NotInLedgerError
from dtao_edu.measures import l1
from dtao_edu.studies.paid_days.noise import day_noise, nearer_days, to_explain

DATES = list(ledger.emission_days())[7:]


def test_the_scale_is_the_distance_of_two_honest_predictions() -> None:
    found = day_noise("2025-09-29")
    line, late = (studies.predict_day(found.date, between=how) for how in ("line", "late"))
    assert found.scale == pytest.approx(l1(line.shares(), late.shares()))
    assert found.times == pytest.approx(found.l1 / found.scale)


def test_what_is_to_explain_lies_outside_whatever_the_hour() -> None:
    clues = to_explain("2025-09-18")
    assert clues[0].netuid == 62
    assert all(not clue.inside for clue in clues)
    assert to_explain("2025-09-18", least=20) == clues[:1]
    assert len(to_explain("2025-09-29")) < len(clues)


def test_the_rule_of_the_chain_is_nearer_than_a_wrong_one_on_every_day() -> None:
    wrong = partial(studies.predict_day, alpha=3e-6)
    assert nearer_days(studies.predict_day, wrong, DATES).nearer == 15
    same = nearer_days(studies.predict_day, studies.predict_day, DATES)
    assert same.nearer == 0


def test_the_second_pair_cannot_be_told_from_the_first() -> None:
    second = partial(studies.predict_day, alpha=0.00027, halving=129_600)
    found = nearer_days(second, studies.predict_day, DATES)
    assert (found.nearer, found.p) == (7, 1.0)


def test_a_subnet_that_was_not_open_is_refused_in_a_sentence() -> None:
    errors = studies.day_errors("2025-09-14", studies.predict_day("2025-09-14"))
    with pytest.raises(NotInLedgerError, match=r"netuid is 116; allowed: a subnet that was pred"):
        _ = errors[116]
    assert errors.get(116) is None
