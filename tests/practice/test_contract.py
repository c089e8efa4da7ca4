"""What every exercise of the bank owes, for two hundred names each, or a sample of them."""

from __future__ import annotations

import ast
import difflib
import random
import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import dtao_edu
from authoring.exercise_pages import page
from dtao_edu import lazy
from dtao_edu.glossary import TERMS
from dtao_edu.practice import bank
from dtao_edu.practice.assess import assess
from dtao_edu.practice.bank import lesson_05
from dtao_edu.practice.checking.expressions import read_expression
from dtao_edu.practice.checking.judge import judge, nearest_pair
from dtao_edu.practice.checking.rejected import Rejected
from dtao_edu.practice.checking.verdict import Outcome
from dtao_edu.practice.desk import worked
from dtao_edu.practice.exercise.code_types import ExpressionQuestion, FunctionQuestion
from dtao_edu.practice.exercise.draw import Given, fill
from dtao_edu.practice.exercise.exercise import Exercise, Misconception, Task, task
from dtao_edu.practice.exercise.question import EXERCISE_RATE, QuestionType
from dtao_edu.practice.exercise.question_types import ChoiceQuestion, OrderQuestion
from dtao_edu.practice.misconceptions import blocks, days, shares, trades, votes
from dtao_edu.practice.slips.mutants import tree_of
from dtao_edu.practice.slips.shadow import trace
from dtao_edu.practice.text import html
from tests.helpers.walks import sample

pytestmark = pytest.mark.whole
EVERYBODY = [f"student-{number}" for number in range(200)]
NAMES, FEW = sample(EVERYBODY, 40), sample(EVERYBODY[:50], 12)
BANK = [exercise for lesson in bank.lessons() for exercise in bank.exercises(lesson)]
PAGE = Path(__file__).resolve().parents[2] / "CONTRIBUTING.md"
MISCONCEPTIONS = "dtao_edu.practice.misconceptions"
TAUGHT = {spelling.lower(): term.lesson for term in TERMS for spelling in term.spellings}


def example() -> str:
    """The exercise that the page for authors shows."""
    section = PAGE.read_text(encoding="utf-8").partition("## A new exercise")[2]
    return section.partition("```python\n")[2].partition("```")[0]


@cache
def of_the_page() -> Exercise:
    """Put it where the page says, and take it out of there."""
    names = dict(vars(lesson_05))
    exec(example(), names)
    return names["SALE"]  # type: ignore[no-any-return]


@pytest.fixture(scope="module", params=[*BANK, of_the_page()], ids=lambda exercise: exercise.id)
def exercise(request: pytest.FixtureRequest) -> Exercise:
    """One exercise after the other, so that its tasks are drawn once."""
    return request.param  # type: ignore[no-any-return]


@cache
def _face() -> dict[str, Any]:
    import sympy

    rooms = ("ledger", "measures", "studies")
    named = {name: getattr(dtao_edu, name) for name in (*lazy.homes("dtao_edu"), *rooms)}
    return {**named, "sympy": sympy, "dtao_edu": dtao_edu}


def face() -> dict[str, Any]:
    """What stands at hand in a learner's cell."""
    return dict(_face())


@cache
def compiled(code: str) -> Any:
    return compile(code, "<solution>", "exec")


@cache
def of_all_names(exercise: Exercise) -> Any:
    """Run a solution that uses no given numbers once for all names."""
    names = face()
    exec(
        compiled(exercise.question.stub(exercise.id, False).split("answer =")[0]), names
    ) if isinstance(exercise.question, ExpressionQuestion) else None
    exec(compiled(exercise.code), names)
    return exercise.question.result(names)


def solved(one: Task) -> Any:
    """Run the worked solution with the numbers of a task."""
    if one.question.coded:
        return of_all_names(bank.find(one.exercise.id))
    names = {**face(), "g": one.given.fresh()}
    exec(compiled(one.exercise.code), names)
    return one.question.result(names)


def answer_of(misconception: Misconception, question: QuestionType, one: Task) -> Any:
    """What somebody with this idea would hand in."""
    if isinstance(question, FunctionQuestion):
        return lambda *given: misconception.value(
            Given(**dict(zip(question.arguments, given, strict=True)))
        )
    value = misconception.value(one.given.fresh())
    if isinstance(question, ChoiceQuestion):
        return "abcdefgh"[one.question.order.index(value)]  # type: ignore[attr-defined]
    return value


