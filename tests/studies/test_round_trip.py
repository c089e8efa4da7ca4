"""There and back, and the same stake in several pools: nothing vanishes, and depth decides."""

from __future__ import annotations

import pytest

from dtao_edu import SWAP_FEE, Pool, studies
from dtao_edu.engine.errors import InputError

POOL = Pool(1000, 16000, 8000)


def test_alone_and_without_a_fee_everything_comes_back_however_it_is_split():
    for parts in (1, 7):
        trip = studies.round_trip(POOL, 50, parts=parts)
        assert trip.returned == pytest.approx(50)
        assert (trip.fee_effect, trip.other, trip.before) == (0, None, POOL)


@pytest.mark.parametrize("other", [-120, 0, 80])
@pytest.mark.parametrize("fee", [0, SWAP_FEE, 0.01])
def test_the_difference_is_the_fee_and_the_others_trade_and_nothing_else(other, fee):
    trip = studies.round_trip(POOL, 50, other, fee=fee)
    assert trip.returned == pytest.approx(50 - trip.fee_effect + trip.other_effect)
    assert (trip.fee_effect > 0) is (fee != 0)
    assert (trip.other_effect > 0) is (other > 0)
    assert (trip.other_effect < 0) is (other < 0)


def test_a_seller_sells_no_more_than_holders_have():
    trip = studies.round_trip(Pool(1000, 16000, 10), 50, other=-900)
    assert trip.other.paid < 10
    assert studies.round_trip(Pool(1000, 16000), 50, other=-900).other is None


def test_what_a_trip_costs_the_trader_stays_in_the_pool():
    trip = studies.round_trip(POOL, 50, fee=SWAP_FEE)
    assert trip.back.after.tao_in - POOL.tao_in == pytest.approx(trip.fee_effect)


def test_what_cannot_be_traded_is_refused():
    with pytest.raises(InputError, match="parts"):
        studies.round_trip(POOL, 50, parts=0)
