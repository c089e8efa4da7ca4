"""Exercises as data: what an author may write, what is refused, and how numbers are drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dtao_edu import Pool
from dtao_edu.practice import bank
from dtao_edu.practice.assess import assess
from dtao_edu.practice.checking.judge import APART
from dtao_edu.practice.checking.verdict import Outcome
from dtao_edu.practice.exercise.code_types import ExpressionQuestion, FunctionQuestion
from dtao_edu.practice.exercise.draw import Draw, Given, fill
from dtao_edu.practice.exercise.exercise import Exercise, Misconception, task
from dtao_edu.practice.exercise.question import QuestionType
from dtao_edu.practice.exercise.question_types import (
    ChoiceQuestion,
    NumberQuestion,
    Option,
    OrderQuestion,
    TableQuestion,
)


def misconception(name: str, value: Callable[[Given], Any]) -> Misconception:
    return Misconception(name, value, lambda g, answer: f"{name}: {answer}")


def example(**changes: Any) -> Exercise:
    """A sound exercise: twice a number; with changes."""
    fields: dict[str, Any] = {
        "id": "05.90",
        "title": "Twice",
        "question": NumberQuestion("TAO", digits=4),
        "objective": "double a number",
        "needs": ("TAO",),
        "draw": lambda draw: {"tao": draw.number(1, 100)},
        "text": "What is twice {tao} TAO?",
        "right": lambda g: 2 * g.tao,
        "misconceptions": (misconception("thrice", lambda g: 3 * g.tao),),
        "hints": ("Add.", "Add it to itself."),
        "solution": "It is {answer}.",
        "code": "answer = 2 * g.tao",
        "further": "Yes.",
    }
    return Exercise(**{**fields, **changes})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "5.1"),
        ("id", "05"),
        ("id", "lesson five"),
        ("objective", " "),
        ("needs", ()),
        ("needs", "TAO"),
        ("misconceptions", ()),
        ("hints", ("one",)),
        ("hints", "two or more"),
        ("code", "  "),
        ("right", None),
    ],
)
def test_an_exercise_that_lacks_something_is_refused_by_name(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=f"^{name} of .* allowed: "):
        example(**{name: value})


def test_a_choice_has_no_right_answer_of_its_own() -> None:
    options = {
        "more": Option("More.", lambda g: g.tao > 10),
        "less": Option("Less.", lambda g: g.tao <= 10),
    }
    with pytest.raises(ValueError, match="right of"):
        example(question=ChoiceQuestion(options))


def test_the_same_name_has_the_same_numbers_and_another_name_others() -> None:
    one, other = example(), example()
    assert repr(task(one, "a").given) == repr(task(other, "a").given)
    assert repr(task(one, "a").given) != repr(task(one, "b").given)
    assert repr(task(one, "a").given) != repr(task(replace(one, id="05.91"), "a").given)


def test_numbers_are_drawn_again_until_all_values_stand_apart() -> None:
    """This idea comes within one percent of the right answer for half of all numbers."""

    def near(g: Given) -> float:
        return float(2 * g.tao * (1.001 if g.tao < 10 else 2))

    exercise = example(misconceptions=(misconception("near", near),))
    for name in range(50):
        one = task(exercise, str(name))
        assert one.given.tao >= 10
        right, wrong = one.values[0], one.misconceptions[0][0]
        assert abs(right - wrong) >= APART * one.question.rounding.step(right)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (lambda g: 2 * g.tao * 1.0001, "'the right answer' and 'bad' are too near"),
        (lambda g: 2 * g.tao, "'the right answer' and 'bad' give the same number"),
        (
            lambda g: 2e9 * g.tao,
            "'the right answer' and 'bad' times 'parts of rao' give the same number",
        ),
        (lambda g: float("inf"), "a value is not finite"),
        (lambda g: float("nan"), "a value is not finite"),
    ],
)
def test_an_idea_that_can_never_be_told_apart_is_named(
    value: Callable[[Given], float], said: str
) -> None:
    with pytest.raises(ValueError, match=r"05\.90 found no numbers") as refused:
        task(example(misconceptions=(misconception("bad", value),)), "practice")
    assert said in str(refused.value)


def test_two_ideas_that_give_the_same_order_are_named() -> None:
    question = OrderQuestion(("a", "b", "c"), "the largest")
    bad = (misconception("one", lambda g: "bac"), misconception("two", lambda g: ["b", "a", "c"]))
    with pytest.raises(ValueError, match="'two' and 'one' give the same answer"):
        task(example(question=question, right=lambda g: "abc", misconceptions=bad), "practice")
    turned = (misconception("back", lambda g: "cba"),)
    with pytest.raises(ValueError, match="'back' is the right order turned round"):
        task(example(question=question, right=lambda g: "abc", misconceptions=turned), "practice")


TRUE, FALSE = Option("A.", lambda g: True), Option("B.", lambda g: False)


@pytest.mark.parametrize(
    ("question", "right", "said"),
    [
        (TableQuestion(("a", "b")), lambda g: [1], "A table of 2 rows"),
        (TableQuestion(("a", "b")), lambda g: [1, 2, 3], "A table of 2 rows"),
        (OrderQuestion(("a", "b")), lambda g: ["a", "c"], "is no order of"),
        (ChoiceQuestion({"a": TRUE, "b": TRUE}), None, "Exactly one option must hold; here 2 do"),
        (ChoiceQuestion({"a": FALSE}), None, "here 0 do"),
    ],
)
def test_what_the_engine_gives_must_have_the_form_that_is_asked(
    question: QuestionType, right: Any, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        task(
            example(
                question=question, right=right, misconceptions=(misconception("x", lambda g: "x"),)
            ),
            "practice",
        )


def test_an_idea_must_be_one_of_the_options() -> None:
    question = ChoiceQuestion(
        {"a": Option("A.", lambda g: True), "b": Option("B.", lambda g: False)}
    )
    with pytest.raises(ValueError, match="'c' is none of the options"):
        task(
            example(
                question=question, right=None, misconceptions=(misconception("x", lambda g: "c"),)
            ),
            "practice",
        )


def test_an_option_without_an_idea_is_wrong_and_says_no_more() -> None:
    question = ChoiceQuestion(
        {
            "a": Option("It is {tao}.", lambda g: True),
            "b": Option("It is not.", lambda g: False),
            "c": Option("Who knows.", lambda g: False),
        }
    )
    exercise = example(
        question=question, right=None, misconceptions=(misconception("not", lambda g: "b"),)
    )
    one = task(exercise, "practice")
    verdict = assess(one, "Who knows.")
    assert verdict.outcome is Outcome.WRONG
    assert "Who knows." in verdict.text
    assert assess(one, f"It is {one.given.tao:g}.")


def test_a_table_whose_rows_have_units_of_their_own() -> None:
    question = TableQuestion(lambda g: ("fee", "received"), units_by_row=("TAO", "alpha"), digits=5)

    def right(g: Given) -> dict[str, float]:
        return {"fee": g.tao / 100, "received": Pool(500, 9000).stake(g.tao).received}

    half = misconception("half", lambda g: [g.tao / 200, 5 * g.tao])
    one = task(example(question=question, right=right, misconceptions=(half,)), "practice")
    a, b = one.values
    assert one.question.units(one.given) == ["TAO", "alpha"]
    assert "fee in TAO, received in alpha" in one.text()
    for answer in (
        right(one.given),
        [a, b],
        [[a], [b]],
        {"received": b, "fee": a},
        {"received": f"{b} alpha", "fee": f"{a} TAO"},
    ):
        assert assess(one, answer), answer
    assert "fails is received" in assess(one, [a, 1.2345 * float(b)]).text
    assert one.answer.startswith("fee: ")
    for answer, said in (
        ([[a, b], [a, b]], "In the row fee: Your answer is of kind list and holds several"),
        ({"fee": a}, "no entry for received"),
        ([a, b, 1], "3 rows"),
        ([f"{a} alpha", b], "In the row fee: Your answer is in alpha"),
    ):
        refused = assess(one, answer)
        assert refused.outcome is Outcome.UNREADABLE
        assert said in refused.text
    assert assess(one, half.value(one.given)).misconception == "half"


def test_a_function_may_return_as_many_numbers_as_there_are() -> None:
    """The cases have lists of different length."""

    def draw(draw: Draw) -> dict[str, Any]:
        return {"prices": [draw.number(0.01, 1) for _ in range(draw.whole(2, 5))]}

    exercise = example(
        question=FunctionQuestion("shares", ("prices",), unit="share", count=10),
        draw=draw,
        text="Divide.",
        right=lambda g: [price / sum(g.prices) for price in g.prices],
        misconceptions=(misconception("as they are", lambda g: g.prices),),
        code="def shares(prices):\n    return [price / sum(prices) for price in prices]",
    )
    one = task(exercise, "practice")
    assert len(set(one.layout.sizes)) > 1
    assert assess(one, lambda prices: [price / sum(prices) for price in prices])
    assert assess(one, lambda prices: tuple(price / sum(prices) for price in prices))
    percent = assess(one, lambda prices: [100 * price / sum(prices) for price in prices])
    assert percent.outcome is Outcome.FACTOR
    same = assess(one, lambda prices: prices)
    assert same.misconception == "as they are"
    assert "[" in same.text
    wrong = assess(one, lambda prices: [0 for _ in prices])
    assert "`shares(prices=[" in wrong.text
    assert "returned 0, 0" in wrong.text
    last = assess(one, lambda prices: [*(price / sum(prices) for price in prices[:-1]), 0.7])
    assert last.outcome is Outcome.WRONG
    assert ", 0.7." in last.text
    few = assess(one, lambda prices: prices[:1])
    assert few.outcome is Outcome.UNREADABLE
    assert "1 row" in few.text
    assert ", " in one.answer


def test_an_order_of_letters_may_be_written_in_one() -> None:
    question = OrderQuestion(("A", "B", "C"), "the largest")
    exercise = example(
        question=question,
        right=lambda g: "BCA",
        misconceptions=(misconception("abc", lambda g: "ABC"),),
    )
    one = task(exercise, "practice")
    assert assess(one, "bca")
    assert assess(one, "B, C, A")
    assert assess(one, "abc").misconception == "abc"
    wrong = assess(one, "bac")
    assert wrong.outcome is Outcome.WRONG
    assert "number 2: A" in wrong.text
    assert assess(one, "").outcome is Outcome.NOT_ATTEMPTED


def test_a_learners_class_that_fails_when_looked_at_is_named() -> None:
    class Broken(dict[str, float]):
        def items(self) -> Any:
            raise KeyError("no")

    one = task(
        example(
            question=TableQuestion(("a",)),
            misconceptions=(misconception("x", lambda g: [3 * g.tao]),),
            right=lambda g: [2 * g.tao],
        ),
        "practice",
    )
    verdict = assess(one, Broken(a=1.0))
    assert verdict.outcome is Outcome.UNREADABLE
    assert "Broken" in verdict.text
    assert "KeyError" in verdict.text


def test_expressions_know_the_slips_of_their_unit() -> None:
    exercise = example(
        question=ExpressionQuestion({"tao": "t"}, unit="TAO per alpha"),
        right=lambda g: 3 * g.tao,
        misconceptions=(misconception("twice", lambda g: 2 * g.tao),),
        code="answer = 3 * tao",
    )
    one = task(exercise, "practice")
    assert assess(one, "3*t")
    assert assess(one, "1/(3*tao)").outcome is Outcome.FACTOR
    assert assess(one, "2*t").misconception == "twice"
    assert assess(one, "1/(2*t)").outcome is Outcome.MISCONCEPTION_FACTOR
    assert assess(one, "log(t)**0.5").outcome in (Outcome.WRONG, Outcome.UNREADABLE)
    assert assess(one, "sqrt(-t)").outcome is Outcome.WRONG


def test_an_idea_for_another_question_keeps_its_name() -> None:
    first = misconception("once", lambda g: 1)
    second = first.but(lambda g: 2)
    third = first.but(message=lambda g, answer: "Other words.")
    assert (second.name, second.value(Given()), second.message is first.message) == (
        "once",
        2,
        True,
    )
    assert (third.value(Given()), third.message(Given(), 1)) == (1, "Other words.")


def test_a_draw_is_even_and_within_its_bounds() -> None:
    draw = Draw("a")
    whole = [draw.whole(10, 30, 5) for _ in range(2000)]
    assert set(whole) == {10, 15, 20, 25, 30}
    assert all(300 < whole.count(value) < 500 for value in set(whole))
    numbers = [draw.number(0.5, 800, 2) for _ in range(2000)]
    assert 0.5 <= min(numbers) < 0.6
    assert 700 < max(numbers) <= 800
    assert 900 < sum(number < 20 for number in numbers) < 1100, "all sizes alike"
    assert all(float(f"{number:.1e}") == number for number in numbers)
    items = tuple("abcdef")
    assert sorted(draw.shuffle(items)) == list(items)
    assert len(set(draw.sample(items, 4))) == 4
    assert {draw.pick(items) for _ in range(200)} == set(items)


def test_the_same_numbers_on_every_machine_and_in_every_version() -> None:
    """Should this fail, every student's numbers have changed, and every receipt with them."""
    draw = Draw("student-17/05.1/0")
    assert [draw.whole(0, 999) for _ in range(5)] == [406, 765, 31, 777, 907]
    assert draw.number(1, 1000, 4) == 357.4


