"""The same network under several rules: what differs, and what it comes to."""

from __future__ import annotations

import pytest

from dtao_edu import compare_rules, simulate
from dtao_edu.engine.errors import InputError
from dtao_edu.simulation import traders
from tests.helpers.networks import network


def test_each_run_is_the_run_under_those_rules() -> None:
    net, noise = network("v3_removal"), traders.noise(500, 1)
    names = ["v3_low_fee", "v3_subsidy", "flow_cap"]
    found = compare_rules(net, names, blocks=50, traders=[noise], seed=3)
    for name, row in zip(names, found.at_end("price"), strict=True):
        alone = simulate(net, 50, rules=name, traders=[noise], seed=3)
        assert (alone.price[-1] == row).all()
    assert found.moved()[0] == 0
    # What some lose the others gain: the total variation distance is what is gained.
    gains = found.at_end()[2] - found.at_end()[0]
    assert found.moved()[2] == pytest.approx(gains[gains > 0].sum(), rel=1e-6)
    assert found.moved()[2] > found.moved()[1]


def test_it_says_what_differs() -> None:
    found = compare_rules(network("v3_removal"), ["v3_swap", "v3_low_fee"], blocks=5)
    assert found.differences()[0] == {}
    assert set(found.differences()[1]) == {"fee_rate"}
    table = repr(found).splitlines()
    assert len(table) == 4
    assert "fee_rate: 11/21845" in table[3]
    assert found._repr_markdown_() == repr(found)


def test_no_rules_are_refused() -> None:
    with pytest.raises(InputError, match="names"):
        compare_rules(network(), [], blocks=5)
