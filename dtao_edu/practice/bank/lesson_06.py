"""Exercises of lesson 06, from prices to emission."""

from __future__ import annotations

from typing import Any

from dtao_edu.engine import emission, formulas
from dtao_edu.engine.pool import Pool
from dtao_edu.practice.bank.lesson_06_why import CAP, HALVED, PAID
from dtao_edu.practice.bank.real_data import spot_prices, trading_pools
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion, TableQuestion
from dtao_edu.practice.text import show


def _draw_price(draw: Draw) -> dict[str, Any]:
    netuid = draw.pick([n for n, price in spot_prices().items() if price > 0.01])
    price = float(f"{spot_prices()[netuid]:.4g}")
    others = float(f"{sum(spot_prices().values()) - spot_prices()[netuid]:.4g}")
    return {"netuid": netuid, "price": price, "others": others, "part": draw.whole(2, 9) / 10}


def _all_shares(g: Given, answer: float) -> str:
    """Tell what all subnets would get if every price were read as this one."""
    return (
        f"Read every price as you read this one, and all subnets together get "
        f"{show(answer / g.price * (g.price + g.others), 4)} TAO of a block that issues {g.part}."
    )


SHARE = Exercise(
    id="06.1",
    title="From a price to pay",
    question=NumberQuestion("TAO", digits=4),
    objective="turn a price into what enters a pool",
    needs=("price share", "block emission", "injection"),
    real=True,
    draw=_draw_price,
    text="On 17 April 2025 the price of subnet {netuid} was {price} TAO; the prices of all other "
    "subnets summed to {others}. Suppose that a block issues {part} TAO and the spot price counts. "
    "How much TAO enters the pool of subnet {netuid}?",
    right=lambda g: formulas.tao_injection(g.part, emission.price_shares([g.price, g.others])[0]),
    misconceptions=(
        Misconception(
            "the price taken for the share",
            lambda g: g.part * g.price,
            lambda g, answer: "You multiplied by the price. " + _all_shares(g, answer),
        ),
        Misconception(
            "measured against the others alone",
            lambda g: g.part * g.price / g.others,
            lambda g, answer: (
                "You left the subnet itself out of the sum. By that rule one of two equal subnets "
                f"would get all of the {g.part} TAO, and so would the other."
            ),
        ),
        Misconception(
            "root's price counted as one more",
            lambda g: g.part * g.price / (g.price + g.others + 1),
            lambda g, answer: (
                "You counted a subnet of price 1. " + _all_shares(g, answer) + " Nobody gets the "
                "rest."
            ),
        ),
    ),
    consequence=_all_shares,
    hints=(
        "The price alone says nothing. What is it a part of?",
        "A share is the price over the sum of all prices. Which two numbers make that sum?",
    ),
    solution="The share is price / (price + others), and the pool gets that part of what the block "
    "issues: {part} TAO times the share = {answer}.",
    code="answer = g.part * dtao_edu.engine.emission.price_shares([g.price, g.others])[0]",
    further="On the chain the smoothed price counts (lesson 07).",
)


def _draw_injection(draw: Draw) -> dict[str, Any]:
    return {
        "price": draw.number(0.02, 0.2),
        "share": draw.whole(5, 15) / 1000,
        "emission": draw.pick((0.5, 1.0)),
    }


def _injected(g: Given) -> list[float]:
    block = emission.injection(g.emission, g.share, g.price, 1.0)
    return [block.tao_in, block.alpha_in]


def _new_price(g: Given, answer: Any) -> str:
    enters = answer["tao_in"] / answer["alpha_in"]
    if abs(enters / g.price - 1) < 1e-3:
        part = 100 * answer["tao_in"] / g.emission
        return (
            f"The two enter at the pool's price, as they should. But by your figures the subnet "
            f"gets {show(part, 4)} % of the {g.emission} TAO that a block issues."
        )
    return (
        f"TAO and alpha would enter at {show(enters, 4)} TAO an alpha into a pool whose price is "
        f"{g.price}: the price would drift block by block."
    )