def numbers(text: str) -> list[float]:
    found = re.findall(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?", text)
    return [float(number.replace(",", "")) for number in found]


def test_untouched_it_is_not_attempted(exercise: Exercise) -> None:
    one = task(exercise, "practice")
    names = face()
    results: list[Any] = []
    names["check"] = lambda id_, answer: results.append((id_, answer))
    names["given"] = lambda id_: one.given.fresh()
    exec(exercise.question.stub(exercise.id, len(list(one.given)) > 0), names)
    ((id_, answer),) = results
    assert id_ == exercise.id
    verdict = assess(one, answer)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED
    assert verdict.mark == "..."


def test_the_solution_is_right_for_every_name(exercise: Exercise) -> None:
    for name in NAMES:
        one = task(exercise, name)
        verdict = assess(one, solved(one))
        assert verdict.outcome is Outcome.RIGHT, (name, verdict, verdict.expected)
        assert len(verdict.text) > 20


def test_a_solution_can_be_copied_out_of_the_notebook_and_run(exercise: Exercise) -> None:
    """What stands there as code, pasted into a cell under the notebook's own imports."""
    if exercise.id == of_the_page().id:
        return  # it is in no notebook
    one = task(exercise, "practice")
    found = re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", html(worked(one)), re.DOTALL)
    imports = page(exercise.lesson, "name", "title")["cells"][1]["source"]
    names: dict[str, Any] = {}
    exec(imports, names)
    seen: list[Any] = []
    names["check"] = lambda id_, answer: seen.append(assess(one, answer))
    names["given"] = lambda id_: one.given.fresh()
    exec(unescape(found[-1]), names)
    assert [bool(verdict) for verdict in seen] == [True]


def test_every_wrong_idea_gets_its_own_words_and_never_passes(exercise: Exercise) -> None:
    for name in NAMES:
        one = task(exercise, name)
        said = set()
        for number, misconception in enumerate(one.exercise.misconceptions):
            told_apart = any(found.misconception == number for found in one.candidates)
            if misconception.later and not told_apart:
                continue
            if isinstance(one.question, ExpressionQuestion):
                finding = judge(one.misconceptions[number], one.candidates, one.question.rounding)
                assert (finding.outcome, finding.misconception) == (Outcome.MISCONCEPTION, number)
                continue
            verdict = assess(one, answer_of(misconception, exercise.question, one))
            assert verdict.outcome is Outcome.MISCONCEPTION, (name, misconception.name, verdict)
            assert verdict.misconception == misconception.name
            assert not verdict
            said.add(verdict.text)
        later = sum(known.later for known in one.exercise.misconceptions)
        assert not said or len(said) >= len(one.exercise.misconceptions) - later


def test_what_is_said_of_an_idea_is_in_the_learners_numbers_and_gives_nothing_away(
    exercise: Exercise,
) -> None:
    for number, misconception in enumerate(exercise.misconceptions):
        texts = set()
        for name in FEW:
            one = task(exercise, name)
            for case, given in enumerate(one.layout.cases[:3]):
                mine = one.layout.part(one.misconceptions[number], case)
                right = one.layout.part(one.values, case)
                text = misconception.message(given.fresh(), one.question.inflate(mine, given))
                texts.add(text)
                assert text == " ".join(text.split()), "one paragraph without empty places"
                assert text[-1] in ".:`?"
                if not one.question.numeric:
                    assert one.answer not in text
                    continue
                known = [*numbers(repr(given)), *mine]
                for value in right:
                    step = one.question.rounding.step(value)
                    near = [n for n in numbers(text) if abs(n - value) <= step]
                    assert all(any(abs(n - k) <= step for k in known) for n in near), text
        assert len(texts) > 2, f"'{misconception.name}' says the same to everybody"


def test_no_two_values_come_near_each_other(exercise: Exercise) -> None:
    for name in NAMES:
        one = task(exercise, name)
        assert nearest_pair(one.candidates) is None
        assert len({one.values, *one.misconceptions}) == 1 + len(one.misconceptions)


def test_hints_do_not_hold_the_answer(exercise: Exercise) -> None:
    assert len(exercise.hints) >= 2
    for name in NAMES:
        one = task(exercise, name)
        for hint in exercise.hints:
            text = one.fill(hint)
            if not one.question.numeric:
                assert one.answer.lower() not in text.lower()
                assert one.answer.partition(") ")[2] not in text or isinstance(
                    one.question, OrderQuestion
                )
                continue
            known = numbers(repr(one.given))
            for value in one.layout.part(one.values, 0):
                step = one.question.rounding.step(value)
                assert not [
                    n for n in numbers(text) if abs(n - value) <= step and n not in known
                ], text
    if isinstance(exercise.question, ExpressionQuestion | FunctionQuestion):
        names = (
            exercise.question.symbols
            if isinstance(exercise.question, ExpressionQuestion)
            else {name: name for name in exercise.question.arguments}
        )
        for piece in re.findall(r"`([^`]+)`", " ".join(fill(h, one.given) for h in exercise.hints)):
            try:
                worth = read_expression(piece, names)
            except Rejected:
                continue
            points = [worth(case.__dict__) for case in one.layout.cases]
            assert judge(points, one.candidates, one.question.rounding).outcome is not Outcome.RIGHT


def test_it_needs_no_idea_that_is_taught_later(exercise: Exercise) -> None:
    for word in exercise.needs:
        assert word.lower() in TAUGHT, f"{word} is no word of the glossary"
        assert TAUGHT[word.lower()] <= exercise.lesson, f"{word} comes in {TAUGHT[word.lower()]}"


def test_minutes_objective_title_and_texts_are_there(exercise: Exercise) -> None:
    one = task(exercise, "practice")
    same_type = [other for other in BANK if type(other.question) is type(exercise.question)]
    assert {other.minutes for other in same_type} == {exercise.minutes}, "one rate a type"
    assert f"{exercise.minutes} for a" in EXERCISE_RATE
    assert len(exercise.objective.split()) >= 4
    assert exercise.objective[0].islower()
    assert not exercise.objective.endswith(".")
    assert exercise.title
    assert not exercise.title.endswith(".")
    for text in (exercise.text, exercise.further, exercise.solution, *exercise.hints):
        assert len(one.fill(text)) > 15
    assert exercise.misconceptions
    assert len({misconception.name for misconception in exercise.misconceptions}) == len(
        exercise.misconceptions
    )


def test_no_answer_is_a_literal(exercise: Exercise) -> None:
    """Different names have different answers, or an engine's call decides which option holds."""
    answers = {task(exercise, name).answer for name in NAMES}
    if isinstance(exercise.question, ChoiceQuestion):
        assert exercise.right is None
        assert all(callable(option.holds) for option in exercise.question.options.values())
        letters = {answer[0] for answer in answers}
        assert len(letters) == len(exercise.question.options), (
            "the letter differs from name to name"
        )
    else:
        few = isinstance(exercise.question, OrderQuestion)
        assert len(answers) > len(NAMES) * (0.025 if few else 0.3)


def test_no_right_answer_holds_an_equation_of_its_own(exercise: Exercise) -> None:
    """It asks the engine; by itself it turns percents and days, and takes a difference or a sum."""
    if exercise.right is None or exercise.id == of_the_page().id:
        return
    one = task(exercise, "practice")
    _, functions = trace(lambda: exercise.right and exercise.right(one.given.fresh()))
    for function in (exercise.right, *functions.values()):
        if not function.__module__.startswith(("dtao_edu.practice.bank", MISCONCEPTIONS)):
            continue
        tree = tree_of(function)  # type: ignore[arg-type]
        assert tree is not None, function
        for node in ast.walk(tree):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div | ast.Pow):
                fixed = is_fixed(node.left) or is_fixed(node.right)
                repeated = isinstance(node.left, ast.List)
                assert fixed or repeated, ast.unparse(node)


