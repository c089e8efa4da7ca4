"""Texts that differ in their numbers come back letter by letter, and take little room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dtao_edu.playground.flipbook import pack

TEXTS = st.lists(
    st.lists(
        st.one_of(
            st.integers(0, 10**7).map(lambda n: f"{n:,}"),
            st.floats(0, 1e6).map(lambda x: f"{x:.3f}"),
            st.sampled_from(["007", "-5", "1,23", "2025-04-17", " TAO ", "\u2192", "<g>", "1e-9"]),
        ),
        max_size=5,
    ).map(" ".join),
    min_size=1,
    max_size=20,
)


@given(TEXTS)
def test_every_text_comes_back(texts: list[str]) -> None:
    assert pack.unpack(pack.pack(texts)) == texts


@given(TEXTS)
def test_deflated_and_inflated_it_is_the_same(texts: list[str]) -> None:
    packed = pack.pack(texts)
    assert pack.unpack(pack.inflate(pack.deflate({"texts": packed}))["texts"]) == texts


def test_columns_take_a_fraction_of_the_deflated_texts() -> None:
    texts = [f'<path d="M {x / 10:.1f} {x * x / 100:.1f} L 0 0"/>' for x in range(500)]
    columns = pack.deflate(pack.pack(texts))
    plain = pack.deflate({"texts": {"p": texts, "w": [*range(500)]}})
    assert len(columns) < len(plain) / 3


def test_what_gains_nothing_is_stored_plain() -> None:
    assert "p" in pack.pack(["the same sentence", "the same sentence", "another one"])


def test_a_picture_loses_no_more_than_a_twentieth_of_a_point() -> None:
    rounded = pack.coarse('<use x="12.3456" y="7"/><path d="M 1.05 2.449999 L -3 4"/>')
    assert rounded == '<use x="12.3" y="7.0"/><path d="M 1.1 2.4 L -3.0 4.0"/>'
