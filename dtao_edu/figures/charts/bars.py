"""Named bars with their numbers: a few results that are compared at a glance."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial

from dtao_edu.engine.errors import refuse
from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.wording import number

Values = Mapping[str, float]


def bars_sentence(values: Values, format_value: Callable[[float], str], x: str = "") -> str:
    """Name every bar with its number.

    Parameters
    ----------
    values, format_value, x : as in :func:`bars`.

    Examples
    --------
    >>> print(bars_sentence({"by vote": 0.4, "by price": 0.25}, "{:.2f}".format, "distance"))
    distance: by vote 0.40, by price 0.25.
    """
    told = ", ".join(
        f"{' '.join(name.split())} {format_value(value)}" for name, value in values.items()
    )
    return f"{x}: {told}." if x else f"{told}."


@at_any_size
def bars(
    values: Values,
    *,
    x: str = "",
    format_value: Callable[[float], str] = number,
    highlight: Collection[str] = (),
    line: tuple[float, str] | None = None,
    size: style.SizeName = "page",
    source: str = "",
) -> Picture[Values]:
    """Draw one bar a name, the first on top, with its number at its end.

    Parameters
    ----------
    values : mapping of str to float
        One to eight names and what they come to, none below 0.
    x : str
        What is measured, with its unit.
    format_value : callable
        Writes a value as it stands beside its bar.
    highlight : collection of str
        The names whose bars are in colour; all if none is named.
    line : tuple of float and str, optional
        A value that matters, such as the half, and what it is called.

    Raises
    ------
    InputError
        If there are no bars, more than eight, or one below 0.

    Examples
    --------
    >>> picture = bars({"by vote": 0.4, "by price": 0.25}, x="distance from the worth")
    >>> picture.figure.axes[0].get_xlabel()
    'distance from the worth'
    """
    if not 1 <= len(values) <= 8 or min(values.values()) < 0:
        refuse("values", dict(values), "one to eight names, none with less than 0")
    figure, dress = style.blank(size)
    ax = style.axes(figure, dress, (0.30, 0.17, 0.55, 0.70), x=x, grid=False)
    widest = max([*values.values(), line[0] if line else 0.0]) or 1.0
    ax.set_xlim(0, widest)
    style.rows(ax, list(values), text=dress.text)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    for row, (name, value) in enumerate(values.items()):
        meant = not highlight or name in highlight
        ax.barh(
            row, value, height=0.62, color=style.BLUE if meant else "none",
            ec=style.BLUE if meant else style.SOFT, hatch=None if meant else "////",
        )  # fmt: skip
        style.write(
            ax, dress, (value + widest * 0.015, row), format_value(value), fontsize=dress.text,
            zorder=6, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        )  # fmt: skip
    if line is not None:
        ax.axvline(line[0], color=style.VERMILION, lw=dress.line * 0.8, ls=(0, (3, 1.5)))
        style.write(ax, dress, (line[0], -0.68), line[1], ha="center", va="bottom")
    sentence = partial(bars_sentence, format_value=format_value, x=x)
    return Picture(figure, dress, sentence, dict(values), source=source)
