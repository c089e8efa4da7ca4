"""Who receives a block's alpha_out: owner, miners, validators, root stakers.

Source: chain, `coinbase/run_coinbase.rs`, v2.0.0, 2025-02-13.
"""

from __future__ import annotations

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
    alpha_issuance : A + O, alpha in the pool plus alpha with holders, this block's
        alpha_out already counted.
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
