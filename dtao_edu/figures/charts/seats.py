"""The seats of a vote as bars, the largest first, and the few that hold more than half."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dtao_edu.engine.errors import refuse
from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.measures import nakamoto
from dtao_edu.wording import percent


def seats_sentence(stakes: Sequence[float]) -> str:
    """Say how many seats there are, and how few hold more than half.

    Examples
    --------
    >>> print(seats_sentence([5, 1, 1, 1]))
    Of 4 seats the 1 largest holds 62.5 % of the stake; the 2 smallest together hold 25.0 %.
    """
    few = nakamoto(stakes)
    largest = sorted(stakes, reverse=True)
    held = sum(largest[:few]) / sum(stakes)
    half = len(stakes) // 2
    rest = sum(largest[len(stakes) - half :]) / sum(stakes)
    return (
        f"Of {len(stakes)} seats the {few} largest {'holds' if few == 1 else 'hold'} "
        f"{percent(held)} of the stake; the {half} smallest together hold {percent(rest)}."
    )


@at_any_size
def seats(
    stakes: Sequence[float], *, size: style.SizeName = "page", source: str = ""
) -> Picture[Sequence[float]]:
    """s_i of each seat, largest first; dark the fewest that together hold more than half.

    Parameters
    ----------
    stakes : sequence of float
        Stake of each seat, TAO, in any order; one above 0 at least.

    Raises
    ------
    InputError
        If there is no stake.

    Examples
    --------
    >>> seats([5, 1, 1, 1]).figure.axes[0].get_ylabel()
    'part of the stake, %'
    """
    if not any(stakes):
        refuse("stakes", list(stakes), "one stake above 0 or more")
    figure, dress = style.blank(size, tall=0.8)
    ax = style.axes(
        figure, dress, (0.10, 0.17, 0.87, 0.76), x="seats, the largest first",
        y="part of the stake, %",
    )  # fmt: skip
    parts = 100 * np.sort(np.asarray(stakes, dtype=float))[::-1] / sum(stakes)
    edges, few = np.arange(len(parts) + 1) + 0.5, nakamoto(stakes)
    ax.stairs(parts, edges, fill=True, color=style.SKY)
    ax.stairs(parts[:few], edges[: few + 1], fill=True, color=style.BLUE)
    ax.set_xlim(0.5, len(parts) + 0.5)
    ax.set_ylim(0, 1.12 * parts[0])
    words = f"these {few}: {percent(parts[:few].sum() / 100)}"
    style.write(ax, dress, (few + 1, 1.05 * parts[0]), words, fontsize=dress.text)
    return Picture(figure, dress, seats_sentence, stakes, source=source)
