"""The claims' words are held to the table of verdicts: what turns a sentence stands in the text."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks import verdicts
from dtao_edu.lessons.claims import Claim, claims

# A choice that turns a sentence, and words of the claim that say so.
SAID = {
    ("pay-is-spread-wider", "equally many"): "equally many",
    ("pay-is-spread-wider", "Gini"): "Gini coefficient",
    ("pay-is-spread-wider", "as told"): "above that of the vote on 142",
    ("sixty-four-decide", "by stake"): "counted by stake",
    ("few-can-misuse", "least target"): "nobody else supports",
    ("few-can-misuse", "target without support"): "nobody else supports",
    ("few-can-misuse", "two validators"): "2 of them",
    ("price-sets-the-share", "than the second pair"): "second pair",
    ("bad-bets-cost", "deep"): "deep subnet",
    ("bad-bets-cost", "subnet"): "earns is another question",
    ("wisdom-finds-worth", "worth as unlike as the prices"): "as unlike as the real prices",
    ("wisdom-finds-worth", "purses follow knowledge"): "purses that follow knowledge",
    ("wisdom-finds-worth", "a tenth of each vote"): "a tenth of their vote to themselves",
    ("wisdom-finds-worth", "half of the delegators"): "half of the delegators choose again",
    ("wisdom-finds-worth", "1,000 vote"): "In an honest vote",
    ("wisdom-finds-worth", "alpha of equal value"): "alpha of equal value",
}
TWIN = {"bad-bets-cost": "anybody-can-misuse-the-market"}
"""A claim whose rows are told with its twin's."""


@cache
def rows() -> tuple[verdicts.Row, ...]:
    return tuple(row for ask in verdicts.QUICK for row in ask())


def text(key: str) -> str:
    by_key: dict[str, Claim] = {claim.key: claim for claim in claims()}
    told = [by_key[key], by_key[TWIN[key]]] if key in TWIN else [by_key[key]]
    return " ".join(f"{claim.found} {claim.because} {claim.change}" for claim in told)


def test_every_row_belongs_to_a_claim() -> None:
    assert {row.claim for row in rows()} <= {claim.key for claim in claims()}
    assert {key for key, _ in SAID} <= {claim.key for claim in claims()}


@pytest.mark.parametrize("key", sorted({key for key, _ in SAID}))
def test_what_turns_a_verdict_is_said_in_its_claim(key: str) -> None:
    for (claim, _), words in SAID.items():
        if claim == key:
            assert words in text(key), f"{key} does not say: {words}"


def test_every_row_that_turns_has_its_words() -> None:
    for row in rows():
        if not row.holds:
            known = [choice for key, choice in SAID
                     if key == row.claim and row.choice.startswith(choice)]  # fmt: skip
            assert known, f"{row.claim}: {row.choice} turns ({row.figure}), and no word says so"


def test_a_verdict_that_is_mostly_turned_is_not_called_shown() -> None:
    spread = [row for row in rows() if row.claim == "pay-is-spread-wider"]
    assert sum(row.holds for row in spread) < len(spread) / 2
    by_key = {claim.key: claim.verdict for claim in claims()}
    assert by_key["pay-is-spread-wider"] in ("mostly not", "contradicted")


def test_the_table_prints_every_row_once() -> None:
    printed = str(verdicts.table(list(rows())))
    assert printed.count("holds") + printed.count("turns") == len(rows())


@pytest.mark.slow
def test_the_headline_of_the_believers_turns_with_what_its_claim_names() -> None:
    found = {row.choice: row.holds for row in verdicts.wisdom(20)}
    assert not found["as told"]
    assert found["worth alike: Gini 0.1"]
    assert found["purses follow knowledge"]
    assert found["alpha of equal value"]
    assert not found["half of the delegators choose again"]
    assert not found["1,000 vote"]
