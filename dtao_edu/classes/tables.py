"""Tables that no spreadsheet can run, zips that are the same each time, names compared."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from dtao_edu import files

Cell = str | int | float | None
"""What a cell may be made of."""
_FORMULA = "=+-@\t\r\n＝＋－＠"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # every entry of a zip bears this time, so that a zip is a value


def write(path: Path, content: str | bytes, *, private: bool = False) -> bool:
    """Write a file whole or not at all; one that already holds the same is left alone.

    Parameters
    ----------
    path : Path
        Its folder is made.
    content : str or bytes
    private : bool
        Readable by its owner alone, where the system knows owners.

    Returns
    -------
    bool
        Whether anything was written.
    """
    data = content.encode() if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    if private and not path.exists():
        path.touch(0o600)
    files.write(path, data)
    return True


def cell(value: Cell) -> str:
    """Write a cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> cell("=1+1"), cell("Ada"), cell(-2.5), cell("-2.5")
    ("'=1+1", 'Ada', '-2.5', '-2.5')
    """
    text = "" if value is None else str(value)
    if not text or text[0] not in _FORMULA or _is_number(text):
        return text
    return "'" + text


def uncell(text: str) -> str:
    """Read a cell that :func:`cell` wrote.

    Examples
    --------
    >>> uncell("'=1+1"), uncell("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in _FORMULA else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.strip() == text


def table(columns: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> str:
    r"""Write rows as CSV text, safe to open in a spreadsheet.

    Examples
    --------
    >>> table(["name"], [{"name": "@SUM(A1)"}])
    "name\r\n'@SUM(A1)\r\n"
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(column, "")) for column in columns])
    return out.getvalue()


def read_table(path: Path) -> list[dict[str, str]]:
    """Read what :func:`table` wrote; a spreadsheet may have saved it again with `;` or tabs."""
    text = path.read_bytes().decode("utf-8-sig")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [
        {key: uncell(value or "") for key, value in row.items() if isinstance(key, str)}
        for row in rows
    ]


def archive(entries: Mapping[str, str | bytes]) -> bytes:
    """Pack files into a zip; the same files always give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in sorted(entries):
            content = entries[name]
            data = content.encode("utf-8") if isinstance(content, str) else content
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            made.writestr(info, data)
    return out.getvalue()


def sameness(text: str) -> str:
    r"""Return a name in the form in which names are compared: letters and digits alone.

    Examples
    --------
    >>> sameness("Ada  LOVELACE") == sameness("ada lovelace")
    True
    >>> sameness("Jose\u0301") == sameness("Jos\u00e9")
    True
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(letter for letter in folded if letter.isalnum())
