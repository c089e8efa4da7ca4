"""Store many texts that differ in their numbers alone: one skeleton, and columns of whole numbers.

The frames of a flip-book are such texts: from one position of a slider to the next a coordinate, an
amount or a percentage changes and the words stay. Each number becomes a column of differences,
which compress to a fraction of the texts. A field that gains nothing by it is stored plain.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypedDict

Column = tuple["int | list[int]", "int | list[int]", "list[int]"]
"""Decimals, whether thousands are set apart (either of them one number where all agree), and the
differences of the digits."""


class Packed(TypedDict, total=False):
    """Texts as skeletons `s` with columns `c`, or plain as distinct texts `p`; `w` says which."""

    s: list[list[str]]
    c: list[list[Column]]
    p: list[str]
    w: list[int]


_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_COORDINATES = re.compile(r'(?<=\s)(d|transform|x|y|width|height)="([^"]*)"')
_DECIMAL = re.compile(r"-?\d+\.\d+|-?\d+(?=[\s,)\"]|$)")

Number = tuple[int, int, bool]
"""Digits without point and commas, decimals, and whether thousands are set apart."""


@lru_cache(maxsize=1 << 16)
def _as_number(text: str) -> Number | None:
    """Take a number apart; None if it would not be written the same again."""
    digits = text.replace(",", "")
    decimals = len(digits.partition(".")[2])
    number = int(digits.replace(".", "")), decimals, "," in text
    return number if len(digits) < 16 and as_text(*number) == text else None


def as_text(digits: int, decimals: int, apart: bool) -> str:
    """Return the text of a number.

    Parameters
    ----------
    digits, decimals : int
        All its digits without the point, and how many of them stand after it.
    apart : bool
        Whether thousands are set apart.

    Examples
    --------
    >>> as_text(153103, 2, True), as_text(42, 3, False)
    ('1,531.03', '0.042')
    """
    whole = digits // 10**decimals
    text = f"{whole:,}" if apart else str(whole)
    return text + (f".{digits % 10**decimals:0{decimals}}" if decimals else "")


def coarse(svg: str) -> str:
    """Round the coordinates of a picture to a tenth of a point.

    Examples
    --------
    >>> coarse('<path d="M 12.3456 7" style="stroke-width: 0.88"/>')
    '<path d="M 12.3 7.0" style="stroke-width: 0.88"/>'
    """

    def tenth(match: re.Match[str]) -> str:
        return f"{float(match.group()):.1f}".replace("-0.0", "0.0")

    def attribute(match: re.Match[str]) -> str:
        return f'{match.group(1)}="{_DECIMAL.sub(tenth, match.group(2))}"'

    return _COORDINATES.sub(attribute, svg)


def _parts(text: str) -> tuple[tuple[str, ...], list[Number]]:
    pieces, numbers, end = [""], [], 0
    for match in _NUMBER.finditer(text):
        number = _as_number(match.group())
        pieces[-1] += text[end : match.start()]
        end = match.end()
        if number is None:
            pieces[-1] += match.group()
        else:
            numbers.append(number)
            pieces.append("")
    pieces[-1] += text[end:]
    return tuple(pieces), numbers


def _column(numbers: Sequence[Number]) -> Column:
    decimals = [number[1] for number in numbers]
    apart = [int(number[2]) for number in numbers]
    digits = [number[0] for number in numbers]
    steps = [new - old for old, new in zip([0, *digits], digits, strict=False)]
    return (
        decimals[0] if len(set(decimals)) == 1 else decimals,
        apart[0] if len(set(apart)) == 1 else apart,
        steps,
    )


def _skeleton(
    pieces: tuple[str, ...], rows: Sequence[Sequence[Number]]
) -> tuple[list[str], list[Column]]:
    """Put numbers that never change back into the text; return pieces and columns."""
    kept: list[str] = []
    columns: list[Column] = []
    text = pieces[0]
    for place, piece in enumerate(pieces[1:]):
        column = [row[place] for row in rows]
        if len(set(column)) == 1:
            text += as_text(*column[0]) + piece
        else:
            kept.append(text)
            columns.append(_column(column))
            text = piece
    return [*kept, text], columns


def pack(texts: Sequence[str]) -> Packed:
    """Return texts as skeletons and columns, or plain where that is shorter.

    Parameters
    ----------
    texts : sequence of str

    Returns
    -------
    Packed

    Examples
    --------
    >>> pack([f"{n * n} TAO" for n in range(99)])["s"]
    [['', ' TAO']]
    """
    rows: dict[tuple[str, ...], list[list[Number]]] = {}
    which: list[int] = []
    places: dict[tuple[str, ...], int] = {}
    for text in texts:
        pieces, numbers = _parts(text)
        which.append(places.setdefault(pieces, len(places)))
        rows.setdefault(pieces, []).append(numbers)
    made = [_skeleton(pieces, found) for pieces, found in rows.items()]
    split = Packed(s=[one[0] for one in made], c=[one[1] for one in made], w=which)
    distinct = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    plain = Packed(p=[*distinct], w=[distinct[text] for text in texts])
    return min(split, plain, key=lambda packed: len(deflate(packed)))


def unpack(packed: Packed) -> list[str]:
    """Return the texts of :func:`pack`, as the script of a flip-book does.

    Examples
    --------
    >>> unpack(pack(["1,000.5 TAO", "2 TAO, 04"]))
    ['1,000.5 TAO', '2 TAO, 04']
    """
    if "p" in packed:
        return [packed["p"][place] for place in packed["w"]]
    rows = [0] * len(packed["s"])
    held = [[0] * len(columns) for columns in packed["c"]]
    texts = []
    for kind in packed["w"]:
        row, pieces = rows[kind], packed["s"][kind]
        rows[kind] += 1
        text = pieces[0]
        for place, (decimals, apart, steps) in enumerate(packed["c"][kind]):
            held[kind][place] += steps[row]
            text += as_text(
                held[kind][place],
                decimals[row] if isinstance(decimals, list) else decimals,
                bool(apart[row] if isinstance(apart, list) else apart),
            )
            text += pieces[place + 1]
        texts.append(text)
    return texts


def deflate(value: Packed | Mapping[str, Packed | str | list[int] | list[float]]) -> bytes:
    """Return a value as deflated JSON, which a browser unfolds with its own means."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return squeezer.compress(text.encode()) + squeezer.flush()


def inflate(data: bytes) -> dict[str, Any]:
    """Return what :func:`deflate` was given."""
    value: dict[str, Any] = json.loads(zlib.decompress(data, -15))
    return value


def as_base64(data: bytes) -> str:
    """Return bytes as text for a page."""
    return base64.b64encode(data).decode()
