"""The formulas of the pool, derived step by step with SymPy.

Nothing is typed in twice: every derivation ends at the engine's own function, which is
called with symbols instead of numbers, and says whether the two are equal.

>>> from dtao_edu import derivation
>>> derivation.price().result
T/A
>>> derivation.price().agrees
True

Symbols: T and A are the reserves `tao_in` and `alpha_in`; t is TAO paid, a is alpha paid,
x is what comes out; p = T/A is the spot price; k = T A the invariant; L a limit price.

Source: lesson 04; Angeris and Chitra, "Improved Price Oracles: Constant Function Market
Makers", 2020.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import refuse

T, A, t, a, x, k, p, L = sympy.symbols("T A t a x k p L", positive=True)
t1, t2 = sympy.symbols("t_1 t_2", positive=True)


@dataclass(frozen=True)
class Step:
    """One line of a derivation: what is done, the equation after it, and why it may be done.

    Attributes
    ----------
    title : str
        What is done.
    equation : sympy.Basic
        The equation after it.
    reason : str
        Why it may be done, in a sentence.
    """

    title: str
    equation: sympy.Basic
    reason: str

    @property
    def latex(self) -> str:
        """Return the equation as LaTeX."""
        return str(sympy.latex(self.equation))

    def __repr__(self) -> str:
        return f"{self.title}: {_plain(self.equation)}  ({self.reason})"

    def _repr_markdown_(self) -> str:
        return f"**{self.title}.** {self.reason}\n\n$$ {self.latex} $$"


@dataclass(frozen=True)
class Derivation:
    """Steps, the formula they end at, and the engine's own formula beside it.

    Attributes
    ----------
    title : str
    steps : tuple of Step
    result : sympy.Expr
        The derived formula.
    engine : sympy.Expr
        What the engine's function returns for the same symbols.
    """

    title: str
    steps: tuple[Step, ...]
    result: sympy.Expr
    engine: sympy.Expr

    @property
    def agrees(self) -> bool:
        """True when derived and engine's formula are equal for all positive values."""
        return bool(sympy.simplify(self.result - self.engine) == 0)

    def at(self, **values: float) -> float:
        """Put numbers in for the symbols of the derived formula.

        Examples
        --------
        >>> amount_out().at(T=10, A=100, t=50)
        83.33333333333333
        """
        known = {str(symbol): symbol for symbol in self.result.free_symbols}
        unknown = sorted(set(values) - set(known))
        missing = sorted(set(known) - set(values))
        if unknown or missing:
            refuse("values", sorted(values), f"a number for each of {sorted(known)}")
        # A fraction is formed first and rounded once, so that equal formulas give equal floats.
        exact = {known[name]: sympy.Rational(str(value)) for name, value in values.items()}
        return float(self.result.subs(exact))

    def __getitem__(self, number: int) -> Step:
        return self.steps[number]

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def __len__(self) -> int:
        return len(self.steps)

    def __repr__(self) -> str:
        lines = [f"{n}. {step!r}" for n, step in enumerate(self.steps, start=1)]
        return "\n".join([self.title, *lines, self._verdict()])

    def _repr_markdown_(self) -> str:
        lines = [
            f"{n}. {step._repr_markdown_()}".replace("\n\n", "\n\n   ")
            for n, step in enumerate(self.steps, start=1)
        ]
        return "\n\n".join([f"### {self.title}", *lines, self._verdict()])

    def _verdict(self) -> str:
        same = "the same as" if self.agrees else "NOT the same as"
        return f"The result is {same} the engine's own formula."