def is_fixed(node: ast.AST) -> bool:
    """A number, or a constant by its name."""
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


def test_every_wrong_option_of_a_choice_has_an_idea(exercise: Exercise) -> None:
    if isinstance(exercise.question, ChoiceQuestion):
        for name in NAMES:
            one = task(exercise, name)
            keys = {one.values[0], *(values[0] for values in one.misconceptions)}
            assert keys == set(exercise.question.options)


def test_no_other_exercise_differs_in_numbers_only(exercise: Exercise) -> None:
    def bare(one: Exercise) -> str:
        return re.sub(r"[\d.,|]+", "", task(one, "practice").fill(one.text))

    others = [one for one in BANK if one.id < exercise.id and one.lesson == exercise.lesson]
    for other in others:
        likeness = difflib.SequenceMatcher(None, bare(exercise), bare(other)).ratio()
        assert likeness < 0.9, f"{exercise.id} and {other.id} read alike"
        assert exercise.title != other.title


def test_random_wrong_answers_are_rarely_called_an_idea(exercise: Exercise) -> None:
    if not exercise.question.numeric:
        return  # every wrong option is an idea, and an order has few others
    chance = random.Random(exercise.id)
    called = 0
    for name in NAMES:
        one = task(exercise, name)
        for _ in range(5):
            factor = 10 ** chance.uniform(-1.5, 1.5)
            spread = chance.choice((0.0, 0.3))  # all entries off alike, or each in its own way
            answer = [value * factor * (1 + spread * chance.random()) for value in one.values]
            outcome = judge(answer, one.candidates, one.question.rounding).outcome
            called += outcome in (Outcome.MISCONCEPTION, Outcome.MISCONCEPTION_FACTOR)
    assert called < 0.02 * 5 * len(NAMES), f"{called} of {5 * len(NAMES)}"


def test_an_idea_that_two_exercises_meet_stands_among_the_shared_ones(exercise: Exercise) -> None:
    shared = {
        value.name
        for module in (trades, votes, shares, blocks, days)
        for value in vars(module).values()
        if isinstance(value, Misconception)
    }
    for misconception in exercise.misconceptions:
        where = [
            one.id
            for one in BANK
            if any(other.name == misconception.name for other in one.misconceptions)
        ]
        assert len(where) < 2 or misconception.name in shared, (
            f"'{misconception.name}' is met in {where}"
        )
        assert misconception.name == misconception.name.strip()
        assert misconception.name[0].islower() or not misconception.name[0].isalpha()
        assert len(misconception.name) < 70


def test_the_course_knows_more_than_forty_wrong_ideas() -> None:
    assert (
        len({misconception.name for exercise in BANK for misconception in exercise.misconceptions})
        >= 40
    )


def test_a_new_exercise_takes_at_most_thirty_lines() -> None:
    assert 20 < len(example().splitlines()) <= 30
