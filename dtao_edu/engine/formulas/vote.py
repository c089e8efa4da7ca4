"""The Root Network's vote, until 13 February 2025: rank, trust, consensus, share.

n validators hold stake S_i and give weights w_ij to subnets j. With s_i = S_i / sum S and
every validator's weights scaled to sum to 1 (W_ij):

    R_j = sum_i s_i W_ij          rank
    T_j = sum_i s_i [W_ij > 0]    trust
    C_j = 1 / (1 + exp(-rho (T_j - kappa)))    consensus
    E_j = C_j R_j / sum_k C_k R_k              share of emission

Sources: chain, `coinbase/root.rs` (root_epoch), v1.2.5, 2025-02-07; documentation,
emissions page, 2024-05-24.
"""

from __future__ import annotations

from collections.abc import Iterable

from dtao_edu.engine.generic import exp, total
from dtao_edu.engine.quantity import Amount, Quantity


def rank(stakes: Iterable[Quantity], weights: Iterable[Quantity]) -> Quantity:
    """R = sum_i s_i W_i: one subnet's average weight, each validator counted by stake.

    Parameters
    ----------
    stakes : shares of stake s_i, which sum to 1.
    weights : the validators' weights W_i for this subnet, 0 to 1.

    Examples
    --------
    >>> rank([0.75, 0.25], [0.5, 1.0])
    0.625
    """
    return total(s * w for s, w in zip(stakes, weights, strict=True))


def trust(stakes: Iterable[Quantity], weights: Iterable[Quantity]) -> Quantity:
    """T = sum_i s_i [W_i > 0]: the stake that gives a subnet any weight at all, however small.

    Examples
    --------
    >>> trust([0.75, 0.25], [0.0, 0.001])
    0.25
    """
    return total(s for s, w in zip(stakes, weights, strict=True) if w > 0)


def consensus(trust: Quantity, rho: Quantity | Amount, kappa: Quantity | Amount) -> Quantity:
    """C = 1 / (1 + exp(-rho (T - kappa))): a steep step at trust kappa, from about 0 to about 1.

    Parameters
    ----------
    trust : T, 0 to 1.
    rho : slope of the step; 10 on the public chain, 30 in the chain's own tests.
    kappa : trust at which C is one half; 32767/65535 on the public chain.

    Examples
    --------
    >>> [round(consensus(t, 10, 0.5), 3) for t in (0.2, 0.5, 0.8)]
    [0.047, 0.5, 0.953]
    """
    return 1 / (1 + exp(-rho * (trust - kappa)))


def weight_of_vote(consensus: Quantity, rank: Quantity) -> Quantity:
    """C R: what a subnet brings to the division; its share is C R over the sum of all.

    Examples
    --------
    >>> weight_of_vote(0.5, 0.25)
    0.125
    """
    return consensus * rank


def pending(emission: Quantity, blocks: Quantity) -> Quantity:
    """P = E b: what b blocks add to a subnet's account, which its own tempo then pays out.

    netuid 0 has no such account: what was voted to it is never issued.

    Source: chain, `coinbase/run_coinbase.rs` 47-211, v1.2.5, 2025-02-07.

    Examples
    --------
    >>> pending(99_999_999, 3)
    299999997
    """
    return emission * blocks