def amount_out() -> Derivation:
    """x = A t / (T + t), from the invariant alone.

    Examples
    --------
    >>> [step.title for step in amount_out()]
    ['The rule', 'After the trade', 'Solve for what comes out']
    """
    kept = sympy.Eq((T + t) * (A - x), T * A)
    (result,) = sympy.solve(kept, x)
    return Derivation(
        "What a stake brings",
        (
            Step("The rule", sympy.Eq(k, formulas.invariant(T, A)), "A trade keeps the product."),
            Step("After the trade", kept, "t TAO went in, x alpha came out, the product is kept."),
            Step("Solve for what comes out", sympy.Eq(x, result), "One unknown, one equation."),
        ),
        result,
        formulas.amount_out(T, A, t),
    )


def unstake() -> Derivation:
    """x = T a / (A + a): the same equation with the two reserves changed over."""
    kept = sympy.Eq((A + a) * (T - x), T * A)
    (result,) = sympy.solve(kept, x)
    return Derivation(
        "What an unstake brings",
        (
            Step("After the trade", kept, "Now alpha goes in and TAO comes out."),
            Step("Solve for what comes out", sympy.Eq(x, result), "T and A have changed places."),
        ),
        result,
        formulas.amount_out(A, T, a),
    )


def price() -> Derivation:
    """p = T / A: the price of the first, smallest piece of alpha, by differentiation."""
    received = formulas.amount_out(T, A, t)
    rate = sympy.factor(sympy.diff(received, t))
    first = rate.subs(t, 0)
    result = sympy.simplify(1 / first)
    return Derivation(
        "The price of the first piece",
        (
            Step("What t TAO bring", sympy.Eq(x, received), "The formula derived before."),
            Step(
                "Alpha per TAO, at each moment of the trade",
                sympy.Eq(sympy.Derivative(x, t), rate),
                "The derivative asks: how much more alpha for a little more TAO?",
            ),
            Step(
                "At the start of the trade",
                sympy.Eq(sympy.Derivative(x, t).subs(t, 0), first, evaluate=False),
                "t = 0: nothing has moved yet.",
            ),
            Step(
                "Turn it upside down",
                sympy.Eq(p, result),
                "Alpha per TAO becomes TAO per alpha, which is what a price says.",
            ),
        ),
        result,
        formulas.price(T, A),
    )


def average_price() -> Derivation:
    """average = t / x = p (1 + t / T): the price of a whole stake."""
    received = formulas.amount_out(T, A, t)
    result = sympy.factor(t / received)
    in_price = sympy.Mul(p, 1 + t / T, evaluate=False)
    return Derivation(
        "The average price of a stake",
        (
            Step(
                "TAO paid for alpha received",
                sympy.Eq(sympy.Symbol("average"), result),
                "This is what an average price means.",
            ),
            Step(
                "Written with the spot price",
                sympy.Eq(sympy.Symbol("average"), in_price),
                "p = T / A. The average is above the spot price for every t above 0.",
            ),
        ),
        result,
        formulas.average_price(t, received),
    )


def slippage() -> Derivation:
    """slippage % = 100 t / (T + t): what is missing from the ideal amount."""
    received = formulas.amount_out(T, A, t)
    ideal = formulas.ideal_amount_out(T, A, t)
    missing = sympy.factor(ideal - received)
    result = sympy.factor(100 * missing / ideal)
    word = sympy.Symbol("slippage")
    return Derivation(
        "Slippage",
        (
            Step("The ideal amount", sympy.Eq(sympy.Symbol("ideal"), ideal), "All t at p = T / A."),
            Step("Ideal less received", sympy.Eq(word, missing), "Counted in alpha."),
            Step(
                "In per cent of the ideal amount",
                sympy.Eq(sympy.Symbol("slippage_percent"), result),
                "Only the trade's size against the pool's TAO matters.",
            ),
        ),
        result,
        formulas.slippage_percent(ideal, received),
    )


