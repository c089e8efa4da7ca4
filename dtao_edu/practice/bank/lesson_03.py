"""Exercises of lesson 03, two tokens, three balances."""

from __future__ import annotations

from typing import Any

from dtao_edu.engine import formulas
from dtao_edu.engine.pool import Pool
from dtao_edu.practice.bank.lesson_03_why import MOVE
from dtao_edu.practice.bank.real_data import draw_pool
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion, TableQuestion
from dtao_edu.practice.misconceptions import trades
from dtao_edu.practice.text import show


def _pool(g: Given) -> Pool:
    return Pool(g.tao_in, g.alpha_in, g.alpha_out)


def _worth(g: Given, answer: float) -> str:
    """Tell what the answer would mean for all alpha in the pool, which can be looked up."""
    return (
        f"At {show(answer)} TAO an alpha, the {show(g.alpha_in)} alpha in the pool would be worth "
        f"{show(answer * g.alpha_in)} TAO. The pool holds {show(g.tao_in)} TAO against them."
    )


PRICE = Exercise(
    id="03.1",
    title="The price of a real pool",
    question=NumberQuestion("TAO per alpha", digits=4),
    objective="read the price from the three balances",
    needs=("tao_in", "alpha_in", "alpha_out", "price"),
    real=True,
    draw=draw_pool,
    text="On 17 April 2025 subnet {netuid} had tao_in {tao_in}, alpha_in {alpha_in} and alpha_out "
    "{alpha_out}. What was the price, in TAO for one alpha?",
    right=lambda g: _pool(g).price,
    misconceptions=(
        Misconception(
            "divided by all alpha",
            lambda g: g.tao_in / (g.alpha_in + g.alpha_out),
            lambda g, answer: (
                "You divided by all alpha; alpha_out is stake on hotkeys, not in the pool. "
                + _worth(g, answer)
            ),
        ),
        Misconception(
            "divided by alpha_out",
            lambda g: g.tao_in / g.alpha_out,
            lambda g, answer: "You divided by the alpha of the holders. " + _worth(g, answer),
        ),
    ),
    consequence=_worth,
    hints=(
        "Two of the three balances are in the pool. Only they can be in the price.",
        "TAO for one alpha: which of the two is divided by which?",
    ),
    solution="The price is tao_in / alpha_in = {tao_in} / {alpha_in} = {answer}.",
    code="answer = Pool(g.tao_in, g.alpha_in, g.alpha_out).price",
    further="alpha_out can change by any amount without moving the price, until somebody sells.",
)


def _after(g: Given) -> list[float]:
    pool = _pool(g).stake(g.tao).after
    return [float(pool.tao_in), float(pool.alpha_in), float(pool.alpha_out)]


def _books(g: Given, answer: Any) -> str:
    """Tell what the answer does to the sum of all alpha and of all TAO."""
    alpha = answer["alpha_in"] + answer["alpha_out"]
    balanced = abs(alpha - g.alpha_in - g.alpha_out) <= 1e-5 * alpha
    paid = abs(answer["tao_in"] - g.tao_in - g.tao) <= 1e-5 * g.tao_in
    if balanced and paid:
        return (
            "In your books nothing is made and nothing lost, but the amount is not the pool's: the "
            f"product of its reserves would go from {show(g.tao_in * g.alpha_in)} to "
            f"{show(answer['tao_in'] * answer['alpha_in'])}."
        )
    return (
        f"In your books there are {show(alpha, 9)} alpha after the stake; before it there were "
        f"{show(g.alpha_in + g.alpha_out, 9)}. And the pool went from {show(g.tao_in, 9)} to "
        f"{show(answer['tao_in'], 9)} TAO while somebody paid {show(g.tao)}."
    )


def _spot(g: Given) -> float:
    return float(g.tao / _pool(g).price)


