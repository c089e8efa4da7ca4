"""Formulas for a page without JavaScript and without a network: LaTeX to MathML, and its letters.

Browsers typeset MathML themselves, and screen readers can read it. They need a font that knows
formulas; not every computer in a hall has one, so the glyphs that a page uses travel with it.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

FONT_FAMILY = "dtao formulas"
FONT_LICENCE = (
    "A part of DejaVu Serif, whose changes are in the public domain; Bitstream Vera (c) 2003 by "
    "Bitstream, Inc., under the licence at https://dejavu-fonts.github.io/License.html"
)

_FONT = "fonts/ttf/DejaVuSerif.ttf"  # Matplotlib brings it; it knows how brackets grow
_MATH = re.compile(r"<math\b.*?</math>", re.DOTALL)
_LETTER = re.compile(r"<mi>(.)</mi>")
# A browser sets a single letter of a formula in italics: this is the place of the italic "A". The
# font has no italic Greek; those letters are said to be upright.
_ITALIC_A, _ITALIC_H = 0x1D434, "\u210e"
_GREEK = re.compile(r"<mi>([\u0370-\u03ff∂])</mi>")


@cache
def _converter() -> Any:
    from math_core import LatexToMathML

    # SymPy writes the place of a derivative with substack.
    stack = r"\begin{subarray}{c}#1\end{subarray}"
    return LatexToMathML(fancy_error=False, macros={"substack": stack})


def mathml(latex: str, *, display: bool = False) -> str:
    r"""Turn LaTeX, without its dollar signs, into a ``<math>`` element.

    Parameters
    ----------
    latex : str
        What stands between the dollar signs, as ``\frac{T}{A}``.
    display : bool
        True for a formula on a line of its own.

    Returns
    -------
    str
        MathML as browsers know it (MathML Core).

    Raises
    ------
    ValueError
        If the formula cannot be typeset: an unknown command, a brace without its partner.

    Examples
    --------
    >>> mathml(r"\frac{T}{A}")
    '<math><mfrac><mi>T</mi><mi>A</mi></mfrac></math>'
    """
    from math_core import LatexError

    try:
        # MathJax, in the notebook, knows split as another word for aligned.
        known = re.sub(r"(\\(?:begin|end)\{)split\}", r"\1aligned}", latex.strip())
        made: str = _converter().convert_with_local_state(known, displaystyle=display)
    except LatexError as error:
        reason = re.sub(r"^\d+: ", "", " ".join(str(error).split())).rstrip(".")
        raise ValueError(f"the formula {latex.strip()!r} cannot be typeset: {reason}.") from error
    return _GREEK.sub(r'<mi mathvariant="normal">\1</mi>', made)


def letters(page: str) -> str:
    """Give every character that the formulas of a page show.

    Returns
    -------
    str
        Sorted, each once; the italic forms that a browser takes for single letters included.

    Examples
    --------
    >>> letters("no formula: x") + letters("<math><mn>1</mn><mi>x</mi></math>")
    '1x𝑥'
    """
    found: set[str] = set()
    for formula in _MATH.findall(page):
        found.update(unescape(re.sub(r"<[^>]*>", "", formula)))
        found.update(_italic(letter) for letter in _LETTER.findall(formula))
    return "".join(sorted(found - set("\n\t")))


def _italic(letter: str) -> str:
    if not ("A" <= letter <= "Z" or "a" <= letter <= "z"):
        return letter
    place = ord(letter) - ord("A") - (6 if letter.islower() else 0)
    return _ITALIC_H if letter == "h" else chr(_ITALIC_A + place)


def font_face(page: str) -> str:
    """Give the style sheet's rule that brings a font for the formulas of a page.

    The font is cut down to the glyphs that the page uses, with their larger forms (stretched
    brackets, big sums), and written into the rule itself.

    Returns
    -------
    str
        A ``@font-face`` rule; empty if the page has no formula.
    """
    used = letters(page)
    if not used:
        return ""
    return (
        f"/* {FONT_LICENCE} */\n@font-face {{ font-family: '{FONT_FAMILY}'; "
        f"src: url(data:font/woff;base64,{_cut(used)}) format('woff'); }}"
    )


@cache
def _cut(used: str) -> str:
    """Cut the font down to some characters, and write it in base 64."""
    import matplotlib
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options()
    options.layout_features = ["*"]
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]  # the notice and the licence stay in the font
    options.flavor = "woff"
    options.drop_tables += ["FFTM"]  # FontForge's own
    with (Path(matplotlib.get_data_path()) / _FONT).open("rb") as source:
        # The font's own date is kept, so that a page is the same each time it is made.
        font = TTFont(source, recalcTimestamp=False)
        cutter = subset.Subsetter(options)
        cutter.populate(text=used)
        cutter.subset(font)
        target = BytesIO()
        font.flavor = options.flavor
        font.save(target)
    return base64.b64encode(target.getvalue()).decode()
