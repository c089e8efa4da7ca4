"""The package's own wheel for a browser: its code and its figures, without what writes files."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from ..browser import LEFT_OUT

_KINDS = (".py", ".toml", ".csv", ".json", ".js", ".css")
_WHEN = (2025, 2, 13, 0, 0, 0)  # the same files make the same wheel, byte for byte
_TAG = "py3-none-any"


def small_wheel(folder: Path) -> Path:
    """Write the package's wheel for the browser, and return its path.

    It asks for no other package: what a library is needed for says so itself
    (:mod:`dtao_edu.browser`).

    Parameters
    ----------
    folder : Path
        Where to; it has to exist.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     one = small_wheel(Path(folder))
    ...     one.name.endswith("-py3-none-any.whl"), one.stat().st_size < 1_500_000
    (True, True)
    """
    number = version("dtao-edu")
    name = f"dtao_edu-{number}"
    described = {
        f"{name}.dist-info/METADATA": (
            f"Metadata-Version: 2.1\nName: dtao-edu\nVersion: {number}\n"
            "License: MIT AND CC-BY-4.0\nRequires-Python: >=3.11\n"
        ).encode(),
        f"{name}.dist-info/WHEEL": (
            f"Wheel-Version: 1.0\nGenerator: dtao-edu\nRoot-Is-Purelib: true\nTag: {_TAG}\n"
        ).encode(),
    }
    record = f"{name}.dist-info/RECORD"
    rows = []
    path = folder / f"{name}-{_TAG}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as wheel:
        for inside, content in [*_sources(), *described.items()]:
            total = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
            rows.append(f"{inside},sha256={total},{len(content)}\n")
            wheel.writestr(_entry(inside), content)
        wheel.writestr(_entry(record), "".join(rows) + f"{record},,\n")
    return path


def _sources() -> Iterator[tuple[str, bytes]]:
    """Yield each file of the package that a browser needs, by its place in the wheel."""
    package = Path(__file__).resolve().parents[1]
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package)
        room = inside.parts[0].removesuffix(".py")
        if path.suffix in _KINDS and path.is_file() and room not in LEFT_OUT:
            yield f"dtao_edu/{inside.as_posix()}", path.read_bytes()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _WHEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
