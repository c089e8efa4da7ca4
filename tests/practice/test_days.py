"""The day of lesson 13: drawn by the name, the same in every exercise, never one that is shown."""

from __future__ import annotations

from collections import Counter

from dtao_edu import answers, given, sit
from dtao_edu.practice import bank
from dtao_edu.practice.assess import judge_values
from dtao_edu.practice.exercise.exercise import task
from dtao_edu.practice.misconceptions.days import DAYS_TO_EXPLAIN, PROJECT_DAYS
from dtao_edu.studies.paid_days.noise import to_explain

SHOWN = {*(f"2025-09-{day}" for day in range(14, 21))}  # lesson 07, and the example of lesson 13
NAMES = [f"name-{number}" for number in range(300)]


def date(name: str, exercise: str = "13.1") -> str:
    return str(task(bank.find(exercise), name).given.date)


def test_the_draw_never_gives_a_day_that_a_lesson_shows() -> None:
    assert not SHOWN & set(PROJECT_DAYS)
    assert "2025-09-18" in SHOWN, "the worked example"
    assert {date(name) for name in NAMES} <= set(DAYS_TO_EXPLAIN) <= set(PROJECT_DAYS)


def test_a_drawn_day_has_something_to_explain() -> None:
    left = {date: len(to_explain(date)) for date in PROJECT_DAYS}
    assert {date for date, count in left.items() if count >= 3} == set(DAYS_TO_EXPLAIN)


def test_leaving_out_the_warm_up_never_looks_like_a_rounding() -> None:
    for name in NAMES[:60]:
        one = task(bank.find("13.1"), name)
        names = [idea.name for idea in one.exercise.misconceptions]
        (told,) = one.misconceptions[names.index("the warm-up left out")]
        assert judge_values("13.1", name, [float(told)]).misconception == "the warm-up left out"


def test_a_day_that_was_given_out_before_is_still_judged() -> None:
    old = bank.find("13.2", version=1)
    dates = {str(task(old, name).given.date) for name in NAMES[:60]}
    assert dates - set(DAYS_TO_EXPLAIN)


def test_a_name_has_one_day_in_all_exercises_and_keeps_it() -> None:
    for name in NAMES[:20]:
        assert len({date(name, one.id) for one in bank.exercises("13")}) == 1
    assert [date(name) for name in ("practice", "student-1", "ada")] == [
        "2025-10-03", "2025-10-03", "2025-09-26",
    ]  # fmt: skip


def test_many_names_spread_over_all_days() -> None:
    counted = Counter(map(date, NAMES))
    assert set(counted) == set(DAYS_TO_EXPLAIN)
    assert max(counted.values()) < 2 * len(NAMES) / len(DAYS_TO_EXPLAIN)


def test_the_teacher_sees_which_day_a_student_has() -> None:
    rows = str(answers("ada", lesson="13")).splitlines()[1:]
    assert len(rows) == 6
    assert all(date("ada") in row for row in rows)


def test_three_dots_ask_who_sits_here_and_change_nothing() -> None:
    sit("ada")
    assert "ada" in str(sit(...))
    assert given("13.1").date == date("ada")
    sit("practice")
