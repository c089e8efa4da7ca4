"""Pump and let go.

Lift a price, hold it, let it go, and see what the moving price makes of it: how much counts, how
long it lingers, what it cost and what it brought. February 2025 of subnet 28 is there too.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, TypedDict

from dtao_edu import ledger, studies
from dtao_edu.engine import formulas
from dtao_edu.engine.emission import MOVING_ALPHA, MOVING_HALVING
from dtao_edu.engine.units import BLOCKS_PER_DAY, BLOCKS_PER_HOUR
from dtao_edu.playground.controls import Number, Switch, Values, number_of
from dtao_edu.playground.playground import Playground
from dtao_edu.playground.spec import Grid, Preset, Question, Row
from dtao_edu.studies.pump import CalmMarket, PastPrices, Pump
from dtao_edu.wording import amount, day_in_words, in_hours, number, percent

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture
    from dtao_edu.figures.base.style import SizeName

DATE = "2025-04-17"
NETUIDS = (1, 64, 34, 54)
PAST = (28, "2025-02-24", "2025-03-03")
STEP = 0.05
"""TAO: the step of the price to which one pumps."""
ARROW = " \N{RIGHTWARDS ARROW} "
TEN_THOUSAND = 10_000


class _Average(TypedDict):
    alpha: float
    halving: int
    age: int
    capped: bool


def _average(smoothing: float, warm: bool, age: float, capped: bool) -> _Average:
    """Turn the controls of the average into the engine's constants."""
    return {
        "alpha": smoothing / TEN_THOUSAND,
        "halving": MOVING_HALVING if warm else 0,
        "age": round(age * BLOCKS_PER_DAY) if warm else 0,
        "capped": capped,
    }


def _horizon(hours: float) -> int:
    """Say for how many blocks the story is told: two days, or a week for a long pump."""
    return 2 * BLOCKS_PER_DAY if hours <= 12 else 7 * BLOCKS_PER_DAY


def _model(
    market: CalmMarket | PastPrices,
    price: float,
    hours: float,
    warm: bool,
    age: float,
    smoothing: float,
    capped: bool,
) -> Pump:
    """Pump: :func:`dtao_edu.studies.pump`, or :func:`past_pump` over real prices."""
    average = _average(smoothing, warm, age, capped)
    if isinstance(market, PastPrices):
        return studies.past_pump(market, **average)
    held, horizon = round(hours * BLOCKS_PER_HOUR), _horizon(hours)
    return studies.pump(market, price, held, horizon=horizon, **average)


def _code(values: Values) -> str:
    """Write the same call of the engine."""
    average = _average(
        number_of(values, "smoothing"),
        bool(values["warm"]),
        number_of(values, "age"),
        bool(values["capped"]),
    )
    given = ", ".join(f"{name}={value!r}" for name, value in average.items())
    if isinstance(values["market"], PastPrices):
        return f"studies.past_pump(market, {given})"
    hours = number_of(values, "hours")
    held, horizon = round(hours * BLOCKS_PER_HOUR), _horizon(hours)
    return f"studies.pump(market, {values['price']!r}, {held}, horizon={horizon}, {given})"


