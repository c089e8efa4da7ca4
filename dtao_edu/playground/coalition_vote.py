"""A coalition of validators puts all its weight on one subnet.

Predict how much of all emission changes hands, then choose who votes together, and for whom. The
other side has a slider too: delegators leave the coalition for the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from dtao_edu import ledger, studies
from dtao_edu.engine.errors import refuse, whole
from dtao_edu.engine.root import RootNetwork
from dtao_edu.playground.controls import Choice, Number, Several, Values, number_of, value_of
from dtao_edu.playground.playground import Playground
from dtao_edu.playground.spec import Action, Grid, Preset, Question, Row
from dtao_edu.studies.coalition_vote import HALF, CoalitionVote, coalition_name
from dtao_edu.wording import amount, number, percent, rounded

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture
    from dtao_edu.figures.base.style import SizeName

DATES = {"2024-11-24": "24 November 2024", "2024-10-23": "23 October 2024"}
SEATS = 12
"""How many validators, from the largest on, can be chosen one by one."""
ARROW = " \N{RIGHTWARDS ARROW} "


def _members(
    network: RootNetwork, who: str, largest: int, seats: Sequence[int], target: int
) -> int | list[int]:
    """Read the coalition: how many of the largest, or the places of those that were ticked."""
    if who == "largest":
        return whole("largest", largest, 1)
    ranking = studies.coalition_vote(network, len(network.stakes), target).members
    return [ranking[seat - 1] for seat in seats]


def _model(
    network: RootNetwork,
    who: str,
    largest: int,
    seats: Sequence[int],
    target: int,
    leaving: float,
) -> CoalitionVote:
    """Count the vote: :func:`dtao_edu.studies.coalition_vote`, with what the controls say."""
    if who == "largest" and largest > len(network.stakes):
        refuse("largest", largest, f"1 to {len(network.stakes)}")
    coalition = _members(network, who, largest, seats, target)
    target = whole("target", target)
    vote = studies.coalition_vote(network, coalition, target, leaving=leaving / 100)
    outside = [s for place, s in enumerate(network.stakes) if place not in vote.members]
    if not any(outside):
        refuse("coalition", "all stake", "less: delegators must find somebody else to go to")
    return vote


def _code(values: Values) -> str:
    """Write the same call of the engine."""
    leaving = f", leaving={values['leaving']!r} / 100" if values["leaving"] else ""
    target = int(number_of(values, "target"))
    coalition = _members(
        _network(values),
        value_of(values, "who", str),
        int(number_of(values, "largest")),
        value_of(values, "seats", tuple),
        target,
    )
    return f"studies.coalition_vote(network, {coalition!r}, {target}{leaving})"


def _network(values: Values) -> RootNetwork:
    return value_of(values, "network", RootNetwork)


def _receipt(vote: CoalitionVote) -> Sequence[Row]:
    """List what the coalition moves, how few would be enough, and what would stop it."""
    column, before, after = vote.column, vote.before, vote.after
    enough = studies.smallest_for(vote.network, vote.target, HALF)
    needed = studies.stake_to_stop(vote.network, vote.members, vote.target, HALF)
    stake = sum(vote.network.stakes[place] for place in vote.members)
    return (
        Row(
            "stake of the coalition",
            percent(vote.stake_share),
            "Their part of all stake, after delegators have left.",
        ),
        Row(
            f"trust of subnet {vote.target}",
            f"{percent(before.trusts[column])}{ARROW}{percent(after.trusts[column])}",
            "The part of all stake that gives it any weight at all.",
        ),
        Row(
            "its consensus",
            f"{number(before.consensus[column], 3)}{ARROW}{number(after.consensus[column], 3)}",
            "A number between 0 and 1, by the curve of its trust.",
        ),
        Row(
            "its emission share",
            f"{percent(before.shares[column])}{ARROW}{percent(after.shares[column])}",
            "Consensus times rank, divided by the sum over all netuids.",
            strong=True,
        ),
        Row(
            "changes hands",
            percent(vote.moved),
            "Half of all changes of shares, added without their signs.",
            strong=True,
        ),
        Row(
            "enough for a half",
            "not even all" if enough is None else f"the {enough} largest",
            "The fewest validators, from the largest on, who can move half of all emission there.",
            strong=True,
        ),
        Row(
            "to stop them",
            amount(rounded(needed), "TAO") if needed else "nothing is needed",
            "What delegators must move from the coalition to all others for it to move no more "
            "than a half.",
            strong=True,
        ),
        Row(
            "that is, of their stake",
            percent(needed / stake) if stake else percent(0),
            "The same as a part of the stake that the coalition had.",
        ),
    )


def _picture(shown: CoalitionVote, size: SizeName = "page") -> Picture[CoalitionVote]:
    """Draw it: :func:`dtao_edu.figures.coalition_vote.vote_bars`."""
    from dtao_edu.figures.coalition_vote import vote_bars  # Matplotlib only when something is drawn

    return vote_bars(shown, size=size)


def _question(vote: CoalitionVote) -> str:
    """Ask what changes hands."""
    name = coalition_name(vote)
    verb = "puts all its" if len(vote.members) == 1 else "put all their"
    return (
        f"{name}, {percent(vote.stake_share)} of the stake, {verb} weight on subnet {vote.target}; "
        "the others vote as they did. What percent of all emission changes hands?"
    )


def _misconceptions(vote: CoalitionVote) -> Sequence[tuple[str, float, str]]:
    """List what learners often expect instead."""
    column = vote.column
    return (
        (
            "the part of stake taken for the part of emission",
            100 * float(vote.stake_share),
            "That is their part of the stake. But all other subnets lose their trust too, and the "
            "consensus curve takes away more than the votes.",
        ),
        (
            "what is left to all the others",
            100 - 100 * float(vote.after.shares[column]),
            "That is what the other subnets keep together.",
        ),
        (
            "both sides counted",
            200 * float(vote.moved),
            "What one subnet wins another loses; you counted it at both.",
        ),
    )


def _presets() -> Sequence[Preset]:
    """Offer the two real votes.

    Returns
    -------
    sequence of Preset
        Each sets ``network``.

    Examples
    --------
    >>> [preset.label for preset in _presets()]
    ['24 November 2024, all 64 validators', '23 October 2024, 25 validators']
    """
    found = []
    for date, words in DATES.items():
        vote = ledger.root_vote(date)
        count = len(vote.uids)
        found.append(
            Preset(
                label=f"{words}, {'all ' if count == 64 else ''}{count} validators",
                values={"network": vote.network()},
                code={"network": f'ledger.root_vote("{date}").network()'},
                source=f"public ledger, vote of the Root Network, block {vote.block:,}, {words}",
            )
        )
    return found


def _fit(values: Values) -> Values:
    """Suit a vote: no more members and no other subnet than it has."""
    network = _network(values)
    count = len(network.stakes)
    return {
        "largest": min(int(number_of(values, "largest")), count - 1),
        "target": min(int(number_of(values, "target")), max(network.netuids)),
        "seats": tuple(seat for seat in value_of(values, "seats", tuple) if seat <= count),
    }


def _ordinal(seat: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(seat, "th")
    return f"{seat}{ending} by stake"


def _few(vote: CoalitionVote) -> Values:
    """Take the fewest that can move a half to the target; as many as now where none can."""
    enough = studies.smallest_for(vote.network, vote.target, HALF)
    return {"who": "largest", "largest": enough or len(vote.members), "leaving": 0}


def _leave(vote: CoalitionVote) -> Values:
    """Let as many delegators leave as stop the coalition, in whole percent."""
    stake = sum(vote.network.stakes[place] for place in vote.members)
    needed = studies.stake_to_stop(vote.network, vote.members, vote.target, HALF)
    return {"leaving": ceil(100 * needed / stake) if stake else 0}


coalition_vote = Playground(
    name="coalition_vote",
    title="The Root Network's vote",
    model=_model,
    controls=(
        Choice(
            name="who",
            label="Who votes together",
            options={"the largest": "largest", "chosen ones": "chosen"},
            help="Validators in the order of their stake, or those that you tick.",
        ),
        Number(
            name="largest",
            whole=True,
            label="How many",
            start=3,
            minimum=1,
            maximum=lambda values: len(_network(values).stakes) - 1,
            unit="validators",
            help="The coalition: so many validators, from the one with the most stake on.",
            active=lambda values: values["who"] == "largest",
        ),
        Several(
            name="seats",
            label="The coalition",
            options={_ordinal(seat): seat for seat in range(1, SEATS + 1)},
            start=(1, 2, 3),
            help="Tick who votes together.",
            active=lambda values: values["who"] == "chosen",
        ),
        Number(
            name="target",
            whole=True,
            label="All their weight on subnet",
            start=1,
            minimum=0,
            maximum=lambda values: max(_network(values).netuids),
            help="Its netuid. Netuid 0 is a vote not to issue; in November nobody supported 55.",
        ),
        Number(
            name="leaving",
            label="Delegators leave",
            start=0,
            unit="% of its stake",
            help="Stake that is moved from the coalition to all the others before the vote.",
        ),
    ),
    picture=_picture,
    receipt=_receipt,
    presets=_presets,
    fit=_fit,
    actions=(
        Action(
            label="Fewest for a half",
            change=_few,
            help="Take the fewest of the largest who can move half of all emission there.",
        ),
        Action(
            label="Delegators stop it",
            change=_leave,
            help="Let as much stake leave as it takes, in whole percent.",
        ),
    ),
    question=Question(
        ask=_question,
        answer=lambda vote: 100 * float(vote.moved),
        unit="%",
        misconceptions=_misconceptions,
        why=lambda vote: (
            "All other subnets lose the coalition's trust, and the consensus curve "
            "takes more from them than votes: together they keep "
            f"{percent(1 - vote.after.shares[vote.column])}."
        ),
    ),
    grid=Grid(sliders=("largest", "leaving"), choices={"target": (1, 55)}),
    longest=290,
    result_name="vote",
    code=_code,
    imports=("from dtao_edu import ledger, studies",),
)