BALANCES = Exercise(
    id="03.2",
    title="Three balances after a stake",
    question=TableQuestion(
        ("tao_in", "alpha_in", "alpha_out"), units_by_row=("TAO", "alpha", "alpha"), digits=6
    ),
    objective="book a stake so that the books balance",
    needs=("staking", "tao_in", "alpha_in", "alpha_out"),
    draw=lambda draw: {
        "tao_in": draw.number(2000, 9000),
        "alpha_in": draw.number(60000, 200000),
        "alpha_out": draw.number(210000, 600000),
        "tao": draw.whole(300, 900, 50),
    },
    text="A subnet has tao_in {tao_in}, alpha_in {alpha_in}, alpha_out {alpha_out}. Omar stakes "
    "{tao} TAO; nothing is taken off. Give the three balances afterwards.",
    right=_after,
    misconceptions=(
        Misconception(
            "the alpha created, not moved",
            lambda g: [g.tao_in + g.tao, g.alpha_in, _after(g)[2]],
            lambda g, answer: (
                "You gave Omar his alpha and took it from nowhere. " + _books(g, answer)
            ),
        ),
        Misconception(
            "the holders forgotten",
            lambda g: [*_after(g)[:2], g.alpha_out],
            lambda g, answer: "Alpha left the pool, and nobody has it now. " + _books(g, answer),
        ),
        Misconception(
            "the alpha put back into the pool",
            lambda g: [
                g.tao_in + g.tao,
                2 * g.alpha_in - _after(g)[1],
                g.alpha_out - (g.alpha_in - _after(g)[1]),
            ],
            lambda g, answer: (
                f"In your books the holders had {show(g.alpha_out)} alpha and now have "
                f"{show(answer['alpha_out'])}: the stake cost them alpha. That is an unstake."
            ),
        ),
        Misconception(
            "the price before for the whole trade",
            lambda g: [g.tao_in + g.tao, g.alpha_in - _spot(g), g.alpha_out + _spot(g)],
            lambda g, answer: (
                "The sums are right, but the amount is not the pool's: the product of its "
                f"reserves would go from {show(g.tao_in * g.alpha_in)} to "
                f"{show(answer['tao_in'] * answer['alpha_in'])}."
            ),
        ),
    ),
    consequence=_books,
    hints=(
        "Follow each token from where it was to where it is. Nothing is made and nothing is lost.",
        "The TAO goes into the pool. The same alpha that leaves the pool arrives with holders.",
    ),
    solution="tao_in rises by what was paid. `Pool(...).stake(tao)` says how much alpha leaves the "
    "pool; alpha_in falls and alpha_out rises by that one amount: {answer}.",
    code="""
after = Pool(g.tao_in, g.alpha_in, g.alpha_out).stake(g.tao).after
answer = {"tao_in": after.tao_in, "alpha_in": after.alpha_in, "alpha_out": after.alpha_out}""",
    further="The sum of alpha_in and alpha_out is the alpha issuance; a trade never changes it.",
)


def _all_out(g: Given, answer: float) -> str:
    return (
        f"A pool that held {show(g.tao_in)} TAO would pay {show(answer)} of them. With all "
        f"{show(g.alpha_in + g.alpha_out)} alpha in it, the product of its reserves would then be "
        f"{show((g.tao_in - answer) * (g.alpha_in + g.alpha_out))}; it was "
        f"{show(g.tao_in * g.alpha_in)}."
    )


