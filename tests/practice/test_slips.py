"""Slips that nobody wrote down: found from the right answer's own formulas, and asked after."""

from __future__ import annotations

import cProfile
import random
import re
from collections.abc import Callable
from typing import Any

import pytest

from dtao_edu import Pool
from dtao_edu.engine import formulas
from dtao_edu.practice import bank
from dtao_edu.practice.assess import assess, assess_values
from dtao_edu.practice.checking.verdict import Outcome
from dtao_edu.practice.exercise.exercise import Exercise, Task, task
from dtao_edu.practice.slips.generate import slips
from dtao_edu.practice.slips.match import explain
from dtao_edu.practice.slips.misread import readings
from dtao_edu.practice.slips.mutants import mutants
from dtao_edu.practice.slips.shadow import Shadow, trace
from dtao_edu.practice.slips.slip import LABELS, quantities
from dtao_edu.practice.text import exact

NUMERIC = [
    one
    for lesson in bank.lessons()
    for one in bank.exercises(lesson)
    if one.right is not None and one.question.numeric and not one.question.reveals
]


def trade(g: Any) -> Any:
    return Pool(g.tao_in, g.alpha_in).stake(g.tao)


KINDS: list[tuple[str, Callable[[Any, Any], Any], str]] = [
    ("an intermediate value", lambda g, right: trade(g).received, "05.5 amount out|alpha"),
    ("inputs exchanged", lambda g, right: g.tao_in * g.tao / (g.alpha_in + g.tao), "05.1 exchange"),
    ("a term left out", lambda g, right: g.alpha_in, "05.1 give `alpha_in` itself"),
    ("a sign turned", lambda g, right: g.alpha_in * g.tao / (g.tao_in - g.tao), "05.1 add"),
    ("a formula's neighbour", lambda g, right: g.tao * (1 / right), "05.1 upside down|average"),
    ("levels for changes", lambda g, right: right + g.tao, "05.5 leave out `- tao`"),
    ("rows for columns", lambda g, right: right[::-1], "02.1 another order|exchange"),
    ("heads for stake", lambda g, right: [right[0], 2 / 3], "02.1 heads"),
    ("a unit of one entry", lambda g, right: [right[0], 100 * right[1]], "05.2 hundred"),
    ("one step too many", lambda g, right: None, "07.2 one more"),
]


def answer(one: Task) -> Any:
    return one.values[0] if len(one.values) == 1 else list(one.values)


@pytest.mark.parametrize(("name", "wrong", "said"), KINDS, ids=[kind[0] for kind in KINDS])
def test_each_kind_of_slip_is_asked_after(
    name: str, wrong: Callable[[Any, Any], Any], said: str
) -> None:
    id_, _, words = said.partition(" ")
    for seat in ("practice", "student-3", "student-8"):
        one = task(bank.find(id_), seat)
        given = one.given
        value = wrong(given, answer(one))
        if value is None:
            value = given.p - (given.p - given.m) * (1 - given.a) ** (given.blocks + 1)
        verdict = assess(one, value)
        assert verdict.outcome is Outcome.SLIP, verdict
        assert any(word in verdict.text for word in words.split("|")), verdict
        assert "Did you " in verdict.text
        assert len(verdict.slips) <= 2
        assert not verdict


def test_two_slips_that_lead_to_one_answer_are_both_said() -> None:
    one = task(bank.find("05.1"), "practice")
    verdict = assess(one, one.given.alpha_in)
    assert len(verdict.slips) == 2
    assert "Or did you" in verdict.text
    assert "Both lead to your answer." in " ".join(verdict.text.split())


@pytest.mark.parametrize("exercise", NUMERIC, ids=lambda one: one.id)
def test_a_right_answer_is_no_slip_and_a_known_idea_comes_first(exercise: Any) -> None:
    for seat in ("practice", "student-1", "student-2"):
        one = task(exercise, seat)
        assert assess_values(one, one.values).outcome is Outcome.RIGHT
        apart = {found.misconception for found in one.candidates}
        for place, values in enumerate(one.misconceptions):
            if place in apart:  # one that came later is not named where it cannot be told apart
                assert assess_values(one, values).outcome is Outcome.MISCONCEPTION


