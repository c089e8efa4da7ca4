"""The letters of the derivations, and what a derivation is made of: steps and a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import EllipsisType

import sympy

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import refuse

T, A, t, a, x, k, p, L = sympy.symbols("T A t a x k p L", positive=True)
t1, t2 = sympy.symbols("t_1 t_2", positive=True)
AVERAGE, IDEAL, SLIPPAGE, PERCENT, IMPACT, BACK, AFTER, X1, X2, BOTH = (
    sympy.Symbol(name)
    for name in (
        "average", "ideal", "slippage", "slippage_percent", "impact", "back", "p_after",
        "x_1", "x_2", "x_1 + x_2",
    )
)  # fmt: skip
_WORDS = {
    AVERAGE: r"\text{average}",
    IDEAL: r"\text{ideal}",
    SLIPPAGE: r"\text{slippage}",
    PERCENT: r"\text{slippage in \%}",
    IMPACT: r"\text{impact}",
    BACK: r"\text{back}",
    AFTER: r"p_\text{after}",
    BOTH: "x_1 + x_2",
}


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
        Why it may be done, in a sentence. Formulas in it, and in the title, stand between dollar
        signs.
    """

    title: str
    equation: sympy.Basic
    reason: str

    @property
    def latex(self) -> str:
        """Return the equation as LaTeX."""
        return str(sympy.latex(self.equation, symbol_names=_WORDS, order="none"))

    def __repr__(self) -> str:
        line = f"{self.title}: {_plain(self.equation)}  ({self.reason})"
        return line.replace("$", "")

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
        >>> from dtao_edu.derivation import amount_out
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

    def check(self, line: sympy.Expr | EllipsisType, *, step: int | None = None) -> Line:
        """Hold a line of one's own against a step: both must be worth the same at chosen numbers.

        Parameters
        ----------
        line : sympy.Expr or ...
            The right side, in the letters of the derivations (T, A, t, x, p, L, all above 0) or
            in letters of one's own with the same names; three dots for a line not written yet.
        step : int, optional
            Counted from 1; the last line if left out.

        Returns
        -------
        Line
            What to say; true where the line is right.

        Raises
        ------
        InputError
            If the line is no formula, has other letters, or there is no such step.

        Examples
        --------
        >>> from dtao_edu.derivation import A, T, price
        >>> price().check(A / T)
        Not yet. With T = 10, A = 100, t = 2, x = 16.667, p = 0.1, L = 0.2: yours is 10, the line \
is 0.1.
        >>> bool(price().check(T / A))
        True
        """
        if line is ...:
            return Line("Put your line in place of the three dots.", right=False)
        if step is not None and not 1 <= step <= len(self.steps):
            refuse("step", step, f"1 to {len(self.steps)}")
        goal = self.steps[(step or len(self.steps)) - 1]
        return _compared(line, goal)

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


@dataclass(frozen=True)
class Line:
    """What :meth:`Derivation.check` says of a line; true where the line is right."""

    words: str
    right: bool

    def __bool__(self) -> bool:
        return self.right

    def __repr__(self) -> str:
        return self.words


# Reserves and a stake; what comes out, the price and a limit follow.
_POOLS = ((10, 100, 2), (15, 7, 4), (3, 50, 11))


def _compared(line: sympy.Expr, goal: Step) -> Line:
    try:
        formula = sympy.sympify(line)
        letters = {str(letter) for letter in formula.free_symbols}
    except (sympy.SympifyError, AttributeError, TypeError):
        refuse("line", line, "a formula, as T / A")
    known = {"T", "A", "t", "x", "p", "L"}
    if not letters <= known:
        refuse("line", line, f"a formula in the letters {', '.join(sorted(known))} alone")
    if formula.has(sympy.Integral, sympy.Sum, sympy.Derivative, sympy.Limit):
        refuse("line", line, "a formula without an integral, a sum or a derivative left to do")
    right = goal.equation.rhs
    for tao_in, alpha_in, tao in _POOLS:
        worth = _worths(tao_in, alpha_in, tao)
        yours, expected = (_put_in(side, worth) for side in (formula, right))
        if abs(yours - expected) > 1e-9 * abs(expected):
            shown = ", ".join(f"{name} = {value:.5g}" for name, value in worth.items())
            return Line(
                f"Not yet. With {shown}: yours is {_told(yours)}, the line is {_told(expected)}.",
                False,
            )
    return Line(f"Right. {goal.reason}", True)


def _worths(tao_in: float, alpha_in: float, tao: float) -> dict[str, float]:
    price = formulas.price(tao_in, alpha_in)
    received = formulas.amount_out(tao_in, alpha_in, tao)
    return {"T": tao_in, "A": alpha_in, "t": tao, "x": received, "p": price, "L": 2 * price}


def _put_in(formula: sympy.Expr, worth: dict[str, float]) -> complex:
    """Find what a formula is worth, whoever made its letters."""
    return complex(formula.subs({s: worth[str(s)] for s in formula.free_symbols}).evalf())


def _told(worth: complex) -> str:
    return f"{worth:.5g}" if worth.imag else f"{worth.real:.5g}"


def _plain(equation: sympy.Basic) -> str:
    if isinstance(equation, sympy.Equality):
        return f"{equation.lhs} = {equation.rhs}"
    return str(equation)
