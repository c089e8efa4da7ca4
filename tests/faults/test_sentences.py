"""A user sees one sentence of the package, never a library's own error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu import Network, Pool, ensemble, ledger, rules, rules_on, simulate
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.root import RootNetwork


def sentence(error: InputError) -> str:
    text = str(error)
    assert "\n" not in text
    assert text.endswith(".")
    assert "allowed" in text
    return text


def test_a_vote_given_a_frame_says_what_it_takes() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([[1, 0], [0, 1]], columns=["one", "two"])
    with pytest.raises(InputError) as refused:
        RootNetwork([70, 30], frame)
    assert "to_numpy" in sentence(refused.value)
    assert RootNetwork([70, 30], frame.to_numpy()) == RootNetwork([70, 30], [[1, 0], [0, 1]])
    with pytest.raises(InputError) as refused:
        RootNetwork(frame[["one"]], [[1, 0], [0, 1]])
    assert sentence(refused.value).startswith("stakes is a DataFrame")
    assert RootNetwork(pandas.Series([70, 30]), [[1, 0], [0, 1]]).stakes == (70, 30)


@pytest.mark.parametrize(
    "arguments",
    [
        (5, [[1, 0]]),
        ([70, 30], 5),
        ([70, 30], [1, 0]),
        ([70, 30], {1: 0.5}),
        ([70, 30], ["ab", "cd"]),
        ([70, 30], [[1, 0], [0, "1"]]),
        (["70", 30], [[1, 0], [0, 1]]),
        ([70, 30], [[1, 0], [0, 1]], 10, 0.5, ["a", "b"]),
        ([70, 30], [[1, 0], [0, 1]], 10, 0.5, 7),
        ([70, 30], [[1, 0], [0, 1]], "ten"),
        ([70, 30], [[1, 0], [0, 1]], 10, "half"),
        (None, None),
    ],
)
def test_a_vote_of_the_wrong_shape_is_told_in_one_sentence(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(InputError) as refused:
        RootNetwork(*arguments)
    sentence(refused.value)


TWO = Network({1: Pool(1000.0, 1e5, 1e5), 2: Pool(2000.0, 1e5, 1e5)})
RUN = simulate(TWO, 20)
MANY = ensemble(TWO, 2, blocks=2)
NO_SEEDS = [-1, "x", 1.5, None, [1], True, float("nan")]
ASKED: dict[str, Callable[[], object]] = {
    "a record at a text": lambda: RUN.at("x"),
    "a record before the first": lambda: RUN.at(-1),
    "a record at a fraction": lambda: RUN.at(1.5),
    "a record at nothing": lambda: RUN.at(None),
    "no blocks": lambda: simulate(TWO, -1),
    "half a block": lambda: simulate(TWO, 1.5),
    "no number of days": lambda: simulate(TWO, days=float("nan")),
    "unknown rules": lambda: simulate(TWO, 5, rules="x"),
    "rules in a list": lambda: rules([]),
    "rules of no day": lambda: rules_on("x"),
    "a number for traders": lambda: simulate(TWO, 5, traders=5),
    "a number for a trader": lambda: simulate(TWO, 5, traders=[5]),
    "a band of a number": lambda: MANY.band(90),
    "a band of 90 parts": lambda: MANY.band("share", 90),
    "a band of less than nothing": lambda: MANY.band("share", -0.1),
    "a band of a text": lambda: MANY.band("share", "x"),
    "a subnet that is not in a network": lambda: TWO.pool(9),
    "a day that is not in the ledger": lambda: ledger.pools("1999-01-01"),
    "no day": lambda: ledger.pools(None),
    "a subnet that is not in a table": lambda: ledger.pools("2025-04-17")[9999],
    "a subnet by a list": lambda: ledger.pools("2025-04-17")[[1]],
    "a series of no subnet": lambda: ledger.prices()[9999],
    "a series by a list": lambda: ledger.prices()[[1]],
    "prices of another day": lambda: ledger.prices("1999-01-01"),
    "what was paid on another day": lambda: ledger.emission("2020-01-01"),
    "a vote of another day": lambda: ledger.root_vote("x"),
    "the largest, fewer than none": lambda: ledger.emission("2025-09-14").top(-1),
    "only a number": lambda: ledger.emission("2025-09-14").only(5),
}


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_not_there_is_told_in_one_sentence(asked: str) -> None:
    with pytest.raises(InputError) as refused:
        ASKED[asked]()
    sentence(refused.value)


@pytest.mark.parametrize("seed", NO_SEEDS)
def test_a_seed_is_a_whole_number(seed: Any) -> None:
    for action in (
        lambda: simulate(TWO, 2, seed=seed),
        lambda: ensemble(TWO, 2, blocks=2, seed=seed),
    ):
        with pytest.raises(InputError, match="seed is"):
            action()


@given(st.text(max_size=12) | st.integers(max_value=-1) | st.floats() | st.none() | st.binary())
def test_whatever_is_asked_for_a_block_a_record_or_a_sentence_comes_back(block: Any) -> None:
    with pytest.raises(InputError) as refused:
        RUN.at(block)
    assert str(refused.value).endswith(".")
