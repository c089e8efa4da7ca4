"""The repository's address is one setting, found in every file that names it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from authoring import address

ROOT = Path(__file__).resolve().parents[2]
LOOKED_AT = (".md", ".toml", ".cff", ".py", ".yml", ".json", ".html", ".js", ".txt", "")


def files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    return [ROOT / name for name in listed if name and Path(name).suffix in LOOKED_AT]


def test_every_use_is_the_one_setting_and_its_file_is_known() -> None:
    stated = address.address()
    if not files():
        pytest.skip("not a checkout: there is no list of files")
    found = {}
    for path in files():
        text = path.read_text(encoding="utf-8", errors="replace")
        uses = re.findall(r"https://[\w.-]+/[\w.-]+/dtao-edu\b", text)
        if uses and path.is_relative_to(ROOT / "tests") is False:
            found[path.relative_to(ROOT).as_posix()] = set(uses)
    assert found.pop("authoring/address.py", None) is not None, "an example in its docstring"
    found.pop("authoring/__main__.py", None)
    assert "pyproject.toml" in found
    assert "CITATION.cff" in found
    for name, uses in found.items():
        assert uses == {stated}, name
        assert name in address.FILES


def test_another_address_is_written_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in address.FILES:
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(address, "ROOT", tmp_path)
    old, new = address.address(), "https://example.org/a/b"
    assert list(address.write(new)) == []
    assert address.address() == new
    for name in address.FILES:
        assert old not in (tmp_path / name).read_text(encoding="utf-8")
    assert next(iter(address.write("nowhere"))).startswith("address is 'nowhere'")


def test_no_file_names_the_host_of_a_registry() -> None:
    for path in files():
        if path.is_relative_to(ROOT / "tests"):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not re.search(r"pypi\.org|pythonhosted|npmjs\.|docker\.io|ghcr\.io", text), path
