"""Lines over time, each named where it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dtao_edu.engine.errors import refuse
from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.wording import number

Series = Mapping[str, tuple[Sequence[float], Sequence[float]]]
"""A name, and under it the places and the values of a line."""

LOOKS: tuple[dict[str, Any], ...] = (
    {"color": style.INK, "ls": "-"},
    {"color": style.BLUE, "ls": (0, (6, 2))},
    {"color": style.VERMILION, "ls": (0, (1.5, 1.5))},
    {"color": style.GREEN, "ls": (0, (6, 2, 1, 2))},
)
"""Colour and dash of the first, second, ... line: they differ in grey too."""


def lines_sentence(series: Series) -> str:
    """Say where each line begins, how high it comes, and where it ends.

    Examples
    --------
    >>> print(lines_sentence({"Spot": ([0, 1, 2], [1.0, 3.0, 2.0]), "Cap": ([0, 2], [1, 1])}))
    Spot: from 1 to 2, with 3 at its highest. Cap: 1 all along.
    """
    told = []
    for name, (_, y) in series.items():
        if min(y) == max(y):
            told.append(f"{name}: {number(y[0], 3)} all along.")
        else:
            told.append(
                f"{name}: from {number(y[0], 3)} to {number(y[-1], 3)}, with "
                f"{number(max(y), 3)} at its highest."
            )
    return " ".join(told)


@at_any_size
def lines(
    series: Series,
    *,
    x: str,
    y: str,
    size: style.SizeName = "page",
    source: str = "",
) -> Picture[Series]:
    """Draw one to four lines over a common axis, from 0 up.

    Parameters
    ----------
    series : mapping of str to (places, values)
        At least two places a line.
    x, y : str
        Labels with their units.

    Raises
    ------
    InputError
        No line, more than four, or a line with one place or with places that do not fit.

    Examples
    --------
    >>> picture = lines({"spot": ([0, 1], [1.0, 2.0])}, x="days", y="TAO per alpha")
    >>> picture.figure.axes[0].get_ylabel()
    'TAO per alpha'
    """
    if not 1 <= len(series) <= len(LOOKS):
        refuse("series", f"{len(series)} lines", f"1 to {len(LOOKS)} lines")
    for name, (places, values) in series.items():
        if len(places) != len(values) or len(places) < 2:
            sizes = f"{len(places)} places and {len(values)} values for {name!r}"
            refuse("series", sizes, "as many values as places, two or more")
    figure, dress = style.blank(size)
    ax = style.axes(figure, dress, (0.10, 0.15, 0.68, 0.78), x=x, y=y)
    for (name, (places, values)), look in zip(series.items(), LOOKS, strict=False):
        ax.plot(places, values, lw=dress.line, label=name, **look)
    ax.set_ylim(0, max(max(values) for _, values in series.values()) * 1.08)
    ends = {
        name: (values[-1], look["color"])
        for (name, (_, values)), look in zip(series.items(), LOOKS, strict=False)
    }
    style.name_ends(ax, dress, ends, step=0.075 * ax.get_ylim()[1], at=1.015)
    return Picture(figure, dress, lines_sentence, series, source=source)
