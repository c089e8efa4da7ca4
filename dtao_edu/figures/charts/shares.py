"""Shares of emission as ranked bars, one column a rule or a date."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from dtao_edu.engine.errors import refuse
from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.wording import percent

Columns = Mapping[str, Mapping[int, float]]
"""A heading with its date, and under it the share of each subnet by netuid."""


def shares_sentence(columns: Columns, highlight: int | None = None) -> str:
    """Say for each column who comes first, and where the highlighted subnet stands.

    Examples
    --------
    >>> print(shares_sentence({"Vote": {1: 0.2, 2: 0.8}, "Price": {1: 0.7, 2: 0.3}}, highlight=1))
    Vote: subnet 2 comes first with 80.0 %, subnet 1 is number 2 of 2 with 20.0 %. \
Price: subnet 1 comes first with 70.0 %.
    """
    parts = []
    for heading, shares in columns.items():
        ranking = _ranking(shares)
        first = ranking[0]
        text = f"{heading}: subnet {first} comes first with {percent(shares[first])}"
        if highlight is not None and highlight in shares and highlight != first:
            place = ranking.index(highlight) + 1
            text += (
                f", subnet {highlight} is number {place} of {len(ranking)} "
                f"with {percent(shares[highlight])}"
            )
        parts.append(text + ".")
    return " ".join(parts)


@at_any_size
def share_columns(
    columns: Columns,
    *,
    highlight: int | None = None,
    top: int = 10,
    others: bool = True,
    size: style.SizeName = "page",
    source: str = "",
) -> Picture[Columns]:
    """share_i of each subnet, largest first: one column of bars a rule or a date.

    Parameters
    ----------
    columns : mapping of str to mapping of int to float
        Each heading (with its date) and the shares under it, parts of 1 by netuid.
    highlight : int, optional
        The subnet that is followed from column to column; it is shown even below the top.
    top : int
        How many subnets are named.
    others : bool
        Whether all that are not named are drawn as one bar, which is often the longest.

    Raises
    ------
    InputError
        If there is no column, or a column without a subnet.

    Examples
    --------
    >>> picture = share_columns({"Vote": {1: 0.2, 2: 0.8}, "Price": {1: 0.7, 2: 0.3}}, highlight=1)
    >>> [text.get_text() for text in picture.figure.axes[0].get_yticklabels()]
    ['subnet 2', 'subnet 1']
    """
    if not columns or not all(columns.values()):
        refuse("columns", dict(columns), "one column or more, each with one subnet or more")
    figure, dress = style.blank(size)
    rows = {heading: _rows(shares, top, highlight, others) for heading, shares in columns.items()}
    widest = max(value for column in rows.values() for _, value in column)
    tallest = max(len(column) for column in rows.values())
    width = 1 / len(columns)
    for place, (heading, column) in enumerate(rows.items()):
        inside = (place * width + 0.40 * width / 2, 0.05, width * 0.66, 0.83)
        ax = style.axes(figure, dress, inside, title=heading, grid=False)
        style.rows(ax, [name for name, _ in column])
        ax.set_xlim(0, widest * (2.2 if dress.narrow else 1.28))
        ax.set_ylim(tallest - 0.4, -0.6)
        ax.xaxis.set_visible(False)
        ax.spines["bottom"].set_visible(False)
        for row, (name, value) in enumerate(column):
            followed = name == f"subnet {highlight}"
            look: dict[str, Any] = {"color": style.SOFT}
            if name.endswith("others"):
                look = {"color": "none", "edgecolor": style.SOFT, "hatch": "////"}
            if followed:
                look = {"color": style.BLUE}
            ax.barh(row, value, height=0.66, **look)
            words = percent(value) + ("  \N{BLACK LEFT-POINTING TRIANGLE}" if followed else "")
            style.write(ax, dress, (value + widest * 0.02, row), words)
    sentence = partial(shares_sentence, highlight=highlight)
    return Picture(figure, dress, sentence, columns, source=source)


def _ranking(shares: Mapping[int, float]) -> list[int]:
    return sorted(shares, key=lambda netuid: (-shares[netuid], netuid))


def _rows(
    shares: Mapping[int, float], top: int, highlight: int | None, others: bool
) -> list[tuple[str, float]]:
    """Name the largest and the followed subnet; sum up the others."""
    ranking = _ranking(shares)
    named = ranking[:top]
    if highlight is not None and highlight in shares and highlight not in named:
        named = [*named[:-1], highlight]
    left = [netuid for netuid in ranking if netuid not in named]
    rows = [(f"subnet {netuid}", float(shares[netuid])) for netuid in named]
    if left and others:
        rows.append((f"{len(left)} others", float(sum(shares[netuid] for netuid in left))))
    return rows
