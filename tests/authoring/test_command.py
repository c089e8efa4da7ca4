"""The authors' one command: what it prints, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from authoring.__main__ import main
from tests.helpers.lessons import OPENING, code, saved, text


def test_a_review_says_all_that_is_amiss(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path, text(OPENING), code("draw();"))
    assert main(["review", str(path)]) == 1
    said = capsys.readouterr().out
    assert "05_staking.ipynb is not in the one form" in said
    assert "05_staking.ipynb, cell 2, ends with a semicolon" in said
    assert "05_staking.ipynb says 40 minutes alone; counted are 5.\n" in said


def test_the_form_alone_is_looked_at_without_a_kernel(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path, text(OPENING), code("draw();"))
    assert main(["form", str(path)]) == 1
    assert "semicolon" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["exercises", "claims"])
def test_what_is_stored_is_what_is_made(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "check"]) == 0
    assert capsys.readouterr().out == ""


def test_a_lesson_that_is_not_there_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["exercises", "check", "99"]) == 1
    assert capsys.readouterr().out.startswith("lesson is '99'")


def test_a_file_that_is_not_there_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", str(tmp_path / "05_gone.ipynb")]) == 1
    assert "05_gone.ipynb" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (["polish"], "polish"),
        ([], "COMMAND"),
        (["form"], "FILE"),
        (["exercises", "destroy"], "destroy"),
        (["exercises", "check", "five"], "two digits"),
        (["claims"], "what"),
    ],
)
def test_a_word_that_it_does_not_know_is_named(
    words: list[str], missing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2
    assert missing in capsys.readouterr().err
