"""The same trade in a shallow and in a deep pool.

Predict how far a stake moves the price of one of them, then choose other pools. The price of the
alpha plays no part; the TAO in the pool does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dtao_edu import ledger, studies
from dtao_edu.engine.errors import refuse
from dtao_edu.engine.pool import Pool
from dtao_edu.figures.steps import step_down
from dtao_edu.playground.controls import Choice, Number, Values, number_of
from dtao_edu.playground.playground import Playground
from dtao_edu.playground.pools import DATE, NETUIDS
from dtao_edu.playground.spec import Grid, Preset, Question, Row
from dtao_edu.studies.pool_depth import SameStake
from dtao_edu.wording import amount, impact, percent

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture
    from dtao_edu.figures.base.style import SizeName


def _pool(netuid: int) -> Pool:
    return ledger.pools(DATE)[netuid].pool()


def _reach(values: Values) -> float:
    pools = (_pool(int(number_of(values, name))) for name in ("shallow", "deep"))
    return step_down(float(min(pool.tao_in for pool in pools)))


def _model(shallow: int, deep: int, tao: float) -> SameStake:
    """Make the same stake in both pools."""
    if shallow == deep:
        refuse("deep", deep, "another pool than the first")
    pools = {f"subnet {netuid}": _pool(netuid) for netuid in (shallow, deep)}
    return studies.same_stake(pools, tao)


def _code(values: Values) -> str:
    """Write the same call."""
    pools = ", ".join(
        f'"subnet {values[name]}": ledger.pools("{DATE}")[{values[name]}].pool()'
        for name in ("shallow", "deep")
    )
    return f"studies.same_stake({{{pools}}}, {values['tao']!r})"


def _receipt(two: SameStake) -> Sequence[Row]:
    """List what decides, and what comes of it, for either pool."""
    rows = []
    for trade, name in zip(two.trades, two.names, strict=True):
        rows += [
            Row(f"{name}: TAO in the pool", amount(trade.before.tao_in, "TAO"), "Its depth."),
            Row(f"{name}: price", amount(trade.before.price, "TAO"), "It plays no part here."),
            Row(
                f"{name}: slippage",
                percent(trade.slippage_percent / 100),
                "Percent of the ideal amount.",
                strong=True,
            ),
            Row(
                f"{name}: price impact",
                impact(trade.price_impact),
                "The spot price after, divided by the one before, minus one.",
            ),
        ]
    return rows


def _picture(shown: SameStake, size: SizeName = "page") -> Picture[SameStake]:
    """Draw it: :func:`dtao_edu.figures.pool_depth.pool_depths`."""
    from dtao_edu.figures.pool_depth import pool_depths  # Matplotlib only when something is drawn

    return pool_depths(shown, size=size)


def _question(two: SameStake) -> str:
    """Ask how far the price moves in the first pool; the curves do not say."""
    pool = two.trades[0].before
    return (
        f"The pool of {two.names[0]} holds {amount(pool.tao_in, 'TAO')} and "
        f"{amount(pool.alpha_in, 'alpha')}. By how many percent does a stake of "
        f"{amount(two.trades[0].paid, 'TAO')} raise its price?"
    )


def _misconceptions(two: SameStake) -> Sequence[tuple[str, float, str]]:
    """List what learners often expect instead."""
    trade = two.trades[0]
    return (
        (
            "the stake against the pool's TAO",
            float(100 * trade.paid / trade.before.tao_in),
            "You measured the stake against the pool's TAO. While the TAO grows by that, the alpha "
            "shrinks too.",
        ),
        (
            "the slippage",
            float(trade.slippage_percent),
            "That is what you lose. The price moves further than that.",
        ),
    )


def _presets() -> Sequence[Preset]:
    """Offer pairs of real pools."""
    pairs = ((41, 64, 500), (1, 4, 1000), (54, 1, 100), (84, 34, 5))
    return [
        Preset(
            label=f"subnets {shallow} and {deep}, 17 April 2025",
            values={"shallow": shallow, "deep": deep, "tao": float(tao)},
            source="public ledger, pools of block 5,373,800, 17 April 2025",
        )
        for shallow, deep, tao in pairs
    ]


_POOLS = {f"subnet {netuid}": netuid for netuid in sorted(NETUIDS)}

pool_depth = Playground(
    name="pool_depth",
    title="Shallow and deep",
    model=_model,
    controls=(
        Choice(name="shallow", label="First pool", options=_POOLS, start=41,
               help="A real pool of 17 April 2025."),
        Choice(name="deep", label="Second pool", options=_POOLS, start=64,
               help="Another one, to compare."),
        Number(
            name="tao",
            label="Stake",
            start=500.0,
            minimum=lambda values: step_down(_reach(values) / 100),
            maximum=_reach,
            step=lambda values: step_down(_reach(values) / 100),
            unit="TAO",
            help="The same stake into both pools.",
        ),
    ),
    picture=_picture,
    receipt=_receipt,
    presets=_presets,
    question=Question(
        ask=_question,
        answer=lambda two: 100 * float(two.trades[0].price_impact),
        unit="%",
        misconceptions=_misconceptions,
        why=lambda two: "The TAO in the pool grows and the alpha shrinks by the same factor, so "
        "the price rises by its square.",
    ),
    grid=Grid(sliders=("tao",)),
    result_name="trades",
    code=_code,
    imports=("from dtao_edu import ledger, studies",),
)  # fmt: skip
