"""Files that are written whole or left as they were.

A new file is written beside the old one and takes its place in one step. On a full disk, in a
read-only folder, or when two write at once, the old file stays whole. A link stays a link: the
file that it points to is renewed.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class FileError(OSError):
    """A file that could not be written; it is as it was before. One sentence names it."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} could not be written ({reason}); nothing there was changed.")
        self.path, self.reason = path, reason

    def __reduce__(self) -> tuple[type[FileError], tuple[Path, str]]:
        return type(self), (self.path, self.reason)

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


def place(path: str | os.PathLike[str]) -> Path:
    """Return a path with `~` read as the home folder, where there is one.

    Parameters
    ----------
    path : str or path
        As somebody typed it, in an option or a variable of the environment.

    Examples
    --------
    >>> place("~/course") == Path.home() / "course"
    True
    """
    given = Path(path)
    try:
        return given.expanduser()
    except RuntimeError:  # nobody's home: the name stands for itself
        return given


def write(path: str | os.PathLike[str], content: str | bytes) -> Path:
    """Write a file whole or not at all; text as UTF-8, its line ends as they are.

    Parameters
    ----------
    path : str or path
        The file, `~` allowed; its folder has to exist.
    content : str or bytes
        All that the file is to hold.

    Returns
    -------
    Path
        The file written; where `path` is a link, the file that it points to.

    Raises
    ------
    FileError
        One sentence with the name and the reason; what was there is untouched.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write(Path(folder) / "notes.txt", "price = 0.1").read_text()
    'price = 0.1'
    """
    with renewed(path) as part:
        part.write_bytes(content.encode() if isinstance(content, str) else content)
        return _target(path)


@contextmanager
def renewed(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Yield a new file beside another, for a library to write; it then takes the other's place.

    Parameters
    ----------
    path : str or path
        The file to be renewed; the new one has the same ending.

    Yields
    ------
    Path
        An empty file in the same folder. After an error it is gone, and the old one is whole.

    Raises
    ------
    FileError
        As in :func:`write`.
    """
    shown = place(path)
    part: Path | None = None
    try:
        target = _target(path)
        if target.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        if target.exists() and not target.is_file():
            yield target  # a pipe or a terminal: there is nothing to keep
            return
        new = target.with_name(f".{target.stem}.{secrets.token_hex(6)}{target.suffix}")
        new.touch(exist_ok=False)
        part = new
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
        yield part
        _settle(part)
        part.replace(target)
    except FileError:
        raise
    except OSError as error:
        raise FileError(shown, error.strerror or type(error).__name__) from error
    finally:
        if part is not None:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _target(path: str | os.PathLike[str]) -> Path:
    """Return the file behind a path, links followed."""
    try:
        return place(path).resolve()
    except RuntimeError as error:  # Python 3.11 and 3.12 say so of links in a circle
        raise OSError(40, "a circle of links") from error


def _settle(part: Path) -> None:
    """Wait until the file is on the disk: a full one tells so at the latest now."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
