"""What the page does by itself in a live picture: words that light up, and an amount to drag.

No kernel is asked while a word lights up, and none knows the pointer: a drag writes its number
into the entry of the control, as a learner does.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files


def with_parts(sentence: str, words: Sequence[str]) -> str:
    """Return a sentence's HTML in which words know for which part of the picture they stand.

    Examples
    --------
    >>> with_parts("<p>You pay 5 TAO.</p>", ["5 TAO"])
    '<p>You pay <span data-part="1">5 TAO</span>.</p>'
    """
    done = ""
    for number, one in enumerate(map(escape, words), 1):
        before, found, after = sentence.partition(one)
        if found:
            done += f'{before}<span data-part="{number}">{one}</span>'
            sentence = after
    return done + sentence


def draggable(front: str, limits: tuple[float, float, float]) -> str:
    """Return a picture's moving layer with what happens when somebody drags in it.

    Parameters
    ----------
    front : str
        One ``<svg>`` element with a rectangle of the class ``dtao-drag``.
    limits : tuple of float
        Least, greatest and step of the control.

    Returns
    -------
    str
    """
    low, high, step = limits
    press = script("drag.js")
    return front.replace(
        "<svg ", f'<svg data-range="{low!r} {high!r} {step!r}" onpointerdown="{press}" ', 1
    )


@cache
def script(name: str) -> str:
    """Return a script of this folder as the value of an attribute of HTML."""
    text = files("dtao_edu.playground.view").joinpath(name).read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return escape(" ".join(line for line in lines if line and not line.startswith("//")))
