"""Files are whole or untouched, whatever happens while they are written."""

from __future__ import annotations

import errno
import os
import pickle
import sys
import tempfile
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu import files
from dtao_edu.files import FileError

OLD = "what was there"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "progress.json"
    path.write_text(OLD, encoding="utf-8")
    return path


def only(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@given(st.one_of(st.binary(), st.text(st.characters(exclude_categories=["Cs"]))))
def test_what_is_written_is_read_back(content: str | bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = files.write(Path(folder) / "page.html", content)
        wanted = content.encode() if isinstance(content, str) else content
        assert path.read_bytes() == wanted
        assert only(path.parent) == ["page.html"]


def test_a_full_disk_leaves_the_old_file(old: Path) -> None:
    def fill() -> None:
        with files.renewed(old) as part:
            part.write_text("half of", encoding="utf-8")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(FileError, match=r"progress\.json could not be written \(No space left"):
        fill()
    assert old.read_text(encoding="utf-8") == OLD
    assert only(old.parent) == ["progress.json"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_device_that_is_full_says_so() -> None:
    with pytest.raises(FileError, match=r"/dev/full could not be written"):
        files.write("/dev/full", "text")


def test_an_error_of_another_kind_leaves_the_old_file_and_passes(old: Path) -> None:
    with pytest.raises(ZeroDivisionError), files.renewed(old) as part:
        part.write_text(str(1 // 0), encoding="utf-8")
    assert old.read_text(encoding="utf-8") == OLD
    assert only(old.parent) == ["progress.json"]


def test_a_link_stays_a_link(old: Path) -> None:
    link = old.parent / "elsewhere.json"
    link.symlink_to(old)
    assert files.write(link, "new") == old.resolve()
    assert link.is_symlink()
    assert old.read_text(encoding="utf-8") == "new"


def test_a_link_to_what_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "later.json")
    files.write(link, "new")
    assert link.is_symlink()
    assert (tmp_path / "later.json").read_text(encoding="utf-8") == "new"


def test_links_in_a_circle_are_told_in_a_sentence(tmp_path: Path) -> None:
    link = tmp_path / "a.json"
    link.symlink_to(tmp_path / "b.json")
    (tmp_path / "b.json").symlink_to(link)
    with pytest.raises(FileError, match=r"a\.json could not be written"):
        files.write(link, "new")


def test_a_folder_or_a_missing_one_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="could not be written"):
        files.write(tmp_path, "new")
    with pytest.raises(FileError, match=r"gone.notes\.txt could not be written"):
        files.write(tmp_path / "gone" / "notes.txt", "new")


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="nothing is read-only here"
)
def test_a_read_only_folder_is_told_in_a_sentence(old: Path) -> None:
    old.parent.chmod(0o500)
    try:
        with pytest.raises(FileError, match="could not be written"):
            files.write(old, "new")
    finally:
        old.parent.chmod(0o700)
    assert old.read_text(encoding="utf-8") == OLD


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")
def test_permissions_are_kept_and_new_files_get_the_usual_ones(old: Path) -> None:
    old.chmod(0o640)
    files.write(old, "new")
    assert old.stat().st_mode & 0o777 == 0o640
    plain = old.parent / "plain"
    plain.touch()
    fresh = files.write(old.parent / "fresh", "new")
    assert fresh.stat().st_mode == plain.stat().st_mode


def test_two_at_once_leave_one_of_them_whole(old: Path) -> None:
    texts = [letter * 200_000 for letter in "ab"]

    def write(text: str) -> None:
        for _ in range(20):
            files.write(old, text)

    writers = [Thread(target=write, args=(text,)) for text in texts]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert old.read_text(encoding="utf-8") in texts
    assert only(old.parent) == ["progress.json"]


def test_home_is_read_from_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    files.write("~/notes.txt", "new")
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "new"
    assert files.place("~nobody-of-this-name/x") == Path("~nobody-of-this-name/x")


def test_the_error_travels_between_processes_and_shows_one_sentence() -> None:
    error = FileError(Path("a.txt"), "No space left on device")
    again = pickle.loads(pickle.dumps(error))
    assert (
        str(again)
        == str(error)
        == ("a.txt could not be written (No space left on device); nothing there was changed.")
    )
