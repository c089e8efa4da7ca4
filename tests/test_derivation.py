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
    step = derivation.price()[4]
    assert step.latex == r"p = \frac{T}{A}"
    assert step.latex in derivation.price()._repr_markdown_()


def known_numbers(T, A, t):
    """Give every letter of a derivation the number that a pool of whole numbers gives it."""
    out, back = Pool(T, A).stake(t), Pool(T, A, t).unstake(t)
    parts = Pool(T, A).stake(0.25 * t), Pool(T, A).stake(0.25 * t).after.stake(0.75 * t)
    return {
        "T": T, "A": A, "t": t, "a": t, "k": T * A, "p": T / A, "L": out.after.price,
        "t_1": 0.25 * t, "t_2": 0.75 * t, "x": out.received, "x_1": parts[0].received,
        "x_2": parts[1].received, "x_1 + x_2": out.received, "average": out.average_price,
        "ideal": out.ideal, "slippage": out.slippage, "slippage_percent": out.slippage_percent,
        "impact": out.price_impact, "back": t, "p_after": out.after.price,
        "x of an unstake": back.received,
    }  # fmt: skip


@pytest.mark.parametrize("derive", ALL)
def test_every_line_that_is_shown_holds_in_numbers(derive):
    numbers = known_numbers(10.0, 100.0, 5.0)
    if derive is derivation.unstake:
        numbers["x"] = numbers["x of an unstake"]
    if derive is derivation.injection:
        numbers["p_after"] = numbers["p"]
    slope = sympy.Derivative(derivation.x, derivation.t)
    rate = {slope: sympy.Rational(1000, 225), sympy.Subs(slope, derivation.t, 0): sympy.Integer(10)}
    for step in derive():
        sides = [side.xreplace(rate) for side in (step.equation.lhs, step.equation.rhs)]
        left, right = (
            float(side.subs({letter: numbers[str(letter)] for letter in side.free_symbols}))
            for side in sides
        )
        assert left == pytest.approx(right), step


def test_the_slope_of_the_curve_is_the_price_at_every_moment_of_a_trade():
    rate = derivation.price()[2].equation.rhs
    after = Pool(10, 100).stake(5).after
    found = rate.subs({derivation.T: 10, derivation.A: 100, derivation.t: 5})
    assert float(1 / found) == pytest.approx(after.price)


@pytest.mark.parametrize(
    ("step", "shown"),
    [
        (derivation.amount_out()[3], r"\frac{A \left(T + t\right) - A T}{T + t}"),
        (derivation.price()[1], r"\frac{A \left(T + t\right) - A t}{\left(T + t\right)^{2}}"),
        (derivation.average_price()[1], r"\frac{t \left(T + t\right)}{A t}"),
        (derivation.price_impact()[0], r"\frac{T + t}{A - x}"),
    ],
)
def test_a_line_before_its_simplification_is_shown_as_a_hand_writes_it(step, shown):
    assert step.latex.endswith(shown)


@pytest.mark.parametrize("derive", ALL)
def test_letters_in_a_sentence_are_set_as_formulas_on_the_page_alone(derive):
    found = derive()
    assert "$" not in repr(found)
    assert found._repr_markdown_().count("$") % 2 == 0


def test_words_in_an_equation_are_set_as_words():
    assert derivation.price_impact()[2].latex == (
        r"\text{impact} = \left(1 + \frac{t}{T}\right)^{2} - 1"
    )
    assert r"\text{slippage in \%}" in derivation.slippage()._repr_markdown_()


OWN_T, OWN_A, OWN_t, OWN_L = sympy.symbols("T A t L", positive=True)


@pytest.mark.parametrize(
    ("derivation", "step", "line"),
    [
        (derivation.price_impact(), 2, (OWN_T + OWN_t) / (OWN_A - OWN_A * OWN_t / (OWN_T + OWN_t))),
        (derivation.price_impact(), None, (1 + OWN_t / OWN_T) ** 2 - 1),
        (derivation.price_impact(), 1, (OWN_T + OWN_t) / (OWN_A - derivation.x)),
        (derivation.limit_price(), None, sympy.sqrt(OWN_T * OWN_A * OWN_L) - OWN_T),
        (derivation.limit_price(), None, OWN_T * (sympy.sqrt(OWN_L / derivation.p) - 1)),
    ],
)
def test_a_line_of_ones_own_is_right_in_any_form_and_with_letters_of_ones_own(
    derivation: derivation.Derivation, step: int | None, line: sympy.Expr
) -> None:
    said = derivation.check(line, step=step)
    assert said
    assert str(said).startswith("Right.")


@pytest.mark.parametrize(
    "line",
    [
        OWN_T / OWN_A,
        (1 + OWN_t / OWN_T) ** 2,
        OWN_t / OWN_T,
        2 * OWN_t / OWN_T,
        sympy.Integer(0),
        (1 + OWN_t / OWN_A) ** 2 - 1,
    ],
)
def test_another_line_is_told_apart_with_numbers(line: sympy.Expr) -> None:
    said = derivation.price_impact().check(line)
    assert not said
    assert "yours is" in str(said)


def test_a_line_not_written_yet_is_asked_for() -> None:
    said = derivation.price().check(...)
    assert not said
    assert "three dots" in str(said)


@pytest.mark.parametrize(
    "line", [sympy.Symbol("q"), "T //", None, sympy.Integral(sympy.exp(-(OWN_t**2)), (OWN_t, 0, 1))]
)
def test_a_line_that_cannot_be_read_is_refused_in_a_sentence(line: object) -> None:
    with pytest.raises(InputError, match="line is"):
        derivation.price().check(line)


def test_there_is_no_step_beyond_the_last() -> None:
    with pytest.raises(InputError, match="step is 9; allowed: 1 to 5"):
        derivation.price().check(OWN_T, step=9)
