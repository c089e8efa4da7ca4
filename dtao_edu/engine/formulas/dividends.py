"""Inside a subnet: consensus among validators, and dividends from alpha and from root stake.

Sources: chain, `epoch/run_epoch.rs` and `coinbase/run_coinbase.rs`, v2.0.5, 2025-03-05 and
2026-06-30; `staking/claim_root.rs`, v3.2.10, 2025-11-04.
"""

from __future__ import annotations

from collections.abc import Sequence

from dtao_edu.engine.formulas.split import stake_weight, validator_take
from dtao_edu.engine.quantity import Amount, Quantity


def weighted_median(
    stakes: Sequence[Quantity], scores: Sequence[Quantity], majority: Quantity
) -> Quantity:
    """W = max(w : stake of those with W_i >= w is at least kappa): the consensus weight.

    Parameters
    ----------
    stakes : stake of each validator, 0 or more, not all 0.
    scores : the weight W_i that each gives to one miner.
    majority : kappa, the part of the stake that has to agree, 0 to 1.

    Examples
    --------
    >>> weighted_median([49, 1, 50], [0.5, 0.7, 1.0], 0.51)
    0.7
    """
    needed = majority * sum(stakes)
    backing = 0 * needed
    ranked = sorted(zip(scores, stakes, strict=True), key=lambda pair: -pair[0])
    for score, stake in ranked:
        backing = backing + stake
        # Rounding may miss an exact majority by a hair; the chain's fixed point does not.
        if stake > 0 and backing + needed / 10**12 >= needed:
            return score
    return 0 * needed


def root_part(alpha: Quantity, root_tao: Quantity, tao_weight: Quantity) -> Quantity:
    """part = w t / (a + w t): how much of a validator's stake weight is root stake.

    Parameters
    ----------
    alpha, root_tao, tao_weight : a, t and w, as in :func:`stake_weight`.

    Examples
    --------
    >>> root_part(1, 2, 0.5)
    0.5
    """
    return tao_weight * root_tao / stake_weight(alpha, root_tao, tao_weight)


def alpha_dividend(dividend: Quantity, root_part: Quantity) -> Quantity:
    """alpha = D (1 - part): the part of a dividend that alpha stake earned.

    Examples
    --------
    >>> alpha_dividend(100, 0.25)
    75.0
    """
    return dividend * (1 - root_part)


def root_dividend(dividend: Quantity, root_part: Quantity) -> Quantity:
    """root = D part: the part of a dividend that root stake earned.

    Examples
    --------
    >>> root_dividend(100, 0.25)
    25.0
    """
    return dividend * root_part


def validator_yield(
    alpha: Quantity, root_proportion: Quantity | Amount, stake: Quantity | Amount
) -> Quantity:
    """yield = alpha (1 - r) / stake: what one alpha of stake earns, before the take.

    Parameters
    ----------
    alpha : the validators' half of alpha_out in some time.
    root_proportion : r, the part of it that root stake earns.
    stake : alpha that earns.

    Examples
    --------
    >>> validator_yield(2952, 0.5, 147_600)
    0.01
    """
    return alpha * (1 - root_proportion) / stake


def claim_rate(alpha: Quantity, take: Quantity | Amount, root_stake: Quantity | Amount) -> Quantity:
    """rate = (alpha - alpha take) / root stake: alpha that each TAO on root can claim.

    Parameters
    ----------
    alpha : root's dividends on a validator, alpha.
    take : the validator's commission, 0 to 1.
    root_stake : TAO on root behind the validator.

    Examples
    --------
    >>> claim_rate(1_000_000, 0.18, 2_000_000)
    0.41
    """
    return (alpha - validator_take(alpha, take)) / root_stake


def claim_owed(rate: Quantity, stake: Quantity, claimed: Quantity) -> Quantity:
    """owed = rate stake - claimed: what a coldkey on root can claim now.

    Parameters
    ----------
    rate : alpha for each TAO on root, summed since the beginning.
    stake : the coldkey's TAO on root.
    claimed : alpha it has claimed before.

    Examples
    --------
    >>> claim_owed(0.5, 200, 25)
    75.0
    """
    return rate * stake - claimed


def child_dividend(dividend: Quantity, lent: Quantity, take: Quantity) -> Quantity:
    """child = D (1 - l) + D l k: what a child hotkey keeps of its dividends.

    The rest, D l (1 - k), goes to the parent that lent it the weight of its stake. Between keys
    of one owner nothing is taken: k is 0.

    Parameters
    ----------
    dividend : D, alpha.
    lent : l, the part of the child's stake weight that a parent lent, 0 to 1.
    take : k, the childkey take, 0 to 0.18.

    Examples
    --------
    >>> child_dividend(100, 0.5, 0.125)
    56.25

    Source: chain, `coinbase/run_coinbase.rs`, get_parent_child_dividends_distribution; a part that
    the chain may recycle before (0 unless set) is left out.
    """
    return dividend * (1 - lent) + dividend * lent * take
