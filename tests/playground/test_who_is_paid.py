"""The playground of a block's alpha: what years, root and take do to it."""

from __future__ import annotations

import pytest

from dtao_edu import ledger, who_is_paid


def rows(session):
    return {row.label: row.value for row in who_is_paid.receipt(session.result)}


def test_years_and_a_lighter_root_leave_more_to_validators():
    for name, value in (("years", 2.0), ("root", 2.0), ("weight", 0.05)):
        session = who_is_paid.session()
        before = session.result.split
        session.set(name, value)
        assert session.result.split.root < before.root, name
        assert session.result.split.owner == before.owner


def test_the_real_pools_are_of_one_day_and_the_young_one_is_nearly_all_roots():
    there = ledger.pools("2025-04-17")
    for preset in who_is_paid.presets():
        assert preset.values["pool"] == there[preset.values["netuid"]].pool()
        assert f"{there.block:,}" in preset.source
    young = who_is_paid.session(who_is_paid.presets()[-1].label)
    assert young.result.now.root_proportion > 0.97


def test_a_preset_starts_at_its_own_beginning():
    session = who_is_paid.session(years=5.0)
    session.choose(who_is_paid.presets()[1].label)
    assert session.result.now.years == 0


def test_take_and_kept_are_percent():
    session = who_is_paid.session(take=0.0)
    free = session.result
    assert free.kept_by_validator == 0
    session.set("take", 18.0)
    assert session.result.earned == pytest.approx(0.82 * free.earned)
    session.set("kept", 0.0)
    assert session.result.growth < free.growth


def test_a_halving_is_told_in_the_receipt():
    session = who_is_paid.session(years=0.0)
    assert rows(session)["a block issues"] == "1 alpha, 1 TAO"
    session.set("years", 1.0)
    assert rows(session)["a block issues"] == "1 alpha, 0.5 TAO"
    session.set("years", 3.5)
    assert rows(session)["a block issues"] == "0.5 alpha, 0.5 TAO"


def test_more_than_twelve_years_are_refused_and_the_last_state_kept():
    session = who_is_paid.session()
    before = session.result
    with pytest.raises(ValueError, match="years is 13"):
        session.set("years", 13.0)
    assert session.result is before


def test_wrong_ideas_are_what_they_say():
    found = who_is_paid.session().result
    known = {name: value for name, value, _ in who_is_paid.question.misconceptions(found)}
    assert known["the root proportion of the whole block"] == 100 * found.now.root_proportion
    assert known["miners share with root"] == pytest.approx(200 * found.split.root)
    assert known["the TAO weight for the part"] == pytest.approx(18)
    one = who_is_paid.session(weight=1.0).result
    assert "TAO not weighted" not in [
        name for name, _, _ in who_is_paid.question.misconceptions(one)
    ]
