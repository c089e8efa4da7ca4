"""A data folder of its own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from dtao_edu.practice import progress_file


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("DTAO_EDU_DATA", str(folder))
    monkeypatch.setattr(progress_file, "_memory", {})
    monkeypatch.setattr(progress_file, "_notes", [])
    return folder
