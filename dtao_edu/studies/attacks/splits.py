"""One subnet that becomes several: what each rule pays for the same thing cut in pieces.

A rule that is not neutral here pays for a number of names. The supporters, or the holders, are
taken to follow; the costs of registration are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dtao_edu.engine.emission import price_shares
from dtao_edu.engine.errors import refuse, whole
from dtao_edu.engine.root import RootNetwork
from dtao_edu.engine.units import Amount
from dtao_edu.measures.concentration import shares


def split_vote(network: RootNetwork, target: int, pieces: int) -> float:
    """W_ij -> W_ij / n in each of n subnets: the change of what the supporters' votes pay.

    Parameters
    ----------
    network : RootNetwork
    target : int
        netuid of the subnet that is split.
    pieces : int
        n, 1 or more.

    Returns
    -------
    float
        What all pieces together receive, less what the subnet received; parts of all emission.
        Each piece has the trust of the whole, and its part of the rank: nothing is gained.

    Examples
    --------
    >>> vote = RootNetwork([60, 40], [[1, 1], [0, 1]], netuids=[1, 2])
    >>> abs(split_vote(vote, 2, 3)) < 1e-12
    True
    """
    if target not in network.netuids:
        refuse("target", target, f"one of {list(network.netuids)}")
    n, column = whole("pieces", pieces, low=1), network.netuids.index(target)
    rows = []
    for row in network.weights:
        ballot: list[Amount] = list(shares(row)) if any(row) else [0.0] * len(row)
        piece = ballot[column] / n
        ballot[column] = piece
        rows.append((*ballot, *[piece] * (n - 1)))
    fresh = max(network.netuids) + 1
    names = (*network.netuids, *range(fresh, fresh + n - 1))
    cut = replace(network, weights=tuple(rows), netuids=names).shares_by_netuid()
    together = cut[target] + sum(cut[netuid] for netuid in names[len(network.netuids) :])
    return float(together - network.shares_by_netuid()[target])


def split_price(
    prices: Mapping[int, float], target: int, pieces: int, *, alpha_divided: bool
) -> float:
    """p -> n pools of price p, or of p / n: the change of what the same TAO in n pools is paid.

    Parameters
    ----------
    prices : mapping of netuid to price
        TAO per alpha.
    target : int
        netuid of the subnet that is split.
    pieces : int
        n, 1 or more.
    alpha_divided : bool
        True: TAO and alpha are both divided, as if the old alpha were exchanged for alpha of the
        pieces; each price stays, and the share grows about n-fold. False: each piece mints its
        own alpha as every subnet does, and the TAO alone is divided; nothing is gained.

    Returns
    -------
    float
        What all pieces together receive, less what the subnet received; parts of all emission.

    Examples
    --------
    >>> prices = {1: 0.1, 2: 0.3}
    >>> [round(split_price(prices, 1, 2, alpha_divided=both), 3) for both in (True, False)]
    [0.15, 0.0]
    """
    if target not in prices:
        refuse("target", target, f"one of {sorted(prices)}")
    n = whole("pieces", pieces, low=1)
    before = price_shares(list(prices.values()))[list(prices).index(target)]
    piece = prices[target] if alpha_divided else prices[target] / n
    others = [price for netuid, price in prices.items() if netuid != target]
    after = price_shares([*[piece] * n, *others])
    return float(sum(after[:n]) - before)
