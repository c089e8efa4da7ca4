"""A CSV file as a learning platform exports it, kept byte for byte.

Cells can be read, and single cells exchanged; every other byte of the file stays what it was:
quotes, line ends, mark of the byte order, separators.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from typing import NamedTuple

from dtao_edu.engine.errors import InputError

LARGEST = 32 * 2**20  # bytes; a grade file of 50,000 students has about 10 million
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Cell(NamedTuple):
    """A cell: its text, and where it stands in the file's text, quotes included."""

    text: str
    start: int
    end: int


@dataclass
class Spreadsheet:
    r"""A CSV file whose cells can be exchanged.

    Examples
    --------
    >>> sheet = Spreadsheet.read(b'\xef\xbb\xbfName;Grade\r\n"Lovelace; Ada";\r\n')
    >>> sheet.rows[1][0].text
    'Lovelace; Ada'
    >>> sheet.put(1, 1, "9,50")
    >>> sheet.bytes()
    b'\xef\xbb\xbfName;Grade\r\n"Lovelace; Ada";9,50\r\n'
    """

    mark: bytes
    encoding: str
    delimiter: str
    text: str
    rows: list[list[Cell]]
    changes: dict[tuple[int, int], str] = field(default_factory=dict)

    @classmethod
    def read(cls, content: bytes) -> Spreadsheet:
        """Read the bytes of a file.

        Raises
        ------
        InputError
            If it is too large, or holds bytes that no text has.
        """
        if len(content) > LARGEST:
            raise InputError("file", f"{len(content):,} bytes", f"a CSV of at most {LARGEST:,}")
        mark, encoding = next(
            ((mark, name) for mark, name in _MARKS if content.startswith(mark)), (b"", "")
        )
        body = content[len(mark) :]
        if not encoding:
            try:
                body.decode("utf-8")
                encoding = "utf-8"
            except UnicodeDecodeError:
                encoding = "cp1252" if _fits(body, "cp1252") else "latin-1"
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            raise InputError("file", "no text", "a CSV file as the platform exports it") from None
        if "\x00" in text:
            raise InputError("file", "no text", "a CSV file as the platform exports it")
        first = text.lstrip().partition("\n")[0]
        delimiter = max(",;\t", key=_unquoted(first).count)
        return cls(mark, encoding, delimiter, text, _cells(text, delimiter))

    def column(self, number: int) -> list[str]:
        """Return the texts of a column below the first row; empty where a row is shorter."""
        return [row[number].text if number < len(row) else "" for row in self.rows[1:]]

    @property
    def header(self) -> list[str]:
        """The first row."""
        return [cell.text.strip() for cell in self.rows[0]] if self.rows else []

    def put(self, row: int, column: int, text: str) -> None:
        """Exchange one cell; quotes come only where they must.

        Parameters
        ----------
        row, column : int
            Counted from 0.
        text : str
            What the cell is to hold.
        """
        if any(mark in text for mark in (self.delimiter, '"', "\n", "\r")):
            text = '"' + text.replace('"', '""') + '"'
        self.changes[row, column] = text

    def bytes(self) -> bytes:
        """Return the file with the exchanged cells."""
        parts: list[str] = []
        at = 0
        for (row, column), text in sorted(self.changes.items()):
            cell = self.rows[row][column]
            parts += [self.text[at : cell.start], text]
            at = cell.end
        text = "".join(parts) + self.text[at:]
        return self.mark + text.encode(self.encoding)


def _fits(body: bytes, encoding: str) -> bool:
    try:
        body.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _unquoted(line: str) -> str:
    return "".join(line.split('"')[::2])


def _cells(text: str, delimiter: str) -> list[list[Cell]]:
    """Cut a text into rows of cells, each with its place."""
    rows: list[list[Cell]] = []
    row: list[Cell] = []
    at, size = 0, len(text)
    while at < size:
        start, value, at = _one(text, at, delimiter)
        row.append(Cell(value, start, at))
        if at < size and text[at] == delimiter:
            at += 1
            if at == size:
                row.append(Cell("", at, at))
        else:
            at += 2 if text.startswith("\r\n", at) else 1
            rows.append(row)
            row = []
    return [*rows, row] if row else rows


def _one(text: str, at: int, delimiter: str) -> tuple[int, str, int]:
    """Read the cell that begins here: where it begins, its text, and where it ends."""
    start, size = at, len(text)
    if text.startswith('"', at):
        parts: list[str] = []
        at += 1
        while True:
            quote = text.find('"', at)
            if quote < 0:  # never closed: all the rest belongs to it
                return start, "".join([*parts, text[at:]]), size
            parts.append(text[at:quote])
            if not text.startswith('""', quote):
                at = quote + 1
                break
            parts.append('"')
            at = quote + 2
        lead = "".join(parts)
    else:
        lead = ""
    rest = at
    while at < size and text[at] not in (delimiter, "\n", "\r"):
        at += 1
    return start, lead + text[rest:at], at
