"""Coldkey, hotkey and pool: what goes where in a stake, and what stays the same.

Predict how much alpha is left in the pool, then move the amount and watch both tokens change
place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dtao_edu.engine.pool import Pool
from dtao_edu.figures import amount, number
from dtao_edu.playground.controls import Number, Values
from dtao_edu.playground.playground import Playground
from dtao_edu.playground.spec import Preset, Question, Row
from dtao_edu.studies.three_places import Booked, book_stake

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture
    from dtao_edu.figures.base.style import SizeName

OWN = 20.0
"""TAO on Hana's coldkey; she is invented."""


def _model(pool: Pool, tao: float) -> Booked:
    """Book a stake: :func:`dtao_edu.studies.three_places.book_stake`."""
    return book_stake(pool, tao, own=OWN)


def _code(values: Values) -> str:
    """Write the same call of the engine."""
    return f"studies.book_stake(pool, {values['tao']!r})"


def _picture(booked: Booked, size: SizeName = "page") -> Picture[Booked]:
    """Draw both tokens and where they lie."""
    from dtao_edu.figures.three_places import place_bars as draw

    return draw(booked, size=size)


def _receipt(booked: Booked) -> Sequence[Row]:
    """List the accounts after the stake."""
    wallet, trade = booked
    after = trade.after
    return (
        Row("Hana's coldkey", amount(wallet.tao - trade.paid, "TAO"), "Free TAO."),
        Row(
            "her stake on Vera's hotkey",
            amount(trade.received, "alpha"),
            "Hers, too; it counts for the validator.",
            strong=True,
        ),
        Row("pool: tao_in", amount(after.tao_in, "TAO"), "TAO in the pool."),
        Row("pool: alpha_in", amount(after.alpha_in, "alpha"), "Alpha in the pool.", strong=True),
        Row("tao_in times alpha_in", number(after.tao_in * after.alpha_in), "It stays."),
    )


def _question(booked: Booked) -> str:
    """Ask what is left in the pool."""
    _, trade = booked
    pool = trade.before
    return (
        f"The pool holds {amount(pool.tao_in, 'TAO')} and {amount(pool.alpha_in, 'alpha')}. "
        f"Hana pays {amount(trade.paid, 'TAO')} into it. How much alpha is left in the pool?"
    )


def _misconceptions(booked: Booked) -> Sequence[tuple[str, float, str]]:
    """List what learners often expect instead."""
    _, trade = booked
    pool = trade.before
    return (
        (
            "one alpha for one TAO",
            float(pool.alpha_in - trade.paid),
            "That would be one alpha for one TAO. They are two tokens, with a price between them.",
        ),
        (
            "the first price for all",
            float(pool.alpha_in - trade.ideal),
            "That is what is left if the price stood still. It rises while Hana pays.",
        ),
        (
            "what comes out",
            float(trade.received),
            "That is what comes out. Asked is what is left.",
        ),
        (
            "alpha comes in, too",
            float(pool.alpha_in),
            "TAO goes in, so alpha must come out.",
        ),
    )


three_places = Playground(
    name="three_places",
    title="Coldkey, hotkey, pool",
    model=_model,
    controls=(
        Number(
            name="tao",
            label="Hana stakes",
            start=5.0,
            minimum=0.5,
            maximum=OWN,
            step=0.25,
            unit="TAO",
            help="What goes from her coldkey into the pool.",
        ),
    ),
    picture=_picture,
    receipt=_receipt,
    presets=lambda: (
        Preset(
            label="a small pool to count by hand",
            values={"pool": Pool(10.0, 100.0)},
            code={"pool": "Pool(10.0, 100.0)"},
            source="invented",
        ),
    ),
    question=Question(
        ask=_question,
        answer=lambda booked: float(booked.trade.after.alpha_in),
        unit="alpha",
        misconceptions=_misconceptions,
        why=lambda booked: "TAO times alpha in the pool stays the same.",
    ),
    result_name="booked",
    code=_code,
    imports=("from dtao_edu import Pool, studies",),
)
