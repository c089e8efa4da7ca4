"""What every equation comes to, in numbers worked by hand: inside its range, and at its borders.

The numbers are small, so that a reader can work them again; a sign, factor or border that is wrong
in a formula makes one of them fail. The chain's own numbers are in `tests/chain`.
"""

from __future__ import annotations

from fractions import Fraction
from math import log, sqrt
from typing import Any

import pytest

from dtao_edu.engine import formulas

F = Fraction
MILLION = 10**6 * 10**9
"""A million TAO in rao."""
A_RAO = F(1, 10**9)

VALUES: dict[str, list[tuple[tuple[Any, ...], Any]]] = {
    # The vote.
    "rank": [(([F(1, 4), F(3, 4)], [F(1, 2), F(1, 3)]), F(3, 8)), (([F(1)], [F(0)]), 0)],
    "trust": [
        (([F(1, 4), F(3, 4)], [F(1), F(0)]), F(1, 4)),  # a weight of nothing is no trust
        (([F(1, 4), F(3, 4)], [A_RAO, A_RAO]), 1),
    ],
    "consensus": [((0.5, 10, 0.5), 0.5), ((0.5 + log(3) / 10, 10, 0.5), 0.75)],
    "weight_of_vote": [((F(1, 2), F(1, 3)), F(1, 6))],
    "pending": [((7, 3), 21), ((7, 0), 0)],
    # The pool.
    "price": [((F(30), 120), F(1, 4))],
    "invariant": [((30, 120), 3600)],
    "amount_out": [((F(30), 120, 10), 30), ((F(120), 30, 40), F(15, 2)), ((F(30), 120, 0), 0)],
    "amount_in": [((F(30), 120, 30), 10), ((F(30), 120, 0), 0)],
    "ideal_amount_out": [((F(30), 120, 10), 40)],
    "value": [((F(40), F(1, 4)), 10)],
    "average_price": [((F(10), 30), F(1, 3))],
    "slippage": [((40, 30), 10)],
    "slippage_percent": [((F(40), 30), 25), ((F(40), 40), 0)],
    "price_impact": [((F(1, 4), F(4, 9)), F(7, 9)), ((F(1, 2), F(1, 4)), F(-1, 2))],
    "fee": [((F(80), F(1, 5)), 16)],
    "gross": [((F(64), F(1, 5)), 80), ((F(64), 0), 64)],
    "limit_average": [((F(30), F(1, 4), F(1, 3)), 10), ((F(30), F(1, 4), F(1, 5)), 0)],
    "limit_spot": [((30.0, 0.25, 4 / 9), 10), ((30.0, 0.25, 0.2), 0)],
    "limit_average_move": [
        ((F(100), 200, 300, 400, F(1, 4)), 250),
        ((F(100), 200, 300, 400, 2), 0),  # worse than the best there is
    ],
    "weighted_price": [((F(30), 120, F(1, 2)), F(1, 4)), ((F(30), 120, F(1, 4)), F(3, 4))],
    "weighted_amount_out": [
        ((30.0, 120.0, 10.0, 0.5), 30),
        ((10.0, 100.0, 30.0, 1 / 3), 50),  # the root of a quarter stays
        ((10.0, 100.0, 0.0, 0.75), 0),
    ],
    "weighted_limit": [
        ((30.0, 0.25, 4 / 9, 0.5), 10),
        ((100.0, 1.0, 16.0, 0.25), 100),
        ((100.0, 1.0, 0.5, 0.25), 0),
    ],
    "opening_weight": [((F(30), 120, F(1, 4)), F(1, 2)), ((F(30), 30, 2), F(1, 3))],
    # What is issued, and where it enters.
    "halvings": [
        ((0,), 0),
        ((10_500_000 * 10**9 - 1,), 0),
        ((10_500_000 * 10**9,), 1),
        ((15_750_000 * 10**9,), 2),
        ((21 * MILLION,), 54),
    ],
    "block_emission_rao": [
        ((10_500_000 * 10**9 - 1,), 10**9),
        ((15_750_000 * 10**9,), 250_000_000),
        ((21 * MILLION,), 0),
    ],
    "block_emission": [((F(15_750_000),), F(1, 4)), ((F(21_000_000),), 0)],
    "share": [((F(3), 12), F(1, 4))],
    "smoothing": [
        ((F(1, 2), 300, 300), F(1, 4)),
        ((F(1, 2), 0, 300), 0),
        ((F(1, 2), 9, 0), F(1, 2)),
    ],
    "smoothing_over": [((F(1, 2), 3), F(7, 8)), ((F(1, 2), 0), 0), ((F(1, 2), 1), F(1, 2))],
    "moving_price": [
        ((F(1, 2), F(1, 4), F(1, 5)), F(9, 20)),
        ((F(1, 2), 1, F(1, 5)), F(3, 5)),
        ((F(1, 2), 7, F(1, 5)), F(3, 5)),  # a price above 1 counts as 1
    ],
    # At b = H: 1 - exp(-alpha H (1 - ln 2)).
    "moving_price_limit": [((log(2) / (1 - log(2)) / 100, 100, 100), 0.5), ((0.1, 0, 100), 0)],
    "tao_injection": [((F(1, 2), F(1, 5)), F(1, 10))],
    "alpha_injection": [
        ((F(1, 10), F(1, 4), 1), F(2, 5)),
        ((F(1, 4), F(1, 4), 1), 1),
        ((F(1, 2), F(1, 4), 1), 1),
    ],
    # Epoch when block + netuid + 1 is a multiple of tempo + 1.
    "blocks_until_epoch": [((1, 10, 8), 0), ((1, 10, 9), 10), ((1, 10, 10), 9)],
    "blocks_until_next_epoch": [((100, 10, 100), 10), ((100, 10, 110), 0), ((100, 10, 111), 0)],
    # Later shares.
    "flow_average": [((F(8), 4, F(1, 4)), 7), ((F(8), -4, F(1, 4)), 5)],
    "half_life": [((1 - sqrt(0.5),), 2)],
    "flow_limit": [((-4, -10), -4), ((-40, -10), -10), ((4, -10), 0), ((4, 3), 3)],
    "flow_weight": [((F(5), 2, 2), 9), ((F(2), 2, 1), 0), ((F(1), 2, 1), 0)],
    "flow_scale": [((F(2), 8), F(1, 4)), ((F(8), 8), 1), ((F(8), 2), 1), ((F(0), 0), 1)],
    "net_flow": [((F(10), 4, F(1, 2)), 8), ((F(10), -4, F(1, 2)), 14), ((F(10), 0, F(1, 2)), 10)],
    "burn_weight": [((F(1, 2), F(1, 5)), F(2, 5)), ((F(1, 2), 1), 0), ((F(1, 2), 3), 0)],
    "gate_weight": [
        ((F(1, 2), F(1, 4), 3), F(4, 9)),
        ((F(1, 4), F(1, 2), 3), F(1, 36)),
        ((F(0), 1, 3), 0),
    ],
    "bar_by_mass": [
        (([F(1, 2), F(3, 10), F(1, 5)], F(1, 2)), F(1, 2)),  # reached exactly
        (([F(1, 2), F(3, 10), F(1, 5)], F(1, 2) + A_RAO), F(3, 10)),
        (([F(1, 2), F(3, 10)], 1), F(3, 10)),  # never reached: the last
    ],
    "bar_by_rank": [
        (([F(1, 2), F(3, 10), F(1, 5)], 2), F(3, 10)),
        (([F(1, 2), F(3, 10), F(1, 5)], 3), F(1, 5)),
        (([F(1, 2), F(3, 10), F(0)], 3), F(3, 10)),
    ],
    # Inside a subnet.
    "owner_cut": [((F(5), F(1, 5)), 1)],
    "root_proportion": [((F(100), 60, F(1, 5)), F(1, 4)), ((F(0), 60, F(1, 5)), 0)],
    "root_alpha": [((F(4), F(1, 4)), F(1, 2))],
    "stake_weight": [((F(60), 100, F(1, 5)), 80)],
    "validator_take": [((F(50), F(1, 5)), 10)],
    "weighted_median": [
        (([F(1), 1, 2], [F(1, 4), F(1, 2), F(3, 4)], F(1, 2)), F(3, 4)),  # half is enough
        (([F(1), 1, 2], [F(1, 4), F(1, 2), F(3, 4)], F(3, 4)), F(1, 2)),
        (([F(1), 1, 2], [F(1, 4), F(1, 2), F(3, 4)], 1), F(1, 4)),
    ],
    "root_part": [((F(60), 100, F(1, 5)), F(1, 4))],
    "dividend_part": [((F(8), F(1, 4)), 2)],
    "validator_yield": [((F(8), F(1, 4), 24), F(1, 4))],
    "claim_rate": [((F(50), F(1, 5), 80), F(1, 2))],
    "claim_owed": [((F(1, 2), 80, 15), 25)],
    "child_dividend": [
        ((F(80), F(1, 4), F(1, 5)), 64),
        ((F(80), 0, F(1, 5)), 80),
        ((F(80), 1, 0), 0),
    ],
    # A subnet's life.
    "lock_cost": [
        ((1000, 0, 10, 100), 2000),
        ((1005, 3, 10, 100), 1710),  # 100 a block: the tenth is floored
        ((1000, 19, 10, 100), 100),
        ((1000, 0, 10, 100, 1), 1000),
    ],
    "opening_alpha": [((F(100), F(1, 4)), 400)],
    "payout": [((F(90), 4, 12), 30)],
    "yield_fee": [
        ((F(100), F(1, 100), F(1, 10)), 1),
        ((F(20_000), 0, F(1, 10)), 1),  # at least a part in 20,000
        ((F(100), 0, F(1, 10)), F(1, 10)),
    ],
}
CASES = [(name, *case) for name, cases in VALUES.items() for case in cases]


def test_every_equation_has_a_value_worked_by_hand() -> None:
    assert sorted(VALUES) == formulas.__all__


@pytest.mark.parametrize(("name", "arguments", "value"), CASES, ids=[name for name, *_ in CASES])
def test_an_equation_comes_to_what_was_worked_by_hand(
    name: str, arguments: tuple[Any, ...], value: Any
) -> None:
    result = getattr(formulas, name)(*arguments)
    if isinstance(result, float):
        assert result == pytest.approx(value, rel=1e-12, abs=1e-12)
    else:
        assert result == value
