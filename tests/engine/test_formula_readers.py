"""Every equation is written once, and every reader reads the same from it.

What it comes to in numbers is held by `test_formula_values.py` and by the cases of the chain.
"""

from __future__ import annotations

import ast
import inspect
import random
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu.engine import formulas, generic, quantity, units
from tests.helpers.strategies import parts, positives

HERE = Path(formulas.__file__).parent
SOURCES = sorted(HERE.glob("*.py"))
LISTS = {"stakes", "weights", "values", "shares", "scores", "ranked"}
"""Arguments that are a sequence, one entry a validator or a subnet."""
RANGES: dict[str, tuple[int, int]] = {
    "issuance_rao": (0, 20_000_000 * 10**9),
    "issuance": (0, 20_000_000),
    "blocks": (1, 500_000),
    "block": (1, 10**7),
    "halving": (1, 500_000),
    "netuid": (0, 128),
    "tempo": (1, 400),
}
"""Arguments that count something; all others are taken between 0 and 1."""
FORMULAS = [getattr(formulas, name) for name in formulas.__all__]
each = pytest.mark.parametrize("formula", FORMULAS, ids=formulas.__all__)
SINGLE = [f for f in FORMULAS if not LISTS & set(inspect.signature(f).parameters)]
RANKED = {"weighted_median", "bar_by_mass", "bar_by_rank"}
"""Formulas that walk down a ranking: they need numbers to compare."""
RATIONAL = [f for f in FORMULAS if not re.search(r"\b(exp|log|sqrt)\(", inspect.getsource(f))]


def over(chosen: list[Callable[..., Any]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("formula", chosen, ids=[f.__name__ for f in chosen])


def arguments(formula: Callable[..., Any], seed: int) -> dict[str, Any]:
    """Values in the middle of each argument's range, as Fractions or whole numbers."""
    draw = random.Random(f"{formula.__name__} {seed}")

    def one(name: str) -> Any:
        if name in RANGES:
            return draw.randint(*RANGES[name])
        return Fraction(draw.randint(50, 950), 1000)

    return {
        name: [one(name) for _ in range(3)] if name in LISTS else one(name)
        for name in inspect.signature(formula).parameters
    }


def mapped(values: dict[str, Any], change: Callable[[Any], Any]) -> dict[str, Any]:
    return {
        name: [change(one) for one in value] if isinstance(value, list) else change(value)
        for name, value in values.items()
    }


def numbers(result: Any) -> list[float]:
    """A result as floats, whether it is one number or several."""
    several = result if isinstance(result, (list, tuple)) else [result]
    return [float(one) for one in several]


@each
def test_fractions_and_floats_read_the_same(formula: Callable[..., Any]) -> None:
    for seed in range(5):
        exact = arguments(formula, seed)
        rounded = formula(**mapped(exact, float))
        assert numbers(formula(**exact)) == pytest.approx(numbers(rounded), rel=1e-9)


@each
def test_arrays_read_the_same_entry_by_entry(formula: Callable[..., Any]) -> None:
    rows = [mapped(arguments(formula, seed), float) for seed in range(4)]
    if LISTS & set(inspect.signature(formula).parameters):
        for row in rows:
            columns = {
                name: np.array(value) if isinstance(value, list) else value
                for name, value in row.items()
            }
            assert numbers(formula(**columns)) == pytest.approx(numbers(formula(**row)))
        return
    columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    before = {name: column.copy() for name, column in columns.items()}
    whole = formula(**columns)
    assert whole.shape == (4,)
    assert list(whole) == pytest.approx([formula(**row) for row in rows])
    for name, column in columns.items():
        assert (column == before[name]).all(), f"{name} was changed"


@over(SINGLE)
def test_a_column_of_fractions_stays_exact(formula: Callable[..., Any]) -> None:
    rows = [arguments(formula, seed) for seed in range(3)]
    columns = {name: np.array([row[name] for row in rows], dtype=object) for name in rows[0]}
    assert list(formula(**columns)) == [formula(**row) for row in rows]


@over([f for f in FORMULAS if f.__name__ not in RANKED])
def test_symbols_read_the_same(formula: Callable[..., Any]) -> None:
    values = arguments(formula, 1)
    symbols: dict[str, Any] = {}
    known: dict[Any, Any] = {}
    for name, value in values.items():
        several = value if isinstance(value, list) else [value]
        signs = [sympy.Symbol(f"{name}{i}", positive=True) for i in range(len(several))]
        symbols[name] = signs if isinstance(value, list) else signs[0]
        known |= {
            sign: sympy.Rational(one.numerator, one.denominator)
            for sign, one in zip(signs, several, strict=True)
        }
    expression = formula(**symbols)
    several = expression if isinstance(expression, (list, tuple)) else [expression]
    got = [float(sympy.N(sympy.sympify(one), subs=known)) for one in several]
    assert got == pytest.approx(numbers(formula(**values)), rel=1e-9)


@over(RATIONAL)
def test_fractions_stay_fractions_where_a_fraction_can_hold_the_result(
    formula: Callable[..., Any],
) -> None:
    result = formula(**arguments(formula, 2))
    several = result if isinstance(result, (list, tuple)) else [result]
    assert all(isinstance(one, (int, Fraction)) for one in several)


# An equation is written in whole numbers and names: a float would round every other reader.
@pytest.mark.parametrize("source", SOURCES, ids=[path.name for path in SOURCES])
def test_no_formula_holds_a_float(source: Path) -> None:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    found = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, (float, complex))
    ]
    assert found == []


