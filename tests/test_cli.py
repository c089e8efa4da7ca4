"""The command dtao-edu."""

from __future__ import annotations

from pathlib import Path

import pytest

from dtao_edu import cli
from dtao_edu.lecture.slides import Occasion


def test_doctor_shows_versions_and_says_whether_all_is_well(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = cli.main(["doctor"])
    text = capsys.readouterr().out
    assert (status == 0) == text.endswith("All is well.\n")
    assert "jupyterlab 4." in text


def test_a_refusal_is_one_sentence_and_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("")
    assert cli.main(["lab", "--no-browser", "--folder", str(tmp_path / "taken")]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert "not taken yet" in shown.err


def test_slides_go_to_the_lecture(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: dict[str, object] = {}

    def record(lesson: str, **how: object) -> Path:
        asked.update(lesson=lesson, **how)
        return Path("05.html")

    monkeypatch.setattr("dtao_edu.lecture.slides.slides", record)
    words = ["slides", "05", "--pdf", "--notes", "--output", "a.pdf", "--for", "students"]
    assert cli.main([*words, "--speaker", "Ada", "--date", "today", "--link", "https://a.b/c"]) == 0
    assert asked == {
        "lesson": "05",
        "output": Path("a.pdf"),
        "pdf": True,
        "notes": True,
        "large": False,
        "students": True,
        "occasion": Occasion("Ada", "today", "https://a.b/c"),
        "live": "",
    }
    assert capsys.readouterr().out == "05.html\n"


def test_the_page_for_teachers_comes_from_the_lesson(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "page.html"
    assert cli.main(["teacher", "05", "--output", str(target)]) == 0
    assert capsys.readouterr().out == f"{target}\n"
    assert "Predictions, with answers" in target.read_text(encoding="utf-8")


def test_a_word_that_is_no_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["leb"])
    assert "lab" in capsys.readouterr().err
