"""The derivations end where the engine is, for symbols and for numbers."""

from __future__ import annotations

import pytest
import sympy

from dtao_edu import derivation
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.pool import Pool

ALL = [
    derivation.amount_out,
    derivation.unstake,
    derivation.price,
    derivation.average_price,
    derivation.slippage,
    derivation.price_impact,
    derivation.round_trip,
    derivation.splitting,
    derivation.limit_price,
    derivation.injection,
]


@pytest.mark.parametrize("derive", ALL)
def test_every_derivation_ends_at_the_engines_formula(derive):
    found = derive()
    assert found.agrees
    assert len(found) >= 2
    assert all(step.title and step.reason.endswith((".", "?")) for step in found)


def test_a_wrong_result_is_not_called_the_same():
    right = derivation.amount_out()
    wrong = derivation.Derivation(right.title, right.steps, right.result * 2, right.engine)
    assert not wrong.agrees
    assert "NOT the same" in repr(wrong)


@pytest.mark.parametrize(("T", "A", "t"), [(10, 100, 5), (15278.0, 235441.5, 100), (0.5, 3, 40)])
def test_derived_formulas_give_the_receipt_of_the_pool(T, A, t):
    trade = Pool(T, A).stake(t)
    assert derivation.amount_out().at(T=T, A=A, t=t) == pytest.approx(trade.received)
    assert derivation.price().at(T=T, A=A) == pytest.approx(trade.before.price)
    assert derivation.average_price().at(T=T, A=A, t=t) == pytest.approx(trade.average_price)
    assert derivation.slippage().at(T=T, t=t) == pytest.approx(trade.slippage_percent)
    assert derivation.price_impact().at(T=T, t=t) == pytest.approx(trade.price_impact)
    limit = trade.after.price
    assert derivation.limit_price().at(T=T, A=A, L=limit) == pytest.approx(t)


def test_the_marginal_price_is_what_a_tiny_stake_pays():
    pool = Pool(10, 100)
    tiny = pool.stake(1e-9)
    assert derivation.price().at(T=10, A=100) == pytest.approx(tiny.average_price)


def test_slippage_and_impact_depend_on_nothing_but_the_size_against_the_tao():
    ratio = derivation.t / derivation.T
    for derived in (derivation.slippage(), derivation.price_impact()):
        assert derived.result.free_symbols == {derivation.t, derivation.T}
        scaled = derived.result.subs(derivation.t, ratio * derivation.T)
        assert sympy.simplify(scaled - derived.result) == 0


def test_numbers_for_other_symbols_are_refused_by_name():
    with pytest.raises(InputError, match=r"values is \['T'\].*\['A', 'T', 't'\]"):
        derivation.amount_out().at(T=10)


def test_steps_show_their_equation_as_latex():
    step = derivation.price()[3]
    assert step.latex == r"p = \frac{T}{A}"
    assert step.latex in derivation.price()._repr_markdown_()