@pytest.mark.parametrize("source", SOURCES, ids=[path.name for path in SOURCES])
def test_formulas_import_quantities_units_and_generic_functions_alone(source: Path) -> None:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    allowed = {"__future__", "collections.abc"}
    allowed |= {module.__name__ for module in (generic, quantity, units)}
    assert all(name in allowed or name.startswith(formulas.__name__) for name in modules)
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]


@pytest.mark.parametrize("source", SOURCES[1:], ids=[path.name for path in SOURCES[1:]])
def test_every_formula_is_listed(source: Path) -> None:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert {name for name in defined if not name.startswith("_")} <= set(formulas.__all__)


@each
def test_a_formula_opens_with_its_equation_and_shows_an_example(
    formula: Callable[..., Any],
) -> None:
    text = inspect.getdoc(formula) or ""
    first = text.splitlines()[0]
    assert "=" in first or ":" in first
    assert ">>>" in text


@pytest.mark.parametrize("formula", [formulas.rank, formulas.trust])
def test_every_stake_has_its_weight(formula: Callable[..., Any]) -> None:
    for stakes, weights in (([0.5, 0.5], [1]), ([1], [0.5, 0.5])):
        with pytest.raises(ValueError, match="argument"):
            formula(stakes, weights)


@given(positives, positives, positives)
def test_amount_in_undoes_amount_out(x: Fraction, y: Fraction, d: Fraction) -> None:
    out = formulas.amount_out(x, y, d)
    assert formulas.amount_in(x, y, out) == d
    assert 0 < out < y


@given(positives, positives, positives)
def test_a_trade_without_fee_keeps_the_invariant(x: Fraction, y: Fraction, d: Fraction) -> None:
    out = formulas.amount_out(x, y, d)
    assert formulas.invariant(x + d, y - out) == formulas.invariant(x, y)


@given(positives, positives, positives, positives)
def test_splitting_an_order_changes_nothing(
    x: Fraction, y: Fraction, first: Fraction, second: Fraction
) -> None:
    one = formulas.amount_out(x, y, first)
    two = formulas.amount_out(x + first, y - one, second)
    assert one + two == formulas.amount_out(x, y, first + second)


@given(positives, positives, positives)
def test_a_round_trip_without_fee_gives_back_what_was_paid(
    x: Fraction, y: Fraction, d: Fraction
) -> None:
    out = formulas.amount_out(x, y, d)
    assert formulas.amount_out(y - out, x + d, out) == d


