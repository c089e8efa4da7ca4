"""Stake, somebody else trades, unstake.

Predict what comes back, then see where the difference comes from: the fee, twice, and the other's
trade. Slippage is no part of it; splitting the order is no part of it either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dtao_edu import studies
from dtao_edu.engine.fees import NO_FEE, SWAP_FEE, Fee
from dtao_edu.engine.pool import Pool
from dtao_edu.figures.steps import step_down
from dtao_edu.playground.controls import Choice, Number, Values, number_of
from dtao_edu.playground.playground import Playground
from dtao_edu.playground.pools import pool_of, pool_presets, pools_of
from dtao_edu.playground.spec import Grid, Question, Row
from dtao_edu.studies.round_trip import Trip
from dtao_edu.wording import amount, percent

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture
    from dtao_edu.figures.base.style import SizeName

ROUNDING = 1e-9
"""A gain below this part of what was paid is left over from the rounding of floats."""

FEES = {"none": NO_FEE, "since July 2025": SWAP_FEE}


def _model(pool: Pool, tao: float, other: float, fee: Fee, parts: float) -> Trip:
    """Go there and back: :func:`dtao_edu.studies.round_trip`."""
    return studies.round_trip(pool, tao, other, fee=fee, parts=round(parts))


def _code(values: Values) -> str:
    """Write the same call."""
    fee = ", fee=SWAP_FEE" if values["fee"] == SWAP_FEE else ""
    count = round(number_of(values, "parts"))
    parts = f", parts={count}" if count > 1 else ""
    return f"studies.round_trip(pool, {values['tao']!r}, {values['other']!r}{fee}{parts})"


def _receipt(trip: Trip) -> Sequence[Row]:
    """List the trip, and where the difference went."""
    other = "nobody traded"
    gain = trip.returned / trip.paid - 1
    if trip.other:
        unit = "TAO" if trip.other.side == "stake" else "alpha"
        other = f"{trip.other.side}s {amount(trip.other.paid, unit)}"
    return (
        Row("paid", amount(trip.paid, "TAO"), "What went in, fee included."),
        Row("in orders", str(trip.parts), "How many equal parts the stake had."),
        Row("in between", other, "What somebody else did before you came back."),
        Row("came back", amount(trip.returned, "TAO"), "What all your alpha brought.", strong=True),
        Row("the fee took", amount(trip.fee_effect, "TAO"), "Once on the way in, once out."),
        Row(
            "the other's trade",
            amount(trip.other_effect, "TAO"),
            "What it added to your trip, or, below 0, took from it.",
            strong=True,
        ),
        Row("all in all", percent(0 if abs(gain) < ROUNDING else gain), "Of what was paid."),
    )


def _picture(shown: Trip, size: SizeName = "page") -> Picture[Trip]:
    """Draw it: :func:`dtao_edu.figures.round_trip.trip_bars`."""
    from dtao_edu.figures.round_trip import trip_bars  # Matplotlib only when something is drawn

    return trip_bars(shown, size=size)


def _question(trip: Trip) -> str:
    """Ask what comes back."""
    pool = trip.before
    split = f" in {trip.parts} equal orders" if trip.parts > 1 else ""
    between = "Nobody else trades."
    if trip.other:
        unit = "TAO" if trip.other.side == "stake" else "alpha"
        between = f"Then somebody else {trip.other.side}s {amount(trip.other.paid, unit)}."
    return (
        f"The pool holds about {amount(pool.tao_in, 'TAO', 3)}. You stake "
        f"{amount(trip.paid, 'TAO')}{split}. {between} Then you unstake all you have. How many TAO "
        "come back?"
    )


def _misconceptions(trip: Trip) -> Sequence[tuple[str, float, str]]:
    """List what learners often expect instead."""
    lost = trip.paid * (1 - trip.there.slippage_percent / 100)
    return (
        (
            "slippage lost on the way in",
            float(lost),
            "You took the slippage off. On the way back the same curve returns it.",
        ),
        (
            "slippage lost twice",
            float(lost * (1 - trip.there.slippage_percent / 100)),
            "You took the slippage off twice. On the way back the same curve returns it.",
        ),
    )


def _fit(values: Values) -> Values:
    """Suit a pool: a stake of about a twentieth of its TAO, another one as large in between."""
    tao = step_down(float(pool_of(values).tao_in) / 15)
    return {"tao": tao, "other": tao}


def _tenth(values: Values) -> float:
    return step_down(float(pool_of(values).tao_in) / 3)


round_trip = Playground(
    name="round_trip",
    title="There and back",
    model=_model,
    controls=(
        Number(
            name="tao",
            label="You stake",
            start=5.0,
            minimum=lambda values: step_down(_tenth(values) / 50),
            maximum=_tenth,
            step=lambda values: step_down(_tenth(values) / 50),
            unit="TAO",
            help="What you pay into the pool, fee included.",
        ),
        Number(
            name="parts",
            label="In equal orders",
            start=1,
            minimum=1,
            maximum=20,
            step=1,
            help="One after the other, nobody in between.",
        ),
        Number(
            name="other",
            label="Somebody else",
            start=5.0,
            minimum=lambda values: -_tenth(values),
            maximum=_tenth,
            step=lambda values: step_down(_tenth(values) / 20),
            unit="TAO",
            help="What another one stakes before you come back. Below 0 is a sale: alpha worth so "
            "much.",
        ),
        Choice(
            name="fee",
            label="Fee",
            options=FEES,
            help="Since July 2025 0.05 % of what goes in, both ways.",
        ),
    ),
    picture=_picture,
    receipt=_receipt,
    presets=pool_presets,
    presets_of=pools_of,
    fit=_fit,
    question=Question(
        ask=_question,
        answer=lambda trip: float(trip.returned),
        unit="TAO",
        misconceptions=_misconceptions,
        why=lambda trip: (
            "On the way back the same curve returns the slippage. What remains is "
            "the fee, twice, and what somebody else's trade has moved."
        ),
    ),
    grid=Grid(sliders=("tao", "other"), choices={"fee": tuple(FEES.values())}),
    result_name="trip",
    code=_code,
    imports=("from dtao_edu import SWAP_FEE, Pool, ledger, studies",),
)
