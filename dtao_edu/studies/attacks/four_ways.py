"""The same attack four ways: insider and stranger, by vote and on the market.

An insider already has what the rule counts: validators have lent stake, the owner of a subnet is
paid its alpha. A stranger brings TAO. All four are asked for the same target, the same share and
the same time, and each is told with what it earns: whoever owns the target is paid 18 % of what
arrives, under the vote in TAO; by price in alpha, as many as before.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeVar

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import OWNER_CUT
from dtao_edu.engine.errors import between, positive, refuse
from dtao_edu.engine.root import RootNetwork
from dtao_edu.engine.units import BLOCKS_PER_DAY
from dtao_edu.ledger import Pools
from dtao_edu.studies.attacks.bribes import conditional_bribe
from dtao_edu.studies.attacks.in_time import captures_in_time
from dtao_edu.studies.attacks.value import Under, tao_in_words
from dtao_edu.studies.attacks.votes import bought_votes, on_one, with_newcomer
from dtao_edu.studies.coalition_vote import smallest_to_gain
from dtao_edu.studies.ledger_network import network_on
from dtao_edu.studies.market_move import market_cost_to_move
from dtao_edu.wording import Table, percent

Who = Literal["insider", "stranger", "briber"]
Kind = TypeVar("Kind")


class Attempt(NamedTuple):
    """One way to bring a part of emission to a subnet, and what it brings its maker.

    Attributes
    ----------
    who : "insider", "stranger" or "briber"
    under : "vote" or "market"
    target : int
    days : float
        For how long, until everything is taken back.
    arrives : float
        Part of all emission that the target gains: at once by vote, at the end by price.
    validators : int
        How many vote for it; 0 on the market.
    committed : float
        TAO that stand behind it.
    own : bool
        False: lent by delegators.
    of_all : float
        Committed as a part of all there is: of all stake in the vote, or of all TAO on root and
        in pools.
    lost_at_worst : float
        TAO gone if others sell first; 0 under the vote.
    earned : float
        TAO that the target's owner, who is the attacker, has more at the end than without it, if
        nobody answers; below 0 less.
    """

    who: Who
    under: Under
    target: int
    days: float
    arrives: float
    validators: int
    committed: float
    own: bool
    of_all: float
    lost_at_worst: float
    earned: float

    def __repr__(self) -> str:
        lent = "" if self.own else " lent"
        return (
            f"<{self.who}, {self.under}, subnet {self.target}: {self.committed:,.0f} TAO{lent}, "
            f"at worst {self.lost_at_worst:,.0f} lost, {self.earned:,.0f} earned>"
        )


def two_by_two(
    vote: RootNetwork,
    pools: Pools,
    target: int,
    part: float,
    days: float = 1,
    *,
    paid: float = float(OWNER_CUT),
) -> tuple[Attempt, ...]:
    """Price the same part, for the same subnet and time, four ways.

    Parameters
    ----------
    vote : RootNetwork
        A target that it does not have joins it without support.
    pools : Pools
        Of a day of the ledger that :func:`network_on` knows: "2025-04-17".
    target : int
        netuid.
    part : float
        Part of all emission that is to arrive, above 0.
    days : float
        For how long.
    paid : float
        The attacker's part of what the target is paid: the owner cut if left out; 0.59 where its
        miners are the attacker's own, too.

    Returns
    -------
    tuple of Attempt
        Vote and market, of an insider and of a stranger each.

    Raises
    ------
    InputError
        A subnet that does not trade, or a part that cannot be had.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> ways = two_by_two(ledger.root_vote("2024-11-24").network(), ledger.pools(), 62, 0.05)
    >>> for way in ways:
    ...     print(way)
    <insider, vote, subnet 62: 1,688,937 TAO lent, at worst 0 lost, 143 earned>
    <stranger, vote, subnet 62: 1,907,440 TAO, at worst 0 lost, 65 earned>
    <insider, market, subnet 62: 5,357 TAO, at worst 5,070 lost, -63 earned>
    <stranger, market, subnet 62: 5,357 TAO, at worst 5,070 lost, -63 earned>
    """
    blocks = positive("days", days) * BLOCKS_PER_DAY
    wide = vote if target in vote.netuids else with_newcomer(vote, target)
    number = smallest_to_gain(wide, target, positive("part", part))
    if number is None:
        refuse("part", part, "at most what all validators together bring")
    trading = pools.trading()
    move = market_cost_to_move(trading, target, part, rule="moving", blocks=max(round(blocks), 1))
    if not move.reachable:
        refuse("part", part, f"at most {move.most:.4f} in {move.blocks} blocks")
    staked = float(sum(vote.stakes))
    insider, stranger = on_one(wide, number, target), bought_votes(wide, target, part)
    found = [
        Attempt(
            who, "vote", target, days, one.arrives, validators, one.committed, one.own,
            one.committed / staked, 0.0,
            float(formulas.owner_cut(blocks * one.arrives, between("paid", paid, 0, 1))),
        )
        for who, one, validators in _two(insider, stranger, number)
    ]  # fmt: skip
    network = network_on(str(pools.date), free_tao=1.01 * move.tao)
    everything = float(sum(row.tao_in for row in trading.values())) + pools.root.tao_in
    minted = float(formulas.owner_cut(blocks, paid))
    captures = captures_in_time(network, target, move.tao, (minted, 0.0), days=days)
    found += [
        Attempt(
            who, "market", target, days, one.gained, 0, move.tao, True, move.tao / everything,
            move.lost_if_restored, one.earned,
        )
        for who, one, _ in _two(captures[0], captures[1], 0)
    ]  # fmt: skip
    return tuple(found)


def by_bribe(vote: RootNetwork, target: int, part: float, days: float = 1) -> Attempt:
    """Price the same part when its owner pays the largest validators what they fear to lose.

    The sum is that of :func:`conditional_bribe`. Promised for failure alone it binds only where
    those who follow together lose nothing; here it is paid, and what is earned is what is left.

    Parameters
    ----------
    vote, target, part, days : as in :func:`two_by_two`.

    Returns
    -------
    Attempt
        Committed are the TAO paid, the briber's own; they are lost.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> by_bribe(ledger.root_vote("2024-11-24").network(), 62, 0.05, 30)
    <briber, vote, subnet 62: 524 TAO, at worst 524 lost, 3,779 earned>
    """
    blocks = positive("days", days) * BLOCKS_PER_DAY
    wide = vote if target in vote.netuids else with_newcomer(vote, target)
    one = conditional_bribe(wide, target, part, days=days)
    owners = float(formulas.owner_cut(blocks * one.arrives, float(OWNER_CUT)))
    return Attempt(
        "briber", "vote", target, days, one.arrives, 0, one.committed, True,
        one.committed / float(sum(vote.stakes)), one.committed, owners - one.committed,
    )  # fmt: skip


def _two(insider: Kind, stranger: Kind, validators: int) -> tuple[tuple[Who, Kind, int], ...]:
    """Name two ways; a stranger votes alone."""
    return ("insider", insider, validators), ("stranger", stranger, min(validators, 1))


def two_by_two_table(attempts: Iterable[Attempt]) -> Table:
    """Return a row an attempt: who, how, what it takes, what it risks and what it earns.

    Parameters
    ----------
    attempts : iterable of Attempt

    Returns
    -------
    Table

    Examples
    --------
    >>> one = Attempt("stranger", "market", 62, 1, 0.05, 0, 5357.0, True, 0.001, 5070.0, -63.4)
    >>> print(two_by_two_table([one]))
    who       under   subnet  days  TAO committed  of all  lost at worst  earned  arrives
    stranger  market      62     1          5,357  0.10 %          5,070   -63.4    5.0 %
    """
    head = ("who", "under", "subnet", "days", "TAO committed", "of all", "lost at worst",
            "earned", "arrives")  # fmt: skip
    rows = tuple(
        (
            one.who,
            one.under,
            str(one.target),
            f"{one.days:g}",
            tao_in_words(one.committed) + ("" if one.own else " lent"),
            percent(one.of_all, fine=True),
            tao_in_words(one.lost_at_worst),
            tao_in_words(one.earned),
            percent(one.arrives),
        )
        for one in attempts
    )
    return Table(head, rows, 2)
