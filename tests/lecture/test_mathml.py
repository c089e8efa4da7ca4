"""Formulas as MathML, with a font of their own."""

from __future__ import annotations

import base64
import re
from io import BytesIO
from typing import Any

import pytest
import sympy
from fontTools.ttLib import TTFont

from dtao_edu.lecture.mathml import FONT_LICENCE, font_face, letters, mathml


def font_of(rule: str) -> Any:
    found = re.search(r"base64,([^)]+)\)", rule)
    assert found
    return TTFont(BytesIO(base64.b64decode(found[1])))


def test_a_formula_on_a_line_of_its_own_says_so() -> None:
    assert mathml("p", display=True) == '<math display="block"><mi>p</mi></math>'
    assert mathml("p") == "<math><mi>p</mi></math>"


@pytest.mark.parametrize(
    "latex",
    [
        r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
        r"\begin{split} a &= b \\ c &= d \end{split}",
        r"\left. \frac{d}{d t} x \right|_{\substack{ t=0 }}",
        r"\sum_{i=1}^{n} w_i \le \kappa, \quad \hat{p}",
        sympy.latex(sympy.Piecewise((sympy.Symbol("p"), sympy.Symbol("p") < 1), (1, True))),
        sympy.latex(sympy.Eq(sympy.Symbol("x"), sympy.sqrt(sympy.Rational(1, 3)))),
    ],
)
def test_what_lessons_and_sympy_write_is_known(latex: str) -> None:
    made = mathml(latex, display=True)
    assert "\\" not in made
    assert "&" not in re.sub(r"&\w+;", "", made)


@pytest.mark.parametrize(
    ("latex", "reason"), [(r"\foo", r'Unknown command "\\foo"'), (r"\frac{a}{", "closing token")]
)
def test_what_cannot_be_typeset_is_refused_in_one_sentence(latex: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as refused:
        mathml(latex)
    text = str(refused.value)
    assert repr(latex) in text
    assert ": 0: " not in text
    assert "\n" not in text


def test_single_letters_are_italic_and_the_rest_is_not() -> None:
    shown = letters(mathml(r"h A z \omega \phi \partial \Delta \text{ab} 12"))
    assert set(shown) >= set("ℎ𝐴𝑧ωϕ∂Δab12")
    assert "𝑎" not in shown
    assert letters("<p>x</p>") == ""


def test_the_font_has_what_the_page_uses_and_its_licence() -> None:
    rule = font_face("<p>text</p>" + mathml(r"\sum p^2", display=True))
    font = font_of(rule)
    assert {ord("𝑝"), ord("∑"), ord("2")} <= set(font.getBestCmap())
    assert ord("𝑞") not in font.getBestCmap()
    assert "MATH" in font  # without it brackets do not grow
    assert "free of charge" in font["name"].getDebugName(13)
    assert FONT_LICENCE in rule
    assert len(rule) < 60_000


def test_the_font_does_not_change_with_the_day() -> None:
    font = font_of(font_face(mathml("p")))
    assert font["head"].modified < 3_800_000_000  # seconds since 1904: before June 2024


def test_a_page_without_a_formula_has_no_font() -> None:
    assert font_face("<p>text</p>") == ""
