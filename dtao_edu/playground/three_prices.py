"""Three prices: the shares they give, and what a block puts into each pool.

Predict the share of the first subnet, then move the prices: twice a price is not twice a share,
and below a certain sum the cap binds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dtao_edu.figures import amount, number, percent
from dtao_edu.playground.controls import Number, Values
from dtao_edu.playground.playground import Playground
from dtao_edu.playground.spec import Preset, Question, Row
from dtao_edu.studies.three_prices import Injected, inject_by_price

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture
    from dtao_edu.figures.base.style import SizeName


def _model(first: float, second: float, third: float) -> Injected:
    """Share a block: :func:`dtao_edu.studies.three_prices.inject_by_price`."""
    return inject_by_price((first, second, third))


def _code(values: Values) -> str:
    """Write the same call of the engine."""
    prices = ", ".join(repr(values[name]) for name in ("first", "second", "third"))
    return f"studies.inject_by_price([{prices}])"


def _picture(block: Injected, size: SizeName = "page") -> Picture[Injected]:
    """Draw prices, shares and what enters."""
    from dtao_edu.figures.three_prices import price_bars as draw

    return draw(block, size=size)


def _receipt(block: Injected) -> Sequence[Row]:
    """List the sum, and what the first subnet gets."""
    first = block.injections[0]
    return (
        Row("sum of the prices", amount(sum(block.prices), "TAO"), "S, all three.", strong=True),
        Row("share of A", percent(block.shares[0]), "Its price over the sum.", strong=True),
        Row("TAO into the pool of A", amount(first.tao_in, "TAO"), "The share of the block's TAO."),
        Row(
            "alpha into the pool of A",
            amount(first.alpha_in, "alpha"),
            "That TAO over the price, at most the cap.",
        ),
        Row("the cap binds", "yes" if block.capped else "no", "Below a sum of E / cap."),
    )


def _question(block: Injected) -> str:
    """Ask the share of the first subnet."""
    prices = ", ".join(number(price) for price in block.prices)
    return f"Subnets A, B and C have prices of {prices} TAO. What percent of the TAO does A get?"


def _misconceptions(block: Injected) -> Sequence[tuple[str, float, str]]:
    """List what learners often expect instead."""
    first, *others = block.prices
    return (
        (
            "a price taken for a share",
            100 * first,
            "You read the price as a share. That is right only when all prices sum to 1.",
        ),
        ("equal parts", 100 / 3, "That would be equal parts, whatever the prices."),
        (
            "left out of its own sum",
            100 * first / sum(others),
            "You divided by the prices of the two others. Its own price is in the sum, too.",
        ),
    )


three_prices = Playground(
    name="three_prices",
    title="Three prices, one block",
    model=_model,
    controls=tuple(
        Number(
            name=name,
            label=f"Price of {letter}",
            start=start,
            minimum=0.05,
            maximum=1.0,
            step=0.025,
            unit="TAO",
            help="TAO for one alpha.",
        )
        for name, letter, start in (("first", "A", 0.4), ("second", "B", 0.6), ("third", "C", 0.6))
    ),
    picture=_picture,
    receipt=_receipt,
    presets=lambda: (
        Preset(
            label="prices that sum to more than 1",
            values={"first": 0.4, "second": 0.6, "third": 0.6},
            source="invented",
        ),
        Preset(
            label="prices that sum to less than 1",
            values={"first": 0.2, "second": 0.1, "third": 0.1},
            source="invented",
        ),
    ),
    question=Question(
        ask=_question,
        answer=lambda block: 100 * block.shares[0],
        unit="%",
        misconceptions=_misconceptions,
        why=lambda block: "The share is the price of A over the sum of the three.",
    ),
    result_name="block",
    code=_code,
    imports=("from dtao_edu import studies",),
)