def test_a_formula_is_not_given_away_where_one_is_asked_for() -> None:
    one = task(bank.find("05.3"), "practice")
    for slip in slips(one).of(0):
        for said in explain(one, slip.values * len(one.layout.cases)):  # type: ignore[operator]
            assert all(part.isidentifier() for part in said.split("`")[1::2])


@pytest.mark.parametrize("exercise", NUMERIC, ids=lambda one: one.id)
def test_nobody_reckons_with_what_only_says_which_one(exercise: Any) -> None:
    """A netuid, a place or a number of places is no quantity: it is never added to one."""
    labels = LABELS.union(exercise.labels)
    for slip in slips(task(exercise, "practice")).of(0):
        said = re.sub(r"\w+\[[^]]*\]", "", " ".join(slip.mistake.split("`")[1::2]))
        assert not {word.removesuffix("s") for word in re.findall(r"[a-z_]+", said)} & labels, said


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("04.2", "T*a/A + a", "`T*a/A + a` as `(T * a / A) + a`"),
        ("04.2", "T*a/A+a", "`T*a/A+a` as `(T * a / A) + a`"),
        ("04.2", "T*a/(A+a)", ""),
        ("04.2", "(T*a/A)+a", ""),  # the brackets are there, in another place
        ("04.3", "(T+t)**2/T*A", "as `((T + t) ** 2 / T) * A`"),
        ("04.3", "(T+t)*(T+t)/T*A", "as `((T + t) * (T + t) / T) * A`"),
    ],
)
def test_brackets_missing_in_an_expression_are_asked_after(name: str, text: str, said: str) -> None:
    verdict = assess(task(bank.find(name), "practice"), text)
    told = " ".join(verdict.text.split())
    if said:
        assert verdict.outcome is Outcome.SLIP
        assert said in told
    else:
        assert "Python reads" not in told


def average(tao_in: float, alpha_in: float, tao: float) -> float:
    return tao_in + tao / alpha_in


def floored(tao_in: float, alpha_in: float, tao: float) -> float:
    received = alpha_in * tao // (tao_in + tao)
    return tao / received


@pytest.mark.parametrize(
    ("function", "said"), [(average, "`tao_in + tao / alpha_in`"), (floored, "with `//`")]
)
def test_slips_of_python_in_a_function_are_asked_after(
    function: Callable[..., float], said: str
) -> None:
    verdict = assess(task(bank.find("04.4"), "practice"), function)
    assert verdict.outcome is Outcome.SLIP
    assert said in " ".join(verdict.text.split())


def test_how_python_reads_a_text_is_what_it_does() -> None:
    """The reading that is told is the text's own; the other one differs from it."""
    names = {"a": 3.0, "b": 4.0, "c": 7.0}
    for text in ("a**b/c", "a/b*c", "a/b+c", "a+b/c", "a*b-c", "a-b-c", "-a**b", "a//b", "a-b*c"):
        found = list(readings(text))
        assert found, text
        for reading in found:
            assert eval(reading.text, names) != eval(text, names)
            for told in re.findall("as `(.+)`", reading.mistake):
                assert eval(told, names) == eval(text, names)
    assert not list(readings("a**(b/c)"))
    assert not list(readings("(a+b)/c"))
    assert not list(readings("a+"))


def test_an_order_by_something_else_is_asked_after() -> None:
    one = task(bank.find("05.4"), "practice")
    rows = sorted(one.given.pools, key=lambda row: row["alpha_out"])
    for order, end in ((rows, ""), (rows[::-1], ", from the other end")):
        values = tuple(str(row["netuid"]) for row in order)
        verdict = assess_values(one, values)
        assert verdict.outcome is Outcome.SLIP
        assert f"sort by `alpha_out` alone{end}" in verdict.slips


def test_one_is_left_out_as_a_factor_only_where_it_is_one() -> None:
    """The other prices stand in a sum: 1 in their place is no term left out."""
    said = [slip.mistake for slip in slips(task(bank.find("06.1"), "practice")).of(0)]
    assert "leave out `others`" in said
    assert "leave out the factor `others`" not in said
    of_a_price = [slip.mistake for slip in slips(task(bank.find("01.1"), "practice")).of(0)]
    assert "leave out the factor `days`" in of_a_price


