"""A user sees one sentence of the package, never a library's own error."""

from __future__ import annotations

from typing import Any

import pytest

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
