"""A question alone in a lesson."""

from __future__ import annotations

import json
from pathlib import Path

import ipywidgets as widgets
import pytest

from dtao_edu import predict
from dtao_edu.practice.progress_file import data_folder
from tests.helpers.shown import one, page, press


@pytest.fixture(autouse=True)
def own_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DTAO_EDU_DATA", str(tmp_path))


def test_a_number() -> None:
    wrong = [("the spot price", 50.0, "After it the product would be smaller.")]
    asked = predict("How many?", answer=100 / 3, unit="alpha", misconceptions=wrong, name="alpha")
    one(asked, widgets.Text).value = "50"
    assert "33.33" not in page(asked)
    press(asked, "Show the answer")
    assert "it is 33.33 alpha. You were 50 % above." in page(asked)
    assert "After it the product would be smaller." in page(asked)
    kept = json.loads((data_folder() / "progress.json").read_text())
    assert kept["predictions"]["alpha"]["answer"] == pytest.approx(100 / 3)


def test_a_choice() -> None:
    asked = predict("Rises or falls?", answer="falls", choices=["rises", "falls"])
    press(asked, "Show the answer")
    assert "Choose one first" in page(asked)
    one(asked, widgets.ToggleButtons).value = "rises"
    press(asked, "Show the answer")
    assert "You predicted: rises. It is: falls." in page(asked)


def test_skip_says_the_answer() -> None:
    asked = predict("How many?", answer=100 / 3, unit="alpha")
    press(asked, "Skip")
    assert "It is: 33.33 alpha." in page(asked)


def test_without_a_kernel_the_question_remains_and_no_answer() -> None:
    data, _ = predict("How many?", answer=100 / 3, unit="alpha")._repr_mimebundle_()
    assert data["text/plain"] == "Predict first. How many?"
    assert not any("33.3" in str(part) for part in data.values())


def test_an_answer_that_cannot_be_chosen_is_refused() -> None:
    with pytest.raises(ValueError, match="answer is 'sideways'"):
        predict("Rises or falls?", answer="sideways", choices=["rises", "falls"])


def test_a_guess_is_a_round_number() -> None:
    """Who guesses 46 where an idea leads to 45.84 has that idea."""
    wrong = [("trust taken for consensus", 45.84, "That is the trust itself.")]
    for guess, known in (("46", True), ("45.8", True), ("44.9", False), ("48", False)):
        asked = predict("How much?", answer=39.75, unit="%", misconceptions=wrong)
        one(asked, widgets.Text).value = guess
        press(asked, "Show the answer")
        assert ("That is the trust itself." in page(asked)) is known
        assert "points above" in page(asked)


def test_a_guess_of_four_digits_means_the_fourth() -> None:
    """Who writes 1541 has divided by the price, though that is close to what comes out."""
    wrong = [("the spot price", 1541.05, "That is the ideal amount.")]
    for guess, known in (("1541", True), ("1541.05", True), ("1531", False), ("1536", False)):
        asked = predict("How many?", answer=1531.03, unit="alpha", misconceptions=wrong)
        one(asked, widgets.Text).value = guess
        press(asked, "Show the answer")
        assert ("That is the ideal amount." in page(asked)) is known


def test_each_wrong_option_has_its_reason_and_so_has_the_right_one() -> None:
    asked = predict(
        "Does the price rise, fall or stay?",
        answer="rises",
        choices=["rises", "falls", "stays"],
        misconceptions=[("the pool as a shop", "stays", "A shop does not move its price.")],
        why="TAO goes in and alpha comes out.",
    )
    for guess, said in (("stays", "A shop"), ("falls", "TAO goes in"), ("rises", "TAO goes in")):
        one(asked, widgets.ToggleButtons).value = guess
        press(asked, "Show the answer")
        assert said in page(asked)
        press(asked, "Predict again")
    press(asked, "Skip")
    assert "It is: rises." in page(asked)
    assert "TAO goes in" in page(asked)
