"""A day's largest errors, each beside what the hour of a move between two samples can explain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dtao_edu.engine.errors import refuse
from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.studies.paid_days.errors import Clue
from dtao_edu.wording import number


def errors_sentence(clues: Sequence[Clue]) -> str:
    """Say how many of the errors the hour of the moves can explain, and which is the largest.

    Examples
    --------
    >>> from dtao_edu import studies
    >>> print(errors_sentence(studies.day_clues("2025-09-18", [62, 44, 50])))
    Of 3 errors the hour of the moves can explain 1 (subnet 50); the largest is that of \
subnet 62, paid 27.5 TAO a day less than predicted.
    """
    inside = [clue.netuid for clue in clues if clue.inside]
    largest = max(clues, key=lambda clue: abs(clue.tao_a_day(clue.implied)))
    off = largest.tao_a_day(largest.implied)
    named = f" (subnet{'s' * (len(inside) > 1)} {', '.join(map(str, inside))})" if inside else ""
    return (
        f"Of {len(clues)} errors the hour of the moves can explain {len(inside)}{named}; the "
        f"largest is that of subnet {largest.netuid}, paid {number(abs(off), 3)} TAO a day "
        f"{'more' if off > 0 else 'less'} than predicted."
    )


@at_any_size
def error_ranges(
    clues: Sequence[Clue], *, size: style.SizeName = "page", source: str = ""
) -> Picture[Sequence[Clue]]:
    """One row a subnet: what it was paid more or less than predicted, and what the samples allow.

    Parameters
    ----------
    clues : sequence
        From :func:`dtao_edu.studies.day_clues`, the largest error first.

    Raises
    ------
    InputError
        If there is none.

    Examples
    --------
    >>> from dtao_edu import studies
    >>> picture = error_ranges(studies.day_clues("2025-09-18", [62, 50]))
    >>> [text.get_text() for text in picture.figure.axes[0].get_yticklabels()]
    ['subnet 62', 'subnet 50']
    """
    if not clues:
        refuse("clues", list(clues), "one or more")
    figure, dress = style.blank(size)
    label = "paid less (-) or more than predicted, TAO a day"
    ax = style.axes(figure, dress, (0.12, 0.15, 0.82, 0.71), x=label, ticks=8)
    style.rows(ax, [f"subnet {clue.netuid}" for clue in clues])
    ax.axvline(0, color=style.SOFT, lw=dress.line * 0.6, ls=(0, (4, 3)))
    marks = dress.marks
    bar: dict[str, Any] = {"color": style.SKY, "lw": dress.line * 3.2, "solid_capstyle": "butt"}
    for row, clue in enumerate(clues):
        ends = [clue.tao_a_day(clue.low), clue.tao_a_day(clue.high)]
        ax.plot(ends, [row, row], **bar)
        look: dict[str, Any] = {"mfc": style.INK, "mec": style.INK}
        if not clue.inside:
            look = {"mfc": "white", "mec": style.VERMILION}
        shape = "o" if clue.inside else "D"
        ax.plot([clue.tao_a_day(clue.implied)], [row], shape, zorder=5, **look, **marks)
    keys = {
        "what the daily prices allow": ax.plot([], [], **bar)[0],
        "paid: inside": ax.plot([], [], "o", color=style.INK, **marks)[0],
        "paid: outside": ax.plot([], [], "D", mfc="white", mec=style.VERMILION, **marks)[0],
    }
    style.legend(ax, dress, keys, -0.13, up=1.02, between=1.6)
    return Picture(figure, dress, errors_sentence, tuple(clues), source=source)
