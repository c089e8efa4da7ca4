"""The learner's desk: what is shown, what is counted, and whose numbers they are."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from dtao_edu import Pool, exercise
from dtao_edu.engine.errors import InputError
from dtao_edu.practice import (
    bank,
    check,
    given,
    hint,
    progress,
    progress_file,
    record_prediction,
    sit,
    solution,
)
from dtao_edu.practice.checking.record import MIME
from dtao_edu.practice.checking.verdict import Outcome
from dtao_edu.practice.exercise.exercise import task


def record(name: str, whose: str = "practice") -> dict[str, Any]:
    return progress_file.read()["sits"][whose][name]  # type: ignore[no-any-return]


def right(name: str) -> Any:
    return task(bank.find(name), progress_file.read()["sit"]).values[0]


def count(lesson: str) -> int:
    """How many exercises a lesson has; one more is no reason to fail."""
    return len(bank.exercises(lesson))


def test_an_exercise_is_shown_in_the_numbers_that_are_given() -> None:
    g = given("05.1")
    card = exercise("05.1")
    assert card.heading == "05.1 What a stake returns (about 5 minutes)"
    for name in ("tao_in", "alpha_in", "alpha_out", "tao"):
        assert f"{g[name]:,.0f}" in str(card)
    assert "5 significant digits" in str(card)
    assert Pool(g.tao_in, g.alpha_in).stake(g.tao).received == right("05.1")


def test_given_numbers_may_be_spoilt_without_harm() -> None:
    g = given("08.1")
    g.stakes.clear()
    assert given("08.1").stakes
    with pytest.raises(AttributeError, match="'pool' is not given here; given: stakes"):
        g.pool  # noqa: B018


def test_attempts_are_counted_once_an_answer() -> None:
    for answer in (1, 1, 1, 2, ..., 2, None):
        check("05.1", answer)
    assert record("05.1")["attempts"] == 3  # 1, 2, None; three dots are no attempt
    assert record("05.1")["outcome"] == "kind"


def test_two_functions_are_two_answers() -> None:
    check("05.3", lambda tao_in, alpha_in, limit_price: 0)
    check("05.3", lambda tao_in, alpha_in, limit_price: 1)
    check("05.3", lambda tao_in, alpha_in, limit_price: 1)
    assert record("05.3")["attempts"] == 2


def test_right_stays_right_and_an_idea_stays_met() -> None:
    g = given("05.1")
    check("05.1", g.tao * g.alpha_in / g.tao_in)
    assert record("05.1")["ideas"] == {"the spot price for the whole trade": 1}
    verdict = check("05.1", right("05.1"))
    assert verdict.outcome is Outcome.RIGHT
    check("05.1", 1)
    assert record("05.1")["right"] is True
    assert record("05.1")["outcome"] == "wrong"
    assert record("05.1")["answer"] == f"{right('05.1'):.10g}"


def test_what_was_expected_is_told_only_when_asked() -> None:
    verdict = check("05.1", 1)
    assert verdict.expected == "34,499 alpha"
    assert "34,49" not in str(verdict)


def test_hints_come_one_after_the_other_and_stay_at_the_last() -> None:
    hints = bank.find("05.1").hints
    seen = [hint("05.1") for _ in range(len(hints) + 2)]
    assert [card.mark for card in seen] == ["1/2", "2/2", "2/2", "2/2"]
    assert str(hints[0]) in " ".join(str(seen[0]).split())
    assert 'solution("05.1")' in str(seen[1])
    assert 'solution("05.1")' not in str(seen[0])
    assert record("05.1")["hints"] == 2


def test_the_solution_is_shown_at_the_second_asking() -> None:
    first, second = solution("05.1"), solution("05.1")
    assert "0 attempts" in str(first)
    assert "2 hints left" in str(first)
    assert "34,499" not in str(first)
    assert "answer = Pool(g.tao_in, g.alpha_in).stake(g.tao).received" in str(second)
    assert "34,499 alpha" in str(second)
    check("05.1", right("05.1"))
    assert record("05.1")["seen"] is True, "the receipt says that it was seen first"


def test_who_is_right_is_shown_the_solution_at_once() -> None:
    check("05.1", right("05.1"))
    assert "34,499" in str(solution("05.1"))
    assert record("05.1")["seen"] is False


def test_every_name_has_numbers_of_its_own_and_keeps_them() -> None:
    names = ["practice", "student-17", "student-18", "Søren", "17"]
    drawn = []
    for name in names:
        card = sit(name)
        assert name.lower() in card.heading
        drawn.append(repr(given("05.1")))
    assert len(set(drawn)) == len(names)
    sit("student-17")
    assert repr(given("05.1")) == drawn[1]
    assert "student-17" in str(sit())
    check("05.1", right("05.1"))
    assert record("05.1", "student-17")["right"]
    sit("practice")
    assert "practice" not in progress_file.read()["sits"]
    sit(17)
    assert repr(given("05.1")) == drawn[4]


@pytest.mark.parametrize("name", ["", "  ", "a" * 61, "a\nb", 1.5, True, ["a"], b"a"])
def test_a_name_that_is_none_is_refused(name: Any) -> None:
    with pytest.raises(InputError, match="name is "):
        sit(name)
    assert progress_file.read()["sit"] == "practice"


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("05.99", "05.1, 05.2"),
        ("99.1", "04, 05"),
        ("five", "such as"),
        (None, "such as"),
        ([], "such as"),
        ("", "such as"),
        ("05", "05.1"),
    ],
)
@pytest.mark.parametrize("call", [check, hint, solution, given, exercise])
def test_an_unknown_exercise_is_refused_with_those_there_are(
    call: Any, name: Any, allowed: str
) -> None:
    with pytest.raises(InputError, match="name is ") as refused:
        call(name)
    assert allowed in str(refused.value)


@pytest.mark.parametrize("name", ["05.1", "5.1", " 05.1 ", 5.1])
def test_a_number_is_understood_without_its_zero(name: Any) -> None:
    assert check(name, right("05.1"))


def test_progress_says_what_was_done_and_what_comes_next() -> None:
    assert "No exercise was attempted yet." in str(progress())
    g = given("05.1")
    check("05.1", g.tao * g.alpha_in / g.tao_in)
    check("05.1", right("05.1"))
    check("05.2", [1, 2])
    check("04.1", "words")
    text = " ".join(str(progress()).split())
    assert f"05 1 of {count('05')} 3 ok x{' ...' * (count('05') - 2)}" in text
    assert f"04 0 of {count('04')} 1 ?{' ...' * (count('04') - 1)}" in text
    assert "08" not in text, "only lessons that were begun"
    assert "the spot price for the whole trade: 05.1 (since right)" in text
    assert "Next: 05.2" in text
    assert "prediction" not in text
    for guess, answer in ((8, 10), (12, 10), (5, 10), ("rises", "rises")):
        record_prediction(f"question {guess}", guess, answer)
    assert "4 predictions, in the median 20 % from the answer." in " ".join(str(progress()).split())


def test_after_the_last_exercise_come_other_numbers() -> None:
    def all_right(state: progress_file.State) -> None:
        for lesson in bank.lessons():
            for one in bank.exercises(lesson):
                done = {**progress_file.record(), "right": True, "attempts": 1, "outcome": "right"}
                state["sits"].setdefault("practice", {})[one.id] = done

    progress_file.update(all_right)
    assert "All exercises are right" in str(progress())


def test_a_prediction_is_kept_once_and_then_shown() -> None:
    first = check("08.5", 30)
    truth = right("08.5")
    assert "You predicted 30 %" in first.text
    assert first.expected.removesuffix(" %") in first.text.replace("\n", " ")
    check("08.5", truth)
    kept = progress_file.read()["predictions"]["08.5"]
    assert kept["guess"] == 30
    assert kept["off"] == pytest.approx(30 / truth - 1)
    assert "not as predicted" in first.heading
    assert record("08.5")["right"], "it is done once it is made"
    assert record("08.5")["outcome"] == "wrong", "the first guess counts"
    assert record("08.5")["answer"] == ""
    marks = f"... ... ... ... x{' ...' * (count('08') - 5)}"
    assert f"08 1 of {count('08')} 2 {marks}" in " ".join(str(progress()).split())
    assert "Next: 08.1" in str(progress())


def test_a_prediction_that_cannot_be_read_is_not_made() -> None:
    check("08.5", "a lot")
    assert not record("08.5")["right"]
    assert progress_file.read()["predictions"] == {}


def test_what_is_shown_is_the_same_text_dressed() -> None:
    cards = [exercise("05.1"), check("05.1", 1), hint("05.1"), solution("05.1"), progress(), sit()]
    for card in cards:
        bundle = card._repr_mimebundle_()
        assert set(bundle) - {MIME} == {"text/plain", "text/html"}
        assert (MIME in bundle) is (card.heading.startswith("05.1 wrong"))
        assert bundle["text/plain"] == str(card) == repr(card)
        assert "script" not in bundle["text/html"]


def test_a_learners_words_are_escaped_in_a_notebook() -> None:
    verdict = check("05.1", "<img src=x onerror=alert(1)>")
    assert "<img" not in verdict._repr_html_()
    assert "&lt;img" in verdict._repr_html_()


def test_every_mark_is_plain_text_and_its_own() -> None:
    marks = [outcome.mark for outcome in Outcome]
    assert len(set(marks)) == len(Outcome)
    assert all(mark.isascii() for mark in marks)
    labels = [outcome.label for outcome in Outcome]
    assert len(set(labels)) == len(Outcome)
    for a, b in itertools.combinations(labels, 2):
        assert a != b


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_right_known_slip_and_unknown_look_different_without_any_colour() -> None:
    """By the line of the edge, and by words; the colours can be seen on white and on black."""
    one = task(bank.find("05.1"), "practice")
    answers = (one.values[0], one.misconceptions[0][0], one.given.alpha_in, 12.345)
    verdicts = [check("05.1", answer) for answer in answers]
    assert [verdict.outcome.value for verdict in verdicts] == ["right", "idea", "slip", "wrong"]
    assert len({verdict.look.line for verdict in verdicts}) == 4
    assert len({verdict.look.colour for verdict in verdicts}) == 4
    assert len({verdict.label for verdict in verdicts}) == 4
    for verdict in verdicts:
        assert verdict.label in verdict._repr_html_()
        assert f"{verdict.look.line} {verdict.look.colour}" in verdict._repr_html_()
        light = luminance(verdict.look.colour)
        for ground in ("#ffffff", "#111111"):
            pale, dark = sorted((light, luminance(ground)), reverse=True)
            assert (pale + 0.05) / (dark + 0.05) >= 3, "as WCAG asks of what is not text"


def test_what_g_holds_stands_under_the_question() -> None:
    """Where an answer is worked out with it; a function gets its numbers by name."""
    shown = str(exercise("03.1"))
    held = " ".join(shown.split())
    for name in given("03.1"):
        assert f"`g.{name} = {given('03.1')[name]!r}`" in held
    assert "g = given" not in str(exercise("04.4"))


def test_a_number_written_with_commas_is_refused_with_a_sentence() -> None:
    verdict = check("00.1", 1, 255)
    assert verdict.outcome is Outcome.UNREADABLE
    assert "without commas" in verdict.text
    assert not verdict
