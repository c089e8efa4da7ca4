"""Attacks that only time shows: what a network makes of them at its next blocks.

The price of an attack at one moment is told by the modules beside this one.
"""

from __future__ import annotations

from typing import Any

from dtao_edu.engine.errors import positive, whole
from dtao_edu.simulation.network import Network


def washed(network: Network, netuid: int, tao: Any, rounds: int) -> Network:
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
    left: Any = positive("tao", tao)
    for _ in range(whole("rounds", rounds, low=1)):
        there = network.stake(netuid, left)
        back = there.after.unstake(netuid, there.trade.received)
        network, left = back.after, back.trade.received
    return network
