"""Exercises of lesson 14, your stake today: questions that holders ask in public."""

from __future__ import annotations

from functools import cache
from typing import Any

from dtao_edu.engine import emission, formulas
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.units import BLOCKS_PER_DAY
from dtao_edu.practice.bank.lesson_14_why import CHILD, SHIELD
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion, TableQuestion
from dtao_edu.practice.text import show


def _tao_yield(g: Given) -> float:
    grown = formulas.value(1 + g.grown / 100, g.price / 100)
    return float(100 * (grown - 1))


def _hundred(g: Given, percent: float) -> str:
    """Tell what a hundred TAO would come to, and what the price alone makes of the alpha."""
    return (
        f"By your {show(percent, 4)} %, 100 TAO come to {show(100 + percent, 4)} TAO. Check it: if "
        f"an alpha cost 1 TAO at the start, you would hold {show(100 + g.grown, 4)} alpha at the "
        f"end, and each is worth {show(g.price / 100, 4)} TAO."
    )


YIELD = Exercise(
    id="14.1",
    title="Two yields",
    question=NumberQuestion("%", decimals=1),
    objective="turn a yield in alpha into a yield in TAO",
    needs=("stake", "price", "dividend"),
    draw=lambda draw: {"grown": draw.whole(12, 45), "price": draw.whole(45, 85)},
    text="In a year your alpha has become {grown} % more by dividends. The price of an alpha ends "
    "at {price} % of what it was. Leave fee and slippage out. What is your yield of the year in "
    "TAO, in percent? A loss is below 0.",
    right=_tao_yield,
    misconceptions=(
        Misconception(
            "the yield in alpha read as TAO",
            lambda g: float(g.grown),
            _hundred,
        ),
        Misconception(
            "yield and price added",
            lambda g: float(g.grown + g.price - 100),
            lambda g, answer: (
                f"{_hundred(g, answer)} Adding takes the fall of the price from your first alpha "
                "only; what you earned fell as well."
            ),
        ),
        Misconception(
            "the dividends forgotten",
            lambda g: float(g.price - 100),
            _hundred,
        ),
    ),
    consequence=_hundred,
    hints=(
        "How many alpha do you hold at the end, for each one of the start?",
        "Alpha at the end times what one of them is worth at the end.",
    ),
    solution="1.00 alpha became (100 + {grown}) / 100, each worth {price} / 100 of before: "
    "multiply the two and take 1 off. {answer}",
    code="answer = 100 * ((1 + g.grown / 100) * g.price / 100 - 1)",
    further="A page that lists a yield lists it in alpha. What an alpha will be worth it does not "
    "know.",
)


def _listed(g: Given, *, part: float | None = None, take: bool = True, root: bool = True) -> float:
    """Ask the engine for the listed yield, in percent, with something left out."""
    split = emission.split(1.0, 0.0)
    alpha = BLOCKS_PER_DAY * (float(split.validators) if part is None else part)
    daily = float(formulas.validator_yield(alpha, g.r / 100 if root else 0.0, float(g.staked)))
    if take:
        daily -= float(formulas.validator_take(daily, g.take / 100))
    return 36_500 * daily


def _all_of_them(g: Given, answer: float) -> str:
    """Tell how many alpha all holders would get in a day by an answer, against those minted."""
    return (
        f"By your {show(answer, 4)} % all {g.staked:,} alpha together would earn "
        f"{show(answer / 36_500 * g.staked, 4)} alpha a day. A day mints 7,200; the owner cut is "
        "taken off, and half of the rest is the validators'."
    )