def _receipt(pump: Pump) -> Sequence[Row]:
    """List how much counted and for how long, what it cost and what it brought."""
    top, begin = pump.moving[pump.top], pump.moving[0]
    counts = min(max(pump.spot), 1) if pump.capped else max(pump.spot)
    spot = pump.spot[0] if pump.day else pump.spot[-1]
    gone = "later" if pump.half_gone is None else in_hours(pump.half_gone)
    unknown = "not known"
    return (
        Row(
            "spot price",
            f"{number(spot, 3)}{ARROW}{number(max(pump.spot), 3)}",
            "TAO per alpha: before, and at its highest.",
        ),
        Row(
            "moving price",
            f"{number(begin, 3)}{ARROW}{number(top, 3)}",
            "TAO per alpha: at the beginning, and at its highest.",
            strong=True,
        ),
        Row(
            "part of the way",
            percent((top - begin) / (counts - begin)),
            "How far it came towards the highest price that counts.",
        ),
        Row(
            "half is gone after",
            gone,
            "From its highest until half of what it had gained is lost.",
            strong=True,
        ),
        Row(
            "emission share",
            f"{percent(pump.shares[0])}{ARROW}{percent(max(pump.shares))}",
            "By moving price: at the beginning, and at its highest.",
            strong=True,
        ),
        Row(
            "by spot price",
            percent(max(pump.spot_shares)),
            "The highest share if the spot price counted at once and without a cap.",
        ),
        Row(
            "TAO committed",
            unknown if pump.tao is None else amount(round(pump.tao), "TAO"),
            "What lifts the price in this pool, without a fee. If nobody else trades, all of it "
            "comes back. Of the pools of February 2025 the ledger has prices and no reserves.",
        ),
        Row(
            "lost if sold last",
            unknown
            if pump.lost_if_restored is None
            else amount(round(pump.lost_if_restored), "TAO"),
            "What the pump loses when others sell until the price is back, and it sells last.",
        ),
        Row(
            "gain of the pool",
            amount(round(pump.extra_tao), "TAO"),
            "The difference of the shares, block by block, times the TAO issued in a block, over "
            "the time shown. It enters the pool, not the pumper's wallet; below 0, it is less.",
            strong=True,
        ),
    )


def _picture(shown: Pump, size: SizeName = "page") -> Picture[Pump]:
    """Draw it: :func:`dtao_edu.figures.pump.pump_lines`."""
    from dtao_edu.figures.pump import pump_lines  # Matplotlib only when something is drawn

    return pump_lines(shown, size=size)


def _question(pump: Pump) -> str:
    """Ask how high the moving price comes."""
    if pump.day:
        return (
            f"From {day_in_words(pump.day)} the spot price of subnet {pump.netuid} goes from "
            f"{number(pump.spot[0], 3)} to {number(max(pump.spot), 3)} TAO in two days, and then "
            f"falls. The moving price begins at {number(pump.moving[0], 3)} TAO. How high does it "
            f"come?"
        )
    return (
        f"The spot price of subnet {pump.netuid} is lifted from {number(pump.spot[-1], 3)} to "
        f"{number(pump.spot[0], 3)} TAO, held for {in_hours(pump.blocks_held)}, and let go. The "
        f"moving price begins at {number(pump.moving[0], 3)} TAO. How high does it come?"
    )


def _misconceptions(pump: Pump) -> Sequence[tuple[str, float, str]]:
    """List what learners often expect instead."""
    top, high = pump.moving[pump.top], max(pump.spot)
    known = [
        (
            "the spot price",
            high,
            "That is the spot price. In each block the moving price goes only a small part of the "
            "way.",
        ),
        (
            "no memory of the pump",
            pump.moving[0],
            "That is where it began. A part of every block's price stays in the average.",
        ),
        (
            "the mean of both prices",
            (high + pump.moving[0]) / 2,
            "That is the mean of the two. How far it comes depends on how long the price is held.",
        ),
    ]
    if not pump.day:
        full = formulas.smoothing_over(float(MOVING_ALPHA), pump.blocks_held)
        old = formulas.moving_price(pump.moving[0], high, full)
        known.append(
            (
                "the full smoothing from the first block on",
                float(old),
                "That is what an old subnet with a smoothing of 0.0003 would do. A young one, or "
                "another constant, goes another part of the way.",
            )
        )
    return [idea for idea in known if abs(idea[1] - top) > 0.03 * top]


