"""The claims' words are held to the table of verdicts: what turns a sentence stands in the text."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks import verdicts
from dtao_edu.lessons.claims import Claim, claims
from tests.helpers.walks import WHOLE

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
    ("market-corrects-the-vote", "as told"): "holds this as well",
    ("market-corrects-the-vote", "median day"): "54 netuids cannot say",
    ("market-corrects-the-vote", "greatest day"): "54 netuids cannot say",
    ("bad-bets-cost", "deep"): "deep subnet",
    ("bad-bets-cost", "subnet"): "earns is another question",
    ("anybody-can-misuse-the-market", "asked later: 2026"): "in August 2026",
    ("wisdom-finds-worth", "worth alike"): "worth that is alike (40)",
    ("wisdom-finds-worth", "worth as unlike as the prices"): "as unlike as the real prices",
    ("wisdom-finds-worth", "a fifth of the purses"): "a fifth of the purses (4)",
    ("wisdom-finds-worth", "purses follow knowledge"): "purses that follow knowledge (34",
    ("wisdom-finds-worth", "a tenth of each vote"): "a tenth of each vote for oneself (30)",
    ("wisdom-finds-worth", "half of the delegators"): "half of the delegators choose again (2",
    ("wisdom-finds-worth", "1,000 vote"): "the price in 0 with the 1,000",
    ("wisdom-finds-worth", "64 by stake trade"): "in 5 with the 64",
    ("wisdom-finds-worth", "alpha of equal value"): "alpha laid by earlier prices",
    ("wisdom-finds-worth", "asked later: alpha laid"): "alpha laid by earlier prices",
    ("wisdom-finds-worth", "asked later: stakes follow"): "if stakes follow it too, 3",
    ("wisdom-finds-worth", "asked later: owners"): "owners who buy their own (0)",
    ("wisdom-finds-worth", "asked later: the three"): "the three largest together (40)",
    ("wisdom-finds-worth", "asked later: half leave"): "4 if they do not look",
    ("wisdom-finds-worth", "asked later: voters err"): "clumsier voters (30)",
    ("wisdom-finds-worth", "asked later: half of each"): "half of each error shared (33)",
}
SOME_TRIALS = ("as told", "purses follow knowledge", "1,000 vote", "64 by stake trade")
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
@pytest.mark.whole
def test_every_trial_of_the_believers_that_turns_has_its_words() -> None:
    """At the runs that the course tells: what is known there, and for whom."""
    found = list(verdicts.wisdom(choices=() if WHOLE else SOME_TRIALS))
    told = next(row for row in found if row.choice == "as told")
    assert told.holds
    for row in found:
        if not row.holds:
            known = [choice for key, choice in SAID
                     if key == row.claim and row.choice.startswith(choice)]  # fmt: skip
            assert known, f"{row.choice} turns ({row.figure}), and no word says so"
    sides = {row.choice: row.figure.split(":")[0] for row in found}
    assert sides["purses follow knowledge"] == "for the price"
    assert sides["1,000 vote"] == sides["64 by stake trade"] == "for the vote"
