"""The table of all judgements by payment keeps its bars."""

from __future__ import annotations

import pytest

from benchmarks import truth


def test_every_judgement_is_nearer_than_its_best_rival(capsys: pytest.CaptureFixture[str]) -> None:
    assert truth.main() == 0
    page = capsys.readouterr().out
    assert page.count("best rival") == page.count("known before") == 6
    for one in (truth.vote(), truth.april_2025(), truth.autumn_2025()[0], truth.gate_2026()[0]):
        assert one.distance < min(one.rivals.values())
        assert "fitted: none" in page
