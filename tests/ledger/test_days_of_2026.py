"""Two days of 2026: all pools of both, the flow of seven subnets, and what the gate paid."""

from __future__ import annotations

from statistics import median

import pytest

from dtao_edu import ledger, measures
from dtao_edu.engine.errors import InputError

GATE = ledger.pools("2026-08-07")
FLOW = ledger.pools("2026-04-11")
SEVEN = ledger.flows("2026-04-11")
ISSUED = 0.5
"""TAO a block after the first halving."""


def test_129_netuids_of_which_127_were_trading_on_both_days() -> None:
    for day, closed in ((GATE, {0, 86}), (FLOW, {0, 96})):
        assert day.netuids == tuple(range(129))
        assert set(day) - set(day.trading()) == closed
        assert len(day.moving_prices()) == 127
    assert (GATE.block, FLOW.block) == (8_791_247, None)


def test_more_than_a_quarter_of_the_tao_lay_in_pools() -> None:
    for day, part in ((FLOW, 0.285), (GATE, 0.272)):
        pooled = sum(row.tao_in for row in day.trading().values())
        assert pooled / (pooled + day.root.tao_in) == pytest.approx(part, abs=0.001)


def test_half_a_tao_a_block_was_paid_to_75_subnets() -> None:
    paid = GATE.paid()
    assert paid.total == pytest.approx(ISSUED, abs=1e-7)
    assert sum(tao > 0 for tao in paid.values()) == 75
    assert 0 not in paid


def test_nothing_was_paid_to_the_42_switched_off_and_to_those_who_burn_all() -> None:
    trading = GATE.trading()
    off = [netuid for netuid, row in trading.items() if not row.enabled]
    burning = [netuid for netuid, row in trading.items() if row.miner_burned]
    assert (len(off), len(burning)) == (42, 73)
    for row in trading.values():
        if not row.enabled or row.miner_burned == 1:
            assert row.paid == 0


def test_two_thirds_of_emission_bought_alpha() -> None:
    bought = sum(row.excess_tao or 0 for row in GATE.values())
    assert bought == pytest.approx(0.3280, abs=1e-4)
    assert GATE.emission().total == pytest.approx(ISSUED - bought, abs=1e-7)


def test_tao_and_alpha_entered_at_the_price() -> None:
    off = []
    for row in GATE.trading().values():
        if row.emission and row.emission.tao_in > 1e-5:
            off.append(abs(row.emission.alpha_in * row.price / row.emission.tao_in - 1))
    assert len(off) == 67
    assert max(off) < 2.7e-4
    assert median(off) < 3e-6


def test_payments_were_twice_as_concentrated_as_prices() -> None:
    paid = GATE.paid()
    assert measures.hhi(paid) == pytest.approx(0.0606, abs=5e-5)
    assert measures.hhi(GATE.moving_prices()) == pytest.approx(0.0225, abs=5e-5)
    assert measures.top_share(paid, 10) == pytest.approx(0.689, abs=5e-4)
    assert measures.top_share(paid, 32) == pytest.approx(0.964, abs=5e-4)


def test_the_swap_of_april_kept_a_price_of_its_own() -> None:
    off = {}
    for netuid, row in FLOW.trading().items():
        assert row.quoted_price is not None
        off[netuid] = abs(row.quoted_price / row.price - 1)
    assert median(off.values()) < 6e-4
    assert max(off, key=lambda netuid: off[netuid]) == 103
    assert sum(row.quoted_price or 0 for row in FLOW.trading().values()) == pytest.approx(
        1.327, abs=5e-4
    )


def test_what_a_day_does_not_say_is_none() -> None:
    assert FLOW[64].emission is FLOW[64].paid is FLOW[64].miner_burned is None
    assert GATE[64].tao_volume is GATE[64].buys is GATE[64].quoted_price is None
    assert ledger.pools("2025-04-17")[64].moving_price is None
    assert not FLOW.paid()
    with pytest.raises(InputError, match="block"):
        _ = FLOW.age


def test_shares_of_april_are_in_proportion_to_the_smoothed_flow() -> None:
    ratios = [row.share / row.flow for row in SEVEN.values() if row.flow > 0]
    assert len(ratios) == 6
    assert max(ratios) / min(ratios) - 1 < 0.0036


def test_a_subnet_without_flow_got_nothing_at_whatever_price() -> None:
    assert (SEVEN[64].flow, SEVEN[64].share, SEVEN[64].tao_in) == (0, 0, 0)
    assert SEVEN[64].price == max(row.price for row in SEVEN.values())
    assert SEVEN[64].net_flow_30d < -11_000


def test_what_entered_was_capped_at_half_the_price() -> None:
    for row in SEVEN.values():
        assert row.tao_in == pytest.approx(min(ISSUED * row.share, ISSUED * row.price), rel=9e-4)
    free = {n for n, row in SEVEN.items() if row.share < row.price and row.share}
    assert free == {4, 120}


def test_flows_show_themselves_and_say_where_they_come_from() -> None:
    assert repr(SEVEN) == "<Flows of 2026-04-11: 7 netuids>"
    assert "<td>11.12%</td>" in SEVEN._repr_html_()
    assert SEVEN.smoothed()[64] == 0
    assert SEVEN.provenance.repository == "sudoHayato/bittensor-research"
    with pytest.raises(InputError, match="'2026-04-11'"):
        ledger.flows("2026-04-12")
