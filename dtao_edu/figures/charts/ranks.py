"""Two shares of each subnet against each other: the vote's and the price's, for example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dtao_edu.engine.errors import refuse
from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.figures.wording import percent

Pairs = Mapping[int, tuple[float, float]]


def pairs_sentence(pairs: Pairs) -> str:
    """Say how many subnets gained and how many lost from the first share to the second.

    Examples
    --------
    >>> print(pairs_sentence({1: (0.4, 0.1), 2: (0.6, 0.9)}))
    Of 2 subnets 1 have a larger share in the second than in the first, 1 a smaller one; \
the largest gain is that of subnet 2, from 60.0 % to 90.0 %.
    """
    up = [n for n, (a, b) in pairs.items() if b > a]
    down = [n for n, (a, b) in pairs.items() if b < a]
    most = max(pairs, key=lambda n: pairs[n][1] - pairs[n][0])
    a, b = pairs[most]
    return (
        f"Of {len(pairs)} subnets {len(up)} have a larger share in the second than in the first, "
        f"{len(down)} a smaller one; the largest gain is that of subnet {most}, from {percent(a)} "
        f"to {percent(b)}."
    )


@at_any_size
def share_pairs(
    first: Mapping[int, float],
    second: Mapping[int, float],
    *,
    x: str,
    y: str,
    names: Sequence[int] = (),
    size: style.SizeName = "page",
    source: str = "",
) -> Picture:
    """One point a subnet: its share under one rule across, under the other up, both scales by tens.

    Parameters
    ----------
    first, second : mapping of int to float
        Shares by netuid; subnets in both and above 0 in both are drawn.
    x, y : str
        What the two shares are, with their dates.
    names : sequence of int
        Subnets that are named beside their point.
    size : {"page", "hall"}
    source : str
        Where the figures come from.

    Returns
    -------
    Picture

    Raises
    ------
    InputError
        If no subnet has both shares.

    Examples
    --------
    >>> share_pairs({1: 0.4, 2: 0.6}, {1: 0.1, 2: 0.9}, x="vote", y="price").value
    {1: (0.4, 0.1), 2: (0.6, 0.9)}
    """
    pairs = {
        netuid: (float(first[netuid]), float(second[netuid]))
        for netuid in first
        if netuid in second and first[netuid] > 0 and second[netuid] > 0
    }
    if not pairs:
        refuse("second", dict(second), "shares of some of the same subnets")
    figure, dress = style.blank(size, tall=1.15)
    ax = style.axes(figure, dress, (0.13, 0.14, 0.80, 0.80), x=f"{x}, %", y=f"{y}, %")
    every = [100 * share for pair in pairs.values() for share in pair]
    limits = (min(every) / 1.5, max(every) * 1.5)
    look: dict[str, Any] = {"ls": "none", "ms": dress.marker * 0.8, "mew": dress.line * 0.6}
    ax.loglog(*zip(*((100 * a, 100 * b) for a, b in pairs.values()), strict=True), "o",
              mfc="none", mec=style.BLUE, **look)  # fmt: skip
    ax.plot(limits, limits, color=style.SOFT, lw=dress.line * 0.6, ls=(0, (5, 4)))
    ax.set(xlim=limits, ylim=limits)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(lambda value, _place: f"{value:g}")
    ax.text(
        limits[0] * 2, limits[0] * 1.5, "same share", ha="left", va="center",
        color=style.SOFT, fontsize=dress.note,
    )  # fmt: skip
    for netuid in names:
        if netuid in pairs:
            a, b = pairs[netuid]
            ax.plot([100 * a], [100 * b], "o", color=style.INK, **look)
            ax.text(
                100 * a * 1.16, 100 * b, f"subnet {netuid}", va="center", ha="left",
                color=style.INK, fontsize=dress.note,
            )  # fmt: skip
    return Picture(
        figure=figure,
        size=dress,
        sentence=pairs_sentence,
        value=pairs,
        source=source,
    )