INJECTION = Exercise(
    id="06.2",
    title="What a block adds to a pool",
    question=TableQuestion(("tao_in", "alpha_in"), units_by_row=("TAO", "alpha"), digits=4),
    objective="compute the injection of a block",
    needs=("injection", "block emission", "alpha_in", "tao_in"),
    draw=_draw_injection,
    text="A block issues {emission} TAO. A subnet has a share of {share} and a price of {price} "
    "TAO; it may issue at most 1 alpha a block into its pool. How much TAO and how much alpha "
    "enter "
    "the pool?",
    right=_injected,
    misconceptions=(
        Misconception(
            "always one alpha",
            lambda g: [_injected(g)[0], 1.0],
            lambda g, answer: "One alpha is the most, not the rule. " + _new_price(g, answer),
        ),
        Misconception(
            "the alpha times the price",
            lambda g: [_injected(g)[0], _injected(g)[0] * g.price],
            lambda g, answer: (
                f"You gave {show(answer['alpha_in'])} alpha for {show(answer['tao_in'])} TAO. "
                + _new_price(g, answer)
            ),
        ),
        Misconception(
            "as much alpha as TAO",
            lambda g: [_injected(g)[0], _injected(g)[0]],
            lambda g, answer: "One for one is root's rule. " + _new_price(g, answer),
        ),
        Misconception(
            "the share of the alpha too",
            lambda g: [_injected(g)[0], g.share],
            lambda g, answer: (
                "The share divides the TAO among subnets; every subnet has an alpha of its own. "
                + _new_price(g, answer)
            ),
        ),
    ),
    consequence=_new_price,
    hints=(
        "First the TAO: the subnet's share of what the block issues.",
        "Then as much alpha as that TAO is worth at the price, so that the price stays; but no "
        "more than the cap.",
    ),
    solution="tao_in = emission times share; alpha_in = tao_in / price, which is below the cap of "
    "1 here: {answer}.",
    code="""
block = dtao_edu.engine.emission.injection(g.emission, g.share, g.price, 1.0)
answer = {"tao_in": block.tao_in, "alpha_in": block.alpha_in}""",
    further="Both reserves grow by the same factor: the price stays, the pool is deeper.",
)


def _draw_capped(draw: Draw) -> dict[str, Any]:
    return {
        "tao_in": draw.whole(20, 60),
        "alpha_in": draw.whole(100, 300, 10),
        "tao": draw.whole(55, 95) / 100,
    }


def _capped(g: Given) -> float:
    pool = Pool(g.tao_in, g.alpha_in)
    block = emission.injection(g.tao, 1.0, pool.price, 1.0)
    return float(pool.inject(block.tao_in, block.alpha_in, block.alpha_out).price)


def _reserves(g: Given, answer: float) -> str:
    return (
        f"At {show(answer)} TAO an alpha, the pool's {show(g.tao_in + g.tao)} TAO stand against "
        f"{show((g.tao_in + g.tao) / answer)} alpha; before the block it held {g.alpha_in}."
    )


CAPPED = Exercise(
    id="06.3",
    title="An injection with the cap binding",
    question=NumberQuestion("TAO per alpha", digits=6),
    objective="say what a capped injection does to the price",
    needs=("injection", "alpha_out", "price"),
    draw=_draw_capped,
    text="A small pool holds {tao_in} TAO and {alpha_in} alpha. By the rule of the launch, {tao} "
    "TAO enter with a block, at most 1 alpha beside them, and 1 alpha_out goes to the subnet's "
    "people. What is the price after the block?",
    right=_capped,
    misconceptions=(
        Misconception(
            "an injection never moves the price",
            lambda g: g.tao_in / g.alpha_in,
            lambda g, answer: (
                f"For {g.tao} TAO the old price would ask for "
                f"{show(g.tao * g.alpha_in / g.tao_in)} "
                "alpha, and no more than 1 may enter. " + _reserves(g, answer)
            ),
        ),
        Misconception(
            "alpha_out put into the pool",
            lambda g: (g.tao_in + g.tao) / (g.alpha_in + 2),
            lambda g, answer: (
                "You counted the alpha_out as a reserve; it goes to people. " + _reserves(g, answer)
            ),
        ),
        Misconception(
            "no alpha at all",
            lambda g: (g.tao_in + g.tao) / g.alpha_in,
            lambda g, answer: "The alpha that enters is missing. " + _reserves(g, answer),
        ),
    ),
    consequence=_reserves,
    hints=(
        "How much alpha would the TAO be worth at the old price, and how much may enter?",
        "Add what enters to each reserve, then divide.",
    ),
    solution="The TAO is worth more than 1 alpha, so the cap binds: 1 alpha enters. The price is "
    "(tao_in + tao) / (alpha_in + 1) = {answer}.",
    code="""
pool = Pool(g.tao_in, g.alpha_in)
block = dtao_edu.engine.emission.injection(g.tao, 1.0, pool.price, 1.0)
answer = pool.inject(block.tao_in, block.alpha_in, block.alpha_out).price""",
    further="Since 29 July 2025 the TAO above the cap buys alpha instead (lesson 12).",
)


