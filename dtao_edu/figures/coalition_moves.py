"""What coalitions of validators could have moved: a range for each size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dtao_edu.engine.errors import refuse
from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.studies.coalition_moves import Coalition
from dtao_edu.wording import percent


def coalitions_sentence(coalitions: Sequence[Coalition]) -> str:
    """Say what the smallest and the largest of the coalitions move.

    Examples
    --------
    >>> from dtao_edu import studies
    >>> from dtao_edu.engine.root import RootNetwork
    >>> vote = RootNetwork([60, 40], [[1, 0], [0, 1]], netuids=[1, 2])
    >>> print(coalitions_sentence([studies.coalition_moves(vote, k) for k in (1, 2)]))
    1 validator moves 0.0 % to 80.3 % of emission, 40.2 % in the median; \
2 validators move 19.7 % to 80.3 %, 50.0 % in the median.
    """
    told = []
    for count, one in enumerate(coalitions, start=1):
        verb = "validator moves" if count == 1 else "validators move"
        what = " of emission" if count == 1 else ""
        told.append(
            f"{count} {verb} {percent(one.least)} to {percent(one.greatest)}{what}, "
            f"{percent(one.median)} in the median"
        )
    shown = told if len(told) <= 2 else [told[0], told[-1]]
    return "; ".join(shown) + "."


@at_any_size
def coalition_ranges(
    coalitions: Sequence[Coalition], *, size: style.SizeName = "page", source: str = ""
) -> Picture[Sequence[Coalition]]:
    """moved = 1/2 sum |E' - E|, over all targets, for the 1, 2, 3, ... largest validators.

    Parameters
    ----------
    coalitions : sequence
        From :func:`dtao_edu.studies.coalition_moves`, the smallest first.

    Raises
    ------
    InputError
        If there is none.

    Examples
    --------
    >>> from dtao_edu import studies
    >>> from dtao_edu.engine.root import RootNetwork
    >>> vote = RootNetwork([60, 40], [[1, 0], [0, 1]], netuids=[1, 2])
    >>> coalition_ranges([studies.coalition_moves(vote, 1)]).figure.axes[0].get_yticks().tolist()
    [0]
    """
    if not coalitions:
        refuse("coalitions", list(coalitions), "one or more")
    figure, dress = style.blank(size)
    ax = style.axes(
        figure, dress, (0.20, 0.15, 0.74, 0.68), x="part of all emission that changes hands, %"
    )
    ax.set_xlim(0, 100)
    names = ["the largest alone", *(f"the {n} largest" for n in range(2, len(coalitions) + 1))]
    style.rows(ax, names, top=-0.7)
    ax.axvline(50, color=style.VERMILION, lw=dress.line * 0.6, ls=(0, (4, 3)))
    marks = dress.marks
    for row, one in enumerate(coalitions):
        low, high = 100 * float(one.least), 100 * float(one.greatest)
        ax.plot([low, high], [row, row], color=style.BLUE, lw=dress.line * 2.2)
        ax.plot([100 * float(one.median)], [row], "o", color=style.INK, zorder=5, **marks)
        ax.plot([100 * float(one.unsupported)], [row], "D", mfc="white", mec=style.INK, **marks)
    half: Mapping[str, Any] = {"lw": dress.line * 0.6, "ls": (0, (4, 3))}
    keys = {
        "all targets": ax.plot([], [], color=style.BLUE, lw=dress.line * 2.2)[0],
        "median": ax.plot([], [], "o", color=style.INK, **marks)[0],
        "nobody else supports it": ax.plot([], [], "D", mfc="white", mec=style.INK, **marks)[0],
        "half of all": ax.plot([], [], color=style.VERMILION, **half)[0],
    }
    style.legend(ax, dress, keys, -0.2, up=1.02, between=1.4)
    return Picture(figure, dress, coalitions_sentence, tuple(coalitions), source=source)
