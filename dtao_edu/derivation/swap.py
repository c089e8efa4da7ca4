"""The derivations of the swap: each starts at the rule and ends at the engine's formula."""

from __future__ import annotations

import sympy

from dtao_edu.derivation.steps import (
    AFTER,
    AVERAGE,
    BACK,
    BOTH,
    IDEAL,
    IMPACT,
    PERCENT,
    SLIPPAGE,
    X1,
    X2,
    A,
    Derivation,
    L,
    Step,
    T,
    a,
    k,
    p,
    t,
    t1,
    t2,
    x,
)
from dtao_edu.engine import formulas


def amount_out() -> Derivation:
    """x = A t / (T + t), from the invariant alone.

    Examples
    --------
    >>> [step.title for step in amount_out()]
    ['The rule', 'After the trade', 'What is left in the pool', 'What came out', 'Subtracted']
    """
    kept = sympy.Eq((T + t) * (A - x), formulas.invariant(T, A))
    (result,) = sympy.solve(kept, x)
    left = sympy.Eq(A - x, kept.rhs / (T + t))
    over_one = sympy.Mul(
        sympy.Add(sympy.Mul(A, T + t, evaluate=False), -A * T, evaluate=False),
        1 / (T + t),
        evaluate=False,
    )
    return Derivation(
        "What a stake brings",
        (
            Step("The rule", sympy.Eq(k, formulas.invariant(T, A)), "A trade keeps the product."),
            Step(
                "After the trade", kept, "$t$ TAO went in, $x$ alpha came out, the product is kept."
            ),
            Step("What is left in the pool", left, "Both sides divided by $T + t$."),
            Step(
                "What came out",
                sympy.Eq(x, over_one, evaluate=False),
                "$A$ minus what is left, over one denominator.",
            ),
            Step("Subtracted", sympy.Eq(x, result), "$A T$ falls out."),
        ),
        result,
        formulas.amount_out(T, A, t),
    )


def unstake() -> Derivation:
    """x = T a / (A + a): the same equation with the two reserves changed over."""
    kept = sympy.Eq((A + a) * (T - x), formulas.invariant(T, A))
    (result,) = sympy.solve(kept, x)
    return Derivation(
        "What an unstake brings",
        (
            Step("After the trade", kept, "Now alpha goes in and TAO comes out."),
            Step(
                "Solve for what comes out", sympy.Eq(x, result), "$T$ and $A$ have changed places."
            ),
        ),
        result,
        formulas.amount_out(A, T, a),
    )


def price() -> Derivation:
    """p = T / A: the price of the first, smallest piece of alpha, by differentiation."""
    received = formulas.amount_out(T, A, t)
    above, below = A * t, T + t
    quotient = sympy.Mul(
        sympy.Add(
            sympy.Mul(sympy.diff(above, t), below, evaluate=False),
            -above * sympy.diff(below, t),
            evaluate=False,
        ),
        below**-2,
        evaluate=False,
    )
    rate = sympy.factor(sympy.diff(received, t))
    first = rate.subs(t, 0)
    result = sympy.simplify(1 / first)
    return Derivation(
        "The price of the first piece",
        (
            Step("What $t$ TAO bring", sympy.Eq(x, received), "The formula derived before."),
            Step(
                "Alpha per TAO, at each moment of the trade",
                sympy.Eq(sympy.Derivative(x, t), quotient, evaluate=False),
                "The derivative asks: how much more alpha for a little more TAO? By the quotient "
                "rule: the slope of $A t$ is $A$, the slope of $T + t$ is 1.",
            ),
            Step("Subtracted", sympy.Eq(sympy.Derivative(x, t), rate), "$A t$ falls out."),
            Step(
                "At the start of the trade",
                sympy.Eq(sympy.Derivative(x, t).subs(t, 0), first, evaluate=False),
                "$t = 0$: nothing has moved yet.",
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
    turned = sympy.Mul(t, T + t, 1 / A, 1 / t, evaluate=False)
    in_price = sympy.Mul(p, 1 + t / T, evaluate=False)
    return Derivation(
        "The average price of a stake",
        (
            Step(
                "TAO paid for alpha received",
                sympy.Eq(AVERAGE, t / x),
                "This is what an average price means.",
            ),
            Step(
                "Put in what $x$ is",
                sympy.Eq(AVERAGE, turned, evaluate=False),
                "To divide by a fraction, multiply by it upside down.",
            ),
            Step("Shortened", sympy.Eq(AVERAGE, result), "$t$ falls out."),
            Step(
                "Written with the spot price",
                sympy.Eq(AVERAGE, in_price),
                "$p = T / A$. The average is above the spot price for every $t$ above 0.",
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
    return Derivation(
        "Slippage",
        (
            Step(
                "The ideal amount",
                sympy.Eq(IDEAL, ideal),
                "All of $t$ at the spot price, $p = T / A$.",
            ),
            Step("Ideal minus received", sympy.Eq(SLIPPAGE, missing), "Counted in alpha."),
            Step(
                "In percent of the ideal amount",
                sympy.Eq(PERCENT, result),
                "$A$ falls out: only the TAO paid against the pool's TAO matters.",
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
    reserves = formulas.price(T + t, A - x)
    squared = sympy.Add(sympy.Pow(1 + t / T, 2), -1, evaluate=False)
    return Derivation(
        "Price impact",
        (
            Step(
                "The price after",
                sympy.Eq(AFTER, reserves),
                "The new reserves are $T + t$ and $A - x$.",
            ),
            Step(
                "Without $x$",
                sympy.Eq(AFTER, after),
                "What is left in the pool, $A - x$, is $A T / (T + t)$.",
            ),
            Step(
                "Against the price before",
                sympy.Eq(IMPACT, squared),
                "The factor of the average price, $1 + t / T$, comes twice: it is squared.",
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
            Step("Stake $t$", sympy.Eq(x, received), "The pool now holds $T + t$ and $A - x$."),
            Step(
                "Unstake all of $x$",
                sympy.Eq(BACK, back),
                "The same formula from the other side; $A - x + x$ alpha are $A$ again.",
            ),
            Step(
                "Put in what $x$ is",
                sympy.Eq(BACK, result),
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
            Step("First part", sympy.Eq(X1, one), "From $T$ and $A$."),
            Step(
                "Second part",
                sympy.Eq(X2, sympy.factor(two)),
                "From the reserves that the first part left.",
            ),
            Step(
                "Together",
                sympy.Eq(BOTH, result),
                "What one order of $t_1 + t_2$ brings.",
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
            Step(
                "The price after a stake", sympy.Eq(L, after), "It may rise to $L$ and no further."
            ),
            Step("Solve for $t$", sympy.Eq(t, result), "The positive one of two solutions."),
            Step("Written with the spot price", sympy.Eq(t, inside), "$A = T / p$."),
        ),
        result,
        # max(..., 0): the engine's formula says 0 where L is below the price. Here L is above it.
        next(term for term in formulas.limit_spot(T, formulas.price(T, A), L).args if term != 0),
    )


def injection() -> Derivation:
    """(T + t) / (A + t / p) = p: TAO and alpha that enter at the price leave it as it is."""
    spot = formulas.price(T, A)
    after = formulas.price(T + t, A + t / spot)
    result = sympy.simplify(after)
    return Derivation(
        "An injection that keeps the price",
        (
            Step("The price after", sympy.Eq(AFTER, after), "$t$ TAO and $t / p$ alpha enter."),
            Step("Simplify", sympy.Eq(AFTER, result), "Depth grew, $p$ did not."),
        ),
        result,
        spot,
    )