@given(positives, positives, positives)
def test_the_order_of_price_amount_and_reserve(x: Fraction, y: Fraction, d: Fraction) -> None:
    """Average price p (1 + d/T), spot price after p (1 + d/T)^2, slippage d/(T+d) of ideal."""
    out, ideal = formulas.amount_out(x, y, d), formulas.ideal_amount_out(x, y, d)
    before, after = formulas.price(x, y), formulas.price(x + d, y - out)
    growth = 1 + d / x
    assert formulas.average_price(d, out) == before * growth
    assert after == before * growth**2
    assert formulas.slippage(ideal, out) == ideal * d / (x + d)
    assert formulas.slippage_percent(ideal, out) == 100 * d / (x + d)
    assert formulas.price_impact(before, after) == growth**2 - 1


@given(positives, parts.filter(lambda rate: rate < 1))
def test_gross_undoes_the_fee(net: Fraction, rate: Fraction) -> None:
    gross = formulas.gross(net, rate)
    assert gross - formulas.fee(gross, rate) == net


@given(positives, positives, positives, positives, positives)
def test_the_limit_of_a_move_bounds_what_arrives_per_alpha(
    t1: Fraction, a1: Fraction, t2: Fraction, a2: Fraction, limit: Fraction
) -> None:
    most = formulas.limit_average_move(t1, a1, t2, a2, limit)
    if most == 0:
        assert formulas.price(t1, a1) <= limit * formulas.price(t2, a2)
        return
    arrived = formulas.amount_out(t2, a2, formulas.amount_out(a1, t1, most))
    assert arrived == limit * most


def test_the_mean_smoothing_reaches_half_of_alpha_after_the_halving_blocks() -> None:
    half = formulas.smoothing(Fraction(3, 10_000), 201_600, 201_600)
    assert half == Fraction(3, 20_000)
    assert formulas.smoothing(Fraction(3, 10_000), 5, 0) == Fraction(3, 10_000)


@given(parts, positives, parts)
def test_a_moving_price_stays_between_itself_and_the_capped_price(
    moving: Fraction, price: Fraction, smoothing: Fraction
) -> None:
    after = formulas.moving_price(moving, price, smoothing)
    capped = min(price, 1)
    assert min(moving, capped) <= after <= max(moving, capped)
    assert formulas.moving_price(moving, price, 0) == moving
    assert formulas.moving_price(moving, price, 1) == capped


def test_the_warm_up_from_nothing_is_the_sum_of_its_blocks() -> None:
    """The closed form against the block by block rule, at a constant price."""
    moving = 0.0
    for block in range(1, 7201):
        smoothing = formulas.smoothing(3e-4, block, 201_600)
        moving = formulas.moving_price(moving, 0.5, smoothing)
    limit = formulas.moving_price_limit(3e-4, 7200, 201_600)
    assert moving / 0.5 == pytest.approx(limit, rel=1e-3)


def test_an_hour_of_a_pump_lifts_the_moving_price_for_hours() -> None:
    """At 1.0 for an hour, from 0.1: 0.177; and still 0.139 a half-life of 7.7 hours later."""
    moving, after = 0.1, []
    for block in range(1, 2611):
        moving = formulas.moving_price(moving, 1.0 if block <= 300 else 0.1, 3e-4)
        after.append(moving)
    assert after[299] == pytest.approx(0.177, abs=5e-4)
    assert after[2609] == pytest.approx(0.139, abs=5e-4)


@given(st.integers(0, 60_000), st.integers(0, 127), st.integers(1, 400))
def test_an_epoch_comes_every_tempo_plus_one_blocks(block: int, netuid: int, tempo: int) -> None:
    left = formulas.blocks_until_epoch(netuid, tempo, block)
    assert 0 <= left <= tempo
    assert formulas.blocks_until_epoch(netuid, tempo, block + left) == 0
    assert formulas.blocks_until_epoch(netuid, tempo, block + tempo + 1) == left
    assert formulas.blocks_until_epoch(netuid + 1, tempo, block) == (left - 1) % (tempo + 1)
