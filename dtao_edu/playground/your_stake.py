"""A year of your stake.

Predict how much TAO comes back, then move price, take and emission, keep the dividends or sell
them, and see the yield in alpha beside the yield in TAO.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose
from typing import TYPE_CHECKING

from dtao_edu import ledger, studies
from dtao_edu.engine.fees import NO_FEE, SWAP_FEE, Fee
from dtao_edu.engine.pool import Pool
from dtao_edu.figures.steps import step_down
from dtao_edu.playground.controls import Choice, Number, Values
from dtao_edu.playground.playground import Playground
from dtao_edu.playground.pools import day_code, pool_of
from dtao_edu.playground.spec import Preset, Question, Row
from dtao_edu.studies.your_stake import Plan, StakeYear
from dtao_edu.wording import amount, number, percent

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture
    from dtao_edu.figures.base.style import SizeName

DATE = "2026-08-07"
NETUIDS = {64: "the dearest", 120: "a large one", 1: "an old one", 103: "a thin, young one"}


def _model(
    pool: Pool,
    root_tao: float,
    tao: float,
    price: float,
    alpha_emission: float,
    take: float,
    fee: Fee,
    plan: Plan,
) -> StakeYear:
    """Follow the stake: :func:`dtao_edu.studies.stake_year`."""
    return studies.stake_year(
        pool,
        tao,
        root_tao,
        price=price / 100,
        alpha_emission=alpha_emission,
        take=take / 100,
        fee=fee,
        plan=plan,
    )


def _code(values: Values) -> str:
    """Write the same call."""
    fee = "SWAP_FEE" if values["fee"] == SWAP_FEE else "NO_FEE"
    return (
        f"studies.stake_year(pool, {values['tao']!r}, root_tao, price={values['price']!r} / 100, "
        f"alpha_emission={values['alpha_emission']!r}, take={values['take']!r} / 100, fee={fee}, "
        f"plan={values['plan']!r})"
    )


def _receipt(year: StakeYear) -> Sequence[Row]:
    """List what was paid, what is listed, and both yields."""
    return [
        Row("paid", amount(year.paid, "TAO"), "Fee included."),
        Row(
            "listed yield",
            f"{percent(year.listed)} a year",
            "The dividends of the first day after the take, times 365, over the alpha. In alpha.",
        ),
        Row(
            "alpha",
            f"{number(year.bought)} \N{RIGHTWARDS ARROW} {number(year.alpha[-1])}",
            "Alpha held after the stake, and at the end.",
        ),
        Row(
            "yield in alpha",
            percent(year.alpha_yield),
            "It falls behind the listed one, because all alpha grows: dilution.",
            strong=True,
        ),
        Row(
            "comes back",
            amount(year.back[-1], "TAO"),
            "All alpha unstaked on the last day, fee taken, dividends sold before included.",
            strong=True,
        ),
        Row(
            "yield in TAO",
            percent(year.tao_yield),
            "What came back over what was paid, minus one.",
            strong=True,
        ),
        Row(
            "lost on the way out",
            amount(year.spot_worth - year.back[-1], "TAO", 3),
            "The worth at the spot price of the last day less what comes back: slippage and fee.",
        ),
    ]


def _picture(year: StakeYear, size: SizeName = "page") -> Picture[StakeYear]:
    """Draw it: :func:`dtao_edu.figures.your_stake.year_lines`."""
    from dtao_edu.figures.your_stake import year_lines  # Matplotlib only when something is drawn

    return year_lines(year, size=size)


def _multiple(year: StakeYear) -> float:
    return year.prices[-1] / year.prices[0]


def _question(year: StakeYear) -> str:
    """Ask what comes back."""
    end = _multiple(year)
    moves = "stays" if isclose(end, 1, rel_tol=1e-6) else f"ends at {percent(end)} of its start"
    return (
        f"You stake {amount(year.paid, 'TAO')}. The listed yield is {percent(year.listed)} a year. "
        f"The price {moves}. How much TAO comes back after a year?"
    )


def _misconceptions(year: StakeYear) -> Sequence[tuple[str, float, str]]:
    """List what learners often expect instead."""
    right = year.back[-1]
    found = [
        (
            "the listed yield taken in TAO",
            year.paid * (1 + year.listed),
            "The listed yield is in alpha, and of the first day. What an alpha is worth at the "
            "end, the price says.",
        ),
        (
            "the price alone",
            year.paid * _multiple(year),
            "That is the price alone. The dividends made your alpha more.",
        ),
        (
            "the listed yield at the price of the end",
            year.paid * (1 + year.listed) * _multiple(year),
            "The listed yield is that of the first day. All alpha grows, so your part of the "
            "dividends falls from day to day.",
        ),
    ]
    return [one for one in found if not isclose(one[1], right, rel_tol=0.03)]


def _why(year: StakeYear) -> str:
    """Say how the two yields make one."""
    return (
        f"Alpha grew by {percent(year.alpha_yield)}, the price ended at {percent(_multiple(year))} "
        "of its start: the two are multiplied, and fee and slippage are taken twice."
    )


def _presets_of(pools: ledger.Pools) -> Sequence[Preset]:
    """Offer pools of a day; those named here of 7 August 2026, the deepest of any other."""
    trading = pools.trading()
    named = NETUIDS if pools.date == DATE else {}
    chosen = [n for n in named if n in trading]
    if not chosen:
        chosen = sorted(trading, key=lambda n: -trading[n].tao_in)[:6]
    source = day_code(pools)
    root = pools.root.tao_in if 0 in pools else 0.0
    return [
        Preset(
            label=f"subnet {n}{', ' + named[n] if n in named else ''}",
            values={"pool": trading[n].pool(), "root_tao": root},
            code={"pool": f"{source}[{n}].pool()", "root_tao": f"{source}.root.tao_in"},
            source=f"public ledger, pool of subnet {n}, {pools.date or pools.table}",
        )
        for n in chosen
    ]


def _presets() -> Sequence[Preset]:
    """Offer four real pools of 7 August 2026.

    Examples
    --------
    >>> [preset.label for preset in _presets()][:2]
    ['subnet 64, the dearest', 'subnet 120, a large one']
    """
    return _presets_of(ledger.pools(DATE))


def _most(values: Values) -> float:
    return step_down(float(pool_of(values).tao_in) / 4)


your_stake = Playground(
    name="your_stake",
    title="A year of your stake",
    model=_model,
    controls=(
        Number(
            name="tao",
            label="Stake",
            start=100.0,
            minimum=lambda values: min(100.0, _most(values) / 100),
            maximum=_most,
            step=lambda values: _most(values) / 100,
            unit="TAO",
            help="What you pay into the pool on the first day.",
        ),
        Number(
            name="price",
            label="Price at the end",
            start=60.0,
            minimum=10,
            maximum=300,
            step=5,
            unit="% of its start",
            help="Where others trade the price to in the year, at an even pace.",
        ),
        Number(
            name="alpha_emission",
            label="Alpha a block",
            start=1.0,
            minimum=0,
            maximum=1,
            step=0.05,
            unit="alpha",
            help="What a block mints for the subnet's people: 1 before the subnet's first halving.",
        ),
        Number(
            name="take",
            label="Take",
            start=18.0,
            minimum=0,
            maximum=18,
            unit="% of dividends",
            help="What your validator keeps of the dividends.",
        ),
        Choice(
            name="plan",
            label="Dividends",
            options={"stay staked": "keep", "are sold every 30 days": "sell"},
            help="Kept alpha earns more alpha; sold alpha is out of the price's reach.",
        ),
        Choice(
            name="fee",
            label="Fee",
            options={"0.05 %": SWAP_FEE, "none": NO_FEE},
            help="Of the stake and of every unstake, taken from what goes in.",
        ),
    ),
    picture=_picture,
    receipt=_receipt,
    presets=_presets,
    presets_of=_presets_of,
    question=Question(
        ask=_question,
        answer=lambda year: year.back[-1],
        unit="TAO",
        misconceptions=_misconceptions,
        why=_why,
    ),
    longest=250,
    result_name="year",
    code=_code,
    imports=("from dtao_edu import NO_FEE, SWAP_FEE, ledger, studies",),
)
