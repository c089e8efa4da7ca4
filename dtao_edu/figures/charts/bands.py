"""Bands: the range in which most runs of an ensemble lie, over time or side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dtao_edu.engine.errors import refuse
from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.wording import number

Numbers = Sequence[float]
Band = tuple[Numbers, Numbers, Numbers]
"""Lower edge, median and upper edge, each a number a place."""

LOOKS: tuple[dict[str, Any], ...] = (
    {"color": style.BLUE, "marker": "o", "ls": "-", "hatch": ""},
    {"color": style.VERMILION, "marker": "s", "ls": (0, (6, 2)), "hatch": "///"},
    {"color": style.GREEN, "marker": "D", "ls": (0, (1.5, 1.5)), "hatch": "..."},
)
"""Colour, marker, dash and hatch of the first, second, ... band: they differ in grey too."""


def bands_sentence(series: Mapping[str, Band]) -> str:
    """Say where each band stands at its end.

    Examples
    --------
    >>> print(bands_sentence({"they sell": ([9, 2], [9, 3], [9, 5])}))
    At the end: they sell, 3 in the median, most runs from 2 to 5.
    """
    told = (
        f"{name}, {number(middle[-1], 3)} in the median, most runs from {number(low[-1], 3)} to "
        f"{number(high[-1], 3)}"
        for name, (low, middle, high) in series.items()
    )
    return "At the end: " + "; ".join(told) + "."


@at_any_size
def bands(
    places: Numbers,
    series: Mapping[str, Band],
    *,
    x: str,
    y: str,
    size: style.SizeName = "page",
    source: str = "",
) -> Picture[Mapping[str, Band]]:
    """Draw one to three bands over time, each with its median.

    Parameters
    ----------
    places : sequence of float
        The same for all bands, two at least.
    series : mapping of str to (low, median, high)
        A number a place, as :meth:`dtao_edu.simulation.ensembles.Ensemble.band` gives them.
    x, y : str
        Labels with their units.

    Raises
    ------
    InputError
        No band, more than three, or one that does not fit the places.

    Examples
    --------
    >>> picture = bands([0, 1], {"all": ([1, 1], [1, 2], [1, 4])}, x="days", y="TAO per alpha")
    >>> picture.figure.axes[0].get_xlabel()
    'days'
    """
    if not 1 <= len(series) <= len(LOOKS):
        refuse("series", f"{len(series)} bands", f"1 to {len(LOOKS)} bands")
    for name, edges in series.items():
        if len(places) < 2 or any(len(edge) != len(places) for edge in edges):
            refuse("series", f"{len(edges[0])} numbers for {name!r}", f"{len(places)}, two or more")
    figure, dress = style.blank(size)
    ax = style.axes(figure, dress, (0.12, 0.17, 0.63, 0.77), x=x, y=y)
    top = max(max(high) for _, _, high in series.values())
    for (low, middle, high), look in zip(series.values(), LOOKS, strict=False):
        ax.fill_between(
            places, low, high, facecolor=look["color"], alpha=0.18, hatch=look["hatch"],
            edgecolor=look["color"], linewidth=dress.line * 0.4,
        )  # fmt: skip
        ax.plot(places, middle, lw=dress.line, color=look["color"], ls=look["ls"])
    ax.set_ylim(0, top * 1.08)
    ax.set_xlim(min(places), max(places))
    ends = {
        name: (float(middle[-1]), look["color"])
        for (name, (_, middle, _)), look in zip(series.items(), LOOKS, strict=False)
    }
    style.name_ends(ax, dress, ends, step=0.085 * top)
    return Picture(figure, dress, bands_sentence, dict(series), source=source)


def spreads_sentence(rows: Mapping[str, tuple[float, float, float]]) -> str:
    """Name the rows with the least and the greatest median.

    Examples
    --------
    >>> print(spreads_sentence({"vote": (1, 2, 4), "price": (2, 3, 3.5), "few": (1, 9, 12)}))
    Of 3 rows, vote has the least median, 2, and few the greatest, 9; most runs of few lie from \
