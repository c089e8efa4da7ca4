"""A bribe that is paid only if it fails: the conditional bribe, called P + epsilon.

Whoever votes as asked is promised a little more than voting honestly could bring, but only if too
few others do so. Then to vote as asked is best whatever the others do; all do it, and nothing is
paid. What the briber needs is a sum that all believe in.
"""

from __future__ import annotations

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import DELEGATE_TAKE
from dtao_edu.engine.errors import between, not_negative, positive, refuse
from dtao_edu.engine.root import RootNetwork
from dtao_edu.engine.units import BLOCKS_PER_DAY
from dtao_edu.studies.attacks.value import Attack
from dtao_edu.studies.attacks.votes import on_one
from dtao_edu.studies.coalition_moves import places_of
from dtao_edu.studies.coalition_vote import smallest_to_gain

VALIDATORS_PART = 0.41
"""Part of all emission that validators and their delegators received under the vote."""


def conditional_bribe(
    network: RootNetwork,
    target: int,
    part: float,
    *,
    leaving: float = 0.1,
    days: float = 30,
    epsilon: float = 1.0,
) -> Attack:
    """committed = sum_i (P_i + epsilon), P_i = leaving x take of i x days; lost = 0 if all follow.

    P_i is what validator i risks by such a vote: on the chain nothing, but delegators may leave
    and take a part of its commission (18 % of what its stake earns) with them.

    Parameters
    ----------
    network : RootNetwork
        A newcomer is added by :func:`with_newcomer`.
    target : int
        netuid that the votes are asked for.
    part : float
        Part of all emission that is to arrive; the fewest of the largest validators that bring
        it are asked.
    leaving : float
        Part of its delegators that each validator fears to lose, 0 to 1.
    days : float
        How long it would miss them.
    epsilon : float
        TAO promised to each beyond that, above 0.

    Returns
    -------
    Attack
        Committed is the briber's own TAO, held in sight of all. Lost at worst: one follows too
        few, and those who did are paid.

    Raises
    ------
    InputError
        A part that not even all validators bring, or numbers out of range.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> from dtao_edu.studies.attacks import with_newcomer
    >>> vote = with_newcomer(ledger.root_vote("2024-11-24").network(), 62)
    >>> found = conditional_bribe(vote, 62, 0.05)
    >>> round(found.committed), found.lost, round(found.lost_at_worst), round(found.arrives, 3)
    (524, 0.0, 273, 0.111)
    """
    between("leaving", leaving, 0, 1)
    number = smallest_to_gain(network, target, positive("part", part))
    if number is None:
        refuse("part", part, "at most what all validators together bring")
    places = places_of(network, number)
    earned = formulas.tao_injection(BLOCKS_PER_DAY * VALIDATORS_PART, 1.0) * float(DELEGATE_TAKE)
    promised = [
        leaving * earned * not_negative("days", days) * float(network.stake_shares[place])
        + positive("epsilon", epsilon)
        for place in places
    ]
    found = on_one(network, places, target, "conditional bribe")
    at_worst = sum(sorted(promised)[1:])
    return found._replace(committed=sum(promised), own=True, lost_at_worst=float(at_worst))