EVERYONE = Exercise(
    id="03.3",
    title="When all holders leave",
    question=NumberQuestion("TAO", digits=5),
    objective="tell market value from what a pool can pay",
    needs=("market value", "unstaking", "alpha_out"),
    real=True,
    draw=draw_pool,
    text="On 17 April 2025 subnet {netuid} had tao_in {tao_in}, alpha_in {alpha_in} and alpha_out "
    "{alpha_out}. All holders unstake everything, without a fee. How many TAO do they receive "
    "together?",
    right=lambda g: _pool(g).unstake(g.alpha_out).received,
    misconceptions=(
        Misconception(
            "the market value",
            lambda g: _pool(g).price * g.alpha_out,
            lambda g, answer: (
                "You multiplied all alpha by today's price. " + _all_out(g, answer) + " And the "
                "price would fall with every alpha sold."
            ),
        ),
        Misconception(
            "all TAO in the pool",
            lambda g: g.tao_in,
            lambda g, answer: (
                _all_out(g, answer) + " No pool can be emptied of one of its two tokens."
            ),
        ),
        Misconception(
            "a part of the TAO as large as their part of all alpha, taken twice",
            lambda g: g.tao_in * (g.alpha_out / (g.alpha_in + g.alpha_out)) ** 2,
            lambda g, answer: _all_out(g, answer) + " Their part of all alpha counts once.",
        ),
    ),
    consequence=_all_out,
    hints=(
        "It is one unstake like any other, only a large one. The order of the holders does not "
        "matter for the sum.",
        "Afterwards all alpha is in the pool. How much TAO is left, if the product stays?",
    ),
    solution="One unstake of alpha_out: `Pool(...).unstake(alpha_out).received` = {answer}. It is "
    "tao_in times alpha_out over all alpha.",
    code="answer = Pool(g.tao_in, g.alpha_in, g.alpha_out).unstake(g.alpha_out).received",
    further="So market value is a number for comparing subnets; it is not a sum that anyone could "
    "receive.",
)


def _issuance(g: Given, answer: float) -> str:
    return (
        f"If all alpha were {show(answer, 9)}, {show(answer - g.alpha_in, 9)} would be with "
        f"holders beside the {show(g.alpha_in, 9)} in the pool; the ledger says alpha_out is "
        f"{show(g.alpha_out, 9)}."
    )


ISSUANCE = Exercise(
    id="03.4",
    title="All alpha after an unstake",
    question=NumberQuestion("alpha", digits=7),
    objective="say what a trade does to alpha issuance",
    needs=("alpha issuance", "unstaking"),
    real=True,
    why=True,
    draw=lambda draw: (lambda row: {**row, "alpha": round(row["alpha_out"] / 8)})(draw_pool(draw)),
    text="On 17 April 2025 subnet {netuid} had tao_in {tao_in}, alpha_in {alpha_in} and alpha_out "
    "{alpha_out}. A holder unstakes {alpha} alpha. How large is the alpha issuance right after "
    "that?",
    right=lambda g: _pool(g).unstake(g.alpha).after.alpha_issuance,
    misconceptions=(
        Misconception(
            "unstaked alpha destroyed",
            lambda g: g.alpha_in + g.alpha_out - g.alpha,
            lambda g, answer: (
                f"You took {show(g.alpha)} alpha out of the world. Look into the pool: it now "
                f"holds {show(g.alpha_in + g.alpha)} alpha."
            ),
        ),
        Misconception(
            "unstaked alpha counted twice",
            lambda g: g.alpha_in + g.alpha_out + g.alpha,
            lambda g, answer: (
                f"You counted {show(g.alpha)} alpha in the pool and with the holder. "
                + _issuance(g, answer)
            ),
        ),
        Misconception(
            "the pool alone",
            lambda g: g.alpha_in + g.alpha,
            lambda g, answer: (
                "That is the pool after the trade. The other holders still have "
                f"{show(g.alpha_out - g.alpha)} alpha."
            ),
        ),
        Misconception(
            "the holders alone",
            lambda g: g.alpha_out,
            lambda g, answer: (
                f"That leaves out the pool, which held {show(g.alpha_in)} alpha even before."
            ),
        ),
    ),
    consequence=_issuance,
    hints=(
        "Where was the unstaked alpha before, and where is it now? Is either place outside the "
        "count?",
        "Alpha issuance counts the pool and the holders.",
    ),
    solution="The alpha moves from holders to the pool; both are counted. So the issuance is what "
    "it was: alpha_in + alpha_out = {answer}.",
    code="answer = Pool(g.tao_in, g.alpha_in, g.alpha_out).unstake(g.alpha).after.alpha_issuance",
    further="Only emission makes alpha, up to two a block at the start of a subnet (lesson 06).",
)


def _worth_now(g: Given) -> float:
    return float(formulas.value(g.alpha, _pool(g).price))


