"""The same change of shares, priced by vote and by market.

Predict how much TAO lifts a subnet's share by so much, then see it beside the stake of the
validators who would have moved the same by their vote, and beside the moving price.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING

from dtao_edu import ledger, studies
from dtao_edu.engine.errors import whole
from dtao_edu.engine.root import RootNetwork
from dtao_edu.playground.controls import Number, Values, number_of, value_of
from dtao_edu.playground.playground import Playground
from dtao_edu.playground.pools import DATE, day_code
from dtao_edu.playground.spec import Action, Preset, Question, Row
from dtao_edu.studies.market_move import MarketMove
from dtao_edu.studies.vote_or_market import TwoSides, validators_in_words
from dtao_edu.wording import amount, percent

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture
    from dtao_edu.figures.base.style import SizeName

VOTE = "2024-11-24"


@lru_cache(maxsize=1)
def _network() -> RootNetwork:
    """Read the vote once: what was counted of it is kept with it."""
    return ledger.root_vote(VOTE).network()


def _model(pools: ledger.Pools, target: int, part: float) -> TwoSides:
    """Price both sides: :func:`dtao_edu.studies.vote_or_market`, with the ledger's days."""
    live = pools.trading()
    return studies.vote_or_market(_network(), live, whole("target", target), part / 100)


def _code(values: Values) -> str:
    """Write the same call."""
    return (
        f'studies.vote_or_market(ledger.root_vote("{VOTE}").network(), '
        f"pools.trading(), {values['target']}, {values['part']!r} / 100)"
    )


def _most(values: Values) -> float:
    """Let the slider reach to what the subnet does not have yet, in whole percent."""
    there = value_of(values, "pools", ledger.Pools).trading()
    target = int(number_of(values, "target"))
    if target not in there:
        return 90
    price = there[target].price
    share = price / sum(pool.price for pool in there.values())
    return float(min(90, floor(100 * (1 - share) - 0.5)))


def _held(move: MarketMove) -> str:
    return f"{move.rule} price, {move.blocks:,} blocks held" if move.blocks else "spot price"


def _receipt(both: TwoSides) -> Sequence[Row]:
    """List both sides in the same units: validators, TAO committed, TAO lost, blocks held."""
    support = (
        "Somebody else supported the subnet too."
        if both.supported
        else "Nobody else supported the subnet, or it was not there yet: the consensus curve "
        "holds them back most."
    )
    rows = [
        Row(
            "vote: validators needed",
            validators_in_words(both).removeprefix("the "),
            "The fewest, from the largest on, by whose vote the subnet gains that part, if they "
            "put all their weight on it and the others vote as they did on 24 November 2024. "
            f"{support}",
            strong=True,
        ),
        Row(
            "vote: stake they speak for",
            "not enough"
            if both.staked is None or both.stake_share is None
            else f"{amount(round(both.staked), 'TAO')} ({percent(both.stake_share)} of all)",
            "Their own and their delegators'.",
        ),
        Row(
            "vote: TAO lost, blocks held",
            "0 TAO, 0 blocks",
            "A vote spends no stake. It can be taken back, and so can the stake.",
        ),
    ]
    for move in both.market:
        name = _held(move)
        rows += [
            Row(
                f"{name}: committed",
                amount(round(move.tao), "TAO")
                if move.reachable
                else f"cannot be had; {percent(move.most)} at most",
                "TAO staked, without a fee and from a calm market; no validator is needed. A "
                "moving price takes in at most 1 TAO; all subnets are taken to be 28 days old.",
                strong=True,
            ),
            Row(
                f"{name}: lost",
                amount(round(move.lost_if_restored), "TAO")
                if move.reachable
                else "nothing to lose",
                "What is gone if others sell until the price is back where it was, and you sell "
                "last. If nobody else trades, all comes back.",
            ),
        ]
    return rows


def _picture(shown: TwoSides, size: SizeName = "page") -> Picture[TwoSides]:
    """Draw it: :func:`dtao_edu.figures.vote_or_market.two_sides`."""
    from dtao_edu.figures.vote_or_market import two_sides  # Matplotlib only when something is drawn

    return two_sides(shown, size=size)


