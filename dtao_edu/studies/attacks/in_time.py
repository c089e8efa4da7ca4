"""Attacks that only time shows: what a network makes of them at its next blocks.

The price of an attack at one moment is told by the modules beside this one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dtao_edu.engine.errors import not_negative, positive, whole
from dtao_edu.simulation.network import Network
from dtao_edu.simulation.run import simulate

STEP = 144
"""Blocks that are taken at once, half an hour."""


class CaptureInTime(NamedTuple):
    """A stake that is held while the chain goes on, and sold.

    Attributes
    ----------
    tao : float
        TAO staked.
    returned : float
        TAO received at the end for all alpha, the owner's included.
    without : float
        TAO that the owner's alpha alone would have brought, had nobody staked.
    share, share_without : float
        The target's part of all emission at the end.
    entered : float
        TAO that emission brought into the pool beside what would have entered anyway.
    """

    tao: float
    returned: float
    without: float
    share: float
    share_without: float
    entered: float

    @property
    def earned(self) -> float:
        """returned - tao - without: what the capture itself brought, TAO."""
        return self.returned - self.tao - self.without

    @property
    def gained(self) -> float:
        """What the target's share has gained at the end."""
        return self.share - self.share_without


def capture_in_time(
    network: Network, netuid: int, tao: float, *, days: float = 1, owned: float = 0.0
) -> CaptureInTime:
    """earned = TAO of all alpha at the end - TAO staked - TAO of the owner's alpha without it.

    Nobody else trades, but the chain goes on: pools receive emission by the moving price, and
    root sells. By price the target's people are minted one alpha a block whatever the share. What
    a higher share brings is TAO in the pool, and what a higher price takes is more TAO for the
    alpha that root sells; whoever sells at the end gets a part of what is left.

    Parameters
    ----------
    network : Network
        With as much free TAO as is staked: ``network_on("2025-04-17", free_tao=...)``.
    netuid : int
    tao : float
        TAO staked at the beginning, above 0.
    days : float
        Until everything is sold.
    owned : float
        Alpha that the attacker is paid meanwhile in any case, such as the owner's 18 %: 0 for a
        stranger.

    Returns
    -------
    CaptureInTime

    Raises
    ------
    InputError
        A subnet that is not there, or more TAO than is free.

    Examples
    --------
    >>> from dtao_edu.studies.ledger_network import network_on
    >>> found = capture_in_time(network_on(free_tao=6_000), 62, 5_357)
    >>> round(found.gained, 3), round(found.earned), round(found.entered)
    (0.049, -63, -27)
    """
    return captures_in_time(network, netuid, tao, [owned], days=days)[0]


def captures_in_time(
    network: Network, netuid: int, tao: float, owned: Iterable[float], *, days: float = 1
) -> list[CaptureInTime]:
    """Return :func:`capture_in_time` of attackers who differ only in the alpha they are paid.

    Parameters
    ----------
    network, netuid, tao, days : as in :func:`capture_in_time`.
    owned : iterable of float
        Of each attacker; what the chain does is the same for all, and is run once.
    """
    place, paid = network.place(netuid), [not_negative("owned", alpha) for alpha in owned]
    there = network.stake(netuid, positive("tao", tao))
    ends = [
        simulate(start, days=days, step=STEP, step_error=False).network or start
        for start in (there.after, network)
    ]
    held = there.trade.received
    shares = [float(end.shares()[place]) for end in ends]
    # What emission brought, and not the trader: TAO in the pool at the end, less what was staked.
    inside = [float(end.tao_in[place]) for end in ends]
    return [
        CaptureInTime(
            tao=float(tao),
            returned=float(ends[0].unstake(netuid, held + alpha).trade.received),
            without=float(ends[1].unstake(netuid, alpha).trade.received if alpha else 0.0),
            share=shares[0],
            share_without=shares[1],
            entered=inside[0] - float(tao) - inside[1],
        )
        for alpha in paid
    ]


def washed(network: Network, netuid: int, tao: float, rounds: int) -> Network:
    """tao -> alpha -> tao, again and again within one block: the network afterwards.

    Fees are those of the rules in force. Nobody else trades.

    Parameters
    ----------
    network : Network
    netuid : int
    tao : float
        Free TAO that goes round; what comes back goes round again.
    rounds : int
        1 or more.

    Returns
    -------
    Network

    Raises
    ------
    InputError
        A subnet that is not there, or a number that is not allowed.

    Examples
    --------
    >>> from dtao_edu.engine.pool import Pool
    >>> network = Network({1: Pool(100, 1000, 500)}, "v3_low_fee", root_tao=1000, issuance=2000)
    >>> after = washed(network, 1, 50, 20)
    >>> round(float(network.free_tao - after.free_tao), 3) == round(float(after.user_flow[0]), 3)
    True
    """
    left = float(positive("tao", tao))
    for _ in range(whole("rounds", rounds, low=1)):
        there = network.stake(netuid, left)
        back = there.after.unstake(netuid, there.trade.received)
        network, left = back.after, float(back.trade.received)
    return network