def _draw_thin(draw: Draw) -> dict[str, Any]:
    thin = [n for n, row in trading_pools().items() if row["tao_in"] < 3000]
    netuid = draw.pick(thin)
    row = trading_pools()[netuid]
    total = sum(spot_prices().values()) - spot_prices()[netuid]
    return {
        **{name: row[name] for name in ("netuid", "tao_in", "alpha_in")},
        "others": float(f"{total:.4g}"),
        "tao": draw.whole(1000, 5000, 100),
    }


def _lifted(g: Given) -> float:
    return float(Pool(g.tao_in, g.alpha_in).stake(g.tao).after.price)


def _percent(price: float, others: float) -> float:
    return float(100 * emission.price_shares([price, others])[0])


def _would_be(g: Given, answer: float) -> str:
    price = answer / (100 - answer) * g.others if answer < 100 else float("nan")
    if not 0 < answer < 100:
        return "A share lies between 0 and 100 percent."
    return (
        f"With {show(answer)} percent the price would have to be {show(price)} TAO. With that "
        "price "
        f"and {g.tao_in + g.tao:,} TAO the pool would hold {show((g.tao_in + g.tao) / price)} "
        "alpha; compare the product of its reserves with the one before."
    )


THIN = Exercise(
    id="06.4",
    title="A share bought in a thin pool",
    question=NumberQuestion("%", digits=4),
    objective="say what one stake does to a share",
    needs=("price share", "staking", "price impact"),
    real=True,
    draw=_draw_thin,
    text="On 17 April 2025 the pool of subnet {netuid} held {tao_in} TAO and {alpha_in} alpha; the "
    "prices of all others summed to {others}. Somebody stakes {tao} TAO into it, without a fee. "
    "What percent of all spot prices is its own price then?",
    right=lambda g: _percent(_lifted(g), g.others),
    misconceptions=(
        Misconception(
            "the TAO added, the alpha left where it was",
            lambda g: _percent((g.tao_in + g.tao) / g.alpha_in, g.others),
            lambda g, answer: (
                "You added the TAO and took no alpha out. Whoever pays TAO receives alpha. "
                + _would_be(g, answer)
            ),
        ),
        Misconception(
            "the sum of prices left as it was",
            lambda g: 100 * _lifted(g) / (g.others + g.tao_in / g.alpha_in),
            lambda g, answer: (
                "The new price belongs into the sum as well. By your rule the shares of all "
                "subnets "
                f"would sum to "
                f"{show(answer + 100 * g.others / (g.others + g.tao_in / g.alpha_in), 4)}"
                " percent."
            ),
        ),
        Misconception(
            "the price before",
            lambda g: _percent(g.tao_in / g.alpha_in, g.others),
            lambda g, answer: (
                f"That is the share before anybody staked; {show(g.tao)} TAO more are in the pool."
            ),
        ),
    ),
    consequence=_would_be,
    hints=(
        "First the price after the stake: ask the pool.",
        "Then its part in the sum of all prices; the new price is in that sum.",
    ),
    solution="`Pool(...).stake(tao).after.price` is the new price p'. Its share is "
    "p' / (p' + others): {answer}.",
    code="""
price = Pool(g.tao_in, g.alpha_in).stake(g.tao).after.price
answer = 100 * dtao_edu.engine.emission.price_shares([price, g.others])[0]""",
    further="The chain smooths the price first, so this share has to be held, not only touched.",
)

EXERCISES = (SHARE, INJECTION, CAPPED, THIN, CAP, PAID, HALVED)
