"""Agreement with another rule is read beside agreement with oneself."""

from __future__ import annotations

import pytest

from dtao_edu import ledger
from dtao_edu.engine.errors import InputError
from dtao_edu.measures import rank_correlation
from dtao_edu.studies.rank_agreement import agreement_by_lag, agreement_days

VOTES = {
    date: ledger.root_vote(date).network().shares_by_netuid(issued_only=True)
    for date in ("2024-10-23", "2024-11-24")
}
VOTE = VOTES["2024-11-24"]


def test_the_day_of_the_pools_is_one_of_the_greatest_agreement() -> None:
    agreed = agreement_days(VOTE)
    assert agreed.place("2025-04-17") == 5
    assert agreed.median == pytest.approx(0.40, abs=0.01)
    found = agreed.interval("2025-04-17")
    assert found.low < agreed.median < found.value < found.high
    assert agreed.pairs["2025-04-17"] == 54


def test_a_price_agrees_with_itself_and_less_so_later() -> None:
    day = "2025-04-17"
    own = agreement_days(ledger.prices(day).shares(), dates=[day, "2025-09-17"])
    assert own.days[day] == pytest.approx(1)
    assert own.days["2025-09-17"] == pytest.approx(0.64, abs=0.01)
    kept = agreement_by_lag([0, 30, 150], every=14).days
    assert kept[0] == pytest.approx((1, 1, 1))
    assert 1 > kept[30][1] > kept[150][1] > agreement_days(VOTE).median
    assert kept[150][0] <= kept[150][1] <= kept[150][2]


def test_the_vote_agrees_with_itself_after_a_month() -> None:
    some = [{n: s for n, s in one.items() if s > 0} for one in VOTES.values()]
    assert rank_correlation(*some) == pytest.approx(0.90, abs=0.01)


def test_what_changes_hands_has_its_own_baseline() -> None:
    apart = agreement_days(VOTE, "moved", ["2025-02-20"])
    alone = agreement_by_lag([30], "moved").days[30]
    assert apart.days["2025-02-20"] > alone[1]
    with pytest.raises(InputError, match="measure"):
        apart.interval("2025-02-20")


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="lags"):
        agreement_by_lag([257])
    with pytest.raises(InputError, match="measure"):
        agreement_days(VOTE, "heads", ["2025-04-17"])  # type: ignore[arg-type]
