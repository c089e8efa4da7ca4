"""How often the price is nearer than the vote, over how unlike the subnets are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dtao_edu.engine.errors import refuse
from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.studies.believers import Inequality
from dtao_edu.wording import number


def inequality_sentence(rows: Sequence[Inequality]) -> str:
    """Say how often the price is nearer at the least and at the greatest inequality.

    Examples
    --------
    >>> import numpy as np
    >>> from dtao_edu.studies.believers import Outcome
    >>> near, far = (Outcome(np.tile([0.5 + x, 0.5 - x], (4, 1)), np.array([0.5, 0.5]))
    ...              for x in (0.01, 0.2))
    >>> print(inequality_sentence([Inequality(0.1, far, near), Inequality(0.7, near, far)]))
    With a Gini coefficient of 0.1 the price is nearer in 4 of 4 runs (51 to 100 %), with 0.7 in \
0 of 4 (0 to 49 %).
    """
    told = []
    for row in (rows[0], rows[-1]):
        found = row.price_nearer
        low, high = 100 * found.often.low, 100 * found.often.high
        told.append((row.gini, f"{found.nearer} of {found.runs}", f"({low:.0f} to {high:.0f} %)"))
    (gini, count, edges), (last, last_count, last_edges) = told
    return (
        f"With a Gini coefficient of {number(gini, 2)} the price is nearer in {count} runs "
        f"{edges}, with {number(last, 2)} in {last_count} {last_edges}."
    )


@at_any_size
def inequality_curve(
    rows: Sequence[Inequality],
    *,
    marks: Mapping[str, float] | None = None,
    size: style.SizeName = "page",
    source: str = "",
) -> Picture[Sequence[Inequality]]:
    """Draw the part of runs in which the price is nearer, with its interval, over inequality.

    Parameters
    ----------
    rows : sequence of Inequality
        From :func:`dtao_edu.studies.believers.by_inequality`, two at least.
    marks : mapping of str to float, optional
        Gini coefficients that are marked, such as those of a real vote and of real prices.

    Raises
    ------
    InputError
        Fewer than two rows.

    Examples
    --------
    >>> import numpy as np
    >>> from dtao_edu.studies.believers import Outcome
    >>> one = Outcome(np.tile([0.6, 0.4], (4, 1)), np.array([0.5, 0.5]))
    >>> picture = inequality_curve([Inequality(0.1, one, one), Inequality(0.7, one, one)])
    >>> picture.figure.axes[0].get_xlabel()
    'how unlike the subnets are: Gini coefficient of their worth'
    """
    if len(rows) < 2:
        refuse("rows", f"{len(rows)} of them", "two or more")
    figure, dress = style.blank(size)
    # A slide has larger letters below the axes.
    low, high = (0.17, 0.68) if dress.caption else (0.21, 0.64)
    ax = style.axes(
        figure, dress, (0.11, low, 0.86, high),
        phone=(0.15, 0.27, 0.82, 0.58),
        x="how unlike the subnets are: Gini coefficient of their worth",
        y="runs in which the price is nearer, %",
    )  # fmt: skip
    ginis = [row.gini for row in rows]
    often = [row.price_nearer.often for row in rows]
    shown = [*ginis, *(marks or {}).values()]
    ax.set_xlim(min(shown) - 0.04, max(shown) + 0.04)
    ax.set_ylim(-4, 104)
    ax.axhline(50, color=style.SOFT, lw=dress.line * 0.6, ls=(0, (4, 3)))
    for gini, part in zip(ginis, often, strict=True):
        ax.plot([gini] * 2, [100 * part.low, 100 * part.high], color=style.BLUE,
                lw=dress.line * 1.4, alpha=0.6)  # fmt: skip
    ax.plot(ginis, [100 * part.value for part in often], "o-", color=style.BLUE, mfc="white",
            lw=dress.line * 0.7, ms=dress.marker * 0.85, mew=dress.line * 0.7)  # fmt: skip
    for turn, (name, gini) in enumerate((marks or {}).items()):
        colour = (style.VERMILION, style.GREEN, style.PURPLE)[turn % 3]
        dash = ((0, (1.5, 1.5)), "-.", "--")[turn % 3]
        ax.axvline(gini, color=colour, lw=dress.line * 0.8, ls=dash)
        side = "right" if gini > (min(shown) + 2 * max(shown)) / 3 else "center"
        place = (gini, 106 + 9 * (turn % 2))
        style.write(ax, dress, place, name, ha=side, va="bottom", color=colour)
    style.write_key(figure, dress, "mark: part of the runs; bar: its 95 % interval", 0.03)
    return Picture(figure, dress, inequality_sentence, tuple(rows), source=source)
