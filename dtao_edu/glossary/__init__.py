"""The words of the field, each explained once.

``define("slippage")`` explains a word; ``define()`` lists them all. The lessons' opening cells and
their tests read the same list.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import get_close_matches

from ..engine.errors import InputError
from .terms import TERMS, Glossary, Term

__all__ = ["TERMS", "Glossary", "Term", "define"]


def _key(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text).strip().casefold()


_BY_KEY = {_key(spelling): term for term in TERMS for spelling in term.spellings}
_SYMBOLS = Counter(term.symbol for term in TERMS)
# A letter that stands for two things explains neither.
_BY_SYMBOL = {term.symbol: term for term in TERMS if term.symbol and _SYMBOLS[term.symbol] == 1}


def define(word: str | None = None) -> Term | Glossary:
    """Explain a word of the field in plain words.

    Parameters
    ----------
    word : str, optional
        The word, its symbol or another spelling; capitals, spaces and underscores do not matter.
        Without it, the whole glossary.

    Returns
    -------
    Term or Glossary
        Its meaning, symbol, unit, name on the chain, and the lesson that introduces it.

    Raises
    ------
    InputError
        If the glossary has no such word. The message names the closest ones.

    Examples
    --------
    >>> print(define("Slippage"))
    slippage (token that comes out, or % of the ideal amount): What a trade loses because it moves
    the price itself: the ideal amount minus the amount received. A fee, if there is one, is part
    of it. Lesson 04.
    >>> define("k").name
    'invariant'
    >>> define("slipage")
    Traceback (most recent call last):
    dtao_edu.engine.errors.InputError: word is 'slipage'; allowed: a word of the glossary, such as
    'slippage'.
    """
    if word is None:
        return TERMS
    if isinstance(word, str):
        if word in _BY_SYMBOL:  # before the letters' case is dropped: a and A differ
            return _BY_SYMBOL[word]
        for key in (_key(word), _key(word).removesuffix("s")):
            if key in _BY_KEY:
                return _BY_KEY[key]
    close = get_close_matches(_key(str(word)), _BY_KEY, n=3, cutoff=0.5)
    names = list(dict.fromkeys(_BY_KEY[key].name for key in close)) or ["slippage", "moving price"]
    allowed = "a word of the glossary, such as " + " or ".join(map(repr, names))
    raise InputError("word", word, allowed)