LISTED = Exercise(
    id="14.2",
    title="The yield that is listed",
    question=NumberQuestion("%", digits=3),
    objective="compute the yield that a page lists, and say what it leaves out",
    needs=("dividend", "root proportion", "take", "dilution"),
    draw=lambda draw: {
        "staked": draw.whole(12, 36) * 100_000,
        "r": draw.whole(12, 30),
        "take": draw.whole(8, 18),
    },
    text="A subnet mints 1 alpha a block for its people. {staked} alpha are staked, root's "
    "proportion is {r} %, your validator takes {take} % of dividends. What yield a year is listed: "
    "the first day's dividends, after root's part and the take, times 365, in % of the alpha? "
    "(The owner cut is 11796/65535; half of the rest is the validators'.)",
    right=lambda g: _listed(g),
    misconceptions=(
        Misconception(
            "root's part not taken off",
            lambda g: _listed(g, root=False),
            lambda g, answer: (
                f"{_all_of_them(g, answer)} Of those, {g.r} percent are for stake on root and not "
                "for alpha."
            ),
        ),
        Misconception(
            "the take not taken off",
            lambda g: _listed(g, take=False),
            lambda g, answer: (
                f"{_all_of_them(g, answer)} Your validator would have nothing of what it takes."
            ),
        ),
        Misconception(
            "everybody's alpha for stakers alone",
            lambda g: _listed(g, part=1.0),
            lambda g, answer: (
                f"{_all_of_them(g, answer)} Owner and miners are paid from the same alpha."
            ),
        ),
    ),
    consequence=_all_of_them,
    hints=(
        "First a day of the whole subnet: how many of its alpha are for alpha stakers?",
        "What is left after owner, miners, root and the take, over all staked alpha, times 365.",
    ),
    solution="A day's validators' half, less root's part, less the take, over {staked}; times 365. "
    "{answer}",
    code="""
split = dtao_edu.engine.emission.split(7200.0, g.r / 100)
day = split.validators * (1 - g.take / 100) / g.staked
answer = 100 * 365 * day
""",
    further="It holds for the first day only: {staked} alpha will soon be more, and your part of "
    "the dividends less.",
)

PARTS = ("TAO enters", "TAO buys alpha")


@cache
def _capped() -> dict[int, dict[str, Any]]:
    """Give the subnets of 7 August 2026 in which TAO bought alpha, rounded to name them."""
    from dtao_edu import ledger

    found = {}
    for netuid, row in ledger.pools("2026-08-07").trading().items():
        if row.emission is None or not row.paid or not row.excess_tao:
            continue
        figures = {
            "netuid": netuid,
            "price": float(f"{row.price:.3g}"),
            "r": float(f"{row.emission.alpha_in / row.emission.alpha_out:.3g}"),
        }
        found[netuid] = figures
    return found


def _draw_paid(draw: Draw) -> dict[str, Any]:
    """Draw a subnet, and a payment of which so large a part enters."""
    found = _capped()[draw.pick(sorted(_capped()))]
    tao = found["r"] * found["price"] / draw.number(0.25, 0.75)
    return {**found, "tao": float(f"{tao:.3g}")}


def _entered(g: Given, cap: float) -> list[float]:
    alpha = formulas.alpha_injection(g.tao, g.price, cap)
    entered = min(float(formulas.value(alpha, g.price)), g.tao)
    return [entered, g.tao - entered]


def _beside(g: Given, answer: Any) -> str:
    enters, buys = answer[PARTS[0]], answer[PARTS[1]]
    return (
        f"Your {show(enters, 4)} TAO need {show(enters / g.price, 4)} alpha beside them, so that "
        f"the price stays; and {show(enters + buys, 4)} TAO are spent together."
    )


RECEIVES = Exercise(
    id="14.3",
    title="What enters, and what buys",
    question=TableQuestion(PARTS, unit="TAO", digits=3),
    objective="say what of a subnet's emission enters its pool, and what buys alpha",
    needs=("chain buy", "root proportion", "alpha_in"),
    real=True,
    draw=_draw_paid,
    text="On 7 August 2026 the price of subnet {netuid} was {price} TAO, its root proportion {r}, "
    "its alpha emission 1. Suppose it is paid {tao} TAO in a block. By the rules of that day alpha "
    "enters beside the TAO at the price, at most root proportion times alpha emission. How much of "
    "the TAO enters the pool, and how much buys alpha?",
    right=lambda g: _entered(g, g.r),
    misconceptions=(
        Misconception(
            "all of it enters the pool",
            lambda g: [g.tao, 0.0],
            lambda g, answer: f"{_beside(g, answer)} Allowed are {g.r} alpha.",
        ),
        Misconception(
            "root's part as the part of the TAO",
            lambda g: [g.r * g.tao, (1 - g.r) * g.tao],
            lambda g, answer: f"{_beside(g, answer)} The cap is on the alpha, {g.r} of it.",
        ),
        Misconception(
            "entered and bought the other way round",
            lambda g: _entered(g, g.r)[::-1],
            lambda g, answer: f"{_beside(g, answer)} Allowed are {g.r} alpha.",
        ),
    ),
    consequence=_beside,
    hints=(
        "How many alpha may enter in this block?",
        "What are they worth at the price? So much TAO enters with them; the rest buys.",
    ),
    solution="{r} alpha are worth {r} times {price} TAO; so much enters. The rest of {tao} TAO "
    "buys alpha. {answer}",
    code="""
entered = min(g.tao, g.r * g.price)
answer = {"TAO enters": entered, "TAO buys alpha": g.tao - entered}
""",
    further="What buys alpha lifts the price and deepens the pool only on one side.",
)


