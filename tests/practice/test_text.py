"""How the practice writes numbers and texts, and how predictions are told."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from dtao_edu.practice import compare, progress_file, record_prediction
from dtao_edu.practice.text import Card, brief, exact, html, plain, show


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (0.0, "0"),
        (-0.0, "0"),
        (1, "1"),
        (1234567, "1,234,567"),
        (1234567.0, "1,234,567"),
        (1234567.89, "1,234,568"),
        (0.1 + 0.2, "0.3"),
        (0.00001234567, "0.0000123457"),
        (99999.97, "100,000"),
        (-12.5, "-12.5"),
        (Fraction(1, 3), "0.333333"),
        (Fraction(6, 3), "2"),
        (1e-12, "1e-12"),
        (1.5e20, "1.50000e+20"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
    ],
)
def test_a_number_is_written_as_people_read_it(value: Any, written: str) -> None:
    assert show(value) == written


def test_a_given_number_is_written_with_every_digit() -> None:
    assert exact(0.1) == "0.1"
    assert exact(1e-7) == "0.0000001"
    assert exact(123456789.125) == "123,456,789.125"
    assert exact(Fraction(1, 3)) == "0.333333333333"
    assert exact(True) == "True"
    assert exact([1]) == "[1]"


def test_any_object_is_written_briefly() -> None:
    class Raises:
        def __repr__(self) -> str:
            raise RuntimeError

    assert brief(Raises()) == "<Raises>"
    assert brief(object()) == "<object object>"
    assert brief("a\n\n b") == r"'a\n\n b'"
    assert len(brief("a" * 1000)) == 60


TEXT = """
    First `a < b` and
    so on.


    - one
    - two
      goes on

    Then:

        x = 1 < 2
        y = 2

    | name | TAO |
    | a & b | 10 |
"""


def test_the_same_text_in_a_terminal() -> None:
    assert plain(TEXT).splitlines() == [
        "First `a < b` and so on.",
        "",
        "- one",
        "- two goes on",
        "",
        "Then:",
        "",
        "    x = 1 < 2",
        "    y = 2",
        "",
        "  name   TAO",
        "  a & b   10",
    ]
    assert plain("") == ""


def test_the_same_text_in_a_notebook() -> None:
    dressed = html(TEXT)
    for part in (
        "<p>First <code>a &lt; b</code> and so on.</p>",
        "<ul><li>one</li><li>two goes on</li></ul>",
        "<code>x = 1 &lt; 2\ny = 2</code></pre>",
        '<th scope="col">name</th>',
        "<td>a &amp; b</td><td>10</td>",
    ):
        assert part in dressed


def test_lines_are_broken_between_words_and_never_inside_a_formula() -> None:
    text = "word " * 15 + "`tao_in * alpha_in / (tao_in + tao)` " + "word " * 15
    lines = plain(text).splitlines()
    assert max(map(len, lines)) <= 88
    assert any("`tao_in * alpha_in / (tao_in + tao)`" in line for line in lines)
    assert "\x1f" not in plain(text)
    long = "`" + "x" * 200 + "`"
    assert plain(long) == long


def test_a_card_without_mark_or_text_is_its_heading() -> None:
    assert str(Card("Heading")) == "Heading"
    assert str(Card("Heading", mark="ok")) == "[ok] Heading"
    assert "<code>" not in Card("a < b")._repr_html_()
    assert "a &lt; b" in Card("a < b")._repr_html_()


@pytest.mark.parametrize(
    ("guess", "answer", "off", "words"),
    [
        (30, 25, 0.2, "20 % above"),
        (20, 25, -0.2, "20 % below"),
        (25.01, 25, 0.0004, "You were there"),
        (-5, -10, 0.5, "50 % above"),
        (1000, 10, 99, "another order of magnitude"),
        (0, 0, 0.0, "You were there"),
        (3, 0, None, "it is 0."),
        ("rises", "Rises ", 0.0, "Just so"),
        ("rises", "falls", 1.0, "It is: falls"),
        (True, False, 1.0, "It is: False"),
        (float("nan"), 3, 1.0, "It is: 3"),
    ],
)
def test_how_far_off_a_prediction_was(
    guess: Any, answer: Any, off: float | None, words: str
) -> None:
    made = compare(guess, answer)
    assert made.off == (pytest.approx(off, rel=1e-6) if off else off)
    assert words in made.sentence
    assert made.sentence.endswith((".", "?"))


def test_the_unit_stands_behind_both_numbers() -> None:
    assert compare(3, 2, "TAO").sentence.startswith("You predicted 3 TAO; it is 2 TAO.")


def test_only_the_first_guess_under_a_name_is_kept() -> None:
    record_prediction(" depth ", 10, 20, "TAO")
    record_prediction("depth", 20, 20, "TAO")
    assert progress_file.read()["predictions"] == {
        "depth": {"guess": 10.0, "answer": 20.0, "off": -0.5}
    }
    for name in ("", "  ", None, 3):
        with pytest.raises(TypeError, match="name is"):
            record_prediction(name, 1, 2)  # type: ignore[arg-type]


def test_the_line_of_dashes_under_a_tables_head_is_not_shown() -> None:
    table = "| run | share |\n|---|---|\n| 1 | -20 |\n| 2 | - |"
    assert plain(table).split() == ["run", "share", "1", "-20", "2", "-"]
    assert html(table).count("<tr>") == 3
