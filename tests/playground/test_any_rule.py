"""The playground of one day under any rule."""

from __future__ import annotations

import pytest

from dtao_edu import any_rule, ledger


def test_it_opens_with_the_day_of_the_gate_and_the_rule_that_was_in_force():
    told = any_rule.session().result
    assert (told.date, told.rule, told.bar) == ("2026-08-07", "gate_rank", 32)
    rows = {row.label: row.value for row in any_rule.receipt(told)}
    assert rows["distance from what was paid"] == "0.0003"
    assert rows["the same by price alone"] == "0.7686"
    assert rows["paid nothing"] == "52 of 127"


def test_every_factor_can_be_left_out_and_each_takes_the_shares_away_from_the_payment():
    session = any_rule.session()
    near = session.result.distance
    for name, value in (("burning", False), ("switches", False), ("rank", 20)):
        session.set(name, value)
        assert session.result.distance > 10 * near
        session.undo()
    session.set("rule", "gate_mass")
    assert session.result.bar == 0.75
    session.set("mass", 78.5)
    assert session.result.distance == pytest.approx(near)


def test_a_wrong_idea_is_left_out_where_it_would_be_right():
    session = any_rule.session(rule="price", burning=False, switches=False)
    asked = any_rule.question.asked(session.result)
    assert "the large keep what they have" not in [name for name, *_ in asked.misconceptions]
    assert "stays what it is" in asked.why


def test_a_day_of_ones_own_without_payments(tmp_path):
    ledger.write_pools(ledger.pools("2026-04-11"), tmp_path / "mine.csv")
    session = any_rule.session(pools=ledger.read_pools(tmp_path / "mine.csv"))
    rows = {row.label: row.value for row in any_rule.receipt(session.result)}
    assert rows["distance from what was paid"] == "not known"
    assert "11 April 2026" in str(any_rule.picture(session.result))
