"""A prediction held against the ledger, and what the daily samples can explain."""

from __future__ import annotations

import pytest

from dtao_edu import ledger, measures
from dtao_edu.engine.errors import InputError
from dtao_edu.practice.misconceptions.days import DAYS_TO_EXPLAIN
from dtao_edu.studies import day_clues, day_errors, predict_day

DATE = "2025-09-18"
ERRORS = day_errors(DATE, predict_day(DATE))


def test_errors_are_differences_of_shares_and_sum_to_nothing() -> None:
    paid, mine = ledger.emission(DATE).shares(), predict_day(DATE).shares()
    assert ERRORS.l1 == pytest.approx(measures.l1(mine, paid))
    assert sum(row.error for row in ERRORS.values()) == pytest.approx(0, abs=1e-12)
    assert ERRORS[62].error == paid[62] - mine[62]
    assert ERRORS[62].tao_a_day == pytest.approx(7200 * (paid[62] - mine[62]))


def test_the_largest_comes_first_and_parts_make_the_whole() -> None:
    sizes = [abs(row.error) for row in ERRORS.values()]
    assert sizes == sorted(sizes, reverse=True)
    assert ERRORS.top(3) == tuple(ERRORS)[:3]
    rest = set(ERRORS) - set(ERRORS.top())
    assert ERRORS.l1_over(ERRORS.top()) + ERRORS.l1_over(rest) == pytest.approx(ERRORS.l1)


def test_amounts_and_shares_say_the_same_and_what_was_paid_is_right() -> None:
    paid = ledger.emission(DATE)
    assert day_errors(DATE, paid).l1 == day_errors(DATE, dict(paid)).l1 == 0
    tenfold = {netuid: 10 * amount for netuid, amount in predict_day(DATE).items()}
    assert day_errors(DATE, tenfold).l1 == pytest.approx(ERRORS.l1)
    assert day_errors(DATE, tenfold).predicted_total == pytest.approx(10)


def test_who_was_forgotten_and_who_was_not_paid_is_said() -> None:
    late = day_errors("2025-09-23", predict_day("2025-09-23"))
    assert late.not_predicted == (110,)
    assert late.not_paid == ()
    more = {**predict_day(DATE), 0: 1.0}
    assert day_errors(DATE, more).not_paid == (0,)
    assert "predicted but not paid: 0" in str(day_errors(DATE, more))


def test_three_dots_wait() -> None:
    waiting = day_errors(DATE, ...)
    assert "Not attempted yet" in str(waiting)
    assert len(waiting) == 0
    assert "Not attempted yet" in str(day_clues(DATE, waiting))


@pytest.mark.parametrize("predicted", [5, [0.5, 0.5], {}, {1: 0.0}])
def test_what_is_no_prediction_is_refused(predicted: object) -> None:
    with pytest.raises(InputError, match="predicted is"):
        day_errors(DATE, predicted)  # type: ignore[arg-type]


def test_the_table_names_the_largest_and_the_totals() -> None:
    lines = str(ERRORS).splitlines()
    assert "120 subnets were paid 0.9991 TAO a block; predicted 1.0000" in lines[0]
    assert "0.0174" in lines[1]
    assert lines[3].split()[0] == "62"
    assert len(lines) == 3 + 8


def test_a_payment_at_the_prediction_implies_the_moving_price_and_lies_inside() -> None:
    """If the chain had paid by the straight line, no clue would be outside."""
    for clue in day_clues(DATE, ERRORS):
        assert clue.tao_a_day(clue.line) == 0
        assert clue.tao_a_day(clue.implied) == pytest.approx(ERRORS[clue.netuid].tao_a_day)
        assert clue._replace(implied=clue.line).inside
        assert clue.low < clue.line < clue.high
        assert not clue._replace(implied=2 * clue.high).inside


def test_clues_tell_age_and_the_samples_around_the_payment() -> None:
    (old,) = day_clues(DATE, [62])
    assert (old.before, old.after) == (ledger.prices(DATE)[62], ledger.prices("2025-09-19")[62])
    (young,) = day_clues(DATE, [116])
    assert 2 < young.days < 3 < old.days
    (unborn,) = day_clues("2025-09-23", [110])
    assert unborn.days < 0
    assert unborn.before is None
    assert unborn.low == unborn.line == unborn.high == 0
    assert "  -" in str(day_clues("2025-09-23", [110]))


def test_what_the_teachers_page_of_lesson_13_tells_to_expect() -> None:
    found = {date: day_errors(date, predict_day(date)) for date in DAYS_TO_EXPLAIN}
    assert all(0.004 < errors.l1 < 0.0085 for errors in found.values())
    inside = [sum(c.inside for c in day_clues(date, found[date])) for date in DAYS_TO_EXPLAIN]
    assert (min(inside), max(inside)) == (1, 9), "no day is explained wholly, none not at all"
    assert sum(count >= 6 for count in inside) > len(inside) / 2


def test_a_subnet_that_was_not_paid_has_no_clue() -> None:
    with pytest.raises(InputError, match="netuid is 100"):
        day_clues(DATE, [100])
