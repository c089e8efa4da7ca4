"""What public signatures leave unsaid is counted, under whatever name it goes."""

from __future__ import annotations

import ast

import pytest

from authoring.signatures import ROOT, Aliases, ignores, signatures

MODULE = '''
from typing import Any, Protocol

class Anything(Protocol):
    """Whatever there is."""

class Sized(Protocol):
    """Whatever has a length."""
    def __len__(self) -> int: ...

Value = Any
Both = Sized | Value
'''


@pytest.mark.parametrize(
    ("name", "weak"),
    [
        ("Anything", {"object"}), ("list[Anything]", {"object"}), ("Sized", set()),
        ("Value", {"Any"}), ("Both", {"Any"}), ("object", {"object"}), ("int", set()),
    ],
)  # fmt: skip
def test_a_protocol_that_asks_for_nothing_is_object(name: str, weak: set[str]) -> None:
    aliases = Aliases({ROOT / "dtao_edu" / "made_up.py": ast.parse(MODULE)})
    assert aliases.weak("dtao_edu.made_up", ast.parse(name, mode="eval").body) == weak


def test_few_signatures_of_the_package_are_weak() -> None:
    weak = [one.name for one in signatures() if one.weak]
    assert len(weak) + len(ignores()) < 90
    assert "InputError.__init__" in weak, "what was given may be anything, and is counted so"