def test_places_are_filled_with_every_digit_unless_asked_otherwise() -> None:
    g = Given(tao=15278.013026, many=1250.0, name="subnet 64", count=3)
    assert fill("{tao} {many} {name} {count} {tao:.1f}", g) == (
        "15,278.013026 1,250 subnet 64 3 15278.0"
    )
    assert fill(lambda g: f"{g.count} times", g) == "3 times"
    with pytest.raises(KeyError):
        fill("{missing}", g)


def test_a_table_is_flat_row_by_row_and_comes_back() -> None:
    question, given = TableQuestion(("a", "b"), unit="TAO"), Given()
    value, flat = {"b": 2.0, "a": 1.0}, [1.0, 2.0]
    assert question.flat(value, given) == flat
    assert question.flat(flat, given) == flat
    assert question.inflate(flat, given) == value
    assert question.units(given) == ["TAO", "TAO"]


def test_what_is_asked_of_a_table_names_the_unit_of_each_row() -> None:
    rows = TableQuestion(("a", "b"), units_by_row=("TAO", "%")).asks(Given())
    assert '{"a": ..., "b": ...}' in rows
    assert "(a in TAO, b in percent)" in rows


def test_four_digits_are_asked_for_unless_it_is_said_otherwise() -> None:
    assert NumberQuestion("TAO").asks(Given()) == "Give a number in TAO, to 4 significant digits."
    assert "to 4 significant digits" in TableQuestion(("a",)).asks(Given())
    assert "to 2 decimals" in NumberQuestion("TAO", decimals=2).asks(Given())


def test_an_entry_that_fails_is_shown_with_nine_digits() -> None:
    """Enough to see which of one's own numbers it is."""
    third, given = 1 / 3, Given()
    for question, said in (
        (TableQuestion(("a", "b")), "b: 0.333333333 is not it."),
        (NumberQuestion("TAO"), "0.333333333 TAO is not it"),
    ):
        part = [1.0, third] if isinstance(question, TableQuestion) else [third]
        assert said in question.wrong(part, len(part) - 1, given)


def test_a_choice_may_be_copied_as_it_stands_on_the_page() -> None:
    one = task(bank.find("05.6"), "learner-7")
    assert assess(one, one.answer)
    assert assess(one, one.answer.partition(") ")[2].rstrip("."))
    other = next(line for line in one.text().splitlines() if line[:4] in ("- a)", "- b)"))
    assert assess(one, other.removeprefix("- ")).misconception
