"""The playground of a year of a stake."""

from __future__ import annotations

from dtao_edu import ledger, your_stake


def test_it_opens_with_a_real_pool_and_a_price_that_falls():
    session = your_stake.session()
    rows = {row.label: row.value for row in your_stake.receipt(session.result)}
    assert rows["listed yield"] == "22.8 % a year"
    assert rows["yield in alpha"] == "18.8 %"
    assert rows["yield in TAO"] == "-28.8 %"


def test_the_listed_yield_in_tao_is_a_wrong_idea_that_is_named():
    year = your_stake.session().result
    asked = your_stake.question.asked(year)
    wrong = {name: value for name, value, _ in asked.misconceptions}
    assert wrong["the listed yield taken in TAO"] == year.paid * (1 + year.listed)
    assert all(abs(value / asked.answer - 1) > 0.03 for value in wrong.values())


def test_other_days_give_presets_of_their_own(tmp_path):
    ledger.write_pools(ledger.pools("2026-04-11"), tmp_path / "mine.csv")
    found = your_stake.presets_of(ledger.read_pools(tmp_path / "mine.csv"))
    assert len(found) == 6
    assert found[0].values["root_tao"] > 5_000_000
