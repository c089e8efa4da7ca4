"""The same capture by vote and by price, and what its maker has at the end.

Predict what the market brings, then hold it longer, ask for more, take a thinner pool, or be
somebody who has only TAO.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING

from dtao_edu import ledger
from dtao_edu.engine.errors import refuse
from dtao_edu.engine.root import RootNetwork
from dtao_edu.engine.units import BLOCKS_PER_DAY
from dtao_edu.playground.controls import Choice, Number, Values, number_of
from dtao_edu.playground.playground import Playground
from dtao_edu.playground.pools import DATE
from dtao_edu.playground.spec import Grid, Misconceptions, Preset, Question, Row
from dtao_edu.studies.market_move import market_cost_to_move
from dtao_edu.wording import amount, number, percent

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture
    from dtao_edu.figures.base.style import SizeName
    from dtao_edu.studies.attacks import Attempt, Capture
    from dtao_edu.studies.attacks.four_ways import Who

VOTE = "2024-11-24"
STEP = 0.2
"""Percent of emission from one place of the slider to the next."""


@lru_cache(maxsize=1)
def _network() -> RootNetwork:
    return ledger.root_vote(VOTE).network()


@lru_cache(maxsize=64)
def _most(target: int, days: int) -> float:
    """Return the most that a moving price gives in so many days, percent, below 20."""
    move = market_cost_to_move(
        ledger.pools(DATE).trading(), target, 0.001, rule="moving", blocks=days * BLOCKS_PER_DAY
    )
    return min(20.0, round(STEP * floor((100 * move.most - STEP) / STEP), 10))


@lru_cache(maxsize=256)
def _model(target: int, part: float, days: int, who: Who) -> Capture:
    """Price both: :func:`dtao_edu.studies.attacks.capture`."""
    from dtao_edu.studies.attacks import capture  # NumPy only when something is worked out

    if part > _most(target, days):
        refuse("part", part, f"at most {_most(target, days):g} % by price in {days} days")
    pools = ledger.pools(DATE)
    return capture(_network(), pools, target, part / 100, days=days, who=who)


def _code(values: Values) -> str:
    """Write the same call."""
    return (
        f'attacks.capture(ledger.root_vote("{VOTE}").network(), ledger.pools("{DATE}"), target, '
        f"{values['part']!r} / 100, days={values['days']}, who={values['who']!r})"
    )


def _earned(one: Attempt) -> str:
    return f"{'+' if one.earned >= 0 else ''}{amount(one.earned, 'TAO', 3)}"


def _receipt(both: Capture) -> Sequence[Row]:
    """List for both rules what stands behind it, what can be lost and what it earns."""
    vote, market = both.vote, both.market
    voters = "1 validator" if vote.validators == 1 else f"{vote.validators} validators"
    return (
        Row(
            "vote: TAO behind it",
            amount(round(vote.committed), "TAO") + ("" if vote.own else ", lent"),
            "Stake that votes for the subnet with all its weight. Delegators lend it to an "
            "insider; a stranger needs TAO of its own on root.",
        ),
        Row("vote: by", voters, "The fewest whose vote brings that part, from the largest on."),
        Row(
            "vote: arrives",
            percent(vote.arrives),
            "Of all emission: validators come whole, so it is what was asked for or more.",
        ),
        Row(
            "vote: earned",
            _earned(vote),
            "The owner is paid 18 % of what arrives, in TAO. No stake is spent.",
            strong=True,
        ),
        Row(
            "price: TAO behind it",
            amount(round(market.committed), "TAO"),
            "Staked into the pool at the beginning, held until the end, then sold.",
        ),
        Row(
            "price: lost at worst",
            amount(round(market.lost_at_worst), "TAO"),
            "If others sell until the price is where it was, and you sell last.",
        ),
        Row(
            "price: arrives",
            percent(market.arrives),
            "What the share by moving price has gained at the end.",
        ),
        Row(
            "price: earned",
            _earned(market),
            "TAO of all alpha at the end, less what was staked, and less what the owner's alpha "
            "would have brought anyway; if nobody answers.",
            strong=True,
        ),
    )


def _picture(both: Capture, size: SizeName = "page") -> Picture[Capture]:
    """Draw it: :func:`dtao_edu.figures.capture.capture_bars`."""
    from dtao_edu.figures.capture import capture_bars  # Matplotlib only when something is drawn

    return capture_bars(both, size=size)


def _question(both: Capture) -> str:
    """Ask what the market brings."""
    vote, market = both.vote, both.market
    who = "an insider, who owns the subnet" if both.who == "insider" else "a stranger with TAO"
    days = "1 day" if vote.days == 1 else f"{vote.days:g} days"
    return (
        f"{percent(both.part)} of all emission are to come to subnet {vote.target} for {days}, for "
        f"{who}. By price {amount(round(market.committed), 'TAO')} must be staked, and are sold at "
        "the end. If nobody answers: with how much TAO more does it end (below 0: less)?"
    )


def _misconceptions(both: Capture) -> Misconceptions:
    """List what learners often expect instead."""
    vote, market = both.vote, both.market
    known = (
        (
            "paid as under the vote",
            vote.earned,
            "That is what the vote brings: there an owner is paid in TAO, by the share. By price "
            "it is paid in alpha, as much as before.",
        ),
        (
            "all that can be lost is lost",
            -market.lost_at_worst,
            "That is lost only if others sell first.",
        ),
        (
            "all that was staked is gone",
            -market.committed,
            "The stake is not a price: it buys alpha, and that is sold again.",
        ),
    )
    return [idea for idea in known if abs(idea[1] - market.earned) > 0.03 * abs(market.earned)]


def _why(both: Capture) -> str:
    """Say what brings and what takes TAO on the market."""
    market = both.market
    return (
        "A higher share brings TAO into the pool, and a higher price lets root's sale take more "
        f"out of it. Of {number(round(market.committed))} TAO staked comes back what is left: "
        "in a thin pool emission counts for much, in a deep one for little."
    )


def _presets() -> Sequence[Preset]:
    """Offer a deep pool, a thin one and an old subnet.

    Examples
    --------
    >>> [preset.label for preset in _presets()]
    ['subnet 64, the largest share', 'subnet 62, a thin pool', 'subnet 1, an old one']
    """
    names = {64: "the largest share", 62: "a thin pool", 1: "an old one"}
    return [
        Preset(
            label=f"subnet {netuid}, {name}",
            values={"target": netuid},
            source="public ledger, vote of 24 November 2024 and pools of block 5,373,800, "
            "17 April 2025",
        )
        for netuid, name in names.items()
    ]


capture = Playground(
    name="capture",
    title="A capture, and what it earns",
    model=_model,
    controls=(
        Number(
            name="part",
            label="Change of shares",
            start=5.0,
            minimum=2 * STEP,
            maximum=lambda values: _most(
                int(number_of(values, "target")), int(number_of(values, "days"))
            ),
            step=STEP,
            unit="% of emission",
            help="The part of all emission that is to arrive at the subnet.",
        ),
        Choice(
            name="days",
            label="Held for",
            start=7,
            options={"1 day": 1, "7 days": 7, "30 days": 30},
            help="Until everything is taken back; so long the chain goes on.",
        ),
        Choice(
            name="who",
            label="You are",
            start="insider",
            options={"an insider": "insider", "a stranger": "stranger"},
            help="An insider has validators whose stake is lent, and owns the subnet. A stranger "
            "has TAO alone.",
        ),
    ),
    picture=_picture,
    receipt=_receipt,
    presets=_presets,
    question=Question(
        ask=_question,
        answer=lambda both: both.market.earned,
        unit="TAO",
        misconceptions=_misconceptions,
        why=_why,
    ),
    grid=Grid(sliders=("part",), choices={"days": (1, 7), "who": ("insider", "stranger")}),
    longest=330,
    result_name="both",
    code=_code,
    imports=("from dtao_edu import ledger", "from dtao_edu.studies import attacks"),
)
