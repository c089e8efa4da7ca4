"""What a learning platform gives: folders and zips of hand-ins, read without unpacking anything.

Nothing is written to the disk and nothing is executed. A zip is read member by member; what is too
large, encrypted, a link, or has a path that leaves its folder, is left out with a sentence.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from dtao_edu.engine.errors import InputError

LARGEST = 16 * 2**20
"""Bytes of one file that are read: an exercise notebook has about 50,000."""
LARGEST_ZIP = 64 * 2**20
"""Bytes of a zip within a zip."""
MOST_INSIDE = 500
"""Files that are looked at in a student's own zip."""
UNPACKED = 128 * 2**20
"""Bytes that a student's own zip may come to."""
DEEPEST = 3
"""Zips within zips."""


@dataclass(frozen=True)
class File:
    """One file of a download, or what kept it from being read."""

    path: str  # from the download's top on, with forward slashes; zips count as folders
    content: bytes = b""  # empty where there is a fault
    fault: str = ""  # one sentence, or empty


def read(place: Path) -> Iterator[File]:
    """Yield the files of a download one after the other.

    Parameters
    ----------
    place : Path
        A folder, a zip, or a single notebook.

    Raises
    ------
    InputError
        If there is no such file or folder, or it is a damaged zip.
    """
    if place.is_dir():
        yield from _folder(place)
    elif not place.is_file():
        raise InputError("download", str(place), "a folder, a zip or a notebook that is there")
    elif place.suffix.lower() == ".zip":
        try:
            with zipfile.ZipFile(place) as opened:
                yield from _members(opened, "", _Room(None), 1)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise InputError("download", str(place), f"a whole zip ({error})") from None
    else:
        yield _plain(place, place.name)


def _folder(folder: Path) -> Iterator[File]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            yield File(name, fault="It is a link, which is not followed.")
        elif path.is_file() and not _is_litter(name):
            if path.suffix.lower() == ".zip":
                yield from _zip(path, name, _Room(UNPACKED))
            else:
                yield _plain(path, name)


def _plain(path: Path, name: str) -> File:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            return File(name, fault=_too_large(size))
        return File(name, path.read_bytes())
    except OSError as error:
        return File(name, fault=f"It cannot be read: {error.strerror}.")


def _zip(content: Path | io.BytesIO, path: str, room: _Room, depth: int = 1) -> Iterator[File]:
    try:
        with zipfile.ZipFile(content) as opened:
            yield from _members(opened, path, room, depth)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        yield File(path, fault="It is a damaged zip.")


@dataclass
class _Room:
    """How much a zip may still come to; None for the platform's own, which holds a whole class."""

    left: int | None
    files: int = MOST_INSIDE

    def takes(self, size: int) -> bool:
        if self.left is None:
            return True
        self.left -= size
        self.files -= 1
        return self.left >= 0 and self.files >= 0


def _members(opened: zipfile.ZipFile, above: str, room: _Room, depth: int) -> Iterator[File]:
    for info in opened.infolist():
        name = info.filename.replace("\\", "/")
        path = f"{above}/{name}" if above else name
        if info.is_dir() or _is_litter(name):
            continue
        if fault := _refused(info, name):
            yield File(path, fault=fault)
            continue
        inner = name.lower().endswith(".zip")
        content = _unpacked(opened, info, LARGEST_ZIP if inner else LARGEST)
        if isinstance(content, str):
            yield File(path, fault=content)
        elif not room.takes(len(content)):
            yield File(
                path,
                fault=f"The zip holds more than {MOST_INSIDE} files or "
                f"{UNPACKED // 2**20} MB; the rest of it is not read.",
            )
            return
        elif not inner:
            yield File(path, content)
        elif depth >= DEEPEST:
            yield File(path, fault=f"It is a zip within {depth} others, which is not opened.")
        else:
            own = _Room(UNPACKED) if room.left is None else room
            yield from _zip(io.BytesIO(content), path, own, depth + 1)


def _refused(info: zipfile.ZipInfo, name: str) -> str:
    """Say why a member is not looked at."""
    parts = PurePosixPath(name).parts
    if (
        name.startswith("/")
        or ".." in parts
        or (len(name) > 1 and name[1] == ":")
        or "\x00" in name
    ):
        return "Its path leaves the folder, so it is not read."
    if stat.S_ISLNK(info.external_attr >> 16):
        return "It is a link, which is not followed."
    if info.flag_bits & 1:
        return "It is locked with a password."
    return ""


def _unpacked(opened: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes | str:
    """Unpack a member as far as is allowed; what the zip says of its size is not believed."""
    if info.file_size > most:
        return _too_large(info.file_size, most)
    try:
        with opened.open(info) as member:
            content = member.read(most + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ):
        return "It is damaged within the zip."
    return _too_large(len(content), most) if len(content) > most else content


def _too_large(size: int, most: int = LARGEST) -> str:
    advice = "Clear the outputs of the cells with large pictures, save, and hand it in again."
    if most == LARGEST_ZIP:
        advice = "Hand in the notebooks alone."
    return f"It has {size / 2**20:.0f} MB; at most {most // 2**20} MB are read. {advice}"


def _is_litter(name: str) -> bool:
    """Tell what systems lay into a folder or a zip by themselves."""
    parts = PurePosixPath(name).parts
    return (
        "__MACOSX" in parts
        or ".ipynb_checkpoints" in parts
        or parts[-1:] in ((".DS_Store",), ("Thumbs.db",), ("desktop.ini",))
    )
