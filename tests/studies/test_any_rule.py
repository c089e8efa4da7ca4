"""One day, any rule: 7 August 2026 under the rules it had and under those it had not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu import ledger
from dtao_edu.engine.errors import InputError
from dtao_edu.studies.any_rule import Rule, day_by_rule

GATE = ledger.pools("2026-08-07")


def test_the_rules_of_that_day_tell_what_was_paid() -> None:
    told = day_by_rule(GATE)
    assert told.distance is not None
    assert told.distance < 0.0005
    assert len(told.shares) == 127


def test_each_factor_left_out_is_far_off() -> None:
    ours = day_by_rule(GATE).distance or 0
    for rival in (
        day_by_rule(GATE, "price"),
        day_by_rule(GATE, "gate_mass"),
        day_by_rule(GATE, burning=False),
        day_by_rule(GATE, switches=False),
    ):
        assert (rival.distance or 0) > 100 * ours


@pytest.mark.parametrize(
    ("rule", "terms", "distance"),
    [
        ("price", {"burning": False, "switches": False}, 0.769),
        ("price", {"burning": False}, 0.504),
        ("price", {"switches": False}, 0.404),
        ("price", {}, 0.319),
        ("gate_mass", {"bar": 0.61}, 0.184),
        ("gate_mass", {"bar": 0.75}, 0.0296),
        ("gate_rank", {"burning": False}, 0.180),
    ],
)
def test_the_distances_that_the_audit_found(
    rule: Rule, terms: dict[str, float], distance: float
) -> None:
    assert day_by_rule(GATE, rule, **terms).distance == pytest.approx(distance, abs=5e-4)  # type: ignore[arg-type]


def test_the_gate_brought_back_the_concentration_that_prices_had_lost() -> None:
    by_price = day_by_rule(GATE, "price", burning=False, switches=False)
    assert dict(by_price.shares) == pytest.approx(dict(by_price.price))
    assert by_price.concentration == pytest.approx(0.0225, abs=5e-5)
    assert day_by_rule(GATE).concentration == pytest.approx(0.0606, abs=5e-5)


@given(
    st.sampled_from(["price", "gate_mass", "gate_rank"]),
    st.integers(1, 127),
    st.booleans(),
    st.booleans(),
)
def test_all_is_paid_and_the_switched_off_get_nothing(
    rule: Rule, rank: int, burning: bool, switches: bool
) -> None:
    bar = None if rule == "price" else rank / 127 if rule == "gate_mass" else rank
    told = day_by_rule(GATE, rule, bar, burning=burning, switches=switches)
    assert told.shares.total == pytest.approx(1)
    off = {n for n, row in GATE.items() if not row.enabled}
    assert all(told.shares[n] == 0 for n in off if n in told.shares) or not switches
    assert all(share >= 0 for share in told.shares.values())


def test_a_switched_off_subnet_still_takes_its_place_before_the_bar() -> None:
    first = max(GATE.trading(), key=lambda n: day_by_rule(GATE).shares[n])
    rows = [replace(row, enabled=row.enabled and n != first) for n, row in GATE.items()]
    off = ledger.Pools(GATE.netuids, tuple(rows), GATE.date, GATE.block, GATE.table)
    before, after = day_by_rule(GATE).shares, day_by_rule(off).shares
    left = 1 - before[first]
    for netuid, share in after.items():
        assert share == pytest.approx(0 if netuid == first else before[netuid] / left)


def test_a_day_without_payments_has_no_distance() -> None:
    told = day_by_rule(ledger.pools("2026-04-11"))
    assert told.paid is told.distance is None
    assert "from what was paid" not in repr(told)


def test_a_day_without_moving_prices_and_bars_out_of_range_are_refused() -> None:
    with pytest.raises(InputError, match="moving prices"):
        day_by_rule(ledger.pools("2025-04-17"))
    for rule, bar in (("gate_mass", 0), ("gate_mass", 1.5), ("gate_rank", 0), ("gate_rank", 2.5)):
        with pytest.raises(InputError, match="bar"):
            day_by_rule(GATE, rule, bar)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="rule"):
        day_by_rule(GATE, "vote")  # type: ignore[arg-type]
