"""Names of places: home folders, ports, terminals, older installations."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dtao_edu import cli
from dtao_edu.lessons import learners_copy
from dtao_edu.lessons.learners_copy import lay


@pytest.fixture
def course(tmp_path: Path) -> Path:
    lesson = tmp_path / "course" / "notebooks" / "05_staking.ipynb"
    lesson.parent.mkdir(parents=True)
    (tmp_path / "course" / "exercises").mkdir()
    lesson.write_text('{"cells": [], "metadata": {}}', encoding="utf-8")
    return tmp_path / "course"


def test_home_is_read_from_a_tilde(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    assert lay("~/mine", course).folder == tmp_path / "mine"


def test_an_older_installation_puts_back_no_older_lessons(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = tmp_path / "mine" / "notebooks" / "05_staking.ipynb"
    monkeypatch.setattr(learners_copy, "version", lambda name: "0.10.0")
    lay(tmp_path / "mine", course)
    newer = lesson.read_bytes()
    (course / "notebooks" / "05_staking.ipynb").write_text('{"cells": [], "old": 1}')
    (course / "notebooks" / "06_more.ipynb").write_text('{"cells": []}')
    monkeypatch.setattr(learners_copy, "version", lambda name: "0.9.3")
    laid = lay(tmp_path / "mine", course)
    assert lesson.read_bytes() == newer
    assert laid.written == ("notebooks/06_more.ipynb",)  # what is missing is still laid
    assert "version 0.10.0, and this is 0.9.3, an older one" in str(laid)
    record = json.loads((tmp_path / "mine" / ".dtao-edu.json").read_text(encoding="utf-8"))
    assert record["version"] == "0.10.0"
    # The newer one goes on as before.
    monkeypatch.setattr(learners_copy, "version", lambda name: "0.10.1")
    assert lay(tmp_path / "mine", course).newer == ""
    assert b'"old"' in lesson.read_bytes()


def test_a_record_with_a_byte_order_mark_or_of_another_kind_does_no_harm(
    course: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    lay(folder, course)
    record = folder / ".dtao-edu.json"
    text = record.read_text(encoding="utf-8")
    record.write_text(text, encoding="utf-8-sig")
    assert lay(folder, course).written == ()
    for damaged in ("", "[]", "3", '{"laid": 1}', "\x00"):
        record.write_text(damaged, encoding="utf-8")
        assert lay(folder, course).offered == {}


@pytest.mark.parametrize("port", ["0", "-1", "65536", "99999999", "8888.5", "eight", "٨٨٨٨"])
def test_a_port_out_of_range_is_told_in_a_sentence(
    port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["lab", f"--port={port}"])
    assert f"{port} is no port; allowed: 1 to 65535" in capsys.readouterr().err


def test_a_terminal_that_has_not_a_letter_shows_its_number() -> None:
    code = "from dtao_edu import cli\nraise SystemExit(cli.main(['snapshot', 'κόσμος.txt']))"
    done = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", code],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": "", "PYTHONPATH": str(Path.cwd())},
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 1