def price_impact() -> Derivation:
    """impact = (1 + t / T)^2 - 1: how far the spot price has moved after a stake."""
    received = formulas.amount_out(T, A, t)
    after = sympy.factor(formulas.price(T + t, A - received))
    result = sympy.factor(after / formulas.price(T, A)) - 1
    return Derivation(
        "Price impact",
        (
            Step(
                "The price after",
                sympy.Eq(sympy.Symbol("p_after"), after),
                "The new reserves are T + t and A - x.",
            ),
            Step(
                "Against the price before",
                sympy.Eq(sympy.Symbol("impact"), result),
                "The same factor (1 + t/T) as in the average price, but squared.",
            ),
        ),
        result,
        formulas.price_impact(formulas.price(T, A), formulas.price(T + t, A - received)),
    )


def round_trip() -> Derivation:
    """back = t: stake, then unstake at once, without fee and with nobody in between."""
    received = formulas.amount_out(T, A, t)
    back = formulas.amount_out(A - x, T + t, x)
    result = sympy.simplify(back.subs(x, received))
    return Derivation(
        "There and back",
        (
            Step("Stake t", sympy.Eq(x, received), "The pool now holds T + t and A - x."),
            Step(
                "Unstake all of x",
                sympy.Eq(sympy.Symbol("back"), back),
                "The same formula from the other side; the alpha reserve A - x + x is A again.",
            ),
            Step(
                "Put in x",
                sympy.Eq(sympy.Symbol("back"), result),
                "The curve is the same on the way back: slippage is not lost twice.",
            ),
        ),
        result,
        formulas.amount_in(T, A, received),
    )


def splitting() -> Derivation:
    """x1 + x2 = x(t1 + t2): an order in two parts, nobody in between, brings the same."""
    one = formulas.amount_out(T, A, t1)
    two = formulas.amount_out(T + t1, A - one, t2)
    result = sympy.factor(one + two)
    return Derivation(
        "One order in two parts",
        (
            Step("First part", sympy.Eq(sympy.Symbol("x_1"), one), "From T and A."),
            Step(
                "Second part",
                sympy.Eq(sympy.Symbol("x_2"), sympy.factor(two)),
                "From the reserves that the first part left.",
            ),
            Step(
                "Together",
                sympy.Eq(sympy.Symbol("x_1 + x_2"), result),
                "What one order of t1 + t2 brings.",
            ),
        ),
        result,
        formulas.amount_out(T, A, t1 + t2),
    )


def limit_price() -> Derivation:
    """t = T (sqrt(L / p) - 1): the stake after which the spot price is L."""
    after = sympy.factor(formulas.price(T + t, A - formulas.amount_out(T, A, t)))
    (result,) = sympy.solve(sympy.Eq(after, L), t)
    inside = sympy.Mul(T, sympy.sqrt(L / p) - 1, evaluate=False)
    return Derivation(
        "The largest stake below a limit price",
        (
            Step("The price after a stake", sympy.Eq(L, after), "It may rise to L and no further."),
            Step("Solve for t", sympy.Eq(t, result), "The positive one of two solutions."),
            Step("Written with the spot price", sympy.Eq(t, inside), "A = T / p."),
        ),
        result,
        # max(..., 0): the engine's formula says 0 where L is below the price. Here L is above it.
        next(term for term in formulas.limit_spot_stake(T, A, L).args if term != 0),
    )


def injection() -> Derivation:
    """(T + t) / (A + t / p) = p: TAO and alpha that enter at the price leave it as it is."""
    spot = formulas.price(T, A)
    after = formulas.price(T + t, A + t / spot)
    result = sympy.simplify(after)
    return Derivation(
        "An injection that keeps the price",
        (
            Step("The price after", sympy.Eq(sympy.Symbol("p_after"), after), "t TAO, t/p alpha."),
            Step("Simplify", sympy.Eq(sympy.Symbol("p_after"), result), "Depth grew, p did not."),
        ),
        result,
        spot,
    )


def _plain(equation: sympy.Basic) -> str:
    if isinstance(equation, sympy.Equality):
        return f"{equation.lhs} = {equation.rhs}"
    return str(equation)
