"""The glossary: each word once, in plain words, found however it is written."""

from __future__ import annotations

from collections import Counter

import pytest

from dtao_edu.engine.errors import InputError
from dtao_edu.glossary import TERMS, Glossary, Term, define


def test_no_spelling_means_two_things() -> None:
    spellings = Counter(word.casefold() for term in TERMS for word in term.spellings)
    assert [word for word, times in spellings.items() if times > 1] == []


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.name)
def test_every_term_is_a_sentence_of_a_numbered_lesson(term: Term) -> None:
    assert term.meaning[0].isupper()
    assert term.meaning.endswith(".")
    assert len(term.meaning.split()) <= 40
    assert 0 <= int(term.lesson) <= 14
    assert len(term.lesson) == 2


def test_terms_stand_in_the_order_of_the_lessons() -> None:
    lessons = [term.lesson for term in TERMS]
    assert lessons == sorted(lessons)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("slippage", "slippage"),
        ("Moving Price", "moving price"),
        ("moving_price", "moving price"),
        ("validators", "validator"),
        ("epochs", "epoch"),
        ("consensus", "consensus"),
        ("spot price", "price"),
        ("k", "invariant"),
        ("E", "block emission"),
    ],
)
def test_a_word_is_found_however_it_is_written(written: str, name: str) -> None:
    found = define(written)
    assert isinstance(found, Term)
    assert found.name == name


def test_a_letter_with_two_meanings_is_refused() -> None:
    """T is both the TAO reserve and the trust of the vote."""
    with pytest.raises(InputError):
        define("T")


@pytest.mark.parametrize(
    ("wrong", "close"),
    [("slipage", "slippage"), ("nakamoto", "Nakamoto coefficient"), ("xyz", "moving price")],
)
def test_an_unknown_word_gets_close_ones(wrong: str, close: str) -> None:
    with pytest.raises(InputError, match=f"'{close}'"):
        define(wrong)


def test_what_is_no_word_is_refused() -> None:
    with pytest.raises(InputError, match="word is 7"):
        define(7)  # type: ignore[arg-type]


def test_without_a_word_the_whole_list_comes_as_a_table() -> None:
    everything = define()
    assert isinstance(everything, Glossary)
    assert everything is TERMS
    table = everything._repr_markdown_().splitlines()
    assert len(table) == len(TERMS) + 2
    assert all(line.count("|") == 6 for line in table)
    assert repr(everything).count("\n") == len(TERMS) - 1


def test_a_term_shows_its_facts() -> None:
    text = define("moving price")._repr_markdown_()
    assert text.startswith("**moving price**: A smoothed price")
    for fact in ("symbol: $m$", "unit: TAO per alpha", "`SubnetMovingPrice`", "lesson: 07"):
        assert fact in text
    assert "symbol" not in define("miner")._repr_markdown_()
