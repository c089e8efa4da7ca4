"""What the properties are asked of: pools in whole rao, amounts, fees, votes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from dtao_edu.engine.errors import InputError
from dtao_edu.engine.fees import LAUNCH_FEE, NO_FEE, SWAP_FEE, Fee
from dtao_edu.engine.pool import Pool, Trade

RAO = Fraction(1, 10**9)
"""One rao, in TAO or in alpha."""


def whole(low: int, high: int) -> st.SearchStrategy[Fraction]:
    """Amounts of whole rao."""
    return st.integers(low, high).map(lambda n: n * RAO)


reserves = whole(10**8, 10**16)
amounts = whole(10**5, 10**15)
parts = st.integers(0, 10**6).map(lambda n: Fraction(n, 10**6))
positives = st.integers(1, 10**7).map(lambda n: Fraction(n, 10**4))
"""Fractions up to 1000. Hypothesis has its own, which take much longer to find."""
fees = st.sampled_from(
    [
        NO_FEE,
        LAUNCH_FEE,
        SWAP_FEE,
        Fee(rate=Fraction(196, 65535), to_pool=False),
        Fee(rate=Fraction(1, 3)),
        Fee(flat_tao=Fraction(1, 10**5), to_pool=False),
    ]
)


@st.composite
def exact_pools(draw: st.DrawFn) -> Pool:
    """Pools in whole rao, deep and shallow, cheap and dear."""
    return Pool.exact(draw(reserves), draw(reserves), draw(whole(0, 10**16)))


@st.composite
def float_pools(draw: st.DrawFn) -> Pool:
    return Pool(draw(st.floats(1, 1e7)), draw(st.floats(1, 1e7)), draw(st.floats(0, 1e7)))


@st.composite
def stakes(draw: st.DrawFn, fee: st.SearchStrategy[Fee] = fees) -> Trade:
    """Receipts of stakes that the pool accepts."""
    pool = draw(exact_pools())
    return _made(pool.stake, draw(amounts), draw(fee))


@st.composite
def unstakes(draw: st.DrawFn, fee: st.SearchStrategy[Fee] = fees) -> Trade:
    """Receipts of unstakes that the pool accepts."""
    alpha = draw(amounts)
    pool = draw(exact_pools())
    held = Pool.exact(pool.tao_in, pool.alpha_in, pool.alpha_out + alpha)
    return _made(held.unstake, alpha, draw(fee))


def _made(action: Any, amount: Fraction, fee: Fee) -> Trade:
    from hypothesis import assume

    try:
        trade: Trade = action(amount, fee=fee)
    except InputError:
        assume(False)  # too small for the fee, or too large for the pool
        raise
    return trade


@st.composite
def votes(draw: st.DrawFn, least: int = 1) -> tuple[list[int], list[list[int]]]:
    """Stakes and weights of a Root Network: whole numbers, some rows empty."""
    validators, subnets = draw(st.integers(1, 6)), draw(st.integers(max(least, 1), 6))
    stakes = draw(
        st.lists(st.integers(0, 10**6), min_size=validators, max_size=validators).filter(any)
    )
    row = st.lists(st.integers(0, 65535), min_size=subnets, max_size=subnets)
    return stakes, draw(st.lists(row, min_size=validators, max_size=validators))
