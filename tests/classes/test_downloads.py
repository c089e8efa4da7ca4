"""Downloads are read in memory: nothing is unpacked, nothing is run, nothing leaves the folder."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu.classes.downloads import LARGEST, LARGEST_ZIP, MOST_INSIDE, UNPACKED, File, read
from dtao_edu.engine.errors import InputError


def packed(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def found(tmp_path: Path, content: bytes) -> list[File]:
    path = tmp_path / "handed-in.zip"
    path.write_bytes(content)
    return list(read(path))


def test_folders_zips_and_zips_in_zips_are_read(tmp_path: Path) -> None:
    inner = packed({"05.ipynb": b"{}", "__MACOSX/._05.ipynb": b"x"})
    files = found(tmp_path, packed({"Ada_1_assignsubmission_file_/a.zip": inner, "b.ipynb": b"[]"}))
    assert [(file.path, file.content) for file in files] == [
        ("Ada_1_assignsubmission_file_/a.zip/05.ipynb", b"{}"),
        ("b.ipynb", b"[]"),
    ]
    (tmp_path / "down" / "Ada").mkdir(parents=True)
    (tmp_path / "down" / "Ada" / "05.ipynb").write_bytes(b"{}")
    (tmp_path / "down" / "Ada" / "a.zip").write_bytes(inner)
    names = [file.path for file in read(tmp_path / "down")]
    assert names == ["Ada/05.ipynb", "Ada/a.zip/05.ipynb"]


@pytest.mark.parametrize(
    "name", ["../out.ipynb", "/etc/out.ipynb", "a/../../out.ipynb", "C:/x", "..\\x"]
)
def test_a_path_that_leaves_the_folder_is_not_read(tmp_path: Path, name: str) -> None:
    (file,) = found(tmp_path, packed({name: b"secret"}))
    assert "leaves the folder" in file.fault
    assert not file.content
    assert [path.name for path in tmp_path.iterdir()] == ["handed-in.zip"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        info = zipfile.ZipInfo("link.ipynb")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(info, "/etc/passwd")
    (file,) = found(tmp_path, out.getvalue())
    assert "link" in file.fault
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "05.ipynb").symlink_to("/etc/passwd")
    (outside,) = read(folder)
    assert "link" in outside.fault
    assert not outside.content


def test_a_large_notebook_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (file,) = found(tmp_path, packed({"05.ipynb": b"0" * (40 * 2**20)}))
    assert "40 MB; at most 16 MB" in file.fault
    assert "Clear the outputs" in file.fault


def test_a_bomb_is_given_up_in_time(tmp_path: Path) -> None:
    piece = b"0" * (LARGEST - 1)
    inner = packed({f"{n}.ipynb": piece for n in range(UNPACKED // LARGEST + 3)})
    files = found(tmp_path, packed({"Ada/a.zip": inner, "Alan/05.ipynb": b"{}"}))
    assert "rest of it is not read" in next(file.fault for file in files if file.fault)
    assert sum(len(file.content) for file in files) <= UNPACKED + 2
    assert files[-1] == File("Alan/05.ipynb", b"{}"), "the others are read"


def test_a_member_that_lies_about_its_size_is_cut_short(tmp_path: Path) -> None:
    content = bytearray(packed({"05.ipynb": b"0" * (LARGEST * 2)}))
    size = (LARGEST * 2).to_bytes(4, "little")
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = (10).to_bytes(4, "little")
    (file,) = found(tmp_path, bytes(content))
    assert file.fault or len(file.content) <= 10


def test_a_zip_of_too_many_files_and_too_many_layers_is_given_up(tmp_path: Path) -> None:
    many = packed({f"{n}.txt": b"" for n in range(MOST_INSIDE + 5)})
    files = found(tmp_path, packed({"Ada/a.zip": many}))
    assert "rest of it is not read" in files[-1].fault
    deep = b"x"
    for n in range(6):
        deep = packed({f"{n}.zip": deep})
    (file,) = found(tmp_path, deep)
    assert "zip within" in file.fault


def test_what_is_not_there_or_damaged_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="that is there"):
        list(read(tmp_path / "none.zip"))
    with pytest.raises(InputError, match="a whole zip"):
        found(tmp_path, b"PK\x03\x04 no zip")
    (file,) = found(tmp_path, packed({"Ada/a.zip": b"PK no zip"}))
    assert file.fault == "It is a damaged zip."


@given(content=st.binary(max_size=400), start=st.integers(0, 400))
def test_any_damage_to_a_zip_is_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, start: int
) -> None:
    whole = packed({"Ada/a.zip": packed({"05.ipynb": b'{"cells": []}' * 20}), "b.ipynb": b"{}"})
    damaged = whole[:start] + content + whole[start + len(content) :]
    folder = tmp_path_factory.mktemp("fuzz")
    try:
        files = found(folder, damaged)
    except InputError:
        files = []
    assert all(isinstance(file.content, bytes) and not file.path.startswith("/") for file in files)
    assert [path.name for path in folder.iterdir()] == ["handed-in.zip"]


@given(st.dictionaries(st.text(min_size=1, max_size=20), st.binary(max_size=50), max_size=5))
def test_any_names_in_a_zip_stay_in_memory(
    tmp_path_factory: pytest.TempPathFactory, entries: dict[str, bytes]
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    try:
        content = packed(entries)
    except (ValueError, IndexError):
        return
    list(found(folder, content))
    assert [path.name for path in folder.iterdir()] == ["handed-in.zip"]


def test_a_zip_within_that_is_too_large_is_told_its_own_limit(tmp_path: Path) -> None:
    """Its notebooks may be small: it is not their outputs that are to be cleared."""
    inner = packed({"film.bin": b"0" * LARGEST_ZIP}, zipfile.ZIP_STORED)
    (file,) = found(tmp_path, packed({"Ada/all.zip": inner}))
    assert "64 MB; at most 64 MB" in file.fault
    assert "Clear the outputs" not in file.fault
