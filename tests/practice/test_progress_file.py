"""The progress file: whole or not at all, set aside when damaged, and shared by two notebooks."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from dtao_edu.practice import bank, check, progress, progress_file


def count(state: progress_file.State) -> None:
    kept = state["predictions"].setdefault("n", {"guess": 1, "answer": 1, "off": 0})
    kept["off"] = (kept["off"] or 0) + 1


def test_the_folder_is_the_systems_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DTAO_EDU_DATA")
    home = Path.home()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert progress_file.data_folder() == home / ".local" / "share" / "dtao_edu"
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert progress_file.data_folder() == Path("/data/dtao_edu")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert progress_file.data_folder() == home / "Library" / "Application Support" / "dtao_edu"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("APPDATA", "/roaming")
    assert progress_file.data_folder() == Path("/roaming/dtao_edu")
    monkeypatch.delenv("APPDATA")
    assert progress_file.data_folder().parts[-3:] == ("AppData", "Roaming", "dtao_edu")


def test_nothing_is_written_before_something_is_done(data_folder: Path) -> None:
    assert progress_file.read() == progress_file.empty()
    check("05.1")
    assert not data_folder.exists(), "an answer that was not given leaves no trace"


def test_a_change_is_kept_and_nothing_else_lies_about(data_folder: Path) -> None:
    progress_file.update(count)
    assert progress_file.read()["predictions"]["n"]["off"] == 1
    assert [path.name for path in data_folder.iterdir()] == ["progress.json"]


DAMAGED: list[Any] = [
    "",
    "{",
    "[]",
    "null",
    '{"format": 0}',
    '{"format": 1, "sit": 3, "sits": {}, "predictions": {}}',
    '{"format": 1, "sit": "a", "sits": [], "predictions": {}}',
    '{"format": 1, "sit": "a", "sits": {"a": 1}, "predictions": {}}',
    '{"format": 1, "sit": "a", "sits": {"a": {"05.1": 1}}, "predictions": {}}',
    '{"format": 1, "sit": "a", "sits": {"a": {"05.1": {"attempts": 1}}}, "predictions": {}}',
    '{"format": 1, "sit": "a", "sits": {}, "predictions": {"a": 1}}',
    "[" * 100_000,
]
for key, value in (
    ("attempts", "1"),
    ("hints", None),
    ("solution", 1.5),
    ("outcome", "superb"),
    ("last", 1),
    ("answer", None),
    ("right", 1),
    ("seen", "no"),
    ("ideas", []),
    ("ideas", {"a": "b"}),
):
    record = {**progress_file.record(), key: value}
    DAMAGED.append(json.dumps({**progress_file.empty(), "sits": {"a": {"05.1": record}}}))


@pytest.mark.parametrize("text", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_file_is_set_aside_and_said_so(data_folder: Path, text: str) -> None:
    data_folder.mkdir()
    (data_folder / progress_file.FILE).write_text(text, encoding="utf-8")
    verdict = check("05.1", 1)
    aside = data_folder / "progress.damaged-1.json"
    assert aside.read_text(encoding="utf-8") == text
    assert str(aside) in verdict.text.replace("\n", " ")
    assert "damaged" not in check("05.1", 2).text, "it is said once"
    (data_folder / progress_file.FILE).write_bytes(b"\xff\xfe\xff")
    assert "damaged-2" in str(progress())


def test_a_record_that_is_sound_is_read(data_folder: Path) -> None:
    data_folder.mkdir()
    whole = {**progress_file.empty(), "sits": {"a": {"05.1": progress_file.record()}}}
    (data_folder / progress_file.FILE).write_text(json.dumps(whole), encoding="utf-8")
    assert progress_file.read() == whole


def test_where_nothing_can_be_written_progress_lasts_as_long_as_the_kernel(
    data_folder: Path,
) -> None:
    data_folder.write_text("a file where the folder should be", encoding="utf-8")
    first, second = check("05.1", 1), check("05.1", 2)
    assert "cannot be kept" in first.text
    assert "cannot be kept" not in second.text
    count = len(bank.exercises("05"))
    assert f"05 0 of {count} 2 x" in " ".join(str(progress()).split())
    assert progress_file.read()["sits"]["practice"]["05.1"]["attempts"] == 2


def test_two_notebooks_do_not_write_over_each_other(data_folder: Path) -> None:
    code = (
        "from dtao_edu.practice import progress_file\n"
        "def count(state):\n"
        "    state['predictions'].setdefault('n', {'off': 0})['off'] += 1\n"
        "for _ in range(50): progress_file.update(count)\n"
    )
    others = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]
    threads = [
        threading.Thread(target=lambda: [progress_file.update(count) for _ in range(50)])
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [other.wait(timeout=60) for other in others] == [0, 0]
    assert progress_file.read()["predictions"]["n"]["off"] == 200


def test_a_lock_that_was_left_behind_does_not_block_for_ever(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_file, "_PATIENCE", 0.1)
    data_folder.mkdir()
    (data_folder / "progress.json.lock").touch()
    start = time.monotonic()
    progress_file.update(count)
    assert progress_file.read()["predictions"]["n"]["off"] == 1
    assert time.monotonic() - start > 0.1, "it waited for the other one first"
    assert not (data_folder / "progress.json.lock").exists()


def test_a_file_that_cannot_be_replaced_leaves_the_old_one_whole(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress_file.update(count)
    before = (data_folder / progress_file.FILE).read_bytes()

    def fails(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fails)
    progress_file.update(count)
    assert "No space left on device" in progress_file.notes()
    assert progress_file.notes() == ""
    assert (data_folder / progress_file.FILE).read_bytes() == before
    assert [path.name for path in data_folder.iterdir()] == ["progress.json"]


def test_forgetting_keeps_a_copy(data_folder: Path) -> None:
    check("05.1", 1)
    before = (data_folder / progress_file.FILE).read_bytes()
    card = progress(reset=True)
    kept = data_folder / "progress.before-reset.json"
    assert kept.read_bytes() == before
    assert str(kept) in " ".join(str(card).split())
    assert (
        json.loads((data_folder / progress_file.FILE).read_text(encoding="utf-8"))
        == progress_file.empty()
    )


def test_forgetting_works_without_a_file(data_folder: Path) -> None:
    data_folder.write_text("a file where the folder should be", encoding="utf-8")
    check("05.1", 1)
    assert "kept as" not in str(progress(reset=True))
    assert progress_file.read() == progress_file.empty()


def test_a_file_that_cannot_be_read_is_not_written_over(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress_file.update(count)
    before = (data_folder / progress_file.FILE).read_bytes()

    def fails(self: Path, encoding: str) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", fails)
    assert "cannot be read (Permission denied)" in check("05.1", 1).text
    assert "Permission" not in check("05.1", 2).text
    assert progress_file.read()["sits"]["practice"]["05.1"]["attempts"] == 2
    assert (data_folder / progress_file.FILE).read_bytes() == before


def test_a_damaged_file_that_cannot_be_moved_is_not_written_over(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_folder.mkdir()
    (data_folder / progress_file.FILE).write_text("{", encoding="utf-8")

    def fails(self: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", fails)
    assert "is damaged and stays there" in check("05.1", 1).text
    check("05.1", 2)
    assert (data_folder / progress_file.FILE).read_text(encoding="utf-8") == "{"


def test_a_file_that_is_busy_for_a_moment_is_tried_again(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, while another notebook reads it."""
    progress_file.update(count)
    replace, read_text = Path.replace, Path.read_text
    busy = {"replace": 3, "read": 3}

    def replaces(self: Path, target: Path) -> Path:
        busy["replace"] -= 1
        if busy["replace"] > 0:
            raise PermissionError(13, "busy")
        return replace(self, target)

    def reads(self: Path, encoding: str) -> str:
        busy["read"] -= 1
        if busy["read"] > 0:
            raise PermissionError(13, "busy")
        return read_text(self, encoding)

    monkeypatch.setattr(Path, "replace", replaces)
    monkeypatch.setattr(Path, "read_text", reads)
    progress_file.update(count)
    assert progress_file.notes() == ""
    assert json.loads(read_text(data_folder / progress_file.FILE))["predictions"]["n"]["off"] == 2
