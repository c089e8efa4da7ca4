"""Printing: without a browser, and with one that does not print."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dtao_edu.lecture import pdf
from dtao_edu.lecture.pdf import find_browser, print_pdf

shell = pytest.mark.skipif(os.name == "nt", reason="the stand-in browser is a shell script")


def test_without_a_browser_the_sentence_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DTAO_EDU_CHROMIUM", "no-such-browser")
    with pytest.raises(FileNotFoundError, match="Chromium, Chrome or Edge") as refused:
        print_pdf("<p>a</p>", tmp_path / "a.pdf")
    assert str(refused.value).count(".") == 1
    assert not (tmp_path / "a.pdf").exists()


@shell
def test_a_browser_on_the_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DTAO_EDU_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf, "_PLACES", ())
    assert find_browser() is None
    edge = program(tmp_path / "msedge", "exit 0")
    assert find_browser() == str(edge)
    chrome = program(tmp_path / "chromium", "exit 0")
    assert find_browser() == str(chrome)


@shell
def test_a_browser_that_fails_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = program(tmp_path / "broken", "echo no display >&2; exit 1")
    monkeypatch.setenv("DTAO_EDU_CHROMIUM", str(broken))
    with pytest.raises(OSError, match="did not print: no display"):
        print_pdf("<p>a</p>", tmp_path / "a.pdf")


@shell
def test_a_browser_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = program(tmp_path / "slow", "exec sleep 60")
    monkeypatch.setenv("DTAO_EDU_CHROMIUM", str(slow))
    monkeypatch.setattr(pdf, "_PATIENCE", 0.2)
    with pytest.raises(OSError, match="did not print in"):
        print_pdf("<p>a</p>", tmp_path / "a.pdf")


def program(path: Path, script: str) -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path
