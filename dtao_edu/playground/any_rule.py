"""One day, any rule.

Predict what the dearest subnet is paid, then choose the rule, move the bar, leave out burning or
the switches, and see how far the shares are from what the chain paid on that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose
from typing import TYPE_CHECKING

from dtao_edu import ledger
from dtao_edu.ledger import Pools
from dtao_edu.playground.controls import Choice, Number, Switch, Values, value_of
from dtao_edu.playground.playground import Playground
from dtao_edu.playground.pools import day_code
from dtao_edu.playground.spec import Preset, Question, Row
from dtao_edu.wording import percent

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture
    from dtao_edu.figures.base.style import SizeName
    from dtao_edu.studies.any_rule import DayByRule, Rule

DATES = {"2026-08-07": "7 August 2026, behind the gate", "2026-04-11": "11 April 2026, prices only"}


def _model(
    pools: Pools, rule: Rule, rank: int, mass: float, burning: bool, switches: bool
) -> DayByRule:
    """Compute the day: :func:`dtao_edu.studies.any_rule.day_by_rule`."""
    from dtao_edu.studies.any_rule import day_by_rule  # NumPy, only when a day is computed

    bar = {"gate_rank": float(rank), "gate_mass": mass / 100}.get(rule)
    return day_by_rule(
        pools, rule, rank if rule == "gate_rank" else bar, burning=burning, switches=switches
    )


def _code(values: Values) -> str:
    """Write the same call."""
    rule = value_of(values, "rule", str)
    bar = {"gate_rank": f", {values['rank']}", "gate_mass": f", {values['mass']!r} / 100"}
    return (
        f"day_by_rule(pools, {rule!r}{bar.get(rule, '')}, "
        f"burning={values['burning']}, switches={values['switches']})"
    )


def _receipt(day: DayByRule) -> Sequence[Row]:
    """List the distance, who is paid and how concentrated it is."""
    from dtao_edu.measures import hhi, top_share
    from dtao_edu.studies.any_rule import PAYS_FOR

    away = "not known" if day.distance is None else f"{day.distance:.4f}"
    price = "not known" if day.price_distance is None else f"{day.price_distance:.4f}"
    paid = "" if day.paid is None else f"; paid {float(hhi(day.paid)):.4f}"
    return (
        Row(
            "distance from what was paid",
            away,
            "L1: the sum of all differences of shares, 0 to 2. The fees of rounding and the hours "
            "between two settings of the bar leave about 0.0003.",
            strong=True,
        ),
        Row("the same by price alone", price, "Shares of the moving price, nothing else."),
        Row(
            "the ten largest",
            f"{percent(float(top_share(day.shares, 10)))} "
            f"({percent(float(top_share(day.price, 10)))} by price alone)",
            "What the ten with the largest shares get together.",
        ),
        Row(
            "HHI",
            f"{day.concentration:.4f} ({float(hhi(day.price)):.4f} by price alone{paid})",
            "The sum of squared shares: 1 if one gets all, 1/n if n get the same.",
        ),
        Row(
            "paid nothing",
            f"{day.unpaid} of {len(day.shares)}",
            "Switched off, or all of the miners' income burnt.",
        ),
        Row("pays", PAYS_FOR[day.rule], "What the rule invites a subnet to do."),
    )


def _picture(day: DayByRule, size: SizeName = "page") -> Picture[DayByRule]:
    """Draw it: :func:`dtao_edu.figures.any_rule.day_shares`."""
    from dtao_edu.figures.any_rule import day_shares  # Matplotlib only when something is drawn

    return day_shares(day, size=size)


def _question(day: DayByRule) -> str:
    """Ask what the dearest subnet gets."""
    dearest = day.largest
    return (
        f"Subnet {dearest} has the highest moving price: {percent(day.price[dearest])} of all "
        f"shares by price alone. The rule is now: {day.words}. What share does it get, in percent?"
    )


def _why(day: DayByRule) -> str:
    """Say where the difference comes from."""
    dearest = day.largest
    if isclose(day.shares[dearest], day.price[dearest]):
        return "Nothing is taken from anybody, so every share stays what it is by price."
    if not day.shares[dearest]:
        return "It is switched off, or burns all of its miners' income."
    return (
        "What burning, the gate and the switches take from some is not kept back: all shares are "
        "divided anew, and the largest gets most of it."
    )


def _misconceptions(day: DayByRule) -> Sequence[tuple[str, float, str]]:
    """List what learners often expect instead."""
    dearest = day.largest
    by_price, paid = 100 * day.price[dearest], 100 * day.shares[dearest]
    found = [
        (
            "the large keep what they have",
            by_price,
            "That is its share by price. The others lose, and what they lose is divided anew.",
        ),
        (
            "the gate cuts the large too",
            by_price / 2,
            "Only at the bar does half pass. Far above the bar nearly all of a share passes.",
        ),
    ]
    return [one for one in found if not isclose(one[1], paid, rel_tol=0.03)]


def _presets() -> Sequence[Preset]:
    """Offer the day of the gate, where the payment is known, and the day of flow.

    Examples
    --------
    >>> [preset.label for preset in _presets()]
    ['7 August 2026, behind the gate', '11 April 2026, prices only']
    """
    return [preset for date in DATES for preset in _presets_of(ledger.pools(date))]


def _presets_of(pools: Pools) -> Sequence[Preset]:
    """Offer one day; its moving prices are needed, burning, switches and payments are not.

    Examples
    --------
    >>> [preset.label for preset in _presets_of(ledger.pools("2026-08-07"))]
    ['7 August 2026, behind the gate']
    """
    return [
        Preset(
            label=DATES.get(pools.date, pools.date or pools.table),
            values={"pools": pools},
            code={"pools": day_code(pools)},
            source=f"public ledger, pools of {pools.date or pools.table}",
        )
    ]


any_rule = Playground(
    name="any_rule",
    title="One day, any rule",
    model=_model,
    controls=(
        Choice(
            name="rule",
            label="Rule",
            options={
                "moving price": "price",
                "gate at a mass": "gate_mass",
                "gate at a rank": "gate_rank",
            },
            start="gate_rank",
            help="How shares are made of moving prices: as they are, or cut below a bar.",
        ),
        Number(
            name="rank",
            whole=True,
            label="Rank of the bar",
            start=32,
            minimum=1,
            maximum=127,
            help="The bar is the share of this rank. On the chain 32, since 3 August 2026.",
            active=lambda values: values["rule"] == "gate_rank",
        ),
        Number(
            name="mass",
            label="Mass above the bar",
            start=75.0,
            minimum=30,
            maximum=99,
            unit="% of all shares",
            help="The bar is the share at which the largest reach so much together. On the chain "
            "61, then 75, for a week of July 2026.",
            active=lambda values: values["rule"] == "gate_mass",
        ),
        Switch(
            name="burning",
            label="Burning counts",
            start=True,
            help="A subnet's share is cut by the part of the miners' income that its owner keeps "
            "from them.",
        ),
        Switch(
            name="switches",
            label="Switches count",
            start=True,
            help="Subnets that the master key has switched off get nothing.",
        ),
    ),
    picture=_picture,
    receipt=_receipt,
    presets=_presets,
    presets_of=_presets_of,
    question=Question(
        ask=_question,
        answer=lambda day: 100 * day.shares[day.largest],
        unit="%",
        misconceptions=_misconceptions,
        why=_why,
    ),
    longest=260,
    result_name="day",
    code=_code,
    imports=("from dtao_edu import ledger", "from dtao_edu.studies.any_rule import day_by_rule"),
)