def _presets() -> Sequence[Preset]:
    """Offer real pools of 17 April 2025, and the real prices of subnet 28 in February 2025.

    Returns
    -------
    sequence of Preset
        Each sets ``market``, and whether the average warms up.

    Examples
    --------
    >>> [preset.label for preset in _presets()][::4]
    ['subnet 1, 17 April 2025', 'subnet 28, February 2025, real prices']
    """
    pools = ledger.pools(DATE)
    # Counted from the launch: all of these subnets are older.
    age = int(pools.age / BLOCKS_PER_DAY)
    calm = [
        Preset(
            label=f"subnet {netuid}, 17 April 2025",
            values={"market": studies.calm_market(pools, netuid), "warm": True, "age": age},
            code={"market": f'studies.calm_market(ledger.pools("{DATE}"), {netuid})'},
            source=f"public ledger, pools of all subnets, block {pools.block:,}, 17 April 2025",
        )
        for netuid in NETUIDS
    ]
    netuid, first, last = PAST
    real = Preset(
        label=f"subnet {netuid}, February 2025, real prices",
        values={
            "market": studies.past_prices(ledger.hourly_prices(), *PAST),
            "warm": False,
            "age": 0,
        },
        code={
            "market": f'studies.past_prices(ledger.hourly_prices(), {netuid}, "{first}", "{last}")'
        },
        source=f"public ledger, hourly prices, subnet {netuid}, {first} to {last}",
    )
    return [*calm, real]


def _calm(values: Values) -> bool:
    return isinstance(values["market"], CalmMarket)


def _least(values: Values) -> float:
    """Return the lowest price on the slider's steps that is above the pool's own."""
    market = values["market"]
    if not isinstance(market, CalmMarket):
        return STEP
    return ceil(float(market.pool.price) / STEP + 0.01) * STEP


def _fit(values: Values) -> Values:
    """Suit a pool: a price above its own."""
    return {"price": max(number_of(values, "price"), round(_least(values), 2))}


pump = Playground(
    name="pump",
    title="Pump and let go",
    model=_model,
    controls=(
        Number(
            name="price",
            label="Pump to",
            start=1.0,
            minimum=_least,
            maximum=2.0,
            step=STEP,
            unit="TAO per alpha",
            help="The spot price to which the pool is lifted by staking.",
            active=_calm,
        ),
        Number(
            name="hours",
            label="Hold it for",
            start=6,
            minimum=1,
            maximum=48,
            step=0.5,
            unit="hours",
            help="Then everything is sold at once, and the price is back.",
            active=_calm,
        ),
        Number(
            name="smoothing",
            label="Smoothing",
            start=3.0,
            minimum=0.5,
            maximum=30.0,
            step=0.5,
            unit="in 10,000",
            help="How far a block's price moves the average; 3 as read from the chain's storage.",
        ),
        Switch(
            name="warm",
            label="Warm-up",
            start=True,
            help="Since March 2025 the smoothing grows with the subnet's age.",
        ),
        Number(
            name="age",
            label="Age",
            start=60,
            minimum=0,
            maximum=180,
            step=1,
            unit="days",
            help="Since the subnet's first emission; real prices: before their first sample.",
            active=lambda values: bool(values["warm"]),
        ),
        Switch(
            name="capped",
            label="Cap at 1 TAO",
            start=True,
            help="The spot price counts with at most 1 TAO.",
        ),
    ),
    picture=_picture,
    receipt=_receipt,
    presets=_presets,
    fit=_fit,
    question=Question(
        ask=_question,
        answer=lambda pump: pump.moving[pump.top],
        unit="TAO",
        misconceptions=_misconceptions,
        why=lambda pump: (
            "In each block the moving price goes a small part of the way to what "
            "counts: so it rises as long as the price is held, and never gets all the way."
        ),
    ),
    grid=Grid(
        sliders=("hours", "smoothing"),
        at_a_time=1,
        choices={"price": (0.5, 1.0, 1.5, 2.0), "capped": (True, False)},
    ),
    longest=295,
    result_name="result",
    code=_code,
    imports=("from dtao_edu import ledger, studies",),
)
