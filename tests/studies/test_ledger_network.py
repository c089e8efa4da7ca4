"""The network of the ledger is the one that was paid."""

from __future__ import annotations

import pytest

from dtao_edu import Network, ledger
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.units import LAUNCH_BLOCK
from dtao_edu.simulation.rules import rules_on
from dtao_edu.studies.ledger_network import network_on

POOLS = ledger.pools("2025-04-17")


def test_shares_are_those_that_the_chain_paid():
    network = network_on("2025-04-17")
    shares = network.shares()
    paid = POOLS.emission()
    for netuid, tao in paid.items():
        if tao > 0.002:
            assert shares[network.place(netuid)] == pytest.approx(tao, rel=0.1), netuid
        if tao > 0.02:
            assert shares[network.place(netuid)] == pytest.approx(tao, rel=0.04), netuid


def test_reserves_root_and_ages_are_the_ledgers():
    network = network_on()
    for netuid in (1, 64, 84):
        assert network.pool(netuid) == POOLS[netuid].pool()
    assert network.root_tao == POOLS.root.tao_in
    assert network.block == POOLS.block
    first = dict(zip(network.netuid.tolist(), network.first_block.tolist(), strict=True))
    assert first[1] == LAUNCH_BLOCK
    assert (POOLS.block - first[84]) / 7200 == pytest.approx(2.9, abs=0.1)
    assert first[64] < first[68] < first[75] < first[81]
    assert not {85, 87} & set(first), "no price before that day, no moving price"


def test_a_few_alone_with_other_ages_and_free_tao():
    network = network_on(netuids=(4, 8), ages={8: 1}, free_tao=500)
    assert network.netuid.tolist() == [4, 8]
    assert network.shares().sum() == pytest.approx(1)
    assert network.free_tao == pytest.approx(500)
    assert network.books().balance()
    assert network.first_block.tolist() == [LAUNCH_BLOCK, POOLS.block - 7200]


def test_what_was_not_there_is_refused():
    with pytest.raises(InputError, match="netuid is 86; allowed: a subnet that traded"):
        network_on(netuids=(4, 86))
    with pytest.raises(InputError, match="netuid is 999"):
        network_on(ages={999: 1})
    with pytest.raises(InputError, match="age of netuid 4 is -1"):
        network_on(ages={4: -1})
    with pytest.raises(InputError, match="free_tao is -1"):
        network_on(free_tao=-1)
    with pytest.raises(ValueError, match="2025-04-18"):
        network_on("2025-04-18")
    for later in ("2026-04-11", "2026-08-07"):
        with pytest.raises(InputError, match=f"date is '{later}'; allowed: .* end on 2025-10-28"):
            network_on(later)


def test_a_day_with_moving_prices_makes_a_network_that_pays_what_was_paid():
    day = ledger.pools("2026-08-07")
    rules = rules_on("2026-08-07")
    network = Network(day.trading(), rules, root_tao=day.root.tao_in, block=day.block)
    paid = day.paid().only(day.trading()).shares()
    shares = dict(zip(network.netuid.tolist(), network.shares().tolist(), strict=True))
    assert shares == pytest.approx(paid, abs=1e-4)
