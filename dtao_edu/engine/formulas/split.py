"""Who receives a block's alpha_out: owner, miners, validators, root; and their stakers.

Sources: chain, `coinbase/run_coinbase.rs`, v2.0.0, 2025-02-13, and `epoch/run_epoch.rs`, v2.0.5,
2025-03-05 and 2026-06-30; `staking/claim_root.rs`, v3.2.10, 2025-11-04.
"""

from __future__ import annotations

from collections.abc import Sequence

from dtao_edu.engine.quantity import Amount, Quantity


def owner_cut(amount: Quantity, rate: Quantity | Amount) -> Quantity:
    """owner = amount * rate: the subnet owner's part; rate = 11796/65535, close to 18 %.

    Examples
    --------
    >>> from fractions import Fraction
    >>> round(float(owner_cut(1, Fraction(11796, 65535))), 6)
    0.179995
    """
    return amount * rate


def root_proportion(
    root_tao: Quantity | Amount, alpha_issuance: Quantity, tao_weight: Quantity | Amount
) -> Quantity:
    """r = w R / (w R + A + O): root's part in the stake weight of a subnet.

    Parameters
    ----------
    root_tao : R, TAO staked on root (netuid 0).
    alpha_issuance : A + O, alpha in the pool plus alpha with holders, as it stands: after the
        block's minting for the split, before it for the cap of an injection.
    tao_weight : w, 0.18 on the public chain.

    Examples
    --------
    >>> root_proportion(100, 75, 0.25)
    0.25
    """
    weighted = tao_weight * root_tao
    return weighted / (weighted + alpha_issuance)


def root_alpha(alpha: Quantity, root_proportion: Quantity | Amount) -> Quantity:
    """root = alpha r / 2: what root stakers receive of the alpha left after the owner's cut.

    Half, because root stakers share in the validators' half and not in the miners'.

    Examples
    --------
    >>> root_alpha(0.82, 0.5)
    0.205
    """
    return alpha * root_proportion / 2


def stake_weight(
    alpha: Quantity, root_tao: Quantity | Amount, tao_weight: Quantity | Amount
) -> Quantity:
    """weight = alpha + w TAO: a validator's weight inside a subnet.

    Parameters
    ----------
    alpha : alpha staked on the validator in the subnet.
    root_tao : TAO staked on it on root.
    tao_weight : w, 0.18 on the public chain.

    Examples
    --------
    >>> stake_weight(1000, 2000, 0.18)
    1360.0
    """
    return alpha + tao_weight * root_tao


def validator_take(dividends: Quantity, take: Quantity | Amount) -> Quantity:
    """kept = dividends * take: the validator's commission; stakers share the rest by stake.

    Examples
    --------
    >>> validator_take(100, 0.18)
    18.0
    """
    return dividends * take


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


def dividend_part(dividend: Quantity, part: Quantity | Amount) -> Quantity:
    """earned = D part: of a dividend, what root stake earned by its part, or alpha by the rest.

    Examples
    --------
    >>> dividend_part(100, 0.25)
    25.0
    """
    return dividend * part


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
