"""From prices to what each pool receives, and who shares a block's alpha."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice, repeat
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dtao_edu.engine import emission, formulas
from dtao_edu.engine.emission import injection, moving_prices, price_shares, split
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.pool import Pool
from tests.helpers.strategies import exact_pools, parts, positives

prices = st.lists(st.one_of(st.just(Fraction(0)), positives), min_size=1, max_size=9)


def test_the_constants_of_the_chain() -> None:
    assert emission.OWNER_CUT == emission.DELEGATE_TAKE == Fraction(11796, 65535)
    assert emission.TAO_WEIGHT * (2**64 - 1) == 3_320_413_933_267_719_290
    assert round(float(emission.TAO_WEIGHT), 9) == 0.18
    assert float(emission.MOVING_ALPHA) == 3e-4
    assert float(emission.MOVING_ALPHA_DEFAULT) == 3e-6
    assert emission.MOVING_HALVING == 28 * 7200


@given(prices)
def test_shares_of_price_sum_to_one(given_prices: list[Fraction]) -> None:
    shares = price_shares(given_prices)
    assert sum(shares) == (1 if any(given_prices) else 0)
    assert all(share >= 0 for share in shares)
    total = sum(given_prices)
    assert all(share * total == price for share, price in zip(shares, given_prices, strict=True))


@given(prices, st.randoms(), st.integers(1, 50))
def test_order_and_unit_of_prices_change_nothing(
    given_prices: list[Fraction], order: Any, factor: int
) -> None:
    shares = dict(enumerate(price_shares(given_prices)))
    places = list(shares)
    order.shuffle(places)
    shuffled = price_shares([given_prices[i] * factor for i in places])
    assert dict(zip(places, shuffled, strict=True)) == shares


@pytest.mark.parametrize("bad", [-0.1, float("nan"), "1", True])
def test_a_price_is_not_negative(bad: Any) -> None:
    with pytest.raises(InputError) as refused:
        price_shares([0.1, bad])
    assert refused.value.argument == "prices"


@given(exact_pools(), parts.filter(bool), positives)
def test_an_injection_below_the_cap_keeps_the_price_and_one_above_raises_it(
    pool: Pool, share: Fraction, cap: Fraction
) -> None:
    added = injection(Fraction(1), share, pool.price, cap)
    assert added.tao_in == share
    assert added.alpha_out == cap
    assert added.alpha_in <= cap
    after = pool.inject(*added)
    assert after.alpha_out == pool.alpha_out + cap
    if added.tao_in <= cap * pool.price:
        assert after.price == pool.price
    else:
        # The TAO was not cut at launch.
        assert added.alpha_in == cap
        assert after.price > pool.price


@given(prices)
def test_with_moving_price_at_spot_every_pool_gets_the_same_alpha(
    given_prices: list[Fraction],
) -> None:
    """alpha_in = E / sum of prices: below 1 where the prices sum to more than 1."""
    assume(all(given_prices))
    total = sum(given_prices)
    added = [
        injection(Fraction(1), share, price, Fraction(1))
        for share, price in zip(price_shares(given_prices), given_prices, strict=True)
    ]
    assert {one.alpha_in for one in added} == {min(1 / total, Fraction(1))}
    assert sum(one.tao_in for one in added) == 1


def test_injection_and_split_read_columns() -> None:
    share, price = np.array([0.25, 0.75]), np.array([0.5, 0.3])
    added = injection(1.0, share, price, np.array([1.0, 0.5]))
    assert list(added.alpha_in) == pytest.approx([0.5, 0.5])
    assert list(added.alpha_out) == [1.0, 0.5]
    columns = split(added.alpha_out, np.array([0.0, 0.5]))
    for j, alpha in enumerate([1.0, 0.5]):
        single = split(alpha, [0.0, 0.5][j])
        assert [float(part[j]) for part in columns] == pytest.approx(list(single))


@given(positives, parts, parts)
def test_the_four_parts_sum_to_the_whole(
    alpha: Fraction, proportion: Fraction, cut: Fraction
) -> None:
    divided = split(alpha, proportion, cut)
    assert sum(divided) == alpha
    assert all(part >= 0 for part in divided)
    assert divided.owner == alpha * cut
    # Miners never depend on root; root and validators share the other half.
    assert divided.miners == divided.validators + divided.root == (alpha - divided.owner) / 2
    assert divided.root * 2 == (alpha - divided.owner) * proportion


def test_eighteen_forty_one_forty_one() -> None:
    assert [round(part, 2) for part in split(1.0)] == [0.18, 0.41, 0.41, 0.0]
    assert split(Fraction(1)).owner == emission.OWNER_CUT
    assert type(split(Fraction(1)).owner) is Fraction
    assert type(split(1.0).owner) is float
    assert split(1.0, owner_cut=0.5).owner == 0.5
    assert split(1.0, 1.0).validators == 0


@given(positives, positives, positives, positives)
def test_the_root_proportion_has_its_limits(
    root: Fraction, issuance: Fraction, weight: Fraction, more: Fraction
) -> None:
    proportion = formulas.root_proportion(root, issuance, weight)
    assert 0 < proportion < 1
    assert formulas.root_proportion(root + more, issuance, weight) > proportion
    assert formulas.root_proportion(root, issuance + more, weight) < proportion
    assert formulas.root_proportion(root, 0, weight) == 1
    assert formulas.root_proportion(0, issuance, weight) == 0
    assert formulas.root_proportion(root, weight * root, weight) == Fraction(1, 2)


def test_the_root_proportion_of_the_first_years() -> None:
    """6 million TAO on root: 0.9999981 at first, 0.519 at 1 million alpha, 0.265 at 3 million."""
    proportions = [
        formulas.root_proportion(6_000_000, issued, float(emission.TAO_WEIGHT))
        for issued in (2, 1_000_002, 3_000_002)
    ]
    assert proportions == pytest.approx([0.9999981, 0.519, 0.265], abs=5e-4)


@given(st.lists(parts.map(lambda p: 3 * p), min_size=1, max_size=9))
def test_a_moving_price_lags_between_0_and_1(spot: list[Fraction]) -> None:
    moving = list(moving_prices(spot, start=Fraction(1, 2), alpha=Fraction(1, 5), halving=10))
    assert len(moving) == len(spot)
    assert all(0 <= m <= 1 for m in moving)
    before = Fraction(1, 2)
    for b, (m, p) in enumerate(zip(moving, spot, strict=True), start=1):
        strength = Fraction(1, 5) * b / (b + 10)
        assert m == before + strength * (min(p, 1) - before)
        before = m


def test_the_warm_up_counts_from_the_first_emission() -> None:
    (early,) = moving_prices([1.0], alpha=0.5, halving=100)
    (late,) = moving_prices([1.0], alpha=0.5, halving=100, blocks=99)
    (grown,) = moving_prices([1.0], alpha=0.5, halving=100, blocks=10**9)
    (even,) = moving_prices([1.0], alpha=0.5, halving=0)
    assert early == pytest.approx(0.5 / 101)
    assert late == pytest.approx(0.25)
    assert grown == pytest.approx(0.5)
    assert even == 0.5


def test_the_moving_price_of_the_public_chain_by_default() -> None:
    """28 % after three days at a constant price, from nothing."""
    moving = list(moving_prices(repeat(0.4, 3 * 7200)))
    assert moving[-1] / 0.4 == pytest.approx(0.28, abs=0.005)
    assert list(islice(moving_prices(repeat(0.3), start=0.3), 3)) == pytest.approx([0.3] * 3)


def test_exact_prices_make_an_exact_moving_price() -> None:
    assert list(moving_prices([Fraction(1, 3)], Fraction(0), alpha=Fraction(1, 2), halving=0)) == [
        Fraction(1, 6)
    ]
    (typed,) = moving_prices([Fraction(1)], Fraction(0), halving=0)
    assert typed == Fraction(3, 10_000)
    (decimal,) = moving_prices([Fraction(1)], Fraction(0), alpha=0.1, halving=0)
    assert decimal == Fraction(1, 10)


@pytest.mark.parametrize(
    ("more", "argument"),
    [
        ({"alpha": 0}, "alpha"),
        ({"alpha": 1.1}, "alpha"),
        ({"alpha": -0.1}, "alpha"),
        ({"alpha": float("nan")}, "alpha"),
        ({"alpha": "1"}, "alpha"),
        ({"start": -1}, "start"),
        ({"halving": -1}, "halving"),
        ({"blocks": -1}, "blocks"),
        ({"prices": [-1]}, "prices"),
    ],
)
def test_a_moving_price_refuses(more: dict[str, Any], argument: str) -> None:
    with pytest.raises(InputError) as refused:
        list(moving_prices(**({"prices": [1.0]} | more)))
    assert refused.value.argument == argument
    assert list(moving_prices([1.0], alpha=1, halving=0)) == [1.0]
