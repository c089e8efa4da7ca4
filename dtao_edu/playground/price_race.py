"""Several subnets while blocks pass, and stakes into and out of them.

Predict what share a stake gives a day later; then stake, let the blocks pass, and see what moves at
once, what follows slowly, and who pays for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING

from dtao_edu.playground.controls import Choice, Number, Values, number_of, value_of
from dtao_edu.playground.playground import Playground
from dtao_edu.playground.spec import Action, Grid, Opening, Preset, Question, Row
from dtao_edu.wording import amount, number, percent

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture
    from dtao_edu.figures.base.style import SizeName
    from dtao_edu.studies.price_race import Quantity, Race, Turn

DATE = "2025-04-17"
SHOWN = (64, 56, 4, 8, 3, 51, 81, 34)
PAIR = (4, 8)
PURSE = 20_000
QUARTER_DAYS = {"blocks": 1800}
"""A step of a flip-book: six hours."""
ARROW = " \N{RIGHTWARDS ARROW} "


def _model(
    race: Race, netuid: int, side: str, tao: float, part: float, blocks: int, quantity: Quantity
) -> Turn:
    """Look at a race: :meth:`dtao_edu.studies.price_race.Race.turn`."""
    if side == "stake":
        return race.turn(netuid, tao=tao, blocks=blocks, quantity=quantity)
    return race.turn(netuid, part=part / 100, blocks=blocks, quantity=quantity)


def _code(values: Values) -> str:
    """Write the same call."""
    part = number_of(values, "part") / 100
    trade = f"tao={values['tao']!r}" if values["side"] == "stake" else f"part={part!r}"
    more = f"blocks={values['blocks']!r}, quantity={values['quantity']!r}"
    return f"race.turn({values['netuid']}, {trade}, {more})"


def _receipt(turn: Turn) -> Sequence[Row]:
    """List what the trade does at once and in a day, what emission does, and the wallet."""
    race, netuid = turn.race, turn.netuid
    here, now, then = race.network.place(netuid), race.now, turn.outlook
    price = now.price[here] if turn.trade is None else turn.trade.after.price
    return (
        Row(
            "price, at once",
            f"{number(now.price[here], 3)}{ARROW}{number(price, 3)}",
            "TAO per alpha: now, and right after the trade that is set above.",
            strong=True,
        ),
        Row(
            "moving, in a day",
            f"{number(now.moving_price[here], 3)}{ARROW}{number(then.moving_price[here], 3)}",
            "Moving price, TAO per alpha: now, and a day after that trade if nobody trades again.",
            strong=True,
        ),
        Row(
            "share, in a day",
            f"{percent(now.share[here])}{ARROW}{percent(then.share[here])}",
            "Of all emission, by moving price: now, and a day after that trade.",
            strong=True,
        ),
        Row(
            "others, in a day",
            f"{percent(1 - now.share[here])}{ARROW}{percent(1 - then.share[here])}",
            "All other subnets together. What one gains they lose.",
        ),
        Row(
            "emission",
            f"{amount(round(race.emission_a_day(netuid)), 'TAO')} a day",
            "What the present share brings into the pool in 7,200 blocks.",
        ),
        Row(
            "TAO in the pool",
            amount(round(float(now.depth[here])), "TAO"),
            "It grows with stake and emission. Root sells a part of its alpha into it.",
        ),
        Row(
            "your alpha here",
            amount(round(race.alpha_held(netuid)), "alpha"),
            "On Vera's hotkey. What it earns there (lesson 09) is left out.",
        ),
        Row("your free TAO", amount(round(race.wallet.tao), "TAO"), "What you can still stake."),
        Row(
            "all sold, TAO",
            f"{number(round(float(race.worth)))} of {number(round(float(race.began.free_tao)))}",
            "Free TAO and what unstaking all your alpha, in all subnets, would bring now; of what "
            "you began with.",
        ),
    )


def _picture(shown: Turn, size: SizeName = "page") -> Picture[Turn]:
    """Draw it: :func:`dtao_edu.figures.price_race.race_lines`."""
    from dtao_edu.figures.price_race import race_lines  # Matplotlib only when something is drawn

    return race_lines(shown, size=size)


def _question(turn: Turn) -> str:
    """Ask for the share a day later."""
    race, netuid = turn.race, turn.netuid
    here = race.network.place(netuid)
    share = percent(race.now.share[here])
    if turn.trade is None:
        return f"Subnet {netuid} has {share} of all emission. What is it in a day?"
    give = "TAO" if turn.side == "stake" else "alpha"
    return (
        f"You {turn.side} {amount(turn.trade.paid, give)}: the price of subnet {netuid} goes from "
        f"{number(race.now.price[here], 3)} to {number(turn.trade.after.price, 3)} TAO at once. "
        f"By moving price it has {share} of all emission now. How many percent does it have a day "
        "later, if nobody else trades?"
    )


def _answer(turn: Turn) -> float:
    later = turn.a_day_later
    return 100 * float(later.now.share[later.network.place(turn.netuid)])


def _misconceptions(turn: Turn) -> Sequence[tuple[str, float, str]]:
    """List what learners often expect instead."""
    from dtao_edu.studies.price_race import Race  # a network needs NumPy

    race, answer = turn.race, _answer(turn)
    here = race.network.place(turn.netuid)
    after = turn.after.network
    grown = Race.begin(after.under(after.rules.but(moving_halving=0))).wait(7200)
    known = [
        (
            "the share follows the spot price at once",
            100 * float(after.shares("spot_price")[here]),
            "So it would be if the spot price counted. The moving price comes slowly.",
        ),
        (
            "nothing changes within a day",
            100 * float(race.now.share[here]),
            "That is the share of now. Every block's price counts a little.",
        ),
        (
            "the warm-up left out",
            100 * float(grown.now.share[here]),
            "So it would be without the warm-up. Smoothing gains strength with age.",
        ),
    ]
    return [idea for idea in known if abs(idea[1] - answer) > 0.03 * answer]


@lru_cache(maxsize=1)
def _races() -> dict[str, tuple[Race, str]]:
    """Let the races begin, each with a calm day: label -> race and its code."""
    from dtao_edu.studies.ledger_network import network_on  # a network needs NumPy
    from dtao_edu.studies.price_race import Race

    calm = ").wait(1800, times=4)"
    begins = {
        "eight of 84 subnets, 17 April 2025": (
            Race.begin(network_on(DATE, free_tao=PURSE), SHOWN),
            f'Race.begin(network_on("{DATE}", free_tao={PURSE}), {SHOWN}',
        ),
        "these eight alone, 17 April 2025": (
            Race.begin(network_on(DATE, SHOWN, free_tao=PURSE)),
            f'Race.begin(network_on("{DATE}", {SHOWN}, free_tao={PURSE})',
        ),
        "4 and 8, as if 8 were one day old": (
            Race.begin(network_on(DATE, ages={8: 0}, free_tao=PURSE), PAIR),
            f'Race.begin(network_on("{DATE}", ages={{8: 0}}, free_tao={PURSE}), {PAIR}',
        ),
    }
    return {
        label: (race.wait(1800, times=4), text + calm) for label, (race, text) in begins.items()
    }


def _presets() -> Sequence[Preset]:
    """Offer the subnets of 17 April 2025 as they were, eight of them alone, and a young one.

    Returns
    -------
    sequence of Preset
        Each sets ``race`` and the subnet that is looked at.

    Examples
    --------
    >>> [preset.label for preset in _presets()][:2]
    ['eight of 84 subnets, 17 April 2025', 'these eight alone, 17 April 2025']
    """
    return [
        Preset(
            label=label,
            values={"race": race, "netuid": 8 if race.shown == PAIR else 3},
            code={"race": text},
            source="public ledger, pools of block 5,373,800 and daily prices; from there on the "
            "rules of 17 April 2025, without other trades",
        )
        for label, (race, text) in _races().items()
    ]


def _fit(values: Values) -> Values:
    """Suit a purse: no more than is free."""
    free = _free(values)
    return {"tao": min(number_of(values, "tao"), free)} if free else {}


def _free(values: Values) -> float:
    from dtao_edu.studies.price_race import Race  # a network needs NumPy

    return float(value_of(values, "race", Race).wallet.tao)


def _most(values: Values) -> float:
    """Let the slider reach as far as the free TAO, in whole hundreds."""
    return max(floor(_free(values) / 100) * 100, 1100)


def _traded(turn: Turn) -> Values:
    """Carry the trade out; the next stake is no more than what is left."""
    from dtao_edu.studies.price_race import LEAST  # a network needs NumPy

    after = turn.carried_out()
    left = float(after.wallet.tao)
    if turn.side == "stake" and turn.trade and LEAST <= left < turn.trade.paid:
        return {"race": after, "tao": float(f"{left:.10g}") if left < 1 else floor(left)}
    return {"race": after}


def _step(turn: Turn) -> Values:
    return {"race": turn.race.wait(turn.blocks)}


ONE_STEP = Action(
    label="Step",
    change=_step,
    help="Let the blocks of one step pass.",
    code="race = turn.race.wait(turn.blocks)",
)

price_race = Playground(
    name="price_race",
    title="The race of prices",
    model=_model,
    controls=(
        Choice(
            name="netuid",
            label="Subnet",
            options={f"subnet {netuid}": netuid for netuid in SHOWN},
            start=3,
            help="The one that is looked at, and traded in.",
        ),
        Choice(
            name="side",
            label="You",
            options={"stake TAO": "stake", "unstake alpha": "unstake"},
            help="Staking turns TAO into alpha; unstaking turns alpha into TAO.",
        ),
        Number(
            name="tao",
            label="Stake",
            start=5000,
            minimum=100,
            maximum=_most,
            step=100,
            unit="TAO",
            help="What you pay into the pool.",
            active=lambda values: values["side"] == "stake",
        ),
        Number(
            name="part",
            label="Unstake",
            start=100,
            minimum=1,
            maximum=100,
            unit="%",
            help="The part of the alpha that you hold in this subnet.",
            active=lambda values: values["side"] == "unstake",
        ),
        Choice(
            name="blocks",
            label="A step passes",
            options={"12 min": 60, "1 hour": 300, "6 hours": 1800, "1 day": 7200},
            help="Blocks of a step: 60, 300, 1,800 or 7,200.",
        ),
        Choice(
            name="quantity",
            label="Drawn large",
            start="share",
            options={
                "spot price": "price",
                "moving price": "moving_price",
                "share of emission": "share",
                "TAO from emission": "emission",
                "TAO in the pool": "depth",
            },
            help="What is drawn of all subnets.",
        ),
    ),
    picture=_picture,
    receipt=_receipt,
    presets=_presets,
    fit=_fit,
    actions=(
        Action(
            label="Trade",
            change=_traded,
            help="Carry the stake or unstake out.",
            code="race = turn.carried_out()",
        ),
        ONE_STEP,
        replace(
            ONE_STEP,
            label="Play / pause",
            help="Let step after step pass, until it is pressed again.",
            plays=20,
        ),
    ),
    question=Question(
        ask=_question,
        answer=_answer,
        unit="%",
        misconceptions=_misconceptions,
        why=lambda turn: (
            "The spot price jumps at once; the moving price, by which the share is "
            "counted, comes after it block by block."
        ),
    ),
    grid=Grid(
        choices={"quantity": ("share", "price", "moving_price")},
        openings=(
            Opening(label="nobody trades", values=QUARTER_DAYS),
            *(
                Opening(
                    label=f"stake {tao:,} TAO",
                    values={**QUARTER_DAYS, "side": "stake", "tao": tao},
                    acts=("Trade",),
                )
                for tao in (5000, 20_000)
            ),
        ),
        clock="Step",
    ),
    longest=290,
    result_name="turn",
    code=_code,
    imports=(
        "from dtao_edu.studies.price_race import Race",
        "from dtao_edu.studies.ledger_network import network_on",
    ),
)
