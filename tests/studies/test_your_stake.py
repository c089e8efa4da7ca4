"""A year of a stake, and what a removal pays."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dtao_edu import NO_FEE, SWAP_FEE, ledger
from dtao_edu.engine import formulas
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.pool import Pool
from dtao_edu.studies import break_even, removal, stake_year

DAY = ledger.pools("2026-08-07")
POOL, ROOT = DAY[120].pool(), DAY.root.tao_in


def test_the_listed_yield_is_the_first_days_dividends_times_365() -> None:
    year = stake_year(POOL, 100, ROOT, take=0.0)
    after = POOL.stake(100, fee=SWAP_FEE).after
    r = formulas.root_proportion(ROOT, after.alpha_issuance, 0.18)
    # 2,952 alpha of a day are the validators', as many as the docs' formula says.
    assert year.listed == pytest.approx(
        365 * formulas.validator_yield(7_200 * 0.41, r, after.alpha_out), rel=1e-3
    )


def test_the_yield_in_alpha_falls_behind_the_listed_one() -> None:
    year = stake_year(POOL, 100, ROOT)
    assert 0 < year.alpha_yield < year.listed


def test_without_dividends_fee_and_price_moves_all_comes_back() -> None:
    year = stake_year(POOL, 100, ROOT, alpha_emission=0, fee=NO_FEE)
    assert year.back[-1] == pytest.approx(100)
    assert year.alpha_yield == 0


@given(st.floats(0.2, 3), st.floats(1, 5000))
def test_more_alpha_times_the_price_is_what_comes_back_of_a_small_stake(
    price: float, tao: float
) -> None:
    year = stake_year(POOL, tao, ROOT, price=price, fee=NO_FEE)
    assert year.prices[-1] / year.prices[0] == pytest.approx(price)
    assert year.back[-1] < year.spot_worth
    small = stake_year(POOL, 0.01, ROOT, price=price, fee=NO_FEE)
    assert 1 + small.tao_yield == pytest.approx((1 + small.alpha_yield) * price, rel=1e-4)


def test_selling_on_the_way_helps_when_the_price_falls_and_not_when_it_rises() -> None:
    falls = [
        stake_year(POOL, 100, ROOT, price=0.3, plan=plan).back[-1] for plan in ("keep", "sell")
    ]
    rises = [stake_year(POOL, 100, ROOT, price=3, plan=plan).back[-1] for plan in ("keep", "sell")]
    assert falls[0] < falls[1]
    assert rises[0] > rises[1]


def test_at_the_break_even_price_the_stake_comes_back() -> None:
    price = break_even(POOL, 100, ROOT)
    assert price < 1
    assert stake_year(POOL, 100, ROOT, price=price).back[-1] == pytest.approx(100, rel=1e-6)


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.floats(1, 1e6), st.floats(1e-3, 1))
def test_a_removal_pays_alpha_in_over_alpha_out_of_the_price(
    tao: float, alpha_in: float, alpha_out: float, part: float
) -> None:
    pool = Pool(tao, alpha_in, alpha_out)
    mine = part * alpha_out
    assume(mine > 0 and mine <= alpha_out)
    gone = removal(pool, mine)
    assert gone.part == pytest.approx(alpha_in / alpha_out)
    assert gone.paid == pytest.approx(part * tao)
    # All holders together get the whole pot; by unstaking they would never get all of it.
    assert removal(pool, alpha_out).paid == pytest.approx(tao)
    assert removal(pool, alpha_out).unstaked < tao


def test_on_7_august_2026_a_removal_paid_less_than_the_price_in_most_subnets() -> None:
    parts = [removal(row.pool(), 1).part for row in DAY.trading().values()]
    assert sum(part < 1 for part in parts) > 100
    assert sorted(parts)[len(parts) // 2] == pytest.approx(0.63, abs=0.01)


@pytest.mark.parametrize(
    "terms",
    [
        {"tao": 0},
        {"price": 0},
        {"take": 1.5},
        {"days": 0},
        {"plan": "hope"},
        {"alpha_emission": -1},
    ],
)
def test_numbers_out_of_range_are_refused_by_name(terms: dict[str, object]) -> None:
    with pytest.raises(InputError, match=next(iter(terms))):
        stake_year(POOL, terms.pop("tao", 100), ROOT, **terms)  # type: ignore[arg-type]


def test_more_than_there_is_cannot_be_paid() -> None:
    with pytest.raises(InputError, match="alpha"):
        removal(Pool(10, 100, 50), 51)