def _worth_then(g: Given) -> float:
    return float(formulas.value(g.alpha, _pool(g).stake(g.tao).after.price))


HOLDER = Exercise(
    id="03.6",
    title="A stake in TAO",
    question=TableQuestion(("before", "after"), unit="TAO", digits=5),
    objective="say what others' trades do to a stake",
    needs=("price", "staking", "alpha"),
    draw=lambda draw: {
        "tao_in": draw.number(2000, 9000),
        "alpha_in": draw.number(60000, 200000),
        "alpha_out": draw.number(210000, 600000),
        "alpha": draw.whole(500, 5000, 100),
        "tao": draw.whole(300, 1500, 50),
    },
    text="A subnet has tao_in {tao_in}, alpha_in {alpha_in} and alpha_out {alpha_out}. Hana holds "
    "{alpha} alpha. Somebody else stakes {tao} TAO. What is her alpha worth at the "
    "pool's price before and after that, in TAO?",
    right=lambda g: [
        _worth_now(g),
        float(formulas.value(g.alpha, _pool(g).stake(g.tao).after.price)),
    ],
    misconceptions=(
        Misconception(
            "a stake worth what it was",
            lambda g: [_worth_now(g), _worth_now(g)],
            lambda g, answer: (
                f"Her {show(g.alpha)} alpha stay {show(g.alpha)} alpha. But the pool now holds "
                f"{show(g.tao_in + g.tao)} TAO and less alpha than before: ask it for its price."
            ),
        ),
        Misconception(
            "the new TAO shared among the holders",
            lambda g: [_worth_now(g), _worth_now(g) + g.tao * g.alpha / g.alpha_out],
            lambda g, answer: (
                f"You gave Hana {show(answer['after'] - answer['before'])} TAO of the "
                f"{show(g.tao)}. All of them are in the pool: tao_in is {show(g.tao_in + g.tao)}."
            ),
        ),
        trades.TAO_RESERVE_ONLY.but(
            lambda g: [_worth_now(g), g.alpha * (g.tao_in + g.tao) / g.alpha_in],
            lambda g, answer: (
                f"Your price after is {show(answer['after'] / g.alpha)}: with alpha_in as before. "
                f"Whoever staked received alpha; it came from the {show(g.alpha_in)} in the pool."
            ),
        ),
        Misconception(
            "the price down, not up",
            lambda g: [
                _worth_now(g),
                g.alpha * _pool(g).price ** 2 / _pool(g).stake(g.tao).after.price,
            ],
            lambda g, answer: (
                "In your books the price falls when somebody buys. The pool now has "
                f"{show(g.tao_in + g.tao)} TAO, and less than its {show(g.alpha_in)} alpha."
            ),
        ),
    ),
    hints=(
        "How much alpha Hana holds does not change. What one alpha is worth does.",
        "`Pool(...).stake(g.tao).after.price` is the price after the stranger's trade.",
    ),
    solution="Worth at the spot price is alpha times price. Before: `alpha * pool.price`. After: "
    "the same alpha times the price of the pool after the stake. {answer}.",
    code="""
pool = Pool(g.tao_in, g.alpha_in, g.alpha_out)
answer = {
    "before": g.alpha * pool.price,
    "after": g.alpha * pool.stake(g.tao).after.price,
}""",
    further="If Hana unstaked it all, she would get less than the second number: her own sale "
    "moves the price (lesson 05).",
)


def _draw_balances(draw: Draw) -> dict[str, Any]:
    """Draw a pool alone: no stake that nobody asks about."""
    return {name: value for name, value in draw_pool(draw).items() if name != "tao"}


def _draw_sale(draw: Draw) -> dict[str, Any]:
    row = _draw_balances(draw)
    return {**row, "alpha": round(row["alpha_out"] / 8)}


EXERCISES = (
    PRICE.renewed(draw=_draw_balances),
    BALANCES,
    EVERYONE.renewed(draw=_draw_balances),
    ISSUANCE.renewed(draw=_draw_sale),
    MOVE,
    HOLDER,
)
