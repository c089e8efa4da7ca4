"""The letters of the derivations, and what a derivation is made of: steps and a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy

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


def _plain(equation: sympy.Basic) -> str:
    if isinstance(equation, sympy.Equality):
        return f"{equation.lhs} = {equation.rhs}"
    return str(equation)
