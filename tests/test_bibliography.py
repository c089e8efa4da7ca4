"""The bibliography: complete entries, and keys that lessons cite exist."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dtao_edu.bibliography import REFERENCES

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


def test_every_entry_is_complete_and_its_key_ends_with_its_year():
    for key, entry in REFERENCES.items():
        assert all((entry.authors, entry.title, entry.where))
        assert key == "subtensor" or key.endswith(str(entry.year))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_keys_that_a_lesson_cites_are_in_the_bibliography(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    text = "".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    assert set(re.findall(r"\[([a-z]+\d{4}|subtensor)\]", text)) <= set(REFERENCES)
