"""The same stake in several pools: depth decides."""

from __future__ import annotations

import pytest

from dtao_edu import Pool, studies
from dtao_edu.engine.errors import InputError


def test_the_deeper_pool_slips_less_whatever_the_price():
    pools = {"thin and dear": Pool(100, 10), "deep and cheap": Pool(900, 900_000)}
    thin, deep = studies.same_stake(pools, 20).trades
    assert thin.slippage_percent > deep.slippage_percent
    assert studies.same_stake(pools, 20).names == ("thin and dear", "deep and cheap")


def test_no_pool_at_all_is_refused():
    with pytest.raises(InputError, match="pools"):
        studies.same_stake({}, 5)
