"""Inside a subnet: the split, the years, and a staker's day."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtao_edu import ledger
from dtao_edu.engine import emission, formulas
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.pool import Pool
from dtao_edu.studies import inside, next_halving

THERE = ledger.pools("2025-04-17")
ROOT, PRICES, BLOCK = THERE.root.tao_in, THERE.prices().total, THERE.block
YEAR = 365 * 7200


def of(netuid=1, **given):
    return inside(netuid, THERE[netuid].pool(), ROOT, PRICES, BLOCK, **given)


def test_the_split_is_the_engines_with_the_blocks_own_alpha():
    pool = THERE[1].pool()
    root = formulas.root_proportion(ROOT, pool.alpha_issuance + 1, float(emission.TAO_WEIGHT))
    assert of().split == emission.split(1.0, root)
    assert of().now.root_proportion == root


@settings(deadline=None, max_examples=25, derandomize=True, database=None)
@given(st.floats(0, 12), st.floats(0, 8e6), st.floats(0, 1))
def test_nothing_of_a_block_is_lost_and_root_takes_from_validators_alone(years, root_tao, weight):
    found = inside(1, THERE[1].pool(), root_tao, PRICES, BLOCK, years=years, weight=weight)
    mint = found.now.alpha_emission
    assert sum(found.split) == pytest.approx(mint)
    assert found.split.owner == pytest.approx(mint * 11796 / 65535)
    assert found.split.miners == pytest.approx(found.split.validators + found.split.root)


def test_root_falls_because_alpha_is_issued():
    proportions = [moment.root_proportion for moment in of().moments]
    assert proportions == sorted(proportions, reverse=True)
    assert of(84).now.root_proportion > 0.97
    assert of(84, years=1).now.root_proportion < 0.25


def test_a_year_later_the_alpha_is_what_two_streams_brought():
    """One alpha a block for people; into the pool E / sum of prices, half after the TAO halving."""
    before = 7_103_975 - BLOCK
    into = (before + (YEAR - before) / 2) / PRICES
    later = of(years=1).now
    pool = THERE[1].pool()
    assert later.alpha_issuance == pytest.approx(pool.alpha_issuance + YEAR + into)


def test_both_halvings_come_where_half_of_what_was_left_is_issued():
    moments = of().moments
    for name in ("alpha_emission", "tao_emission"):
        column = [getattr(moment, name) for moment in moments]
        steps = [value for value in column if value != 1.0]
        assert steps[0] == 0.5
        assert column == sorted(column, reverse=True)
    first = next(m for m in moments if m.tao_emission == 0.5)
    assert first.years == pytest.approx((7_103_975 - BLOCK) / YEAR)
    halved = next(m for m in moments if m.alpha_emission == 0.5)
    assert halved.alpha_issuance == pytest.approx(float(next_halving(0)), abs=2)
    assert len({m.tao_emission for m in moments}) == 4


def test_alpha_held_is_what_the_parts_brought_without_roots():
    """Root's alpha is sold: with nothing kept, only validators' alpha is held."""
    days = 3 * 7200
    for kept in (0.0, 1.0):
        found = of(kept=kept)
        first, then = found.moments[:2]
        assert then.years == days / YEAR
        own = found.split.validators + kept * (found.split.owner + found.split.miners)
        assert then.alpha_held - first.alpha_held == pytest.approx(days * own)
        assert found.growth == pytest.approx(7200 * own / first.alpha_held)


def test_a_stakers_day():
    found = of(stake=200, take=Fraction(1, 10))
    gross = 7200 * found.split.validators * 200 / THERE[1].alpha_out
    assert found.kept_by_validator == pytest.approx(gross / 10)
    assert found.earned == pytest.approx(0.9 * gross)
    part = (200 + found.earned) / (THERE[1].alpha_out * (1 + found.growth))
    assert 1 + found.dilution == pytest.approx(part / (200 / THERE[1].alpha_out))


def test_dilution_is_nothing_where_only_stakers_keep_and_nobody_takes():
    assert of(take=0, kept=0).dilution == pytest.approx(0, abs=1e-12)
    assert of(take=0, kept=1).dilution < 0
    assert of(stake=0).dilution == 0


def test_between_two_moments_alpha_grows_evenly():
    a, b, c = (of(years=years).now for years in (1.0, 1.02, 1.04))
    assert b.alpha_issuance == pytest.approx((a.alpha_issuance + c.alpha_issuance) / 2)
    assert a.alpha_held < b.alpha_held < c.alpha_held
    assert of(years=12).now.years == 12


@pytest.mark.parametrize(
    ("name", "value"),
    [("years", 12.1), ("years", -1), ("take", 1.5), ("kept", -0.1), ("stake", -1), ("weight", -1)],
)
def test_what_is_refused(name, value):
    with pytest.raises(InputError, match=name):
        of(**{name: value})


def test_the_beginning_lies_before_the_first_halving():
    with pytest.raises(InputError, match="block"):
        inside(1, Pool(1.0, 1.0, 1.0), 1.0, 1.0, 7_103_975)