def test_the_engine_is_left_alone() -> None:
    """A mistake lives in copies: whoever trades meanwhile gets the right amounts."""
    before = formulas.amount_out.__code__
    work = lambda: Pool(10, 100).stake(10).received  # noqa: E731 - the shape of a right answer
    calls, functions = trace(work)
    assert any(call.function == "amount_out" and call.result == 50 for call in calls)
    shadow = Shadow(functions)
    wrong = mutants(formulas.amount_out)[0].code  # type: ignore[arg-type]
    copied = shadow.copy(work)  # type: ignore[arg-type]
    seen = []
    shadow.with_code(formulas.amount_out, wrong, lambda: seen.append(work()))  # type: ignore[arg-type]
    assert seen == [50]
    assert formulas.amount_out.__code__ is before
    assert copied() == 50


def test_random_numbers_are_seldom_named() -> None:
    """Of wrong numbers between half and double of the right ones, at most 3 in 100."""
    draw, named, tried = random.Random(5), 0, 0
    for exercise in NUMERIC:
        if exercise.question.coded or exercise.id in ("11.3", "13.3", "02.7"):
            continue
        one = task(exercise, "student-5")
        for _ in range(20):
            values = tuple(value * draw.uniform(0.5, 2) for value in one.values)
            outcome = assess_values(one, values).outcome
            named += outcome not in (Outcome.WRONG, Outcome.CLOSE, Outcome.RIGHT)
            tried += 1
    assert named <= 0.03 * tried


def test_a_check_may_run_under_a_profiler() -> None:
    """As under `%prun`: what stood on the way is found by a profiler, and two cannot be set."""
    one = task(bank.find("05.1"), "profiled")
    price = one.given.tao_in / one.given.alpha_in
    verdict = cProfile.Profile().runcall(assess, one, price)
    assert verdict.outcome is Outcome.SLIP


SEATS = ("practice", "student-5", "learner-7")


def every_mistake(exercise: Exercise, seat: str) -> set[str]:
    one = task(exercise, seat)
    return {slip.mistake for slip in slips(one).of(0)}


@pytest.mark.parametrize("exercise", NUMERIC, ids=[one.id for one in NUMERIC])
def test_a_question_names_nothing_that_a_learner_has_not_seen(exercise: Exercise) -> None:
    """No name of the code's own insides, and no part of it that is called nothing twice."""
    for mistake in every_mistake(exercise, SEATS[0]):
        assert not re.search(r"`_|\b_\w|\bfloat\(|\bg\.", mistake), mistake
        assert mistake.count("a part of it") < 2 or mistake.startswith("exchange"), mistake


@pytest.mark.parametrize("exercise", NUMERIC, ids=[one.id for one in NUMERIC])
def test_only_what_the_question_gives_in_percent_is_called_percent(exercise: Exercise) -> None:
    one = task(exercise, SEATS[1])
    for mistake in every_mistake(exercise, SEATS[1]):
        if found := re.match(r"read `(\w+)`, which is in percent", mistake):
            assert re.search(rf"{exact(one.given[found[1]])} ?%", one.text())


@pytest.mark.parametrize("name", ["04.1", "05.1", "05.5", "06.3", "09.3", "12.5", "14.1", "14.4"])
def test_a_given_number_is_named_once_by_its_own_name(name: str) -> None:
    """Not a second time by what a formula calls it: "the reserve in itself" says nothing more."""
    for seat in SEATS:
        one = task(bank.find(name), seat)
        for each, value in quantities(one.given, one.exercise.labels).items():
            named = explain(one, [value])
            if named[:1] == [f"give `{each}` itself"]:
                assert not any(re.match("give the .* itself", other) for other in named[1:])


def test_one_number_given_twice_is_no_other_order() -> None:
    one = task(bank.find("10.4"), "learner-7")
    first, second = map(float, one.values)
    assert explain(one, [second, first]) == ["give the numbers in another order"]
    assert "give the numbers in another order" not in explain(one, [second, second])


def test_a_slip_in_two_spellings_is_one() -> None:
    """A half left out is not first "leave out `/ 2`" and then "leave out `2`"."""
    one = task(bank.find("14.2"), "learner-7")
    assert sum("leave out" in each for each in explain(one, [2 * float(one.values[0])])) == 1
