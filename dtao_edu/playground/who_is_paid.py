"""Who is paid inside a subnet.

One block's alpha among owner, miners, validators and root; how root's part falls over the years,
when alpha and TAO halve, and what a staker keeps after the take and the dilution.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dtao_edu import ledger, studies
from dtao_edu.engine import formulas
from dtao_edu.engine.emission import DELEGATE_TAKE, TAO_WEIGHT
from dtao_edu.engine.pool import Pool
from dtao_edu.playground.controls import Number, Values
from dtao_edu.playground.playground import Playground
from dtao_edu.playground.spec import Grid, Preset, Question, Row
from dtao_edu.studies.who_is_paid import Inside, parts
from dtao_edu.wording import amount, held_still, number, percent

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture
    from dtao_edu.figures.base.style import SizeName

DATE = "2025-04-17"
NETUIDS = (1, 64, 84)
YOUNG = {84: " (a young one)"}
MILLION = 1_000_000


def _model(
    netuid: int,
    pool: Pool,
    prices: float,
    block: int,
    years: float,
    root: float,
    weight: float,
    stake: float,
    take: float,
    kept: float,
) -> Inside:
    """Split the block and the day: :func:`dtao_edu.studies.inside`."""
    return studies.inside(
        netuid,
        pool,
        root * MILLION,
        prices,
        block,
        years=years,
        weight=weight,
        stake=stake,
        take=take / 100,
        kept=kept / 100,
    )


def _code(values: Values) -> str:
    """Write the same call of the engine."""
    parts = {name: f"{values[name]!r} / 100" for name in ("take", "kept")}
    parts = {name: repr(values[name]) for name in ("years", "weight", "stake")} | parts
    given = ", ".join(f"{name}={text}" for name, text in parts.items())
    return f"studies.inside(netuid, pool, {values['root']!r} * {MILLION}, prices, block, {given})"


def _receipt(found: Inside) -> Sequence[Row]:
    """List root's part, and a staker's day."""
    now = found.now
    unit = "alpha"
    return (
        Row(
            "weighted TAO",
            amount(found.weight * found.root_tao, "TAO", 4),
            "All TAO on root times what one of them counts for.",
        ),
        Row(
            "the subnet's alpha",
            amount(round(now.alpha_issuance), unit, 4),
            "All alpha, in the pool and with holders.",
        ),
        Row(
            "root proportion",
            percent(now.root_proportion),
            "Weighted TAO divided by weighted TAO plus all alpha: root's part of stake weight.",
            strong=True,
        ),
        Row(
            "root receives",
            percent(parts(found)[3] / 100),
            "Its proportion of the validators' half of what the owner leaves.",
            strong=True,
        ),
        Row(
            "a block issues",
            f"{number(now.alpha_emission)} alpha, {number(now.tao_emission)} TAO",
            "Alpha for the people of this subnet; TAO for the pools of all subnets together.",
        ),
        Row(
            "taken in a day",
            amount(found.kept_by_validator, unit, 3),
            "What the validator keeps of this staker's dividends.",
        ),
        Row(
            "earned in a day",
            amount(found.earned, unit, 3),
            "What one staker gets: the validators' part of 7,200 blocks, by the staker's part of "
            "all held alpha, less the take.",
            strong=True,
        ),
        Row(
            "held alpha grows",
            percent(found.growth),
            "In a day, by the new alpha that is kept. Root's alpha is sold to the pool at once "
            "(rule of 2025).",
        ),
        Row(
            "staker's part",
            f"{'+' if held_still(found.dilution) > 0 else ''}{percent(held_still(found.dilution))}",
            "Dilution: how the staker's part of all held alpha changes in a day, although all that "
            "was earned is kept.",
            strong=True,
        ),
    )


def _picture(shown: Inside, size: SizeName = "page") -> Picture[Inside]:
    """Draw it: :func:`dtao_edu.figures.who_is_paid.inside_bars`."""
    from dtao_edu.figures.who_is_paid import inside_bars  # Matplotlib only when something is drawn

    return inside_bars(shown, size=size)


def _question(found: Inside) -> str:
    """Ask what is root's."""
    now = found.now
    return (
        f"On root lie {amount(found.root_tao / MILLION, 'million TAO', 3)}, and each counts as "
        f"{number(found.weight, 3)} alpha; subnet {found.netuid} has "
        f"{amount(round(now.alpha_issuance), 'alpha', 3)}. Which percent of a block's "
        "alpha_out is root's?"
    )