1 to 12.
    """
    least, most = (choose(rows, key=lambda name: rows[name][1]) for choose in (min, max))
    low, middle, high = rows[most]
    return (
        f"Of {len(rows)} rows, {least} has the least median, {number(rows[least][1], 3)}, and "
        f"{most} the greatest, {number(middle, 3)}; most runs of {most} lie from "
        f"{number(low, 3)} to {number(high, 3)}."
    )


@at_any_size
def spreads(
    rows: Mapping[str, tuple[float, float, float]],
    *,
    x: str,
    size: style.SizeName = "page",
    source: str = "",
) -> Picture[Mapping[str, tuple[float, float, float]]]:
    """Draw a range for each row, with a dot at its median, one below the other.

    A line above the rows says what dot and bar are.

    Parameters
    ----------
    rows : mapping of str to (low, median, high)
        At least one.
    x : str
        Label with its unit.

    Raises
    ------
    InputError
        No row.

    Examples
    --------
    >>> spreads({"vote": (1, 2, 4)}, x="%").figure.axes[0].get_yticks().tolist()
    [0]
    """
    if not rows:
        refuse("rows", dict(rows), "one or more")
    # A taller slide would only have smaller letters; a dozen rows find their place there.
    tall = max(1.0, (0.45 if style.size_of(size).caption else 0.1) + 0.075 * len(rows))
    figure, dress = style.blank(size, tall=tall)
    bottom = 0.15 / tall
    wide = max(len(name) for name in rows) * dress.note * 0.58 / 72 / dress.width
    inside = (wide + 0.03, bottom, 0.94 - wide, 0.96 - 0.06 / tall - bottom)
    ax = style.axes(figure, dress, inside, x=x)
    style.rows(ax, list(rows))
    ax.set_xlim(0, 1.05 * max(high for _, _, high in rows.values()))
    style.write_key(figure, dress, "dot: median; bar: most runs", 1 - 0.03 / tall)
    for place, (low, middle, high) in enumerate(rows.values()):
        ax.plot([low, high], [place, place], color=style.BLUE, lw=dress.line * 1.8)
        ax.plot([middle], [place], "o", color=style.INK, ms=dress.marker * 0.8, zorder=5)
    return Picture(figure, dress, spreads_sentence, dict(rows), source=source)


def against_sentence(value: tuple[Numbers, Mapping[str, Band]]) -> str:
    """Say what the first and the last get, beside what they should.

    Examples
    --------
    >>> print(against_sentence(([70, 30], {"vote": ([60, 20], [65, 35], [80, 40])})))
    The first should have 70 and has by vote 65 in the median (60 to 80); the last should have 30 \
and has by vote 35 (20 to 40).
    """
    target, series = value

    def told(place: int, more: str) -> str:
        return ", ".join(
            f"by {name} {number(middle[place], 3)}{more} ({number(low[place], 3)} to "
            f"{number(high[place], 3)})"
            for name, (low, middle, high) in series.items()
        )

    return (
        f"The first should have {number(target[0], 3)} and has {told(0, ' in the median')}; "
        f"the last should have {number(target[-1], 3)} and has {told(-1, '')}."
    )


@at_any_size
def against(
    target: Numbers,
    series: Mapping[str, Band],
    *,
    names: Sequence[str],
    what: str,
    x: str,
    y: str,
    size: style.SizeName = "page",
    source: str = "",
) -> Picture[tuple[Numbers, Mapping[str, Band]]]:
    """Draw for each of several places what it should have, and beside it what it got in most runs.

    Parameters
    ----------
    target : sequence of float
        What should be, one number a place.
    series : mapping of str to (low, median, high)
        One to three, each with a number a place.
    names : sequence of str
        What the places are called.
    what : str
        What the target is called.
    x, y : str
        Labels with their units.

    Raises
    ------
    InputError
        No series, more than three, or one that does not fit the target.

    Examples
    --------
    >>> picture = against([70, 30], {"vote": ([60, 20], [65, 35], [80, 40])}, names=["1", "2"],
    ...                   what="worth", x="subnet", y="share, %")
    >>> picture.figure.axes[0].get_ylabel()
    'share, %'
    """
    if not 1 <= len(series) <= len(LOOKS):
        refuse("series", f"{len(series)} of them", f"1 to {len(LOOKS)}")
    for name, edges in series.items():
        if any(len(edge) != len(target) for edge in (*edges, names)):
            refuse("series", f"{len(edges[0])} numbers for {name!r}", f"{len(target)}, as target")
    figure, dress = style.blank(size)
    left, wide = (0.15, 0.82) if dress.narrow else (0.10, 0.87)
    ax = style.axes(figure, dress, (left, 0.17, wide, 0.62 if dress.narrow else 0.69), x=x, y=y)
    keys = [ax.plot([], [], color=style.INK, lw=dress.line * 1.4)[0]]
    for place, share in enumerate(target):
        ax.plot([place - 0.38, place + 0.38], [share, share], color=style.INK, lw=dress.line * 1.4)
    apart = 0.36 / len(series)
    for turn, ((low, middle, high), look) in enumerate(zip(series.values(), LOOKS, strict=False)):
        shift = apart * (turn - (len(series) - 1) / 2)
        for place in range(len(target)):
            ax.plot(
                [place + shift] * 2, [low[place], high[place]], color=look["color"],
                lw=dress.line * 1.6, alpha=0.75,
            )  # fmt: skip
        (key,) = ax.plot(
            [place + shift for place in range(len(target))], list(middle), look["marker"],
            color=look["color"], ms=dress.marker * 0.75, mec="white", zorder=5,
        )  # fmt: skip
        keys.append(key)
    ax.set_xticks(range(len(target)), list(names))
    ax.set_ylim(0, 1.08 * max(max(high) for _, _, high in series.values()))
    style.legend(ax, dress, dict(zip((what, *series), keys, strict=True)), -0.01)
    style.write_key(figure, dress, "mark: median; bar: most runs", 0.97 if dress.narrow else 0.9)
    value = (tuple(target), dict(series))
    return Picture(figure, dress, against_sentence, value, source=source)