def _question(both: TwoSides) -> str:
    """Ask what the spot price takes."""
    vote = (
        f"In the vote {validators_in_words(both)} can do it."
        if both.staked is None
        else f"In the vote it takes {validators_in_words(both)}, with "
        f"{amount(round(both.staked), 'TAO')} of stake."
    )
    share = both.market[0].share_before
    return (
        f"Subnet {both.target} is to gain {percent(both.part)} of all emission; it has "
        f"{percent(share)} by its spot price. Its pool holds {amount(both.pool.tao_in, 'TAO')}; "
        f"all spot prices sum to {amount(both.pool.price / share, 'TAO')}. {vote} "
        "How much TAO must be staked into its pool, if the spot price decides?"
    )


def _misconceptions(both: TwoSides) -> Sequence[tuple[str, float, str]]:
    """List what learners often expect instead."""
    spot, day, _ = both.market
    after = spot.share_before + spot.moved
    times = after / (1 - after) / (spot.share_before / (1 - spot.share_before))
    found = [
        (
            "the TAO grows as the price does",
            both.pool.tao_in * (times - 1),
            "You let the pool's TAO grow as many times as the price. The price grows with its "
            "square, because alpha leaves while TAO comes in.",
        ),
        (
            "the moving price taken for the spot price",
            day.tao,
            "That is what the moving price takes, held for a day.",
        ),
    ]
    if both.staked is not None and both.stake_share:
        found.append(
            (
                "the part of emission taken for the part of the stake",
                both.part * both.staked / both.stake_share,
                "That is this part of all stake in the vote. By price the depth of one pool "
                "decides, and how little the subnet has.",
            )
        )
    return found


def _presets() -> Sequence[Preset]:
    """Offer a thin pool, an old subnet and the one with the largest share.

    Examples
    --------
    >>> [preset.label for preset in _presets()]
    ['subnet 62, a thin pool', 'subnet 1, an old one', 'subnet 64, the largest share']
    """
    names = {62: "a thin pool", 1: "an old one", 64: "the largest share"}
    return [
        Preset(
            label=f"subnet {netuid}, {name}",
            values={"pools": ledger.pools(DATE), "target": netuid, "part": 5},
            code={"pools": f'ledger.pools("{DATE}")'},
            source="public ledger, vote of 24 November 2024 and pools of block 5,373,800, "
            "17 April 2025",
        )
        for netuid, name in names.items()
    ]


def _presets_of(pools: ledger.Pools) -> Sequence[Preset]:
    """Offer the middle and the dearest subnet of another day, beside the same vote of 2024.

    Examples
    --------
    >>> [preset.label for preset in _presets_of(ledger.pools("2026-08-07"))]
    ['subnet 126, 2026-08-07', 'subnet 64, 2026-08-07']
    """
    dear = list(pools.prices().top(len(pools)))
    day = pools.date or pools.table
    return [
        Preset(
            label=f"subnet {netuid}, {day}",
            values={"pools": pools, "target": netuid, "part": 5},
            code={"pools": day_code(pools)},
            source=f"public ledger, vote of 24 November 2024 and pools of {day}",
        )
        for netuid in dict.fromkeys([dear[len(dear) // 2], dear[0]] if dear else [])
    ]


def _a_day(both: TwoSides) -> Values:
    """Take the most that the moving price gives in a day, in whole percent."""
    return {"part": max(1, floor(100 * both.market[1].most))}


vote_or_market = Playground(
    name="vote_or_market",
    title="Vote or market",
    model=_model,
    controls=(
        Number(
            name="part",
            label="Change of shares",
            start=5,
            minimum=1,
            maximum=_most,
            unit="% of emission",
            help="The part of all emission that the subnet is to gain.",
        ),
        Number(
            name="target",
            whole=True,
            label="To subnet",
            start=62,
            minimum=1,
            maximum=82,
            help="Its netuid on 17 April 2025; one above 82 can be typed. Those above 56 were not "
            "there at the vote.",
        ),
    ),
    picture=_picture,
    receipt=_receipt,
    presets=_presets,
    presets_of=_presets_of,
    actions=(
        Action(
            label="The most in a day",
            change=_a_day,
            help="The most that the moving price gives if it is held for a day, at any cost.",
        ),
    ),
    question=Question(
        ask=_question,
        answer=lambda both: both.market[0].tao,
        unit="TAO",
        misconceptions=_misconceptions,
        why=lambda both: (
            "By price a share follows the price. To lift a price by a factor, the TAO "
            "in the pool must grow by its square root: so the pool's depth decides."
        ),
    ),
    longest=345,
    result_name="both",
    code=_code,
    imports=("from dtao_edu import ledger, studies",),
)