def _misconceptions(found: Inside) -> Sequence[tuple[str, float, str]]:
    """List what learners often expect instead."""
    _, _, validators, root = parts(found)
    proportion = 100 * found.now.root_proportion
    unweighted = formulas.root_proportion(found.root_tao, found.now.alpha_issuance, 1)
    known = (
        (
            "the root proportion of the whole block",
            proportion,
            "That is root's part of the stake weight. It takes its part from the validators' half, "
            "not from owner and miners.",
        ),
        (
            "miners share with root",
            2 * root,
            "You took root's part from all that the owner leaves. Miners give nothing to root.",
        ),
        (
            "TAO not weighted",
            (validators + root) * float(unweighted),
            "You counted a TAO as one alpha. On root it counts for less.",
        ),
        (
            "the TAO weight for the part",
            100 * found.weight,
            "That is what one TAO counts for, not what root receives.",
        ),
    )
    return [idea for idea in known if abs(idea[1] - root) > 0.03 * root]


def _presets() -> Sequence[Preset]:
    """Offer real pools of 17 April 2025, an old market, a deep one and a young subnet.

    Returns
    -------
    sequence of Preset
        Each sets netuid, pool, the sum of all prices, the block and the TAO on root.

    Examples
    --------
    >>> [preset.label for preset in _presets()][1:]
    ['subnet 64, 17 April 2025', 'subnet 84, 17 April 2025 (a young one)']
    """
    there = ledger.pools(DATE)
    call = f'ledger.pools("{DATE}")'
    return [
        Preset(
            label=f"subnet {netuid}, 17 April 2025{YOUNG.get(netuid, '')}",
            values={
                "netuid": netuid,
                "pool": there[netuid].pool(),
                "prices": there.prices().total,
                "block": there.block,
                "root": float(f"{there.root.tao_in / MILLION:.4g}"),
                "years": 0.0,
            },
            code={
                "pool": f"{call}[{netuid}].pool()",
                "prices": f"{call}.prices().total",
                "block": f"{call}.block",
            },
            source=f"public ledger, pool of subnet {netuid} and TAO on root, block "
            f"{there.block:,}, 17 April 2025; the years after are reckoned",
        )
        for netuid in NETUIDS
    ]


who_is_paid = Playground(
    name="who_is_paid",
    title="Who is paid inside a subnet",
    model=_model,
    controls=(
        Number(
            name="years",
            label="Time from now",
            start=0.0,
            minimum=0.0,
            maximum=12.0,
            step=0.1,
            unit="years",
            help="Prices and stake on root stay; every block issues alpha.",
        ),
        Number(
            name="root",
            label="Stake on root",
            start=5.711,
            minimum=0.0,
            maximum=10.0,
            step=0.1,
            unit="million TAO",
            help="All TAO staked on netuid 0.",
        ),
        Number(
            name="weight",
            label="TAO weight",
            start=float(TAO_WEIGHT),
            minimum=0.0,
            maximum=1.0,
            step=0.01,
            unit="alpha for a TAO",
            help="What a TAO on root counts for in a subnet's stake: 0.18 on the chain.",
        ),
        Number(
            name="stake",
            label="One staker holds",
            start=100.0,
            minimum=10.0,
            maximum=1000.0,
            step=10.0,
            unit="alpha",
            help="At the chosen time, staked with a validator.",
        ),
        Number(
            name="take",
            label="Validator's take",
            start=float(f"{100 * float(DELEGATE_TAKE):.4g}"),
            minimum=0.0,
            maximum=18.0,
            step=1.0,
            unit="%",
            help="The part of dividends that the validator keeps, 18 % at most.",
        ),
        Number(
            name="kept",
            label="Owner and miners keep",
            start=100.0,
            minimum=0.0,
            maximum=100.0,
            step=5.0,
            unit="%",
            help="What they sell goes back to the pool and dilutes nobody.",
        ),
    ),
    picture=_picture,
    receipt=_receipt,
    presets=_presets,
    question=Question(
        ask=_question,
        answer=lambda found: parts(found)[3],
        unit="%",
        misconceptions=_misconceptions,
        why=lambda found: (
            f"The owner takes {percent(parts(found)[0] / 100)} first. Half of the "
            "rest is the miners'; of the "
            f"other half root takes its {percent(found.now.root_proportion)}."
        ),
    ),
    grid=Grid(sliders=("years", "root"), choices={"weight": (0.0, float(TAO_WEIGHT), 0.5, 1.0)}),
    longest=276,
    result_name="result",
    code=_code,
    imports=("from dtao_edu import ledger, studies",),
)