@cache
def _pools() -> dict[int, dict[str, Any]]:
    """Give pools of 7 August 2026, rounded, in which price and payout differ."""
    from dtao_edu import ledger

    return {
        netuid: {
            "netuid": netuid,
            "tao_in": round(row.tao_in),
            "alpha_in": round(row.alpha_in),
            "alpha_out": round(row.alpha_out),
        }
        for netuid, row in ledger.pools("2026-08-07").trading().items()
        if row.tao_in > 500 and 0.3 < row.alpha_in / row.alpha_out < 0.8
    }


def _draw_removed(draw: Draw) -> dict[str, Any]:
    found = _pools()[draw.pick(sorted(_pools()))]
    return {**found, "alpha": float(f"{found['alpha_out'] * draw.number(0.05, 0.3):.2g}")}


def _to_all(g: Given, answer: float) -> str:
    """Tell what all holders would get by an answer, against what the pool holds."""
    return (
        f"You would get {show(answer, 4)} TAO for {show(g.alpha)} alpha. If all {g.alpha_out:,} "
        f"alpha outside were paid like that, it would take {show(answer * g.alpha_out / g.alpha)} "
        f"TAO. The pool holds {g.tao_in:,}, and all of it is paid out."
    )


REMOVED = Exercise(
    id="14.4",
    title="When the subnet is removed",
    question=NumberQuestion("TAO", digits=4),
    objective="say what alpha brings when its subnet is removed",
    needs=("alpha_out", "tao_in", "price"),
    real=True,
    draw=_draw_removed,
    text="On 7 August 2026 the pool of subnet {netuid} held {tao_in} TAO and {alpha_in} alpha; "
    "{alpha_out} alpha were with holders. Suppose it is removed like this, and you hold {alpha} "
    "alpha. How much TAO do you get?",
    right=lambda g: float(formulas.payout(g.tao_in, g.alpha, g.alpha_out)),
    misconceptions=(
        Misconception(
            "paid at the spot price",
            lambda g: float(formulas.value(g.alpha, formulas.price(g.tao_in, g.alpha_in))),
            _to_all,
        ),
        Misconception(
            "unstaked at the last moment",
            lambda g: float(Pool(g.tao_in, g.alpha_in, g.alpha_out).unstake(g.alpha).received),
            lambda g, answer: (
                f"{_to_all(g, answer)} You took the way through the pool; at a removal nobody "
                "trades any more."
            ),
        ),
        Misconception(
            "shared with the alpha in the pool",
            lambda g: float(formulas.payout(g.tao_in, g.alpha, g.alpha_in + g.alpha_out)),
            lambda g, answer: (
                f"{_to_all(g, answer)} The alpha in the pool belongs to nobody who could be paid."
            ),
        ),
    ),
    consequence=_to_all,
    hints=(
        "Who is paid, and from what?",
        "The pool's TAO is shared among all alpha with holders, by amount.",
    ),
    solution="{tao_in} TAO for {alpha_out} alpha; you hold {alpha} of them. {answer}",
    code="answer = g.tao_in * g.alpha / g.alpha_out",
    further="Payout over price is alpha_in over alpha_out: the less alpha is in the pool, the less "
    "a removal pays of the price.",
)

EXERCISES = (YIELD, LISTED, RECEIVES, REMOVED, CHILD, SHIELD)
