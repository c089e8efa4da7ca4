"""One pool, one stake or unstake, and what it does to the price.

Predict how much comes out, then move the amount and watch ideal amount, slippage, average price
and price impact change together.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, Context
from typing import TYPE_CHECKING

from dtao_edu.engine.fees import LAUNCH_FEE, NO_FEE, SWAP_FEE, Fee
from dtao_edu.engine.pool import Pool, Trade
from dtao_edu.engine.reserves import Side
from dtao_edu.figures.steps import step_down
from dtao_edu.playground.controls import Choice, Number, Switch, Values, number_of, value_of
from dtao_edu.playground.playground import Playground
from dtao_edu.playground.pools import pool_of, pool_presets, pools_of
from dtao_edu.playground.spec import Action, Grid, Question, Row
from dtao_edu.wording import amount, impact, number, percent

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture
    from dtao_edu.figures.base.style import SizeName

FEES = {"none": NO_FEE, "at launch": LAUNCH_FEE, "since July 2025": SWAP_FEE}


def _model(
    pool: Pool, side: Side, tao: float, alpha: float, fee: Fee, limited: bool, limit: float
) -> Trade:
    """Make the trade: :meth:`Pool.stake` or :meth:`Pool.unstake`, with what the controls say."""
    stop = pool.price * _factor(side, limit) if limited else None
    if side == "stake":
        return pool.stake(tao, fee=fee, limit_price=stop, allow_partial=limited)
    return pool.unstake(alpha, fee=fee, limit_price=stop, allow_partial=limited)


def _code(values: Values) -> str:
    """Write the same call of the engine."""
    fees = {NO_FEE: "", LAUNCH_FEE: ", fee=LAUNCH_FEE", SWAP_FEE: ", fee=SWAP_FEE"}
    side: Side = "stake" if values["side"] == "stake" else "unstake"
    given = "tao" if side == "stake" else "alpha"
    factor = _factor(side, number_of(values, "limit"))
    limit = f", limit_price=pool.price * {factor!r}, allow_partial=True"
    terms = fees[value_of(values, "fee", Fee)] + (limit if values["limited"] else "")
    return f"pool.{side}({values[given]!r}{terms})"


def _factor(side: Side, limit: float) -> float:
    """The limit price, as a multiple of the present one: above it for a stake, else below."""
    return 1 + limit / 100 if side == "stake" else 1 - limit / 100


def _receipt(trade: Trade) -> Sequence[Row]:
    """List what the trade gave, and the three readings of its cost side by side."""
    give, get = ("TAO", "alpha") if trade.side == "stake" else ("alpha", "TAO")
    return (
        Row("paid", amount(trade.paid, give), "What went in, fee included."),
        Row("ideal", amount(trade.ideal, get), "What it would bring at the spot price."),
        Row("received", amount(trade.received, get), "What came out."),
        Row("fee", amount(trade.fee, trade.fee_unit), "Taken by the chain."),
        Row(
            "slippage",
            f"{amount(trade.slippage, get)} = {percent(trade.slippage_percent / 100)}",
            "Ideal minus received; the percentage is of the ideal amount.",
            strong=True,
        ),
        Row(
            "average price",
            amount(trade.average_price, "TAO per alpha"),
            "TAO for one alpha over the whole trade.",
            strong=True,
        ),
        Row(
            "price impact",
            impact(trade.price_impact),
            "The spot price after, divided by the one before, minus one.",
            strong=True,
        ),
        Row(
            "spot price",
            f"{number(trade.before.price)} \N{RIGHTWARDS ARROW} {amount(trade.after.price, 'TAO')}",
            "TAO in the pool divided by alpha in the pool, before and after.",
        ),
    )


def _picture(shown: Trade, size: SizeName = "page") -> Picture[Trade]:
    """Draw it: :func:`dtao_edu.figures.stake_unstake.pool_curve`."""
    from dtao_edu.figures.stake_unstake import pool_curve  # Matplotlib only when something is drawn

    return pool_curve(shown, size=size)


def _question(trade: Trade) -> str:
    """Ask what comes out."""
    pool = trade.before
    give, get = ("TAO", "alpha") if trade.side == "stake" else ("alpha", "TAO")
    return (
        f"The pool holds {amount(pool.tao_in, 'TAO')} and {amount(pool.alpha_in, 'alpha')}. "
        f"You {trade.side} {amount(trade.asked, give)}. How many {get} do you receive?"
    )


def _misconceptions(trade: Trade) -> Sequence[tuple[str, float, str]]:
    """List what learners often expect instead, each reckoned with the engine."""
    pool, asked = trade.before, trade.asked
    turned = asked * pool.price if trade.side == "stake" else asked / pool.price
    return (
        (
            "the spot price for the whole amount",
            float(trade.ideal),
            "That is the ideal amount: the spot price for the whole trade. But every part of the "
            "trade moves the price against you.",
        ),
        (
            "the price after the trade",
            float(trade.ideal * pool.price / trade.after.price)
            if trade.side == "stake"
            else float(trade.ideal * trade.after.price / pool.price),
            "That is the price after the trade for the whole amount. Only the last part of it pays "
            "that price.",
        ),
        (
            "multiplied instead of divided",
            float(turned),
            "The price is TAO for one alpha: divide TAO by it, multiply alpha by it.",
        ),
    )


def _half_tao(values: Values) -> float:
    return float(pool_of(values).tao_in) / 2


def _half_alpha(values: Values) -> float:
    return float(pool_of(values).alpha_in) / 2


def _fit(values: Values) -> Values:
    """Suit a pool: about a fifth of each reserve."""
    pool = pool_of(values)
    return {
        "tao": step_down(float(pool.tao_in) / 4),
        "alpha": min(step_down(float(pool.alpha_in) / 4), float(pool.alpha_out)),
    }


def carried_out(trade: Trade) -> Values:
    """Give the pool after the trade, and what a stake brought as the alpha to unstake."""
    if trade.side == "unstake":
        return {"pool": trade.after}
    # Ten digits, as an entry holds them, and never more than there is.
    ten = Context(prec=10, rounding=ROUND_DOWN)
    return {"pool": trade.after, "alpha": float(ten.create_decimal(float(trade.received)))}


stake_unstake = Playground(
    name="stake_unstake",
    title="Stake and unstake",
    model=_model,
    controls=(
        Choice(
            name="side",
            label="You",
            options={"stake TAO": "stake", "unstake alpha": "unstake"},
            help="Staking turns TAO into alpha; unstaking turns alpha into TAO.",
        ),
        Number(
            name="tao",
            label="Stake",
            start=25.0,
            minimum=lambda values: step_down(_half_tao(values) / 100),
            maximum=_half_tao,
            step=lambda values: step_down(_half_tao(values) / 100),
            unit="TAO",
            help="What you pay into the pool.",
            active=lambda values: values["side"] == "stake",
        ),
        Number(
            name="alpha",
            label="Unstake",
            start=250.0,
            minimum=lambda values: step_down(_half_alpha(values) / 100),
            maximum=_half_alpha,
            step=lambda values: step_down(_half_alpha(values) / 100),
            unit="alpha",
            help="What you give back to the pool.",
            active=lambda values: values["side"] == "unstake",
        ),
        Choice(
            name="fee",
            label="Fee",
            options=FEES,
            help="At launch 0.00005 TAO an operation; since July 2025 0.05 % of what goes in.",
        ),
        Switch(
            name="limited",
            label="Limit price",
            help="The trade stops where the spot price reaches the limit.",
        ),
        Number(
            name="limit",
            label="Limit",
            start=20.0,
            minimum=1,
            maximum=60,
            unit="% from the present price",
            help="How far the spot price may move before the trade stops.",
            active=lambda values: bool(values["limited"]),
        ),
    ),
    picture=_picture,
    receipt=_receipt,
    presets=pool_presets,
    presets_of=pools_of,
    fit=_fit,
    actions=(
        Action(
            label="Carry it out",
            change=carried_out,
            help="The pool after the trade becomes the pool of the next one. The alpha that a "
            "stake brought becomes the amount to unstake.",
            code="pool = trade.after",
        ),
    ),
    question=Question(
        ask=_question,
        answer=lambda trade: float(trade.received),
        unit=lambda trade: "alpha" if trade.side == "stake" else "TAO",
        misconceptions=_misconceptions,
        why=lambda trade: (
            "Every part of the trade moves the price against you, so less comes out "
            "than the spot price promises: "
            f"{amount(trade.ideal, 'alpha' if trade.side == 'stake' else 'TAO')}."
        ),
    ),
    grid=Grid(
        sliders=("tao", "alpha"),
        choices={"side": ("stake", "unstake"), "fee": tuple(FEES.values())},
    ),
    result_name="trade",
    code=_code,
    imports=("from dtao_edu import LAUNCH_FEE, SWAP_FEE, Pool, ledger",),
)
